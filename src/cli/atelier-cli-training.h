/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One training run from a terminal: a main loop, the progress line, and Ctrl-C. */

#pragma once

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

typedef struct _AtelierCliTraining AtelierCliTraining;

/* @i_epoch counts from 0; there may already be later ones. */
typedef void (*AtelierCliEpochFunc) (const AtelierCliTraining *training,
                                     AtelierHistory           *history,
                                     guint                     i_epoch);

struct _AtelierCliTraining
{
  /* Borrowed */
  AtelierModel        *from;     /* to go on from: network and recipe are then its own, but for the
                                    recipe's number of epochs; nullable */
  AtelierNetwork      *network;
  AtelierRecipe       *recipe;
  AtelierDataset      *dataset;
  const char          *label;    /* on the progress line; nullable */

  guint                n_threads;
  AtelierCliEpochFunc  on_epoch; /* once an epoch, the progress line out of the way; nullable */
};

/* Runs @trainer to its end and returns then.  SIGINT, SIGTERM and SIGHUP finish the batch and
 * set @was_interrupted; a second one gives the process up at once.  Fails where starting or
 * training failed; what was learnt until then is still the trainer's model. */
gboolean atelier_cli_training_run (const AtelierCliTraining *training,
                                   AtelierTrainer           *trainer,
                                   gboolean                 *was_interrupted,
                                   GError                  **error);

G_END_DECLS
