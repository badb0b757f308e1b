/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's own functions against those of the C library: in doubles against long doubles, in
 * floats against doubles; over many values, and at the edges. */

#include "nn-math.h"
#include "nn.h"

#include <glib.h>
#include <math.h>

static void
assert_near (double      found,
             long double expected,
             double      tolerance)
{
  g_assert_cmpfloat (fabsl ((long double) found - expected), <=,
                     (long double) tolerance * fabsl (expected));
}

/* A value between -1 and 1. */
static double
draw (guint64 i)
{
  return nn_random (3, NN_RANDOM_PICTURES, 1, i) * 0x1p-31 - 1.0;
}

/* ---- In doubles ---- */

static void
test_exp (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const double x = draw (i) * (i % 2 == 0 ? 700.0 : 1.0);

      assert_near (nn_exp (x), expl ((long double) x), 2e-15);
    }
  g_assert_true (nn_exp (0.0) == 1.0);
  g_assert_cmpfloat (nn_exp (709.7), >, 1.6e308);
  g_assert_true (isfinite (nn_exp (709.7)));
  g_assert_true (nn_exp (710.0) == INFINITY && nn_exp (INFINITY) == INFINITY);
  /* Below the normal doubles only the absolute error is small. */
  g_assert_true (fabs (nn_exp (-740.0) - exp (-740.0)) <= 0x1p-1073);
  g_assert_true (nn_exp (-746.0) == 0.0 && nn_exp (-INFINITY) == 0.0);
  g_assert_true (isnan (nn_exp (NAN)));
}

static void
test_log (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const double near = 1.0 + draw (i) * (i % 2 == 0 ? 0.4 : 1e-6);
      const double far = exp (draw (i) * 700.0);

      assert_near (nn_log (near), logl ((long double) near), 2e-15);
      assert_near (nn_log (far), logl ((long double) far), 2e-15);
    }
  g_assert_true (nn_log (1.0) == 0.0);
  assert_near (nn_log (0x1p-1074), -1074.0L * logl (2.0L), 2e-15);
  assert_near (nn_log (0x1.fffffffffffffp1023), 1024.0L * logl (2.0L), 2e-15);
  g_assert_true (nn_log (0.0) == -INFINITY && nn_log (INFINITY) == INFINITY);
  g_assert_true (isnan (nn_log (-1.0)) && isnan (nn_log (-INFINITY)) && isnan (nn_log (NAN)));
}

static void
test_cos (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const double x = draw (i) * (i % 2 == 0 ? G_PI : 0x1p20);

      assert_near (nn_cos (x), cosl ((long double) x), 2e-15);
    }
  g_assert_true (nn_cos (0.0) == 1.0 && nn_cos (G_PI) == -1.0);
  assert_near (nn_cos (G_PI / 2.0), cosl ((long double) (G_PI / 2.0)), 2e-15);
  g_assert_true (isnan (nn_cos (0x1.1p20)) && isnan (nn_cos (INFINITY)) && isnan (nn_cos (NAN)));
}

static void
test_pow (void)
{
  const double edges[] = { -INFINITY, -3.0, -2.5, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, INFINITY,
                           1e300, -1e300, 1e-300, 0x1p53, -0x1.fffffffffffffp52, NAN };

  for (guint64 i = 0; i < 200000; i++)
    {
      const double x = exp (draw (i) * 20.0);
      const double y = draw (i + 1000000) * 35.0;

      assert_near (nn_pow (x, y), powl ((long double) x, (long double) y), 2e-13);
    }
  g_assert_true (nn_pow (0.5, 3.0) == 0.125 && nn_pow (-0.5, 3.0) == -0.125);
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (edges); k++)
      {
        const double found = nn_pow (edges[i], edges[k]);
        const double expected = pow (edges[i], edges[k]);

        if (isnan (expected))
          g_assert_true (isnan (found));
        else if (isinf (expected))
          g_assert_true (found == expected);
        else
          assert_near (found, (long double) expected, 2e-13);
      }
}

