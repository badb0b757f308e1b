/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibraryStore - a library that is open: the database, the weights beside it, and the claims
 * of the runs that go on here.
 *
 * Does one thing at a time and returns when it is on the disk: for the library's thread, and for
 * commands that have nothing else to do.  What changes the library is one transaction: all of it or
 * nothing.  Errors are FAILED (with why: no room, no rights, another program writes for too long),
 * FORMAT (damaged) and what each function says; the library is then as it was.  Any thread, one at
 * a time.
 */

#pragma once

#include "library/atelier-library-news.h"
#include "library/atelier-library.h"

G_BEGIN_DECLS

typedef struct _AtelierLibraryStore AtelierLibraryStore;

/* As atelier_library_open_async.  @creates FALSE: NOT_FOUND where there is no library.  Transfer
 * full. */
AtelierLibraryStore *atelier_library_store_open         (const char           *folder,
                                                         gboolean              creates,
                                                         GError              **error);
/* Runs that go on here and were not finished become INTERRUPTED with the next opening. */
void                 atelier_library_store_free         (AtelierLibraryStore  *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLibraryStore, atelier_library_store_free)
const char          *atelier_library_store_get_folder   (AtelierLibraryStore  *store);
gboolean             atelier_library_store_is_read_only (AtelierLibraryStore  *store);
/* What to say to a person; borrowed, NULL: nothing. */
const char          *atelier_library_store_get_notice   (AtelierLibraryStore  *store);
/* A number that changes when another connection has written. */
gint64               atelier_library_store_get_version  (AtelierLibraryStore  *store);
/* Marks runs whose process is gone.  TRUE in @has_changed where there were any. */
gboolean             atelier_library_store_sweep        (AtelierLibraryStore  *store,
                                                         gboolean             *has_changed,
                                                         GError              **error);

/* As atelier_library_list_async.  Transfer full. */
GPtrArray           *atelier_library_store_list         (AtelierLibraryStore  *store,
                                                         const char * const   *ids,
                                                         gboolean              is_trash,
                                                         GError              **error);
/* The run whose id begins with @start, in the trash or not.  NOT_FOUND for none, MISMATCH for
 * several.  Transfer full. */
char                *atelier_library_store_find         (AtelierLibraryStore  *store,
                                                         const char           *start,
                                                         GError              **error);
/* As those of AtelierLibrary.  Transfer full. */
AtelierRunRecord    *atelier_library_store_load_record  (AtelierLibraryStore  *store,
                                                         const char           *id,
                                                         GError              **error);
AtelierModel        *atelier_library_store_load_model   (AtelierLibraryStore  *store,
                                                         const char           *id,
                                                         AtelierLibraryWeights which,
                                                         guint                 epoch,
                                                         GError              **error);
GArray              *atelier_library_store_list_epochs  (AtelierLibraryStore  *store,
                                                         const char           *id,
                                                         GError              **error);

/* Writes news of a run: a new one where @news' id is not there.  While its state is RUNNING the run
 * is claimed, and with any other let go of.  FAILED as well where the run is going on elsewhere.
 * @weights_error: why the weights could not be written, where the figures are (TRUE). */
gboolean             atelier_library_store_write        (AtelierLibraryStore  *store,
                                                         const AtelierLibraryNews *news,
                                                         GError              **weights_error,
                                                         GError              **error);

/* What a person may change. */
typedef enum
{
  ATELIER_LIBRARY_FIELD_NAME,
  ATELIER_LIBRARY_FIELD_NOTE,
  ATELIER_LIBRARY_FIELD_STAR, /* "1" or "0" */
  ATELIER_LIBRARY_FIELD_GROUP,
} AtelierLibraryField;

/* NOT_FOUND. */
gboolean             atelier_library_store_set          (AtelierLibraryStore  *store,
                                                         const char           *id,
                                                         AtelierLibraryField   field,
                                                         const char           *value,
                                                         GError              **error);
/* All or none; FAILED where one is going on, NOT_FOUND. */
gboolean             atelier_library_store_trash        (AtelierLibraryStore  *store,
                                                         const char * const   *ids,
                                                         gboolean              is_trashed,
                                                         GError              **error);
/* @n_runs: nullable; how many there were. */
gboolean             atelier_library_store_empty_trash  (AtelierLibraryStore  *store,
                                                         guint                *n_runs,
                                                         GError              **error);
gboolean             atelier_library_store_measure      (AtelierLibraryStore  *store,
                                                         AtelierLibrarySize   *size,
                                                         GError              **error);
gboolean             atelier_library_store_set_limit    (AtelierLibraryStore  *store,
                                                         guint64               n_bytes,
                                                         GError              **error);
/* Deletes older weights beyond the limit, and files that no run names. */
gboolean             atelier_library_store_tidy         (AtelierLibraryStore  *store,
                                                         GError              **error);

/* As those of AtelierLibrary. */
gboolean             atelier_library_store_export       (AtelierLibraryStore  *store,
                                                         const char * const   *ids,
                                                         const char           *path,
                                                         GError              **error);
char               **atelier_library_store_import       (AtelierLibraryStore  *store,
                                                         const char           *path,
                                                         GError              **error);
gboolean             atelier_library_store_backup       (AtelierLibraryStore  *store,
                                                         const char           *folder,
                                                         GError              **error);

G_END_DECLS
