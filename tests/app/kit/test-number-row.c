/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typed numbers, valid and invalid. */

#include "config.h"

#include <locale.h>

#include "app-window.h"
#include "kit/atelier-number-row.h"
#include "pointer.h"

static AtelierNumberRow *
new_row (double   lower,
         double   upper,
         gboolean is_integral)
{
  return g_object_ref_sink (g_object_new (ATELIER_TYPE_NUMBER_ROW,
                                          "title", "Learning rate",
                                          "lower", lower, "upper", upper, "integral", is_integral,
                                          "value", 1.0,
                                          NULL));
}

static GtkWidget *
get_entry (AtelierNumberRow *row)
{
  g_autoptr (GPtrArray) entries = app_find_all (row, GTK_TYPE_ENTRY);

  return g_ptr_array_index (entries, 0);
}

static void
test_spellings (void)
{
  const char *spellings[] = { "0.001", "1e-3", " 0,001 ", ".001" };
  g_autoptr (AtelierNumberRow) row = new_row (0.0, 10.0, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      atelier_number_row_set_value (row, 5.0);
      atelier_number_row_set_text (row, spellings[i]);
      g_assert_true (atelier_number_row_get_is_valid (row));
      g_assert_cmpfloat (atelier_number_row_get_value (row), ==, 0.001);
    }
}

/* The row writes numbers as everything around it does, and reads them either way. */
static void
test_decimal_comma (void)
{
  g_autoptr (AtelierNumberRow) row = new_row (0.5, 10.0, FALSE);
  const char *spellings[] = { "2.5", "2,5" };

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no German locale");
      return;
    }
  atelier_number_row_set_value (row, 1.25);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, "1,25");
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      atelier_number_row_set_text (row, spellings[i]);
      g_assert_cmpfloat (atelier_number_row_get_value (row), ==, 2.5);
    }
  atelier_number_row_set_text (row, "0");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "From 0,5 to 10");
  setlocale (LC_NUMERIC, "C");
}

static void
test_nonsense_keeps_the_value (void)
{
  const char *nonsense[] = { "", "a", "1e", "0.001x", "nan", "inf", "-1", "10.5", "1e999" };
  g_autoptr (AtelierNumberRow) row = new_row (0.0, 10.0, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      atelier_number_row_set_value (row, 5.0);
      atelier_number_row_set_text (row, nonsense[i]);
      g_assert_false (atelier_number_row_get_is_valid (row));
      g_assert_cmpfloat (atelier_number_row_get_value (row), ==, 5.0);
      g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "From 0 to 10");
    }
}

static void
test_whole_numbers (void)
{
  g_autoptr (AtelierNumberRow) row = new_row (1.0, 4096.0, TRUE);

  atelier_number_row_set_text (row, "2.5");
  g_assert_false (atelier_number_row_get_is_valid (row));
  atelier_number_row_set_text (row, "4097");
  g_assert_false (atelier_number_row_get_is_valid (row));
  atelier_number_row_set_text (row, "4096");
  g_assert_true (atelier_number_row_get_is_valid (row));
  g_assert_cmpfloat (atelier_number_row_get_value (row), ==, 4096.0);
}

/* A value that the program sets is shown with all its digits. */
static void
test_shows_small_numbers (void)
{
  g_autoptr (AtelierNumberRow) row = new_row (0.0, 1.0, FALSE);

  atelier_number_row_set_value (row, 0.0001);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (row))), ==, "0.0001");
}

/* Up and Down step along 1-2-5, and from 0 to the smallest step. */
static void
test_steps (void)
{
  const char *keys[] = { "key Up", "key Up", "key Down", "key Down", "key Down" };
  const double expected[] = { 0.002, 0.005, 0.002, 0.001, 0.0005 };
  AtelierNumberRow *row = new_row (0.0, 10.0, FALSE);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *place = NULL;

  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
  gtk_window_set_child (GTK_WINDOW (window), list);
  g_object_unref (row);
  if (pointer_can_be_moved ())
    {
      atelier_number_row_set_value (row, 0.001);
      gtk_window_present (GTK_WINDOW (window));
      app_wait_until (gtk_widget_get_mapped (window));
      app_wait_for_frame (window);
      place = pointer_format_place (window, 2.0, 2.0);
      pointer_do (window, place);
      gtk_widget_grab_focus (get_entry (row));
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        {
          pointer_do (window, keys[i]);
          app_wait_until (ABS (atelier_number_row_get_value (row) - expected[i]) < 1e-9);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_accessible (void)
{
  g_autoptr (AtelierNumberRow) row = new_row (0.0, 10.0, FALSE);
  GtkAccessible *entry = GTK_ACCESSIBLE (get_entry (row));

  /* The title is its name.  With a label of its own as well, it would be called so twice. */
  g_assert_true (gtk_test_accessible_has_relation (entry, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_false (gtk_test_accessible_has_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL));
  atelier_number_row_set_text (row, "much");
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
}

/* A screen reader says what may be typed, as the subtitle does. */
static void
test_spoken_range (void)
{
  g_autoptr (AtelierNumberRow) row = new_row (0.0, 10.0, FALSE);
  GtkAccessible *entry = GTK_ACCESSIBLE (get_entry (row));
  const GtkAccessibleProperty description = GTK_ACCESSIBLE_PROPERTY_DESCRIPTION;

  gtk_widget_set_tooltip_text (GTK_WIDGET (row), "The size of each step");
  gtk_test_accessible_assert_property (entry, description, "The size of each step");
  atelier_number_row_set_text (row, "much");
  gtk_test_accessible_assert_property (entry, description, "From 0 to 10");
  atelier_number_row_set_text (row, "1");
  gtk_test_accessible_assert_property (entry, description, "The size of each step");
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/number-row/spellings", test_spellings);
  g_test_add_func ("/app/number-row/decimal-comma", test_decimal_comma);
  g_test_add_func ("/app/number-row/nonsense", test_nonsense_keeps_the_value);
  g_test_add_func ("/app/number-row/whole-numbers", test_whole_numbers);
  g_test_add_func ("/app/number-row/small-numbers", test_shows_small_numbers);
  g_test_add_func ("/app/number-row/steps", test_steps);
  g_test_add_func ("/app/number-row/accessible", test_accessible);
  g_test_add_func ("/app/number-row/spoken-range", test_spoken_range);

  return g_test_run ();
}
