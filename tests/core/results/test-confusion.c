/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Confusion counts: sums, rates compared with figures worked out by hand, and the order of the
 * worst pairs. */

#include <math.h>

#include "results/atelier-confusion.h"

/* Row sums 8, 10, 0; column sums 6, 10, 2; 12 of 18 right. */
static const guint counts[] = {
  5, 3, 0,
  1, 7, 2,
  0, 0, 0,
};

static void
test_totals (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);

  g_assert_cmpuint (atelier_confusion_get_n_classes (confusion), ==, 3);
  g_assert_cmpmem (atelier_confusion_get_counts (confusion), sizeof counts, counts, sizeof counts);
  g_assert_cmpuint (atelier_confusion_get_count (confusion, 1, 2), ==, 2);
  g_assert_cmpuint (atelier_confusion_get_row_total (confusion, 0), ==, 8);
  g_assert_cmpuint (atelier_confusion_get_row_total (confusion, 2), ==, 0);
  g_assert_cmpuint (atelier_confusion_get_column_total (confusion, 1), ==, 10);
  g_assert_cmpuint (atelier_confusion_get_total (confusion), ==, 18);
  g_assert_cmpuint (atelier_confusion_get_n_mistakes (confusion), ==, 6);
  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_accuracy (confusion), 12.0 / 18.0, 1e-15);
}

static void
test_rates (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);

  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_precision (confusion, 0), 5.0 / 6.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_recall (confusion, 0), 5.0 / 8.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_f1 (confusion, 0), 10.0 / 14.0, 1e-15);
  g_assert_true (atelier_confusion_get_precision (confusion, 2) == 0.0);
}

static void
test_rates_without_denominator (void)
{
  static const guint one_sided[] = { 4, 0, 0, 0 };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (one_sided, 2);

  g_assert_true (isnan (atelier_confusion_get_precision (confusion, 1)));
  g_assert_true (isnan (atelier_confusion_get_recall (confusion, 1)));
  g_assert_true (isnan (atelier_confusion_get_f1 (confusion, 1)));
  g_assert_true (atelier_confusion_get_f1 (confusion, 0) == 1.0);
}

static void
test_empty (void)
{
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TEST, NULL, NULL, 0, 4);
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);
  AtelierConfusedPair pairs[3];

  g_assert_cmpuint (atelier_confusion_get_total (confusion), ==, 0);
  g_assert_true (isnan (atelier_confusion_get_accuracy (confusion)));
  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, pairs, 3), ==, 0);
}

static void
test_from_predictions (void)
{
  static const float scores[] = { 0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f };
  static const guint8 labels[] = { 0, 0, 1 };
  static const guint expected[] = { 1, 1, 0, 1 };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_TEST, scores, labels, 3, 2);
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new (predictions);

  g_assert_cmpmem (atelier_confusion_get_counts (confusion), sizeof expected,
                   expected, sizeof expected);
}

static void
assert_pair (const AtelierConfusedPair *pair,
             guint                      truth,
             guint                      prediction,
             guint                      count)
{
  g_assert_cmpuint (pair->truth, ==, truth);
  g_assert_cmpuint (pair->prediction, ==, prediction);
  g_assert_cmpuint (pair->count, ==, count);
}

static void
test_worst_pairs (void)
{
  static const guint tied[] = {
    9, 2, 5,
    2, 9, 0,
    5, 1, 9,
  };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (tied, 3);
  AtelierConfusedPair pairs[8];

  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, pairs, 8), ==, 5);
  assert_pair (&pairs[0], 0, 2, 5);
  assert_pair (&pairs[1], 2, 0, 5);
  assert_pair (&pairs[2], 0, 1, 2);
  assert_pair (&pairs[3], 1, 0, 2);
  assert_pair (&pairs[4], 2, 1, 1);
}

static void
test_worst_pairs_cut_off (void)
{
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (counts, 3);
  AtelierConfusedPair pair;

  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, &pair, 1), ==, 1);
  assert_pair (&pair, 0, 1, 3);
  g_assert_cmpuint (atelier_confusion_get_worst_pairs (confusion, NULL, 0), ==, 0);
}

static const char * const class_names[] = { "a", "b", "c", NULL };

static void
test_pair_in_words (void)
{
  static const guint many[] = { 918, 82, 0, 0 };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (many, 2);
  const AtelierConfusedPair pair = { 0, 1, 82 };
  g_autofree char *words = atelier_confusion_describe_pair (confusion, &pair, class_names);

  g_assert_cmpstr (words, ==, "a called b: 82 of 1,000");
}

