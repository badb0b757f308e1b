/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SGD with momentum, also Nesterov's. */

#pragma once

#include "nn-optimizer.h"

enum
{
  SGD_RATE,
  SGD_MOMENTUM,
  SGD_IS_NESTEROV /* 1 or 0 */
};

static const NnOptimizerMember sgd_members[] = {
  NN_OPTIMIZER_MEMBER (learning_rate, -NN_ANY_FINITE, NN_ANY_FINITE, 0.01f),
  NN_OPTIMIZER_MEMBER (momentum, 0.0f, NN_ANY_FINITE, 0.0f),
};

static void
sgd_prepare (const NnOptimizer *optimizer,
             uint64_t           t,
             float             *numbers)
{
  numbers[SGD_RATE] = optimizer->learning_rate;
  numbers[SGD_MOMENTUM] = optimizer->momentum;
  numbers[SGD_IS_NESTEROV] = optimizer->is_nesterov;
}

static void
sgd_step (const NnStepBlock *block,
          const float       *numbers)
{
  float *restrict weights = block->values;
  const float *restrict gradients = block->gradients;
  float *restrict moments = block->moments[0];
  const float rate = numbers[SGD_RATE];
  const float momentum = numbers[SGD_MOMENTUM];
  const size_t n = block->n;

  if (numbers[SGD_IS_NESTEROV] == 0.0f)
    for (size_t i = 0; i < n; i++)
      {
        moments[i] = momentum * moments[i] + gradients[i];
        weights[i] -= rate * moments[i];
      }
  else
    for (size_t i = 0; i < n; i++)
      {
        moments[i] = momentum * moments[i] + gradients[i];
        weights[i] -= rate * (gradients[i] + momentum * moments[i]);
      }
}

static const NnOptimizerOps sgd_ops = {
  "SGD", 1, sgd_members, sizeof sgd_members / sizeof *sgd_members, sgd_prepare, sgd_step
};
