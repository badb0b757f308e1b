/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-math.h - functions in plain float operations, so that every instruction set and every C
 * library gives the same bits, and so that compilers can vectorise loops over them.  Those in
 * doubles are in nn.h.
 *
 * The relative error is below 3e-7 over the whole range (tests/nn/test-math.c).  Coefficients:
 * exp as in Cephes' expf (Moshier), a polynomial on [-ln 2 / 2, ln 2 / 2]; tanh as in Cephes'
 * tanhf, a polynomial below 0.625 and exp above; erf a Taylor polynomial below 1, and above it the
 * fit of Numerical Recipes' erfcc; log1p a Taylor polynomial.
 */

#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

/* byte / divisor: the product with the rounded reciprocal, corrected by one fused remainder
 * (Markstein 1990). */
static inline float
nn_divide_byte (uint8_t byte,
                float divisor,
                float reciprocal)
{
  const float quotient = (float) byte * reciprocal;

  return fmaf (fmaf (-quotient, divisor, (float) byte), reciprocal, quotient);
}

/* b^t by repeated squaring. */
static inline double
nn_raise (double b,
          uint64_t t)
{
  double result = 1.0;

  for (; t > 0; t >>= 1, b *= b)
    if (t & 1)
      result *= b;
  return result;
}

static inline float
nn_exp2_integer (float n)
{
  int32_t bits = ((int32_t) n + 127) << 23;
  float result;

  memcpy (&result, &bits, sizeof result);
  return result;
}

/* exp (x) = 2^n (1 + excess), where n is the nearest integer to x / ln 2. */
typedef struct
{
  float power; /* 2^n */
  float excess;
  float one_and_excess;
} NnExp;

static inline NnExp
nn_split_exp (float x)
{
  const float round = 12582912.0f; /* 1.5 * 2^23: adding it rounds to an integer */
  float clamped = x < -87.0f ? -87.0f : x;
  float n;
  float r;
  float y;

  clamped = clamped > 88.0f ? 88.0f : clamped;
  n = (clamped * 1.44269504088896341f + round) - round;
  r = (clamped - n * 0.693359375f) - n * -2.12194440e-4f;
  y = 1.9875691500e-4f;
  y = y * r + 1.3981999507e-3f;
  y = y * r + 8.3334519073e-3f;
  y = y * r + 4.1665795894e-2f;
  y = y * r + 1.6666665459e-1f;
  y = y * r + 5.0000001201e-1f;
  y = y * (r * r) + r;
  return (NnExp) { nn_exp2_integer (n == n ? n : 0.0f), y, y + 1.0f };
}

/* exp (x).  Below -87 it is exp (-87), 1.6e-38, which softmax, sigmoid and tanh cannot tell from
 * 0.  Above 88 it is exp (88).  NaN stays NaN. */
static inline float
nn_expf (float x)
{
  const NnExp e = nn_split_exp (x);

  return e.one_and_excess * e.power;
}

/* exp (x) - 1, with the same limits. */
static inline float
nn_expm1f (float x)
{
  const NnExp e = nn_split_exp (x);

  return e.excess * e.power + (e.power - 1.0f);
}

/* ln (1 + x), for x from 0 to 1: 2 artanh (x / (2 + x)). */
static inline float
nn_log1pf (float x)
{
  const float s = x / (2.0f + x);
  const float z = s * s;
  float y = 1.0f / 15.0f;

  y = y * z + 1.0f / 13.0f;
  y = y * z + 1.0f / 11.0f;
  y = y * z + 1.0f / 9.0f;
  y = y * z + 1.0f / 7.0f;
  y = y * z + 1.0f / 5.0f;
  y = y * z + 1.0f / 3.0f;
  return 2.0f * s + 2.0f * s * (y * z);
}

static inline float
nn_erff (float x)
{
  const float size = x < 0.0f ? -x : x;
  const float z = x * x;
  const float t = 1.0f / (1.0f + 0.5f * size);
  float small = -1.0f / 6894720.0f;
  float large = 0.17087277f;

  small = small * z + 1.0f / 685440.0f;
  small = small * z - 1.0f / 75600.0f;
  small = small * z + 1.0f / 9360.0f;
  small = small * z - 1.0f / 1320.0f;
  small = small * z + 1.0f / 216.0f;
  small = small * z - 1.0f / 42.0f;
  small = small * z + 1.0f / 10.0f;
  small = small * z - 1.0f / 3.0f;
  small = x * 1.12837916709551257f + x * 1.12837916709551257f * (small * z);

  large = large * t - 0.82215223f;
  large = large * t + 1.48851587f;
  large = large * t - 1.13520398f;
  large = large * t + 0.27886807f;
  large = large * t - 0.18628806f;
  large = large * t + 0.09678418f;
  large = large * t + 0.37409196f;
  large = large * t + 1.00002368f;
  large = 1.0f - t * nn_expf (large * t - 1.26551223f - z);
  return size < 1.0f ? small : x < 0.0f ? -large : large;
}

static inline float
nn_sigmoidf (float x)
{
  return 1.0f / (1.0f + nn_expf (-x));
}

static inline float
nn_tanhf (float x)
{
  float size = x < 0.0f ? -x : x;
  float z = x * x;
  float small = ((((-5.70498872745e-3f * z + 2.06390887954e-2f) * z - 5.37397155531e-2f) * z
                  + 1.33314422036e-1f) * z - 3.33332819422e-1f) * z * x + x;
  float large = 1.0f - 2.0f / (nn_expf (2.0f * size) + 1.0f);

  return size < 0.625f ? small : x < 0.0f ? -large : large;
}
