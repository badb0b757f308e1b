/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierHistory - what was measured in a run: every batch, every epoch, every epoch's predictions
 * of the validation split and of a sample of the training images, and every look at the test set.
 *
 * A GListModel of AtelierEpoch, so that tables and scrubbers can show it.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "model/atelier-recipe.h"
#include "results/atelier-predictions.h"

G_BEGIN_DECLS

/* One finished epoch; immutable. */
typedef struct
{
  guint  epoch;               /* from 1 */
  double loss;                /* running mean over the epoch, dropout on, without penalty */
  double accuracy;            /* 0 to 1, running, dropout on */
  double penalty;             /* at the end of the epoch */
  double objective;           /* mean of what the steps made smaller, with smoothed labels and the
                                 penalty; NaN where labels are not smoothed, and loss and penalty
                                 say it */
  double train_eval_loss;     /* as its end's weights do, dropout off, on a fixed sample of 5,000 */
  double train_eval_accuracy; /* training images or all of fewer; NaN where it was not measured */
  double validation_loss;     /* NaN where there is no validation split */
  double validation_accuracy;
  double seconds;             /* of training this epoch, pauses and measuring left out */
  double images_per_second;
  double elapsed_seconds;     /* of training and measuring since the start, pauses left out */
} AtelierEpochFigures;

#define ATELIER_TYPE_EPOCH (atelier_epoch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierEpoch, atelier_epoch, ATELIER, EPOCH, GObject)

/* Takes references.  @validation: of the validation split, nullable; @training: of a sample of the
 * training split, nullable. */
AtelierEpoch              *atelier_epoch_new                (const AtelierEpochFigures *figures,
                                                             AtelierPredictions        *validation,
                                                             AtelierPredictions        *training);
const AtelierEpochFigures *atelier_epoch_get_figures        (AtelierEpoch *epoch);
/* Borrowed, nullable.  Those of the validation split; those of a split: validation, or the sample
 * for training.  Nothing is kept of the test split. */
AtelierPredictions        *atelier_epoch_get_predictions    (AtelierEpoch *epoch);
AtelierPredictions        *atelier_epoch_get_predictions_of (AtelierEpoch *epoch,
                                                             AtelierSplit  split);

#define ATELIER_TYPE_HISTORY (atelier_history_get_type ())
G_DECLARE_FINAL_TYPE (AtelierHistory, atelier_history, ATELIER, HISTORY, GObject)

/* A look at the test set. */
typedef struct
{
  guint          epoch;    /* from 1, whose weights were measured */
  AtelierWeights weights;  /* which of those that the run has */
  double         loss;
  double         accuracy;
} AtelierTestLook;

/* Property: "n-test-looks".  Signals: GListModel's "items-changed" for epochs; "batches-changed"
 * when batch figures were appended. */
AtelierHistory *atelier_history_new            (guint batches_per_epoch,
                                                guint n_epochs_planned);
/* What says which epoch is the best; to be said before the first.  At first the loss. */
void            atelier_history_set_judged_by  (AtelierHistory  *history,
                                                AtelierJudgedBy  judged_by);
guint           atelier_history_get_batches_per_epoch (AtelierHistory *history);
guint           atelier_history_get_n_epochs_planned  (AtelierHistory *history);
void            atelier_history_set_n_epochs_planned  (AtelierHistory *history, guint n_epochs);

/* Batch b (counted from 0 over the whole run) ends at epoch (b + 1) / batches_per_epoch.  A run
 * that went on from a model has its first batch here at @first_batch; others at 0. */
void            atelier_history_set_first_batch (AtelierHistory *history, guint first_batch);
guint           atelier_history_get_first_batch (AtelierHistory *history);
/* @seconds: at each batch's end, of training since the run's start, growing. */
void            atelier_history_append_batches (AtelierHistory *history,
                                                const float    *losses,
                                                const float    *accuracies,
                                                const float    *seconds,
                                                guint           n);
guint           atelier_history_get_n_batches  (AtelierHistory *history);
/* Borrowed, and only until batches are appended; NULL before the first. */
const float    *atelier_history_get_batch_losses     (AtelierHistory *history); /* [n_batches] */
const float    *atelier_history_get_batch_accuracies (AtelierHistory *history);
/* Seconds of training at each batch's end; pauses and the measuring at epochs' ends are left out.
 * A run that went on from a model counts from where it went on. */
const float    *atelier_history_get_batch_seconds    (AtelierHistory *history);

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
/* The epoch (from 0) of the lowest finite validation loss, or of the highest validation accuracy
 * where epochs are judged by that (of the lowest training loss where no epoch has one), the
 * earliest of equal ones, or -1. */
int                        atelier_history_get_best     (AtelierHistory *history);
/* The same of the first @n_epochs alone. */
int                        atelier_history_get_best_of  (AtelierHistory *history,
                                                         guint           n_epochs);

/* Every look at the test set is counted: whoever chooses by its figures has no test set left. */
void                       atelier_history_add_test_look    (AtelierHistory        *history,
                                                             const AtelierTestLook *look);
guint                      atelier_history_get_n_test_looks (AtelierHistory *history);
/* Borrowed, until another is added; @i_look counts from 0. */
const AtelierTestLook     *atelier_history_get_test_look    (AtelierHistory *history,
                                                             guint           i_look);

G_END_DECLS