static void
test_erf (void)
{
  for (guint64 i = 0; i < 50000; i++)
    {
      const double x = draw (i) * (i % 2 == 0 ? 6.5 : 1e-3);

      assert_near (nn_erf (x), erfl ((long double) x), 2e-15);
    }
  g_assert_true (nn_erf (0.0) == 0.0);
  g_assert_true (nn_erf (INFINITY) == 1.0 && nn_erf (-INFINITY) == -1.0);
  g_assert_true (isnan (nn_erf (NAN)));
}

/* ---- In floats ---- */

static void
test_expf (void)
{
  for (double x = -86.0; x < 87.0; x += 0.0137)
    g_assert_cmpfloat (fabs (nn_expf ((float) x) / exp ((double) (float) x) - 1.0), <, 3e-7);
  g_assert_cmpfloat (nn_expf (0.0f), ==, 1.0f);
  g_assert_cmpfloat (nn_expf (-1000.0f), <, 2e-38f);
  g_assert_true (isfinite (nn_expf (1000.0f)));
  g_assert_true (isnan (nn_expf (NAN)));
}

static void
test_tanhf (void)
{
  for (double x = -20.0; x < 20.0; x += 0.00317)
    g_assert_cmpfloat_with_epsilon (nn_tanhf ((float) x), tanh ((double) (float) x),
                                    3e-7 * fabs (tanh (x)) + 1e-12);
  g_assert_cmpfloat (nn_tanhf (0.0f), ==, 0.0f);
  g_assert_cmpfloat_with_epsilon (nn_tanhf (1e-6f), 1e-6, 1e-12);
  g_assert_cmpfloat (nn_tanhf (100.0f), ==, 1.0f);
  g_assert_true (isnan (nn_tanhf (NAN)));
  g_assert_true (isnan (nn_sigmoidf (NAN)));
}

static void
test_expm1f (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const float x = (float) (draw (i) * (i % 2 == 0 ? 80.0 : 0.01));

      assert_near (nn_expm1f (x), expm1l ((long double) x), 3e-7);
    }
  g_assert_cmpfloat (nn_expm1f (0.0f), ==, 0.0f);
  g_assert_cmpfloat (nn_expm1f (-INFINITY), ==, -1.0f);
  g_assert_true (isfinite (nn_expm1f (1000.0f)));
  g_assert_true (isnan (nn_expm1f (NAN)));
}

static void
test_log1pf (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const float x = (float) (fabs (draw (i)) * (i % 2 == 0 ? 1.0 : 1e-4));

      assert_near (nn_log1pf (x), log1pl ((long double) x), 3e-7);
    }
  g_assert_cmpfloat (nn_log1pf (0.0f), ==, 0.0f);
  assert_near (nn_log1pf (1.0f), logl (2.0L), 3e-7);
  g_assert_true (isnan (nn_log1pf (NAN)));
}

static void
test_erff (void)
{
  for (guint64 i = 0; i < 200000; i++)
    {
      const float x = (float) (draw (i) * (i % 2 == 0 ? 6.0 : 0.01));

      assert_near (nn_erff (x), erfl ((long double) x), 3e-7);
    }
  g_assert_cmpfloat (nn_erff (0.0f), ==, 0.0f);
  g_assert_cmpfloat (nn_erff (INFINITY), ==, 1.0f);
  g_assert_cmpfloat (nn_erff (-INFINITY), ==, -1.0f);
  g_assert_true (isnan (nn_erff (NAN)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/math/exp", test_exp);
  g_test_add_func ("/nn/math/log", test_log);
  g_test_add_func ("/nn/math/cos", test_cos);
  g_test_add_func ("/nn/math/pow", test_pow);
  g_test_add_func ("/nn/math/erf", test_erf);
  g_test_add_func ("/nn/math/expf", test_expf);
  g_test_add_func ("/nn/math/tanhf", test_tanhf);
  g_test_add_func ("/nn/math/expm1f", test_expm1f);
  g_test_add_func ("/nn/math/log1pf", test_log1pf);
  g_test_add_func ("/nn/math/erff", test_erff);
  return g_test_run ();
}
