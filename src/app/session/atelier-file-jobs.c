/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main thread reads and writes no file, since a slow disk or a network folder would stop the
 * window.  Each job calls the core on a thread of GTask's pool.  The threads are given immutable
 * objects only.
 */

#include "config.h"

#include "session/atelier-file-jobs.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/atelier-file-write.h"
#include "model/atelier-model-file.h"

/* One of both is saved. */
typedef struct
{
  AtelierModel   *model;   /* Owned; nullable */
  AtelierNetwork *network; /* Owned; nullable */
  char           *path;    /* Owned */
  gboolean        may_replace;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_clear_pointer (&job->model, atelier_model_unref);
  g_clear_pointer (&job->network, atelier_network_unref);
  g_free (job->path);
  g_free (job);
}

static void
load_network_in_thread (GTask        *task,
                        gpointer      source,
                        gpointer      task_data,
                        GCancellable *cancellable)
{
  GError *error = NULL;
  AtelierNetwork *network = atelier_network_load (task_data, &error);

  if (network)
    g_task_return_pointer (task, network, (GDestroyNotify) atelier_network_unref);
  else
    g_task_return_error (task, error);
}

/* Without the training state a file has a third of the size. */
static gboolean
save_model (SaveJob  *job,
            GError  **error)
{
  g_autoptr (AtelierModel) plain = atelier_model_drop_state (job->model);

  return atelier_model_file_save (plain, job->path, error);
}

static gboolean
save_network (SaveJob  *job,
              GError  **error)
{
  char *json = atelier_network_to_json (job->network, TRUE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));

  return atelier_file_write (job->path, bytes, error);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  SaveJob *job = task_data;
  GError *error = NULL;

  if (!job->may_replace && g_file_test (job->path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_basename (job->path);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS,
                               _("“%s” is there already. Choose it to replace it."), name);
      return;
    }

  if (job->network ? save_network (job, &error) : save_model (job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
atelier_file_jobs_load_network_async (const char          *path,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, atelier_file_jobs_load_network_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_network_in_thread);
}

AtelierNetwork *
atelier_file_jobs_load_network_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
atelier_file_jobs_save_network_async (AtelierNetwork      *network,
                                      const char          *path,
                                      gboolean             may_replace,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  SaveJob *job = g_new0 (SaveJob, 1);

  job->network = atelier_network_ref (network);
  job->path = g_strdup (path);
  job->may_replace = may_replace;
  g_task_set_source_tag (task, atelier_file_jobs_save_network_async);
  g_task_set_task_data (task, job, (GDestroyNotify) save_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
atelier_file_jobs_save_network_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
atelier_file_jobs_save_model_async (AtelierModel        *model,
                                    const char          *path,
                                    gboolean             may_replace,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SaveJob *job = g_new0 (SaveJob, 1);

  job->model = atelier_model_ref (model);
  job->path = g_strdup (path);
  job->may_replace = may_replace;
  g_task_set_source_tag (task, atelier_file_jobs_save_model_async);
  g_task_set_task_data (task, job, (GDestroyNotify) save_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
atelier_file_jobs_save_model_finish (GAsyncResult  *result,
                                     GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
