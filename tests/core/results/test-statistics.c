/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statistics: figures that were computed elsewhere, and the edges. */

#include <math.h>

#include "results/atelier-statistics.h"

static void
assert_interval (guint  n_right,
                 guint  n,
                 double expected_low,
                 double expected_high)
{
  double low, high;

  atelier_statistics_get_interval (n_right, n, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, expected_low, 5.1e-5);
  g_assert_cmpfloat_with_epsilon (high, expected_high, 5.1e-5);
}

static void
test_interval (void)
{
  assert_interval (4594, 5000, 0.91090, 0.92605);
  /* Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29. */
  assert_interval (81, 263, 0.2553, 0.3662);
  assert_interval (15, 148, 0.0624, 0.1605);
  assert_interval (0, 20, 0.0, 0.1611);
  assert_interval (1, 29, 0.0061, 0.1718);
  assert_interval (20, 20, 1.0 - 0.1611, 1.0);
}

static void
test_guessing_limit (void)
{
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_guessing_limit (0.1112, 5000), 0.1245,
                                  5e-5);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_guessing_limit (0.1112, 50), 0.2446,
                                  5e-5);
  g_assert_cmpfloat (atelier_statistics_get_guessing_limit (1.0, 10), ==, 1.0);
  g_assert_cmpfloat (atelier_statistics_get_guessing_limit (0.5, 2), ==, 1.0);
}

static void
test_mcnemar (void)
{
  static const struct
  {
    guint  n_first, n_second;
    double p;
    double precision;
  } cases[] = {
    { 9, 1, 0.021484, 5e-7 },    { 1, 9, 0.021484, 5e-7 },   { 140, 100, 0.011664, 5e-7 },
    { 38, 22, 0.051894, 5e-7 },  { 121, 104, 0.286, 5e-4 },  { 0, 5, 0.0625, 1e-12 },
    { 7, 7, 1.0, 1e-12 },        { 0, 0, 1.0, 1e-12 },       { 0, 2000, 0.0, 1e-300 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (
      atelier_statistics_get_mcnemar_p (cases[i].n_first, cases[i].n_second), cases[i].p,
      cases[i].precision);
}

static void
test_noise (void)
{
  const double line[] = { 5.0, 4.0, 3.0, 2.0 };
  const double zigzag[] = { 1.0, -1.0, 1.0, -1.0, 1.0 };
  const double broken[] = { 1.0, -1.0, 1.0, NAN, 1.0, -1.0, INFINITY };

  g_assert_cmpfloat (atelier_statistics_get_noise (line, G_N_ELEMENTS (line)), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_noise (zigzag, G_N_ELEMENTS (zigzag)),
                                  4.0 / sqrt (6.0), 1e-12);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_noise (broken, G_N_ELEMENTS (broken)),
                                  4.0 / sqrt (6.0), 1e-12);
  g_assert_true (isnan (atelier_statistics_get_noise (line, 2)));
  g_assert_true (isnan (atelier_statistics_get_noise (NULL, 0)));
}

/* Of independent noise it is the noise's own standard deviation, whatever the slope. */
static void
test_noise_around_a_slope (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20);
  g_autofree double *values = g_new (double, 100000);

  for (guint i = 0; i < 100000; i++)
    values[i] = -0.3 * i + g_rand_double_range (rand, -1.0, 1.0);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_noise (values, 100000),
                                  1.0 / sqrt (3.0), 0.01);
}

static void
test_mean_error (void)
{
  /* 1, 2, 3, 4: variance 5/3, error sqrt (5/12). */
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_mean_error (10.0, 30.0, 4),
                                  sqrt (5.0 / 12.0), 1e-12);
  g_assert_cmpfloat (atelier_statistics_get_mean_error (0.3, 0.03 - 1e-18, 3), >=, 0.0);
  g_assert_true (isnan (atelier_statistics_get_mean_error (1.0, 1.0, 1)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/statistics/interval", test_interval);
  g_test_add_func ("/core/statistics/guessing-limit", test_guessing_limit);
  g_test_add_func ("/core/statistics/mcnemar", test_mcnemar);
  g_test_add_func ("/core/statistics/noise", test_noise);
  g_test_add_func ("/core/statistics/noise-around-a-slope", test_noise_around_a_slope);
  g_test_add_func ("/core/statistics/mean-error", test_mean_error);

  return g_test_run ();
}
