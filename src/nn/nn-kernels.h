/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-kernels.h - the table of inner loops.
 *
 * A table starts with the scalar kernels; an instruction set then replaces those that it has a
 * faster version of.  The kernels of all sets compute each result by the same chain of operations
 * in the same order: vectors run along outputs, never along a sum.  So all sets agree bit for bit.
 *
 * A weight matrix [k, n] is stored as panels of 16 columns, [n / 16][k][16]; a last panel of at
 * most 8 columns is 8 wide.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nn-activation.h"
#include "nn-optimizer.h"
#include "nn.h"

#define NN_PANEL 16
#define NN_NO_WINNER UINT16_MAX
#define NN_POINT_BLOCK 64 /* points whose distances are computed at once */

/* How a byte becomes a float: byte / divisor. */
typedef struct
{
  float divisor;
  float reciprocal;
  bool is_product_exact; /* nn_divide_byte gives the rounded quotient for every byte */
} NnByteScale;

/* Tries all bytes to find out whether nn_divide_byte may replace the division. */
NnByteScale nn_byte_scale_get (float divisor);

/* C = start + A B, row by row:
 *   c[i][j] = bias[j] (or 0) + sum over segments s, over t of
 *             a[i][s * segment_stride + t] * b[s * segment_length + t][j]
 * in the order of s, then t; each product is added by a fused multiply-add.  Row i of A starts
 * at a + a_offsets[i], or at a + i * a_stride where a_offsets is NULL; C likewise.  In a
 * convolution a segment is a kernel row; a dense layer has one segment. */
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

/* A weight gradient, in panels:
 *   g[k][j] = g[k][j] (or 0) + sum over rows r of  a[r][taps[k]] * d[r][j],
 * in the order of r.  Row r of A starts at a + a_offsets[r] (or r * a_stride), row r of D at d +
 * d_offsets[r] (or r * d_stride). */
typedef struct
{
  size_t n_rows;
  size_t n_taps;
  size_t n_columns;
  const float *a;
  const uint32_t *a_offsets;
  size_t a_stride;
  const uint32_t *taps;  /* [n_taps], ascending, or NULL: 0, 1, 2 ... */
  const float *d;
  const uint32_t *d_offsets;
  size_t d_stride;
  float *g;              /* panels [n_taps][width], width 16; 8 for a last one of so few columns */
  size_t panel_stride;   /* floats from a panel to the next, where there are several */
  bool starts_at_zero;   /* g starts at 0; this also sets the last panel's unused columns to 0 */
} NnOuter;

/* A weighted sum of strips:
 *   target[s][t] += sum over i of  weights[i] * source[offsets[i] + s * source_stride + t],
 * in the order of i.  With a pool's winners this computes both gradients of a convolution: that
 * of its weights (from strips of the input), and that of its input (from strips of the weights). */
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

/* The maximum over a window, for @n_positions outputs side by side.  A tap wins only if its
 * value is larger than all before it.  A window may take several calls: those after the first
 * continue from the values in target and winners. */
typedef struct
{
  size_t n_positions;
  size_t position_stride;     /* floats from one window's first value to the next window's */
  size_t n_channels;
  const float *source;
  const uint32_t *taps;       /* [n_taps] offsets within a window, in reading order */
  const uint16_t *tap_names;  /* [n_taps] what to store in winners where the tap wins */
  size_t n_taps;
  bool continues;
  bool cuts_at_zero;          /* ReLU: a maximum <= 0 becomes 0, its winner NN_NO_WINNER */
  float *target;              /* [n_positions, n_channels] */
  uint16_t *winners;          /* the same shape, or NULL */
} NnPoolRow;

/* The backward pass of windows that do not overlap: each place of a window gets the gradient if
 * it won, else 0. */
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
  float *target;             /* the first window's first value */
} NnSpreadRow;

/* Lists the channels of one window that won at @place and have a gradient other than 0, in
 * order: for each the offset channel * stride, and the gradient. */
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

/* A row of outputs of a grouped convolution.  Output o of a group g reads, for each tap t, inputs j
 * of the same group:
 *   x = source[position * position_stride + taps[t] + g * group_inputs + j]
 *   w = weights[(t * group_inputs + j) * n_outputs + g * group_outputs + o]
 * where n_outputs = n_groups * group_outputs, which is also the width of a position in the row of
 * outputs.  All products are fused. */
