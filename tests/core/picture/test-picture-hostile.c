/* SPDX-License-Identifier: GPL-3.0-or-later */

/* More than a hundred broken and hostile pictures, made by program: each is refused with an error
 * of our own that names the file, within little memory.
 *
 * Memory is bounded by the system: the program may have half a gigabyte more than it began with
 * (not under a sanitizer, which needs all there is), so that a decoder that believes a header ends
 * the test.
 */

#include "config.h"

#include "picture/atelier-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atelier-error.h"

#define EXTRA_BYTES ((rlim_t) 512 << 20)
#define N_CUTS 12
#define N_NOISES 4

#define CODE(name) (1u << ATELIER_ERROR_##name)
/* The errors that a damaged file may give. */
#define DAMAGE (CODE (FORMAT) | CODE (TRUNCATED) | CODE (TOO_LARGE) | CODE (UNSUPPORTED))

static guint n_refused;

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

/* @codes: the errors that are allowed, as bits. */
static void
assert_refused (const char *name,
                const void *data,
                gsize       size,
                guint       codes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, name, NULL, &error);

  if (picture != NULL)
    g_error ("%s was read as %u × %u", name, atelier_picture_get_width (picture),
             atelier_picture_get_height (picture));
  if (error->domain != ATELIER_ERROR || (codes & 1u << error->code) == 0)
    g_error ("%s: %s, %d: %s", name, g_quark_to_string (error->domain), error->code,
             error->message);
  g_assert_nonnull (strstr (error->message, name));
  n_refused++;
}

/* The same for files that a lenient decoder may read: a picture within the limits, or an error. */
static void
assert_bounded (const char *name,
                const void *data,
                gsize       size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_from_bytes (bytes, name, NULL, &error);

  if (picture == NULL)
    g_assert_cmpuint (error->domain, ==, ATELIER_ERROR);
  else
    g_assert_cmpuint ((guint64) atelier_picture_get_width (picture)
                        * atelier_picture_get_height (picture), <=, ATELIER_PICTURE_MAX_PIXELS);
}

static GBytes *
make_good (const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 90, 70);
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autoptr (GError) error = NULL;
  char *buffer = NULL;
  gsize size = 0;

  for (int i = 0; i < 70 * gdk_pixbuf_get_rowstride (pixbuf) - 2; i++)
    gdk_pixbuf_get_pixels (pixbuf)[i] = (guint8) g_rand_int (rand);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

/* ---- Cut off ---- */

static void
assert_cuts_are_refused (const char   *type,
                         const guint8 *data,
                         gsize         size,
                         gsize         n_magic,
                         guint         codes)
{
  for (guint i = 0; i < N_CUTS; i++)
    {
      gsize cut = n_magic + (size - 1 - n_magic) * i / (N_CUTS - 1);
      g_autofree char *name = g_strdup_printf ("cut-%u.%s", i, type);

      assert_refused (name, data, cut, codes);
    }
}

static void
test_cut (void)
{
  const char *types[] = { "png", "jpeg", "bmp", "tiff" };
  static const guint8 gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0x91, 0, 0,
    255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
    0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0, 0x3b
  };
  static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
                            "<rect width=\"4\" height=\"4\"/><circle r=\"3\"/></svg>";

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) good = make_good (types[i]);

      assert_cuts_are_refused (types[i], g_bytes_get_data (good, NULL), g_bytes_get_size (good), 8,
                               CODE (TRUNCATED));
    }
  assert_cuts_are_refused ("gif", gif, sizeof gif - 1, 6, CODE (TRUNCATED));
  /* Cut behind a tag that closes itself, a drawing looks complete until it is parsed. */
  if (has_loader ("svg"))
    assert_cuts_are_refused ("svg", (const guint8 *) svg, sizeof svg - 1, 60,
                             CODE (TRUNCATED) | CODE (FORMAT));
}

/* ---- Noise ---- */

