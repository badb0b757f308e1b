/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes back at the next start, which here is the next window: the settings are in memory and
 * last as long as the process. */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "idx-files.h"
#include "kit/atelier-settings.h"

#define NETWORK "{ \"name\": \"Small\", \"input\": [5, 7, 1], \"layers\": [" \
  "{ \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 4 } ] }"

typedef struct
{
  char *folder; /* a data set of 5 × 7 pixels in 4 classes */
  char *network;
} Fixture;

static void
reset_settings (void)
{
  g_autoptr (GSettings) settings = atelier_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_assert_nonnull (settings);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i]; i++)
    g_settings_reset (settings, keys[i]);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  reset_settings ();
  fixture->folder = g_build_filename (app_get_folder (), "Small", NULL);
  fixture->network = g_build_filename (app_get_folder (), "small.json", NULL);
  idx_files_write_dataset (fixture->folder, 60, 12, 5, 7, 4, FALSE);
  g_assert_true (g_file_set_contents (fixture->network, NETWORK, -1, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  reset_settings ();
  g_free (fixture->folder);
  g_free (fixture->network);
}

/* As the application does it.  @spec: of the command line. */
static AtelierWindow *
start (const char *spec)
{
  AtelierWindow *window = atelier_window_new (app_get ());

  atelier_window_restore (window, spec);
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return window;
}

static AtelierSession *
get_session (AtelierWindow *window)
{
  return atelier_window_get_session (window);
}

static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  AtelierWindow *window = start (NULL);
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierNetworkDraft *draft;
  g_autoptr (GVariant) page = NULL;
  gboolean has_sidebar;
  int width, height;

  atelier_session_load_data (get_session (window), fixture->folder);
  atelier_session_open_network (get_session (window), fixture->network);
  app_wait_until (*atelier_session_get_network_path (get_session (window)));
  app_set_epochs (window, 8);
  atelier_session_use_recipe (get_session (window),
                              atelier_session_get_recipe (get_session (window)));
  app_set_epochs (window, 7);
  recipe = atelier_recipe_ref (atelier_session_get_recipe (get_session (window)));
  app_activate (window, "win.page", "data");
  app_activate (window, "win.show-sidebar", NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 720);
  app_close_window (window);

  window = start (NULL);
  app_wait_until (*atelier_session_get_network_path (get_session (window)));
  g_assert_cmpstr (atelier_session_get_data_spec (get_session (window)), ==, fixture->folder);
  g_assert_cmpstr (atelier_session_get_network_path (get_session (window)), ==, fixture->network);
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (get_session (window)), recipe));
  /* What changes are counted from comes back too, and nothing can be undone. */
  draft = atelier_session_get_draft (get_session (window));
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 8);
  g_assert_false (atelier_network_draft_can_undo (draft));
  page = g_action_group_get_action_state (G_ACTION_GROUP (window), "page");
  g_assert_cmpstr (g_variant_get_string (page, NULL), ==, "data");
  g_object_get (app_get_train_page (window), "show-sidebar", &has_sidebar, NULL);
  g_assert_false (has_sidebar);
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1100);
  g_assert_cmpint (height, ==, 720);
  app_close_window (window);
}

/* A preset, and a recipe that is not its own. */
static void
test_preset (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierWindow *window = start (NULL);

  app_activate (window, "win.network", "report-1");
  app_set_epochs (window, 3);
  app_close_window (window);

  window = start (NULL);
  g_assert_cmpstr (atelier_session_get_preset (get_session (window)), ==, "report-1");
  g_assert_cmpuint (app_get_recipe_values (window)->n_epochs, ==, 3);
  app_close_window (window);
}

/* It is in no file. */
static void
test_edited_network (Fixture       *fixture,
                     gconstpointer  data)
{
  AtelierWindow *window = start ("synthetic");
  g_autoptr (AtelierNetwork) network = NULL;

  atelier_network_draft_remove (atelier_session_get_draft (get_session (window)), 2);
  network = atelier_network_ref (atelier_session_get_network (get_session (window)));
  app_close_window (window);

  window = start (NULL);
  g_assert_true (atelier_network_equal (atelier_session_get_network (get_session (window)),
                                        network));
  app_activate (window, "win.network", "report-1");
  app_close_window (window);

  window = start (NULL);
  g_assert_cmpstr (atelier_session_get_preset (get_session (window)), ==, "report-1");
  app_close_window (window);
}

