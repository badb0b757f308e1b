/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialogs know nothing of runs and files: an answer activates an action of the window, as a
 * menu item does, so that a test can activate it without the dialog.
 */

#include "config.h"

#include "kit/atelier-dialogs.h"

#include <adwaita.h>
#include <glib/gi18n.h>

void
atelier_dialogs_show_error (GtkWindow    *parent,
                            const char   *heading,
                            const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
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
