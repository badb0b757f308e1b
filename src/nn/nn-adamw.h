/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AdamW: Adam with weight decay, which every optimiser here can have.  It is a kind of its own for
 * its name and for PyTorch's defaults. */

#pragma once

#include "nn-adam.h"

static const NnOptimizerMember adamw_members[] = {
  NN_OPTIMIZER_MEMBER (learning_rate, -NN_ANY_FINITE, NN_ANY_FINITE, 0.001f),
  NN_OPTIMIZER_MEMBER (beta_1, 0.0f, NN_BELOW_1, 0.9f),
  NN_OPTIMIZER_MEMBER (beta_2, 0.0f, NN_BELOW_1, 0.999f),
  NN_OPTIMIZER_MEMBER (epsilon, NN_ABOVE_0, NN_ANY_FINITE, 1e-8f),
  NN_OPTIMIZER_MEMBER (weight_decay, 0.0f, NN_ANY_FINITE, 0.01f),
};

static const NnOptimizerOps adamw_ops = {
  "AdamW", 2, adamw_members, sizeof adamw_members / sizeof *adamw_members, adam_prepare, adam_step
};
