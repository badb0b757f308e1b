/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request is one GTask whose data hold what has been read so far.  The last step, always in a
 * thread, decodes the bytes, if there are any, and runs the pipeline.  GdkClipboard and GdkDrop
 * have the same functions but no common type, so each has its own short callbacks.
 */

#include "config.h"

#include "draw/intake/atelier-picture-intake.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "kit/atelier-file-offer.h"

/* The preferred format first: lossless formats before others. */
static const char *const mime_types[] = {
  "image/png",
  "image/tiff",
  "image/bmp",
  "image/webp",
  "image/svg+xml",
  "image/gif",
  "image/jpeg",
  NULL,
};

typedef struct
{
  AtelierInput input;
  gboolean     only_takes;

  /* Owned, each nullable */
  char           *name; /* shown for a picture that is not a file */
  GdkDrop        *drop;
  GOutputStream  *memory; /* receives a stream */
  GBytes         *bytes;
  AtelierPicture *picture;
} Request;

static void
request_free (Request *request)
{
  g_free (request->name);
  g_clear_object (&request->drop);
  g_clear_object (&request->memory);
  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_clear_pointer (&request->picture, atelier_picture_unref);
  g_free (request);
}

/* @name (nullable): of a picture that is not a file. */
static GTask *
request_task_new (const AtelierInput  *input,
                  const char          *name,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->input = *input;
  request->name = g_strdup (name);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  return task;
}

/* A drop must be finished exactly once, also on failure. */
static void
finish_drop (Request  *request,
             gboolean  is_taken)
{
  if (request->drop)
    gdk_drop_finish (request->drop, is_taken ? GDK_ACTION_COPY : 0);
  g_clear_object (&request->drop);
}

/* Takes @task and @error. */
static void
return_error (GTask  *task,
              GError *error)
{
  finish_drop (g_task_get_task_data (task), FALSE);
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* Decode and prepare */

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (AtelierIntake) intake = g_new0 (AtelierIntake, 1);
  g_autoptr (GError) error = NULL;

  if (request->bytes)
    request->picture =
      atelier_picture_from_bytes (request->bytes, request->name, cancellable, &error);
  if (!request->picture)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  intake->input = request->input;
  intake->picture = g_steal_pointer (&request->picture);
  intake->result = atelier_input_run_picture (&intake->input, intake->picture);
  g_task_return_pointer (task, g_steal_pointer (&intake), (GDestroyNotify) atelier_intake_free);
}

/* Takes @task. */
static void
run_task (GTask *task)
{
  finish_drop (g_task_get_task_data (task), TRUE);
  g_task_run_in_thread (task, run_in_thread);
  g_object_unref (task);
}

/* Files */

static void
on_picture_loaded_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  request->picture = atelier_picture_load_finish (result, &error);
  if (request->picture)
    run_task (task);
  else
    return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
load_file (GTask *task,
           GFile *file)
{
  atelier_picture_load_async (file, g_task_get_cancellable (task), on_picture_loaded_cb, task);
}

/* What is not read here.  Takes @task and @intake. */
static void
return_unread (GTask         *task,
               AtelierIntake *intake)
{
  finish_drop (g_task_get_task_data (task), TRUE);
  g_task_return_pointer (task, intake, (GDestroyNotify) atelier_intake_free);
  g_object_unref (task);
}

/* Takes @task. */
static void
return_files (GTask  *task,
              GSList *files)
{
  AtelierIntake *intake = g_new0 (AtelierIntake, 1);
  GListStore *store = g_list_store_new (G_TYPE_FILE);

  for (GSList *file = files; file; file = file->next)
    g_list_store_append (store, file->data);
  intake->files = G_LIST_MODEL (store);
  return_unread (task, intake);
}

/* Reads the file if @value holds exactly one that is to be read, else returns the files.  Takes
 * @task; @value is NULL where reading the list failed with @error. */
static void
load_files (GTask        *task,
            const GValue *value,
            GError       *error)
{
  GSList *files = value ? g_value_get_boxed (value) : NULL;
  Request *request = g_task_get_task_data (task);

  if (files && (files->next || request->only_takes))
    return_files (task, files);
  else if (files)
    load_file (task, files->data);
  else if (error)
    return_error (task, g_error_copy (error));
  else
    return_error (task, g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                                             _("There is no picture here.")));
}

static void
on_clipboard_files_read_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  load_files (user_data, value, error);
}

static void
on_drop_files_read_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, &error);

  load_files (user_data, value, error);
}

/* Image bytes */

/* Takes @task. */
static void
return_bytes (GTask   *task,
              Request *request)
{
  AtelierIntake *intake = g_new0 (AtelierIntake, 1);

  intake->bytes = g_steal_pointer (&request->bytes);
  intake->name = g_steal_pointer (&request->name);
  return_unread (task, intake);
}

