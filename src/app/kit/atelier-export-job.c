/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks for a path, writes a file there in a thread, and shows how it went.
 *
 * The caller collects the data on the main thread before the dialog opens, and the job owns them
 * from then on.  A run may go on while the dialog is open; the thread never reads what the run
 * still changes.  The request is reference-counted, because the dialog is freed while the thread
 * writes.
 */

#include "config.h"

#include "kit/atelier-export-job.h"

#include <glib/gi18n.h>
#include <string.h>

#include "kit/atelier-dialogs.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"

typedef struct
{
  AtelierExportWrite  write;
  const char         *failure;
  GDestroyNotify      destroy;

  /* Owned */
  gpointer            data;
  char               *suffix;
  char               *path; /* NULL until it was chosen */
} Request;

static void
drop_data (Request *request)
{
  if (request->data)
    request->destroy (request->data);
  request->data = NULL;
}

static void
clear_request (gpointer data)
{
  Request *request = data;

  drop_data (request);
  g_free (request->suffix);
  g_free (request->path);
}

static void
request_unref (gpointer request)
{
  g_atomic_rc_box_release_full (request, clear_request);
}

static Request *
request_new (const AtelierExportJob *job,
             gpointer                data,
             GDestroyNotify          destroy)
{
  Request *request = g_atomic_rc_box_new0 (Request);

  request->write = job->write;
  request->failure = job->failure;
  request->destroy = destroy;
  request->data = data;
  request->suffix = g_strdup (job->suffix);

  return request;
}

/* A dot begins an ending only where a letter follows: "mine v1.2" has none. */
static gboolean
has_ending (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');

  return dot && dot != name && g_ascii_isalpha (dot[1]);
}

/* The dialog has asked whether to replace the file of the typed name.  A file with the ending added
 * is another file, which must not be replaced without asking. */
static char *
complete_path (Request  *request,
               GError  **error)
{
  g_autofree char *path = NULL;
  g_autofree char *longer = NULL;

  if (has_ending (request->path))
    return g_strdup (request->path);

  path = g_strdup_printf ("%s.%s", request->path, request->suffix);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  longer = g_filename_display_basename (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _("“%s” exists already. Choose it to replace it."), longer);

  return NULL;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  g_autofree char *path = complete_path (request, &error);

  if (path && request->write (request->data, path, &error))
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
  else
    g_task_return_error (task, error);
}

/* @request: transfer full. */
static void
start (Request             *request,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, atelier_export_job_async);
  g_task_set_task_data (task, request, request_unref);
  g_task_run_in_thread (task, write_in_thread);
}

static void
show_saved (GtkWidget  *widget,
            const char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *folder = g_filename_display_basename (dir);
  /* Translators: a file and its folder: "Saved mine.pdf in Documents". */
  g_autofree char *text = g_strdup_printf (_("Saved %s in %s"), name, folder);

  atelier_toast_offer (widget, text, NULL, NULL);
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *path = atelier_export_job_finish (result, &error);

  /* The window was closed meanwhile. */
  if (!gtk_widget_get_visible (window))
    return;

  if (path)
    show_saved (window, path);
  else
    atelier_dialogs_show_error (GTK_WINDOW (window), request->failure, error);
}

static void
on_path_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  Request *request = g_atomic_rc_box_acquire (user_data);

  request->path = g_strdup (path);
  start (request, on_written_cb, g_object_ref (window));
}

void
atelier_export_job_ask (GtkWidget              *widget,
                        const AtelierExportJob *job,
                        gpointer                data,
                        GDestroyNotify          destroy)
{
  g_autofree char *file_name = NULL;
  AtelierPathRequest path_request = {
    .purpose = ATELIER_PATH_EXPORTS,
    .title = job->title,
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
  };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (job != NULL && job->write != NULL && destroy != NULL);

  file_name = g_strdup_printf ("%s.%s", job->suggested_name, job->suffix);
  g_strdelimit (file_name, "/", '-');
  path_request.suggested_name = file_name;
  atelier_path_chooser_ask (GTK_WINDOW (gtk_widget_get_root (widget)), &path_request,
                            on_path_chosen_cb, request_new (job, data, destroy), request_unref);
}

void
atelier_export_job_async (const AtelierExportJob *job,
                          gpointer                data,
                          GDestroyNotify          destroy,
                          const char             *path,
                          GAsyncReadyCallback     callback,
                          gpointer                user_data)
{
  Request *request;

  g_return_if_fail (job != NULL && job->write != NULL && destroy != NULL);
  g_return_if_fail (path != NULL);

  request = request_new (job, data, destroy);
  request->path = g_strdup (path);
  start (request, callback, user_data);
}

char *
atelier_export_job_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  /* Here and not with the task: its thread may be the last to let go of it, and the data may hold
   * widgets. */
  drop_data (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}
