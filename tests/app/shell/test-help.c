/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The help, the keys and what the program says of itself. */

#include "config.h"

#include "network/atelier-network-page.h"
#include "network/atelier-network-view.h"
#include "network/atelier-rate-chart.h"
#include "shell/atelier-help-window.h"
#include "window-fixture.h"

/* The one toplevel of @type; NULL when there is none. */
static gpointer
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type))
        return toplevel;
    }

  return NULL;
}

static gboolean
is_on_page (WindowFixture *fixture,
            const char    *name)
{
  g_autoptr (GVariant) state =
    g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "page");

  return g_str_equal (g_variant_get_string (state, NULL), name);
}

/* Keys as GTK writes them, of a list as in the shortcuts window. */
static void
add_listed_keys (GHashTable *keys,
                 const char *list)
{
  g_auto (GStrv) parts = g_strsplit (list, " ", -1);

  for (guint i = 0; parts[i]; i++)
    {
      GdkModifierType modifiers;
      guint keyval;

      g_assert_true (gtk_accelerator_parse (parts[i], &keyval, &modifiers));
      g_hash_table_add (keys, gtk_accelerator_name (keyval, modifiers));
    }
}

static void
add_trigger (GHashTable         *keys,
             GtkShortcutTrigger *trigger)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      add_trigger (keys, gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)));
      add_trigger (keys, gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)));
    }
  else if (GTK_IS_KEYVAL_TRIGGER (trigger))
    g_hash_table_add (keys, gtk_accelerator_name (
                              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))));
}

/* The keys that @widget answers to, of its class or its own. */
static void
add_keys_of (GHashTable *keys,
             GtkWidget  *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                        && k < g_list_model_get_n_items (controller); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (controller, k);

          add_trigger (keys, gtk_shortcut_get_trigger (shortcut));
        }
    }
}

static void
assert_all_in (GHashTable *keys,
               GHashTable *all)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!strstr (key, "KP_") && !g_hash_table_contains (all, key))
      g_error ("No key “%s”", (char *) key);
}

/* What is written of the keys of the large view is so, and all are written. */
static void
test_network_keys (WindowFixture *fixture,
                   gconstpointer  data)
{
  g_autoptr (GHashTable) listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) pages = app_find_all (fixture->window, ATELIER_TYPE_NETWORK_PAGE);
  g_autoptr (GPtrArray) widgets = app_find_all (pages->pdata[0], GTK_TYPE_WIDGET);
  g_autoptr (GPtrArray) pictures = app_find_all (pages->pdata[0], ATELIER_TYPE_NETWORK_VIEW);
  g_autoptr (GtkWidget) chart = g_object_ref_sink (g_object_new (ATELIER_TYPE_RATE_CHART, NULL));
  g_autoptr (GtkBuilder) builder
    = gtk_builder_new_from_resource ("/io/github/atelier_nn/Atelier/gtk/help-overlay.ui");
  g_autoptr (GPtrArray) shortcuts = NULL;
  GObject *section = gtk_builder_get_object (builder, "network_section");

  g_assert_nonnull (section);
  shortcuts = app_find_all (section, GTK_TYPE_SHORTCUTS_SHORTCUT);
  for (guint i = 0; i < shortcuts->len; i++)
    {
      g_autofree char *list = NULL;

      g_object_get (shortcuts->pdata[i], "accelerator", &list, NULL);
      add_listed_keys (listed, list);
    }
  for (guint i = 0; i < widgets->len; i++)
    add_keys_of (present, widgets->pdata[i]);
  add_keys_of (present, pages->pdata[0]);
  add_keys_of (present, chart);
  assert_all_in (listed, present);

  add_keys_of (own, pages->pdata[0]);
  add_keys_of (own, pictures->pdata[0]);
  add_keys_of (own, chart);
  add_listed_keys (own, "<Alt>Up <Alt>Down Delete <Control>d Insert plus");
  assert_all_in (own, listed);
  gtk_window_destroy (GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
}

/* The buttons lead to the pages, and the help stays beside them. */
static void
test_help (WindowFixture *fixture,
           gconstpointer  data)
{
  gpointer help;

  app_activate (fixture->window, "win.help", NULL);
  help = find_toplevel (ATELIER_TYPE_HELP_WINDOW);
  g_assert_nonnull (help);
  app_wait_until (gtk_widget_get_mapped (help));

  app_click (app_find_titled (help, GTK_TYPE_BUTTON, "Go to Drawing"));
  g_assert_true (is_on_page (fixture, "draw"));
  app_click (app_find_titled (help, GTK_TYPE_BUTTON, "Show the Data"));
  g_assert_true (is_on_page (fixture, "data"));
  app_click (app_find_titled (help, GTK_TYPE_BUTTON, "Go to Training"));
  g_assert_true (is_on_page (fixture, "train"));

  app_activate (fixture->window, "win.help", NULL);
  g_assert_true (find_toplevel (ATELIER_TYPE_HELP_WINDOW) == help);
  gtk_widget_activate_action (help, "window.close", NULL);
  app_wait_until (find_toplevel (ATELIER_TYPE_HELP_WINDOW) == NULL);
}

