/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A letter is a source of the owner's main context. */

#include "config.h"

#include "library/atelier-library-thread.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"

#define LOOK_US (2 * G_USEC_PER_SEC)

struct _AtelierLibraryThread
{
  GAsyncQueue *queue; /* Owned; of AtelierLibraryJob */
  GThread     *thread;
};

/* What the thread has. */
typedef struct
{
  AtelierLibraryReceive receive;
  gint64                version; /* of the database, when it was last looked at */
  GWeakRef              owner;

  /* Owned */
  GMainContext         *context;
  GAsyncQueue          *queue;
  char                 *folder;
  AtelierLibraryStore  *store;      /* nullable */
  GError               *open_error; /* why there is no store; nullable */
} Worker;

/* A job that ends the thread. */
static AtelierLibraryJob last_job;

void
atelier_library_job_free (AtelierLibraryJob *job)
{
  g_clear_object (&job->task);
  g_strfreev (job->ids);
  g_free (job->text);
  atelier_library_news_free (job->news);
  g_clear_error (&job->warning);
  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_free (job);
}

/* ---- To the owner ---- */

typedef struct
{
  AtelierLibraryLetter  letter;
  AtelierLibraryReceive receive;
  GWeakRef              owner;
} Post;

static void
post_free (gpointer data)
{
  Post *post = data;

  g_weak_ref_clear (&post->owner);
  g_strfreev (post->letter.ids);
  g_free (post->letter.notice);
  g_clear_error (&post->letter.error);
  g_free (post);
}

static gboolean
on_post_cb (gpointer data)
{
  Post *post = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&post->owner);

  if (owner != NULL)
    post->receive (owner, &post->letter);
  return G_SOURCE_REMOVE;
}

/* Takes what @letter holds. */
static void
send (Worker                     *worker,
      const AtelierLibraryLetter *letter)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_autoptr (GObject) owner = g_weak_ref_get (&worker->owner);
  Post *post = g_new0 (Post, 1);

  post->letter = *letter;
  post->receive = worker->receive;
  g_weak_ref_init (&post->owner, owner);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_post_cb, post, post_free);
  g_source_attach (source, worker->context);
}

/* ---- Jobs ---- */

static gboolean
open_store (Worker  *worker,
            GError **error)
{
  AtelierLibraryLetter letter = { .is_opening = TRUE, .has_error = TRUE, .has_changed = TRUE };

  g_clear_error (&worker->open_error);
  if (worker->store == NULL)
    worker->store = atelier_library_store_open (worker->folder, TRUE, &worker->open_error);
  letter.is_open = worker->store != NULL;
  if (worker->store != NULL)
    {
      letter.is_read_only = atelier_library_store_is_read_only (worker->store);
      letter.notice = g_strdup (atelier_library_store_get_notice (worker->store));
      worker->version = atelier_library_store_get_version (worker->store);
    }
  else
    {
      letter.error = g_error_copy (worker->open_error);
      g_propagate_error (error, g_error_copy (worker->open_error));
    }
  send (worker, &letter);
  return worker->store != NULL;
}

/* Whoever asks a library that could not be opened hears why. */
static gboolean
fail_closed (Worker  *worker,
             GError **error)
{
  if (worker->open_error != NULL)
    g_propagate_error (error, g_error_copy (worker->open_error));
  else
    g_set_error_literal (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                         _("The library of runs is not open"));
  return FALSE;
}

static void
tell (Worker                  *worker,
      const AtelierLibraryJob *job,
      const GError            *error)
{
  const GError *told = error != NULL ? error : job->warning;
  const AtelierLibraryLetter letter = {
    .has_error = TRUE,
    .error = told != NULL ? g_error_copy (told) : NULL,
    .has_changed = error == NULL,
    .ids = job->changes_any ? NULL : g_strdupv (job->ids),
  };

  send (worker, &letter);
}

/* Takes the error. */
static void
return_result (AtelierLibraryJob *job,
               GError            *error)
{
  if (job->task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (job->task, error);
  else if (job->free_result != NULL)
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  else
    g_task_return_boolean (job->task, TRUE);
}

static void
do_job (Worker            *worker,
        AtelierLibraryJob *job)
{
  GError *error = NULL;

  if (job->task != NULL && g_task_return_error_if_cancelled (job->task))
    return;
  if (job->func == NULL)
    open_store (worker, &error);
  else if (worker->store == NULL)
    fail_closed (worker, &error);
  else
    job->func (worker->store, job, &error);
  if (job->is_writing)
    tell (worker, job, error);
  return_result (job, error);
}

/* Another process may have written, or have gone in the middle of a run. */
static void
look_around (Worker *worker)
{
  gboolean has_changed = FALSE;
  gint64 version;

  if (worker->store == NULL)
    return;
  atelier_library_store_sweep (worker->store, &has_changed, NULL);
  version = atelier_library_store_get_version (worker->store);
  if (version != worker->version || has_changed)
    send (worker, &(AtelierLibraryLetter) { .has_changed = TRUE });
  worker->version = version;
}

/* ---- The thread ---- */

static void
worker_free (Worker *worker)
{
  atelier_library_store_free (worker->store);
  g_clear_error (&worker->open_error);
  g_weak_ref_clear (&worker->owner);
  g_main_context_unref (worker->context);
  g_async_queue_unref (worker->queue);
  g_free (worker->folder);
  g_free (worker);
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  AtelierLibraryJob *job = NULL;

  while (job != &last_job)
    {
      job = g_async_queue_timeout_pop (worker->queue, LOOK_US);
      if (job == NULL)
        look_around (worker);
      else if (job != &last_job)
        {
          do_job (worker, job);
          atelier_library_job_free (job);
        }
    }
  worker_free (worker);
  return NULL;
}

AtelierLibraryThread *
atelier_library_thread_new (gpointer               owner,
                            AtelierLibraryReceive  receive,
                            const char            *folder)
{
  AtelierLibraryThread *self = g_new0 (AtelierLibraryThread, 1);
  Worker *worker = g_new0 (Worker, 1);

  self->queue = g_async_queue_new ();
  worker->receive = receive;
  worker->context = g_main_context_ref_thread_default ();
  worker->queue = g_async_queue_ref (self->queue);
  worker->folder = g_strdup (folder);
  g_weak_ref_init (&worker->owner, owner);
  self->thread = g_thread_new ("atelier-library", work, worker);
  return self;
}

void
atelier_library_thread_push (AtelierLibraryThread *self,
                             AtelierLibraryJob    *job)
{
  g_async_queue_push (self->queue, job);
}

void
atelier_library_thread_end (AtelierLibraryThread *self)
{
  g_async_queue_push (self->queue, &last_job);
  /* The owner's last reference may have been that of a job. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}
