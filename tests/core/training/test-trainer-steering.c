/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run may be started, paused, stopped and ended at any time, also by who is told of it, and may
 * fail.  Run under ThreadSanitizer as well. */

#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "inference/atelier-predictor.h"
#include "trainer-fixture.h"
#include "training/atelier-trainer.h"

/* ---- Pause, resume, stop ---- */

static void
test_pause_rests (TrainerFixture *fixture,
                  gconstpointer   data)
{
  guint n_batches;

  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  trainer_spin_until_batches (fixture, 1);
  atelier_trainer_pause (fixture->trainer);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_PAUSED);
  n_batches = trainer_count_batches (fixture);

  g_assert_true (atelier_trainer_is_active (fixture->trainer));
  g_assert_nonnull (atelier_trainer_get_model (fixture->trainer));
  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (trainer_count_batches (fixture), ==, n_batches);

  atelier_trainer_resume (fixture->trainer);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_RUNNING);
  trainer_spin_until_batches (fixture, n_batches + 1);
  atelier_trainer_stop_and_wait (fixture->trainer);
}

static void
test_resume_before_pause_began (TrainerFixture *fixture,
                                gconstpointer   data)
{
  trainer_start (fixture, 1);
  for (guint i = 0; i < 100; i++)
    {
      atelier_trainer_pause (fixture->trainer);
      atelier_trainer_resume (fixture->trainer);
    }
  trainer_spin_until_state (fixture, ATELIER_TRAINER_COMPLETED);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

static void
test_stop_while_paused (TrainerFixture *fixture,
                        gconstpointer   data)
{
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  atelier_trainer_pause (fixture->trainer);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_PAUSED);
  atelier_trainer_stop (fixture->trainer);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_STOPPING);
  atelier_trainer_pause (fixture->trainer);
  atelier_trainer_resume (fixture->trainer);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_STOPPING);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_STOPPED);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_no_error (fixture->error);
}

static void
test_stop_keeps_what_was_measured (TrainerFixture *fixture,
                                   gconstpointer   data)
{
  AtelierHistory *history;
  guint n_batches;

  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  trainer_spin_until_batches (fixture, 3 * SMALL_N_BATCHES);
  atelier_trainer_stop (fixture->trainer);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_STOPPING);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_STOPPED);

  history = atelier_trainer_get_history (fixture->trainer);
  n_batches = atelier_history_get_n_batches (history);
  g_assert_cmpuint (n_batches, >=, 3 * SMALL_N_BATCHES);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), >=, 2);
  g_assert_cmpuint (trainer_get_model_epochs (fixture), ==, n_batches / SMALL_N_BATCHES);
  g_assert_true (isnan (atelier_trainer_get_seconds_left (fixture->trainer)));
}

/* Wherever a run stands, the newest epoch can be measured again to the same bits. */
static void
test_epoch_model_is_the_epochs (TrainerFixture *fixture,
                                gconstpointer   data)
{
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (GError) error = NULL;
  AtelierHistory *history;
  AtelierModel *model;
  guint n_epochs;

  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  g_assert_null (atelier_trainer_get_epoch_model (fixture->trainer));
  trainer_spin_until_batches (fixture, 2 * SMALL_N_BATCHES + 1);
  atelier_trainer_stop_and_wait (fixture->trainer);

  history = atelier_trainer_get_history (fixture->trainer);
  n_epochs = atelier_history_get_n_epochs (history);
  model = atelier_trainer_get_epoch_model (fixture->trainer);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==, n_epochs);
  evaluation = atelier_evaluate (model, fixture->splits, ATELIER_SPLIT_VALIDATION, FALSE, 1, NULL,
                                 &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (evaluation->loss, ==,
                     atelier_history_get_figures (history, n_epochs - 1)->validation_loss);
}

static void
test_stop_and_wait_tells_all (TrainerFixture *fixture,
                              gconstpointer   data)
{
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  atelier_trainer_stop_and_wait (fixture->trainer);

  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_STOPPED);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_nonnull (atelier_trainer_get_model (fixture->trainer));
  g_assert_false (g_main_context_pending (NULL));
  atelier_trainer_stop_and_wait (fixture->trainer);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

