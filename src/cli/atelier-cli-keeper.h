/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps what was learnt in a file while a run goes on. */

#pragma once

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

typedef struct _AtelierCliKeeper AtelierCliKeeper;

/* Writes to @path the weights and the training state at the end of each epoch of @trainer's next
 * run, or of the newest one every two seconds where epochs are shorter. */
AtelierCliKeeper *atelier_cli_keeper_new  (AtelierTrainer   *trainer,
                                           const char       *path);
/* Waits until no file is being written; runs the main context for that.  What was not written yet
 * is dropped: the caller saves the end. */
void              atelier_cli_keeper_free (AtelierCliKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCliKeeper, atelier_cli_keeper_free)

G_END_DECLS
