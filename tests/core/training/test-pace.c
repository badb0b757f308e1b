/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pace: steady and changing speeds, and when a forecast is given. */

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

  return g_test_run ();
}
