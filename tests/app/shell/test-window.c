/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The story of a user: open, train, watch, pause, stop, save, close.  What is done with the
 * mistakes meanwhile is test-window-mistakes.c.
 *
 * The tests share one window and are told in order, as a person would do it; each leaves the window
 * as the next expects it. The dense network of the report's first part on the Sketched garments
 * keeps an epoch short.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "data/atelier-dataset-finder.h"
#include "kit/atelier-number-row.h"

static AtelierWindow *window; /* Owned by GTK until it is closed */

static AtelierTrainPage *
get_page (void)
{
  return app_get_train_page (window);
}

static void
set_number (const char *title,
            const char *text)
{
  AtelierNumberRow *row = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, title);

  atelier_number_row_set_text (row, text);
}

static GtkWidget *
get_run_button (const char *action_name)
{
  g_autoptr (GPtrArray) buttons = app_find_all (window, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (g_ptr_array_index (buttons, i)), action_name)
        == 0)
      return g_ptr_array_index (buttons, i);

  g_assert_not_reached ();
}

static const char *
get_toggle_label (void)
{
  return adw_button_content_get_label (
    ADW_BUTTON_CONTENT (gtk_button_get_child (GTK_BUTTON (get_run_button ("run.toggle")))));
}

static void
test_opens (void)
{
  window = app_open_window ();

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==,
                   "Report 2, convolutional – Atelier");
  g_assert_true (gtk_widget_get_sensitive (get_run_button ("run.toggle")));
  g_assert_false (gtk_widget_get_sensitive (get_run_button ("run.stop")));
  g_assert_false (app_is_action_enabled (window, "win", "save-model"));
  g_assert_cmpstr (get_toggle_label (), ==, "_Train");
}

/* What the data are, and where to get Fashion-MNIST unless it is here. */
static void
test_says_what_the_data_are (void)
{
  AdwActionRow *row = app_find_titled (get_page (), ADW_TYPE_ACTION_ROW, "Sketched garments");
  g_autoptr (GPtrArray) labels = app_find_all (get_page (), GTK_TYPE_LABEL);
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  gboolean has_note = FALSE;
  gboolean has_fashion_mnist = FALSE;

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "10,000 + 2,000 + 2,000 pictures");
  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), "dataset-fashion-mnist"))
      has_note = TRUE;
  for (guint i = 0; i < places->len; i++)
    if (strstr (((AtelierDatasetPlace *) g_ptr_array_index (places, i))->id, "ashion"))
      has_fashion_mnist = TRUE;
  g_assert_true (has_note != has_fashion_mnist);
}

static void
test_chooses_a_network (void)
{
  app_activate (window, "win.network", "report-1");

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==,
                   "Report 1, fully connected – Atelier");
  app_find_titled (get_page (), GTK_TYPE_LABEL, "245,830 parameters · 245,472 multiply-adds");
}

/* A recipe that is none cannot be trained. */
static void
test_recipe_is_checked (void)
{
  set_number ("Batch", "0");
  g_assert_false (gtk_widget_get_sensitive (get_run_button ("run.toggle")));
  set_number ("Batch", "32");
  g_assert_true (gtk_widget_get_sensitive (get_run_button ("run.toggle")));

  set_number ("Learning rate", "0");
  g_assert_cmpstr (adw_action_row_get_subtitle (app_find_titled (
                     get_page (), ATELIER_TYPE_NUMBER_ROW, "Learning rate")),
                   ==, "Above 0, at most 10");
  set_number ("Learning rate", "0.0001");
}

