/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classifying and measuring: agreement with each other and with training, other weights, threads,
 * cancelling. */

#include <math.h>

#include "base/atelier-error.h"
#include "inference/atelier-predictor.h"
#include "small-runs.h"
#include "training/atelier-learner-private.h"

typedef struct
{
  AtelierSplits *splits;
  AtelierModel *model;         /* after an epoch */
  AtelierModel *initial_model; /* the same network */
  AtelierEpochFigures figures; /* of that epoch */
} Fixture;

static void
train_models (Fixture                   *fixture,
              const AtelierRecipeValues *recipe)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierLearner) learner =
    learner_of (network, recipe, fixture->splits, 1, NULL);
  g_autoptr (AtelierPredictions) validation = NULL;
  g_autoptr (AtelierPredictions) training = NULL;
  guint n_images;
  float loss, accuracy;

  fixture->initial_model = atelier_learner_snapshot (learner, NULL);
  atelier_learner_begin_epoch (learner);
  while (!atelier_learner_is_trained (learner))
    g_assert_true (atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, NULL));
  while (!atelier_learner_is_measured (learner))
    g_assert_true (atelier_learner_measure_piece (learner, NULL));
  g_assert_true (atelier_learner_end_epoch (learner, &fixture->figures, &validation, &training,
                                            NULL));
  fixture->model = atelier_learner_snapshot (learner, NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 1);
  recipe.raw_pixels = GPOINTER_TO_INT (data);
  fixture->splits = small_splits_new ();
  train_models (fixture, &recipe);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_model_unref (fixture->model);
  atelier_model_unref (fixture->initial_model);
  atelier_splits_unref (fixture->splits);
}

static AtelierEvaluation *
evaluate (AtelierModel  *model,
          AtelierSplits *splits,
          AtelierSplit   split,
          gboolean       raw_pixels,
          guint          n_threads)
{
  g_autoptr (GError) error = NULL;
  AtelierEvaluation *evaluation =
    atelier_evaluate (model, splits, split, raw_pixels, n_threads, NULL, &error);

  g_assert_no_error (error);

  return evaluation;
}

static AtelierEvaluation *
evaluate_split (Fixture      *fixture,
                AtelierSplit  split,
                guint         n_threads)
{
  return evaluate (fixture->model, fixture->splits, split, FALSE, n_threads);
}

static const guint8 *
get_test_image (Fixture *fixture,
                guint    i_image)
{
  return atelier_splits_get_image (fixture->splits, ATELIER_SPLIT_TEST, i_image);
}

static void
classify (AtelierPredictor *predictor,
          const guint8     *pixels,
          float            *scores)
{
  g_autoptr (GError) error = NULL;

  atelier_predictor_classify (predictor, pixels, scores, &error);
  g_assert_no_error (error);
}

static void
test_scores_sum_to_one (Fixture       *fixture,
                        gconstpointer  data)
{
  AtelierPredictor *predictor = atelier_predictor_new (fixture->model, NULL);
  float scores[10];
  double sum = 0.0;

  classify (predictor, get_test_image (fixture, 0), scores);
  for (guint i = 0; i < 10; i++)
    sum += scores[i];

  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-5);
  g_assert_true (atelier_predictor_get_model (predictor) == fixture->model);
  g_assert_finalize_object (predictor);
}

/* One at a time and all at once are the same. */
static void
test_agrees_with_evaluation (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (fixture->model, NULL);
  g_autoptr (AtelierEvaluation) evaluation = evaluate_split (fixture, ATELIER_SPLIT_TEST, 2);

  for (guint i = 0; i < SMALL_N_TEST; i++)
    {
      guint i_class = atelier_predictions_get_class (evaluation->predictions, i);
      float scores[10];

      classify (predictor, get_test_image (fixture, i), scores);
      g_assert_cmpfloat_with_epsilon (scores[i_class],
                                      atelier_predictions_get_score (evaluation->predictions, i),
                                      1e-5);
      for (guint j = 0; j < 10; j++)
        g_assert_cmpfloat (scores[j], <=, scores[i_class]);
    }
}

