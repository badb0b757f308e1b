/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The update phase.  For one block of weights a task sums the gradient, adds that of the penalty,
 * takes the optimiser's step, and updates the transposed copy, all while the block is in the cache.
 * Blocks are independent, so any thread may take any block.
 *
 * Clipping needs the norm of the whole gradient before the first step.  Then the phase runs twice:
 * all tasks sum their gradients, the tasks' squares are added in order, and all take their steps.
 */

#include "nn-math.h"
#include "nn-private.h"

#include <math.h>

/* ---- Numbers of a step ---- */

void
nn_update_prepare (NnRun    *run,
                   uint64_t  t)
{
  const NnOptimizer *optimizer = run->optimizer;
  NnUpdate *update = &run->update;

  *update = (NnUpdate) {
    .ops = run->kernels->optimizers[optimizer->kind],
    .part = NN_UPDATE_ALL,
    .clip_factor = 1.0f,
    .decay_factor =
      (float) (1.0 - (double) optimizer->learning_rate * (double) optimizer->weight_decay),
  };
  update->ops->prepare (optimizer, t, update->numbers);
  if (optimizer->average_decay > 0.0f)
    {
      /* The first averages forget the weights that they began with. */
      const double most = (1.0 + (double) t) / (10.0 + (double) t);
      const double decay = optimizer->average_decay < most ? optimizer->average_decay : most;

      update->average_share = (float) (1.0 - decay);
      update->starts_average = !run->model->is_averaging;
    }
}

bool
nn_update_clip (NnRun *run)
{
  const double most = run->optimizer->clip_norm;
  double norm = 0.0;

  for (size_t i = 0; i < run->model->n_update_tasks; i++)
    norm += run->model->gradient_squares[i];
  norm = sqrt (norm);
  if (most < norm + 1e-6)
    run->update.clip_factor = (float) (most / (norm + 1e-6));
  return isfinite (norm);
}

/* ---- The penalty ---- */

/* Adds up the squares of blocks of weights, in order.  One multiplication with the optimiser's rate
 * follows the last addition. */
typedef struct
{
  double shared; /* of layers with the optimiser's rate */
  double own;    /* of the others, times their rates */
  double all;
} Penalty;

static void
add_squares (Penalty           *penalty,
             const NnLayerSpec *layer,
             double             squares)
{
  penalty->all += squares;
  if (layer->has_own_l2)
    penalty->own += (double) layer->l2 * squares;
  else
    penalty->shared += squares;
}

bool
nn_update_get_penalty (const NnRun *run,
                       double      *penalty)
{
  const NnModel *model = run->model;
  Penalty sum = { 0.0 };

  for (size_t i = 0; i < model->n_update_tasks; i++)
    add_squares (&sum, model->steps[model->update_tasks[i].i_step].layer,
                 model->weight_squares[i]);
  if (!isfinite (sum.all))
    return false;
  *penalty = sum.shared * run->optimizer->l2 + sum.own;
  return true;
}

/* The blocks are those of the update tasks, which only a trainable model has. */
double
nn_model_get_penalty (const NnModel *model,
                      double         l2)
{
  const NnKernels *kernels = nn_kernels_get ();
  Penalty sum = { 0.0 };

  for (size_t i = 0; i < model->n_steps; i++)
    for (size_t t = 0; t < model->steps[i].n_tensors; t++)
      {
        const NnTensor *tensor = &model->steps[i].tensors[t];

        for (size_t k = 0; k < nn_tensor_count_blocks (tensor) && tensor->role == NN_TENSOR_WEIGHT;
             k++)
          {
            const NnUpdateTask block = nn_tensor_get_block (tensor, k);
            size_t n;
            const size_t begin = nn_tensor_find_block (tensor, &block, &n);

            add_squares (&sum, model->steps[i].layer,
                         kernels->sum_squares (model->values + begin, n));
          }
      }
  return sum.shared * l2 + sum.own;
}

/* ---- Tasks ---- */

/* A run of parameters: a task's weights, or its biases. */
typedef struct
{
  size_t begin;
  size_t n;
} Block;

