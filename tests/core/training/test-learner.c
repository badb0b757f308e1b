/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The learner: returning to the last good weights, the epoch that weights count as, and figures
 * that are not finite. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-measure-private.h"
#include "small-runs.h"
#include "training/atelier-learner-private.h"

static AtelierLearner *
create_learner (const AtelierRecipeValues *recipe)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (GError) error = NULL;
  AtelierLearner *learner = learner_of (network, recipe, splits, 1, &error);

  g_assert_no_error (error);

  return learner;
}

static AtelierLearner *
create_small_learner (void)
{
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 5);

  return create_learner (&recipe);
}

static guint
train_batch (AtelierLearner *learner)
{
  g_autoptr (GError) error = NULL;
  guint n_images = 0;
  float loss, accuracy;

  atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, &error);
  g_assert_no_error (error);

  return n_images;
}

static void
measure_epoch (AtelierLearner      *learner,
               AtelierEpochFigures *figures)
{
  g_autoptr (AtelierPredictions) validation = NULL;
  g_autoptr (AtelierPredictions) training = NULL;
  g_autoptr (GError) error = NULL;

  atelier_learner_begin_epoch (learner);
  while (!atelier_learner_is_trained (learner))
    train_batch (learner);
  while (!atelier_learner_is_measured (learner))
    g_assert_true (atelier_learner_measure_piece (learner, NULL));
  atelier_learner_end_epoch (learner, figures, &validation, &training, &error);
  g_assert_no_error (error);
}

static void
complete_epoch (AtelierLearner *learner)
{
  AtelierEpochFigures figures;

  measure_epoch (learner, &figures);
}

static char *
digest_snapshot (AtelierLearner *learner,
                 guint           n_epochs_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = atelier_learner_snapshot (learner, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==, n_epochs_expected);

  return atelier_model_dup_digest (model);
}

static void
test_last_batch_is_short (void)
{
  g_autoptr (AtelierLearner) learner = create_small_learner ();
  guint n_images = 0;

  g_assert_cmpuint (atelier_learner_get_n_batches (learner), ==, SMALL_N_BATCHES);
  atelier_learner_begin_epoch (learner);
  for (guint i = 0; i + 1 < SMALL_N_BATCHES; i++)
    n_images += train_batch (learner);
  g_assert_cmpuint (n_images, ==, 64 * (SMALL_N_BATCHES - 1));
  g_assert_false (atelier_learner_is_trained (learner));
  n_images += train_batch (learner);
  g_assert_true (atelier_learner_is_trained (learner));
  g_assert_cmpuint (n_images, ==, atelier_learner_get_n_images (learner));
}

static void
test_batch_larger_than_data (void)
{
  g_autoptr (AtelierLearner) learner = NULL;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 1);
  recipe.batch_size = 4096;
  learner = create_learner (&recipe);

  g_assert_cmpuint (atelier_learner_get_n_batches (learner), ==, 1);
  atelier_learner_begin_epoch (learner);
  g_assert_cmpuint (train_batch (learner), ==, atelier_learner_get_n_images (learner));
}

static void
test_counts_finished_epochs (void)
{
  g_autoptr (AtelierLearner) learner = create_small_learner ();
  g_autofree char *initial = digest_snapshot (learner, 0);
  g_autofree char *first = NULL;
  g_autofree char *within = NULL;

  complete_epoch (learner);
  first = digest_snapshot (learner, 1);
  atelier_learner_begin_epoch (learner);
  train_batch (learner);
  within = digest_snapshot (learner, 1);

  g_assert_cmpstr (initial, !=, first);
  g_assert_cmpstr (first, !=, within);
}

static void
test_steps_back_to_start (void)
{
  g_autoptr (AtelierLearner) learner = create_small_learner ();
  g_autofree char *initial = digest_snapshot (learner, 0);
  g_autofree char *back = NULL;

  atelier_learner_begin_epoch (learner);
  train_batch (learner);
  atelier_learner_step_back (learner);
  back = digest_snapshot (learner, 0);

  g_assert_cmpstr (initial, ==, back);
}

static void
test_steps_back_to_epoch (void)
{
  g_autoptr (AtelierLearner) learner = create_small_learner ();
  g_autofree char *second = NULL;
  g_autofree char *back = NULL;

  complete_epoch (learner);
  complete_epoch (learner);
  second = digest_snapshot (learner, 2);
  atelier_learner_begin_epoch (learner);
  train_batch (learner);
  atelier_learner_step_back (learner);
  back = digest_snapshot (learner, 2);

  g_assert_cmpstr (second, ==, back);
}

/* Trains until the numbers overflow; gives the batch at which they did, from 1, over the whole
 * run. */
