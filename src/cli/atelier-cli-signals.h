/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ends a training early: Ctrl-C and its like, and a reader of the output who goes away. */

#pragma once

#include "training/atelier-trainer.h"

G_BEGIN_DECLS

typedef struct
{
  AtelierTrainer *trainer;         /* Borrowed; that is stopped; NULL while none trains */
  gboolean        was_interrupted; /* by a signal, or by the reader's end */
  gboolean        was_signalled;
  gboolean        has_no_reader;   /* standard output is a pipe that nobody reads */

  guint           sources[4];
} AtelierCliSignals;

/* From here to _end no signal ends the process, but for a second one while a main loop runs.
 * SIGPIPE and SIGXFSZ stay ignored. */
void atelier_cli_signals_begin (AtelierCliSignals *signals);
void atelier_cli_signals_end   (AtelierCliSignals *signals);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierCliSignals, atelier_cli_signals_end)

G_END_DECLS
