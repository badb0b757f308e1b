/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trainer: what a run reports and in what order, and that pauses and threads change no bit.
 * Small runs; the main loop runs until a condition holds, with a limit.  Run under ThreadSanitizer
 * as well. */

#include <math.h>
#include <string.h>

#include "inference/atelier-predictor.h"
#include "nn.h"
#include "trainer-fixture.h"
#include "training/atelier-trainer.h"

/* ---- What a run tells ---- */

static void
test_starts_idle (TrainerFixture *fixture,
                  gconstpointer   data)
{
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_IDLE);
  g_assert_false (atelier_trainer_is_active (fixture->trainer));
  g_assert_null (atelier_trainer_get_history (fixture->trainer));
  g_assert_null (atelier_trainer_get_model (fixture->trainer));
  g_assert_true (isnan (atelier_trainer_get_seconds_left (fixture->trainer)));
}

static void
test_completes (TrainerFixture *fixture,
                gconstpointer   data)
{
  AtelierHistory *history;
  const AtelierEpochFigures *figures;

  trainer_start (fixture, 2);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_RUNNING);
  g_assert_true (atelier_trainer_is_active (fixture->trainer));
  g_assert_cmpuint (atelier_trainer_get_epoch (fixture->trainer), ==, 1);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_COMPLETED);

  history = atelier_trainer_get_history (fixture->trainer);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_no_error (fixture->error);
  g_assert_false (atelier_trainer_is_active (fixture->trainer));
  g_assert_cmpuint (atelier_history_get_batches_per_epoch (history), ==, SMALL_N_BATCHES);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 2 * SMALL_N_BATCHES);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 2);
  g_assert_cmpuint (atelier_trainer_get_epoch (fixture->trainer), ==, 2);
  g_assert_true (atelier_trainer_get_progress (fixture->trainer) == 1.0);
  g_assert_true (atelier_trainer_get_seconds_left (fixture->trainer) == 0.0);
  g_assert_cmpfloat (atelier_trainer_get_images_per_second (fixture->trainer), >, 0.0);
  g_assert_cmpuint (trainer_get_model_epochs (fixture), ==, 2);

  figures = atelier_history_get_figures (history, 1);
  g_assert_cmpuint (figures->epoch, ==, 2);
  g_assert_cmpfloat (figures->seconds, >, 0.0);
  g_assert_cmpfloat (figures->images_per_second, >, 0.0);
  g_assert_cmpfloat (figures->elapsed_seconds, >=,
                     figures->seconds + atelier_history_get_figures (history, 0)->seconds);
}

static void
test_learns (TrainerFixture *fixture,
             gconstpointer   data)
{
  AtelierHistory *history;
  g_autofree char *digest = NULL;

  fixture->recipe.n_epochs = 8;
  digest = trainer_complete (fixture, 2);
  history = atelier_trainer_get_history (fixture->trainer);

  g_assert_cmpfloat (atelier_history_get_figures (history, 7)->validation_loss, <,
                     0.8 * atelier_history_get_figures (history, 0)->validation_loss);
  g_assert_cmpfloat (atelier_history_get_figures (history, 7)->validation_accuracy, >, 0.4);
}

static void
test_predictions_of_each_epoch (TrainerFixture *fixture,
                                gconstpointer   data)
{
  const guint8 *labels = atelier_splits_get_labels (fixture->splits, ATELIER_SPLIT_VALIDATION);
  g_autofree char *digest = trainer_complete (fixture, 2);
  AtelierHistory *history = atelier_trainer_get_history (fixture->trainer);

  for (guint i = 0; i < 2; i++)
    {
      AtelierPredictions *predictions =
        atelier_epoch_get_predictions (atelier_history_get_epoch (history, i));

      g_assert_cmpint (atelier_predictions_get_split (predictions), ==, ATELIER_SPLIT_VALIDATION);
      g_assert_cmpuint (atelier_predictions_get_n (predictions), ==,
                        atelier_splits_get_n (fixture->splits, ATELIER_SPLIT_VALIDATION));
      for (guint j = 0; j < atelier_predictions_get_n (predictions); j++)
        g_assert_cmpuint (atelier_predictions_get_label (predictions, j), ==,
                          labels[j]);
    }
}

