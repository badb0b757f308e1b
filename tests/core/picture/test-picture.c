/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "picture/atelier-picture.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"

/* 2x1 pixels, two frames: red and green, then blue and blue. */
static const guint8 animated_gif[] = {
  'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0x91, 0, 0,
  255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
  0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0,
  0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x94, 0x0a, 0,
  0x3b
};

static const char svg_text[] =
  "<?xml version=\"1.0\"?>\n<!-- A square. -->\n"
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">"
  "<rect x=\"0\" y=\"0\" width=\"10\" height=\"10\" fill=\"#ff0000\"/></svg>\n";

static const char *const saved_types[] = { "png", "jpeg", "bmp", "tiff" };

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("atelier-picture-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* A gradient in colours, @n_channels 3 or 4. */
static GdkPixbuf *
make_pixbuf (int      width,
             int      height,
             gboolean has_alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width, height);
  int n_channels = has_alpha ? 4 : 3;
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = gdk_pixbuf_get_pixels (pixbuf) + y * stride + x * n_channels;

        pixel[0] = (guint8) (x * 7 + y * 31);
        pixel[1] = (guint8) (x * y * 13);
        pixel[2] = (guint8) (y * 5);
        if (has_alpha)
          pixel[3] = (guint8) (255 - x);
      }
  return pixbuf;
}

static GBytes *
save (GdkPixbuf  *pixbuf,
      const char *type)
{
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

static GBytes *
make_file (const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (60, 40, FALSE);

  return save (pixbuf, type);
}

static gboolean
has_loader (const char *type)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *link = formats; link != NULL; link = link->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (link->data);

      if (g_str_equal (name, type))
        return TRUE;
    }
  return FALSE;
}

static AtelierPicture *
read_good (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_from_bytes (bytes, "good", NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (picture);
  return picture;
}

static void
assert_bad (const void   *data,
            gsize         size,
            AtelierError  code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, "bad.png", NULL, &error);

  g_assert_null (picture);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "bad.png"));
}

/* Transfer full: [height, width, 4]. */
static guint8 *
read_rgba (AtelierPicture *picture)
{
  guint width = atelier_picture_get_width (picture);
  guint height = atelier_picture_get_height (picture);
  guint8 *rgba = g_malloc ((gsize) width * height * 4);

  atelier_picture_read_rows (picture, 0, height, rgba);
  return rgba;
}

static void
assert_pixel (AtelierPicture *picture,
              guint           x,
              guint           y,
              guint           red,
              guint           green,
              guint           blue,
              guint           alpha)
{
  g_autofree guint8 *row = g_malloc ((gsize) atelier_picture_get_width (picture) * 4);
  const guint8 *pixel = row + (gsize) x * 4;

  atelier_picture_read_rows (picture, y, 1, row);

  g_assert_cmpuint (pixel[0], ==, red);
  g_assert_cmpuint (pixel[1], ==, green);
  g_assert_cmpuint (pixel[2], ==, blue);
  g_assert_cmpuint (pixel[3], ==, alpha);
}

static char *
write_file (Fixture    *fixture,
            const char *name,
            const void *data,
            gsize       size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

static char *
write_bytes (Fixture    *fixture,
             const char *name,
             GBytes     *bytes)
{
  return write_file (fixture, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_load_fails (const char   *path,
                   AtelierError  code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);

  g_assert_null (picture);
  g_assert_error (error, ATELIER_ERROR, (int) code);
}

static void
test_lossless (void)
{
  const char *types[] = { "png", "bmp", "tiff" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) bytes = make_file (types[i]);
      g_autoptr (AtelierPicture) picture = read_good (bytes);

      g_assert_cmpuint (atelier_picture_get_width (picture), ==, 60);
      g_assert_cmpuint (atelier_picture_get_height (picture), ==, 40);
      for (guint y = 0; y < 40; y++)
        for (guint x = 0; x < 60; x++)
          assert_pixel (picture, x, y, (x * 7 + y * 31) & 255, (x * y * 13) & 255, (y * 5) & 255,
                        255);
    }
}

static void
test_jpeg (void)
{
  g_autoptr (GBytes) bytes = make_file ("jpeg");
  g_autoptr (AtelierPicture) picture = read_good (bytes);
  g_autofree guint8 *rgba = read_rgba (picture);

  g_assert_cmpuint (atelier_picture_get_width (picture), ==, 60);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, 40);
  g_assert_cmpuint (rgba[3], ==, 255);
}

