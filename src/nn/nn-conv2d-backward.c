/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conv2D: the gradients.
 *
 * Behind a max-pool only winners have a gradient: at most one per window and channel, and fewer
 * after ReLU and dropout.  Then both gradients are weighted sums of strips of kernel_width *
 * channels floats (NnCombine):
 *   weights  for each output channel: the inputs under each of its winners, times the winner's
 *            gradient
 *   input    under each winning pixel: the weights of each channel that won there, times the
 *            channel's gradient
 * Where strips are too short for vectors (a first layer has one channel), the gradients are written
 * back to the winners' places, band by band, and the weight gradient is a dense product (NnOuter).
 *
 * Without a pool every pixel has a gradient.  The weight gradient is then a dense product, and the
 * input's gradient a few of them: see nn-conv2d-turned.c.
 *
 * Weight and bias gradients are summed image by image into the slice's gradients; the update adds
 * the slices.
 */

#include "nn-conv2d.h"

#define MAX_SPREAD_PLACES 64

/* Offsets of strips and their weights, in scratch memory: of one output channel, or of one
 * pixel. */
typedef struct
{
  uint32_t *offsets;
  float *weights;
  size_t n;
} List;

static List
get_list (const NnRun  *run,
          const NnStep *step)
{
  float *scratch = nn_run_scratch (run);

  return (List) { (uint32_t *) (void *) (scratch + step->list_offsets),
                  scratch + step->list_weights, 0 };
}

static float *
get_bias_gradient (const NnRun  *run,
                   const NnStep *step)
{
  return nn_run_slice_gradients (run, step, run->i_slice)
         + nn_round_up (nn_panel_floats (step->n_in, step->n_out), 16);
}

/* Multiplies the output's gradient by the activation's derivative, in place. */
static void
backward_activation (const NnRun  *run,
                     const NnStep *step,
                     size_t        i)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  float *gradients = nn_run_gradients (run, output, i) + output->origin;
  const float *values = nn_run_values (run, output, i) + output->origin;

  /* With a pool, values that ReLU set to 0 have no winner. */
  if (step->pool != NULL && step->activation == NN_ACTIVATION_RELU)
    return;
  for (size_t y = 0; y < output->shape.height; y++)
    nn_step_activation (run, step)->backward (
      gradients + y * output->row_stride, values + y * output->row_stride,
      (size_t) output->shape.width * output->shape.channels, step->layer->slope);
}

/* The offset in the image of the first input of the output pixel at a pool window's top left
 * corner.  Where the corner lies in the pool's padding, the offset is negative (modulo 2^32), and
 * becomes valid when a winner's offset is added. */
static uint32_t
get_corner_offset (const NnRun  *run,
                   const NnStep *step,
                   size_t        pooled_y,
                   size_t        pooled_x)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const uint32_t y = (uint32_t) (pooled_y * step->pool->stride_height - step->pool_window.pad_top);
  const uint32_t x = (uint32_t) (pooled_x * step->pool->stride_width - step->pool_window.pad_left);

  return y * (uint32_t) (step->layer->stride_height * input->row_stride)
         + x * (uint32_t) (step->layer->stride_width * input->shape.channels);
}

/* Lists the strips of the input under the winners of channel @o, with the winners' gradients as
 * weights. */
static void
list_winners_of_channel (const NnRun  *run,
                         const NnStep *step,
                         size_t        i,
                         size_t        o,
                         List         *list)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const uint32_t *winner_offsets = run->model->tables + step->winner_offsets;
  const uint16_t *winners = run->model->winners + step->winners + i * step->n_winners + o;
  const float *gradients = nn_run_gradients (run, output, i) + output->origin + o;
  const uint32_t step_x = get_corner_offset (run, step, 0, 1) - get_corner_offset (run, step, 0, 0);

  list->n = 0;
  for (size_t y = 0; y < step->pool_window.height; y++)
    {
      uint32_t corner = get_corner_offset (run, step, y, 0);

      for (size_t x = 0; x < step->pool_window.width; x++, corner += step_x, winners += step->n_out)
        {
          const float gradient = gradients[y * output->row_stride + x * step->n_out];

          if (*winners == NN_NO_WINNER || gradient == 0.0f)
            continue;
          list->offsets[list->n] = corner + winner_offsets[*winners];
          list->weights[list->n++] = gradient;
        }
    }
}

