/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the camera was held: pictures of all formats and orientations are compared with what
 * gdk-pixbuf makes of the same pixels; and EXIF that is cut, wrong or hostile changes nothing. */

#include "config.h"

#include "picture/atelier-picture-orientation.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <zlib.h>

#include "base/atelier-error.h"
#include "picture/atelier-input.h"
#include "picture/atelier-picture.h"

#define WIDTH 12
#define HEIGHT 9
/* Where the parts of make_exif() are. */
#define AT_DIRECTORY 8
#define AT_ENTRY (AT_DIRECTORY + 2 + 12)
#define AT_TYPE (AT_ENTRY + 2)
#define AT_COUNT (AT_ENTRY + 4)
#define AT_VALUE (AT_ENTRY + 8)
#define N_EXIF (AT_ENTRY + 12 + 4)

typedef guint (*ReadFunc) (const guint8 *data, gsize size);

/* ---- EXIF ---- */

static void
put_u16 (guint8   *bytes,
         guint     value,
         gboolean  is_little)
{
  bytes[is_little ? 0 : 1] = (guint8) value;
  bytes[is_little ? 1 : 0] = (guint8) (value >> 8);
}

static void
put_u32 (guint8   *bytes,
         guint32   value,
         gboolean  is_little)
{
  put_u16 (bytes + (is_little ? 0 : 2), value & 0xffff, is_little);
  put_u16 (bytes + (is_little ? 2 : 0), value >> 16, is_little);
}

/* A directory of two entries: another tag, then the orientation. */
static void
make_exif (guint8   *exif,
           guint     orientation,
           gboolean  is_little)
{
  memset (exif, 0, N_EXIF);
  memcpy (exif, is_little ? "II" : "MM", 2);
  put_u16 (exif + 2, 42, is_little);
  put_u32 (exif + 4, AT_DIRECTORY, is_little);
  put_u16 (exif + AT_DIRECTORY, 2, is_little);
  put_u16 (exif + AT_DIRECTORY + 2, 0x0110, is_little);
  put_u16 (exif + AT_DIRECTORY + 4, 2, is_little);
  put_u32 (exif + AT_DIRECTORY + 6, 4, is_little);
  put_u16 (exif + AT_ENTRY, 0x0112, is_little);
  put_u16 (exif + AT_TYPE, 3, is_little);
  put_u32 (exif + AT_COUNT, 1, is_little);
  put_u16 (exif + AT_VALUE, orientation, is_little);
}

/* ---- Files ---- */

static void
append_u32 (GByteArray *bytes,
            guint32     value,
            gboolean    is_little)
{
  guint8 data[4];

  put_u32 (data, value, is_little);
  g_byte_array_append (bytes, data, sizeof data);
}

/* A name before or after the size, then the data, filled up or with a checksum. */
static void
append_chunk (GByteArray   *file,
              const char   *name,
              const guint8 *data,
              gsize         size,
              gboolean      is_webp)
{
  guint start = file->len + 4;

  if (is_webp)
    g_byte_array_append (file, (const guint8 *) name, 4);
  append_u32 (file, (guint32) size, is_webp);
  if (!is_webp)
    g_byte_array_append (file, (const guint8 *) name, 4);
  g_byte_array_append (file, data, (guint) size);
  if (!is_webp)
    append_u32 (file, (guint32) crc32 (0, file->data + start, file->len - start), FALSE);
  else if (size % 2 == 1)
    g_byte_array_append (file, (const guint8 *) "", 1);
}

static GBytes *
make_png (int      width,
          int      height,
          gboolean has_alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, has_alpha, 8, width, height);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    gdk_pixbuf_get_pixels (pixbuf)[i] = (guint8) g_rand_int (rand);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "png", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

/* Transfer full: a picture of WIDTH x HEIGHT from the seeds of the fuzzer. */
static GBytes *
read_seed (const char *name)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "picture", name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize size = 0;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, size);
}

