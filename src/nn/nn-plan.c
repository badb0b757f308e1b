/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From layers to steps, boundaries and phases, before any memory is allocated.
 *
 * 1.  Steps: one per layer, except that a flatten mostly has none, and a max-pool right behind a
 *    convolution is a part of the convolution's step.
 * 2.  Boundaries: each has the border that its reader needs.  Where the reader works in place, it
 *    has the border that the next reader needs.
 * 3.  The memory that each step needs: the plan function of its layer.
 * 4.  Phases: steps that work slice by slice run together; the forward pass and the input gradient
 *    of a wide layer are phases of their own.
 */

#include "nn-private.h"

/* ---- Steps ---- */

/* Whether a flatten is a view, which changes nothing in memory.  Where a window slides over the
 * vector, the vector needs a border, and the flatten is a copy. */
static bool
is_view (const NnModel *model,
         size_t         i_layer)
{
  size_t next = i_layer + 1;

  while (next < model->n_layers
         && (model->layers[next].kind == NN_LAYER_DROPOUT
             || model->layers[next].kind == NN_LAYER_FLATTEN))
    next++;
  return next == model->n_layers || model->layers[next].kind == NN_LAYER_DENSE;
}

static void
make_steps (NnModel *model)
{
  bool has_parameters = false;

  for (size_t i = 0; i < model->n_layers; i++)
    {
      const NnLayerSpec *layer = &model->layers[i];
      NnStep *step = &model->steps[model->n_steps];

      if (layer->kind == NN_LAYER_FLATTEN && is_view (model, i))
        continue;
      *step = (NnStep) {
        .ops = nn_layer_get_ops (layer->kind),
        .i_layer = i,
        .layer = layer,
        .needs_input_gradient = has_parameters,
        .weights = NN_NONE,
        .pack = NN_NONE,
      };
      if (layer->kind == NN_LAYER_CONV2D && i + 1 < model->n_layers
          && model->layers[i + 1].kind == NN_LAYER_MAX_POOL2D)
        step->pool = &model->layers[++i];
      if (layer->kind == NN_LAYER_CONV2D || layer->kind == NN_LAYER_DENSE)
        has_parameters = true;
      model->n_steps++;
    }
}

/* ---- Boundaries ---- */

/* The shape of boundary @i as its writer sees it; a dense reader sees a vector of the same
 * values. */
static NnShape
get_written_shape (const NnModel *model,
                   size_t         i)
{
  const NnStep *step;

  if (i == 0)
    return model->input;
  step = &model->steps[i - 1];
  return model->infos[step->i_layer + (step->pool != NULL ? 1 : 0)].output;
}

/* Whether step @i_step overwrites its input.  Dropout does, if there is a step before it that
 * does not need its own result (tanh and sigmoid need it for their derivative). */
static bool
works_in_place (const NnModel *model,
                size_t         i_step)
{
  NnActivation activation;

  if (model->steps[i_step].layer->kind != NN_LAYER_DROPOUT || i_step == 0)
    return false;
  if (model->steps[i_step - 1].layer->kind == NN_LAYER_DROPOUT)
    return works_in_place (model, i_step - 1);
  if (model->steps[i_step - 1].layer->kind == NN_LAYER_MAX_POOL2D
      || model->steps[i_step - 1].layer->kind == NN_LAYER_FLATTEN)
    return true;
  activation = model->steps[i_step - 1].layer->activation;
  return activation == NN_ACTIVATION_LINEAR || activation == NN_ACTIVATION_RELU;
}

/* The border that the reader of boundary @i needs.  Behind a flatten that is a view, the reader
 * sees a vector and needs none. */
static void
get_border (const NnModel *model,
            size_t         i,
            size_t         padding[4])
{
  const NnShape shape = get_written_shape (model, i);
  const NnStep *reader = &model->steps[i];

  nn_no_padding (NULL, shape, shape, padding);
  if (i == model->n_steps)
    return;
  if (works_in_place (model, i))
    get_border (model, i + 1, padding);
  else
    reader->ops->get_padding (reader->layer, shape, get_written_shape (model, i + 1), padding);
}

