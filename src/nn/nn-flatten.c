/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Flatten: an image becomes a vector, in [height, width, channel] order.
 *
 * Activations are stored in that order, so the layer is mostly a view: its output is its input, and
 * it has no step.  It is a copy only where a window slides over the vector, which then needs a
 * border.
 */

#include "nn-private.h"

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  const uint64_t n = (uint64_t) input.height * input.width * input.channels;

  if (n > (uint64_t) 1 << 28)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (flatten) gets %llu values, more than the limit of %u", i_layer + 1,
                    (unsigned long long) n, 1u << 28);
  info->output = (NnShape) { 1, 1, (uint32_t) n };
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

  for (size_t i = first; i < first + n; i++)
    memcpy (nn_run_values (run, output, i) + output->origin, nn_run_values (run, input, i),
            nn_shape_size (output->shape) * sizeof (float));
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
    memcpy (nn_run_gradients (run, input, i), nn_run_gradients (run, output, i) + output->origin,
            nn_shape_size (output->shape) * sizeof (float));
}

const NnLayerOps nn_flatten_ops = {
  .name = "flatten",
  .flattens = true,
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
};