static void
test_other_weights (Fixture       *fixture,
                    gconstpointer  data)
{
  const guint8 *pixels = get_test_image (fixture, 3);
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (fixture->initial_model, NULL);
  g_autoptr (AtelierPredictor) fresh = atelier_predictor_new (fixture->model, NULL);
  g_autoptr (GError) error = NULL;
  float before[10], after[10], expected[10];

  classify (predictor, pixels, before);
  g_assert_true (atelier_predictor_set_model (predictor, fixture->model, &error));
  g_assert_no_error (error);
  classify (predictor, pixels, after);
  classify (fresh, pixels, expected);

  g_assert_true (atelier_predictor_get_model (predictor) == fixture->model);
  g_assert_cmpmem (after, sizeof after, expected, sizeof expected);
  g_assert_false (before[0] == after[0] && before[1] == after[1]);
}

/* For a network of another shape the predictor builds another one. */
static void
test_other_network (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (fixture->model, NULL);
  g_autoptr (AtelierNetwork) network = other_network_new ();
  g_autoptr (GPtrArray) tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (AtelierModel) blank = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 pixels[144] = { 0 };
  AtelierInput input;
  AtelierModelParts parts = {
    .network = network,
    .recipe = atelier_model_get_recipe (fixture->model),
    .input = &input,
    .class_names = atelier_model_get_class_names (fixture->model),
    .dataset_name = "test",
    .dataset_sha256 = "",
    .tensors = tensors,
  };
  float scores[10];

  atelier_input_init_fashion (&input, 12, 12);
  g_ptr_array_add (tensors, g_bytes_new_take (g_new0 (float, 1440), 1440 * sizeof (float)));
  g_ptr_array_add (tensors, g_bytes_new_take (g_new0 (float, 10), 10 * sizeof (float)));
  blank = atelier_model_new (&parts, &error);
  g_assert_no_error (error);

  g_assert_true (atelier_predictor_set_model (predictor, blank, &error));
  classify (predictor, pixels, scores);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpfloat_with_epsilon (scores[i], 0.1, 1e-6);
}

static void
test_evaluation_agrees_with_training (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) evaluation =
    evaluate_split (fixture, ATELIER_SPLIT_VALIDATION, 2);

  g_assert_true (evaluation->loss == fixture->figures.validation_loss);
  g_assert_true (evaluation->accuracy == fixture->figures.validation_accuracy);
  g_assert_true (evaluation->penalty == fixture->figures.penalty);
  g_assert_cmpfloat (evaluation->seconds, >, 0.0);
}

/* The small split is smaller than the sample, so the sample is all of it. */
static void
test_evaluation_agrees_with_train_eval (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) evaluation = evaluate_split (fixture, ATELIER_SPLIT_TRAIN, 2);

  g_assert_true (evaluation->loss == fixture->figures.train_eval_loss);
  g_assert_true (evaluation->accuracy == fixture->figures.train_eval_accuracy);
  g_assert_true (fixture->figures.train_eval_loss != fixture->figures.loss);
}

static void
test_evaluation_adds_up (Fixture       *fixture,
                         gconstpointer  data)
{
  static const AtelierSplit splits[] = {
    ATELIER_SPLIT_TRAIN, ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TEST
  };

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autoptr (AtelierEvaluation) evaluation = evaluate_split (fixture, splits[i], 1);

      g_assert_cmpint (atelier_predictions_get_split (evaluation->predictions), ==, splits[i]);
      g_assert_cmpuint (atelier_confusion_get_total (evaluation->confusion), ==,
                        atelier_splits_get_n (fixture->splits, splits[i]));
      g_assert_true (evaluation->accuracy ==
                     atelier_confusion_get_accuracy (evaluation->confusion));
      g_assert_cmpfloat (evaluation->loss, >, 0.0);
      for (guint j = 0; j < atelier_predictions_get_n (evaluation->predictions); j++)
        g_assert_cmpuint (atelier_predictions_get_picture (evaluation->predictions, j), ==,
                          atelier_splits_get_picture (fixture->splits, splits[i], j));
    }
}

static void
test_threads_change_no_bit (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) one = evaluate_split (fixture, ATELIER_SPLIT_TRAIN, 1);
  g_autoptr (AtelierEvaluation) three = evaluate_split (fixture, ATELIER_SPLIT_TRAIN, 3);

  g_assert_true (one->loss == three->loss);
  for (guint i = 0; i < atelier_predictions_get_n (one->predictions); i++)
    g_assert_true (atelier_predictions_get_score (one->predictions, i) ==
                   atelier_predictions_get_score (three->predictions, i));
}

