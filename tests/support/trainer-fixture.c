/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A trainer with a small network and small data. */

#include "trainer-fixture.h"

#include "small-runs.h"

#define PATIENCE_SECONDS 120

static void
on_trainer_finished_cb (AtelierTrainer *trainer,
                        const GError   *error,
                        TrainerFixture *fixture)
{
  fixture->n_finished++;
  g_clear_error (&fixture->error);
  if (error != NULL)
    fixture->error = g_error_copy (error);
}

void
trainer_set_up (TrainerFixture *fixture,
                gconstpointer   data)
{
  fixture->splits = small_splits_new ();
  fixture->network = small_network_new ();
  small_recipe_init (&fixture->recipe, 2);
  fixture->trainer = atelier_trainer_new ();
  g_signal_connect (fixture->trainer, "finished", G_CALLBACK (on_trainer_finished_cb), fixture);
}

void
trainer_tear_down (TrainerFixture *fixture,
                   gconstpointer   data)
{
  if (fixture->trainer != NULL)
    g_assert_finalize_object (fixture->trainer);
  atelier_network_unref (fixture->network);
  atelier_splits_unref (fixture->splits);
  g_clear_error (&fixture->error);
}

void
trainer_start (TrainerFixture *fixture,
               guint           n_threads)
{
  g_autoptr (GError) error = NULL;

  start_with_values (fixture->trainer, fixture->network, &fixture->recipe, fixture->splits,
                     n_threads, &error);
  g_assert_no_error (error);
}

static gboolean
on_patience_ended_cb (gpointer data)
{
  g_error ("Nothing happened for %d seconds", PATIENCE_SECONDS);

  return G_SOURCE_REMOVE;
}

/* One dispatch of the main loop, which must come. */
void
trainer_spin_once (void)
{
  guint source = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_ended_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

guint
trainer_count_batches (TrainerFixture *fixture)
{
  return atelier_history_get_n_batches (atelier_trainer_get_history (fixture->trainer));
}

guint
trainer_get_model_epochs (TrainerFixture *fixture)
{
  return atelier_model_get_n_epochs (atelier_trainer_get_model (fixture->trainer));
}

void
trainer_spin_until_state (TrainerFixture      *fixture,
                          AtelierTrainerState  state)
{
  while (atelier_trainer_get_state (fixture->trainer) != state)
    trainer_spin_once ();
}

void
trainer_spin_until_batches (TrainerFixture *fixture,
                            guint           n)
{
  while (trainer_count_batches (fixture) < n)
    trainer_spin_once ();
}

/* Trains to the end and gives the weights' digest. */
char *
trainer_complete (TrainerFixture *fixture,
                  guint           n_threads)
{
  trainer_start (fixture, n_threads);
  trainer_spin_until_state (fixture, ATELIER_TRAINER_COMPLETED);

  return atelier_model_dup_digest (atelier_trainer_get_model (fixture->trainer));
}
