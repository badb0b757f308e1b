/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers for people, in the C locale. */

#include "base/atelier-format.h"

/* Compares and frees. */
static void
assert_text (char *actual,
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

/* Rounded up, so that nothing is left only at the end. */
static void
test_duration (void)
{
  assert_text (atelier_format_duration (0.0), "0:00");
  assert_text (atelier_format_duration (0.1), "0:01");
  assert_text (atelier_format_duration (59.5), "1:00");
  assert_text (atelier_format_duration (3723.0), "1:02:03");
  assert_text (atelier_format_duration (-5.0), "0:00");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/format/count", test_count);
  g_test_add_func ("/core/format/large", test_large);
  g_test_add_func ("/core/format/duration", test_duration);

  return g_test_run ();
}
