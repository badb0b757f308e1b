/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds EXIF in a picture's file, and the orientation in EXIF.
 *
 * EXIF is a small TIFF file: a header, and a directory of entries.  A TIFF picture is EXIF itself;
 * JPEG has it in a segment, PNG and WebP in a chunk.  Before PNG had such a chunk, programs wrote
 * EXIF as a text in hexadecimal digits, mostly compressed; such files are still around.
 *
 * All formats go this way, so that they agree.  The decoders' own reports were rejected: they exist
 * for JPEG and TIFF only, and differ from version to version.
 */

#include "config.h"

#include "picture/atelier-picture-orientation.h"

#include <string.h>
#include <zlib.h>

#define TAG_ORIENTATION 0x0112
#define N_EXIF_MARK 6
#define JPEG_APP1 0xe1
#define JPEG_SCAN 0xda
#define JPEG_END 0xd9
/* EXIF has at most 64 KiB in JPEG, where it comes from; a text has two digits a byte, and line
 * breaks. */
#define MAX_PROFILE_BYTES ((gsize) 64 << 10)
#define MAX_TEXT_BYTES (3 * MAX_PROFILE_BYTES)

static const char exif_mark[N_EXIF_MARK] = { 'E', 'x', 'i', 'f', 0, 0 };

static const char *const profile_keys[] = { "Raw profile type exif", "Raw profile type APP1" };

/* Bytes of a file, or of EXIF with its order of bytes. */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gboolean      is_little;
} Bytes;

static guint
read_u16 (const Bytes *bytes,
          gsize        at)
{
  const guint8 *data = bytes->data + at;

  return bytes->is_little ? (guint) data[1] << 8 | data[0] : (guint) data[0] << 8 | data[1];
}

static guint32
read_u32 (const Bytes *bytes,
          gsize        at)
{
  guint32 first = read_u16 (bytes, at);
  guint32 second = read_u16 (bytes, at + 2);

  return bytes->is_little ? second << 16 | first : first << 16 | second;
}

/* Whether @n bytes are there at @at; @at may be any number. */
static gboolean
has_bytes (const Bytes *bytes,
           gsize        at,
           gsize        n)
{
  return at <= bytes->size && bytes->size - at >= n;
}

static gboolean
starts_with (const Bytes *bytes,
             gsize        at,
             const char  *text,
             gsize        n)
{
  return has_bytes (bytes, at, n) && memcmp (bytes->data + at, text, n) == 0;
}

/* ---- EXIF ---- */

/* An entry of twelve bytes: tag, type, count, value.  EXIF wants a SHORT; as decoders of TIFF do,
 * this also takes a BYTE or a LONG, with or without a sign. */
static guint
read_entry (const Bytes *exif,
            gsize        at)
{
  guint32 value = 0;

  if (read_u32 (exif, at + 4) != 1)
    return ATELIER_PICTURE_UPRIGHT;
  switch (read_u16 (exif, at + 2))
    {
    case 1:
    case 6:
      value = exif->data[at + 8];
      break;
    case 3:
    case 8:
      value = read_u16 (exif, at + 8);
      break;
    case 4:
    case 9:
      value = read_u32 (exif, at + 8);
      break;
    default:
      break;
    }
  return value >= 1 && value <= 8 ? value : ATELIER_PICTURE_UPRIGHT;
}

/* The first directory describes the picture, the next one its thumbnail. */
static guint
read_exif (const guint8 *data,
           gsize         size)
{
  Bytes exif = { data, size, FALSE };
  gsize at;
  guint n_entries;

  exif.is_little = starts_with (&exif, 0, "II*\0", 4);
  if (size < 8 || !(exif.is_little || starts_with (&exif, 0, "MM\0*", 4)))
    return ATELIER_PICTURE_UPRIGHT;
  at = read_u32 (&exif, 4);
  if (!has_bytes (&exif, at, 2))
    return ATELIER_PICTURE_UPRIGHT;
  n_entries = read_u16 (&exif, at);
  at += 2;
  for (guint i = 0; i < n_entries && has_bytes (&exif, at, 12); i++, at += 12)
    if (read_u16 (&exif, at) == TAG_ORIENTATION)
      return read_entry (&exif, at);
  return ATELIER_PICTURE_UPRIGHT;
}

/* The mark belongs to JPEG; some programs also write it into the chunks of other formats. */
static guint
read_marked_exif (const guint8 *data,
                  gsize         size)
{
  const Bytes bytes = { data, size, FALSE };

  if (starts_with (&bytes, 0, exif_mark, N_EXIF_MARK))
    return read_exif (data + N_EXIF_MARK, size - N_EXIF_MARK);
  return read_exif (data, size);
}

/* ---- EXIF as a text of PNG ---- */

/* A line with the profile's name, one with the number of bytes, and lines of digits. */
static guint
read_hex_profile (const char *text,
                  gsize       size)
{
  g_autofree guint8 *profile = g_malloc (MAX_PROFILE_BYTES);
  const char *end = text + size;
  gsize n_digits = 0;

  while (text < end && *text == '\n')
    text++;
  for (guint n_lines = 0; n_lines < 2 && text < end; text++)
    n_lines += *text == '\n';
  for (; text < end && n_digits < 2 * MAX_PROFILE_BYTES; text++)
    {
      int digit = g_ascii_xdigit_value (*text);

      if (digit < 0 && !g_ascii_isspace (*text))
        break;
      if (digit < 0)
        continue;
      if (n_digits % 2 == 0)
        profile[n_digits / 2] = (guint8) (digit << 4);
      else
        profile[n_digits / 2] |= (guint8) digit;
      n_digits++;
    }
  return read_marked_exif (profile, n_digits / 2);
}

