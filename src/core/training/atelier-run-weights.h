/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which weights of a run there are to save, to judge and to answer with: those of its best epoch,
 * the newest, their average.
 *
 * The trainer publishes one of them, keeps the best beside it, and has the others in the training
 * state where it has one.  Whoever offers a choice asks here, so that it is the same everywhere and
 * holds only what there is.  Main thread.
 */

#pragma once

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

/* Of which moment. */
typedef enum
{
  ATELIER_RUN_NOW,       /* the last published weights */
  ATELIER_RUN_EPOCH_END, /* those at the end of the newest epoch, to which its figures belong */
} AtelierRunMoment;

typedef struct
{
  AtelierWeights which;
  guint          n_epochs; /* finished epochs behind them */
} AtelierRunWeights;

/* Those that there are, each once, first those that the recipe says a file is for.  Where the
 * newest are the best, only one of the names is listed.  Returns how many; 0 before the first. */
guint         atelier_run_weights_list (AtelierTrainer    *trainer,
                                        AtelierRunMoment   moment,
                                        AtelierRunWeights  list[ATELIER_N_WEIGHTS]);
/* As a model that says which weights it has, with its training state where there is one.  NULL for
 * those that are not listed, or where memory is short.  Transfer full. */
AtelierModel *atelier_run_weights_pick (AtelierTrainer    *trainer,
                                        AtelierRunMoment   moment,
                                        AtelierWeights     which);

G_END_DECLS
