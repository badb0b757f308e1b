/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joining the rows of two libraries: what the attached database "other" has becomes part of "main".
 * One thread at a time. */

#pragma once

#include "library/atelier-library-sql.h"

G_BEGIN_DECLS

/* Attaches the database at @path as "other", for reading only. */
gboolean   atelier_library_merge_attach (AtelierLibrarySql  *sql,
                                         const char         *path,
                                         GError            **error);
void       atelier_library_merge_detach (AtelierLibrarySql  *sql);
/* The ids of the runs of "other".  Transfer full. */
GPtrArray *atelier_library_merge_list   (AtelierLibrarySql  *sql,
                                         GError            **error);
/* Joins one run, in the caller's transaction.  The longer history and the newer name, note, star,
 * group and trash win; weights of both are kept, except for those whose hash is in @missing
 * (nullable), whose files are not there.  Nothing happens to a run that is going on in "main". */
gboolean   atelier_library_merge_run    (AtelierLibrarySql  *sql,
                                         const char         *id,
                                         GHashTable         *missing,
                                         GError            **error);

G_END_DECLS
