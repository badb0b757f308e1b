/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people may want to know about the engine.  Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The instruction set in use, for people ("AVX-512"), and a complaint about the environment's
 * NN_ISA, or NULL. */
const char *atelier_engine_get_isa       (void);
const char *atelier_engine_get_complaint (void);

G_END_DECLS
