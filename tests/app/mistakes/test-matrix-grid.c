/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The matrix's cells in a window of their own: numbers, keys, and what a screen reader reads. */

#include "config.h"

#include "app-window.h"
#include "pointer.h"
#include "show-action.h"

#define N 3

static const char * const names[] = { "Shirt", "Coat", "Bag", NULL };
static const guint counts[] = {
  5, 3, 0,
  1, 7, 2,
  0, 0, 9,
};

typedef struct
{
  GtkWidget         *window;
  GtkWidget         *before;
  GtkWidget         *after;
  AtelierMatrixGrid *grid;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, N);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  fixture->before = gtk_button_new_with_label ("before");
  fixture->grid = g_object_new (ATELIER_TYPE_MATRIX_GRID, NULL);
  fixture->after = gtk_button_new_with_label ("after");
  gtk_box_append (GTK_BOX (box), fixture->before);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->grid));
  gtk_box_append (GTK_BOX (box), fixture->after);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  atelier_matrix_grid_set_confusion (fixture->grid, confusion, names);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* The tooltips of the columns have the full names. */
static void
test_column_tooltip (Fixture       *fixture,
                     gconstpointer  data)
{
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 0 };
  AtelierMatrixCell *header = atelier_matrix_grid_get_cell (fixture->grid, &column);

  g_assert_cmpstr (atelier_matrix_cell_get_text (header), ==, "Shir");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (header)), ==, "Shirt");
}

/* A column that is wide enough for the full name shows it. */
static void
test_column_width (Fixture       *fixture,
                   gconstpointer  data)
{
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 0 };
  AtelierMatrixCell *header = atelier_matrix_grid_get_cell (fixture->grid, &column);

  gtk_widget_set_size_request (GTK_WIDGET (header), 120, -1);
  app_wait_until (gtk_widget_get_width (GTK_WIDGET (header)) >= 120);
  g_assert_cmpstr (atelier_matrix_cell_get_shown_text (header), ==, "Shirt");

  gtk_widget_set_size_request (GTK_WIDGET (header), -1, -1);
  atelier_matrix_cell_set_full_text (header, "A name that is much wider than any of the columns "
                                             "of a matrix with three classes in a small window");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1, 1);
  app_wait_until (gtk_widget_get_width (GTK_WIDGET (header)) < 120);
  g_assert_cmpstr (atelier_matrix_cell_get_shown_text (header), ==, "Shir");
}

static AtelierMatrixCell *
get_cell (Fixture *fixture,
          guint    truth,
          guint    prediction)
{
  const AtelierSelection selection = { ATELIER_SELECT_CELL, truth, prediction };

  return atelier_matrix_grid_get_cell (fixture->grid, &selection);
}

static void
move (Fixture          *fixture,
      GtkDirectionType  direction)
{
  g_signal_emit_by_name (fixture->window, "move-focus", direction);
}

static void
assert_focus (Fixture              *fixture,
              AtelierSelectionKind  kind,
              guint                 truth,
              guint                 prediction)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  const AtelierSelection *selection;

  g_assert_true (ATELIER_IS_MATRIX_CELL (focus));
  selection = atelier_matrix_cell_get_selection (ATELIER_MATRIX_CELL (focus));
  g_assert_cmpint (selection->kind, ==, kind);
  g_assert_cmpuint (selection->truth, ==, truth);
  g_assert_cmpuint (selection->prediction, ==, prediction);
}

static guint n_measured;
static void (*measure_cell) (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline);

static void
measure_and_count (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  n_measured++;
  measure_cell (widget, orientation, for_size, minimum, natural, minimum_baseline,
                natural_baseline);
}

static guint
count_measured (Fixture *fixture,
                guint    n_right)
{
  guint others[N * N];
  g_autoptr (AtelierConfusion) confusion = NULL;

  for (guint i = 0; i < N * N; i++)
    others[i] = i % (N + 1) == 0 ? n_right : 1;
  confusion = atelier_confusion_new_from_counts (others, N);
  n_measured = 0;
  atelier_matrix_grid_set_confusion (fixture->grid, confusion, names);
  app_wait_for_frame (fixture->window);

  return n_measured;
}