static void
test_noise_after_magic (void)
{
  static const struct
  {
    const char *name;
    const char *magic;
    gsize       n_magic;
  } kinds[] = {
    { "noise.png", "\x89PNG\r\n\x1a\n", 8 },
    { "header.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16 },
    { "noise.jpg", "\xff\xd8\xff", 3 },
    { "app.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10 },
    { "noise.bmp", "BM", 2 },
    { "noise.tif", "II*\0", 4 },
    { "big.tif", "MM\0*", 4 },
    { "noise.webp", "RIFF\x10\0\0\0WEBP", 12 },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint k = 0; k < N_NOISES; k++)
      {
        guint8 noise[3000];

        for (gsize at = 0; at < sizeof noise; at++)
          noise[at] = (guint8) g_rand_int (rand);
        memcpy (noise, kinds[i].magic, kinds[i].n_magic);
        assert_refused (kinds[i].name, noise, sizeof noise, DAMAGE);
      }
}

/* A GIF decoder may make a picture of noise. */
static void
test_noise_in_gif (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (22);

  for (guint i = 0; i < 200; i++)
    {
      guint8 noise[400];

      for (gsize at = 0; at < sizeof noise; at++)
        noise[at] = (guint8) g_rand_int (rand);
      memcpy (noise, "GIF89a", 6);
      assert_bounded ("noise.gif", noise, sizeof noise);
    }
}

/* ---- Bombs ---- */

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &big, 4);
}

/* The checksum of PNG's chunks. */
static guint32
sum_chunk (const guint8 *data,
           gsize         size)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      sum ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
  return ~sum;
}

static void
append_chunk (GByteArray   *bytes,
              const char   *type,
              const guint8 *data,
              guint         size)
{
  guint first = bytes->len + 4;

  append_u32 (bytes, size);
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  g_byte_array_append (bytes, data, size);
  append_u32 (bytes, sum_chunk (bytes->data + first, bytes->len - first));
}

static void
assert_png_is_refused (guint32 width,
                       guint32 height,
                       guint8  depth,
                       guint8  colour,
                       guint   codes)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  const guint8 rest[] = { depth, colour, 0, 0, 0 };

  append_u32 (header, width);
  append_u32 (header, height);
  g_byte_array_append (header, rest, sizeof rest);
  g_byte_array_append (bytes, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (bytes, "IHDR", header->data, header->len);
  append_chunk (bytes, "IDAT", (const guint8 *) "\x78\x9c\x03\0\0\0\0\x01", 8);
  append_chunk (bytes, "IEND", NULL, 0);
  assert_refused ("bomb.png", bytes->data, bytes->len, codes);
}

static void
test_png_bombs (void)
{
  assert_png_is_refused (20000, 20000, 8, 2, CODE (TOO_LARGE));
  assert_png_is_refused (100000, 1, 16, 6, CODE (TOO_LARGE));
  assert_png_is_refused (16384, 16384, 1, 0, CODE (TOO_LARGE));
  assert_png_is_refused (1, 16385, 8, 0, CODE (TOO_LARGE));
  assert_png_is_refused (0x7fffffff, 0x7fffffff, 8, 6, CODE (TOO_LARGE) | CODE (FORMAT));
  assert_png_is_refused (0xffffffff, 0xffffffff, 8, 6, CODE (FORMAT));
  assert_png_is_refused (0, 10, 8, 2, CODE (FORMAT));
  assert_png_is_refused (10, 10, 7, 2, CODE (FORMAT));
  /* Ten pixels a side, and next to no data. */
  assert_png_is_refused (10, 10, 8, 2, CODE (FORMAT) | CODE (TRUNCATED));
}

static void
assert_bmp_is_refused (guint32 width,
                       guint32 height,
                       guint8  depth,
                       guint8  compression)
{
  guint8 bytes[80] = { 'B', 'M', 80, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40 };
  guint32 little_width = GUINT32_TO_LE (width);
  guint32 little_height = GUINT32_TO_LE (height);

  memcpy (bytes + 18, &little_width, 4);
  memcpy (bytes + 22, &little_height, 4);
  bytes[26] = 1;
  bytes[28] = depth;
  bytes[30] = compression;
  assert_refused ("bomb.bmp", bytes, sizeof bytes, DAMAGE);
}

static void
test_bmp_bombs (void)
{
  const guint8 depths[] = { 1, 4, 8, 24, 32 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      assert_bmp_is_refused (60000, 60000, depths[i], 0);
      assert_bmp_is_refused (0x7fffffff, 0x7fffffff, depths[i], 0);
      assert_bmp_is_refused (0xffffffff, 0x80000000, depths[i], 0);
    }
  assert_bmp_is_refused (60000, 60000, 8, 1);
  assert_bmp_is_refused (60000, 60000, 4, 2);
  assert_bmp_is_refused (10, 10, 24, 9);
}

