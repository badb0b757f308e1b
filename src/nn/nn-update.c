/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The update phase.  For one block of weights a task sums the gradient, adds that of the penalty,
 * takes the optimiser's step, and updates the transposed copy, all while the block is in the cache.
 * Blocks are independent, so any thread may take any block.
 */

#include "nn-private.h"

static void
step_block (const NnRun *run,
            size_t       begin,
            size_t       n)
{
  NnModel *model = run->model;
  const NnOptimizer *optimizer = run->optimizer;
  const NnAdam adam = { optimizer->beta_1, optimizer->beta_2, optimizer->epsilon, run->adam_scale,
                        run->adam_inverse };

  if (optimizer->kind == NN_OPTIMIZER_ADAM)
    run->kernels->adam (model->values + begin, model->gradients + begin, model->moments_1 + begin,
                        model->moments_2 + begin, n, &adam);
  else
    run->kernels->sgd (model->values + begin, model->gradients + begin, model->moments_1 + begin, n,
                       optimizer->learning_rate, optimizer->momentum);
}

/* Where the task's block lies in the parameters.  Returns its length. */
static size_t
find_block (const NnTensor     *tensor,
            const NnUpdateTask *task,
            size_t             *begin)
{
  const size_t width =
    tensor->layout == NN_LAYOUT_PANELS ? nn_panel_width (tensor->n_columns, task->i_panel) : 1;

  *begin =
    tensor->offset + task->i_panel * NN_PANEL * tensor->n_rows + task->row_begin * width;
  return (task->row_end - task->row_begin) * width;
}

void
nn_update_run (const NnRun *run,
               size_t       i_task)
{
  NnModel *model = run->model;
  const NnUpdateTask *task = &model->update_tasks[i_task];
  const NnStep *step = &model->steps[task->i_step];
  const NnTensor *tensor = &step->tensors[task->i_tensor];
  size_t begin;
  const size_t n = find_block (tensor, task, &begin);

  model->penalties[i_task] = 0.0;
  if (!nn_tensor_is_trained (tensor))
    {
      step->ops->update_running (run, step, task);
      return;
    }
  step->ops->sum_gradient (run, step, task);

  /* d (l2 w^2) / dw = 2 l2 w */
  if (tensor->role == NN_TENSOR_WEIGHT)
    {
      model->penalties[i_task] = run->kernels->sum_squares (model->values + begin, n);
      if (run->optimizer->l2 > 0.0f)
        run->kernels->add_scaled (model->gradients + begin, model->values + begin, n,
                                  2.0f * run->optimizer->l2);
    }
  step_block (run, begin, n);
  if (task->i_tensor == 0 && step->pack != NN_NONE)
    step->ops->pack (model, step, task);
}
