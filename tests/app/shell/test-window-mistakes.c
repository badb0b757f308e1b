/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The story of a user who questions the mistakes of a run: from the matrix to the gallery to a
 * picture.
 *
 * The tests share one window, in which a run of the report's dense network on the Sketched garments
 * is paused, and are told in order.
 */

#include "config.h"

#include "app-window.h"
#include "inspect/atelier-inspector.h"
#include "kit/atelier-number-row.h"
#include "pictures/atelier-tile.h"

static AtelierWindow *window; /* Owned by GTK until it is closed */

static AtelierTrainPage *
get_page (void)
{
  return app_get_train_page (window);
}

static AtelierPredictions *
get_predictions (void)
{
  return atelier_focus_get_predictions (atelier_train_page_get_focus (get_page ()));
}

/* What the gallery shows is what the matrix counts: as many pictures, each of them one of the
 * selection's, and on the screen each tile has its picture's bytes and says its predicted class
 * and its score. */
static void
assert_gallery (const AtelierSelection *selection)
{
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (get_page ()));
  AtelierPredictions *predictions = get_predictions ();
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  g_assert_true (atelier_selection_equal (
    atelier_focus_get_selection (atelier_train_page_get_focus (get_page ())), selection));
  g_assert_cmpuint (n, ==, atelier_selection_count (selection, confusion));
  for (guint i = 0; i < n; i++)
    {
      guint i_image = atelier_picture_list_get_picture (list, i);

      g_assert_true (atelier_selection_has (selection,
                                            atelier_predictions_get_label (predictions, i_image),
                                            atelier_predictions_get_class (predictions, i_image)));
    }
}

/* A cell's title says the truth of all its pictures. */
static void
assert_truth (AtelierTile            *tile,
              const AtelierSelection *selection,
              const char * const     *class_names,
              guint                   i_image)
{
  guint truth = atelier_predictions_get_label (get_predictions (), i_image);
  g_autofree char *words = g_strdup_printf ("true %s", class_names[truth]);

  if (selection->kind == ATELIER_SELECT_CELL)
    g_assert_null (atelier_tile_get_truth (tile));
  else if (truth == atelier_predictions_get_class (get_predictions (), i_image))
    g_assert_cmpstr (atelier_tile_get_truth (tile), ==, "right");
  else
    g_assert_cmpstr (atelier_tile_get_truth (tile), ==, words);
}

static void
assert_tiles (const AtelierSelection *selection)
{
  AtelierDataset *dataset = app_get_dataset (window);
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  AtelierPredictions *predictions = get_predictions ();
  g_autoptr (GPtrArray) tiles = NULL;
  guint n_mapped = 0;

  app_wait_for_frame (GTK_WIDGET (window));
  tiles = app_find_all (atelier_train_page_get_gallery (get_page ()), ATELIER_TYPE_TILE);
  for (guint i = 0; i < tiles->len; i++)
    {
      AtelierTile *tile = g_ptr_array_index (tiles, i);
      guint i_image = atelier_tile_get_picture (tile);
      g_autofree char *score = NULL;

      if (!gtk_widget_get_mapped (GTK_WIDGET (tile)))
        continue;

      n_mapped++;
      score = g_strdup_printf ("%.2f", atelier_predictions_get_score (predictions, i_image));
      g_assert_true (atelier_tile_get_dataset (tile) == dataset);
      g_assert_cmpstr (atelier_tile_get_class (tile), ==,
                       class_names[atelier_predictions_get_class (predictions, i_image)]);
      g_assert_cmpstr (atelier_tile_get_score (tile), ==, score);
      assert_truth (tile, selection, class_names, i_image);
    }
  g_assert_cmpuint (n_mapped, >, 0);
}

/* The cell off the diagonal with the most pictures. */
static AtelierSelection
get_worst_cell (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (get_predictions ());
  AtelierConfusedPair pair;

  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, &pair, 1), ==, 1);

  return (AtelierSelection) { ATELIER_SELECT_CELL, pair.truth, pair.prediction };
}

