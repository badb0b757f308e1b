/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Curves: that their kinds are told apart without colour, that a moving average lies where its
 * formula says and hides nothing, and what a zoom, a dragged range and the handle show. */

#include <math.h>
#include <string.h>

#include "atelier-chart.h"

#define WIDTH 480
#define HEIGHT 240
#define N_BATCHES 200

typedef struct
{
  AtelierSeries      series;
  AtelierChart       chart;
  AtelierChartLayout layout;
  cairo_surface_t   *surface; /* Owned */
  double             y[N_BATCHES];
} Fixture;

/* A series over ten epochs, the shown range of both axes given. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = 0.5;
  fixture->series = (AtelierSeries) {
    .style = ATELIER_SERIES_TRAINING, .n = N_BATCHES, .x_start = 0.05, .x_step = 0.05,
    .y = fixture->y
  };
  fixture->chart = (AtelierChart) {
    .series = &fixture->series, .n_series = 1, .x_max = 10.0, .y_min = 0.0, .y_max = 1.0
  };
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  cairo_surface_destroy (fixture->surface);
}

static void
draw (Fixture *fixture)
{
  AtelierPalette grey = atelier_palette_light;
  cairo_t *cr = cairo_create (fixture->surface);

  /* Black on white, so that no test here can pass by a colour. */
  grey.training = grey.validation = grey.text = grey.dim_text = grey.cursor
    = (AtelierColor) { 0.0, 0.0, 0.0, 1.0 };
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  atelier_chart_draw (&fixture->chart, &grey, cr, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (fixture->surface);
  atelier_chart_get_layout (&fixture->chart, WIDTH, HEIGHT, &fixture->layout);
}

/* 0: paper, 1: black. */
static double
get_darkness (const Fixture *fixture,
              double         x,
              double         y)
{
  const guint8 *data = cairo_image_surface_get_data (fixture->surface);
  int stride = cairo_image_surface_get_stride (fixture->surface);

  g_assert_true (x >= 0.0 && x < WIDTH && y >= 0.0 && y < HEIGHT);

  return 1.0 - data[(int) y * stride + (int) x * 4] / 255.0;
}

/* The darkest of the pixels within two of a value's place. */
static double
get_darkness_at (const Fixture *fixture,
                 double         value_x,
                 double         value_y)
{
  double x = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, value_x);
  double y = atelier_chart_value_to_y (&fixture->chart, &fixture->layout, value_y);
  double darkest = 0.0;

  for (int i = -2; i <= 2; i++)
    darkest = MAX (darkest, get_darkness (fixture, x, y + i));

  return darkest;
}

/* Which of the plot's columns a horizontal line at 0.5 covers: one character each. */
static char *
read_stroke (const Fixture *fixture)
{
  GString *stroke = g_string_new (NULL);
  double y = atelier_chart_value_to_y (&fixture->chart, &fixture->layout, 0.5);

  for (double x = fixture->layout.x + 30.0; x < fixture->layout.x + 130.0; x += 1.0)
    {
      double dark = MAX (get_darkness (fixture, x, y), get_darkness (fixture, x, y - 1.0));

      g_string_append_c (stroke, dark > 0.6 ? '#' : dark > 0.3 ? '+' : ' ');
    }

  return g_string_free (stroke, FALSE);
}

static void
test_strokes_differ (Fixture       *fixture,
                     gconstpointer  data)
{
  char *strokes[5];

  for (guint style = ATELIER_SERIES_FAINT; style <= ATELIER_SERIES_PENALTY; style++)
    {
      fixture->series.style = style;
      draw (fixture);
      strokes[style] = read_stroke (fixture);
    }
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (strokes[i], !=, strokes[j]);
  /* One kind has no gap, the others have some. */
  g_assert_null (strchr (strokes[ATELIER_SERIES_TRAINING], ' '));
  g_assert_nonnull (strchr (strokes[ATELIER_SERIES_TRAIN_EVAL], ' '));
  for (guint i = 0; i < 5; i++)
    g_free (strokes[i]);
}

static void
test_markers_differ (Fixture       *fixture,
                     gconstpointer  data)
{
  guint8 *pictures[5];
  gsize size = (gsize) cairo_image_surface_get_stride (fixture->surface) * HEIGHT;

  fixture->series.n = 1;
  fixture->series.x_start = 5.0;
  for (guint style = ATELIER_SERIES_FAINT; style <= ATELIER_SERIES_PENALTY; style++)
    {
      fixture->series.style = style;
      draw (fixture);
      pictures[style] = g_memdup2 (cairo_image_surface_get_data (fixture->surface), size);
    }
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < i; j++)
      g_assert_true (memcmp (pictures[i], pictures[j], size) != 0);
  for (guint i = 0; i < 5; i++)
    g_free (pictures[i]);
}

/* A step from 0.2 to 0.8 after 100 values: from there the average is 0.8 - 0.6 * decay^k. Before
 * it, because of the correction for the start, it equals the values. */