/* Only a number that needs more room changes the layout of the window. */
static void
test_measured (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidgetClass *widget_class = g_type_class_ref (ATELIER_TYPE_MATRIX_CELL);

  measure_cell = widget_class->measure;
  widget_class->measure = measure_and_count;
  g_assert_cmpuint (count_measured (fixture, 8888), >, 0);
  g_assert_cmpuint (count_measured (fixture, 11), ==, 0);
  g_assert_cmpuint (count_measured (fixture, 8880), ==, 0);
  g_assert_cmpuint (count_measured (fixture, 88888), >, 0);
  widget_class->measure = measure_cell;
  g_type_class_unref (widget_class);
}

static ShowAction show_action;

static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpstr (atelier_matrix_cell_get_text (get_cell (fixture, 0, 1)), ==, "3");
  g_assert_cmpstr (atelier_matrix_cell_get_text (get_cell (fixture, 2, 2)), ==, "9");
}

static void
assert_texts (Fixture            *fixture,
              const char * const *texts)
{
  for (guint i = 0; i < N * N; i++)
    g_assert_cmpstr (atelier_matrix_cell_get_text (get_cell (fixture, i / N, i % N)), ==, texts[i]);
}

/* The same numbers in three modes; a screen reader reads count and share. */
static void
test_modes (Fixture       *fixture,
            gconstpointer  data)
{
  static const char * const of_truth[] = { "62.5", "37.5", "", "10.0", "70.0", "20.0",
                                           "",     "",     "100" };
  static const char * const of_prediction[] = { "83.3", "30.0", "", "16.7", "70.0", "18.2",
                                                "",     "",     "81.8" };
  static const char * const in_counts[] = { "5", "3", "", "1", "7", "2", "", "", "9" };
  /* GTK's macro uses its argument's text as a format. */
  const char *share_of_truth = "37.5 % of true Shirt";
  const char *share_of_prediction = "30.0 % of everything called Coat";
  GtkAccessible *cell = GTK_ACCESSIBLE (get_cell (fixture, 0, 1));

  g_object_set (fixture->grid, "mode", ATELIER_MATRIX_PERCENT_OF_TRUTH, NULL);
  assert_texts (fixture, of_truth);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Shirt called Coat: 3 of 8");
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       share_of_truth);

  g_object_set (fixture->grid, "mode", ATELIER_MATRIX_PERCENT_OF_PREDICTION, NULL);
  assert_texts (fixture, of_prediction);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       share_of_prediction);

  g_object_set (fixture->grid, "mode", ATELIER_MATRIX_COUNTS, NULL);
  assert_texts (fixture, in_counts);
}

static guint
get_total (Fixture              *fixture,
           AtelierSelectionKind  kind,
           guint                 i_class)
{
  const AtelierSelection selection = { kind, i_class, i_class };
  GtkLabel *label = atelier_matrix_grid_get_total (fixture->grid, &selection);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_ROLE_GRID_CELL);

  return (guint) g_ascii_strtoull (gtk_label_get_label (label), NULL, 10);
}

/* The totals beside and below the cells are their sums, in every mode. */
static void
test_totals_add_up (Fixture       *fixture,
                    gconstpointer  data)
{
  guint whole = 0;

  for (guint i = 0; i < N; i++)
    {
      guint row = 0;
      guint column = 0;

      for (guint j = 0; j < N; j++)
        {
          row += counts[i * N + j];
          column += counts[j * N + i];
        }
      g_assert_cmpuint (get_total (fixture, ATELIER_SELECT_TRUTH, i), ==, row);
      g_assert_cmpuint (get_total (fixture, ATELIER_SELECT_PREDICTION, i), ==, column);
      whole += row;
    }
  g_assert_cmpuint (get_total (fixture, ATELIER_SELECT_MISTAKES, 0), ==, whole);

  g_object_set (fixture->grid, "mode", ATELIER_MATRIX_PERCENT_OF_TRUTH, NULL);
  g_assert_cmpuint (get_total (fixture, ATELIER_SELECT_PREDICTION, 1), ==, 10);
}

