/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NEON on 64-bit ARM: 32 registers of 4 floats.  A tile of 6 rows x 16 columns is 24
 * accumulators, 4 weights, 1 input. */

#include <arm_neon.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define VEC_LANES 4

typedef float32x4_t Vec;
typedef uint32x4_t IntVec;
typedef uint32x4_t Mask;
typedef float64x2_t Dbl; /* half the lanes of a Vec */

#define vec_zero() vdupq_n_f32 (0.0f)
#define vec_set1(x) vdupq_n_f32 (x)
#define vec_load(p) vld1q_f32 (p)
#define vec_store(p, v) vst1q_f32 (p, v)
#define vec_fma(a, b, c) vfmaq_f32 (c, a, b)
#define vec_floor(floor, v) vbslq_f32 (vcgtq_f32 (floor, v), floor, v) /* NaN stays */
#define vec_multiply(a, b) vmulq_f32 (a, b)
#define vec_is_greater(a, b) vcgtq_f32 (a, b)
#define vec_is_at_most(a, b) vcleq_f32 (a, b)
#define vec_is_not_zero(v) vmvnq_u32 (vceqq_f32 (v, vdupq_n_f32 (0.0f)))
#define vec_select(mask, a, b) vbslq_f32 (mask, a, b)
#define vec_keep(v) __asm__ volatile("" : "+w"(v))
#define int_set1(x) vdupq_n_u32 ((uint32_t) (x))
#define int_select(mask, a, b) vbslq_u32 (mask, a, b)
#define int_is_equal(a, b) vceqq_u32 (a, b)
#define int_is_greater(a, b) vcgtq_s32 (vreinterpretq_s32_u32 (a), vreinterpretq_s32_u32 (b))
#define int_add(a, b) vaddq_u32 (a, b)
#define int_multiply(a, b) vmulq_u32 (a, b)
#define int_xor(a, b) veorq_u32 (a, b)
#define int_and(a, b) vandq_u32 (a, b)
#define int_shift_right(v, n) vshrq_n_u32 (v, n)
#define dbl_load(p) vld1q_f64 (p)
#define dbl_store(p, v) vst1q_f64 (p, v)
#define dbl_add(a, b) vaddq_f64 (a, b)
#define dbl_fma(a, b, c) vfmaq_f64 (c, a, b)
#define vec_low(v) vcvt_f64_f32 (vget_low_f32 (v))
#define vec_high(v) vcvt_high_f64_f32 (v)

static inline Vec
vec_load_part (const float *p,
               size_t       n)
{
  float whole[4] = { 0.0f };

  memcpy (whole, p, (n < 4 ? n : 4) * sizeof (float));
  return vld1q_f32 (whole);
}

static inline void
vec_store_part (float  *p,
                Vec     v,
                size_t  n)
{
  float whole[4];

  vst1q_f32 (whole, v);
  memcpy (p, whole, (n < 4 ? n : 4) * sizeof (float));
}

static inline IntVec
int_lane_numbers (void)
{
  static const uint32_t numbers[4] = { 0, 1, 2, 3 };

  return vld1q_u32 (numbers);
}

static inline uint32_t
mask_bits (Mask mask)
{
  static const uint32_t bits[4] = { 1, 2, 4, 8 };

  return vaddvq_u32 (vandq_u32 (mask, vld1q_u32 (bits)));
}

/* Stores a byte of 1 or 0 for each lane. */
static inline void
mask_store_bytes (uint8_t *p,
                  Mask     mask)
{
  for (int i = 0; i < 4; i++)
    p[i] = (uint8_t) (mask_bits (mask) >> i & 1);
}

static inline IntVec
int_load_u16_part (const uint16_t *p,
                   size_t          n)
{
  uint16_t whole[4] = { 0 };

  memcpy (whole, p, n * sizeof (uint16_t));
  return vmovl_u16 (vld1_u16 (whole));
}

static inline void
int_store_u16_part (uint16_t *p,
                    IntVec    v,
                    size_t    n)
{
  uint16_t whole[4];

  vst1_u16 (whole, vmovn_u32 (v));
  memcpy (p, whole, n * sizeof (uint16_t));
}

#include "nn-kernels-vector.h"

DEFINE_TILE (1, 8)
DEFINE_TILE (2, 8)
DEFINE_TILE (3, 8)
DEFINE_TILE (1, 4)
DEFINE_TILE (2, 4)
DEFINE_TILE (3, 4)
DEFINE_TILE (4, 4)
DEFINE_TILE (5, 4)
DEFINE_TILE (6, 4)

static const TileFamily families[] = {
  { 2, 3, false, { NULL, tile_1x8, tile_2x8, tile_3x8 } },
  { 1, 6, true, { NULL, tile_1x4, tile_2x4, tile_3x4, tile_4x4, tile_5x4, tile_6x4 } },
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

static void
gemm_neon (const NnGemm *gemm)
{
  run_gemm (gemm, families);
}

static void
outer_neon (const NnOuter *outer)
{
  run_outer (outer, &outer_family);
}

void
nn_kernels_fill_neon (NnKernels *kernels)
{
  fill_vector (kernels);
  kernels->gemm = gemm_neon;
  kernels->outer = outer_neon;
}