static guint
read_packed_profile (const guint8 *packed,
                     gsize         size)
{
  g_autofree guint8 *text = g_malloc (MAX_TEXT_BYTES);
  z_stream stream = {
    .next_in = (guint8 *) packed, .avail_in = (guint) size,
    .next_out = text, .avail_out = (guint) MAX_TEXT_BYTES,
  };

  if (inflateInit (&stream) != Z_OK)
    return ATELIER_PICTURE_UPRIGHT;
  inflate (&stream, Z_FINISH);
  inflateEnd (&stream);
  return read_hex_profile ((const char *) text, stream.total_out);
}

/* A text is a key, a zero byte and the text itself; a packed one (zTXt) has the method, which is 0,
 * in between.  FALSE if the text is something else. */
static gboolean
read_text_chunk (const Bytes *chunk,
                 gboolean     is_packed,
                 guint       *orientation)
{
  for (guint i = 0; i < G_N_ELEMENTS (profile_keys); i++)
    {
      gsize start = strlen (profile_keys[i]) + 1;

      if (!starts_with (chunk, 0, profile_keys[i], start))
        continue;
      if (!is_packed)
        *orientation = read_hex_profile ((const char *) chunk->data + start, chunk->size - start);
      else if (starts_with (chunk, start, "\0", 1))
        *orientation = read_packed_profile (chunk->data + start + 1, chunk->size - start - 1);
      return TRUE;
    }
  return FALSE;
}

/* ---- Formats ---- */

static gboolean
is_png_chunk_intact (const Bytes *png,
                     gsize        at,
                     gsize        length)
{
  return crc32_z (0, png->data + at + 4, length + 4) == read_u32 (png, at + 8 + length);
}

/* The chunk counts before a text, wherever they are. */
guint
atelier_picture_orientation_read_png (const guint8 *data,
                                      gsize         size)
{
  const Bytes png = { data, size, FALSE };
  guint orientation = ATELIER_PICTURE_UPRIGHT;
  gboolean has_text = FALSE;
  gsize length;

  for (gsize at = 8; has_bytes (&png, at, 12); at += length + 12)
    {
      gboolean is_packed = starts_with (&png, at + 4, "zTXt", 4);
      Bytes chunk = { data + at + 8, 0, FALSE };

      length = read_u32 (&png, at);
      if (length > size - at - 12)
        break;
      chunk.size = length;
      if (starts_with (&png, at + 4, "eXIf", 4) && is_png_chunk_intact (&png, at, length))
        return read_marked_exif (chunk.data, length);
      if (!has_text && (is_packed || starts_with (&png, at + 4, "tEXt", 4)))
        has_text = read_text_chunk (&chunk, is_packed, &orientation);
    }
  return orientation;
}

/* FALSE for what is no marker, and for markers that stand alone. */
static gboolean
has_jpeg_length (guint8 marker)
{
  return marker > 0x01 && marker != 0xff && !(marker >= 0xd0 && marker <= 0xd8);
}

/* Segments have a marker and a length.  EXIF is in front of the first scan. */
guint
atelier_picture_orientation_read_jpeg (const guint8 *data,
                                       gsize         size)
{
  const Bytes jpeg = { data, size, FALSE };
  gsize at = 2;

  while (has_bytes (&jpeg, at, 4))
    {
      guint8 marker = data[at + 1];
      gsize length = read_u16 (&jpeg, at + 2);

      if (data[at] != 0xff || !has_jpeg_length (marker))
        {
          at++;
          continue;
        }
      if (marker == JPEG_SCAN || marker == JPEG_END || !has_bytes (&jpeg, at + 2, length))
        break;
      if (marker == JPEG_APP1 && length >= 2 + N_EXIF_MARK
          && starts_with (&jpeg, at + 4, exif_mark, N_EXIF_MARK))
        return read_marked_exif (data + at + 4, length - 2);
      at += 2 + MAX (length, 2);
    }
  return ATELIER_PICTURE_UPRIGHT;
}

/* A RIFF file of chunks: name, size, data, and a byte of padding after an odd size. */
guint
atelier_picture_orientation_read_webp (const guint8 *data,
                                       gsize         size)
{
  const Bytes webp = { data, size, TRUE };
  gsize length;

  for (gsize at = 12; has_bytes (&webp, at, 8); at += 8 + length + length % 2)
    {
      length = read_u32 (&webp, at + 4);
      if (length > size - at - 8)
        break;
      if (starts_with (&webp, at, "EXIF", 4))
        return read_marked_exif (data + at + 8, length);
    }
  return ATELIER_PICTURE_UPRIGHT;
}

/* libtiff mirrors what is to be mirrored but does not swap rows and columns: it treats 5 to 8 as 1
 * to 4.  What remains are the two orientations that swap them. */
guint
atelier_picture_orientation_read_tiff (const guint8 *data,
                                       gsize         size)
{
  static const guint8 remaining[] = { 1, 1, 1, 1, 1, 5, 7, 5, 7 };

  return remaining[read_exif (data, size)];
}
