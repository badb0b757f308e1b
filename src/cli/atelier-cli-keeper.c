/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps what was learnt in a file while a run goes on, so that the loss of power, or a SIGKILL of a
 * machine that is short of memory, costs one epoch and not the night.
 *
 * A file is written by a thread of GTask's, so that neither the worker nor the main loop waits for
 * a disk.  At most one is being written and one waits; a newer one takes the place of that which
 * waits.  The disk is not asked to flush: the next file comes soon, and the end is saved with a
 * flush.  A failure is said once, and tried again with the next epoch.  Main thread.
 */

#include "config.h"

#include "atelier-cli-keeper.h"

#include <glib/gi18n.h>

#include "atelier-cli-progress.h"
#include "atelier-cli.h"
#include "model/atelier-model-file.h"
#include "results/atelier-history-log.h"

#define INTERVAL_US (2 * G_USEC_PER_SEC)

struct _AtelierCliKeeper
{
  /* Owned */
  AtelierTrainer *trainer;
  char           *path;
  AtelierModel   *waiting; /* nullable */

  gulong          handler;
  guint           timer;
  gint64          started_us; /* when the last file was begun */
  gboolean        is_writing;
  gboolean        has_failed;
};

static void write_waiting (AtelierCliKeeper *keeper);

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const char *path = g_object_get_data (G_OBJECT (task), "path");
  g_autoptr (AtelierModel) result = atelier_model_pick_result (task_data);
  GError *error = NULL;

  if (atelier_model_file_save_without_flush (result, path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AtelierCliKeeper *keeper = user_data;
  g_autoptr (GError) error = NULL;

  keeper->is_writing = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error) && !keeper->has_failed)
    {
      keeper->has_failed = TRUE;
      atelier_cli_progress_clear ();
      atelier_cli_warn ("%s", error->message);
    }
  write_waiting (keeper);
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  AtelierCliKeeper *keeper = user_data;

  keeper->timer = 0;
  write_waiting (keeper);
  return G_SOURCE_REMOVE;
}

static void
write_waiting (AtelierCliKeeper *keeper)
{
  gint64 wait_us = keeper->started_us + INTERVAL_US - g_get_monotonic_time ();
  g_autoptr (GTask) task = NULL;

  if (keeper->waiting == NULL || keeper->is_writing || keeper->timer != 0)
    return;
  if (wait_us > 0)
    {
      keeper->timer = g_timeout_add ((guint) (wait_us / 1000) + 1, on_timeout_cb, keeper);
      return;
    }
  task = g_task_new (NULL, NULL, on_saved_cb, keeper);
  g_task_set_source_tag (task, write_waiting);
  g_task_set_task_data (task,
                        atelier_history_log_model (atelier_trainer_get_history (keeper->trainer),
                                                   keeper->waiting),
                        (GDestroyNotify) atelier_model_unref);
  g_clear_pointer (&keeper->waiting, atelier_model_unref);
  g_object_set_data_full (G_OBJECT (task), "path", g_strdup (keeper->path), g_free);
  keeper->is_writing = TRUE;
  keeper->started_us = g_get_monotonic_time ();
  g_task_run_in_thread (task, save_in_thread);
}

/* @model: NULL where memory was short. */
static void
on_epoch_finished_cb (AtelierTrainer   *trainer,
                      AtelierEpoch     *epoch,
                      AtelierModel     *model,
                      AtelierCliKeeper *keeper)
{
  if (model == NULL)
    return;
  g_clear_pointer (&keeper->waiting, atelier_model_unref);
  keeper->waiting = atelier_model_ref (model);
  write_waiting (keeper);
}

AtelierCliKeeper *
atelier_cli_keeper_new (AtelierTrainer *trainer,
                        const char     *path)
{
  AtelierCliKeeper *keeper = g_new0 (AtelierCliKeeper, 1);

  keeper->trainer = g_object_ref (trainer);
  keeper->path = g_strdup (path);
  keeper->started_us = g_get_monotonic_time () - INTERVAL_US;
  keeper->handler = g_signal_connect (trainer, "epoch-finished",
                                      G_CALLBACK (on_epoch_finished_cb), keeper);
  atelier_trainer_set_keeps_state (trainer, TRUE);
  return keeper;
}

void
atelier_cli_keeper_free (AtelierCliKeeper *keeper)
{
  if (keeper == NULL)
    return;

  g_signal_handler_disconnect (keeper->trainer, keeper->handler);
  g_clear_pointer (&keeper->waiting, atelier_model_unref);
  g_clear_handle_id (&keeper->timer, g_source_remove);
  while (keeper->is_writing)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (keeper->trainer);
  g_free (keeper->path);
  g_free (keeper);
}
