/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix with a real pointer and real keys, and the lock of the test set.  What the
 * gallery shows is always checked against the counts.
 */

#include "config.h"

#include "inference/atelier-predictor.h"
#include "mistakes/atelier-pair-button.h"
#include "mistakes/atelier-test-lock.h"
#include "pointer.h"
#include "results/atelier-test-looks.h"
#include "small-runs.h"
#include "window-fixture.h"

#define N_RESTLESS_EPOCHS 6
#define N_MANY 70 /* classes, more than are shown as cells */

static AtelierMatrixPanel *
get_panel (WindowFixture *fixture)
{
  return atelier_train_page_get_matrix_panel (fixture->page);
}

static guint
get_n_looks (WindowFixture *fixture)
{
  return atelier_history_get_n_test_looks (app_get_history (fixture->window));
}

static const char * const *
get_names (WindowFixture *fixture)
{
  return atelier_dataset_get_class_names (atelier_focus_get_dataset (fixture->focus));
}

/* The message about the end of the run lies over the panel's lower edge for some seconds.  The
 * pointer goes through it. */
static void
ignore_toasts (WindowFixture *fixture)
{
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts = type ? app_find_all (fixture->window, type) : NULL;

  for (guint i = 0; toasts && i < toasts->len; i++)
    gtk_widget_set_can_target (g_ptr_array_index (toasts, i), FALSE);
}

/* A real click in the middle of a widget, once the window is laid out. */
static void
click (WindowFixture *fixture,
       gpointer       widget)
{
  ignore_toasts (fixture);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  pointer_put (widget, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  pointer_do (GTK_WIDGET (fixture->window), "click 1");
}

static gboolean
has_selection (WindowFixture          *fixture,
               const AtelierSelection *selection)
{
  return atelier_selection_equal (atelier_focus_get_selection (fixture->focus), selection);
}

/* The gallery lists as many pictures as the matrix counts; each of them is of the selection's
 * classes by the data set's own labels and by the predictions. */
static void
assert_gallery (WindowFixture          *fixture,
                const AtelierSelection *selection)
{
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (fixture->page));
  AtelierPredictions *predictions = atelier_focus_get_predictions (fixture->focus);
  AtelierDataset *dataset = atelier_focus_get_dataset (fixture->focus);
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  guint n;

  app_wait_until (has_selection (fixture, selection));
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  g_assert_cmpuint (n, ==, atelier_selection_count (selection, confusion));
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      guint picture = atelier_picture_list_get_picture (list, i);
      guint i_prediction;

      g_assert_true (atelier_predictions_find (predictions, picture, &i_prediction));
      g_assert_true (atelier_selection_has (selection,
                                            atelier_dataset_get_label (dataset, picture),
                                            atelier_predictions_get_class (predictions,
                                                                           i_prediction)));
    }
}

static AtelierSelection
get_worst_cell (WindowFixture *fixture)
{
  AtelierConfusedPair pair;

  g_assert_cmpuint (
    atelier_confusion_get_worst_pairs (atelier_focus_get_confusion (fixture->focus), &pair, 1), ==,
    1);

  return (AtelierSelection) { ATELIER_SELECT_CELL, pair.truth, pair.prediction };
}

static AtelierMatrixCell *
get_cell (WindowFixture          *fixture,
          const AtelierSelection *selection)
{
  AtelierMatrixGrid *grid = atelier_matrix_panel_get_grid (get_panel (fixture));

  return atelier_matrix_grid_get_cell (grid, selection);
}

static void
click_cells (WindowFixture *fixture)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 6 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 4 };
  const AtelierSelection worst = get_worst_cell (fixture);

  click (fixture, get_cell (fixture, &row));
  assert_gallery (fixture, &row);
  click (fixture, get_cell (fixture, &column));
  assert_gallery (fixture, &column);
  click (fixture, get_cell (fixture, &worst));
  assert_gallery (fixture, &worst);
}

/* The label below the heading, which says what is counted. */
static gboolean
has_label (WindowFixture *fixture,
           const char    *part)
{
  g_autoptr (GPtrArray) labels = app_find_all (get_panel (fixture), GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), part))
      return TRUE;

  return FALSE;
}

