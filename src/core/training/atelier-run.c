/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A training run on a worker thread.  All concurrency of training is in this file: what is computed
 * is in atelier-learner.c, and what the world sees is in atelier-trainer.c, and neither knows of a
 * thread.
 *
 * Who owns what.  A run is a block of its own.  Its members stand under heads: only read, the
 * worker's own, the main thread's own, and those guarded by the mutex.  The worker touches no
 * GObject.
 *
 * Down go wishes, not commands: what is wanted now (run, pause, stop) with a serial number that
 * grows with each change.  The worker looks between batches and between pieces of measuring.  A
 * queue was rejected: of several commands given within one batch only the last matters.  A paused
 * worker sleeps on a condition and uses no processor.
 *
 * Up go reports.  The worker gathers figures in its draft and hands them over at most ten times a
 * second, and at the end of an epoch, at a pause and at the end.  Handing over means merging the
 * draft into the mail under the mutex, and attaching a source to the main context if none is
 * pending.  Collecting merges the mail into the inbox.  So neither side ever waits for the other,
 * and memory is bounded by what the history will hold anyway.
 *
 * Nothing of an earlier run can arrive in a later one: mail lies in its run's block and goes with
 * it.  A pause is confirmed with the serial of its wish, so that the confirmation of an earlier one
 * is not taken for that of a later.
 *
 * Mutex and condition are POSIX's and not GLib's, since ThreadSanitizer knows only the former.
 */

#include "config.h"

#include "training/atelier-run-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pthread.h>
#ifdef __linux__
#include <sys/resource.h>
#endif

#include "base/atelier-error.h"
#include "training/atelier-pace-private.h"

#define REPORT_INTERVAL_US (G_USEC_PER_SEC / 10)
#define PUBLISH_INTERVAL_US (G_USEC_PER_SEC / 2)
#define PUBLISH_SHARE 20 /* copying large weights takes at most this part of the time */
#define NICE_STEP 5      /* the screen goes first */

struct _AtelierRun
{
  /* Set before the thread starts, then only read */
  guint n_epochs;
  gboolean keeps_state;
  AtelierRunMailFunc on_mail;
  gpointer user_data;
  GMainContext *context; /* Owned */

  /* The worker's own; times are the run's clock */
  AtelierLearner *learner; /* Owned */
  AtelierReport draft;
  AtelierPace pace;
  AtelierPace measuring_pace; /* of pieces, not images */
  guint n_epochs_done;
  guint n_epochs_before; /* done by earlier runs */
  guint64 n_batches_done;
  guint n_new_images; /* trained on since paced_us */
  guint n_epoch_images; /* trained on in this epoch by this run */
  gint64 paced_us;
  gint64 started_us;
  gint64 reported_us;
  gint64 published_us;
  gint64 publish_wait_us;
  gint64 paused_us;         /* how long all pauses took together */
  gint64 trained_us;        /* how long the epochs before this one were trained */
  gint64 epoch_started_us;
  double measuring_seconds; /* an image; NaN before the first epoch's end */

  /* Guarded by the mutex */
  pthread_mutex_t mutex;
  pthread_cond_t wish_has_changed;
  AtelierWish wish; /* written by the main thread alone, which so may read it unguarded */
  guint wish_serial;
  AtelierReport mail;
  GSource *source; /* pending on the context, or NULL */

  /* The main thread's own */
  GThread *thread; /* Owned */
  AtelierReport inbox;
};

/* ---- The worker: its clock ---- */

/* Stands still while the run is paused. */
static gint64
get_run_clock (const AtelierRun *run)
{
  return g_get_monotonic_time () - run->paused_us;
}

static double
to_seconds (gint64 us)
{
  return (double) us / G_USEC_PER_SEC;
}

/* Adds what was trained since the last time to the pace. */
static void
update_pace (AtelierRun *run)
{
  gint64 now_us = get_run_clock (run);

  atelier_pace_add (&run->pace, run->n_new_images, to_seconds (now_us - run->paced_us));
  run->n_new_images = 0;
  run->paced_us = now_us;
}

