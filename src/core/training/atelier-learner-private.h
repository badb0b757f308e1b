/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLearner - the arithmetic of one training run, without threads or clocks: batches,
 * measuring, weights.
 *
 *   for each epoch:  begin_epoch, train_batch until is_trained,
 *                    measure_piece until is_measured, end_epoch
 *
 * Everything that it computes follows from network, recipe and data set.  It may be stopped after
 * any call and gives its weights at any time.  One thread at a time; the trainer's worker drives
 * it.  Only files of the core include this.
 */

#pragma once

#include "data/atelier-splits.h"
#include "model/atelier-model.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

typedef struct _AtelierLearner AtelierLearner;

/* Takes references.  @n_threads: 0 for as many as cores.  MISMATCH; RECIPE, also for one that
 * judges epochs where there are no validation images; NO_MEMORY, TOO_LARGE. */
AtelierLearner *atelier_learner_new          (AtelierNetwork      *network,
                                              AtelierRecipe       *recipe,
                                              AtelierSplits       *splits,
                                              guint                n_threads,
                                              GError             **error);
/* Goes on where @from was left, up to @n_epochs counted from the first run's start; all else comes
 * from the model, so that it ends with the bytes of a run that was never broken off.  UNSUPPORTED
 * without a training state; MISMATCH for data other than the model's; RECIPE when there is nothing
 * left to do; as new. */
AtelierLearner *atelier_learner_new_from     (AtelierModel        *from,
                                              AtelierSplits       *splits,
                                              guint                n_epochs,
                                              guint                n_threads,
                                              GError             **error);
/* The bytes that the engine's models of a learner would take, without taking them; @n_images are
 * the training split's.  TOO_LARGE and as new. */
gboolean        atelier_learner_measure_memory (AtelierNetwork  *network,
                                                AtelierRecipe   *recipe,
                                                guint            n_images,
                                                guint            n_threads,
                                                guint64         *n_bytes,
                                                GError         **error);
void            atelier_learner_free         (AtelierLearner *learner);
/* Starts the helper threads; without them the calling thread works alone.  To be called from the
 * thread that trains, so that they inherit its priority. */
void            atelier_learner_open_pool    (AtelierLearner *learner);

/* Images of the training split, images that are classified at each epoch's end, batches of an
 * epoch. */
guint           atelier_learner_get_n_images   (const AtelierLearner *learner);
guint           atelier_learner_get_n_measured (const AtelierLearner *learner);
guint           atelier_learner_get_n_batches  (const AtelierLearner *learner);
guint           atelier_learner_get_n_threads  (const AtelierLearner *learner);
/* Where it stands: epochs that were ended, and batches done over all epochs. */
guint           atelier_learner_get_n_epochs_ended (const AtelierLearner *learner);
guint64         atelier_learner_get_n_batches_done (const AtelierLearner *learner);
/* The best of the epochs that were ended, from 1, also where an earlier run ended it; 0 before the
 * first.  Whether the recipe's patience with those after it has ended. */
guint           atelier_learner_get_best_epoch     (const AtelierLearner *learner);
gboolean        atelier_learner_is_over            (const AtelierLearner *learner);

/* Also goes on with an epoch in whose middle the model was left. */
void            atelier_learner_begin_epoch  (AtelierLearner *learner);
gboolean        atelier_learner_is_trained   (const AtelierLearner *learner);
/* The next batch; the last is as short as it is.  @loss: its mean without penalty; @accuracy: 0 to
 * 1.  NOT_FINITE: names epoch, batch and layer; the weights are as before the batch. */
gboolean        atelier_learner_train_batch  (AtelierLearner *learner,
                                              guint          *n_images,
                                              float          *loss,
                                              float          *accuracy,
                                              GError        **error);
/* The same with a rate that is not the recipe's. */
gboolean        atelier_learner_train_batch_at (AtelierLearner *learner,
                                                double          rate,
                                                guint          *n_images,
                                                float          *loss,
                                                float          *accuracy,
                                                GError        **error);
gboolean        atelier_learner_is_measured  (const AtelierLearner *learner);
/* About 1,000 images of the validation split, then of the sample of training images. */
gboolean        atelier_learner_measure_piece (AtelierLearner *learner,
                                               GError        **error);
/* Fills in epoch, losses, accuracies and penalty of @figures.  @validation, @training: transfer
 * full; the former NULL without validation.  NOT_FINITE when the epoch has left weights or a
 * validation loss that are no numbers; NO_MEMORY. */
gboolean        atelier_learner_end_epoch    (AtelierLearner       *learner,
                                              AtelierEpochFigures  *figures,
                                              AtelierPredictions  **validation,
                                              AtelierPredictions  **training,
                                              GError              **error);

/* A copy of the weights as they are.  NOT_FINITE, NO_MEMORY. */
AtelierModel   *atelier_learner_snapshot     (AtelierLearner *learner,
                                              GError        **error);
/* With the training state as well, unless it has stepped back, or its moments are no numbers. */
AtelierModel   *atelier_learner_snapshot_with_state (AtelierLearner *learner,
                                                     GError        **error);
/* Goes back to the weights at the end of the last finished epoch, or to the first ones of this
 * learner. */
void            atelier_learner_step_back    (AtelierLearner *learner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierLearner, atelier_learner_free)

G_END_DECLS
