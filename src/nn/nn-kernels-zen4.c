/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AVX-512 on AMD's Zen 4: 32 registers of 16 floats, but the processor executes each product and
 * each broadcast in two halves.  A tile with one vector per row then has as many loads as products,
 * and waits for the loads; AVX2's 6 x 2 tile has two products per load.  So this set uses AVX-512
 * for tiles of two panels, and AVX2 for tiles of one.
 */

#include "nn-kernels.h"

#define FEW_ROWS 3 /* up to so many rows, AVX-512 has tiles of four panels and more */
#define PAIR (2 * NN_PANEL)

static void
gemm_zen4 (const NnGemm *gemm)
{
  const size_t k = gemm->n_segments * gemm->segment_length;
  const size_t n_last = gemm->n_columns % PAIR;
  NnGemm part = *gemm;

  if (gemm->n_rows <= FEW_ROWS || n_last == 0 || n_last > NN_PANEL)
    {
      nn_gemm_avx512 (gemm);
      return;
    }

  part.n_columns = gemm->n_columns - n_last;
  if (part.n_columns > 0)
    nn_gemm_avx512 (&part);
  part.b = gemm->b + part.n_columns * k;
  part.bias = gemm->bias != NULL ? gemm->bias + part.n_columns : NULL;
  part.c = gemm->c + part.n_columns;
  part.n_columns = n_last;
  nn_gemm_avx2 (&part);
}

void
nn_kernels_fill_avx512_zen4 (NnKernels *kernels)
{
  nn_kernels_fill_avx512 (kernels);
  kernels->gemm = gemm_zen4;
  kernels->outer = nn_outer_avx2;
}