/* A directory of one strip, with these sides. */
static void
assert_tiff_is_refused (guint32 width,
                        guint32 height,
                        guint16 depth)
{
  const struct
  {
    guint16 tag;
    guint16 type;
    guint32 value;
  } entries[] = {
    { 256, 4, width }, { 257, 4, height }, { 258, 3, depth }, { 259, 3, 1 }, { 262, 3, 1 },
    { 273, 4, 8 }, { 277, 3, 1 }, { 278, 4, height }, { 279, 4, 4 },
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint16 n = GUINT16_TO_LE (G_N_ELEMENTS (entries));
  guint32 nothing = 0;
  guint32 one = GUINT32_TO_LE (1);

  g_byte_array_append (bytes, (const guint8 *) "II*\0\x0c\0\0\0abcd", 12);
  g_byte_array_append (bytes, (const guint8 *) &n, 2);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      guint16 tag = GUINT16_TO_LE (entries[i].tag);
      guint16 type = GUINT16_TO_LE (entries[i].type);
      guint32 value = GUINT32_TO_LE (entries[i].value);

      g_byte_array_append (bytes, (const guint8 *) &tag, 2);
      g_byte_array_append (bytes, (const guint8 *) &type, 2);
      g_byte_array_append (bytes, (const guint8 *) &one, 4);
      g_byte_array_append (bytes, (const guint8 *) &value, 4);
    }
  g_byte_array_append (bytes, (const guint8 *) &nothing, 4);
  assert_refused ("bomb.tif", bytes->data, bytes->len, DAMAGE);
}

static void
test_tiff_bombs (void)
{
  assert_tiff_is_refused (50000, 50000, 8);
  assert_tiff_is_refused (0x7fffffff, 0x7fffffff, 8);
  assert_tiff_is_refused (0xffffffff, 0xffffffff, 8);
  assert_tiff_is_refused (16384, 16384, 8);
  assert_tiff_is_refused (0, 0, 8);
  assert_tiff_is_refused (16384, 16385, 1);
}

static void
test_gif_bombs (void)
{
  guint8 gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 0xff, 0xff, 0xff, 0xff, 0x91, 0, 0,
    255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
    0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0x44, 0x0a, 0, 0x3b
  };

  assert_refused ("screen.gif", gif, sizeof gif, CODE (TOO_LARGE));
  /* A small screen, and a frame that is larger. */
  gif[6] = gif[8] = 10;
  gif[7] = gif[9] = 0;
  assert_bounded ("frame.gif", gif, sizeof gif);
  /* A screen of no size. */
  memset (gif + 6, 0, 4);
  assert_bounded ("nothing.gif", gif, sizeof gif);
}

/* The first or the second of two frames of 2 x 1 pixels loses its width or its height. */
static void
test_gif_empty_frames (void)
{
  static const guint8 good[] = {
    'G', 'I', 'F', '8', '9', 'a', 2, 0, 1, 0, 0x91, 0, 0,
    255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
    0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0,
    0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x94, 0x0a, 0,
    0x3b
  };
  static const gsize sides[] = { 38, 40, 61, 63 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      guint8 gif[sizeof good];

      memcpy (gif, good, sizeof good);
      g_assert_cmpuint (gif[sides[i]], >, 0);
      gif[sides[i]] = 0;
      assert_refused ("empty-frame.gif", gif, sizeof gif, CODE (FORMAT));
      /* Decoders pass over what stands between header and frames. */
      gif[10] = 0;
      assert_refused ("after-junk.gif", gif, sizeof gif, CODE (FORMAT));
    }
}

/* A canvas as large as the format allows. */
static void
test_webp_bombs (void)
{
  static const guint8 extended[] = {
    'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X', 10, 0, 0, 0,
    0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
  };
  static const guint8 lossless[] = {
    'R', 'I', 'F', 'F', 22, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'L', 10, 0, 0, 0,
    0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0
  };
  static const guint8 lossy[] = {
    'R', 'I', 'F', 'F', 24, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', ' ', 12, 0, 0, 0,
    0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0
  };

  assert_refused ("extended.webp", extended, sizeof extended, DAMAGE);
  assert_refused ("lossless.webp", lossless, sizeof lossless, DAMAGE);
  assert_refused ("lossy.webp", lossy, sizeof lossy, DAMAGE);
}

