/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of an animation the first frame is read, whatever the others are; and a damaged one is refused
 * without a warning of its decoder. */

#include "config.h"

#include "picture/atelier-picture-frame.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/atelier-error.h"
#include "picture/atelier-picture.h"

/* The seed's picture. */
#define WIDTH 12
#define HEIGHT 9

static gboolean
has_webp (void)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (link->data);

      if (g_str_equal (name, "webp"))
        return TRUE;
    }
  g_test_skip ("no WebP loader");
  return FALSE;
}

static GBytes *
read_seed (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "picture", name,
                                                 NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size);
}

static AtelierPicture *
read_good (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_from_bytes (bytes, "good", NULL, &error);

  g_assert_no_error (error);
  return picture;
}

static void
assert_refused (GBytes       *bytes,
                AtelierError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, "bad", NULL, &error);

  g_assert_null (picture);
  g_assert_error (error, ATELIER_ERROR, (int) code);
}

/* Transfer full: [height, width, 4]. */
static guint8 *
read_pixels (AtelierPicture *picture)
{
  guint width = atelier_picture_get_width (picture);
  guint height = atelier_picture_get_height (picture);
  guint8 *rgba = g_new (guint8, (gsize) width * height * 4);

  atelier_picture_read_rows (picture, 0, height, rgba);
  return rgba;
}

/* ---- WebP ---- */

static void
append_number (GByteArray *file,
               guint32     number,
               guint       n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (guint8) (number >> 8 * i);

      g_byte_array_append (file, &byte, 1);
    }
}

static GByteArray *
begin_webp (guint width,
            guint height)
{
  GByteArray *file = g_byte_array_new ();
  static const guint8 loop[] = { 'A', 'N', 'I', 'M', 6, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

  g_byte_array_append (file, (const guint8 *) "RIFF\0\0\0\0WEBPVP8X", 16);
  append_number (file, 10, 4);
  append_number (file, 2, 4);
  append_number (file, width - 1, 3);
  append_number (file, height - 1, 3);
  g_byte_array_append (file, loop, sizeof loop);
  return file;
}

/* @chunks: of a picture that stands still; @x, @y: even. */
static void
append_frame (GByteArray   *file,
              guint         x,
              guint         y,
              const guint8 *chunks,
              gsize         n_chunks)
{
  g_byte_array_append (file, (const guint8 *) "ANMF", 4);
  append_number (file, 16 + (guint32) n_chunks, 4);
  append_number (file, x / 2, 3);
  append_number (file, y / 2, 3);
  append_number (file, WIDTH - 1, 3);
  append_number (file, HEIGHT - 1, 3);
  append_number (file, 100, 4);
  g_byte_array_append (file, chunks, (guint) n_chunks);
}

static GBytes *
end_webp (GByteArray *file)
{
  guint32 size = GUINT32_TO_LE (file->len - 8);

  memcpy (file->data + 4, &size, 4);
  return g_byte_array_free_to_bytes (file);
}

/* Two frames; @damaged: the one that is noise, if there is such a one. */
static GBytes *
make_webp (guint width,
           guint height,
           guint x,
           guint y,
           int   damaged)
{
  g_autoptr (GBytes) still = read_seed ("rgb.webp");
  GByteArray *file = begin_webp (width, height);
  gsize size;
  const guint8 *data = g_bytes_get_data (still, &size);
  g_autofree guint8 *noise = g_memdup2 (data + 12, size - 12);

  memset (noise + 8, 0x5a, size - 20);
  for (int i = 0; i < 2; i++)
    append_frame (file, x, y, i == damaged ? noise : data + 12, size - 12);
  return end_webp (file);
}

static void
test_webp (void)
{
  g_autoptr (GBytes) still = read_seed ("rgb.webp");
  g_autoptr (AtelierPicture) expected = NULL;
  g_autofree guint8 *pixels = NULL;

  if (!has_webp ())
    return;
  expected = read_good (still);
  pixels = read_pixels (expected);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bytes = make_webp (WIDTH, HEIGHT, 0, 0, i == 0 ? -1 : 1);
      g_autoptr (AtelierPicture) picture = read_good (bytes);
      g_autofree guint8 *found = read_pixels (picture);

      g_assert_cmpuint (atelier_picture_get_width (picture), ==, WIDTH);
      g_assert_cmpuint (atelier_picture_get_height (picture), ==, HEIGHT);
      g_assert_cmpmem (found, WIDTH * HEIGHT * 4, pixels, WIDTH * HEIGHT * 4);
    }
}

static void
test_webp_place (void)
{
  const guint width = 20, x = 4, y = 2;
  g_autoptr (GBytes) still = read_seed ("rgb.webp");
  g_autoptr (GBytes) bytes = make_webp (width, 14, x, y, -1);
  g_autoptr (AtelierPicture) expected = NULL;
  g_autoptr (AtelierPicture) picture = NULL;
  g_autofree guint8 *pixels = NULL;
  g_autofree guint8 *found = NULL;

  if (!has_webp ())
    return;
  expected = read_good (still);
  pixels = read_pixels (expected);
  picture = read_good (bytes);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, width);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, 14);
  found = read_pixels (picture);
  for (guint row = 0; row < HEIGHT; row++)
    g_assert_cmpmem (found + ((row + y) * width + x) * 4, WIDTH * 4, pixels + row * WIDTH * 4,
                     WIDTH * 4);
  g_assert_cmpuint (found[3], ==, 0);
  g_assert_cmpuint (found[14 * width * 4 - 1], ==, 0);
}

