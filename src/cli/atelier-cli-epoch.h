/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the terminal prints after each epoch of a run, and at its end. */

#pragma once

#include <stdio.h>

#include "atelier-cli-training.h"

G_BEGIN_DECLS

/* For AtelierCliTraining's on_epoch: print a line of text, or a line of JSON. */
void atelier_cli_print_epoch_words (const AtelierCliTraining *training,
                                    AtelierRunRecord         *record,
                                    guint                     i_epoch);
void atelier_cli_print_epoch_json  (const AtelierCliTraining *training,
                                    AtelierRunRecord         *record,
                                    guint                     i_epoch);

/* Prints the sentences about the curves, and the classes that were confused most among the
 * validation images of the newest epoch; leaves out what was not measured. */
void atelier_cli_print_last_words  (FILE             *stream,
                                    AtelierRunRecord *record,
                                    AtelierDataset   *dataset);

G_END_DECLS