static const char *
get_visible_page (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) stacks = app_find_all (get_panel (fixture), GTK_TYPE_STACK);

  for (guint i = 0; i < stacks->len; i++)
    if (gtk_stack_get_child_by_name (g_ptr_array_index (stacks, i), "matrix"))
      return gtk_stack_get_visible_child_name (g_ptr_array_index (stacks, i));

  g_assert_not_reached ();
}

static AtelierTestLock *
get_lock (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) locks = app_find_all (get_panel (fixture), ATELIER_TYPE_TEST_LOCK);

  g_assert_cmpuint (locks->len, ==, 1);

  return g_ptr_array_index (locks, 0);
}

static GtkDropDown *
get_weights_choice (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) choices = app_find_all (get_lock (fixture), GTK_TYPE_DROP_DOWN);

  g_assert_cmpuint (choices->len, ==, 1);

  return g_ptr_array_index (choices, 0);
}

static void
assert_choice (GtkDropDown *choice,
               guint        i,
               const char  *expected)
{
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (choice));

  g_assert_cmpstr (gtk_string_list_get_string (names, i), ==, expected);
}

/* Looks at the test set. */
static void
look (WindowFixture *fixture)
{
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  app_activate (get_lock (fixture), "test.look", NULL);
  app_wait_until (get_n_looks (fixture) == 1);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
}

static void
test_shows_the_newest (WindowFixture *fixture,
                       gconstpointer  data)
{
  g_assert_cmpstr (get_visible_page (fixture), ==, "matrix");
  g_assert_true (has_label (fixture, "Validation, epoch 3"));
}

static void
test_clicks_in_validation (WindowFixture *fixture,
                           gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  click_cells (fixture);
}

/* A picture's place in the sample is not its place in the split: the gallery looks it up. */
static void
test_clicks_in_training (WindowFixture *fixture,
                         gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TRAIN);
  g_assert_true (has_label (fixture, "Training, a sample of 5,000, epoch 1"));
  click_cells (fixture);
}

static void
test_pair_opens_its_cell (WindowFixture *fixture,
                          gconstpointer  data)
{
  const AtelierSelection worst = get_worst_cell (fixture);
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 0 };
  g_autoptr (GPtrArray) buttons = app_find_all (get_panel (fixture), ATELIER_TYPE_PAIR_BUTTON);
  g_autofree char *words = NULL;

  if (!pointer_can_be_moved ())
    return;

  words = g_strdup_printf ("%s called %s %u", get_names (fixture)[worst.truth],
                           get_names (fixture)[worst.prediction],
                           atelier_selection_count (&worst,
                                                    atelier_focus_get_confusion (fixture->focus)));
  g_assert_cmpuint (buttons->len, ==, 3);
  g_assert_cmpstr (atelier_pair_button_get_text (g_ptr_array_index (buttons, 0)), ==, words);

  atelier_focus_set_selection (fixture->focus, &row);
  click (fixture, g_ptr_array_index (buttons, 0));
  assert_gallery (fixture, &worst);
}

static void
test_all_mistakes (WindowFixture *fixture,
                   gconstpointer  data)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };

  if (!pointer_can_be_moved ())
    return;

  click (fixture, app_find_titled (get_panel (fixture), GTK_TYPE_TOGGLE_BUTTON, "All Mistakes"));
  assert_gallery (fixture, &mistakes);
}

/* Arrow keys go to the names and back to a cell, and Enter and Space choose each. */
static void
test_keyboard (WindowFixture *fixture,
               gconstpointer  data)
{
  const AtelierSelection first = { ATELIER_SELECT_CELL, 0, 0 };
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 0 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 0 };

  if (!pointer_can_be_moved ())
    return;

  gtk_widget_grab_focus (GTK_WIDGET (get_cell (fixture, &first)));
  pointer_do (GTK_WIDGET (fixture->window), "key Left Return");
  app_wait_until (has_selection (fixture, &row));
  pointer_do (GTK_WIDGET (fixture->window), "key Right Up Return");
  app_wait_until (has_selection (fixture, &column));
  pointer_do (GTK_WIDGET (fixture->window), "key Down space");
  assert_gallery (fixture, &first);
}