/* Transfer full.  The chunk comes after the header, or before the end. */
static GBytes *
add_png_chunk (GBytes       *png,
               const char   *name,
               const guint8 *data,
               gsize         size,
               gboolean      is_late)
{
  gsize n_png;
  const guint8 *plain = g_bytes_get_data (png, &n_png);
  gsize at = is_late ? n_png - 12 : 33;
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, plain, (guint) at);
  append_chunk (file, name, data, size, FALSE);
  g_byte_array_append (file, plain + at, (guint) (n_png - at));
  return g_byte_array_free_to_bytes (file);
}

/* Transfer full. */
static GBytes *
add_jpeg_segment (GBytes       *jpeg,
                  const guint8 *exif,
                  gsize         size)
{
  gsize n_jpeg;
  const guint8 *plain = g_bytes_get_data (jpeg, &n_jpeg);
  guint8 head[] = { 0xff, 0xe1, 0, 0, 'E', 'x', 'i', 'f', 0, 0 };
  GByteArray *file = g_byte_array_new ();

  put_u16 (head + 2, (guint) size + 8, FALSE);
  g_byte_array_append (file, plain, 2);
  g_byte_array_append (file, head, sizeof head);
  g_byte_array_append (file, exif, (guint) size);
  g_byte_array_append (file, plain + 2, (guint) (n_jpeg - 2));
  return g_byte_array_free_to_bytes (file);
}

/* Transfer full: the extended format, with the picture's chunk of the simple one. */
static GBytes *
extend_webp (GBytes       *webp,
             const guint8 *exif,
             gsize         size)
{
  static const guint8 features[] = { 0x08, 0, 0, 0, WIDTH - 1, 0, 0, HEIGHT - 1, 0, 0 };
  gsize n_webp;
  const guint8 *plain = g_bytes_get_data (webp, &n_webp);
  GByteArray *file = g_byte_array_new ();

  g_byte_array_append (file, plain, 12);
  append_chunk (file, "VP8X", features, sizeof features, TRUE);
  g_byte_array_append (file, plain + 12, (guint) (n_webp - 12));
  append_chunk (file, "EXIF", exif, size, TRUE);
  put_u32 (file->data + 4, file->len - 8, TRUE);
  return g_byte_array_free_to_bytes (file);
}

/* Transfer full: the same with another value of the orientation, which is there already. */
static GBytes *
turn_tiff (GBytes *tiff,
           guint   orientation)
{
  gsize size;
  guint8 *data = g_bytes_unref_to_data (g_bytes_ref (tiff), &size);
  gboolean is_little = data[0] == 'I';
  gboolean was_found = FALSE;
  guint8 entry[8] = { 0 };

  put_u16 (entry, 0x0112, is_little);
  put_u16 (entry + 2, 3, is_little);
  put_u32 (entry + 4, 1, is_little);
  for (gsize at = 8; at + 12 <= size && !was_found; at++)
    if (memcmp (data + at, entry, sizeof entry) == 0)
      {
        put_u16 (data + at + 8, orientation, is_little);
        was_found = TRUE;
      }
  g_assert_true (was_found);
  return g_bytes_new_take (data, size);
}

/* ---- Pictures ---- */

/* NULL if there is no decoder. */
static AtelierPicture *
read_picture (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierPicture *picture = atelier_picture_from_bytes (bytes, "picture", NULL, &error);

  if (picture == NULL && g_error_matches (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED))
    return NULL;
  g_assert_no_error (error);
  return picture;
}

/* Transfer full: RGBA. */
static GdkPixbuf *
read_pixbuf (AtelierPicture *picture)
{
  guint width = atelier_picture_get_width (picture);
  guint height = atelier_picture_get_height (picture);
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, (int) width, (int) height);

  atelier_picture_read_rows (picture, 0, height, gdk_pixbuf_get_pixels (pixbuf));
  return pixbuf;
}