static guint
overflow (AtelierLearner  *learner,
          GError         **error)
{
  for (guint i_batch = 0; i_batch < 100000; i_batch++)
    {
      guint n_images;
      float loss, accuracy;

      if (i_batch % SMALL_N_BATCHES == 0)
        atelier_learner_begin_epoch (learner);
      if (!atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, error))
        return i_batch + 1;
      g_assert_true (isfinite (loss));
    }

  g_assert_not_reached ();
}

static void
test_overflow_names_its_place (void)
{
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  AtelierRecipeValues recipe;
  guint batch;

  small_recipe_init (&recipe, 5);
  recipe.optimizer = ATELIER_OPTIMIZER_SGD;
  recipe.learning_rate = 10.0;
  recipe.momentum = 0.9;
  recipe.l2 = 1.0;
  learner = create_learner (&recipe);
  batch = overflow (learner, &error);

  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE);
  place = g_strdup_printf ("epoch %u, batch %u, in layer ",
                           (batch - 1) / SMALL_N_BATCHES + 1, (batch - 1) % SMALL_N_BATCHES + 1);
  g_assert_nonnull (strstr (error->message, place));
  g_assert_nonnull (strstr (error->message, "Lower the learning rate."));
}

/* The validation loss of @model's weights, measured apart. */
static double
measure_validation (AtelierModel *model)
{
  const AtelierEngineOptions options = { .max_batch = 100, .n_threads = 1 };
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (NnModel) nn_model = atelier_engine_new_model (
    atelier_model_get_network (model), atelier_model_get_recipe (model), &options, "Test", NULL);
  g_auto (AtelierMeasure) measure = { 0 };
  g_autoptr (AtelierPredictions) predictions = NULL;
  double loss, accuracy;

  g_assert_true (atelier_engine_write_tensors (nn_model, model, NULL));
  g_assert_true (
    atelier_measure_init (&measure, splits, ATELIER_SPLIT_VALIDATION, 0, NULL));
  while (!atelier_measure_is_done (&measure))
    g_assert_true (atelier_measure_advance (&measure, nn_model, NULL, 100, NULL));
  predictions = atelier_measure_finish (&measure, &loss, &accuracy);
  return loss;
}

/* The average is what is judged and saved; the weights below it are those of a run without. */
static void
test_judges_average (void)
{
  g_autoptr (AtelierLearner) plain = NULL;
  g_autoptr (AtelierLearner) averaged = NULL;
  g_autoptr (AtelierModel) plain_model = NULL;
  g_autoptr (AtelierModel) model = NULL;
  AtelierEpochFigures plain_figures, figures;
  const AtelierTrainingState *state;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 2);
  plain = create_learner (&recipe);
  measure_epoch (plain, &plain_figures);
  plain_model = atelier_learner_snapshot_with_state (plain, NULL);
  recipe.average_decay = 0.75;
  averaged = create_learner (&recipe);
  measure_epoch (averaged, &figures);
  model = atelier_learner_snapshot_with_state (averaged, NULL);
  state = atelier_model_get_state (model);
  for (guint i = 0; i < state->weights[ATELIER_WEIGHTS_NEWEST]->len; i++)
    {
      GBytes *last = atelier_model_get_tensor (plain_model, i);

      g_assert_true (g_bytes_equal (state->weights[ATELIER_WEIGHTS_NEWEST]->pdata[i], last));
      g_assert_false (g_bytes_equal (atelier_model_get_tensor (model, i), last));
    }
  g_assert_cmpfloat (figures.loss, ==, plain_figures.loss);
  g_assert_cmpfloat (plain_figures.validation_loss, ==, measure_validation (plain_model));
  g_assert_cmpfloat (figures.validation_loss, ==, measure_validation (model));
  g_assert_cmpfloat (figures.validation_loss, !=, plain_figures.validation_loss);
  g_assert_cmpfloat (figures.penalty, !=, plain_figures.penalty);
}

/* After a failure it is the average of the last finished epoch that is left. */
static void
test_steps_back_to_average (void)
{
  g_autoptr (AtelierLearner) learner = NULL;
  g_autofree char *good = NULL;
  g_autofree char *kept = NULL;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 2);
  recipe.average_decay = 0.75;
  learner = create_learner (&recipe);
  complete_epoch (learner);
  good = digest_snapshot (learner, 1);
  atelier_learner_begin_epoch (learner);
  train_batch (learner);
  atelier_learner_step_back (learner);
  kept = digest_snapshot (learner, 1);
  g_assert_cmpstr (kept, ==, good);
}

/* Behind its horizon a cosine has come down to 0, and weights stay as they are; what is saved says
 * where that was. */