/* What is chosen in the table of classes is chosen in the matrix, and the other way round. */
static void
test_classes (WindowFixture *fixture,
              gconstpointer  data)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 3 };
  g_autoptr (GPtrArray) views = NULL;
  GtkSelectionModel *model;

  g_object_set (get_panel (fixture), "show-classes", TRUE, NULL);
  g_assert_cmpstr (get_visible_page (fixture), ==, "classes");

  views =
    app_find_all (atelier_matrix_panel_get_class_table (get_panel (fixture)), GTK_TYPE_COLUMN_VIEW);
  model = gtk_column_view_get_model (g_ptr_array_index (views, 0));
  gtk_selection_model_select_item (model, row.truth, TRUE);
  assert_gallery (fixture, &row);

  g_object_set (get_panel (fixture), "show-classes", FALSE, NULL);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_cell (fixture, &row)), "selected"));
}

/* The test set is chosen, and nothing is known of it. */
static void
assert_locked (WindowFixture *fixture)
{
  g_assert_cmpstr (get_visible_page (fixture), ==, "test");
  g_assert_null (atelier_focus_get_predictions (fixture->focus));
  g_assert_null (atelier_focus_get_test (fixture->focus, NULL, NULL));
  g_assert_cmpuint (get_n_looks (fixture), ==, 0);
  g_assert_true (has_label (fixture, "The Test Set Is Locked"));
  g_assert_true (has_label (fixture, "Nobody has looked at it in this run."));
  g_assert_false (has_label (fixture, "% right"));
}

static void
test_lock (WindowFixture *fixture,
           gconstpointer  data)
{
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  assert_locked (fixture);
}

static gboolean
is_looking (AtelierTestLock *lock)
{
  gboolean is_looking;

  g_object_get (lock, "is-looking", &is_looking, NULL);

  return is_looking;
}

/* A look that is cancelled shows nothing and does not count. */
static void
test_cancelled_look (WindowFixture *fixture,
                     gconstpointer  data)
{
  const char *sha256 = atelier_dataset_get_sha256 (atelier_focus_get_dataset (fixture->focus));
  guint n_before = atelier_test_looks_count (sha256);

  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  app_activate (get_lock (fixture), "test.look", NULL);
  g_assert_true (is_looking (get_lock (fixture)));
  app_activate (get_lock (fixture), "test.cancel", NULL);
  g_assert_false (is_looking (get_lock (fixture)));

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (get_n_looks (fixture), ==, 0);
  g_assert_cmpuint (atelier_test_looks_count (sha256), ==, n_before);
  g_assert_cmpstr (get_visible_page (fixture), ==, "test");
}

static void
test_look (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *figures = NULL;
  const AtelierTestLook *first;

  if (!pointer_can_be_moved ())
    return;

  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  click (fixture, app_find_titled (get_lock (fixture), GTK_TYPE_BUTTON, "Look at the Test Set"));
  app_wait_until (get_n_looks (fixture) == 1);
  app_wait_for_frame (GTK_WIDGET (fixture->window));

  expected =
    atelier_evaluate (atelier_trainer_get_epoch_model (app_get_trainer (fixture->window)),
                      atelier_focus_get_splits (fixture->focus), ATELIER_SPLIT_TEST, FALSE, 1,
                      NULL, &error);
  g_assert_no_error (error);
  first = atelier_history_get_test_look (app_get_history (fixture->window), 0);
  g_assert_cmpuint (first->epoch, ==, WINDOW_N_EPOCHS);
  g_assert_cmpfloat (first->loss, ==, expected->loss);
  g_assert_cmpfloat (first->accuracy, ==, expected->accuracy);

  figures = g_strdup_printf ("Test, newest, epoch 3 · %.1f %% right · loss %.3f · looked at",
                             100.0 * expected->accuracy, expected->loss);
  g_assert_true (has_label (fixture, figures));
  g_assert_cmpstr (get_visible_page (fixture), ==, "matrix");
}

