/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSplits: how many pictures are for what, their numbers both ways, and when two splits are
 * the same. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-splits.h"
#include "small-runs.h"

#define N_TO_LEARN 5
#define N_TEST 2
#define N_ADVISED 2
#define IMAGE_SIZE 2

static const char * const class_names[] = { "one", "two", "three", NULL };
static const guint8 labels[N_TO_LEARN + N_TEST] = { 0, 1, 2, 0, 1, 2, 1 };

/* Pictures of two bytes, "aA" to "gG", of which the source advises @n_validation for validation
 * and has set aside the last @n_test for testing. */
static AtelierDataset *
create_dataset (guint n_validation,
                guint n_test)
{
  g_autoptr (GBytes) train_images = g_bytes_new_static ("aAbBcCdDeE", N_TO_LEARN * IMAGE_SIZE);
  g_autoptr (GBytes) train_labels = g_bytes_new_static (labels, N_TO_LEARN);
  g_autoptr (GBytes) test_images = g_bytes_new_static ("fFgG", n_test * IMAGE_SIZE);
  g_autoptr (GBytes) test_labels = g_bytes_new_static (labels + N_TO_LEARN, n_test);
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Letters",
    .source = "made for a test",
    .height = 2,
    .width = 1,
    .channels = 1,
    .class_names = class_names,
    .n_validation = n_validation,
    .train_images = train_images,
    .train_labels = train_labels,
    .test_images = test_images,
    .test_labels = test_labels,
  };
  g_autoptr (AtelierSplits) splits = splits_of_parts (&parts);

  return atelier_dataset_ref (atelier_splits_get_dataset (splits));
}

static AtelierSplits *
create_first (AtelierDataset *dataset,
              guint           n_validation)
{
  g_autoptr (GError) error = NULL;
  AtelierSplits *splits = atelier_splits_new_first (dataset, n_validation, &error);

  g_assert_no_error (error);
  g_assert_nonnull (splits);
  return splits;
}

/* The numbers of the split's pictures are those from @start on, and what is told of each is the
 * data set's, in one piece. */
static void
assert_split (AtelierSplits *splits,
              AtelierSplit   split,
              guint          start,
              guint          n)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint8 *images = atelier_splits_get_images (splits, split);
  const guint8 *split_labels = atelier_splits_get_labels (splits, split);

  g_assert_cmpuint (atelier_splits_get_n (splits, split), ==, n);
  g_assert_true ((images != NULL) == (n > 0));
  g_assert_true ((split_labels != NULL) == (n > 0));
  for (guint i = 0; i < n; i++)
    {
      const guint8 *image = atelier_splits_get_image (splits, split, i);
      const guint picture = start + i;

      g_assert_cmpuint (atelier_splits_get_picture (splits, split, i), ==, picture);
      g_assert_true (image == atelier_dataset_get_image (dataset, picture));
      g_assert_true (image == images + i * IMAGE_SIZE);
      g_assert_cmpuint (image[0], ==, 'a' + picture);
      g_assert_cmpuint (image[1], ==, 'A' + picture);
      g_assert_true (split_labels + i == atelier_dataset_get_labels (dataset, picture));
      g_assert_cmpuint (atelier_splits_get_label (splits, split, i), ==, labels[picture]);
    }
}

/* The first pictures are for validation. */
static void
assert_splits (AtelierSplits *splits,
               guint          n_validation,
               guint          n_test)
{
  assert_split (splits, ATELIER_SPLIT_VALIDATION, 0, n_validation);
  assert_split (splits, ATELIER_SPLIT_TRAIN, n_validation, N_TO_LEARN - n_validation);
  assert_split (splits, ATELIER_SPLIT_TEST, N_TO_LEARN, n_test);
}

static void
test_as_advised (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);

  g_assert_true (atelier_splits_get_dataset (splits) == dataset);
  assert_splits (splits, N_ADVISED, N_TEST);
}

static void
test_none_advised (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (0, N_TEST);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);

  assert_splits (splits, 0, N_TEST);
}

