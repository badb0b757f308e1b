/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-kernels.h - the table of inner loops.
 *
 * The table is filled with scalar reference kernels, and then overridden once by what the processor has.  A kernel of
 * any set computes each result by the same chain of operations in the same order as the scalar one - vectors run along
 * outputs, never along a sum - so all sets agree bit for bit.
 *
 * Weight matrices [k, n] are stored as panels of 16 columns, [n / 16][k][16]; a last panel of at most 8 columns is 8 wide.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nn.h"

#define NN_PANEL 16
#define NN_NO_WINNER UINT16_MAX
#define NN_POINT_BLOCK 64 /* points whose distances are measured at once */

/* What a byte is divided by on its way to a float; nn_byte_scale_get makes it. */
typedef struct
{
  float divisor;
  float reciprocal;
  bool is_product_exact; /* nn_divide_byte is right for every byte */
} NnByteScale;

NnByteScale nn_byte_scale_get (float divisor);

/* C = start + A B, row by row:
 *   c[i][j] = bias[j] (or 0) + sum over segments s, over t of  a[i][s * segment_stride + t] * b[s * segment_length + t][j]
 * in the order of s and t, each product fused into the sum.  Row i of A starts at a + a_offsets[i], or at
 * a + i * a_stride where a_offsets is NULL; C likewise.  A convolution is this with kernel rows as segments, and a
 * dense layer is this with one segment. */
typedef struct
{
  size_t n_rows;
  size_t n_columns;
  const float *a;
  const uint32_t *a_offsets;
  size_t a_stride;
  size_t n_segments;
  size_t segment_length;
  size_t segment_stride;
  const float *b;    /* panels */
  const float *bias; /* [n_columns rounded up to 8], or NULL */
  float *c;
  const uint32_t *c_offsets;
  size_t c_stride;
  bool is_relu;      /* negative results become 0 */
} NnGemm;

/* One panel of a weight gradient:
 *   g[k][j] = g[k][j] (or 0) + sum over rows r of  a[r][taps[k]] * d[r][j],  in the order of r.
 * Row r of A starts at a + a_offsets[r] (or r * a_stride), row r of D at d + d_offsets[r] (or r * d_stride). */
typedef struct
{
  size_t n_rows;
  size_t n_taps;
  size_t n_columns;      /* of this panel that are real, 1 to 16 */
  const float *a;
  const uint32_t *a_offsets;
  size_t a_stride;
  const uint32_t *taps;  /* [n_taps], ascending, or NULL: 0, 1, 2 ... */
  const float *d;
  const uint32_t *d_offsets;
  size_t d_stride;
  float *g;              /* [n_taps][width], width 8 or 16 */
  bool starts_at_zero;   /* the panel's columns that are not real become 0 as well */
} NnOuter;

/* A weighted sum of strips:
 *   target[s][t] += sum over i of  weights[i] * source[offsets[i] + s * source_stride + t],  in the order of i.
 * With a pool's winners this is both gradients of a convolution: of its weights (strips of the input), and of its input
 * (strips of the weights). */
typedef struct
{
  size_t n;
  const uint32_t *offsets;
  const float *weights;
  size_t n_segments;
  size_t segment_length;
  const float *source;
  size_t source_stride;
  float *target;
  size_t target_stride;
} NnCombine;

/* Max over a window for @n_positions outputs side by side.  A tap's value that is not larger than an earlier one does not
 * win.  A window may come in parts: those after the first continue from what target and winners hold. */
typedef struct
{
  size_t n_positions;
  size_t position_stride;     /* floats between the windows' first values */
  size_t n_channels;
  const float *source;
  const uint32_t *taps;       /* [n_taps] offsets within a window, in reading order */
  const uint16_t *tap_names;  /* [n_taps] what to note for each as the winner */
  size_t n_taps;
  bool continues;
  bool cuts_at_zero;          /* ReLU: a maximum of 0 or less becomes 0, and nobody won */
  float *target;              /* [n_positions, n_channels] */
  uint16_t *winners;          /* the same shape, or NULL */
} NnPoolRow;

