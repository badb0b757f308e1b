/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Axes: the range that is fitted to what is shown, and the labels of its ticks. */

#include <math.h>

#include "atelier-chart-private.h"

/* Ranges */

typedef struct
{
  const char *title;
  double      training[4];
  gboolean    is_percent;
  gboolean    is_log;
  double      min;
  double      max;
} RangeCase;

static AtelierChartLayout
get_layout (const AtelierSeries *series,
            guint                n_series,
            gboolean             is_percent,
            gboolean             is_log)
{
  AtelierChart chart = { .series = series, .n_series = n_series, .x_min = 0.0, .x_max = 10.0,
                         .is_percent = is_percent, .is_log = is_log, .y_min = NAN, .y_max = NAN };
  AtelierChartLayout layout;

  atelier_chart_get_layout (&chart, 480.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_min, <, layout.y_max);

  return layout;
}

static void
test_fitted_range (void)
{
  static const RangeCase cases[] = {
    { "loss", { 0.556, 0.378, 0.315, 0.25 }, FALSE, FALSE, 0.2, 0.6 },
    { "accuracy", { 0.8, 0.866, 0.9, 0.91 }, TRUE, FALSE, 0.75, 0.95 },
    { "accuracy near the top", { 0.962, 0.98, 0.999, 1.0 }, TRUE, FALSE, 0.96, 1.0 },
    { "accuracy beyond what can be", { -0.5, 0.2, 0.7, 1.5 }, TRUE, FALSE, 0.0, 1.0 },
    { "negative", { -3.0, -2.0, -1.0, 0.5 }, FALSE, FALSE, -4.0, 1.0 },
    { "two decades", { 30.0, 3.0, 0.7, 0.4 }, FALSE, TRUE, 0.2, 50.0 },
    { "an octave, straight", { 0.556, 0.378, 0.315, 0.25 }, FALSE, TRUE, 0.2, 0.6 },
    { "gaps", { NAN, 0.378, INFINITY, 0.25 }, FALSE, FALSE, 0.2, 0.4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AtelierSeries series = {
        "training", ATELIER_SERIES_TRAINING, 4, NULL, 1.0, 1.0, cases[i].training, NULL
      };
      AtelierChartLayout layout = get_layout (&series, 1, cases[i].is_percent, cases[i].is_log);

      g_test_message ("%s: %g to %g", cases[i].title, layout.y_min, layout.y_max);
      g_assert_cmpfloat_with_epsilon (layout.y_min, cases[i].min, 1e-9);
      g_assert_cmpfloat_with_epsilon (layout.y_max, cases[i].max, 1e-9);
    }
}

/* A fitted range holds all values, and both its ends are ticks. */
static void
test_fitted_range_holds_values (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint i = 0; i < 3000; i++)
    {
      double scale = pow (10.0, g_rand_double_range (random, -8.0, 8.0));
      double values[2] = { g_rand_double_range (random, -1.0, 1.0) * scale,
                           g_rand_double_range (random, -1.0, 1.0) * scale };
      AtelierSeries series = {
        "training", ATELIER_SERIES_TRAINING, 2, NULL, 1.0, 1.0, values, NULL
      };
      AtelierChart chart = {
        .series = &series, .n_series = 1, .x_max = 10.0, .y_min = NAN, .y_max = NAN
      };
      AtelierAxis axis;

      atelier_axis_init_y (&axis, &chart, i % 7 + 2);
      g_assert_cmpfloat (axis.min, <=, MIN (values[0], values[1]));
      g_assert_cmpfloat (axis.max, >=, MAX (values[0], values[1]));
      g_assert_cmpuint (axis.n_ticks, >=, 2);
      g_assert_cmpfloat (axis.ticks[0], ==, axis.min);
      g_assert_cmpfloat_with_epsilon (axis.ticks[axis.n_ticks - 1], axis.max,
                                      (axis.max - axis.min) * 1e-9);
    }
}

static void
test_constant_range (void)
{
  static const double values[] = { 0.5, 0.0, -2.0, 1.0, 1e-200, 1e200 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint mode = 0; mode < 4; mode++)
      {
        double constant[3] = { values[i], values[i], values[i] };
        AtelierSeries series = { "training", ATELIER_SERIES_TRAINING, 3, NULL, 1.0, 1.0, constant,
                                 NULL };
        AtelierChartLayout layout = get_layout (&series, 1, mode & 1, mode & 2);

        if (mode == 0)
          {
            g_assert_cmpfloat (layout.y_min, <=, values[i]);
            g_assert_cmpfloat (layout.y_max, >=, values[i]);
          }
        if (mode & 1)
          {
            g_assert_cmpfloat (layout.y_min, >=, 0.0);
            g_assert_cmpfloat (layout.y_max, <=, 1.0);
          }
      }
}

