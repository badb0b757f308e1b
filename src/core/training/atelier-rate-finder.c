/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A learner on a thread whose rate is set from outside.  Epochs follow each other without being
 * measured, where one has fewer batches than the search has steps.
 *
 * What is told on the way is the newest copy of the search, which lies in the job under a mutex
 * until an idle source of the caller's context takes it; at most one such source is pending.  The
 * mutex is POSIX's, since ThreadSanitizer knows it.
 */

#include "config.h"

#include "training/atelier-rate-finder.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pthread.h>

#include "base/atelier-error.h"
#include "training/atelier-learner-private.h"

#define FIRST_RATE 1e-6
#define LAST_RATE 10.0
#define N_STEPS 600
#define TELL_INTERVAL_US (G_USEC_PER_SEC / 10)

typedef struct
{
  AtelierRateFinderFunc on_progress;
  gpointer              progress_data;

  /* Owned */
  AtelierLearner       *learner;
  GMainContext         *context;

  /* Guarded by the mutex */
  pthread_mutex_t       mutex;
  AtelierRateSearch    *news;       /* Owned; NULL: all was told */
  gboolean              is_pending; /* a source is pending */
} Job;

/* By whichever thread lets go of the task last. */
static void
job_free (gpointer data)
{
  Job *job = data;

  pthread_mutex_lock (&job->mutex);
  g_clear_pointer (&job->news, atelier_rate_search_free);
  g_clear_pointer (&job->learner, atelier_learner_free);
  pthread_mutex_unlock (&job->mutex);
  pthread_mutex_destroy (&job->mutex);
  g_main_context_unref (job->context);
  g_free (job);
}

static gboolean
on_news_cb (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (AtelierRateSearch) search = NULL;
  AtelierRateFinderFunc on_progress;
  gpointer progress_data;

  pthread_mutex_lock (&job->mutex);
  search = g_steal_pointer (&job->news);
  job->is_pending = FALSE;
  on_progress = job->on_progress;
  progress_data = job->progress_data;
  pthread_mutex_unlock (&job->mutex);
  if (search != NULL && !g_task_get_completed (task)
      && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    on_progress (search, progress_data);
  return G_SOURCE_REMOVE;
}

/* The task keeps the job. */
static void
tell (GTask                   *task,
      Job                     *job,
      const AtelierRateSearch *search)
{
  AtelierRateSearch *copy = atelier_rate_search_copy (search);
  g_autoptr (GSource) source = NULL;

  pthread_mutex_lock (&job->mutex);
  atelier_rate_search_free (job->news);
  job->news = copy;
  if (!job->is_pending)
    {
      job->is_pending = TRUE;
      source = g_idle_source_new ();
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (source, "atelier-rate-finder news");
      g_source_set_callback (source, on_news_cb, g_object_ref (task), g_object_unref);
      g_source_attach (source, job->context);
    }
  pthread_mutex_unlock (&job->mutex);
}

/* FALSE on an error that is not the end of the search. */
static gboolean
make_step (Job                *job,
           AtelierRateSearch  *search,
           GError            **error)
{
  g_autoptr (GError) step_error = NULL;
  guint n_images;
  float loss, accuracy;

  if (atelier_learner_is_trained (job->learner)
      || atelier_learner_get_n_batches_done (job->learner) == 0)
    atelier_learner_begin_epoch (job->learner);
  if (atelier_learner_train_batch_at (job->learner, atelier_rate_search_get_rate (search),
                                      &n_images, &loss, &accuracy, &step_error))
    atelier_rate_search_add (search, (double) loss);
  else if (g_error_matches (step_error, ATELIER_ERROR, ATELIER_ERROR_NOT_FINITE))
    atelier_rate_search_add (search, INFINITY);
  else
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return FALSE;
    }
  return TRUE;
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (AtelierRateSearch) search =
    atelier_rate_search_new (FIRST_RATE, LAST_RATE, N_STEPS);
  gint64 told_us = 0;
  GError *error = NULL;

  atelier_learner_open_pool (job->learner);
  while (atelier_rate_search_get_rate (search) > 0.0
         && !g_cancellable_is_cancelled (cancellable) && make_step (job, search, &error))
    {
      const gint64 now_us = g_get_monotonic_time ();

      if (job->on_progress == NULL || now_us - told_us < TELL_INTERVAL_US)
        continue;
      tell (task, job, search);
      told_us = now_us;
    }
  /* Nobody waits for the memory of a task that is done. */
  pthread_mutex_lock (&job->mutex);
  g_clear_pointer (&job->learner, atelier_learner_free);
  pthread_mutex_unlock (&job->mutex);
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&search),
                           (GDestroyNotify) atelier_rate_search_free);
}

/* Without what judges epochs, which are not ended here.  Transfer full. */
static AtelierRecipe *
simplify (AtelierRecipe *recipe)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (recipe);

  values.schedule = ATELIER_SCHEDULE_CONSTANT;
  values.judged_by = ATELIER_JUDGED_BY_LOSS;
  values.patience = 0;
  values.weights = ATELIER_WEIGHTS_NEWEST;
  return atelier_recipe_new (&values, NULL);
}

void
atelier_rate_finder_run_async (AtelierNetwork        *network,
                               AtelierRecipe         *recipe,
                               AtelierSplits         *splits,
                               guint                  n_threads,
                               AtelierRateFinderFunc  on_progress,
                               gpointer               progress_data,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (AtelierRecipe) simple = NULL;
  GError *error = NULL;
  Job *job;

  g_return_if_fail (network != NULL && recipe != NULL && splits != NULL);

  g_task_set_source_tag (task, atelier_rate_finder_run_async);
  simple = simplify (recipe);
  job = g_new0 (Job, 1);
  job->on_progress = on_progress;
  job->progress_data = progress_data;
  job->context = g_main_context_ref_thread_default ();
  pthread_mutex_init (&job->mutex, NULL);
  job->learner = atelier_learner_new (network, simple, splits, n_threads, &error);
  g_task_set_task_data (task, job, job_free);
  if (job->learner == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, run_in_thread);
}

AtelierRateSearch *
atelier_rate_finder_run_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