/* The way back through windows that do not overlap: every place of each window gets the gradient where it won, else 0. */
typedef struct
{
  size_t n_positions;
  size_t position_stride;
  size_t n_channels;
  const float *gradients;    /* [n_positions, n_channels] */
  const uint16_t *winners;   /* the same shape */
  const uint32_t *taps;      /* [n_taps], as in NnPoolRow */
  const uint16_t *tap_names;
  size_t n_taps;
  float *target;             /* the windows' first values */
} NnSpreadRow;

/* The channels that won at one place of one window and have a gradient, in order: for each the offset
 * channel * stride and the gradient. */
typedef struct
{
  size_t n_channels;
  const float *gradients;
  const uint16_t *winners;
  uint16_t place;
  uint32_t stride;
  uint32_t *offsets;
  float *weights;
} NnListPlace;

typedef struct
{
  float beta_1;
  float beta_2;
  float epsilon;
  float scale;   /* rate / (1 - b1^t) */
  float inverse; /* 1 / (1 - b2^t) */
} NnAdam;

typedef struct
{
  const char *name;
  void (*gemm) (const NnGemm *gemm);
  void (*outer) (const NnOuter *outer);
  void (*combine) (const NnCombine *combine);
  void (*pool_row) (const NnPoolRow *row);
  void (*spread_row) (const NnSpreadRow *row);
  size_t (*list_place) (const NnListPlace *list); /* returns how many */
  /* Element by element. */
  void (*load_bytes) (float *target, const uint8_t *bytes, size_t n, const NnByteScale *scale);
  void (*add) (float *target, const float *source, size_t n);
  void (*add_scaled) (float *target, const float *source, size_t n, float factor); /* target += factor * source, two roundings */
  void (*activate) (NnActivation activation, float *values, size_t n);
  /* gradients *= the derivative, told from the activation's result. */
  void (*activate_backward) (NnActivation activation, float *gradients, const float *values, size_t n);
  /* mask[i] = kept; target = kept ? source * scale : 0.  Values i and i + 16 of each 32 share the random number
   * (key, counter + i / 32 * 16 + i % 16): the first is dropped when its low 16 bits are below @threshold, the second when
   * its high 16 bits are. */
  void (*dropout) (float *target, const float *source, uint8_t *mask, size_t n, uint32_t key, uint32_t counter,
                   uint32_t threshold, float scale);
  void (*dropout_backward) (float *target, const float *source, const uint8_t *mask, size_t n, float scale);
  void (*adam) (float *weights, const float *gradients, float *moments_1, float *moments_2, size_t n,
                const NnAdam *adam);
  void (*sgd) (float *weights, const float *gradients, float *moments, size_t n, float rate, float momentum);
  /* distances[i] = sum over d, in order, of (points[d][i] - query[d])^2; @points: [n_dimensions][NN_POINT_BLOCK]. */
  void (*measure_points) (const float *points, const float *query, size_t n_dimensions, float *distances);
  double (*sum_squares) (const float *values, size_t n); /* 16 interleaved sums, then added in order */
  /* For benchmarks: @n_rounds of fused products that never leave the registers.  Returns how many products that were. */
  double (*spin) (size_t n_rounds);
} NnKernels;

/* The table in use.  Any thread. */
const NnKernels *nn_kernels_get (void);
/* For tests: the table of a set, or NULL where the processor or the build has none. */
const NnKernels *nn_kernels_get_by_name (const char *name);

void nn_kernels_fill_scalar (NnKernels *kernels);
void nn_kernels_fill_avx2 (NnKernels *kernels);
void nn_kernels_fill_avx512 (NnKernels *kernels);
void nn_kernels_fill_avx512_zen4 (NnKernels *kernels);
/* For sets that are put together from these. */
void nn_gemm_avx2 (const NnGemm *gemm);
void nn_outer_avx2 (const NnOuter *outer);
void nn_gemm_avx512 (const NnGemm *gemm);
void nn_kernels_fill_neon (NnKernels *kernels);
