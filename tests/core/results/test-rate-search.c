/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searches for a learning rate on losses that are made: the rates, the smoothing, the end, and
 * which rates are good. */

#include <math.h>

#include "results/atelier-rate-search.h"

#define N_STEPS 600

/* A loss that falls along a logistic curve in log10 (rate), steepest at @centre, and rises behind
 * 10^0. */
static double
make_loss (double rate,
           double centre)
{
  const double x = log10 (rate);

  return 0.5 + 2.0 / (1.0 + exp (4.0 * (x - centre))) + (x > 0.0 ? 30.0 * x : 0.0);
}

static AtelierRateSearch *
search_with (double centre)
{
  AtelierRateSearch *search = atelier_rate_search_new (1e-6, 10.0, N_STEPS);
  double rate;

  while ((rate = atelier_rate_search_get_rate (search)) > 0.0)
    atelier_rate_search_add (search, make_loss (rate, centre));
  return search;
}

static void
test_rates (void)
{
  g_autoptr (AtelierRateSearch) search = atelier_rate_search_new (1e-4, 1.0, 5);
  const double expected[] = { 1e-4, 1e-3, 1e-2, 1e-1, 1.0 };

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpfloat_with_epsilon (atelier_rate_search_get_rate (search) / expected[i], 1.0,
                                      1e-12);
      atelier_rate_search_add (search, 1.0);
    }
  g_assert_cmpfloat (atelier_rate_search_get_rate (search), ==, 0.0);
  g_assert_cmpuint (atelier_rate_search_get_n (search), ==, 5);
}

/* m = 0.02, 0.0396 and 0.078808 for losses of 1, 1 and 2. */
static void
test_smoothing (void)
{
  g_autoptr (AtelierRateSearch) search = atelier_rate_search_new (1e-4, 1.0, 5);

  atelier_rate_search_add (search, 1.0);
  atelier_rate_search_add (search, 1.0);
  atelier_rate_search_add (search, 2.0);
  g_assert_cmpfloat_with_epsilon (atelier_rate_search_get_point (search, 0)->smoothed, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (atelier_rate_search_get_point (search, 1)->smoothed, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (atelier_rate_search_get_point (search, 2)->smoothed,
                                  0.078808 / (1.0 - 0.98 * 0.98 * 0.98), 1e-12);
}

/* Above four times the least, or no number. */
static void
test_end (void)
{
  const double last[] = { 500.0, INFINITY, NAN };

  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    {
      g_autoptr (AtelierRateSearch) search = atelier_rate_search_new (1e-4, 1.0, 100);

      atelier_rate_search_add (search, 1.0);
      g_assert_cmpfloat (atelier_rate_search_get_rate (search), >, 0.0);
      atelier_rate_search_add (search, last[i]);
      g_assert_cmpfloat (atelier_rate_search_get_rate (search), ==, 0.0);
    }
}

/* The smoothing moves the steepest fall to higher rates, by less than its length of 50 steps. */
static void
test_advice (void)
{
  for (double centre = -4.0; centre <= -1.5; centre += 0.5)
    {
      g_autoptr (AtelierRateSearch) search = search_with (centre);
      const double lag = 50.0 * 7.0 / N_STEPS;
      AtelierRateAdvice advice;

      g_assert_true (atelier_rate_search_advise (search, &advice));
      g_assert_cmpfloat (log10 (advice.steepest), >, centre);
      g_assert_cmpfloat (log10 (advice.steepest), <, centre + lag);
      g_assert_cmpfloat (advice.lowest, <, advice.steepest / 1.3);
      g_assert_cmpfloat (advice.highest, >, advice.steepest * 1.3);
      g_assert_cmpfloat (advice.highest, <, 1.0);
    }
}

static void
test_no_advice (void)
{
  g_autoptr (AtelierRateSearch) none = atelier_rate_search_new (1e-4, 1.0, 100);
  g_autoptr (AtelierRateSearch) flat = atelier_rate_search_new (1e-4, 1.0, 100);
  g_autoptr (AtelierRateSearch) rising = atelier_rate_search_new (1e-4, 1.0, 100);
  AtelierRateAdvice advice;

  for (guint i = 0; i < 100; i++)
    atelier_rate_search_add (flat, 1.0);
  for (guint i = 0; i < 100; i++)
    atelier_rate_search_add (rising, 1.0 + i * 0.001);
  g_assert_false (atelier_rate_search_advise (none, &advice));
  g_assert_false (atelier_rate_search_advise (flat, &advice));
  g_assert_false (atelier_rate_search_advise (rising, &advice));
}

static void
test_copy (void)
{
  g_autoptr (AtelierRateSearch) search = atelier_rate_search_new (1e-4, 1.0, 3);
  g_autoptr (AtelierRateSearch) copy = NULL;

  atelier_rate_search_add (search, 1.0);
  copy = atelier_rate_search_copy (search);
  atelier_rate_search_add (search, 2.0);
  g_assert_cmpuint (atelier_rate_search_get_n (copy), ==, 1);
  atelier_rate_search_add (copy, 2.0);
  g_assert_cmpfloat (atelier_rate_search_get_point (copy, 1)->smoothed, ==,
                     atelier_rate_search_get_point (search, 1)->smoothed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/rate-search/rates", test_rates);
  g_test_add_func ("/core/rate-search/smoothing", test_smoothing);
  g_test_add_func ("/core/rate-search/end", test_end);
  g_test_add_func ("/core/rate-search/advice", test_advice);
  g_test_add_func ("/core/rate-search/no-advice", test_no_advice);
  g_test_add_func ("/core/rate-search/copy", test_copy);

  return g_test_run ();
}
