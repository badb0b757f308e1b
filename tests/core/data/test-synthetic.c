/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sketched garments: the same seed gives the same pictures and another seed others, they lie inside
 * the frame, and their classes look different. */

#include "base/atelier-error.h"
#include "data/atelier-pen.h"
#include "data/atelier-splits.h"
#include "data/atelier-synthetic.h"

#include <string.h>
#include <sys/resource.h>

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)
#define N_CLASSES 10

static void
test_same_seed (void)
{
  for (guint i_class = 0; i_class < N_CLASSES; i_class++)
    {
      guint8 first[N_PIXELS];
      guint8 second[N_PIXELS];

      memset (first, 1, sizeof first);
      memset (second, 2, sizeof second);
      atelier_synthetic_draw_image (7, i_class, 3, first);
      atelier_synthetic_draw_image (8, i_class, 3, second);
      g_assert_cmpint (memcmp (first, second, N_PIXELS), !=, 0);
      atelier_synthetic_draw_image (7, i_class, 4, second);
      g_assert_cmpint (memcmp (first, second, N_PIXELS), !=, 0);
      atelier_synthetic_draw_image (7, i_class, 3, second);
      g_assert_cmpmem (first, N_PIXELS, second, N_PIXELS);
    }
}

/* White on black: the corners are empty, the middle is not, and enough pixels are not black. */
static void
test_looks (void)
{
  for (guint i = 0; i < 50 * N_CLASSES; i++)
    {
      guint8 pixels[N_PIXELS];
      guint n_ink = 0;
      guint brightest = 0;

      atelier_synthetic_draw_image (ATELIER_SYNTHETIC_SEED, i % N_CLASSES, i, pixels);
      for (guint j = 0; j < N_PIXELS; j++)
        {
          n_ink += pixels[j] > 0;
          brightest = MAX (brightest, pixels[j]);
        }
      g_assert_cmpuint (n_ink, >, N_PIXELS / 20);
      g_assert_cmpuint (n_ink, <, N_PIXELS * 9 / 10);
      g_assert_cmpuint (brightest, >, 50);
      g_assert_cmpuint (pixels[0], ==, 0);
      g_assert_cmpuint (pixels[SIDE - 1], ==, 0);
    }
}

/* Choosing the nearest mean picture, which knows nothing of shapes, is right far more often than
 * chance, but not always: there is something to learn. */
static void
test_classes_differ (void)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 2400, 500);
  g_autoptr (AtelierSplits) splits = atelier_splits_new (dataset);
  const guint n_train = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);
  const guint n_test = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  g_autofree double *means = g_new0 (double, N_CLASSES * N_PIXELS); /* [N_CLASSES, N_PIXELS] */
  guint n_right = 0;

  /* All classes are equally frequent, nearly. */
  for (guint i = 0; i < n_train; i++)
    {
      const guint label = atelier_splits_get_label (splits, ATELIER_SPLIT_TRAIN, i);
      const guint8 *image = atelier_splits_get_image (splits, ATELIER_SPLIT_TRAIN, i);

      for (guint j = 0; j < N_PIXELS; j++)
        means[label * N_PIXELS + j] += image[j] * (double) N_CLASSES / n_train;
    }

  for (guint i = 0; i < n_test; i++)
    {
      const guint8 *image = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i);
      double nearest = G_MAXDOUBLE;
      guint guess = 0;

      for (guint i_class = 0; i_class < N_CLASSES; i_class++)
        {
          double distance = 0;

          for (guint j = 0; j < N_PIXELS; j++)
            distance += (image[j] - means[i_class * N_PIXELS + j]) *
                        (image[j] - means[i_class * N_PIXELS + j]);
          if (distance < nearest)
            {
              nearest = distance;
              guess = i_class;
            }
        }
      n_right += guess == atelier_splits_get_label (splits, ATELIER_SPLIT_TEST, i);
    }
  g_assert_cmpuint (n_right, >, n_test / 2);
  g_assert_cmpuint (n_right, <, n_test * 95 / 100);
}

