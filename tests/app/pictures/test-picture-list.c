/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The orders of a list, on predictions made by hand and on 60,000 of them. */

#include "config.h"

#include "app-window.h"
#include "pictures/atelier-picture-list.h"

/* Two classes.  Pictures 1, 3 and 4 are mistakes; 1 and 4 with the same score. */
static AtelierPredictions *
new_predictions (void)
{
  static const float scores[] = {
    0.9f, 0.1f,
    0.2f, 0.8f,
    0.3f, 0.7f,
    0.6f, 0.4f,
    0.2f, 0.8f,
  };
  static const guint8 labels[] = { 0, 0, 1, 1, 0 };

  return atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 5, 2);
}

static const AtelierSelection mistakes = { .kind = ATELIER_SELECT_MISTAKES };

static void
assert_order (AtelierPictureOrder  order,
              const char          *expected)
{
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();
  g_autoptr (AtelierPredictions) predictions = new_predictions ();
  g_autoptr (GString) found = g_string_new (NULL);
  static const guint flips[] = { 0, 1, 5, 2, 2 };

  atelier_picture_list_fill (list, NULL, predictions, &mistakes, order, flips);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (AtelierPictureItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpuint (atelier_picture_item_get_picture (item), ==,
                        atelier_picture_list_get_picture (list, i));
      g_string_append_printf (found, "%u ", atelier_picture_item_get_picture (item));
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* Equal scores stay in the order of the data. */
static void
test_most_certain (void)
{
  assert_order (ATELIER_ORDER_MOST_CERTAIN, "1 4 3 ");
}

static void
test_least_certain (void)
{
  assert_order (ATELIER_ORDER_LEAST_CERTAIN, "3 1 4 ");
}

/* The truth of pictures 1 and 4 has a score of 0.2, that of 3 has 0.4. */
static void
test_highest_loss (void)
{
  assert_order (ATELIER_ORDER_HIGHEST_LOSS, "1 4 3 ");
}

static void
test_most_flipped (void)
{
  assert_order (ATELIER_ORDER_MOST_FLIPPED, "3 4 1 ");
}

static void
test_data_order (void)
{
  assert_order (ATELIER_ORDER_DATA, "1 3 4 ");
}

static void
test_find (void)
{
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();
  g_autoptr (AtelierPredictions) predictions = new_predictions ();
  guint position = 7;

  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_MOST_CERTAIN, NULL);
  g_assert_true (atelier_picture_list_find (list, 3, &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_false (atelier_picture_list_find (list, 2, &position));
}

static void
on_items_changed_cb (GListModel *model,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     GString    *told)
{
  g_string_append_printf (told, "items %u -%u +%u, ", position, n_removed, n_added);
}

static void
on_pictures_changed_cb (AtelierPictureList *list,
                        GString            *told)
{
  g_string_append_printf (told, "pictures, ");
}

static void
on_selection_changed_cb (GtkSelectionModel *model,
                         guint              position,
                         guint              n,
                         GString           *told)
{
  g_string_append_printf (told, "selection %u %u, ", position, n);
}

static void
watch (AtelierPictureList *list,
       GString            *told)
{
  g_signal_connect (list, "items-changed", G_CALLBACK (on_items_changed_cb), told);
  g_signal_connect (list, "pictures-changed", G_CALLBACK (on_pictures_changed_cb), told);
  g_signal_connect (list, "selection-changed", G_CALLBACK (on_selection_changed_cb), told);
}

/* Items come and go only where the length changes. */
static void
test_refill_says_what_changed (void)
{
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();
  g_autoptr (AtelierPredictions) predictions = new_predictions ();
  g_autoptr (GString) told = g_string_new (NULL);
  const AtelierSelection row = { .kind = ATELIER_SELECT_TRUTH, .truth = 1 };

  watch (list, told);
  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_DATA, NULL);
  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_LEAST_CERTAIN, NULL);
  atelier_picture_list_fill (list, NULL, predictions, &row, ATELIER_ORDER_DATA, NULL);
  atelier_picture_list_fill (list, NULL, NULL, &row, ATELIER_ORDER_DATA, NULL);
  g_assert_cmpstr (told->str, ==,
                   "items 0 -0 +3, pictures, pictures, items 2 -1 +0, items 0 -2 +0, ");
}

/* Picture 1 is at the first position in the order of the data, and at the second by its score. */
static void
test_refill_says_what_is_selected (void)
{
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();
  g_autoptr (AtelierPredictions) predictions = new_predictions ();
  g_autoptr (GString) told = g_string_new (NULL);

  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_DATA, NULL);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (list), 0, TRUE);
  watch (list, told);
  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpstr (told->str, ==, "pictures, selection 0 2, ");
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (list), 1));
}

static void
test_empty (void)
{
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();

  atelier_picture_list_fill (list, NULL, NULL, &mistakes, ATELIER_ORDER_MOST_CERTAIN, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
}

/* The size of Fashion-MNIST; items are created only on request. */
static void
test_sixty_thousand (void)
{
  const guint n = 60000;
  g_autofree float *scores = g_new (float, 2 * n);
  g_autofree guint8 *labels = g_new0 (guint8, n);
  g_autoptr (AtelierPictureList) list = atelier_picture_list_new ();
  g_autoptr (AtelierPredictions) predictions = NULL;
  g_autoptr (AtelierPictureItem) item = NULL;

  for (guint i = 0; i < n; i++)
    {
      scores[2 * i] = 0.4f * (float) i / (float) n;
      scores[2 * i + 1] = 1.0f - scores[2 * i];
    }
  predictions = atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, n, 2);
  atelier_picture_list_fill (list, NULL, predictions, &mistakes, ATELIER_ORDER_LEAST_CERTAIN, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpfloat (
    atelier_predictions_get_score (predictions, atelier_picture_item_get_picture (item)), <, 0.61);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/picture-list/most-certain", test_most_certain);
  g_test_add_func ("/app/picture-list/least-certain", test_least_certain);
  g_test_add_func ("/app/picture-list/highest-loss", test_highest_loss);
  g_test_add_func ("/app/picture-list/most-flipped", test_most_flipped);
  g_test_add_func ("/app/picture-list/data-order", test_data_order);
  g_test_add_func ("/app/picture-list/find", test_find);
  g_test_add_func ("/app/picture-list/refill/changed", test_refill_says_what_changed);
  g_test_add_func ("/app/picture-list/refill/selected", test_refill_says_what_is_selected);
  g_test_add_func ("/app/picture-list/empty", test_empty);
  g_test_add_func ("/app/picture-list/sixty-thousand", test_sixty_thousand);

  return g_test_run ();
}
