/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The registry of optimisers: a new one is one file and one line of optimizers (and its kind in
 * nn.h).  Only nn-kernels-elementwise.h includes it.
 */

#pragma once

#include "nn-adagrad.h"
#include "nn-adam.h"
#include "nn-adamw.h"
#include "nn-rmsprop.h"
#include "nn-sgd.h"

static const NnOptimizerOps *const optimizers[NN_N_OPTIMIZERS] = {
  [NN_OPTIMIZER_ADAM] = &adam_ops,
  [NN_OPTIMIZER_SGD] = &sgd_ops,
  [NN_OPTIMIZER_ADAMW] = &adamw_ops,
  [NN_OPTIMIZER_RMSPROP] = &rmsprop_ops,
  [NN_OPTIMIZER_ADAGRAD] = &adagrad_ops,
};