static NnStatus
lay_out_boundary (NnModel *model,
                  size_t   i,
                  NnError *error)
{
  NnBoundary *boundary = &model->boundaries[i];
  const NnShape shape = get_written_shape (model, i);
  size_t padding[4];
  uint64_t n_floats;

  get_border (model, i, padding);
  *boundary = (NnBoundary) {
    .shape = shape, .pad_top = padding[0], .pad_left = padding[1], .gradients = NN_NONE
  };
  boundary->row_stride = (shape.width + padding[1] + padding[3]) * (size_t) shape.channels;
  n_floats = (uint64_t) boundary->row_stride * (shape.height + padding[0] + padding[2]);
  if (n_floats > (uint64_t) 1 << 30)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "An image has %llu values between two layers, with padding; at most %u are "
                    "possible",
                    (unsigned long long) n_floats, 1u << 30);
  boundary->image_stride = nn_image_stride ((size_t) n_floats);
  boundary->origin = boundary->pad_top * boundary->row_stride + boundary->pad_left * shape.channels;
  return NN_STATUS_OK;
}

static bool
is_dense (const NnModel *model,
          size_t         i_step)
{
  return model->steps[i_step].layer->kind == NN_LAYER_DENSE;
}

/* Whether boundary @i must hold a block of images: dense layers take many images at once, and
 * their update takes all.  Other steps run image by image, so that each worker needs room for the
 * gradients of one image only; in a model that is not trainable the same holds for the values. */
static bool
is_batched (const NnModel *model,
            size_t         i)
{
  if (i > 0 && is_dense (model, i - 1))
    return true;
  if (i == model->n_steps || is_dense (model, i))
    return true;
  return works_in_place (model, i) && is_batched (model, i + 1);
}

static size_t
reserve (size_t *n,
         size_t  n_floats)
{
  size_t offset = *n;

  *n += nn_round_up (n_floats, 16);
  return offset;
}

/* Reserves the values and gradients of boundary @i.  If its writer works in place, it shares
 * those of the boundary before. */
static void
place_boundary (NnModel *model,
                size_t   i)
{
  NnBoundary *boundary = &model->boundaries[i];
  const bool is_one = !is_batched (model, i);

  if (i > 0 && works_in_place (model, i - 1))
    {
      const NnBoundary *before = &model->boundaries[i - 1];

      boundary->values = before->values;
      boundary->gradients = before->gradients;
      boundary->values_per_worker = before->values_per_worker;
      boundary->gradients_per_worker = before->gradients_per_worker;
      return;
    }

  boundary->values_per_worker = is_one && !model->is_trainable;
  boundary->gradients_per_worker = is_one;
  boundary->values =
    reserve (boundary->values_per_worker ? &model->n_scratch_floats : &model->n_block_floats,
             boundary->image_stride);
  if (model->is_trainable && i > 0)
    boundary->gradients =
      reserve (boundary->gradients_per_worker ? &model->n_scratch_floats : &model->n_block_floats,
               boundary->image_stride);
}

/* Chooses how many images a block holds, and scales the offsets, which until here are those of a
 * block of one image. */
static void
size_block (NnModel *model)
{
  size_t n = model->max_batch;

  if (!model->is_trainable)
    n = nn_max (1, nn_min (nn_min (n, NN_BLOCK), NN_MAX_BLOCK_FLOATS / model->n_block_floats));
  for (size_t i = 0; i < model->n_boundaries; i++)
    {
      NnBoundary *boundary = &model->boundaries[i];

      if (!boundary->values_per_worker)
        boundary->values *= n;
      if (boundary->gradients != NN_NONE && !boundary->gradients_per_worker)
        boundary->gradients *= n;
    }
  model->n_block_images = n;
  model->n_block_floats *= n;
}

/* ---- Phases ---- */

static bool
is_wide (const NnModel *model,
         size_t         i_step)
{
  return model->steps[i_step].is_wide;
}

/* Makes the forward phases and returns their number.  The last one is a slices phase, which may
 * have no steps. */
static size_t
make_forward_phases (const NnModel *model,
                     NnPhase       *phases)
{
  size_t n = 0;
  size_t begin = 0;
  bool has_loaded = false;

  for (size_t i = 0; i < model->n_steps; i++)
    {
      if (!is_wide (model, i))
        continue;
      if (!has_loaded || begin < i)
        phases[n++] = (NnPhase) {
          .kind = NN_PHASE_SLICES,
          .does_load = !has_loaded,
          .forward_begin = begin,
          .forward_end = i,
        };
      phases[n++] = (NnPhase) { .kind = NN_PHASE_WIDE_FORWARD, .i_step = i };
      has_loaded = true;
      begin = i + 1;
    }
  phases[n++] = (NnPhase) {
    .kind = NN_PHASE_SLICES,
    .does_load = !has_loaded,
    .does_loss = true,
    .forward_begin = begin,
    .forward_end = model->n_steps,
  };
  return n;
}

