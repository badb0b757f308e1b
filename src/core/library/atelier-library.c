/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the library is asked to do, each a job for its thread.  Main thread. */

#include "config.h"

#include "library/atelier-library.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "library/atelier-library-private.h"
#include "library/atelier-library-thread.h"

struct _AtelierLibrary
{
  GObject parent_instance;

  gboolean is_open;
  gboolean is_read_only;
  gboolean is_closed;

  /* Owned */
  char                 *folder;
  char                 *notice; /* nullable */
  GError               *error;  /* nullable */
  AtelierLibraryThread *thread; /* NULL until something was asked for, and when closed */
};

G_DEFINE_FINAL_TYPE (AtelierLibrary, atelier_library, G_TYPE_OBJECT)

enum
{
  PROP_IS_OPEN = 1,
  PROP_IS_READ_ONLY,
  PROP_ERROR,
  PROP_NOTICE,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_error (AtelierLibrary *self,
           GError         *error) /* transfer full, nullable */
{
  const gboolean is_same = self->error == error
                           || (self->error != NULL && error != NULL
                               && g_str_equal (self->error->message, error->message));

  g_clear_error (&self->error);
  self->error = error;
  if (!is_same)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
receive (gpointer              owner,
         AtelierLibraryLetter *letter)
{
  AtelierLibrary *self = ATELIER_LIBRARY (owner);

  if (letter->is_opening)
    {
      self->is_open = letter->is_open;
      self->is_read_only = letter->is_read_only;
      g_free (self->notice);
      self->notice = g_steal_pointer (&letter->notice);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_READ_ONLY]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OPEN]);
    }
  if (letter->has_error)
    set_error (self, g_steal_pointer (&letter->error));
  if (letter->has_changed)
    g_signal_emit (self, signals[CHANGED], 0, letter->ids);
}

/* ---- Asking ---- */

static AtelierLibraryJob *
job_new (AtelierLibrary        *self,
         AtelierLibraryJobFunc  func,
         GCancellable          *cancellable,
         GAsyncReadyCallback    callback,
         gpointer               user_data)
{
  AtelierLibraryJob *job = g_new0 (AtelierLibraryJob, 1);

  job->func = func;
  if (callback != NULL)
    job->task = g_task_new (self, cancellable, callback, user_data);
  return job;
}

static void
ask (AtelierLibrary    *self,
     AtelierLibraryJob *job) /* transfer full */
{
  if (self->is_closed)
    {
      if (job->task != NULL)
        g_task_return_new_error (job->task, ATELIER_ERROR, ATELIER_ERROR_FAILED, "%s",
                                 _("The library of runs is not open"));
      atelier_library_job_free (job);
      return;
    }
  if (self->thread == NULL)
    self->thread = atelier_library_thread_new (self, receive, self->folder);
  atelier_library_thread_push (self->thread, job);
}

gboolean
atelier_library_finish (AtelierLibrary  *self,
                        GAsyncResult    *result,
                        GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
atelier_library_open_async (AtelierLibrary      *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  ask (self, job_new (self, NULL, cancellable, callback, user_data));
}

static gboolean
do_list (AtelierLibraryStore  *store,
         AtelierLibraryJob    *job,
         GError              **error)
{
  job->result =
    atelier_library_store_list (store, (const char * const *) job->ids, job->choice != 0, error);
  return job->result != NULL;
}

void
atelier_library_list_async (AtelierLibrary      *self,
                            const char * const  *ids,
                            gboolean             is_trash,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_list, cancellable, callback, user_data);

  job->ids = g_strdupv ((char **) ids);
  job->choice = is_trash;
  job->free_result = (GDestroyNotify) g_ptr_array_unref;
  ask (self, job);
}

GPtrArray *
atelier_library_list_finish (AtelierLibrary  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
do_load_record (AtelierLibraryStore  *store,
                AtelierLibraryJob    *job,
                GError              **error)
{
  job->result = atelier_library_store_load_record (store, job->text, error);
  return job->result != NULL;
}

void
atelier_library_load_record_async (AtelierLibrary      *self,
                                   const char          *id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_load_record, cancellable, callback, user_data);

  job->text = g_strdup (id);
  job->free_result = g_object_unref;
  ask (self, job);
}

