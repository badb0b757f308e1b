/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dense: y = act (x W + b), x [batch, n_in], W [n_in, n_out].
 *
 * Backward, with d = dL/dy * act' (y), where act' is computed from y:
 *   dL/dx = d W^T    from a transposed copy of the weights, which is updated after each step
 *   dL/dW = x^T d    in the update phase, a block of weights per task: threads share the outputs,
 *                    never one sum
 *   dL/db = column sums of d
 *
 * A layer with many weights is wide: its forward pass and its dL/dx are phases of their own, in
 * which a task is a few panels of outputs for the whole batch.  So each thread reads its share of
 * the weights, once.
 */

#include "nn-private.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  if (input.height != 1 || input.width != 1)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "Layer %zu (dense) gets %ux%ux%u values; put a flatten layer before it",
                    i_layer + 1, input.height, input.width, input.channels);
  if (layer->units < 1 || layer->units > NN_MAX_CHANNELS)
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (dense) has %u units; 1 to %d are possible", i_layer + 1,
                    layer->units, NN_MAX_CHANNELS);
  info->output = (NnShape) { 1, 1, layer->units };
  info->n_multiply_adds = (uint64_t) input.channels * layer->units;
  info->n_parameters = info->n_multiply_adds + layer->units;
  return NN_STATUS_OK;
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  if (!step->needs_input_gradient || !model->is_trainable)
    return;
  step->pack = model->n_pack_floats;
  model->n_pack_floats += nn_round_up (nn_panel_floats (step->n_out, step->n_in), 16);
}

static void
run_forward (const NnRun  *run,
             const NnStep *step,
             size_t        first,
             size_t        n,
             size_t        panel_begin,
             size_t        panel_end)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t column = panel_begin * NN_PANEL;
  const size_t n_columns = nn_min (panel_end * NN_PANEL, step->n_out) - column;
  const NnActivation activation = step->activation;
  float *target = nn_run_values (run, output, first) + output->origin + column;
  NnGemm gemm = {
    .n_rows = n,
    .n_columns = n_columns,
    .a = nn_run_values (run, input, first) + input->origin,
    .a_stride = input->image_stride,
    .n_segments = 1,
    .segment_length = step->n_in,
    .b = nn_step_values (run->model, step, 0) + column * step->n_in,
    .bias = nn_step_values (run->model, step, 1) + column,
    .c = target,
    .c_stride = output->image_stride,
    .is_relu = activation == NN_ACTIVATION_RELU,
  };

  run->kernels->gemm (&gemm);
  if (activation != NN_ACTIVATION_LINEAR && activation != NN_ACTIVATION_RELU)
    for (size_t i = 0; i < n; i++)
      nn_step_activation (run, step)->forward (target + i * output->image_stride, n_columns,
                                               step->layer->slope);
}

/* A part has NN_WIDE_PANELS panels, as many as the widest tile for many rows, or what is left. */
static size_t
count_wide_parts (size_t n_columns)
{
  return (nn_panel_count (n_columns) + NN_WIDE_PANELS - 1) / NN_WIDE_PANELS;
}

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  run_forward (run, step, first, n, 0, nn_panel_count (step->n_out));
}

static size_t
count_forward_parts (const NnStep *step)
{
  return count_wide_parts (step->n_out);
}

static void
forward_part (const NnRun  *run,
              const NnStep *step,
              size_t        i_part,
              size_t        n)
{
  const size_t panel = i_part * NN_WIDE_PANELS;

  run_forward (run, step, 0, run->batch->n, panel,
               nn_min (panel + NN_WIDE_PANELS, nn_panel_count (step->n_out)));
}

/* dL/dx for the inputs of panels [panel_begin, panel_end) of the transposed weights. */
static void
run_input_gradient (const NnRun  *run,
                    const NnStep *step,
                    size_t        first,
                    size_t        n,
                    size_t        panel_begin,
                    size_t        panel_end)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t column = panel_begin * NN_PANEL;
  NnGemm gemm = {
    .n_rows = n,
    .n_columns = nn_min (panel_end * NN_PANEL, step->n_in) - column,
    .a = nn_run_gradients (run, output, first) + output->origin,
    .a_stride = output->image_stride,
    .n_segments = 1,
    .segment_length = step->n_out,
    .b = run->model->packs + step->pack + column * step->n_out,
    .c = nn_run_gradients (run, input, first) + input->origin + column,
    .c_stride = input->image_stride,
  };

  run->kernels->gemm (&gemm);
}

static size_t
count_backward_parts (const NnStep *step)
{
  return count_wide_parts (step->n_in);
}

