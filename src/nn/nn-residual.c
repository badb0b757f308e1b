/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Residual block (He et al. 2016): y = act (body (x) + shortcut (x)).  Without layers in the
 * shortcut it is x itself, so the body must keep the shape.
 *
 * Both branches read x, and each has a gradient for it.  A fork comes first: for the shortcut it
 * makes a boundary that shares x's values and has gradients of its own, and on the way back, when
 * both branches are done, it adds these to x's.  So no layer has to know that x is read twice.
 * The block's own step is the sum.
 */

#include "nn-private.h"

/* ---- The fork ---- */

static void
join_gradients (const NnRun  *run,
                const NnStep *step,
                size_t        first,
                size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) input->shape.width * input->shape.channels;

  if (!step->needs_input_gradient)
    return;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < input->shape.height; y++)
      run->kernels->add (
        nn_run_gradients (run, input, i) + input->origin + y * input->row_stride,
        nn_run_gradients (run, output, i) + output->origin + y * output->row_stride, row_length);
}

/* Forward there is nothing to do: the values are shared. */
static const NnLayerOps fork_ops = {
  .name = "fork",
  .backward = { NN_STAGE_IMAGE, join_gradients, NULL },
};

/* ---- Shapes and steps ---- */

static size_t
count_children (const NnLayerSpec *layer)
{
  return (size_t) layer->n_body + layer->n_shortcut;
}

static NnStatus
infer_tree (NnChecker   *checker,
            size_t       i_layer,
            NnShape      input,
            NnLayerInfo *info)
{
  const NnLayerSpec *layer = &checker->layers[i_layer];
  const size_t body = i_layer + 1;
  const size_t shortcut = body + layer->n_body;
  NnShape through_body = input;
  NnShape past_body = input;
  NnStatus status;

  if (layer->n_body < 1)
    return nn_fail (checker->error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (residual) has no layers in its body", i_layer + 1);
  status = nn_check_list (checker, body, shortcut, &through_body);
  if (status == NN_STATUS_OK)
    status = nn_check_list (checker, shortcut, shortcut + layer->n_shortcut, &past_body);
  if (status != NN_STATUS_OK)
    return status;
  if (memcmp (&through_body, &past_body, sizeof past_body) != 0)
    return nn_fail (checker->error, NN_STATUS_SHAPE, i_layer,
                    "Layer %zu (residual) adds %ux%ux%u values of its body to %ux%ux%u of its "
                    "shortcut",
                    i_layer + 1, through_body.height, through_body.width, through_body.channels,
                    past_body.height, past_body.width, past_body.channels);
  info->output = through_body;
  return NN_STATUS_OK;
}

static size_t
make_steps (NnModel *model,
            size_t   i_layer,
            size_t   i_input)
{
  const NnLayerSpec *layer = &model->layers[i_layer];
  const size_t body = i_layer + 1;
  const size_t shortcut = body + layer->n_body;
  NnStep *step = nn_plan_add_step (model, &fork_ops, i_layer, i_input);
  size_t through_body, past_body;

  step->activation = NN_ACTIVATION_LINEAR;
  nn_plan_share (model, step);
  past_body = step->i_output;
  through_body = nn_plan_list (model, body, shortcut, i_input);
  past_body = nn_plan_list (model, shortcut, shortcut + layer->n_shortcut, past_body);
  step = nn_plan_add_step (model, &nn_residual_ops, i_layer, through_body);
  step->i_inputs[step->n_inputs++] = past_body;
  return nn_plan_finish_step (model, step, model->infos[i_layer].output);
}

/* ---- The sum ---- */

static void
forward (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnBoundary *a = &run->model->boundaries[step->i_inputs[0]];
  const NnBoundary *b = &run->model->boundaries[step->i_inputs[1]];
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      {
        float *target = nn_run_values (run, output, i) + output->origin + y * output->row_stride;

        run->kernels->sum (target, nn_run_values (run, a, i) + a->origin + y * a->row_stride,
                           nn_run_values (run, b, i) + b->origin + y * b->row_stride, row_length);
        nn_step_activation (run, step)->forward (target, row_length, step->layer->slope);
      }
}

static void
backward (const NnRun  *run,
          const NnStep *step,
          size_t        first,
          size_t        n)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      {
        const size_t place = output->origin + y * output->row_stride;
        float *gradients = nn_run_gradients (run, output, i) + place;

        nn_step_activation (run, step)->backward (
          gradients, nn_run_values (run, output, i) + place, row_length, step->layer->slope);
        for (size_t k = 0; k < step->n_inputs; k++)
          {
            const NnBoundary *input = &run->model->boundaries[step->i_inputs[k]];

            if (input->needs_gradient)
              memcpy (nn_run_gradients (run, input, i) + input->origin + y * input->row_stride,
                      gradients, row_length * sizeof (float));
          }
      }
}

const NnLayerOps nn_residual_ops = {
  .name = "residual",
  .has_activation = true,
  .count_children = count_children,
  .infer_tree = infer_tree,
  .make_steps = make_steps,
  .forward = { NN_STAGE_IMAGE, forward, NULL },
  .backward = { NN_STAGE_IMAGE, backward, NULL },
};
