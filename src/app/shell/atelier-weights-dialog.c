/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A message with a radio button for each of the weights.  A choice inside the file dialog was
 * rejected: the name that it suggests would then be that of other weights.  Main thread.
 */

#include "config.h"

#include "shell/atelier-weights-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "model/atelier-weights.h"

typedef struct
{
  AtelierRunWeights      list[ATELIER_N_WEIGHTS];
  guint                  n;
  AtelierWeightsCallback callback;
  gpointer               user_data; /* Owned through destroy */
  GDestroyNotify         destroy;   /* nullable */

  /* Borrowed from the dialog */
  GtkCheckButton        *buttons[ATELIER_N_WEIGHTS];
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
on_response_cb (AdwMessageDialog *dialog,
                const char       *response,
                Question         *question)
{
  if (!g_str_equal (response, "continue"))
    return;
  for (guint i = 0; i < question->n; i++)
    if (gtk_check_button_get_active (question->buttons[i]))
      {
        question->callback (question->list[i].which, question->user_data);
        return;
      }
}

/* "Best, epoch 7": as a label, it begins with a capital; transfer full. */
static char *
make_label (const AtelierRunWeights *weights)
{
  g_autofree char *text = atelier_weights_describe (weights->which, weights->n_epochs);
  g_autofree char *first = g_utf8_substring (text, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, g_utf8_next_char (text), NULL);
}

static GtkWidget *
create_buttons (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < question->n; i++)
    {
      g_autofree char *label = make_label (&question->list[i]);
      GtkWidget *button = gtk_check_button_new_with_label (label);

      question->buttons[i] = GTK_CHECK_BUTTON (button);
      if (i > 0)
        gtk_check_button_set_group (question->buttons[i], question->buttons[0]);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_check_button_set_active (question->buttons[0], TRUE);

  return box;
}

void
atelier_weights_dialog_ask (GtkWindow               *parent,
                            const char              *heading,
                            const AtelierRunWeights *list,
                            guint                    n,
                            AtelierWeightsCallback   callback,
                            gpointer                 user_data,
                            GDestroyNotify           destroy)
{
  AdwMessageDialog *dialog;
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (n > 0 && n <= ATELIER_N_WEIGHTS);
  g_return_if_fail (callback != NULL);

  question = g_new0 (Question, 1);
  memcpy (question->list, list, n * sizeof *list);
  question->n = n;
  question->callback = callback;
  question->user_data = user_data;
  question->destroy = destroy;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, NULL));
  adw_message_dialog_set_extra_child (dialog, create_buttons (question));
  adw_message_dialog_add_responses (dialog,
                                    "cancel", _("_Cancel"),
                                    "continue", _("C_ontinue"),
                                    NULL);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "continue");
  adw_message_dialog_set_response_appearance (dialog, "continue", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
