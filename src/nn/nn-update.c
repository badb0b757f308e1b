/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The update phase.  For one block of weights a task sums the gradient, adds that of the penalty,
 * takes the optimiser's step, and updates the transposed copy, all while the block is in the cache.
 * Blocks are independent, so any thread may take any block.
 */

#include "nn-private.h"

void
nn_pack_rows (NnModel      *model,
              const NnStep *step,
              size_t        i_panel,
              size_t        row_begin,
              size_t        row_end)
{
  if (step->pack == NN_NONE)
    return;
  if (step->layer->kind == NN_LAYER_DENSE)
    nn_dense_pack_rows (model, step, i_panel, row_begin, row_end);
  else
    nn_conv2d_pack_rows (model, step, i_panel, row_begin, row_end);
}

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

void
nn_update_run (const NnRun *run,
               size_t       i_task)
{
  NnModel *model = run->model;
  const NnUpdateTask *task = &model->update_tasks[i_task];
  const NnStep *step = &model->steps[task->i_step];
  const size_t column = task->i_panel * NN_PANEL;
  const size_t width = nn_panel_width (step->n_out, task->i_panel);
  const size_t begin = step->weights + column * step->n_in + task->row_begin * width;
  const size_t n = (task->row_end - task->row_begin) * width;

  if (step->layer->kind == NN_LAYER_DENSE)
    nn_dense_sum_gradient (run, step, task);
  else
    nn_conv2d_sum_gradient (run, step, task);

  /* d (l2 w^2) / dw = 2 l2 w */
  model->penalties[i_task] = run->kernels->sum_squares (model->values + begin, n);
  if (run->optimizer->l2 > 0.0f)
    run->kernels->add_scaled (model->gradients + begin, model->values + begin, n,
                              2.0f * run->optimizer->l2);
  step_block (run, begin, n);
  if (task->row_begin == 0)
    step_block (run, step->bias + column, nn_min (width, step->n_out - column));
  nn_pack_rows (model, step, task->i_panel, task->row_begin, task->row_end);
}
