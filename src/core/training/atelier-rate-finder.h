/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a learning rate: a short run of its own with rates from 10^-6 to 10, whose losses say
 * which are good.
 *
 * It takes the recipe's optimiser, batches and images in the order of a first epoch, but neither
 * its schedule nor its rate.  Nothing of it stays: a run that is started after it has the bytes
 * that it would have had without.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "results/atelier-rate-search.h"

G_BEGIN_DECLS

/* In the main thread: the search so far, borrowed. */
typedef void (*AtelierRateFinderFunc) (const AtelierRateSearch *search,
                                       gpointer                 user_data);

/* Works on a thread, and calls @on_progress a few times a second from the main context that is the
 * default of the calling thread.  @n_threads: 0 for as many as cores. */
void               atelier_rate_finder_run_async  (AtelierNetwork        *network,
                                                   AtelierRecipe         *recipe,
                                                   AtelierSplits         *splits,
                                                   guint                  n_threads,
                                                   AtelierRateFinderFunc  on_progress,
                                                   gpointer               progress_data,
                                                   GCancellable          *cancellable,
                                                   GAsyncReadyCallback    callback,
                                                   gpointer               user_data);
/* Transfer full.  Errors of atelier_learner_new, and CANCELLED of GIO. */
AtelierRateSearch *atelier_rate_finder_run_finish (GAsyncResult          *result,
                                                   GError               **error);

G_END_DECLS
