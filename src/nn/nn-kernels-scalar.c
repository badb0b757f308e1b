/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference: each kernel is written as its definition in nn-kernels.h.  fmaf rounds once, and
 * is software where the processor has no such instruction; so this set is slow but exact, and the
 * tests compare the others with it.
 */

#include "nn-kernels-elementwise.h"

NnByteScale
nn_byte_scale_get (float divisor)
{
  NnByteScale scale = { divisor, 1.0f / divisor, true };

  for (unsigned byte = 0; byte <= UINT8_MAX; byte++)
    {
      const float quotient = (float) byte / divisor;
      const float product = nn_divide_byte ((uint8_t) byte, divisor, scale.reciprocal);

      scale.is_product_exact = scale.is_product_exact
                               && memcmp (&quotient, &product, sizeof quotient) == 0;
    }
  return scale;
}

static void
load_bytes_scalar (float             *target,
                   const uint8_t     *bytes,
                   size_t             n,
                   const NnByteScale *scale)
{
  for (size_t i = 0; i < n; i++)
    target[i] = (float) bytes[i] / scale->divisor;
}

static void
gemm_scalar (const NnGemm *gemm)
{
  const size_t k = gemm->n_segments * gemm->segment_length;

  for (size_t i = 0; i < gemm->n_rows; i++)
    {
      const float *a =
        gemm->a + (gemm->a_offsets != NULL ? gemm->a_offsets[i] : i * gemm->a_stride);
      float *c = gemm->c + (gemm->c_offsets != NULL ? gemm->c_offsets[i] : i * gemm->c_stride);

      for (size_t j = 0; j < gemm->n_columns; j++)
        {
          const size_t column = j / NN_PANEL * NN_PANEL;
          const size_t width = gemm->n_columns - column > 8 ? 16 : 8;
          const float *b = gemm->b + column * k + j % NN_PANEL;
          float sum = gemm->bias != NULL ? gemm->bias[j] : 0.0f;

          for (size_t s = 0; s < gemm->n_segments; s++)
            for (size_t t = 0; t < gemm->segment_length; t++)
              sum = fmaf (a[s * gemm->segment_stride + t],
                          b[(s * gemm->segment_length + t) * width], sum);
          c[j] = gemm->is_relu && 0.0f > sum ? 0.0f : sum;
        }
    }
}

static void
outer_scalar (const NnOuter *outer)
{
  for (size_t column = 0; column < outer->n_columns; column++)
    {
      const size_t panel = column / NN_PANEL * NN_PANEL;
      const size_t width = outer->n_columns - panel > 8 ? 16 : 8;
      float *g = outer->g + column / NN_PANEL * outer->panel_stride;

      if (outer->starts_at_zero && column == panel)
        memset (g, 0, outer->n_taps * width * sizeof (float));
      for (size_t k = 0; k < outer->n_taps; k++)
        {
          const size_t tap = outer->taps != NULL ? outer->taps[k] : k;
          float sum = g[k * width + column - panel];

          for (size_t r = 0; r < outer->n_rows; r++)
            {
              const size_t a =
                outer->a_offsets != NULL ? outer->a_offsets[r] : r * outer->a_stride;
              const size_t d =
                outer->d_offsets != NULL ? outer->d_offsets[r] : r * outer->d_stride;

              sum = fmaf (outer->a[a + tap], outer->d[d + column], sum);
            }
          g[k * width + column - panel] = sum;
        }
    }
}

static void
combine_scalar (const NnCombine *combine)
{
  for (size_t s = 0; s < combine->n_segments; s++)
    for (size_t t = 0; t < combine->segment_length; t++)
      {
        const float *source = combine->source + s * combine->source_stride + t;
        float sum = combine->target[s * combine->target_stride + t];

        for (size_t i = 0; i < combine->n; i++)
          sum = fmaf (combine->weights[i], source[combine->offsets[i]], sum);
        combine->target[s * combine->target_stride + t] = sum;
      }
}

static void
pool_row_scalar (const NnPoolRow *row)
{
  for (size_t i = 0; i < row->n_positions * row->n_channels; i++)
    {
      const float *source =
        row->source + i / row->n_channels * row->position_stride + i % row->n_channels;
      size_t first = row->continues ? 0 : 1;
      float largest = row->continues ? row->target[i] : source[row->taps[0]];
      uint16_t winner = !row->continues        ? row->tap_names[0]
                        : row->winners != NULL ? row->winners[i]
                                               : 0;

      for (size_t tap = first; tap < row->n_taps; tap++)
        if (source[row->taps[tap]] > largest)
          {
            largest = source[row->taps[tap]];
            winner = row->tap_names[tap];
          }
      if (row->cuts_at_zero && largest <= 0.0f)
        {
          largest = 0.0f;
          winner = NN_NO_WINNER;
        }
      row->target[i] = largest;
      if (row->winners != NULL)
        row->winners[i] = winner;
    }
}

static void
spread_row_scalar (const NnSpreadRow *row)
{
  for (size_t i = 0; i < row->n_positions; i++)
    for (size_t tap = 0; tap < row->n_taps; tap++)
      for (size_t c = 0; c < row->n_channels; c++)
        {
          const size_t place = i * row->n_channels + c;

          row->target[i * row->position_stride + row->taps[tap] + c] =
            row->winners[place] == row->tap_names[tap] ? row->gradients[place] : 0.0f;
        }
}

static size_t
list_place_scalar (const NnListPlace *list)
{
  size_t n = 0;

  for (size_t c = 0; c < list->n_channels; c++)
    {
      list->offsets[n] = (uint32_t) c * list->stride;
      list->weights[n] = list->gradients[c];
      n += list->winners[c] == list->place && list->gradients[c] != 0.0f;
    }
  return n;
}

static double
spin_scalar (size_t n_rounds)
{
  volatile float sink = 1.0f;
  float sum = sink;

  for (size_t i = 0; i < n_rounds; i++)
    sum = fmaf (sum, 0.999f, 0.001f);
  sink = sum;
  return (double) n_rounds;
}

void
nn_kernels_fill_scalar (NnKernels *kernels)
{
  elementwise_fill (kernels);
  kernels->load_bytes = load_bytes_scalar;
  kernels->gemm = gemm_scalar;
  kernels->outer = outer_scalar;
  kernels->combine = combine_scalar;
  kernels->pool_row = pool_row_scalar;
  kernels->spread_row = spread_row_scalar;
  kernels->list_place = list_place_scalar;
  kernels->spin = spin_scalar;
}
