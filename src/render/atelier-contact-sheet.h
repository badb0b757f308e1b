/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several pictures of a data set on one sheet, each with words below it. */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef struct
{
  const guint8 *pixels;  /* [height, width, channels] */
  const char   *caption; /* the class that it was given and the score, or what it shows */
  const char   *note;    /* the truth; nullable */
} AtelierSheetPicture;

typedef struct
{
  const AtelierSheetPicture *pictures;
  guint                      n;
  guint                      width; /* of each picture, in its own pixels */
  guint                      height;
  guint                      channels; /* 1 or 3 */
} AtelierContactSheet;

/* In pixels.  About as wide as high; the pictures are enlarged by whole multiples to some 112
 * pixels. */
void atelier_contact_sheet_get_size (const AtelierContactSheet *sheet,
                                     int                       *width,
                                     int                       *height);
void atelier_contact_sheet_draw     (const AtelierContactSheet *sheet,
                                     const AtelierPalette      *palette,
                                     cairo_t                   *cr);

G_END_DECLS
