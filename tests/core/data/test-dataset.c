/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataset: its values, the parts that it refuses, and what copies of it share. */

#include "base/atelier-error.h"
#include "data/atelier-dataset.h"

#include <string.h>

#define N_TRAIN 5
#define N_TEST 2
#define IMAGE_SIZE (2 * 3)

/* SHA-256 of what fixture_set_up makes: the lengths 30, 5, 12, 2 as u64 little endian, each before
 * its bytes 0..29, 0..4 mod 3, 100..111, 1 2. */
#define FIXTURE_SHA256 "336293d606fe81da87297cd74cbcabe1595b8e9977fe2897f07fa643d78efadd"
/* Of the first test picture alone, 100..105. */
#define PICTURE_SHA256 "989bd52bae8d535668094ba90f0abe1363282c3c6ed21955a1ed7723e95dcd9c"

static const char * const class_names[] = { "one", "two", "three", NULL };

typedef struct
{
  AtelierDatasetParts parts;
} Fixture;

static GBytes *
create_bytes (guint8 first,
              gsize  n,
              guint  modulus)
{
  guint8 *bytes = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) ((first + i) % modulus);
  return g_bytes_new_take (bytes, n);
}

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  user_data)
{
  fixture->parts = (AtelierDatasetParts) {
    .id = "folder",
    .name = "Tiny",
    .source = "made for a test",
    .height = 2,
    .width = 3,
    .channels = 1,
    .class_names = class_names,
    .n_validation = 2,
    .train_images = create_bytes (0, N_TRAIN * IMAGE_SIZE, 256),
    .train_labels = create_bytes (0, N_TRAIN, 3),
    .test_images = create_bytes (100, N_TEST * IMAGE_SIZE, 256),
    .test_labels = create_bytes (1, N_TEST, 3),
  };
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_bytes_unref (fixture->parts.train_images);
  g_bytes_unref (fixture->parts.train_labels);
  g_bytes_unref (fixture->parts.test_images);
  g_bytes_unref (fixture->parts.test_labels);
}

static void
replace_bytes (GBytes **bytes,
               GBytes  *other) /* Taken */
{
  g_bytes_unref (*bytes);
  *bytes = other;
}

static AtelierDataset *
create_dataset (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  AtelierDataset *dataset = atelier_dataset_new (&fixture->parts, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);
  return dataset;
}

static void
assert_refused (Fixture      *fixture,
                AtelierError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_dataset_new (&fixture->parts, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "Tiny"));
}

static void
test_getters (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);

  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "folder");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "Tiny");
  g_assert_cmpstr (atelier_dataset_get_source (dataset), ==, "made for a test");
  g_assert_cmpuint (atelier_dataset_get_height (dataset), ==, 2);
  g_assert_cmpuint (atelier_dataset_get_width (dataset), ==, 3);
  g_assert_cmpuint (atelier_dataset_get_channels (dataset), ==, 1);
  g_assert_cmpuint (atelier_dataset_get_image_size (dataset), ==, IMAGE_SIZE);
  g_assert_cmpuint (atelier_dataset_get_n_classes (dataset), ==, 3);
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset), class_names));
  g_assert_false (atelier_dataset_is_published_fashion_mnist (dataset));
}

/* Over the border between the pictures to learn from and those for testing. */
static void
test_pictures (Fixture       *fixture,
               gconstpointer  user_data)
{
  static const guint labels[N_TRAIN + N_TEST] = { 0, 1, 2, 0, 1, 1, 2 };
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);

  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, N_TRAIN + N_TEST);
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, N_TRAIN);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 2);

  for (guint i = 0; i < N_TRAIN + N_TEST; i++)
    {
      const guint first = i < N_TRAIN ? i * IMAGE_SIZE : 100 + (i - N_TRAIN) * IMAGE_SIZE;
      const guint8 *image = atelier_dataset_get_image (dataset, i);

      for (guint j = 0; j < IMAGE_SIZE; j++)
        g_assert_cmpuint (image[j], ==, first + j);
      g_assert_cmpuint (atelier_dataset_get_label (dataset, i), ==, labels[i]);
      g_assert_cmpuint (*atelier_dataset_get_labels (dataset, i), ==, labels[i]);
    }
}

/* In each of the two parts. */
static void
test_pictures_in_a_row (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);

  for (guint i = 0; i < N_TRAIN + N_TEST; i++)
    {
      const guint first = i < N_TRAIN ? 0 : N_TRAIN;

      g_assert_true (atelier_dataset_get_image (dataset, i)
                     == atelier_dataset_get_image (dataset, first) + (i - first) * IMAGE_SIZE);
      g_assert_true (atelier_dataset_get_labels (dataset, i)
                     == atelier_dataset_get_labels (dataset, first) + (i - first));
    }
}

