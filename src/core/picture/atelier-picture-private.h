/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shared by the files that implement AtelierPicture. */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "picture/atelier-ground.h"
#include "picture/atelier-picture.h"

G_BEGIN_DECLS

/* Whether a picture is marked as a drawing made with the program. */
typedef enum
{
  ATELIER_DRAWING_MARK_NONE,
  ATELIER_DRAWING_MARK_AS_IS,
  ATELIER_DRAWING_MARK_FIT,
} AtelierDrawingMark;

/* @stored: as the decoder left it, with its texts; @orientation: EXIF's number, 1 if upright. */
AtelierDrawingMark atelier_picture_read_mark (GdkPixbuf *stored,
                                              guint      orientation);
/* Whether width and height of the upright picture are the stored height and width. */
gboolean           atelier_picture_is_turned (guint      orientation);
/* @rgba: [n_rows, width, 4] of the upright picture. */
void               atelier_picture_copy_rows (GdkPixbuf *stored,
                                              guint      orientation,
                                              guint      y,
                                              guint      n_rows,
                                              guint8    *rgba);
/* Takes @stored.  Transfer full: half as many rows and columns, each pixel the mean of two by two,
 * in the same memory. */
GdkPixbuf         *atelier_picture_halve     (GdkPixbuf *stored);
/* The upright picture, for who needs pixels here and there. */
AtelierColours     atelier_picture_view_pixbuf (GdkPixbuf *stored,
                                                guint      orientation);
AtelierColours     atelier_picture_view        (AtelierPicture *picture);

G_END_DECLS
