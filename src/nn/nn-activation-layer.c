/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An activation as a layer of its own.  The plan also uses it behind layers whose activation's
 * derivative follows from its input, which they do not keep (GELU, SiLU). */

#include "nn-private.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  info->output = input;
  return NN_STATUS_OK;
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
      {
        float *target = nn_run_values (run, output, i) + output->origin + y * output->row_stride;

        memcpy (target, nn_run_values (run, input, i) + input->origin + y * input->row_stride,
                row_length * sizeof (float));
        nn_step_activation (run, step)->forward (target, row_length, step->layer->slope);
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
  const NnActivationOps *activation = nn_step_activation (run, step);
  const NnBoundary *kept = activation->derives_from_result ? output : input;
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n && step->needs_input_gradient; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      {
        float *target = nn_run_gradients (run, input, i) + input->origin + y * input->row_stride;

        memcpy (target,
                nn_run_gradients (run, output, i) + output->origin + y * output->row_stride,
                row_length * sizeof (float));
        activation->backward (
          target, nn_run_values (run, kept, i) + kept->origin + y * kept->row_stride, row_length,
          step->layer->slope);
      }
}

const NnLayerOps nn_activation_ops = {
  .name = "activation",
  .has_activation = true,
  .keeps_input = true,
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
};
