/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Continuing from a saved model: wherever a run was interrupted, with any optimiser and number of
 * threads, it ends with the bytes and figures of an uninterrupted run.
 *
 * Each interruption goes through the bytes of a model file.  The learner is interrupted at chosen
 * places, the trainer wherever it happens to be.
 */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-synthetic.h"
#include "model/atelier-model-file.h"
#include "small-runs.h"
#include "training/atelier-learner-private.h"
#include "training/atelier-trainer.h"

#define N_EPOCHS 4
#define PATIENCE_SECONDS 120
#define ENDLESS 10000 /* epochs */

#define MAX_THREADS 3
#define N_KINDS MAX ((guint) ATELIER_N_OPTIMIZERS, (guint) ATELIER_N_SCHEDULES) /* and over 4 */

static void
init_recipe (AtelierRecipeValues *recipe,
             AtelierOptimizer     optimizer,
             guint                n_epochs)
{
  small_recipe_init (recipe, n_epochs);
  recipe->optimizer = optimizer;
  recipe->clip_norm = 0.5;
  if (optimizer == ATELIER_OPTIMIZER_SGD)
    {
      recipe->learning_rate = 0.02;
      recipe->momentum = 0.9;
    }
}

/* With all that keeps something between batches. */
static AtelierNetwork *
restless_network_new (void)
{
  static const char json[] =
    "{ \"name\": \"Restless\", \"input\": [28, 28, 1], \"layers\": ["
    "  { \"type\": \"conv2d\", \"filters\": 4, \"kernel\": 3, \"padding\": \"same\","
    "    \"l2\": 0.01 },"
    "  { \"type\": \"batch_norm\", \"activation\": \"relu\" },"
    "  { \"type\": \"max_pool2d\", \"size\": 4 },"
    "  { \"type\": \"dropout\", \"rate\": 0.2 },"
    "  { \"type\": \"flatten\" },"
    "  { \"type\": \"dense\", \"units\": 10 } ] }";
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "test", &error);

  g_assert_no_error (error);
  return network;
}

static AtelierSplits *
splits_by (AtelierRecipe *recipe)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierSplits *divided =
    atelier_recipe_split (recipe, atelier_splits_get_dataset (splits), &error);

  g_assert_no_error (error);
  return divided;
}

static AtelierLearner *
create_learner (const AtelierRecipeValues *recipe,
                guint                      n_threads)
{
  g_autoptr (AtelierRecipe) whole = recipe_of (recipe);
  g_autoptr (AtelierSplits) splits = splits_by (whole);
  g_autoptr (AtelierNetwork) network = restless_network_new ();
  g_autoptr (GError) error = NULL;
  AtelierLearner *learner = learner_of (network, recipe, splits, n_threads, &error);

  g_assert_no_error (error);
  atelier_learner_open_pool (learner);

  return learner;
}

/* The model as another process would read it. */
static AtelierModel *
save_and_load (AtelierModel *model)
{
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (model);
  g_autoptr (GError) error = NULL;
  AtelierModel *loaded = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);

  return loaded;
}

static void
train_batches (AtelierLearner *learner,
               guint           n)
{
  for (guint i = 0; i < n && !atelier_learner_is_trained (learner); i++)
    {
      g_autoptr (GError) error = NULL;
      guint n_images;
      float loss, accuracy;

      atelier_learner_train_batch (learner, &n_images, &loss, &accuracy, &error);
      g_assert_no_error (error);
    }
}

/* Trains up to the end of @n_epochs; @figures has room for as many. */
static void
train_epochs (AtelierLearner      *learner,
              AtelierEpochFigures *figures,
              guint                n_epochs)
{
  while (atelier_learner_get_n_epochs_ended (learner) < n_epochs)
    {
      AtelierEpochFigures *epoch = &figures[atelier_learner_get_n_epochs_ended (learner)];
      g_autoptr (AtelierPredictions) validation = NULL;
      g_autoptr (AtelierPredictions) training = NULL;
      g_autoptr (GError) error = NULL;

      atelier_learner_begin_epoch (learner);
      train_batches (learner, G_MAXUINT);
      while (!atelier_learner_is_measured (learner))
        g_assert_true (atelier_learner_measure_piece (learner, NULL));
      atelier_learner_end_epoch (learner, epoch, &validation, &training, &error);
      g_assert_no_error (error);
    }
}

