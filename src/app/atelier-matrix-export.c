/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what is on the screen to a file.
 *
 * The request keeps its own copy of everything, so that the epoch that was on the screen when
 * somebody asked is the one that is written, however long the dialog stays open.  Pictures have the
 * classes' translated names and the mode that is shown; CSV has counts, from which every rate
 * follows, under the names that the data have, because programs read it.  Main thread, but for the
 * writing, which sees its own copies only.
 */

#include "config.h"

#include "atelier-matrix-export.h"

#include <glib/gi18n.h>

#include "atelier-dataset.h"
#include "atelier-dialogs.h"
#include "atelier-export.h"
#include "atelier-path-chooser.h"
#include "atelier-toast.h"

typedef struct
{
  AtelierMatrixMode  mode;

  /* Owned */
  AtelierConfusion  *confusion;
  char             **class_names;
  char              *title;
  char              *suffix;
  char              *path; /* NULL until it was chosen */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  atelier_confusion_unref (request->confusion);
  g_strfreev (request->class_names);
  g_free (request->title);
  g_free (request->suffix);
  g_free (request->path);
  g_free (request);
}

static Request *
request_new (const AtelierMatrixExport *matrix,
             const char                *suffix)
{
  Request *request = g_new0 (Request, 1);

  request->mode = matrix->mode;
  request->confusion = atelier_confusion_ref (matrix->confusion);
  request->class_names = g_strdupv ((char **) matrix->class_names);
  request->title = g_strdup (matrix->title);
  request->suffix = g_strdup (suffix);

  return request;
}

/* The names' own strings are the classes' or the translation's. */
static const char **
get_names (Request             *request,
           AtelierExportFormat  format)
{
  guint n = g_strv_length (request->class_names);
  const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = format == ATELIER_EXPORT_CSV
                 ? request->class_names[i]
                 : atelier_class_name_translate (request->class_names[i]);

  return names;
}

static const char *
get_caption (AtelierMatrixMode mode)
{
  switch (mode)
    {
    case ATELIER_MATRIX_PERCENT_OF_TRUTH:
      return _("Percent of the pictures that truly are of the row's class");
    case ATELIER_MATRIX_PERCENT_OF_PREDICTION:
      return _("Percent of the pictures that were called as the column says");
    case ATELIER_MATRIX_COUNTS:
    default:
      return _("Numbers of pictures");
    }
}

static gboolean
write_matrix (Request     *request,
              const char  *path,
              GError     **error)
{
  g_autofree const char **names = NULL;
  AtelierExportFormat format;
  AtelierMatrix matrix = {
    .counts = atelier_confusion_get_counts (request->confusion),
    .n_classes = atelier_confusion_get_n_classes (request->confusion),
    .mode = request->mode,
    .title = request->title,
    .caption = get_caption (request->mode),
  };

  if (!atelier_export_format_from_path (path, &format, error))
    return FALSE;

  names = get_names (request, format);
  matrix.class_names = names;

  return atelier_export_matrix (&matrix, path, error);
}

/* The chooser has asked about the name that was typed, not about a longer one. */
static char *
complete_path (Request  *request,
               GError  **error)
{
  AtelierExportFormat format;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  if (atelier_export_format_from_path (request->path, &format, NULL))
    return g_strdup (request->path);

  path = g_strdup_printf ("%s.%s", request->path, request->suffix);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  name = g_filename_display_basename (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _("“%s” is there already. Choose it to replace it."), name);

  return NULL;
}

static void
export_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *path = complete_path (task_data, &error);

  if (path && write_matrix (task_data, path, &error))
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

  g_task_set_source_tag (task, atelier_matrix_export_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, export_in_thread);
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
on_exported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = atelier_matrix_export_finish (result, &error);

  /* Nobody is there to be told when the window was closed meanwhile. */
  if (!gtk_widget_get_visible (window))
    return;

  if (path)
    show_saved (window, path);
  else
    atelier_dialogs_show_error (GTK_WINDOW (window), _("The matrix could not be saved"), error);
}

static void
on_path_chosen_cb (GtkWindow  *window,
                   const char *path,
                   gpointer    user_data)
{
  Request *asked = user_data; /* the dialog's */
  const AtelierMatrixExport matrix = {
    .confusion = asked->confusion,
    .class_names = (const char * const *) asked->class_names,
    .mode = asked->mode,
    .title = asked->title,
  };

  atelier_matrix_export_async (&matrix, path, asked->suffix, on_exported_cb,
                               g_object_ref (window));
}

void
atelier_matrix_export_ask (GtkWidget                 *widget,
                           const AtelierMatrixExport *matrix,
                           const char                *suffix)
{
  g_autofree char *file_name = NULL;
  AtelierPathRequest path_request = {
    .title = _("Save the Matrix"),
    .accept_label = _("_Save"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
  };

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (matrix != NULL && suffix != NULL);

  file_name = g_strdup_printf ("%s.%s", matrix->title, suffix);
  g_strdelimit (file_name, "/", '-');
  path_request.suggested_name = file_name;
  atelier_path_chooser_ask (GTK_WINDOW (gtk_widget_get_root (widget)), &path_request,
                            on_path_chosen_cb, request_new (matrix, suffix), request_free);
}

void
atelier_matrix_export_async (const AtelierMatrixExport *matrix,
                             const char                *path,
                             const char                *suffix,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  Request *request;

  g_return_if_fail (matrix != NULL && path != NULL && suffix != NULL);

  request = request_new (matrix, suffix);
  request->path = g_strdup (path);
  start (request, callback, user_data);
}

char *
atelier_matrix_export_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