static void
test_alpha (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (60, 40, TRUE);
  g_autoptr (GBytes) bytes = save (pixbuf, "png");
  g_autoptr (AtelierPicture) picture = read_good (bytes);
  g_autofree guint8 *rgba = read_rgba (picture);

  g_assert_cmpmem (rgba, 60 * 40 * 4, gdk_pixbuf_get_pixels (pixbuf), 60 * 40 * 4);
}

static void
test_one_pixel (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (saved_types); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (1, 1, FALSE);
      g_autoptr (GBytes) bytes = save (pixbuf, saved_types[i]);
      g_autoptr (AtelierPicture) picture = read_good (bytes);

      g_assert_cmpuint (atelier_picture_get_width (picture), ==, 1);
      g_assert_cmpuint (atelier_picture_get_height (picture), ==, 1);
    }
}

static void
test_gif_first_frame (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (animated_gif, sizeof animated_gif);
  g_autoptr (AtelierPicture) picture = read_good (bytes);

  g_assert_cmpuint (atelier_picture_get_width (picture), ==, 2);
  assert_pixel (picture, 0, 0, 255, 0, 0, 255);
  assert_pixel (picture, 1, 0, 0, 255, 0, 255);
}

static void
test_svg (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (svg_text, sizeof svg_text - 1);
  g_autoptr (AtelierPicture) picture = NULL;

  if (!has_loader ("svg"))
    {
      g_test_skip ("no SVG loader");
      return;
    }
  picture = read_good (bytes);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, 1024);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, 512);
  assert_pixel (picture, 100, 100, 255, 0, 0, 255);
  assert_pixel (picture, 900, 100, 0, 0, 0, 0);
}

/* One picture in many ways of storing: with 16 bits, in CMYK, with a palette, packed, in pieces. */
static void
test_variants (void)
{
  static const struct
  {
    const char *name;
    const char *type;
  } variants[] = {
    { "rgb.png", "png" }, { "deep.png", "png" }, { "palette.png", "png" },
    { "interlaced.png", "png" }, { "base.jpg", "jpeg" }, { "cmyk.jpg", "jpeg" },
    { "progressive.jpg", "jpeg" }, { "still.gif", "gif" }, { "rle.bmp", "bmp" },
    { "lzw.tif", "tiff" }, { "big-endian.tif", "tiff" }, { "rgb.webp", "webp" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "picture",
                                                     variants[i].name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierPicture) picture = NULL;
      g_autofree guint8 *first = NULL;
      const guint8 *last;

      if (!has_loader (variants[i].type))
        continue;
      picture = atelier_picture_load (file, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (atelier_picture_get_width (picture), ==, 12);
      g_assert_cmpuint (atelier_picture_get_height (picture), ==, 9);
      first = read_rgba (picture);
      last = first + (12 * 9 - 1) * 4;
      /* Red in one corner and blue in the other, as far as palettes and loss allow. */
      if (first[0] < 200 || first[1] > 30 || first[2] > 70
          || last[0] > 20 || last[1] > 20 || last[2] < 220)
        g_error ("%s: %u %u %u and %u %u %u", variants[i].name, first[0], first[1], first[2],
                 last[0], last[1], last[2]);
    }
}

/* The sides of a picture of 60x40 whose EXIF says how the camera was held; with 6, for one, it was
 * held upright. */
static void
assert_orientation (guint8 orientation,
                    guint  width,
                    guint  height)
{
  const guint8 exif[] = {
    0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0
  };
  g_autoptr (GBytes) plain = make_file ("jpeg");
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierPicture) picture = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);

  g_byte_array_append (turned, data, 2);
  g_byte_array_append (turned, exif, sizeof exif);
  g_byte_array_append (turned, data + 2, (guint) (size - 2));
  bytes = g_bytes_new (turned->data, turned->len);
  picture = read_good (bytes);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, width);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, height);
}

static void
test_orientation (void)
{
  for (guint8 orientation = 1; orientation <= 4; orientation++)
    assert_orientation (orientation, 60, 40);
  for (guint8 orientation = 5; orientation <= 8; orientation++)
    assert_orientation (orientation, 40, 60);
  /* A value that means no orientation. */
  assert_orientation (9, 60, 40);
}

