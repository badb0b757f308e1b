/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measuring: samples are spread evenly and are always the same, and the figures are those of the
 * sampled images. */

#include <math.h>

#include "inference/atelier-measure-private.h"
#include "small-runs.h"
#include "training/atelier-learner-private.h"

#define N_SAMPLE 50

typedef struct
{
  AtelierSplits *splits;
  NnModel *nn_model;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const AtelierEngineOptions options = { .max_batch = 16, .n_threads = 1 };
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (NULL);

  fixture->splits = small_splits_new ();
  fixture->nn_model = atelier_engine_new_model (network, recipe, &options, "Test", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  nn_model_free (fixture->nn_model);
  atelier_splits_unref (fixture->splits);
}

/* In pieces of @n_piece. */
static AtelierPredictions *
measure_training (Fixture *fixture,
                  guint    max_images,
                  guint    n_piece,
                  double  *loss,
                  double  *accuracy)
{
  g_auto (AtelierMeasure) measure = { 0 };

  g_assert_true (atelier_measure_init (&measure, fixture->splits, ATELIER_SPLIT_TRAIN, max_images,
                                       NULL));
  while (!atelier_measure_is_done (&measure))
    g_assert_true (atelier_measure_advance (&measure, fixture->nn_model, NULL, n_piece, NULL));

  return atelier_measure_finish (&measure, loss, accuracy);
}

static void
test_sample_is_spread_evenly (Fixture       *fixture,
                              gconstpointer  data)
{
  const guint n_images = atelier_splits_get_n (fixture->splits, ATELIER_SPLIT_TRAIN);
  double loss, accuracy;
  g_autoptr (AtelierPredictions) sample =
    measure_training (fixture, N_SAMPLE, 7, &loss, &accuracy);

  g_assert_true (atelier_predictions_is_sample (sample));
  g_assert_cmpuint (atelier_predictions_get_n (sample), ==, N_SAMPLE);
  for (guint i = 0; i < N_SAMPLE; i++)
    {
      guint picture = atelier_predictions_get_picture (sample, i);
      AtelierSplit split = ATELIER_N_SPLITS;
      guint index = 0;

      g_assert_true (atelier_splits_find (fixture->splits, picture, &split, &index));
      g_assert_cmpint (split, ==, ATELIER_SPLIT_TRAIN);
      g_assert_cmpuint (index, >=, i * n_images / N_SAMPLE);
      g_assert_cmpuint (index, <, (i + 1) * n_images / N_SAMPLE);
      g_assert_cmpuint (atelier_predictions_get_label (sample, i), ==,
                        atelier_splits_get_label (fixture->splits, ATELIER_SPLIT_TRAIN, index));
    }
}

/* In data whose two classes take turns, every other image would be of one class. */
static void
test_sample_has_all_classes (void)
{
  static const char * const class_names[] = { "even", "odd", NULL };
  const guint n_images = 200, n_sample = 100;
  g_autoptr (GBytes) images = g_bytes_new_take (g_new0 (guint8, n_images), n_images);
  guint8 *turns = g_new (guint8, n_images);
  g_autoptr (GBytes) labels = g_bytes_new_take (turns, n_images);
  const AtelierDatasetParts parts = {
    .id = "turns", .name = "Turns", .source = "test", .height = 1, .width = 1, .channels = 1,
    .class_names = class_names, .train_images = images, .train_labels = labels,
    .test_images = images, .test_labels = labels,
  };
  g_autoptr (AtelierSplits) splits = NULL;
  g_auto (AtelierMeasure) measure = { 0 };
  const guint8 *picked;
  guint n_odd = 0;

  for (guint i = 0; i < n_images; i++)
    turns[i] = i % 2;
  splits = splits_of_parts (&parts);
  g_assert_true (atelier_measure_init (&measure, splits, ATELIER_SPLIT_TRAIN, n_sample, NULL));

  picked = g_bytes_get_data (measure.sample_labels, NULL);
  for (guint i = 0; i < n_sample; i++)
    n_odd += picked[i];
  g_assert_cmpuint (n_odd, >=, n_sample / 3);
  g_assert_cmpuint (n_odd, <=, n_sample - n_sample / 3);
}

/* An image has the same scores in the sample and among all. */
static void
test_sample_agrees_with_all (Fixture       *fixture,
                             gconstpointer  data)
{
  double loss, accuracy, all_loss, all_accuracy;
  g_autoptr (AtelierPredictions) sample =
    measure_training (fixture, N_SAMPLE, 1000, &loss, &accuracy);
  g_autoptr (AtelierPredictions) all =
    measure_training (fixture, 0, 1000, &all_loss, &all_accuracy);
  guint n_right = 0;

  for (guint i = 0; i < N_SAMPLE; i++)
    {
      guint i_class = atelier_predictions_get_class (sample, i);
      guint index = 0;

      g_assert_true (atelier_predictions_find (all, atelier_predictions_get_picture (sample, i),
                                               &index));
      g_assert_cmpuint (i_class, ==, atelier_predictions_get_class (all, index));
      g_assert_true (atelier_predictions_get_truth_score (sample, i) ==
                     atelier_predictions_get_truth_score (all, index));
      n_right += i_class == atelier_predictions_get_label (sample, i);
    }
  g_assert_true (accuracy == (double) n_right / N_SAMPLE);
  g_assert_cmpfloat_with_epsilon (loss, all_loss, 0.2 * all_loss);
  g_assert_true (loss != all_loss);
}

static void
test_pieces_change_no_bit (Fixture       *fixture,
                           gconstpointer  data)
{
  double at_once, in_pieces, accuracy;
  g_autoptr (AtelierPredictions) one =
    measure_training (fixture, N_SAMPLE, 1000, &at_once, &accuracy);
  g_autoptr (AtelierPredictions) many =
    measure_training (fixture, N_SAMPLE, 3, &in_pieces, &accuracy);

  g_assert_true (at_once == in_pieces);
  for (guint i = 0; i < N_SAMPLE; i++)
    g_assert_cmpuint (atelier_predictions_get_picture (one, i), ==,
                      atelier_predictions_get_picture (many, i));
}

static void
test_few_images_are_all_measured (Fixture       *fixture,
                                  gconstpointer  data)
{
  const guint n = atelier_splits_get_n (fixture->splits, ATELIER_SPLIT_TRAIN);
  double loss, accuracy;
  g_autoptr (AtelierPredictions) all = measure_training (fixture, n, 1000, &loss, &accuracy);

  g_assert_false (atelier_predictions_is_sample (all));
  g_assert_cmpuint (atelier_predictions_get_n (all), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (atelier_predictions_get_picture (all, i), ==,
                      atelier_splits_get_picture (fixture->splits, ATELIER_SPLIT_TRAIN, i));
}

static void
test_no_image (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierSplits) whole = small_splits_new_first (0);
  g_auto (AtelierMeasure) measure = { 0 };
  g_autoptr (AtelierPredictions) none = NULL;
  double loss, accuracy;

  g_assert_true (atelier_measure_init (&measure, whole, ATELIER_SPLIT_VALIDATION, 5, NULL));
  g_assert_true (atelier_measure_is_done (&measure));
  none = atelier_measure_finish (&measure, &loss, &accuracy);

  g_assert_cmpuint (atelier_predictions_get_n (none), ==, 0);
  g_assert_true (isnan (loss));
  g_assert_true (isnan (accuracy));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/core/measure/" path, Fixture, NULL, set_up, function, tear_down)

  ADD ("sample/even", test_sample_is_spread_evenly);
  g_test_add_func ("/core/measure/sample/classes", test_sample_has_all_classes);
  ADD ("sample/agrees", test_sample_agrees_with_all);
  ADD ("pieces", test_pieces_change_no_bit);
  ADD ("few", test_few_images_are_all_measured);
  ADD ("none", test_no_image);

#undef ADD

  return g_test_run ();
}