static void
test_raw_pixels_on_request (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) right = evaluate_split (fixture, ATELIER_SPLIT_TEST, 1);
  g_autoptr (AtelierEvaluation) wrong =
    evaluate (fixture->model, fixture->splits, ATELIER_SPLIT_TEST, TRUE, 1);

  g_assert_cmpfloat (wrong->loss, >, right->loss);
}

/* A network that was trained on raw pixels gets raw pixels without asking for them. */
static void
test_raw_pixels_by_recipe (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) plain = evaluate_split (fixture, ATELIER_SPLIT_VALIDATION, 1);
  g_autoptr (AtelierEvaluation) asked =
    evaluate (fixture->model, fixture->splits, ATELIER_SPLIT_VALIDATION, TRUE, 1);
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (fixture->model, NULL);
  float scores[10];

  g_assert_true (plain->loss == fixture->figures.validation_loss);
  g_assert_true (asked->loss == plain->loss);
  classify (predictor, atelier_splits_get_image (fixture->splits, ATELIER_SPLIT_VALIDATION, 0),
            scores);
  g_assert_cmpfloat_with_epsilon (scores[atelier_predictions_get_class (plain->predictions, 0)],
                                  atelier_predictions_get_score (plain->predictions, 0), 1e-5);
}

static void
test_empty_split (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierSplits) whole = small_splits_new_first (0);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_evaluate (fixture->model, whole, ATELIER_SPLIT_VALIDATION, FALSE, 1, NULL,
                                   &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "has no validation images: there is nothing"));
  g_assert_true (atelier_evaluate_check (whole, ATELIER_SPLIT_TRAIN, NULL));
}

static void
test_data_that_do_not_fit (Fixture       *fixture,
                           gconstpointer  data)
{
  static const char *const names[] = { "a", "b", NULL };
  g_autoptr (GBytes) images = g_bytes_new_static ("\1\2\3\4", 4);
  g_autoptr (GBytes) labels = g_bytes_new_static ("\0\1\0\1", 4);
  const AtelierDatasetParts parts = {
    .id = "folder", .name = "Dots", .source = "test", .height = 1, .width = 1, .channels = 1,
    .class_names = names, .n_validation = 1,
    .train_images = images, .train_labels = labels, .test_images = images, .test_labels = labels,
  };
  g_autoptr (AtelierSplits) dots = splits_of_parts (&parts);
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_evaluate (fixture->model, dots, ATELIER_SPLIT_TEST, FALSE, 1, NULL,
                                   &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "Dots"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (atelier_evaluate (fixture->model, fixture->splits, ATELIER_SPLIT_TEST, FALSE, 1,
                                   cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_evaluated_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static void
test_asynchronous (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) expected = evaluate_split (fixture, ATELIER_SPLIT_TEST, 1);
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  atelier_evaluate_async (fixture->model, fixture->splits, ATELIER_SPLIT_TEST, NULL,
                          on_evaluated_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  evaluation = atelier_evaluate_finish (result, &error);

  g_assert_no_error (error);
  g_assert_true (evaluation->loss == expected->loss);
}

static void
test_asynchronous_cancelled (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  atelier_evaluate_async (fixture->model, fixture->splits, ATELIER_SPLIT_TEST, cancellable,
                          on_evaluated_cb, &result);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (atelier_evaluate_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/core/predictor/" path, Fixture, GINT_TO_POINTER (FALSE), \
              set_up, function, tear_down)

  ADD ("sum", test_scores_sum_to_one);
  ADD ("agrees", test_agrees_with_evaluation);
  ADD ("other-weights", test_other_weights);
  ADD ("other-network", test_other_network);
  ADD ("evaluate/training", test_evaluation_agrees_with_training);
  ADD ("evaluate/train-eval", test_evaluation_agrees_with_train_eval);
  ADD ("evaluate/adds-up", test_evaluation_adds_up);
  ADD ("evaluate/threads", test_threads_change_no_bit);
  ADD ("evaluate/raw", test_raw_pixels_on_request);
  ADD ("evaluate/empty", test_empty_split);
  ADD ("evaluate/mismatch", test_data_that_do_not_fit);
  ADD ("evaluate/cancelled", test_cancelled);
  ADD ("async/result", test_asynchronous);
  ADD ("async/cancelled", test_asynchronous_cancelled);
  g_test_add ("/core/predictor/evaluate/raw-recipe", Fixture, GINT_TO_POINTER (TRUE),
              set_up, test_raw_pixels_by_recipe, tear_down);

#undef ADD

  return g_test_run ();
}