/* A picture that is cut anywhere is refused, mostly as truncated. */
static void
assert_truncations_fail (const guint8 *data,
                         gsize         size,
                         gsize         first,
                         const char   *type)
{
  for (gsize cut = first; cut < size; cut += MAX (size / 200, 1))
    {
      g_autoptr (GBytes) bytes = g_bytes_new (data, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, "cut", NULL, &error);

      if (picture != NULL || !g_error_matches (error, ATELIER_ERROR, ATELIER_ERROR_TRUNCATED))
        g_error ("%s cut to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT ": %s", type, cut, size,
                 error != NULL ? error->message : "read");
    }
}

static void
test_truncated (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (saved_types); i++)
    {
      g_autoptr (GBytes) bytes = make_file (saved_types[i]);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      assert_truncations_fail (data, size, 8, saved_types[i]);
    }
  assert_truncations_fail (animated_gif, sizeof animated_gif - 1, 6, "gif");
  if (has_loader ("svg"))
    assert_truncations_fail ((const guint8 *) svg_text, sizeof svg_text - 10, 120, "svg");
}

static void
test_truncated_by_one (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (saved_types); i++)
    {
      g_autoptr (GBytes) bytes = make_file (saved_types[i]);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      assert_bad (data, size - 1, ATELIER_ERROR_TRUNCATED);
    }
}

/* An end marker in a segment, as a thumbnail has one, is not the picture's end. */
static void
test_jpeg_thumbnail_is_no_end (void)
{
  static const guint8 segment[] = { 0xff, 0xe5, 0, 6, 0xff, 0xd9, 0xff, 0xd9 };
  g_autoptr (GBytes) plain = make_file ("jpeg");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);

  g_byte_array_append (bytes, data, 2);
  g_byte_array_append (bytes, segment, sizeof segment);
  g_byte_array_append (bytes, data + 2, (guint) (size / 2));
  assert_bad (bytes->data, bytes->len, ATELIER_ERROR_TRUNCATED);
}

static void
test_empty (void)
{
  assert_bad ("", 0, ATELIER_ERROR_TRUNCATED);
}

static void
test_garbage (void)
{
  static const char *const texts[] = {
    "x", "hello, world", "P6 9 9 255 ", "#define x_width 9", "/* XPM */", "<html>", "GIF",
  };
  guint8 noise[5000];
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (gsize i = 0; i < sizeof noise; i++)
    noise[i] = (guint8) g_rand_int (rand);
  assert_bad (noise, sizeof noise, ATELIER_ERROR_UNSUPPORTED);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], strlen (texts[i]), ATELIER_ERROR_UNSUPPORTED);
}

/* The message says which kinds can be read. */
static void
test_unsupported_names_kinds (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("hello", 5);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_picture_from_bytes (bytes, "a.txt", NULL, &error));
  g_assert_nonnull (strstr (error->message, "PNG, JPEG, GIF, BMP, TIFF"));
}

/* Files with a good header and noise behind it: an error or a picture. */
static void
test_damaged (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GBytes) good = i % 5 == 4 ? g_bytes_new_static (animated_gif, sizeof animated_gif)
                                           : make_file (saved_types[i % 5]);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierPicture) picture = NULL;
      gsize size;
      guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));

      size = g_bytes_get_size (good);
      for (guint k = 0; k < 1 + i % 20; k++)
        data[g_rand_int_range (rand, 0, (int) size)] = (guint8) g_rand_int (rand);
      bytes = g_bytes_new_take (data, size);
      picture = atelier_picture_from_bytes (bytes, "damaged", NULL, &error);
      g_assert_true ((picture == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_cmpuint (error->domain, ==, ATELIER_ERROR);
    }
}

/* Files of some bytes that claim to be 100,000 pixels wide, or 50,000 where the format cannot say
 * more. */
static void
test_bombs (void)
{
  static const guint8 png[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
    0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0,
    8, 6, 0, 0, 0, 0xa8, 0x52, 0x0b, 0xc8, 0, 0, 0, 0, 'I', 'D', 'A', 'T', 0x35, 0xaf, 0x06, 0x1e,
    0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82
  };
  static const guint8 bmp[] = {
    'B', 'M', 0x36, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
    40, 0, 0, 0, 0x60, 0xea, 0, 0, 0x60, 0xea, 0, 0, 1, 0, 24, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3
  };
  static const guint8 gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 0xff, 0xff, 0xff, 0xff, 0x91, 0, 0,
    255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
    0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0x44, 0x0a, 0, 0x3b
  };

  assert_bad (png, sizeof png, ATELIER_ERROR_TOO_LARGE);
  assert_bad (bmp, sizeof bmp, ATELIER_ERROR_TOO_LARGE);
  assert_bad (gif, sizeof gif, ATELIER_ERROR_TOO_LARGE);
}

