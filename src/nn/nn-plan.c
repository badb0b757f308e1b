/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From layers to steps and boundaries, before any memory is allocated.
 *
 * 1. Steps: one per layer, except that a flatten mostly has none, and that a layer may absorb the
 *    one right behind it.  Each describes itself: its stages and its tensors.
 * 2. The stages of all steps become the phases of each pass (nn-schedule.c).
 * 3. Boundaries: each has the border that its readers need, and room for one image or for many.
 * 4. The memory that each step needs: the plan function of its layer.
 */

#include "nn-private.h"

/* ---- Steps ---- */

static size_t
add_boundary (NnModel *model,
              NnShape  shape)
{
  const size_t i = model->n_boundaries++;

  model->boundaries[i] = (NnBoundary) {
    .shape = shape, .i_values = i, .i_gradients = i, .gradients = NN_NONE
  };
  return i;
}

/* The step that writes boundary @i; NULL for the network's input. */
static const NnStep *
find_writer (const NnModel *model,
             size_t         i)
{
  for (size_t s = 0; s < model->n_steps; s++)
    if (model->steps[s].i_output == i)
      return &model->steps[s];
  return NULL;
}

/* Whether a flatten is a view, which changes nothing in memory.  Where a window slides over the
 * vector, or something else reads the image too, the vector is a copy.  @end: of the list. */
static bool
is_view (const NnModel *model,
         size_t         i_layer,
         size_t         end,
         size_t         i_input)
{
  const NnLayerOps *ops;
  size_t next = i_layer;

  if (model->boundaries[i_input].is_shared)
    return false;
  do
    {
      if (++next == end)
        return end == model->n_layers;
      ops = nn_layer_get_ops (model->layers[next].kind);
    }
  while (ops->flattens || ops->may_work_in_place);
  return ops->reads_vector;
}

/* Whether the step before needs its own result: tanh and sigmoid do, for their derivative. */
static bool
needs_result (const NnStep *step)
{
  const NnActivationOps *activation = nn_activation_get_ops (step->activation);

  return step->ops->has_activation && activation->derives_from_result
         && !activation->derives_from_sign;
}

NnStep *
nn_plan_add_step (NnModel          *model,
                  const NnLayerOps *ops,
                  size_t            i_layer,
                  size_t            i_input)
{
  NnStep *step = &model->steps[model->n_steps++];

  *step = (NnStep) {
    .ops = ops,
    .i_layer = i_layer,
    .layer = &model->layers[i_layer],
    .activation = model->layers[i_layer].activation,
    .n_inputs = 1,
    .i_inputs = { i_input },
    .i_output = NN_NONE,
    .needs_input_gradient = model->boundaries[i_input].needs_gradient,
    .pack = NN_NONE,
  };
  return step;
}

static void
add_output (NnModel *model,
            NnStep  *step,
            NnShape  shape)
{
  const NnStep *writer = find_writer (model, step->i_inputs[0]);
  const NnBoundary *input = &model->boundaries[step->i_inputs[0]];
  NnBoundary *output;

  step->works_in_place = step->ops->may_work_in_place && writer != NULL && !needs_result (writer)
                         && !input->is_shared;
  step->i_output = add_boundary (model, shape);
  output = &model->boundaries[step->i_output];
  output->needs_gradient = model->infos[step->i_layer].n_parameters > 0;
  for (size_t i = 0; i < step->n_inputs; i++)
    output->needs_gradient =
      output->needs_gradient || model->boundaries[step->i_inputs[i]].needs_gradient;
  if (step->works_in_place)
    {
      output->i_values = input->i_values;
      output->i_gradients = input->i_gradients;
    }
}

size_t
nn_plan_finish_step (NnModel *model,
                     NnStep  *step,
                     NnShape  shape)
{
  const bool is_split = step->ops->has_activation && !step->ops->keeps_input
                        && !nn_activation_get_ops (step->activation)->derives_from_result;

  if (is_split)
    step->activation = NN_ACTIVATION_LINEAR;
  add_output (model, step, shape);
  if (is_split)
    {
      step = nn_plan_add_step (model, &nn_activation_ops, step->i_layer, step->i_output);
      add_output (model, step, shape);
    }
  return step->i_output;
}

void
nn_plan_share (NnModel *model,
               NnStep  *step)
{
  NnBoundary *input = &model->boundaries[step->i_inputs[0]];
  NnBoundary *output;

  step->i_output = add_boundary (model, input->shape);
  output = &model->boundaries[step->i_output];
  output->i_values = input->i_values;
  output->needs_gradient = input->needs_gradient;
  output->is_shared = true;
  input->is_shared = true;
}

