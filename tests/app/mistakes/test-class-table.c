/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of classes in a window of its own, with a confusion matrix made by hand. */

#include "config.h"

#include "app-window.h"
#include "mistakes/atelier-class-row.h"
#include "mistakes/atelier-class-table.h"
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
  AtelierClassTable *table;
} Fixture;

static void
show_counts (Fixture     *fixture,
             const guint *shown)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (shown, N);

  atelier_class_table_set_confusion (fixture->table, confusion, names);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->window = gtk_window_new ();
  fixture->before = gtk_button_new_with_label ("before");
  fixture->table = g_object_new (ATELIER_TYPE_CLASS_TABLE, "vexpand", TRUE, NULL);
  fixture->after = gtk_button_new_with_label ("after");
  gtk_box_append (GTK_BOX (box), fixture->before);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->table));
  gtk_box_append (GTK_BOX (box), fixture->after);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 420, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  show_counts (fixture, counts);
  gtk_window_present (GTK_WINDOW (fixture->window));
  app_wait_until (gtk_widget_get_mapped (fixture->window));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static guint
get_class_at (Fixture *fixture,
              guint    position)
{
  GListModel *rows = atelier_class_table_get_rows (fixture->table);
  g_autoptr (AtelierClassRow) row = g_list_model_get_item (rows, position);

  return atelier_class_row_get_class (row);
}

static void
assert_order (Fixture *fixture,
              guint    first,
              guint    second,
              guint    third)
{
  g_assert_cmpuint (get_class_at (fixture, 0), ==, first);
  g_assert_cmpuint (get_class_at (fixture, 1), ==, second);
  g_assert_cmpuint (get_class_at (fixture, 2), ==, third);
}

/* The figures on the screen, computed by hand: 5 of 8 Shirts are called Shirt, and 5 of 6 that are
 * called Shirt are. */
static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  app_wait_for_frame (fixture->window);
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "Shirt");
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "0.833");
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "0.625");
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "0.714");
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "8");
}

/* By hand from the classes' F1: (10/14 + 14/20 + 18/20) / 3. */
static void
test_macro_f1 (Fixture       *fixture,
               gconstpointer  data)
{
  static const guint none[N * N] = { 0 };

  app_find_titled (fixture->table, GTK_TYPE_LABEL, "Macro F1 0.771");
  show_counts (fixture, none);
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "Macro F1 –");
}

/* A class that was never predicted has no precision, and one without pictures no recall. */
static void
test_no_figures (Fixture       *fixture,
                 gconstpointer  data)
{
  static const guint none[] = { 4, 0, 0, 2, 0, 0, 0, 0, 0 };

  show_counts (fixture, none);
  app_wait_for_frame (fixture->window);
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "–");
}

static void
test_updates (Fixture       *fixture,
              gconstpointer  data)
{
  static const guint others[] = { 8, 0, 0, 1, 7, 2, 0, 0, 9 };

  app_wait_for_frame (fixture->window);
  show_counts (fixture, others);
  app_find_titled (fixture->table, GTK_TYPE_LABEL, "0.889");
}

static void
test_sorts (Fixture       *fixture,
            gconstpointer  data)
{
  assert_order (fixture, 0, 1, 2);
  atelier_class_table_sort (fixture->table, "name");
  assert_order (fixture, 2, 1, 0);
  atelier_class_table_sort (fixture->table, "recall");
  assert_order (fixture, 0, 1, 2);
  atelier_class_table_sort (fixture->table, "recall");
  assert_order (fixture, 2, 1, 0);
  atelier_class_table_sort (fixture->table, "support");
  assert_order (fixture, 0, 2, 1);
}

/* An epoch that changes the figures changes the order of the rows. */
static void
test_stays_sorted (Fixture       *fixture,
                   gconstpointer  data)
{
  static const guint others[] = { 8, 0, 0, 1, 7, 2, 6, 0, 3 };

  atelier_class_table_sort (fixture->table, "recall");
  show_counts (fixture, others);
  assert_order (fixture, 2, 1, 0);
}

static ShowAction show_action;

/* With real keys: Tab enters the table, arrows choose a row, Tab leaves it. */
static void
test_keyboard (Fixture       *fixture,
               gconstpointer  data)
{
  const AtelierSelection second = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };

  if (!pointer_can_be_moved ())
    return;

  show_action_add (GTK_WIDGET (fixture->window), &show_action);
  gtk_widget_grab_focus (fixture->before);
  app_wait_for_frame (fixture->window);
  pointer_put (fixture->window, 5.0, 5.0);
  pointer_do (fixture->window, "key Tab");
  pointer_do (fixture->window, "key Down");
  app_wait_until (show_action.n_asked >= 1);
  g_assert_true (atelier_selection_equal (&show_action.selection, &second));

  pointer_do (fixture->window, "key Tab");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == fixture->after);
}

/* A class that is chosen elsewhere is marked, without asking for its pictures again. */
static void
test_marks (Fixture       *fixture,
            gconstpointer  data)
{
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };
  const AtelierSelection cell = { ATELIER_SELECT_CELL, 1, 0 };
  g_autoptr (GPtrArray) views = app_find_all (fixture->table, GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model = gtk_column_view_get_model (g_ptr_array_index (views, 0));

  show_action_add (GTK_WIDGET (fixture->window), &show_action);
  atelier_class_table_set_selection (fixture->table, &row);
  g_assert_true (gtk_selection_model_is_selected (model, 1));
  atelier_class_table_set_selection (fixture->table, &cell);
  g_assert_false (gtk_selection_model_is_selected (model, 1));
  g_assert_cmpuint (show_action.n_asked, ==, 0);
}

static void
test_finalizes (void)
{
  Fixture fixture;
  AtelierClassTable *table;

  set_up (&fixture, NULL);
  table = g_object_ref (fixture.table);
  tear_down (&fixture, NULL);
  g_assert_finalize_object (table);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

/* The head of the column is told with each number. */
static void
test_spoken (Fixture       *fixture,
             gconstpointer  data)
{
  GtkAccessible *label = app_find_titled (fixture->table, GTK_TYPE_LABEL, "0.833");

  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_LABEL, "Precision 0.833");
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/class-table/figures", test_figures);
  add ("/app/class-table/macro-f1", test_macro_f1);
  add ("/app/class-table/no-figures", test_no_figures);
  add ("/app/class-table/updates", test_updates);
  add ("/app/class-table/sorts", test_sorts);
  add ("/app/class-table/stays-sorted", test_stays_sorted);
  add ("/app/class-table/keyboard", test_keyboard);
  add ("/app/class-table/marks", test_marks);
  g_test_add_func ("/app/class-table/finalizes", test_finalizes);

  g_test_add ("/app/class-table/spoken", Fixture, NULL, set_up, test_spoken, tear_down);

  return g_test_run ();
}