/* Copies @bytes and overwrites the two bytes @i_byte into the first place where @found is. */
static guint8 *
patch (GBytes     *bytes,
       const char *found,
       gsize       n_found,
       gsize       i_byte,
       const char *two)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at + n_found <= size; at++)
    if (memcmp (data + at, found, n_found) == 0)
      {
        guint8 *patched = g_memdup2 (data, size);

        memcpy (patched + at + i_byte, two, 2);
        return patched;
      }
  g_assert_not_reached ();
}

/* The height in a good JPEG's header, made 50,000. */
static void
test_jpeg_bomb (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (313, 311, FALSE);
  g_autoptr (GBytes) good = save (pixbuf, "jpeg");
  g_autofree guint8 *bad = patch (good, "\x01\x37\x01\x39", 4, 0, "\xc3\x50");

  assert_bad (bad, g_bytes_get_size (good), ATELIER_ERROR_TOO_LARGE);
}

/* The width in a good TIFF's directory, made 50,000. */
static void
test_tiff_bomb (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (313, 311, FALSE);
  g_autoptr (GBytes) good = save (pixbuf, "tiff");
  g_autofree guint8 *bad = NULL;

  if (*(const char *) g_bytes_get_data (good, NULL) == 'I')
    bad = patch (good, "\x00\x01\x03\x00\x01\x00\x00\x00\x39\x01", 10, 8, "\x50\xc3");
  else
    bad = patch (good, "\x01\x00\x00\x03\x00\x00\x00\x01\x01\x39", 10, 8, "\xc3\x50");
  assert_bad (bad, g_bytes_get_size (good), ATELIER_ERROR_TOO_LARGE);
}

/* Each side is allowed, their product is not. */
static void
test_too_many_pixels (void)
{
  guint8 bmp[57] = {
    'B', 'M', 0x36, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
    40, 0, 0, 0, 0, 0x30, 0, 0, 0, 0x30, 0, 0, 1, 0, 24,
  };

  assert_bad (bmp, sizeof bmp, ATELIER_ERROR_TOO_LARGE);
}

static void
test_svg_is_bounded (void)
{
  static const char text[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1000000\" height=\"10\"></svg>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = NULL;

  if (!has_loader ("svg"))
    {
      g_test_skip ("no SVG loader");
      return;
    }
  picture = atelier_picture_from_bytes (bytes, "wide.svg", NULL, &error);
  if (picture != NULL)
    g_assert_cmpuint (atelier_picture_get_width (picture), <=, 1024);
  else
    g_assert_cmpuint (error->domain, ==, ATELIER_ERROR);
}

static void
test_load (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GBytes) bytes = make_file ("png");
  /* The content decides, not the name. */
  g_autofree char *path = write_bytes (fixture, "ein Bild.jpg", bytes);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, 60);
  g_assert_cmpstr (atelier_picture_get_name (picture), ==, "ein Bild.jpg");
}

static void
test_load_missing (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing.png", NULL);

  assert_load_fails (path, ATELIER_ERROR_NOT_FOUND);
}

static void
test_load_folder (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_load_fails (fixture->folder, ATELIER_ERROR_FORMAT);
}

static void
test_load_fifo (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pipe.png", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_load_fails (path, ATELIER_ERROR_FORMAT);
}

static void
test_load_device (Fixture       *fixture,
                  gconstpointer  data)
{
  assert_load_fails ("/dev/zero", ATELIER_ERROR_FORMAT);
}

static void
test_load_no_permission (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "secret.png", "x", 1);

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_load_fails (path, ATELIER_ERROR_FAILED);
}

static void
test_load_empty (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "empty.png", "", 0);

  assert_load_fails (path, ATELIER_ERROR_TRUNCATED);
}

/* A sparse file of more than the bound. */
static void
test_load_too_large (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "large.png", "\x89PNG\r\n\x1a\n", 8);

  g_assert_cmpint (truncate (path, ATELIER_PICTURE_MAX_FILE_BYTES + 1), ==, 0);
  assert_load_fails (path, ATELIER_ERROR_TOO_LARGE);
}

