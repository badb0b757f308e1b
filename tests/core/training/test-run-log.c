/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of a run in its model file: nothing is lost but times, nothing in it depends on
 * threads or breaks, it stays within its bounds, and a file with a damaged one is refused. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-model-file.h"
#include "model/atelier-safetensors.h"
#include "results/atelier-history-log.h"
#include "small-runs.h"

#define N_EPOCHS 4

static void
wait_for (AtelierTrainer *trainer)
{
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
}

static AtelierTrainer *
train (guint n_epochs,
       guint n_threads)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  AtelierTrainer *trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  small_recipe_init (&values, n_epochs);
  start_with_values (trainer, network, &values, splits, n_threads, &error);
  g_assert_no_error (error);
  wait_for (trainer);
  return trainer;
}

/* The trainer's model with its history; transfer full. */
static AtelierModel *
log_model (AtelierTrainer *trainer)
{
  AtelierModel *model = atelier_history_log_model (atelier_trainer_get_history (trainer),
                                                   atelier_trainer_get_model (trainer));

  g_assert_nonnull (atelier_model_get_log (model));
  return model;
}

static GBytes *
save (AtelierTrainer *trainer)
{
  g_autoptr (AtelierModel) model = log_model (trainer);

  return atelier_model_file_to_bytes (model);
}

static AtelierModel *
load (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_same (double a,
             double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_predictions (AtelierPredictions *a,
                         AtelierPredictions *b)
{
  const guint n = atelier_predictions_get_n (a);

  g_assert_cmpuint (atelier_predictions_get_n (b), ==, n);
  g_assert_true (atelier_predictions_is_sample (a) == atelier_predictions_is_sample (b));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (atelier_predictions_get_picture (a, i), ==,
                        atelier_predictions_get_picture (b, i));
      g_assert_cmpuint (atelier_predictions_get_label (a, i), ==,
                        atelier_predictions_get_label (b, i));
      g_assert_cmpuint (atelier_predictions_get_class (a, i), ==,
                        atelier_predictions_get_class (b, i));
      assert_same (atelier_predictions_get_score (a, i), atelier_predictions_get_score (b, i));
      assert_same (atelier_predictions_get_truth_score (a, i),
                   atelier_predictions_get_truth_score (b, i));
    }
}

static void
assert_same_epoch (AtelierEpoch *a,
                   AtelierEpoch *b)
{
  const AtelierEpochFigures *of_a = atelier_epoch_get_figures (a);
  const AtelierEpochFigures *of_b = atelier_epoch_get_figures (b);

  g_assert_cmpuint (of_a->epoch, ==, of_b->epoch);
  assert_same (of_a->loss, of_b->loss);
  assert_same (of_a->accuracy, of_b->accuracy);
  assert_same (of_a->penalty, of_b->penalty);
  assert_same (of_a->objective, of_b->objective);
  assert_same (of_a->train_eval_loss, of_b->train_eval_loss);
  assert_same (of_a->train_eval_accuracy, of_b->train_eval_accuracy);
  assert_same (of_a->validation_loss, of_b->validation_loss);
  assert_same (of_a->validation_accuracy, of_b->validation_accuracy);
  g_assert_true (isnan (of_b->seconds));
  g_assert_true (isnan (of_b->images_per_second));
  g_assert_true (isnan (of_b->elapsed_seconds));
  assert_same_predictions (atelier_epoch_get_predictions (a), atelier_epoch_get_predictions (b));
  assert_same_predictions (atelier_epoch_get_predictions_of (a, ATELIER_SPLIT_TRAIN),
                           atelier_epoch_get_predictions_of (b, ATELIER_SPLIT_TRAIN));
}

static void
test_round_trip (void)
{
  g_autoptr (AtelierTrainer) trainer = train (N_EPOCHS, 1);
  AtelierHistory *history = atelier_trainer_get_history (trainer);
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierHistory) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n;

  atelier_history_add_test_look (
    history, &(AtelierTestLook) { 2, ATELIER_WEIGHTS_BEST, 0.5, 0.75 });
  bytes = save (trainer);
  model = load (bytes);
  again = atelier_history_new_of_model (model, N_EPOCHS, TRUE);

  g_assert_cmpuint (atelier_history_get_n_epochs (again), ==, N_EPOCHS);
  for (guint i = 0; i < N_EPOCHS; i++)
    assert_same_epoch (atelier_history_get_epoch (history, i),
                       atelier_history_get_epoch (again, i));
  n = atelier_history_get_n_batches (history);
  g_assert_cmpuint (n, ==, N_EPOCHS * SMALL_N_BATCHES);
  g_assert_cmpmem (atelier_history_get_batch_losses (history), n * sizeof (float),
                   atelier_history_get_batch_losses (again), n * sizeof (float));
  g_assert_cmpmem (atelier_history_get_batch_accuracies (history), n * sizeof (float),
                   atelier_history_get_batch_accuracies (again), n * sizeof (float));
  g_assert_true (isnan (atelier_history_get_batch_seconds (again)[n - 1]));
  g_assert_cmpint (atelier_history_get_best (again), ==, atelier_history_get_best (history));
  g_assert_cmpuint (atelier_history_get_n_test_looks (again), ==, 1);
  g_assert_cmpuint (atelier_history_get_test_look (again, 0)->epoch, ==, 2);
  g_assert_cmpint (atelier_history_get_test_look (again, 0)->weights, ==, ATELIER_WEIGHTS_BEST);
  assert_same (atelier_history_get_test_look (again, 0)->accuracy, 0.75);
}

