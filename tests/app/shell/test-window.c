/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's commands: open, train, pause, stop, save, close.  What is done with the mistakes of
 * a run is in test-window-mistakes.c.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "data/atelier-dataset-finder.h"
#include "file-dialog.h"
#include "idx-files.h"
#include "kit/atelier-number-row.h"
#include "model/atelier-model-file.h"
#include "window-fixture.h"

static GtkWidget *
get_run_button (WindowFixture *fixture,
                const char    *action_name)
{
  g_autoptr (GPtrArray) buttons = app_find_all (fixture->window, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_actionable_get_action_name (g_ptr_array_index (buttons, i)), action_name)
        == 0)
      return g_ptr_array_index (buttons, i);

  g_assert_not_reached ();
}

static const char *
get_toggle_label (WindowFixture *fixture)
{
  GtkButton *button = GTK_BUTTON (get_run_button (fixture, "run.toggle"));

  return adw_button_content_get_label (ADW_BUTTON_CONTENT (gtk_button_get_child (button)));
}

static void
assert_can_train (WindowFixture *fixture,
                  gboolean       can_train)
{
  g_assert_true (gtk_widget_get_sensitive (get_run_button (fixture, "run.toggle")) == can_train);
}

/* Before a run */

static void
test_opens (WindowFixture *fixture,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "Report 2, convolutional – Atelier");
  assert_can_train (fixture, TRUE);
  g_assert_false (gtk_widget_get_sensitive (get_run_button (fixture, "run.stop")));
  g_assert_false (app_is_action_enabled (fixture->window, "win", "save-model"));
  g_assert_cmpstr (get_toggle_label (fixture), ==, "_Train");
}

/* The sidebar says what the data are, and where to get Fashion-MNIST unless it is installed. */
static void
test_says_what_the_data_are (WindowFixture *fixture,
                             gconstpointer  data)
{
  AtelierDataset *dataset = app_get_dataset (fixture->window);
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  gboolean has_note = FALSE;
  gboolean has_fashion_mnist = FALSE;
  AdwActionRow *row;

  app_activate (fixture->window, "win.data", "synthetic");
  app_wait_until (app_get_dataset (fixture->window) != dataset);
  row = app_find_titled (fixture->page, ADW_TYPE_ACTION_ROW, "Sketched garments");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "10,000 + 2,000 + 2,000 pictures");

  labels = app_find_all (fixture->page, GTK_TYPE_LABEL);
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
test_chooses_a_network (WindowFixture *fixture,
                        gconstpointer  data)
{
  app_activate (fixture->window, "win.network", "report-1");

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==,
                   "Report 1, fully connected – Atelier");
  app_find_titled (fixture->page, GTK_TYPE_LABEL, "245,830 parameters · 245,472 multiply-adds");
}

/* Nothing can be trained with a number that is out of range. */
static void
test_recipe_is_checked (WindowFixture *fixture,
                        gconstpointer  data)
{
  GtkWidget *rate =
    app_find_titled (fixture->page, ATELIER_TYPE_NUMBER_ROW, "Learning rate");

  app_set_number (fixture->window, "Batch", "0");
  assert_can_train (fixture, FALSE);
  app_set_number (fixture->window, "Batch", "32");
  assert_can_train (fixture, TRUE);

  app_set_number (fixture->window, "Learning rate", "0");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (rate)), ==, "Above 0, at most 10");
  assert_can_train (fixture, FALSE);
  app_set_number (fixture->window, "Learning rate", "0.0001");
  assert_can_train (fixture, TRUE);
}

/* Only SGD has a momentum. */
static void
test_optimizer (WindowFixture *fixture,
                gconstpointer  data)
{
  AdwComboRow *row = app_find_titled (fixture->page, ADW_TYPE_COMBO_ROW, "Optimiser");
  GtkWidget *momentum = app_find_titled (fixture->page, ATELIER_TYPE_NUMBER_ROW, "Momentum");
  const AtelierRecipeValues *values;

  g_assert_false (gtk_widget_get_visible (momentum));
  adw_combo_row_set_selected (row, 1);
  g_assert_true (gtk_widget_get_visible (momentum));
  app_set_number (fixture->window, "Momentum", "1");
  assert_can_train (fixture, FALSE);
  app_set_number (fixture->window, "Momentum", "0.9");
  assert_can_train (fixture, TRUE);
  values = app_get_recipe_values (fixture->window);
  g_assert_cmpint (values->optimizer, ==, ATELIER_OPTIMIZER_SGD);
  g_assert_cmpfloat (values->momentum, ==, 0.9);

  adw_combo_row_set_selected (row, 0);
  values = app_get_recipe_values (fixture->window);
  g_assert_cmpint (values->optimizer, ==, ATELIER_OPTIMIZER_ADAM);
  g_assert_cmpfloat (values->momentum, ==, 0.0);
}