/* @upright: a file without orientation, or with 1; @bytes: the same with @orientation. */
static void
assert_turned (GBytes *upright,
               GBytes *bytes,
               guint   orientation)
{
  g_autoptr (AtelierPicture) plain = read_picture (upright);
  g_autoptr (AtelierPicture) picture = read_picture (bytes);
  g_autoptr (GdkPixbuf) stored = NULL;
  g_autoptr (GdkPixbuf) expected = NULL;
  g_autoptr (GdkPixbuf) found = NULL;
  g_autofree char *number = g_strdup_printf ("%u", orientation);
  gsize n_bytes;

  if (plain == NULL)
    return;
  stored = read_pixbuf (plain);
  gdk_pixbuf_set_option (stored, "orientation", number);
  expected = gdk_pixbuf_apply_embedded_orientation (stored);
  found = read_pixbuf (picture);
  n_bytes = gdk_pixbuf_get_byte_length (expected);
  g_assert_cmpint (gdk_pixbuf_get_width (found), ==, gdk_pixbuf_get_width (expected));
  g_assert_cmpmem (gdk_pixbuf_get_pixels (found), gdk_pixbuf_get_byte_length (found),
                   gdk_pixbuf_get_pixels (expected), n_bytes);
  for (guint y = 1; y + 3 <= atelier_picture_get_height (picture); y++)
    {
      gsize stride = (gsize) gdk_pixbuf_get_rowstride (expected);
      g_autofree guint8 *rows = g_malloc (3 * stride);

      atelier_picture_read_rows (picture, y, 3, rows);
      g_assert_cmpmem (rows, 3 * stride, gdk_pixbuf_get_pixels (expected) + y * stride, 3 * stride);
    }
}

static void
test_png (void)
{
  for (guint i = 0; i < 8; i++)
    {
      gboolean is_little = (i & 1) > 0;
      gboolean is_late = (i & 2) > 0;
      g_autoptr (GBytes) plain = make_png (WIDTH, HEIGHT, (i & 4) > 0);

      for (guint orientation = 1; orientation <= 8; orientation++)
        {
          guint8 exif[N_EXIF];
          g_autoptr (GBytes) bytes = NULL;

          make_exif (exif, orientation, is_little);
          bytes = add_png_chunk (plain, "eXIf", exif, sizeof exif, is_late);
          assert_turned (plain, bytes, orientation);
        }
    }
}

/* Transfer full: EXIF as older programs wrote it, "key 0", for zTXt also the method and packed. */
static GByteArray *
make_text (const char *key,
           guint       orientation,
           gboolean    is_packed)
{
  g_autoptr (GString) text = g_string_new ("\nexif\n      44\n457869660000");
  GByteArray *data = g_byte_array_new ();
  guint8 exif[N_EXIF];
  guint8 packed[1000];
  uLongf n_packed = sizeof packed;

  make_exif (exif, orientation, orientation % 2 == 0);
  for (guint i = 0; i < sizeof exif; i++)
    g_string_append_printf (text, "%s%02x", i % 36 == 30 ? "\n" : "", exif[i]);
  g_string_append_c (text, '\n');
  g_byte_array_append (data, (const guint8 *) key, (guint) strlen (key) + 1);
  if (!is_packed)
    {
      g_byte_array_append (data, (const guint8 *) text->str, (guint) text->len);
      return data;
    }
  g_assert_cmpint (compress (packed, &n_packed, (const guint8 *) text->str, text->len), ==, Z_OK);
  g_byte_array_append (data, (const guint8 *) "", 1);
  g_byte_array_append (data, packed, (guint) n_packed);
  return data;
}

static void
test_png_text (void)
{
  g_autoptr (GBytes) plain = make_png (WIDTH, HEIGHT, FALSE);

  for (guint is_packed = 0; is_packed < 2; is_packed++)
    for (guint orientation = 1; orientation <= 8; orientation++)
      {
        const char *key = orientation % 3 ? "Raw profile type exif" : "Raw profile type APP1";
        g_autoptr (GByteArray) text = make_text (key, orientation, (gboolean) is_packed);
        g_autoptr (GBytes) bytes =
          add_png_chunk (plain, is_packed ? "zTXt" : "tEXt", text->data, text->len, FALSE);

        assert_turned (plain, bytes, orientation);
      }
}