/* Only SGD has a momentum. */
static void
test_optimizer (void)
{
  AtelierSession *session = atelier_window_get_session (window);
  AdwComboRow *row = app_find_titled (get_page (), ADW_TYPE_COMBO_ROW, "Optimiser");
  GtkWidget *momentum = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, "Momentum");
  const AtelierRecipeValues *values;

  g_assert_false (gtk_widget_get_visible (momentum));
  adw_combo_row_set_selected (row, 1);
  g_assert_true (gtk_widget_get_visible (momentum));
  set_number ("Momentum", "1");
  g_assert_false (gtk_widget_get_sensitive (get_run_button ("run.toggle")));
  set_number ("Momentum", "0.9");
  g_assert_true (gtk_widget_get_sensitive (get_run_button ("run.toggle")));
  values = atelier_recipe_get_values (atelier_session_get_recipe (session));
  g_assert_cmpint (values->optimizer, ==, ATELIER_OPTIMIZER_SGD);
  g_assert_cmpfloat (values->momentum, ==, 0.9);

  adw_combo_row_set_selected (row, 0);
  values = atelier_recipe_get_values (atelier_session_get_recipe (session));
  g_assert_cmpint (values->optimizer, ==, ATELIER_OPTIMIZER_ADAM);
  g_assert_cmpfloat (values->momentum, ==, 0.0);
}

static void
test_trains (void)
{
  set_number ("Epochs", "200");
  app_click (get_run_button ("run.toggle"));

  g_assert_cmpint (app_get_state (window), ==, ATELIER_TRAINER_RUNNING);
  g_assert_cmpstr (get_toggle_label (), ==, "_Pause");
  g_assert_true (gtk_widget_get_sensitive (get_run_button ("run.stop")));
  g_assert_false (app_is_action_enabled (window, "win", "data"));
  g_assert_false (
    gtk_widget_is_sensitive (app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, "Batch")));

  app_wait_until (app_get_n_epochs (window) >= 2);
}

static void
test_pauses_and_resumes (void)
{
  guint n_batches;
  AtelierHistory *history = atelier_trainer_get_history (app_get_trainer (window));

  app_click (get_run_button ("run.toggle"));
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_PAUSED);
  g_assert_cmpstr (get_toggle_label (), ==, "_Resume");
  g_assert_true (app_is_action_enabled (window, "win", "save-model"));

  n_batches = atelier_history_get_n_batches (history);
  app_click (get_run_button ("run.toggle"));
  g_assert_cmpint (app_get_state (window), ==, ATELIER_TRAINER_RUNNING);
  app_wait_until (atelier_history_get_n_batches (history) > n_batches);
}

/* What is seen of a run that waits is its newest epoch. */
static void
test_pause_again (void)
{
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_PAUSED);
  g_assert_true (
    atelier_focus_get_epoch_object (atelier_train_page_get_focus (get_page ()))
    == atelier_history_get_epoch (atelier_trainer_get_history (app_get_trainer (window)),
                                  app_get_n_epochs (window) - 1));
}

/* Every curve says what the sentence says. */
static void
test_curves_are_described (void)
{
  g_autoptr (GPtrArray) curves = app_find_all (get_page (), g_type_from_name ("AtelierCurve"));
  g_autofree char *sentence =
    atelier_history_describe (atelier_trainer_get_history (app_get_trainer (window)));

  g_assert_cmpuint (curves->len, ==, 2);
  app_find_titled (get_page (), GTK_TYPE_LABEL, sentence);
  for (guint i = 0; i < curves->len; i++)
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_ptr_array_index (curves, i)),
                                         GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
}

static void
test_pages (void)
{
  g_autoptr (GVariant) state = NULL;

  app_activate (window, "win.page", "draw");
  app_wait_for_frame (GTK_WIDGET (window));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (get_page ())));
  app_activate (window, "win.page", "train");
  state = g_action_group_get_action_state (G_ACTION_GROUP (window), "page");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "train");
}

static GtkWindow *
get_dialog (void)
{
  g_autoptr (GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel))
        return toplevel;
    }

  return NULL;
}

/* Closing during a run asks; whoever says no keeps the run. */
static void
test_closing_asks (void)
{
  app_activate (window, "run.toggle", NULL);
  gtk_window_close (GTK_WINDOW (window));
  app_wait_until (get_dialog ());
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "keep");
  gtk_window_destroy (get_dialog ());
  g_assert_cmpint (app_get_state (window), ==, ATELIER_TRAINER_RUNNING);
}