/* ---- Starting ---- */

static void
test_start_twice (TrainerFixture *fixture,
                  gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  AtelierHistory *history;

  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 1);
  history = atelier_trainer_get_history (fixture->trainer);
  g_assert_false (start_with_values (fixture->trainer, fixture->network, &fixture->recipe,
                                     fixture->splits, 1, &error));

  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_true (atelier_trainer_get_history (fixture->trainer) == history);
  g_assert_true (atelier_trainer_is_active (fixture->trainer));
  atelier_trainer_stop_and_wait (fixture->trainer);
}

static void
test_start_checks_fit (TrainerFixture *fixture,
                       gconstpointer   data)
{
  g_autoptr (AtelierNetwork) other = other_network_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (start_with_values (fixture->trainer, other, &fixture->recipe,
                                     fixture->splits, 1, &error));

  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_IDLE);
  g_assert_null (atelier_trainer_get_history (fixture->trainer));
}

/* A run is ended before its reports are delivered, and the next run gets none of them. */
static void
test_restart_drops_stale_reports (TrainerFixture *fixture,
                                  gconstpointer   data)
{
  AtelierHistory *history;

  for (guint i = 0; i < 5; i++)
    {
      fixture->recipe.n_epochs = TRAINER_ENDLESS;
      trainer_start (fixture, 2);
      if (i % 2 == 0)
        trainer_spin_until_batches (fixture, 1);
      atelier_trainer_stop_and_wait (fixture->trainer);

      fixture->recipe.n_epochs = 2;
      trainer_start (fixture, 2);
      history = atelier_trainer_get_history (fixture->trainer);
      g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 0);
      g_assert_null (atelier_trainer_get_model (fixture->trainer));
      trainer_spin_until_state (fixture, ATELIER_TRAINER_COMPLETED);
      g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 2 * SMALL_N_BATCHES);
      g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 2);
    }

  g_assert_cmpuint (fixture->n_finished, ==, 10);
}

static void
test_many_starts_and_stops (TrainerFixture *fixture,
                            gconstpointer   data)
{
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  for (guint i = 0; i < 40; i++)
    {
      trainer_start (fixture, i % 4);
      if (i % 3 == 1)
        trainer_spin_until_batches (fixture, i);
      if (i % 5 == 2)
        atelier_trainer_pause (fixture->trainer);
      if (i % 7 == 3)
        atelier_trainer_resume (fixture->trainer);
      atelier_trainer_stop (fixture->trainer);
      if (i % 2 == 0)
        trainer_spin_until_state (fixture, ATELIER_TRAINER_STOPPED);
      else
        atelier_trainer_stop_and_wait (fixture->trainer);
    }

  g_assert_cmpuint (fixture->n_finished, ==, 40);
}

static void
test_dispose_while_running (TrainerFixture *fixture,
                            gconstpointer   data)
{
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();

      g_assert_true (start_with_values (trainer, fixture->network, &fixture->recipe,
                                        fixture->splits, 2, NULL));
      if (i % 2 == 0)
        trainer_spin_once ();
      g_assert_finalize_object (g_steal_pointer (&trainer));
    }

  g_assert_false (g_main_context_pending (NULL));
}

/* ---- Listeners that interfere ---- */

static void
on_history_batches_changed_stop_cb (AtelierHistory *history,
                                    TrainerFixture *fixture)
{
  atelier_trainer_stop_and_wait (fixture->trainer);
}

static void
test_stop_from_listener (TrainerFixture *fixture,
                         gconstpointer   data)
{
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  g_signal_connect (atelier_trainer_get_history (fixture->trainer), "batches-changed",
                    G_CALLBACK (on_history_batches_changed_stop_cb), fixture);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_STOPPED);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

static void
on_trainer_finished_start_cb (AtelierTrainer *trainer,
                              const GError   *error,
                              TrainerFixture *fixture)
{
  if (fixture->n_finished < 3)
    trainer_start (fixture, 1);
}

