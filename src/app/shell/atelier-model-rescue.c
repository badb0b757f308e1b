/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model is written together with its training state, so that "atelier-cli train --continue" can
 * go on from it.  The file is written on a thread of GTask's pool.  The application is held
 * meanwhile, so that the program does not end before the file is whole.  Main thread.
 */

#include "config.h"

#include "shell/atelier-model-rescue.h"

#include "model/atelier-model-file.h"

static void
rescue_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  char *path = atelier_model_file_rescue (task_data, &error);

  if (path == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  atelier_model_file_prune_rescued (ATELIER_MODEL_RESCUE_N_KEPT);
  g_task_return_pointer (task, path, g_free);
}

/* GTask notifies after the callback was called. */
static void
on_completed_cb (GApplication *application)
{
  g_application_release (application);
}

void
atelier_model_rescue_async (AtelierModel        *model,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GApplication *application = g_application_get_default ();

  g_return_if_fail (model != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, atelier_model_rescue_async);
  g_task_set_task_data (task, atelier_model_ref (model), (GDestroyNotify) atelier_model_unref);
  g_application_hold (application);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (on_completed_cb), application,
                           G_CONNECT_SWAPPED);
  g_task_run_in_thread (task, rescue_in_thread);
}

char *
atelier_model_rescue_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
take_left_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      task_data,
                     GCancellable *cancellable)
{
  g_auto (GStrv) paths = atelier_model_file_take_left ();

  g_task_return_pointer (task, g_strdup (paths[0]), g_free);
}

void
atelier_model_rescue_take_left_async (GAsyncReadyCallback callback,
                                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, atelier_model_rescue_take_left_async);
  g_task_run_in_thread (task, take_left_in_thread);
}

char *
atelier_model_rescue_take_left_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
