/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-kernels-depthwise.h - the kernels of depthwise convolutions, for any vector instruction set;
 * included by nn-kernels-vector.h.  Other groups take the plain loops of nn-kernels-grouped.h.
 *
 * A vector holds channels of one pixel.  The forward pass computes several positions at once, and
 * the gradients several taps: each product waits for the one before it in its sum, so there must be
 * enough sums to hide the latency.
 */

#pragma once

#define DEPTHWISE_POSITIONS 8
#define DEPTHWISE_TAPS 9

/* Channels c .. c + n - 1, at most a vector of them. */
INLINE Vec
load_channels (const float *p,
               size_t n)
{
  return n == VEC_LANES ? vec_load (p) : vec_load_part (p, n);
}

INLINE void
store_channels (float *p,
                Vec value,
                size_t n)
{
  if (n == VEC_LANES)
    vec_store (p, value);
  else
    vec_store_part (p, value, n);
}

/* ---- Forward ---- */

INLINE void
depthwise_sum (const NnGrouped *row,
               const float *source,
               const float *weights,
               Vec bias,
               float *target,
               const int n_positions,
               const bool is_whole,
               size_t n)
{
  const size_t n_lanes = is_whole ? VEC_LANES : n;
  Vec sums[DEPTHWISE_POSITIONS];

  UNROLL
  for (int p = 0; p < n_positions; p++)
    sums[p] = bias;
  for (size_t t = 0; t < row->n_taps; t++)
    {
      const Vec w = load_channels (weights + t * row->n_groups, n_lanes);

      UNROLL
      for (int p = 0; p < n_positions; p++)
        sums[p] = vec_fma (
          load_channels (source + (size_t) p * row->position_stride + row->taps[t], n_lanes), w,
          sums[p]);
    }
  UNROLL
  for (int p = 0; p < n_positions; p++)
    store_channels (target + (size_t) p * row->n_groups, sums[p], n_lanes);
}

/* All positions, for one vector of channels. */
INLINE void
depthwise_forward_channels (const NnGrouped *row,
                            const float *source,
                            const float *weights,
                            const float *bias,
                            float *target,
                            const bool is_whole,
                            size_t n)
{
  const size_t n_positions = row->n_positions;
  const Vec start = load_channels (bias, is_whole ? VEC_LANES : n);
  size_t p = 0;

#define SUM(count)                                                                        \
  depthwise_sum (row, source + p * row->position_stride, weights, start,                  \
                 target + p * row->n_groups, count, is_whole, n)
  for (; p + 8 <= n_positions; p += 8)
    SUM (8);
  for (; p + 4 <= n_positions; p += 4)
    SUM (4);
  for (; p < n_positions; p++)
    SUM (1);
#undef SUM
}

static void
depthwise_forward (const NnGrouped *row,
                   const float *source,
                   const float *weights,
                   const float *bias,
                   float *target)
{
  size_t c = 0;

  for (; c + VEC_LANES <= row->n_groups; c += VEC_LANES)
    depthwise_forward_channels (row, source + c, weights + c, bias + c, target + c, true, 0);
  if (c < row->n_groups)
    depthwise_forward_channels (row, source + c, weights + c, bias + c, target + c, false,
                                row->n_groups - c);
}

/* ---- Gradients ---- */

/* The gradients of @n_taps weights, from @taps on. */
INLINE void
depthwise_add_weights (const NnGrouped *row,
                       const float *source,
                       const float *d,
                       float *weights,
                       const uint32_t *taps,
                       const int n_taps,
                       const bool is_whole,
                       size_t n)
{
  const size_t n_lanes = is_whole ? VEC_LANES : n;
  const float *x[DEPTHWISE_TAPS];
  Vec sums[DEPTHWISE_TAPS];

  UNROLL
  for (int t = 0; t < n_taps; t++)
    {
      x[t] = source + taps[t];
      sums[t] = load_channels (weights + (size_t) t * row->n_groups, n_lanes);
    }
  for (size_t p = 0; p < row->n_positions; p++)
    {
      const Vec gradient = load_channels (d + p * row->n_groups, n_lanes);

      UNROLL
      for (int t = 0; t < n_taps; t++)
        sums[t] = vec_fma (load_channels (x[t] + p * row->position_stride, n_lanes), gradient,
                           sums[t]);
    }
  UNROLL
  for (int t = 0; t < n_taps; t++)
    store_channels (weights + (size_t) t * row->n_groups, sums[t], n_lanes);
}

/* Adds to the gradients of the inputs under @n_taps taps.  Where windows overlap, an input gets its
 * terms position by position. */
