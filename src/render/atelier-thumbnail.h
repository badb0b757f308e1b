/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small pictures from data-set bytes: nearest neighbour, so that a pixel stays a pixel. */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* An ARGB32 surface of @width x @height from bytes [height, width, channels], channels 1 or 3. */
cairo_surface_t *atelier_thumbnail_new  (const guint8 *pixels,
                                         guint         width,
                                         guint         height,
                                         guint         channels);
/* Draws it into a rectangle, pixel-exact, keeping proportions, centred. */
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