size_t
nn_plan_list (NnModel *model,
              size_t   begin,
              size_t   end,
              size_t   i_input)
{
  size_t next;

  for (size_t i = begin; i < end; i = next)
    {
      NnLayerSpec *layer = &model->layers[i];
      const NnLayerOps *ops = nn_layer_get_ops (layer->kind);
      NnStep *step;

      next = i + 1 + nn_layer_count_children (layer);
      if (ops->flattens && is_view (model, i, end, i_input))
        continue;
      if (ops->complete != NULL)
        ops->complete (layer, model->boundaries[i_input].shape);
      if (ops->make_steps != NULL)
        {
          i_input = ops->make_steps (model, i, i_input);
          continue;
        }
      step = nn_plan_add_step (model, ops, i, i_input);
      if (ops->absorbs != NULL && next < end && ops->absorbs (layer, &model->layers[next]))
        step->pool = &model->layers[next++];
      i_input = nn_plan_finish_step (model, step, model->infos[next - 1].output);
    }
  return i_input;
}

/* ---- Stages and tensors ---- */

static void
describe (const NnModel *model,
          NnStep        *step)
{
  const NnStages forward = { &step->ops->forward, step->ops->forward.run != NULL };
  const NnStages backward = { &step->ops->backward, step->ops->backward.run != NULL };

  step->stages[NN_PASS_TRAIN] = forward;
  step->stages[NN_PASS_PREDICT] = forward;
  step->stages[NN_PASS_BLOCK] = forward;
  step->stages[NN_PASS_BACKWARD] = backward;
  if (step->ops->describe != NULL)
    step->ops->describe (model, step);
}

void
nn_step_add_weights (NnStep         *step,
                     size_t          n_in,
                     size_t          n_out,
                     size_t          area,
                     unsigned        rank,
                     const uint32_t *dims)
{
  NnTensor *weights = &step->tensors[0];

  step->n_in = n_in;
  step->n_out = n_out;
  step->n_tensors = 2;
  *weights = (NnTensor) {
    .role = NN_TENSOR_WEIGHT,
    .layout = NN_LAYOUT_PANELS,
    .fill = NN_FILL_GLOROT,
    .rank = rank,
    .n_rows = n_in,
    .n_columns = n_out,
    .area = area,
    .fan_in = (double) n_in,
    .fan_out = (double) area * (double) n_out,
  };
  memcpy (weights->dims, dims, rank * sizeof *dims);
  step->tensors[1] = (NnTensor) {
    .role = NN_TENSOR_BIAS,
    .layout = NN_LAYOUT_PLAIN,
    .rank = 1,
    .dims = { (uint32_t) n_out },
    .n_rows = 1,
    .n_columns = n_out,
    .area = 1,
  };
}

static void
place_tensors (NnModel *model,
               NnStep  *step)
{
  for (size_t i = 0; i < step->n_tensors; i++)
    {
      NnTensor *tensor = &step->tensors[i];

      tensor->offset = model->n_parameter_floats;
      model->n_parameter_floats +=
        nn_round_up (tensor->layout == NN_LAYOUT_PANELS
                       ? nn_panel_floats (tensor->n_rows, tensor->n_columns)
                       : nn_tensor_count (tensor),
                     16);
    }
}

/* ---- Boundaries ---- */

/* The border that the readers of the values with number @i_values need.  Behind a flatten that is
 * a view, the reader sees a vector and needs none. */
static void
get_border (const NnModel *model,
            size_t         i_values,
            size_t         border[4])
{
  for (size_t s = 0; s < model->n_steps; s++)
    {
      const NnStep *step = &model->steps[s];

      for (size_t k = 0; k < step->n_inputs && step->ops->get_padding != NULL; k++)
        {
          const NnBoundary *input = &model->boundaries[step->i_inputs[k]];
          size_t padding[4];

          if (input->i_values != i_values)
            continue;
          step->ops->get_padding (step->layer, input->shape, padding);
          for (int side = 0; side < 4; side++)
            border[side] = nn_max (border[side], padding[side]);
        }
    }
}

