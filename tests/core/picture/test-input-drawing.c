/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saved drawings that are opened again: the network gets the same input from the file as from the
 * pad. */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/atelier-error.h"
#include "picture/atelier-input.h"

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

static AtelierPicture *
read_bytes (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_from_bytes (bytes, "drawing.png", NULL, &error);

  g_assert_no_error (error);
  return picture;
}

static AtelierPicture *
save_and_open (const guint8 *pixels,
               guint         width,
               guint         height,
               gboolean      fits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    atelier_picture_make_drawing_png (pixels, width, height, fits, "drawing.png", &error);

  g_assert_no_error (error);
  return read_bytes (bytes);
}

/* Does what the pad does. */
static AtelierInputResult *
run_on_pad (const AtelierInput *input,
            const guint8       *pixels,
            gboolean            fits)
{
  AtelierInput adapted = *input;

  atelier_input_adapt_to_drawing (&adapted, fits);
  return atelier_input_run_grey (&adapted, pixels, SIDE, SIDE, SIDE);
}

static void
assert_comes_back (const guint8 *pixels)
{
  AtelierInput input;

  for (guint i = 0; i < 4; i++)
    {
      gboolean fits = i % 2 == 0;
      g_autoptr (AtelierPicture) picture = save_and_open (pixels, SIDE, SIDE, fits);
      g_autoptr (AtelierInputResult) pad = NULL;
      g_autoptr (AtelierInputResult) file = NULL;

      if (i < 2)
        atelier_input_init_fashion (&input, SIDE, SIDE);
      else
        atelier_input_init_mnist (&input, SIDE, SIDE);
      pad = run_on_pad (&input, pixels, fits);
      file = atelier_input_run_picture (&input, picture);
      g_assert_false (file->was_inverted);
      g_assert_cmpmem (file->stages[ATELIER_STAGE_RESULT].pixels, N_PIXELS,
                       pad->stages[ATELIER_STAGE_RESULT].pixels, N_PIXELS);
    }
}

static void
test_small_corner (void)
{
  guint8 pixels[N_PIXELS] = { 0 };

  for (guint y = 3; y < 12; y++)
    memset (pixels + y * SIDE + 2, 180, 7);
  assert_comes_back (pixels);
}

/* A drawing that is filled to the border looks like paper with a hole, but is not taken for it. */
static void
test_filled (void)
{
  guint8 pixels[N_PIXELS];

  memset (pixels, 255, sizeof pixels);
  for (guint row = 10; row < 18; row++)
    memset (pixels + row * SIDE + 10, 0, 8);
  assert_comes_back (pixels);
}

static void
test_chance (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint i = 0; i < 100; i++)
    {
      guint8 pixels[N_PIXELS];

      for (guint k = 0; k < N_PIXELS; k++)
        pixels[k] = g_rand_int_range (rand, 0, 100) < (int) i ? (guint8) g_rand_int (rand) : 0;
      assert_comes_back (pixels);
    }
}

/* A drawing on a dark background is taken as it is, also where the file does not say that it is a
 * drawing. */
static void
test_unmarked_dark_background (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("atelier-input-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) pad = NULL;
  g_autoptr (AtelierInputResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  AtelierInput input;
  gboolean fits = FALSE;

  for (guint y = 2; y < 25; y++)
    memset (pixels + y * SIDE + 6, 90 + (int) y, 15);
  g_assert_true (atelier_picture_save_grey_png (pixels, SIDE, SIDE, path, &error));
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (atelier_picture_get_is_drawing (picture, &fits));
  atelier_input_init_fashion (&input, SIDE, SIDE);
  pad = run_on_pad (&input, pixels, TRUE);
  opened = atelier_input_run_picture (&input, picture);
  g_assert_cmpmem (opened->stages[ATELIER_STAGE_RESULT].pixels, N_PIXELS,
                   pad->stages[ATELIER_STAGE_RESULT].pixels, N_PIXELS);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (parent, NULL, NULL));
}

static void
test_word_is_read (void)
{
  guint8 pixels[12 * 9] = { 7, 200, 3 };

  for (gboolean wanted = FALSE; wanted <= TRUE; wanted++)
    {
      g_autoptr (AtelierPicture) picture = save_and_open (pixels, 12, 9, wanted);
      gboolean fits = !wanted;

      g_assert_true (atelier_picture_get_is_drawing (picture, &fits));
      g_assert_cmpint (fits, ==, wanted);
    }
}

/* Another program changed the pixels and left the text that says that it is a drawing: the text is
 * ignored. */
static void
test_word_of_other_pixels (void)
{
  guint8 pixels[N_PIXELS] = { 7, 200, 3 };
  g_autoptr (GBytes) bytes =
    atelier_picture_make_drawing_png (pixels, SIDE, SIDE, TRUE, "drawing.png", NULL);
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (AtelierPicture) picture = NULL;
  GdkPixbuf *pixbuf;
  const char *word;
  char *buffer = NULL;
  gsize size = 0;
  gboolean fits = FALSE;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, bytes, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  word = gdk_pixbuf_get_option (pixbuf, "tEXt::Atelier-drawing");
  g_assert_true (g_str_has_prefix (word, "fit "));
  gdk_pixbuf_get_pixels (pixbuf)[0] ^= 1;
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", NULL,
                                            "tEXt::Atelier-drawing", word, NULL));
  changed = g_bytes_new_take (buffer, size);
  picture = read_bytes (changed);
  g_assert_false (atelier_picture_get_is_drawing (picture, &fits));
}

/* What a person chose overrides the text in the file. */
static void
test_overruled (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  AtelierInput input;
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) result = NULL;

  memset (pixels + 10 * SIDE, 90, 5 * SIDE);
  picture = save_and_open (pixels, SIDE, SIDE, TRUE);
  atelier_input_init_fashion (&input, SIDE, SIDE);
  input.invert = ATELIER_INVERT_ALWAYS;
  result = atelier_input_run_picture (&input, picture);
  g_assert_true (result->was_inverted);
}

/* For a network of another size a drawing is a picture like any other. */
static void
test_other_size (void)
{
  guint8 pixels[N_PIXELS];
  AtelierInput input;
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) result = NULL;

  memset (pixels, 255, sizeof pixels);
  memset (pixels + 10 * SIDE + 8, 0, 12);
  picture = save_and_open (pixels, SIDE, SIDE, TRUE);
  atelier_input_init_fashion (&input, 14, 14);
  result = atelier_input_run_picture (&input, picture);
  g_assert_true (result->was_inverted);
  g_assert_cmpuint (result->stages[ATELIER_STAGE_RESULT].width, ==, 14);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/input-drawing/small-corner", test_small_corner);
  g_test_add_func ("/core/input-drawing/filled", test_filled);
  g_test_add_func ("/core/input-drawing/chance", test_chance);
  g_test_add_func ("/core/input-drawing/unmarked-dark-background", test_unmarked_dark_background);
  g_test_add_func ("/core/input-drawing/word-is-read", test_word_is_read);
  g_test_add_func ("/core/input-drawing/word-of-other-pixels", test_word_of_other_pixels);
  g_test_add_func ("/core/input-drawing/overruled", test_overruled);
  g_test_add_func ("/core/input-drawing/other-size", test_other_size);

  return g_test_run ();
}
