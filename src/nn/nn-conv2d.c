/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conv2D: a cross-correlation over NHWC images, with bias, activation, and the max-pool right
 * behind it.  This file has the plan and the forward pass; nn-conv2d-backward.c and
 * nn-conv2d-turned.c have the gradients.
 *
 * The step that writes the input also pads it.  In NHWC the kernel_width * channels inputs under
 * one kernel row are contiguous, and those of the next output begin stride * channels further on.
 * So the convolution is a matrix product whose left side is read straight from the image, in
 * kernel_height segments, without im2col.  With a max-pool behind it, a band of output rows, just
 * high enough for one row of windows, is computed into scratch memory that stays in the first-level
 * cache, and pooled from there.  ReLU, tanh and sigmoid are monotonic, so they come after the pool,
 * on fewer values: a quarter after a 2 x 2 pool.
 */

#include "nn-conv2d.h"

#define MIN_STRIP 8 /* from so many floats under a kernel row on, weighted strips are faster */

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  return nn_window_infer_conv2d (layer, i_layer, nn_conv2d_ops.name, input, 1, info, error);
}

static void
plan_pool (NnModel *model,
           NnStep  *step)
{
  step->pool_window = nn_window_get (step->pool, nn_conv2d_get_shape (step));
  /* A row of windows that do not overlap needs only its own rows. */
  step->band_rows = nn_min (step->pool->kernel_height, step->window.height);
  if (step->pool->stride_height < step->pool->kernel_height)
    step->band_rows = step->window.height;
  if (!model->is_trainable)
    return;
  step->winner_offsets = model->n_table_entries;
  model->n_table_entries +=
    nn_round_up ((size_t) step->pool->kernel_height * step->pool->kernel_width, 16);
  step->spread_offsets = model->n_table_entries;
  model->n_table_entries +=
    nn_round_up ((size_t) step->pool->kernel_height * step->pool->kernel_width, 16);
  step->n_winners = nn_shape_size (nn_step_output (model, step)->shape);
  step->winners = model->n_winner_entries;
  model->n_winner_entries += nn_round_up (step->n_winners * model->max_batch, 32);
}

/* A band of the output, and a list of one channel's winners or one pixel's channels. */
static void
plan_scratch (NnModel *model,
              NnStep  *step)
{
  const size_t n_positions = step->pool_window.height * step->pool_window.width;
  const size_t n_list = nn_round_up (nn_max (n_positions, step->n_out + 1), 16);

  if (step->pool == NULL)
    return;
  step->band = model->n_scratch_floats;
  model->n_scratch_floats +=
    nn_round_up (step->band_rows * step->window.width * step->n_out + 16, 16);
  if (!model->is_trainable)
    return;
  step->list_offsets = model->n_scratch_floats;
  model->n_scratch_floats += n_list;
  step->list_weights = model->n_scratch_floats;
  model->n_scratch_floats += n_list;
}

static void
plan_input_gradient (NnModel *model,
                     NnStep  *step)
{
  if (step->pool == NULL)
    {
      nn_conv2d_plan_turned (model, step);
      return;
    }
  step->pack = model->n_pack_floats;
  model->n_pack_floats += nn_round_up (step->n_in * step->n_out, 16);
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  if (model->is_trainable)
    {
      step->slice_gradients = model->n_slice_gradient_floats;
      model->n_slice_gradient_floats +=
        nn_round_up (nn_panel_floats (step->n_in, step->n_out), 16) + nn_round_up (step->n_out, 16);
      if (step->needs_input_gradient)
        plan_input_gradient (model, step);
    }

  step->pixel_offsets = model->n_table_entries;
  model->n_table_entries += nn_round_up (step->window.height * step->window.width, 16);
  step->target_offsets = model->n_table_entries;
  model->n_table_entries += nn_round_up (step->window.height * step->window.width, 16);
  if (model->is_trainable)
    {
      step->tap_offsets = model->n_table_entries;
      model->n_table_entries += nn_round_up (step->n_in, 16);
    }
  if (step->pool != NULL)
    plan_pool (model, step);
  plan_scratch (model, step);
}

/* The tables that only the gradients need: the inputs of a pixel, and the places of a window. */
static void
fill_gradient_tables (NnModel      *model,
                      const NnStep *step)
{
  const NnBoundary *input = nn_step_input (model, step);
  const size_t channels = input->shape.channels;

  for (size_t k = 0; k < step->n_in; k++)
    model->tables[step->tap_offsets + k] =
      (uint32_t) (k / nn_conv2d_get_strip (model, step) * input->row_stride
                  + k % nn_conv2d_get_strip (model, step));

  for (size_t place = 0;
       step->pool != NULL && place < (size_t) step->pool->kernel_height * step->pool->kernel_width;
       place++)
    {
      const size_t y = place / step->pool->kernel_width;
      const size_t x = place % step->pool->kernel_width;

      model->tables[step->winner_offsets + place] =
        (uint32_t) (y * step->layer->stride_height * input->row_stride
                    + x * step->layer->stride_width * channels);
      model->tables[step->spread_offsets + place] =
        (uint32_t) ((y * step->window.width + x) * step->n_out);
    }
  if (step->is_turned)
    nn_conv2d_fill_turned_tables (model, step);
}

