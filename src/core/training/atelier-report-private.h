/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierReport - what a run has to tell: figures that were not told yet, and where it stands.
 *
 * Reports merge, so that any number of them becomes one.  A plain value; whoever holds it guards
 * it.  Only files of the core include this header.
 */

#pragma once

#include "model/atelier-model.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_OUTCOME_NONE, /* the run goes on */
  ATELIER_OUTCOME_COMPLETED,
  ATELIER_OUTCOME_STOPPED,
  ATELIER_OUTCOME_FAILED,
} AtelierOutcome;

/* A finished epoch, before the main thread makes an AtelierEpoch of it. */
typedef struct
{
  AtelierEpochFigures figures;

  /* Owned */
  AtelierPredictions *validation; /* nullable */
  AtelierPredictions *training;   /* nullable */
  AtelierModel       *model;      /* its end's weights; NULL where they could not be copied */

  gboolean            is_best;    /* of those so far, earlier runs' as well */
} AtelierEpochReport;

typedef struct
{
  /* Where the run stands */
  guint          epoch;             /* in progress, from 1 */
  double         progress;          /* 0 to 1 */
  double         images_per_second;
  double         seconds_left;      /* NaN while unknown */
  guint          rests_since;       /* the serial of the wish that is met by resting, or 0 */
  AtelierOutcome outcome;

  /* Owned; what is new */
  GArray        *losses;     /* float [n_batches] */
  GArray        *accuracies; /* float [n_batches] */
  GArray        *seconds;    /* float [n_batches], of training since the run's start */
  GArray        *epochs;     /* AtelierEpochReport [n_epochs] */
  AtelierModel  *model;      /* nullable */
  GError        *error;      /* nullable */
} AtelierReport;

void atelier_report_init  (AtelierReport *report);
void atelier_report_clear (AtelierReport *report);
/* @validation, @training, @model: transfer full, nullable. */
void atelier_report_add_epoch (AtelierReport             *report,
                               const AtelierEpochFigures *figures,
                               AtelierPredictions        *validation,
                               AtelierPredictions        *training,
                               AtelierModel              *model,
                               gboolean                   is_best);
/* Replaces; transfer full. */
void atelier_report_take_model (AtelierReport *report,
                                AtelierModel  *model);
/* Moves what is new behind what @into has, and copies where the run stands. */
void atelier_report_merge (AtelierReport *into,
                           AtelierReport *from);

G_END_DECLS
