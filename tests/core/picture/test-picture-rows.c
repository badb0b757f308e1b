/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures are read in rows, so that the largest need little memory. */

#include "config.h"

#include "picture/atelier-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

#include "picture/atelier-input.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED TRUE
#else
#define IS_SANITIZED FALSE
#endif

/* As many pixels as the largest photographs have. */
#define LARGE_SIDE 8000
#define LARGE_PIXELS ((rlim_t) LARGE_SIDE * LARGE_SIDE)
/* What else is needed on the way. */
#define EXTRA_BYTES ((rlim_t) 16 << 20)

static AtelierPicture *
read_good (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_from_bytes (bytes, "good.png", NULL, &error);

  g_assert_no_error (error);
  return picture;
}

/* Transfer full: of pixels that are noise, where there is alpha too. */
static AtelierPicture *
make_picture (int      width,
              int      height,
              gboolean has_alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width, height);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    gdk_pixbuf_get_pixels (pixbuf)[i] = (guint8) g_rand_int (rand);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, NULL);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (buffer, size);
  return read_good (bytes);
}

/* Transfer full: [height, width, 4]. */
static guint8 *
read_all (AtelierPicture *picture)
{
  guint width = atelier_picture_get_width (picture);
  guint height = atelier_picture_get_height (picture);
  guint8 *rgba = g_malloc ((gsize) width * height * 4);

  atelier_picture_read_rows (picture, 0, height, rgba);
  return rgba;
}

static void
test_parts (void)
{
  for (guint has_alpha = 0; has_alpha < 2; has_alpha++)
    {
      g_autoptr (AtelierPicture) picture = make_picture (13, 40, (gboolean) has_alpha);
      g_autofree guint8 *all = read_all (picture);

      for (guint n_rows = 0; n_rows <= 40; n_rows += 7)
        for (guint y = 0; y + n_rows <= 40; y++)
          {
            guint8 rows[13 * 40 * 4 + 1];

            memset (rows, 99, sizeof rows);
            atelier_picture_read_rows (picture, y, n_rows, rows);
            g_assert_cmpmem (rows, n_rows * 13 * 4, all + y * 13 * 4, n_rows * 13 * 4);
            g_assert_cmpuint (rows[n_rows * 13 * 4], ==, 99);
          }
    }
}

/* A network sees the same, and so do people, whether a picture is in memory or read in rows. */
static void
test_same_input (void)
{
  static const guint sizes[][2] = {
    { 1, 1 }, { 28, 28 }, { 300, 200 }, { 513, 3 }, { 3, 513 }, { 1200, 1 }, { 700, 1100 }
  };
  AtelierInput input;

  atelier_input_init_fashion (&input, 28, 28);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      const guint *size = sizes[i / 2];
      g_autoptr (AtelierPicture) picture = make_picture ((int) size[0], (int) size[1], i % 2 > 0);
      g_autofree guint8 *rgba = read_all (picture);
      g_autoptr (AtelierInputResult) read = atelier_input_run_picture (&input, picture);
      g_autoptr (AtelierInputResult) held =
        atelier_input_run_rgba (&input, rgba, size[0], size[1], (gsize) size[0] * 4);

      for (guint stage = 0; stage < ATELIER_N_STAGES; stage++)
        {
          const AtelierStagePicture *a = &read->stages[stage];
          const AtelierStagePicture *b = &held->stages[stage];

          g_assert_cmpmem (a->pixels, (gsize) a->width * a->height * a->n_channels,
                           b->pixels, (gsize) b->width * b->height * b->n_channels);
        }
    }
}

/* ---- Memory ---- */

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, 4);
}

static void
append_chunk (GByteArray   *png,
              const char   *name,
              const guint8 *data,
              gsize         size)
{
  guint start = png->len + 4;

  append_u32 (png, (guint32) size);
  g_byte_array_append (png, (const guint8 *) name, 4);
  g_byte_array_append (png, data, (guint) size);
  append_u32 (png, (guint32) crc32 (0, png->data + start, png->len - start));
}

/* Transfer full: rows packed one by one, so that the picture is never in memory. */
static GByteArray *
pack_rows (guint side,
           guint n_channels)
{
  gsize n_row = (gsize) side * n_channels + 1;
  g_autofree guint8 *row = g_malloc0 (n_row);
  guint8 packed[4096];
  GByteArray *data = g_byte_array_new ();
  z_stream stream = { 0 };

  g_assert_cmpint (deflateInit (&stream, 1), ==, Z_OK);
  for (guint y = 0; y <= side; y++)
    {
      memset (row + 1, (int) (y & 255), (gsize) (y % side) * n_channels);
      stream.next_in = row;
      stream.avail_in = y < side ? (guint) n_row : 0;
      do
        {
          stream.next_out = packed;
          stream.avail_out = sizeof packed;
          deflate (&stream, y < side ? Z_NO_FLUSH : Z_FINISH);
          g_byte_array_append (data, packed, (guint) sizeof packed - stream.avail_out);
        }
      while (stream.avail_out == 0);
    }
  deflateEnd (&stream);
  return data;
}

