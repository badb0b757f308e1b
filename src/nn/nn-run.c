/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the phases of a plan: for a training step, and for classifying.
 *
 * A task of a phase of image and slice stages takes one slice of the batch through all of them.
 * Where image stages follow each other, an image goes through all, so that its activations stay in
 * the first-level and second-level caches.
 */

#include "nn-augment.h"

#include <math.h>

/* ---- Stages without a step ---- */

static void
load_row (const NnRun   *run,
          const uint8_t *bytes,
          size_t         n,
          float         *target)
{
  const NnModel *model = run->model;

  if (model->is_standardised)
    run->kernels->load_table (target, bytes, n, model->input.channels, model->pixel_table);
  else
    run->kernels->load_bytes (target, bytes, n, &model->pixel_scale);
}

/* A row of an augmented image: values from 0 to 255, which need not be whole. */
static void
load_augmented_row (const NnRun *run,
                    const float *pixels,
                    size_t       n,
                    float       *target)
{
  const NnModel *model = run->model;
  const size_t n_channels = model->input.channels;

  for (size_t i = 0; i < n; i++)
    target[i] = pixels[i] / model->pixel_scale.divisor;
  for (size_t i = 0; i < n && model->is_standardised; i++)
    target[i] =
      (target[i] - model->pixel_means[i % n_channels]) * model->pixel_factors[i % n_channels];
}

static void
load_augmented (const NnRun   *run,
                const uint8_t *bytes,
                size_t         i_image,
                float         *target)
{
  const NnModel *model = run->model;
  const NnBoundary *boundary = &model->boundaries[0];
  const size_t row_length = (size_t) boundary->shape.width * boundary->shape.channels;
  const NnAugmentKey key = { model->seed, run->batch->epoch, i_image };
  float *pixels =
    model->augmented + run->i_worker * nn_round_up (nn_shape_size (model->input), 16);

  nn_augment (run->batch->augmentation, model->input, &key, bytes, pixels);
  for (size_t y = 0; y < boundary->shape.height; y++)
    load_augmented_row (run, pixels + y * row_length, row_length,
                        target + y * boundary->row_stride);
}

static void
load_image (const NnRun *run,
            size_t       i)
{
  const NnModel *model = run->model;
  const NnBoundary *boundary = &model->boundaries[0];
  const size_t image_size = nn_shape_size (model->input);
  const size_t row_length = (size_t) boundary->shape.width * boundary->shape.channels;
  const size_t i_image = nn_batch_index (run->batch, i);
  const uint8_t *bytes = run->batch->images + i_image * image_size;
  float *target = nn_run_values (run, boundary, i) + boundary->origin;

  if (run->is_training && run->batch->augmentation != NULL)
    load_augmented (run, bytes, i_image, target);
  else if (boundary->row_stride == row_length)
    load_row (run, bytes, image_size, target);
  else
    for (size_t y = 0; y < boundary->shape.height; y++)
      load_row (run, bytes + y * row_length, row_length, target + y * boundary->row_stride);
}

static void
load_images (const NnRun  *run,
             const NnStep *step,
             size_t        first,
             size_t        n)
{
  for (size_t i = first; i < first + n; i++)
    load_image (run, i);
}

/* Copies what the last step reads to the features. */
static void
copy_features (const NnRun  *run,
               const NnStep *step,
               size_t        first,
               size_t        n)
{
  const NnBoundary *boundary =
    nn_step_input (run->model, &run->model->steps[run->model->n_steps - 1]);
  const size_t row_length = (size_t) boundary->shape.width * boundary->shape.channels;

  for (size_t i = first; i < first + n && run->features != NULL; i++)
    for (size_t y = 0; y < boundary->shape.height; y++)
      memcpy (run->features + i * nn_shape_size (boundary->shape) + y * row_length,
              nn_run_values (run, boundary, i) + boundary->origin + y * boundary->row_stride,
              row_length * sizeof (float));
}

static void
clear_slice_gradients (const NnRun  *run,
                       const NnStep *step,
                       size_t        first,
                       size_t        n)
{
  const NnModel *model = run->model;

  memset (model->slice_gradients + run->i_slice * model->n_slice_gradient_floats, 0,
          model->n_slice_gradient_floats * sizeof (float));
}