static void
test_worst_pairs_in_words (void)
{
  static const guint some[] = {
    9, 2, 1500,
    2, 9, 0,
    5, 1, 9,
  };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (some, 3);
  g_autofree char *three = atelier_confusion_describe_worst_pairs (confusion, class_names, 3);
  g_autofree char *one = atelier_confusion_describe_worst_pairs (confusion, class_names, 1);

  g_assert_cmpstr (three, ==, "a called c 1,500 · c called a 5 · a called b 2");
  g_assert_cmpstr (one, ==, "a called c 1,500");
}

static void
test_no_pair_in_words (void)
{
  static const guint right[] = { 3, 0, 0, 4 };
  static const guint none[] = { 0, 0, 0, 0 };
  g_autoptr (AtelierConfusion) perfect = atelier_confusion_new_from_counts (right, 2);
  g_autoptr (AtelierConfusion) empty = atelier_confusion_new_from_counts (none, 2);
  g_autofree char *of_perfect = atelier_confusion_describe_worst_pairs (perfect, class_names, 3);
  g_autofree char *of_empty = atelier_confusion_describe_worst_pairs (empty, class_names, 3);

  g_assert_cmpstr (of_perfect, ==, "No mistake at all.");
  g_assert_cmpstr (of_empty, ==, "");
}

/* The F1 of the first two classes are 6/7 and 8/9; that of a class that is never right is 0, and a
 * class that never occurs has none. */
static void
test_macro_f1 (void)
{
  guint some[] = {
    3, 1, 0, 0,
    0, 4, 0, 0,
    0, 0, 0, 0,
    0, 0, 0, 0,
  };
  static const guint none[] = { 0, 0, 0, 0 };
  g_autoptr (AtelierConfusion) two = atelier_confusion_new_from_counts (some, 4);
  g_autoptr (AtelierConfusion) empty = atelier_confusion_new_from_counts (none, 2);
  g_autoptr (AtelierConfusion) all = NULL;

  some[2 * 4 + 3] = 2;
  all = atelier_confusion_new_from_counts (some, 4);

  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_macro_f1 (two), (6.0 / 7 + 8.0 / 9) / 2,
                                  1e-12);
  g_assert_cmpfloat_with_epsilon (atelier_confusion_get_macro_f1 (all), (6.0 / 7 + 8.0 / 9) / 4,
                                  1e-12);
  g_assert_true (isnan (atelier_confusion_get_macro_f1 (empty)));
}

static void
test_classes_as_csv (void)
{
  static const char * const names[] = { "T-shirt/top", "a \"b\", c", "none", NULL };
  static const guint some[] = {
    3, 1, 0,
    0, 4, 0,
    0, 0, 0,
  };
  g_autoptr (AtelierConfusion) confusion = atelier_confusion_new_from_counts (some, 3);
  g_autofree char *csv = atelier_confusion_classes_to_csv (confusion, names);

  g_assert_cmpstr (csv, ==,
                   "class,precision,recall,f1,images\r\n"
                   "T-shirt/top,1,0.75,0.8571428571428571,4\r\n"
                   "\"a \"\"b\"\", c\",0.80000000000000004,1,0.88888888888888884,4\r\n"
                   "none,,,,0\r\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/confusion/totals", test_totals);
  g_test_add_func ("/core/confusion/rates", test_rates);
  g_test_add_func ("/core/confusion/no-denominator", test_rates_without_denominator);
  g_test_add_func ("/core/confusion/empty", test_empty);
  g_test_add_func ("/core/confusion/from-predictions", test_from_predictions);
  g_test_add_func ("/core/confusion/worst-pairs", test_worst_pairs);
  g_test_add_func ("/core/confusion/worst-pairs-cut-off", test_worst_pairs_cut_off);
  g_test_add_func ("/core/confusion/macro-f1", test_macro_f1);
  g_test_add_func ("/core/confusion/classes-as-csv", test_classes_as_csv);
  g_test_add_func ("/core/confusion/words/pair", test_pair_in_words);
  g_test_add_func ("/core/confusion/words/worst-pairs", test_worst_pairs_in_words);
  g_test_add_func ("/core/confusion/words/none", test_no_pair_in_words);

  return g_test_run ();
}
