/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GtkFileChooserNative asks through the desktop's portal where there is one.  GTK 4.8 gives no
 * owner to such a dialog, so its parent window holds it until it was answered.  Main thread.
 */

#include "config.h"

#include "kit/atelier-path-chooser.h"

#define CHOOSER_KEY "atelier-path-chooser"
#define DATA_KEY "atelier-path-data"

static void
free_chooser (gpointer chooser)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
  g_object_unref (chooser);
}

static void
on_response_cb (GtkFileChooserNative *chooser,
                int                   response,
                gpointer              user_data)
{
  AtelierPathCallback callback = (AtelierPathCallback) user_data;
  g_autoptr (GtkFileChooserNative) held = g_object_ref (chooser); /* with its data */
  g_autoptr (GtkWindow) parent =
    g_object_ref (gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser)));
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file)
    path = g_file_get_path (file);
  g_object_set_data (G_OBJECT (parent), CHOOSER_KEY, NULL);

  if (path)
    callback (parent, path, g_object_get_data (G_OBJECT (chooser), DATA_KEY));
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
atelier_path_chooser_ask (GtkWindow                *parent,
                          const AtelierPathRequest *request,
                          AtelierPathCallback       callback,
                          gpointer                  user_data,
                          GDestroyNotify            destroy)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  chooser = gtk_file_chooser_native_new (request->title, parent, request->action,
                                         request->accept_label, NULL);
  if (request->suggested_name)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), request->suggested_name);
  if (request->filter_name)
    add_filter (GTK_FILE_CHOOSER (chooser), request->filter_name, request->filter_suffix);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);

  g_object_set_data_full (G_OBJECT (chooser), DATA_KEY, user_data, destroy);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response_cb), (gpointer) callback);
  g_object_set_data_full (G_OBJECT (parent), CHOOSER_KEY, chooser, free_chooser);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
