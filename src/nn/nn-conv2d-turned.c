/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Conv2D: the input's gradient as convolutions.
 *
 * With a stride of 1 the input's gradient is a convolution of the output's gradient, padded by the
 * kernel's size less one, with the turned kernel: rotated by 180 degrees, input and output channels
 * exchanged.
 *
 * With a larger stride an input pixel is reached by a part of the kernel only: by the taps whose
 * row and column leave the same remainders, modulo the stride, as its own place in the padded
 * image.  All pixels with the same remainders are a phase, a smaller image.  Its gradient is a
 * convolution with a stride of 1 again, with that part of the kernel, turned.  So each phase is one
 * dense product, and no product with a zero between the pixels is computed.  A phase that no tap
 * reaches (a stride above the kernel's size) gets zeros.
 *
 * The output's gradient is copied to scratch memory with a border, which all phases share.  The
 * packed weights are, phase after phase, panels of input channels, whose rows are (turned tap,
 * output channel).
 */

#include "nn-conv2d.h"

/* Rows or columns of the input with the same remainder. */
typedef struct
{
  size_t first;    /* in the input; the others are a stride apart */
  size_t n;
  size_t n_taps;   /* of the kernel, with the same remainder */
  size_t n_before; /* taps with a smaller remainder */
  size_t source;   /* where its first taps begin in the bordered gradient */
} Side;

typedef struct
{
  Side rows;
  Side columns;
} Phase;

static size_t
divide_up (size_t a,
           size_t b)
{
  return (a + b - 1) / b;
}

static Side
get_side (size_t first,
          size_t n_inputs,
          size_t pad,
          size_t kernel,
          size_t stride)
{
  const size_t remainder = (first + pad) % stride;
  const size_t n_taps = kernel > remainder ? divide_up (kernel - remainder, stride) : 0;

  return (Side) {
    .first = first,
    .n = divide_up (n_inputs - first, stride),
    .n_taps = n_taps,
    .n_before = kernel / stride * remainder + nn_min (kernel % stride, remainder),
    .source = (first + pad) / stride + divide_up (kernel, stride) - n_taps,
  };
}

/* Phases are numbered by their first pixels: there are no more than pixels. */
static size_t
count_phases (const NnModel *model,
              const NnStep  *step)
{
  const NnShape input = nn_step_input (model, step)->shape;

  return nn_min (step->layer->stride_height, input.height)
         * nn_min (step->layer->stride_width, input.width);
}

static Phase
get_phase (const NnModel *model,
           const NnStep  *step,
           size_t         i_phase)
{
  const NnShape input = nn_step_input (model, step)->shape;
  const NnLayerSpec *layer = step->layer;
  const size_t n_columns = nn_min (layer->stride_width, input.width);

  return (Phase) {
    get_side (i_phase / n_columns, input.height, step->window.pad_top, layer->kernel_height,
              layer->stride_height),
    get_side (i_phase % n_columns, input.width, step->window.pad_left, layer->kernel_width,
              layer->stride_width),
  };
}

/* Rows of the packed weights before those of a part of the kernel. */
static size_t
count_rows_before (const NnStep *step,
                   const Side   *rows,
                   const Side   *columns)
{
  return (rows->n_before * step->layer->kernel_width + rows->n_taps * columns->n_before)
         * step->n_out;
}

/* ---- Plan ---- */

/* The bordered gradient must reach as far as the last input's taps. */
static size_t
get_length (size_t n_inputs,
            size_t n_outputs,
            size_t pad,
            size_t kernel,
            size_t stride)
{
  return nn_max (n_outputs, (n_inputs + pad - 1) / stride + 1) + divide_up (kernel, stride) - 1;
}

void
nn_conv2d_plan_turned (NnModel *model,
                       NnStep  *step)
{
  const NnShape input = nn_step_input (model, step)->shape;
  const NnLayerSpec *layer = step->layer;
  const size_t n_taps = (size_t) layer->kernel_height * layer->kernel_width;
  const size_t n_pixels = (size_t) input.height * input.width;
  const size_t height = get_length (input.height, step->window.height, step->window.pad_top,
                                    layer->kernel_height, layer->stride_height);
  const size_t width = get_length (input.width, step->window.width, step->window.pad_left,
                                   layer->kernel_width, layer->stride_width);

  step->is_turned = true;
  step->pack = model->n_pack_floats;
  model->n_pack_floats += nn_round_up (nn_panel_floats (n_taps * step->n_out, input.channels), 16);
  step->turned_row_stride = width * step->n_out;
  step->turned = model->n_scratch_floats;
  model->n_scratch_floats += nn_round_up (height * step->turned_row_stride, 16);
  step->turned_offsets = model->n_table_entries;
  model->n_table_entries += nn_round_up (n_pixels, 16);
  step->turned_targets = model->n_table_entries;
  model->n_table_entries += nn_round_up (n_pixels, 16);
}

void
nn_conv2d_fill_turned_tables (NnModel      *model,
                              const NnStep *step)
{
  const NnBoundary *input = nn_step_input (model, step);
  uint32_t *offsets = model->tables + step->turned_offsets;
  uint32_t *targets = model->tables + step->turned_targets;

  for (size_t i = 0; i < count_phases (model, step); i++)
    {
      const Phase phase = get_phase (model, step, i);

      for (size_t y = 0; y < phase.rows.n; y++)
        for (size_t x = 0; x < phase.columns.n; x++)
          {
            const size_t row = phase.rows.first + y * step->layer->stride_height;
            const size_t column = phase.columns.first + x * step->layer->stride_width;

            *offsets++ = (uint32_t) ((phase.rows.source + y) * step->turned_row_stride
                                     + (phase.columns.source + x) * step->n_out);
            *targets++ = (uint32_t) (input->origin + row * input->row_stride
                                     + column * input->shape.channels);
          }
    }
}

/* ---- Backward ---- */

static void
copy_inside (const NnRun  *run,
             const NnStep *step,
             size_t        i,
             float        *turned)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const NnLayerSpec *layer = step->layer;
  const float *source = nn_run_gradients (run, output, i) + output->origin;
  float *inside =
    turned + (divide_up (layer->kernel_height, layer->stride_height) - 1) * step->turned_row_stride
    + (divide_up (layer->kernel_width, layer->stride_width) - 1) * step->n_out;

  for (size_t y = 0; y < step->window.height; y++)
    memcpy (inside + y * step->turned_row_stride, source + y * output->row_stride,
            step->window.width * step->n_out * sizeof (float));
}

