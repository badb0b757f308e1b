/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierHistory - what was measured in a run: every batch, every epoch, every validation
 * prediction of every epoch.
 *
 * A GListModel of AtelierEpoch, so that tables and scrubbers can show it.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "atelier-predictions.h"

G_BEGIN_DECLS

/* One finished epoch; immutable. */
typedef struct
{
  guint  epoch;               /* from 1 */
  double loss;                /* running mean over the epoch, dropout on, without penalty */
  double accuracy;            /* 0 to 1, running, dropout on */
  double penalty;             /* at the end of the epoch */
  double validation_loss;     /* NaN where there is no validation split */
  double validation_accuracy;
  double seconds;             /* of training this epoch, pauses and validation left out */
  double images_per_second;
  double elapsed_seconds;     /* of training and validation since the start, pauses left out */
} AtelierEpochFigures;

#define ATELIER_TYPE_EPOCH (atelier_epoch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierEpoch, atelier_epoch, ATELIER, EPOCH, GObject)

/* @validation: nullable, as what atelier_epoch_get_predictions gives, which is borrowed. */
AtelierEpoch              *atelier_epoch_new             (const AtelierEpochFigures *figures,
                                                          AtelierPredictions        *validation);
const AtelierEpochFigures *atelier_epoch_get_figures     (AtelierEpoch *epoch);
AtelierPredictions        *atelier_epoch_get_predictions (AtelierEpoch *epoch);

#define ATELIER_TYPE_HISTORY (atelier_history_get_type ())
G_DECLARE_FINAL_TYPE (AtelierHistory, atelier_history, ATELIER, HISTORY, GObject)

/* Signals: GListModel's "items-changed" for epochs; "batches-changed" when batch figures were
 * appended. */
AtelierHistory *atelier_history_new            (guint batches_per_epoch,
                                                guint n_epochs_planned);
guint           atelier_history_get_batches_per_epoch (AtelierHistory *history);
guint           atelier_history_get_n_epochs_planned  (AtelierHistory *history);
void            atelier_history_set_n_epochs_planned  (AtelierHistory *history, guint n_epochs);

/* Batch b (counted from 0 over the whole run) ends at epoch (b + 1) / batches_per_epoch.  A run that
 * went on from a model has its first batch here at @first_batch; others at 0. */
void            atelier_history_set_first_batch (AtelierHistory *history, guint first_batch);
guint           atelier_history_get_first_batch (AtelierHistory *history);
void            atelier_history_append_batches (AtelierHistory *history,
                                                const float    *losses,
                                                const float    *accuracies,
                                                guint           n);
guint           atelier_history_get_n_batches  (AtelierHistory *history);
/* Borrowed, and only until batches are appended; NULL before the first. */
const float    *atelier_history_get_batch_losses     (AtelierHistory *history); /* [n_batches] */
const float    *atelier_history_get_batch_accuracies (AtelierHistory *history);

void                       atelier_history_append_epoch (AtelierHistory *history,
                                                         AtelierEpoch   *epoch);
/* Several at once, with one "items-changed". */
void                       atelier_history_append_epochs (AtelierHistory       *history,
                                                          AtelierEpoch * const *epochs,
                                                          guint                 n);
guint                      atelier_history_get_n_epochs (AtelierHistory *history);
/* Borrowed; @i_epoch counts from 0. */
AtelierEpoch              *atelier_history_get_epoch    (AtelierHistory *history,
                                                         guint           i_epoch);
const AtelierEpochFigures *atelier_history_get_figures  (AtelierHistory *history,
                                                         guint           i_epoch);
/* The epoch (from 0) of the lowest validation loss (of the lowest loss where there is no
 * validation), or -1. */
int                        atelier_history_get_best     (AtelierHistory *history);

/* One true sentence about what the curves say, translated; "" before the first epoch, and where the
 * curves' beginning is in another history.  Transfer full. */
char                      *atelier_history_describe     (AtelierHistory *history);

G_END_DECLS