/* Other texts say nothing, and the chunk counts before the text. */
static void
test_png_order (void)
{
  g_autoptr (GBytes) plain = make_png (WIDTH, HEIGHT, FALSE);
  g_autoptr (GByteArray) other = make_text ("Raw profile type exi", 6, FALSE);
  g_autoptr (GByteArray) text = make_text ("Raw profile type exif", 6, FALSE);
  g_autoptr (GBytes) with_other =
    add_png_chunk (plain, "tEXt", other->data, other->len, FALSE);
  g_autoptr (GBytes) with_text = add_png_chunk (plain, "tEXt", text->data, text->len, FALSE);
  g_autoptr (GBytes) with_both = NULL;
  guint8 exif[N_EXIF];

  assert_turned (plain, with_other, 1);
  make_exif (exif, 3, TRUE);
  with_both = add_png_chunk (with_text, "eXIf", exif, sizeof exif, TRUE);
  assert_turned (plain, with_both, 3);
}

/* As the decoder does, a chunk whose checksum is wrong is passed over. */
static void
test_png_checksum (void)
{
  g_autoptr (GBytes) plain = make_png (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) damaged = NULL;
  guint8 exif[N_EXIF];
  guint8 *data;
  gsize size;

  make_exif (exif, 6, TRUE);
  bytes = add_png_chunk (plain, "eXIf", exif, sizeof exif, FALSE);
  data = g_bytes_unref_to_data (g_bytes_ref (bytes), &size);
  data[33 + 8 + sizeof exif] ^= 1;
  damaged = g_bytes_new_take (data, size);
  assert_turned (plain, damaged, 1);
}

static void
test_jpeg (void)
{
  static const char *const names[] = { "base.jpg", "progressive.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint orientation = 1; orientation <= 8; orientation++)
      {
        g_autoptr (GBytes) plain = read_seed (names[i]);
        g_autoptr (GBytes) bytes = NULL;
        guint8 exif[N_EXIF];

        make_exif (exif, orientation, i > 0);
        bytes = add_jpeg_segment (plain, exif, sizeof exif);
        assert_turned (plain, bytes, orientation);
      }
}

static void
test_webp (void)
{
  g_autoptr (GBytes) plain = read_seed ("rgb.webp");
  g_autoptr (AtelierPicture) picture = read_picture (plain);

  if (picture == NULL)
    g_test_skip ("no decoder");
  for (guint i = 0; i < 4; i++)
    for (guint orientation = 1; orientation <= 8; orientation++)
      {
        guint8 exif[6 + N_EXIF + 1] = { 'E', 'x', 'i', 'f', 0, 0 };
        gboolean has_mark = i / 2 > 0;
        g_autoptr (GBytes) bytes = NULL;

        make_exif (exif + 6, orientation, i % 2 > 0);
        bytes = extend_webp (plain, exif + (has_mark ? 0 : 6),
                             sizeof exif - (has_mark ? 0 : 6));
        g_assert_cmpuint (atelier_picture_orientation_read_webp (
          g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), ==, orientation);
        assert_turned (plain, bytes, orientation);
      }
}

/* The decoder mirrors by itself, and nothing is done twice. */
static void
test_tiff (void)
{
  static const char *const names[] = { "lzw.tif", "big-endian.tif" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint orientation = 1; orientation <= 8; orientation++)
      {
        g_autoptr (GBytes) plain = read_seed (names[i]);
        g_autoptr (GBytes) bytes = turn_tiff (plain, orientation);

        assert_turned (plain, bytes, orientation);
      }
}

/* What a network sees of a large picture that lies on its side. */
static void
test_input (void)
{
  g_autoptr (GBytes) plain = make_png (1100, 700, TRUE);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AtelierPicture) picture = NULL;
      g_autoptr (GdkPixbuf) pixbuf = NULL;
      g_autoptr (AtelierInputResult) read = NULL;
      g_autoptr (AtelierInputResult) held = NULL;
      AtelierInput input;
      guint8 exif[N_EXIF];

      make_exif (exif, orientation, TRUE);
      bytes = add_png_chunk (plain, "eXIf", exif, sizeof exif, FALSE);
      picture = read_picture (bytes);
      pixbuf = read_pixbuf (picture);
      atelier_input_init_fashion (&input, 28, 28);
      read = atelier_input_run_picture (&input, picture);
      held = atelier_input_run_rgba (&input, gdk_pixbuf_get_pixels (pixbuf),
                                     (guint) gdk_pixbuf_get_width (pixbuf),
                                     (guint) gdk_pixbuf_get_height (pixbuf),
                                     (gsize) gdk_pixbuf_get_rowstride (pixbuf));
      for (guint stage = 0; stage < ATELIER_N_STAGES; stage++)
        g_assert_cmpmem (read->stages[stage].pixels,
                         (gsize) read->stages[stage].width * read->stages[stage].height,
                         held->stages[stage].pixels,
                         (gsize) held->stages[stage].width * held->stages[stage].height);
    }
}