/* A first frame of noise, outside the canvas, cut off, or none at all. */
static void
test_webp_damaged (void)
{
  g_autoptr (GBytes) noise = make_webp (WIDTH, HEIGHT, 0, 0, 0);
  g_autoptr (GBytes) outside = make_webp (WIDTH, HEIGHT, 2, 0, -1);
  g_autoptr (GBytes) good = make_webp (WIDTH, HEIGHT, 0, 0, -1);
  g_autoptr (GBytes) none = end_webp (begin_webp (WIDTH, HEIGHT));
  gsize n_none = g_bytes_get_size (none);

  if (!has_webp ())
    return;
  assert_refused (noise, ATELIER_ERROR_FORMAT);
  assert_refused (outside, ATELIER_ERROR_FORMAT);
  assert_refused (none, ATELIER_ERROR_FORMAT);
  for (gsize i = 1; i < 60; i++)
    {
      GByteArray *file = g_byte_array_new ();
      g_autoptr (GBytes) cut = NULL;

      g_byte_array_append (file, g_bytes_get_data (good, NULL), (guint) (n_none + i));
      cut = end_webp (file);
      assert_refused (cut, ATELIER_ERROR_FORMAT);
    }
}

/* The canvas is checked although the frame is small. */
static void
test_webp_too_large (void)
{
  g_autoptr (GBytes) bytes = make_webp (60000, 60000, 0, 0, -1);

  if (has_webp ())
    assert_refused (bytes, ATELIER_ERROR_TOO_LARGE);
}

/* A picture that stands still and says in its header that it is enormous: some decoders take memory
 * for it before they say so. */
static void
test_webp_too_large_still (void)
{
  static const guint8 file[] =
    "RIFF$\0\0\0WEBPVP8X\x0a\0\0\0\xf4\xff\xff\xff\xec\xff\xff\xf2\0\0ANIM\x06\0\0\0\0\0\0\0\0\0";
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, sizeof file - 1);

  if (has_webp ())
    assert_refused (bytes, ATELIER_ERROR_TOO_LARGE);
}

/* ---- GIF ---- */

/* A screen of 2 x 1 pixels; the first frame of as many, red and green, says where it lies and what
 * becomes of it; the second is not whole. */
static const guint8 gif[] = {
  'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0x91, 0, 0,
  255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
  0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0,
  0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 13, 0,
  0x3b
};
#define GIF_CONTROL_AT 28
#define GIF_TRANSPARENT_AT 31
#define GIF_X_AT 34
#define GIF_WIDTH_AT 38

static void
test_gif_second_damaged (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (gif, sizeof gif);
  g_autoptr (AtelierPicture) picture = read_good (bytes);
  g_autofree guint8 *found = read_pixels (picture);
  static const guint8 expected[] = { 255, 0, 0, 255, 0, 255, 0, 255 };

  g_assert_cmpmem (found, 2 * 4, expected, sizeof expected);
}

/* "Restore what was there before" of a frame that is partly outside the screen. */
static void
test_gif_outside (void)
{
  g_autofree guint8 *data = g_memdup2 (gif, sizeof gif);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierPicture) picture = NULL;
  g_autofree guint8 *found = NULL;
  static const guint8 expected[] = { 0, 0, 0, 0, 255, 0, 0, 255 };

  data[GIF_CONTROL_AT] = 3 << 2;
  data[GIF_X_AT] = 1;
  bytes = g_bytes_new_static (data, sizeof gif);
  picture = read_good (bytes);
  found = read_pixels (picture);
  g_assert_cmpmem (found, 2 * 4, expected, sizeof expected);
}

static void
test_gif_transparent (void)
{
  g_autofree guint8 *data = g_memdup2 (gif, sizeof gif);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierPicture) picture = NULL;
  g_autofree guint8 *found = NULL;
  static const guint8 expected[] = { 255, 0, 0, 255, 0, 0, 0, 0 };

  data[GIF_CONTROL_AT] = 3 << 2 | 1;
  data[GIF_TRANSPARENT_AT] = 1;
  bytes = g_bytes_new_static (data, sizeof gif);
  picture = read_good (bytes);
  found = read_pixels (picture);
  g_assert_cmpmem (found, 2 * 4, expected, sizeof expected);
}

static void
test_gif_too_large (void)
{
  g_autofree guint8 *data = g_memdup2 (gif, sizeof gif);
  g_autoptr (GBytes) bytes = NULL;

  data[GIF_WIDTH_AT + 1] = 0xff;
  bytes = g_bytes_new_static (data, sizeof gif);
  assert_refused (bytes, ATELIER_ERROR_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/picture-frame/webp", test_webp);
  g_test_add_func ("/core/picture-frame/webp-place", test_webp_place);
  g_test_add_func ("/core/picture-frame/webp-damaged", test_webp_damaged);
  g_test_add_func ("/core/picture-frame/webp-too-large", test_webp_too_large);
  g_test_add_func ("/core/picture-frame/webp-too-large/still", test_webp_too_large_still);
  g_test_add_func ("/core/picture-frame/gif-second-damaged", test_gif_second_damaged);
  g_test_add_func ("/core/picture-frame/gif-outside", test_gif_outside);
  g_test_add_func ("/core/picture-frame/gif-transparent", test_gif_transparent);
  g_test_add_func ("/core/picture-frame/gif-too-large", test_gif_too_large);
  return g_test_run ();
}
