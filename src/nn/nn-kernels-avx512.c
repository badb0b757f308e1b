/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AVX-512 (F, BW, DQ, VL): 32 registers of 16 floats. */

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VEC_LANES 16

typedef __m512 Vec;
typedef __m512i IntVec;
typedef __mmask16 Mask;
typedef __m512d Dbl; /* half the lanes of a Vec */

#define part_mask(n) ((__mmask16) ((1u << (n)) - 1u))
#define vec_zero() _mm512_setzero_ps ()
#define vec_set1(x) _mm512_set1_ps (x)
#define vec_load(p) _mm512_loadu_ps (p)
#define vec_load_part(p, n) _mm512_maskz_loadu_ps (part_mask (n), p)
#define vec_store(p, v) _mm512_storeu_ps (p, v)
#define vec_store_part(p, v, n) _mm512_mask_storeu_ps (p, part_mask (n), v)
#define vec_fma(a, b, c) _mm512_fmadd_ps (a, b, c)
#define vec_floor(floor, v) _mm512_max_ps (floor, v) /* NaN stays: max returns the second operand */
#define vec_is_greater(a, b) _mm512_cmp_ps_mask (a, b, _CMP_GT_OQ)
#define vec_is_at_most(a, b) _mm512_cmp_ps_mask (a, b, _CMP_LE_OQ)
#define vec_select(mask, a, b) _mm512_mask_blend_ps (mask, b, a)
#define int_set1(x) _mm512_set1_epi32 ((int) (x))
#define int_select(mask, a, b) _mm512_mask_blend_epi32 (mask, b, a)
#define int_load_u16_part(p, n) _mm512_cvtepu16_epi32 (_mm256_maskz_loadu_epi16 (part_mask (n), p))
#define int_store_u16_part(p, v, n) _mm512_mask_cvtepi32_storeu_epi16 (p, part_mask (n), v)

#define vec_keep(v) __asm__ volatile("" : "+v"(v))
#define vec_multiply(a, b) _mm512_mul_ps (a, b)
#define vec_is_not_zero(v) _mm512_cmp_ps_mask (v, _mm512_setzero_ps (), _CMP_NEQ_UQ)
#define int_is_equal(a, b) _mm512_cmpeq_epi32_mask (a, b)
#define int_is_greater(a, b) _mm512_cmpgt_epi32_mask (a, b)
#define int_add(a, b) _mm512_add_epi32 (a, b)
#define int_multiply(a, b) _mm512_mullo_epi32 (a, b)
#define int_xor(a, b) _mm512_xor_si512 (a, b)
#define int_and(a, b) _mm512_and_si512 (a, b)
#define int_shift_right(v, n) _mm512_srli_epi32 (v, n)
#define int_lane_numbers() _mm512_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#define mask_bits(mask) ((uint32_t) (mask))
#define dbl_load(p) _mm512_loadu_pd (p)
#define dbl_store(p, v) _mm512_storeu_pd (p, v)
#define dbl_add(a, b) _mm512_add_pd (a, b)
#define dbl_fma(a, b, c) _mm512_fmadd_pd (a, b, c)
#define vec_low(v) _mm512_cvtps_pd (_mm512_castps512_ps256 (v))
#define vec_high(v) _mm512_cvtps_pd (_mm512_extractf32x8_ps (v, 1))
/* Stores a byte of 1 or 0 for each lane. */
#define mask_store_bytes(p, mask) \
  _mm_storeu_si128 ((__m128i *) (void *) (p), _mm_maskz_set1_epi8 (mask, 1))

#include "nn-kernels-vector.h"

#define DEFINE_TILES(vecs) \
  DEFINE_TILE (1, vecs)    \
  DEFINE_TILE (2, vecs)    \
  DEFINE_TILE (3, vecs)    \
  DEFINE_TILE (4, vecs)    \
  DEFINE_TILE (5, vecs)    \
  DEFINE_TILE (6, vecs)    \
  DEFINE_TILE (7, vecs)    \
  DEFINE_TILE (8, vecs)    \
  DEFINE_TILE (9, vecs)    \
  DEFINE_TILE (10, vecs)   \
  DEFINE_TILE (11, vecs)   \
  DEFINE_TILE (12, vecs)   \
  DEFINE_TILE (13, vecs)   \
  DEFINE_TILE (14, vecs)

#define TILES(vecs)                                                                  \
  {                                                                                  \
    NULL, tile_1x##vecs, tile_2x##vecs, tile_3x##vecs, tile_4x##vecs, tile_5x##vecs, \
    tile_6x##vecs, tile_7x##vecs, tile_8x##vecs, tile_9x##vecs, tile_10x##vecs,      \
    tile_11x##vecs, tile_12x##vecs, tile_13x##vecs, tile_14x##vecs                   \
  }

DEFINE_TILES (1)
DEFINE_TILES (2)
DEFINE_TILE (1, 4)
DEFINE_TILE (2, 4)
DEFINE_TILE (3, 4)
DEFINE_TILE (1, 8)

static const TileFamily families[] = {
  { 8, 1, false, { NULL, tile_1x8 } },
  { 4, 3, false, { NULL, tile_1x4, tile_2x4, tile_3x4 } },
  { 2, 14, true, TILES (2) },
  { 1, 14, true, TILES (1) },
};

DEFINE_OUTER (1)
DEFINE_OUTER (2)
DEFINE_OUTER (3)
DEFINE_OUTER (4)
DEFINE_OUTER (5)
DEFINE_OUTER (6)
DEFINE_OUTER (7)
DEFINE_OUTER (8)
DEFINE_OUTER (9)
DEFINE_OUTER (10)
DEFINE_OUTER (11)
DEFINE_OUTER (12)

DEFINE_OUTER_PAIR (1)
DEFINE_OUTER_PAIR (2)
DEFINE_OUTER_PAIR (3)
DEFINE_OUTER_PAIR (4)
DEFINE_OUTER_PAIR (5)
DEFINE_OUTER_PAIR (6)
DEFINE_OUTER_PAIR (7)
DEFINE_OUTER_PAIR (8)
DEFINE_OUTER_PAIR (9)
DEFINE_OUTER_PAIR (10)
DEFINE_OUTER_PAIR (11)
DEFINE_OUTER_PAIR (12)

#define OUTERS(name)                                                                      \
  {                                                                                       \
    NULL, name##_1, name##_2, name##_3, name##_4, name##_5, name##_6, name##_7, name##_8, \
    name##_9, name##_10, name##_11, name##_12                                             \
  }

static const RunOuter outers[] = OUTERS (outer);
static const RunOuter part_outers[] = OUTERS (outer_part);
static const RunOuter narrow_outers[] = OUTERS (outer_narrow);
static const RunOuter pair_outers[] = OUTERS (outer_pair);
static const OuterFamily outer_family = {
  12, pair_outers, outers, part_outers, narrow_outers
};

void
nn_gemm_avx512 (const NnGemm *gemm)
{
  run_gemm (gemm, families);
}

static void
outer_avx512 (const NnOuter *outer)
{
  run_outer (outer, &outer_family);
}

void
nn_kernels_fill_avx512 (NnKernels *kernels)
{
  fill_vector (kernels);
  kernels->gemm = nn_gemm_avx512;
  kernels->outer = outer_avx512;
}