/* Whatever is advised, and without a change to what it was before. */
static void
test_first (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierSplits) advised = atelier_splits_new (dataset);

  for (guint n = 0; n < N_TO_LEARN; n++)
    {
      g_autoptr (AtelierSplits) splits = create_first (dataset, n);

      g_assert_true (atelier_splits_get_dataset (splits) == dataset);
      assert_splits (splits, n, N_TEST);
    }
  assert_splits (advised, N_ADVISED, N_TEST);
}

/* Test pictures are those that were set aside, in one piece. */
static void
assert_split_is_test (AtelierSplits *splits)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint start = atelier_dataset_get_n_to_learn (dataset);

  g_assert_cmpuint (atelier_splits_get_picture (splits, ATELIER_SPLIT_TEST, 3), ==, start + 3);
  g_assert_true (atelier_splits_get_images (splits, ATELIER_SPLIT_TEST)
                 == atelier_dataset_get_image (dataset, start));
  g_assert_true (atelier_splits_get_labels (splits, ATELIER_SPLIT_TEST)
                 == atelier_dataset_get_labels (dataset, start));
}

/* The last pictures are for validation, in the data set's order. */
static void
test_last (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);

  for (guint n = 0; n < N_TO_LEARN; n++)
    {
      g_autoptr (AtelierSplits) splits =
        atelier_splits_new_divided (dataset, ATELIER_DIVISION_LAST, n, 1, NULL);

      assert_split (splits, ATELIER_SPLIT_TRAIN, 0, N_TO_LEARN - n);
      assert_split (splits, ATELIER_SPLIT_VALIDATION, N_TO_LEARN - n, n);
      assert_split (splits, ATELIER_SPLIT_TEST, N_TO_LEARN, N_TEST);
    }
}

/* A split's pictures are some of those to learn from, in the data set's order; what is told of each
 * is the data set's. */
static void
assert_drawn (AtelierSplits *splits,
              AtelierSplit   split,
              guint          n,
              guint         *n_of_class)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint8 *images = atelier_splits_get_images (splits, split);
  const guint8 *split_labels = atelier_splits_get_labels (splits, split);
  guint before = 0;

  g_assert_cmpuint (atelier_splits_get_n (splits, split), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const guint picture = atelier_splits_get_picture (splits, split, i);
      AtelierSplit found = ATELIER_N_SPLITS;
      guint i_image = G_MAXUINT;

      g_assert_true (i == 0 || picture > before);
      before = picture;
      g_assert_true (atelier_splits_find (splits, picture, &found, &i_image));
      g_assert_cmpint (found, ==, split);
      g_assert_cmpuint (i_image, ==, i);
      g_assert_cmpmem (images + i * 28 * 28, 28 * 28, atelier_dataset_get_image (dataset, picture),
                       28 * 28);
      g_assert_true (atelier_splits_get_image (splits, split, i) == images + i * 28 * 28);
      g_assert_cmpuint (split_labels[i], ==, atelier_dataset_get_label (dataset, picture));
      g_assert_cmpuint (atelier_splits_get_label (splits, split, i), ==, split_labels[i]);
      n_of_class[split_labels[i]]++;
    }
}

/* Each class has its share, within one picture; no picture is in two splits or in none. */
static void
test_stratified (void)
{
  g_autoptr (AtelierSplits) advised = small_splits_new ();
  AtelierDataset *dataset = atelier_splits_get_dataset (advised);
  const guint n_all = atelier_dataset_get_n_to_learn (dataset);
  const guint sizes[] = { 0, 1, 9, 100, n_all - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (AtelierSplits) splits =
        atelier_splits_new_divided (dataset, ATELIER_DIVISION_STRATIFIED, sizes[i], i, NULL);
      guint drawn[10] = { 0 }, left[10] = { 0 };

      assert_drawn (splits, ATELIER_SPLIT_VALIDATION, sizes[i], drawn);
      assert_drawn (splits, ATELIER_SPLIT_TRAIN, n_all - sizes[i], left);
      assert_split_is_test (splits);
      for (guint k = 0; k < 10; k++)
        {
          const double share = (double) (drawn[k] + left[k]) * sizes[i] / n_all;

          g_assert_cmpfloat (fabs (drawn[k] - share), <, 1.0);
        }
    }
}

