/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibrary - all runs that are kept, for the main thread.
 *
 * A thread of its own has the database and takes one job after the other from a queue, so that the
 * main thread never waits for a disk.  Jobs are done in the order in which they were asked for, and
 * each is a transaction: all of it or nothing.  Several windows and command lines may have the same
 * library open; what the others change is noticed within two seconds.
 *
 * A library that cannot be opened, or a disk that is full, costs no run: training goes on, "error"
 * says what is wrong, and what could not be written is written with the next epoch.
 *
 * Main thread.  All functions with a callback return at once; the callback comes from the main
 * context of the caller.
 */

#pragma once

#include <gio/gio.h>

#include "library/atelier-library-run.h"
#include "model/atelier-model.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

/* Which weights of a run. */
typedef enum
{
  ATELIER_LIBRARY_BEST,   /* those of the best epoch; the newest where they are not kept */
  ATELIER_LIBRARY_NEWEST, /* the newest that are kept */
  ATELIER_LIBRARY_STATE,  /* the newest with a training state, from which a run goes on */
  ATELIER_LIBRARY_EPOCH,  /* those of one epoch */
} AtelierLibraryWeights;

/* What the library takes on disk, in bytes. */
typedef struct
{
  guint64 figures;       /* the database */
  guint64 weights;       /* all model files */
  guint64 older_weights; /* those of them that are neither of a best nor of a newest epoch */
  guint64 limit;         /* of the weights, from which on older ones are deleted; 0: none */
  guint   n_runs;        /* without the trash */
  guint   n_trashed;
} AtelierLibrarySize;

#define ATELIER_TYPE_LIBRARY (atelier_library_get_type ())
G_DECLARE_FINAL_TYPE (AtelierLibrary, atelier_library, ATELIER, LIBRARY, GObject)

/* Properties, read only, with notify: "is-open" (boolean); "is-read-only" (boolean: nothing can be
 * written into its folder, runs can be looked at); "error" (GError, nullable: why it could not be
 * opened, or why the last writing failed; NULL again when writing succeeds); "notice" (string,
 * nullable: what a person should know about how it was opened, such as that a damaged library was
 * moved aside and where it lies).
 *
 * Signal: "changed" (GStrv, nullable): the runs with these ids are new, changed, trashed or gone;
 * NULL: any may be.  Emitted for what others change too. */

/* $XDG_DATA_HOME/atelier/library.  Transfer full. */
char           *atelier_library_dup_default_folder (void);
/* @folder: NULL for the default.  Nothing is opened or created yet. */
AtelierLibrary *atelier_library_new            (const char          *folder);
const char     *atelier_library_get_folder     (AtelierLibrary      *library);
/* Waits until all that was asked for is done; the thread ends.  Callbacks that are still due come
 * later.  Called by dispose. */
void            atelier_library_close          (AtelierLibrary      *library);

/* Opens the library, and creates it where there is none.  Runs whose process is gone become
 * INTERRUPTED.  FAILED (no folder, no rights, no room), FORMAT (not a library), UNSUPPORTED (of a
 * newer version; it is left as it is). */
void            atelier_library_open_async     (AtelierLibrary      *library,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* The same for all functions below that give nothing but success. */
gboolean        atelier_library_finish         (AtelierLibrary      *library,
                                                GAsyncResult        *result,
                                                GError             **error);
gboolean        atelier_library_get_is_open    (AtelierLibrary      *library);
gboolean        atelier_library_get_is_read_only (AtelierLibrary    *library);
/* Borrowed; nullable. */
const GError   *atelier_library_get_error      (AtelierLibrary      *library);
const char     *atelier_library_get_notice     (AtelierLibrary      *library);

/* The newest first.  @ids: only these, those that are in the trash too; NULL: all.  @is_trash: of
 * the trash instead; not looked at where there are ids.  GPtrArray of AtelierLibraryRun; transfer
 * full. */
void            atelier_library_list_async     (AtelierLibrary      *library,
                                                const char * const  *ids,
                                                gboolean             is_trash,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
GPtrArray      *atelier_library_list_finish    (AtelierLibrary      *library,
                                                GAsyncResult        *result,
                                                GError             **error);

/* A run with its whole history: figures, predictions, marks, looks.  NOT_FOUND, and as the parts'
 * readers.  Transfer full. */
void            atelier_library_load_record_async  (AtelierLibrary      *library,
                                                    const char          *id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
AtelierRunRecord *atelier_library_load_record_finish (AtelierLibrary    *library,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* @epoch: from 1, for ATELIER_LIBRARY_EPOCH.  NOT_FOUND where these are not kept.  Transfer
 * full. */
void            atelier_library_load_model_async   (AtelierLibrary      *library,
                                                    const char          *id,
                                                    AtelierLibraryWeights which,
                                                    guint                epoch,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
AtelierModel   *atelier_library_load_model_finish  (AtelierLibrary      *library,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* The epochs whose weights are kept, growing.  GArray of guint; transfer full. */
void            atelier_library_list_epochs_async  (AtelierLibrary      *library,
                                                    const char          *id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GArray         *atelier_library_list_epochs_finish (AtelierLibrary      *library,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Told by "changed"; a failure by "error". */
void            atelier_library_set_name       (AtelierLibrary      *library,
                                                const char          *id,
                                                const char          *name);
void            atelier_library_set_note       (AtelierLibrary      *library,
                                                const char          *id,
                                                const char          *note);
void            atelier_library_set_starred    (AtelierLibrary      *library,
                                                const char          *id,
                                                gboolean             is_starred);
/* Runs with the same group are repeats or a sweep; "": of no group. */
void            atelier_library_set_group      (AtelierLibrary      *library,
                                                const char          *id,
                                                const char          *group);

/* Into the trash, and out of it.  A run that is going on stays where it is: FAILED, and none of the
 * others is moved either. */
void            atelier_library_trash_async    (AtelierLibrary      *library,
                                                const char * const  *ids,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
void            atelier_library_restore_async  (AtelierLibrary      *library,
                                                const char * const  *ids,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* Deletes what is in the trash for ever, with the files that no other run names. */
void            atelier_library_empty_trash_async (AtelierLibrary   *library,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);

/* One file with these runs, figures and weights, which another library takes in. */
void            atelier_library_export_async   (AtelierLibrary      *library,
                                                const char * const  *ids,
                                                const char          *path,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* Takes in such a file, or another library's folder.  Runs that are here already are joined: the
 * longer history and the newer name, note, star and group are kept, so that taking in twice is
 * taking in once.  The ids of all runs that were in it; transfer full. */
void            atelier_library_import_async   (AtelierLibrary      *library,
                                                const char          *path,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
char          **atelier_library_import_finish  (AtelierLibrary      *library,
                                                GAsyncResult        *result,
                                                GError             **error);
/* The whole library, into a new or empty folder. */
void            atelier_library_backup_async   (AtelierLibrary      *library,
                                                const char          *folder,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);

gboolean        atelier_library_measure_finish (AtelierLibrary      *library,
                                                GAsyncResult        *result,
                                                AtelierLibrarySize  *size,
                                                GError             **error);
void            atelier_library_measure_async  (AtelierLibrary      *library,
                                                GCancellable        *cancellable,
                                                GAsyncReadyCallback  callback,
                                                gpointer             user_data);
/* Bytes of weights, from which on older epochs' weights and training states go, the oldest runs'
 * first; 0: no limit.  Best and newest weights always stay.  Kept in the library. */
void            atelier_library_set_limit      (AtelierLibrary      *library,
                                                guint64              n_bytes);

G_END_DECLS
