/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way to the mistakes of a run, in the whole window: from the confusion matrix to the gallery
 * to a picture.
 */

#include "config.h"

#include "inspect/atelier-inspector.h"
#include "pictures/atelier-tile.h"
#include "window-fixture.h"

static AtelierPredictions *
get_predictions (WindowFixture *fixture)
{
  return atelier_focus_get_predictions (fixture->focus);
}

static AtelierGallery *
get_gallery (WindowFixture *fixture)
{
  return atelier_train_page_get_gallery (fixture->page);
}

/* The gallery lists as many pictures as the matrix counts, and each of them is one of the
 * selection's. */
static void
assert_gallery (WindowFixture          *fixture,
                const AtelierSelection *selection)
{
  AtelierPictureList *list = atelier_gallery_get_list (get_gallery (fixture));
  AtelierPredictions *predictions = get_predictions (fixture);
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  g_assert_true (
    atelier_selection_equal (atelier_focus_get_selection (fixture->focus), selection));
  g_assert_cmpuint (n, ==, atelier_selection_count (selection, confusion));
  for (guint i = 0; i < n; i++)
    {
      guint i_image = atelier_picture_list_get_picture (list, i);

      g_assert_true (atelier_selection_has (selection,
                                            atelier_predictions_get_label (predictions, i_image),
                                            atelier_predictions_get_class (predictions, i_image)));
    }
}

/* The tiles of a cell do not name the true class: the cell's title does. */
static void
assert_truth (WindowFixture          *fixture,
              AtelierTile            *tile,
              const AtelierSelection *selection,
              const char * const     *class_names,
              guint                   i_image)
{
  guint truth = atelier_predictions_get_label (get_predictions (fixture), i_image);
  g_autofree char *words = g_strdup_printf ("true %s", class_names[truth]);

  if (selection->kind == ATELIER_SELECT_CELL)
    g_assert_null (atelier_tile_get_truth (tile));
  else if (truth == atelier_predictions_get_class (get_predictions (fixture), i_image))
    g_assert_cmpstr (atelier_tile_get_truth (tile), ==, "right");
  else
    g_assert_cmpstr (atelier_tile_get_truth (tile), ==, words);
}

/* Each tile on the screen says its picture's the predicted class and its score. */
static void
assert_tiles (WindowFixture          *fixture,
              const AtelierSelection *selection)
{
  AtelierDataset *dataset = app_get_dataset (fixture->window);
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  AtelierPredictions *predictions = get_predictions (fixture);
  g_autoptr (GPtrArray) tiles = NULL;
  guint n_mapped = 0;

  app_wait_for_frame (GTK_WIDGET (fixture->window));
  tiles = app_find_all (get_gallery (fixture), ATELIER_TYPE_TILE);
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
      assert_truth (fixture, tile, selection, class_names, i_image);
    }
  g_assert_cmpuint (n_mapped, >, 0);
}

/* The cell off the diagonal with the most pictures. */
static AtelierSelection
get_worst_cell (WindowFixture *fixture)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (get_predictions (fixture));
  AtelierConfusedPair pair;

  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, &pair, 1), ==, 1);

  return (AtelierSelection) { ATELIER_SELECT_CELL, pair.truth, pair.prediction };
}

static void
activate_cell (WindowFixture          *fixture,
               const AtelierSelection *selection)
{
  AtelierMatrixPanel *panel = atelier_train_page_get_matrix_panel (fixture->page);
  AtelierMatrixCell *cell =
    atelier_matrix_grid_get_cell (atelier_matrix_panel_get_grid (panel), selection);

  g_assert_true (gtk_widget_activate (GTK_WIDGET (cell)));
}

static void
test_all_mistakes_first (WindowFixture *fixture,
                         gconstpointer  data)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };

  assert_gallery (fixture, &mistakes);
  assert_tiles (fixture, &mistakes);
}

static void
test_cell_shows_its_pictures (WindowFixture *fixture,
                              gconstpointer  data)
{
  const AtelierSelection cell = get_worst_cell (fixture);
  g_autofree char *title = atelier_selection_title (
    &cell, atelier_dataset_get_class_names (app_get_dataset (fixture->window)));

  activate_cell (fixture, &cell);
  assert_gallery (fixture, &cell);
  assert_tiles (fixture, &cell);
  app_find_titled (get_gallery (fixture), GTK_TYPE_LABEL, title);
}

static void
test_row_and_column (WindowFixture *fixture,
                     gconstpointer  data)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 6 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 4 };

  activate_cell (fixture, &row);
  assert_gallery (fixture, &row);
  assert_tiles (fixture, &row);
  activate_cell (fixture, &column);
  assert_gallery (fixture, &column);
}

/* On, it shows all mistakes; off, the selection from before. */
static void
test_mistakes_toggle (WindowFixture *fixture,
                      gconstpointer  data)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  const AtelierSelection cell = get_worst_cell (fixture);
  GtkWidget *button = app_find_titled (fixture->page, GTK_TYPE_TOGGLE_BUTTON, "All Mistakes");

  activate_cell (fixture, &cell);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  app_click (button);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  assert_gallery (fixture, &mistakes);
  app_click (button);
  assert_gallery (fixture, &cell);
}

