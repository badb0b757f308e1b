/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as a table for other programs: one CSV file (RFC 4180) with one head and two kinds of
 * rows, in the order of time.
 *
 *   kind,epoch,batch,seconds,loss,accuracy,penalty,train_eval_loss,train_eval_accuracy,
 *   validation_loss,validation_accuracy,epoch_seconds,images_per_second,elapsed_seconds
 *
 * "batch": counted from 1 over the whole run; epoch is the one that it belongs to, from 1; seconds
 * are those of training at its end, pauses left out; loss and accuracy are its own.  "epoch": the
 * figures of AtelierEpochFigures under their names, with its last batch's number.  What a row
 * does not have is empty, and so is what is not finite.  Numbers have a point whatever the
 * locale, and the digits that give the very same value back when read as float (batches) or double
 * (epochs).  Filtering by kind gives two plain tables.  Main thread, as the history is.
 */

#pragma once

#include "results/atelier-history.h"

G_BEGIN_DECLS

/* Transfer full. */
char    *atelier_history_to_csv   (AtelierHistory *history);
/* An older file is replaced only by a whole one.  FAILED, naming the file. */
gboolean atelier_history_save_csv (AtelierHistory *history,
                                   const char     *path,
                                   GError        **error);

G_END_DECLS
