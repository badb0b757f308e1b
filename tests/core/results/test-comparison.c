/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two networks on the same pictures: counts, what chance explains, and the words. */

#include <string.h>

#include "base/atelier-error.h"
#include "results/atelier-comparison.h"

#define N_CLASSES 3

/* Predictions of pictures @first_picture and on; @classes and @labels: [n]. */
static AtelierPredictions *
make_predictions (const guint8 *classes,
                  const guint8 *labels,
                  guint         n,
                  guint         first_picture)
{
  g_autofree float *scores = g_new0 (float, n * N_CLASSES);
  g_autofree guint32 *pictures = g_new (guint32, n);
  g_autoptr (GBytes) label_bytes = g_bytes_new (labels, n);
  g_autoptr (GBytes) picture_bytes = NULL;

  for (guint i = 0; i < n; i++)
    {
      scores[i * N_CLASSES + classes[i]] = 1.0f;
      pictures[i] = first_picture + i;
    }
  picture_bytes = g_bytes_new (pictures, n * sizeof *pictures);
  return atelier_predictions_new_shared (ATELIER_SPLIT_VALIDATION, scores, label_bytes,
                                         picture_bytes, FALSE, N_CLASSES);
}

/* So many pictures that both have right, and that only one has right. */
static AtelierComparison *
make_comparison (guint n,
                 guint n_first,
                 guint n_second)
{
  g_autofree guint8 *labels = g_new0 (guint8, n);
  g_autofree guint8 *first = g_new0 (guint8, n);
  g_autofree guint8 *second = g_new0 (guint8, n);
  g_autoptr (AtelierPredictions) of_first = NULL;
  g_autoptr (AtelierPredictions) of_second = NULL;
  g_autoptr (GError) error = NULL;
  AtelierComparison *comparison;

  memset (second, 1, n_first);
  memset (first + n_first, 2, n_second);
  of_first = make_predictions (first, labels, n, 0);
  of_second = make_predictions (second, labels, n, 0);
  comparison = atelier_comparison_new (of_first, of_second, &error);
  g_assert_no_error (error);
  return comparison;
}

static void
test_counts (void)
{
  const guint8 labels[] = { 0, 1, 2, 2, 0 };
  const guint8 first[] = { 0, 1, 0, 1, 2 };
  const guint8 second[] = { 0, 2, 2, 1, 1 };
  g_autoptr (AtelierPredictions) of_first = make_predictions (first, labels, 5, 10);
  g_autoptr (AtelierPredictions) of_second = make_predictions (second, labels, 5, 10);
  g_autoptr (AtelierComparison) comparison = atelier_comparison_new (of_first, of_second, NULL);
  const guint *images, *of_other;
  guint n;

  g_assert_cmpuint (atelier_comparison_get_n (comparison), ==, 5);
  g_assert_cmpuint (atelier_comparison_get_n_left_out (comparison), ==, 0);
  g_assert_null (atelier_comparison_describe_left_out (comparison));
  g_assert_cmpuint (atelier_comparison_count (comparison, ATELIER_PAIR_BOTH_RIGHT), ==, 1);
  g_assert_cmpuint (atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_FIRST), ==, 1);
  g_assert_cmpuint (atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_SECOND), ==, 1);
  images = atelier_comparison_get_images (comparison, ATELIER_PAIR_BOTH_WRONG, &n, &of_other);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (images[0], ==, 3);
  g_assert_cmpuint (of_other[1], ==, 4);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 1, 1), ==, -1);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 1, 2), ==, 1);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 2, 2), ==, 1);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 2, 0), ==, -1);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 0, 1), ==, 1);
  g_assert_cmpint (atelier_comparison_get_change (comparison, 0, 0), ==, 0);
}

