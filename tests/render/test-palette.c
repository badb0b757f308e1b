/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Colours: contrast against WCAG's own figures, and that letters are readable on everything that
 * is drawn. */

#include <math.h>

#include "atelier-palette.h"

static const AtelierColor black = { 0.0, 0.0, 0.0, 1.0 };
static const AtelierColor white = { 1.0, 1.0, 1.0, 1.0 };

static const AtelierPalette *const palettes[] = { &atelier_palette_light, &atelier_palette_dark };

static void
test_contrast (void)
{
  static const AtelierColor grey = { 0x77 / 255.0, 0x77 / 255.0, 0x77 / 255.0, 1.0 };
  static const AtelierColor red = { 1.0, 0.0, 0.0, 1.0 };

  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&black, &white), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&white, &white), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&grey, &white), 4.478, 1e-3);
  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&white, &grey), 4.478, 1e-3);
  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&red, &white), 3.998, 1e-3);
}

static void
test_contrast_of_translucent (void)
{
  static const AtelierColor half_black = { 0.0, 0.0, 0.0, 0.5 };
  static const AtelierColor middle = { 0.5, 0.5, 0.5, 1.0 };

  g_assert_cmpfloat_with_epsilon (atelier_color_get_contrast (&half_black, &white),
                                  atelier_color_get_contrast (&middle, &white), 1e-9);
}

static void
test_mix (void)
{
  AtelierColor half = atelier_color_mix (&black, &white, 0.5);
  AtelierColor below = atelier_color_mix (&black, &white, -1.0);
  AtelierColor above = atelier_color_mix (&black, &white, 2.0);
  AtelierColor odd = atelier_color_mix (&black, &white, NAN);

  g_assert_cmpfloat (half.red, ==, 0.5);
  g_assert_cmpfloat (half.alpha, ==, 1.0);
  g_assert_cmpfloat (below.green, ==, 0.0);
  g_assert_cmpfloat (above.blue, ==, 1.0);
  g_assert_cmpfloat (odd.red, ==, 0.0);
}

static void
test_readable_everywhere (void)
{
  for (guint i = 0; i < 17 * 17 * 17; i++)
    {
      AtelierColor background = { i % 17 / 16.0, i / 17 % 17 / 16.0, i / (17 * 17) / 16.0, 1.0 };
      AtelierColor text = atelier_color_get_readable (&background);

      g_assert_cmpfloat (atelier_color_get_contrast (&text, &background), >=, 4.5);
    }
}

static void
test_words_are_readable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      const AtelierPalette *palette = palettes[i];

      g_assert_cmpfloat (atelier_color_get_contrast (&palette->text, &palette->background), >=,
                         7.0);
      g_assert_cmpfloat (atelier_color_get_contrast (&palette->dim_text, &palette->background), >=,
                         4.5);
      g_assert_cmpfloat (atelier_color_get_contrast (&palette->dim_text, &palette->diagonal), >=,
                         4.5);
    }
}

static void
test_curves_stand_out (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (palettes); i++)
    {
      const AtelierPalette *palette = palettes[i];

      g_assert_cmpfloat (atelier_color_get_contrast (&palette->training, &palette->background), >=,
                         3.0);
      g_assert_cmpfloat (atelier_color_get_contrast (&palette->validation, &palette->background),
                         >=, 3.0);
      g_assert_cmpfloat (atelier_color_get_contrast (&palette->grid, &palette->background), <, 1.6);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/render/palette/contrast", test_contrast);
  g_test_add_func ("/render/palette/contrast-of-translucent", test_contrast_of_translucent);
  g_test_add_func ("/render/palette/mix", test_mix);
  g_test_add_func ("/render/palette/readable-everywhere", test_readable_everywhere);
  g_test_add_func ("/render/palette/words-are-readable", test_words_are_readable);
  g_test_add_func ("/render/palette/curves-stand-out", test_curves_stand_out);

  return g_test_run ();
}