static GBytes *
make_large_png (guint    side,
                gboolean has_alpha)
{
  const guint8 depth_and_kind[] = { 8, has_alpha ? 6 : 2, 0, 0, 0 };
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) data = pack_rows (side, has_alpha ? 4 : 3);
  GByteArray *png = g_byte_array_new ();

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_u32 (header, side);
  append_u32 (header, side);
  g_byte_array_append (header, depth_and_kind, sizeof depth_and_kind);
  append_chunk (png, "IHDR", header->data, header->len);
  append_chunk (png, "IDAT", data->data, data->len);
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

/* The memory that counts for RLIMIT_DATA; 0 if it is unknown. */
static rlim_t
get_data_bytes (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  fields = g_strsplit (text, " ", -1);
  if (g_strv_length (fields) < 6)
    return 0;
  return (rlim_t) g_ascii_strtoull (fields[5], NULL, 10) * (rlim_t) sysconf (_SC_PAGESIZE);
}

/* Below the diagonal, what was read of a picture in rows that are numbered is the mean of two. */
static void
assert_is_halved (AtelierPicture *picture)
{
  guint width, height;
  g_autofree guint8 *row = g_malloc (LARGE_SIDE / 2 * 4);

  atelier_picture_get_file_size (picture, &width, &height);
  g_assert_cmpuint (width, ==, LARGE_SIDE);
  g_assert_cmpuint (height, ==, LARGE_SIDE);
  g_assert_cmpuint (atelier_picture_get_width (picture), ==, LARGE_SIDE / 2);
  g_assert_cmpuint (atelier_picture_get_height (picture), ==, LARGE_SIDE / 2);
  atelier_picture_read_rows (picture, LARGE_SIDE / 4 + 40, 1, row);
  g_assert_cmpuint (row[0], ==, (LARGE_SIDE / 2 + 81) & 255);
  g_assert_cmpuint (row[LARGE_SIDE * 2 - 4], ==, 0);
}

/* The system refuses more than @limit bytes for a picture and for what a network makes of it. */
static void
assert_needs_at_most (GBytes *bytes,
                      rlim_t  limit)
{
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) result = NULL;
  AtelierInput input;
  struct rlimit before, small;

  g_assert_cmpint (getrlimit (RLIMIT_DATA, &before), ==, 0);
  small = before;
  small.rlim_cur = get_data_bytes () + limit;
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &small), ==, 0);
  picture = read_good (bytes);
  atelier_input_init_fashion (&input, 28, 28);
  result = atelier_input_run_picture (&input, picture);
  g_assert_cmpint (setrlimit (RLIMIT_DATA, &before), ==, 0);
  g_assert_false (result->is_empty);
  assert_is_halved (picture);
}

static gboolean
can_limit (void)
{
  if (!IS_SANITIZED && get_data_bytes () > 0)
    return TRUE;
  g_test_skip ("a sanitizer needs memory of its own, or the memory in use is unknown");
  return FALSE;
}

/* As decoded, and a quarter of its pixels in grey. */
static void
test_memory (void)
{
  if (!can_limit ())
    return;
  for (guint has_alpha = 0; has_alpha < 2; has_alpha++)
    {
      g_autoptr (GBytes) bytes = make_large_png (LARGE_SIDE, (gboolean) has_alpha);

      assert_needs_at_most (bytes, LARGE_PIXELS * (3 + has_alpha) + LARGE_PIXELS / 4 + EXTRA_BYTES);
    }
}

/* A JPEG picture is decoded at half its size. */
static void
test_memory_jpeg (void)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  if (!can_limit ())
    return;
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, LARGE_SIDE, LARGE_SIDE);
  gdk_pixbuf_fill (pixbuf, 0);
  for (int y = LARGE_SIDE / 2; y < LARGE_SIDE; y++)
    memset (gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf),
            (LARGE_SIDE / 2 + 81) & 255, LARGE_SIDE / 2 * 3);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (buffer, size);
  g_clear_object (&pixbuf);
  assert_needs_at_most (bytes, LARGE_PIXELS * 3 / 4 + LARGE_PIXELS / 4 + EXTRA_BYTES);
}

/* An odd row and an odd column are kept. */
static void
test_odd_size (void)
{
  static const char *const types[] = { "png", "jpeg" };
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 5801, 5803);

  gdk_pixbuf_fill (pixbuf, 0x12345600);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AtelierPicture) picture = NULL;
      g_autofree guint8 *row = g_malloc (2901 * 4);
      char *buffer = NULL;
      gsize size = 0;

      gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, types[i], &error, NULL);
      g_assert_no_error (error);
      bytes = g_bytes_new_take (buffer, size);
      picture = read_good (bytes);
      g_assert_cmpuint (atelier_picture_get_width (picture), ==, 2901);
      g_assert_cmpuint (atelier_picture_get_height (picture), ==, 2902);
      atelier_picture_read_rows (picture, 2901, 1, row);
      g_assert_cmpint (ABS (row[2900 * 4] - 0x12), <=, 2);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/picture-rows/parts", test_parts);
  g_test_add_func ("/core/picture-rows/same-input", test_same_input);
  g_test_add_func ("/core/picture-rows/memory", test_memory);
  g_test_add_func ("/core/picture-rows/memory-jpeg", test_memory_jpeg);
  g_test_add_func ("/core/picture-rows/odd-size", test_odd_size);

  return g_test_run ();
}
