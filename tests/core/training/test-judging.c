/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run makes of its epochs' figures: the best of them, an early end, a lower rate, and which
 * weights a model file is for. */

#include "base/atelier-error.h"
#include "model/atelier-model-file.h"
#include "small-runs.h"

#define N_EPOCHS 6

/* What a trainer has told. */
typedef struct
{
  AtelierTrainer *trainer; /* Owned */
  GPtrArray      *digests; /* Owned; of the weights at each epoch's end */
} Run;

static void
on_epoch_finished_cb (AtelierTrainer *trainer,
                      AtelierEpoch   *epoch,
                      AtelierModel   *model,
                      Run            *run)
{
  g_ptr_array_add (run->digests, atelier_model_dup_digest (model));
}

static void
run_init (Run *run)
{
  run->trainer = atelier_trainer_new ();
  run->digests = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (run->trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), run);
}

static void
run_clear (Run *run)
{
  g_object_unref (run->trainer);
  g_ptr_array_unref (run->digests);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
wait_for_end (Run *run)
{
  while (atelier_trainer_is_active (run->trainer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (atelier_trainer_get_state (run->trainer), ==, ATELIER_TRAINER_COMPLETED);
}

static void
train (Run                       *run,
       const AtelierRecipeValues *values)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;

  start_with_values (run->trainer, network, values, splits, 1, &error);
  g_assert_no_error (error);
  wait_for_end (run);
}

/* Steps that are too small to change a weight. */
static void
init_standstill (AtelierRecipeValues *values)
{
  small_recipe_init (values, N_EPOCHS);
  values->optimizer = ATELIER_OPTIMIZER_SGD;
  values->learning_rate = 1e-30;
  values->l2 = 0.0;
}

/* Steps that are so large that the best epoch is not the last. */
static void
init_unrest (AtelierRecipeValues *values)
{
  small_recipe_init (values, N_EPOCHS);
  values->learning_rate = 0.08;
}

static AtelierModel *
save_and_load (AtelierModel *model)
{
  g_autoptr (AtelierModel) result = atelier_model_pick_result (model);
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (result);
  g_autoptr (GError) error = NULL;
  AtelierModel *loaded = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  return loaded;
}

static void
test_ends_early (void)
{
  g_auto (Run) run = { 0 };
  AtelierRecipeValues values;
  AtelierHistory *history;

  run_init (&run);
  init_standstill (&values);
  values.patience = 2;
  train (&run, &values);
  history = atelier_trainer_get_history (run.trainer);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 3);
  g_assert_cmpuint (atelier_history_get_n_epochs_planned (history), ==, 3);
  g_assert_cmpint (atelier_history_get_best (history), ==, 0);
  g_assert_true (atelier_trainer_has_ended_early (run.trainer));
  g_assert_cmpfloat (atelier_trainer_get_progress (run.trainer), ==, 1.0);
}

static void
test_does_not_end_early (void)
{
  g_auto (Run) run = { 0 };
  AtelierRecipeValues values;

  run_init (&run);
  init_standstill (&values);
  values.patience = N_EPOCHS;
  train (&run, &values);
  g_assert_cmpuint (run.digests->len, ==, N_EPOCHS);
  g_assert_false (atelier_trainer_has_ended_early (run.trainer));
}

/* Whoever asks a run to go on behind its early end gets an epoch more, and then it ends again. */
static void
test_goes_on_behind_early_end (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  run_init (&run);
  init_standstill (&values);
  values.patience = 2;
  train (&run, &values);
  model = save_and_load (atelier_trainer_get_model (run.trainer));
  g_assert_cmpuint (atelier_model_get_state (model)->judgement.best_epoch, ==, 1);
  atelier_trainer_start_from (run.trainer, model, splits, N_EPOCHS, 1, &error);
  g_assert_no_error (error);
  wait_for_end (&run);
  g_assert_cmpuint (run.digests->len, ==, 4);
  g_assert_true (atelier_trainer_has_ended_early (run.trainer));
}

/* The file has the weights of the best epoch, and says so. */
static void
assert_keeps_best (AtelierJudgedBy judged_by,
                   double          average_decay)
{
  g_auto (Run) run = { 0 };
  g_autoptr (AtelierModel) loaded = NULL;
  g_autoptr (AtelierModel) stateless = NULL;
  g_autoptr (AtelierModel) newest = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *dropped = NULL;
  AtelierRecipeValues values;
  int i_best;

  run_init (&run);
  init_unrest (&values);
  values.weights = ATELIER_WEIGHTS_BEST;
  values.judged_by = judged_by;
  values.average_decay = average_decay;
  train (&run, &values);
  i_best = atelier_history_get_best (atelier_trainer_get_history (run.trainer));
  g_assert_cmpint (i_best, <, N_EPOCHS - 1);
  loaded = save_and_load (atelier_trainer_get_model (run.trainer));
  digest = atelier_model_dup_digest (loaded);
  g_assert_cmpstr (digest, ==, run.digests->pdata[i_best]);
  g_assert_cmpint (atelier_model_get_weights (loaded), ==, ATELIER_WEIGHTS_BEST);
  g_assert_cmpuint (atelier_model_get_n_epochs (loaded), ==, (guint) i_best + 1);

  stateless = atelier_model_drop_state (atelier_trainer_get_model (run.trainer));
  dropped = atelier_model_dup_digest (stateless);
  g_assert_cmpstr (dropped, ==, digest);
  g_assert_null (atelier_model_pick (stateless, ATELIER_WEIGHTS_NEWEST));
  newest = atelier_model_pick (loaded, ATELIER_WEIGHTS_NEWEST);
  g_assert_cmpuint (atelier_model_get_n_epochs (newest), ==, N_EPOCHS);
}

static void
test_keeps_best (void)
{
  assert_keeps_best (ATELIER_JUDGED_BY_LOSS, 0.0);
  assert_keeps_best (ATELIER_JUDGED_BY_ACCURACY, 0.0);
}

static void
test_keeps_best_average (void)
{
  assert_keeps_best (ATELIER_JUDGED_BY_LOSS, 0.3);
}

/* The trainer has the best epoch's weights beside the newest, whatever a file is for. */
static void
test_best_beside_newest (void)
{
  g_auto (Run) run = { 0 };
  g_autofree char *best = NULL;
  g_autofree char *newest = NULL;
  AtelierRecipeValues values;
  int i_best;

  run_init (&run);
  init_unrest (&values);
  train (&run, &values);
  i_best = atelier_history_get_best (atelier_trainer_get_history (run.trainer));
  best = atelier_model_dup_digest (atelier_trainer_get_best_model (run.trainer));
  newest = atelier_model_dup_digest (atelier_trainer_get_model (run.trainer));
  g_assert_cmpint (i_best, <, N_EPOCHS - 1);
  g_assert_cmpstr (best, ==, run.digests->pdata[i_best]);
  g_assert_cmpstr (newest, ==, run.digests->pdata[N_EPOCHS - 1]);
}

/* A rate that is lowered after each epoch without a new best is one that falls in steps. */
static void
test_lowers_rate (void)
{
  g_auto (Run) run = { 0 };
  g_autoptr (AtelierModel) loaded = NULL;
  AtelierRecipeValues values;

  run_init (&run);
  init_standstill (&values);
  values.schedule = ATELIER_SCHEDULE_PLATEAU;
  atelier_member_set_integer (
    atelier_members_find (atelier_recipe_values_get_members (), "plateau_patience"), &values, 1);
  train (&run, &values);
  loaded = save_and_load (atelier_trainer_get_model (run.trainer));
  /* The second and third epochs, and the fourth and fifth. */
  g_assert_cmpuint (atelier_model_get_state (loaded)->judgement.schedule.n_lowered, ==, 2);
  g_assert_cmpuint (atelier_model_get_state (loaded)->judgement.schedule.n_bad, ==, 1);
}

static void
test_needs_validation (void)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new_first (0);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
      g_autoptr (GError) error = NULL;
      AtelierRecipeValues values;

      small_recipe_init (&values, 1);
      values.patience = i == 0 ? 3 : 0;
      values.weights = i == 1 ? ATELIER_WEIGHTS_BEST : ATELIER_WEIGHTS_NEWEST;
      values.schedule = i == 2 ? ATELIER_SCHEDULE_PLATEAU : ATELIER_SCHEDULE_CONSTANT;
      values.judged_by = i == 3 ? ATELIER_JUDGED_BY_ACCURACY : ATELIER_JUDGED_BY_LOSS;
      g_assert_false (start_with_values (trainer, network, &values, splits, 1, &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE);
    }
}

