/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialogs know nothing of runs and files: an answer activates an action of the window, as a
 * menu item does, so that a test can activate it without the dialog.
 *
 * Several failures at once, such as of files that are opened together, share one dialog: they are
 * found out one by one, and a stack of dialogs would have to be closed one by one.
 */

#include "config.h"

#include "kit/atelier-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* What a dialog of errors shows, its object data: headings and messages in turn. */
#define FAILURES "atelier-failures"

/* The dialog of errors that is open; NULL if there is none.  Borrowed. */
static GtkWindow *
find_failures (GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (g_object_get_data (G_OBJECT (toplevel), FAILURES)
          && gtk_window_get_transient_for (toplevel) == parent)
        return toplevel;
    }

  return NULL;
}

/* Transfer full: each message below its heading, as markup. */
static char *
list_failures (GPtrArray *failures)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < failures->len; i += 2)
    {
      g_autofree char *paragraph =
        g_markup_printf_escaped ("%s<b>%s</b>\n%s", i > 0 ? "\n\n" : "",
                                 (char *) g_ptr_array_index (failures, i),
                                 (char *) g_ptr_array_index (failures, i + 1));

      g_string_append (text, paragraph);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_failures (GtkWindow *parent,
               GPtrArray *failures)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, NULL));

  if (failures->len == 2)
    {
      adw_message_dialog_set_heading (dialog, g_ptr_array_index (failures, 0));
      adw_message_dialog_set_body (dialog, g_ptr_array_index (failures, 1));
    }
  else
    {
      g_autofree char *list = list_failures (failures);

      adw_message_dialog_set_heading (dialog, _("Not Everything Succeeded"));
      adw_message_dialog_set_body_use_markup (dialog, TRUE);
      adw_message_dialog_set_body (dialog, list);
    }
  adw_message_dialog_add_response (dialog, "close", _("_Close"));
  g_object_set_data_full (G_OBJECT (dialog), FAILURES, g_ptr_array_ref (failures),
                          (GDestroyNotify) g_ptr_array_unref);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
atelier_dialogs_show_error (GtkWindow    *parent,
                            const char   *heading,
                            const GError *error)
{
  GtkWindow *open = find_failures (parent);
  g_autoptr (GPtrArray) failures =
    open ? g_ptr_array_ref (g_object_get_data (G_OBJECT (open), FAILURES))
         : g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (failures, g_strdup (heading));
  g_ptr_array_add (failures, g_strdup (error->message));
  show_failures (parent, failures);
  /* A dialog that is shown does not grow with its text. */
  if (open)
    gtk_window_destroy (open);
}

static void
on_response_cb (AdwMessageDialog *dialog,
                const char       *response,
                GtkWidget        *parent)
{
  if (g_str_equal (response, "stop") || g_str_equal (response, "discard"))
    {
      /* The dialog is freed after the window; as its child it would release it a second time. */
      gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
      gtk_widget_activate_action (parent, "win.stop-and-close", NULL);
    }
  else if (g_str_equal (response, "save"))
    gtk_widget_activate_action (parent, "win.save-and-close", NULL);
}

static void
ask (GtkWindow        *parent,
     AdwMessageDialog *dialog,
     const char       *keep,
     const char       *destroy)
{
  adw_message_dialog_set_response_appearance (dialog, destroy, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, keep);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), parent, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

GtkWindow *
atelier_dialogs_ask_to_stop (GtkWindow *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (
    parent, _("Stop Training?"),
    _("The network is still being trained. What it has learned is lost when the window "
      "closes, unless you save the model first."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "keep", _("_Keep Training"),
                                    "stop", _("_Stop and Close"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  ask (parent, ADW_MESSAGE_DIALOG (dialog), "keep", "stop");

  return GTK_WINDOW (dialog);
}

GtkWindow *
atelier_dialogs_ask_to_save (GtkWindow *parent)
{
  GtkWidget *dialog =
    adw_message_dialog_new (parent, _("Save the Model?"),
                            _("The last run was not saved. What the network has learned is lost "
                              "when the window closes."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", _("_Discard"),
                                    "save", _("_Save…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  ask (parent, ADW_MESSAGE_DIALOG (dialog), "cancel", "discard");

  return GTK_WINDOW (dialog);
}
