/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a run in the terminal: its last words, the model, the report, and how to go on. */

#pragma once

#include "atelier-cli-signals.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

/* All borrowed; options that were not given are NULL. */
typedef struct
{
  AtelierTrainer          *trainer;
  const AtelierCliSignals *signals;
  const char              *save;
  const char              *report;
  const char              *data;
  const char              *library;
  const char              *threads;
  const char              *kept_id;    /* of the run in the library; NULL: it is not there */
  gboolean                 json;
  gboolean                 with_state;
  gboolean                 goes_on;    /* with --continue */
  guint                    n_epochs_before; /* of the model that was gone on from */
} AtelierCliEnding;

/* @training_error: why the run failed; nullable.  Saves what is to be saved, and says it.  An exit
 * status. */
int atelier_cli_ending_finish (const AtelierCliEnding *end,
                               const GError           *training_error);

G_END_DECLS
