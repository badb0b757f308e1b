/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-optimizer.h - what an optimiser is: a const table in a header of its own, such as nn-adam.h.
 *
 * nn-optimizers.h lists them all.  Every instruction set compiles that list with its own flags, as
 * it does nn-kernels-elementwise.h, so a set has its own step of each optimiser.  The formulas are
 * in nn.h.  What all optimisers share (penalty, clipping, decay, average) is in nn-update.c.
 */

#pragma once

#include <stddef.h>

#include "nn.h"

#define NN_MAX_NUMBERS 8

#define NN_BELOW_1 0x1.fffffep-1f      /* the largest float below 1 */
#define NN_ABOVE_0 0x1p-149f           /* the smallest float above 0 */
#define NN_ANY_FINITE 0x1.fffffep127f  /* the largest float */

/* A float of NnOptimizer that a kind uses, with the range of its values, both ends included. */
typedef struct
{
  const char *name;
  size_t offset;
  float lowest;
  float highest;
  float standard; /* the default */
} NnOptimizerMember;

#define NN_OPTIMIZER_MEMBER(member, lowest, highest, standard)            \
  {                                                                       \
    #member, offsetof (NnOptimizer, member), lowest, highest, standard    \
  }

/* The parameters that one call of step updates. */
typedef struct
{
  size_t n;
  float *values;                  /* [n] */
  const float *gradients;         /* [n] */
  float *moments[NN_MAX_MOMENTS]; /* [n] each; as many as the optimiser keeps */
} NnStepBlock;

typedef struct
{
  const char *name;
  unsigned n_moments;
  const NnOptimizerMember *members;
  size_t n_members;
  /* Computes what step @t, from 1, needs for all parameters, in doubles, and rounds it.  @numbers:
   * [NN_MAX_NUMBERS]; what they are is for the optimiser to say. */
  void (*prepare) (const NnOptimizer *optimizer, uint64_t t, float *numbers);
  /* A kernel: each element is one chain of float operations. */
  void (*step) (const NnStepBlock *block, const float *numbers);
} NnOptimizerOps;

/* NULL for a kind that does not exist. */
const NnOptimizerOps *nn_optimizer_get_ops (NnOptimizerKind kind);
/* Checks kind and members.  Errors: INVALID. */
NnStatus nn_optimizer_check (const NnOptimizer *optimizer,
                             NnError           *error);