/* A model without its history has the bytes that it always had. */
static void
test_without (void)
{
  g_autoptr (AtelierTrainer) trainer = train (1, 1);
  g_autoptr (AtelierModel) logged = log_model (trainer);
  g_autoptr (AtelierModel) plain = atelier_model_with_log (logged, NULL);
  g_autoptr (GBytes) expected = atelier_model_file_to_bytes (atelier_trainer_get_model (trainer));
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (plain);
  g_autoptr (AtelierModel) again = load (bytes);

  g_assert_true (g_bytes_equal (bytes, expected));
  g_assert_null (atelier_model_get_log (again));
  g_assert_null (atelier_history_new_of_model (again, 1, TRUE));
}

static void
test_threads (void)
{
  g_autoptr (AtelierTrainer) first = train (N_EPOCHS, 1);
  g_autoptr (GBytes) expected = save (first);

  for (guint n_threads = 2; n_threads <= 3; n_threads++)
    {
      g_autoptr (AtelierTrainer) trainer = train (N_EPOCHS, n_threads);
      g_autoptr (GBytes) bytes = save (trainer);

      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

/* Stopped wherever it is, and gone on with: the curves begin at epoch 1 all the same. */
static void
test_break (void)
{
  g_autoptr (AtelierTrainer) straight = train (N_EPOCHS, 1);
  g_autoptr (GBytes) expected = save (straight);

  for (guint n_before = 1; n_before < N_EPOCHS; n_before++)
    {
      g_autoptr (AtelierTrainer) trainer = train (n_before, 2);
      g_autoptr (GBytes) half = save (trainer);
      g_autoptr (AtelierModel) model = load (half);
      g_autoptr (AtelierSplits) splits = small_splits_new ();
      g_autoptr (AtelierTrainer) other = atelier_trainer_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      atelier_trainer_start_from (other, model, splits, N_EPOCHS, 3, &error);
      g_assert_no_error (error);
      wait_for (other);
      g_assert_cmpuint (atelier_history_get_n_epochs (atelier_trainer_get_history (other)), ==,
                        N_EPOCHS);
      bytes = save (other);
      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

/* An opened run is as one that has just ended. */
static void
test_open (void)
{
  g_autoptr (AtelierTrainer) trainer = train (N_EPOCHS, 1);
  g_autoptr (GBytes) bytes = save (trainer);
  g_autoptr (AtelierModel) model = load (bytes);
  g_autoptr (AtelierHistory) history = atelier_history_new_of_model (model, N_EPOCHS, TRUE);
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierTrainer) other = atelier_trainer_new ();
  g_autoptr (GBytes) again = NULL;

  g_assert_true (atelier_trainer_open (other, model, history, splits, NULL));
  g_assert_cmpint (atelier_trainer_get_state (other), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_false (atelier_trainer_is_active (other));
  g_assert_true (atelier_trainer_get_model (other) == model);
  g_assert_true (atelier_trainer_get_opened (other) == model);
  g_assert_nonnull (atelier_trainer_get_epoch_model (other));
  g_assert_cmpuint (atelier_trainer_get_epoch (other), ==, N_EPOCHS);
  g_assert_true (atelier_trainer_get_own_history (other) == history);
  g_assert_cmpstr (atelier_run_record_get_dataset_sha256 (atelier_trainer_get_record (other)), ==,
                   atelier_model_get_dataset_sha256 (model));
  again = save (other);
  g_assert_true (g_bytes_equal (bytes, again));
}

/* ---- Which predictions are kept ---- */

static guint
count_kept (guint n_epochs,
            guint best,
            guint n_room)
{
  guint n = 0;

  for (guint epoch = 1; epoch <= n_epochs; epoch++)
    if (atelier_run_log_keeps_epoch (epoch, n_epochs, best, n_room))
      n++;
  return n;
}

static void
test_room (void)
{
  for (guint n_room = 1; n_room <= 9; n_room++)
    for (guint n_epochs = 1; n_epochs <= 70; n_epochs++)
      {
        const guint best = (n_epochs + 1) / 2;

        g_assert_cmpuint (count_kept (n_epochs, best, n_room), <=, n_room);
        g_assert_true (atelier_run_log_keeps_epoch (n_epochs, n_epochs, best, n_room));
        if (n_room >= 2)
          g_assert_true (atelier_run_log_keeps_epoch (best, n_epochs, best, n_room));
        /* What comes later finds what it needs. */
        for (guint epoch = 1; epoch < n_epochs; epoch++)
          if (epoch != best && atelier_run_log_keeps_epoch (epoch, n_epochs, best, n_room))
            g_assert_true (atelier_run_log_keeps_epoch (epoch, n_epochs - 1, 0, n_room));
      }
  g_assert_cmpuint (count_kept (20, 3, 0), ==, 0);
  g_assert_cmpuint (count_kept (20, 3, 20), ==, 20);
  g_assert_cmpuint (atelier_run_log_count_room (0), ==, 0);
  g_assert_cmpuint (atelier_run_log_count_room (G_MAXUINT64), ==, 0);
  g_assert_cmpuint (atelier_run_log_count_room (10000), ==, 334);
}

/* ---- Damaged files ---- */

/* Replaces the metadata @key, or one tensor's bytes by @change, and loads. */
typedef void (* Change) (AtelierSafetensor *tensor, guint8 *bytes);

static void
assert_refused (GBytes      *bytes,
                const char  *name,
                Change       change,
                const char  *numbers, /* instead of the file's; nullable */
                const char  *found)
{
  g_autoptr (AtelierSafetensors) file = atelier_safetensors_from_bytes (bytes, "test", NULL);
  g_autoptr (AtelierSafetensors) other = atelier_safetensors_new ();
  static const char * const keys[] = { "format", "format_version", "network", "recipe", "input",
                                       "class_names", "dataset_name", "dataset_sha256", "epochs",
                                       "flatten_order", "arithmetic", "pixels", "weights",
                                       "training_state", "history" };
  g_autoptr (GBytes) damaged = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = atelier_safetensors_get_metadata (file, keys[i]);

      if (numbers != NULL && g_str_equal (keys[i], "history"))
        value = numbers;
      if (value != NULL)
        atelier_safetensors_add_metadata (other, keys[i], value);
    }
  for (guint i = 0; i < atelier_safetensors_get_n_tensors (file); i++)
    {
      AtelierSafetensor tensor = *atelier_safetensors_get_tensor (file, i);
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (tensor.data, NULL),
                                           g_bytes_get_size (tensor.data));
      g_autoptr (GBytes) data = NULL;
      gsize size = atelier_dtype_get_size (tensor.dtype);

      if (g_strcmp0 (tensor.name, name) == 0)
        change (&tensor, copy);
      for (guint j = 0; j < tensor.rank; j++)
        size *= tensor.shape[j];
      data = g_bytes_new (copy, size);
      atelier_safetensors_add_tensor (other, tensor.name, tensor.dtype, tensor.shape, tensor.rank,
                                      data);
    }
  damaged = atelier_safetensors_to_bytes (other);
  model = atelier_model_file_from_bytes (damaged, "mine.safetensors", &error);
  g_assert_null (model);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "mine.safetensors"));
  if (strstr (error->message, found) == NULL)
    g_error ("%s", error->message);
}