static void
step_block (const NnRun *run,
            Block        block,
            float        decay_factor)
{
  NnModel *model = run->model;
  const NnUpdate *update = &run->update;
  float *values = model->values + block.begin;
  NnStepBlock step = {
    .n = block.n,
    .values = values,
    .gradients = model->gradients + block.begin,
  };

  for (unsigned i = 0; i < update->ops->n_moments; i++)
    step.moments[i] = model->moments[i] + block.begin;
  if (update->clip_factor != 1.0f)
    run->kernels->scale (model->gradients + block.begin, block.n, update->clip_factor);
  if (update->starts_average)
    memcpy (model->averages + block.begin, values, block.n * sizeof (float));
  if (decay_factor != 1.0f)
    run->kernels->scale (values, block.n, decay_factor);
  update->ops->step (&step, update->numbers);
  if (update->average_share > 0.0f)
    run->kernels->average (model->averages + block.begin, values, block.n, update->average_share);
}

/* Fills the block's gradient, penalty included, and the sum of its squares. */
static void
sum_gradient (const NnRun *run,
              size_t       i_task,
              Block        block)
{
  NnModel *model = run->model;
  const NnUpdateTask *task = &model->update_tasks[i_task];
  const NnStep *step = &model->steps[task->i_step];
  const float l2 = step->layer->has_own_l2 ? step->layer->l2 : run->optimizer->l2;

  step->ops->sum_gradient (run, step, task);
  model->weight_squares[i_task] = 0.0;
  if (step->tensors[task->i_tensor].role != NN_TENSOR_WEIGHT)
    return;

  /* d (l2 w^2) / dw = 2 l2 w */
  model->weight_squares[i_task] = run->kernels->sum_squares (model->values + block.begin, block.n);
  if (l2 > 0.0f)
    run->kernels->add_scaled (model->gradients + block.begin, model->values + block.begin, block.n,
                              2.0f * l2);
}

/* A tensor that is not trained has no gradient; its average follows it like that of the weights. */
static void
move_running (const NnRun        *run,
              const NnStep       *step,
              const NnUpdateTask *task,
              Block               block)
{
  NnModel *model = run->model;

  if (run->update.starts_average)
    memcpy (model->averages + block.begin, model->values + block.begin, block.n * sizeof (float));
  step->ops->update_running (run, step, task);
  if (run->update.average_share > 0.0f)
    run->kernels->average (model->averages + block.begin, model->values + block.begin, block.n,
                           run->update.average_share);
}

static void
take_step (const NnRun        *run,
           const NnStep       *step,
           const NnUpdateTask *task,
           Block               block)
{
  const bool is_decayed = step->tensors[task->i_tensor].role == NN_TENSOR_WEIGHT;

  step_block (run, block, is_decayed ? run->update.decay_factor : 1.0f);
  if (task->i_tensor == 0 && step->pack != NN_NONE)
    step->ops->pack (run->model, step, task);
}

void
nn_update_run (const NnRun *run,
               size_t       i_task)
{
  NnModel *model = run->model;
  const NnUpdateTask *task = &model->update_tasks[i_task];
  const NnStep *step = &model->steps[task->i_step];
  const bool is_trained = nn_tensor_is_trained (&step->tensors[task->i_tensor]);
  Block block;

  block.begin = nn_tensor_find_block (&step->tensors[task->i_tensor], task, &block.n);
  if (run->update.part != NN_UPDATE_STEP)
    {
      model->weight_squares[i_task] = 0.0;
      model->gradient_squares[i_task] = 0.0;
      if (is_trained)
        sum_gradient (run, i_task, block);
    }
  if (run->update.part == NN_UPDATE_GRADIENT && is_trained)
    model->gradient_squares[i_task] =
      run->kernels->sum_squares (model->gradients + block.begin, block.n);
  if (run->update.part == NN_UPDATE_GRADIENT)
    return;
  if (is_trained)
    take_step (run, step, task, block);
  else
    move_running (run, step, task, block);
}