/* "Flatten", "Dense 32", with what is wrong; transfer full. */
static char *
describe_draft (AtelierWindow *window)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (get_session (window));
  GString *text = g_string_new (atelier_network_draft_get_name (draft));

  for (guint i = 0; i < atelier_network_draft_get_n_rows (draft); i++)
    {
      const AtelierDraftRow *row = atelier_network_draft_get_row (draft, i);
      g_autofree char *words = atelier_network_draft_describe_row (draft, i);

      g_string_append_printf (text, "\n%d %s: %s", (int) row->block, words,
                              row->problem ? row->problem : "fits");
    }

  return g_string_free (text, FALSE);
}

/* In the middle of editing: a block that is empty, and a layer that does not fit. */
static void
test_unfit_network (Fixture       *fixture,
                    gconstpointer  data)
{
  const AtelierDraftPlace place = { .block = ATELIER_NO_LAYER, .index = 1 };
  AtelierWindow *window = start (fixture->folder);
  AtelierNetworkDraft *draft = atelier_session_get_draft (get_session (window));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  atelier_session_open_network (get_session (window), fixture->network);
  app_wait_until (*atelier_session_get_network_path (get_session (window)));
  atelier_network_draft_insert (draft, &place, ATELIER_LAYER_RESIDUAL);
  atelier_network_draft_remove (draft, 2);
  atelier_network_draft_remove (draft, 2);
  atelier_network_draft_rename (draft, "Half of it");
  g_assert_false (atelier_session_get_is_network_valid (get_session (window)));
  before = describe_draft (window);
  app_close_window (window);

  window = start (NULL);
  app_wait_until (!atelier_session_get_is_opening (get_session (window)));
  after = describe_draft (window);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (atelier_session_get_is_network_valid (get_session (window)));
  draft = atelier_session_get_draft (get_session (window));
  g_assert_false (atelier_network_draft_can_undo (draft));
  app_activate (window, "win.network", "report-1");
  app_close_window (window);

  window = start (NULL);
  app_wait_until (!atelier_session_get_is_opening (get_session (window)));
  g_assert_true (atelier_session_get_is_network_valid (get_session (window)));
  g_assert_cmpstr (atelier_session_get_preset (get_session (window)), ==, "report-1");
  app_close_window (window);
}

/* What the command line names wins, and is kept. */
static void
test_option_wins (Fixture       *fixture,
                  gconstpointer  data)
{
  AtelierWindow *window = start (fixture->folder);

  g_assert_cmpstr (atelier_session_get_data_spec (get_session (window)), ==, fixture->folder);
  app_close_window (window);

  window = start ("synthetic");
  g_assert_cmpstr (atelier_session_get_data_spec (get_session (window)), ==, "synthetic");
  app_close_window (window);
}

static GtkWindow *
find_dialog (const char *heading)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel)
          && g_str_equal (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (toplevel)), heading))
        return toplevel;
    }

  return NULL;
}

/* A folder and a file that are gone are said once; the program then does without them. */
static void
test_says_what_is_gone (Fixture       *fixture,
                        gconstpointer  data)
{
  AtelierWindow *window = start (fixture->folder);
  const char *body;

  atelier_session_open_network (get_session (window), fixture->network);
  app_wait_until (*atelier_session_get_network_path (get_session (window)));
  app_close_window (window);
  idx_files_remove_folder (fixture->folder);
  g_assert_cmpint (g_unlink (fixture->network), ==, 0);

  window = start (NULL);
  app_wait_until (find_dialog ("Not Everything Succeeded"));
  body = adw_message_dialog_get_body (
    ADW_MESSAGE_DIALOG (find_dialog ("Not Everything Succeeded")));
  g_assert_nonnull (strstr (body, "The Data Could Not Be Opened"));
  g_assert_nonnull (strstr (body, "The Network Could Not Be Opened"));
  gtk_window_destroy (find_dialog ("Not Everything Succeeded"));
  g_assert_cmpstr (atelier_session_get_preset (get_session (window)), ==, "report-2");
  app_close_window (window);

  window = start (NULL);
  g_assert_null (find_dialog ("Not Everything Succeeded"));
  g_assert_null (find_dialog ("The Data Could Not Be Opened"));
  g_assert_null (find_dialog ("The Network Could Not Be Opened"));
  app_close_window (window);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/window-state/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("comes-back", test_comes_back);
  ADD_TEST ("preset", test_preset);
  ADD_TEST ("edited-network", test_edited_network);
  ADD_TEST ("unfit-network", test_unfit_network);
  ADD_TEST ("option-wins", test_option_wins);
  ADD_TEST ("says-what-is-gone", test_says_what_is_gone);

  return g_test_run ();
}
