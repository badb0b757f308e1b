/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kernels without sums along vectors, as plain loops.  Every instruction set compiles them with its
 * own flags, and the compiler vectorises them.  Each element is the same chain of float operations
 * in all sets, so the sets agree bit for bit.  (Contraction of a * b + c is off; the code calls
 * fmaf where it needs a fused product.)
 */

#pragma once

#include "nn-activations.h"
#include "nn-kernels-grouped.h"
#include "nn-kernels.h"
#include "nn-math.h"
#include "nn-optimizers.h"

#include <math.h>

/* A division takes longer than all that a small network does with a pixel.  The product with the
 * reciprocal, corrected by its remainder (Markstein 1990), replaces it where it gives the same
 * bits for all bytes, which nn_byte_scale_get has checked. */
static void
elementwise_load_bytes (float *restrict target,
                        const uint8_t *restrict bytes,
                        size_t n,
                        const NnByteScale *scale)
{
  const float divisor = scale->divisor;
  const float reciprocal = scale->reciprocal;

  if (!scale->is_product_exact)
    {
      for (size_t i = 0; i < n; i++)
        target[i] = (float) bytes[i] / divisor;
      return;
    }
  for (size_t i = 0; i < n; i++)
    target[i] = nn_divide_byte (bytes[i], divisor, reciprocal);
}

static void
elementwise_load_table (float *restrict target,
                        const uint8_t *restrict bytes,
                        size_t n,
                        size_t n_channels,
                        const float *restrict table)
{
  for (size_t i = 0; i < n; i += n_channels)
    for (size_t c = 0; c < n_channels; c++)
      target[i + c] = table[c * 256 + bytes[i + c]];
}

static void
elementwise_add (float *restrict target,
                 const float *restrict source,
                 size_t n)
{
  for (size_t i = 0; i < n; i++)
    target[i] += source[i];
}

static void
elementwise_sum (float *restrict target,
                 const float *restrict a,
                 const float *restrict b,
                 size_t n)
{
  for (size_t i = 0; i < n; i++)
    target[i] = a[i] + b[i];
}

static void
elementwise_add_scaled (float *restrict target,
                        const float *restrict source,
                        size_t n,
                        float factor)
{
  for (size_t i = 0; i < n; i++)
    target[i] += factor * source[i];
}

static void
elementwise_sum_products (const float *a,
                          const float *b,
                          size_t n,
                          size_t n_lanes,
                          double *restrict sums,
                          double *restrict products)
{
  for (size_t i = 0; i < n; i += n_lanes)
    {
      const size_t n_here = n - i < n_lanes ? n - i : n_lanes;

      for (size_t j = 0; j < n_here; j++)
        {
          sums[j] += (double) a[i + j];
          products[j] = fma ((double) a[i + j], (double) b[i + j], products[j]);
        }
    }
}

static void
elementwise_scale_lanes (float *restrict target,
                         const float *restrict source,
                         size_t n,
                         size_t n_lanes,
                         const float *restrict scale,
                         const float *restrict shift,
                         bool is_relu)
{
  const float floor = is_relu ? 0.0f : -INFINITY;

  for (size_t i = 0; i < n; i += n_lanes)
    {
      const size_t n_here = n - i < n_lanes ? n - i : n_lanes;

      for (size_t j = 0; j < n_here; j++)
        {
          const float y = fmaf (source[i + j], scale[j], shift[j]);

          target[i + j] = floor > y ? floor : y;
        }
    }
}

static void
elementwise_mix_lanes (float *restrict target,
                       const float *restrict gradients,
                       const float *restrict inputs,
                       size_t n,
                       size_t n_lanes,
                       const float *restrict c)
{
  for (size_t i = 0; i < n; i += n_lanes)
    {
      const size_t n_here = n - i < n_lanes ? n - i : n_lanes;

      for (size_t j = 0; j < n_here; j++)
        target[i + j] = fmaf (gradients[i + j], c[j],
                              fmaf (inputs[i + j], c[n_lanes + j], c[2 * n_lanes + j]));
    }
}

