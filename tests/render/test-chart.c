/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Charts: that the layout is sound at every size, that places and values agree, and that the
 * drawing is where the layout says. */

#include <math.h>

#include "atelier-chart.h"

#define WIDTH 480
#define HEIGHT 240

static const double training[] = { 0.556, 0.378, 0.340, 0.315, 0.299, 0.285, 0.275 };
static const double validation[] = { 0.371, 0.315, 0.285, 0.263, 0.258, 0.250, 0.268 };

typedef struct
{
  AtelierSeries      series[3];
  AtelierChart       chart;
  AtelierChartLayout layout;
  cairo_surface_t   *surface; /* Owned */
} Fixture;

/* A faint line without points, and both curves over seven of ten epochs. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->series[0] = (AtelierSeries) {
    NULL, ATELIER_SERIES_FAINT, 0, NULL, 0.0, 0.01, training, NULL
  };
  fixture->series[1] = (AtelierSeries) {
    "training", ATELIER_SERIES_TRAINING, 7, NULL, 1.0, 1.0, training, NULL
  };
  fixture->series[2] = (AtelierSeries) {
    "validation", ATELIER_SERIES_VALIDATION, 7, NULL, 1.0, 1.0, validation, NULL
  };
  fixture->chart = (AtelierChart) {
    .title = "Loss",
    .series = fixture->series,
    .n_series = 3,
    .x_max = 10.0,
    .y_min = NAN,
    .y_max = NAN,
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
  const AtelierColor *paper = &atelier_palette_light.background;
  cairo_t *cr = cairo_create (fixture->surface);

  cairo_set_source_rgb (cr, paper->red, paper->green, paper->blue);
  cairo_paint (cr);
  atelier_chart_draw (&fixture->chart, &atelier_palette_light, cr, WIDTH, HEIGHT);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (fixture->surface);
  atelier_chart_get_layout (&fixture->chart, WIDTH, HEIGHT, &fixture->layout);
}

static AtelierColor
get_pixel (const Fixture *fixture,
           double         x,
           double         y)
{
  int stride = cairo_image_surface_get_stride (fixture->surface);
  const guint8 *data = cairo_image_surface_get_data (fixture->surface);
  const guint32 *row;
  guint32 pixel;

  g_assert_true (x >= 0.0 && x < WIDTH && y >= 0.0 && y < HEIGHT);
  row = (const guint32 *) (const void *) (data + (int) y * stride);
  pixel = row[(int) x];

  return (AtelierColor) { (pixel >> 16 & 0xff) / 255.0, (pixel >> 8 & 0xff) / 255.0,
                         (pixel & 0xff) / 255.0, 1.0 };
}

static gboolean
is_near (const AtelierColor *a,
         const AtelierColor *b)
{
  return fabs (a->red - b->red) + fabs (a->green - b->green) + fabs (a->blue - b->blue) < 0.12;
}

/* How many of the pixels within 2 of a value's place have this colour. */
static guint
count_at (const Fixture      *fixture,
          double              value_x,
          double              value_y,
          const AtelierColor *color)
{
  double x = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, value_x);
  double y = atelier_chart_value_to_y (&fixture->chart, &fixture->layout, value_y);
  guint n = 0;

  for (int i = -2; i <= 2; i++)
    for (int j = -2; j <= 2; j++)
      {
        AtelierColor pixel = get_pixel (fixture, x + i, y + j);

        n += is_near (&pixel, color);
      }

  return n;
}

/* How many pixels of the rectangle differ from the background. */
static guint
count_ink (const Fixture *fixture,
           double         x,
           double         y,
           double         width,
           double         height)
{
  guint n = 0;

  for (double place_y = MAX (y, 0.0); place_y < MIN (y + height, HEIGHT); place_y += 1.0)
    for (double place_x = MAX (x, 0.0); place_x < MIN (x + width, WIDTH); place_x += 1.0)
      {
        AtelierColor pixel = get_pixel (fixture, place_x, place_y);

        n += pixel.red < 0.999 || pixel.green < 0.999 || pixel.blue < 0.999;
      }

  return n;
}

