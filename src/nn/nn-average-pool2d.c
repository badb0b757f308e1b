/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Average pooling: the mean of the values under each window, channel by channel.  Padding is not
 * counted: a window at the border has the mean of the values that it covers. */

#include "nn-window.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  NnStatus status =
    nn_window_check (layer, i_layer, nn_average_pool2d_ops.name, input, &info->output, error);

  info->output.channels = input.channels;
  return status;
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  step->window = nn_window_get (step->layer, nn_step_input (model, step)->shape);
}

/* The pixels under one window. */
typedef struct
{
  size_t n_rows;
  size_t n_columns;
  size_t offset; /* floats from the image's first value to the first pixel */
  float factor;
} Patch;

static Patch
get_patch (const NnModel *model,
           const NnStep  *step,
           size_t         y,
           size_t         x)
{
  const NnBoundary *input = nn_step_input (model, step);
  size_t row, column;
  Patch patch;

  patch.n_rows = nn_window_clip (y, step->layer->stride_height, step->layer->kernel_height,
                                 step->window.pad_top, input->shape.height, &row);
  patch.n_columns = nn_window_clip (x, step->layer->stride_width, step->layer->kernel_width,
                                    step->window.pad_left, input->shape.width, &column);
  patch.offset = row * input->row_stride + column * input->shape.channels;
  patch.factor = 1.0f / (float) (patch.n_rows * patch.n_columns);
  return patch;
}

static void
average (const NnRun  *run,
         const NnStep *step,
         const Patch  *patch,
         const float  *image,
         float        *target)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const size_t n_channels = input->shape.channels;

  memset (target, 0, n_channels * sizeof (float));
  for (size_t y = 0; y < patch->n_rows; y++)
    for (size_t x = 0; x < patch->n_columns; x++)
      run->kernels->add_scaled (
        target, image + patch->offset + y * input->row_stride + x * n_channels, n_channels,
        patch->factor);
}

/* The other way round: each pixel gets its share of the window's gradient. */
static void
spread (const NnRun  *run,
        const NnStep *step,
        const Patch  *patch,
        float        *image,
        const float  *gradients)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const size_t n_channels = input->shape.channels;

  for (size_t y = 0; y < patch->n_rows; y++)
    for (size_t x = 0; x < patch->n_columns; x++)
      run->kernels->add_scaled (
        image + patch->offset + y * input->row_stride + x * n_channels, gradients, n_channels,
        patch->factor);
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < step->window.height; y++)
      for (size_t x = 0; x < step->window.width; x++)
        {
          const Patch patch = get_patch (run->model, step, y, x);

          average (run, step, &patch, nn_run_values (run, input, i) + input->origin,
                   nn_run_values (run, output, i) + output->origin + y * output->row_stride
                     + x * output->shape.channels);
        }
}

static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);

  for (size_t i = first; i < first + n && step->needs_input_gradient; i++)
    {
      memset (nn_run_gradients (run, input, i), 0, input->image_stride * sizeof (float));
      for (size_t y = 0; y < step->window.height; y++)
        for (size_t x = 0; x < step->window.width; x++)
          {
            const Patch patch = get_patch (run->model, step, y, x);

            spread (run, step, &patch, nn_run_gradients (run, input, i) + input->origin,
                    nn_run_gradients (run, output, i) + output->origin + y * output->row_stride
                      + x * output->shape.channels);
          }
    }
}

const NnLayerOps nn_average_pool2d_ops = {
  .name = "average pool",
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
  .plan = plan,
};

/* ---- Over the whole image ---- */

static NnStatus
infer_global_shape (const NnLayerSpec *layer,
                    size_t             i_layer,
                    NnShape            input,
                    NnLayerInfo       *info,
                    NnError           *error)
{
  info->output = (NnShape) { 1, 1, input.channels };
  return NN_STATUS_OK;
}

const NnLayerOps nn_global_average_pool_ops = {
  .name = "global average pool",
  .infer_shape = infer_global_shape,
  .complete = nn_window_complete_global,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
  .plan = plan,
};
