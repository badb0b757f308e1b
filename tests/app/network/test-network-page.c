/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The large view of network and recipe: how it is reached and left, and what it says of the whole
 * network. */

#include "config.h"

#include <glib/gstdio.h>

#include "file-dialog.h"
#include "keyboard.h"
#include "network/atelier-editor-row.h"
#include "network/atelier-layer-row.h"
#include "network/atelier-name-entry.h"
#include "network/atelier-network-page.h"
#include "network/atelier-rate-view.h"
#include "network/atelier-recipe-panel.h"
#include "network/atelier-recipe-row.h"
#include "pointer.h"
#include "window-fixture.h"

static AtelierNetworkDraft *
get_draft (WindowFixture *fixture)
{
  return atelier_session_get_draft (atelier_window_get_session (fixture->window));
}

static GtkWidget *
get_page (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) pages = app_find_all (fixture->window, ATELIER_TYPE_NETWORK_PAGE);

  g_assert_cmpuint (pages->len, ==, 1);

  return g_ptr_array_index (pages, 0);
}

static gboolean
is_open (WindowFixture *fixture)
{
  return gtk_widget_get_mapped (get_page (fixture));
}

/* The button in the header bar that starts a run. */
static GtkWidget *
get_train_button (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) buttons = app_find_all (fixture->window, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (g_ptr_array_index (buttons, i)), "run.toggle")
        == 0)
      return g_ptr_array_index (buttons, i);
  g_assert_not_reached ();
}

/* The rows of the sidebar are made once, when it is seen again, and not at each edit. */
static void
test_sidebar_waits (WindowFixture *fixture,
                    gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  g_autoptr (GPtrArray) before = app_find_all (fixture->page, ATELIER_TYPE_LAYER_ROW);
  g_autoptr (GPtrArray) during = NULL;
  g_autoptr (GPtrArray) after = NULL;

  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  atelier_network_draft_duplicate (draft, 2);
  atelier_network_draft_duplicate (draft, 2);
  during = app_find_all (fixture->page, ATELIER_TYPE_LAYER_ROW);
  g_assert_cmpuint (during->len, ==, before->len);
  g_assert_true (g_ptr_array_index (during, 0) == g_ptr_array_index (before, 0));

  app_activate (fixture->window, "win.back", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  after = app_find_all (fixture->page, ATELIER_TYPE_LAYER_ROW);
  g_assert_cmpuint (after->len, ==, before->len + 2);
}

static void
test_open_and_back (WindowFixture *fixture,
                    gconstpointer  data)
{
  static const char * const keys[] = { "Escape", "alt+Left" };
  GtkWidget *edit = app_find_titled (fixture->page, GTK_TYPE_BUTTON, "_Edit…");

  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (gtk_widget_grab_focus (edit));
      keyboard_press (GTK_WINDOW (fixture->window), "Return");
      g_assert_true (is_open (fixture));
      g_assert_true (app_has_label (fixture->window, "Garments, 28 × 28, 10 classes"));
      keyboard_press (GTK_WINDOW (fixture->window), keys[i]);
      g_assert_false (is_open (fixture));
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == edit);
    }

  app_activate (fixture->window, "win.edit-network", NULL);
  app_activate (fixture->window, "win.back", NULL);
  g_assert_false (is_open (fixture));
  g_assert_false (app_is_action_enabled (fixture->window, "win", "back"));
  /* Another page is in the place of the view. */
  app_activate (fixture->window, "win.edit-network", NULL);
  app_activate (fixture->window, "win.page", "data");
  g_assert_false (is_open (fixture));
}

/* Escape that closes a menu, or ends what is typed, is not also the way back. */
static void
test_escape_closes_menu (WindowFixture *fixture,
                         gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  keyboard_press (GTK_WINDOW (fixture->window), "Insert");
  keyboard_press (GTK_WINDOW (fixture->window), "Escape");
  g_assert_true (is_open (fixture));
  keyboard_press (GTK_WINDOW (fixture->window), "Escape");
  g_assert_false (is_open (fixture));
}