static void
test_stratified_by_seed (void)
{
  g_autoptr (AtelierSplits) advised = small_splits_new ();
  AtelierDataset *dataset = atelier_splits_get_dataset (advised);
  g_autoptr (AtelierSplits) one =
    atelier_splits_new_divided (dataset, ATELIER_DIVISION_STRATIFIED, 50, 1, NULL);
  g_autoptr (AtelierSplits) same =
    atelier_splits_new_divided (dataset, ATELIER_DIVISION_STRATIFIED, 50, 1, NULL);
  g_autoptr (AtelierSplits) other =
    atelier_splits_new_divided (dataset, ATELIER_DIVISION_STRATIFIED, 50, 2, NULL);
  g_autoptr (AtelierSplits) first =
    atelier_splits_new_divided (dataset, ATELIER_DIVISION_FIRST, 50, 1, NULL);

  g_assert_true (atelier_splits_equal (one, same));
  g_assert_false (atelier_splits_equal (one, other));
  g_assert_false (atelier_splits_equal (one, first));
  g_assert_false (atelier_splits_equal (first, one));
}

static void
test_nothing_left (void)
{
  static const guint bad[] = { N_TO_LEARN, N_TO_LEARN + N_TEST, G_MAXUINT };
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (atelier_splits_new_first (dataset, bad[i], &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
      g_assert_nonnull (strstr (error->message, "Letters"));
    }
}

static void
test_no_test_pictures (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, 0);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  AtelierSplit split = ATELIER_N_SPLITS;
  guint i_image = 99;

  assert_splits (splits, N_ADVISED, 0);
  g_assert_false (atelier_splits_find (splits, N_TO_LEARN, &split, &i_image));
}

/* Each picture is in one split, at a place that leads back to it. */
static void
test_find (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);

  for (guint n = 0; n < N_TO_LEARN; n++)
    {
      g_autoptr (AtelierSplits) splits = create_first (dataset, n);
      guint counts[ATELIER_N_SPLITS] = { 0 };

      for (guint picture = 0; picture < N_TO_LEARN + N_TEST; picture++)
        {
          AtelierSplit split = ATELIER_N_SPLITS;
          guint i_image = 99;

          g_assert_true (atelier_splits_find (splits, picture, &split, &i_image));
          g_assert_cmpint (split, ==, picture < n ? ATELIER_SPLIT_VALIDATION
                                                  : picture < N_TO_LEARN ? ATELIER_SPLIT_TRAIN
                                                                         : ATELIER_SPLIT_TEST);
          /* Counted in the order of their numbers. */
          g_assert_cmpuint (i_image, ==, counts[split]++);
          g_assert_cmpuint (atelier_splits_get_picture (splits, split, i_image), ==, picture);
        }
      for (AtelierSplit split = 0; split < ATELIER_N_SPLITS; split++)
        g_assert_cmpuint (counts[split], ==, atelier_splits_get_n (splits, split));
    }
}

static void
test_find_outside (void)
{
  static const guint outside[] = { N_TO_LEARN + N_TEST, N_TO_LEARN + N_TEST + 1, G_MAXUINT };
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      AtelierSplit split = ATELIER_N_SPLITS;
      guint i_image = 99;

      g_assert_false (atelier_splits_find (splits, outside[i], &split, &i_image));
      g_assert_cmpint (split, ==, ATELIER_N_SPLITS);
      g_assert_cmpuint (i_image, ==, 99);
    }
}