/* The small training split is smaller than the sample, which so is all of it. */
static void
test_predictions_know_pictures (TrainerFixture *fixture,
                                gconstpointer   data)
{
  static const AtelierSplit kept[] = { ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TRAIN };
  g_autofree char *digest = trainer_complete (fixture, 2);
  AtelierHistory *history = atelier_trainer_get_history (fixture->trainer);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      AtelierPredictions *predictions =
        atelier_epoch_get_predictions_of (atelier_history_get_epoch (history, 1), kept[i]);
      const guint n = atelier_splits_get_n (fixture->splits, kept[i]);

      g_assert_cmpuint (atelier_predictions_get_n (predictions), ==, n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpuint (atelier_predictions_get_picture (predictions, j), ==,
                          atelier_splits_get_picture (fixture->splits, kept[i], j));
    }
}

/* Labels are kept once, not once an epoch. */
static void
test_epochs_share_labels (TrainerFixture *fixture,
                          gconstpointer   data)
{
  static const AtelierSplit splits[] = { ATELIER_SPLIT_VALIDATION, ATELIER_SPLIT_TRAIN };
  g_autofree char *digest = trainer_complete (fixture, 2);
  AtelierHistory *history = atelier_trainer_get_history (fixture->trainer);

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      AtelierPredictions *first = atelier_epoch_get_predictions_of (
        atelier_history_get_epoch (history, 0), splits[i]);
      AtelierPredictions *second = atelier_epoch_get_predictions_of (
        atelier_history_get_epoch (history, 1), splits[i]);

      g_assert_cmpint (atelier_predictions_get_split (first), ==, splits[i]);
      g_assert_true (atelier_predictions_get_labels (first) ==
                     atelier_predictions_get_labels (second));
    }
}

/* At the last batch of an epoch, the seconds of the epochs so far, or a little less. */
static void
test_batch_seconds (TrainerFixture *fixture,
                    gconstpointer   data)
{
  g_autofree char *digest = trainer_complete (fixture, 2);
  AtelierHistory *history = atelier_trainer_get_history (fixture->trainer);
  const float *seconds = atelier_history_get_batch_seconds (history);
  double sum = 0.0;

  g_assert_cmpfloat (seconds[0], >, 0.0);
  for (guint i = 1; i < atelier_history_get_n_batches (history); i++)
    g_assert_cmpfloat (seconds[i], >=, seconds[i - 1]);
  for (guint i = 0; i < atelier_history_get_n_epochs (history); i++)
    {
      g_assert_cmpfloat (seconds[i * SMALL_N_BATCHES], >=, (float) sum);
      sum += atelier_history_get_figures (history, i)->seconds;
      g_assert_cmpfloat (seconds[(i + 1) * SMALL_N_BATCHES - 1], <=, (float) sum);
    }
}

static void
test_without_validation (TrainerFixture *fixture,
                         gconstpointer   data)
{
  AtelierSplits *whole = small_splits_new_first (0);
  g_autofree char *digest = NULL;
  AtelierHistory *history;

  atelier_splits_unref (fixture->splits);
  fixture->splits = whole;
  digest = trainer_complete (fixture, 1);

  history = atelier_trainer_get_history (fixture->trainer);
  g_assert_true (isnan (atelier_history_get_figures (history, 1)->validation_loss));
  g_assert_true (isnan (atelier_history_get_figures (history, 1)->validation_accuracy));
  g_assert_null (atelier_epoch_get_predictions (atelier_history_get_epoch (history, 1)));
  g_assert_cmpfloat (atelier_history_get_figures (history, 1)->train_eval_loss, >, 0.0);
  g_assert_nonnull (atelier_epoch_get_predictions_of (atelier_history_get_epoch (history, 1),
                                                      ATELIER_SPLIT_TRAIN));
  g_assert_cmpint (atelier_history_get_best (history), ==, 1);
}

