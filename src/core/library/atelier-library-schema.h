/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the database, and how an older one becomes a newer one.  One thread at a time. */

#pragma once

#include "library/atelier-library-sql.h"

G_BEGIN_DECLS

/* Step i makes version i + 1 from version i. */
typedef struct
{
  const char * const *steps;
  guint               n_steps;
} AtelierLibrarySchema;

/* Of this program. */
const AtelierLibrarySchema *atelier_library_schema_get (void);

/* The version of what @sql has open; 0: an empty file.  FORMAT: something else than a library;
 * UNSUPPORTED: of a newer program.  Changes nothing. */
gboolean atelier_library_schema_read_version (AtelierLibrarySql          *sql,
                                              const AtelierLibrarySchema *schema,
                                              guint                      *version,
                                              GError                    **error);
/* Makes what is there, if anything, into the newest version, all or nothing. */
gboolean atelier_library_schema_bring_up     (AtelierLibrarySql          *sql,
                                              const AtelierLibrarySchema *schema,
                                              GError                    **error);
/* Whether the tables of "@name" (of an attached file) are exactly those of the newest version and
 * all its pages and values are sound: for files of other people.  FORMAT. */
gboolean atelier_library_schema_check        (AtelierLibrarySql          *sql,
                                              const char                 *name,
                                              const char                 *path,
                                              GError                    **error);

G_END_DECLS
