/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The error domain of the core.  model/atelier-engine-error.c converts the engine's status codes
 * into it.  Any thread.
 */

#include "config.h"

#include "base/atelier-error.h"

G_DEFINE_QUARK (atelier-error-quark, atelier_error)
