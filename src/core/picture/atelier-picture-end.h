/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a picture's file goes on to its end, as far as its format says where that is.
 *
 * Decoders show what there is of a file that ends too early.  Each of these walks the outermost
 * structure only: FALSE means that bytes are missing; TRUE does not mean that the rest is sound.
 * What follows the end does not matter.  No size in the file is believed before it was compared
 * with what there is.  Pure; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean atelier_picture_end_is_png  (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_jpeg (const guint8 *data,
                                      gsize         size);
/* How many times a JPEG file goes over its picture. */
guint    atelier_picture_end_count_jpeg_scans (const guint8 *data,
                                               gsize         size);
gboolean atelier_picture_end_is_tiff (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_bmp  (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_webp (const guint8 *data,
                                      gsize         size);
gboolean atelier_picture_end_is_svg  (const guint8 *data,
                                      gsize         size);

G_END_DECLS