static void
test_range_follows_epochs_not_batches (void)
{
  static const float batches[] = { 9.0f, 4.0f, 1.0f, 0.1f };
  static const double training[] = { 0.556, 0.25 };
  AtelierSeries series[] = {
    { NULL, ATELIER_SERIES_FAINT, 4, NULL, 0.25, 0.25, NULL, batches },
    { "training", ATELIER_SERIES_TRAINING, 0, NULL, 1.0, 1.0, training, NULL },
  };
  AtelierChartLayout before = get_layout (series, 2, FALSE, FALSE), after;

  series[1].n = 2;
  after = get_layout (series, 2, FALSE, FALSE);

  g_assert_cmpfloat (before.y_max, >=, 9.0);
  g_assert_cmpfloat_with_epsilon (after.y_max, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.y_min, 0.2, 1e-9);
}

/* The first 100 of 200 batches lie far off, the newer half around the epochs: the range holds the
 * newer half. */
static void
test_range_holds_the_bulk_of_batches (void)
{
  const double epochs[] = { 0.40, 0.35 };
  float batches[200];
  const AtelierSeries series[] = {
    {
      .style = ATELIER_SERIES_FAINT,
      .n = 200,
      .x_start = 0.01,
      .x_step = 0.01,
      .y_float = batches,
    },
    { .style = ATELIER_SERIES_TRAINING, .n = 2, .x_start = 1.0, .x_step = 1.0, .y = epochs },
  };
  const AtelierChart chart = {
    .series = series,
    .n_series = 2,
    .x_max = 10.0,
    .y_min = NAN,
    .y_max = NAN,
  };
  AtelierChartLayout layout;

  for (guint i = 0; i < 200; i++)
    batches[i] = i < 100 ? 50.0f : (i % 2 == 0 ? 0.2f : 0.6f);
  atelier_chart_get_layout (&chart, 474.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_min, <=, 0.2);
  g_assert_cmpfloat (layout.y_max, >=, 0.6);
  g_assert_cmpfloat (layout.y_max, <, 2.0);
}

static void
test_range_of_what_is_shown (void)
{
  static const double training[] = { 50.0, 0.3, 0.25, 80.0 };
  AtelierSeries series = { "training", ATELIER_SERIES_TRAINING, 4, NULL, 1.0, 1.0, training, NULL };
  AtelierChart chart = {
    .series = &series, .n_series = 1, .x_min = 1.5, .x_max = 3.5, .y_min = NAN, .y_max = NAN
  };
  AtelierChartLayout layout;

  atelier_chart_get_layout (&chart, 480.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_max, <=, 0.32);
}

static void
test_given_range (void)
{
  static const double training[] = { 0.5, 0.3 };
  AtelierSeries series = { "training", ATELIER_SERIES_TRAINING, 2, NULL, 1.0, 1.0, training, NULL };
  AtelierChart chart = {
    .series = &series, .n_series = 1, .x_max = 10.0, .y_min = 0.0, .y_max = 1.0
  };
  AtelierChartLayout layout;

  atelier_chart_get_layout (&chart, 480.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_min, ==, 0.0);
  g_assert_cmpfloat (layout.y_max, ==, 1.0);

  /* One end is given, and lies beyond the other, which is fitted. */
  chart.y_min = 7.0;
  chart.y_max = NAN;
  atelier_chart_get_layout (&chart, 480.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_min, ==, 7.0);
  g_assert_cmpfloat (layout.y_max, >, 7.0);

  chart.y_min = NAN;
  chart.y_max = -7.0;
  atelier_chart_get_layout (&chart, 480.0, 240.0, &layout);
  g_assert_cmpfloat (layout.y_max, ==, -7.0);
  g_assert_cmpfloat (layout.y_min, <, -7.0);
}

/* Labels */

static char *
join_labels (const AtelierAxis *axis)
{
  GString *labels = g_string_new (NULL);

  for (guint i = 0; i < axis->n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (axis, i);

      g_string_append_printf (labels, "%s%s", i > 0 ? " " : "", label);
    }

  return g_string_free (labels, FALSE);
}

