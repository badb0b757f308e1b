/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a terminal is told of each epoch of a run, and at its end. */

#pragma once

#include <stdio.h>

#include "atelier-cli-training.h"

G_BEGIN_DECLS

/* For AtelierCliTraining's on_epoch: a line of text, and a line of JSON. */
void atelier_cli_print_epoch_words (const AtelierCliTraining *training,
                                    AtelierHistory           *history,
                                    guint                     i_epoch);
void atelier_cli_print_epoch_json  (const AtelierCliTraining *training,
                                    AtelierHistory           *history,
                                    guint                     i_epoch);

/* What the curves say, and which classes of the validation images were confused in the newest
 * epoch; nothing of what is not known. */
void atelier_cli_print_last_words  (FILE           *stream,
                                    AtelierHistory *history,
                                    AtelierDataset *dataset);

G_END_DECLS