static void
test_average_of_step (Fixture       *fixture,
                      gconstpointer  data)
{
  const double decay = 0.95;

  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = i < 100 ? 0.2 : 0.8;
  fixture->series.style = ATELIER_SERIES_FAINT;
  fixture->series.smoothing = decay;
  draw (fixture);

  g_assert_cmpfloat (get_darkness_at (fixture, 0.2, 0.2), >, 0.8);
  for (guint k = 3; k < 60; k += 8)
    {
      /* The weight that is missing at the start, decay^100, is too small for a pixel to show. */
      double expected = 0.8 - 0.6 * pow (decay, k + 1.0);
      double x = (100 + k + 1) * 0.05;

      g_assert_cmpfloat (get_darkness_at (fixture, x, expected), >, 0.5);
    }
}

static void
test_raw_line_stays (Fixture       *fixture,
                     gconstpointer  data)
{
  static const AtelierSeriesStyle styles[]
    = { ATELIER_SERIES_FAINT, ATELIER_SERIES_TRAINING, ATELIER_SERIES_TRAIN_EVAL };

  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = i < 100 ? 0.2 : 0.8;
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      fixture->series.style = styles[i];
      fixture->series.smoothing = 0.98;
      draw (fixture);
      /* Right after the step the average is still far below. */
      g_assert_cmpfloat (get_darkness_at (fixture, 5.3, 0.8), >, 0.1);
    }
}

static void
test_validation_is_never_smoothed (Fixture       *fixture,
                                   gconstpointer  data)
{
  gsize size = (gsize) cairo_image_surface_get_stride (fixture->surface) * HEIGHT;
  g_autofree guint8 *without = NULL;

  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = i % 2 == 0 ? 0.2 : 0.8;
  fixture->series.style = ATELIER_SERIES_VALIDATION;
  draw (fixture);
  without = g_memdup2 (cairo_image_surface_get_data (fixture->surface), size);
  fixture->series.smoothing = 0.9;
  draw (fixture);
  g_assert_cmpmem (cairo_image_surface_get_data (fixture->surface), size, without, size);
}

/* A zoom does not change the average: the values that are not shown count too. */
static void
test_average_zoomed (Fixture       *fixture,
                     gconstpointer  data)
{
  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = i < 100 ? 0.2 : 0.8;
  fixture->series.style = ATELIER_SERIES_FAINT;
  fixture->series.smoothing = 0.95;
  fixture->chart.x_min = 5.5;
  fixture->chart.x_max = 6.5;
  draw (fixture);
  g_assert_cmpfloat (get_darkness_at (fixture, 6.0, 0.8 - 0.6 * pow (0.95, 20.0)), >, 0.5);
}

/* Gaps, values that are not finite and decays out of range leave something that can be drawn. */
static void
test_average_of_odd_values (Fixture       *fixture,
                            gconstpointer  data)
{
  static const double decays[] = { -1.0, 0.0, 1e-300, 0.5, 0.999999, 1.0, 2.0, NAN, INFINITY };
  static const double hostile[] = { NAN, INFINITY, -INFINITY, 1e300, -1e300, 0.0, -0.0 };

  for (guint i = 0; i < N_BATCHES; i++)
    fixture->y[i] = i % 3 == 0 ? hostile[i % G_N_ELEMENTS (hostile)] : 0.5;
  fixture->series.style = ATELIER_SERIES_FAINT;
  for (guint i = 0; i < G_N_ELEMENTS (decays); i++)
    {
      fixture->series.smoothing = decays[i];
      fixture->chart.is_log = i % 2 == 0;
      fixture->chart.y_min = fixture->chart.is_log ? 0.01 : 0.0;
      draw (fixture);
    }
}

/* Many points, few pixels: the average is where it should be. */
static void
test_average_of_many (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree float *y = g_new (float, 100000);
  g_autofree float *x = g_new (float, 100000);

  for (guint i = 0; i < 100000; i++)
    {
      x[i] = (i + 1) / 10000.0f;
      y[i] = i % 2 == 0 ? 0.1f : 0.5f;
    }
  fixture->series = (AtelierSeries) {
    .style = ATELIER_SERIES_FAINT, .n = 100000, .x_float = x, .y_float = y, .smoothing = 0.999
  };
  draw (fixture);
  for (double place = 0.5; place < 10.0; place += 0.5)
    {
      g_assert_cmpfloat (get_darkness_at (fixture, place, 0.3), >, 0.5);
      /* The lowest and the highest of its values are drawn too. */
      g_assert_cmpfloat (get_darkness_at (fixture, place, 0.49), >, 0.05);
      g_assert_cmpfloat (get_darkness_at (fixture, place, 0.11), >, 0.05);
    }
}