static void
test_start_from_listener (TrainerFixture *fixture,
                          gconstpointer   data)
{
  g_signal_connect (fixture->trainer, "finished",
                    G_CALLBACK (on_trainer_finished_start_cb), fixture);
  trainer_start (fixture, 1);
  while (fixture->n_finished < 3)
    trainer_spin_once ();

  g_assert_cmpint (atelier_trainer_get_state (fixture->trainer), ==, ATELIER_TRAINER_COMPLETED);
}

static void
on_trainer_finished_drop_cb (AtelierTrainer *trainer,
                             const GError   *error,
                             TrainerFixture *fixture)
{
  g_clear_object (&fixture->trainer);
}

static void
test_drop_from_listener (TrainerFixture *fixture,
                         gconstpointer   data)
{
  g_signal_connect (fixture->trainer, "finished",
                    G_CALLBACK (on_trainer_finished_drop_cb), fixture);
  trainer_start (fixture, 1);
  while (fixture->trainer != NULL)
    trainer_spin_once ();

  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

/* ---- Failing ---- */

static void
test_overflow (TrainerFixture *fixture,
               gconstpointer   data)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  fixture->recipe.optimizer = ATELIER_OPTIMIZER_SGD;
  fixture->recipe.learning_rate = 10.0;
  fixture->recipe.momentum = 0.9;
  fixture->recipe.l2 = 1.0;
  fixture->recipe.raw_pixels = TRUE;
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_FAILED);

  g_assert_cmpuint (fixture->n_finished, ==, 1);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE);
  g_test_message ("%s", fixture->error->message);
  g_assert_nonnull (strstr (fixture->error->message, "epoch"));
  g_assert_nonnull (strstr (fixture->error->message, "batch"));
  g_assert_nonnull (strstr (fixture->error->message, "learning rate"));

  /* The weights given are those of the last finished epoch, and finite. */
  model = atelier_trainer_get_model (fixture->trainer);
  g_assert_nonnull (model);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), ==,
                    atelier_history_get_n_epochs (atelier_trainer_get_history (fixture->trainer)));
  for (guint i = 0; i < atelier_model_get_n_tensors (model); i++)
    {
      gsize size;
      const float *values = g_bytes_get_data (atelier_model_get_tensor (model, i), &size);

      for (gsize j = 0; G_BYTE_ORDER == G_LITTLE_ENDIAN && j < size / sizeof (float); j++)
        g_assert_true (isfinite (values[j]));
    }
}

static void
test_start_after_overflow (TrainerFixture *fixture,
                           gconstpointer   data)
{
  g_autofree char *digest = NULL;

  fixture->recipe.optimizer = ATELIER_OPTIMIZER_SGD;
  fixture->recipe.learning_rate = 10.0;
  fixture->recipe.momentum = 0.9;
  fixture->recipe.l2 = 1.0;
  fixture->recipe.raw_pixels = TRUE;
  fixture->recipe.n_epochs = TRAINER_ENDLESS;
  trainer_start (fixture, 2);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_FAILED);

  small_recipe_init (&fixture->recipe, 2);
  digest = trainer_complete (fixture, 2);
  g_assert_no_error (fixture->error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/core/trainer-steering/" path, TrainerFixture, NULL, trainer_set_up, function, \
              trainer_tear_down)

  ADD ("pause/rests", test_pause_rests);
  ADD ("pause/resume-early", test_resume_before_pause_began);
  ADD ("pause/stop", test_stop_while_paused);
  ADD ("stop/keeps", test_stop_keeps_what_was_measured);
  ADD ("stop/epoch-model", test_epoch_model_is_the_epochs);
  ADD ("stop/wait", test_stop_and_wait_tells_all);
  ADD ("start/twice", test_start_twice);
  ADD ("start/fit", test_start_checks_fit);
  ADD ("start/stale", test_restart_drops_stale_reports);
  ADD ("start/many", test_many_starts_and_stops);
  ADD ("dispose", test_dispose_while_running);
  ADD ("listener/stop", test_stop_from_listener);
  ADD ("listener/start", test_start_from_listener);
  ADD ("listener/drop", test_drop_from_listener);
  ADD ("overflow", test_overflow);
  ADD ("overflow/start-again", test_start_after_overflow);

#undef ADD

  return g_test_run ();
}