/* A model of the engine's own, with the fixture's network and seed. */
static NnModel *
make_engine_model (void)
{
  static const NnLayerSpec layers[] = {
    { .kind = NN_LAYER_CONV2D, .activation = NN_ACTIVATION_RELU,
      .padding = NN_PADDING_SAME, .units = 4,
      .kernel_height = 3, .kernel_width = 3, .stride_height = 1, .stride_width = 1 },
    { .kind = NN_LAYER_MAX_POOL2D,
      .kernel_height = 4, .kernel_width = 4, .stride_height = 4, .stride_width = 4 },
    { .kind = NN_LAYER_DROPOUT, .rate = 0.2f },
    { .kind = NN_LAYER_FLATTEN },
    { .kind = NN_LAYER_DENSE, .units = 10 },
  };
  const NnModelOptions options = {
    .input = { 28, 28, 1 }, .layers = layers, .n_layers = G_N_ELEMENTS (layers),
    .max_batch = 64, .trainable = true, .pixel_divisor = 255.0f, .seed = 7,
  };
  NnModel *model = NULL;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  return model;
}

/* One step with the fixture's recipe, whose figures are those of the history's. */
static NnStepResult
take_step (NnModel        *model,
           const NnBatch  *batch,
           AtelierHistory *history,
           guint           i_step)
{
  NnOptimizer optimizer = nn_optimizer_default;
  NnStepResult result;

  optimizer.learning_rate = 0.003f;
  optimizer.l2 = 0.001f;
  g_assert_cmpint (nn_train_step (model, NULL, batch, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_true (atelier_history_get_batch_losses (history)[i_step] == (float) result.loss);
  g_assert_cmpfloat_with_epsilon (atelier_history_get_batch_accuracies (history)[i_step],
                                  (double) result.n_correct / batch->n, 1e-7);
  return result;
}

/* The same two epochs, step by step through the engine. */
static void
test_figures_are_the_engines (TrainerFixture *fixture,
                              gconstpointer   data)
{
  const guint n = atelier_splits_get_n (fixture->splits, ATELIER_SPLIT_TRAIN);
  g_autofree char *digest = trainer_complete (fixture, 2);
  AtelierHistory *history = atelier_trainer_get_history (fixture->trainer);
  g_autofree guint32 *order = g_new (guint32, n);
  NnModel *model = make_engine_model ();
  guint i_step = 0;

  for (guint epoch = 0; epoch < 2; epoch++)
    {
      double loss_sum = 0.0;
      guint n_correct = 0;

      nn_shuffle (7, epoch, order, n);
      for (guint first = 0; first < n; first += 64, i_step++)
        {
          const NnBatch batch = {
            .images = atelier_splits_get_images (fixture->splits, ATELIER_SPLIT_TRAIN),
            .labels = atelier_splits_get_labels (fixture->splits, ATELIER_SPLIT_TRAIN),
            .indices = order + first,
            .n = MIN (64, n - first),
            .epoch = epoch,
          };
          const NnStepResult result = take_step (model, &batch, history, i_step);

          loss_sum += result.loss * batch.n;
          n_correct += result.n_correct;
        }

      g_assert_cmpfloat_with_epsilon (atelier_history_get_figures (history, epoch)->loss,
                                      loss_sum / n, 1e-12);
      g_assert_cmpfloat_with_epsilon (atelier_history_get_figures (history, epoch)->accuracy,
                                      (double) n_correct / n, 1e-12);
    }

  g_assert_cmpuint (i_step, ==, 2 * SMALL_N_BATCHES);
  nn_model_free (model);
}

static void
test_penalty_leaves_biases_out (TrainerFixture *fixture,
                                gconstpointer   data)
{
  g_autofree char *digest = trainer_complete (fixture, 1);
  AtelierModel *model = atelier_trainer_get_model (fixture->trainer);
  const AtelierEpochFigures *figures;
  double sum = 0.0;

  for (guint i = 0; i < atelier_model_get_n_tensors (model); i += 2)
    {
      gsize size;
      const guint8 *data_le = g_bytes_get_data (atelier_model_get_tensor (model, i), &size);

      for (gsize j = 0; j < size; j += 4)
        {
          guint32 bits;
          float weight;

          memcpy (&bits, data_le + j, sizeof bits);
          bits = GUINT32_FROM_LE (bits);
          memcpy (&weight, &bits, sizeof weight);
          sum += (double) weight * weight;
        }
    }

  figures = atelier_history_get_figures (atelier_trainer_get_history (fixture->trainer), 1);
  g_assert_cmpfloat_with_epsilon (figures->penalty, 0.001 * sum, 1e-12);
}

static void
test_keeps_its_splits (TrainerFixture *fixture,
                       gconstpointer   data)
{
  g_assert_null (atelier_trainer_get_splits (fixture->trainer));
  g_assert_null (atelier_trainer_get_dataset (fixture->trainer));

  trainer_start (fixture, 1);
  g_assert_true (atelier_trainer_get_splits (fixture->trainer) == fixture->splits);
  g_assert_true (atelier_trainer_get_dataset (fixture->trainer)
                 == atelier_splits_get_dataset (fixture->splits));
  atelier_trainer_stop_and_wait (fixture->trainer);
  g_assert_true (atelier_trainer_get_splits (fixture->trainer) == fixture->splits);
}

static void
test_model_knows_its_origin (TrainerFixture *fixture,
                             gconstpointer   data)
{
  g_autofree char *digest = trainer_complete (fixture, 1);
  g_autoptr (AtelierRecipe) recipe = recipe_of (&fixture->recipe);
  AtelierModel *model = atelier_trainer_get_model (fixture->trainer);
  AtelierInput expected;

  atelier_input_init_fashion (&expected, 28, 28);
  g_assert_true (atelier_input_equal (atelier_model_get_input (model), &expected));
  g_assert_true (atelier_network_equal (atelier_model_get_network (model), fixture->network));
  g_assert_true (atelier_recipe_equal (atelier_model_get_recipe (model), recipe));
  g_assert_cmpstr (atelier_model_get_dataset_name (model), ==,
                   atelier_dataset_get_name (atelier_splits_get_dataset (fixture->splits)));
  g_assert_cmpstr (atelier_model_get_dataset_sha256 (model), ==,
                   atelier_dataset_get_sha256 (atelier_splits_get_dataset (fixture->splits)));
}

/* ---- Exactness ---- */

static void
test_threads_change_no_bit (TrainerFixture *fixture,
                            gconstpointer   data)
{
  g_autofree char *one = trainer_complete (fixture, 1);
  g_autofree char *two = trainer_complete (fixture, 2);
  g_autofree char *three = trainer_complete (fixture, 3);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, three);
}

static void
test_seed_changes_weights (TrainerFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *one = trainer_complete (fixture, 1);
  g_autofree char *other = NULL;

  fixture->recipe.seed = 8;
  other = trainer_complete (fixture, 1);

  g_assert_cmpstr (one, !=, other);
}

/* Pauses at each report that comes while running. */
static void
test_pauses_change_no_bit (TrainerFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *straight = NULL;
  g_autofree char *halting = NULL;
  guint n_pauses = 0;

  fixture->recipe.n_epochs = 6;
  straight = trainer_complete (fixture, 2);

  trainer_start (fixture, 2);
  while (atelier_trainer_is_active (fixture->trainer))
    {
      atelier_trainer_pause (fixture->trainer);
      trainer_spin_once ();
      if (atelier_trainer_get_state (fixture->trainer) == ATELIER_TRAINER_PAUSED)
        n_pauses++;
      atelier_trainer_resume (fixture->trainer);
    }
  halting = atelier_model_dup_digest (atelier_trainer_get_model (fixture->trainer));

  g_assert_cmpuint (n_pauses, >, 0);
  g_assert_cmpstr (straight, ==, halting);
  g_assert_cmpuint (trainer_count_batches (fixture), ==, 6 * SMALL_N_BATCHES);
}

/* ---- Telling ---- */

static void
on_history_batches_changed_cb (AtelierHistory *history,
                               TrainerFixture *fixture)
{
  fixture->n_batch_signals++;
}

static void
test_one_report_a_turn (TrainerFixture *fixture,
                        gconstpointer   data)
{
  guint n_turns = 0;

  fixture->recipe.n_epochs = 40;
  trainer_start (fixture, 2);
  g_signal_connect (atelier_trainer_get_history (fixture->trainer), "batches-changed",
                    G_CALLBACK (on_history_batches_changed_cb), fixture);
  while (atelier_trainer_is_active (fixture->trainer))
    {
      guint n_before = fixture->n_batch_signals;

      trainer_spin_once ();
      n_turns++;
      g_assert_cmpuint (fixture->n_batch_signals - n_before, <=, 1);
    }

  g_assert_cmpuint (fixture->n_batch_signals, <=, n_turns);
  g_assert_cmpuint (trainer_count_batches (fixture), ==, 40 * SMALL_N_BATCHES);
}

/* The main loop does not run until the worker has ended; then one turn delivers everything. */
static void
test_gathers_while_nobody_listens (TrainerFixture *fixture,
                                   gconstpointer   data)
{
  guint n_item_signals = 0;

  fixture->recipe.n_epochs = 10;
  trainer_start (fixture, 2);
  g_signal_connect (atelier_trainer_get_history (fixture->trainer), "batches-changed",
                    G_CALLBACK (on_history_batches_changed_cb), fixture);
  g_signal_connect_swapped (atelier_trainer_get_history (fixture->trainer), "items-changed",
                            G_CALLBACK (g_atomic_int_inc), &n_item_signals);
  atelier_trainer_stop_and_wait (fixture->trainer);

  g_assert_cmpuint (fixture->n_batch_signals, <=, 1);
  g_assert_cmpuint (n_item_signals, <=, 1);
}

static void
on_trainer_notify_cb (AtelierTrainer  *trainer,
                      GParamSpec      *pspec,
                      GThread        **thread)
{
  *thread = g_thread_self ();
  g_assert_true (*thread == g_object_get_data (G_OBJECT (trainer), "main-thread"));
}

static void
test_notifies_on_main_thread (TrainerFixture *fixture,
                              gconstpointer   data)
{
  GThread *thread = NULL;

  g_object_set_data (G_OBJECT (fixture->trainer), "main-thread", g_thread_self ());
  g_signal_connect (fixture->trainer, "notify", G_CALLBACK (on_trainer_notify_cb), &thread);
  trainer_start (fixture, 2);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_COMPLETED);

  g_assert_true (thread == g_thread_self ());
}

