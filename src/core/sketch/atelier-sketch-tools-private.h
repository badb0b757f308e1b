/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tools that change a grid of grey bytes in one go.  Pure functions; any thread.  Private to the
 * drawing. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fills the connected region (by sides) of pixels that have about the same grey as pixel (@x, @y).
 * Edge pixels whose grey lies between the old grey and @grey are filled too: they are the soft
 * inner edge of an outline, and would remain as a dark seam. */
void atelier_sketch_fill  (guint8       *pixels, /* [height, width] */
                           guint         width,
                           guint         height,
                           guint         x,
                           guint         y,
                           guint8        grey);

/* Sets @target to @source moved by (@dx, @dy).  What leaves the grid is cut off; black comes in.
 * @target and @source must not overlap. */
void atelier_sketch_shift_pixels (guint8       *target, /* [height, width] */
                                  const guint8 *source,
                                  guint         width,
                                  guint         height,
                                  int           dx,
                                  int           dy);

G_END_DECLS
