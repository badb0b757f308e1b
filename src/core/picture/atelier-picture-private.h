/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shared by the files that implement AtelierPicture. */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "picture/atelier-picture.h"

G_BEGIN_DECLS

/* Whether a picture is marked as a drawing made with the program. */
typedef enum
{
  ATELIER_DRAWING_MARK_NONE,
  ATELIER_DRAWING_MARK_AS_IS,
  ATELIER_DRAWING_MARK_FIT,
} AtelierDrawingMark;

AtelierDrawingMark atelier_picture_read_mark (GdkPixbuf *stored,
                                              GdkPixbuf *rgba);

G_END_DECLS