/* The keys of the view are its own: on a page they change nothing. */
static void
test_keys_are_of_the_view (WindowFixture *fixture,
                           gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  atelier_network_draft_remove (draft, 2);
  keyboard_press (GTK_WINDOW (fixture->window), "Escape");
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+z");
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 8);
  keyboard_press (GTK_WINDOW (fixture->window), "alt+2 ctrl+z");
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 8);
}

static void
test_train_waits (WindowFixture *fixture,
                  gconstpointer  data)
{
  GtkWidget *train = get_train_button (fixture);
  GtkWidget *focus;

  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (gtk_widget_is_sensitive (train));
  g_assert_false (gtk_widget_get_mapped (
    app_find_titled (get_page (fixture), GTK_TYPE_BUTTON, "_Show")));

  atelier_network_draft_remove (get_draft (fixture), 6);
  g_assert_false (gtk_widget_is_sensitive (train));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (train), "needs a vector"));
  g_assert_false (app_is_action_enabled (fixture->window, "win", "save-network"));
  g_assert_true (app_has_label (get_page (fixture), "One layer does not fit"));
  app_click (app_find_titled (get_page (fixture), GTK_TYPE_BUTTON, "_Show"));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (ATELIER_IS_EDITOR_ROW (focus));
  g_assert_true (gtk_widget_has_css_class (focus, "misfit"));

  atelier_network_draft_undo (get_draft (fixture));
  g_assert_true (gtk_widget_is_sensitive (train));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (train), ==,
                   "Train the network from the beginning");
}

/* Nothing to train, and no row to show. */
static void
test_no_layers (WindowFixture *fixture,
                gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  app_activate (fixture->window, "win.edit-network", NULL);
  while (atelier_network_draft_get_n_rows (draft) > 0)
    atelier_network_draft_remove (draft, 0);
  g_assert_true (app_has_label (get_page (fixture), "There are no layers"));
  g_assert_false (gtk_widget_is_sensitive (get_train_button (fixture)));
}

/* The figures at the foot are those of the draft. */
static void
test_figures (WindowFixture *fixture,
              gconstpointer  data)
{
  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (app_has_label (get_page (fixture), "30,394"));
  atelier_network_draft_remove (get_draft (fixture), 7);
  g_assert_true (app_has_label (get_page (fixture), "12,794"));
}

/* What is trained is what was edited, also from the view. */
static void
test_trains_what_was_edited (WindowFixture *fixture,
                             gconstpointer  data)
{
  AtelierTrainer *trainer = app_get_trainer (fixture->window);
  AtelierNetwork *network;

  app_activate (fixture->window, "win.edit-network", NULL);
  atelier_network_draft_remove (get_draft (fixture), 1);
  window_train (fixture);
  network = atelier_run_record_get_network (atelier_trainer_get_record (trainer));
  g_assert_cmpuint (atelier_network_get_n_layers (network), ==, 6);
  g_assert_cmpstr (atelier_network_get_name (network), ==, "Report 1, fully connected, edited");
}

static void
type_batch (WindowFixture *fixture,
            const char    *text)
{
  g_autoptr (GPtrArray) rows = app_find_all (fixture->window, ATELIER_TYPE_RECIPE_ROW);

  for (guint i = 0; i < rows->len; i++)
    {
      AtelierRecipeRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (atelier_recipe_row_get_member (row)->name, "batch_size"))
        atelier_recipe_row_set_text (row, text);
    }
}

