/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Levels: paper in a photograph or a scan becomes black, and pictures without such paper stay as
 * they are. */

#include "config.h"

#include "picture/atelier-grey-levels.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "data/atelier-synthetic.h"
#include "picture/atelier-input.h"

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

/* A square of @ink (0: none) on paper as a camera sees it, after inverting: @level in the middle,
 * @fall more in the corners, tilted by @tilt from left to right, with grain. */
static guint8 *
photograph_square (guint  width,
                   guint  height,
                   double level,
                   double fall,
                   double tilt,
                   guint  grain,
                   guint  ink)
{
  guint8 *pixels = g_malloc ((gsize) width * height);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double from_left = 2.0 * x / width - 1;
        double from_top = 2.0 * y / height - 1;
        double value = level + fall * (from_left * from_left + from_top * from_top) / 2
                       + tilt * from_left;
        gboolean is_square = x >= width / 4 && x < width - width / 4
                             && y >= height / 4 && y < height - height / 4;

        if (is_square && ink > 0)
          value = ink;
        for (guint i = 0; grain > 0 && i < 4; i++)
          value += g_rand_double_range (rand, -1.0, 1.0) * grain / 2;
        pixels[(gsize) y * width + x] = (guint8) CLAMP (value + 0.5, 0, 255);
      }
  return pixels;
}

/* How many of the pixels outside of the square are not black. */
static guint
count_specks (const guint8 *pixels,
              guint         width,
              guint         height)
{
  guint n = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        gboolean is_ink = x >= width / 4 && x < width - width / 4
                          && y >= height / 4 && y < height - height / 4;

        n += !is_ink && pixels[(gsize) y * width + x] != 0;
      }
  return n;
}

static void
assert_becomes_black (double level,
                      double fall,
                      double tilt,
                      guint  grain)
{
  const guint width = 320;
  const guint height = 240;
  g_autofree guint8 *pixels = photograph_square (width, height, level, fall, tilt, grain, 200);

  g_assert_true (atelier_grey_level (pixels, width, height));
  g_assert_cmpuint (count_specks (pixels, width, height), <=, width * height / 500);
  g_assert_cmpuint (pixels[height / 2 * width + width / 2], >, 120);
}

static void
test_cream (void)
{
  assert_becomes_black (20, 0, 0, 0);
  assert_becomes_black (20, 0, 0, 3);
  assert_becomes_black (20, 0, 0, 6);
}

static void
test_dark_corners (void)
{
  assert_becomes_black (18, 40, 0, 4);
  assert_becomes_black (30, 25, 0, 0);
}

static void
test_lamp_on_one_side (void)
{
  assert_becomes_black (60, 0, 40, 4);
  assert_becomes_black (50, 20, 25, 3);
}

/* On paper of one grey, ink keeps its share of the range exactly. */
static void
test_even_grey_is_exact (void)
{
  guint8 pixels[60 * 60];

  memset (pixels, 55, sizeof pixels);
  pixels[30 * 60 + 30] = 255;
  pixels[30 * 60 + 31] = 155;
  pixels[30 * 60 + 32] = 40;
  g_assert_true (atelier_grey_level (pixels, 60, 60));
  g_assert_cmpuint (pixels[0], ==, 0);
  g_assert_cmpuint (pixels[30 * 60 + 30], ==, 255);
  g_assert_cmpuint (pixels[30 * 60 + 31], ==, 128);
  g_assert_cmpuint (pixels[30 * 60 + 32], ==, 0);
}

static void
assert_is_left (guint8 *pixels,
                guint   width,
                guint   height)
{
  g_autofree guint8 *before = g_memdup2 (pixels, (gsize) width * height);

  g_assert_false (atelier_grey_level (pixels, width, height));
  g_assert_cmpmem (pixels, (gsize) width * height, before, (gsize) width * height);
}

static void
test_drawings_are_left (void)
{
  for (guint i = 0; i < 300; i++)
    {
      guint8 pixels[N_PIXELS];

      atelier_synthetic_draw_image (1, i % 10, i, pixels);
      assert_is_left (pixels, SIDE, SIDE);
    }
}

/* A picture that fills its frame has no paper around it. */
static void
test_full_frames_are_left (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autofree guint8 *noise = g_malloc (200 * 100);
  g_autofree guint8 *stripes = g_malloc (200 * 100);
  g_autofree guint8 *light = g_malloc (200 * 100);

  for (guint i = 0; i < 200 * 100; i++)
    {
      noise[i] = (guint8) g_rand_int (rand);
      stripes[i] = (guint8) (i % 200 * 255 / 199);
      light[i] = (guint8) g_rand_int_range (rand, 200, 210);
    }
  assert_is_left (noise, 200, 100);
  assert_is_left (stripes, 200, 100);
  assert_is_left (light, 200, 100);
}

