/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was taken for whom, asked with a real pointer and real keys, and the test set's lock.
 *
 * The tests share one window with one trained network and are told in order; each leaves the window
 * as the next expects it.  What the gallery shows is always checked against the counts.
 */

#include "config.h"

#include "app-window.h"
#include "inference/atelier-predictor.h"
#include "kit/atelier-number-row.h"
#include "mistakes/atelier-pair-button.h"
#include "mistakes/atelier-test-lock.h"
#include "pointer.h"
#include "small-runs.h"

#define N_EPOCHS 2
#define N_MANY 70 /* classes, more than are shown as cells */

static AtelierWindow *window; /* Owned by GTK until it is closed */

static AtelierTrainPage *
get_page (void)
{
  return app_get_train_page (window);
}

static AtelierFocus *
get_focus (void)
{
  return atelier_train_page_get_focus (get_page ());
}

static AtelierMatrixPanel *
get_panel (void)
{
  return atelier_train_page_get_matrix_panel (get_page ());
}

static AtelierHistory *
get_history (void)
{
  return atelier_trainer_get_history (app_get_trainer (window));
}

static const char * const *
get_names (void)
{
  return atelier_dataset_get_class_names (atelier_focus_get_dataset (get_focus ()));
}

static gboolean
is_trained (void)
{
  return atelier_trainer_get_state (app_get_trainer (window))
         == ATELIER_TRAINER_COMPLETED;
}

/* A real click in the middle, once everything stands where it will. */
static void
click (gpointer widget)
{
  g_autofree char *place = NULL;

  app_wait_for_frame (GTK_WIDGET (window));
  place = pointer_format_place (widget, gtk_widget_get_width (widget) / 2.0,
                                gtk_widget_get_height (widget) / 2.0);
  pointer_do (GTK_WIDGET (window), place);
  pointer_do (GTK_WIDGET (window), "click 1");
}

static gboolean
has_selection (const AtelierSelection *selection)
{
  return atelier_selection_equal (atelier_focus_get_selection (get_focus ()), selection);
}

/* As many pictures as were counted; each of them is of the selection's classes by the data set's
 * own labels and by what was predicted. */
static void
assert_gallery (const AtelierSelection *selection)
{
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (get_page ()));
  AtelierPredictions *predictions = atelier_focus_get_predictions (get_focus ());
  AtelierDataset *dataset = atelier_focus_get_dataset (get_focus ());
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  guint n;

  app_wait_until (has_selection (selection));
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
get_worst_cell (void)
{
  AtelierConfusedPair pair;

  g_assert_cmpuint (
    atelier_confusion_get_worst_pairs (atelier_focus_get_confusion (get_focus ()), &pair, 1), ==,
    1);

  return (AtelierSelection) { ATELIER_SELECT_CELL, pair.truth, pair.prediction };
}

static AtelierMatrixCell *
get_cell (const AtelierSelection *selection)
{
  return atelier_matrix_grid_get_cell (atelier_matrix_panel_get_grid (get_panel ()), selection);
}

static void
click_cells (void)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 6 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 4 };
  const AtelierSelection worst = get_worst_cell ();

  click (get_cell (&row));
  assert_gallery (&row);
  click (get_cell (&column));
  assert_gallery (&column);
  click (get_cell (&worst));
  assert_gallery (&worst);
}

/* The label below the heading, which says what is counted. */
static gboolean
has_label (const char *part)
{
  g_autoptr (GPtrArray) labels = app_find_all (get_panel (), GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), part))
      return TRUE;

  return FALSE;
}

static const char *
get_visible_page (void)
{
  g_autoptr (GPtrArray) stacks = app_find_all (get_panel (), GTK_TYPE_STACK);

  for (guint i = 0; i < stacks->len; i++)
    if (gtk_stack_get_child_by_name (g_ptr_array_index (stacks, i), "matrix"))
      return gtk_stack_get_visible_child_name (g_ptr_array_index (stacks, i));

  g_assert_not_reached ();
}

