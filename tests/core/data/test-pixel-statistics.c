/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Means and deviations of pixels against the definition, and through JSON. */

#include <math.h>

#include "base/atelier-error.h"
#include "data/atelier-pixel-statistics.h"
#include "small-runs.h"

static void
test_definition (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  const guint8 *bytes = atelier_splits_get_images (splits, ATELIER_SPLIT_TRAIN);
  const gsize n = (gsize) atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN) * 28 * 28;
  AtelierPixelStatistics statistics;
  double mean = 0.0, square = 0.0;

  for (gsize i = 0; i < n; i++)
    mean += bytes[i] / 255.0 / (double) n;
  for (gsize i = 0; i < n; i++)
    square += (bytes[i] / 255.0 - mean) * (bytes[i] / 255.0 - mean) / (double) n;
  atelier_pixel_statistics_measure (&statistics, splits, 255.0);
  g_assert_cmpuint (statistics.n_channels, ==, 1);
  g_assert_cmpfloat_with_epsilon (statistics.means[0], mean, 1e-7);
  g_assert_cmpfloat_with_epsilon (statistics.deviations[0], sqrt (square), 1e-7);
  atelier_pixel_statistics_measure (&statistics, splits, 1.0);
  g_assert_cmpfloat_with_epsilon (statistics.means[0], 255.0 * mean, 1e-4);
}

/* Only the images to train on are measured, each channel alone; where all pixels of one are equal,
 * nothing is divided. */
static void
test_channels (void)
{
  static const guint8 train_bytes[] = { 255, 255, 255, 0, 10, 7, 100, 30, 7 };
  static const guint8 train_labels[] = { 0, 0, 1 };
  static const guint8 test_bytes[] = { 1, 2, 3 };
  static const guint8 test_labels[] = { 1 };
  static const char * const names[] = { "a", "b", NULL };
  g_autoptr (GBytes) images = g_bytes_new_static (train_bytes, sizeof train_bytes);
  g_autoptr (GBytes) labels = g_bytes_new_static (train_labels, sizeof train_labels);
  g_autoptr (GBytes) others = g_bytes_new_static (test_bytes, sizeof test_bytes);
  g_autoptr (GBytes) other_labels = g_bytes_new_static (test_labels, sizeof test_labels);
  const AtelierDatasetParts parts = {
    .id = "colours",
    .name = "Colours",
    .source = "test",
    .height = 1,
    .width = 1,
    .channels = 3,
    .n_validation = 1,
    .class_names = names,
    .train_images = images,
    .train_labels = labels,
    .test_images = others,
    .test_labels = other_labels,
  };
  g_autoptr (AtelierSplits) splits = splits_of_parts (&parts);
  AtelierPixelStatistics statistics;

  atelier_pixel_statistics_measure (&statistics, splits, 1.0);
  g_assert_cmpuint (statistics.n_channels, ==, 3);
  g_assert_cmpfloat (statistics.means[0], ==, 50.0f);
  g_assert_cmpfloat (statistics.deviations[0], ==, 50.0f);
  g_assert_cmpfloat (statistics.means[1], ==, 20.0f);
  g_assert_cmpfloat (statistics.deviations[1], ==, 10.0f);
  g_assert_cmpfloat (statistics.means[2], ==, 7.0f);
  g_assert_cmpfloat (statistics.deviations[2], ==, 1.0f);
}

static void
test_json (void)
{
  const AtelierPixelStatistics statistics = {
    .n_channels = 2, .means = { 0.1f, 1.0f / 3.0f }, .deviations = { 0.2f, 1e-8f }
  };
  static const char * const bad[] = {
    "[]",
    "{\"mean\":[0.5]}",
    "{\"mean\":[0.5],\"deviation\":[1,1]}",
    "{\"mean\":[0.5],\"deviation\":[0]}",
    "{\"mean\":[0.5],\"deviation\":[-1]}",
    "{\"mean\":[0.5],\"deviation\":[[1]]}",
    "{\"mean\":[1,1,1,1],\"deviation\":[1,1,1,1]}",
    "{\"mean\":[0.5],\"deviation\":[1],\"more\":1}",
  };
  g_autoptr (JsonNode) node = atelier_pixel_statistics_to_json (&statistics);
  AtelierPixelStatistics read = { 0 };

  g_assert_true (atelier_pixel_statistics_from_json (&read, node, "test", NULL));
  g_assert_true (atelier_pixel_statistics_equal (&read, &statistics));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) wrong = json_from_string (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (atelier_pixel_statistics_from_json (&read, wrong, "test", &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/pixel-statistics/definition", test_definition);
  g_test_add_func ("/core/pixel-statistics/channels", test_channels);
  g_test_add_func ("/core/pixel-statistics/json", test_json);

  return g_test_run ();
}