typedef struct
{
  size_t n_positions;
  size_t position_stride;
  size_t n_groups;
  size_t group_inputs;
  size_t group_outputs;
  const uint32_t *taps;
  size_t n_taps;
} NnGrouped;

typedef struct
{
  const char *name;
  void (*gemm) (const NnGemm *gemm);
  void (*outer) (const NnOuter *outer);
  void (*combine) (const NnCombine *combine);
  void (*pool_row) (const NnPoolRow *row);
  void (*spread_row) (const NnSpreadRow *row);
  size_t (*list_place) (const NnListPlace *list); /* returns the length of the list */
  /* target = bias + the sum over t, then j, of x * w. */
  void (*grouped_forward) (const NnGrouped *row,
                           const float *source,
                           const float *weights,
                           const float *bias,
                           float *target);
  /* weights += x * d, position by position. */
  void (*grouped_weights) (const NnGrouped *row,
                           const float *source,
                           const float *d,
                           float *weights);
  /* Adds the sum over o of d * w to the gradient of each x. */
  void (*grouped_inputs) (const NnGrouped *row,
                          const float *d,
                          const float *weights,
                          float *target);
  /* Element by element. */
  void (*load_bytes) (float *target, const uint8_t *bytes, size_t n, const NnByteScale *scale);
  /* target[i] = table[i % n_channels][bytes[i]] */
  void (*load_table) (float *target,
                      const uint8_t *bytes,
                      size_t n,
                      size_t n_channels,
                      const float *table); /* [n_channels][256] */
  void (*add) (float *target, const float *source, size_t n);
  void (*sum) (float *target, const float *a, const float *b, size_t n);
  /* target += factor * source, with two roundings. */
  void (*add_scaled) (float *target, const float *source, size_t n, float factor);
  /* For channels in lanes: value i is of lane i % n_lanes.  Each rounds as a fused product.
   *   sums[lane] += a[i], products[lane] += a[i] * b[i], in the order of i
   *   target[i] = source[i] * scale[lane] + shift[lane]; with is_relu negative results become 0
   *   target[i] = gradients[i] * c[0][lane] + (inputs[i] * c[1][lane] + c[2][lane]) */
  void (*sum_products) (const float *a,
                        const float *b,
                        size_t n,
                        size_t n_lanes,
                        double *sums,
                        double *products);
  void (*scale_lanes) (float *target,
                       const float *source,
                       size_t n,
                       size_t n_lanes,
                       const float *scale,
                       const float *shift,
                       bool is_relu);
  void (*mix_lanes) (float *target,
                     const float *gradients,
                     const float *inputs,
                     size_t n,
                     size_t n_lanes,
                     const float *c); /* [3][n_lanes] */
  const NnActivationOps *activations; /* [NN_N_ACTIVATIONS] */
  /* mask[i] = whether value i is kept; target = kept ? source * scale : 0.  Values i and i + 16
   * of each 32 share the random number of (key, counter + i / 32 * 16 + i % 16).  The first is
   * dropped when the low 16 bits are below @threshold, the second when the high 16 bits are. */
  void (*dropout) (float *target,
                   const float *source,
                   uint8_t *mask,
                   size_t n,
                   uint32_t key,
                   uint32_t counter,
                   uint32_t threshold,
                   float scale);
  void (*dropout_backward) (float *target,
                            const float *source,
                            const uint8_t *mask,
                            size_t n,
                            float scale);
  /* values *= factor. */
  void (*scale) (float *values, size_t n, float factor);
  /* averages += share * (values - averages). */
  void (*average) (float *averages, const float *values, size_t n, float share);
  const NnOptimizerOps *const *optimizers; /* [NN_N_OPTIMIZERS] */
  /* distances[i] = sum over d, in order, of (points[d][i] - query[d])^2.  @points:
   * [n_dimensions][NN_POINT_BLOCK]. */
  void (*measure_points) (const float *points,
                          const float *query,
                          size_t n_dimensions,
                          float *distances);
  /* 16 interleaved sums, which are then added in order. */
  double (*sum_squares) (const float *values, size_t n);
  /* For benchmarks: @n_rounds rounds of fused products in registers.  Returns the number of
   * products. */
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
/* For avx512-zen4, which combines the kernels of two sets. */
void nn_gemm_avx2 (const NnGemm *gemm);
void nn_outer_avx2 (const NnOuter *outer);
void nn_gemm_avx512 (const NnGemm *gemm);
void nn_kernels_fill_neon (NnKernels *kernels);
