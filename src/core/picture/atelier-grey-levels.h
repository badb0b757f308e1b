/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The levels of a grey picture: what is paper becomes even and black.  See atelier-grey-levels.c.
 * Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @pixels: [height, width], light ink on dark paper; changed in place.  Returns whether anything
 * was to be done. */
gboolean atelier_grey_level (guint8 *pixels,
                             guint   width,
                             guint   height);

G_END_DECLS
