/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows when the session fails: a dialog, or a toast when nothing was tried. */

#include "config.h"

#include "window-fixture.h"

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
has_toast (WindowFixture *fixture,
           const char    *text)
{
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts = type ? app_find_all (fixture->window, type) : NULL;

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
test_data (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierDataset *dataset = app_get_dataset (fixture->window);

  app_activate (fixture->window, "win.data", "/nowhere/at/all");
  assert_dialog ("The Data Could Not Be Opened");
  g_assert_true (app_get_dataset (fixture->window) == dataset);
}

static void
test_network (WindowFixture *fixture,
              gconstpointer  data)
{
  atelier_session_open_network (atelier_window_get_session (fixture->window),
                                "/nowhere/at/all.json");
  assert_dialog ("The Network Could Not Be Opened");
}

static void
test_data_while_training (WindowFixture *fixture,
                          gconstpointer  data)
{
  g_assert_false (app_is_action_enabled (fixture->window, "win", "data"));
  atelier_session_load_data (atelier_window_get_session (fixture->window), "synthetic");
  app_wait_until (has_toast (fixture, "Stop training before you choose other data"));
  g_assert_null (get_dialog ());
}

#define ADD_TEST(path, start, function) \
  WINDOW_ADD_TEST ("/app/window-failures/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("data", WINDOW_OPEN, test_data);
  ADD_TEST ("network", WINDOW_OPEN, test_network);
  ADD_TEST ("data-while-training", WINDOW_RUNNING, test_data_while_training);

  return g_test_run ();
}
