/* SPDX-License-Identifier: GPL-3.0-or-later */

/* exp, log, cos, pow and erf in doubles, of +, -, *, /, fma and operations on bits alone.  These
 * are rounded alike everywhere, so the results have the same bits on every machine; those of C
 * libraries differ between their versions.  Series are summed from their last term to their first.
 *
 * Relative errors are below 2e-15, except for pow, where they grow with the logarithm of the result
 * to 2e-13 (tests/nn/test-math.c).
 */

#include "nn-math.h"
#include "nn.h"

#define LN2_HIGH 0x1.62e42feep-1 /* 33 bits: its product with an exponent is exact */
#define LN2_LOW 0x1.a39ef35793c76p-33
#define HALF_PI_1 0x1.921fb54442d18p+0 /* pi / 2 as a sum of three doubles */
#define HALF_PI_2 0x1.1a62633145c07p-54
#define HALF_PI_3 -0x1.f1976b7ed8fbcp-110
#define MOST_COS 0x1p20
#define ROUND 0x1.8p52                 /* adding it rounds to an integer */

/* 2^n, for a normal result. */
static double
raise_2 (int n)
{
  const uint64_t bits = (uint64_t) (n + 1023) << 52;
  double result;

  memcpy (&result, &bits, sizeof result);
  return result;
}

double
nn_exp (double x)
{
  double n, r;
  double y = 1.0;
  int half;

  if (!(x < 710.0 && x > -746.0))
    return x != x ? x : x > 0.0 ? INFINITY : 0.0;
  n = (x * 0x1.71547652b82fep+0 + ROUND) - ROUND;
  r = (x - n * LN2_HIGH) - n * LN2_LOW;
  for (int k = 14; k > 0; k--)
    y = y * (r / k) + 1.0;
  /* Two factors: 2^n itself may be no double, or no normal one. */
  half = (int) n / 2;
  return y * raise_2 (half) * raise_2 ((int) n - half);
}

double
nn_log (double x)
{
  uint64_t bits;
  int e = 0;
  double m, s, sum = 0.0;

  if (!(x > 0.0 && x <= 0x1.fffffffffffffp1023))
    return x == 0.0 ? -INFINITY : x > 0.0 ? x : NAN;
  if (x < 0x1p-1022)
    {
      x *= 0x1p54;
      e = -54;
    }
  memcpy (&bits, &x, sizeof bits);
  e += (int) (bits >> 52) - 1023;
  bits = (bits & 0xfffffffffffff) | (uint64_t) 1023 << 52;
  memcpy (&m, &bits, sizeof m);
  if (m > 0x1.6a09e667f3bcdp+0)
    {
      m *= 0.5;
      e++;
    }
  /* log m = 2 artanh s = 2 (s + s^3 / 3 + s^5 / 5 ...) */
  s = (m - 1.0) / (m + 1.0);
  for (int k = 23; k > 1; k -= 2)
    sum = (sum + 1.0 / k) * (s * s);
  return e * LN2_HIGH + (2.0 * s + (2.0 * s * sum + e * LN2_LOW));
}

double
nn_cos (double x)
{
  double n, r;
  double y = 1.0;
  unsigned quarter;

  if (!(x <= MOST_COS && x >= -MOST_COS))
    return NAN;
  n = (x * 0x1.45f306dc9c883p-1 + ROUND) - ROUND;
  r = fma (-n, HALF_PI_3, fma (-n, HALF_PI_2, fma (-n, HALF_PI_1, x)));
  quarter = (unsigned) (int) n & 3;
  if (quarter % 2 == 0)
    for (int k = 18; k > 0; k -= 2)
      y = 1.0 - y * (r * r) / (k * (k - 1));
  else
    {
      for (int k = 19; k > 1; k -= 2)
        y = 1.0 - y * (r * r) / (k * (k - 1));
      y *= r;
    }
  return quarter == 1 || quarter == 2 ? -y : y;
}

static bool
is_integer (double x)
{
  return x >= 0x1p52 || x <= -0x1p52 || (double) (int64_t) x == x;
}

/* Beyond 2^53 all doubles are even. */
static bool
is_odd (double x)
{
  return x > -0x1p53 && x < 0x1p53 && is_integer (x) && ((int64_t) x & 1) != 0;
}

double
nn_pow (double x,
        double y)
{
  double size = x < 0.0 ? -x : x;

  if (y == 0.0 || x == 1.0)
    return 1.0;
  if (x != x || y != y || (x < 0.0 && x > -INFINITY && !is_integer (y)))
    return NAN;
  if (y > 0.0 && y <= 64.0 && is_integer (y))
    return nn_raise (x, (uint64_t) y);
  if (size == 0.0 || size == 1.0)
    size = size == 1.0 ? 1.0 : y > 0.0 ? 0.0 : INFINITY;
  else
    size = nn_exp (y * nn_log (size));
  return x < 0.0 && is_odd (y) ? -size : size;
}

/* erf x = 2 / sqrt (pi) exp (-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 ...), whose terms are all positive;
 * from 3 on 1 - erfc x, by Laplace's continued fraction. */
double
nn_erf (double x)
{
  const double size = x < 0.0 ? -x : x;
  const double scale = 0x1.20dd750429b6dp+0; /* 2 / sqrt (pi) */
  double y;

  if (!(size < 6.0))
    return x != x ? x : x > 0.0 ? 1.0 : -1.0;
  if (size < 3.0)
    {
      y = 1.0;
      for (int k = 60; k > 0; k--)
        y = 1.0 + y * (2.0 * size * size) / (2 * k + 1);
      y *= scale * size * nn_exp (-size * size);
    }
  else
    {
      y = size;
      for (int k = 60; k > 0; k--)
        y = size + 0.5 * k / y;
      y = 1.0 - 0.5 * scale * nn_exp (-size * size) / y;
    }
  return x < 0.0 ? -y : y;
}
