/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AVX2 and FMA: 16 registers of 8 floats. */

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VEC_LANES 8

typedef __m256 Vec;
typedef __m256i IntVec;
typedef __m256 Mask;
typedef __m256d Dbl; /* half the lanes of a Vec */

/* Eight ones, then eight zeros.  Read from 8 - n on, they are the mask of the first n lanes. */
static const int32_t part_masks[16] = { -1, -1, -1, -1, -1, -1, -1, -1 };

#define part_mask(n) _mm256_loadu_si256 ((const __m256i *) (const void *) (part_masks + 8 - (n)))
#define vec_zero() _mm256_setzero_ps ()
#define vec_set1(x) _mm256_set1_ps (x)
#define vec_load(p) _mm256_loadu_ps (p)
#define vec_load_part(p, n) _mm256_maskload_ps (p, part_mask (n))
#define vec_store(p, v) _mm256_storeu_ps (p, v)
#define vec_store_part(p, v, n) _mm256_maskstore_ps (p, part_mask (n), v)
#define vec_fma(a, b, c) _mm256_fmadd_ps (a, b, c)
#define vec_floor(floor, v) _mm256_max_ps (floor, v) /* NaN stays: max returns the second operand */
#define vec_is_greater(a, b) _mm256_cmp_ps (a, b, _CMP_GT_OQ)
#define vec_is_at_most(a, b) _mm256_cmp_ps (a, b, _CMP_LE_OQ)
#define vec_select(mask, a, b) _mm256_blendv_ps (b, a, mask)
#define int_set1(x) _mm256_set1_epi32 ((int) (x))
#define int_select(mask, a, b) \
  _mm256_castps_si256 (_mm256_blendv_ps (_mm256_castsi256_ps (b), _mm256_castsi256_ps (a), mask))

#define vec_keep(v) __asm__ volatile("" : "+v"(v))
#define vec_multiply(a, b) _mm256_mul_ps (a, b)
#define vec_is_not_zero(v) _mm256_cmp_ps (v, _mm256_setzero_ps (), _CMP_NEQ_UQ)
#define int_is_equal(a, b) _mm256_castsi256_ps (_mm256_cmpeq_epi32 (a, b))
#define int_is_greater(a, b) _mm256_castsi256_ps (_mm256_cmpgt_epi32 (a, b))
#define int_add(a, b) _mm256_add_epi32 (a, b)
#define int_multiply(a, b) _mm256_mullo_epi32 (a, b)
#define int_xor(a, b) _mm256_xor_si256 (a, b)
#define int_and(a, b) _mm256_and_si256 (a, b)
#define int_shift_right(v, n) _mm256_srli_epi32 (v, n)
#define int_lane_numbers() _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7)
#define mask_bits(mask) ((uint32_t) _mm256_movemask_ps (mask))
#define dbl_load(p) _mm256_loadu_pd (p)
#define dbl_store(p, v) _mm256_storeu_pd (p, v)
#define dbl_add(a, b) _mm256_add_pd (a, b)
#define dbl_fma(a, b, c) _mm256_fmadd_pd (a, b, c)
#define vec_low(v) _mm256_cvtps_pd (_mm256_castps256_ps128 (v))
#define vec_high(v) _mm256_cvtps_pd (_mm256_extractf128_ps (v, 1))

/* Stores a byte of 1 or 0 for each lane. */
static inline void
mask_store_bytes (uint8_t *p,
                  Mask     mask)
{
  __m256i ones = _mm256_srli_epi32 (_mm256_castps_si256 (mask), 31);
  __m128i words =
    _mm_packus_epi32 (_mm256_castsi256_si128 (ones), _mm256_extracti128_si256 (ones, 1));

  _mm_storel_epi64 ((__m128i *) (void *) p, _mm_packus_epi16 (words, words));
}

static inline IntVec
int_load_u16_part (const uint16_t *p,
                   size_t          n)
{
  uint16_t whole[8] = { 0 };

  if (n == 8)
    return _mm256_cvtepu16_epi32 (_mm_loadu_si128 ((const __m128i *) (const void *) p));
  for (size_t i = 0; i < n; i++)
    whole[i] = p[i];
  return _mm256_cvtepu16_epi32 (_mm_loadu_si128 ((const __m128i *) (const void *) whole));
}

static inline void
int_store_u16_part (uint16_t *p,
                    IntVec    v,
                    size_t    n)
{
  __m128i packed = _mm_packus_epi32 (_mm256_castsi256_si128 (v), _mm256_extracti128_si256 (v, 1));
  uint16_t whole[8];

  if (n == 8)
    {
      _mm_storeu_si128 ((__m128i *) (void *) p, packed);
      return;
    }
  _mm_storeu_si128 ((__m128i *) (void *) whole, packed);
  for (size_t i = 0; i < n; i++)
    p[i] = whole[i];
}

#include "nn-kernels-vector.h"

DEFINE_TILE (1, 8)
DEFINE_TILE (1, 4)
DEFINE_TILE (2, 4)
DEFINE_TILE (3, 4)
DEFINE_TILE (1, 2)
DEFINE_TILE (2, 2)
DEFINE_TILE (3, 2)
DEFINE_TILE (4, 2)
DEFINE_TILE (5, 2)
DEFINE_TILE (6, 2)

static const TileFamily families[] = {
  { 4, 1, false, { NULL, tile_1x8 } },
  { 2, 3, false, { NULL, tile_1x4, tile_2x4, tile_3x4 } },
  { 1, 6, true, { NULL, tile_1x2, tile_2x2, tile_3x2, tile_4x2, tile_5x2, tile_6x2 } },
};

DEFINE_OUTER (1)
DEFINE_OUTER (2)
DEFINE_OUTER (3)
DEFINE_OUTER (4)
DEFINE_OUTER (5)
DEFINE_OUTER (6)

static const RunOuter outers[] = { NULL, outer_1, outer_2, outer_3, outer_4, outer_5, outer_6 };
static const RunOuter part_outers[] = {
  NULL, outer_part_1, outer_part_2, outer_part_3, outer_part_4, outer_part_5, outer_part_6
};
static const RunOuter narrow_outers[] = {
  NULL, outer_narrow_1, outer_narrow_2, outer_narrow_3, outer_narrow_4, outer_narrow_5,
  outer_narrow_6
};
static const OuterFamily outer_family = {
  6, NULL, outers, part_outers, narrow_outers
};

void
nn_gemm_avx2 (const NnGemm *gemm)
{
  run_gemm (gemm, families);
}

void
nn_outer_avx2 (const NnOuter *outer)
{
  run_outer (outer, &outer_family);
}

void
nn_kernels_fill_avx2 (NnKernels *kernels)
{
  fill_vector (kernels);
  kernels->gemm = nn_gemm_avx2;
  kernels->outer = nn_outer_avx2;
}