static void
activate_cell (const AtelierSelection *selection)
{
  AtelierMatrixPanel *panel = atelier_train_page_get_matrix_panel (get_page ());
  AtelierMatrixCell *cell =
    atelier_matrix_grid_get_cell (atelier_matrix_panel_get_grid (panel), selection);

  g_assert_true (gtk_widget_activate (GTK_WIDGET (cell)));
}

static void
test_all_mistakes_first (void)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };

  assert_gallery (&mistakes);
  assert_tiles (&mistakes);
}

static void
test_cell_shows_its_pictures (void)
{
  const AtelierSelection cell = get_worst_cell ();
  g_autofree char *title = atelier_selection_title (
    &cell, atelier_dataset_get_class_names (app_get_dataset (window)));

  activate_cell (&cell);
  assert_gallery (&cell);
  assert_tiles (&cell);
  app_find_titled (atelier_train_page_get_gallery (get_page ()), GTK_TYPE_LABEL, title);
}

static void
test_row_and_column (void)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 6 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 4 };

  activate_cell (&row);
  assert_gallery (&row);
  assert_tiles (&row);
  activate_cell (&column);
  assert_gallery (&column);
}

/* On: all mistakes; off: what was chosen before. */
static void
test_mistakes_toggle (void)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  const AtelierSelection cell = get_worst_cell ();
  GtkWidget *button = app_find_titled (get_page (), GTK_TYPE_TOGGLE_BUTTON, "All mistakes");

  activate_cell (&cell);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  app_click (button);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  assert_gallery (&mistakes);
  app_click (button);
  assert_gallery (&cell);
}

static void
test_order (void)
{
  AtelierGallery *gallery = atelier_train_page_get_gallery (get_page ());
  AtelierPictureList *list = atelier_gallery_get_list (gallery);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  g_object_set (gallery, "order", ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  for (guint i = 1; i < n; i++)
    g_assert_cmpfloat (
      atelier_predictions_get_score (get_predictions (),
                                     atelier_picture_list_get_picture (list, i - 1)),
      <=,
      atelier_predictions_get_score (get_predictions (),
                                     atelier_picture_list_get_picture (list, i)));
  g_object_set (gallery, "order", ATELIER_ORDER_MOST_CERTAIN, NULL);
}

static void
test_selection_survives_epochs (void)
{
  const AtelierSelection cell = get_worst_cell ();
  guint n_epochs = app_get_n_epochs (window);

  activate_cell (&cell);
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (window) > n_epochs);
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_PAUSED);
  assert_gallery (&cell);
}

static AtelierInspector *
open_first_picture (void)
{
  AtelierGallery *gallery = atelier_train_page_get_gallery (get_page ());
  g_autoptr (GPtrArray) views = app_find_all (get_page (), GTK_TYPE_GRID_VIEW);

  g_object_set (get_page (), "mistakes", TRUE, NULL);
  app_wait_for_frame (GTK_WIDGET (window));
  g_signal_emit_by_name (g_ptr_array_index (views, 0), "activate", 0);
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (atelier_gallery_get_inspector (gallery))));

  return atelier_gallery_get_inspector (gallery);
}

static void
step (AtelierInspector *inspector,
      int               by)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (inspector), "picture.step", "i", by));
}

static guint
get_listed (guint position)
{
  return atelier_picture_list_get_picture (
    atelier_gallery_get_list (atelier_train_page_get_gallery (get_page ())), position);
}

static gboolean
has_focus_in (gpointer widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_opens_a_picture (void)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  AtelierInspector *inspector = open_first_picture ();

  assert_gallery (&mistakes);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (0));
  gtk_window_close (GTK_WINDOW (inspector));
  app_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (inspector)));
}