/* Fails beyond the largest file that a picture may have. */
static gpointer
reallocate_bounded (gpointer memory,
                    gsize    size)
{
  return size <= (gsize) ATELIER_PICTURE_MAX_FILE_BYTES ? g_try_realloc (memory, size) : NULL;
}

static void
on_stream_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          g_clear_error (&error);
          error = g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                                       _("The picture is too large."));
        }
      return_error (task, g_steal_pointer (&error));
      return;
    }
  request->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  if (request->only_takes)
    return_bytes (task, request);
  else
    run_task (task);
}

/* Takes @task; @stream is NULL if opening it failed with @error. */
static void
read_stream (GTask        *task,
             GInputStream *stream,
             GError       *error)
{
  const GOutputStreamSpliceFlags closes_both =
    G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET;
  Request *request = g_task_get_task_data (task);

  if (!stream)
    {
      return_error (task, g_error_copy (error));
      return;
    }
  request->memory = g_memory_output_stream_new (NULL, 0, reallocate_bounded, g_free);
  g_output_stream_splice_async (request->memory, stream, closes_both, G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task), on_stream_read_cb, task);
}

static void
on_clipboard_opened_cb (GObject      *source,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  read_stream (user_data, stream, error);
}

static void
on_drop_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, &error);

  read_stream (user_data, stream, error);
}

void
atelier_intake_free (AtelierIntake *intake)
{
  if (!intake)
    return;
  g_clear_pointer (&intake->picture, atelier_picture_unref);
  g_clear_pointer (&intake->result, atelier_input_result_free);
  g_clear_object (&intake->files);
  g_clear_pointer (&intake->bytes, g_bytes_unref);
  g_free (intake->name);
  g_free (intake);
}

GdkContentFormats *
atelier_intake_new_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  for (guint i = 0; mime_types[i]; i++)
    gdk_content_formats_builder_add_mime_type (builder, mime_types[i]);
  return gdk_content_formats_builder_free_to_formats (builder);
}

void
atelier_intake_read_file_async (GFile               *file,
                                const AtelierInput  *input,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (input != NULL);

  load_file (request_task_new (input, NULL, cancellable, callback, user_data), file);
}

void
atelier_intake_read_bytes_async (GBytes              *bytes,
                                 const char          *name,
                                 const AtelierInput  *input,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (bytes != NULL && name != NULL);
  g_return_if_fail (input != NULL);

  task = request_task_new (input, name, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->bytes = g_bytes_ref (bytes);
  run_task (task);
}

void
atelier_intake_read_clipboard_async (GdkClipboard        *clipboard,
                                     const AtelierInput  *input,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GdkContentFormats *formats;
  GTask *task;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));
  g_return_if_fail (input != NULL);

  formats = gdk_clipboard_get_formats (clipboard);
  task = request_task_new (input, _("Pasted picture"), cancellable, callback, user_data);
  /* Files are preferred to image data: file managers offer a list of files together with the image
   * of an icon. */
  if (atelier_file_offer_is_in (formats))
    {
      gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT,
                                      cancellable, on_clipboard_files_read_cb, task);
      return;
    }
  /* This program copies pictures as textures, which GDK converts to PNG. */
  if (!gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    {
      g_autoptr (GdkContentFormats) wanted =
        gdk_content_formats_new ((const char **) mime_types, G_N_ELEMENTS (mime_types) - 1);

      if (!gdk_content_formats_match (formats, wanted))
        {
          return_error (task, g_error_new_literal (ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                                                   _("There is no picture in the clipboard.")));
          return;
        }
    }
  gdk_clipboard_read_async (clipboard, (const char **) mime_types, G_PRIORITY_DEFAULT, cancellable,
                            on_clipboard_opened_cb, task);
}

void
atelier_intake_read_drop_async (GdkDrop             *drop,
                                gboolean             only_takes,
                                const AtelierInput  *input,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (GDK_IS_DROP (drop));
  g_return_if_fail (input != NULL);

  task = request_task_new (input, _("Dropped picture"), cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->drop = g_object_ref (drop);
  request->only_takes = only_takes;
  if (atelier_file_offer_is_in (gdk_drop_get_formats (drop)))
    gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, cancellable,
                               on_drop_files_read_cb, task);
  else
    gdk_drop_read_async (drop, (const char **) mime_types, G_PRIORITY_DEFAULT, cancellable,
                         on_drop_opened_cb, task);
}

void
atelier_intake_run_async (AtelierPicture      *picture,
                          const AtelierInput  *input,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (picture != NULL);
  g_return_if_fail (input != NULL);

  task = request_task_new (input, NULL, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->picture = atelier_picture_ref (picture);
  run_task (task);
}

AtelierIntake *
atelier_intake_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
