/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunLog - what a model file keeps of the run that made its weights: the figures of its
 * batches and epochs, what the network said of each image at epochs' ends, and the looks at the
 * test set.
 *
 * Flat arrays, as they lie in the file.  There are no times among them: nothing in a model depends
 * on the clock or the machine.  It is bounded.  Figures of epochs are always all there; of the
 * batches there are the newest ATELIER_RUN_LOG_MAX_BATCHES, and predictions of so many epochs as
 * have room in ATELIER_RUN_LOG_MAX_PREDICTIONS bytes, as atelier_run_log_keeps_epoch() chooses.
 *
 * Immutable and reference-counted; any thread.
 */

#pragma once

#include "data/atelier-splits.h"

G_BEGIN_DECLS

#define ATELIER_RUN_LOG_MAX_EPOCHS 10000 /* as in recipes */
#define ATELIER_RUN_LOG_MAX_BATCHES (1u << 21)
#define ATELIER_RUN_LOG_MAX_LOOKS (1u << 16)
#define ATELIER_RUN_LOG_MAX_PREDICTIONS (16u << 20) /* bytes, of all epochs and splits together */

/* The columns of an epoch's figures, as AtelierEpochFigures calls them. */
typedef enum
{
  ATELIER_LOGGED_LOSS,
  ATELIER_LOGGED_ACCURACY,
  ATELIER_LOGGED_PENALTY,
  ATELIER_LOGGED_OBJECTIVE,
  ATELIER_LOGGED_TRAIN_EVAL_LOSS,
  ATELIER_LOGGED_TRAIN_EVAL_ACCURACY,
  ATELIER_LOGGED_VALIDATION_LOSS,
  ATELIER_LOGGED_VALIDATION_ACCURACY,
  ATELIER_N_LOGGED
} AtelierLogged;

/* The columns of a look at the test set. */
typedef enum
{
  ATELIER_LOOK_EPOCH,
  ATELIER_LOOK_LOSS,
  ATELIER_LOOK_ACCURACY,
  ATELIER_LOOK_WEIGHTS, /* an AtelierWeights */
  ATELIER_N_LOOK
} AtelierLookColumn;

/* Of the images of a split.  All NULL where there are none. */
typedef struct
{
  gboolean is_sample; /* of a sample of the split */
  GBytes  *labels;    /* guint8 [n_images] */
  GBytes  *pictures;  /* guint32 [n_images], growing: their numbers in the data set */
  GBytes  *epochs;    /* guint32 [n_kept], growing: whose predictions these are */
  GBytes  *classes;   /* guint8 [n_kept, n_images] */
  GBytes  *scores;    /* guint16 [n_kept, 2, n_images], of 65,535: of the class, of the truth */
} AtelierLoggedPredictions;

typedef struct
{
  guint   batches_per_epoch;
  guint   first_epoch; /* from 1, of the figures */
  guint64 first_batch; /* from 0, of the losses and accuracies */
  GBytes *figures;     /* double [n_epochs, ATELIER_N_LOGGED] */
  GBytes *losses;      /* float [n_batches] */
  GBytes *accuracies;  /* float [n_batches] */
  GBytes *looks;       /* double [n_looks, ATELIER_N_LOOK] */
  AtelierLoggedPredictions predictions[ATELIER_N_SPLITS]; /* of the test split none */
} AtelierRunLogParts;

typedef struct _AtelierRunLog AtelierRunLog;

/* Checks and references the parts, whose values may lie anywhere; copies those that do not lie
 * where their type may.  @n_classes: of the network.  MISMATCH where they do not agree with each
 * other; TOO_LARGE.  Transfer full. */
AtelierRunLog *atelier_run_log_new           (const AtelierRunLogParts *parts,
                                              guint                     n_classes,
                                              GError                  **error);
AtelierRunLog *atelier_run_log_ref           (AtelierRunLog *log);
void           atelier_run_log_unref         (AtelierRunLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierRunLog, atelier_run_log_unref)

/* Borrowed. */
const AtelierRunLogParts *atelier_run_log_get_parts (AtelierRunLog *log);
guint          atelier_run_log_get_n_epochs  (AtelierRunLog *log);
guint          atelier_run_log_get_n_batches (AtelierRunLog *log);
guint          atelier_run_log_get_n_looks   (AtelierRunLog *log);
guint          atelier_run_log_get_n_images  (AtelierRunLog *log,
                                              AtelierSplit   split);
guint          atelier_run_log_get_n_kept    (AtelierRunLog *log,
                                              AtelierSplit   split);

/* Of how many epochs there is room for the predictions, of all splits' @n_images together. */
guint          atelier_run_log_count_room    (guint64 n_images);
/* Whether the predictions of @epoch (from 1) are among those that are kept after @n_epochs, of
 * which @best is the best and 0 none is, where there is room for @n_room of them: the newer half,
 * the best, and of the older ones every second, fourth, eighth...  What is kept after more epochs
 * was kept before, so a run that was broken off and goes on keeps the same. */
gboolean       atelier_run_log_keeps_epoch   (guint epoch,
                                              guint n_epochs,
                                              guint best,
                                              guint n_room);

G_END_DECLS
