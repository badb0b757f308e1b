/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "nn-kernels-elementwise.h"

void
nn_kernels_fill_avx512 (NnKernels *kernels)
{
  elementwise_fill (kernels);
}
