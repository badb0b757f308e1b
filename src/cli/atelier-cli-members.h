/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options of the command line for the members of a table: one for each that has an option. */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

typedef struct _AtelierCliMembers AtelierCliMembers;

/* @table must outlive it.  Transfer full. */
AtelierCliMembers *atelier_cli_members_new         (const AtelierMembers *table);
void               atelier_cli_members_free        (AtelierCliMembers    *members);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCliMembers, atelier_cli_members_free)

/* Appends the options to @entries, an array of GOptionEntry, which write to @members. */
void               atelier_cli_members_add_entries (AtelierCliMembers    *members,
                                                    GArray               *entries);
/* "--rate": the first option that was given, but for the one of the member @but (nullable).  NULL:
 * none.  Transfer full. */
char              *atelier_cli_members_find_given  (AtelierCliMembers    *members,
                                                    const char           *but);
/* Changes @values by the options that were given.  G_OPTION_ERROR_BAD_VALUE where one is no value
 * of its member, or is of a member that does not apply, which would mislead.  Ranges of reals are
 * left to atelier_members_check (). */
gboolean           atelier_cli_members_apply       (AtelierCliMembers    *members,
                                                    gpointer              values,
                                                    GError              **error);
/* The same for one member alone, whatever the others. */
gboolean           atelier_cli_members_apply_one   (AtelierCliMembers    *members,
                                                    const char           *name,
                                                    gpointer              values,
                                                    GError              **error);

G_END_DECLS
