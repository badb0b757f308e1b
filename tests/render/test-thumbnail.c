/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Thumbnails: that bytes become the right pixels, and that each pixel is a square. */

#include <string.h>

#include "atelier-thumbnail.h"

static guint32
get_pixel (cairo_surface_t *surface,
           guint            x,
           guint            y)
{
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface)
         + y * (guint) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) data)[x];
}

/* An empty black picture with a context on it. */
static cairo_t *
create_canvas (cairo_surface_t **canvas,
               int               width,
               int               height)
{
  *canvas = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  return cairo_create (*canvas);
}

static void
test_grey (void)
{
  static const guint8 pixels[] = { 0x00, 0x80, 0xff, 0x01, 0x02, 0x03 };
  cairo_surface_t *surface = atelier_thumbnail_new (pixels, 3, 2, 1);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 3);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 2);
  g_assert_cmphex (get_pixel (surface, 0, 0), ==, 0xff000000);
  g_assert_cmphex (get_pixel (surface, 1, 0), ==, 0xff808080);
  g_assert_cmphex (get_pixel (surface, 2, 1), ==, 0xff030303);
  cairo_surface_destroy (surface);
}

static void
test_colour (void)
{
  static const guint8 pixels[] = { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66 };
  cairo_surface_t *surface = atelier_thumbnail_new (pixels, 2, 1, 3);

  g_assert_cmphex (get_pixel (surface, 0, 0), ==, 0xff112233);
  g_assert_cmphex (get_pixel (surface, 1, 0), ==, 0xff445566);
  cairo_surface_destroy (surface);
}

static void
test_rgb (void)
{
  static const guint8 grey[] = { 7, 200 };
  static const guint8 colour[] = { 1, 2, 3, 4, 5, 6 };
  static const guint8 expected[] = { 7, 7, 7, 200, 200, 200 };
  guint8 rgb[6];

  atelier_thumbnail_fill_rgb (grey, 2, 1, 1, rgb);
  g_assert_cmpmem (rgb, sizeof rgb, expected, sizeof expected);
  atelier_thumbnail_fill_rgb (colour, 1, 2, 3, rgb);
  g_assert_cmpmem (rgb, sizeof rgb, colour, sizeof colour);
}

/* Two pixels in a rectangle of 13 x 8: four times as large, and centred. */
static void
test_enlarged_by_whole_factors (void)
{
  static const guint8 pixels[] = { 0xff, 0x40, 0x40, 0xff };
  cairo_surface_t *surface = atelier_thumbnail_new (pixels, 2, 2, 1), *canvas;
  cairo_t *cr = create_canvas (&canvas, 13, 8);

  atelier_thumbnail_draw (surface, cr, 0.0, 0.0, 13.0, 8.0);
  for (guint y = 0; y < 8; y++)
    for (guint x = 0; x < 13; x++)
      {
        gboolean is_inside = x >= 3 && x < 11;
        guint32 expected = ((x - 3) / 4 + y / 4) % 2 == 0 ? 0xffffffff : 0xff404040;

        g_assert_cmphex (get_pixel (canvas, x, y), ==, is_inside ? expected : 0);
      }

  cairo_destroy (cr);
  cairo_surface_destroy (canvas);
  cairo_surface_destroy (surface);
}

static void
test_reduced_within_its_place (void)
{
  guint8 pixels[40 * 20];
  cairo_surface_t *surface, *canvas;
  cairo_t *cr = create_canvas (&canvas, 12, 12);

  memset (pixels, 0xff, sizeof pixels);
  surface = atelier_thumbnail_new (pixels, 40, 20, 1);
  atelier_thumbnail_draw (surface, cr, 1.0, 1.0, 10.0, 10.0);

  /* 10 x 5 in the middle of 10 x 10. */
  g_assert_cmphex (get_pixel (canvas, 6, 6), ==, 0xffffffff);
  g_assert_cmphex (get_pixel (canvas, 0, 6), ==, 0);
  g_assert_cmphex (get_pixel (canvas, 11, 6), ==, 0);
  g_assert_cmphex (get_pixel (canvas, 6, 1), ==, 0);
  g_assert_cmphex (get_pixel (canvas, 6, 10), ==, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (canvas);
  cairo_surface_destroy (surface);
}

static void
test_nothing (void)
{
  cairo_surface_t *surface = atelier_thumbnail_new (NULL, 0, 0, 1), *canvas;
  cairo_t *cr = create_canvas (&canvas, 4, 4);

  atelier_thumbnail_draw (surface, cr, 0.0, 0.0, 4.0, 4.0);
  atelier_thumbnail_draw (surface, cr, 0.0, 0.0, 0.0, -4.0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmphex (get_pixel (canvas, 2, 2), ==, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (canvas);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/thumbnail/grey", test_grey);
  g_test_add_func ("/render/thumbnail/colour", test_colour);
  g_test_add_func ("/render/thumbnail/rgb", test_rgb);
  g_test_add_func ("/render/thumbnail/enlarged-by-whole-factors", test_enlarged_by_whole_factors);
  g_test_add_func ("/render/thumbnail/reduced-within-its-place", test_reduced_within_its_place);
  g_test_add_func ("/render/thumbnail/nothing", test_nothing);

  return g_test_run ();
}
