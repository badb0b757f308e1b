/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A library for a command that trains.  That it cannot be written is a warning: the run is worth
 * more.  Main thread. */

#include "config.h"

#include "atelier-cli-library.h"

#include "atelier-cli.h"
#include "library/atelier-library-recorder.h"
#include "library/atelier-library-store.h"
#include "results/atelier-history-log.h"

struct _AtelierCliLibrary
{
  /* Owned */
  AtelierLibrary         *library;
  AtelierLibraryRecorder *recorder;
};

AtelierCliLibrary *
atelier_cli_library_new (const char     *folder,
                         AtelierTrainer *trainer,
                         const char     *going_on)
{
  AtelierCliLibrary *self = g_new0 (AtelierCliLibrary, 1);

  self->library = atelier_library_new (folder);
  atelier_library_open_async (self->library, NULL, NULL, NULL);
  self->recorder = atelier_library_recorder_new (self->library, trainer);
  atelier_library_recorder_set_going_on (self->recorder, going_on);
  return self;
}

/* What went wrong, and what a person should know of how the library was opened.  FALSE where the
 * run is not kept. */
static gboolean
say_problems (AtelierCliLibrary *self)
{
  g_autoptr (GError) flush_error = NULL;
  const gboolean is_kept = atelier_library_recorder_flush (self->recorder, &flush_error);
  const GError *error = is_kept ? atelier_library_get_error (self->library) : flush_error;
  const char *notice = atelier_library_get_notice (self->library);

  if (notice != NULL)
    atelier_cli_warn ("%s", notice);
  if (error != NULL)
    atelier_cli_warn ("%s", error->message);
  return is_kept;
}

char *
atelier_cli_library_end (AtelierCliLibrary *self)
{
  char *id;

  if (self == NULL)
    return NULL;

  id = say_problems (self) ? g_strdup (atelier_library_recorder_get_id (self->recorder)) : NULL;
  g_object_unref (self->recorder);
  g_object_unref (self->library);
  g_free (self);
  return id;
}

/* With the history that the library has of the run, so that what goes on and is saved begins where
 * the run did.  Transfer full. */
static AtelierModel *
load_run (AtelierLibraryStore  *store,
          const char           *id,
          GError              **error)
{
  g_autoptr (AtelierModel) model =
    atelier_library_store_load_model (store, id, ATELIER_LIBRARY_STATE, 0, error);
  g_autoptr (AtelierRunRecord) record =
    model != NULL ? atelier_library_store_load_record (store, id, error) : NULL;

  if (record == NULL)
    return NULL;
  return atelier_history_log_model (atelier_run_record_get_history (record), model);
}

AtelierModel *
atelier_cli_library_load (const char  *folder,
                          const char  *run,
                          char       **id,
                          GError     **error)
{
  g_autofree char *usual = atelier_library_dup_default_folder ();
  g_autoptr (AtelierLibraryStore) store =
    atelier_library_store_open (folder != NULL ? folder : usual, FALSE, error);

  *id = store != NULL ? atelier_library_store_find (store, run, error) : NULL;
  return *id != NULL ? load_run (store, *id, error) : NULL;
}
