/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-activation.h - what an activation is: a line of the table in nn-activations.h, which every
 * instruction set compiles with its own flags.  The formulas are in nn.h.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "nn.h"

typedef struct
{
  const char *name;
  bool is_monotone;         /* never falls: a max-pool may come before it */
  bool derives_from_result; /* backward reads the results; otherwise it reads the inputs */
  bool derives_from_sign;   /* of the results: dropout may overwrite them */
  float lowest_slope;       /* the range of the layer's slope, both ends included */
  float highest_slope;      /* INFINITY: the slope is not used */
  void (*forward) (float *values, /* [n] */
                   size_t n,
                   float slope);
  /* gradients *= the derivative. */
  void (*backward) (float *gradients,    /* [n] */
                    const float *values, /* [n] results or inputs */
                    size_t n,
                    float slope);
} NnActivationOps;

/* NULL for an activation that does not exist. */
const NnActivationOps *nn_activation_get_ops (NnActivation activation);