static void
test_pages (WindowFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (GVariant) state = NULL;

  app_activate (fixture->window, "win.page", "draw");
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (fixture->page)));
  app_activate (fixture->window, "win.page", "train");
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "page");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "train");
}

/* During a run */

static void
test_trains (WindowFixture *fixture,
             gconstpointer  data)
{
  app_set_number (fixture->window, "Epochs", "10000");
  app_click (get_run_button (fixture, "run.toggle"));

  g_assert_cmpint (app_get_state (fixture->window), ==, ATELIER_TRAINER_RUNNING);
  g_assert_cmpstr (get_toggle_label (fixture), ==, "_Pause");
  g_assert_true (gtk_widget_get_sensitive (get_run_button (fixture, "run.stop")));
  g_assert_false (app_is_action_enabled (fixture->window, "win", "data"));
  g_assert_false (gtk_widget_is_sensitive (
    app_find_titled (fixture->page, ATELIER_TYPE_NUMBER_ROW, "Batch")));

  app_wait_until (app_get_n_epochs (fixture->window) >= 2);
}

static void
test_pauses_and_resumes (WindowFixture *fixture,
                         gconstpointer  data)
{
  AtelierHistory *history = app_get_history (fixture->window);
  guint n_batches;

  app_click (get_run_button (fixture, "run.toggle"));
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_PAUSED);
  g_assert_cmpstr (get_toggle_label (fixture), ==, "_Resume");
  g_assert_true (app_is_action_enabled (fixture->window, "win", "save-model"));

  n_batches = atelier_history_get_n_batches (history);
  app_click (get_run_button (fixture, "run.toggle"));
  g_assert_cmpint (app_get_state (fixture->window), ==, ATELIER_TRAINER_RUNNING);
  app_wait_until (atelier_history_get_n_batches (history) > n_batches);
}

/* A paused run shows its newest epoch. */
static void
test_paused_shows_the_newest (WindowFixture *fixture,
                              gconstpointer  data)
{
  AtelierHistory *history = app_get_history (fixture->window);

  g_assert_true (atelier_focus_get_epoch_object (fixture->focus)
                 == atelier_history_get_epoch (history, app_get_n_epochs (fixture->window) - 1));
}

/* The description of every curve is the sentence below the curves. */
static void
test_curves_are_described (WindowFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr (GPtrArray) curves = app_find_all (fixture->page, g_type_from_name ("AtelierCurve"));
  g_autofree char *sentence = atelier_focus_describe_run (fixture->focus);

  g_assert_cmpuint (curves->len, ==, 2);
  app_find_titled (fixture->page, GTK_TYPE_LABEL, sentence);
  for (guint i = 0; i < curves->len; i++)
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (g_ptr_array_index (curves, i)),
                                         GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
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

/* Closing during a run asks first, and the answer "keep" keeps the run. */
static void
test_closing_asks (WindowFixture *fixture,
                   gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait_until (get_dialog ());
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "keep");
  gtk_window_destroy (get_dialog ());
  g_assert_cmpint (app_get_state (fixture->window), ==, ATELIER_TRAINER_RUNNING);
}

/* A run that ends while the window asks whether to stop it has nothing to stop any more. */
static void
test_question_follows_the_run (WindowFixture *fixture,
                               gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait_until (get_dialog ());
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Stop and Close");

  atelier_trainer_stop_and_wait (app_get_trainer (fixture->window));
  app_wait_until (get_dialog ());
  app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Discard");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "cancel");
  gtk_window_destroy (get_dialog ());
  g_assert_null (get_dialog ());
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
test_stops (WindowFixture *fixture,
            gconstpointer  data)
{
  app_click (get_run_button (fixture, "run.stop"));
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_STOPPED);
  g_assert_cmpstr (get_toggle_label (fixture), ==, "_Train");
  g_assert_true (app_is_action_enabled (fixture->window, "win", "data"));
  g_assert_true (app_is_action_enabled (fixture->window, "win", "save-model"));
}

