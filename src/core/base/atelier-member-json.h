/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of a table as members of a JSON object.  Any thread. */

#pragma once

#include "base/atelier-json.h"
#include "base/atelier-member.h"

G_BEGIN_DECLS

/* Reads all members; those that the object lacks get their defaults.  Integers and choices must be
 * in their ranges, reals are left to atelier_members_check ().  Fails for names of no member, of no
 * list and not @other (nullable), for required members that are missing, and for optional ones that
 * do not apply. */
gboolean atelier_members_read  (const AtelierMembers  *table,
                                AtelierJsonReader     *reader,
                                const char            *other,
                                gpointer               values,
                                GError               **error);
/* Adds all members but optional ones at their default, in the table's order.  All reals must be
 * finite and all choices in their ranges. */
void     atelier_members_write (const AtelierMembers  *table,
                                gconstpointer          values,
                                JsonObject            *object);

G_END_DECLS