/* A hash of key and counter: a 32-bit finaliser like that of MurmurHash3. */
static inline uint32_t
hash_dropout (uint32_t key,
              uint32_t counter)
{
  uint32_t x = counter * 0x9e3779b9u + key;

  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

static void
elementwise_dropout (float *target,
                     const float *source,
                     uint8_t *restrict mask,
                     size_t n,
                     uint32_t key,
                     uint32_t counter,
                     uint32_t threshold,
                     float scale)
{
  uint32_t random[16];

  for (size_t i = 0; i < n; i += 32, counter += 16)
    {
      for (uint32_t j = 0; j < 16; j++)
        random[j] = hash_dropout (key, counter + j);
      for (size_t j = 0; j < 16 && i + j < n; j++)
        {
          mask[i + j] = (random[j] & 0xffff) >= threshold;
          target[i + j] = (random[j] & 0xffff) >= threshold ? source[i + j] * scale : 0.0f;
        }
      for (size_t j = 0; j < 16 && i + 16 + j < n; j++)
        {
          mask[i + 16 + j] = (random[j] >> 16) >= threshold;
          target[i + 16 + j] = (random[j] >> 16) >= threshold ? source[i + 16 + j] * scale : 0.0f;
        }
    }
}

static void
elementwise_dropout_backward (float *target,
                              const float *source,
                              const uint8_t *restrict mask,
                              size_t n,
                              float scale)
{
  for (size_t i = 0; i < n; i++)
    target[i] = mask[i] ? source[i] * scale : 0.0f;
}

static void
elementwise_scale (float *values,
                   size_t n,
                   float factor)
{
  for (size_t i = 0; i < n; i++)
    values[i] *= factor;
}

static void
elementwise_average (float *restrict averages,
                     const float *restrict values,
                     size_t n,
                     float share)
{
  for (size_t i = 0; i < n; i++)
    averages[i] += share * (values[i] - averages[i]);
}

static void
elementwise_measure_points (const float *restrict points,
                            const float *restrict query,
                            size_t n_dimensions,
                            float *restrict distances)
{
  float sums[NN_POINT_BLOCK] = { 0.0f };

  for (size_t d = 0; d < n_dimensions; d++)
    for (size_t i = 0; i < NN_POINT_BLOCK; i++)
      {
        const float difference = points[d * NN_POINT_BLOCK + i] - query[d];

        sums[i] += difference * difference;
      }
  memcpy (distances, sums, sizeof sums);
}

static double
elementwise_sum_squares (const float *values,
                         size_t n)
{
  double sums[16] = { 0.0 };
  double sum = 0.0;
  size_t i = 0;

  for (; i + 16 <= n; i += 16)
    for (size_t j = 0; j < 16; j++)
      sums[j] += (double) values[i + j] * (double) values[i + j];
  for (size_t j = 0; i + j < n; j++)
    sums[j] += (double) values[i + j] * (double) values[i + j];
  for (size_t j = 0; j < 16; j++)
    sum += sums[j];
  return sum;
}

static inline void
elementwise_fill (NnKernels *kernels)
{
  kernels->load_bytes = elementwise_load_bytes;
  kernels->measure_points = elementwise_measure_points;
  kernels->load_table = elementwise_load_table;
  kernels->add = elementwise_add;
  kernels->sum = elementwise_sum;
  kernels->grouped_forward = grouped_forward;
  kernels->grouped_weights = grouped_weights;
  kernels->grouped_inputs = grouped_inputs;
  kernels->sum_products = elementwise_sum_products;
  kernels->scale_lanes = elementwise_scale_lanes;
  kernels->mix_lanes = elementwise_mix_lanes;
  kernels->add_scaled = elementwise_add_scaled;
  kernels->activations = activations;
  kernels->dropout = elementwise_dropout;
  kernels->dropout_backward = elementwise_dropout_backward;
  kernels->scale = elementwise_scale;
  kernels->average = elementwise_average;
  kernels->optimizers = optimizers;
  kernels->sum_squares = elementwise_sum_squares;
}