static void
backward_weights_sparse (const NnRun  *run,
                         const NnStep *step,
                         size_t        i)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const size_t strip = nn_conv2d_get_strip (run->model, step);
  float *bias = get_bias_gradient (run, step);
  List list = get_list (run, step);
  NnCombine combine = {
    .offsets = list.offsets,
    .weights = list.weights,
    .n_segments = step->layer->kernel_height,
    .segment_length = strip,
    .source = nn_run_values (run, input, i) + nn_window_get_start (run->model, step),
    .source_stride = input->row_stride,
    .target = nn_run_slice_gradients (run, step, run->i_slice),
    .target_stride = strip,
  };

  for (size_t o = 0; o < step->n_out; o++, combine.target += step->n_in)
    {
      list_winners_of_channel (run, step, i, o, &list);
      if (list.n == 0)
        continue;
      combine.n = list.n;
      run->kernels->combine (&combine);
      for (size_t j = 0; j < list.n; j++)
        bias[o] += list.weights[j];
    }
}

/* Adds the weight gradient of output pixels [begin, begin + n), whose own gradients are the rows
 * of @d. */
static void
backward_weights_dense (const NnRun    *run,
                        const NnStep   *step,
                        size_t          i,
                        size_t          begin,
                        size_t          n,
                        const float    *d,
                        const uint32_t *d_offsets)
{
  const NnModel *model = run->model;
  const NnOuter outer = {
    .n_rows = n,
    .n_taps = step->n_in,
    .n_columns = step->n_out,
    .a = nn_run_values (run, nn_step_input (model, step), i)
         + nn_window_get_start (model, step),
    .a_offsets = model->tables + step->pixel_offsets + begin,
    .taps = model->tables + step->tap_offsets,
    .d = d,
    .d_offsets = d_offsets,
    .d_stride = step->n_out,
    .g = nn_run_slice_gradients (run, step, run->i_slice),
    .panel_stride = NN_PANEL * step->n_in,
  };

  run->kernels->outer (&outer);
  nn_window_add_bias (run->kernels, d, d_offsets, n, step->n_out,
                      get_bias_gradient (run, step));
}

/* Adds the gradients of one row of windows to the winners' places in a band of output rows.
 * @corner: the place in the band of the first window's top left corner. */
static void
spread_row (const NnRun    *run,
            const NnStep   *step,
            const float    *gradients,
            const uint16_t *winners,
            float          *corner)
{
  for (size_t x = 0; x < step->pool_window.width; x++)
    for (size_t o = 0; o < step->n_out; o++)
      {
        const size_t winner = winners[x * step->n_out + o];
        const size_t row = winner / step->pool->kernel_width;
        const size_t column = x * step->pool->stride_width + winner % step->pool->kernel_width;

        if (winner != NN_NO_WINNER)
          corner[(row * step->window.width + column) * step->n_out + o] +=
            gradients[x * step->n_out + o];
      }
}

/* The same, by a kernel, for small windows that neither overlap nor lie partly in the padding. */
static void
spread_whole_row (const NnRun    *run,
                  const NnStep   *step,
                  const float    *gradients,
                  const uint16_t *winners,
                  float          *corner)
{
  uint16_t names[MAX_SPREAD_PLACES];
  NnSpreadRow row = {
    .n_positions = step->pool_window.width,
    .position_stride = step->pool->stride_width * step->n_out,
    .n_channels = step->n_out,
    .gradients = gradients,
    .winners = winners,
    .taps = run->model->tables + step->spread_offsets,
    .tap_names = names,
    .n_taps = (size_t) step->pool->kernel_height * step->pool->kernel_width,
    .target = corner,
  };

  for (size_t place = 0; place < row.n_taps; place++)
    names[place] = (uint16_t) place;
  run->kernels->spread_row (&row);
}