/* The test pictures of one data set are among those that the other learns from. */
static void
test_image_sha256 (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);
  g_autoptr (AtelierDataset) other = NULL;
  g_autofree char *first_test = atelier_dataset_dup_image_sha256 (dataset, N_TRAIN);

  replace_bytes (&fixture->parts.train_images, create_bytes (100, N_TRAIN * IMAGE_SIZE, 256));
  replace_bytes (&fixture->parts.test_images, create_bytes (18, N_TEST * IMAGE_SIZE, 256));
  other = create_dataset (fixture);

  g_assert_cmpstr (first_test, ==, PICTURE_SHA256);
  for (guint i = 0; i < N_TRAIN + N_TEST; i++)
    for (guint j = 0; j < N_TRAIN + N_TEST; j++)
      {
        g_autofree char *hash = atelier_dataset_dup_image_sha256 (dataset, i);
        g_autofree char *same_hash = atelier_dataset_dup_image_sha256 (dataset, j);
        g_autofree char *other_hash = atelier_dataset_dup_image_sha256 (other, j);
        const gboolean is_equal = memcmp (atelier_dataset_get_image (dataset, i),
                                          atelier_dataset_get_image (other, j), IMAGE_SIZE) == 0;

        g_assert_true (g_str_equal (hash, same_hash) == (i == j));
        g_assert_true (g_str_equal (hash, other_hash) == is_equal);
        /* The pictures 3 and 4, and the two for testing. */
        g_assert_true (is_equal == ((i == 3 && j == 5) || (i == 4 && j == 6)
                                    || (i == 5 && j == 0) || (i == 6 && j == 1)));
      }
}

static void
test_sha256 (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);

  g_assert_cmpstr (atelier_dataset_get_sha256 (dataset), ==, FIXTURE_SHA256);
}

static void
test_sha256_tells_lengths (Fixture       *fixture,
                           gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) first = NULL;
  g_autoptr (AtelierDataset) second = NULL;

  /* The same bytes in the same order, divided in another way. */
  fixture->parts.height = 1;
  fixture->parts.width = 1;
  fixture->parts.n_validation = 0;
  replace_bytes (&fixture->parts.train_images, create_bytes (0, 1, 1));
  replace_bytes (&fixture->parts.train_labels, create_bytes (0, 1, 1));
  replace_bytes (&fixture->parts.test_images, create_bytes (0, 1, 1));
  replace_bytes (&fixture->parts.test_labels, create_bytes (0, 1, 1));
  first = create_dataset (fixture);

  replace_bytes (&fixture->parts.train_images, create_bytes (0, 2, 1));
  replace_bytes (&fixture->parts.train_labels, create_bytes (0, 2, 1));
  replace_bytes (&fixture->parts.test_images, create_bytes (0, 0, 1));
  replace_bytes (&fixture->parts.test_labels, create_bytes (0, 0, 1));
  second = create_dataset (fixture);
  g_assert_cmpstr (atelier_dataset_get_sha256 (first), !=, atelier_dataset_get_sha256 (second));
}

static void
test_no_test_images (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;

  replace_bytes (&fixture->parts.test_images, create_bytes (0, 0, 256));
  replace_bytes (&fixture->parts.test_labels, create_bytes (0, 0, 256));
  dataset = create_dataset (fixture);
  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, N_TRAIN);
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, N_TRAIN);
  g_assert_cmpuint (atelier_dataset_get_image (dataset, N_TRAIN - 1)[5], ==, 29);
}

static void
test_colour (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;

  fixture->parts.height = 1;
  fixture->parts.width = 2;
  fixture->parts.channels = 3;
  dataset = create_dataset (fixture);
  g_assert_cmpuint (atelier_dataset_get_image_size (dataset), ==, 6);
}

static void
test_bad_sides (Fixture       *fixture,
                gconstpointer  user_data)
{
  fixture->parts.height = 0;
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
  fixture->parts.height = 1025;
  assert_refused (fixture, ATELIER_ERROR_TOO_LARGE);
  fixture->parts.height = G_MAXUINT;
  fixture->parts.width = G_MAXUINT;
  assert_refused (fixture, ATELIER_ERROR_TOO_LARGE);
}

static void
test_bad_channels (Fixture       *fixture,
                   gconstpointer  user_data)
{
  fixture->parts.channels = 0;
  assert_refused (fixture, ATELIER_ERROR_UNSUPPORTED);
  fixture->parts.channels = 2;
  assert_refused (fixture, ATELIER_ERROR_UNSUPPORTED);
  fixture->parts.channels = G_MAXUINT;
  assert_refused (fixture, ATELIER_ERROR_UNSUPPORTED);
}

static void
test_bad_sizes (Fixture       *fixture,
                gconstpointer  user_data)
{
  /* Not whole images. */
  replace_bytes (&fixture->parts.train_images, create_bytes (0, N_TRAIN * IMAGE_SIZE - 1, 256));
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
  /* One image too few. */
  replace_bytes (&fixture->parts.train_images, create_bytes (0, (N_TRAIN - 1) * IMAGE_SIZE, 256));
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
}

static void
test_bad_test_count (Fixture       *fixture,
                     gconstpointer  user_data)
{
  replace_bytes (&fixture->parts.test_labels, create_bytes (0, N_TEST + 1, 256));
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
}

