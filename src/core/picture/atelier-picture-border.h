/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The border of a picture, which shows what lies around a garment.  Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A pixel of the border: where it is, and that from -1 to 1. */
typedef struct
{
  guint  x;
  guint  y;
  double along_x;
  double along_y;
} AtelierBorderPlace;

/* The middle of pixel @i of @n, from -1 to 1. */
double  atelier_picture_border_get_place (guint i,
                                          guint n);
/* Transfer full, of AtelierBorderPlace: at most some 20,000 pixels of the border, evenly spaced,
 * row by row.  The border is 1 / 64 of the shorter side thick. */
GArray *atelier_picture_border_list      (guint width,
                                          guint height);

G_END_DECLS
