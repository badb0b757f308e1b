/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Round numbers: ticks over a sweep of ranges, as decimal numbers, and where there is no range. */

#include <math.h>

#include "atelier-chart.h"

/* Whether @value is 1, 2 or 5 times a power of ten. */
static gboolean
is_round_step (double value)
{
  double mantissa = value / pow (10.0, floor (log10 (value) + 1e-6));

  return fabs (mantissa - 1.0) < 1e-4 || fabs (mantissa - 2.0) < 1e-4
         || fabs (mantissa - 5.0) < 1e-4;
}

static void
assert_good_ticks (double min,
                   double max,
                   guint  n_wanted)
{
  double ticks[32], step;
  guint n = atelier_chart_get_ticks (min, max, n_wanted, ticks);

  g_assert_cmpuint (n, <=, 32);
  /* A range of a step or more has a tick, and at most 1.6 times the number that was wanted. */
  g_assert_cmpuint (n, <=, n_wanted * 1.6 + 1.0);
  if (n_wanted >= 4)
    g_assert_cmpuint (n, >=, 2);

  step = n >= 2 ? ticks[1] - ticks[0] : 1.0;
  g_assert_true (is_round_step (step));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (ticks[i], >=, min);
      g_assert_cmpfloat (ticks[i], <=, max);
      if (i > 0)
        g_assert_cmpfloat_with_epsilon (ticks[i] - ticks[i - 1], step, step * 1e-4);
    }
  if (n >= 2)
    g_assert_cmpfloat_with_epsilon (remainder (ticks[0], step), 0.0, step * 1e-4);
}

static void
test_ticks_sweep (void)
{
  static const double starts[] = { 0.0, 0.1, -3.7, 1234.5, -1e6, 0.00321 };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    for (double range = MAX (fabs (starts[i]) * 1e-4, 1e-3); range < 1e9; range *= 1.37)
      for (guint n_wanted = 1; n_wanted <= 40; n_wanted++)
        assert_good_ticks (starts[i], starts[i] + range, n_wanted);
}

static void
test_ticks_are_decimal_numbers (void)
{
  static const double expected[] = { 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7 };
  double ticks[32];

  g_assert_cmpuint (atelier_chart_get_ticks (0.0, 0.7, 7, ticks), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (ticks[i], ==, expected[i]);
}

static void
test_ticks_degenerate (void)
{
  double ticks[32];

  g_assert_cmpuint (atelier_chart_get_ticks (2.0, 2.0, 5, ticks), ==, 1);
  g_assert_cmpfloat (ticks[0], ==, 2.0);
  g_assert_cmpuint (atelier_chart_get_ticks (3.0, 2.0, 5, ticks), ==, 0);
  g_assert_cmpuint (atelier_chart_get_ticks (0.0, 1.0, 0, ticks), ==, 0);
  g_assert_cmpuint (atelier_chart_get_ticks (NAN, 1.0, 5, ticks), ==, 0);
  g_assert_cmpuint (atelier_chart_get_ticks (0.0, INFINITY, 5, ticks), ==, 0);
  g_assert_cmpuint (atelier_chart_get_ticks (-1e308, 1.7e308, 5, ticks), <=, 32);
  g_assert_cmpuint (atelier_chart_get_ticks (1e16, 1e16 + 4.0, 5, ticks), <=, 32);
  g_assert_cmpuint (atelier_chart_get_ticks (0.0, 1e-320, 5, ticks), <=, 32);
  g_assert_cmpuint (atelier_chart_get_ticks (0.0, 1.0, G_MAXUINT, ticks), <=, 32);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/chart-round/ticks/sweep", test_ticks_sweep);
  g_test_add_func ("/render/chart-round/ticks/are-decimal-numbers", test_ticks_are_decimal_numbers);
  g_test_add_func ("/render/chart-round/ticks/degenerate", test_ticks_degenerate);

  return g_test_run ();
}
