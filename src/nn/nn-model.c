/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nn.h"

const NnOptimizer nn_optimizer_default = { NN_OPTIMIZER_ADAM, 0.001f, 0.9f, 0.999f, 1e-7f, 0.0f, 0.0f };