/* Trains with steps that are so large that the best epoch is not the last. */
static void
train_restlessly (WindowFixture *fixture)
{
  AtelierSession *session = atelier_window_get_session (fixture->window);
  AtelierRecipeValues values = *app_get_recipe_values (fixture->window);
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierHistory *history;

  values.learning_rate = 0.3;
  values.n_epochs = N_RESTLESS_EPOCHS;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (session, recipe);
  window_train (fixture);
  history = app_get_history (fixture->window);
  g_assert_cmpint (atelier_history_get_best (history), <, N_RESTLESS_EPOCHS - 1);
}

/* The best epoch's weights can be measured instead of the newest, and the look says so. */
static void
test_look_at_best (WindowFixture *fixture,
                   gconstpointer  data)
{
  AtelierTestLook first, second;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  GtkDropDown *choice;
  guint best;

  train_restlessly (fixture);
  best = 1 + (guint) atelier_history_get_best (app_get_history (fixture->window));
  name = g_strdup_printf ("best, epoch %u", best);
  title = g_strdup_printf ("Test, %s · ", name);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  choice = get_weights_choice (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (choice)));
  assert_choice (choice, 0, "newest, epoch 6");
  assert_choice (choice, 1, name);

  gtk_drop_down_set_selected (choice, 1);
  look (fixture);
  first = *atelier_history_get_test_look (app_get_history (fixture->window), 0);
  g_assert_cmpuint (first.epoch, ==, best);
  g_assert_cmpint (first.weights, ==, ATELIER_WEIGHTS_BEST);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, best);
  g_assert_true (has_label (fixture, title));

  /* Another choice, another look. */
  atelier_focus_set_epoch (fixture->focus, N_RESTLESS_EPOCHS);
  gtk_drop_down_set_selected (choice, 0);
  app_activate (get_lock (fixture), "test.look", NULL);
  app_wait_until (get_n_looks (fixture) == 2);
  second = *atelier_history_get_test_look (app_get_history (fixture->window), 1);
  g_assert_cmpint (second.weights, ==, ATELIER_WEIGHTS_NEWEST);
  g_assert_cmpfloat (second.loss, !=, first.loss);
}

/* Where the newest epoch is the best, nothing is asked. */
static void
test_one_choice (WindowFixture *fixture,
                 gconstpointer  data)
{
  AtelierHistory *history = app_get_history (fixture->window);

  g_assert_cmpint (atelier_history_get_best (history), ==, WINDOW_N_EPOCHS - 1);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_weights_choice (fixture))));
  g_assert_true (has_label (fixture, "Measures the weights after epoch 3, the newest."));
}

static void
test_clicks_in_test (WindowFixture *fixture,
                     gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  look (fixture);
  click_cells (fixture);
}

/* The figures are of one epoch's weights, and are not shown for another epoch. */
static void
test_looked_at_another_epoch (WindowFixture *fixture,
                              gconstpointer  data)
{
  if (!pointer_can_be_moved ())
    return;

  look (fixture);
  atelier_focus_set_epoch (fixture->focus, 1);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (get_visible_page (fixture), ==, "test");
  g_assert_true (has_label (fixture, "The Test Set Was Looked At"));
  g_assert_true (has_label (fixture, "Looked at once in this run."));
  g_assert_false (has_label (fixture, "% right"));

  click (fixture, app_find_titled (get_lock (fixture), GTK_TYPE_BUTTON,
                                   "Show epoch 3, which was looked at"));
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, WINDOW_N_EPOCHS);
  g_assert_cmpstr (get_visible_page (fixture), ==, "matrix");

  /* The same weights would give the same figures, so that there is no second look. */
  app_activate (get_lock (fixture), "test.look", NULL);
  g_assert_false (is_looking (get_lock (fixture)));
}

/* Whoever chooses among runs by test figures uses up the test set as well, so each look counts over
 * all runs.  The tests of this file share the pictures. */