static void
test_tiny (void)
{
  const guint sizes[][2] = { { 1, 1 }, { 1, 200 }, { 200, 1 }, { 2, 2 }, { 3, 90 }, { 39, 300 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *pixels = g_malloc (sizes[i][0] * sizes[i][1]);

      for (guint k = 0; k < sizes[i][0] * sizes[i][1]; k++)
        pixels[k] = (guint8) (k * 89);
      assert_is_left (pixels, sizes[i][0], sizes[i][1]);
    }
}

/* ---- Through the whole pipeline ---- */

/* A photograph of an empty sheet shows nothing. */
static void
test_blank_sheet (void)
{
  AtelierInput input;
  g_autofree guint8 *pixels = photograph_square (320, 240, 25, 30, 10, 4, 0);
  g_autoptr (AtelierInputResult) result = NULL;

  for (guint i = 0; i < 320 * 240; i++)
    pixels[i] = 255 - pixels[i];
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.ground = FALSE;
  input.invert = ATELIER_INVERT_ALWAYS;
  result = atelier_input_run_grey (&input, pixels, 320, 240, 320);
  g_assert_true (result->stages[ATELIER_STAGE_LEVELS].was_applied);
  g_assert_true (result->is_empty);
}

/* A garment printed on cream paper ten times as large, photographed with grain in a light that
 * falls off, and saved as JPEG. */
static GdkPixbuf *
photograph_garment (const guint8 *garment,
                    guint         margin)
{
  guint side = SIDE * 10 + 2 * margin;
  g_autoptr (GdkPixbuf) pixbuf =
    gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) side, (int) side);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autofree char *buffer = NULL;
  const double cream[] = { 250, 243, 226 };
  gsize size = 0;

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        guint8 *pixel = gdk_pixbuf_get_pixels (pixbuf)
                        + y * (guint) gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;
        double from_left = 2.0 * x / side - 1;
        double from_top = 2.0 * y / side - 1;
        double light = 1 - 0.07 * (from_left * from_left + from_top * from_top);
        gboolean is_on_print = x >= margin && x < side - margin && y >= margin && y < side - margin;
        guint ink = is_on_print ? garment[(y - margin) / 10 * SIDE + (x - margin) / 10] : 0;

        for (guint i = 0; i < 3; i++)
          pixel[i] = (guint8) CLAMP (cream[i] * light * (255 - ink) / 255
                                       + g_rand_double_range (rand, -6, 6), 0, 255);
      }
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", NULL, "quality", "85",
                                            NULL));
  g_assert_true (gdk_pixbuf_loader_write (loader, (const guint8 *) buffer, size, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return gdk_pixbuf_add_alpha (gdk_pixbuf_loader_get_pixbuf (loader), FALSE, 0, 0, 0);
}

/* The same print without paper, light and camera. */
static AtelierInputResult *
run_print (const AtelierInput *input,
           const guint8       *garment)
{
  const guint side = SIDE * 10;
  g_autofree guint8 *print = g_malloc (side * side);

  for (guint i = 0; i < side * side; i++)
    print[i] = garment[i / side / 10 * SIDE + i % side / 10];
  return atelier_input_run_grey (input, print, side, side, side);
}

static AtelierInputResult *
run_pixbuf (const AtelierInput *input,
            GdkPixbuf          *pixbuf)
{
  return atelier_input_run_rgba (input, gdk_pixbuf_get_pixels (pixbuf),
                                 (guint) gdk_pixbuf_get_width (pixbuf),
                                 (guint) gdk_pixbuf_get_height (pixbuf),
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

/* The mean difference from what the clean print gives. */
static double
compare_photograph (AtelierInput *input,
                    guint         i_class,
                    gboolean      has_levels)
{
  guint8 drawn[N_PIXELS];
  g_autoptr (GdkPixbuf) photograph = NULL;
  g_autoptr (AtelierInputResult) clean = NULL;
  g_autoptr (AtelierInputResult) photographed = NULL;
  const AtelierStagePicture *a, *b;
  guint sum = 0;

  atelier_synthetic_draw_image (1, i_class, i_class + 40, drawn);
  photograph = photograph_garment (drawn, 60);
  input->levels = has_levels;
  clean = run_print (input, drawn);
  photographed = run_pixbuf (input, photograph);
  g_assert_true (photographed->was_inverted);
  g_assert_cmpint (photographed->stages[ATELIER_STAGE_LEVELS].was_applied, ==, has_levels);
  a = &clean->stages[ATELIER_STAGE_RESULT];
  b = &photographed->stages[ATELIER_STAGE_RESULT];
  for (guint i = 0; i < N_PIXELS; i++)
    sum += (guint) ABS (a->pixels[i] - b->pixels[i]);
  return (double) sum / N_PIXELS;
}

static void
test_photographed_garments (void)
{
  AtelierInput input;

  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.ground = FALSE;
  input.sharpen = FALSE;
  for (guint i = 0; i < 10; i++)
    {
      double with = compare_photograph (&input, i, TRUE);
      double without = compare_photograph (&input, i, FALSE);

      g_test_message ("%s: %.1f grey levels off, %.1f without levels",
                      atelier_fashion_class_names[i], with, without);
      g_assert_cmpfloat (with, <, 12);
      g_assert_cmpfloat (with, <, without / 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/grey-levels/cream", test_cream);
  g_test_add_func ("/core/grey-levels/dark-corners", test_dark_corners);
  g_test_add_func ("/core/grey-levels/lamp-on-one-side", test_lamp_on_one_side);
  g_test_add_func ("/core/grey-levels/even-grey-is-exact", test_even_grey_is_exact);
  g_test_add_func ("/core/grey-levels/drawings-are-left", test_drawings_are_left);
  g_test_add_func ("/core/grey-levels/full-frames-are-left", test_full_frames_are_left);
  g_test_add_func ("/core/grey-levels/tiny", test_tiny);
  g_test_add_func ("/core/grey-levels/blank-sheet", test_blank_sheet);
  g_test_add_func ("/core/grey-levels/photographed-garments", test_photographed_garments);

  return g_test_run ();
}
