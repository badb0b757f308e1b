/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people, in the C locale. */

#include <math.h>

#include "base/atelier-format.h"

/* Compares and frees. */
static void
assert_text (char       *actual,
             const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_count (void)
{
  assert_text (atelier_format_count (0), "0");
  assert_text (atelier_format_count (999), "999");
  assert_text (atelier_format_count (1000), "1,000");
  assert_text (atelier_format_count (55000), "55,000");
  assert_text (atelier_format_count (G_MAXUINT64), "18,446,744,073,709,551,615");
}

static void
test_large (void)
{
  assert_text (atelier_format_large (999999), "999,999");
  assert_text (atelier_format_large (1230000), "1.2 M");
  assert_text (atelier_format_large (4500000000), "4.5 G");
}

static void
test_percent (void)
{
  assert_text (atelier_format_percent (0.9034, 2), "90.34 %");
  assert_text (atelier_format_percent (0.9034, 1), "90.3 %");
  assert_text (atelier_format_percent (0.9034, 0), "90 %");
  assert_text (atelier_format_percent (1.0, 2), "100.00 %");
  assert_text (atelier_format_percent (0.0, 1), "0.0 %");
  assert_text (atelier_format_percent (NAN, 2), "–");
}

static void
test_loss (void)
{
  assert_text (atelier_format_loss (0.268), "0.2680");
  assert_text (atelier_format_loss (9.5), "9.5000");
  assert_text (atelier_format_loss (48.236), "48.24");
  assert_text (atelier_format_loss (INFINITY), "–");
}

/* A small loss is not written as 0, and 0 not as a small loss. */
static void
test_loss_short (void)
{
  assert_text (atelier_format_loss_short (0.26849), "0.268");
  assert_text (atelier_format_loss_short (0.01), "0.010");
  assert_text (atelier_format_loss_short (0.00268), "0.00268");
  assert_text (atelier_format_loss_short (0.0), "0.000");
  assert_text (atelier_format_loss_short (48.236), "48.236");
  assert_text (atelier_format_loss_short (NAN), "–");
}

static void
test_duration (void)
{
  assert_text (atelier_format_duration (0.0), "0.0 s");
  assert_text (atelier_format_duration (6.34), "6.3 s");
  assert_text (atelier_format_duration (10.0), "0:10");
  assert_text (atelier_format_duration (59.4), "0:59");
  assert_text (atelier_format_duration (59.5), "1:00");
  assert_text (atelier_format_duration (3722.6), "1:02:03");
  assert_text (atelier_format_duration (-5.0), "0.0 s");
  assert_text (atelier_format_duration (NAN), "–");
}

/* Rounded up: 0:00 only where nothing is left. */
static void
test_time_left (void)
{
  assert_text (atelier_format_time_left (0.0), "0:00");
  assert_text (atelier_format_time_left (0.1), "0:01");
  assert_text (atelier_format_time_left (59.0), "0:59");
  assert_text (atelier_format_time_left (59.1), "1:00");
  assert_text (atelier_format_time_left (3723.0), "1:02:03");
  assert_text (atelier_format_time_left (-5.0), "0:00");
  assert_text (atelier_format_time_left (1e300), "277777:46:40");
  assert_text (atelier_format_time_left (INFINITY), "–");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/format/count", test_count);
  g_test_add_func ("/core/format/large", test_large);
  g_test_add_func ("/core/format/percent", test_percent);
  g_test_add_func ("/core/format/loss", test_loss);
  g_test_add_func ("/core/format/loss-short", test_loss_short);
  g_test_add_func ("/core/format/duration", test_duration);
  g_test_add_func ("/core/format/time-left", test_time_left);

  return g_test_run ();
}