static double
estimate_seconds_left (const AtelierRun *run)
{
  const AtelierLearner *learner = run->learner;
  double epochs_trained = (double) run->n_batches_done / atelier_learner_get_n_batches (learner);
  double n_images = (run->n_epochs - epochs_trained) * atelier_learner_get_n_images (learner);
  double n_measured = (double) (run->n_epochs - run->n_epochs_done) *
                      atelier_learner_get_n_measured (learner);

  return atelier_pace_estimate_seconds (&run->pace, n_images,
                                        n_measured, run->measuring_seconds);
}

/* ---- The worker: speaking ---- */

/* In the main thread, from the source that send_draft attached. */
static gboolean
on_mail_cb (gpointer data)
{
  AtelierRun *run = data;

  run->on_mail (run->user_data);

  return G_SOURCE_REMOVE;
}

/* The one place where anything goes up. */
static void
send_draft (AtelierRun *run)
{
  AtelierReport *draft = &run->draft;
  double n_batches = (double) run->n_epochs * atelier_learner_get_n_batches (run->learner);

  draft->progress = run->n_batches_done / n_batches;
  draft->images_per_second = atelier_pace_get_images_per_second (&run->pace);
  draft->seconds_left = estimate_seconds_left (run);
  run->reported_us = get_run_clock (run);

  pthread_mutex_lock (&run->mutex);
  atelier_report_merge (&run->mail, draft);
  if (run->source == NULL)
    {
      run->source = g_idle_source_new ();
      g_source_set_priority (run->source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (run->source, "atelier-run mail");
      g_source_set_callback (run->source, on_mail_cb, run, NULL);
      g_source_attach (run->source, run->context);
    }
  pthread_mutex_unlock (&run->mutex);
}

/* Puts a copy of the weights into the draft; where nothing follows for now, with all that another
 * run needs to go on, which is up to three times as much to copy. */
static gboolean
publish_weights (AtelierRun  *run,
                 gboolean     with_state,
                 GError     **error)
{
  gint64 before_us = get_run_clock (run);
  AtelierModel *model = with_state ? atelier_learner_snapshot_with_state (run->learner, error)
                                   : atelier_learner_snapshot (run->learner, error);

  if (model == NULL)
    return FALSE;

  atelier_report_take_model (&run->draft, model);
  run->published_us = get_run_clock (run);
  run->publish_wait_us = MAX (PUBLISH_INTERVAL_US, PUBLISH_SHARE * (run->published_us - before_us));

  return TRUE;
}

/* ---- The worker: listening ---- */

static AtelierWish
read_wish (AtelierRun *run,
           guint      *serial)
{
  AtelierWish wish;

  pthread_mutex_lock (&run->mutex);
  wish = run->wish;
  *serial = run->wish_serial;
  pthread_mutex_unlock (&run->mutex);

  return wish;
}

/* Sleeps until the wish with @serial is no longer the newest. */
static void
wait_for_another_wish (AtelierRun *run,
                       guint       serial)
{
  gint64 before_us = g_get_monotonic_time ();

  pthread_mutex_lock (&run->mutex);
  while (run->wish_serial == serial)
    pthread_cond_wait (&run->wish_has_changed, &run->mutex);
  pthread_mutex_unlock (&run->mutex);

  run->paused_us += g_get_monotonic_time () - before_us;
}

/* Pauses if that is wanted.  FALSE when the run is to end: by request, or with @error. */
static gboolean
obey_wishes (AtelierRun  *run,
             GError     **error)
{
  guint serial;
  AtelierWish wish = read_wish (run, &serial);

  while (wish == ATELIER_WISH_PAUSE)
    {
      if (!publish_weights (run, TRUE, error))
        return FALSE;

      run->draft.rests_since = serial;
      send_draft (run);
      run->draft.rests_since = 0;
      wait_for_another_wish (run, serial);

      wish = read_wish (run, &serial);
    }

  return wish == ATELIER_WISH_RUN;
}

/* ---- The worker: working ---- */

/* All epochs are done, or the recipe's patience has ended; but a run that was asked to go on behind
 * that trains an epoch more. */
static gboolean
is_over (const AtelierRun *run)
{
  return run->n_epochs_done == run->n_epochs
         || (run->n_epochs_done > run->n_epochs_before && atelier_learner_is_over (run->learner));
}

static void
lower_priority (void)
{
#ifdef __linux__
  /* On Linux this is the calling thread's alone, and the helpers that it starts inherit it. */
  setpriority (PRIO_PROCESS, 0, MIN (getpriority (PRIO_PROCESS, 0) + NICE_STEP, 19));
#endif
}

/* Takes a batch's figures down, and reports when it is time. */
static gboolean
note_batch (AtelierRun  *run,
            guint        n_images,
            float        loss,
            float        accuracy,
            GError     **error)
{
  gint64 now_us = get_run_clock (run);
  float seconds = (float) to_seconds (run->trained_us + now_us - run->epoch_started_us);

  g_array_append_val (run->draft.losses, loss);
  g_array_append_val (run->draft.accuracies, accuracy);
  g_array_append_val (run->draft.seconds, seconds);
  run->n_batches_done++;
  run->n_new_images += n_images;
  run->n_epoch_images += n_images;

  if (now_us - run->reported_us < REPORT_INTERVAL_US)
    return TRUE;

  update_pace (run);
  if (now_us - run->published_us >= run->publish_wait_us
      && !publish_weights (run, FALSE, error))
    return FALSE;
  send_draft (run);

  return TRUE;
}

/* FALSE when the run is to end, as obey_wishes; so do the two below. */
static gboolean
train_epoch (AtelierRun  *run,
             double      *seconds,
             GError     **error)
{
  gint64 spent_us;

  run->epoch_started_us = get_run_clock (run);
  run->paced_us = run->epoch_started_us;
  run->n_epoch_images = 0;
  atelier_learner_begin_epoch (run->learner);
  while (!atelier_learner_is_trained (run->learner))
    {
      guint n_images;
      float loss, accuracy;

      if (!obey_wishes (run, error)
          || !atelier_learner_train_batch (run->learner, &n_images, &loss, &accuracy, error)
          || !note_batch (run, n_images, loss, accuracy, error))
        return FALSE;
    }

  update_pace (run);
  spent_us = get_run_clock (run) - run->epoch_started_us;
  run->trained_us += spent_us;
  *seconds = to_seconds (spent_us);

  return TRUE;
}

static gboolean
measure_epoch (AtelierRun  *run,
               GError     **error)
{
  double seconds_before = run->measuring_pace.trained_seconds;
  gint64 piece_us = get_run_clock (run);

  while (!atelier_learner_is_measured (run->learner))
    {
      gint64 now_us;

      if (!obey_wishes (run, error) || !atelier_learner_measure_piece (run->learner, error))
        return FALSE;

      now_us = get_run_clock (run);
      atelier_pace_add (&run->measuring_pace, 1.0, to_seconds (now_us - piece_us));
      piece_us = now_us;
    }

  run->measuring_seconds = (run->measuring_pace.trained_seconds - seconds_before) /
                           MAX (atelier_learner_get_n_measured (run->learner), 1);

  return TRUE;
}

static gboolean
run_epoch (AtelierRun  *run,
           GError     **error)
{
  AtelierEpochFigures figures = { 0 };
  AtelierPredictions *validation = NULL;
  AtelierPredictions *training = NULL;
  gboolean is_published;

  run->draft.epoch = run->n_epochs_done + 1;
  if (!train_epoch (run, &figures.seconds, error)
      || !measure_epoch (run, error)
      || !atelier_learner_end_epoch (run->learner, &figures, &validation, &training, error))
    return FALSE;

  figures.images_per_second = run->n_epoch_images / MAX (figures.seconds, 1e-6);
  figures.elapsed_seconds = to_seconds (get_run_clock (run) - run->started_us);
  run->n_epochs_done++;

  is_published = publish_weights (run, run->keeps_state || is_over (run), error);
  atelier_report_add_epoch (&run->draft, &figures, validation, training,
                            is_published ? atelier_model_ref (run->draft.model) : NULL,
                            atelier_learner_get_best_epoch (run->learner) == figures.epoch);
  if (!is_published)
    return FALSE;
  send_draft (run);

  return TRUE;
}

/* Completed, stopped or failed: the last weights and the last report. @error: transfer full,
 * nullable. */
static void
end_run (AtelierRun *run,
         GError     *error)
{
  if (error == NULL && !is_over (run))
    publish_weights (run, TRUE, &error);

  if (error != NULL)
    {
      atelier_learner_step_back (run->learner);
      publish_weights (run, FALSE, NULL);
      run->draft.error = error;
      run->draft.outcome = ATELIER_OUTCOME_FAILED;
    }
  else if (!is_over (run))
    run->draft.outcome = ATELIER_OUTCOME_STOPPED;
  else
    run->draft.outcome = ATELIER_OUTCOME_COMPLETED;

  send_draft (run);
}

static gpointer
work (gpointer data)
{
  AtelierRun *run = data;
  GError *error = NULL;

  lower_priority ();
  atelier_learner_open_pool (run->learner);

  run->started_us = get_run_clock (run);
  while (!is_over (run) && run_epoch (run, &error))
    continue;
  end_run (run, error);

  return NULL;
}

/* ---- The main thread ---- */

AtelierRun *
atelier_run_start (AtelierLearner      *learner,
                   guint                n_epochs,
                   gboolean             keeps_state,
                   GMainContext        *context,
                   AtelierRunMailFunc   on_mail,
                   gpointer             user_data,
                   GError             **error)
{
  g_autoptr (GError) thread_error = NULL;
  AtelierRun *run = g_new0 (AtelierRun, 1);

  run->learner = learner;
  run->n_epochs = n_epochs;
  run->keeps_state = keeps_state;
  run->n_epochs_before = atelier_learner_get_n_epochs_ended (learner);
  run->n_epochs_done = run->n_epochs_before;
  run->n_batches_done = atelier_learner_get_n_batches_done (learner);
  run->context = g_main_context_ref (context);
  run->on_mail = on_mail;
  run->user_data = user_data;
  run->wish_serial = 1;
  run->measuring_seconds = NAN;
  pthread_mutex_init (&run->mutex, NULL);
  pthread_cond_init (&run->wish_has_changed, NULL);
  atelier_report_init (&run->draft);
  atelier_report_init (&run->mail);
  atelier_report_init (&run->inbox);

  run->thread = g_thread_try_new ("atelier-train", work, run, &thread_error);
  if (run->thread == NULL)
    {
      atelier_run_free (run);
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   _("The system gave no thread to train on: %s"), thread_error->message);
      return NULL;
    }

  return run;
}