/* ---- The values ---- */

static void
test_first_of_equals (void)
{
  AtelierJudgement judgement = { 0 };
  AtelierRecipeValues values;

  atelier_recipe_values_init (&values);
  g_assert_true (atelier_judgement_add (&judgement, &values, 1, 0.5));
  g_assert_false (atelier_judgement_add (&judgement, &values, 2, 0.5));
  g_assert_true (atelier_judgement_add (&judgement, &values, 3, 0.25));
  g_assert_cmpuint (judgement.best_epoch, ==, 3);
  values.judged_by = ATELIER_JUDGED_BY_ACCURACY;
  g_assert_true (atelier_judgement_add (&judgement, &values, 4, 0.5));
  g_assert_cmpfloat (judgement.best, ==, 0.5);
}

static void
test_json (void)
{
  const AtelierJudgement judgement = {
    .best_epoch = 7,
    .best = 0.1 + 0.2,
    .schedule = { .has_best = TRUE, .best = 1.0 / 3.0, .n_bad = 1, .n_lowered = 2 },
  };
  static const char * const bad[] = {
    "[]",
    "{\"best_epoch\":7}",
    "{\"best_epoch\":7,\"best_figure\":1,\"more\":1}",
    "{\"best_epoch\":-1,\"best_figure\":1}",
    "{\"best_epoch\":7,\"best_figure\":1,\"schedule_best\":1}",
  };
  g_autoptr (JsonNode) node = atelier_judgement_to_json (&judgement);
  AtelierJudgement read = { 0 };

  g_assert_true (atelier_judgement_from_json (&read, node, "test", NULL));
  g_assert_true (atelier_judgement_equal (&read, &judgement));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) wrong = json_from_string (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (atelier_judgement_from_json (&read, wrong, "test", &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/judging/early-end", test_ends_early);
  g_test_add_func ("/core/judging/patience", test_does_not_end_early);
  g_test_add_func ("/core/judging/behind-early-end", test_goes_on_behind_early_end);
  g_test_add_func ("/core/judging/best", test_keeps_best);
  g_test_add_func ("/core/judging/best-average", test_keeps_best_average);
  g_test_add_func ("/core/judging/beside", test_best_beside_newest);
  g_test_add_func ("/core/judging/plateau", test_lowers_rate);
  g_test_add_func ("/core/judging/no-validation", test_needs_validation);
  g_test_add_func ("/core/judging/equals", test_first_of_equals);
  g_test_add_func ("/core/judging/json", test_json);

  return g_test_run ();
}
