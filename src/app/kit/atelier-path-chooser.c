/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkFileChooserNative asks through the desktop's portal where there is one.  GTK 4.8 holds no
 * reference to such a dialog, so the widget that asks holds it until it is answered: the window
 * when a path is asked for, any widget when files are.
 *
 * The folder of what was chosen is kept in the settings, as a URI, for each purpose by itself:
 * people have their pictures elsewhere than their models.
 */

#include "config.h"

#include "kit/atelier-path-chooser.h"

#include "kit/atelier-settings.h"

#define CHOOSER_KEY "atelier-path-chooser"
#define FOLDERS_KEY "folders"

/* In the settings. */
static const char * const purpose_names[] = {
  [ATELIER_PATH_DATA] = "data",
  [ATELIER_PATH_NETWORKS] = "networks",
  [ATELIER_PATH_MODELS] = "models",
  [ATELIER_PATH_PICTURES] = "pictures",
  [ATELIER_PATH_EXPORTS] = "exports",
};

/* Who asked, and what to do with the answer: one of the two callbacks. */
typedef struct
{
  AtelierPathCallback  on_path;
  AtelierFilesCallback on_files;
  AtelierPathPurpose   purpose;
  GtkWidget           *owner; /* Borrowed: it holds the dialog */
  gpointer             user_data;
  GDestroyNotify       destroy; /* nullable */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  if (question->destroy)
    question->destroy (question->user_data);
  g_free (question);
}

static void
free_chooser (gpointer chooser)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
  g_object_unref (chooser);
}

/* The folder that was used last; NULL where there is none, or it is gone.  Transfer full. */
static GFile *
find_folder (AtelierPathPurpose purpose)
{
  g_autoptr (GSettings) settings = atelier_settings_new ();
  g_autoptr (GVariant) folders = settings ? g_settings_get_value (settings, FOLDERS_KEY) : NULL;
  g_autoptr (GFile) folder = NULL;
  const char *uri;

  if (!folders || !g_variant_lookup (folders, purpose_names[purpose], "&s", &uri))
    return NULL;

  folder = g_file_new_for_uri (uri);
  if (!g_file_is_native (folder) || !g_file_test (g_file_peek_path (folder), G_FILE_TEST_IS_DIR))
    return NULL;

  return g_steal_pointer (&folder);
}

/* A folder that was chosen is beside others that may be chosen next. */
static void
keep_folder (AtelierPathPurpose  purpose,
             GFile              *chosen)
{
  g_autoptr (GSettings) settings = atelier_settings_new ();
  g_autoptr (GFile) folder = g_file_get_parent (chosen);
  g_autoptr (GVariant) folders = NULL;
  g_autofree char *uri = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name;
  const char *other;

  if (!settings || !folder)
    return;

  uri = g_file_get_uri (folder);
  folders = g_settings_get_value (settings, FOLDERS_KEY);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", purpose_names[purpose], uri);
  g_variant_iter_init (&iter, folders);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &other))
    if (!g_str_equal (name, purpose_names[purpose]))
      g_variant_builder_add (&builder, "{ss}", name, other);
  g_settings_set_value (settings, FOLDERS_KEY, g_variant_builder_end (&builder));
}

static GtkFileFilter *
new_filter (const AtelierPathRequest *request)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, request->filter_name);
  if (request->filter_suffix)
    gtk_file_filter_add_suffix (filter, request->filter_suffix);
  else
    gtk_file_filter_add_pixbuf_formats (filter);

  return filter;
}

static GtkFileChooserNative *
new_chooser (GtkWindow                *parent,
             const AtelierPathRequest *request)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
    request->title, parent, request->action, request->accept_label, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  g_autoptr (GFile) folder = find_folder (request->purpose);

  gtk_file_chooser_set_select_multiple (chooser, request->is_multiple);
  if (folder)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  if (request->suggested_name)
    gtk_file_chooser_set_current_name (chooser, request->suggested_name);
  if (request->filter_name)
    {
      g_autoptr (GtkFileFilter) filter = new_filter (request);

      gtk_file_chooser_add_filter (chooser, filter);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);

  return native;
}

/* What was chosen, of GFile; NULL where the dialog was cancelled or its window closed.  Transfer
 * full. */
static GListModel *
get_chosen (GtkFileChooserNative *chooser,
            int                   response)
{
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT
      || !gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser)))
    return NULL;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

  return g_list_model_get_n_items (files) > 0 ? g_steal_pointer (&files) : NULL;
}

/* Frees the dialog before the callback, so that the callback can ask again.  The running closure
 * keeps @user_data alive until it returns. */
static void
on_response_cb (GtkFileChooserNative *chooser,
                int                   response,
                gpointer              user_data)
{
  Question *question = user_data;
  g_autoptr (GtkWidget) owner = g_object_ref (question->owner);
  g_autoptr (GListModel) files = get_chosen (chooser, response);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  g_object_set_data (G_OBJECT (owner), CHOOSER_KEY, NULL);
  if (!files || !gtk_widget_get_root (owner))
    return;
  file = g_list_model_get_item (files, 0);
  keep_folder (question->purpose, file);
  if (question->on_files)
    {
      question->on_files (owner, files, question->user_data);
      return;
    }
  path = g_file_get_path (file);
  if (path)
    question->on_path (GTK_WINDOW (owner), path, question->user_data);
}

/* Takes @question. */
static void
ask (const AtelierPathRequest *request,
     Question                 *question)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (question->owner));
  GtkFileChooserNative *chooser = new_chooser (parent, request);

  question->purpose = request->purpose;
  g_signal_connect_data (chooser, "response", G_CALLBACK (on_response_cb), question,
                         question_free, 0);
  g_object_set_data_full (G_OBJECT (question->owner), CHOOSER_KEY, chooser, free_chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
atelier_path_chooser_ask (GtkWindow                *parent,
                          const AtelierPathRequest *request,
                          AtelierPathCallback       callback,
                          gpointer                  user_data,
                          GDestroyNotify            destroy)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (request != NULL && callback != NULL);

  question = g_new0 (Question, 1);
  question->on_path = callback;
  question->owner = GTK_WIDGET (parent);
  question->user_data = user_data;
  question->destroy = destroy;
  ask (request, question);
}

void
atelier_path_chooser_ask_files (GtkWidget                *widget,
                                const AtelierPathRequest *request,
                                AtelierFilesCallback      callback,
                                gpointer                  user_data,
                                GDestroyNotify            destroy)
{
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_WINDOW (gtk_widget_get_root (widget)));
  g_return_if_fail (request != NULL && callback != NULL);

  question = g_new0 (Question, 1);
  question->on_files = callback;
  question->owner = widget;
  question->user_data = user_data;
  question->destroy = destroy;
  ask (request, question);
}
