/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-math.h - exp and tanh in plain float operations, so that every instruction set and every C
 * library gives the same bits, and so that compilers can vectorise loops over them.
 *
 * The relative error is below 3e-7 over the whole range (tests/nn/test-basics.c).  Coefficients:
 * exp as in Cephes' expf (Moshier), a polynomial on [-ln 2 / 2, ln 2 / 2]; tanh as in Cephes'
 * tanhf, a polynomial below 0.625 and exp above.
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

/* exp (x).  Below -87 it is exp (-87), 1.6e-38, which softmax, sigmoid and tanh cannot tell from
 * 0.  Above 88 it is exp (88).  NaN stays NaN. */
static inline float
nn_expf (float x)
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
  y = y * (r * r) + r + 1.0f;
  return y * nn_exp2_integer (n == n ? n : 0.0f);
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
