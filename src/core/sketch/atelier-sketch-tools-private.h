/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tools that change a grid of grey bytes at once.  Pure functions; any thread.  Private to the
 * drawing. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Fills what hangs together with pixel (@x, @y), side by side, and is of about its grey.  Pixels at
 * the fill's edge whose grey lies between the two are filled too: they are the soft inner edge of
 * an outline, which would stay as a dark seam. */
void atelier_sketch_fill  (guint8       *pixels, /* [height, width] */
                           guint         width,
                           guint         height,
                           guint         x,
                           guint         y,
                           guint8        grey);

/* @target becomes @source moved by (@dx, @dy); what leaves the grid is cut off, and black comes
 * in.  They must not overlap. */
void atelier_sketch_shift_pixels (guint8       *target, /* [height, width] */
                                  const guint8 *source,
                                  guint         width,
                                  guint         height,
                                  int           dx,
                                  int           dy);

G_END_DECLS
