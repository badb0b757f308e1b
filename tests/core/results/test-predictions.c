/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Predictions: the winning class, its score and the truth's, and what becomes of odd scores. */

#include <math.h>

#include "results/atelier-predictions.h"

#define STEP (1.0 / 65535.0)

static void
test_winner (void)
{
  static const float scores[] = { 0.1f, 0.7f, 0.2f, 0.5f, 0.2f, 0.3f };
  static const guint8 labels[] = { 2, 0 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TEST, scores, labels, 2, 3);

  g_assert_cmpint (atelier_predictions_get_split (predictions), ==, ATELIER_SPLIT_TEST);
  g_assert_cmpuint (atelier_predictions_get_n (predictions), ==, 2);
  g_assert_cmpuint (atelier_predictions_get_n_classes (predictions), ==, 3);
  g_assert_cmpuint (atelier_predictions_get_class (predictions, 0), ==, 1);
  g_assert_cmpuint (atelier_predictions_get_label (predictions, 0), ==, 2);
  g_assert_cmpfloat_with_epsilon (atelier_predictions_get_score (predictions, 0), 0.7, STEP);
  g_assert_cmpfloat_with_epsilon (atelier_predictions_get_truth_score (predictions, 0), 0.2, STEP);
  g_assert_cmpuint (atelier_predictions_get_class (predictions, 1), ==, 0);
  g_assert_true (atelier_predictions_get_score (predictions, 1) ==
                 atelier_predictions_get_truth_score (predictions, 1));
}

static void
test_tie_goes_to_lower_class (void)
{
  static const float scores[] = { 0.2f, 0.4f, 0.4f };
  static const guint8 labels[] = { 2 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 1, 3);

  g_assert_cmpuint (atelier_predictions_get_class (predictions, 0), ==, 1);
}

static void
test_ends_are_exact (void)
{
  static const float scores[] = { 0.0f, 1.0f };
  static const guint8 labels[] = { 0 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 1, 2);

  g_assert_true (atelier_predictions_get_score (predictions, 0) == 1.0);
  g_assert_true (atelier_predictions_get_truth_score (predictions, 0) == 0.0);
}

static void
test_not_finite_scores (void)
{
  const float scores[] = { NAN, NAN, INFINITY, 2.0f };
  static const guint8 labels[] = { 1, 1 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 2, 2);

  g_assert_cmpuint (atelier_predictions_get_class (predictions, 0), ==, 0);
  g_assert_true (atelier_predictions_get_score (predictions, 0) == 0.0);
  g_assert_true (atelier_predictions_get_score (predictions, 1) == 1.0);
  g_assert_true (atelier_predictions_get_truth_score (predictions, 1) == 1.0);
}

static void
test_most_classes (void)
{
  g_autofree float *scores = g_new0 (float, 256);
  static const guint8 labels[] = { 255 };
  g_autoptr (AtelierPredictions) predictions = NULL;

  scores[255] = 0.9f;
  predictions = atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 1, 256);

  g_assert_cmpuint (atelier_predictions_get_class (predictions, 0), ==, 255);
  g_assert_cmpuint (atelier_predictions_get_label (predictions, 0), ==, 255);
}

static void
test_empty (void)
{
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_VALIDATION, NULL, NULL, 0, 10);

  g_assert_cmpuint (atelier_predictions_get_n (predictions), ==, 0);
}

static void
test_shared (void)
{
  static const float scores[] = { 0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f };
  static const guint8 labels[] = { 0, 1, 0 };
  static const guint32 indices[] = { 4, 10, 11 };
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (GBytes) index_bytes = g_bytes_new (indices, sizeof indices);
  g_autoptr (AtelierPredictions) first =
    atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, index_bytes, 2);
  g_autoptr (AtelierPredictions) second =
    atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, index_bytes, 2);

  g_assert_cmpuint (atelier_predictions_get_n (first), ==, 3);
  g_assert_cmpuint (atelier_predictions_get_label (first, 1), ==, 1);
  g_assert_cmpmem (atelier_predictions_get_classes (first), 3, "\0\1\1", 3);
  g_assert_true (atelier_predictions_get_labels (first) == atelier_predictions_get_labels (second));
}

static void
test_index (void)
{
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f, 1.0f, 0.0f };
  static const guint8 labels[] = { 0, 1, 0 };
  static const guint32 indices[] = { 4, 10, 11 };
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (GBytes) index_bytes = g_bytes_new (indices, sizeof indices);
  g_autoptr (AtelierPredictions) sample =
    atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, index_bytes, 2);
  guint n_found = 0;

  g_assert_true (atelier_predictions_is_sample (sample));
  for (guint index = 0; index < 20; index++)
    {
      guint i = 99;

      if (atelier_predictions_find (sample, index, &i))
        {
          g_assert_cmpuint (atelier_predictions_get_index (sample, i), ==, index);
          n_found++;
        }
      else
        g_assert_cmpuint (i, ==, 99);
    }
  g_assert_cmpuint (n_found, ==, 3);
}

static void
test_index_of_whole_split (void)
{
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f };
  static const guint8 labels[] = { 0, 1 };
  g_autoptr (AtelierPredictions) whole =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 2, 2);
  guint i = 99;

  g_assert_false (atelier_predictions_is_sample (whole));
  g_assert_cmpuint (atelier_predictions_get_index (whole, 1), ==, 1);
  g_assert_true (atelier_predictions_find (whole, 1, &i));
  g_assert_cmpuint (i, ==, 1);
  g_assert_false (atelier_predictions_find (whole, 2, &i));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/predictions/winner", test_winner);
  g_test_add_func ("/core/predictions/tie", test_tie_goes_to_lower_class);
  g_test_add_func ("/core/predictions/ends", test_ends_are_exact);
  g_test_add_func ("/core/predictions/not-finite", test_not_finite_scores);
  g_test_add_func ("/core/predictions/most-classes", test_most_classes);
  g_test_add_func ("/core/predictions/empty", test_empty);
  g_test_add_func ("/core/predictions/shared", test_shared);
  g_test_add_func ("/core/predictions/index", test_index);
  g_test_add_func ("/core/predictions/index-of-whole", test_index_of_whole_split);

  return g_test_run ();
}