/* A drawing that another program turned is no longer the drawing that was marked. */
static void
test_drawing (void)
{
  static const guint8 pixels[] = { 0, 50, 100, 150, 200, 250 };
  g_autoptr (GBytes) plain =
    atelier_picture_make_drawing_png (pixels, 3, 2, TRUE, "drawing.png", NULL);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AtelierPicture) picture = NULL;
      gboolean fits = FALSE;
      guint8 exif[N_EXIF];

      make_exif (exif, orientation, TRUE);
      bytes = add_png_chunk (plain, "eXIf", exif, sizeof exif, FALSE);
      picture = read_picture (bytes);
      g_assert_cmpint (atelier_picture_get_is_drawing (picture, &fits), ==, orientation == 1);
    }
}

/* ---- Malformed ---- */

/* Reads a copy of exactly these bytes, so that a sanitizer sees a read past the end. */
static guint
read_copy (ReadFunc      read,
           const guint8 *data,
           gsize         size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  guint orientation = read (copy, size);

  g_assert_cmpuint (orientation, >=, 1);
  g_assert_cmpuint (orientation, <=, 8);
  return orientation;
}

/* TIFF is EXIF itself; of 3, 4 and 1 nothing remains to be done, but of 6 does. */
static guint
read_exif (const guint8 *exif,
           gsize         size)
{
  return read_copy (atelier_picture_orientation_read_tiff, exif, size);
}

static void
test_exif_types (void)
{
  static const struct
  {
    guint    type;
    guint    count;
    guint32  value;
    gboolean is_good;
  } cases[] = {
    { 1, 1, 6, TRUE }, { 6, 1, 6, TRUE }, { 3, 1, 6, TRUE }, { 8, 1, 6, TRUE },
    { 4, 1, 6, TRUE }, { 9, 1, 6, TRUE }, { 0, 1, 6, FALSE }, { 2, 1, 6, FALSE },
    { 5, 1, 6, FALSE }, { 7, 1, 6, FALSE }, { 13, 1, 6, FALSE }, { 65535, 1, 6, FALSE },
    { 3, 0, 6, FALSE }, { 3, 2, 6, FALSE }, { 3, G_MAXUINT32, 6, FALSE },
    { 3, 1, 0, FALSE }, { 3, 1, 9, FALSE }, { 3, 1, 255, FALSE }, { 3, 1, 65535, FALSE },
    { 4, 1, 0x10006, FALSE }, { 4, 1, G_MAXUINT32, FALSE },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      guint c = i / 2;
      gboolean is_little = i % 2 > 0;
      guint8 exif[N_EXIF];

      make_exif (exif, 0, is_little);
      put_u16 (exif + AT_TYPE, cases[c].type, is_little);
      put_u32 (exif + AT_COUNT, cases[c].count, is_little);
      if (cases[c].type == 4 || cases[c].type == 9)
        put_u32 (exif + AT_VALUE, cases[c].value, is_little);
      else if (cases[c].type == 1 || cases[c].type == 6)
        exif[AT_VALUE] = (guint8) cases[c].value;
      else
        put_u16 (exif + AT_VALUE, cases[c].value, is_little);
      g_assert_cmpuint (read_exif (exif, sizeof exif), ==, cases[c].is_good ? 7 : 1);
    }
}

