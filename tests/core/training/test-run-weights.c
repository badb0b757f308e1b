/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which weights of a run there are: what a recipe makes of them, and that each is what it says. */

#include "model/atelier-model-file.h"
#include "model/atelier-weights.h"
#include "small-runs.h"
#include "training/atelier-run-weights.h"

#define N_EPOCHS 6

/* Trains with steps that are so large that the best epoch is not the last.  Transfer full. */
static AtelierTrainer *
train (AtelierWeights weights,
       double         average_decay)
{
  AtelierTrainer *trainer = atelier_trainer_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues values;

  small_recipe_init (&values, N_EPOCHS);
  values.learning_rate = 0.08;
  values.weights = weights;
  values.average_decay = average_decay;
  start_with_values (trainer, network, &values, splits, 1, &error);
  g_assert_no_error (error);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);

  return trainer;
}

/* @expected: "best 2, newest 6". */
static void
assert_list (AtelierTrainer   *trainer,
             AtelierRunMoment  moment,
             const char       *expected)
{
  AtelierRunWeights list[ATELIER_N_WEIGHTS];
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = atelier_run_weights_list (trainer, moment, list);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "",
                            atelier_weights_get_id (list[i].which), list[i].n_epochs);
  g_assert_cmpstr (text->str, ==, expected);
}

static guint
get_best_epoch (AtelierTrainer *trainer)
{
  return atelier_model_get_n_epochs (atelier_trainer_get_best_model (trainer));
}

static void
assert_picked (AtelierTrainer *trainer,
               AtelierWeights  which,
               AtelierModel   *same)
{
  g_autoptr (AtelierModel) picked = atelier_run_weights_pick (trainer, ATELIER_RUN_NOW, which);
  g_autofree char *digest = atelier_model_dup_digest (picked);
  g_autofree char *expected = atelier_model_dup_digest (same);
  g_autoptr (GBytes) bytes = atelier_model_file_to_bytes (picked);
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) loaded = atelier_model_file_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, expected);
  g_assert_cmpint (atelier_model_get_weights (loaded), ==, which);
  g_assert_cmpuint (atelier_model_get_n_epochs (loaded), ==, atelier_model_get_n_epochs (same));
}

static void
test_none (void)
{
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();

  assert_list (trainer, ATELIER_RUN_NOW, "");
  assert_list (trainer, ATELIER_RUN_EPOCH_END, "");
  g_assert_null (atelier_run_weights_pick (trainer, ATELIER_RUN_NOW, ATELIER_WEIGHTS_NEWEST));
}

/* The recipe keeps no best weights, but the trainer does. */
static void
test_newest_first (void)
{
  g_autoptr (AtelierTrainer) trainer = train (ATELIER_WEIGHTS_NEWEST, 0.0);
  g_autofree char *expected = g_strdup_printf ("newest %u, best %u", N_EPOCHS,
                                               get_best_epoch (trainer));

  g_assert_cmpuint (get_best_epoch (trainer), <, N_EPOCHS);
  assert_list (trainer, ATELIER_RUN_NOW, expected);
  assert_list (trainer, ATELIER_RUN_EPOCH_END, expected);
  assert_picked (trainer, ATELIER_WEIGHTS_BEST, atelier_trainer_get_best_model (trainer));
  assert_picked (trainer, ATELIER_WEIGHTS_NEWEST, atelier_trainer_get_model (trainer));
  g_assert_null (atelier_run_weights_pick (trainer, ATELIER_RUN_NOW, ATELIER_WEIGHTS_AVERAGED));
}

/* The recipe's own comes first, and the file can be gone on from. */
static void
test_best_first (void)
{
  g_autoptr (AtelierTrainer) trainer = train (ATELIER_WEIGHTS_BEST, 0.0);
  g_autofree char *expected = g_strdup_printf ("best %u, newest %u", get_best_epoch (trainer),
                                               N_EPOCHS);
  g_autoptr (AtelierModel) best = NULL;

  assert_list (trainer, ATELIER_RUN_NOW, expected);
  assert_picked (trainer, ATELIER_WEIGHTS_BEST, atelier_trainer_get_best_model (trainer));
  best = atelier_run_weights_pick (trainer, ATELIER_RUN_NOW, ATELIER_WEIGHTS_BEST);
  g_assert_nonnull (atelier_model_get_state (best));
}

/* A run that averages has the newest only in its training state. */
static void
test_averaged (void)
{
  g_autoptr (AtelierTrainer) trainer = train (ATELIER_WEIGHTS_BEST, 0.3);
  AtelierModel *model = atelier_trainer_get_model (trainer);
  g_autoptr (AtelierModel) newest = atelier_model_pick (model, ATELIER_WEIGHTS_NEWEST);
  g_autofree char *expected = g_strdup_printf ("best %u, averaged %u, newest %u",
                                               get_best_epoch (trainer), N_EPOCHS, N_EPOCHS);

  g_assert_cmpuint (get_best_epoch (trainer), <, N_EPOCHS);
  assert_list (trainer, ATELIER_RUN_NOW, expected);
  assert_list (trainer, ATELIER_RUN_EPOCH_END, expected);
  assert_picked (trainer, ATELIER_WEIGHTS_AVERAGED, model);
  assert_picked (trainer, ATELIER_WEIGHTS_NEWEST, newest);
}

/* The last epoch is the best: there is nothing to choose. */
static void
test_one (void)
{
  static const AtelierWeights asked[] = { ATELIER_WEIGHTS_NEWEST, ATELIER_WEIGHTS_BEST };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
      g_autoptr (AtelierNetwork) network = small_network_new ();
      g_autoptr (AtelierSplits) splits = small_splits_new ();
      g_autofree char *expected = g_strdup_printf ("%s 1", atelier_weights_get_id (asked[i]));
      AtelierRecipeValues values;

      small_recipe_init (&values, 1);
      values.weights = asked[i];
      g_assert_true (start_with_values (trainer, network, &values, splits, 1, NULL));
      while (atelier_trainer_is_active (trainer))
        g_main_context_iteration (NULL, TRUE);
      assert_list (trainer, ATELIER_RUN_NOW, expected);
      assert_picked (trainer, asked[i], atelier_trainer_get_model (trainer));
    }
}

static void
test_words (void)
{
  AtelierWeights weights = ATELIER_N_WEIGHTS;
  g_autofree char *words = atelier_weights_describe (ATELIER_WEIGHTS_BEST, 7);

  g_assert_cmpstr (words, ==, "best, epoch 7");
  g_assert_false (atelier_weights_from_id ("Best", &weights));
  g_assert_cmpint (weights, ==, ATELIER_N_WEIGHTS);
  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    {
      g_assert_true (atelier_weights_from_id (atelier_weights_get_id (i), &weights));
      g_assert_cmpint (weights, ==, i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/run-weights/none", test_none);
  g_test_add_func ("/core/run-weights/newest-first", test_newest_first);
  g_test_add_func ("/core/run-weights/best-first", test_best_first);
  g_test_add_func ("/core/run-weights/averaged", test_averaged);
  g_test_add_func ("/core/run-weights/one", test_one);
  g_test_add_func ("/core/run-weights/words", test_words);

  return g_test_run ();
}
