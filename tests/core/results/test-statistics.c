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

/* In points. */
static void
test_difference (void)
{
  double difference, low, high;

  atelier_statistics_get_difference (100, 140, 5000, &difference, &low, &high);
  g_assert_cmpfloat_with_epsilon (100.0 * difference, 0.7997, 5e-5);
  g_assert_cmpfloat_with_epsilon (100.0 * low, 0.1905, 5e-5);
  g_assert_cmpfloat_with_epsilon (100.0 * high, 1.4088, 5.1e-5);
  atelier_statistics_get_difference (22, 38, 5000, &difference, &low, &high);
  g_assert_cmpfloat_with_epsilon (100.0 * low, 0.0115, 5e-5);
  g_assert_cmpfloat_with_epsilon (100.0 * high, 0.6283, 5e-5);
  atelier_statistics_get_difference (140, 100, 5000, &difference, &low, &high);
  g_assert_cmpfloat_with_epsilon (100.0 * high, -0.1905, 5e-5);
  /* Without any difference there still is an interval. */
  atelier_statistics_get_difference (0, 0, 10, &difference, &low, &high);
  g_assert_cmpfloat (difference, ==, 0.0);
  g_assert_cmpfloat (high, >, 0.0);
}

static void
test_best_of_many (void)
{
  g_assert_cmpfloat (atelier_statistics_get_expected_largest (1), ==, 0.0);
  /* 1 / sqrt (pi) */
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_expected_largest (2), 0.5641896, 1e-7);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_expected_largest (10), 1.53875, 5e-6);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_expected_largest (30), 2.04276, 5e-6);
  /* s = 0.3162 points: 250 of 5,000 pictures changed. */
  g_assert_cmpfloat_with_epsilon (100.0 * atelier_statistics_get_optimism (10, 250, 5000), 0.344,
                                  5e-4);
}

/* Candidates that are equally good: the chosen one's figure is too high on the pictures that it was
 * chosen by, and is not out of the bag.  One that is far better stays so. */
static void
test_out_of_bag (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint8 pictures[21][1000];
  const guint8 *right[21];
  AtelierOutOfBag result, again;
  double best = 0.0, mean = 0.0;

  for (guint k = 0; k < 20; k++)
    {
      guint n_right = 0;

      right[k] = pictures[k];
      for (guint i = 0; i < 1000; i++)
        n_right += pictures[k][i] = g_rand_double (rand) < 0.8;
      best = MAX (best, n_right / 1000.0);
      mean += n_right / 1000.0 / 20.0;
    }
  atelier_statistics_choose_out_of_bag (right, 20, 1000, 1000, 1, &result);
  atelier_statistics_choose_out_of_bag (right, 20, 1000, 1000, 1, &again);
  g_assert_cmpfloat (result.mean, ==, again.mean);
  g_assert_cmpfloat (result.mean, <, best);
  g_assert_cmpfloat_with_epsilon (result.mean, mean, 0.015);
  g_assert_cmpfloat (result.low, <, result.mean);
  g_assert_cmpfloat (result.high, >, result.mean);

  right[20] = pictures[20];
  for (guint i = 0; i < 1000; i++)
    pictures[20][i] = i % 20 != 0;
  atelier_statistics_choose_out_of_bag (right, 21, 1000, 1000, 1, &result);
  g_assert_cmpfloat_with_epsilon (result.mean, 0.95, 0.002);
}

static void
test_mean (void)
{
  const double values[] = { 1.0, 2.0, 6.0 };
  double mean, deviation;

  atelier_statistics_get_mean (values, 3, &mean, &deviation);
  g_assert_cmpfloat (mean, ==, 3.0);
  g_assert_cmpfloat_with_epsilon (deviation, sqrt (7.0), 1e-15);
  atelier_statistics_get_mean (values, 1, &mean, &deviation);
  g_assert_cmpfloat (mean, ==, 1.0);
  g_assert_true (isnan (deviation));
  atelier_statistics_get_mean (NULL, 0, &mean, &deviation);
  g_assert_true (isnan (mean));
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_half_width (0.5, 3), 1.2421, 5e-5);
  /* t with 1 and with 30 degrees of freedom: 12.7062, 2.04227. */
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_half_width (sqrt (2.0), 2), 12.7062,
                                  5e-5);
  g_assert_cmpfloat_with_epsilon (atelier_statistics_get_half_width (sqrt (31.0), 31), 2.04227,
                                  5e-6);
  g_assert_true (isnan (atelier_statistics_get_half_width (0.5, 1)));
}

static void
test_groups (void)
{
  AtelierWelch welch;

  g_assert_true (atelier_statistics_compare_groups (88.57, 0.15, 3, 90.61, 0.50, 3, &welch));
  g_assert_cmpfloat_with_epsilon (welch.difference, 2.04, 1e-12);
  g_assert_cmpfloat_with_epsilon (welch.t, 6.7687, 5e-5);
  g_assert_cmpfloat_with_epsilon (welch.df, 2.3571, 5e-5);
  g_assert_cmpfloat_with_epsilon (welch.p, 0.01356, 5e-6);
  g_assert_cmpfloat (welch.low, >, 0.0);
  g_assert_cmpfloat_with_epsilon ((welch.low + welch.high) / 2.0, 2.04, 1e-9);
  g_assert_false (atelier_statistics_compare_groups (1.0, 0.1, 1, 2.0, 0.1, 3, &welch));
  g_assert_false (atelier_statistics_compare_groups (1.0, 0.0, 3, 2.0, 0.0, 3, &welch));
  /* One group without spread. */
  g_assert_true (atelier_statistics_compare_groups (1.0, 0.0, 3, 2.0, 0.5, 3, &welch));
  g_assert_cmpfloat_with_epsilon (welch.df, 2.0, 1e-12);
}

static void
test_adjust (void)
{
  double p[] = { 0.03, 0.001, 0.04, 0.01 };
  double all[] = { 0.9, 0.8 };

  atelier_statistics_adjust (p, 4);
  g_assert_cmpfloat_with_epsilon (p[1], 0.004, 1e-15);
  g_assert_cmpfloat_with_epsilon (p[3], 0.03, 1e-15);
  g_assert_cmpfloat_with_epsilon (p[0], 0.06, 1e-15);
  g_assert_cmpfloat_with_epsilon (p[2], 0.06, 1e-15);
  atelier_statistics_adjust (all, 2);
  g_assert_cmpfloat (all[0], ==, 1.0);
  g_assert_cmpfloat (all[1], ==, 1.0);
  atelier_statistics_adjust (NULL, 0);
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

  g_test_add_func ("/core/statistics/difference", test_difference);
  g_test_add_func ("/core/statistics/best-of-many", test_best_of_many);
  g_test_add_func ("/core/statistics/out-of-bag", test_out_of_bag);
  g_test_add_func ("/core/statistics/mean", test_mean);
  g_test_add_func ("/core/statistics/groups", test_groups);
  g_test_add_func ("/core/statistics/adjust", test_adjust);

  return g_test_run ();
}