static void
test_labels (void)
{
  static const struct
  {
    double      min;
    double      max;
    gboolean    is_percent;
    gboolean    is_log;
    const char *expected;
  } cases[] = {
    { 0.2, 0.8, FALSE, FALSE, "0.2 0.3 0.4 0.5 0.6 0.7 0.8" },
    { 0.0, 5.0, FALSE, FALSE, "0 1 2 3 4 5" },
    { 0.24, 0.32, FALSE, FALSE, "0.24 0.26 0.28 0.30 0.32" },
    { 0.75, 0.95, TRUE, FALSE, "75\u00a0% 80\u00a0% 85\u00a0% 90\u00a0% 95\u00a0%" },
    { 0.98, 1.0, TRUE, FALSE, "98.0\u00a0% 98.5\u00a0% 99.0\u00a0% 99.5\u00a0% 100.0\u00a0%" },
    { -1.0, 1.0, FALSE, FALSE, "-1.0 -0.5 0.0 0.5 1.0" },
    { 0.01, 10.0, FALSE, TRUE, "0.01 0.1 1 10" },
    { 0.1, 10.0, FALSE, TRUE, "0.1 0.2 0.5 1 2 5 10" },
    { 0.3, 0.4, FALSE, TRUE, "0.30 0.32 0.34 0.36 0.38 0.40" },
    { 0.0, 4e6, FALSE, FALSE, "0 1e+06 2e+06 3e+06 4e+06" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AtelierChart chart = { .x_max = 1.0, .y_min = cases[i].min, .y_max = cases[i].max,
                             .is_percent = cases[i].is_percent, .is_log = cases[i].is_log };
      g_autofree char *labels = NULL;
      AtelierAxis axis;

      atelier_axis_init_y (&axis, &chart, 5);
      labels = join_labels (&axis);
      g_assert_cmpstr (labels, ==, cases[i].expected);
    }
}

static void
test_epochs_are_whole (void)
{
  for (double range = 2.0; range < 5000.0; range *= 1.19)
    for (guint n_wanted = 1; n_wanted <= 10; n_wanted++)
      {
        AtelierChart chart = { .x_min = range / 3.0, .x_max = range / 3.0 + range };
        AtelierAxis axis;

        atelier_axis_init_x (&axis, &chart);
        atelier_axis_set_x_ticks (&axis, n_wanted);
        g_assert_cmpuint (axis.n_ticks, <=, n_wanted + 1);
        for (guint i = 0; i < axis.n_ticks; i++)
          g_assert_cmpfloat (axis.ticks[i], ==, round (axis.ticks[i]));
      }
}

static void
test_parts_of_an_epoch (void)
{
  AtelierChart chart = { .x_min = 4.2, .x_max = 5.1 };
  g_autofree char *labels = NULL;
  AtelierAxis axis;

  atelier_axis_init_x (&axis, &chart);
  atelier_axis_set_x_ticks (&axis, 5);
  labels = join_labels (&axis);
  g_assert_cmpstr (labels, ==, "4.2 4.4 4.6 4.8 5.0");
}

static void
test_odd_x_ranges (void)
{
  static const double ends[] = { 0.0, -1.0, NAN, INFINITY, -INFINITY, 1e308, -1e308 };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ends); j++)
      {
        AtelierChart chart = { .x_min = ends[i], .x_max = ends[j] };
        AtelierAxis axis;

        atelier_axis_init_x (&axis, &chart);
        atelier_axis_set_x_ticks (&axis, 6);
        g_assert_true (isfinite (axis.min) && isfinite (axis.max));
        g_assert_cmpfloat (axis.min, <, axis.max);
      }
}

static void
test_values (void)
{
  static const struct
  {
    gboolean    is_percent;
    double      value;
    const char *expected;
  } cases[] = {
    { FALSE, 0.2634, "0.263" }, { FALSE, 0.01, "0.010" }, { FALSE, 0.00263, "0.00263" },
    { FALSE, 0.0, "0.000" },    { FALSE, 12.0, "12.000" }, { TRUE, 0.91, "91.0\u00a0%" },
    { TRUE, 0.005, "0.5\u00a0%" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const AtelierChart chart = { .is_percent = cases[i].is_percent };
      g_autofree char *text = atelier_chart_format_value (&chart, cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/chart-axis/range/fitted", test_fitted_range);
  g_test_add_func ("/render/chart-axis/range/holds-values", test_fitted_range_holds_values);
  g_test_add_func ("/render/chart-axis/range/constant", test_constant_range);
  g_test_add_func ("/render/chart-axis/range/follows-epochs-not-batches",
                   test_range_follows_epochs_not_batches);
  g_test_add_func ("/render/chart-axis/range/holds-the-bulk-of-batches",
                   test_range_holds_the_bulk_of_batches);
  g_test_add_func ("/render/chart-axis/range/of-what-is-shown", test_range_of_what_is_shown);
  g_test_add_func ("/render/chart-axis/range/given", test_given_range);
  g_test_add_func ("/render/chart-axis/labels", test_labels);
  g_test_add_func ("/render/chart-axis/values", test_values);
  g_test_add_func ("/render/chart-axis/epochs-are-whole", test_epochs_are_whole);
  g_test_add_func ("/render/chart-axis/parts-of-an-epoch", test_parts_of_an_epoch);
  g_test_add_func ("/render/chart-axis/odd-x-ranges", test_odd_x_ranges);

  return g_test_run ();
}