static void
test_help_of_mistakes (WindowFixture *fixture,
                       gconstpointer  data)
{
  gpointer help;

  app_activate (fixture->window, "win.page", "data");
  app_activate (fixture->window, "win.help", NULL);
  help = find_toplevel (ATELIER_TYPE_HELP_WINDOW);
  app_wait_until (gtk_widget_get_mapped (help));
  app_click (app_find_titled (help, GTK_TYPE_BUTTON, "Show All Mistakes"));
  g_assert_true (is_on_page (fixture, "train"));
  gtk_window_destroy (help);
}

/* The keys of the program come first, also when GTK has arranged the groups on pages. */
/* A screen reader can call the window of shortcuts, and each of its buttons, by a name. */
static void
assert_names (GtkShortcutsWindow *shortcuts)
{
  g_autoptr (GPtrArray) buttons = app_find_all (shortcuts, GTK_TYPE_TOGGLE_BUTTON);
  guint n_search = 0;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (shortcuts)), ==, "Keyboard Shortcuts");
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkButton *button = g_ptr_array_index (buttons, i);

      if (g_strcmp0 (gtk_button_get_icon_name (button), "edit-find-symbolic") != 0)
        continue;
      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Search");
      n_search++;
    }
  g_assert_cmpuint (n_search, ==, 1);
}

static void
test_shortcuts (WindowFixture *fixture,
                gconstpointer  data)
{
  GtkShortcutsWindow *shortcuts =
    gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (fixture->window));
  g_autoptr (GPtrArray) groups = NULL;
  g_auto (GStrv) accels =
    gtk_application_get_accels_for_action (GTK_APPLICATION (app_get ()), "win.help");
  g_autofree char *title = NULL;

  app_activate (fixture->window, "win.show-help-overlay", NULL);
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (shortcuts)));
  assert_names (shortcuts);
  groups = app_find_all (shortcuts, GTK_TYPE_SHORTCUTS_GROUP);
  g_assert_true (gtk_widget_get_mapped (g_ptr_array_index (groups, 0)));
  g_object_get (g_ptr_array_index (groups, 0), "title", &title, NULL);
  g_assert_cmpstr (title, ==, "General");
  g_assert_cmpstr (accels[0], ==, "F1");
  gtk_window_close (GTK_WINDOW (shortcuts));
}

/* The desktop's software centres say the same. */
static void
assert_in_metainfo (const char *url)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "..", "data",
                           ATELIER_APP_ID ".metainfo.xml.in", NULL);
  g_autofree char *text = NULL;
  g_autofree char *element = g_strdup_printf (">%s</url>", url);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, element));
}

/* GLib's table of quarks has room for 2,048; with one more it takes a larger one and lets the old
 * one go, which LeakSanitizer sees without a function that could be named to it. */
static gboolean
can_have_many_quarks (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("GLib lets its full table of quarks go");
  return FALSE;
#else
  return TRUE;
#endif
}

static void
test_about (WindowFixture *fixture,
            gconstpointer  data)
{
  AdwAboutWindow *about;

  if (!can_have_many_quarks ())
    return;
  g_action_group_activate_action (G_ACTION_GROUP (app_get ()), "about", NULL);
  about = find_toplevel (ADW_TYPE_ABOUT_WINDOW);
  g_assert_nonnull (about);
  assert_in_metainfo (adw_about_window_get_website (about));
  assert_in_metainfo (adw_about_window_get_issue_url (about));
  gtk_window_destroy (GTK_WINDOW (about));
}

#define ADD_TEST(path, start, function) WINDOW_ADD_TEST ("/app/help/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("pages", WINDOW_OPEN, test_help);
  ADD_TEST ("network-keys", WINDOW_OPEN, test_network_keys);
  ADD_TEST ("mistakes", WINDOW_COMPLETED, test_help_of_mistakes);
  ADD_TEST ("shortcuts", WINDOW_OPEN, test_shortcuts);
  ADD_TEST ("about", WINDOW_OPEN, test_about);

  return g_test_run ();
}