/* The message about a run that was stopped inside an epoch names that epoch.  A run that is paused
 * there trains no further batch when it is stopped. */
static void
test_says_how_it_ended (WindowFixture *fixture,
                        gconstpointer  data)
{
  guint n = app_get_n_epochs (fixture->window);
  g_autofree char *text =
    g_strdup_printf ("Trained %u epochs and a part of epoch %u", n, n + 1);

  g_assert_false (app_has_label (fixture->window, text));
  app_click (get_run_button (fixture, "run.stop"));
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_STOPPED);
  app_wait_until (app_has_label (fixture->window, text));
}

/* Steps that are too small to change a weight bring no new best. */
static void
test_says_that_it_stopped_early (WindowFixture *fixture,
                                 gconstpointer  data)
{
  AtelierRecipeValues values = *app_get_recipe_values (fixture->window);
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.optimizer = ATELIER_OPTIMIZER_SGD;
  values.learning_rate = 1e-30;
  values.l2 = 0.0;
  values.n_epochs = 10;
  values.patience = 1;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (atelier_window_get_session (fixture->window), recipe);
  app_click (get_run_button (fixture, "run.toggle"));
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_COMPLETED);
  g_assert_cmpuint (app_get_n_epochs (fixture->window), ==, 2);
  app_wait_until (
    app_has_label (fixture->window, "Stopped early after 2 epochs; the best is epoch 1"));
}

/* After a run */

static gboolean
has_origin (WindowFixture *fixture)
{
  return app_has_label (fixture->page, "These curves are of");
}

/* The curves say which run they are of while the sidebar says something else. */
static void
test_curves_say_their_origin (WindowFixture *fixture,
                              gconstpointer  data)
{
  g_autofree char *n_epochs = g_strdup_printf ("%d", WINDOW_N_EPOCHS);

  app_set_number (fixture->window, "Seed", "2");
  g_assert_true (has_origin (fixture));
  app_set_number (fixture->window, "Seed", "1");
  g_assert_false (has_origin (fixture));
  app_activate (fixture->window, "win.network", "report-2");
  g_assert_true (has_origin (fixture));
  app_activate (fixture->window, "win.network", "report-1");
  app_set_number (fixture->window, "Learning rate", WINDOW_LEARNING_RATE);
  app_set_number (fixture->window, "Batch", WINDOW_BATCH);
  app_set_number (fixture->window, "Epochs", n_epochs);
  g_assert_false (has_origin (fixture));
}

static void
test_closing_unsaved_asks (WindowFixture *fixture,
                           gconstpointer  data)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait_until (get_dialog ());
  app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Discard");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (get_dialog ()), "cancel");
  gtk_window_destroy (get_dialog ());
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static GPtrArray *
find_messages (WindowFixture *fixture)
{
  return app_find_all (fixture->window, g_type_from_name ("AdwToastWidget"));
}

static guint
count_messages (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) messages = find_messages (fixture);

  return messages->len;
}

/* A button of the message on the screen: the first is its own, and the last closes it.  A message
 * that was dismissed is still there for a moment. */
static GtkWidget *
get_message_button (WindowFixture *fixture,
                    gboolean       closes)
{
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) buttons = NULL;

  app_wait_until (count_messages (fixture) == 1);
  messages = find_messages (fixture);
  buttons = app_find_all (g_ptr_array_index (messages, 0), GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 2);

  return g_ptr_array_index (buttons, closes ? 1 : 0);
}

/* The text of the label that begins with @start; NULL where there is none. */
static const char *
find_label (gpointer    root,
            const char *start)
{
  g_autoptr (GPtrArray) labels = app_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_has_prefix (gtk_label_get_label (g_ptr_array_index (labels, i)), start))
      return gtk_label_get_label (g_ptr_array_index (labels, i));

  return NULL;
}

static AtelierModel *
load_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model = atelier_model_file_load (path, &error);

  g_assert_no_error (error);

  return model;
}