/* The toast that says that training is over, and lies over the panel's lower edge. */
static gboolean
has_toast (void)
{
  GType type = g_type_from_name ("AdwToastWidget");
  g_autoptr (GPtrArray) toasts = type ? app_find_all (window, type) : NULL;

  return toasts && toasts->len > 0;
}

static void
test_trains (void)
{
  AtelierNumberRow *row;

  window = app_open_window ();
  app_activate (window, "win.network", "report-1");
  row = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, "Epochs");
  atelier_number_row_set_text (row, G_STRINGIFY (N_EPOCHS));
  app_activate (window, "run.toggle", NULL);
  app_wait_until (is_trained ());
  app_wait_until (!has_toast ());
  app_wait_for_frame (GTK_WIDGET (window));

  g_assert_cmpstr (get_visible_page (), ==, "matrix");
  g_assert_true (has_label ("Validation, epoch 2"));
}

static void
test_clicks_in_validation (void)
{
  if (!pointer_can_be_moved ())
    return;

  click_cells ();
}

/* The sample's positions are not the split's: the gallery goes through the index. */
static void
test_clicks_in_training (void)
{
  if (!pointer_can_be_moved ())
    return;

  atelier_focus_set_split (get_focus (), ATELIER_SPLIT_TRAIN);
  g_assert_true (has_label ("Training, a sample of 5,000, epoch 2"));
  click_cells ();
  atelier_focus_set_split (get_focus (), ATELIER_SPLIT_VALIDATION);
}

static void
test_pair_opens_its_cell (void)
{
  const AtelierSelection worst = get_worst_cell ();
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 0 };
  g_autoptr (GPtrArray) buttons = app_find_all (get_panel (), ATELIER_TYPE_PAIR_BUTTON);
  g_autofree char *words = NULL;

  if (!pointer_can_be_moved ())
    return;

  words = g_strdup_printf ("%s called %s %u", get_names ()[worst.truth],
                           get_names ()[worst.prediction],
                           atelier_selection_count (&worst,
                                                    atelier_focus_get_confusion (get_focus ())));
  g_assert_cmpuint (buttons->len, ==, 3);
  g_assert_cmpstr (atelier_pair_button_get_text (g_ptr_array_index (buttons, 0)), ==, words);

  atelier_focus_set_selection (get_focus (), &row);
  click (g_ptr_array_index (buttons, 0));
  assert_gallery (&worst);
}

static void
test_all_mistakes (void)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };

  if (!pointer_can_be_moved ())
    return;

  click (app_find_titled (get_panel (), GTK_TYPE_TOGGLE_BUTTON, "All mistakes"));
  assert_gallery (&mistakes);
}

/* Arrows to the names and back to a cell, Enter on each: what a pointer can, keys can. */
static void
test_keyboard (void)
{
  const AtelierSelection first = { ATELIER_SELECT_CELL, 0, 0 };
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 0 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 0 };

  if (!pointer_can_be_moved ())
    return;

  gtk_widget_grab_focus (GTK_WIDGET (get_cell (&first)));
  pointer_do (GTK_WIDGET (window), "key Left Return");
  app_wait_until (has_selection (&row));
  pointer_do (GTK_WIDGET (window), "key Right Up Return");
  app_wait_until (has_selection (&column));
  pointer_do (GTK_WIDGET (window), "key Down space");
  assert_gallery (&first);
}

/* What is chosen in the table of classes is chosen in the matrix, and the other way round. */
static void
test_classes (void)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 3 };
  g_autoptr (GPtrArray) views = NULL;
  GtkSelectionModel *model;

  g_object_set (get_panel (), "show-classes", TRUE, NULL);
  g_assert_cmpstr (get_visible_page (), ==, "classes");

  views = app_find_all (atelier_matrix_panel_get_class_table (get_panel ()), GTK_TYPE_COLUMN_VIEW);
  model = gtk_column_view_get_model (g_ptr_array_index (views, 0));
  gtk_selection_model_select_item (model, row.truth, TRUE);
  assert_gallery (&row);

  g_object_set (get_panel (), "show-classes", FALSE, NULL);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_cell (&row)), "selected"));
}

