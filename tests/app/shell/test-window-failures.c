/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows when the session fails: a dialog, or a toast when nothing was tried. */

#include "config.h"

#include "app-window.h"

static AtelierWindow *window; /* Owned by GTK until it is closed */

static GtkWindow *
get_dialog (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel))
        return toplevel;
    }

  return NULL;
}

/* Waits for a dialog, and closes it. */
static void
assert_dialog (const char *heading)
{
  app_wait_until (get_dialog ());
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (get_dialog ())), ==,
                   heading);
  gtk_window_destroy (get_dialog ());
}

static gboolean
has_toast (const char *text)
{
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts = type ? app_find_all (window, type) : NULL;

  for (guint i = 0; toasts && i < toasts->len; i++)
    {
      g_autoptr (GPtrArray) labels =
        app_find_all (g_ptr_array_index (toasts, i), GTK_TYPE_LABEL);

      for (guint i_label = 0; i_label < labels->len; i_label++)
        if (g_str_equal (gtk_label_get_label (g_ptr_array_index (labels, i_label)), text))
          return TRUE;
    }

  return FALSE;
}

static void
set_up (void)
{
  window = app_open_window ();
}

static void
tear_down (void)
{
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_data (void)
{
  AtelierDataset *dataset;

  set_up ();
  dataset = app_get_dataset (window);
  app_activate (window, "win.data", "/nowhere/at/all");
  assert_dialog ("The data could not be opened");
  g_assert_true (app_get_dataset (window) == dataset);
  tear_down ();
}

static void
test_network (void)
{
  set_up ();
  atelier_session_open_network (atelier_window_get_session (window), "/nowhere/at/all.json");
  assert_dialog ("The network could not be opened");
  tear_down ();
}

static void
test_data_while_training (void)
{
  set_up ();
  app_activate (window, "run.toggle", NULL);
  g_assert_false (app_is_action_enabled (window, "win", "data"));
  atelier_session_load_data (atelier_window_get_session (window), "synthetic");
  app_wait_until (has_toast ("Stop training before you choose other data"));
  g_assert_null (get_dialog ());
  tear_down ();
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-failures/data", test_data);
  g_test_add_func ("/app/window-failures/network", test_network);
  g_test_add_func ("/app/window-failures/data-while-training", test_data_while_training);

  return g_test_run ();
}