static void
test_tells_where_it_was_made (TrainerFixture *fixture,
                              gconstpointer   data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  AtelierTrainer *trainer;

  g_main_context_push_thread_default (context);
  trainer = atelier_trainer_new ();
  g_main_context_pop_thread_default (context);

  g_assert_true (start_with_values (trainer, fixture->network, &fixture->recipe,
                                    fixture->splits, 1, NULL));
  while (atelier_trainer_is_active (trainer))
    {
      g_assert_false (g_main_context_pending (NULL));
      g_main_context_iteration (context, TRUE);
    }

  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_finalize_object (trainer);
}

static void
test_properties (TrainerFixture *fixture,
                 gconstpointer   data)
{
  g_autofree char *digest = trainer_complete (fixture, 1);
  g_autoptr (AtelierRunRecord) record = NULL;
  g_autoptr (AtelierModel) model = NULL;
  AtelierTrainerState state;
  double progress, rate, seconds_left;
  guint epoch;

  g_object_get (fixture->trainer,
                "state", &state, "record", &record, "epoch", &epoch, "progress", &progress,
                "images-per-second", &rate, "seconds-left", &seconds_left, "model", &model,
                NULL);

  g_assert_cmpint (state, ==, ATELIER_TRAINER_COMPLETED);
  g_assert_true (record == atelier_trainer_get_record (fixture->trainer));
  g_assert_true (model == atelier_trainer_get_model (fixture->trainer));
  g_assert_cmpuint (epoch, ==, 2);
  g_assert_true (progress == 1.0 && seconds_left == 0.0 && rate > 0.0);
}

