/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long charts, a matrix and a network take to draw, which must fit into the time of a
 * frame.
 *
 * Each case is drawn many times into an image, as the window does without a graphics card.  The
 * smallest and the median processor time of the thread are printed; other programs have little
 * influence on these.  Run with `meson test --benchmark bench-render --verbose`.
 */

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "atelier-chart.h"
#include "atelier-matrix.h"
#include "atelier-network-picture.h"

#define N_RUNS 61
#define N_EPOCHS 10
#define N_STEPS 51 /* an input and 50 layers */

typedef struct
{
  const char *name;
  guint       n_points;
  int         width;
  int         height;
  gboolean    has_cursor;
  gboolean    has_all; /* five curves, over seconds, the batches smoothed */
} Case;

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
get_time_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void
print_times (const char *name,
             double     *times_us)
{
  qsort (times_us, N_RUNS, sizeof *times_us, compare_times);
  g_print ("%-44s %8.3f ms at best, %8.3f ms median\n", name, times_us[0] / 1e3,
           times_us[N_RUNS / 2] / 1e3);
}

/* Batch losses like those of a run: falling and noisy. */
static float *
create_batches (guint n)
{
  float *batches = g_new (float, MAX (n, 1));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < n; i++)
    batches[i] = (float) (0.2 + exp (-6.0 * i / n) + g_rand_double_range (random, 0.0, 0.3));

  return batches;
}

/* Seconds of training at each batch's end. */
static float *
create_seconds (guint n)
{
  float *seconds = g_new (float, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    seconds[i] = (float) (80.0 * (i + 1) / n);

  return seconds;
}

typedef struct
{
  double training[N_EPOCHS];
  double validation[N_EPOCHS];
  double train_eval[N_EPOCHS];
  double penalty[N_EPOCHS];
  double seconds[N_EPOCHS];
} Epochs;

static void
fill_epochs (Epochs *epochs)
{
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      epochs->training[i] = 0.25 + 0.3 / (i + 1.0);
      epochs->validation[i] = 0.25 + 0.005 * fabs (i - 5.0);
      epochs->train_eval[i] = epochs->training[i] - 0.03;
      epochs->penalty[i] = 0.02 + 0.003 * i;
      epochs->seconds[i] = 80.0 * (i + 1) / N_EPOCHS;
    }
}

static void
draw_many_times (const AtelierChart *chart,
                 const Case         *chart_case)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, chart_case->width,
                                                         chart_case->height);
  cairo_t *cr = cairo_create (surface);
  double times_us[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start_us = get_time_us ();

      atelier_chart_draw (chart, &atelier_palette_light, cr, chart_case->width,
                          chart_case->height);
      cairo_surface_flush (surface);
      times_us[i] = get_time_us () - start_us;
    }
  print_times (chart_case->name, times_us);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
measure_chart (const Case *chart_case)
{
  g_autofree float *batches = create_batches (chart_case->n_points);
  g_autofree float *seconds = create_seconds (chart_case->n_points);
  Epochs epochs;
  AtelierSeries series[] = {
    { NULL, ATELIER_SERIES_FAINT, chart_case->n_points, NULL, 0.0,
      (double) N_EPOCHS / MAX (chart_case->n_points, 1), NULL, batches },
    { "training", ATELIER_SERIES_TRAINING, N_EPOCHS, NULL, 1.0, 1.0, epochs.training, NULL },
    { "validation", ATELIER_SERIES_VALIDATION, N_EPOCHS, NULL, 1.0, 1.0, epochs.validation, NULL },
    { "training, dropout off", ATELIER_SERIES_TRAIN_EVAL, N_EPOCHS, NULL, 1.0, 1.0,
      epochs.train_eval, NULL },
    { "penalty", ATELIER_SERIES_PENALTY, N_EPOCHS, NULL, 1.0, 1.0, epochs.penalty, NULL },
  };
  AtelierChart chart = {
    .title = "Loss",
    .series = series,
    .n_series = 3,
    .x_max = N_EPOCHS,
    .y_min = NAN,
    .y_max = NAN,
    .has_best = TRUE,
    .best_x = 6.0,
    .best_label = "best 0.250, epoch 6",
    .has_cursor = chart_case->has_cursor,
    .cursor_x = 7.0,
    .x_title = "epoch",
  };

  fill_epochs (&epochs);
  chart.best_y = epochs.validation[5];
  if (chart_case->has_all)
    {
      chart.n_series = G_N_ELEMENTS (series);
      chart.x_unit = ATELIER_X_SECONDS;
      chart.x_max = 80.0;
      chart.best_x = epochs.seconds[5];
      chart.cursor_x = epochs.seconds[6];
      series[0].x_float = seconds;
      series[0].smoothing = 0.99;
      for (guint i = 1; i < G_N_ELEMENTS (series); i++)
        series[i].x = epochs.seconds;
    }

  draw_many_times (&chart, chart_case);
}