static void
set_first (AtelierSafetensor *tensor,
           guint8            *bytes)
{
  bytes[0] = 0xfe;
}

static void
set_all (AtelierSafetensor *tensor,
         guint8            *bytes)
{
  gsize size = atelier_dtype_get_size (tensor->dtype);

  for (guint i = 0; i < tensor->rank; i++)
    size *= tensor->shape[i];
  memset (bytes, 0x41, size);
}

static void
shorten (AtelierSafetensor *tensor,
         guint8            *bytes)
{
  tensor->shape[0]--;
}

static void
test_damaged (void)
{
  g_autoptr (AtelierTrainer) trainer = train (2, 1);
  g_autoptr (GBytes) bytes = NULL;

  atelier_history_add_test_look (atelier_trainer_get_history (trainer),
                                 &(AtelierTestLook) { 2, ATELIER_WEIGHTS_NEWEST, 0.5, 0.75 });
  bytes = save (trainer);

  assert_refused (bytes, "history.validation.classes", set_first, NULL, "class");
  assert_refused (bytes, "history.training.labels", set_first, NULL, "class");
  assert_refused (bytes, "history.training.pictures", set_all, NULL, "order");
  assert_refused (bytes, "history.validation.epochs", set_all, NULL, "order");
  assert_refused (bytes, "history.epochs", set_all, NULL, "between 0 and 1");
  assert_refused (bytes, "history.batch_accuracies", set_all, NULL, "between 0 and 1");
  assert_refused (bytes, "history.test_looks", set_all, NULL, "look");
  assert_refused (bytes, "history.batch_losses", shorten, NULL, "shape");
  assert_refused (bytes, "history.validation.labels", shorten, NULL, "shape");
  assert_refused (bytes, "history.epochs", shorten, NULL, "history");
}