/* What one editor of the recipe has that is no number is not left where nobody sees it. */
static void
test_typed_recipe (WindowFixture *fixture,
                   gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);

  app_set_number (fixture->window, "Batch", "none");
  g_assert_false (atelier_session_get_is_recipe_valid (session));
  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (atelier_session_get_is_recipe_valid (session));

  /* And the other way. */
  type_batch (fixture, "0");
  g_assert_false (atelier_session_get_is_recipe_valid (session));
  app_activate (fixture->window, "win.back", NULL);
  g_assert_true (atelier_session_get_is_recipe_valid (session));
}

static void
test_save (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  g_autofree char *path = g_build_filename (app_get_folder (), "Mine.json", NULL);
  g_autofree char *typed = g_build_filename (app_get_folder (), "Mine", NULL);
  g_autoptr (AtelierNetwork) saved = NULL;
  g_autoptr (GError) error = NULL;

  if (!file_dialog_can_be_shown ())
    return;
  atelier_network_draft_remove (get_draft (fixture), 2);
  app_activate (fixture->window, "win.save-network", NULL);
  file_dialog_select (typed);
  file_dialog_answer (TRUE);
  app_wait_until (*atelier_session_get_network_path (session) != '\0');
  g_assert_cmpstr (atelier_session_get_network_path (session), ==, path);
  saved = atelier_network_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_network_get_name (saved), ==, "Mine");
  g_assert_true (atelier_network_equal (saved, atelier_session_get_network (session)));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static GtkWidget *
get_name_entry (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) entries = app_find_all (get_page (fixture), ATELIER_TYPE_NAME_ENTRY);

  g_assert_cmpuint (entries->len, ==, 1);

  return g_ptr_array_index (entries, 0);
}

/* What is typed is the name of what is trained, and one step. */
static void
test_name (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  GtkEditable *entry = GTK_EDITABLE (get_name_entry (fixture));
  g_autofree char *too_long = g_strnfill (257, 'x');

  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Report 1, fully connected");
  gtk_editable_set_text (entry, "Min");
  gtk_editable_set_text (entry, "Mine");
  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (session)), ==, "Mine");
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "");

  gtk_editable_set_text (entry, too_long);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  g_assert_cmpstr (atelier_network_get_name (atelier_session_get_network (session)), ==, "Mine");
  gtk_editable_set_text (entry, "Mine");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));

  window_train (fixture);
  g_assert_cmpstr (
    atelier_run_record_get_name (atelier_trainer_get_record (app_get_trainer (fixture->window))),
    ==, "Mine");
  g_assert_cmpstr (
    atelier_network_get_name (
      atelier_model_get_network (atelier_trainer_get_model (app_get_trainer (fixture->window)))),
    ==, "Mine");

  app_activate (get_page (fixture), "network.undo", NULL);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Report 1, fully connected");
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-1");
}

/* By keys, with those of undo. */
static void
test_name_by_keys (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkEditable *entry = GTK_EDITABLE (get_name_entry (fixture));

  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (entry)));
  keyboard_press (GTK_WINDOW (fixture->window), "a");
  keyboard_press (GTK_WINDOW (fixture->window), "b");
  g_assert_cmpstr (atelier_network_draft_get_name (get_draft (fixture)), ==, "ab");
  keyboard_press (GTK_WINDOW (fixture->window), "BackSpace");
  keyboard_press (GTK_WINDOW (fixture->window), "BackSpace");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  /* Left, it shows the name again. */
  keyboard_press (GTK_WINDOW (fixture->window), "Tab");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "a");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (entry), "error"));
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+z");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "Report 1, fully connected");
}

/* Nothing is said of the time before a run has measured it, or of another number of threads. */
static void
test_time (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  const guint n_threads = atelier_session_get_n_threads (session);
  GtkWidget *page = get_page (fixture);

  app_activate (fixture->window, "win.edit-network", NULL);
  g_assert_true (app_has_label (page, "an epoch, known after a run"));
  g_assert_false (app_has_label (page, "about "));
  window_train (fixture);
  g_assert_true (app_has_label (page, "an epoch here"));
  g_assert_true (app_has_label (page, "about "));
  atelier_session_set_n_threads (session, n_threads + 1);
  g_assert_false (app_has_label (page, "about "));
  atelier_session_set_n_threads (session, n_threads);
  g_assert_true (app_has_label (page, "about "));
}

