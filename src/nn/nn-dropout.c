/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dropout (Srivastava et al. 2014): in training each value becomes 0 with probability rate, else it
 * is multiplied by 1 / (1 - rate).  In this inverted form values stay unchanged when classifying.
 *
 * What is dropped depends on the seed, the layer, the epoch, the image's index in the data set and
 * the value's place in the image, not on the order of work.  Random numbers have 16 bits, so the
 * rate is met within 1 / 65536.
 *
 * Where the layer before does not need its own result, this layer works in place: its output is its
 * input.
 */

#include "nn-private.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  if (!(layer->rate >= 0.0f && layer->rate < 1.0f))
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (dropout) has a rate of %g; it must be at least 0 and below 1",
                    i_layer + 1, (double) layer->rate);
  info->output = input;
  return NN_STATUS_OK;
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  step->n_mask = nn_round_up (nn_shape_size (nn_step_output (model, step)->shape), 32);
  step->mask = model->n_mask_bytes;
  if (model->is_trainable)
    model->n_mask_bytes += nn_round_up (step->n_mask * model->max_batch, NN_ALIGNMENT);
}

/* Works row by row, so that a border around the image stays zero. */
static void
drop_image (const NnRun  *run,
            const NnStep *step,
            size_t        i)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;
  const float *source = nn_run_values (run, input, i) + input->origin;
  float *target = nn_run_values (run, output, i) + output->origin;
  uint8_t *mask = run->model->masks + step->mask + i * step->n_mask;
  const uint64_t stream = run->batch->epoch * NN_MAX_LAYERS + step->i_layer;
  const uint32_t key =
    nn_random (run->model->seed, NN_RANDOM_DROPOUT, stream, nn_batch_index (run->batch, i));
  const float keep = 1.0f - step->layer->rate;
  const uint32_t threshold = (uint32_t) (step->layer->rate * 65536.0f + 0.5f);

  for (size_t y = 0; y < output->shape.height; y++)
    run->kernels->dropout (target + y * output->row_stride, source + y * input->row_stride,
                           mask + y * row_length, row_length, key,
                           (uint32_t) (y * nn_round_up (row_length, 32) / 2), threshold,
                           1.0f / keep);
}

static void
copy_image (const NnRun  *run,
            const NnStep *step,
            size_t        i)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;
  const float *source = nn_run_values (run, input, i) + input->origin;
  float *target = nn_run_values (run, output, i) + output->origin;

  for (size_t y = 0; y < output->shape.height; y++)
    for (size_t x = 0; x < row_length; x++)
      target[y * output->row_stride + x] = source[y * input->row_stride + x];
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  for (size_t i = first; i < first + n; i++)
    if (run->is_training)
      drop_image (run, step, i);
    else if (nn_run_values (run, nn_step_input (run->model, step), i)
             != nn_run_values (run, nn_step_output (run->model, step), i))
      copy_image (run, step, i);
}

static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;
  const float scale = 1.0f / (1.0f - step->layer->rate);

  if (!step->needs_input_gradient)
    return;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      run->kernels->dropout_backward (
        nn_run_gradients (run, input, i) + input->origin + y * input->row_stride,
        nn_run_gradients (run, output, i) + output->origin + y * output->row_stride,
        run->model->masks + step->mask + i * step->n_mask + y * row_length, row_length, scale);
}

const NnLayerOps nn_dropout_ops = {
  .name = "dropout",
  .is_for_training_only = true,
  .may_work_in_place = true,
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
  .plan = plan,
};