static void
test_exif_cut (void)
{
  guint8 exif[N_EXIF];

  make_exif (exif, 6, FALSE);
  for (gsize size = 0; size <= sizeof exif; size++)
    g_assert_cmpuint (read_exif (exif, size), ==, size >= AT_ENTRY + 12 ? 7 : 1);
}

static void
test_exif_hostile (void)
{
  static const guint32 positions[] = {
    0, 1, N_EXIF - 2, N_EXIF - 1, N_EXIF, N_EXIF + 1, 0x7fffffff, 0x80000000, 0xfffffff0,
    0xfffffffe, 0xffffffff
  };
  guint8 exif[N_EXIF];

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      make_exif (exif, 6, TRUE);
      put_u32 (exif + 4, positions[i], TRUE);
      g_assert_cmpuint (read_exif (exif, sizeof exif), ==, 1);
    }
  /* More entries than there are, without the one that is looked for; and none. */
  make_exif (exif, 6, TRUE);
  put_u16 (exif + AT_ENTRY, 0x0113, TRUE);
  put_u16 (exif + AT_DIRECTORY, 65535, TRUE);
  g_assert_cmpuint (read_exif (exif, sizeof exif), ==, 1);
  make_exif (exif, 6, TRUE);
  put_u16 (exif + AT_DIRECTORY, 0, TRUE);
  g_assert_cmpuint (read_exif (exif, sizeof exif), ==, 1);
  /* Neither order of bytes. */
  make_exif (exif, 6, TRUE);
  exif[1] = 'M';
  g_assert_cmpuint (read_exif (exif, sizeof exif), ==, 1);
}

/* Bytes without sense, wherever EXIF may be: the picture stays as it is. */
static void
test_nonsense_is_upright (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GBytes) png = make_png (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) jpeg = read_seed ("base.jpg");
  g_autoptr (GBytes) webp = read_seed ("rgb.webp");

  for (gsize size = 0; size < 20; size++)
    {
      guint8 noise[20];
      g_autoptr (GBytes) with_chunk = NULL;
      g_autoptr (GBytes) with_segment = NULL;
      g_autoptr (GBytes) extended = NULL;

      for (gsize i = 0; i < size; i++)
        noise[i] = (guint8) g_rand_int (rand);
      with_chunk = add_png_chunk (png, "eXIf", noise, size, FALSE);
      with_segment = add_jpeg_segment (jpeg, noise, size);
      extended = extend_webp (webp, noise, size);
      assert_turned (png, with_chunk, 1);
      assert_turned (jpeg, with_segment, 1);
      assert_turned (webp, extended, 1);
    }
}

static void
assert_bounded (ReadFunc  read,
                GBytes   *bytes,
                gsize     n_magic)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);
  g_autofree guint8 *noisy = g_malloc (n_bytes);

  g_assert_cmpuint (read_copy (read, data, n_bytes), ==, 6);
  for (gsize size = 0; size < n_bytes; size++)
    {
      guint orientation = read_copy (read, data, size);

      g_assert_true (orientation == 1 || orientation == 6);
    }
  for (guint i = 0; i < 2000; i++)
    {
      memcpy (noisy, data, n_bytes);
      for (guint k = 0; k < 1 + i % 4; k++)
        noisy[g_rand_int_range (rand, (gint32) n_magic, (gint32) n_bytes)] =
          i % 2 ? 0xff : (guint8) g_rand_int (rand);
      read_copy (read, noisy, n_bytes);
    }
}

