/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which classes a split leaves out: found, counted and said. */

#include <string.h>

#include "data/atelier-class-coverage.h"
#include "small-runs.h"

static const char *const names[] = { "Cat", "Dog", "Owl", "Bee", "Elk", "Fox", "Hen", NULL };

/* One pixel a picture; the first @n_validation training labels are the validation split.  "012":
 * one picture of each of three classes. */
static AtelierSplits *
create_splits (const char *train_labels,
               const char *test_labels,
               guint       n_validation)
{
  const gsize n_train = strlen (train_labels), n_test = strlen (test_labels);
  g_autofree guint8 *train = g_new (guint8, n_train), *test = g_new0 (guint8, n_test + 1);
  g_autoptr (GBytes) train_bytes = NULL, test_bytes = NULL;
  AtelierDatasetParts parts;

  for (gsize i = 0; i < n_train; i++)
    train[i] = (guint8) (train_labels[i] - '0');
  for (gsize i = 0; i < n_test; i++)
    test[i] = (guint8) (test_labels[i] - '0');
  train_bytes = g_bytes_new (train, n_train);
  test_bytes = g_bytes_new (test, n_test);
  parts = (AtelierDatasetParts) {
    .id = "folder", .name = "Animals", .source = "", .height = 1, .width = 1, .channels = 1,
    .class_names = names, .n_validation = n_validation,
    .train_images = train_bytes, .train_labels = train_bytes,
    .test_images = test_bytes, .test_labels = test_bytes,
  };

  return splits_of_parts (&parts);
}

static void
assert_words (const char *train_labels,
              const char *test_labels,
              guint       n_validation,
              const char *expected)
{
  g_autoptr (AtelierSplits) splits = create_splits (train_labels, test_labels, n_validation);
  g_autofree char *words = atelier_class_coverage_describe (splits);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_all_there (void)
{
  assert_words ("012210", "012", 3, NULL);
  /* A class that nothing shows is not missed, nor is anything by a split that is empty. */
  assert_words ("0101", "01", 2, NULL);
  assert_words ("01", "", 0, NULL);
  assert_words ("0110", "0", 2, NULL);
}

static void
test_sorted_by_class (void)
{
  assert_words ("000111222", "012", 3,
                "No training picture shows Cat: the network cannot learn it. "
                "No validation picture shows any of Dog, Owl: validation does not say whether "
                "they are recognised. The pictures are sorted by class, and the first of them are "
                "the validation split.");
}

static void
test_missing_from_one (void)
{
  assert_words ("0120", "2", 3,
                "No training picture shows any of Dog, Owl: the network cannot learn them.");
  assert_words ("10012", "2", 2,
                "No validation picture shows Owl: validation does not say whether it is "
                "recognised.");
  assert_words ("01", "012", 0,
                "No training picture shows Owl: the network cannot learn it.");
}

static void
test_many_missing (void)
{
  assert_words ("0", "0123456", 0,
                "No training picture shows any of Dog, Owl, Bee, Elk, Fox, …: the network cannot "
                "learn them.");
}

static void
test_list (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("000111222", "", 3);
  g_autoptr (GArray) training
    = atelier_class_coverage_list_missing (splits, ATELIER_SPLIT_TRAIN);
  g_autoptr (GArray) validation
    = atelier_class_coverage_list_missing (splits, ATELIER_SPLIT_VALIDATION);
  g_autoptr (GArray) test = atelier_class_coverage_list_missing (splits, ATELIER_SPLIT_TEST);

  g_assert_cmpuint (training->len, ==, 1);
  g_assert_cmpuint (g_array_index (training, guint, 0), ==, 0);
  g_assert_cmpuint (validation->len, ==, 2);
  g_assert_cmpuint (g_array_index (validation, guint, 1), ==, 2);
  g_assert_cmpuint (test->len, ==, 0);
}

static void
test_is_sorted (void)
{
  g_autoptr (AtelierSplits) sorted = create_splits ("00112", "2", 1);
  g_autoptr (AtelierSplits) mixed = create_splits ("00121", "2", 1);
  g_autoptr (AtelierSplits) constant = create_splits ("0000", "0", 1);

  g_assert_true (atelier_class_coverage_is_sorted (sorted));
  g_assert_false (atelier_class_coverage_is_sorted (mixed));
  g_assert_false (atelier_class_coverage_is_sorted (constant));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/class-coverage/all-there", test_all_there);
  g_test_add_func ("/core/class-coverage/sorted", test_sorted_by_class);
  g_test_add_func ("/core/class-coverage/missing-from-one", test_missing_from_one);
  g_test_add_func ("/core/class-coverage/many", test_many_missing);
  g_test_add_func ("/core/class-coverage/list", test_list);
  g_test_add_func ("/core/class-coverage/is-sorted", test_is_sorted);

  return g_test_run ();
}