/* Scans without end, each of some bytes and of a pass over the whole picture. */
static void
test_jpeg_scans (void)
{
  g_autoptr (GBytes) good = make_good ("jpeg");
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  static const guint8 scan[] = { 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0x5a };
  gsize size = g_bytes_get_size (good);
  const guint8 *data = g_bytes_get_data (good, NULL);

  g_byte_array_append (bytes, data, (guint) size - 2);
  for (guint i = 0; i < 300; i++)
    g_byte_array_append (bytes, scan, sizeof scan);
  g_byte_array_append (bytes, data + size - 2, 2);
  assert_refused ("scans.jpg", bytes->data, bytes->len, CODE (TOO_LARGE));
}

#define SVG_HEAD "<svg xmlns=\"http://www.w3.org/2000/svg\" "

static void
test_svg_bombs (void)
{
  g_autoptr (GString) laughs = g_string_new ("<?xml version=\"1.0\"?>\n<!DOCTYPE svg [\n"
                                             "<!ENTITY a0 \"lol\">\n");
  g_autoptr (GString) deep = g_string_new (SVG_HEAD "width=\"9\" height=\"9\">");
  g_autoptr (GString) uses = g_string_new (SVG_HEAD "width=\"9\" height=\"9\"><defs><g id=\"u0\">"
                                           "<rect width=\"1\" height=\"1\"/></g>");

  if (!has_loader ("svg"))
    {
      g_test_skip ("no SVG loader");
      return;
    }
  for (guint i = 1; i < 12; i++)
    {
      g_string_append_printf (laughs, "<!ENTITY a%u \"", i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (laughs, "&a%u;", i - 1);
      g_string_append (laughs, "\">\n");
      g_string_append_printf (uses, "<g id=\"u%u\">", i);
      for (guint k = 0; k < 10; k++)
        g_string_append_printf (uses, "<use href=\"#u%u\"/>", i - 1);
      g_string_append (uses, "</g>");
    }
  g_string_append (laughs, "]>\n" SVG_HEAD "width=\"9\" height=\"9\"><text>&a11;</text></svg>");
  g_string_append (uses, "</defs><use href=\"#u11\"/></svg>");
  for (guint i = 0; i < 3000; i++)
    g_string_append (deep, "<g>");
  for (guint i = 0; i < 3000; i++)
    g_string_append (deep, "</g>");
  g_string_append (deep, "</svg>");
  assert_bounded ("laughs.svg", laughs->str, laughs->len);
  assert_bounded ("uses.svg", uses->str, uses->len);
  assert_bounded ("deep.svg", deep->str, deep->len);
}

static void
test_svg_sizes (void)
{
  static const char *const sizes[] = {
    "width=\"1e9\" height=\"1e9\"", "width=\"1e30\" height=\"1\"", "width=\"0\" height=\"0\"",
    "width=\"-5\" height=\"5\"", "width=\"nan\" height=\"inf\"", "width=\"1\" height=\"99999999\"",
    "viewBox=\"0 0 1e20 1e20\"", "",
  };

  if (!has_loader ("svg"))
    {
      g_test_skip ("no SVG loader");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text =
        g_strconcat (SVG_HEAD, sizes[i], "><rect width=\"3\" height=\"3\"/></svg>", NULL);

      assert_bounded (sizes[i], text, strlen (text));
    }
}

/* Neither files nor the network are read for what a drawing refers to. */
static void
test_svg_is_alone (void)
{
  static const char text[] =
    "<?xml version=\"1.0\"?>\n<!DOCTYPE svg [ <!ENTITY e SYSTEM \"file:///etc/passwd\"> ]>\n"
    SVG_HEAD "width=\"9\" height=\"9\"><image href=\"file:///dev/zero\" width=\"9\" height=\"9\"/>"
    "<image href=\"http://localhost:1/a.png\" width=\"9\" height=\"9\"/><text>&e;</text></svg>";

  if (!has_loader ("svg"))
    {
      g_test_skip ("no SVG loader");
      return;
    }
  assert_bounded ("alone.svg", text, sizeof text - 1);
}

/* ---- Files ---- */

static void
assert_file_is_refused (const char   *path,
                        AtelierError  code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);

  g_assert_null (picture);
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, base));
  n_refused++;
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-hostile-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.png", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop.png", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere.png", NULL);
  g_autofree char *below = g_build_filename (folder, "pipe.png", "a.png", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop.png", loop), ==, 0);
  g_assert_cmpint (symlink ("missing", nowhere), ==, 0);
  assert_file_is_refused (folder, ATELIER_ERROR_FORMAT);
  assert_file_is_refused (pipe, ATELIER_ERROR_FORMAT);
  assert_file_is_refused (loop, ATELIER_ERROR_FAILED);
  assert_file_is_refused (nowhere, ATELIER_ERROR_NOT_FOUND);
  assert_file_is_refused (below, ATELIER_ERROR_NOT_FOUND);
  assert_file_is_refused ("/dev/null", ATELIER_ERROR_FORMAT);
  assert_file_is_refused ("/dev/zero", ATELIER_ERROR_FORMAT);
  g_assert_cmpint (g_unlink (pipe), ==, 0);
  g_assert_cmpint (g_unlink (loop), ==, 0);
  g_assert_cmpint (g_unlink (nowhere), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

typedef struct
{
  char  *path;
  GBytes *good;
  int    is_over; /* atomic */
} Vanishing;

/* Writes, cuts and removes the file, over and over. */
static gpointer
vanish_in_thread (gpointer data)
{
  Vanishing *vanishing = data;

  while (!g_atomic_int_get (&vanishing->is_over))
    {
      FILE *file = g_fopen (vanishing->path, "wb");
      gsize size;
      const guint8 *bytes = g_bytes_get_data (vanishing->good, &size);

      fwrite (bytes, 1, size, file);
      fflush (file);
      g_assert_cmpint (ftruncate (fileno (file), (off_t) size / 2), ==, 0);
      fclose (file);
      g_unlink (vanishing->path);
    }
  return NULL;
}

static void
test_vanishing (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-hostile-XXXXXX", NULL);
  g_autoptr (GBytes) good = make_good ("png");
  g_autofree char *path = g_build_filename (folder, "here-and-gone.png", NULL);
  Vanishing vanishing = { path, good, FALSE };
  GThread *thread = g_thread_new ("vanish", vanish_in_thread, &vanishing);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AtelierPicture) picture = atelier_picture_load (file, NULL, &error);

      if (picture != NULL)
        g_assert_cmpuint (atelier_picture_get_width (picture), ==, 90);
      else
        g_assert_cmpuint (error->domain, ==, ATELIER_ERROR);
    }
  g_atomic_int_set (&vanishing.is_over, TRUE);
  g_thread_join (thread);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static gsize
get_address_space (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  return (gsize) g_ascii_strtoull (text, NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

static void
bound_memory (void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  gsize now = get_address_space ();
  struct rlimit limit = { now + EXTRA_BYTES, now + EXTRA_BYTES };

  if (now > 0)
    g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
#endif
}

int
main (int   argc,
      char *argv[])
{
  const gboolean runs_all = argc == 1;
  int status;

  g_test_init (&argc, &argv, NULL);
  bound_memory ();

  g_test_add_func ("/core/picture-hostile/cut", test_cut);
  g_test_add_func ("/core/picture-hostile/noise-after-magic", test_noise_after_magic);
  g_test_add_func ("/core/picture-hostile/noise-in-gif", test_noise_in_gif);
  g_test_add_func ("/core/picture-hostile/png-bombs", test_png_bombs);
  g_test_add_func ("/core/picture-hostile/bmp-bombs", test_bmp_bombs);
  g_test_add_func ("/core/picture-hostile/tiff-bombs", test_tiff_bombs);
  g_test_add_func ("/core/picture-hostile/gif-bombs", test_gif_bombs);
  g_test_add_func ("/core/picture-hostile/gif-empty-frames", test_gif_empty_frames);
  g_test_add_func ("/core/picture-hostile/jpeg-scans", test_jpeg_scans);
  g_test_add_func ("/core/picture-hostile/webp-bombs", test_webp_bombs);
  g_test_add_func ("/core/picture-hostile/svg-bombs", test_svg_bombs);
  g_test_add_func ("/core/picture-hostile/svg-sizes", test_svg_sizes);
  g_test_add_func ("/core/picture-hostile/svg-is-alone", test_svg_is_alone);
  g_test_add_func ("/core/picture-hostile/files", test_files);
  g_test_add_func ("/core/picture-hostile/vanishing", test_vanishing);

  status = g_test_run ();
  if (runs_all)
    g_assert_cmpuint (n_refused, >=, 100);

  return status;
}