static bool
has_whole_windows (const NnStep *step)
{
  const NnLayerSpec *pool = step->pool;

  return pool->padding == NN_PADDING_VALID && pool->stride_height >= pool->kernel_height
         && pool->stride_width >= pool->kernel_width
         && (size_t) pool->kernel_height * pool->kernel_width <= MAX_SPREAD_PLACES;
}

/* For strips that are too short for vectors: writes the gradients to the winners' places in a
 * band of output rows, then continues as without a pool. */
static void
backward_weights_spread (const NnRun  *run,
                         const NnStep *step,
                         size_t        i)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const uint16_t *winners = run->model->winners + step->winners + i * step->n_winners;
  const float *gradients = nn_run_gradients (run, output, i) + output->origin;
  const bool is_band = step->band_rows < step->window.height;
  const bool is_whole = is_band && has_whole_windows (step);
  const size_t row_length = step->window.width * step->n_out;
  float *band = nn_run_scratch (run) + step->band;

  for (size_t y = 0; y < step->pool_window.height;
       y++, winners += step->pool_window.width * step->n_out)
    {
      const ptrdiff_t top =
        (ptrdiff_t) (y * step->pool->stride_height) - (ptrdiff_t) step->pool_window.pad_top;
      const ptrdiff_t row_begin = is_band && top > 0 ? top : 0;
      const size_t row_end =
        nn_min (step->window.height, (size_t) (top + (ptrdiff_t) step->pool->kernel_height));
      float *corner = band + (top - row_begin) * (ptrdiff_t) row_length
                      - (ptrdiff_t) (step->pool_window.pad_left * step->n_out);

      /* With is_whole each row writes the same places of the band; the others stay 0. */
      if (y == 0 || (is_band && !is_whole))
        memset (band, 0, step->band_rows * row_length * sizeof (float));
      if (is_whole)
        spread_whole_row (run, step, gradients + y * output->row_stride, winners, corner);
      else
        spread_row (run, step, gradients + y * output->row_stride, winners, corner);
      if (is_band)
        backward_weights_dense (run, step, i, (size_t) row_begin * step->window.width,
                                (row_end - (size_t) row_begin) * step->window.width, band, NULL);
    }
  if (!is_band)
    backward_weights_dense (run, step, i, 0, step->window.height * step->window.width, band, NULL);
}

/* Adds to dL/dx under one output pixel: its channels' weights, times the channels' gradients. */
static void
combine_input (const NnRun  *run,
               const NnStep *step,
               size_t        i,
               uint32_t      pixel_offset,
               const List   *list)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const size_t strip = nn_conv2d_get_strip (run->model, step);
  NnCombine combine = {
    .n = list->n,
    .offsets = list->offsets,
    .weights = list->weights,
    .n_segments = step->layer->kernel_height,
    .segment_length = strip,
    .source = run->model->packs + step->pack,
    .source_stride = strip,
    .target =
      nn_run_gradients (run, input, i) + nn_window_get_start (run->model, step) + pixel_offset,
    .target_stride = input->row_stride,
  };

  if (list->n > 0)
    run->kernels->combine (&combine);
}

/* With a pool: for each window, and each of its places, the channels that won there. */
static void
backward_input_sparse (const NnRun  *run,
                       const NnStep *step,
                       size_t        i)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const uint32_t *winner_offsets = run->model->tables + step->winner_offsets;
  const size_t n_places = (size_t) step->pool->kernel_height * step->pool->kernel_width;
  const uint16_t *winners = run->model->winners + step->winners + i * step->n_winners;
  List list = get_list (run, step);
  NnListPlace list_place = {
    .n_channels = step->n_out,
    .stride = (uint32_t) step->n_in,
    .offsets = list.offsets,
    .weights = list.weights,
  };

  for (size_t y = 0; y < step->pool_window.height; y++)
    for (size_t x = 0; x < step->pool_window.width; x++, winners += step->n_out)
      {
        const float *gradients = nn_run_gradients (run, output, i) + output->origin
                                 + y * output->row_stride + x * step->n_out;
        const uint32_t corner = get_corner_offset (run, step, y, x);

        for (size_t place = 0; place < n_places; place++)
          {
            list_place.gradients = gradients;
            list_place.winners = winners;
            list_place.place = (uint16_t) place;
            list.n = run->kernels->list_place (&list_place);
            combine_input (run, step, i, corner + winner_offsets[place], &list);
          }
      }
}

