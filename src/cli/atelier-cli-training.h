/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One training run from a terminal: a main loop, the progress line, and Ctrl-C. */

#pragma once

#include "atelier-cli-signals.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

typedef struct _AtelierCliTraining AtelierCliTraining;

/* @i_epoch counts from 0; there may already be later epochs. */
typedef void (*AtelierCliEpochFunc) (const AtelierCliTraining *training,
                                     AtelierRunRecord         *record,
                                     guint                     i_epoch);

struct _AtelierCliTraining
{
  /* Borrowed */
  AtelierModel        *from;     /* the model to continue from; network and recipe must be its own,
                                  * except for the recipe's number of epochs; nullable */
  AtelierNetwork      *network;
  AtelierRecipe       *recipe;
  AtelierSplits       *splits;
  AtelierCliSignals   *signals;  /* begun; the caller ends it when all is saved */
  const char          *label;    /* on the progress line; nullable */

  guint                n_threads;
  AtelierCliEpochFunc  on_epoch; /* called after each epoch, with the progress line removed;
                                  * nullable */
};

/* Runs @trainer to its end, then returns; what the signals hear finishes the batch.  Does not start
 * after that.  Fails if starting or training failed; what was learned until then is still the
 * trainer's model. */
gboolean atelier_cli_training_run (const AtelierCliTraining *training,
                                   AtelierTrainer           *trainer,
                                   GError                  **error);

G_END_DECLS
