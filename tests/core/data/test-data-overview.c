/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataOverview: counts, mean pictures, and copies that were planted. */

#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-data-copies-private.h"
#include "data/atelier-data-overview.h"
#include "data/atelier-idx-folder.h"
#include "data/atelier-synthetic.h"
#include "small-runs.h"

#define FASHION_MNIST_FOLDER "/usr/share/datasets/fashion-mnist"
#define IMAGE_SIZE 6

static const char * const class_names[] = { "one", "two", "three", NULL };

/* A letter stands for a picture: all six bytes are the letter.  A capital stands for a picture that
 * differs from its small letter's in one byte: the last byte is the small letter, the others are
 * the capital's.  Labels are digits. */
static GBytes *
create_images (const char *letters)
{
  const gsize n = strlen (letters);
  guint8 *bytes = g_malloc (n * IMAGE_SIZE);

  for (gsize i = 0; i < n; i++)
    {
      memset (bytes + i * IMAGE_SIZE, g_ascii_tolower (letters[i]), IMAGE_SIZE);
      bytes[(i + 1) * IMAGE_SIZE - 1] = letters[i];
    }
  return g_bytes_new_take (bytes, n * IMAGE_SIZE);
}

static GBytes *
create_labels (const char *digits)
{
  const gsize n = strlen (digits);
  guint8 *labels = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    labels[i] = digits[i] - '0';
  return g_bytes_new_take (labels, n);
}

/* The first @n_validation of the training pictures are for validation. */
static AtelierSplits *
create_splits (const char *train_images,
               const char *train_labels,
               guint       n_validation,
               const char *test_images,
               const char *test_labels,
               guint       channels)
{
  g_autoptr (GBytes) images = create_images (train_images);
  g_autoptr (GBytes) labels = create_labels (train_labels);
  g_autoptr (GBytes) more_images = create_images (test_images);
  g_autoptr (GBytes) more_labels = create_labels (test_labels);
  const AtelierDatasetParts parts = {
    .id = "folder",
    .name = "Letters",
    .source = "made for a test",
    .height = 2,
    .width = IMAGE_SIZE / 2 / channels,
    .channels = channels,
    .class_names = class_names,
    .n_validation = n_validation,
    .train_images = images,
    .train_labels = labels,
    .test_images = more_images,
    .test_labels = more_labels,
  };

  return splits_of_parts (&parts);
}

static AtelierDataOverview *
create_overview (AtelierSplits *splits)
{
  g_autoptr (GError) error = NULL;
  AtelierDataOverview *overview = atelier_data_overview_new (splits, NULL, &error);

  g_assert_no_error (error);
  return overview;
}

/* "train 0 is 1, test 3 is 1; " and so on, a group at a time. */
static char *
format_pictures (const AtelierDataPicture *pictures,
                 const guint              *starts,
                 guint                     n_groups)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_groups; i++)
    for (guint j = starts[i]; j < starts[i + 1]; j++)
      g_string_append_printf (text, "%s %u is %u%s", atelier_split_get_id (pictures[j].split),
                              pictures[j].index, pictures[j].label,
                              j + 1 < starts[i + 1] ? ", " : "; ");
  return g_string_free (text, FALSE);
}