/* Layout */

static void
test_layout_at_all_sizes (Fixture       *fixture,
                          gconstpointer  data)
{
  fixture->chart.x_title = "epoch";
  for (double width = 120.0; width < 2600.0; width *= 1.31)
    for (double height = 70.0; height < 1500.0; height *= 1.37)
      {
        AtelierChartLayout layout;

        atelier_chart_get_layout (&fixture->chart, width, height, &layout);
        g_assert_cmpfloat (layout.x, >, 0.0);
        g_assert_cmpfloat (layout.y, >, 0.0);
        g_assert_cmpfloat (layout.width, >=, width / 3.0);
        g_assert_cmpfloat (layout.height, >=, height / 4.0);
        g_assert_cmpfloat (layout.x + layout.width, <, width);
        g_assert_cmpfloat (layout.y + layout.height, <, height);
      }
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  AtelierChartLayout layout;

  fixture->chart.x_min = 2.5;
  atelier_chart_get_layout (&fixture->chart, WIDTH, HEIGHT, &layout);
  for (double value = -5.0; value < 25.0; value += 0.37)
    {
      double x = atelier_chart_value_to_x (&fixture->chart, &layout, value);

      g_assert_cmpfloat_with_epsilon (atelier_chart_x_to_value (&fixture->chart, &layout, x), value,
                                      1e-9);
    }
  g_assert_cmpfloat (atelier_chart_value_to_x (&fixture->chart, &layout, 2.5), ==, layout.x);
  g_assert_cmpfloat (atelier_chart_value_to_x (&fixture->chart, &layout, 10.0), ==,
                     layout.x + layout.width);
}

static void
test_value_to_y (Fixture       *fixture,
                 gconstpointer  data)
{
  AtelierChartLayout layout;

  for (guint is_log = 0; is_log < 2; is_log++)
    {
      fixture->chart.is_log = is_log != 0;
      fixture->chart.y_min = 0.1;
      fixture->chart.y_max = 10.0;
      atelier_chart_get_layout (&fixture->chart, WIDTH, HEIGHT, &layout);
      g_assert_cmpfloat_with_epsilon (atelier_chart_value_to_y (&fixture->chart, &layout, 0.1),
                                      layout.y + layout.height, 1e-9);
      g_assert_cmpfloat_with_epsilon (atelier_chart_value_to_y (&fixture->chart, &layout, 10.0),
                                      layout.y, 1e-9);
      g_assert_cmpfloat_with_epsilon (
          atelier_chart_value_to_y (&fixture->chart, &layout, is_log ? 1.0 : 5.05),
          layout.y + layout.height / 2.0, 1e-9);
    }
  g_assert_cmpfloat (atelier_chart_value_to_y (&fixture->chart, &layout, -1.0), ==,
                     layout.y + layout.height);
  g_assert_true (isfinite (atelier_chart_value_to_y (&fixture->chart, &layout, 1e300)));
}

/* Drawing */

static void
test_curves (Fixture       *fixture,
             gconstpointer  data)
{
  draw (fixture);

  /* Between two epochs too: it is a line.  Dashes leave gaps, but not everywhere. */
  g_assert_cmpuint (count_at (fixture, 2.0, 0.378, &atelier_palette_light.training), >=, 4);
  g_assert_cmpuint (count_at (fixture, 3.5, 0.3275, &atelier_palette_light.training), >=, 4);
  g_assert_cmpuint (count_at (fixture, 3.5, 0.274, &atelier_palette_light.validation)
                    + count_at (fixture, 4.5, 0.2605, &atelier_palette_light.validation)
                    + count_at (fixture, 6.5, 0.259, &atelier_palette_light.validation), >=, 4);
  g_assert_cmpuint (count_at (fixture, 8.5, 0.27, &atelier_palette_light.training), ==, 0);
}