#define KEPT "The last run was kept as "

/* Begins another run, and waits for the message about the run before. */
static const char *
train_again (WindowFixture *fixture)
{
  app_set_number (fixture->window, "Epochs", "10000");
  app_activate (fixture->window, "run.toggle", NULL);
  g_assert_cmpint (app_get_state (fixture->window), ==, ATELIER_TRAINER_RUNNING);
  /* The message about the run's end is shown first. */
  app_click (get_message_button (fixture, TRUE));
  app_wait_until (find_label (fixture->window, KEPT));

  return find_label (fixture->window, KEPT) + strlen (KEPT);
}

/* Another run begins at once, and the weights of the run before are in the state folder. */
static void
test_training_again_keeps_the_last (WindowFixture *fixture,
                                    gconstpointer  data)
{
  g_autofree char *name = g_strdup (train_again (fixture));
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "atelier", name, NULL);
  g_autoptr (AtelierModel) model = load_model (path);

  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==, WINDOW_N_EPOCHS);
}

static gboolean
has_file (const char *folder,
          const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (strstr (name, part) && g_str_has_suffix (name, ".safetensors"))
      return TRUE;

  return FALSE;
}

/* Where the state folder cannot be written, the message stays, and still has the weights. */
static void
test_says_what_was_not_kept (WindowFixture *fixture,
                             gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);

  /* Nothing more is written there when the last epoch was kept. */
  app_wait_until (has_file (folder, "-epoch-3-"));
  idx_files_remove_folder (folder);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  app_activate (fixture->window, "run.toggle", NULL);
  app_click (get_message_button (fixture, TRUE));
  app_wait_until (find_label (fixture->window, "The last run is not saved: "));
  app_find_titled (fixture->window, GTK_TYPE_BUTTON, "Save As…");
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

static void
assert_chooser_title (const char *title)
{
  app_wait_until (file_dialog_find ());
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (file_dialog_find ())), ==, title);
}

static void
save_as (const char *path)
{
  file_dialog_select (path);
  file_dialog_answer (TRUE);
}

/* The message about a run's end saves that run, even when another is on the screen. */
static void
test_messages_save_their_run (WindowFixture *fixture,
                              gconstpointer  data)
{
  g_autofree char *dir = g_build_filename (app_get_folder (), "messages", NULL);
  g_autofree char *ended = g_build_filename (dir, "ended.safetensors", NULL);
  g_autofree char *kept = g_build_filename (dir, "kept.safetensors", NULL);
  g_autoptr (AtelierModel) first = NULL;
  g_autoptr (AtelierModel) second = NULL;

  if (!file_dialog_can_be_shown ())
    return;

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  app_set_number (fixture->window, "Epochs", "10000");
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (fixture->window) > WINDOW_N_EPOCHS);

  app_click (get_message_button (fixture, FALSE));
  assert_chooser_title ("Save the Earlier Run’s Weights After Epoch 3");
  save_as (ended);
  app_wait_until (g_file_test (ended, G_FILE_TEST_EXISTS));
  first = load_model (ended);
  g_assert_cmpuint (atelier_model_get_n_epochs (first), ==, WINDOW_N_EPOCHS);

  app_wait_until (find_label (fixture->window, KEPT));
  app_click (get_message_button (fixture, FALSE));
  save_as (kept);
  app_wait_until (g_file_test (kept, G_FILE_TEST_EXISTS));
  second = load_model (kept);
  g_assert_cmpuint (atelier_model_get_n_epochs (second), ==, WINDOW_N_EPOCHS);
}

/* Whichever epoch is on the screen, the newest weights are saved, and the dialog says so.  A name
 * without an extension gets one. */
static void
test_saves (WindowFixture *fixture,
            gconstpointer  data)
{
  g_autofree char *dir = g_build_filename (app_get_folder (), "models", NULL);
  g_autofree char *bare = g_build_filename (dir, "mine", NULL);
  g_autofree char *mine = g_build_filename (dir, "mine.safetensors", NULL);

  if (!file_dialog_can_be_shown ())
    return;

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  atelier_focus_set_epoch (fixture->focus, 1);
  app_activate (fixture->window, "win.save-model", NULL);
  assert_chooser_title ("Save the Weights After Epoch 3, the Newest");
  save_as (bare);
  app_wait_until (g_file_test (mine, G_FILE_TEST_EXISTS));
}

