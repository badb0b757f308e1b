/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the camera was held, as a picture's file says in EXIF.
 *
 * The number is EXIF's, from 1 (upright) to 8.  Every function returns 1 if the file does not say,
 * or if what it says is malformed.  Every position and size in the file is compared with the file's
 * own size before it is used.  Pure; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_PICTURE_UPRIGHT 1

guint atelier_picture_orientation_read_png  (const guint8 *data,
                                             gsize         size);
guint atelier_picture_orientation_read_jpeg (const guint8 *data,
                                             gsize         size);
guint atelier_picture_orientation_read_webp (const guint8 *data,
                                             gsize         size);
/* What remains to be done: the decoder has already mirrored the picture. */
guint atelier_picture_orientation_read_tiff (const guint8 *data,
                                             gsize         size);

G_END_DECLS
