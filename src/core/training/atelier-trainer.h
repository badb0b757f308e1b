/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTrainer - one run at a time on a worker thread; all concurrency of training is in
 * atelier-run.c.
 *
 * Main thread.  Wishes go down, which the worker looks at between batches.  Figures come up as
 * reports that fold into one; at most one main-context source is pending, and its handler tells
 * everything at once, so that training never waits for the screen and the screen never waits for
 * training.  Nothing of an earlier run arrives in a later one.
 */

#pragma once

#include "data/atelier-splits.h"
#include "model/atelier-engine.h"
#include "model/atelier-model.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_TRAINER_IDLE,      /* nothing was started yet */
  ATELIER_TRAINER_RUNNING,
  ATELIER_TRAINER_PAUSED,
  ATELIER_TRAINER_STOPPING,  /* asked to stop, within one batch */
  ATELIER_TRAINER_COMPLETED, /* all epochs done, or as many as the recipe had patience for */
  ATELIER_TRAINER_STOPPED,   /* ended early on request */
  ATELIER_TRAINER_FAILED,
} AtelierTrainerState;

#define ATELIER_TYPE_TRAINER_STATE (atelier_trainer_state_get_type ())
GType atelier_trainer_state_get_type (void) G_GNUC_CONST;

#define ATELIER_TYPE_TRAINER (atelier_trainer_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTrainer, atelier_trainer, ATELIER, TRAINER, GObject)

/* Properties, all read only, with notify: "state" (AtelierTrainerState), "record"
 * (AtelierRunRecord: what the run is; replaced when a run starts or is opened), "epoch" (uint: the
 * one in progress, from 1), "progress" (double, 0 to 1, of the whole run), "images-per-second"
 * (double), "seconds-left" (double, NaN while unknown), "model" (AtelierModel: the last published
 * weights; nullable).
 *
 * Signals: "epoch-finished" (AtelierEpoch *, AtelierModel *, nullable where memory was short): an
 * epoch and the weights at its end, once for each epoch, after the history has it.  "finished"
 * (GError *, nullable): the run ended, whatever the state it ended in; emitted after everything was
 * drained.
 *
 * The model is published at the end of each epoch, at a pause, at the end, and at most
 * twice a second in between.  At a pause, at a stop and after the last epoch it has its training
 * state, from which start_from can go on. */
AtelierTrainer      *atelier_trainer_new  (void);

/* Whether the models of "epoch-finished" have their training state in the runs that start from now
 * on, for a listener that saves them; off at first, as it takes up to three times the memory. */
void                 atelier_trainer_set_keeps_state (AtelierTrainer *trainer,
                                                      gboolean        keeps_state);
/* @n_threads 0: as many as cores.  Fails when a run is still going, when network and data set do
 * not fit (MISMATCH), or memory is short.  Anything that a started run
 * has measured stays in its history. */
gboolean             atelier_trainer_start  (AtelierTrainer      *trainer,
                                             AtelierNetwork      *network,
                                             AtelierRecipe       *recipe,
                                             AtelierSplits       *splits,
                                             guint                n_threads,
                                             GError             **error);
/* Goes on where @model was left, perhaps by another process, until @n_epochs are done, those before
 * counted as well.  Network and recipe are the model's, and the weights and figures come out as if
 * the run had never been broken off.  The history begins with that of the model's log; where it has
 * none, it holds what is measured from here on.  Fails as start, and for a model without training
 * state (UNSUPPORTED), other data than the model's (MISMATCH), and where nothing is left to do
 * (RECIPE). */
gboolean             atelier_trainer_start_from (AtelierTrainer *trainer,
                                                 AtelierModel   *model,
                                                 AtelierSplits  *splits,
                                                 guint           n_epochs,
                                                 guint           n_threads,
                                                 GError        **error);
/* Shows the run that a saved model is of, as if it had just ended.  @history: of the run, as
 * atelier_history_new_of_model makes it.  @splits: of the data that are at hand, where the network
 * fits them; nullable.  Their hash may be another than the model's; then the history's predictions
 * are of them all the same.  FALSE while a run is going.  Neither "epoch-finished" nor "finished"
 * is emitted. */
gboolean             atelier_trainer_open   (AtelierTrainer      *trainer,
                                             AtelierModel        *model,
                                             AtelierHistory      *history,
                                             AtelierSplits       *splits,
                                             GError             **error);
/* The model whose run was opened; borrowed, NULL for a run that was made here. */
AtelierModel        *atelier_trainer_get_opened            (AtelierTrainer *trainer);
/* How much memory a run would take at the most, beside the data: @n_images to train on.  TOO_LARGE
 * where the engine refuses, with the figure.  Any thread. */
gboolean             atelier_trainer_measure_memory (AtelierNetwork  *network,
                                                     AtelierRecipe   *recipe,
                                                     guint            n_images,
                                                     guint            n_threads,
                                                     guint64         *n_bytes,
                                                     GError         **error);
/* Returns at once; the state becomes PAUSED when the batch is done and the weights were
 * published. */
void                 atelier_trainer_pause  (AtelierTrainer *trainer);
/* The state is RUNNING at once, whether the pause had begun or not. */
void                 atelier_trainer_resume (AtelierTrainer *trainer);
/* Returns at once; the state is STOPPING until the batch is done and the last weights were
 * published. */
void                 atelier_trainer_stop   (AtelierTrainer *trainer);
/* Stops, and waits (for one batch or one piece of validation at the most); everything is drained
 * when it returns. */
void                 atelier_trainer_stop_and_wait (AtelierTrainer *trainer);

AtelierTrainerState  atelier_trainer_get_state             (AtelierTrainer *trainer);
/* Running, paused or stopping. */
gboolean             atelier_trainer_is_active             (AtelierTrainer *trainer);
/* Borrowed.  Of the run in progress, else of the last; NULL before the first.  The history is the
 * record's.  The model is NULL until weights were published. */
AtelierRunRecord    *atelier_trainer_get_record            (AtelierTrainer *trainer);
AtelierHistory      *atelier_trainer_get_history           (AtelierTrainer *trainer);
AtelierModel        *atelier_trainer_get_model             (AtelierTrainer *trainer);
/* What is known of the run that made the model, to be saved with it; NULL where that is only in the
 * model, because other data are shown. */
AtelierHistory      *atelier_trainer_get_own_history       (AtelierTrainer *trainer);
/* The weights at the end of the history's newest epoch, to which that epoch's figures belong; NULL
 * before the first. */
AtelierModel        *atelier_trainer_get_epoch_model       (AtelierTrainer *trainer);
/* Those of the best epoch's end, which may have been an earlier run's; NULL before the first, and
 * where an earlier run did not keep them. */
AtelierModel        *atelier_trainer_get_best_model        (AtelierTrainer *trainer);
/* Whether the recipe's patience has ended the run before its last epoch. */
gboolean             atelier_trainer_has_ended_early       (AtelierTrainer *trainer);
/* What it was trained with, and their data set. */
AtelierSplits       *atelier_trainer_get_splits            (AtelierTrainer *trainer);
AtelierDataset      *atelier_trainer_get_dataset           (AtelierTrainer *trainer);
guint                atelier_trainer_get_epoch             (AtelierTrainer *trainer);
double               atelier_trainer_get_progress          (AtelierTrainer *trainer);
double               atelier_trainer_get_images_per_second (AtelierTrainer *trainer);
double               atelier_trainer_get_seconds_left      (AtelierTrainer *trainer);

G_END_DECLS