static void
test_counts_over_all_runs (WindowFixture *fixture,
                           gconstpointer  data)
{
  const char *sha256 = atelier_dataset_get_sha256 (atelier_focus_get_dataset (fixture->focus));
  guint n_before = atelier_test_looks_count (sha256);
  g_autofree char *in_title = NULL;
  g_autofree char *in_lock = NULL;

  look (fixture);
  g_assert_cmpuint (atelier_test_looks_count (sha256), ==, n_before + 1);
  window_train (fixture);
  look (fixture);
  g_assert_cmpuint (atelier_test_looks_count (sha256), ==, n_before + 2);
  in_title = g_strdup_printf (" · looked at %u times, over all runs", n_before + 2);
  g_assert_true (has_label (fixture, in_title));

  window_train (fixture);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  assert_locked (fixture);
  in_lock = g_strdup_printf ("Looked at %u times over all runs.", n_before + 2);
  g_assert_true (has_label (fixture, in_lock));
}

/* Another run begins locked. */
static void
test_locked_again (WindowFixture *fixture,
                   gconstpointer  data)
{
  look (fixture);
  window_train (fixture);
  g_assert_cmpint (atelier_focus_get_split (fixture->focus), ==, ATELIER_SPLIT_VALIDATION);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  assert_locked (fixture);
}

static double
get_last_loss (WindowFixture *fixture)
{
  return atelier_history_get_figures (app_get_history (fixture->window), WINDOW_N_EPOCHS - 1)
    ->validation_loss;
}

/* A look during a run counts, stays on the screen, and changes no weight. */
static void
test_look_while_training (WindowFixture *fixture,
                          gconstpointer  data)
{
  AtelierTrainer *trainer = app_get_trainer (fixture->window);
  double undisturbed = get_last_loss (fixture);

  app_set_number (fixture->window, "Epochs", "10000");
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_epoch_model (trainer) != NULL);
  look (fixture);
  g_assert_cmpstr (get_visible_page (fixture), ==, "matrix");
  g_assert_false (atelier_focus_get_live (fixture->focus));

  app_wait_until (app_get_n_epochs (fixture->window) >= WINDOW_N_EPOCHS);
  g_assert_cmpfloat (get_last_loss (fixture), ==, undisturbed);
}

/* A look ends with the window. */
static void
test_closes_while_looking (WindowFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr (AtelierHistory) history = g_object_ref (app_get_history (fixture->window));

  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  app_activate (get_lock (fixture), "test.look", NULL);
  g_assert_true (is_looking (get_lock (fixture)));
  app_close_window (g_steal_pointer (&fixture->window));

  g_assert_cmpuint (atelier_history_get_n_test_looks (history), ==, 0);
}

/* With more classes than cells the panel says the most confused pairs in words, and has the table
 * for the rest. */

static AtelierDataset *
new_large_dataset (void)
{
  const char *names[N_MANY + 1] = { NULL };
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  guint8 labels[N_MANY];
  g_autoptr (GBytes) images = g_bytes_new_take (g_malloc0 (N_MANY), N_MANY);
  g_autoptr (GBytes) label_bytes = NULL;
  g_autoptr (GError) error = NULL;
  AtelierDataset *dataset;

  for (guint i = 0; i < N_MANY; i++)
    {
      names[i] = g_strdup_printf ("kind %u", i);
      g_ptr_array_add (held, (gpointer) names[i]);
      labels[i] = (guint8) i;
    }
  label_bytes = g_bytes_new (labels, N_MANY);
  dataset = atelier_dataset_new (&(AtelierDatasetParts) {
                                   .id = "kinds", .name = "Kinds", .source = "made here",
                                   .height = 1, .width = 1, .channels = 1,
                                   .class_names = names, .n_validation = N_MANY / 2,
                                   .train_images = images, .train_labels = label_bytes,
                                   .test_images = images, .test_labels = label_bytes },
                                 &error);
  g_assert_no_error (error);

  return dataset;
}