static void
test_dashes (Fixture       *fixture,
             gconstpointer  data)
{
  static const double constant[] = { 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3 };
  guint n_inked = 0, n_steps = 0;

  fixture->series[1].n = 0;
  fixture->series[2].y = constant;
  draw (fixture);

  for (double x = 2.0; x < 6.0; x += 0.02)
    {
      AtelierColor pixel = get_pixel (
          fixture, atelier_chart_value_to_x (&fixture->chart, &fixture->layout, x),
          atelier_chart_value_to_y (&fixture->chart, &fixture->layout, 0.3));

      n_inked += pixel.blue < 0.5;
      n_steps++;
    }
  g_assert_cmpuint (n_inked, >, n_steps / 3);
  g_assert_cmpuint (n_inked, <, n_steps * 9 / 10);
}

static void
test_gap (Fixture       *fixture,
          gconstpointer  data)
{
  static const double with_gaps[] = { 0.5, 0.5, NAN, INFINITY, 0.5, NAN, 0.5 };

  fixture->series[1].y = with_gaps;
  fixture->series[2].n = 0;
  fixture->chart.y_min = 0.0;
  fixture->chart.y_max = 0.9;
  draw (fixture);

  g_assert_cmpuint (count_at (fixture, 1.5, 0.5, &atelier_palette_light.training), >=, 4);
  g_assert_cmpuint (count_at (fixture, 3.0, 0.5, &atelier_palette_light.training), ==, 0);
  /* A value between gaps is a dot. */
  g_assert_cmpuint (count_at (fixture, 5.0, 0.5, &atelier_palette_light.training), >=, 9);
  g_assert_cmpuint (count_at (fixture, 7.0, 0.5, &atelier_palette_light.training), >=, 9);
}

static void
test_single_point (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->series[1].n = 1;
  fixture->series[2].n = 0;
  draw (fixture);

  g_assert_cmpuint (count_at (fixture, 1.0, 0.556, &atelier_palette_light.training), >=, 9);
}

/* 100,000 batches between 0 and 1 fill the plot, and nothing above it. */
static void
test_many_points (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree float *batches = g_new (float, 100000);
  guint n_above;

  for (guint i = 0; i < 100000; i++)
    batches[i] = i % 7 == 0 ? 5.0f : (float) (i % 100) / 100.0f;
  fixture->series[0] = (AtelierSeries) {
    NULL, ATELIER_SERIES_FAINT, 100000, NULL, 0.0, 1e-4, NULL, batches
  };
  fixture->chart.title = NULL;
  fixture->series[1].name = fixture->series[2].name = NULL;
  draw (fixture);

  g_assert_cmpuint (count_ink (fixture, fixture->layout.x, fixture->layout.y,
                               fixture->layout.width, fixture->layout.height),
                    >=, (guint) (fixture->layout.width * fixture->layout.height * 0.98));
  n_above = count_ink (fixture, fixture->layout.x + 1.0, 0.0, fixture->layout.width,
                       fixture->layout.y);
  g_assert_cmpuint (n_above, ==, 0);
}

/* More columns than are drawn at once: no seam, and no column twice. */
static void
test_many_columns (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree float *batches = g_new (float, 100000);
  cairo_surface_t *wide = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2600, HEIGHT);
  cairo_t *cr = cairo_create (wide);
  const guint32 *row;
  guint first;
  int middle;

  for (guint i = 0; i < 100000; i++)
    batches[i] = i % 2 == 0 ? 0.1f : 0.9f;
  fixture->series[0] = (AtelierSeries) {
    NULL, ATELIER_SERIES_FAINT, 100000, NULL, 0.0, 1e-4, NULL, batches
  };
  fixture->series[1].n = fixture->series[2].n = 0;
  fixture->chart.y_min = 0.0;
  fixture->chart.y_max = 1.0;
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_paint (cr);
  atelier_chart_draw (&fixture->chart, &atelier_palette_light, cr, 2600.0, HEIGHT);
  cairo_destroy (cr);
  cairo_surface_flush (wide);
  atelier_chart_get_layout (&fixture->chart, 2600.0, HEIGHT, &fixture->layout);

  middle = (int) (fixture->layout.y + fixture->layout.height * 0.45);
  row = (const guint32 *) (const void *) (cairo_image_surface_get_data (wide)
                                          + middle * cairo_image_surface_get_stride (wide));
  first = (guint) fixture->layout.x;
  g_assert_cmphex (row[first] & 0xffffff, !=, 0xffffff);
  for (guint x = first; x < first + (guint) fixture->layout.width; x++)
    g_assert_cmphex (row[x], ==, row[first]);
  cairo_surface_destroy (wide);
}

