/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program cannot always save at its end: GTK ends the process at once when the X server or the
 * Wayland compositor is gone, a machine that is short of memory kills it, and the power may fail.
 * So a file in the user's XDG state folder follows the run, beside the files that
 * AtelierModelRescue writes.  A handler of the display's errors was rejected: it differs between X
 * and Wayland, runs in the middle of GTK's code, and helps in one of these cases only.
 *
 * The file of the newest model is written before that of the one before is deleted.  At most one is
 * being written, on a thread of GTask's pool, and one waits; a newer one takes the place of that
 * which waits.  Models with their training state (of the end of an epoch, a pause, the end of a
 * run) are kept every two seconds; those in the middle of a long epoch every twenty.  A failure is
 * logged once.  The application is held while a file is written or deleted.  Main thread.
 */

#include "config.h"

#include "shell/atelier-run-keeper.h"

#include <glib/gstdio.h>

#include "model/atelier-model-file.h"
#include "results/atelier-history-log.h"
#include "shell/atelier-model-rescue.h"

#define INTERVAL_US (2 * G_USEC_PER_SEC)
#define INTERVAL_WITHOUT_STATE_US (20 * G_USEC_PER_SEC)

struct _AtelierRunKeeper
{
  GObject         parent_instance;

  guint           timer;      /* 0 while none is waited for */
  gint64          written_us; /* when the last file was begun */
  gboolean        is_writing;
  gboolean        is_dropped; /* of what is being written */
  gboolean        has_failed;

  /* Owned */
  AtelierTrainer *trainer;
  AtelierModel   *waiting;    /* nullable */
  AtelierHistory *history;    /* of its run */
  char           *path;       /* of the last file that was written; nullable */
};

G_DEFINE_FINAL_TYPE (AtelierRunKeeper, atelier_run_keeper, G_TYPE_OBJECT)

static void write_waiting (AtelierRunKeeper *self);

/* Files */

static void
hold_application (void)
{
  if (g_application_get_default ())
    g_application_hold (g_application_get_default ());
}

static void
release_application (void)
{
  if (g_application_get_default ())
    g_application_release (g_application_get_default ());
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  const char *old_path = g_object_get_data (G_OBJECT (task), "old-path");
  GError *error = NULL;
  char *path = atelier_model_file_rescue_running (task_data, &error);

  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (old_path)
    g_unlink (old_path);
  atelier_model_file_prune_rescued (ATELIER_MODEL_RESCUE_N_KEPT);
  g_task_return_pointer (task, path, g_free);
}

static void
delete_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  g_unlink (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
on_deleted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  release_application ();
}

static void
delete_file (AtelierRunKeeper *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->path == NULL)
    return;

  task = g_task_new (self, NULL, on_deleted_cb, NULL);
  g_task_set_source_tag (task, delete_file);
  g_task_set_task_data (task, g_steal_pointer (&self->path), g_free);
  hold_application ();
  g_task_run_in_thread (task, delete_in_thread);
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  AtelierRunKeeper *self = ATELIER_RUN_KEEPER (source);
  g_autoptr (GError) error = NULL;
  char *path = g_task_propagate_pointer (G_TASK (result), &error);

  self->is_writing = FALSE;
  if (path)
    {
      g_free (self->path);
      self->path = path;
    }
  else if (!self->has_failed)
    {
      self->has_failed = TRUE;
      g_message ("%s", error->message);
    }

  if (self->is_dropped)
    delete_file (self);
  write_waiting (self);
  release_application ();
}

static void
on_timeout_cb (gpointer user_data)
{
  AtelierRunKeeper *self = user_data;

  self->timer = 0;
  write_waiting (self);
}

