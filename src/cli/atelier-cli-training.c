/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One training run from a terminal.
 *
 * The trainer's worker thread trains.  This thread runs a main loop, which handles the trainer's
 * signals, a timer for the progress line and Unix signals one after another; nothing here is
 * concurrent.  The timer redraws the progress line, because the trainer notifies more often than
 * anyone can read.
 */

#include "config.h"

#include "atelier-cli-training.h"

#include <math.h>

#include "atelier-cli-progress.h"
#include "atelier-cli.h"

#define PROGRESS_INTERVAL_MS 100

typedef struct
{
  /* Owned */
  GMainLoop                *loop;
  GError                   *error;

  /* Borrowed */
  const AtelierCliTraining *training;
  AtelierTrainer           *trainer;
} Run;

/* Computes the running means of the epoch in progress from its batches. */
static void
fill_epoch_so_far (AtelierHistory     *history,
                   AtelierCliProgress *progress)
{
  guint first = atelier_history_get_first_batch (history);
  guint start = (progress->epoch - 1) * atelier_history_get_batches_per_epoch (history);
  guint end = atelier_history_get_n_batches (history);
  const float *losses = atelier_history_get_batch_losses (history);
  const float *accuracies = atelier_history_get_batch_accuracies (history);
  double loss = 0, accuracy = 0;

  start -= MIN (start, first);
  if (end <= start)
    return;
  for (guint i = start; i < end; i++)
    {
      loss += losses[i];
      accuracy += accuracies[i];
    }
  progress->loss = loss / (end - start);
  progress->accuracy = accuracy / (end - start);
}

static gboolean
on_timeout_cb (gpointer user_data)
{
  Run *run = user_data;
  AtelierHistory *history = atelier_trainer_get_history (run->trainer);
  AtelierCliProgress progress = {
    .label = run->training->label,
    .epoch = MAX (atelier_trainer_get_epoch (run->trainer), 1),
    .n_epochs = atelier_recipe_get_values (run->training->recipe)->n_epochs,
    .progress = atelier_trainer_get_progress (run->trainer),
    .loss = NAN,
    .accuracy = NAN,
    .images_per_second = atelier_trainer_get_images_per_second (run->trainer),
    .seconds_left = atelier_trainer_get_seconds_left (run->trainer),
  };

  if (history != NULL)
    fill_epoch_so_far (history, &progress);
  atelier_cli_progress_show (&progress);
  return G_SOURCE_CONTINUE;
}

static void
on_history_items_changed_cb (AtelierHistory *history,
                             guint           position,
                             guint           n_removed,
                             guint           n_added,
                             gpointer        user_data)
{
  Run *run = user_data;

  if (run->training->on_epoch == NULL)
    return;
  atelier_cli_progress_clear ();
  for (guint i = position; i < position + n_added; i++)
    run->training->on_epoch (run->training, atelier_trainer_get_record (run->trainer), i);
}

static void
on_trainer_finished_cb (AtelierTrainer *trainer,
                        GError         *error,
                        gpointer        user_data)
{
  Run *run = user_data;

  if (error != NULL)
    run->error = g_error_copy (error);
  g_main_loop_quit (run->loop);
}

/* Runs the main loop from a successful start to the end of the run. */
static void
wait_for_end (Run *run)
{
  AtelierHistory *history = atelier_trainer_get_history (run->trainer);
  guint timer = 0;
  gulong handler = g_signal_connect (history, "items-changed",
                                     G_CALLBACK (on_history_items_changed_cb), run);

  if (atelier_cli_progress_is_shown ())
    timer = g_timeout_add (PROGRESS_INTERVAL_MS, on_timeout_cb, run);
  g_main_loop_run (run->loop);
  atelier_cli_progress_clear ();
  g_clear_handle_id (&timer, g_source_remove);
  g_signal_handler_disconnect (history, handler);
}

static gboolean
start_trainer (const AtelierCliTraining  *training,
               AtelierTrainer            *trainer,
               GError                   **error)
{
  if (training->from != NULL)
    return atelier_trainer_start_from (trainer, training->from, training->splits,
                                       atelier_recipe_get_values (training->recipe)->n_epochs,
                                       training->n_threads, error);
  return atelier_trainer_start (trainer, training->network, training->recipe, training->splits,
                                training->n_threads, error);
}

gboolean
atelier_cli_training_run (const AtelierCliTraining  *training,
                          AtelierTrainer            *trainer,
                          GError                   **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Run run = { .loop = loop, .training = training, .trainer = trainer };
  gulong handler;

  if (training->signals->was_interrupted)
    return TRUE;
  if (!start_trainer (training, trainer, error))
    return FALSE;
  handler = g_signal_connect (trainer, "finished", G_CALLBACK (on_trainer_finished_cb), &run);
  training->signals->trainer = trainer;
  wait_for_end (&run);
  training->signals->trainer = NULL;
  g_signal_handler_disconnect (trainer, handler);

  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }
  return TRUE;
}