/* Nothing of the test set is known, let alone shown, before somebody asks. */
static void
test_lock (void)
{
  atelier_focus_set_split (get_focus (), ATELIER_SPLIT_TEST);

  g_assert_cmpstr (get_visible_page (), ==, "test");
  g_assert_null (atelier_focus_get_predictions (get_focus ()));
  g_assert_null (atelier_focus_get_test (get_focus (), NULL, NULL));
  g_assert_cmpuint (atelier_history_get_n_test_looks (get_history ()), ==, 0);
  g_assert_true (has_label ("The test set is locked"));
  g_assert_true (has_label ("Nobody has looked at it in this run."));
  g_assert_false (has_label ("% right"));
}

static gboolean
is_looking (AtelierTestLock *lock)
{
  gboolean is_looking;

  g_object_get (lock, "is-looking", &is_looking, NULL);

  return is_looking;
}

static AtelierTestLock *
get_lock (void)
{
  g_autoptr (GPtrArray) locks = app_find_all (get_panel (), ATELIER_TYPE_TEST_LOCK);

  g_assert_cmpuint (locks->len, ==, 1);

  return g_ptr_array_index (locks, 0);
}

/* Who gives up has seen nothing, and has not looked. */
static void
test_cancelled_look (void)
{
  app_activate (get_lock (), "test.look", NULL);
  g_assert_true (is_looking (get_lock ()));
  app_activate (get_lock (), "test.cancel", NULL);
  g_assert_false (is_looking (get_lock ()));

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (atelier_history_get_n_test_looks (get_history ()), ==, 0);
  g_assert_cmpstr (get_visible_page (), ==, "test");
}

static void
test_look (void)
{
  g_autoptr (AtelierEvaluation) expected = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *figures = NULL;
  const AtelierTestLook *look;

  if (!pointer_can_be_moved ())
    return;

  click (app_find_titled (get_lock (), GTK_TYPE_BUTTON, "Look at the test set"));
  app_wait_until (atelier_history_get_n_test_looks (get_history ()) == 1);
  app_wait_for_frame (GTK_WIDGET (window));

  expected =
    atelier_evaluate (atelier_trainer_get_epoch_model (app_get_trainer (window)),
                      atelier_focus_get_splits (get_focus ()), ATELIER_SPLIT_TEST, FALSE, 1, NULL,
                      &error);
  g_assert_no_error (error);
  look = atelier_history_get_test_look (get_history (), 0);
  g_assert_cmpuint (look->epoch, ==, N_EPOCHS);
  g_assert_cmpfloat (look->loss, ==, expected->loss);
  g_assert_cmpfloat (look->accuracy, ==, expected->accuracy);

  figures = g_strdup_printf ("Test, epoch 2 · %.1f %% right · loss %.3f · looked at once",
                             100.0 * expected->accuracy, expected->loss);
  g_assert_true (has_label (figures));
  g_assert_cmpstr (get_visible_page (), ==, "matrix");
}

static void
test_clicks_in_test (void)
{
  if (!pointer_can_be_moved ())
    return;

  click_cells ();
}

/* The figures are those of one epoch's weights, and not shown for another's. */
static void
test_looked_at_another_epoch (void)
{
  if (!pointer_can_be_moved ())
    return;

  atelier_focus_set_epoch (get_focus (), 1);
  app_wait_for_frame (GTK_WIDGET (window));
  g_assert_cmpstr (get_visible_page (), ==, "test");
  g_assert_true (has_label ("The test set was looked at"));
  g_assert_true (has_label ("Looked at once in this run."));
  g_assert_false (has_label ("% right"));

  click (app_find_titled (get_lock (), GTK_TYPE_BUTTON, "Show epoch 2, which was looked at"));
  g_assert_cmpuint (atelier_focus_get_epoch (get_focus ()), ==, 2);
  g_assert_cmpstr (get_visible_page (), ==, "matrix");

  /* The same weights would say the same: there is nothing to look at again. */
  app_activate (get_lock (), "test.look", NULL);
  g_assert_false (is_looking (get_lock ()));
}