static void
test_float_places (Fixture       *fixture,
                   gconstpointer  data)
{
  const float x[] = { 1.5f, 2.25f, 8.0f };

  fixture->series = (AtelierSeries) {
    .style = ATELIER_SERIES_TRAINING, .n = 3, .x_float = x, .y = fixture->y
  };
  g_assert_cmpfloat (atelier_series_get_x (&fixture->series, 1), ==, 2.25);
  g_assert_cmpint (atelier_series_get_nearest (&fixture->series, 7.0), ==, 2);
  draw (fixture);
  g_assert_cmpfloat (get_darkness_at (fixture, 5.0, 0.5), >, 0.8);
  g_assert_cmpfloat (get_darkness_at (fixture, 9.0, 0.5), <, 0.3);
}

/* Between two epochs there is no point, but there is a line, and y is fitted to it. */
static void
test_zoom_between_points (Fixture       *fixture,
                          gconstpointer  data)
{
  static const double epochs[] = { 9.0, 0.4, 0.2, 9.0 };

  fixture->series = (AtelierSeries) {
    .style = ATELIER_SERIES_TRAINING, .n = 4, .x_start = 1.0, .x_step = 1.0, .y = epochs
  };
  fixture->chart.x_min = 2.25;
  fixture->chart.x_max = 2.75;
  fixture->chart.y_min = fixture->chart.y_max = NAN;
  fixture->chart.empty_text = "nothing";
  draw (fixture);
  g_assert_cmpfloat (fixture->layout.y_min, <=, 0.25);
  g_assert_cmpfloat (fixture->layout.y_max, >=, 0.35);
  g_assert_cmpfloat (fixture->layout.y_max, <, 0.5);
  g_assert_cmpfloat (get_darkness_at (fixture, 2.5, 0.3), >, 0.8);
}

/* Nothing is drawn outside the plot. */
static void
test_zoom_clips (Fixture       *fixture,
                 gconstpointer  data)
{
  fixture->chart.x_min = 3.0;
  fixture->chart.x_max = 4.0;
  draw (fixture);
  for (double x = fixture->layout.x + fixture->layout.width + 2.0; x < WIDTH; x += 1.0)
    for (double y = fixture->layout.y; y < fixture->layout.y + fixture->layout.height; y += 1.0)
      g_assert_cmpfloat (get_darkness (fixture, x, y), ==, 0.0);
}

static double
sum_darkness (const Fixture *fixture,
              double         from,
              double         to)
{
  double first = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, from);
  double last = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, to);
  double sum = 0.0;

  for (double x = first; x < last; x += 1.0)
    for (double y = fixture->layout.y; y < fixture->layout.y + fixture->layout.height; y += 1.0)
      sum += get_darkness (fixture, x, y);

  return sum;
}

/* A dragged range is shaded, in whichever direction and however far it is dragged. */
static void
test_band (Fixture       *fixture,
           gconstpointer  data)
{
  static const double ends[][2] = { { 2.0, 4.0 }, { 4.0, 2.0 }, { -5.0, 4.0 }, { 4.0, NAN } };
  double before, inside, outside;

  draw (fixture);
  before = sum_darkness (fixture, 2.5, 3.5);
  outside = sum_darkness (fixture, 6.0, 7.0);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      fixture->chart.has_band = TRUE;
      fixture->chart.band_start = ends[i][0];
      fixture->chart.band_end = ends[i][1];
      draw (fixture);
      inside = sum_darkness (fixture, 2.5, 3.5);
      if (isnan (ends[i][1]))
        g_assert_cmpfloat (inside, ==, before);
      else
        g_assert_cmpfloat (inside, >, before * 2.0);
      g_assert_cmpfloat (sum_darkness (fixture, 6.0, 7.0), ==, outside);
    }
}

static void
test_handle (Fixture       *fixture,
             gconstpointer  data)
{
  double x;

  fixture->chart.has_mark = TRUE;
  fixture->chart.mark_x = 4.0;
  draw (fixture);
  x = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, 4.0);
  for (double y = fixture->layout.y + 2.0; y < fixture->layout.y + fixture->layout.height; y += 1.0)
    g_assert_cmpfloat (get_darkness (fixture, x, y), >, 0.3);

  /* Out of the shown range it is not drawn, not at the edge either. */
  fixture->chart.has_mark = FALSE;
  draw (fixture);
  x = sum_darkness (fixture, 0.0, 10.0);
  fixture->chart.has_mark = TRUE;
  fixture->chart.mark_x = 11.0;
  draw (fixture);
  g_assert_cmpfloat (sum_darkness (fixture, 0.0, 10.0), ==, x);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add ("/render/chart-series/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("strokes-differ", test_strokes_differ);
  ADD ("markers-differ", test_markers_differ);
  ADD ("average/step", test_average_of_step);
  ADD ("average/raw-line-stays", test_raw_line_stays);
  ADD ("average/never-of-validation", test_validation_is_never_smoothed);
  ADD ("average/zoomed", test_average_zoomed);
  ADD ("average/odd-values", test_average_of_odd_values);
  ADD ("average/many", test_average_of_many);
  ADD ("float-places", test_float_places);
  ADD ("zoom/between-points", test_zoom_between_points);
  ADD ("zoom/clips", test_zoom_clips);
  ADD ("band", test_band);
  ADD ("handle", test_handle);
#undef ADD

  return g_test_run ();
}
