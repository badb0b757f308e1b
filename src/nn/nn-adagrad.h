/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adagrad.  The moment is the sum of squared gradients alone, and initial_sum is added where it is
 * used, so that moments of any optimiser begin at 0. */

#pragma once

#include <math.h>

#include "nn-optimizer.h"

enum
{
  ADAGRAD_RATE, /* rate / (1 + (t - 1) rate_decay) */
  ADAGRAD_INITIAL_SUM,
  ADAGRAD_EPSILON
};

static const NnOptimizerMember adagrad_members[] = {
  NN_OPTIMIZER_MEMBER (learning_rate, -NN_ANY_FINITE, NN_ANY_FINITE, 0.01f),
  NN_OPTIMIZER_MEMBER (rate_decay, 0.0f, NN_ANY_FINITE, 0.0f),
  NN_OPTIMIZER_MEMBER (initial_sum, 0.0f, NN_ANY_FINITE, 0.0f),
  NN_OPTIMIZER_MEMBER (epsilon, NN_ABOVE_0, NN_ANY_FINITE, 1e-10f),
};

static void
adagrad_prepare (const NnOptimizer *optimizer,
                 uint64_t           t,
                 float             *numbers)
{
  numbers[ADAGRAD_RATE] =
    (float) (optimizer->learning_rate / (1.0 + (double) (t - 1) * (double) optimizer->rate_decay));
  numbers[ADAGRAD_INITIAL_SUM] = optimizer->initial_sum;
  numbers[ADAGRAD_EPSILON] = optimizer->epsilon;
}

static void
adagrad_step (const NnStepBlock *block,
              const float       *numbers)
{
  float *restrict weights = block->values;
  const float *restrict gradients = block->gradients;
  float *restrict sums = block->moments[0];
  const float rate = numbers[ADAGRAD_RATE];
  const float initial_sum = numbers[ADAGRAD_INITIAL_SUM];
  const float epsilon = numbers[ADAGRAD_EPSILON];
  const size_t n = block->n;

  for (size_t i = 0; i < n; i++)
    {
      const float g = gradients[i];

      sums[i] += g * g;
      weights[i] -= rate * g / (sqrtf (initial_sum + sums[i]) + epsilon);
    }
}

static const NnOptimizerOps adagrad_ops = {
  "Adagrad", 1, adagrad_members, sizeof adagrad_members / sizeof *adagrad_members,
  adagrad_prepare, adagrad_step
};
