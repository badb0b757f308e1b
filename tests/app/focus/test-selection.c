/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The counts and titles of selections, on a matrix of three classes. */

#include "config.h"

#include "app-window.h"

static const char * const names[] = { "Shirt", "Coat", "Bag", NULL };
static const guint counts[] = {
  5, 3, 0,
  1, 7, 2,
  0, 0, 9,
};

static const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };
static const AtelierSelection cell = { .kind = ATELIER_SELECT_CELL, .truth = 0, .prediction = 1 };
static const AtelierSelection right = { .kind = ATELIER_SELECT_CELL, .truth = 2, .prediction = 2 };
static const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };
static const AtelierSelection column = { .kind = ATELIER_SELECT_PREDICTION, .prediction = 1 };

/* The count of a selection is the sum over the cells that it has. */
static void
test_counts_agree (void)
{
  const AtelierSelection *selections[] = { &mistakes, &cell, &right, &row, &column };
  const guint expected[] = { 6, 3, 9, 10, 10 };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);

  for (guint i = 0; i < G_N_ELEMENTS (selections); i++)
    {
      guint sum = 0;

      for (guint pair = 0; pair < 9; pair++)
        if (atelier_selection_has (selections[i], pair / 3, pair % 3))
          sum += counts[pair];
      g_assert_cmpuint (atelier_selection_count (selections[i], confusion), ==, expected[i]);
      g_assert_cmpuint (sum, ==, expected[i]);
    }
}

static void
test_title (void)
{
  g_autofree char *of_cell = atelier_selection_title (&cell, names);
  g_autofree char *of_right = atelier_selection_title (&right, names);
  g_autofree char *of_mistakes = atelier_selection_title (&mistakes, names);

  g_assert_cmpstr (of_cell, ==, "Shirt called Coat");
  g_assert_cmpstr (of_right, ==, "Bag, rightly recognised");
  g_assert_cmpstr (of_mistakes, ==, "All mistakes");
}

static void
test_description (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);
  g_autofree char *of_cell = atelier_selection_describe (&cell, confusion, names);
  g_autofree char *of_row = atelier_selection_describe (&row, confusion, names);
  g_autofree char *of_mistakes = atelier_selection_describe (&mistakes, confusion, names);

  g_assert_cmpstr (of_cell, ==, "3 of 8 true Shirt");
  g_assert_cmpstr (of_row, ==, "10 pictures, 7 right");
  g_assert_cmpstr (of_mistakes, ==, "6 of 27 pictures");
}

static void
test_announcement (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);
  g_autofree char *of_cell = atelier_selection_announce (&cell, confusion, names);
  g_autofree char *of_mistakes = atelier_selection_announce (&mistakes, confusion, names);

  g_assert_cmpstr (of_cell, ==, "Shirt called Coat: 3 of 8");
  g_assert_cmpstr (of_mistakes, ==, "All mistakes: 6 of 27 pictures");
}

static void
test_fits (void)
{
  g_assert_true (atelier_selection_fits (&right, 3));
  g_assert_false (atelier_selection_fits (&right, 2));
  g_assert_true (atelier_selection_fits (&mistakes, 1));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/selection/counts-agree", test_counts_agree);
  g_test_add_func ("/app/selection/title", test_title);
  g_test_add_func ("/app/selection/description", test_description);
  g_test_add_func ("/app/selection/announcement", test_announcement);
  g_test_add_func ("/app/selection/fits", test_fits);

  return g_test_run ();
}