static void
test_follows_schedule (void)
{
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 3);
  recipe.schedule = ATELIER_SCHEDULE_COSINE;
  recipe.horizon = 2;
  learner = create_learner (&recipe);
  complete_epoch (learner);
  first = digest_snapshot (learner, 1);
  complete_epoch (learner);
  second = digest_snapshot (learner, 2);
  complete_epoch (learner);
  third = digest_snapshot (learner, 3);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (second, ==, third);
  g_clear_pointer (&learner, atelier_learner_free);

  recipe.horizon = 0;
  learner = create_learner (&recipe);
  model = atelier_learner_snapshot (learner, NULL);
  g_assert_cmpuint (atelier_recipe_get_values (atelier_model_get_recipe (model))->horizon, ==, 3);
}

/* @first, twice, before the layer that gives the classes. */
#define DENSE "{ \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 2800 }"
#define CONV "{ \"type\": \"conv2d\", \"filters\": 256, \"kernel\": 3, \"padding\": \"same\" }"

static AtelierNetwork *
wide_network_new (const char *first)
{
  g_autofree char *json = g_strdup_printf (
    "{ \"name\": \"Wide\", \"input\": [28, 28, 1], \"layers\": [ %s, %s,"
    "  { \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 10 } ] }",
    first, first);
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "test", &error);

  g_assert_no_error (error);
  return network;
}

/* Ten million parameters and batches of 256 take what was said that they would, which is little
 * more than weights, gradients and both moments. */
static void
test_memory_of_large_network (void)
{
  g_autoptr (AtelierNetwork) network = wide_network_new (DENSE);
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  guint64 n_bytes = 0;

  small_recipe_init (&values, 1);
  values.batch_size = 256;
  recipe = recipe_of (&values);
  g_assert_cmpuint (atelier_network_get_n_parameters (network), >, 10000000);
  g_assert_true (atelier_learner_measure_memory (network, recipe, 60000, 2, &n_bytes, &error));
  g_assert_cmpuint (n_bytes, >, 10000000ull * 4 * sizeof (float));
  g_assert_cmpuint (n_bytes, <, 1000000000);
  learner = learner_of (network, &values, splits, 2, &error);
  g_assert_no_error (error);
  atelier_learner_begin_epoch (learner);
  g_assert_cmpuint (train_batch (learner), ==, 220);
}

/* What is too large is refused with the figure, and none of it is taken. */
static void
test_memory_refused (void)
{
  g_autoptr (AtelierNetwork) network = wide_network_new (CONV);
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;
  guint64 n_bytes;

  small_recipe_init (&values, 1);
  values.batch_size = 4096;
  recipe = recipe_of (&values);
  g_assert_false (atelier_learner_measure_memory (network, recipe, 60000, 2, &n_bytes,
                                                  &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "MiB, more than the limit of 4096 MiB"));
}

static void
test_handwritten_digits_are_centred_by_mass (void)
{
  g_autoptr (AtelierSplits) garments = small_splits_new ();
  g_autoptr (AtelierSplits) digits = NULL;
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GBytes) images =
    g_bytes_new (atelier_splits_get_images (garments, ATELIER_SPLIT_TEST), 784 * 50);
  g_autoptr (GBytes) labels =
    g_bytes_new (atelier_splits_get_labels (garments, ATELIER_SPLIT_TEST), 50);
  const AtelierDatasetParts parts = {
    .id = "mnist", .name = "MNIST", .source = "test", .height = 28, .width = 28, .channels = 1,
    .class_names = atelier_fashion_class_names, .n_validation = 10,
    .train_images = images, .train_labels = labels, .test_images = images, .test_labels = labels,
  };
  AtelierRecipeValues recipe;
  AtelierInput expected;

  small_recipe_init (&recipe, 1);
  digits = splits_of_parts (&parts);
  learner = learner_of (network, &recipe, digits, 1, NULL);
  model = atelier_learner_snapshot (learner, NULL);

  atelier_input_init_mnist (&expected, 28, 28);
  g_assert_true (atelier_input_equal (atelier_model_get_input (model), &expected));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/learner/short-batch", test_last_batch_is_short);
  g_test_add_func ("/core/learner/large-batch", test_batch_larger_than_data);
  g_test_add_func ("/core/learner/finished-epochs", test_counts_finished_epochs);
  g_test_add_func ("/core/learner/back/start", test_steps_back_to_start);
  g_test_add_func ("/core/learner/back/epoch", test_steps_back_to_epoch);
  g_test_add_func ("/core/learner/overflow", test_overflow_names_its_place);
  g_test_add_func ("/core/learner/schedule", test_follows_schedule);
  g_test_add_func ("/core/learner/average", test_judges_average);
  g_test_add_func ("/core/learner/back/average", test_steps_back_to_average);
  g_test_add_func ("/core/learner/memory/large", test_memory_of_large_network);
  g_test_add_func ("/core/learner/memory/refused", test_memory_refused);
  g_test_add_func ("/core/learner/digits", test_handwritten_digits_are_centred_by_mass);

  return g_test_run ();
}
