/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a history to the numbers that are drawn. */

#include "config.h"

#include <math.h>

#include "curves/atelier-curve-figures.h"

#define BATCHES_PER_EPOCH 4
#define N_IMAGES 100

typedef struct
{
  AtelierHistory      *history;
  AtelierCurveView    *view;
  AtelierCurveFigures *figures;
  AtelierSeries        series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart         chart;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->history = atelier_history_new (BATCHES_PER_EPOCH, 5);
  fixture->view = atelier_curve_view_new ();
  fixture->figures = atelier_curve_figures_new (GPOINTER_TO_INT (data));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_curve_figures_free (fixture->figures);
  g_object_unref (fixture->view);
  g_assert_finalize_object (fixture->history);
}

/* Batches of half a second each, and what they add up to. */
static void
add_epoch (Fixture *fixture,
           guint    epoch,
           double   validation)
{
  const float values[] = { 0.5f, 0.4f, 0.3f, 0.2f };
  const AtelierEpochFigures figures = {
    .epoch = epoch,
    .loss = 0.35,
    .accuracy = 0.6,
    .penalty = 0.02,
    .train_eval_loss = 0.3,
    .train_eval_accuracy = 0.7,
    .validation_loss = validation,
    .validation_accuracy = validation,
    .seconds = 0.5 * BATCHES_PER_EPOCH,
  };
  g_autoptr (AtelierEpoch) item = atelier_epoch_new (&figures, NULL, NULL);
  float seconds[BATCHES_PER_EPOCH];

  for (guint i = 0; i < BATCHES_PER_EPOCH; i++)
    seconds[i] = 0.5f * (float) (atelier_history_get_n_batches (fixture->history) + i + 1);
  atelier_history_append_batches (fixture->history, values, values, seconds, BATCHES_PER_EPOCH);
  atelier_history_append_epoch (fixture->history, item);
}

static void
describe (Fixture          *fixture,
          AtelierChartUnit  unit)
{
  g_object_set (fixture->view, "unit", unit, NULL);
  atelier_curve_figures_fill (fixture->figures, fixture->history, N_IMAGES, unit);
  atelier_curve_figures_describe (fixture->figures, fixture->view, fixture->series,
                                  &fixture->chart);
}

/* The last batch of an epoch and the epoch itself are drawn at the same place. */
static void
test_units (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { AtelierChartUnit unit; double of_epoch_2; double end; } cases[] = {
    { ATELIER_X_EPOCHS, 2.0, 5.0 },
    { ATELIER_X_IMAGES, 2.0 * N_IMAGES, 5.0 * N_IMAGES },
    { ATELIER_X_SECONDS, 4.0, 10.0 },
  };

  add_epoch (fixture, 1, 0.4);
  add_epoch (fixture, 2, 0.3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      describe (fixture, cases[i].unit);
      g_assert_cmpuint (fixture->chart.n_series, ==, 3);
      g_assert_cmpint (fixture->chart.x_unit, ==, cases[i].unit);
      g_assert_cmpfloat_with_epsilon (atelier_series_get_x (&fixture->series[0], 7),
                                      cases[i].of_epoch_2, 1e-6);
      g_assert_cmpfloat_with_epsilon (atelier_series_get_x (&fixture->series[1], 1),
                                      cases[i].of_epoch_2, 1e-6);
      g_assert_cmpfloat_with_epsilon (fixture->chart.best_x, cases[i].of_epoch_2, 1e-6);
      g_assert_cmpfloat (fixture->chart.x_min, ==, 0.0);
      g_assert_cmpfloat_with_epsilon (fixture->chart.x_max, cases[i].end, 1e-6);
    }
}

/* Without times, as in a run from a file, the curves are over epochs. */
static void
test_no_seconds (Fixture       *fixture,
                 gconstpointer  data)
{
  const float values[BATCHES_PER_EPOCH] = { 0.5f, 0.4f, 0.3f, 0.2f };
  const float seconds[BATCHES_PER_EPOCH] = { NAN, NAN, NAN, NAN };

  atelier_history_append_batches (fixture->history, values, values, seconds, BATCHES_PER_EPOCH);
  describe (fixture, ATELIER_X_SECONDS);
  g_assert_cmpint (fixture->chart.x_unit, ==, ATELIER_X_EPOCHS);
  g_assert_cmpfloat_with_epsilon (atelier_series_get_x (&fixture->series[0], 3), 1.0, 1e-6);
}