static void
test_bad_label (Fixture       *fixture,
                gconstpointer  user_data)
{
  replace_bytes (&fixture->parts.test_labels, create_bytes (2, N_TEST, 256));
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
}

static void
test_bad_classes (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  const char *names[258];

  for (guint i = 0; i < 257; i++)
    names[i] = "class";
  names[257] = NULL;
  fixture->parts.class_names = names;
  assert_refused (fixture, ATELIER_ERROR_TOO_LARGE);
  names[256] = NULL;
  dataset = create_dataset (fixture);
  names[0] = NULL;
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
}

static void
test_bad_validation (Fixture       *fixture,
                     gconstpointer  user_data)
{
  fixture->parts.n_validation = N_TRAIN;
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
  fixture->parts.n_validation = G_MAXUINT;
  assert_refused (fixture, ATELIER_ERROR_MISMATCH);
}

static void
test_check_validation (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_dataset_check_validation ("Tiny", N_TRAIN, 0, &error));
  g_assert_true (atelier_dataset_check_validation ("Tiny", N_TRAIN, N_TRAIN - 1, &error));
  g_assert_no_error (error);
  g_assert_false (atelier_dataset_check_validation ("Tiny", N_TRAIN, N_TRAIN, NULL));
  g_assert_false (atelier_dataset_check_validation ("Tiny", N_TRAIN, N_TRAIN, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "Tiny"));
}

static void
test_with_names (Fixture       *fixture,
                 gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);
  g_autoptr (AtelierDataset) other = NULL;
  g_autoptr (GError) error = NULL;
  const char * const two_names[] = { "one", "two", NULL };

  other = atelier_dataset_with_names (dataset, "fashion-mnist", "Fashion-MNIST",
                                      atelier_fashion_class_names, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (atelier_dataset_get_id (other), ==, "fashion-mnist");
  g_assert_cmpstr (atelier_dataset_get_name (other), ==, "Fashion-MNIST");
  g_assert_cmpuint (atelier_dataset_get_n_classes (other), ==, 10);
  g_assert_cmpstr (atelier_dataset_get_source (other), ==, atelier_dataset_get_source (dataset));
  g_assert_cmpuint (atelier_dataset_get_n_validation (other), ==, 2);

  /* The bytes are shared, and so is what was found out about them. */
  g_assert_true (atelier_dataset_get_image (other, 0) == atelier_dataset_get_image (dataset, 0));
  g_assert_true (atelier_dataset_get_image (other, N_TRAIN)
                 == atelier_dataset_get_image (dataset, N_TRAIN));
  g_assert_cmpstr (atelier_dataset_get_sha256 (other), ==, atelier_dataset_get_sha256 (dataset));

  g_assert_null (atelier_dataset_with_names (dataset, "folder", "Two", two_names, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
}

static void
test_keeps_bytes_alive (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);
  g_autoptr (AtelierDataset) copy
    = atelier_dataset_with_names (dataset, "folder", "Copy", class_names, NULL);

  g_clear_pointer (&dataset, atelier_dataset_unref);
  replace_bytes (&fixture->parts.train_images, create_bytes (0, 0, 256));
  g_assert_cmpuint (atelier_dataset_get_image (copy, 4)[5], ==, 29);
}

static void
test_boxed (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (AtelierDataset) dataset = create_dataset (fixture);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, ATELIER_TYPE_DATASET);
  g_value_set_boxed (&value, dataset);
  g_assert_true (g_value_get_boxed (&value) == dataset);
}

static void
test_class_names (void)
{
  g_assert_cmpuint (g_strv_length ((GStrv) atelier_fashion_class_names), ==, 10);
  g_assert_cmpstr (atelier_class_name_translate ("Ankle boot"), ==, "Ankle boot");
  /* An unknown name is returned as it is; gettext would answer the empty one with its header. */
  g_assert_cmpstr (atelier_class_name_translate ("7"), ==, "7");
  g_assert_cmpstr (atelier_class_name_translate (""), ==, "");
}

#define ADD(path, function) \
  g_test_add ("/core/dataset/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("getters", test_getters);
  ADD ("pictures", test_pictures);
  ADD ("pictures-in-a-row", test_pictures_in_a_row);
  ADD ("image-sha256", test_image_sha256);
  ADD ("sha256", test_sha256);
  ADD ("sha256-tells-lengths", test_sha256_tells_lengths);
  ADD ("no-test-images", test_no_test_images);
  ADD ("colour", test_colour);
  ADD ("bad/sides", test_bad_sides);
  ADD ("bad/channels", test_bad_channels);
  ADD ("bad/sizes", test_bad_sizes);
  ADD ("bad/test-count", test_bad_test_count);
  ADD ("bad/label", test_bad_label);
  ADD ("bad/classes", test_bad_classes);
  ADD ("bad/validation", test_bad_validation);
  g_test_add_func ("/core/dataset/check-validation", test_check_validation);
  ADD ("with-names", test_with_names);
  ADD ("keeps-bytes-alive", test_keeps_bytes_alive);
  ADD ("boxed", test_boxed);
  g_test_add_func ("/core/dataset/class-names", test_class_names);

  return g_test_run ();
}
