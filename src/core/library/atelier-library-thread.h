/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLibraryThread - the one thread that has a library's store.
 *
 * It takes jobs from a queue and does one after the other; while it waits, it looks every two
 * seconds whether another process has written.  What its owner should know comes as letters in the
 * main context that was the default where it was made.  It holds a weak reference to the owner,
 * which can be let go of while a job is still done.
 */

#pragma once

#include "library/atelier-library-news.h"
#include "library/atelier-library-store.h"

G_BEGIN_DECLS

typedef struct _AtelierLibraryJob AtelierLibraryJob;
/* On the library's thread. */
typedef gboolean (*AtelierLibraryJobFunc) (AtelierLibraryStore *store,
                                           AtelierLibraryJob   *job,
                                           GError             **error);

struct _AtelierLibraryJob
{
  AtelierLibraryJobFunc func; /* NULL: opens the store, where it is not open */
  gboolean              is_writing;  /* success clears the library's error, failure sets it */
  gboolean              changes_any; /* which runs are changed is not known */

  /* Owned; nullable */
  GTask                *task;
  char                **ids;
  char                 *text;
  AtelierLibraryNews   *news;
  GError               *warning;     /* of a job that did what matters most */
  gpointer              result;
  GDestroyNotify        free_result; /* the task returns a result where this is set */

  guint64               number;
  int                   choice;
};

/* What the owner is told; in its main context. */
typedef struct
{
  gboolean is_opening; /* the next three are told */
  gboolean is_open;
  gboolean is_read_only;
  char    *notice;     /* Owned; nullable; may be taken */
  gboolean has_error;  /* there is an error, or the last is over */
  GError  *error;      /* Owned; nullable; may be taken */
  gboolean has_changed;
  char   **ids;        /* Owned; NULL: any may have */
} AtelierLibraryLetter;

typedef void (*AtelierLibraryReceive) (gpointer              owner,
                                       AtelierLibraryLetter *letter);

typedef struct _AtelierLibraryThread AtelierLibraryThread;

/* @owner: a GObject, which ends the thread before it goes. */
AtelierLibraryThread *atelier_library_thread_new  (gpointer               owner,
                                                   AtelierLibraryReceive  receive,
                                                   const char            *folder);
/* Transfer full. */
void                  atelier_library_thread_push (AtelierLibraryThread  *thread,
                                                   AtelierLibraryJob     *job);
/* Waits until all jobs are done, unless it is called by one of them.  Takes the thread. */
void                  atelier_library_thread_end  (AtelierLibraryThread  *thread);

void                  atelier_library_job_free    (AtelierLibraryJob     *job);

G_END_DECLS