/* Dense points with a stretch that is missing, and one that is sparse. */
static void
test_many_points_with_gap (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree double *x = g_new (double, 20000);
  g_autofree double *y = g_new (double, 20000);

  for (guint i = 0; i < 20000; i++)
    {
      x[i] = i < 10000 ? i * 4e-4 : 6.0 + (i - 10000) * 4e-4;
      y[i] = i >= 2500 && i < 7500 ? NAN : 0.45;
    }
  fixture->series[0] = (AtelierSeries) { NULL, ATELIER_SERIES_FAINT, 20000, x, 0.0, 0.0, y, NULL };
  fixture->series[1].n = fixture->series[2].n = 0;
  fixture->chart.y_min = 0.2;
  fixture->chart.y_max = 0.6;
  draw (fixture);

  g_assert_cmpuint (count_at (fixture, 0.5, 0.45, &atelier_palette_light.background), <, 25);
  g_assert_cmpuint (count_at (fixture, 2.0, 0.45, &atelier_palette_light.background), ==, 25);
  /* Between epochs 4 and 6 there is no point, but no gap either. */
  g_assert_cmpuint (count_at (fixture, 5.0, 0.45, &atelier_palette_light.background), <, 25);
  g_assert_cmpuint (count_at (fixture, 8.0, 0.45, &atelier_palette_light.background), <, 25);
}

static void
test_many_epochs (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree double *y = g_new (double, 5000);

  for (guint i = 0; i < 5000; i++)
    y[i] = 0.3 + 0.1 * sin (i / 500.0);
  fixture->series[1] = (AtelierSeries) {
    "training", ATELIER_SERIES_TRAINING, 5000, NULL, 0.0, 0.002, y, NULL
  };
  fixture->series[2].n = 0;
  draw (fixture);

  g_assert_cmpuint (count_at (fixture, 5.0, y[2500], &atelier_palette_light.training), >=, 4);
  g_assert_cmpuint (count_at (fixture, 9.0, y[4500], &atelier_palette_light.training), >=, 4);
}

static void
test_best (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->chart.has_best = TRUE;
  fixture->chart.best_x = 6.0;
  fixture->chart.best_y = 0.250;
  fixture->chart.best_label = "best 0.250, epoch 6";
  draw (fixture);

  /* A ring: background inside, colour around it. */
  g_assert_cmpuint (count_at (fixture, 6.0, 0.250, &atelier_palette_light.background), >=, 20);
  g_assert_cmpuint (
      count_ink (fixture, atelier_chart_value_to_x (&fixture->chart, &fixture->layout, 6.0) - 7.0,
                 atelier_chart_value_to_y (&fixture->chart, &fixture->layout, 0.25) - 7.0, 14.0,
                 14.0),
      >=, 30);
}

/* No line of the grid crosses the label, which would be hard to read where lines are strong. */
static void
test_grid_behind_label (Fixture       *fixture,
                        gconstpointer  data)
{
  static const double flat[] = { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 };
  double y;
  guint n = 0, longest = 0;

  fixture->series[1].y = fixture->series[2].y = flat;
  fixture->chart.y_min = 0.0;
  fixture->chart.y_max = 1.0;
  fixture->chart.has_best = TRUE;
  fixture->chart.best_x = 6.0;
  fixture->chart.best_y = 0.6;
  fixture->chart.best_label = "best                              here";
  draw (fixture);

  y = floor (atelier_chart_value_to_y (&fixture->chart, &fixture->layout, 0.6));
  for (int x = (int) fixture->layout.x + 1; x < fixture->layout.x + fixture->layout.width - 1; x++)
    {
      AtelierColor pixel = get_pixel (fixture, x, y);

      n = is_near (&pixel, &atelier_palette_light.grid) ? 0 : n + 1;
      longest = MAX (longest, n);
    }
  g_assert_cmpuint (longest, >=, 100);
  g_assert_cmpuint (longest, <, fixture->layout.width / 2.0);
}

