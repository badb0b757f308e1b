/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as tables for other programs: CSV (RFC 4180), one table of epochs and one of batches,
 * each a file of its own.
 *
 * Epochs: the figures of AtelierEpochFigures under their names.
 *
 *   epoch,batch,loss,accuracy,penalty,train_eval_loss,train_eval_accuracy,validation_loss,
 *   validation_accuracy,seconds,images_per_second,elapsed_seconds
 *
 * Batches: epoch is the one that the batch belongs to; seconds are those of training at its end,
 * pauses left out; loss and accuracy are the batch's own.
 *
 *   batch,epoch,seconds,loss,accuracy
 *
 * Both are counted from 1 over the whole run, and the column "batch" joins the tables: of an epoch
 * it is the last one.  What is not finite is empty.  Numbers have a point whatever the locale, and
 * the digits that give the very same value back when read as float (batches) or double (epochs).
 * Main thread, as the history is.
 */

#pragma once

#include "results/atelier-history.h"

G_BEGIN_DECLS

/* Transfer full. */
char *atelier_history_to_csv         (AtelierHistory *history); /* epochs */
char *atelier_history_batches_to_csv (AtelierHistory *history);

G_END_DECLS