static void
write_waiting (AtelierRunKeeper *self)
{
  gint64 wait_us = self->written_us + INTERVAL_US - g_get_monotonic_time ();
  g_autoptr (GTask) task = NULL;

  if (self->waiting == NULL || self->is_writing || self->timer != 0)
    return;
  if (wait_us > 0)
    {
      self->timer = g_timeout_add_once ((guint) (wait_us / 1000) + 1, on_timeout_cb, self);
      return;
    }

  task = g_task_new (self, NULL, on_written_cb, NULL);
  g_task_set_source_tag (task, write_waiting);
  g_task_set_task_data (task, atelier_history_log_model (self->history, self->waiting),
                        (GDestroyNotify) atelier_model_unref);
  g_clear_pointer (&self->waiting, atelier_model_unref);
  g_object_set_data_full (G_OBJECT (task), "old-path", g_strdup (self->path), g_free);
  self->is_writing = TRUE;
  self->is_dropped = FALSE;
  self->written_us = g_get_monotonic_time ();
  hold_application ();
  g_task_run_in_thread (task, write_in_thread);
}

static void
keep (AtelierRunKeeper *self,
      AtelierModel     *model)
{
  g_clear_pointer (&self->waiting, atelier_model_unref);
  self->waiting = atelier_model_ref (model);
  g_set_object (&self->history, atelier_trainer_get_history (self->trainer));
  write_waiting (self);
}

/* The trainer */

/* @model: NULL where memory was short. */
static void
on_epoch_finished_cb (AtelierRunKeeper *self,
                      AtelierEpoch     *epoch,
                      AtelierModel     *model)
{
  if (model)
    keep (self, model);
}

/* A model without its state takes the place of one that has it only when that is old. */
static void
on_model_notify_cb (AtelierRunKeeper *self)
{
  AtelierModel *model = atelier_trainer_get_model (self->trainer);
  gint64 age_us = g_get_monotonic_time () - self->written_us;

  /* An opened one is in its file. */
  if (model && model != atelier_trainer_get_opened (self->trainer)
      && (atelier_model_get_state (model) || age_us >= INTERVAL_WITHOUT_STATE_US))
    keep (self, model);
}

static void
atelier_run_keeper_dispose (GObject *object)
{
  AtelierRunKeeper *self = ATELIER_RUN_KEEPER (object);

  if (self->trainer)
    atelier_run_keeper_stop (self);
  g_clear_object (&self->trainer);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (atelier_run_keeper_parent_class)->dispose (object);
}

static void
atelier_run_keeper_finalize (GObject *object)
{
  g_free (ATELIER_RUN_KEEPER (object)->path);

  G_OBJECT_CLASS (atelier_run_keeper_parent_class)->finalize (object);
}

static void
atelier_run_keeper_class_init (AtelierRunKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = atelier_run_keeper_dispose;
  object_class->finalize = atelier_run_keeper_finalize;
}

static void
atelier_run_keeper_init (AtelierRunKeeper *self)
{
  self->written_us = g_get_monotonic_time () - INTERVAL_US;
}

AtelierRunKeeper *
atelier_run_keeper_new (AtelierTrainer *trainer)
{
  AtelierRunKeeper *self;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  self = g_object_new (ATELIER_TYPE_RUN_KEEPER, NULL);
  self->trainer = g_object_ref (trainer);
  atelier_trainer_set_keeps_state (trainer, TRUE);
  g_signal_connect_swapped (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), self);
  g_signal_connect_swapped (trainer, "notify::model", G_CALLBACK (on_model_notify_cb), self);

  return self;
}

void
atelier_run_keeper_drop (AtelierRunKeeper *self)
{
  g_return_if_fail (ATELIER_IS_RUN_KEEPER (self));

  g_clear_pointer (&self->waiting, atelier_model_unref);
  self->is_dropped = TRUE;
  if (!self->is_writing)
    delete_file (self);
}

void
atelier_run_keeper_stop (AtelierRunKeeper *self)
{
  g_return_if_fail (ATELIER_IS_RUN_KEEPER (self));

  g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->waiting, atelier_model_unref);
}