static void
test_load_remote_missing (void)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("resource:///missing.png");
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_picture_load (file, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = make_file ("png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_picture_from_bytes (bytes, "x", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_picture_loaded_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

static GAsyncResult *
load_and_wait (const char   *path,
               GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GAsyncResult *result = NULL;

  atelier_picture_load_async (file, cancellable, on_picture_loaded_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

static void
test_async (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GBytes) bytes = make_file ("png");
  g_autofree char *path = write_bytes (fixture, "a.png", bytes);
  g_autoptr (GAsyncResult) result = load_and_wait (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load_finish (result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, 40);
}

static void
test_async_error (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = write_file (fixture, "a.png", "nothing", 7);
  g_autoptr (GAsyncResult) result = load_and_wait (path, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_picture_load_finish (result, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED);
}

static void
test_async_cancelled (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = load_and_wait (fixture->folder, cancellable);
  g_assert_null (atelier_picture_load_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_save_grey (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "drawing.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  guint8 grey[7 * 5];

  for (gsize i = 0; i < sizeof grey; i++)
    grey[i] = (guint8) (i * 7);
  g_assert_true (atelier_picture_save_grey_png (grey, 7, 5, path, &error));
  g_assert_no_error (error);
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, 7);
  for (guint i = 0; i < sizeof grey; i++)
    assert_pixel (picture, i % 7, i / 7, grey[i], grey[i], grey[i], 255);
}

static void
test_save_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "drawing.png", NULL);
  g_autoptr (GError) error = NULL;
  const guint8 grey[] = { 1 };

  g_assert_false (atelier_picture_save_grey_png (grey, 1, 1, path, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
}

static void
add_test (const char *path,
          void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/picture/lossless", test_lossless);
  g_test_add_func ("/core/picture/jpeg", test_jpeg);
  g_test_add_func ("/core/picture/alpha", test_alpha);
  g_test_add_func ("/core/picture/one-pixel", test_one_pixel);
  g_test_add_func ("/core/picture/gif-first-frame", test_gif_first_frame);
  g_test_add_func ("/core/picture/svg", test_svg);
  g_test_add_func ("/core/picture/variants", test_variants);
  g_test_add_func ("/core/picture/orientation", test_orientation);
  g_test_add_func ("/core/picture/truncated", test_truncated);
  g_test_add_func ("/core/picture/truncated-by-one", test_truncated_by_one);
  g_test_add_func ("/core/picture/jpeg-thumbnail-is-no-end", test_jpeg_thumbnail_is_no_end);
  g_test_add_func ("/core/picture/empty", test_empty);
  g_test_add_func ("/core/picture/garbage", test_garbage);
  g_test_add_func ("/core/picture/unsupported-names-kinds", test_unsupported_names_kinds);
  g_test_add_func ("/core/picture/damaged", test_damaged);
  g_test_add_func ("/core/picture/bombs", test_bombs);
  g_test_add_func ("/core/picture/jpeg-bomb", test_jpeg_bomb);
  g_test_add_func ("/core/picture/tiff-bomb", test_tiff_bomb);
  g_test_add_func ("/core/picture/too-many-pixels", test_too_many_pixels);
  g_test_add_func ("/core/picture/svg-is-bounded", test_svg_is_bounded);
  add_test ("/core/picture/load", test_load);
  add_test ("/core/picture/load-missing", test_load_missing);
  add_test ("/core/picture/load-folder", test_load_folder);
  add_test ("/core/picture/load-fifo", test_load_fifo);
  add_test ("/core/picture/load-device", test_load_device);
  add_test ("/core/picture/load-no-permission", test_load_no_permission);
  add_test ("/core/picture/load-empty", test_load_empty);
  add_test ("/core/picture/load-too-large", test_load_too_large);
  g_test_add_func ("/core/picture/load-remote-missing", test_load_remote_missing);
  g_test_add_func ("/core/picture/cancelled", test_cancelled);
  add_test ("/core/picture/async", test_async);
  add_test ("/core/picture/async-error", test_async_error);
  add_test ("/core/picture/async-cancelled", test_async_cancelled);
  add_test ("/core/picture/save-grey", test_save_grey);
  add_test ("/core/picture/save-fails", test_save_fails);

  return g_test_run ();
}