INLINE void
depthwise_add_inputs (const NnGrouped *row,
                      float *target,
                      const float *d,
                      const float *weights,
                      const uint32_t *taps,
                      const int n_taps,
                      const bool is_whole,
                      size_t n)
{
  const size_t n_lanes = is_whole ? VEC_LANES : n;
  float *x[DEPTHWISE_TAPS];
  Vec w[DEPTHWISE_TAPS];

  UNROLL
  for (int t = 0; t < n_taps; t++)
    {
      x[t] = target + taps[t];
      w[t] = load_channels (weights + (size_t) t * row->n_groups, n_lanes);
    }
  for (size_t p = 0; p < row->n_positions; p++)
    {
      const Vec gradient = load_channels (d + p * row->n_groups, n_lanes);

      UNROLL
      for (int t = 0; t < n_taps; t++)
        {
          float *place = x[t] + p * row->position_stride;

          store_channels (place, vec_fma (gradient, w[t], load_channels (place, n_lanes)),
                          n_lanes);
        }
    }
}

/* Takes the taps in runs, the last run first: of the positions that reach an input, the earlier
 * reach it through later taps. */
#define FOR_TAP_RUNS(CALL)                                   \
  {                                                          \
    size_t t = row->n_taps;                                  \
                                                             \
    for (; t >= 9; t -= 9)                                   \
      CALL (t - 9, 9);                                       \
    for (; t >= 4; t -= 4)                                   \
      CALL (t - 4, 4);                                       \
    for (; t > 0; t--)                                       \
      CALL (t - 1, 1);                                       \
  }

INLINE void
depthwise_weights_channels (const NnGrouped *row,
                            const float *source,
                            const float *d,
                            float *weights,
                            const bool is_whole,
                            size_t n)
{
#define ADD_WEIGHTS(first, count)                                                            \
  depthwise_add_weights (row, source, d, weights + (first) * row->n_groups,                  \
                         row->taps + (first), count, is_whole, n)
  FOR_TAP_RUNS (ADD_WEIGHTS)
#undef ADD_WEIGHTS
}

INLINE void
depthwise_inputs_channels (const NnGrouped *row,
                           const float *d,
                           const float *weights,
                           float *target,
                           const bool is_whole,
                           size_t n)
{
#define ADD_INPUTS(first, count)                                                             \
  depthwise_add_inputs (row, target, d, weights + (first) * row->n_groups,                   \
                        row->taps + (first), count, is_whole, n)
  FOR_TAP_RUNS (ADD_INPUTS)
#undef ADD_INPUTS
}

static void
depthwise_weights (const NnGrouped *row,
                   const float *source,
                   const float *d,
                   float *weights)
{
  size_t c = 0;

  for (; c + VEC_LANES <= row->n_groups; c += VEC_LANES)
    depthwise_weights_channels (row, source + c, d + c, weights + c, true, 0);
  if (c < row->n_groups)
    depthwise_weights_channels (row, source + c, d + c, weights + c, false, row->n_groups - c);
}

static void
depthwise_inputs (const NnGrouped *row,
                  const float *d,
                  const float *weights,
                  float *target)
{
  size_t c = 0;

  for (; c + VEC_LANES <= row->n_groups; c += VEC_LANES)
    depthwise_inputs_channels (row, d + c, weights + c, target + c, true, 0);
  if (c < row->n_groups)
    depthwise_inputs_channels (row, d + c, weights + c, target + c, false, row->n_groups - c);
}

/* ---- The table's functions ---- */

INLINE bool
is_depthwise (const NnGrouped *row)
{
  return row->group_inputs == 1 && row->group_outputs == 1;
}

static void
grouped_forward_vector (const NnGrouped *row,
                        const float *source,
                        const float *weights,
                        const float *bias,
                        float *target)
{
  if (is_depthwise (row))
    depthwise_forward (row, source, weights, bias, target);
  else
    grouped_forward (row, source, weights, bias, target);
}

static void
grouped_weights_vector (const NnGrouped *row,
                        const float *source,
                        const float *d,
                        float *weights)
{
  if (is_depthwise (row))
    depthwise_weights (row, source, d, weights);
  else
    grouped_weights (row, source, d, weights);
}

static void
grouped_inputs_vector (const NnGrouped *row,
                       const float *d,
                       const float *weights,
                       float *target)
{
  if (is_depthwise (row))
    depthwise_inputs (row, d, weights, target);
  else
    grouped_inputs (row, d, weights, target);
}
