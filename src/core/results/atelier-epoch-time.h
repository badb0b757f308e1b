/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierEpochTime - how long an epoch would take here, from how long the last ones took.
 *
 * The multiply-adds of a picture say how the epochs of one network compare with those of another;
 * what they leave out (memory, small layers) makes it an estimate.  It holds for as many threads
 * as it was measured with.  Zeroed memory is a time of which nothing is known.  Main thread.
 */

#pragma once

#include "model/atelier-network.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

typedef struct
{
  double multiply_adds_per_second; /* of pictures trained on, with the epoch's measuring; 0: not
                                      known */
  guint  n_threads;
} AtelierEpochTime;

/* Takes the newest epochs of a run of @network on @n_images pictures with @n_threads.  Does nothing
 * before the first. */
void   atelier_epoch_time_measure  (AtelierEpochTime       *time,
                                    AtelierHistory         *history,
                                    AtelierNetwork         *network,
                                    guint                   n_images,
                                    guint                   n_threads);
/* Seconds; NaN where nothing is known, or only of another number of threads. */
double atelier_epoch_time_estimate (const AtelierEpochTime *time,
                                    guint64                 n_multiply_adds,
                                    guint                   n_images,
                                    guint                   n_threads);

G_END_DECLS
