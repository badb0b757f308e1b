/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows when the session fails: a dialog, or a toast when nothing was tried; and
 * the files of networks that can be opened again. */

#include "config.h"

#include <glib/gstdio.h>

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

/* How many items of @menu, which has sections, have this label. */
static guint
count_items (GMenuModel *menu,
             const char *text)
{
  guint n = 0;

  for (int section = 0; section < g_menu_model_get_n_items (menu); section++)
    {
      g_autoptr (GMenuModel) items =
        g_menu_model_get_item_link (menu, section, G_MENU_LINK_SECTION);

      for (int item = 0; item < g_menu_model_get_n_items (items); item++)
        {
          g_autofree char *label = NULL;

          g_menu_model_get_item_attribute (items, item, "label", "s", &label);
          n += g_str_equal (label, text) ? 1 : 0;
        }
    }

  return n;
}

/* In the menus of the sidebar. */
static guint
count_recent (WindowFixture *fixture,
              const char    *text)
{
  g_autoptr (GPtrArray) sidebars =
    app_find_all (fixture->window, g_type_from_name ("AtelierSidebar"));
  g_autoptr (GPtrArray) buttons =
    app_find_all (g_ptr_array_index (sidebars, 0), GTK_TYPE_MENU_BUTTON);
  guint n = 0;

  for (guint i = 0; i < buttons->len; i++)
    n += count_items (gtk_menu_button_get_menu_model (g_ptr_array_index (buttons, i)), text);

  return n;
}

static char *
get_network_state (WindowFixture *fixture)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "network");

  return g_variant_dup_string (state, NULL);
}

/* A network that was opened stays in the menu, is marked in it, and can be chosen again; a file
 * that is gone says so, and leaves the menu. */
static void
test_recent_network (WindowFixture *fixture,
                     gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  g_autofree char *folder = g_build_filename (app_get_folder (), "networks", NULL);
  g_autofree char *path = g_build_filename (folder, "my_own.json", NULL);
  g_autofree char *json = atelier_network_to_json (atelier_session_get_network (session), TRUE);
  g_autofree char *state = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  g_assert_cmpuint (count_recent (fixture, "my__own.json (networks)"), ==, 0);
  atelier_session_open_network (session, path);
  app_wait_until (count_recent (fixture, "my__own.json (networks)") == 1);
  state = get_network_state (fixture);
  g_assert_cmpstr (state, ==, path);

  app_activate (fixture->window, "win.network", "report-1");
  g_assert_cmpuint (count_recent (fixture, "my__own.json (networks)"), ==, 1);
  app_activate (fixture->window, "win.network", path);
  app_wait_until (g_str_equal (atelier_session_get_network_path (session), path));
  app_activate (fixture->window, "win.network", "report-1");

  g_assert_cmpint (g_unlink (path), ==, 0);
  app_activate (fixture->window, "win.network", path);
  assert_dialog ("The Network Could Not Be Opened");
  g_assert_cmpuint (count_recent (fixture, "my__own.json (networks)"), ==, 0);
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
  ADD_TEST ("recent-network", WINDOW_OPEN, test_recent_network);
  ADD_TEST ("data-while-training", WINDOW_RUNNING, test_data_while_training);

  return g_test_run ();
}