static void
test_best_out_of_sight (Fixture       *fixture,
                        gconstpointer  data)
{
  cairo_surface_t *without = fixture->surface;

  draw (fixture);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  fixture->chart.has_best = TRUE;
  fixture->chart.best_label = "best";
  for (guint i = 0; i < 4; i++)
    {
      fixture->chart.best_x = ((const double[]) { 11.0, 6.0, NAN, 6.0 })[i];
      fixture->chart.best_y = ((const double[]) { 0.25, 0.05, 0.25, NAN })[i];
      draw (fixture);
      g_assert_cmpmem (cairo_image_surface_get_data (without), WIDTH * HEIGHT * 4,
                       cairo_image_surface_get_data (fixture->surface), WIDTH * HEIGHT * 4);
    }
  cairo_surface_destroy (without);
}

/* The cursor's line and its markers, wherever it stands; beyond the axis it is not drawn. */
static void
test_cursor (Fixture       *fixture,
             gconstpointer  data)
{
  for (int epoch = 0; epoch <= 10; epoch++)
    {
      double x;

      fixture->chart.has_cursor = TRUE;
      fixture->chart.cursor_x = epoch;
      draw (fixture);
      x = atelier_chart_value_to_x (&fixture->chart, &fixture->layout, epoch);
      g_assert_cmpuint (
          count_ink (fixture, floor (x), fixture->layout.y, 1.0, fixture->layout.height), >=,
          (guint) (fixture->layout.height * 0.85));
      if (epoch >= 1 && epoch <= 7)
        {
          g_assert_cmpuint (
              count_at (fixture, epoch, training[epoch - 1], &atelier_palette_light.training), >=,
              4);
          g_assert_cmpuint (
              count_at (fixture, epoch, validation[epoch - 1], &atelier_palette_light.background),
              >=, 1);
        }
    }
}

static void
test_cursor_out_of_sight (Fixture       *fixture,
                          gconstpointer  data)
{
  static const double places[] = { -1.0, 11.0, NAN, INFINITY };
  cairo_surface_t *without = fixture->surface;

  draw (fixture);
  fixture->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  fixture->chart.has_cursor = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      fixture->chart.cursor_x = places[i];
      draw (fixture);
      g_assert_cmpmem (cairo_image_surface_get_data (without), WIDTH * HEIGHT * 4,
                       cairo_image_surface_get_data (fixture->surface), WIDTH * HEIGHT * 4);
    }
  cairo_surface_destroy (without);
}

/* A caller's button has the upper right to itself, whether the legend stands beside the title or
 * below it. */
static void
test_head_end (Fixture       *fixture,
               gconstpointer  data)
{
  const double widths[] = { 40.0, 320.0 };
  AtelierChartLayout plain;

  atelier_chart_get_layout (&fixture->chart, WIDTH, HEIGHT, &plain);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      fixture->chart.head_end = widths[i];
      draw (fixture);
      g_assert_cmpint (count_ink (fixture, WIDTH - widths[i], 0.0, widths[i], plain.y - 8.0), ==,
                       0);
      g_assert_cmpint (count_ink (fixture, 0.0, 0.0, WIDTH - widths[i], plain.y - 8.0), >, 0);
    }
}

