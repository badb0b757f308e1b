/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The core's error domain.  What the engine reports becomes errors of it in
 * model/atelier-engine-error.c.  Any thread.
 */

#include "config.h"

#include "base/atelier-error.h"

G_DEFINE_QUARK (atelier-error-quark, atelier_error)
