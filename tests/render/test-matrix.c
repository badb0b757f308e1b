/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The matrix: what the cells say, that they are readable, and that the picture has every cell. */

#include <math.h>

#include "atelier-matrix.h"

static const char *const names[] = { "T-shirt/top", "Trouser", "Ankle boot" };

/* Rows are the truth: 10, 2000 and none at all. */
static const guint counts[] = {
  8, 2, 0,
  1, 1999, 0,
  0, 0, 0,
};

static const AtelierPalette *const palettes[] = { &atelier_palette_light, &atelier_palette_dark };

static AtelierMatrix
create_matrix (AtelierMatrixMode mode)
{
  return (AtelierMatrix) { .counts = counts, .n_classes = 3, .class_names = names, .mode = mode };
}

static void
assert_text (const AtelierMatrix *matrix,
             guint                truth,
             guint                prediction,
             const char          *expected)
{
  g_autofree char *text = atelier_matrix_get_cell_text (matrix, truth, prediction);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text_counts (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_COUNTS);

  assert_text (&matrix, 0, 0, "8");
  assert_text (&matrix, 0, 1, "2");
  assert_text (&matrix, 0, 2, "");
  assert_text (&matrix, 1, 1, "1999");
}

static void
test_text_percent_of_truth (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_PERCENT_OF_TRUTH);

  assert_text (&matrix, 0, 1, "20.0");
  assert_text (&matrix, 1, 0, "0.1");
  /* 99.95 does not read as all. */
  assert_text (&matrix, 1, 1, "99.9");
  assert_text (&matrix, 2, 2, "");
}

static void
test_text_percent_of_prediction (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_PERCENT_OF_PREDICTION);

  assert_text (&matrix, 0, 0, "88.9");
  assert_text (&matrix, 1, 0, "11.1");
  assert_text (&matrix, 2, 2, "");
}

static void
test_text_all (void)
{
  static const guint right[] = { 7, 0, 0, 9 };
  AtelierMatrix matrix = { .counts = right, .n_classes = 2, .class_names = names,
                           .mode = ATELIER_MATRIX_PERCENT_OF_TRUTH };

  assert_text (&matrix, 0, 0, "100");
  assert_text (&matrix, 1, 0, "");
}

static void
assert_same_color (const AtelierColor *a,
                   const AtelierColor *b)
{
  g_assert_cmpfloat (a->red, ==, b->red);
  g_assert_cmpfloat (a->green, ==, b->green);
  g_assert_cmpfloat (a->blue, ==, b->blue);
}

static void
test_colors (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_COUNTS);

  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      AtelierColor fill, text;

      atelier_matrix_get_cell_colors (&matrix, palettes[i], 0, 0, &fill, &text);
      assert_same_color (&fill, &palettes[i]->diagonal);
      atelier_matrix_get_cell_colors (&matrix, palettes[i], 0, 2, &fill, &text);
      assert_same_color (&fill, &palettes[i]->background);
      atelier_matrix_get_cell_colors (&matrix, palettes[i], 2, 2, &fill, &text);
      assert_same_color (&fill, &palettes[i]->diagonal);
    }
}

/* One mistake in 10,000 shows, more are stronger, and at every step the figure is readable. */
static void
test_ramp (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      const AtelierPalette *palette = palettes[i];
      double previous = atelier_color_get_contrast (&palette->background, &palette->background);

      for (guint n = 1; n <= 10000; n = n * 5 / 4 + 1)
        {
          guint row[] = { 10000 - n, n, 0, 1 };
          AtelierMatrix matrix = { .counts = row, .n_classes = 2, .class_names = names };
          AtelierColor fill, text;
          double contrast;

          atelier_matrix_get_cell_colors (&matrix, palette, 0, 1, &fill, &text);
          contrast = atelier_color_get_contrast (&fill, &palette->background);
          g_assert_cmpfloat (contrast, >=, previous);
          g_assert_cmpfloat (contrast, >=, 1.08);
          g_assert_cmpfloat (atelier_color_get_contrast (&text, &fill), >=, 4.5);
          previous = contrast;
        }
    }
}

static void
test_all_text_is_readable (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_COUNTS);

  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    for (guint cell = 0; cell < 9; cell++)
      {
        AtelierColor fill, text;

        atelier_matrix_get_cell_colors (&matrix, palettes[i], cell / 3, cell % 3, &fill, &text);
        g_assert_cmpfloat (atelier_color_get_contrast (&text, &fill), >=, 4.5);
      }
}

static void
test_abbreviate (void)
{
  static const struct
  {
    const char *name;
    guint       max_chars;
    const char *expected;
  } cases[] = {
    { "Bag", 4, "Bag" },
    { "Trouser", 4, "Trou" },
    { "T-shirt/top", 4, "T-sh" },
    { "T-shirt/top", 2, "T" },
    { "T-shirt/top", 8, "T-shirt" },
    { "Ankle boot", 4, "Boot" },
    { "class number 17", 4, "17" },
    { " Ankle boot ", 10, "Ankle boot" },
    { "Überzieher", 4, "Über" },
    { "e\314\201toile", 2, "E\314\201t" },
    { "grüner ßtoff", 3, "ßto" },
    { "a b c", 1, "C" },
    { "word", 0, "" },
    { "", 4, "" },
    { "   ", 4, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = atelier_matrix_abbreviate (cases[i].name, cases[i].max_chars);

      g_assert_cmpstr (name, ==, cases[i].expected);
    }
}

static void
test_abbreviate_broken_text (void)
{
  g_autofree char *name = atelier_matrix_abbreviate ("\xff\xfe\xc3Shirts and more", 4);

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (name, -1), <=, 4);
}