static void
test_order (WindowFixture *fixture,
            gconstpointer  data)
{
  AtelierGallery *gallery = get_gallery (fixture);
  AtelierPictureList *list = atelier_gallery_get_list (gallery);
  AtelierPredictions *predictions = get_predictions (fixture);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  g_assert_cmpuint (n, >, 1);
  g_object_set (gallery, "order", ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  for (guint i = 1; i < n; i++)
    g_assert_cmpfloat (
      atelier_predictions_get_score (predictions, atelier_picture_list_get_picture (list, i - 1)),
      <=,
      atelier_predictions_get_score (predictions, atelier_picture_list_get_picture (list, i)));
  g_object_set (gallery, "order", ATELIER_ORDER_MOST_CERTAIN, NULL);
}

/* In a run that is paused after any number of epochs, of which one more is trained. */
static void
test_selection_survives_epochs (WindowFixture *fixture,
                                gconstpointer  data)
{
  const AtelierSelection cell = { ATELIER_SELECT_CELL, 1, 1 };
  guint n_epochs = app_get_n_epochs (fixture->window);

  activate_cell (fixture, &cell);
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (app_get_n_epochs (fixture->window) > n_epochs);
  app_activate (fixture->window, "run.toggle", NULL);
  app_wait_until (app_get_state (fixture->window) == ATELIER_TRAINER_PAUSED);
  assert_gallery (fixture, &cell);
}

static AtelierInspector *
open_first_picture (WindowFixture *fixture)
{
  AtelierGallery *gallery = get_gallery (fixture);
  g_autoptr (GPtrArray) views = app_find_all (fixture->page, GTK_TYPE_GRID_VIEW);

  g_object_set (fixture->page, "mistakes", TRUE, NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
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
get_listed (WindowFixture *fixture,
            guint          position)
{
  return atelier_picture_list_get_picture (atelier_gallery_get_list (get_gallery (fixture)),
                                         position);
}

static gboolean
has_focus_in (WindowFixture *fixture,
              gpointer       widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_opens_a_picture (WindowFixture *fixture,
                      gconstpointer  data)
{
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  AtelierInspector *inspector = open_first_picture (fixture);

  assert_gallery (fixture, &mistakes);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (fixture, 0));
  gtk_window_close (GTK_WINDOW (inspector));
  app_wait_until (!gtk_widget_get_mapped (GTK_WIDGET (inspector)));
}

/* The grid selects the picture that is stepped to, and has the focus when the picture is closed. */
static void
test_opened_picture_steps (WindowFixture *fixture,
                           gconstpointer  data)
{
  AtelierPictureList *list = atelier_gallery_get_list (get_gallery (fixture));
  AtelierInspector *inspector = open_first_picture (fixture);
  g_autoptr (GPtrArray) views = app_find_all (fixture->page, GTK_TYPE_GRID_VIEW);

  step (inspector, -1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (fixture, 0));
  step (inspector, 1);
  step (inspector, 1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (fixture, 2));
  step (inspector, -1);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, get_listed (fixture, 1));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list), 1));

  gtk_window_close (GTK_WINDOW (inspector));
  app_wait_until (has_focus_in (fixture, g_ptr_array_index (views, 0)));
}

/* The opened picture stays when the gallery's list is another one, even one without the picture. */
static void
test_opened_picture_stays (WindowFixture *fixture,
                           gconstpointer  data)
{
  AtelierGallery *gallery = get_gallery (fixture);
  AtelierInspector *inspector = open_first_picture (fixture);
  guint i_image = atelier_inspector_get_picture (inspector);
  guint i_truth = atelier_predictions_get_label (get_predictions (fixture), i_image);
  const AtelierSelection other = { ATELIER_SELECT_TRUTH, i_truth == 0 ? 1 : 0, 0 };

  g_object_set (gallery, "order", ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, i_image);
  g_object_set (gallery, "order", ATELIER_ORDER_MOST_CERTAIN, NULL);
  activate_cell (fixture, &other);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (inspector)));
  g_assert_cmpuint (atelier_inspector_get_picture (inspector), ==, i_image);
  gtk_window_close (GTK_WINDOW (inspector));
}

/* Tab leaves the grid of pictures; it does not go from one picture to the next. */
static void
test_tab_leaves_the_gallery (WindowFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr (GPtrArray) views = app_find_all (fixture->page, GTK_TYPE_GRID_VIEW);
  GtkWidget *grid = g_ptr_array_index (views, 0);
  GtkWidget *gallery = GTK_WIDGET (get_gallery (fixture));

  app_wait_for_frame (GTK_WIDGET (fixture->window));
  gtk_widget_grab_focus (grid);
  g_assert_true (has_focus_in (fixture, grid));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD);
  g_assert_false (has_focus_in (fixture, grid));
  g_assert_true (has_focus_in (fixture, gallery));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus_in (fixture, grid));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus_in (fixture, gallery));
}

#define ADD_TEST(path, start, function) \
  WINDOW_ADD_TEST ("/app/window-mistakes/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("all-mistakes-first", WINDOW_COMPLETED, test_all_mistakes_first);
  ADD_TEST ("cell-shows-its-pictures", WINDOW_COMPLETED, test_cell_shows_its_pictures);
  ADD_TEST ("row-and-column", WINDOW_COMPLETED, test_row_and_column);
  ADD_TEST ("mistakes-toggle", WINDOW_COMPLETED, test_mistakes_toggle);
  ADD_TEST ("order", WINDOW_COMPLETED, test_order);
  ADD_TEST ("selection-survives-epochs", WINDOW_PAUSED, test_selection_survives_epochs);
  ADD_TEST ("opens-a-picture", WINDOW_COMPLETED, test_opens_a_picture);
  ADD_TEST ("opened-picture-steps", WINDOW_COMPLETED, test_opened_picture_steps);
  ADD_TEST ("opened-picture-stays", WINDOW_COMPLETED, test_opened_picture_stays);
  ADD_TEST ("tab-leaves-the-gallery", WINDOW_COMPLETED, test_tab_leaves_the_gallery);

  return g_test_run ();
}
