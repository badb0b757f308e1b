/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How unusual a picture is among the training pictures. */

#include "inference/atelier-spread-private.h"

#include <math.h>
#include <string.h>

#include "data/atelier-synthetic.h"
#include "small-runs.h"

/* Grey pictures of any size, all for training; pixel @i of picture @k is get_level (). */
static AtelierSplits *
create_splits (guint    n,
               guint    height,
               guint    width,
               guint8 (*get_level) (guint k, guint i))
{
  const gsize n_pixels = (gsize) height * width;
  guint8 *pixels = g_malloc (n * n_pixels);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) labels = g_bytes_new_take (g_malloc0 (n), n);
  g_autoptr (GBytes) images = NULL;
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < n_pixels; i++)
      pixels[k * n_pixels + i] = get_level (k, i);
  images = g_bytes_new_take (pixels, n * n_pixels);
  dataset = atelier_dataset_new (&(AtelierDatasetParts) {
    .id = "folder", .name = "Levels", .source = "test",
    .height = height, .width = width, .channels = 1,
    .class_names = atelier_fashion_class_names,
    .train_images = images, .train_labels = labels,
    .test_images = nothing, .test_labels = nothing,
  }, &error);
  g_assert_no_error (error);
  return atelier_splits_new_first (dataset, 0, NULL);
}

static AtelierSpread *
create_spread (AtelierSplits *splits)
{
  g_autoptr (GError) error = NULL;
  AtelierSpread *spread = atelier_spread_new (splits, NULL, &error);

  g_assert_no_error (error);
  return spread;
}

static guint8
get_pair (guint k,
          guint i)
{
  static const guint8 pictures[][2] = { { 3, 4 }, { 4, 3 }, { 60, 80 }, { 200, 150 } };

  return pictures[k][i];
}

/* Of pictures of two pixels whose lengths are 1, which have the values (0.6, 0.8) and (0.8, 0.6): a
 * mean of 0.7, variances of 0.01, which become 0.0101, and a covariance of -0.01. */
static void
test_distance (void)
{
  g_autoptr (AtelierSplits) splits = create_splits (4, 1, 2, get_pair);
  g_autoptr (AtelierSpread) spread = create_spread (splits);
  const double determinant = 0.0101 * 0.0101 - 0.0001;
  const guint8 own[] = { 30, 40 }, strange[] = { 50, 0 };

  g_assert_cmpfloat_with_epsilon (atelier_spread_measure (spread, own),
                                  (2 * 0.0101 - 2 * 0.01) * 0.01 / determinant, 1e-6);
  g_assert_cmpfloat_with_epsilon (atelier_spread_measure (spread, strange),
                                  (0.0101 * (0.09 + 0.49) - 2 * 0.01 * 0.3 * 0.7) / determinant,
                                  1e-6);
}

static guint8
get_slope (guint k,
           guint i)
{
  return (guint8) (k * 9 + i / 64 * (1 + k % 3));
}

/* Pictures of 64 x 60 pixels are averaged; what is fine within a cell is not seen. */
static void
test_large_pictures (void)
{
  g_autoptr (AtelierSplits) splits = create_splits (20, 60, 64, get_slope);
  g_autoptr (AtelierSpread) spread = create_spread (splits);
  guint8 pixels[60 * 64];
  double even;

  memset (pixels, 80, sizeof pixels);
  even = atelier_spread_measure (spread, pixels);
  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i / 64 % 2 ? 120 : 40;
  g_assert_cmpfloat (atelier_spread_measure (spread, pixels), >, 10 * even);
}

static guint8
get_black (guint k,
           guint i)
{
  return 0;
}

/* Pictures without any difference leave nothing undefined. */
static void
test_all_black (void)
{
  g_autoptr (AtelierSplits) splits = create_splits (3, 28, 28, get_black);
  g_autoptr (AtelierSpread) spread = create_spread (splits);
  guint8 pixels[28 * 28] = { 0 };

  g_assert_cmpfloat (atelier_spread_measure (spread, pixels), ==, 0.0);
  pixels[30] = 9;
  g_assert_true (isfinite (atelier_spread_measure (spread, pixels)));
}

/* In any grey a picture is as unusual as in its own, and a shuffled one more so than itself. */
static void
test_garments (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierSpread) spread = create_spread (splits);

  for (guint i = 0; i < atelier_splits_get_n (splits, ATELIER_SPLIT_TEST); i++)
    {
      const guint8 *pixels = atelier_splits_get_image (splits, ATELIER_SPLIT_TEST, i);
      const double own = atelier_spread_measure (spread, pixels);
      guint8 shuffled[28 * 28];

      for (guint k = 0; k < sizeof shuffled; k++)
        shuffled[k] = pixels[k * 29 % sizeof shuffled];
      g_assert_cmpfloat (atelier_spread_measure (spread, shuffled), >, own);
      for (guint k = 0; k < sizeof shuffled; k++)
        shuffled[k] = pixels[k] / 2 * 2;
      for (guint k = 0; k < sizeof shuffled; k++)
        shuffled[k] = shuffled[k] / 2;
      g_assert_cmpfloat (atelier_spread_measure (spread, shuffled), <, 1.2 * own);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_spread_new (splits, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/spread/distance", test_distance);
  g_test_add_func ("/core/spread/large-pictures", test_large_pictures);
  g_test_add_func ("/core/spread/all-black", test_all_black);
  g_test_add_func ("/core/spread/garments", test_garments);
  g_test_add_func ("/core/spread/cancelled", test_cancelled);

  return g_test_run ();
}