static void
test_hostile_counts (void)
{
  static const char * const numbers[] = {
    "{\"batches_per_epoch\":0,\"first_epoch\":1,\"first_batch\":0,\"training\":true,"
    "\"validation\":false}",
    "{\"batches_per_epoch\":4,\"first_epoch\":0,\"first_batch\":0,\"training\":true,"
    "\"validation\":false}",
    "{\"batches_per_epoch\":4294967295,\"first_epoch\":1,\"first_batch\":0,\"training\":true,"
    "\"validation\":false}",
    "{\"batches_per_epoch\":4,\"first_epoch\":10000,\"first_batch\":0,\"training\":true,"
    "\"validation\":false}",
    "{\"batches_per_epoch\":4,\"first_epoch\":1,\"first_batch\":9223372036854775807,"
    "\"training\":true,\"validation\":false}",
    "{\"batches_per_epoch\":4,\"first_epoch\":1,\"first_batch\":0,\"training\":true}",
    "{\"batches_per_epoch\":4,\"first_epoch\":1,\"first_batch\":0,\"other\":1}",
    "{}",
    "7",
  };
  g_autoptr (AtelierTrainer) trainer = train (2, 1);
  g_autoptr (GBytes) bytes = save (trainer);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_refused (bytes, NULL, NULL, numbers[i], "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/run-log/round-trip", test_round_trip);
  g_test_add_func ("/core/run-log/without", test_without);
  g_test_add_func ("/core/run-log/threads", test_threads);
  g_test_add_func ("/core/run-log/break", test_break);
  g_test_add_func ("/core/run-log/open", test_open);
  g_test_add_func ("/core/run-log/room", test_room);
  g_test_add_func ("/core/run-log/damaged", test_damaged);
  g_test_add_func ("/core/run-log/hostile-counts", test_hostile_counts);

  return g_test_run ();
}