static void
assert_figures_equal (const AtelierEpochFigures *a,
                      const AtelierEpochFigures *b)
{
  g_assert_cmpuint (a->epoch, ==, b->epoch);
  g_assert_true (a->loss == b->loss);
  g_assert_true (a->accuracy == b->accuracy);
  g_assert_true (a->penalty == b->penalty);
  g_assert_true (a->objective == b->objective || (isnan (a->objective) && isnan (b->objective)));
  g_assert_true (a->validation_loss == b->validation_loss);
  g_assert_true (a->validation_accuracy == b->validation_accuracy);
  g_assert_true (a->train_eval_loss == b->train_eval_loss);
  g_assert_true (a->train_eval_accuracy == b->train_eval_accuracy);
}

static AtelierModel *
snapshot_with_state (AtelierLearner *learner)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model = atelier_learner_snapshot_with_state (learner, &error);

  g_assert_no_error (error);
  g_assert_nonnull (atelier_model_get_state (model));

  return model;
}

/* Trains without interruption and returns the bytes of the model file, with its state; transfer
 * full. */
static GBytes *
train_straight (const AtelierRecipeValues *recipe,
                AtelierEpochFigures       *figures)
{
  g_autoptr (AtelierLearner) learner = create_learner (recipe, 1);
  g_autoptr (AtelierModel) model = NULL;

  train_epochs (learner, figures, recipe->n_epochs);
  model = snapshot_with_state (learner);

  return atelier_model_file_to_bytes (model);
}

/* Where a learner is interrupted. */
typedef struct
{
  guint n_planned; /* epochs of the first run's recipe */
  guint n_epochs;
  guint n_batches; /* of the epoch after those */
  gboolean is_begun;
} Break;

static AtelierModel *
train_to_break (const AtelierRecipeValues *recipe,
                const Break               *place,
                guint                      n_threads,
                AtelierEpochFigures       *figures)
{
  AtelierRecipeValues first = *recipe;
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (AtelierModel) model = NULL;

  first.n_epochs = place->n_planned;
  learner = create_learner (&first, n_threads);
  train_epochs (learner, figures, place->n_epochs);
  if (place->is_begun)
    atelier_learner_begin_epoch (learner);
  train_batches (learner, place->n_batches);
  model = snapshot_with_state (learner);
  g_assert_cmpuint (atelier_model_get_state (model)->n_epochs, ==, place->n_epochs);
  g_assert_cmpuint (atelier_model_get_state (model)->n_batches, ==, place->n_batches);

  return save_and_load (model);
}

static AtelierLearner *
go_on (AtelierModel *model,
       guint         n_threads)
{
  g_autoptr (AtelierSplits) splits = splits_by (atelier_model_get_recipe (model));
  g_autoptr (GError) error = NULL;
  AtelierLearner *learner = atelier_learner_new_from (model, splits, N_EPOCHS, n_threads, &error);

  g_assert_no_error (error);
  atelier_learner_open_pool (learner);

  return learner;
}