/* A run that continues from a model begins where the earlier run stopped. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  atelier_history_set_first_batch (fixture->history, 3 * BATCHES_PER_EPOCH);
  add_epoch (fixture, 4, 0.4);

  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_cmpfloat (fixture->chart.x_min, ==, 3.0);
  g_assert_cmpfloat (atelier_series_get_x (&fixture->series[0], 0), ==, 3.25);
  g_assert_cmpfloat (atelier_series_get_x (&fixture->series[0], 3), ==, 4.0);
  g_assert_cmpfloat (atelier_series_get_x (&fixture->series[1], 0), ==, 4.0);
  g_assert_cmpint (atelier_curve_figures_find (fixture->figures, 4), ==, 0);
  g_assert_cmpint (atelier_curve_figures_find (fixture->figures, 1), ==, -1);

  describe (fixture, ATELIER_X_SECONDS);
  g_assert_cmpfloat (fixture->chart.x_min, ==, 0.0);
  g_assert_cmpfloat_with_epsilon (fixture->chart.x_max, 4.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (atelier_series_get_x (&fixture->series[1], 0), 2.0, 1e-6);
}

static void
test_lines (Fixture       *fixture,
            gconstpointer  data)
{
  add_epoch (fixture, 1, 0.4);
  g_object_set (fixture->view, "train-eval", TRUE, "penalty", TRUE, "smooth", TRUE, NULL);
  describe (fixture, ATELIER_X_EPOCHS);

  g_assert_cmpuint (fixture->chart.n_series, ==, 5);
  g_assert_cmpint (fixture->series[3].style, ==, ATELIER_SERIES_TRAIN_EVAL);
  g_assert_cmpfloat (atelier_series_get_y (&fixture->series[3], 0), ==, 0.3);
  g_assert_cmpint (fixture->series[4].style, ==, ATELIER_SERIES_PENALTY);
  g_assert_cmpfloat (atelier_series_get_y (&fixture->series[4], 0), ==, 0.02);
  g_assert_cmpfloat (fixture->series[0].smoothing, >, 0.0);
  for (guint i = 1; i < fixture->chart.n_series; i++)
    g_assert_cmpfloat (fixture->series[i].smoothing, ==, 0.0);
}

static void
test_loss_scale (Fixture       *fixture,
                 gconstpointer  data)
{
  add_epoch (fixture, 1, 0.4);
  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_false (fixture->chart.is_log);
  g_assert_cmpfloat (fixture->chart.y_min, ==, 0.0);

  g_object_set (fixture->view, "log-loss", TRUE, NULL);
  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_true (fixture->chart.is_log);
  g_assert_true (isnan (fixture->chart.y_min));
}

/* The penalty is a loss and no accuracy. */
static void
test_accuracy (Fixture       *fixture,
               gconstpointer  data)
{
  add_epoch (fixture, 1, 0.4);
  add_epoch (fixture, 2, 0.3);
  g_object_set (fixture->view, "penalty", TRUE, "log-loss", TRUE, NULL);
  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_cmpuint (fixture->chart.n_series, ==, 3);
  g_assert_false (fixture->chart.is_log);
  g_assert_true (isnan (fixture->chart.y_min));
  g_assert_cmpfloat (fixture->chart.y_max, ==, 1.0);
  g_assert_cmpfloat (fixture->chart.best_x, ==, 1.0);
  g_assert_cmpstr (fixture->chart.best_label, ==, "best 40.0 %, epoch 1");

  g_object_set (fixture->view, "whole-accuracy", TRUE, NULL);
  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_cmpfloat (fixture->chart.y_min, ==, 0.0);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  AtelierChart chart;

  atelier_curve_figures_fill (fixture->figures, NULL, 0, ATELIER_X_EPOCHS);
  atelier_curve_figures_describe (fixture->figures, fixture->view, fixture->series, &chart);
  g_assert_cmpuint (chart.n_series, ==, 0);
  g_assert_cmpfloat (chart.x_max, >, 0.0);
  g_assert_false (chart.has_best);
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  add_epoch (fixture, 1, 0.4);
  atelier_curve_view_zoom (fixture->view, 0.5, 1.5);
  describe (fixture, ATELIER_X_EPOCHS);
  g_assert_cmpfloat (fixture->chart.x_min, ==, 0.5);
  g_assert_cmpfloat (fixture->chart.x_max, ==, 1.5);

  /* Another unit is another axis. */
  describe (fixture, ATELIER_X_IMAGES);
  g_assert_cmpfloat (fixture->chart.x_max, ==, 5.0 * N_IMAGES);
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *words = NULL;
  g_autofree char *missing = NULL;

  add_epoch (fixture, 1, 0.4);
  add_epoch (fixture, 2, NAN);
  describe (fixture, ATELIER_X_IMAGES);
  words = atelier_curve_figures_format (fixture->figures, fixture->view, 0);
  g_assert_cmpstr (words, ==, "Epoch 1, 100 images: training 0.350, validation 0.400");
  missing = atelier_curve_figures_format (fixture->figures, fixture->view, 1);
  g_assert_cmpstr (missing, ==, "Epoch 2, 200 images: training 0.350, validation –");
}

#define ADD_TEST(path, measure, function)                                            \
  g_test_add ("/app/curve-figures/" path, Fixture, GINT_TO_POINTER (measure), set_up, \
              function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("units", ATELIER_MEASURE_LOSS, test_units);
  ADD_TEST ("no-seconds", ATELIER_MEASURE_LOSS, test_no_seconds);
  ADD_TEST ("goes-on", ATELIER_MEASURE_LOSS, test_goes_on);
  ADD_TEST ("lines", ATELIER_MEASURE_LOSS, test_lines);
  ADD_TEST ("loss-scale", ATELIER_MEASURE_LOSS, test_loss_scale);
  ADD_TEST ("accuracy", ATELIER_MEASURE_ACCURACY, test_accuracy);
  ADD_TEST ("empty", ATELIER_MEASURE_LOSS, test_empty);
  ADD_TEST ("zoom", ATELIER_MEASURE_LOSS, test_zoom);
  ADD_TEST ("words", ATELIER_MEASURE_LOSS, test_words);

  return g_test_run ();
}