static void
test_empty_text (Fixture       *fixture,
                 gconstpointer  data)
{
  static const double gaps[] = { NAN, INFINITY, NAN };
  guint n_without;

  fixture->chart.n_series = 0;
  draw (fixture);
  n_without = count_ink (fixture, 0.0, 0.0, WIDTH, HEIGHT);

  fixture->chart.empty_text = "Press Train to see how the loss falls";
  draw (fixture);
  g_assert_cmpuint (count_ink (fixture, fixture->layout.x, fixture->layout.y, fixture->layout.width,
                               fixture->layout.height), >, 300);
  g_assert_cmpuint (count_ink (fixture, 0.0, 0.0, WIDTH, HEIGHT), !=, n_without);

  /* Values that are not numbers count as missing. */
  fixture->chart.n_series = 2;
  fixture->series[1].y = gaps;
  fixture->series[1].n = 3;
  draw (fixture);
}

static void
test_any_size_and_mode (Fixture       *fixture,
                        gconstpointer  data)
{
  static const double sides[] = { 0.0, 0.5, 1.0, 9.0, 40.0, 77.0, 120.0, 200.0, 479.0 };

  fixture->chart.has_best = fixture->chart.has_cursor = TRUE;
  fixture->chart.best_x = 6.0;
  fixture->chart.best_y = 0.25;
  fixture->chart.best_label =
      "a very long label, longer than the plot is wide, which has to be cut somewhere";
  fixture->chart.cursor_x = 7.0;
  fixture->chart.x_title = "epoch";
  fixture->chart.empty_text = "nothing";

  for (guint i = 0; i < G_N_ELEMENTS (sides) * G_N_ELEMENTS (sides) * 4; i++)
    {
      double width = sides[i / 4 % G_N_ELEMENTS (sides)],
             height = sides[i / 4 / G_N_ELEMENTS (sides)];
      cairo_t *cr = cairo_create (fixture->surface);

      fixture->chart.is_log = (i & 1) != 0;
      fixture->chart.is_percent = (i & 2) != 0;
      atelier_chart_draw (&fixture->chart, &atelier_palette_dark, cr, width, height);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
    }
}

static void
test_hostile_values (Fixture       *fixture,
                     gconstpointer  data)
{
  static const double hostile[] = { 1e300, -1e300, 1.7e308, NAN, 5e-324, -0.0, INFINITY };

  fixture->series[0] = (AtelierSeries) {
    NULL, ATELIER_SERIES_FAINT, 7, NULL, 0.0, 1.0, hostile, NULL
  };
  fixture->series[1].y = hostile;
  fixture->chart.has_best = fixture->chart.has_cursor = TRUE;
  fixture->chart.best_x = fixture->chart.cursor_x = 3.0;
  fixture->chart.best_y = 1e300;
  fixture->chart.best_label = "\xff\xfe";
  fixture->chart.title = "\xc3";
  for (guint i = 0; i < 4; i++)
    {
      fixture->chart.is_log = (i & 1) != 0;
      fixture->chart.is_percent = (i & 2) != 0;
      draw (fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/render/chart/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("layout/at-all-sizes", test_layout_at_all_sizes);
  ADD ("layout/round-trip", test_round_trip);
  ADD ("layout/value-to-y", test_value_to_y);
  ADD ("ink/curves", test_curves);
  ADD ("ink/dashes", test_dashes);
  ADD ("ink/gap", test_gap);
  ADD ("ink/single-point", test_single_point);
  ADD ("ink/many-points", test_many_points);
  ADD ("ink/many-columns", test_many_columns);
  ADD ("ink/many-points-with-gap", test_many_points_with_gap);
  ADD ("ink/many-epochs", test_many_epochs);
  ADD ("ink/best", test_best);
  ADD ("ink/grid-behind-label", test_grid_behind_label);
  ADD ("ink/best-out-of-sight", test_best_out_of_sight);
  ADD ("ink/cursor", test_cursor);
  ADD ("ink/cursor-out-of-sight", test_cursor_out_of_sight);
  ADD ("ink/head-end", test_head_end);
  ADD ("ink/empty-text", test_empty_text);
  ADD ("ink/any-size-and-mode", test_any_size_and_mode);
  ADD ("ink/hostile-values", test_hostile_values);

  return g_test_run ();
}