/* Each recipe has some of all that a run may remember. */
static void
init_kind (AtelierRecipeValues *recipe,
           guint                i)
{
  init_recipe (recipe, i % ATELIER_N_OPTIMIZERS, N_EPOCHS);
  recipe->schedule = i % ATELIER_N_SCHEDULES;
  recipe->horizon = N_EPOCHS - 1;
  if (recipe->schedule == ATELIER_SCHEDULE_PLATEAU)
    atelier_member_set_integer (
      atelier_members_find (atelier_recipe_values_get_members (), "plateau_patience"), recipe, 0);
  recipe->average_decay = i % 2 == 1 ? 0.5 : 0.0;
  recipe->label_smoothing = i % 2 == 0 ? 0.1 : 0.0;
  recipe->augment_mirror = i % 3 == 1 ? 0.5 : 0.0;
  recipe->augment_rotation = i % 3 == 2 ? 10.0 : 0.0;
  recipe->patience = i % 3 == 0 ? 0 : N_EPOCHS;
  recipe->judged_by = i % 4 < 2 ? ATELIER_JUDGED_BY_LOSS : ATELIER_JUDGED_BY_ACCURACY;
  recipe->weights = i % 4 == 1 || i % 4 == 2 ? ATELIER_WEIGHTS_BEST : ATELIER_WEIGHTS_NEWEST;
  recipe->standardizes = i % 2 == 1;
  recipe->split = i % 4;
  recipe->n_validation = 40;
}

static void
assert_break_is_unseen (const Break *place)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      const guint n_threads = 1 + i % MAX_THREADS;
      AtelierEpochFigures expected[N_EPOCHS], figures[N_EPOCHS];
      g_autoptr (GBytes) straight = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (AtelierModel) broken = NULL;
      g_autoptr (AtelierModel) last = NULL;
      g_autoptr (AtelierLearner) learner = NULL;
      AtelierRecipeValues recipe;

      init_kind (&recipe, i);
      straight = train_straight (&recipe, expected);
      broken = train_to_break (&recipe, place, n_threads, figures);
      learner = go_on (broken, n_threads);
      train_epochs (learner, figures, N_EPOCHS);
      last = snapshot_with_state (learner);
      bytes = atelier_model_file_to_bytes (last);

      g_assert_true (g_bytes_equal (bytes, straight));
      for (guint j = 0; j < N_EPOCHS; j++)
        assert_figures_equal (&figures[j], &expected[j]);
    }
}

/* ---- The learner ---- */

static void
test_between_epochs (void)
{
  assert_break_is_unseen (&(Break) { .n_planned = 2, .n_epochs = 2 });
}

static void
test_within_epoch (void)
{
  assert_break_is_unseen (&(Break) {
    .n_planned = N_EPOCHS, .n_epochs = 1, .n_batches = 2, .is_begun = TRUE });
}

static void
test_within_first_epoch (void)
{
  assert_break_is_unseen (&(Break) { .n_planned = N_EPOCHS, .n_batches = 3, .is_begun = TRUE });
}

static void
test_before_first_batch (void)
{
  assert_break_is_unseen (&(Break) { .n_planned = N_EPOCHS });
  assert_break_is_unseen (&(Break) { .n_planned = N_EPOCHS, .is_begun = TRUE });
}

/* All batches are done, but not the validation. */
static void
test_before_validation (void)
{
  assert_break_is_unseen (&(Break) {
    .n_planned = N_EPOCHS, .n_epochs = 1, .n_batches = SMALL_N_BATCHES, .is_begun = TRUE });
  assert_break_is_unseen (&(Break) {
    .n_planned = N_EPOCHS, .n_epochs = 3, .n_batches = SMALL_N_BATCHES, .is_begun = TRUE });
}

/* To continue and be interrupted again at once changes nothing. */
static void
test_again_and_again (void)
{
  const Break place = { .n_planned = N_EPOCHS, .n_epochs = 1, .n_batches = 1, .is_begun = TRUE };
  AtelierEpochFigures figures[N_EPOCHS];
  g_autoptr (AtelierModel) first = NULL;
  g_autoptr (AtelierModel) second = NULL;
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (GBytes) first_bytes = NULL;
  g_autoptr (GBytes) second_bytes = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, N_EPOCHS);
  first = train_to_break (&recipe, &place, 1, figures);
  learner = go_on (first, 1);
  g_assert_cmpuint (atelier_learner_get_n_batches_done (learner), ==, SMALL_N_BATCHES + 1);
  second = snapshot_with_state (learner);
  first_bytes = atelier_model_file_to_bytes (first);
  second_bytes = atelier_model_file_to_bytes (second);

  g_assert_true (g_bytes_equal (first_bytes, second_bytes));
}