static void
test_stops (void)
{
  app_click (get_run_button ("run.stop"));
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_STOPPED);
  g_assert_cmpstr (get_toggle_label (), ==, "_Train");
  g_assert_true (app_is_action_enabled (window, "win", "data"));
  g_assert_true (app_is_action_enabled (window, "win", "save-model"));
}

static gboolean
has_label (gpointer    root,
           const char *text)
{
  g_autoptr (GPtrArray) labels = app_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_label (g_ptr_array_index (labels, i)), text))
      return TRUE;

  return FALSE;
}

/* A run that was stopped in the middle of an epoch says so. */
static void
test_says_how_it_ended (void)
{
  AtelierHistory *history = atelier_trainer_get_history (app_get_trainer (window));
  guint n = app_get_n_epochs (window);
  g_autofree char *text =
    g_strdup_printf ("Trained %u epochs and a part of epoch %u", n, n + 1);

  if (atelier_history_get_n_batches (history)
      == n * atelier_history_get_batches_per_epoch (history))
    g_test_skip ("The run was stopped between two epochs");
  else
    app_wait_until (has_label (window, text));
}

static gboolean
has_origin (void)
{
  GtkWidget *label = app_find_titled (
    get_page (), GTK_TYPE_LABEL,
    "These curves are of Report 1, fully connected, on Sketched garments, seed 1.");

  return gtk_widget_get_visible (label);
}

/* The curves say whose they are while the sidebar is ahead of them. */
static void
test_curves_say_their_origin (void)
{
  set_number ("Seed", "2");
  g_assert_true (has_origin ());
  set_number ("Seed", "1");
  g_assert_false (has_origin ());
  app_activate (window, "win.network", "report-2");
  g_assert_true (has_origin ());
  app_activate (window, "win.network", "report-1");
  set_number ("Epochs", "200");
  g_assert_false (has_origin ());
}

static void
test_closing_unsaved_asks (void)
{
  gtk_window_close (GTK_WINDOW (window));
  app_wait_until (get_dialog ());
  app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Discard");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "cancel");
  gtk_window_destroy (get_dialog ());
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window)));
}

/* Another run begins at once, and what the last has learned can still be saved. */
static void
test_training_again_keeps_the_last (void)
{
  g_assert_false (app_is_action_enabled (window, "win", "save-last-model"));
  app_activate (window, "run.toggle", NULL);
  g_assert_cmpint (app_get_state (window), ==, ATELIER_TRAINER_RUNNING);
  g_assert_true (app_is_action_enabled (window, "win", "save-last-model"));
  app_wait_until (has_label (window, "The last run was not saved"));
  app_wait_until (atelier_trainer_get_model (app_get_trainer (window)));
  app_activate (window, "run.stop", NULL);
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_STOPPED);
}

static GtkFileChooser *
get_chooser (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (GTK_IS_FILE_CHOOSER (toplevel) && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return GTK_FILE_CHOOSER (toplevel);
    }

  return NULL;
}

/* It comes with a folder of its own, and not at once. */
static gboolean
has_folder (void)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (get_chooser ());

  return folder != NULL;
}

static gboolean
has_chosen (const char *path)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (get_chooser ());

  return file && g_str_equal (g_file_peek_path (file), path);
}

static void
answer_chooser (const char *dir,
                const char *name)
{
  g_autoptr (GFile) folder = g_file_new_for_path (dir);
  g_autofree char *path = g_build_filename (dir, name, NULL);

  app_wait_until (get_chooser ());
  app_wait_until (has_folder ());
  gtk_file_chooser_set_current_folder (get_chooser (), folder, NULL);
  gtk_file_chooser_set_current_name (get_chooser (), name);
  app_wait_until (has_chosen (path));
  gtk_dialog_response (GTK_DIALOG (get_chooser ()), GTK_RESPONSE_ACCEPT);
}

/* The run before, as the toast's button does, then the one on the screen, by a name without an
 * extension. */