static void
test_record (TrainerFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (AtelierRecipe) recipe = recipe_of (&fixture->recipe);
  g_autofree char *first_id = NULL;
  AtelierRunRecord *record;

  g_assert_null (atelier_trainer_get_record (fixture->trainer));
  g_free (trainer_complete (fixture, 2));
  record = atelier_trainer_get_record (fixture->trainer);
  g_assert_true (atelier_network_equal (atelier_run_record_get_network (record),
                                        fixture->network));
  g_assert_true (atelier_recipe_equal (atelier_run_record_get_recipe (record), recipe));
  g_assert_cmpstr (atelier_run_record_get_dataset_sha256 (record), ==,
                   atelier_dataset_get_sha256 (atelier_splits_get_dataset (fixture->splits)));
  g_assert_null (atelier_run_record_get_parent (record, NULL));
  g_assert_cmpuint (atelier_run_record_get_circumstances (record)->n_threads, ==, 2);
  g_assert_nonnull (atelier_run_record_get_circumstances (record)->isa);
  g_assert_true (atelier_run_record_get_history (record)
                 == atelier_trainer_get_history (fixture->trainer));

  first_id = g_strdup (atelier_run_record_get_id (record));
  g_free (trainer_complete (fixture, 1));
  g_assert_cmpstr (atelier_run_record_get_id (atelier_trainer_get_record (fixture->trainer)), !=,
                   first_id);
}