void
atelier_run_free (AtelierRun *run)
{
  atelier_run_wish (run, ATELIER_WISH_STOP);
  atelier_run_join (run);
  atelier_run_collect (run);

  atelier_learner_free (run->learner);
  atelier_report_clear (&run->draft);
  atelier_report_clear (&run->mail);
  atelier_report_clear (&run->inbox);
  pthread_cond_destroy (&run->wish_has_changed);
  pthread_mutex_destroy (&run->mutex);
  g_main_context_unref (run->context);
  g_free (run);
}

void
atelier_run_wish (AtelierRun  *run,
                  AtelierWish  wish)
{
  pthread_mutex_lock (&run->mutex);
  run->wish = wish;
  run->wish_serial++;
  pthread_cond_signal (&run->wish_has_changed);
  pthread_mutex_unlock (&run->mutex);
}

AtelierWish
atelier_run_get_wish (AtelierRun *run)
{
  return run->wish;
}

gboolean
atelier_run_is_resting (AtelierRun *run)
{
  return run->wish == ATELIER_WISH_PAUSE && run->inbox.rests_since == run->wish_serial;
}

void
atelier_run_join (AtelierRun *run)
{
  if (run->thread != NULL)
    g_thread_join (g_steal_pointer (&run->thread));
}

AtelierReport *
atelier_run_collect (AtelierRun *run)
{
  pthread_mutex_lock (&run->mutex);
  atelier_report_merge (&run->inbox, &run->mail);
  if (run->source != NULL)
    {
      g_source_destroy (run->source);
      g_clear_pointer (&run->source, g_source_unref);
    }
  pthread_mutex_unlock (&run->mutex);

  return &run->inbox;
}
