/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pace: steady and changing speeds, when a forecast is given, and what a stop does to it.  The
 * clock is the durations that a test adds. */

#include <math.h>

#include "training/atelier-pace-private.h"

static void
test_unknown (void)
{
  const AtelierPace pace = { 0 };

  g_assert_true (atelier_pace_get_images_per_second (&pace) == 0.0);
  g_assert_true (isnan (atelier_pace_estimate_seconds (&pace, 100.0, 10.0, 0.001)));
}

static void
test_steady (void)
{
  AtelierPace pace = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      atelier_pace_add (&pace, 50.0, 0.05);
      g_assert_cmpfloat_with_epsilon (atelier_pace_get_images_per_second (&pace), 1000.0, 1e-6);
    }
}

static void
test_follows_a_change (void)
{
  AtelierPace pace = { 0 };

  for (guint i = 0; i < 100; i++)
    atelier_pace_add (&pace, 50.0, 0.05);
  for (guint i = 0; i < 400; i++)
    atelier_pace_add (&pace, 25.0, 0.05);

  g_assert_cmpfloat_with_epsilon (atelier_pace_get_images_per_second (&pace), 500.0, 0.1);
}

/* A slow moment among many fast ones counts by its duration. */
static void
test_weighs_by_duration (void)
{
  AtelierPace pace = { 0 };

  atelier_pace_add (&pace, 1000.0, 0.001);
  atelier_pace_add (&pace, 1.0, 0.0);
  atelier_pace_add (&pace, 99.0, 0.099);

  g_assert_cmpfloat_with_epsilon (atelier_pace_get_images_per_second (&pace), 11000.0, 600.0);
}

static void
test_needs_a_basis (void)
{
  AtelierPace pace = { 0 };

  atelier_pace_add (&pace, 100.0, 0.2);
  g_assert_true (isnan (atelier_pace_estimate_seconds (&pace, 500.0, 0.0, NAN)));
  atelier_pace_add (&pace, 50.0, 0.1);
  g_assert_cmpfloat_with_epsilon (atelier_pace_estimate_seconds (&pace, 500.0, 0.0, NAN), 1.0,
                                  1e-9);
}

static void
test_counts_validation (void)
{
  AtelierPace pace = { 0 };

  atelier_pace_add (&pace, 1000.0, 1.0);
  g_assert_cmpfloat_with_epsilon (atelier_pace_estimate_seconds (&pace, 500.0, 300.0, NAN), 0.6,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_pace_estimate_seconds (&pace, 500.0, 300.0, 0.01), 3.5,
                                  1e-9);
}

static void
test_no_image_yet (void)
{
  AtelierPace pace = { 0 };

  atelier_pace_add (&pace, 0.0, 5.0);
  g_assert_true (isnan (atelier_pace_estimate_seconds (&pace, 500.0, 300.0, 0.01)));
}

/* Trains @n_seconds at 1,000 images a second. */
static void
train (AtelierPace *pace,
       guint        n_seconds)
{
  for (guint i = 0; i < 10 * n_seconds; i++)
    atelier_pace_add (pace, 100.0, 0.1);
}

/* SIGSTOP for a moment, a minute, a night: the time left is right with the next report. */
static void
test_stop (gconstpointer data)
{
  const double stopped = GPOINTER_TO_UINT (data);
  AtelierPace pace = { 0 };

  train (&pace, 3);
  atelier_pace_add (&pace, 100.0, 0.1 + stopped);
  g_assert_cmpfloat_with_epsilon (atelier_pace_estimate_seconds (&pace, 60000.0, 0.0, NAN), 60.0,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (pace.trained_seconds, 3.1, 1e-6);
}

/* Another stop, when the program has worked for a while. */
static void
test_stop_again (void)
{
  AtelierPace pace = { 0 };

  train (&pace, 3);
  for (guint i = 0; i < 5; i++)
    {
      atelier_pace_add (&pace, 100.0, 100.0);
      train (&pace, 3);
      g_assert_cmpfloat_with_epsilon (atelier_pace_get_images_per_second (&pace), 1000.0, 1e-6);
    }
}

/* The first batch alone is enough to know a stop by. */
static void
test_stop_early (void)
{
  AtelierPace pace = { 0 };

  atelier_pace_add (&pace, 100.0, 0.1);
  atelier_pace_add (&pace, 100.0, 600.0);
  train (&pace, 1);
  g_assert_cmpfloat_with_epsilon (atelier_pace_estimate_seconds (&pace, 60000.0, 0.0, NAN), 60.0,
                                  1e-6);
}

/* A machine that is slow from now on is believed at its second word. */
static void
test_slow_is_no_stop (void)
{
  AtelierPace pace = { 0 };

  train (&pace, 3);
  atelier_pace_add (&pace, 100.0, 4.0);
  atelier_pace_add (&pace, 100.0, 4.0);
  g_assert_cmpfloat (atelier_pace_get_images_per_second (&pace), <, 100.0);
  atelier_pace_add (&pace, 100.0, 4.0);
  g_assert_cmpfloat_with_epsilon (atelier_pace_get_images_per_second (&pace), 25.0, 10.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/pace/unknown", test_unknown);
  g_test_add_func ("/core/pace/steady", test_steady);
  g_test_add_func ("/core/pace/change", test_follows_a_change);
  g_test_add_func ("/core/pace/duration", test_weighs_by_duration);
  g_test_add_func ("/core/pace/basis", test_needs_a_basis);
  g_test_add_func ("/core/pace/validation", test_counts_validation);
  g_test_add_func ("/core/pace/no-image", test_no_image_yet);
  g_test_add_data_func ("/core/pace/stop/second", GUINT_TO_POINTER (1), test_stop);
  g_test_add_data_func ("/core/pace/stop/minute", GUINT_TO_POINTER (60), test_stop);
  g_test_add_data_func ("/core/pace/stop/night", GUINT_TO_POINTER (30000), test_stop);
  g_test_add_func ("/core/pace/stop/again", test_stop_again);
  g_test_add_func ("/core/pace/stop/early", test_stop_early);
  g_test_add_func ("/core/pace/stop/slow", test_slow_is_no_stop);

  return g_test_run ();
}