static void
test_refilled (Fixture       *fixture,
               gconstpointer  data)
{
  static const guint others[] = { 5, 2, 0, 0, 7, 2, 4, 0, 9 };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (others, N);
  AtelierMatrixCell *cell = get_cell (fixture, 2, 0);

  atelier_matrix_grid_set_confusion (fixture->grid, confusion, names);
  /* The same widget: the focus and a screen reader's place stay. */
  g_assert_true (get_cell (fixture, 2, 0) == cell);
  g_assert_cmpstr (atelier_matrix_cell_get_text (cell), ==, "4");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_cell (fixture, 0, 0)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Shirt, rightly recognised: 5 of 7");
  g_assert_cmpuint (get_total (fixture, ATELIER_SELECT_PREDICTION, 1), ==, 9);
}

/* The share of a cell changes with its row or column, even if its count stays. */
static void
test_refilled_shares (Fixture       *fixture,
                      gconstpointer  data)
{
  static const guint others[] = { 5, 2, 1, 1, 7, 2, 0, 1, 9 };
  static const char * const of_prediction[] = { "83.3", "20.0", "8.3", "16.7", "70.0", "16.7",
                                                "",     "10.0", "75.0" };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (others, N);

  g_object_set (fixture->grid, "mode", ATELIER_MATRIX_PERCENT_OF_PREDICTION, NULL);
  atelier_matrix_grid_set_confusion (fixture->grid, confusion, names);
  assert_texts (fixture, of_prediction);
}

static void
test_arrows (Fixture       *fixture,
             gconstpointer  data)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_cell (fixture, 0, 0)));
  move (fixture, GTK_DIR_RIGHT);
  assert_focus (fixture, ATELIER_SELECT_CELL, 0, 1);
  move (fixture, GTK_DIR_DOWN);
  assert_focus (fixture, ATELIER_SELECT_CELL, 1, 1);
  move (fixture, GTK_DIR_LEFT);
  move (fixture, GTK_DIR_LEFT);
  assert_focus (fixture, ATELIER_SELECT_TRUTH, 1, 0);
  move (fixture, GTK_DIR_RIGHT);
  move (fixture, GTK_DIR_UP);
  move (fixture, GTK_DIR_UP);
  assert_focus (fixture, ATELIER_SELECT_PREDICTION, 0, 0);
}

/* The arrow keys reach every cell and name, row by row. */
static void
test_walk (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_cell (fixture, 0, 0)));
  move (fixture, GTK_DIR_UP);
  for (guint column = 0; column < N; column++)
    {
      assert_focus (fixture, ATELIER_SELECT_PREDICTION, 0, column);
      move (fixture, GTK_DIR_RIGHT);
    }

  for (guint row = 0; row < N; row++)
    {
      move (fixture, GTK_DIR_DOWN);
      for (guint i = 0; i < N; i++)
        {
          assert_focus (fixture, ATELIER_SELECT_CELL, row, N - 1 - i);
          move (fixture, GTK_DIR_LEFT);
        }
      assert_focus (fixture, ATELIER_SELECT_TRUTH, row, 0);
      for (guint i = 0; i < N; i++)
        move (fixture, GTK_DIR_RIGHT);
      assert_focus (fixture, ATELIER_SELECT_CELL, row, N - 1);
    }
}

/* At the edges the focus stays in the matrix, and it never enters the corner. */
static void
test_edges (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_cell (fixture, 2, 2)));
  move (fixture, GTK_DIR_DOWN);
  move (fixture, GTK_DIR_RIGHT);
  assert_focus (fixture, ATELIER_SELECT_CELL, 2, 2);

  gtk_widget_grab_focus (GTK_WIDGET (get_cell (fixture, 0, 0)));
  move (fixture, GTK_DIR_UP);
  move (fixture, GTK_DIR_LEFT);
  assert_focus (fixture, ATELIER_SELECT_PREDICTION, 0, 0);
}

static void
test_one_tab_stop (Fixture       *fixture,
                   gconstpointer  data)
{
  gtk_widget_grab_focus (fixture->before);
  move (fixture, GTK_DIR_TAB_FORWARD);
  assert_focus (fixture, ATELIER_SELECT_CELL, 0, 0);
  move (fixture, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == fixture->after);
  move (fixture, GTK_DIR_TAB_BACKWARD);
  assert_focus (fixture, ATELIER_SELECT_CELL, 0, 0);
}

