/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every member of every table, so that a new one is tested by being in a table. */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

/* @size: of the struct, whose other fields, if it has any, are those of @values.  Each member has a
 * name, words and a good default; is good at the ends of its range and bad beyond them, where the
 * message names it, its value and its range; lies alone in the struct; and decides equality.
 * Writing and reading gives the values back, also where each member has another value. */
void member_checks_run (const AtelierMembers *table,
                        const char           *other, /* a name of the JSON object; nullable */
                        gconstpointer         values,
                        gsize                 size);

G_END_DECLS