static void
assert_groups (AtelierDataOverview *overview,
               const char          *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < atelier_data_overview_get_n_groups (overview); i++)
    {
      guint starts[2] = { 0 };
      const AtelierDataPicture *pictures
        = atelier_data_overview_get_group (overview, i, &starts[1]);
      g_autofree char *group = format_pictures (pictures, starts, 1);

      g_string_append (found, group);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_counts (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("abcdef", "002010", 2, "gh", "22", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  static const guint expected[ATELIER_N_SPLITS][3] = { { 2, 1, 1 }, { 2, 0, 0 }, { 0, 0, 2 } };

  g_assert_true (atelier_data_overview_get_splits (overview) == splits);
  g_assert_true (atelier_data_overview_get_dataset (overview)
                 == atelier_splits_get_dataset (splits));
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    for (guint i = 0; i < 3; i++)
      g_assert_cmpuint (atelier_data_overview_get_count (overview, split, i), ==,
                        expected[split][i]);
}

/* Class 0 is of "a" and "d" in training: (97 + 100) / 2 = 98.5 becomes 99.  Class 1 is one picture,
 * class 2 is in no training picture. */
static void
test_means (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("zabd", "0010", 1, "zz", "02", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  const guint8 *zeroth = atelier_data_overview_get_mean (overview, 0);
  const guint8 *first = atelier_data_overview_get_mean (overview, 1);

  for (guint i = 0; i < IMAGE_SIZE; i++)
    {
      g_assert_cmpuint (zeroth[i], ==, 99);
      g_assert_cmpuint (first[i], ==, 'b');
    }
  g_assert_null (atelier_data_overview_get_mean (overview, 2));
}

/* Classes without training pictures are left out. */
static void
test_means_as_data (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("ca", "20", 0, "b", "1", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  AtelierDataset *means = atelier_data_overview_get_means (overview);
  guint i_mean = 7;

  g_assert_cmpuint (atelier_dataset_get_n_images (means), ==, 2);
  g_assert_false (atelier_data_overview_find_mean (overview, 1, &i_mean));
  g_assert_true (atelier_data_overview_find_mean (overview, 2, &i_mean));
  g_assert_cmpuint (i_mean, ==, 1);
  g_assert_cmpuint (atelier_dataset_get_label (means, 1), ==, 2);
  g_assert_cmpuint (atelier_dataset_get_image (means, 1)[0], ==, 'c');
}

/* (97 + 97 + 98) / 3 = 97.33 and (97 + 98 + 98) / 3 = 97.67. */
static void
test_means_round_to_nearest (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aababb", "000111", 0, "", "", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  g_assert_cmpuint (atelier_data_overview_get_mean (overview, 0)[0], ==, 97);
  g_assert_cmpuint (atelier_data_overview_get_mean (overview, 1)[0], ==, 98);
}

static void
test_colour (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("ab", "01", 0, "b", "1", 3);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  g_assert_cmpuint (atelier_data_overview_get_mean (overview, 1)[IMAGE_SIZE - 1], ==, 'b');
  assert_groups (overview, "train 1 is 1, test 0 is 1; ");
}

/* Copies within each split and between each two splits; three and more of one picture. */
static void
test_copies (void)
{
  g_autoptr (AtelierSplits) splits
    = create_splits ("vxv" "tatxac", "111000000", 3, "qvqat", "11100", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_groups (overview,
                 "train 0 is 0, train 2 is 0, test 4 is 0; "
                 "train 1 is 0, train 4 is 0, test 3 is 0; "
                 "train 3 is 0, validation 1 is 1; "
                 "validation 0 is 1, validation 2 is 1, test 1 is 1; "
                 "test 0 is 1, test 2 is 1; ");
  g_assert_cmpuint (atelier_data_overview_get_n_copied (overview), ==, 13);
}

/* Numbers go over the whole data set: v x v t a t x a c, and then q v q a t. */
static void
test_numbers (void)
{
  static const guint expected[][3] = {
    { 3, 5, 13 }, { 4, 7, 12 }, { 6, 1 }, { 0, 2, 10 }, { 9, 11 },
  };
  g_autoptr (AtelierSplits) splits
    = create_splits ("vxv" "tatxac", "111000000", 3, "qvqat", "11100", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  guint n_seen = 0;

  g_assert_cmpuint (atelier_data_overview_get_n_groups (overview), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      guint n;
      const AtelierDataPicture *pictures = atelier_data_overview_get_group (overview, i, &n);

      g_assert_cmpuint (n, <=, G_N_ELEMENTS (expected[i]));
      for (guint j = 0; j < n; j++, n_seen++)
        {
          g_assert_cmpuint (pictures[j].picture, ==, expected[i][j]);
          g_assert_cmpuint (pictures[j].picture, ==,
                            atelier_splits_get_picture (splits, pictures[j].split,
                                                        pictures[j].index));
        }
    }
  g_assert_cmpuint (n_seen, ==, 13);
}

static void
test_shared (void)
{
  g_autoptr (AtelierSplits) splits
    = create_splits ("vxv" "tatxac", "111000000", 3, "qvqat", "11100", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  static const guint expected[ATELIER_N_SPLITS][ATELIER_N_SPLITS] = {
    /* training validation test */
    { 4, 1, 4 }, /* of training */
    { 1, 2, 2 }, /* of validation */
    { 2, 1, 2 }, /* of test */
  };

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    for (guint other = 0; other < ATELIER_N_SPLITS; other++)
      g_assert_cmpuint (atelier_data_overview_get_n_shared (overview, split, other), ==,
                        expected[split][other]);
}

static void
test_labels (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("abcabc", "012010", 0, "b", "1", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_groups (overview, "train 0 is 0, train 3 is 0; "
                           "train 1 is 1, train 4 is 1, test 0 is 1; "
                           "train 2 is 2, train 5 is 0; ");
  g_assert_false (atelier_data_overview_has_labels (overview, 0));
  g_assert_false (atelier_data_overview_has_splits (overview, 0));
  g_assert_false (atelier_data_overview_has_labels (overview, 1));
  g_assert_true (atelier_data_overview_has_splits (overview, 1));
  g_assert_true (atelier_data_overview_has_labels (overview, 2));
  g_assert_cmpuint (atelier_data_overview_get_n_contradicted (overview), ==, 1);
}

static void
test_one_byte_apart (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aAbB", "0011", 0, "Cc", "22", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  g_assert_cmpuint (atelier_data_overview_get_n_groups (overview), ==, 0);
  g_assert_cmpuint (atelier_data_overview_get_n_copied (overview), ==, 0);
}

static void
test_no_test_pictures (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aba", "010", 0, "", "", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_groups (overview, "train 0 is 0, train 2 is 0; ");
  g_assert_cmpuint (atelier_data_overview_get_count (overview, ATELIER_SPLIT_TEST, 0), ==, 0);
}

static void
test_one_picture (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("a", "0", 0, "", "", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_groups (overview, "");
}

static void
test_all_the_same (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aaaa", "0000", 1, "aa", "00", 1);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_groups (overview, "train 0 is 0, train 1 is 0, train 2 is 0, validation 0 is 0, "
                           "test 0 is 0, test 1 is 0; ");
}

static guint64
hash_all_alike (const guint8 *bytes,
                gsize         n_bytes)
{
  return 7;
}

/* All pictures have one hash, so that only their bytes differ. */
static void
test_colliding_hashes (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("abAcba", "012010", 0, "Ab", "11", 1);
  g_autoptr (GArray) pictures = NULL;
  g_autoptr (GArray) starts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_true (atelier_data_copies_find (splits, hash_all_alike, NULL, &pictures, &starts,
                                           &error));
  g_assert_no_error (error);
  found = format_pictures ((AtelierDataPicture *) pictures->data, (guint *) starts->data,
                           starts->len - 1);
  g_assert_cmpstr (found, ==, "train 0 is 0, train 5 is 0; "
                              "train 1 is 1, train 4 is 1, test 1 is 1; "
                              "train 2 is 2, test 0 is 1; ");
}

/* Each bit changes the hash, also behind the last whole word. */
static void
test_hash (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint8 bytes[11] = { 0 };

  for (guint i = 0; i < 8 * sizeof bytes; i++)
    {
      guint64 hash;

      bytes[i / 8] ^= 1 << i % 8;
      hash = atelier_data_copies_hash (bytes, sizeof bytes);
      bytes[i / 8] ^= 1 << i % 8;
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&hash, sizeof hash)));
    }
}

static void
assert_words (AtelierSplits *splits,
              const char    *expected)
{
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);
  g_autofree char *words = atelier_data_overview_describe_copies (overview);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  g_autoptr (AtelierSplits) none = create_splits ("abc", "012", 1, "de", "12", 1);
  g_autoptr (AtelierSplits) within = create_splits ("abcb", "0121", 1, "de", "12", 1);
  g_autoptr (AtelierSplits) between = create_splits ("vwvab", "00001", 2, "abw", "010", 1);
  g_autoptr (AtelierSplits) labels = create_splits ("ab", "00", 0, "ab", "11", 1);

  assert_words (none, "No two pictures are the same.");
  assert_words (within, "2 pictures have an exact copy. None of them is in another split.");
  assert_words (between, "8 pictures have an exact copy. 2 test pictures are also used for "
                         "training. 1 validation picture is also used for training. "
                         "1 test picture is also used for validation.");
  assert_words (labels, "4 pictures have an exact copy. 2 test pictures are also used for "
                        "training. 2 pictures are there under different labels.");
}

static void
test_cancelled (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("abc", "012", 0, "", "", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GArray) pictures = NULL;
  g_autoptr (GArray) starts = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copies_error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_data_overview_new (splits, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (atelier_data_copies_find (splits, atelier_data_copies_hash, cancellable,
                                            &pictures, &starts, &copies_error));
  g_assert_error (copies_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (pictures);
  g_assert_null (starts);
}

static void
on_ready_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  *stored = g_object_ref (result);
}

static void
test_async (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aba", "010", 0, "", "", 1);
  g_autoptr (AtelierDataOverview) overview = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  atelier_data_overview_new_async (splits, NULL, on_ready_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  overview = atelier_data_overview_new_finish (result, &error);
  g_assert_no_error (error);
  assert_groups (overview, "train 0 is 0, train 2 is 0; ");
}

static void
test_async_cancelled (void)
{
  g_autoptr (AtelierSplits) splits = create_splits ("aba", "010", 0, "", "", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  atelier_data_overview_new_async (splits, cancellable, on_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (atelier_data_overview_new_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every picture is in one class of one split. */
static void
assert_complete (AtelierDataOverview *overview)
{
  AtelierSplits *splits = atelier_data_overview_get_splits (overview);
  AtelierDataset *dataset = atelier_data_overview_get_dataset (overview);

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    {
      guint sum = 0;

      for (guint i = 0; i < atelier_dataset_get_n_classes (dataset); i++)
        sum += atelier_data_overview_get_count (overview, split, i);
      g_assert_cmpuint (sum, ==, atelier_splits_get_n (splits, split));
    }
}

static void
test_sketched_garments (void)
{
  g_autoptr (AtelierSplits) splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 600, 100);
  g_autoptr (AtelierDataOverview) overview = create_overview (splits);

  assert_complete (overview);
  for (guint i = 0; i < 10; i++)
    g_assert_nonnull (atelier_data_overview_get_mean (overview, i));
}

/* The published data: 7,000 pictures of each class, and no picture twice. */
static void
test_fashion_mnist (void)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (AtelierDataOverview) overview = NULL;
  g_autoptr (GError) error = NULL;

  if (!atelier_idx_folder_looks_right (FASHION_MNIST_FOLDER))
    {
      g_test_skip ("Fashion-MNIST is not installed in " FASHION_MNIST_FOLDER);
      return;
    }
  dataset = atelier_idx_folder_load (FASHION_MNIST_FOLDER, NULL, &error);
  g_assert_no_error (error);
  splits = atelier_splits_new (dataset);
  overview = create_overview (splits);

  assert_complete (overview);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (atelier_data_overview_get_count (overview, ATELIER_SPLIT_TRAIN, i)
                          + atelier_data_overview_get_count (overview, ATELIER_SPLIT_VALIDATION, i),
                        ==, 6000);
      g_assert_cmpuint (atelier_data_overview_get_count (overview, ATELIER_SPLIT_TEST, i), ==,
                        1000);
    }
  g_assert_cmpuint (atelier_data_overview_get_n_groups (overview), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/data-overview/counts", test_counts);
  g_test_add_func ("/core/data-overview/means", test_means);
  g_test_add_func ("/core/data-overview/means-as-data", test_means_as_data);
  g_test_add_func ("/core/data-overview/means-round-to-nearest", test_means_round_to_nearest);
  g_test_add_func ("/core/data-overview/colour", test_colour);
  g_test_add_func ("/core/data-overview/copies", test_copies);
  g_test_add_func ("/core/data-overview/numbers", test_numbers);
  g_test_add_func ("/core/data-overview/shared", test_shared);
  g_test_add_func ("/core/data-overview/labels", test_labels);
  g_test_add_func ("/core/data-overview/one-byte-apart", test_one_byte_apart);
  g_test_add_func ("/core/data-overview/no-test-pictures", test_no_test_pictures);
  g_test_add_func ("/core/data-overview/one-picture", test_one_picture);
  g_test_add_func ("/core/data-overview/all-the-same", test_all_the_same);
  g_test_add_func ("/core/data-overview/colliding-hashes", test_colliding_hashes);
  g_test_add_func ("/core/data-overview/hash", test_hash);
  g_test_add_func ("/core/data-overview/words", test_words);
  g_test_add_func ("/core/data-overview/cancelled", test_cancelled);
  g_test_add_func ("/core/data-overview/async", test_async);
  g_test_add_func ("/core/data-overview/async-cancelled", test_async_cancelled);
  g_test_add_func ("/core/data-overview/sketched-garments", test_sketched_garments);
  g_test_add_func ("/core/data-overview/fashion-mnist", test_fashion_mnist);

  return g_test_run ();
}
