/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AVX-512 as AMD's Zen 4 does it: 32 registers of 16 floats, but each product and each spread input is worked off in two
 * halves.  A tile of one vector a row then loads as often as it multiplies, and waits for the loads; the 6 x 2 tile of
 * 8 floats multiplies twice a load.  So this set is AVX-512 where a tile is two panels wide, and AVX2 where it is one.
 */

#include "nn-kernels.h"

#define FEW_ROWS 3 /* up to which AVX-512 has tiles of four panels and more */
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