void
nn_conv2d_backward_turned (const NnRun  *run,
                           const NnStep *step,
                           size_t        i)
{
  const NnModel *model = run->model;
  const NnBoundary *input = nn_step_input (model, step);
  float *turned = nn_run_scratch (run) + step->turned;
  NnGemm gemm = {
    .n_columns = input->shape.channels,
    .a = turned,
    .a_offsets = model->tables + step->turned_offsets,
    .segment_stride = step->turned_row_stride,
    .c = nn_run_gradients (run, input, i),
    .c_offsets = model->tables + step->turned_targets,
  };

  copy_inside (run, step, i, turned);
  for (size_t k = 0; k < count_phases (model, step); k++)
    {
      const Phase phase = get_phase (model, step, k);

      gemm.n_rows = phase.rows.n * phase.columns.n;
      gemm.n_segments = phase.rows.n_taps;
      gemm.segment_length = phase.columns.n_taps * step->n_out;
      gemm.b = model->packs + step->pack
               + nn_panel_floats (count_rows_before (step, &phase.rows, &phase.columns),
                                  input->shape.channels);
      run->kernels->gemm (&gemm);
      gemm.a_offsets += gemm.n_rows;
      gemm.c_offsets += gemm.n_rows;
    }
}

/* ---- Update ---- */

/* The taps of the kernel that have the remainder of tap @tap.  @i_turned: its place among them,
 * from the last. */
static Side
get_part (size_t  tap,
          size_t  kernel,
          size_t  stride,
          size_t *i_turned)
{
  const Side part = get_side (tap % stride, tap % stride + 1, 0, kernel, stride);

  *i_turned = part.n_taps - 1 - tap / stride;
  return part;
}

void
nn_conv2d_pack_turned (NnModel            *model,
                       const NnStep       *step,
                       const NnUpdateTask *task)
{
  const NnLayerSpec *layer = step->layer;
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  const size_t n_columns = nn_min (width, step->n_out - column);
  const size_t n_channels = nn_step_input (model, step)->shape.channels;
  const float *source = nn_step_values (model, step, 0) + column * step->n_in;

  for (size_t k = task->row_begin; k < task->row_end; k++)
    {
      const size_t tap = k / n_channels;
      const size_t channel = k % n_channels;
      const size_t panel = channel / NN_PANEL;
      const size_t panel_width = nn_panel_width (n_channels, panel);
      size_t y, x;
      const Side rows = get_part (tap / layer->kernel_width, layer->kernel_height,
                                  layer->stride_height, &y);
      const Side columns = get_part (tap % layer->kernel_width, layer->kernel_width,
                                     layer->stride_width, &x);
      float *target = model->packs + step->pack
                      + nn_panel_floats (count_rows_before (step, &rows, &columns), n_channels)
                      + panel * NN_PANEL * rows.n_taps * columns.n_taps * step->n_out
                      + ((y * columns.n_taps + x) * step->n_out + column) * panel_width
                      + channel % NN_PANEL;

      for (size_t j = 0; j < n_columns; j++)
        target[j * panel_width] = source[k * width + j];
    }
}