/* Weights of the last good epoch do not make a state together with moments of later batches. */
static void
test_no_state_after_stepping_back (void)
{
  AtelierEpochFigures figures[1];
  g_autoptr (AtelierLearner) learner = NULL;
  g_autoptr (AtelierModel) model = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, N_EPOCHS);
  learner = create_learner (&recipe, 1);
  train_epochs (learner, figures, 1);
  atelier_learner_begin_epoch (learner);
  train_batches (learner, 1);
  atelier_learner_step_back (learner);
  model = atelier_learner_snapshot_with_state (learner, NULL);

  g_assert_nonnull (model);
  g_assert_null (atelier_model_get_state (model));
}

/* The names of the data set that was trained on first stay. */
static void
test_renamed_data (void)
{
  const Break place = { .n_planned = 2, .n_epochs = 2 };
  const char * const class_names[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierDataset) renamed =
    atelier_dataset_with_names (atelier_splits_get_dataset (splits), "mnist", "Renamed",
                                class_names, NULL);
  g_autoptr (AtelierSplits) renamed_splits = atelier_splits_new (renamed);
  AtelierEpochFigures expected[N_EPOCHS], figures[N_EPOCHS];
  g_autoptr (GBytes) straight = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AtelierModel) broken = NULL;
  g_autoptr (AtelierModel) last = NULL;
  g_autoptr (AtelierLearner) learner = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, N_EPOCHS);
  straight = train_straight (&recipe, expected);
  broken = train_to_break (&recipe, &place, 1, figures);
  learner = atelier_learner_new_from (broken, renamed_splits, N_EPOCHS, 1, NULL);
  train_epochs (learner, figures, N_EPOCHS);
  last = snapshot_with_state (learner);
  bytes = atelier_model_file_to_bytes (last);

  g_assert_true (g_bytes_equal (bytes, straight));
}

static void
assert_refused (AtelierModel  *model,
                AtelierSplits *splits,
                guint          n_epochs,
                AtelierError   code,
                const char    *piece)
{
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_trainer_start_from (trainer, model, splits, n_epochs, 1, &error));
  g_assert_error (error, ATELIER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, piece));
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_IDLE);
}

static void
test_refused (void)
{
  const Break place = { .n_planned = 2, .n_epochs = 2 };
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierSplits) other = garment_splits_new (99, SMALL_N_TRAIN, SMALL_N_TEST);
  g_autoptr (AtelierSplits) other_split = small_splits_new_first (43);
  AtelierEpochFigures figures[N_EPOCHS];
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierModel) plain = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, N_EPOCHS);
  model = train_to_break (&recipe, &place, 1, figures);
  plain = atelier_model_drop_state (model);

  assert_refused (plain, splits, N_EPOCHS, ATELIER_ERROR_UNSUPPORTED, "without its training");
  assert_refused (model, other, N_EPOCHS, ATELIER_ERROR_MISMATCH, "same data");
  assert_refused (model, other_split, N_EPOCHS, ATELIER_ERROR_MISMATCH, "same data");
  assert_refused (model, splits, 2, ATELIER_ERROR_RECIPE, "already has 2 finished epochs");
  assert_refused (model, splits, 1, ATELIER_ERROR_RECIPE, "already has 2 finished epochs");
  assert_refused (model, splits, 10001, ATELIER_ERROR_RECIPE, "10001");
}

/* ---- The trainer ---- */

static gboolean
on_patience_ended_cb (gpointer data)
{
  g_error ("Nothing happened for %d seconds", PATIENCE_SECONDS);

  return G_SOURCE_REMOVE;
}