/* Pictures 0 to 3 and 2 to 5: two are common. */
static void
test_left_out (void)
{
  const guint8 labels[] = { 0, 1, 2, 0 };
  const guint8 of_labels[] = { 2, 0, 1, 1 };
  const guint8 right[] = { 0, 0, 2, 0 };
  const guint8 wrong[] = { 1, 0, 1, 1 };
  g_autoptr (AtelierPredictions) first = make_predictions (right, labels, 4, 0);
  g_autoptr (AtelierPredictions) second = make_predictions (wrong, of_labels, 4, 2);
  g_autoptr (AtelierPredictions) other = make_predictions (wrong, of_labels, 4, 90);
  g_autoptr (AtelierComparison) comparison = atelier_comparison_new (first, second, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  const guint *images, *of_second;
  guint n;

  g_assert_cmpuint (atelier_comparison_get_n (comparison), ==, 2);
  g_assert_cmpuint (atelier_comparison_get_n_left_out (comparison), ==, 4);
  images = atelier_comparison_get_images (comparison, ATELIER_PAIR_ONLY_FIRST, &n, &of_second);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (images[0], ==, 2);
  g_assert_cmpuint (of_second[0], ==, 0);
  words = atelier_comparison_describe_left_out (comparison);
  g_assert_nonnull (strstr (words, "4 pictures are left out"));

  g_assert_null (atelier_comparison_new (first, other, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

static void
test_refused (void)
{
  const guint8 labels[] = { 0, 1 }, others[] = { 0, 2 };
  const float scores[] = { 1.0f, 0.0f, 0.0f, 1.0f };
  g_autoptr (AtelierPredictions) first = make_predictions (labels, labels, 2, 0);
  g_autoptr (AtelierPredictions) second = make_predictions (labels, others, 2, 0);
  g_autoptr (AtelierPredictions) two_classes
    = atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 2, 2);
  g_autoptr (GError) label_error = NULL;
  g_autoptr (GError) class_error = NULL;

  g_assert_null (atelier_comparison_new (first, second, &label_error));
  g_assert_error (label_error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (label_error->message, "Picture 1 "));
  g_assert_null (atelier_comparison_new (first, two_classes, &class_error));
  g_assert_error (class_error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (class_error->message, "3 classes, the other 2"));
}

static void
assert_words (AtelierComparison *comparison,
              AtelierVerdict     verdict,
              const char        *words,
              const char        *limits)
{
  g_autofree char *described = atelier_comparison_describe (comparison, "Quick", "Strong");
  g_autofree char *limited = atelier_comparison_describe_limits (comparison);

  g_assert_cmpint (atelier_comparison_get_verdict (comparison), ==, verdict);
  g_assert_cmpstr (described, ==, words);
  g_assert_nonnull (strstr (limited, limits));
}

static void
test_words (void)
{
  g_autoptr (AtelierComparison) second = make_comparison (5000, 100, 140);
  g_autoptr (AtelierComparison) first = make_comparison (5000, 140, 100);
  g_autoptr (AtelierComparison) borderline = make_comparison (5000, 22, 38);
  g_autoptr (AtelierComparison) same = make_comparison (5000, 30, 31);
  g_autoptr (AtelierComparison) sure = make_comparison (5000, 10, 400);

  assert_words (second, ATELIER_VERDICT_SECOND,
                "Strong is better by 0.8 points (95 % interval 0.2 to 1.4; McNemar p = 0.012). On "
                "these 5,000 pictures chance alone would seldom make such a difference.",
                "another seed may turn it round");
  assert_words (first, ATELIER_VERDICT_FIRST,
                "Quick is better by 0.8 points (95 % interval 0.2 to 1.4; McNemar p = 0.012). On "
                "these 5,000 pictures chance alone would seldom make such a difference.",
                "not about their recipes");
  assert_words (borderline, ATELIER_VERDICT_BORDERLINE,
                "Strong is ahead by 0.3 points (95 % interval 0.0 to 0.6; McNemar p = 0.052), "
                "which is borderline: these 5,000 pictures do not decide it.",
                "does not make them equal");
  assert_words (same, ATELIER_VERDICT_SAME,
                "Strong and Quick cannot be told apart: they differ by 0.0 points (95 % interval "
                "-0.3 to 0.3; McNemar p = 1.000), which chance alone would often make on 5,000 "
                "pictures.",
                "does not make them equal");
  g_assert_cmpfloat (atelier_comparison_get_p (sure), <, 0.001);
  assert_words (sure, ATELIER_VERDICT_SECOND,
                "Strong is better by 7.8 points (95 % interval 7.0 to 8.6; McNemar p below 0.001). "
                "On these 5,000 pictures chance alone would seldom make such a difference.",
                "another seed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/comparison/counts", test_counts);
  g_test_add_func ("/core/comparison/left-out", test_left_out);
  g_test_add_func ("/core/comparison/refused", test_refused);
  g_test_add_func ("/core/comparison/words", test_words);
  return g_test_run ();
}
