/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line of scores and the sheet of pictures: where things lie, and that they are drawn. */

#include "atelier-contact-sheet.h"
#include "atelier-spark.h"

#define WIDTH 300
#define HEIGHT 112

static const AtelierSparkPoint points[] = {
  { 1, 0.0, TRUE }, { 2, 1.0, FALSE }, { 4, 0.5, TRUE }, { 5, 0.75, FALSE },
};

static const AtelierSpark line = { .points = points, .n = G_N_ELEMENTS (points), .i_cursor = 1 };

/* Missing epochs leave a gap as wide as they are. */
static void
test_place (void)
{
  double x[4], y[4];

  for (guint i = 0; i < 4; i++)
    atelier_spark_place (&line, i, WIDTH, HEIGHT, &x[i], &y[i]);
  g_assert_cmpfloat_with_epsilon (x[2] - x[1], 2.0 * (x[1] - x[0]), 1e-9);
  g_assert_cmpfloat_with_epsilon (x[3] - x[2], x[1] - x[0], 1e-9);
  g_assert_cmpfloat (y[1], <, y[3]);
  g_assert_cmpfloat (y[3], <, y[2]);
  g_assert_cmpfloat (y[2], <, y[0]);
}

static void
test_find (void)
{
  for (guint i = 0; i < 4; i++)
    {
      double x, y;

      atelier_spark_place (&line, i, WIDTH, HEIGHT, &x, &y);
      g_assert_cmpuint (atelier_spark_find (&line, WIDTH, x), ==, i);
      g_assert_cmpuint (atelier_spark_find (&line, WIDTH, x + 4.0), ==, i);
    }
  g_assert_cmpuint (atelier_spark_find (&line, WIDTH, -50.0), ==, 0);
  g_assert_cmpuint (atelier_spark_find (&line, WIDTH, 1e6), ==, 3);
}

/* Larger text makes all larger alike. */
static void
test_scale (void)
{
  AtelierSpark large = line;

  large.scale = 1.5;
  for (guint i = 0; i < 4; i++)
    {
      double x, y, large_x, large_y;

      atelier_spark_place (&line, i, WIDTH, HEIGHT, &x, &y);
      atelier_spark_place (&large, i, 1.5 * WIDTH, 1.5 * HEIGHT, &large_x, &large_y);
      g_assert_cmpfloat_with_epsilon (large_x, 1.5 * x, 1e-9);
      g_assert_cmpfloat_with_epsilon (large_y, 1.5 * y, 1e-9);
      g_assert_cmpuint (atelier_spark_find (&large, 1.5 * WIDTH, large_x), ==, i);
    }
}

static guint
count_ink (cairo_surface_t *surface)
{
  const int stride = cairo_image_surface_get_stride (surface);
  const guint8 *data;
  guint n = 0;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  for (int i = 0; i < stride * cairo_image_surface_get_height (surface); i++)
    n += data[i] != 0;

  return n;
}

static guint
draw (const AtelierSpark *spark,
      int                 width,
      int                 height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint n_ink;

  atelier_spark_draw (spark, &atelier_palette_light, cr, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  n_ink = count_ink (surface);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return n_ink;
}

/* Wrong points, the cursor and the line each draw something of their own. */
static void
test_draws (void)
{
  AtelierSparkPoint right[G_N_ELEMENTS (points)];
  AtelierSpark other = line;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      right[i] = points[i];
      right[i].is_wrong = FALSE;
    }
  g_assert_cmpuint (draw (&line, WIDTH, HEIGHT), >, 0);
  other.points = right;
  g_assert_cmpuint (draw (&other, WIDTH, HEIGHT), !=, draw (&line, WIDTH, HEIGHT));
  other = line;
  other.i_cursor = -1;
  g_assert_cmpuint (draw (&other, WIDTH, HEIGHT), !=, draw (&line, WIDTH, HEIGHT));
}

static void
test_few_points (void)
{
  AtelierSpark other = line;

  other.n = 1;
  other.i_cursor = 0;
  g_assert_cmpuint (draw (&other, WIDTH, HEIGHT), >, 0);
  other.n = 0;
  other.i_cursor = -1;
  g_assert_cmpuint (draw (&other, WIDTH, HEIGHT), >, 0);
}

static void
test_no_room (void)
{
  g_assert_cmpuint (draw (&line, 10, 10), ==, 0);
}

/* The pixels of each picture lie, enlarged, in its cell. */
static void
test_sheet (void)
{
  static const guint8 white[] = { 255, 255, 255, 255 }, black[] = { 0, 0, 0, 0 };
  static const AtelierSheetPicture pictures[] = {
    { black, "Coat 0.96", "true Shirt" }, { white, "Bag 0.50", NULL }, { black, "Bag 0.40", NULL },
  };
  const AtelierContactSheet sheet = { pictures, G_N_ELEMENTS (pictures), 2, 2, 1 };
  cairo_surface_t *surface;
  const guint32 *row;
  cairo_t *cr;
  int width, height;
  guint n_black = 0;

  atelier_contact_sheet_get_size (&sheet, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  atelier_contact_sheet_draw (&sheet, &atelier_palette_light, cr);
  cairo_surface_flush (surface);
  row = (const guint32 *) (const void *) (cairo_image_surface_get_data (surface)
                                          + 60 * cairo_image_surface_get_stride (surface));
  for (int x = 0; x < width; x++)
    n_black += row[x] == 0xff000000u;
  g_assert_cmpuint (n_black, ==, 112);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/spark/place", test_place);
  g_test_add_func ("/render/spark/find", test_find);
  g_test_add_func ("/render/spark/scale", test_scale);
  g_test_add_func ("/render/spark/draws", test_draws);
  g_test_add_func ("/render/spark/few-points", test_few_points);
  g_test_add_func ("/render/spark/no-room", test_no_room);
  g_test_add_func ("/render/spark/sheet", test_sheet);

  return g_test_run ();
}