/* One dispatch of the main loop, which must come. */
static void
spin_once (void)
{
  guint source = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_ended_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static void
spin_until_over (AtelierTrainer *trainer)
{
  while (atelier_trainer_is_active (trainer))
    spin_once ();
}

static AtelierTrainer *
start_trainer (const AtelierRecipeValues *recipe)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = restless_network_new ();
  AtelierTrainer *trainer = atelier_trainer_new ();
  g_autoptr (GError) error = NULL;

  start_with_values (trainer, network, recipe, splits, 2, &error);
  g_assert_no_error (error);

  return trainer;
}

/* The history of a run that went on from @state for two epochs; @expected: of all epochs. */
static void
assert_has_the_rest (AtelierHistory             *history,
                     const AtelierTrainingState *state,
                     const AtelierEpochFigures  *expected)
{
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 2);
  for (guint i = 0; i < 2; i++)
    assert_figures_equal (atelier_history_get_figures (history, i), &expected[state->n_epochs + i]);
  g_assert_cmpuint (atelier_history_get_first_batch (history), ==, state->n_steps);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==,
                    2 * SMALL_N_BATCHES - state->n_batches);
}

/* Goes on from @left for two more epochs, and compares with a run without a break. */
static void
assert_goes_on (AtelierModel        *left,
                AtelierRecipeValues  recipe)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierModel) model = save_and_load (left);
  const AtelierTrainingState *state = atelier_model_get_state (model);
  g_autoptr (AtelierTrainer) second = atelier_trainer_new ();
  g_autoptr (AtelierRecipe) expected_recipe = NULL;
  g_autofree char *parent = NULL;
  g_autofree AtelierEpochFigures *expected = NULL;
  g_autoptr (GBytes) straight = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRunRecord *record;
  guint parent_epoch = 0;

  recipe.n_epochs = state->n_epochs + 2;
  expected_recipe = recipe_of (&recipe);
  expected = g_new0 (AtelierEpochFigures, recipe.n_epochs);
  straight = train_straight (&recipe, expected);

  atelier_trainer_start_from (second, model, splits, recipe.n_epochs, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (atelier_trainer_get_state (second), ==, ATELIER_TRAINER_RUNNING);
  g_assert_cmpuint (atelier_trainer_get_epoch (second), ==, state->n_epochs + 1);
  record = atelier_trainer_get_record (second);
  g_assert_true (atelier_recipe_equal (atelier_run_record_get_recipe (record), expected_recipe));
  parent = atelier_model_dup_digest (model);
  g_assert_cmpstr (atelier_run_record_get_parent (record, &parent_epoch), ==, parent);
  g_assert_cmpuint (parent_epoch, ==, atelier_model_get_n_epochs (model));
  spin_until_over (second);
  g_assert_cmpint (atelier_trainer_get_state (second), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_cmpfloat (atelier_trainer_get_progress (second), ==, 1.0);

  bytes = atelier_model_file_to_bytes (atelier_trainer_get_model (second));
  g_assert_true (g_bytes_equal (bytes, straight));
  assert_has_the_rest (atelier_trainer_get_history (second), state, expected);
}

static void
test_from_completed (void)
{
  AtelierRecipeValues recipe;

  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    {
      g_autoptr (AtelierTrainer) trainer = NULL;

      init_recipe (&recipe, i, 2);
      trainer = start_trainer (&recipe);
      spin_until_over (trainer);
      assert_goes_on (atelier_trainer_get_model (trainer), recipe);
    }
}

static void
test_from_stopped (void)
{
  g_autoptr (AtelierTrainer) trainer = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, ENDLESS);
  trainer = start_trainer (&recipe);
  while (atelier_history_get_n_batches (atelier_trainer_get_history (trainer)) < 6)
    spin_once ();
  atelier_trainer_stop_and_wait (trainer);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_STOPPED);
  assert_goes_on (atelier_trainer_get_model (trainer), recipe);
}