/* How many pixels of a drawn picture have this colour, but for rounding. */
static guint
count_pixels (cairo_surface_t    *surface,
              const AtelierColor *color)
{
  guint n = 0;

  cairo_surface_flush (surface);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guint8 *data = cairo_image_surface_get_data (surface)
                           + y * cairo_image_surface_get_stride (surface);
      const guint32 *row = (const guint32 *) (const void *) data;

      for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
        n += fabs ((row[x] >> 16 & 0xff) - color->red * 255.0) <= 1.0
             && fabs ((row[x] >> 8 & 0xff) - color->green * 255.0) <= 1.0
             && fabs ((row[x] & 0xff) - color->blue * 255.0) <= 1.0;
    }

  return n;
}

static cairo_surface_t *
draw_matrix (const AtelierMatrix  *matrix,
             const AtelierPalette *palette,
             int                   width,
             int                   height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, palette->background.red, palette->background.green,
                        palette->background.blue);
  cairo_paint (cr);
  atelier_matrix_draw (matrix, palette, cr, width, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);

  return surface;
}

static void
test_draw (void)
{
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_COUNTS);

  matrix.title = "Confusion matrix";
  matrix.caption = "A caption that is long enough to need a second line on a page as narrow as "
                   "this one surely is";
  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      cairo_surface_t *surface = draw_matrix (&matrix, palettes[i], 400, 400);
      AtelierColor fill, text;

      atelier_matrix_get_cell_colors (&matrix, palettes[i], 0, 1, &fill, &text);
      g_assert_cmpuint (count_pixels (surface, &fill), >, 1000);
      g_assert_cmpuint (count_pixels (surface, &palettes[i]->diagonal), >, 3000);
      g_assert_cmpuint (count_pixels (surface, &palettes[i]->text), >, 20);
      cairo_surface_destroy (surface);
    }
}

/* From two classes to forty, each with one mistake in each row: every fill is there. */
static void
test_draw_any_number_of_classes (void)
{
  for (guint n = 1; n <= 40; n = n * 2 + 1)
    {
      g_autofree guint *many = g_new0 (guint, (gsize) n * n);
      g_autoptr (GPtrArray) many_names = g_ptr_array_new_with_free_func (g_free);
      AtelierMatrix matrix = { .counts = many, .n_classes = n, .title = "Many" };
      cairo_surface_t *surface;
      AtelierColor fill, text;

      for (guint i = 0; i < n; i++)
        {
          many[i * n + i] = 90;
          many[i * n + (i + 1) % n] += 10;
          g_ptr_array_add (many_names, g_strdup_printf ("a class with a long name, number %u", i));
        }
      matrix.class_names = (const char *const *) many_names->pdata;

      surface = draw_matrix (&matrix, &atelier_palette_light, 600, 500);
      atelier_matrix_get_cell_colors (&matrix, &atelier_palette_light, 0, n > 1 ? 1 : 0, &fill,
                                      &text);
      g_assert_cmpuint (count_pixels (surface, &fill), >, 10 * n);
      cairo_surface_destroy (surface);
    }
}

static void
test_draw_in_little_room (void)
{
  static const int sides[] = { 1, 7, 30, 80, 150 };
  AtelierMatrix matrix = create_matrix (ATELIER_MATRIX_PERCENT_OF_TRUTH);

  matrix.title = "Confusion matrix";
  matrix.caption = "caption";
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sides); j++)
      cairo_surface_destroy (draw_matrix (&matrix, &atelier_palette_dark, sides[i], sides[j]));
}

static void
test_draw_without_classes (void)
{
  AtelierMatrix matrix = { .title = "Nothing" };

  cairo_surface_destroy (draw_matrix (&matrix, &atelier_palette_light, 200, 200));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/matrix/text/counts", test_text_counts);
  g_test_add_func ("/render/matrix/text/percent-of-truth", test_text_percent_of_truth);
  g_test_add_func ("/render/matrix/text/percent-of-prediction", test_text_percent_of_prediction);
  g_test_add_func ("/render/matrix/text/all", test_text_all);
  g_test_add_func ("/render/matrix/colors", test_colors);
  g_test_add_func ("/render/matrix/ramp", test_ramp);
  g_test_add_func ("/render/matrix/all-text-is-readable", test_all_text_is_readable);
  g_test_add_func ("/render/matrix/abbreviate", test_abbreviate);
  g_test_add_func ("/render/matrix/abbreviate-broken-text", test_abbreviate_broken_text);
  g_test_add_func ("/render/matrix/draw", test_draw);
  g_test_add_func ("/render/matrix/draw-any-number-of-classes", test_draw_any_number_of_classes);
  g_test_add_func ("/render/matrix/draw-in-little-room", test_draw_in_little_room);
  g_test_add_func ("/render/matrix/draw-without-classes", test_draw_without_classes);

  return g_test_run ();
}
