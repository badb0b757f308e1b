/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What callers of activations ask before they run one.  The tables of the set of kernels in use
 * serve for this too: names, traits and ranges are the same in all sets.
 */

#include "nn-activation.h"
#include "nn-kernels.h"

const NnActivationOps *
nn_activation_get_ops (NnActivation activation)
{
  return (unsigned) activation < NN_N_ACTIVATIONS ? &nn_kernels_get ()->activations[activation]
                                                  : NULL;
}
