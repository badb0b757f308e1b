/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Predictions: the class with the highest score, its score and the true class's, and scores that
 * are not finite. */

#include <math.h>

#include "results/atelier-predictions.h"
#include "small-runs.h"

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
  static const guint32 pictures[] = { 4, 10, 11 };
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (GBytes) picture_bytes = g_bytes_new (pictures, sizeof pictures);
  g_autoptr (AtelierPredictions) first =
    atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, picture_bytes,
                                    TRUE, 2);
  g_autoptr (AtelierPredictions) second =
    atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, picture_bytes,
                                    TRUE, 2);

  g_assert_cmpuint (atelier_predictions_get_n (first), ==, 3);
  g_assert_cmpuint (atelier_predictions_get_label (first, 1), ==, 1);
  g_assert_cmpmem (atelier_predictions_get_classes (first), 3, "\0\1\1", 3);
  g_assert_true (atelier_predictions_get_labels (first) == atelier_predictions_get_labels (second));
}

/* Of a sample and of a whole split, which need not begin with the data set's first picture. */
static void
test_picture (void)
{
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f, 1.0f, 0.0f };
  static const guint8 labels[] = { 0, 1, 0 };
  static const guint32 pictures[] = { 4, 10, 11 };
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, sizeof labels);
  g_autoptr (GBytes) picture_bytes = g_bytes_new (pictures, sizeof pictures);

  for (int is_sample = 0; is_sample < 2; is_sample++)
    {
      g_autoptr (AtelierPredictions) predictions =
        atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, picture_bytes,
                                        is_sample, 2);
      guint n_found = 0;

      g_assert_true (atelier_predictions_is_sample (predictions) == is_sample);
      for (guint picture = 0; picture < 20; picture++)
        {
          guint i = 99;

          if (atelier_predictions_find (predictions, picture, &i))
            {
              g_assert_cmpuint (atelier_predictions_get_picture (predictions, i), ==, picture);
              n_found++;
            }
          else
            g_assert_cmpuint (i, ==, 99);
        }
      g_assert_cmpuint (n_found, ==, 3);
    }
}

/* Without numbers, the pictures are the first of the data set. */
static void
test_first_pictures (void)
{
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f };
  static const guint8 labels[] = { 0, 1 };
  g_autoptr (AtelierPredictions) whole =
    atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 2, 2);
  guint i = 99;

  g_assert_false (atelier_predictions_is_sample (whole));
  g_assert_cmpuint (atelier_predictions_get_picture (whole, 1), ==, 1);
  g_assert_true (atelier_predictions_find (whole, 1, &i));
  g_assert_cmpuint (i, ==, 1);
  g_assert_false (atelier_predictions_find (whole, 2, &i));
}

/* Predictions of a whole split that say of each picture what its label says. */
static AtelierPredictions *
predict_labels (AtelierSplits *splits,
                AtelierSplit   split)
{
  const guint n = atelier_splits_get_n (splits, split);
  g_autoptr (GBytes) labels = g_bytes_new (atelier_splits_get_labels (splits, split), n);
  guint32 *pictures = g_new (guint32, n);
  g_autoptr (GBytes) picture_bytes = g_bytes_new_take (pictures, n * sizeof *pictures);
  g_autofree float *scores = g_new0 (float, n * 10);

  for (guint i = 0; i < n; i++)
    {
      pictures[i] = atelier_splits_get_picture (splits, split, i);
      scores[i * 10 + atelier_splits_get_label (splits, split, i)] = 1.0f;
    }

  return atelier_predictions_new_shared (split, scores, labels, picture_bytes, FALSE, 10);
}

/* All that was predicted about training, validation and test pictures is found after the same
 * pictures were split in other ways, and is about the same pictures. */
static void
test_other_split (void)
{
  static const guint n_validation[] = { 0, 1, 100, SMALL_N_TRAIN - 1 };
  g_autoptr (AtelierSplits) splits = small_splits_new ();

  for (AtelierSplit split = 0; split < ATELIER_N_SPLITS; split++)
    {
      g_autoptr (AtelierPredictions) predictions = predict_labels (splits, split);
      guint i_image = G_MAXUINT, n_found = 0;

      for (guint i = 0; i < G_N_ELEMENTS (n_validation); i++)
        {
          g_autoptr (AtelierSplits) others = small_splits_new_first (n_validation[i]);

          for (AtelierSplit other = 0; other < ATELIER_N_SPLITS; other++)
            for (guint j = 0; j < atelier_splits_get_n (others, other); j++)
              if (atelier_predictions_find (predictions,
                                            atelier_splits_get_picture (others, other, j),
                                            &i_image))
                {
                  g_assert_true (atelier_splits_get_image (others, other, j)
                                 == atelier_splits_get_image (splits, split, i_image));
                  g_assert_cmpuint (atelier_predictions_get_class (predictions, i_image), ==,
                                    atelier_splits_get_label (others, other, j));
                  n_found++;
                }
        }
      g_assert_cmpuint (n_found, ==,
                        G_N_ELEMENTS (n_validation) * atelier_splits_get_n (splits, split));
    }
}

int
main (int    argc,
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
  g_test_add_func ("/core/predictions/picture", test_picture);
  g_test_add_func ("/core/predictions/first-pictures", test_first_pictures);
  g_test_add_func ("/core/predictions/other-split", test_other_split);

  return g_test_run ();
}
