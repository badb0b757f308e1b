/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "show-action.h"

static void
on_activate_cb (GSimpleAction *simple_action,
                GVariant      *parameter,
                gpointer       user_data)
{
  ShowAction *action = user_data;
  guint kind;

  g_variant_get (parameter, "(uuu)", &kind, &action->selection.truth,
                 &action->selection.prediction);
  action->selection.kind = kind;
  action->n_asked++;
}

void
show_action_add (GtkWidget  *widget,
                 ShowAction *action)
{
  const GActionEntry entry = { "show", on_activate_cb, "(uuu)" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  *action = (ShowAction) { .n_asked = 0 };
  g_action_map_add_action_entries (G_ACTION_MAP (group), &entry, 1, action);
  gtk_widget_insert_action_group (widget, "matrix", G_ACTION_GROUP (group));
}
