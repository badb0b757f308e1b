/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What x can count: which steps are round, and how places are written on the axis and at the
 * cursor. */

#include <math.h>

#include "atelier-chart-private.h"

static char *
join_labels (AtelierChartUnit unit,
             double           min,
             double           max,
             guint            n_wanted)
{
  AtelierChart chart = { .x_min = min, .x_max = max, .x_unit = unit };
  GString *labels = g_string_new (NULL);
  AtelierAxis axis;

  atelier_axis_init_x (&axis, &chart);
  atelier_axis_set_x_ticks (&axis, n_wanted);
  for (guint i = 0; i < axis.n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (&axis, i);

      g_string_append_printf (labels, "%s%s", i > 0 ? " " : "", label);
    }

  return g_string_free (labels, FALSE);
}

typedef struct
{
  double      min;
  double      max;
  const char *expected;
} Case;

static void
check_cases (AtelierChartUnit  unit,
             const Case       *cases,
             guint             n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *labels = join_labels (unit, cases[i].min, cases[i].max, 5);

      g_assert_cmpstr (labels, ==, cases[i].expected);
    }
}

static void
test_images (void)
{
  static const Case cases[] = {
    { 0, 55000, "0 20k 40k" },
    { 0, 550000, "0 200k 400k" },
    { 0, 5.5e6, "0 2M 4M" },
    { 1.0e6, 1.2e6, "1.00M 1.05M 1.10M 1.15M 1.20M" },
    { 0, 640, "0 200 400 600" },
    { 0, 5e9, "0 1G 2G 3G 4G 5G" },
    /* At so deep a zoom the short form would be the longer one. */
    { 5500000, 5500200, "5500000 5500050 5500100 5500150 5500200" },
  };

  check_cases (ATELIER_X_IMAGES, cases, G_N_ELEMENTS (cases));
}

static void
test_seconds (void)
{
  static const Case cases[] = {
    { 0, 0.5, "0.0\u00a0s 0.1\u00a0s 0.2\u00a0s 0.3\u00a0s 0.4\u00a0s 0.5\u00a0s" },
    { 0, 42, "0\u00a0s 10\u00a0s 20\u00a0s 30\u00a0s 40\u00a0s" },
    { 0, 80, "0:00 0:30 1:00" },
    { 70, 80, "1:10 1:12 1:14 1:16 1:18 1:20" },
    { 79.0, 80.0, "1:19.0 1:19.2 1:19.4 1:19.6 1:19.8 1:20.0" },
    { 0, 5400, "0:00 30:00 1:00:00 1:30:00" },
    { 0, 200000, "0:00 12:00:00 24:00:00 36:00:00 48:00:00" },
  };

  check_cases (ATELIER_X_SECONDS, cases, G_N_ELEMENTS (cases));
}

/* Over all magnitudes: at most one tick more than asked for, ascending, with different labels. */
static void
test_sweep (void)
{
  for (double range = 1e-3; range < 1e9; range *= 1.31)
    for (guint unit = ATELIER_X_EPOCHS; unit <= ATELIER_X_SECONDS; unit++)
      for (double min = 0.0; min <= range * 30.0; min += range * 9.7)
        {
          AtelierChart chart = { .x_min = min, .x_max = min + range, .x_unit = unit };
          g_autofree char *last = NULL;
          AtelierAxis axis;

          atelier_axis_init_x (&axis, &chart);
          atelier_axis_set_x_ticks (&axis, 6);
          g_assert_cmpuint (axis.n_ticks, <=, 7);
          for (guint i = 0; i < axis.n_ticks; i++)
            {
              g_autofree char *label = atelier_axis_format_tick (&axis, i);

              g_assert_cmpfloat (axis.ticks[i], >=, axis.min);
              g_assert_cmpfloat (axis.ticks[i], <=, axis.max);
              if (i > 0)
                g_assert_cmpfloat (axis.ticks[i], >, axis.ticks[i - 1]);
              /* Labels have at most three digits after the point: those of a narrower range may be
               * equal. */
              if (range >= 0.05)
                g_assert_cmpstr (label, !=, last);
              g_free (last);
              last = g_strdup (label);
            }
        }
}

static void
test_places_in_full (void)
{
  static const struct
  {
    AtelierChartUnit unit;
    double           value;
    const char      *expected;
  } cases[] = {
    { ATELIER_X_EPOCHS, 7.0, "epoch 7" },
    { ATELIER_X_EPOCHS, 7.25, "epoch 7.25" },
    { ATELIER_X_IMAGES, 1.0, "1 image" },
    { ATELIER_X_IMAGES, 385000.0, "385000 images" },
    { ATELIER_X_SECONDS, 4.26, "4.3\u00a0s" },
    { ATELIER_X_SECONDS, 42.4, "42\u00a0s" },
    { ATELIER_X_SECONDS, 59.7, "1:00" },
    { ATELIER_X_SECONDS, 83.2, "1:23" },
    { ATELIER_X_SECONDS, 3599.6, "1:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = atelier_chart_unit_format (cases[i].unit, cases[i].value);

      g_assert_cmpstr (words, ==, cases[i].expected);
    }
}

static void
test_titles_differ (void)
{
  const char *epochs = atelier_chart_unit_get_title (ATELIER_X_EPOCHS);
  const char *images = atelier_chart_unit_get_title (ATELIER_X_IMAGES);
  const char *seconds = atelier_chart_unit_get_title (ATELIER_X_SECONDS);

  g_assert_cmpstr (epochs, !=, images);
  g_assert_cmpstr (images, !=, seconds);
  g_assert_cmpstr (seconds, !=, epochs);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/chart-unit/images", test_images);
  g_test_add_func ("/render/chart-unit/seconds", test_seconds);
  g_test_add_func ("/render/chart-unit/sweep", test_sweep);
  g_test_add_func ("/render/chart-unit/places-in-full", test_places_in_full);
  g_test_add_func ("/render/chart-unit/titles-differ", test_titles_differ);

  return g_test_run ();
}
