/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a picture's file is complete, for formats that mark their end.
 *
 * Decoders show whatever they could read of a file that ends too early.  These functions walk
 * through the outermost structure only: FALSE means that bytes are missing, TRUE does not mean that
 * the contents are valid.  Bytes after the end are ignored.  Every size in the file is compared
 * with the file's own size before it is used.  Pure; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first bytes of a GIF file's parts. */
#define ATELIER_GIF_EXTENSION 0x21
#define ATELIER_GIF_FRAME 0x2c
#define ATELIER_GIF_END 0x3b

gboolean atelier_picture_end_is_png  (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_jpeg (const guint8 *data,
                                      gsize         size);
/* The number of scans of a JPEG file: how often it passes over the picture. */
guint    atelier_picture_end_count_jpeg_scans (const guint8 *data,
                                               gsize         size);
/* Whether one of a GIF file's frames has no width or no height, which decoders do not expect. */
gboolean atelier_picture_end_has_empty_gif_frame (const guint8 *data,
                                                  gsize         size);
/* The bytes of a palette, of which @flags tell. */
gsize    atelier_picture_end_gif_palette (guint8 flags);
/* The position behind the part of a GIF file at @at; @size or more if it ends before. */
gsize    atelier_picture_end_skip_gif (const guint8 *data,
                                       gsize         size,
                                       gsize         at);
gboolean atelier_picture_end_is_tiff (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_bmp  (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_webp (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_svg  (const guint8 *data,
                                      gsize         size);

G_END_DECLS