AtelierRunRecord *
atelier_library_load_record_finish (AtelierLibrary  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
do_load_model (AtelierLibraryStore  *store,
               AtelierLibraryJob    *job,
               GError              **error)
{
  job->result = atelier_library_store_load_model (
    store, job->text, (AtelierLibraryWeights) job->choice, (guint) job->number, error);
  return job->result != NULL;
}

void
atelier_library_load_model_async (AtelierLibrary        *self,
                                  const char            *id,
                                  AtelierLibraryWeights  which,
                                  guint                  epoch,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  AtelierLibraryJob *job = job_new (self, do_load_model, cancellable, callback, user_data);

  job->text = g_strdup (id);
  job->choice = (int) which;
  job->number = epoch;
  job->free_result = (GDestroyNotify) atelier_model_unref;
  ask (self, job);
}

AtelierModel *
atelier_library_load_model_finish (AtelierLibrary  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
do_list_epochs (AtelierLibraryStore  *store,
                AtelierLibraryJob    *job,
                GError              **error)
{
  job->result = atelier_library_store_list_epochs (store, job->text, error);
  return job->result != NULL;
}

void
atelier_library_list_epochs_async (AtelierLibrary      *self,
                                   const char          *id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_list_epochs, cancellable, callback, user_data);

  job->text = g_strdup (id);
  job->free_result = (GDestroyNotify) g_array_unref;
  ask (self, job);
}

GArray *
atelier_library_list_epochs_finish (AtelierLibrary  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Changing ---- */

static gboolean
do_set (AtelierLibraryStore  *store,
        AtelierLibraryJob    *job,
        GError              **error)
{
  return atelier_library_store_set (store, job->ids[0], (AtelierLibraryField) job->choice,
                                    job->text, error);
}

static void
set_field (AtelierLibrary      *self,
           const char          *id,
           AtelierLibraryField  field,
           const char          *value)
{
  AtelierLibraryJob *job = job_new (self, do_set, NULL, NULL, NULL);

  job->ids = g_strdupv ((char *[]) { (char *) id, NULL });
  job->choice = (int) field;
  job->text = g_strdup (value);
  job->is_writing = TRUE;
  ask (self, job);
}

void
atelier_library_set_name (AtelierLibrary *self,
                          const char     *id,
                          const char     *name)
{
  set_field (self, id, ATELIER_LIBRARY_FIELD_NAME, name);
}

void
atelier_library_set_note (AtelierLibrary *self,
                          const char     *id,
                          const char     *note)
{
  set_field (self, id, ATELIER_LIBRARY_FIELD_NOTE, note);
}

void
atelier_library_set_starred (AtelierLibrary *self,
                             const char     *id,
                             gboolean        is_starred)
{
  set_field (self, id, ATELIER_LIBRARY_FIELD_STAR, is_starred ? "1" : "0");
}

void
atelier_library_set_group (AtelierLibrary *self,
                           const char     *id,
                           const char     *group)
{
  set_field (self, id, ATELIER_LIBRARY_FIELD_GROUP, group);
}

static gboolean
do_trash (AtelierLibraryStore  *store,
          AtelierLibraryJob    *job,
          GError              **error)
{
  return atelier_library_store_trash (store, (const char * const *) job->ids, job->choice != 0,
                                      error);
}

static void
move (AtelierLibrary      *self,
      const char * const  *ids,
      gboolean             is_trashed,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_trash, NULL, callback, user_data);

  job->ids = g_strdupv ((char **) ids);
  job->choice = is_trashed;
  job->is_writing = TRUE;
  ask (self, job);
}

void
atelier_library_trash_async (AtelierLibrary      *self,
                             const char * const  *ids,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  move (self, ids, TRUE, callback, user_data);
}

void
atelier_library_restore_async (AtelierLibrary      *self,
                               const char * const  *ids,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  move (self, ids, FALSE, callback, user_data);
}

static gboolean
do_empty (AtelierLibraryStore  *store,
          AtelierLibraryJob    *job,
          GError              **error)
{
  return atelier_library_store_empty_trash (store, NULL, error);
}

void
atelier_library_empty_trash_async (AtelierLibrary      *self,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_empty, NULL, callback, user_data);

  job->is_writing = job->changes_any = TRUE;
  ask (self, job);
}

static gboolean
do_export (AtelierLibraryStore  *store,
           AtelierLibraryJob    *job,
           GError              **error)
{
  return atelier_library_store_export (store, (const char * const *) job->ids, job->text, error);
}

void
atelier_library_export_async (AtelierLibrary      *self,
                              const char * const  *ids,
                              const char          *path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_export, cancellable, callback, user_data);

  job->ids = g_strdupv ((char **) ids);
  job->text = g_strdup (path);
  ask (self, job);
}

static gboolean
do_import (AtelierLibraryStore  *store,
           AtelierLibraryJob    *job,
           GError              **error)
{
  job->result = atelier_library_store_import (store, job->text, error);
  return job->result != NULL;
}

void
atelier_library_import_async (AtelierLibrary      *self,
                              const char          *path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_import, cancellable, callback, user_data);

  job->text = g_strdup (path);
  job->free_result = (GDestroyNotify) g_strfreev;
  job->is_writing = job->changes_any = TRUE;
  ask (self, job);
}

char **
atelier_library_import_finish (AtelierLibrary  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
do_backup (AtelierLibraryStore  *store,
           AtelierLibraryJob    *job,
           GError              **error)
{
  return atelier_library_store_backup (store, job->text, error);
}

void
atelier_library_backup_async (AtelierLibrary      *self,
                              const char          *folder,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_backup, cancellable, callback, user_data);

  job->text = g_strdup (folder);
  ask (self, job);
}

static gboolean
do_measure (AtelierLibraryStore  *store,
            AtelierLibraryJob    *job,
            GError              **error)
{
  job->result = g_new0 (AtelierLibrarySize, 1);
  return atelier_library_store_measure (store, job->result, error);
}