/* A real click gives the cell the focus and shows its pictures; Enter does the same. */
static void
test_click_and_enter (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *cell = GTK_WIDGET (get_cell (fixture, 0, 1));
  const AtelierSelection expected = { ATELIER_SELECT_CELL, 0, 1 };
  const AtelierSelection below = { ATELIER_SELECT_CELL, 1, 1 };
  g_autofree char *place = NULL;

  if (!pointer_can_be_moved ())
    return;

  show_action_add (GTK_WIDGET (fixture->window), &show_action);
  app_wait_for_frame (fixture->window);
  place = pointer_format_place (cell, gtk_widget_get_width (cell) / 2.0,
                                gtk_widget_get_height (cell) / 2.0);
  pointer_do (fixture->window, place);
  pointer_do (fixture->window, "click 1");
  app_wait_until (show_action.n_asked == 1);
  g_assert_true (atelier_selection_equal (&show_action.selection, &expected));
  assert_focus (fixture, ATELIER_SELECT_CELL, 0, 1);

  pointer_do (fixture->window, "key Down Return");
  app_wait_until (show_action.n_asked == 2);
  g_assert_true (atelier_selection_equal (&show_action.selection, &below));
}

static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 1 };
  GtkWidget *cell = GTK_WIDGET (get_cell (fixture, 0, 1));
  GtkWidget *row_widget = gtk_widget_get_parent (gtk_widget_get_parent (cell));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->grid), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row_widget), GTK_ACCESSIBLE_ROLE_ROW);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  gtk_test_accessible_assert_role (
    GTK_ACCESSIBLE (atelier_matrix_grid_get_cell (fixture->grid, &row)),
    GTK_ACCESSIBLE_ROLE_ROW_HEADER);
  gtk_test_accessible_assert_role (
    GTK_ACCESSIBLE (atelier_matrix_grid_get_cell (fixture->grid, &column)),
    GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };
  const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 1 };

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_cell (fixture, 0, 1)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Shirt called Coat: 3 of 8");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_cell (fixture, 2, 2)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Bag, rightly recognised: 9 of 9");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (atelier_matrix_grid_get_cell (fixture->grid, &row)),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Every true Coat: 10 pictures, 7 right");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (atelier_matrix_grid_get_cell (fixture->grid, &column)),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Everything called Coat: 10 pictures, 7 rightly");
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (get_cell (fixture, 0, 1)),
                                       GTK_ACCESSIBLE_RELATION_ROW_INDEX, 2);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (get_cell (fixture, 0, 1)),
                                       GTK_ACCESSIBLE_RELATION_COL_INDEX, 3);
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  const AtelierSelection selection = { ATELIER_SELECT_CELL, 1, 0 };
  const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
  AtelierMatrixCell *cell = get_cell (fixture, 1, 0);

  atelier_matrix_grid_set_selection (fixture->grid, &selection);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (cell), "selected"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);

  atelier_matrix_grid_set_selection (fixture->grid, &mistakes);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (cell), "selected"));
}

static void
test_finalizes (void)
{
  Fixture fixture;
  AtelierMatrixGrid *grid;

  set_up (&fixture, NULL);
  grid = g_object_ref (fixture.grid);
  tear_down (&fixture, NULL);
  g_assert_finalize_object (grid);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/matrix-grid/counts", test_counts);
  add ("/app/matrix-grid/modes", test_modes);
  add ("/app/matrix-grid/measured", test_measured);
  add ("/app/matrix-grid/totals-add-up", test_totals_add_up);
  add ("/app/matrix-grid/refilled", test_refilled);
  add ("/app/matrix-grid/refilled-shares", test_refilled_shares);
  add ("/app/matrix-grid/arrows", test_arrows);
  add ("/app/matrix-grid/walk", test_walk);
  add ("/app/matrix-grid/edges", test_edges);
  add ("/app/matrix-grid/one-tab-stop", test_one_tab_stop);
  add ("/app/matrix-grid/click-and-enter", test_click_and_enter);
  add ("/app/matrix-grid/roles", test_roles);
  add ("/app/matrix-grid/words", test_words);
  add ("/app/matrix-grid/selection", test_selection);
  add ("/app/matrix-grid/column-tooltip", test_column_tooltip);
  add ("/app/matrix-grid/column-width", test_column_width);
  g_test_add_func ("/app/matrix-grid/finalizes", test_finalizes);

  return g_test_run ();
}