static void
measure_matrix (void)
{
  static const char *const names[] = { "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                       "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot" };
  guint counts[100];
  AtelierMatrix matrix = {
    .counts = counts, .n_classes = 10, .class_names = names, .title = "Confusion matrix"
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 500, 420);
  cairo_t *cr = cairo_create (surface);
  double times_us[N_RUNS];

  for (guint i = 0; i < 100; i++)
    counts[i] = i % 11 == 0 ? 450 : i % 7;

  for (guint i = 0; i < N_RUNS; i++)
    {
      double start_us = get_time_us ();

      atelier_matrix_draw (&matrix, &atelier_palette_light, cr, 500, 420);
      cairo_surface_flush (surface);
      times_us[i] = get_time_us () - start_us;
    }
  print_times ("matrix of 10 classes, 500 x 420", times_us);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* With a layout made anew, as for a new size, or the one that the window keeps. */
static void
measure_network (const char *name,
                 gboolean    keeps_layout)
{
  AtelierNetworkStep steps[N_STEPS];
  const AtelierNetworkPicture picture = {
    .steps = steps, .n_steps = N_STEPS, .i_selected = 7, .i_hovered = ATELIER_NO_STEP,
    .has_caption = TRUE,
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 400, 1300);
  cairo_t *cr = cairo_create (surface);
  AtelierNetworkLayout *layout = NULL;
  double times_us[N_RUNS];

  for (guint i = 0; i < N_STEPS; i++)
    steps[i] = (AtelierNetworkStep) {
      .height = 64 - i, .width = 64 - i, .channels = i + 1, .title = "Conv 32 · 3×3",
      .detail = "64 × 64 × 32",
    };
  for (guint i = 0; i < N_RUNS; i++)
    {
      const double start_us = get_time_us ();

      if (!keeps_layout)
        g_clear_pointer (&layout, atelier_network_layout_free);
      if (layout == NULL)
        layout = atelier_network_layout_new (&picture, 400.0, 1300.0);
      atelier_network_picture_draw (&picture, layout, &atelier_palette_light, cr);
      cairo_surface_flush (surface);
      times_us[i] = get_time_us () - start_us;
    }
  print_times (name, times_us);

  atelier_network_layout_free (layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (void)
{
  static const Case cases[] = {
    { "10 epochs, 474 x 240", 0, 474, 240, FALSE },
    { "10 epochs, cursor, 474 x 240", 0, 474, 240, TRUE },
    { "10 epochs, 400 batches, 474 x 240", 400, 474, 240, TRUE },
    { "10 epochs, 17,190 batches, 474 x 240", 17190, 474, 240, TRUE },
    { "10 epochs, 100,000 batches, 474 x 240", 100000, 474, 240, TRUE },
    { "10 epochs, 100,000 batches, 1200 x 700", 100000, 1200, 700, TRUE },
    { "all curves, 100,000 smoothed, 474 x 240", 100000, 474, 240, TRUE, TRUE },
    { "all curves, 100,000 smoothed, 1200 x 700", 100000, 1200, 700, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    measure_chart (&cases[i]);
  measure_matrix ();
  measure_network ("network of 50 layers, 400 x 1300", TRUE);
  measure_network ("network of 50 layers, new layout, 400 x 1300", FALSE);

  return 0;
}