static void
backward_input (const NnRun  *run,
                const NnStep *step,
                size_t        i)
{
  const NnBoundary *input = nn_step_input (run->model, step);

  if (step->is_turned)
    {
      nn_conv2d_backward_turned (run, step, i);
      return;
    }
  memset (nn_run_gradients (run, input, i), 0, input->image_stride * sizeof (float));
  backward_input_sparse (run, step, i);
}

void
nn_conv2d_backward (const NnRun  *run,
                    const NnStep *step,
                    size_t        first,
                    size_t        n)
{
  const NnModel *model = run->model;
  const NnBoundary *output = nn_step_output (model, step);

  for (size_t i = first; i < first + n; i++)
    {
      backward_activation (run, step, i);
      if (step->pool == NULL)
        backward_weights_dense (run, step, i, 0, step->window.height * step->window.width,
                                nn_run_gradients (run, output, i),
                                model->tables + step->target_offsets);
      else if (step->is_sparse)
        backward_weights_sparse (run, step, i);
      else
        backward_weights_spread (run, step, i);

      if (step->needs_input_gradient)
        backward_input (run, step, i);
    }
}

/* ---- Update ---- */

/* For strips the packed weights are rows, [n_out][n_in]. */
static void
pack_rows (NnModel            *model,
           const NnStep       *step,
           const NnUpdateTask *task)
{
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  const size_t n_columns = nn_min (width, step->n_out - column);
  const float *source = nn_step_values (model, step, 0) + column * step->n_in;
  float *target = model->packs + step->pack + column * step->n_in;

  for (size_t k = task->row_begin; k < task->row_end; k++)
    for (size_t j = 0; j < n_columns; j++)
      target[j * step->n_in + k] = source[k * width + j];
}

void
nn_conv2d_pack (NnModel            *model,
                const NnStep       *step,
                const NnUpdateTask *task)
{
  if (step->is_turned)
    nn_conv2d_pack_turned (model, step, task);
  else
    pack_rows (model, step, task);
}

static void
sum_bias_gradient (const NnRun        *run,
                   const NnStep       *step,
                   const NnUpdateTask *task)
{
  const size_t begin = nn_round_up (nn_panel_floats (step->n_in, step->n_out), 16);
  const size_t n = task->row_end - task->row_begin;
  float *bias = nn_step_gradients (run->model, step, 1) + task->row_begin;

  memset (bias, 0, n * sizeof (float));
  for (size_t slice = 0; slice < run->n_slices; slice++)
    run->kernels->add (bias, nn_run_slice_gradients (run, step, slice) + begin + task->row_begin,
                       n);
}

static void
sum_weight_gradient (const NnRun        *run,
                     const NnStep       *step,
                     const NnUpdateTask *task)
{
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  const size_t n_columns = nn_min (width, step->n_out - column);
  const size_t begin = column * step->n_in + task->row_begin * width;
  const size_t n = (task->row_end - task->row_begin) * width;
  float *gradient = nn_step_gradients (run->model, step, 0) + begin;

  memset (gradient, 0, n * sizeof (float));
  for (size_t slice = 0; slice < run->n_slices; slice++)
    {
      const float *source = nn_run_slice_gradients (run, step, slice);

      if (!step->is_sparse)
        run->kernels->add (gradient, source + begin, n);
      else
        for (size_t j = 0; j < n_columns; j++)
          for (size_t k = task->row_begin; k < task->row_end; k++)
            gradient[(k - task->row_begin) * width + j] += source[(column + j) * step->n_in + k];
    }
}

void
nn_conv2d_sum_gradient (const NnRun        *run,
                        const NnStep       *step,
                        const NnUpdateTask *task)
{
  if (task->i_tensor == 1)
    sum_bias_gradient (run, step, task);
  else
    sum_weight_gradient (run, step, task);
}
