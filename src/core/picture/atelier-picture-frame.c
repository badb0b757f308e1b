/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first frame of an animation, as a file of its own. */

#include "config.h"

#include "picture/atelier-picture-frame.h"

#include <string.h>

#include "picture/atelier-picture-end.h"

#define GIF_HEADER_BYTES 13
#define GIF_CONTROL 0xf9
#define GIF_IS_TRANSPARENT 0x01

#define WEBP_HEADER_BYTES 12
#define WEBP_EXTENDED_BYTES 10
#define WEBP_IS_ANIMATION 0x02
#define WEBP_HAS_ALPHA 0x10
/* Place, size, time and flags of a frame, before its chunks. */
#define WEBP_FRAME_BYTES 16

static guint
read_u16 (const guint8 *data)
{
  return (guint) data[1] << 8 | data[0];
}

static guint
read_u24 (const guint8 *data)
{
  return (guint) data[2] << 16 | read_u16 (data);
}

static gsize
read_u32 (const guint8 *data)
{
  return (gsize) data[3] << 24 | read_u24 (data);
}

static void
append_u32 (GByteArray *file,
            gsize       value)
{
  const guint8 bytes[] = { (guint8) value, (guint8) (value >> 8), (guint8) (value >> 16),
                           (guint8) (value >> 24) };

  g_byte_array_append (file, bytes, sizeof bytes);
}

/* As much of @n bytes at @at as there is. */
static void
append_part (GByteArray   *file,
             const guint8 *data,
             gsize         size,
             gsize         at,
             gsize         n)
{
  if (at < size)
    g_byte_array_append (file, data + at, (guint) MIN (n, size - at));
}

/* ---- GIF ---- */

/* Which colour is transparent is said by the last extension of its kind before the frame.  It also
 * says what becomes of the frame afterwards, which is left out. */
static void
append_gif_control (GByteArray   *file,
                    const guint8 *extension,
                    gsize         size)
{
  if (size < 8 || extension[1] != GIF_CONTROL || extension[2] < 4)
    return;
  g_byte_array_set_size (file, GIF_HEADER_BYTES
                                 + (guint) atelier_picture_end_gif_palette (file->data[10]));
  if ((extension[3] & GIF_IS_TRANSPARENT) != 0)
    {
      const guint8 control[] = { 0x21, GIF_CONTROL, 4, GIF_IS_TRANSPARENT, 0, 0, extension[6], 0 };

      g_byte_array_append (file, control, sizeof control);
    }
}

GBytes *
atelier_picture_frame_take_gif (const guint8        *data,
                                gsize                size,
                                AtelierPictureFrame *frame)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gboolean has_frame = FALSE;
  gsize at = size >= GIF_HEADER_BYTES
               ? GIF_HEADER_BYTES + atelier_picture_end_gif_palette (data[10]) : size;

  append_part (file, data, size, 0, at);
  while (at < size && data[at] != ATELIER_GIF_END)
    {
      gsize next = atelier_picture_end_skip_gif (data, size, at);

      if (!has_frame && data[at] == ATELIER_GIF_EXTENSION)
        append_gif_control (file, data + at, size - at);
      else if (!has_frame && data[at] == ATELIER_GIF_FRAME && size - at >= 10)
        {
          frame->width = read_u16 (data + at + 5);
          frame->height = read_u16 (data + at + 7);
          append_part (file, data, size, at, next - at);
          has_frame = TRUE;
        }
      at = next;
    }
  /* The decoder says that frames are missing if the end is. */
  append_part (file, data, size, at, 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

/* ---- WebP ---- */

/* The position of the first frame's contents and their size; FALSE if there is no whole one. */
static gboolean
find_webp_frame (const guint8 *data,
                 gsize         size,
                 gsize        *start,
                 gsize        *length)
{
  gsize n_chunk;

  for (gsize at = WEBP_HEADER_BYTES; at <= size && size - at >= 8; at += 8 + n_chunk + n_chunk % 2)
    {
      n_chunk = read_u32 (data + at + 4);
      if (n_chunk > size - at - 8)
        return FALSE;
      if (memcmp (data + at, "ANMF", 4) != 0)
        continue;
      *start = at + 8;
      *length = n_chunk;
      return n_chunk >= WEBP_FRAME_BYTES + 8;
    }
  return FALSE;
}

/* Whether the frame lies on the canvas. */
static gboolean
read_webp_place (const guint8        *contents,
                 guint                canvas_width,
                 guint                canvas_height,
                 AtelierPictureFrame *frame)
{
  AtelierPictureFrame read = { read_u24 (contents + 6) + 1, read_u24 (contents + 9) + 1,
                               canvas_width, canvas_height,
                               read_u24 (contents) * 2, read_u24 (contents + 3) * 2 };

  if (read.x + read.width > canvas_width || read.y + read.height > canvas_height)
    return FALSE;
  *frame = read;
  if (read.width == canvas_width && read.height == canvas_height)
    frame->canvas_width = frame->canvas_height = 0;
  return TRUE;
}

/* A frame's chunks are those of a picture that stands still. */
static void
append_webp_still (GByteArray   *file,
                   const guint8 *contents,
                   gsize         length)
{
  const guint8 *chunks = contents + WEBP_FRAME_BYTES;
  gsize n_chunks = length - WEBP_FRAME_BYTES;
  const guint8 flags[] = { memcmp (chunks, "ALPH", 4) == 0 ? WEBP_HAS_ALPHA : 0, 0, 0, 0 };

  append_u32 (file, 4 + 8 + WEBP_EXTENDED_BYTES + n_chunks);
  g_byte_array_append (file, (const guint8 *) "WEBPVP8X", 8);
  append_u32 (file, WEBP_EXTENDED_BYTES);
  g_byte_array_append (file, flags, sizeof flags);
  g_byte_array_append (file, contents + 6, 6);
  g_byte_array_append (file, chunks, (guint) n_chunks);
}

GBytes *
atelier_picture_frame_take_webp (const guint8        *data,
                                 gsize                size,
                                 AtelierPictureFrame *frame)
{
  const guint8 *extended = data + WEBP_HEADER_BYTES;
  g_autoptr (GByteArray) file = NULL;
  gsize start, length;

  if (size < WEBP_HEADER_BYTES + 8 + WEBP_EXTENDED_BYTES || memcmp (extended, "VP8X", 4) != 0)
    return NULL;
  if ((extended[8] & WEBP_IS_ANIMATION) == 0)
    {
      frame->width = read_u24 (extended + 12) + 1;
      frame->height = read_u24 (extended + 15) + 1;
      return NULL;
    }
  file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *) "RIFF", 4);
  if (find_webp_frame (data, size, &start, &length)
      && read_webp_place (data + start, read_u24 (extended + 12) + 1, read_u24 (extended + 15) + 1,
                          frame))
    append_webp_still (file, data + start, length);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}