static void
test_saves (void)
{
  g_autofree char *dir = g_dir_make_tmp ("atelier-window-XXXXXX", NULL);
  g_autofree char *last = g_build_filename (dir, "last.safetensors", NULL);
  g_autofree char *mine = g_build_filename (dir, "mine.safetensors", NULL);

#ifdef __SANITIZE_ADDRESS__
  /* It keeps what it knows of file types and cloud folders until the process ends. */
  g_test_skip ("GTK's file chooser leaks by design");
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  return;
#endif

  app_activate (window, "win.save-last-model", NULL);
  answer_chooser (dir, "last.safetensors");
  app_wait_until (!app_is_action_enabled (window, "win", "save-last-model"));
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));

  app_activate (window, "win.save-model", NULL);
  answer_chooser (dir, "mine");
  app_wait_until (g_file_test (mine, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_remove (last), ==, 0);
  g_assert_cmpint (g_remove (mine), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* A window that is closed in the middle of a run ends the worker thread and frees its parts. */
static void
test_closes_while_training (void)
{
  AtelierTrainer *trainer = g_object_ref (app_get_trainer (window));
  gpointer gone = window;

  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (window) >= 1);
  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  app_activate (window, "win.stop-and-close", NULL);

  g_assert_false (atelier_trainer_is_active (trainer));
  app_wait_until (gone == NULL);
  app_wait_until (G_OBJECT (trainer)->ref_count == 1);
  g_assert_finalize_object (trainer);
}

/* Closed with the dialog's button, which outlives the window by a moment. */
static void
test_stop_and_close (void)
{
  AtelierWindow *other = app_open_window ();
  gpointer gone = other;

  g_object_add_weak_pointer (G_OBJECT (other), &gone);
  app_activate (other, "win.network", "report-1");
  app_activate (other, "run.toggle", NULL);
  gtk_window_close (GTK_WINDOW (other));
  app_wait_until (get_dialog ());
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_dialog ())));
  app_click (app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Stop and Close"));

  app_wait_until (gone == NULL);
  app_wait_until (get_dialog () == NULL);
}

/* A window that goes while its data are on their way. */
static void
test_closes_while_loading (void)
{
  AtelierWindow *other = atelier_window_new (app_get ());
  gpointer gone = other;

  g_object_add_weak_pointer (G_OBJECT (other), &gone);
  atelier_session_load_data (atelier_window_get_session (other), "synthetic");
  gtk_window_destroy (GTK_WINDOW (other));
  app_wait_until (gone == NULL);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window/opens", test_opens);
  g_test_add_func ("/app/window/says-what-the-data-are", test_says_what_the_data_are);
  g_test_add_func ("/app/window/chooses-a-network", test_chooses_a_network);
  g_test_add_func ("/app/window/recipe-is-checked", test_recipe_is_checked);
  g_test_add_func ("/app/window/optimizer", test_optimizer);
  g_test_add_func ("/app/window/trains", test_trains);
  g_test_add_func ("/app/window/pauses-and-resumes", test_pauses_and_resumes);
  g_test_add_func ("/app/window/pause-again", test_pause_again);
  g_test_add_func ("/app/window/curves-are-described", test_curves_are_described);
  g_test_add_func ("/app/window/pages", test_pages);
  g_test_add_func ("/app/window/closing-asks", test_closing_asks);
  g_test_add_func ("/app/window/stops", test_stops);
  g_test_add_func ("/app/window/says-how-it-ended", test_says_how_it_ended);
  g_test_add_func ("/app/window/curves-say-their-origin", test_curves_say_their_origin);
  g_test_add_func ("/app/window/closing-unsaved-asks", test_closing_unsaved_asks);
  g_test_add_func ("/app/window/training-again-keeps-the-last", test_training_again_keeps_the_last);
  g_test_add_func ("/app/window/saves", test_saves);
  g_test_add_func ("/app/window/closes-while-training", test_closes_while_training);
  g_test_add_func ("/app/window/stop-and-close", test_stop_and_close);
  g_test_add_func ("/app/window/closes-while-loading", test_closes_while_loading);

  return g_test_run ();
}