/* Every picture is called class 0. */
static AtelierHistory *
new_large_history (void)
{
  const AtelierEpochFigures figures = { .epoch = 1, .loss = 1.0, .validation_loss = 1.0 };
  g_autofree float *scores = g_new0 (float, N_MANY * N_MANY);
  guint8 labels[N_MANY];
  g_autoptr (AtelierPredictions) predictions = NULL;
  g_autoptr (AtelierEpoch) epoch = NULL;
  AtelierHistory *history = atelier_history_new (1, 1);

  for (guint i = 0; i < N_MANY; i++)
    {
      scores[i * N_MANY] = 1.0f;
      labels[i] = (guint8) i;
    }
  predictions = atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, N_MANY, N_MANY);
  epoch = atelier_epoch_new (&figures, predictions, NULL);
  atelier_history_append_epoch (history, epoch);

  return history;
}

static void
test_many_classes (void)
{
  g_autoptr (AtelierDataset) dataset = new_large_dataset ();
  g_autoptr (AtelierHistory) history = new_large_history ();
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierRunRecord) record = record_of (history, splits);
  g_autoptr (AtelierFocus) focus = atelier_focus_new ();
  AtelierMatrixPanel *panel =
    g_object_ref_sink (g_object_new (ATELIER_TYPE_MATRIX_PANEL, NULL));
  g_autoptr (GPtrArray) inscriptions = app_find_all (panel, GTK_TYPE_INSCRIPTION);
  g_autoptr (GPtrArray) buttons = app_find_all (panel, ATELIER_TYPE_PAIR_BUTTON);
  GListModel *rows = atelier_class_table_get_rows (atelier_matrix_panel_get_class_table (panel));

  atelier_matrix_panel_set_focus (panel, focus);
  atelier_focus_set_run (focus, record, splits);
  g_assert_nonnull (strstr (gtk_inscription_get_text (g_ptr_array_index (inscriptions, 0)),
                            "too many classes"));
  g_assert_cmpstr (atelier_pair_button_get_text (g_ptr_array_index (buttons, 0)), ==,
                   "kind 1 called kind 0 1");

  g_object_set (panel, "show-classes", TRUE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, N_MANY);
  g_assert_finalize_object (panel);
}

#define ADD_TEST(path, start, function) \
  WINDOW_ADD_TEST ("/app/matrix-panel/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("shows-the-newest", WINDOW_COMPLETED, test_shows_the_newest);
  ADD_TEST ("clicks-in-validation", WINDOW_COMPLETED, test_clicks_in_validation);
  ADD_TEST ("clicks-in-training", WINDOW_MANY_PICTURES, test_clicks_in_training);
  ADD_TEST ("pair-opens-its-cell", WINDOW_COMPLETED, test_pair_opens_its_cell);
  ADD_TEST ("all-mistakes", WINDOW_COMPLETED, test_all_mistakes);
  ADD_TEST ("keyboard", WINDOW_COMPLETED, test_keyboard);
  ADD_TEST ("classes", WINDOW_COMPLETED, test_classes);
  ADD_TEST ("lock", WINDOW_COMPLETED, test_lock);
  ADD_TEST ("cancelled-look", WINDOW_COMPLETED, test_cancelled_look);
  ADD_TEST ("look", WINDOW_COMPLETED, test_look);
  ADD_TEST ("clicks-in-test", WINDOW_COMPLETED, test_clicks_in_test);
  ADD_TEST ("look-at-best", WINDOW_READY, test_look_at_best);
  ADD_TEST ("one-choice", WINDOW_COMPLETED, test_one_choice);
  ADD_TEST ("looked-at-another-epoch", WINDOW_COMPLETED, test_looked_at_another_epoch);
  ADD_TEST ("counts-over-all-runs", WINDOW_COMPLETED, test_counts_over_all_runs);
  ADD_TEST ("locked-again", WINDOW_COMPLETED, test_locked_again);
  ADD_TEST ("look-while-training", WINDOW_COMPLETED, test_look_while_training);
  ADD_TEST ("closes-while-looking", WINDOW_RUNNING, test_closes_while_looking);
  g_test_add_func ("/app/matrix-panel/many-classes", test_many_classes);

  return g_test_run ();
}
