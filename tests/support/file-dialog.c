/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Without a portal, as in a test, GtkFileChooserNative shows a GtkFileChooserDialog.  It reads
 * folders in a thread, so that a selection has to be waited for. */

#include "file-dialog.h"

#include "app-window.h"

/* GTK 4.8's own file dialog may draw a button of its path bar before the first layout, depending on
 * when its folder has been read.  It says so, and draws again.  Warnings are fatal in tests; this
 * one of GTK's about itself is passed over. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && file_dialog_find ()
        && g_pattern_match_simple ("Trying to snapshot Gtk* without a current allocation",
                                   fields[i].value))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, user_data);
}

/* GTK keeps the folders of cloud providers until the process ends, and loses the MIME types of a
 * filter for pictures.  LeakSanitizer does not see GTK's functions in their stacks, and so cannot
 * suppress them. */
gboolean
file_dialog_can_be_shown (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("GTK's file dialog leaks");
  return FALSE;
#else
  static gsize is_ready = 0;

  if (g_once_init_enter (&is_ready))
    {
      g_log_set_writer_func (write_log, NULL, NULL);
      g_once_init_leave (&is_ready, 1);
    }
  return TRUE;
#endif
}

GtkDialog *
file_dialog_find (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER_DIALOG (toplevel) && gtk_widget_get_mapped (toplevel))
        return GTK_DIALOG (toplevel);
    }

  return NULL;
}

static gboolean
has_selected (GtkFileChooser *chooser,
              GFile          *file)
{
  g_autoptr (GFile) selected = gtk_file_chooser_get_file (chooser);

  return selected && g_file_equal (selected, file);
}

void
file_dialog_select (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GtkFileChooser *chooser;

  app_wait_until (file_dialog_find ());
  /* A whole path can be typed in whichever folder the dialog shows. */
  chooser = GTK_FILE_CHOOSER (file_dialog_find ());
  if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (chooser, path);
  else
    gtk_file_chooser_set_file (chooser, file, &error);
  g_assert_no_error (error);
  app_wait_until (has_selected (chooser, file));
}

void
file_dialog_answer (gboolean accepts)
{
  gtk_dialog_response (file_dialog_find (), accepts ? GTK_RESPONSE_ACCEPT : GTK_RESPONSE_CANCEL);
  app_wait_until (!file_dialog_find ());
}
