/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the paper of a grey picture evenly black.  See atelier-grey-levels.c.  Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @pixels: [height, width], light ink on dark paper; changed in place.  Returns whether the levels
 * were changed. */
gboolean atelier_grey_level (guint8 *pixels,
                             guint   width,
                             guint   height);

G_END_DECLS