static void
backward_part (const NnRun  *run,
               const NnStep *step,
               size_t        i_part,
               size_t        n)
{
  const size_t panel = i_part * NN_WIDE_PANELS;

  run_input_gradient (run, step, 0, run->batch->n, panel,
                      nn_min (panel + NN_WIDE_PANELS, nn_panel_count (step->n_in)));
}

/* In a wide layer only the activation's derivative: dL/dx is a phase of its own. */
static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const NnActivationOps *activation = nn_step_activation (run, step);

  for (size_t i = first; i < first + n; i++)
    activation->backward (nn_run_gradients (run, output, i) + output->origin,
                          nn_run_values (run, output, i) + output->origin, step->n_out,
                          step->layer->slope);
  if (step->needs_input_gradient && !step->is_wide)
    run_input_gradient (run, step, first, n, 0, nn_panel_count (step->n_in));
}

static void
sum_bias_gradient (const NnRun        *run,
                   const NnStep       *step,
                   const NnUpdateTask *task)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const float *d = nn_run_gradients (run, output, 0) + output->origin + task->row_begin;
  const size_t n = task->row_end - task->row_begin;
  float *bias = nn_step_gradients (run->model, step, 1) + task->row_begin;

  memset (bias, 0, n * sizeof (float));
  for (size_t i = 0; i < run->batch->n; i++)
    run->kernels->add (bias, d + i * output->image_stride, n);
}

static void
sum_gradient (const NnRun        *run,
              const NnStep       *step,
              const NnUpdateTask *task)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  NnOuter outer = {
    .n_rows = run->batch->n,
    .n_taps = task->row_end - task->row_begin,
    .n_columns = nn_min (width, step->n_out - column),
    .a = nn_run_values (run, input, 0) + input->origin + task->row_begin,
    .a_stride = input->image_stride,
    .d = nn_run_gradients (run, output, 0) + output->origin + column,
    .d_stride = output->image_stride,
    .g = nn_step_gradients (run->model, step, 0) + column * step->n_in + task->row_begin * width,
    .starts_at_zero = true,
  };

  if (task->i_tensor == 1)
    sum_bias_gradient (run, step, task);
  else
    run->kernels->outer (&outer);
}

/* The packed weights are panels of the transposed matrix [n_out, n_in]. */
static void
pack (NnModel            *model,
      const NnStep       *step,
      const NnUpdateTask *task)
{
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  const size_t n_columns = nn_min (width, step->n_out - column);
  const float *source = nn_step_values (model, step, 0) + column * step->n_in;

  for (size_t k = task->row_begin; k < task->row_end; k++)
    {
      const size_t panel = k / NN_PANEL;
      const size_t panel_width = nn_panel_width (step->n_in, panel);
      float *target = model->packs + step->pack + panel * NN_PANEL * step->n_out + k % NN_PANEL
                      + column * panel_width;

      for (size_t j = 0; j < n_columns; j++)
        target[j * panel_width] = source[k * width + j];
    }
}

/* ---- Stages ---- */

static const NnStage wide_forward_stages[] = {
  { NN_STAGE_PART, forward_part, count_forward_parts },
};
/* First the activation's derivative, then dL/dx, where it is needed. */
static const NnStage wide_backward_stages[] = {
  { NN_STAGE_SLICE, backward, NULL },
  { NN_STAGE_PART, backward_part, count_backward_parts },
};

static void
describe (const NnModel *model,
          NnStep        *step)
{
  const size_t n_in = nn_shape_size (nn_step_input (model, step)->shape);
  const uint32_t units = step->layer->units;

  nn_step_add_weights (step, n_in, units, 1, 2, (uint32_t[]) { units, (uint32_t) n_in });
  step->is_wide = step->n_in * step->n_out >= NN_WIDE_WEIGHTS;
  if (!step->is_wide)
    return;
  step->stages[NN_PASS_TRAIN] = NN_STAGES (wide_forward_stages);
  step->stages[NN_PASS_PREDICT] = NN_STAGES (wide_forward_stages);
  if (step->needs_input_gradient)
    step->stages[NN_PASS_BACKWARD] = NN_STAGES (wide_backward_stages);
}

const NnLayerOps nn_dense_ops = {
  .name = "dense",
  .has_activation = true,
  .reads_vector = true,
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_SLICE, forward, NULL },
  .backward = { NN_STAGE_SLICE, backward, NULL },
  .describe = describe,
  .plan = plan,
  .sum_gradient = sum_gradient,
  .pack = pack,
};