const NnStage nn_load_stage = { NN_STAGE_IMAGE, load_images, NULL };
const NnStage nn_features_stage = { NN_STAGE_IMAGE, copy_features, NULL };
const NnStage nn_clear_stage = { NN_STAGE_SLICE, clear_slice_gradients, NULL };

/* ---- Phases ---- */

/* Takes one slice through all stages of a phase. */
static void
run_slice (NnRun *run)
{
  const size_t first = run->i_slice * run->slice_size;
  const size_t n = nn_min (run->slice_size, run->batch->n - first);
  size_t end;

  if (run->has_own_blocks)
    {
      run->block = run->model->blocks + run->i_worker * run->model->n_block_floats;
      run->block_first = first;
    }
  for (size_t begin = 0; begin < run->n_works; begin = end)
    {
      end = begin;
      while (end < run->n_works && run->works[end].stage->kind == NN_STAGE_IMAGE)
        end++;
      for (size_t i = first; i < first + n && begin < end; i++)
        for (size_t w = begin; w < end; w++)
          run->works[w].stage->run (run, run->works[w].step, i, 1);
      if (end < run->n_works)
        {
          run->works[end].stage->run (run, run->works[end].step, first, n);
          end++;
        }
    }
}

static void
run_slice_task (void     *data,
                size_t    i_task,
                unsigned  i_worker)
{
  NnRun run = *(const NnRun *) data;

  run.i_worker = i_worker;
  run.i_slice = run.is_reversed ? run.n_slices - 1 - i_task : i_task;
  run_slice (&run);
}

static void
run_part_task (void     *data,
               size_t    i_task,
               unsigned  i_worker)
{
  NnRun run = *(const NnRun *) data;

  run.i_worker = i_worker;
  run.works[0].stage->run (&run, run.works[0].step, i_task, 1);
}

static void
run_update_task (void     *data,
                 size_t    i_task,
                 unsigned  i_worker)
{
  NnRun run = *(const NnRun *) data;

  run.i_worker = i_worker;
  nn_update_run (&run, i_task);
}

/* The slices that a phase takes last are those that the caches still hold when the next begins, so
 * every other phase takes them from last to first.  No sum goes across slices. */
static void
run_schedule (NnRun            *run,
              NnPool           *pool,
              const NnSchedule *schedule)
{
  for (size_t i = 0; i < schedule->n_phases; i++)
    {
      const NnPhase *phase = &schedule->phases[i];

      run->works = schedule->works + phase->begin;
      run->n_works = phase->end - phase->begin;
      if (run->works[0].stage->kind == NN_STAGE_PART)
        nn_pool_run (pool, run->works[0].stage->count_parts (run->works[0].step), run_part_task,
                     run);
      else
        {
          nn_pool_run (pool, run->n_slices, run_slice_task, run);
          run->is_reversed = !run->is_reversed;
        }
    }
}

/* Cuts the batch into slices by its size alone.  The number of threads has no influence, so it
 * has none on the results either. */
static void
cut_batch (NnRun *run)
{
  const size_t n = run->batch->n;
  const size_t size = (n + run->model->max_slices - 1) / run->model->max_slices;

  run->slice_size = size > NN_MIN_SLICE ? size : NN_MIN_SLICE;
  run->n_slices = (n + run->slice_size - 1) / run->slice_size;
}

static NnStatus
check_batch (const NnModel *model,
             const NnPool  *pool,
             const NnBatch *batch,
             bool           needs_labels,
             NnError       *error)
{
  if (batch->images == NULL || batch->n < 1 || (needs_labels && batch->labels == NULL))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "The batch has no images or no labels");
  if (nn_pool_get_n_threads (pool) > model->n_workers)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "The pool has %u threads, more than the %u that the model was made for",
                    nn_pool_get_n_threads (pool), model->n_workers);
  for (size_t i = 0; i < batch->n && batch->labels != NULL; i++)
    if (batch->labels[nn_batch_index (batch, i)] >= model->n_classes)
      return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                      "Image %zu has the label %u; there are %zu classes",
                      nn_batch_index (batch, i), batch->labels[nn_batch_index (batch, i)],
                      model->n_classes);
  return NN_STATUS_OK;
}

/* ---- Training ---- */