/* Another run is locked again. */
static void
test_locked_again (void)
{
  app_activate (window, "run.toggle", NULL);
  app_wait_until (is_trained ());
  g_assert_cmpint (atelier_focus_get_split (get_focus ()), ==, ATELIER_SPLIT_VALIDATION);
  test_lock ();
  atelier_focus_set_split (get_focus (), ATELIER_SPLIT_VALIDATION);
}

/* A look while the run goes on counts, stays in sight, and changes no weight. */
static void
test_look_while_training (void)
{
  AtelierNumberRow *row = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, "Epochs");
  AtelierTrainer *trainer = app_get_trainer (window);
  double undisturbed = atelier_history_get_figures (get_history (), N_EPOCHS - 1)->validation_loss;

  atelier_number_row_set_text (row, "200");
  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_epoch_model (trainer) != NULL);
  atelier_focus_set_split (get_focus (), ATELIER_SPLIT_TEST);
  app_activate (get_lock (), "test.look", NULL);
  app_wait_until (atelier_history_get_n_test_looks (get_history ()) == 1);
  g_assert_cmpstr (get_visible_page (), ==, "matrix");
  g_assert_false (atelier_focus_get_live (get_focus ()));

  app_wait_until (atelier_history_get_n_epochs (get_history ()) >= N_EPOCHS);
  g_assert_cmpfloat (
    atelier_history_get_figures (get_history (), N_EPOCHS - 1)->validation_loss, ==, undisturbed);
  atelier_trainer_stop_and_wait (trainer);
}

/* A window that goes while somebody is looking takes the look with it. */
static void
test_closes_while_looking (void)
{
  g_autoptr (AtelierHistory) history = NULL;

  app_activate (window, "run.toggle", NULL);
  app_wait_until (atelier_trainer_get_epoch_model (app_get_trainer (window)) != NULL);
  history = g_object_ref (get_history ());
  app_activate (get_lock (), "test.look", NULL);
  g_assert_true (is_looking (get_lock ()));
  gtk_window_destroy (GTK_WINDOW (window));

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (atelier_history_get_n_test_looks (history), ==, 0);
}

/* More classes than cells: the most confused pairs in words, and the table for the rest. */

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
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierHistory) history = new_large_history ();
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

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/matrix-panel/trains", test_trains);
  g_test_add_func ("/app/matrix-panel/clicks-in-validation", test_clicks_in_validation);
  g_test_add_func ("/app/matrix-panel/clicks-in-training", test_clicks_in_training);
  g_test_add_func ("/app/matrix-panel/pair-opens-its-cell", test_pair_opens_its_cell);
  g_test_add_func ("/app/matrix-panel/all-mistakes", test_all_mistakes);
  g_test_add_func ("/app/matrix-panel/keyboard", test_keyboard);
  g_test_add_func ("/app/matrix-panel/classes", test_classes);
  g_test_add_func ("/app/matrix-panel/lock", test_lock);
  g_test_add_func ("/app/matrix-panel/cancelled-look", test_cancelled_look);
  g_test_add_func ("/app/matrix-panel/look", test_look);
  g_test_add_func ("/app/matrix-panel/clicks-in-test", test_clicks_in_test);
  g_test_add_func ("/app/matrix-panel/looked-at-another-epoch", test_looked_at_another_epoch);
  g_test_add_func ("/app/matrix-panel/locked-again", test_locked_again);
  g_test_add_func ("/app/matrix-panel/look-while-training", test_look_while_training);
  g_test_add_func ("/app/matrix-panel/closes-while-looking", test_closes_while_looking);
  g_test_add_func ("/app/matrix-panel/many-classes", test_many_classes);

  return g_test_run ();
}