typedef struct
{
  guint  n;
  guint  numbers[2];
  guint  n_epochs[2]; /* behind the weights that came with each */
  char  *digests[2];  /* Owned */
} FinishedEpochs;

static void
on_trainer_epoch_finished_cb (AtelierTrainer *trainer,
                              AtelierEpoch   *epoch,
                              AtelierModel   *model,
                              FinishedEpochs *finished)
{
  AtelierHistory *history = atelier_trainer_get_history (trainer);

  g_assert_cmpuint (finished->n, <, 2);
  g_assert_true (atelier_history_get_epoch (history, finished->n) == epoch);
  finished->numbers[finished->n] = atelier_epoch_get_figures (epoch)->epoch;
  finished->n_epochs[finished->n] = atelier_model_get_n_epochs (model);
  finished->digests[finished->n] = atelier_model_dup_digest (model);
  finished->n++;
}

/* Each epoch comes with the weights at its own end, however late the main thread listens. */
static void
test_tells_each_epoch (TrainerFixture *fixture,
                       gconstpointer   data)
{
  FinishedEpochs finished = { 0 };
  g_autofree char *after_one = NULL;
  g_autofree char *after_two = NULL;

  g_signal_connect (fixture->trainer, "epoch-finished",
                    G_CALLBACK (on_trainer_epoch_finished_cb), &finished);
  trainer_start (fixture, 2);
  while (atelier_trainer_is_active (fixture->trainer))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (fixture->trainer, &finished);

  g_assert_cmpuint (finished.n, ==, 2);
  g_assert_cmpuint (finished.numbers[0], ==, 1);
  g_assert_cmpuint (finished.numbers[1], ==, 2);
  g_assert_cmpuint (finished.n_epochs[0], ==, 1);
  g_assert_cmpuint (finished.n_epochs[1], ==, 2);
  after_two = atelier_model_dup_digest (atelier_trainer_get_model (fixture->trainer));
  fixture->recipe.n_epochs = 1;
  after_one = trainer_complete (fixture, 1);
  g_assert_cmpstr (finished.digests[0], ==, after_one);
  g_assert_cmpstr (finished.digests[1], ==, after_two);
  g_free (finished.digests[0]);
  g_free (finished.digests[1]);
}

/* ---- The engine ---- */

static void
test_instruction_set_for_people (void)
{
  static const char *const expected[] = {
    "AVX2", "AVX-512", "NEON", "no vector instructions", NULL
  };

  g_assert_true (g_strv_contains (expected, atelier_engine_get_isa ()));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/core/trainer/" path, TrainerFixture, NULL, trainer_set_up, function, \
              trainer_tear_down)

  ADD ("idle", test_starts_idle);
  ADD ("completes", test_completes);
  ADD ("learns", test_learns);
  ADD ("predictions", test_predictions_of_each_epoch);
  ADD ("predictions/pictures", test_predictions_know_pictures);
  ADD ("shared-labels", test_epochs_share_labels);
  ADD ("batch-seconds", test_batch_seconds);
  ADD ("no-validation", test_without_validation);
  ADD ("figures", test_figures_are_the_engines);
  ADD ("penalty", test_penalty_leaves_biases_out);
  ADD ("splits", test_keeps_its_splits);
  ADD ("model", test_model_knows_its_origin);
  ADD ("exact/threads", test_threads_change_no_bit);
  ADD ("exact/seed", test_seed_changes_weights);
  ADD ("exact/pauses", test_pauses_change_no_bit);
  ADD ("tell/one-a-turn", test_one_report_a_turn);
  ADD ("tell/gathers", test_gathers_while_nobody_listens);
  ADD ("tell/main-thread", test_notifies_on_main_thread);
  ADD ("tell/context", test_tells_where_it_was_made);
  ADD ("tell/properties", test_properties);
  ADD ("tell/record", test_record);
  ADD ("tell/epochs", test_tells_each_epoch);
  g_test_add_func ("/core/trainer/isa", test_instruction_set_for_people);

#undef ADD

  return g_test_run ();
}