static bool
is_finite (const NnModel    *model,
           const NnBoundary *boundary,
           size_t            n)
{
  const NnRun run = { .model = (NnModel *) model, .block = model->blocks };

  for (size_t i = 0; i < n; i++)
    for (size_t y = 0; y < boundary->shape.height; y++)
      for (size_t x = 0; x < (size_t) boundary->shape.width * boundary->shape.channels; x++)
        if (!isfinite (nn_run_values (&run, boundary, i)
                         [boundary->origin + y * boundary->row_stride + x]))
          return false;
  return true;
}

static NnStatus
fail_not_finite (const NnModel *model,
                 size_t         n,
                 NnError       *error)
{
  size_t i = 0;

  /* The boundaries of a trainable model hold the values of the whole batch. */
  while (i + 1 < model->n_steps && is_finite (model, nn_step_output (model, &model->steps[i]), n))
    i++;
  return nn_fail (error, NN_STATUS_NOT_FINITE, model->steps[i].i_layer,
                  "The output of layer %zu (%s) is infinite or not a number",
                  model->steps[i].i_layer + 1, model->steps[i].ops->name);
}

static NnStatus
check_step (const NnModel     *model,
            const NnPool      *pool,
            const NnBatch     *batch,
            const NnOptimizer *optimizer,
            NnError           *error)
{
  NnStatus status;

  if (!model->is_trainable)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "The model was made for classifying only");
  if (batch->n > model->max_batch)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "A batch of %zu was given; the model was made for at most %zu", batch->n,
                    model->max_batch);
  status = nn_optimizer_check (optimizer, error);
  if (status == NN_STATUS_OK && batch->augmentation != NULL)
    status = nn_augmentation_check (batch->augmentation, error);
  if (status != NN_STATUS_OK)
    return status;
  if (nn_optimizer_get_n_moments (optimizer->kind) > model->n_moments)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "%s keeps %u moments; the model was made for %u",
                    nn_optimizer_get_name (optimizer->kind),
                    nn_optimizer_get_n_moments (optimizer->kind), model->n_moments);
  if (optimizer->average_decay > 0.0f && !model->has_average)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "The model was made without an average of its weights");
  for (size_t i = 0; i < model->n_steps && status == NN_STATUS_OK; i++)
    if (model->steps[i].ops->check_batch != NULL)
      status = model->steps[i].ops->check_batch (model, &model->steps[i], batch->n, error);
  if (status != NN_STATUS_OK)
    return status;
  return check_batch (model, pool, batch, true, error);
}

/* Sums the gradient and takes the step: in one phase, or with clipping in two. */
static NnStatus
update (NnRun   *run,
        NnPool  *pool,
        NnError *error)
{
  const size_t n_tasks = run->model->n_update_tasks;

  if (run->optimizer->clip_norm > 0.0f)
    {
      run->update.part = NN_UPDATE_GRADIENT;
      nn_pool_run (pool, n_tasks, run_update_task, run);
      if (!nn_update_clip (run))
        return nn_fail (error, NN_STATUS_NOT_FINITE, NN_NONE,
                        "The gradient is infinite or not a number");
      run->update.part = NN_UPDATE_STEP;
    }
  nn_pool_run (pool, n_tasks, run_update_task, run);
  return NN_STATUS_OK;
}

/* The figures of the forward pass, from those of its images. */
static NnStepResult
add_up (const NnModel *model,
        size_t         n_images)
{
  NnStepResult result = { 0 };

  for (size_t i = 0; i < n_images; i++)
    {
      result.loss += model->losses[i];
      result.objective += model->smoothed[i];
      result.n_correct += model->is_correct[i];
    }
  result.loss /= (double) n_images;
  result.objective /= (double) n_images;
  return result;
}