static void
test_dataset (void)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (5, 120, 30);
  g_autoptr (AtelierDataset) same = atelier_synthetic_new (5, 120, 30);
  g_autoptr (AtelierDataset) other = atelier_synthetic_new (6, 120, 30);

  g_assert_cmpstr (atelier_dataset_get_id (dataset), ==, "sketched-garments");
  g_assert_cmpstr (atelier_dataset_get_name (dataset), ==, "Sketched garments");
  g_assert_nonnull (strstr (atelier_dataset_get_source (dataset), "5"));
  g_assert_cmpuint (atelier_dataset_get_image_size (dataset), ==, N_PIXELS);
  g_assert_true (g_strv_equal (atelier_dataset_get_class_names (dataset),
                               atelier_fashion_class_names));
  g_assert_false (atelier_dataset_is_published_fashion_mnist (dataset));
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 120);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 20);
  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, 150);
  g_assert_cmpstr (atelier_dataset_get_sha256 (dataset), ==, atelier_dataset_get_sha256 (same));
  g_assert_cmpstr (atelier_dataset_get_sha256 (dataset), !=, atelier_dataset_get_sha256 (other));
}

static void
test_classes_balanced_and_shuffled (void)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (5, 120, 40);
  const guint8 *labels = atelier_dataset_get_labels (dataset, 0);
  guint counts[N_CLASSES] = { 0 };
  guint n_in_turn = 0;

  for (guint i = 0; i < 120; i++)
    {
      counts[labels[i]]++;
      n_in_turn += labels[i] == i % N_CLASSES;
    }
  for (guint i_class = 0; i_class < N_CLASSES; i_class++)
    g_assert_cmpuint (counts[i_class], ==, 12);
  g_assert_cmpuint (n_in_turn, <, 60);
}

/* Test pictures are not among the training pictures, and do not depend on their number. */
static void
test_test_images_apart (void)
{
  g_autoptr (AtelierDataset) small = atelier_synthetic_new (5, 12, 40);
  g_autoptr (AtelierDataset) large = atelier_synthetic_new (5, 240, 40);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_assert_cmpmem (atelier_dataset_get_image (small, 12), 40 * N_PIXELS,
                   atelier_dataset_get_image (large, 240), 40 * N_PIXELS);

  for (guint i = 0; i < atelier_dataset_get_n_images (large); i++)
    {
      GBytes *image = g_bytes_new (atelier_dataset_get_image (large, i), N_PIXELS);

      g_ptr_array_add (images, image);
      g_assert_true (g_hash_table_add (seen, image));
    }
  g_assert_cmpuint (images->len, ==, 280);
}

static void
test_smallest (void)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 2, 0);

  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), ==, 2);
  g_assert_cmpuint (atelier_dataset_get_n_validation (dataset), ==, 1);
  g_assert_cmpuint (atelier_dataset_get_n_images (dataset), ==, 2);
}

/* Where cairo fails, it is seen: here a surface that is no longer there. */
static void
test_pen_that_fails (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 28, 28);
  AtelierPen pen = { .cr = cairo_create (surface), .seed = 1 };

  atelier_pen_crease_line (&pen, 0, 0, 9, 9, 1, 1);
  g_assert_true (atelier_pen_has_drawn (&pen));
  cairo_surface_finish (surface);
  atelier_pen_crease_line (&pen, 0, 0, 9, 9, 1, 1);
  g_assert_false (atelier_pen_has_drawn (&pen));
  cairo_destroy (pen.cr);
  cairo_surface_destroy (surface);
}

/* More pictures than there is memory for are an error and not an end. */
static void
test_no_memory (void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  g_autoptr (GError) error = NULL;
  struct rlimit limit, small;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  small = limit;
  small.rlim_cur = (rlim_t) 1 << 32;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &small), ==, 0);
  g_assert_null (atelier_synthetic_try_new (1, 1u << 30, 0, &error));
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY);
#else
  g_test_skip ("a sanitizer has memory of its own");
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/synthetic/same-seed", test_same_seed);
  g_test_add_func ("/core/synthetic/looks", test_looks);
  g_test_add_func ("/core/synthetic/classes-differ", test_classes_differ);
  g_test_add_func ("/core/synthetic/dataset", test_dataset);
  g_test_add_func ("/core/synthetic/balanced-and-shuffled", test_classes_balanced_and_shuffled);
  g_test_add_func ("/core/synthetic/test-images-apart", test_test_images_apart);
  g_test_add_func ("/core/synthetic/smallest", test_smallest);

  g_test_add_func ("/core/synthetic/pen-that-fails", test_pen_that_fails);
  g_test_add_func ("/core/synthetic/no-memory", test_no_memory);

  return g_test_run ();
}
