/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-kernels-grouped.h - the kernels of grouped convolutions, as plain loops for every instruction
 * set, like nn-kernels-elementwise.h.
 *
 * Vectors run along the channels of a depthwise convolution, and along the outputs of a group
 * otherwise: blocks of 16 in registers, the rest one by one.
 */

#pragma once

#include "nn-kernels.h"

#include <math.h>

#define GROUPED_BLOCK 16

/* @n outputs at one position.  @step: 1 if each output has its own input, 0 if they share one. */
static inline void
grouped_sum (const NnGrouped *row,
             const float *restrict source,
             const float *restrict weights,
             const float *restrict bias,
             float *restrict target,
             size_t n,
             size_t step)
{
  const size_t n_outputs = row->n_groups * row->group_outputs;
  float sums[GROUPED_BLOCK];

  for (size_t o = 0; o < n; o++)
    sums[o] = bias[o];
  for (size_t t = 0; t < row->n_taps; t++)
    for (size_t j = 0; j < row->group_inputs; j++)
      {
        const float *restrict x = source + row->taps[t] + j;
        const float *restrict w = weights + (t * row->group_inputs + j) * n_outputs;

        for (size_t o = 0; o < n; o++)
          sums[o] = fmaf (x[o * step], w[o], sums[o]);
      }
  for (size_t o = 0; o < n; o++)
    target[o] = sums[o];
}

/* One run of outputs whose inputs lie side by side, or are the same. */
static inline void
grouped_sum_run (const NnGrouped *row,
                 const float *source,
                 const float *weights,
                 const float *bias,
                 float *target,
                 size_t n,
                 size_t step)
{
  size_t o = 0;

  for (; o + GROUPED_BLOCK <= n; o += GROUPED_BLOCK)
    grouped_sum (row, source + o * step, weights + o, bias + o, target + o, GROUPED_BLOCK, step);
  if (o < n)
    grouped_sum (row, source + o * step, weights + o, bias + o, target + o, n - o, step);
}

static void
grouped_forward (const NnGrouped *row,
                 const float *source,
                 const float *weights,
                 const float *bias,
                 float *target)
{
  const size_t n_outputs = row->n_groups * row->group_outputs;

  for (size_t p = 0; p < row->n_positions;
       p++, source += row->position_stride, target += n_outputs)
    {
      if (row->group_inputs == 1 && row->group_outputs == 1)
        {
          grouped_sum_run (row, source, weights, bias, target, n_outputs, 1);
          continue;
        }
      for (size_t g = 0; g < row->n_groups; g++)
        grouped_sum_run (row, source + g * row->group_inputs, weights + g * row->group_outputs,
                         bias + g * row->group_outputs, target + g * row->group_outputs,
                         row->group_outputs, 0);
    }
}

/* weights[o] += x * d[o] over all positions, for one tap and one input. */
static inline void
grouped_add_weights (const NnGrouped *row,
                     const float *restrict x,
                     const float *restrict d,
                     float *restrict weights,
                     size_t n,
                     size_t step)
{
  const size_t n_outputs = row->n_groups * row->group_outputs;
  float sums[GROUPED_BLOCK];

  for (size_t o = 0; o < n; o++)
    sums[o] = weights[o];
  for (size_t p = 0; p < row->n_positions; p++)
    for (size_t o = 0; o < n; o++)
      sums[o] = fmaf (x[p * row->position_stride + o * step], d[p * n_outputs + o], sums[o]);
  for (size_t o = 0; o < n; o++)
    weights[o] = sums[o];
}

static inline void
grouped_add_weights_run (const NnGrouped *row,
                         const float *x,
                         const float *d,
                         float *weights,
                         size_t n,
                         size_t step)
{
  size_t o = 0;

  for (; o + GROUPED_BLOCK <= n; o += GROUPED_BLOCK)
    grouped_add_weights (row, x + o * step, d + o, weights + o, GROUPED_BLOCK, step);
  if (o < n)
    grouped_add_weights (row, x + o * step, d + o, weights + o, n - o, step);
}

static void
grouped_weights (const NnGrouped *row,
                 const float *source,
                 const float *d,
                 float *weights)
{
  const size_t n_outputs = row->n_groups * row->group_outputs;

  for (size_t t = 0; t < row->n_taps; t++)
    {
      if (row->group_inputs == 1 && row->group_outputs == 1)
        {
          grouped_add_weights_run (row, source + row->taps[t], d, weights + t * n_outputs,
                                   n_outputs, 1);
          continue;
        }
      for (size_t g = 0; g < row->n_groups; g++)
        for (size_t j = 0; j < row->group_inputs; j++)
          grouped_add_weights_run (
            row, source + row->taps[t] + g * row->group_inputs + j, d + g * row->group_outputs,
            weights + (t * row->group_inputs + j) * n_outputs + g * row->group_outputs,
            row->group_outputs, 0);
    }
}

static void
grouped_inputs (const NnGrouped *row,
                const float *restrict d,
                const float *restrict weights,
                float *restrict target)
{
  const size_t n_outputs = row->n_groups * row->group_outputs;

  for (size_t p = 0; p < row->n_positions; p++, target += row->position_stride, d += n_outputs)
    for (size_t t = 0; t < row->n_taps; t++)
      {
        float *restrict x = target + row->taps[t];
        const float *restrict w = weights + t * row->group_inputs * n_outputs;

        if (row->group_inputs == 1 && row->group_outputs == 1)
          {
            for (size_t c = 0; c < n_outputs; c++)
              x[c] = fmaf (d[c], w[c], x[c]);
            continue;
          }
        for (size_t g = 0; g < row->n_groups; g++)
          for (size_t j = 0; j < row->group_inputs; j++)
            for (size_t o = g * row->group_outputs; o < (g + 1) * row->group_outputs; o++)
              x[g * row->group_inputs + j] =
                fmaf (d[o], w[j * n_outputs + o], x[g * row->group_inputs + j]);
      }
}
