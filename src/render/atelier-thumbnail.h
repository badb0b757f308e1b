/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures from the bytes of a data set: nearest neighbour, so that each pixel is a
 * square. */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* An ARGB32 surface of @width x @height from bytes [height, width, channels], channels 1 or 3. */
cairo_surface_t *atelier_thumbnail_new  (const guint8 *pixels,
                                         guint         width,
                                         guint         height,
                                         guint         channels);
/* Draws it, centred, into a rectangle; proportions are kept, and pixels stay sharp. */
void             atelier_thumbnail_draw (cairo_surface_t *surface,
                                         cairo_t         *cr,
                                         double           x,
                                         double           y,
                                         double           width,
                                         double           height);
/* The same bytes as tightly packed RGB, for textures.  @rgb: [height, width, 3]. */
void             atelier_thumbnail_fill_rgb (const guint8 *pixels,
                                             guint         width,
                                             guint         height,
                                             guint         channels,
                                             guint8       *rgb);

G_END_DECLS