NnStatus
nn_train_step (NnModel           *model,
               NnPool            *pool,
               const NnBatch     *batch,
               const NnOptimizer *optimizer,
               NnStepResult      *result,
               NnError           *error)
{
  NnRun run = {
    .model = model,
    .kernels = nn_kernels_get (),
    .batch = batch,
    .optimizer = optimizer,
    .is_training = true,
    .block = model->blocks,
  };
  NnStatus status = check_step (model, pool, batch, optimizer, error);
  NnStepResult found;
  const uint64_t t = model->n_steps_taken + 1;

  if (status != NN_STATUS_OK)
    return status;

  cut_batch (&run);
  nn_update_prepare (&run, t);
  model->is_prepared = false;
  run_schedule (&run, pool, &model->training);

  found = add_up (model, batch->n);
  if (!isfinite (found.loss))
    return fail_not_finite (model, batch->n, error);

  status = update (&run, pool, error);
  if (status != NN_STATUS_OK)
    return status;
  model->n_steps_taken = t;
  model->is_averaging = run.update.average_share > 0.0f;
  if (!nn_update_get_penalty (&run, &found.penalty))
    return nn_fail (error, NN_STATUS_NOT_FINITE, NN_NONE, "Weights are infinite or not a number");
  found.objective += found.penalty;
  *result = found;
  return NN_STATUS_OK;
}

/* ---- Classifying ---- */

/* For a model that is not trainable: each worker has a block of its own.  The batch is cut into
 * even shares of whole tiles; an image's output does not depend on its slice. */
static void
predict_in_blocks (NnRun  *run,
                   NnPool *pool)
{
  const size_t n = run->batch->n;
  const size_t n_shares = 4 * (size_t) nn_pool_get_n_threads (pool);
  const size_t share = nn_round_up ((n + n_shares - 1) / n_shares, NN_BLOCK / 2);

  run->has_own_blocks = true;
  run->slice_size = nn_min (share, run->model->n_block_images);
  run->n_slices = (n + run->slice_size - 1) / run->slice_size;
  run_schedule (run, pool, &run->model->block);
}

/* For few images, and for trainable models: the threads share the outputs of each wide layer. */
static void
predict_together (NnRun  *run,
                  NnPool *pool)
{
  cut_batch (run);
  run->block = run->model->blocks;
  run_schedule (run, pool, &run->model->predicting);
}

static void
predict_piece (NnRun  *run,
               NnPool *pool)
{
  const size_t n_few =
    nn_min (run->model->n_block_images, NN_MIN_SLICE * (size_t) nn_pool_get_n_threads (pool));

  if (!run->model->is_trainable && (run->batch->n > n_few || nn_pool_get_n_threads (pool) == 1))
    predict_in_blocks (run, pool);
  else
    predict_together (run, pool);
}

static void
prepare (NnModel *model)
{
  for (size_t i = 0; i < model->n_steps && !model->is_prepared; i++)
    if (model->steps[i].ops->prepare != NULL)
      model->steps[i].ops->prepare (model, &model->steps[i]);
  model->is_prepared = true;
}

static NnStatus
predict (NnModel       *model,
         NnPool        *pool,
         const NnBatch *batch,
         float         *scores,
         float         *losses,
         float         *features,
         NnError       *error)
{
  const size_t n_most = model->is_trainable ? model->max_batch : batch->n; /* in a piece */
  const size_t image_size = nn_shape_size (model->input);
  NnStatus status = check_batch (model, pool, batch, losses != NULL, error);

  if (status != NN_STATUS_OK)
    return status;

  prepare (model);
  for (size_t begin = 0; begin < batch->n; begin += n_most)
    {
      const bool is_listed = batch->indices != NULL;
      const NnBatch piece = {
        .images = is_listed ? batch->images : batch->images + begin * image_size,
        .labels = is_listed || batch->labels == NULL ? batch->labels : batch->labels + begin,
        .indices = is_listed ? batch->indices + begin : NULL,
        .n = nn_min (n_most, batch->n - begin),
      };
      NnRun run = {
        .model = model,
        .kernels = nn_kernels_get (),
        .batch = &piece,
        .scores = scores != NULL ? scores + begin * model->n_classes : NULL,
        .image_losses = losses != NULL ? losses + begin : NULL,
        .features = features != NULL ? features + begin * nn_model_get_n_features (model) : NULL,
      };

      predict_piece (&run, pool);
    }
  return NN_STATUS_OK;
}

NnStatus
nn_predict (NnModel       *model,
            NnPool        *pool,
            const NnBatch *batch,
            float         *scores,
            float         *losses,
            NnError       *error)
{
  return predict (model, pool, batch, scores, losses, NULL, error);
}

NnStatus
nn_predict_features (NnModel       *model,
                     NnPool        *pool,
                     const NnBatch *batch,
                     float         *scores,
                     float         *features,
                     NnError       *error)
{
  return predict (model, pool, batch, scores, NULL, features, error);
}
