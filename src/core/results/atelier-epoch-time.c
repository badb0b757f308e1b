/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mean of the newest few epochs: one alone may have been slowed down by something else, and
 * those from long ago by another use of the machine.  Main thread.
 */

#include "config.h"

#include "results/atelier-epoch-time.h"

#include <math.h>

#define N_EPOCHS 3

void
atelier_epoch_time_measure (AtelierEpochTime *time,
                            AtelierHistory   *history,
                            AtelierNetwork   *network,
                            guint             n_images,
                            guint             n_threads)
{
  guint n = atelier_history_get_n_epochs (history);
  guint n_taken = MIN (n, N_EPOCHS);
  double seconds, work;

  g_return_if_fail (time != NULL && network != NULL);

  if (n == 0)
    return;

  seconds = atelier_history_get_figures (history, n - 1)->elapsed_seconds;
  if (n > n_taken)
    seconds -= atelier_history_get_figures (history, n - 1 - n_taken)->elapsed_seconds;
  work = (double) atelier_network_get_n_multiply_adds (network) * n_images * n_taken;
  if (!(seconds > 0.0) || !(work > 0.0))
    return;

  time->multiply_adds_per_second = work / seconds;
  time->n_threads = n_threads;
}

double
atelier_epoch_time_estimate (const AtelierEpochTime *time,
                             guint64                 n_multiply_adds,
                             guint                   n_images,
                             guint                   n_threads)
{
  g_return_val_if_fail (time != NULL, NAN);

  if (!(time->multiply_adds_per_second > 0.0) || time->n_threads != n_threads)
    return NAN;

  return (double) n_multiply_adds * n_images / time->multiply_adds_per_second;
}
