/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ends of picture files, and what lies on the way there. */

#include "config.h"

#include "picture/atelier-picture-end.h"

#include <string.h>

#define JPEG_END 0xd9
#define JPEG_SCAN 0xda

static guint32
read_u32_be (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static guint32
read_u32_le (const guint8 *data)
{
  return (guint32) data[3] << 24 | (guint32) data[2] << 16 | (guint32) data[1] << 8 | data[0];
}

/* A signature of eight bytes, then chunks: length, name, data, checksum; the last chunk is IEND. */
gboolean
atelier_picture_end_is_png (const guint8 *data,
                            gsize         size)
{
  gsize at = 8;

  while (at <= size && size - at >= 12)
    {
      gsize length = read_u32_be (data + at);

      if (length > size - at - 12)
        return FALSE;
      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return TRUE;
      at += length + 12;
    }
  return FALSE;
}

static gboolean
is_jpeg_restart (guint8 marker)
{
  return marker >= 0xd0 && marker <= 0xd7;
}

/* Starts inside the coded data of a scan; returns the position of the marker that ends it. */
static gsize
skip_jpeg_scan (const guint8 *data,
                gsize         size,
                gsize         at)
{
  while (at + 1 < size)
    {
      gboolean is_marker = data[at] == 0xff && data[at + 1] != 0 && data[at + 1] != 0xff
                           && !is_jpeg_restart (data[at + 1]);

      if (is_marker)
        return at;
      at++;
    }
  return size;
}

/* A JPEG file has markers with segments of a given length, coded data after each scan's header, and
 * a marker at the end.  Searching for the end marker is not enough: a thumbnail inside a segment
 * has one too.  Counts the scans up to the end, or to where bytes are missing. */
static gboolean
walk_jpeg (const guint8 *data,
           gsize         size,
           guint        *n_scans)
{
  gsize at = 2;

  *n_scans = 0;
  while (at + 1 < size)
    {
      guint8 marker = data[at + 1];
      gsize length;

      if (data[at] != 0xff || marker == 0xff || marker == 0)
        {
          at++;
          continue;
        }
      if (marker == JPEG_END)
        return TRUE;
      at += 2;
      if (marker == 0x01 || is_jpeg_restart (marker))
        continue;
      if (at + 2 > size)
        return FALSE;
      length = (gsize) data[at] << 8 | data[at + 1];
      if (length > size - at)
        return FALSE;
      at += MAX (length, 2);
      if (marker == JPEG_SCAN)
        {
          (*n_scans)++;
          at = skip_jpeg_scan (data, size, at);
        }
    }
  return FALSE;
}

gboolean
atelier_picture_end_is_jpeg (const guint8 *data,
                             gsize         size)
{
  guint n_scans;

  return walk_jpeg (data, size, &n_scans);
}

guint
atelier_picture_end_count_jpeg_scans (const guint8 *data,
                                      gsize         size)
{
  guint n_scans;

  walk_jpeg (data, size, &n_scans);
  return n_scans;
}

gsize
atelier_picture_end_gif_palette (guint8 flags)
{
  return flags & 0x80 ? (gsize) 3 << ((flags & 7) + 1) : 0;
}

/* Blocks of up to 255 bytes, each after its length, end with one of none. */
static gsize
skip_gif_blocks (const guint8 *data,
                 gsize         size,
                 gsize         at)
{
  while (at < size && data[at] != 0)
    at += (gsize) data[at] + 1;
  return at + 1;
}

/* A header and a palette; then extensions (a label, blocks) and frames (place, size, flags, a
 * palette, the width of a code, blocks).  Bytes between them are passed over, as decoders do. */
gsize
atelier_picture_end_skip_gif (const guint8 *data,
                              gsize         size,
                              gsize         at)
{
  if (data[at] == ATELIER_GIF_EXTENSION)
    return skip_gif_blocks (data, size, at + 2);
  if (data[at] != ATELIER_GIF_FRAME)
    return at + 1;
  if (size - at < 10)
    return size;
  return skip_gif_blocks (data, size, at + 11 + atelier_picture_end_gif_palette (data[at + 9]));
}

gboolean
atelier_picture_end_has_empty_gif_frame (const guint8 *data,
                                         gsize         size)
{
  gsize at = size >= 13 ? 13 + atelier_picture_end_gif_palette (data[10]) : size;

  while (at < size && size - at >= 10 && data[at] != ATELIER_GIF_END)
    {
      const guint8 *frame = data + at;

      if (frame[0] == ATELIER_GIF_FRAME
          && ((frame[5] | frame[6]) == 0 || (frame[7] | frame[8]) == 0))
        return TRUE;
      at = atelier_picture_end_skip_gif (data, size, at);
    }
  return FALSE;
}

static guint32
read_tiff_u32 (const guint8 *data,
               gsize         at)
{
  return data[0] == 'I' ? read_u32_le (data + at) : read_u32_be (data + at);
}

static guint
read_tiff_u16 (const guint8 *data,
               gsize         at)
{
  gboolean is_little = data[0] == 'I';

  return (guint) data[is_little ? at + 1 : at] << 8 | data[is_little ? at : at + 1];
}

/* An entry: tag, type, count, and the values or their position. */
static gboolean
is_tiff_entry_whole (const guint8 *data,
                     gsize         size,
                     gsize         at)
{
  static const guint8 type_bytes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };
  guint type = read_tiff_u16 (data, at + 2);
  guint64 n_bytes = type < G_N_ELEMENTS (type_bytes) ? type_bytes[type] : 0;

  n_bytes *= read_tiff_u32 (data, at + 4);
  return n_bytes <= 4 || read_tiff_u32 (data, at + 8) + n_bytes <= size;
}

/* The header gives the position of the first directory, and its entries give the positions of their
 * values.  Most writers put the values last. */
gboolean
atelier_picture_end_is_tiff (const guint8 *data,
                             gsize         size)
{
  gsize at, n_entries;

  if (size < 8)
    return FALSE;
  at = read_tiff_u32 (data, 4);
  if (at >= size || size - at < 2)
    return FALSE;
  n_entries = read_tiff_u16 (data, at);
  if (size - at - 2 < n_entries * 12 + 4)
    return FALSE;
  for (gsize i = 0; i < n_entries; i++)
    if (!is_tiff_entry_whole (data, size, at + 2 + i * 12))
      return FALSE;
  return TRUE;
}

/* The file's header gives the position of the pixels.  The second header gives its own length and,
 * from 40 bytes on, the number of colours of four bytes that follow it.  The decoder allocates
 * memory for these before it has read them; it checks by itself that all pixels are there. */
gboolean
atelier_picture_end_is_bmp (const guint8 *data,
                            gsize         size)
{
  gsize n_header;

  if (size < 18 || read_u32_le (data + 10) > size)
    return FALSE;
  n_header = read_u32_le (data + 14);
  if (n_header > size - 14)
    return FALSE;
  return n_header < 40 || read_u32_le (data + 46) <= (size - 14 - n_header) / 4;
}

/* A RIFF file: the second word is the size of the rest. */
gboolean
atelier_picture_end_is_webp (const guint8 *data,
                             gsize         size)
{
  return size >= 8 && size - 8 >= read_u32_le (data + 4);
}

/* The root element has its closing tag, or is a single tag. */
gboolean
atelier_picture_end_is_svg (const guint8 *data,
                            gsize         size)
{
  const char *text = (const char *) data;

  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;
  if (size < 2 || text[size - 1] != '>')
    return FALSE;
  return text[size - 2] == '/' || g_strrstr_len (text, (gssize) size, "</svg") != NULL;
}
