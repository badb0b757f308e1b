/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRun - a training run on a worker thread; all concurrency of training is in its .c file.
 *
 * Made, asked, collected from and freed by one thread, the one that serves @context: here called
 * the main thread.  Only files of the core include this header.
 */

#pragma once

#include "training/atelier-learner-private.h"
#include "training/atelier-report-private.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_WISH_RUN,
  ATELIER_WISH_PAUSE,
  ATELIER_WISH_STOP, /* for good */
} AtelierWish;

typedef struct _AtelierRun AtelierRun;

/* Called on the main thread when there is something to collect.  It may free the run. */
typedef void (*AtelierRunMailFunc) (gpointer user_data);

/* Starts at once, where @learner stands.  @learner: transfer full, even on failure, which is FAILED
 * where the system gives no thread.  @keeps_state: whether the weights of each epoch's end come
 * with their training state, which is up to three times as much to copy. */
AtelierRun    *atelier_run_start      (AtelierLearner      *learner,
                                       guint                n_epochs,
                                       gboolean             keeps_state,
                                       GMainContext        *context,
                                       AtelierRunMailFunc   on_mail,
                                       gpointer             user_data,
                                       GError             **error);
/* Wishes it to stop, waits for that, and drops what was not collected. */
void           atelier_run_free       (AtelierRun          *run);

void           atelier_run_wish       (AtelierRun          *run,
                                       AtelierWish          wish);
AtelierWish    atelier_run_get_wish   (AtelierRun          *run);
/* Whether what was collected confirms that the worker rests, as is wished. */
gboolean       atelier_run_is_resting (AtelierRun          *run);
/* Waits for the worker's end; what it has told last can then be collected. */
void           atelier_run_join       (AtelierRun          *run);
/* Everything told since the start and not yet taken out of the report.  Borrowed; its owned members
 * may be stolen. */
AtelierReport *atelier_run_collect    (AtelierRun          *run);

G_END_DECLS