void
atelier_library_measure_async (AtelierLibrary      *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_measure, cancellable, callback, user_data);

  job->free_result = g_free;
  ask (self, job);
}

gboolean
atelier_library_measure_finish (AtelierLibrary      *self,
                                GAsyncResult        *result,
                                AtelierLibrarySize  *size,
                                GError             **error)
{
  g_autofree AtelierLibrarySize *measured = g_task_propagate_pointer (G_TASK (result), error);

  if (measured != NULL)
    *size = *measured;
  return measured != NULL;
}

static gboolean
do_set_limit (AtelierLibraryStore  *store,
              AtelierLibraryJob    *job,
              GError              **error)
{
  return atelier_library_store_set_limit (store, job->number, error)
         && atelier_library_store_tidy (store, error);
}

void
atelier_library_set_limit (AtelierLibrary *self,
                           guint64         n_bytes)
{
  AtelierLibraryJob *job = job_new (self, do_set_limit, NULL, NULL, NULL);

  job->number = n_bytes;
  job->is_writing = job->changes_any = TRUE;
  ask (self, job);
}

/* The result is whether the weights are written as well. */
static gboolean
do_write (AtelierLibraryStore  *store,
          AtelierLibraryJob    *job,
          GError              **error)
{
  gboolean *has_weights = g_new0 (gboolean, 1);
  AtelierLibrarySize size;

  job->result = has_weights;
  if (!atelier_library_store_write (store, job->news, &job->warning, error))
    return FALSE;
  *has_weights = job->warning == NULL;
  /* What is too much can go later as well. */
  if (job->news->newest != NULL && atelier_library_store_measure (store, &size, NULL)
      && size.limit > 0 && size.weights > size.limit)
    atelier_library_store_tidy (store, NULL);
  return TRUE;
}

void
atelier_library_write_async (AtelierLibrary      *self,
                             AtelierLibraryNews  *news,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  AtelierLibraryJob *job = job_new (self, do_write, NULL, callback, user_data);

  job->news = news;
  job->ids = g_strdupv ((char *[]) { news->id, NULL });
  job->free_result = g_free;
  job->is_writing = TRUE;
  ask (self, job);
}

gboolean
atelier_library_write_finish (AtelierLibrary  *self,
                              GAsyncResult    *result,
                              gboolean        *has_weights,
                              GError         **error)
{
  g_autofree gboolean *written = g_task_propagate_pointer (G_TASK (result), error);

  *has_weights = written != NULL && *written;
  return written != NULL;
}

/* ---- The object ---- */

static void
atelier_library_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierLibrary *self = ATELIER_LIBRARY (object);

  switch (property_id)
    {
    case PROP_IS_OPEN:
      g_value_set_boolean (value, self->is_open);
      break;
    case PROP_IS_READ_ONLY:
      g_value_set_boolean (value, self->is_read_only);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_library_dispose (GObject *object)
{
  atelier_library_close (ATELIER_LIBRARY (object));

  G_OBJECT_CLASS (atelier_library_parent_class)->dispose (object);
}

static void
atelier_library_finalize (GObject *object)
{
  AtelierLibrary *self = ATELIER_LIBRARY (object);

  g_free (self->folder);
  g_free (self->notice);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (atelier_library_parent_class)->finalize (object);
}

static void
atelier_library_class_init (AtelierLibraryClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_library_get_property;
  object_class->dispose = atelier_library_dispose;
  object_class->finalize = atelier_library_finalize;

  properties[PROP_IS_OPEN] = g_param_spec_boolean ("is-open", NULL, NULL, FALSE, flags);
  properties[PROP_IS_READ_ONLY] = g_param_spec_boolean ("is-read-only", NULL, NULL, FALSE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * AtelierLibrary::changed:
   * @ids: (nullable): of the runs that changed; NULL: any may have
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
atelier_library_init (AtelierLibrary *self)
{
}

char *
atelier_library_dup_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "atelier", "library", NULL);
}

AtelierLibrary *
atelier_library_new (const char *folder)
{
  AtelierLibrary *self = g_object_new (ATELIER_TYPE_LIBRARY, NULL);

  self->folder = folder != NULL ? g_strdup (folder) : atelier_library_dup_default_folder ();
  return self;
}

const char *
atelier_library_get_folder (AtelierLibrary *self)
{
  return self->folder;
}

void
atelier_library_close (AtelierLibrary *self)
{
  g_return_if_fail (ATELIER_IS_LIBRARY (self));

  self->is_closed = TRUE;
  g_clear_pointer (&self->thread, atelier_library_thread_end);
  self->is_open = FALSE;
}

gboolean
atelier_library_get_is_open (AtelierLibrary *self)
{
  return self->is_open;
}

gboolean
atelier_library_get_is_read_only (AtelierLibrary *self)
{
  return self->is_read_only;
}

const GError *
atelier_library_get_error (AtelierLibrary *self)
{
  return self->error;
}

const char *
atelier_library_get_notice (AtelierLibrary *self)
{
  return self->notice;
}
