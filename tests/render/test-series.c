/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points of a series: their values, however stored, and which is nearest to a place. */

#include <math.h>

#include "atelier-chart.h"

static void
test_series_values (void)
{
  static const double x[] = { 1.0, 2.5, 7.0 };
  static const float y[] = { 0.5f, NAN, 2.0f };
  static const double training[] = { 0.556, 0.378, 0.340, 0.315, 0.299, 0.285, 0.275 };
  AtelierSeries uneven = { "a", ATELIER_SERIES_TRAINING, 3, x, 9.0, 9.0, NULL, y };
  AtelierSeries even = { "b", ATELIER_SERIES_TRAINING, 7, NULL, 1.0, 0.5, training, NULL };

  g_assert_cmpfloat (atelier_series_get_x (&uneven, 1), ==, 2.5);
  g_assert_cmpfloat (atelier_series_get_y (&uneven, 2), ==, 2.0);
  g_assert_cmpfloat (atelier_series_get_x (&even, 4), ==, 3.0);
  g_assert_cmpfloat (atelier_series_get_y (&even, 1), ==, 0.378);
}

static void
test_nearest (void)
{
  static const double x[] = { 1.0, 2.0, 3.0, 4.0, 10.0 };
  static const double y[] = { 0.5, NAN, INFINITY, 0.1, NAN };
  AtelierSeries series = { "a", ATELIER_SERIES_TRAINING, 5, x, 0.0, 0.0, y, NULL };

  g_assert_cmpint (atelier_series_get_nearest (&series, -100.0), ==, 0);
  g_assert_cmpint (atelier_series_get_nearest (&series, 1.9), ==, 0);
  g_assert_cmpint (atelier_series_get_nearest (&series, 2.0), ==, 0);
  g_assert_cmpint (atelier_series_get_nearest (&series, 2.6), ==, 3);
  g_assert_cmpint (atelier_series_get_nearest (&series, 10.0), ==, 3);
  g_assert_cmpint (atelier_series_get_nearest (&series, INFINITY), ==, 3);
  g_assert_cmpint (atelier_series_get_nearest (&series, NAN), ==, -1);
}

static void
test_nearest_of_none (void)
{
  static const double gaps[] = { NAN, INFINITY, -INFINITY };
  AtelierSeries none = { "a", ATELIER_SERIES_TRAINING, 0, NULL, 0.0, 1.0, gaps, NULL };
  AtelierSeries only_gaps = { "a", ATELIER_SERIES_TRAINING, 3, NULL, 0.0, 1.0, gaps, NULL };

  g_assert_cmpint (atelier_series_get_nearest (&none, 1.0), ==, -1);
  g_assert_cmpint (atelier_series_get_nearest (&only_gaps, 1.0), ==, -1);
}

/* Compared with a search through every point. */
static void
test_nearest_of_many (void)
{
  g_autofree float *y = g_new (float, 1000);
  AtelierSeries series = { "a", ATELIER_SERIES_FAINT, 1000, NULL, 3.0, 0.013, NULL, y };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 1000; i++)
    y[i] = g_rand_int_range (random, 0, 3) > 0 ? NAN : 1.0f;

  for (guint i = 0; i < 500; i++)
    {
      double x = g_rand_double_range (random, 2.0, 18.0), best = INFINITY;
      int nearest = atelier_series_get_nearest (&series, x);

      for (guint j = 0; j < 1000; j++)
        if (isfinite (y[j]))
          best = MIN (best, fabs (atelier_series_get_x (&series, j) - x));
      g_assert_cmpint (nearest, >=, 0);
      g_assert_true (isfinite (y[nearest]));
      g_assert_cmpfloat (fabs (atelier_series_get_x (&series, (guint) nearest) - x), ==, best);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/series/values", test_series_values);
  g_test_add_func ("/render/series/nearest", test_nearest);
  g_test_add_func ("/render/series/nearest-of-none", test_nearest_of_none);
  g_test_add_func ("/render/series/nearest-of-many", test_nearest_of_many);

  return g_test_run ();
}
