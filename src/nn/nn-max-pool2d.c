/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Max-pooling: the largest value under each window, channel by channel; padding never wins.
 *
 * The winner of each output is stored as its place in the window (kernel_width * row + column), or
 * as NN_NO_WINNER where ReLU set the maximum to 0.  The gradient goes to the winner alone.  A pool
 * right behind a convolution is a part of the convolution's step (nn-conv2d.c), which calls
 * nn_max_pool_row for each row of outputs.
 */

#include "nn-window.h"

#define MAX_TAPS 64 /* places of a window per call of the kernel */

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  NnStatus status =
    nn_window_check (layer, i_layer, nn_max_pool2d_ops.name, input, &info->output, error);

  if (status != NN_STATUS_OK)
    return status;
  if ((uint64_t) layer->kernel_height * layer->kernel_width >= NN_NO_WINNER)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (max pool) has a window of %ux%u; at most %d places are possible",
                    i_layer + 1, layer->kernel_height, layer->kernel_width, NN_NO_WINNER - 1);
  info->output.channels = input.channels;
  return NN_STATUS_OK;
}

/* Pools one window, or several side by side that lie wholly inside the image.  @range: the rows
 * and columns of the window that lie inside the image.  @source: the first value of these, so
 * that no offset is larger than the image.  A window of more than MAX_TAPS places takes several
 * calls of the kernel, each of which continues the one before. */
static void
pool_windows (const NnKernels *kernels,
              const NnLayerSpec *pool,
              const float *source,
              size_t row_stride,
              size_t n_channels,
              const size_t range[4] /* y_begin, y_end, x_begin, x_end */,
              size_t n_positions,
              bool cuts_at_zero,
              float *target,
              uint16_t *winners)
{
  uint32_t taps[MAX_TAPS];
  uint16_t names[MAX_TAPS];
  NnPoolRow row = {
    .n_positions = n_positions,
    .position_stride = pool->stride_width * n_channels,
    .n_channels = n_channels,
    .source = source,
    .taps = taps,
    .tap_names = names,
    .continues = false,
    .target = target,
    .winners = winners,
  };

  for (size_t y = range[0]; y < range[1]; y++)
    for (size_t x = range[2]; x < range[3]; x++)
      {
        bool is_last = y + 1 == range[1] && x + 1 == range[3];

        taps[row.n_taps] = (uint32_t) ((y - range[0]) * row_stride + (x - range[2]) * n_channels);
        names[row.n_taps++] = (uint16_t) (y * pool->kernel_width + x);
        if (row.n_taps < MAX_TAPS && !is_last)
          continue;
        row.cuts_at_zero = cuts_at_zero && is_last;
        kernels->pool_row (&row);
        row.continues = true;
        row.n_taps = 0;
      }
}

void
nn_max_pool_row (const NnKernels   *kernels,
                 const NnLayerSpec *pool,
                 const NnWindow    *window,
                 NnShape            input,
                 const float       *source,
                 size_t             source_row,
                 size_t             row_stride,
                 size_t             i_row,
                 bool               cuts_at_zero,
                 float             *target,
                 uint16_t          *winners)
{
  const ptrdiff_t top = (ptrdiff_t) (i_row * pool->stride_height) - (ptrdiff_t) window->pad_top;
  const size_t channels = input.channels;
  size_t range[4];

  range[0] = top < 0 ? (size_t) -top : 0;
  range[1] = nn_min (pool->kernel_height, (size_t) ((ptrdiff_t) input.height - top));

  for (size_t x = 0; x < window->width;)
    {
      const ptrdiff_t left = (ptrdiff_t) (x * pool->stride_width) - (ptrdiff_t) window->pad_left;
      const bool is_inside = left >= 0
                             && left + (ptrdiff_t) pool->kernel_width <= (ptrdiff_t) input.width;
      size_t n = 1;

      range[2] = left < 0 ? (size_t) -left : 0;
      range[3] = nn_min (pool->kernel_width, (size_t) ((ptrdiff_t) input.width - left));
      if (is_inside)
        n = nn_min (window->width - x,
                    ((size_t) ((ptrdiff_t) input.width - left) - pool->kernel_width)
                      / pool->stride_width + 1);

      pool_windows (kernels, pool,
                    source
                      + (top + (ptrdiff_t) range[0] - (ptrdiff_t) source_row)
                          * (ptrdiff_t) row_stride
                      + (left + (ptrdiff_t) range[2]) * (ptrdiff_t) channels,
                    row_stride, channels, range, n, cuts_at_zero, target + x * channels,
                    winners != NULL ? winners + x * channels : NULL);
      x += n;
    }
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  step->window = nn_window_get (step->layer, nn_step_input (model, step)->shape);
  step->n_winners = nn_shape_size (nn_step_output (model, step)->shape);
  step->winners = model->n_winner_entries;
  if (model->is_trainable)
    model->n_winner_entries += nn_round_up (step->n_winners * model->max_batch, 32);
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      nn_max_pool_row (run->kernels, step->layer, &step->window, input->shape,
                       nn_run_values (run, input, i) + input->origin, 0, input->row_stride, y,
                       false,
                       nn_run_values (run, output, i) + output->origin + y * output->row_stride,
                       run->is_training ? run->model->winners + step->winners + i * step->n_winners
                                            + y * row_length
                                        : NULL);
}

static void
backward_row (const NnRun  *run,
              const NnStep *step,
              size_t        i,
              size_t        y)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t channels = output->shape.channels;
  const uint32_t kernel_width = step->layer->kernel_width;
  const uint16_t *winners =
    run->model->winners + step->winners + i * step->n_winners + y * output->shape.width * channels;
  const float *source = nn_run_gradients (run, output, i) + output->origin + y * output->row_stride;
  float *target = nn_run_gradients (run, input, i) + input->origin;
  const ptrdiff_t top =
    (ptrdiff_t) (y * step->layer->stride_height) - (ptrdiff_t) step->window.pad_top;

  for (size_t x = 0; x < output->shape.width; x++)
    {
      const ptrdiff_t left =
        (ptrdiff_t) (x * step->layer->stride_width) - (ptrdiff_t) step->window.pad_left;

      for (size_t c = 0; c < channels; c++)
        {
          const uint32_t winner = winners[x * channels + c];
          const ptrdiff_t row = top + (ptrdiff_t) (winner / kernel_width);
          const ptrdiff_t column = left + (ptrdiff_t) (winner % kernel_width);

          target[row * (ptrdiff_t) input->row_stride + column * (ptrdiff_t) channels
                 + (ptrdiff_t) c] += source[x * channels + c];
        }
    }
}

static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);

  if (!step->needs_input_gradient)
    return;

  for (size_t i = first; i < first + n; i++)
    {
      memset (nn_run_gradients (run, input, i), 0, input->image_stride * sizeof (float));
      for (size_t y = 0; y < step->window.height; y++)
        backward_row (run, step, i, y);
    }
}

const NnLayerOps nn_max_pool2d_ops = {
  .name = "max pool",
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
  if ((uint64_t) input.height * input.width >= NN_NO_WINNER)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (global max pool) gets %ux%u places; at most %d are possible",
                    i_layer + 1, input.height, input.width, NN_NO_WINNER - 1);
  info->output = (NnShape) { 1, 1, input.channels };
  return NN_STATUS_OK;
}

const NnLayerOps nn_global_max_pool_ops = {
  .name = "global max pool",
  .infer_shape = infer_global_shape,
  .complete = nn_window_complete_global,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
  .plan = plan,
};