static void
fill_tables (NnModel      *model,
             const NnStep *step)
{
  const NnBoundary *input = nn_step_input (model, step);
  const NnBoundary *output = nn_step_output (model, step);
  const size_t channels = input->shape.channels;

  for (size_t y = 0; y < step->window.height; y++)
    for (size_t x = 0; x < step->window.width; x++)
      {
        const size_t pixel = y * step->window.width + x;

        model->tables[step->pixel_offsets + pixel] =
          (uint32_t) (y * step->layer->stride_height * input->row_stride
                      + x * step->layer->stride_width * channels);
        model->tables[step->target_offsets + pixel] =
          (uint32_t) (output->origin + y * output->row_stride + x * step->n_out);
      }
  if (model->is_trainable)
    fill_gradient_tables (model, step);
}

/* ---- Forward ---- */

/* Computes output pixels [begin, begin + n) of image @i into @target. */
static void
convolve (const NnRun    *run,
          const NnStep   *step,
          size_t          i,
          size_t          begin,
          size_t          n,
          bool            is_relu,
          const uint32_t *target_offsets,
          size_t          target_stride,
          float          *target)
{
  const NnModel *model = run->model;
  const NnBoundary *input = nn_step_input (model, step);
  NnGemm gemm = {
    .n_rows = n,
    .n_columns = step->n_out,
    .a = nn_run_values (run, input, i) + nn_window_get_start (model, step),
    .a_offsets = model->tables + step->pixel_offsets + begin,
    .n_segments = step->layer->kernel_height,
    .segment_length = nn_conv2d_get_strip (model, step),
    .segment_stride = input->row_stride,
    .b = nn_step_values (model, step, 0),
    .bias = nn_step_values (model, step, 1),
    .c = target,
    .c_offsets = target_offsets,
    .c_stride = target_stride,
    .is_relu = is_relu,
  };

  run->kernels->gemm (&gemm);
}

static void
activate_image (const NnRun  *run,
                const NnStep *step,
                size_t        i)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  float *values = nn_run_values (run, output, i) + output->origin;

  if (step->activation == NN_ACTIVATION_LINEAR
      || step->activation == NN_ACTIVATION_RELU)
    return;
  for (size_t y = 0; y < output->shape.height; y++)
    nn_step_activation (run, step)->forward (
      values + y * output->row_stride, (size_t) output->shape.width * output->shape.channels,
      step->layer->slope);
}

static void
forward_pooled (const NnRun  *run,
                const NnStep *step,
                size_t        i)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = step->window.width * step->n_out;
  const bool is_relu = step->activation == NN_ACTIVATION_RELU;
  const bool is_band = step->band_rows < step->window.height;
  float *band = nn_run_scratch (run) + step->band;
  uint16_t *winners = run->model->winners + step->winners + i * step->n_winners;
  size_t next_row = 0; /* the first row of the convolution that is not computed yet */

  for (size_t y = 0; y < step->pool_window.height; y++)
    {
      const ptrdiff_t top =
        (ptrdiff_t) (y * step->pool->stride_height) - (ptrdiff_t) step->pool_window.pad_top;
      const size_t row_begin = top > 0 ? (size_t) top : 0;
      const size_t row_end =
        nn_min (step->window.height, (size_t) (top + (ptrdiff_t) step->pool->kernel_height));
      const size_t source_row = is_band ? row_begin : 0;

      if (next_row < row_begin)
        next_row = row_begin;
      if (next_row < row_end)
        convolve (run, step, i, next_row * step->window.width,
                  (row_end - next_row) * step->window.width, false, NULL, step->n_out,
                  band + (next_row - source_row) * row_length);
      next_row = row_end;
      nn_max_pool_row (run->kernels, step->pool, &step->pool_window, nn_conv2d_get_shape (step),
                       band, source_row, row_length, y, is_relu,
                       nn_run_values (run, output, i) + output->origin + y * output->row_stride,
                       run->is_training ? winners + y * step->pool_window.width * step->n_out
                                        : NULL);
    }
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnBoundary *output = nn_step_output (run->model, step);

  for (size_t i = first; i < first + n; i++)
    {
      if (step->pool != NULL)
        forward_pooled (run, step, i);
      else
        convolve (run, step, i, 0, step->window.height * step->window.width,
                  step->activation == NN_ACTIVATION_RELU,
                  run->model->tables + step->target_offsets, 0, nn_run_values (run, output, i));
      activate_image (run, step, i);
    }
}

/* ---- Stages ---- */

/* A pool may come before an activation that never falls. */
static bool
absorbs (const NnLayerSpec *layer,
         const NnLayerSpec *next)
{
  const NnActivationOps *activation = nn_activation_get_ops (layer->activation);

  return nn_layer_get_ops (next->kind) == &nn_max_pool2d_ops && activation->is_monotone
         && activation->derives_from_result;
}

static void
describe (const NnModel *model,
          NnStep        *step)
{
  const NnShape input = nn_step_input (model, step)->shape;
  const NnLayerSpec *layer = step->layer;
  const size_t area = (size_t) layer->kernel_height * layer->kernel_width;
  const uint32_t dims[] = { layer->units, input.channels, layer->kernel_height,
                            layer->kernel_width };

  nn_step_add_weights (step, area * input.channels, layer->units, area, 4, dims);
  step->window = nn_window_get (layer, input);
  step->is_sparse = step->pool != NULL && nn_conv2d_get_strip (model, step) >= MIN_STRIP;
}

const NnLayerOps nn_conv2d_ops = {
  .name = "conv2d",
  .has_activation = true,
  .infer_shape = infer_shape,
  .absorbs = absorbs,
  .get_padding = nn_window_get_padding,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, nn_conv2d_backward, NULL },
  .describe = describe,
  .plan = plan,
  .fill_tables = fill_tables,
  .sum_gradient = nn_conv2d_sum_gradient,
  .pack = nn_conv2d_pack,
};