static void
test_from_paused (void)
{
  g_autoptr (AtelierTrainer) trainer = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_SGD, ENDLESS);
  trainer = start_trainer (&recipe);
  atelier_trainer_pause (trainer);
  while (atelier_trainer_get_state (trainer) != ATELIER_TRAINER_PAUSED)
    spin_once ();
  assert_goes_on (atelier_trainer_get_model (trainer), recipe);
}

static void
on_epoch_finished_cb (AtelierTrainer *trainer,
                      AtelierEpoch   *epoch,
                      AtelierModel   *model,
                      GPtrArray      *models)
{
  g_ptr_array_add (models, atelier_model_ref (model));
}

/* Only a listener that saves asks for the state of each epoch's end. */
static void
test_from_epoch_ends (void)
{
  for (guint keeps_state = 0; keeps_state < 2; keeps_state++)
    {
      g_autoptr (AtelierSplits) splits = small_splits_new ();
      g_autoptr (AtelierNetwork) network = restless_network_new ();
      g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
      g_autoptr (GPtrArray) models
        = g_ptr_array_new_with_free_func ((GDestroyNotify) atelier_model_unref);
      g_autoptr (GError) error = NULL;
      AtelierRecipeValues recipe;

      init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, 3);
      g_signal_connect (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), models);
      atelier_trainer_set_keeps_state (trainer, keeps_state);
      start_with_values (trainer, network, &recipe, splits, 2, &error);
      g_assert_no_error (error);
      spin_until_over (trainer);
      g_assert_cmpuint (models->len, ==, 3);
      for (guint i = 0; i < 2; i++)
        g_assert_cmpint (atelier_model_get_state (models->pdata[i]) != NULL, ==, keeps_state);
      if (keeps_state)
        assert_goes_on (models->pdata[0], recipe);
    }
}

/* A run can continue from the trainer's own model. */
static void
test_from_own_model (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, 1);
  trainer = start_trainer (&recipe);
  spin_until_over (trainer);
  atelier_trainer_start_from (trainer, atelier_trainer_get_model (trainer), splits, 2, 1, &error);
  g_assert_no_error (error);
  spin_until_over (trainer);
  g_assert_cmpuint (atelier_model_get_n_epochs (atelier_trainer_get_model (trainer)), ==, 2);
}

static void
test_refused_while_running (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  const Break place = { .n_planned = 2, .n_epochs = 2 };
  AtelierEpochFigures figures[N_EPOCHS];
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  init_recipe (&recipe, ATELIER_OPTIMIZER_ADAM, ENDLESS);
  model = train_to_break (&recipe, &place, 1, figures);
  trainer = start_trainer (&recipe);
  g_assert_false (atelier_trainer_start_from (trainer, model, splits, 3, 1, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  atelier_trainer_stop_and_wait (trainer);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/going-on/between-epochs", test_between_epochs);
  g_test_add_func ("/core/going-on/within-epoch", test_within_epoch);
  g_test_add_func ("/core/going-on/within-first-epoch", test_within_first_epoch);
  g_test_add_func ("/core/going-on/before-first-batch", test_before_first_batch);
  g_test_add_func ("/core/going-on/before-validation", test_before_validation);
  g_test_add_func ("/core/going-on/again-and-again", test_again_and_again);
  g_test_add_func ("/core/going-on/stepped-back", test_no_state_after_stepping_back);
  g_test_add_func ("/core/going-on/renamed-data", test_renamed_data);
  g_test_add_func ("/core/going-on/refused", test_refused);
  g_test_add_func ("/core/going-on/trainer/completed", test_from_completed);
  g_test_add_func ("/core/going-on/trainer/stopped", test_from_stopped);
  g_test_add_func ("/core/going-on/trainer/paused", test_from_paused);
  g_test_add_func ("/core/going-on/trainer/epoch-ends", test_from_epoch_ends);
  g_test_add_func ("/core/going-on/trainer/own-model", test_from_own_model);
  g_test_add_func ("/core/going-on/trainer/running", test_refused_while_running);

  return g_test_run ();
}