/* The grid comes along, and has the keyboard when the picture is closed. */
static void
test_opened_picture_steps (void)
{
  AtelierPictureList *list =
    atelier_gallery_get_list (atelier_train_page_get_gallery (get_page ()));
  AtelierInspector *inspector = open_first_picture ();
  g_autoptr (GPtrArray) views = app_find_all (get_page (), GTK_TYPE_GRID_VIEW);

  step (inspector, -1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (0));
  step (inspector, 1);
  step (inspector, 1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (2));
  step (inspector, -1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (1));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list), 1));

  gtk_window_close (GTK_WINDOW (inspector));
  app_wait_until (has_focus_in (g_ptr_array_index (views, 0)));
}

/* Another list below it does not change what is being looked at, not even one without it. */
static void
test_opened_picture_stays (void)
{
  AtelierGallery *gallery = atelier_train_page_get_gallery (get_page ());
  AtelierInspector *inspector = open_first_picture ();
  guint i_image = atelier_inspector_get_picture (inspector);
  guint i_truth = atelier_predictions_get_label (get_predictions (), i_image);
  const AtelierSelection other = { ATELIER_SELECT_TRUTH, i_truth == 0 ? 1 : 0, 0 };

  g_object_set (gallery, "order", ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, i_image);
  g_object_set (gallery, "order", ATELIER_ORDER_MOST_CERTAIN, NULL);
  activate_cell (&other);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (inspector)));
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, i_image);
  gtk_window_close (GTK_WINDOW (inspector));
}

/* Out of the pictures, not from one to the next. */
static void
test_tab_leaves_the_gallery (void)
{
  g_autoptr (GPtrArray) views = app_find_all (get_page (), GTK_TYPE_GRID_VIEW);
  GtkWidget *grid = g_ptr_array_index (views, 0);
  GtkWidget *gallery = GTK_WIDGET (atelier_train_page_get_gallery (get_page ()));

  app_wait_for_frame (GTK_WIDGET (window));
  gtk_widget_grab_focus (grid);
  g_assert_true (has_focus_in (grid));
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_BACKWARD);
  g_assert_false (has_focus_in (grid));
  g_assert_true (has_focus_in (gallery));
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus_in (grid));
  gtk_widget_child_focus (GTK_WIDGET (window), GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus_in (gallery));
}

/* In the middle of a run, so that the tests can let it go on. */
static void
open_paused_run (void)
{
  AtelierNumberRow *epochs;

  window = app_open_window ();
  app_activate (window, "win.network", "report-1");
  epochs = app_find_titled (get_page (), ATELIER_TYPE_NUMBER_ROW, "Epochs");
  atelier_number_row_set_text (epochs, "200");
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (window) >= 2);
  app_activate (window, "run.toggle", NULL);
  app_wait_until (app_get_state (window) == ATELIER_TRAINER_PAUSED);
}

static void
close_window (void)
{
  gpointer gone = window;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  app_activate (window, "win.stop-and-close", NULL);
  app_wait_until (gone == NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  app_test_init (&argc, &argv);

  g_test_add_func ("/app/window-mistakes/all-mistakes-first", test_all_mistakes_first);
  g_test_add_func ("/app/window-mistakes/cell-shows-its-pictures", test_cell_shows_its_pictures);
  g_test_add_func ("/app/window-mistakes/row-and-column", test_row_and_column);
  g_test_add_func ("/app/window-mistakes/mistakes-toggle", test_mistakes_toggle);
  g_test_add_func ("/app/window-mistakes/order", test_order);
  g_test_add_func ("/app/window-mistakes/selection-survives-epochs",
                   test_selection_survives_epochs);
  g_test_add_func ("/app/window-mistakes/opens-a-picture", test_opens_a_picture);
  g_test_add_func ("/app/window-mistakes/opened-picture-steps", test_opened_picture_steps);
  g_test_add_func ("/app/window-mistakes/opened-picture-stays", test_opened_picture_stays);
  g_test_add_func ("/app/window-mistakes/tab-leaves-the-gallery", test_tab_leaves_the_gallery);

  open_paused_run ();
  status = g_test_run ();
  close_window ();

  return status;
}