/* Trains with steps that are so large that the best epoch is not the last. */
static void
train_restlessly (WindowFixture *fixture)
{
  AtelierRecipeValues values = *app_get_recipe_values (fixture->window);
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.learning_rate = 0.3;
  values.n_epochs = 6;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (atelier_window_get_session (fixture->window), recipe);
  window_train (fixture);
  g_assert_cmpint (atelier_history_get_best (app_get_history (fixture->window)), <, 5);
}

/* Borrowed; NULL where nothing is asked. */
static AdwMessageDialog *
find_question (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (toplevel) && gtk_widget_get_visible (GTK_WIDGET (toplevel)))
        return ADW_MESSAGE_DIALOG (toplevel);
    }

  return NULL;
}

/* Where the best epoch is not the newest, whose weights are saved is asked. */
static void
test_saves_best (WindowFixture *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (app_get_folder (), "best.safetensors", NULL);
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  g_autoptr (AtelierModel) model = NULL;
  AtelierModel *best;

  if (!file_dialog_can_be_shown ())
    return;

  train_restlessly (fixture);
  best = atelier_trainer_get_best_model (app_get_trainer (fixture->window));
  label = g_strdup_printf ("Best, epoch %u", atelier_model_get_n_epochs (best));
  title = g_strdup_printf ("Save the Weights of the Best Epoch, %u",
                           atelier_model_get_n_epochs (best));
  app_activate (fixture->window, "win.save-model", NULL);
  g_assert_nonnull (find_question ());
  gtk_check_button_set_active (app_find_titled (find_question (), GTK_TYPE_CHECK_BUTTON, label),
                               TRUE);
  adw_message_dialog_response (find_question (), "continue");
  assert_chooser_title (title);
  save_as (path);
  app_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  model = load_model (path);
  g_assert_cmpint (atelier_model_get_weights (model), ==, ATELIER_WEIGHTS_BEST);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==, atelier_model_get_n_epochs (best));
}

/* Nothing holds a run that another has taken the place of. */
static void
test_old_runs_go (WindowFixture *fixture,
                  gconstpointer  data)
{
  gpointer old[3];

  for (guint i_run = 0; i_run < 3; i_run++)
    {
      AtelierHistory *history = app_get_history (fixture->window);

      old[0] = history;
      old[1] = atelier_trainer_get_record (app_get_trainer (fixture->window));
      old[2] = atelier_history_get_epoch (history, 0);
      for (guint i = 0; i < G_N_ELEMENTS (old); i++)
        g_object_add_weak_pointer (old[i], &old[i]);
      window_train (fixture);
      app_wait_for_frame (GTK_WIDGET (fixture->window));
      for (guint i = 0; i < G_N_ELEMENTS (old); i++)
        app_wait_until (old[i] == NULL);
    }
}

/* Closing */

/* A window that is closed in the middle of a run ends the worker thread and frees its parts. */
static void
test_closes_while_training (WindowFixture *fixture,
                            gconstpointer  data)
{
  AtelierTrainer *trainer = g_object_ref (app_get_trainer (fixture->window));
  gpointer window = g_steal_pointer (&fixture->window);

  g_object_add_weak_pointer (window, &window);
  app_activate (window, "win.stop-and-close", NULL);

  g_assert_false (atelier_trainer_is_active (trainer));
  app_wait_until (window == NULL);
  app_wait_until (G_OBJECT (trainer)->ref_count == 1);
  g_assert_finalize_object (trainer);
}

/* The dialog whose button closes the window outlives it by a moment. */
static void
test_stop_and_close (WindowFixture *fixture,
                     gconstpointer  data)
{
  gpointer window = g_steal_pointer (&fixture->window);

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  app_wait_until (get_dialog ());
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (get_dialog ())));
  app_click (app_find_titled (get_dialog (), GTK_TYPE_BUTTON, "_Stop and Close"));

  app_wait_until (window == NULL);
  app_wait_until (get_dialog () == NULL);
}