/* The last forward phase continues with the backward steps.  In a slices phase a wide step only
 * applies its activation's derivative; its input gradient is a phase of its own, after which a
 * new slices phase begins. */
static void
make_training_phases (NnModel *model)
{
  NnPhase *phases = model->training_phases;
  size_t n = make_forward_phases (model, phases);

  phases[n - 1].backward_begin = model->n_steps;
  for (size_t i = model->n_steps; i-- > 0;)
    {
      if (!is_wide (model, i) || !model->steps[i].needs_input_gradient)
        continue;
      phases[n - 1].backward_end = i;
      phases[n++] = (NnPhase) { .kind = NN_PHASE_WIDE_BACKWARD, .i_step = i };
      phases[n++] = (NnPhase) { .kind = NN_PHASE_SLICES, .backward_begin = i, .backward_end = 0 };
    }
  phases[n++] = (NnPhase) { .kind = NN_PHASE_UPDATE };
  model->n_training_phases = n;
}

static size_t
count_update_tasks (const NnModel *model,
                    const NnStep  *step)
{
  if (step->weights == NN_NONE || !model->is_trainable)
    return 0;
  return nn_panel_count (step->n_out) * ((step->n_in + NN_UPDATE_ROWS - 1) / NN_UPDATE_ROWS);
}

/* ---- The whole plan ---- */

/* The gradients of all slices together have at most 2^26 floats.  Where they would have more,
 * there are fewer slices, for any number of threads. */
static void
choose_slices (NnModel *model)
{
  const size_t n_most = model->n_slice_gradient_floats > 0
                          ? ((size_t) 1 << 26) / model->n_slice_gradient_floats
                          : NN_MAX_SLICES;

  model->max_slices = nn_min (NN_MAX_SLICES, n_most > 1 ? n_most : 1);
}

NnStatus
nn_plan (NnModel *model,
         NnError *error)
{
  NnStatus status = NN_STATUS_OK;

  make_steps (model);
  model->n_boundaries = model->n_steps + 1;
  for (size_t i = 0; i < model->n_boundaries && status == NN_STATUS_OK; i++)
    status = lay_out_boundary (model, i, error);
  if (status != NN_STATUS_OK)
    return status;
  for (size_t i = 0; i < model->n_boundaries; i++)
    place_boundary (model, i);
  size_block (model);

  for (size_t i = 0; i < model->n_steps && status == NN_STATUS_OK; i++)
    {
      model->steps[i].i_input = i;
      model->steps[i].i_output = i + 1;
      status = model->steps[i].ops->plan (model, &model->steps[i], error);
      model->n_update_tasks += count_update_tasks (model, &model->steps[i]);
    }
  if (status != NN_STATUS_OK)
    return status;

  choose_slices (model);
  model->n_predicting_phases = make_forward_phases (model, model->predicting_phases);
  model->block_phase = (NnPhase) {
    .kind = NN_PHASE_SLICES, .does_load = true, .does_loss = true, .forward_end = model->n_steps
  };
  if (model->is_trainable)
    make_training_phases (model);
  return NN_STATUS_OK;
}

static void
fill_update_tasks (NnModel *model)
{
  NnUpdateTask *task = model->update_tasks;

  for (size_t i = 0; i < model->n_steps; i++)
    {
      const NnStep *step = &model->steps[i];

      if (step->weights == NN_NONE)
        continue;
      for (size_t panel = 0; panel < nn_panel_count (step->n_out); panel++)
        for (size_t row = 0; row < step->n_in; row += NN_UPDATE_ROWS)
          *task++ = (NnUpdateTask) { i, panel, row, nn_min (row + NN_UPDATE_ROWS, step->n_in) };
    }
}

void
nn_plan_fill_tables (NnModel *model)
{
  if (model->is_trainable)
    fill_update_tasks (model);
  for (size_t i = 0; i < model->n_steps; i++)
    if (model->steps[i].layer->kind == NN_LAYER_CONV2D)
      nn_conv2d_fill_tables (model, &model->steps[i]);
}
