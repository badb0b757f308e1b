/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RMSprop, without PyTorch's "centered" form, which would need a third moment. */

#pragma once

#include <math.h>

#include "nn-optimizer.h"

enum
{
  RMSPROP_RATE,
  RMSPROP_ALPHA,
  RMSPROP_EPSILON,
  RMSPROP_MOMENTUM
};

static const NnOptimizerMember rmsprop_members[] = {
  NN_OPTIMIZER_MEMBER (learning_rate, -NN_ANY_FINITE, NN_ANY_FINITE, 0.01f),
  NN_OPTIMIZER_MEMBER (alpha, 0.0f, NN_BELOW_1, 0.99f),
  NN_OPTIMIZER_MEMBER (epsilon, NN_ABOVE_0, NN_ANY_FINITE, 1e-8f),
  NN_OPTIMIZER_MEMBER (momentum, 0.0f, NN_ANY_FINITE, 0.0f),
};

static void
rmsprop_prepare (const NnOptimizer *optimizer,
                 uint64_t           t,
                 float             *numbers)
{
  numbers[RMSPROP_RATE] = optimizer->learning_rate;
  numbers[RMSPROP_ALPHA] = optimizer->alpha;
  numbers[RMSPROP_EPSILON] = optimizer->epsilon;
  numbers[RMSPROP_MOMENTUM] = optimizer->momentum;
}

static void
rmsprop_step (const NnStepBlock *block,
              const float       *numbers)
{
  float *restrict weights = block->values;
  const float *restrict gradients = block->gradients;
  float *restrict moments_1 = block->moments[0];
  float *restrict moments_2 = block->moments[1];
  const float rate = numbers[RMSPROP_RATE];
  const float alpha = numbers[RMSPROP_ALPHA];
  const float epsilon = numbers[RMSPROP_EPSILON];
  const float momentum = numbers[RMSPROP_MOMENTUM];
  const size_t n = block->n;

  for (size_t i = 0; i < n; i++)
    {
      const float g = gradients[i];
      const float v = alpha * moments_2[i] + (1.0f - alpha) * (g * g);
      const float m = momentum * moments_1[i] + g / (sqrtf (v) + epsilon);

      moments_1[i] = m;
      moments_2[i] = v;
      weights[i] -= rate * m;
    }
}

static const NnOptimizerOps rmsprop_ops = {
  "RMSprop", 2, rmsprop_members, sizeof rmsprop_members / sizeof *rmsprop_members,
  rmsprop_prepare, rmsprop_step
};
