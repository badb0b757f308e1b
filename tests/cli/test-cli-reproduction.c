/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The means over repeated runs. */

#include "config.h"

#include <math.h>

#include "atelier-cli-reproduction.h"

static void
test_mean_of_none (void)
{
  double mean, spread;

  atelier_cli_get_mean (NULL, 0, &mean, &spread);
  g_assert_true (isnan (mean));
  g_assert_true (isnan (spread));
}

static void
test_mean_of_one (void)
{
  const double values[] = { 0.25 };
  double mean, spread;

  atelier_cli_get_mean (values, 1, &mean, &spread);
  g_assert_cmpfloat (mean, ==, 0.25);
  g_assert_true (isnan (spread));
}

/* Sample standard deviation: divided by n - 1. */
static void
test_mean_of_several (void)
{
  const double values[] = { 2, 4, 9 };
  double mean, spread;

  atelier_cli_get_mean (values, 3, &mean, &spread);
  g_assert_cmpfloat (mean, ==, 5);
  g_assert_cmpfloat_with_epsilon (spread, sqrt (13), 1e-15);
}

static void
test_mean_with_nan (void)
{
  const double values[] = { 1, NAN };
  double mean, spread;

  atelier_cli_get_mean (values, 2, &mean, &spread);
  g_assert_true (isnan (mean));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/reproduction/mean-of-none", test_mean_of_none);
  g_test_add_func ("/cli/reproduction/mean-of-one", test_mean_of_one);
  g_test_add_func ("/cli/reproduction/mean-of-several", test_mean_of_several);
  g_test_add_func ("/cli/reproduction/mean-with-nan", test_mean_with_nan);
  return g_test_run ();
}