/* The way they came about does not matter, nor do names and what is advised. */
static void
test_equal (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierDataset) advised_otherwise = create_dataset (0, N_TEST);
  g_autoptr (AtelierDataset) renamed
    = atelier_dataset_with_names (dataset, "mnist", "Renamed", class_names, NULL);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierSplits) first = create_first (dataset, N_ADVISED);
  g_autoptr (AtelierSplits) of_another = create_first (advised_otherwise, N_ADVISED);
  g_autoptr (AtelierSplits) of_renamed = atelier_splits_new (renamed);

  g_assert_true (atelier_splits_equal (splits, splits));
  g_assert_true (atelier_splits_equal (splits, first));
  g_assert_true (atelier_splits_equal (first, splits));
  g_assert_true (atelier_splits_equal (splits, of_another));
  g_assert_true (atelier_splits_equal (splits, of_renamed));
}

static void
test_not_equal (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierDataset) fewer = create_dataset (N_ADVISED, 0);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierSplits) of_fewer = atelier_splits_new (fewer);
  g_autoptr (AtelierSplits) garments = garment_splits_new (1, 12, 3);
  g_autoptr (AtelierSplits) other_garments = garment_splits_new (2, 12, 3);

  for (guint n = 0; n < N_TO_LEARN; n++)
    {
      g_autoptr (AtelierSplits) other = create_first (dataset, n);

      g_assert_true (atelier_splits_equal (splits, other) == (n == N_ADVISED));
    }
  g_assert_false (atelier_splits_equal (splits, of_fewer));
  /* As many of each, but other pictures. */
  g_assert_false (atelier_splits_equal (garments, other_garments));
}

static void
test_keeps_data_alive (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_autoptr (AtelierSplits) held = atelier_splits_ref (splits);

  g_assert_true (held == splits);
  g_clear_pointer (&dataset, atelier_dataset_unref);
  g_clear_pointer (&splits, atelier_splits_unref);
  assert_splits (held, N_ADVISED, N_TEST);
}

static void
test_boxed (void)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (N_ADVISED, N_TEST);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, ATELIER_TYPE_SPLITS);
  g_value_set_boxed (&value, splits);
  g_assert_true (g_value_get_boxed (&value) == splits);
  /* The value has a reference of its own. */
  g_clear_pointer (&splits, atelier_splits_unref);
  assert_splits (g_value_get_boxed (&value), N_ADVISED, N_TEST);
}

static void
test_ids (void)
{
  AtelierSplit split = ATELIER_SPLIT_TRAIN;

  for (AtelierSplit i = 0; i < ATELIER_N_SPLITS; i++)
    {
      g_assert_true (atelier_split_from_id (atelier_split_get_id (i), &split));
      g_assert_cmpint (split, ==, i);
      g_assert_cmpstr (atelier_split_get_name (i), !=, "");
    }
  g_assert_cmpstr (atelier_split_get_id (ATELIER_SPLIT_VALIDATION), ==, "validation");
  g_assert_false (atelier_split_from_id ("Test", &split));
  g_assert_false (atelier_split_from_id ("", &split));
  g_assert_false (atelier_split_from_id (NULL, &split));
  g_assert_cmpint (split, ==, ATELIER_SPLIT_TEST);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/splits/as-advised", test_as_advised);
  g_test_add_func ("/core/splits/none-advised", test_none_advised);
  g_test_add_func ("/core/splits/first", test_first);
  g_test_add_func ("/core/splits/last", test_last);
  g_test_add_func ("/core/splits/stratified", test_stratified);
  g_test_add_func ("/core/splits/stratified/seed", test_stratified_by_seed);
  g_test_add_func ("/core/splits/nothing-left", test_nothing_left);
  g_test_add_func ("/core/splits/no-test-pictures", test_no_test_pictures);
  g_test_add_func ("/core/splits/find", test_find);
  g_test_add_func ("/core/splits/find/outside", test_find_outside);
  g_test_add_func ("/core/splits/equal", test_equal);
  g_test_add_func ("/core/splits/not-equal", test_not_equal);
  g_test_add_func ("/core/splits/keeps-data-alive", test_keeps_data_alive);
  g_test_add_func ("/core/splits/boxed", test_boxed);
  g_test_add_func ("/core/splits/ids", test_ids);

  return g_test_run ();
}
