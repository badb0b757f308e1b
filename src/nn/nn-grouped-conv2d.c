/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grouped Conv2D: the channels of input and output are cut into groups, and each output sees the
 * inputs of its own group only.  With as many groups as channels it is depthwise.
 *
 * A group is too narrow for the products that a whole convolution is made of, so this layer has
 * kernels of its own (NnGrouped), whose vectors run along the outputs of a pixel.  The weights are
 * stored as they are read: [kernel_height, kernel_width, inputs of a group][units].
 *
 * Weight and bias gradients are summed image by image into the slice's gradients; the update adds
 * the slices.
 */

#include "nn-window.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  if (layer->groups < 1 || input.channels % layer->groups != 0
      || layer->units % layer->groups != 0)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "Layer %zu (grouped conv2d) has %u groups, which must divide its %u input "
                    "channels and its %u filters",
                    i_layer + 1, layer->groups, input.channels, layer->units);
  return nn_window_infer_conv2d (layer, i_layer, nn_grouped_conv2d_ops.name, input, layer->groups,
                                 info, error);
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  step->tap_offsets = model->n_table_entries;
  model->n_table_entries +=
    nn_round_up ((size_t) step->layer->kernel_height * step->layer->kernel_width, 16);
  if (!model->is_trainable)
    return;
  step->slice_gradients = model->n_slice_gradient_floats;
  model->n_slice_gradient_floats +=
    nn_round_up (step->n_in * step->n_out, 16) + nn_round_up (step->n_out, 16);
}

static void
fill_tables (NnModel      *model,
             const NnStep *step)
{
  const NnBoundary *input = nn_step_input (model, step);
  uint32_t *taps = model->tables + step->tap_offsets;

  for (size_t y = 0; y < step->layer->kernel_height; y++)
    for (size_t x = 0; x < step->layer->kernel_width; x++)
      *taps++ = (uint32_t) (y * input->row_stride + x * input->shape.channels);
}

/* A row of outputs; the caller sets what it reads and writes. */
static NnGrouped
get_row (const NnModel *model,
         const NnStep  *step)
{
  const NnBoundary *input = nn_step_input (model, step);

  return (NnGrouped) {
    .n_positions = step->window.width,
    .position_stride = step->layer->stride_width * input->shape.channels,
    .n_groups = step->layer->groups,
    .group_inputs = input->shape.channels / step->layer->groups,
    .group_outputs = step->n_out / step->layer->groups,
    .taps = model->tables + step->tap_offsets,
    .n_taps = (size_t) step->layer->kernel_height * step->layer->kernel_width,
  };
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnModel *model = run->model;
  const NnBoundary *input = nn_step_input (model, step);
  const NnBoundary *output = nn_step_output (model, step);
  const size_t row_length = step->window.width * step->n_out;
  NnGrouped row = get_row (model, step);

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < step->window.height; y++)
      {
        float *target = nn_run_values (run, output, i) + output->origin + y * output->row_stride;

        run->kernels->grouped_forward (&row,
                                       nn_run_values (run, input, i)
                                         + nn_window_get_start (model, step)
                                         + y * step->layer->stride_height * input->row_stride,
                                       nn_step_values (model, step, 0),
                                       nn_step_values (model, step, 1), target);
        nn_step_activation (run, step)->forward (target, row_length, step->layer->slope);
      }
}

static void
backward_image (const NnRun  *run,
                const NnStep *step,
                size_t        i)
{
  const NnModel *model = run->model;
  const NnBoundary *input = nn_step_input (model, step);
  const NnBoundary *output = nn_step_output (model, step);
  const size_t start = nn_window_get_start (model, step);
  const size_t row_length = step->window.width * step->n_out;
  float *weights = nn_run_slice_gradients (run, step, run->i_slice);
  float *bias = weights + nn_round_up (step->n_in * step->n_out, 16);
  NnGrouped row = get_row (model, step);

  for (size_t y = 0; y < step->window.height; y++)
    {
      const size_t place = output->origin + y * output->row_stride;
      const size_t source = start + y * step->layer->stride_height * input->row_stride;
      float *d = nn_run_gradients (run, output, i) + place;

      nn_step_activation (run, step)->backward (d, nn_run_values (run, output, i) + place,
                                                row_length, step->layer->slope);
      run->kernels->grouped_weights (&row, nn_run_values (run, input, i) + source, d, weights);
      nn_window_add_bias (run->kernels, d, NULL, step->window.width, step->n_out, bias);
      if (step->needs_input_gradient)
        run->kernels->grouped_inputs (&row, d, nn_step_values (model, step, 0),
                                      nn_run_gradients (run, input, i) + source);
    }
}

static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);

  for (size_t i = first; i < first + n; i++)
    {
      if (step->needs_input_gradient)
        memset (nn_run_gradients (run, input, i), 0, input->image_stride * sizeof (float));
      backward_image (run, step, i);
    }
}

static void
sum_gradient (const NnRun        *run,
              const NnStep       *step,
              const NnUpdateTask *task)
{
  const size_t begin =
    (task->i_tensor == 1 ? nn_round_up (step->n_in * step->n_out, 16) : 0) + task->row_begin;
  const size_t n = task->row_end - task->row_begin;
  float *gradient = nn_step_gradients (run->model, step, task->i_tensor) + task->row_begin;

  memset (gradient, 0, n * sizeof (float));
  for (size_t slice = 0; slice < run->n_slices; slice++)
    run->kernels->add (gradient, nn_run_slice_gradients (run, step, slice) + begin, n);
}

static void
describe (const NnModel *model,
          NnStep        *step)
{
  const NnLayerSpec *layer = step->layer;
  const NnShape input = nn_step_input (model, step)->shape;
  const uint32_t group_inputs = input.channels / layer->groups;
  const size_t area = (size_t) layer->kernel_height * layer->kernel_width;
  const uint32_t dims[] = { layer->units, group_inputs, layer->kernel_height,
                            layer->kernel_width };

  nn_step_add_weights (step, area * group_inputs, layer->units, area, 4, dims);
  step->tensors[0].layout = NN_LAYOUT_COLUMNS;
  step->tensors[0].fan_out = (double) area * (layer->units / layer->groups);
  step->window = nn_window_get (layer, input);
}

const NnLayerOps nn_grouped_conv2d_ops = {
  .name = "grouped conv2d",
  .has_activation = true,
  .infer_shape = infer_shape,
  .get_padding = nn_window_get_padding,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
  .describe = describe,
  .plan = plan,
  .fill_tables = fill_tables,
  .sum_gradient = sum_gradient,
};
