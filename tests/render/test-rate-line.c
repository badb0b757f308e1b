/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The curve of a learning rate: where its points lie, and that anything can be drawn. */

#include "atelier-rate-line.h"

#define WIDTH 160
#define HEIGHT 96

static const double rates[] = { 0.0, 0.002, 0.004, 0.001 };

static const AtelierRateLine line = {
  .rates = rates,
  .n = G_N_ELEMENTS (rates),
  .n_epochs = 10,
  .peak = 0.004,
  .peak_at = 2.0 / 3.0,
  .label = "0.004, epoch 7",
};

static void
test_place (void)
{
  double x[3], y[3];

  atelier_rate_line_place (&line, 0.0, 0.0, WIDTH, HEIGHT, &x[0], &y[0]);
  atelier_rate_line_place (&line, 0.5, 0.002, WIDTH, HEIGHT, &x[1], &y[1]);
  atelier_rate_line_place (&line, 1.0, 0.004, WIDTH, HEIGHT, &x[2], &y[2]);
  g_assert_cmpfloat_with_epsilon (x[2] - x[1], x[1] - x[0], 1e-9);
  g_assert_cmpfloat_with_epsilon (y[0] - y[1], y[1] - y[2], 1e-9);
  g_assert_cmpfloat (x[0], >=, 0.0);
  g_assert_cmpfloat (x[2], <=, WIDTH);
  g_assert_cmpfloat (y[2], >, 0.0);
  g_assert_cmpfloat (y[0], <, HEIGHT);
}

/* Draws on a transparent ground; returns whether all that is drawn lies inside, and anything is. */
static gboolean
draw (const AtelierRateLine *of,
      int                    width,
      int                    height)
{
  const AtelierPalette *palettes[] = { &atelier_palette_light, &atelier_palette_dark };
  gboolean has_ink = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
      cairo_t *cr = cairo_create (surface);
      double x, y, ink_width, ink_height;

      atelier_rate_line_draw (of, palettes[i], cr, width, height);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_recording_surface_ink_extents (surface, &x, &y, &ink_width, &ink_height);
      has_ink = ink_width > 0.0;
      if (has_ink)
        {
          g_assert_cmpfloat (x, >=, 0.0);
          g_assert_cmpfloat (y, >=, 0.0);
          g_assert_cmpfloat (x + ink_width, <=, width);
          g_assert_cmpfloat (y + ink_height, <=, height);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }

  return has_ink;
}

static void
test_draw (void)
{
  const double peaks[] = { 0.0, 0.5, 1.0 };

  for (guint i = 0; i < G_N_ELEMENTS (peaks); i++)
    {
      AtelierRateLine moved = line;

      moved.peak_at = peaks[i];
      g_assert_true (draw (&moved, WIDTH, HEIGHT));
      g_assert_true (draw (&moved, 400, 300));
    }
}

/* Larger text makes all larger alike. */
static void
test_scale (void)
{
  AtelierRateLine large = line;
  double x, y, large_x, large_y;

  large.scale = 1.5;
  atelier_rate_line_place (&line, 0.5, 0.002, WIDTH, HEIGHT, &x, &y);
  atelier_rate_line_place (&large, 0.5, 0.002, 1.5 * WIDTH, 1.5 * HEIGHT, &large_x, &large_y);
  g_assert_cmpfloat_with_epsilon (large_x, 1.5 * x, 1e-9);
  g_assert_cmpfloat_with_epsilon (large_y, 1.5 * y, 1e-9);
  g_assert_true (draw (&large, WIDTH * 3 / 2, HEIGHT * 3 / 2));
  g_assert_false (draw (&large, WIDTH, 50));
}

static void
test_extremes (void)
{
  AtelierRateLine other = line;

  other.n = 1;
  other.peak = 0.0;
  g_assert_true (draw (&other, WIDTH, HEIGHT));
  other.n = 0;
  g_assert_false (draw (&other, WIDTH, HEIGHT));
  g_assert_false (draw (&line, 10, HEIGHT));
  g_assert_false (draw (&line, WIDTH, 10));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/rate-line/place", test_place);
  g_test_add_func ("/render/rate-line/draw", test_draw);
  g_test_add_func ("/render/rate-line/scale", test_scale);
  g_test_add_func ("/render/rate-line/extremes", test_extremes);

  return g_test_run ();
}