/* The recipe of a preset comes without its network, as one step from which changes are counted. */
static void
test_recipe_preset (WindowFixture *fixture,
                    gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  g_autoptr (AtelierRecipe) expected = atelier_recipe_new_preset ("report-2");
  g_autoptr (GPtrArray) panels = app_find_all (get_page (fixture), ATELIER_TYPE_RECIPE_PANEL);

  app_activate (fixture->window, "win.edit-network", NULL);
  app_activate (panels->pdata[0], "recipe.use-preset", "report-2");
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (session), expected));
  g_assert_cmpstr (atelier_session_get_preset (session), ==, "report-1");
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (get_draft (fixture))->n_epochs, ==,
                    atelier_recipe_get_values (expected)->n_epochs);
  app_activate (get_page (fixture), "network.undo", NULL);
  g_assert_cmpuint (app_get_recipe_values (fixture->window)->n_epochs, ==, WINDOW_N_EPOCHS);
}

static int
get_height (gpointer widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);

  return height;
}

/* The curve of the rate and the chart of rates have room for their text at any size. */
static void
test_large_text (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (GPtrArray) views = app_find_all (get_page (fixture), ATELIER_TYPE_RATE_VIEW);
  GtkWidget *view = views->pdata[0];
  int usual, dpi;

  app_activate (fixture->window, "win.edit-network", NULL);
  usual = get_height (view);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  app_wait_until (get_height (view) > usual * 12 / 10);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  app_wait_until (get_height (view) == usual);
}

/* All columns fit beside each other in the smallest window, with changes and what is said. */
static void
test_narrow (WindowFixture *fixture,
             gconstpointer  data)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  AtelierRecipeValues values = *app_get_recipe_values (fixture->window);
  g_autoptr (AtelierRecipe) recipe = NULL;
  int minimum;

  values.learning_rate = 0.004;
  values.schedule = ATELIER_SCHEDULE_ONE_CYCLE;
  values.patience = 3;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_edit_recipe (session, recipe, FALSE);
  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  gtk_widget_measure (get_page (fixture), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_test_message ("%d", minimum);
  g_assert_cmpint (minimum, <=, 1024);
}

#define ADD_TEST(path, start, function) \
  WINDOW_ADD_TEST ("/app/network-page/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("sidebar-waits", WINDOW_OPEN, test_sidebar_waits);
  ADD_TEST ("open-and-back", WINDOW_OPEN, test_open_and_back);
  ADD_TEST ("escape-closes-menu", WINDOW_OPEN, test_escape_closes_menu);
  ADD_TEST ("keys-are-of-the-view", WINDOW_OPEN, test_keys_are_of_the_view);
  ADD_TEST ("train-waits", WINDOW_OPEN, test_train_waits);
  ADD_TEST ("no-layers", WINDOW_OPEN, test_no_layers);
  ADD_TEST ("figures", WINDOW_OPEN, test_figures);
  ADD_TEST ("trains-what-was-edited", WINDOW_READY, test_trains_what_was_edited);
  ADD_TEST ("typed-recipe", WINDOW_OPEN, test_typed_recipe);
  ADD_TEST ("name", WINDOW_READY, test_name);
  ADD_TEST ("name-by-keys", WINDOW_READY, test_name_by_keys);
  ADD_TEST ("time", WINDOW_READY, test_time);
  ADD_TEST ("recipe-preset", WINDOW_READY, test_recipe_preset);
  ADD_TEST ("large-text", WINDOW_OPEN, test_large_text);
  ADD_TEST ("narrow", WINDOW_OPEN, test_narrow);
  ADD_TEST ("save", WINDOW_OPEN, test_save);

  return g_test_run ();
}