/* A window can be closed while its data are loaded. */
static void
test_closes_while_loading (void)
{
  gpointer window = atelier_window_new (app_get ());

  g_object_add_weak_pointer (window, &window);
  atelier_session_load_data (atelier_window_get_session (window), "synthetic");
  gtk_window_destroy (window);
  app_wait_until (window == NULL);
}

#define ADD_TEST(path, start, function) WINDOW_ADD_TEST ("/app/window/" path, start, function)

/* Icons that GTK does not bring along are the program's own: not every theme has them. */
static void
test_icons_need_no_theme (WindowFixture *fixture,
                          gconstpointer  data)
{
  static const char *const nowhere[] = { NULL };
  static const char *const resources[] = {
    "/org/gtk/libgtk/icons", "/io/github/atelier_nn/Atelier/icons", NULL
  };
  g_autoptr (GtkIconTheme) theme = gtk_icon_theme_new ();
  g_autoptr (GPtrArray) images = app_find_all (fixture->window, GTK_TYPE_IMAGE);
  guint n_names = 0;

  gtk_icon_theme_set_theme_name (theme, "no-such-theme");
  gtk_icon_theme_set_search_path (theme, nowhere);
  gtk_icon_theme_set_resource_path (theme, resources);
  for (guint i = 0; i < images->len; i++)
    {
      const char *name = gtk_image_get_icon_name (images->pdata[i]);

      if (!name)
        continue;
      if (!gtk_icon_theme_has_icon (theme, name))
        g_error ("There may be no icon %s", name);
      n_names++;
    }
  g_assert_cmpuint (n_names, >, 20);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("opens", WINDOW_OPEN, test_opens);
  ADD_TEST ("says-what-the-data-are", WINDOW_OPEN, test_says_what_the_data_are);
  ADD_TEST ("chooses-a-network", WINDOW_OPEN, test_chooses_a_network);
  ADD_TEST ("recipe-is-checked", WINDOW_READY, test_recipe_is_checked);
  ADD_TEST ("optimizer", WINDOW_READY, test_optimizer);
  ADD_TEST ("pages", WINDOW_OPEN, test_pages);
  ADD_TEST ("trains", WINDOW_READY, test_trains);
  ADD_TEST ("pauses-and-resumes", WINDOW_RUNNING, test_pauses_and_resumes);
  ADD_TEST ("paused-shows-the-newest", WINDOW_PAUSED, test_paused_shows_the_newest);
  ADD_TEST ("curves-are-described", WINDOW_PAUSED, test_curves_are_described);
  ADD_TEST ("closing-asks", WINDOW_RUNNING, test_closing_asks);
  ADD_TEST ("question-follows-the-run", WINDOW_RUNNING, test_question_follows_the_run);
  ADD_TEST ("stops", WINDOW_RUNNING, test_stops);
  ADD_TEST ("says-how-it-ended", WINDOW_PAUSED, test_says_how_it_ended);
  ADD_TEST ("says-that-it-stopped-early", WINDOW_READY, test_says_that_it_stopped_early);
  ADD_TEST ("curves-say-their-origin", WINDOW_COMPLETED, test_curves_say_their_origin);
  ADD_TEST ("closing-unsaved-asks", WINDOW_COMPLETED, test_closing_unsaved_asks);
  ADD_TEST ("training-again-keeps-the-last", WINDOW_COMPLETED, test_training_again_keeps_the_last);
  ADD_TEST ("says-what-was-not-kept", WINDOW_COMPLETED, test_says_what_was_not_kept);
  ADD_TEST ("messages-save-their-run", WINDOW_COMPLETED, test_messages_save_their_run);
  ADD_TEST ("saves", WINDOW_COMPLETED, test_saves);
  ADD_TEST ("saves-best", WINDOW_READY, test_saves_best);
  ADD_TEST ("old-runs-go", WINDOW_COMPLETED, test_old_runs_go);
  ADD_TEST ("closes-while-training", WINDOW_RUNNING, test_closes_while_training);
  ADD_TEST ("stop-and-close", WINDOW_RUNNING, test_stop_and_close);
  g_test_add_func ("/app/window/closes-while-loading", test_closes_while_loading);
  WINDOW_ADD_TEST ("/app/window/icons-need-no-theme", WINDOW_OPEN, test_icons_need_no_theme);

  return g_test_run ();
}
