/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adam.  The corrections of both moments are numbers of the step, computed once. */

#pragma once

#include "nn-math.h"
#include "nn-optimizer.h"

enum
{
  ADAM_BETA_1,
  ADAM_BETA_2,
  ADAM_EPSILON,
  ADAM_SCALE,  /* rate / (1 - b1^t) */
  ADAM_INVERSE /* 1 / (1 - b2^t) */
};

/* Epsilon must be above 0: with 0, a weight that has had no gradient yet would get 0 / 0. */
static const NnOptimizerMember adam_members[] = {
  NN_OPTIMIZER_MEMBER (learning_rate, -NN_ANY_FINITE, NN_ANY_FINITE, 0.001f),
  NN_OPTIMIZER_MEMBER (beta_1, 0.0f, NN_BELOW_1, 0.9f),
  NN_OPTIMIZER_MEMBER (beta_2, 0.0f, NN_BELOW_1, 0.999f),
  NN_OPTIMIZER_MEMBER (epsilon, NN_ABOVE_0, NN_ANY_FINITE, 1e-7f),
};

static void
adam_prepare (const NnOptimizer *optimizer,
              uint64_t           t,
              float             *numbers)
{
  numbers[ADAM_BETA_1] = optimizer->beta_1;
  numbers[ADAM_BETA_2] = optimizer->beta_2;
  numbers[ADAM_EPSILON] = optimizer->epsilon;
  numbers[ADAM_SCALE] =
    (float) (optimizer->learning_rate / (1.0 - nn_raise (optimizer->beta_1, t)));
  numbers[ADAM_INVERSE] = (float) (1.0 / (1.0 - nn_raise (optimizer->beta_2, t)));
}

static void
adam_step (const NnStepBlock *block,
           const float       *numbers)
{
  float *restrict weights = block->values;
  const float *restrict gradients = block->gradients;
  float *restrict moments_1 = block->moments[0];
  float *restrict moments_2 = block->moments[1];
  const float beta_1 = numbers[ADAM_BETA_1];
  const float beta_2 = numbers[ADAM_BETA_2];
  const float epsilon = numbers[ADAM_EPSILON];
  const float scale = numbers[ADAM_SCALE];
  const float inverse = numbers[ADAM_INVERSE];
  const size_t n = block->n;

  for (size_t i = 0; i < n; i++)
    {
      const float g = gradients[i];
      const float m = beta_1 * moments_1[i] + (1.0f - beta_1) * g;
      const float v = beta_2 * moments_2[i] + (1.0f - beta_2) * (g * g);

      moments_1[i] = m;
      moments_2[i] = v;
      weights[i] -= scale * m / (sqrtf (v * inverse) + epsilon);
    }
}

static const NnOptimizerOps adam_ops = {
  "Adam", 2, adam_members, sizeof adam_members / sizeof *adam_members, adam_prepare, adam_step
};