/* Cut and changed files are never read past their end. */
static void
test_bounded (void)
{
  g_autoptr (GBytes) png = make_png (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) jpeg = read_seed ("base.jpg");
  g_autoptr (GBytes) webp = read_seed ("rgb.webp");
  g_autoptr (GByteArray) text = make_text ("Raw profile type exif", 6, FALSE);
  g_autoptr (GByteArray) packed = make_text ("Raw profile type exif", 6, TRUE);
  g_autoptr (GBytes) with_chunk = NULL;
  g_autoptr (GBytes) with_text = add_png_chunk (png, "tEXt", text->data, text->len, FALSE);
  g_autoptr (GBytes) with_packed = add_png_chunk (png, "zTXt", packed->data, packed->len, TRUE);
  g_autoptr (GBytes) with_segment = NULL;
  g_autoptr (GBytes) extended = NULL;
  guint8 exif[N_EXIF];

  make_exif (exif, 6, TRUE);
  with_chunk = add_png_chunk (png, "eXIf", exif, sizeof exif, FALSE);
  with_segment = add_jpeg_segment (jpeg, exif, sizeof exif);
  extended = extend_webp (webp, exif, sizeof exif);
  assert_bounded (atelier_picture_orientation_read_png, with_chunk, 8);
  assert_bounded (atelier_picture_orientation_read_png, with_text, 8);
  assert_bounded (atelier_picture_orientation_read_png, with_packed, 8);
  assert_bounded (atelier_picture_orientation_read_jpeg, with_segment, 3);
  assert_bounded (atelier_picture_orientation_read_webp, extended, 12);
}

/* A text that unpacks to much more than EXIF may have is unpacked up to a limit. */
static void
test_text_bomb (void)
{
  const gsize n_digits = (gsize) 64 << 20;
  const char key[] = "Raw profile type exif\0"; /* and the method */
  g_autofree guint8 *digits = g_malloc (n_digits);
  uLongf n_packed = compressBound (n_digits);
  g_autofree guint8 *packed = g_malloc (n_packed);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GBytes) png = make_png (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) bytes = NULL;

  memset (digits, '0', n_digits);
  g_assert_cmpint (compress2 (packed, &n_packed, digits, n_digits, 1), ==, Z_OK);
  g_byte_array_append (text, (const guint8 *) key, sizeof key);
  g_byte_array_append (text, packed, (guint) n_packed);
  bytes = add_png_chunk (png, "zTXt", text->data, text->len, FALSE);
  g_assert_cmpuint (read_copy (atelier_picture_orientation_read_png,
                               g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/picture-orientation/png", test_png);
  g_test_add_func ("/core/picture-orientation/png-text", test_png_text);
  g_test_add_func ("/core/picture-orientation/png-order", test_png_order);
  g_test_add_func ("/core/picture-orientation/png-checksum", test_png_checksum);
  g_test_add_func ("/core/picture-orientation/jpeg", test_jpeg);
  g_test_add_func ("/core/picture-orientation/webp", test_webp);
  g_test_add_func ("/core/picture-orientation/tiff", test_tiff);
  g_test_add_func ("/core/picture-orientation/input", test_input);
  g_test_add_func ("/core/picture-orientation/drawing", test_drawing);
  g_test_add_func ("/core/picture-orientation/exif-types", test_exif_types);
  g_test_add_func ("/core/picture-orientation/exif-cut", test_exif_cut);
  g_test_add_func ("/core/picture-orientation/exif-hostile", test_exif_hostile);
  g_test_add_func ("/core/picture-orientation/nonsense-is-upright", test_nonsense_is_upright);
  g_test_add_func ("/core/picture-orientation/bounded", test_bounded);
  g_test_add_func ("/core/picture-orientation/text-bomb", test_text_bomb);

  return g_test_run ();
}