static NnStatus
lay_out_boundary (NnModel *model,
                  size_t   i,
                  NnError *error)
{
  NnBoundary *boundary = &model->boundaries[i];
  const NnShape shape = boundary->shape;
  size_t border[4] = { 0 };
  uint64_t n_floats;

  get_border (model, boundary->i_values, border);
  boundary->pad_top = border[0];
  boundary->pad_left = border[1];
  boundary->row_stride = (shape.width + border[1] + border[3]) * (size_t) shape.channels;
  n_floats = (uint64_t) boundary->row_stride * (shape.height + border[0] + border[2]);
  if (n_floats > (uint64_t) 1 << 30)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "An image has %llu values between two layers, with padding; at most %u are "
                    "possible",
                    (unsigned long long) n_floats, 1u << 30);
  boundary->image_stride = nn_image_stride ((size_t) n_floats);
  boundary->origin = boundary->pad_top * boundary->row_stride + boundary->pad_left * shape.channels;
  return NN_STATUS_OK;
}

static size_t
reserve (size_t *n,
         size_t  n_floats)
{
  size_t offset = *n;

  *n += nn_round_up (n_floats, 16);
  return offset;
}

/* A trainable model keeps the values of the whole batch for the backward pass. */
static void
place_values (NnModel *model,
              size_t   i)
{
  NnBoundary *boundary = &model->boundaries[i];

  if (boundary->i_values != i)
    {
      boundary->values = model->boundaries[boundary->i_values].values;
      boundary->values_per_worker = model->boundaries[boundary->i_values].values_per_worker;
      return;
    }
  boundary->values_per_worker = !model->is_trainable
                                && nn_schedule_is_one_image (model, &model->predicting, i, false)
                                && nn_schedule_is_one_image (model, &model->block, i, false);
  boundary->values =
    reserve (boundary->values_per_worker ? &model->n_scratch_floats : &model->n_block_floats,
             boundary->image_stride);
}

static void
place_gradients (NnModel *model,
                 size_t   i)
{
  NnBoundary *boundary = &model->boundaries[i];

  if (boundary->i_gradients != i)
    {
      boundary->gradients = model->boundaries[boundary->i_gradients].gradients;
      boundary->gradients_per_worker =
        model->boundaries[boundary->i_gradients].gradients_per_worker;
      return;
    }
  boundary->gradients_per_worker = nn_schedule_is_one_image (model, &model->training, i, true);
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

static NnStatus
place_boundaries (NnModel *model,
                  NnError *error)
{
  NnStatus status = NN_STATUS_OK;

  for (size_t i = 0; i < model->n_boundaries && status == NN_STATUS_OK; i++)
    status = lay_out_boundary (model, i, error);
  if (status != NN_STATUS_OK)
    return status;
  for (size_t i = 0; i < model->n_boundaries; i++)
    {
      place_values (model, i);
      if (model->is_trainable && i > 0)
        place_gradients (model, i);
    }
  size_block (model);
  return NN_STATUS_OK;
}

/* ---- Update tasks ---- */

/* Lists the blocks of all tensors, or only counts them where @tasks is NULL. */
static size_t
list_update_tasks (const NnModel *model,
                   NnUpdateTask  *tasks)
{
  size_t n = 0;

  for (size_t i = 0; i < model->n_steps; i++)
    for (size_t t = 0; t < model->steps[i].n_tensors; t++)
      {
        const NnTensor *tensor = &model->steps[i].tensors[t];

        for (size_t k = 0; k < nn_tensor_count_blocks (tensor); k++, n++)
          if (tasks != NULL)
            {
              tasks[n] = nn_tensor_get_block (tensor, k);
              tasks[n].i_step = i;
              tasks[n].i_tensor = t;
            }
      }
  return n;
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
  NnStatus status;

  nn_plan_list (model, 0, model->n_layers, add_boundary (model, model->input));
  for (size_t i = 0; i < model->n_steps; i++)
    {
      describe (model, &model->steps[i]);
      place_tensors (model, &model->steps[i]);
    }
  nn_schedule_all (model);
  status = place_boundaries (model, error);
  if (status != NN_STATUS_OK)
    return status;

  for (size_t i = 0; i < model->n_steps; i++)
    if (model->steps[i].ops->plan != NULL)
      model->steps[i].ops->plan (model, &model->steps[i]);
  if (model->is_trainable)
    model->n_update_tasks = list_update_tasks (model, NULL);
  choose_slices (model);
  return NN_STATUS_OK;
}

void
nn_plan_fill_tables (NnModel *model)
{
  if (model->is_trainable)
    list_update_tasks (model, model->update_tasks);
  for (size_t i = 0; i < model->n_steps; i++)
    if (model->steps[i].ops->fill_tables != NULL)
      model->steps[i].ops->fill_tables (model, &model->steps[i]);
}
