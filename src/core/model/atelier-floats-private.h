/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of a tensor as they lie in a file: float32, little endian, at any address.  Only files
 * of this room include this header.  Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether all values are numbers: neither NaN nor infinite. */
gboolean atelier_floats_are_finite      (GBytes *bytes);
/* Whether none is below 0; -0 is not. */
gboolean atelier_floats_are_nonnegative (GBytes *bytes);

G_END_DECLS
