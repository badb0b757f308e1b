/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history <-> what a model file keeps of it (AtelierRunLog).
 *
 * Times are not kept: what comes back has NaN for all seconds and speeds.  Main thread, as the
 * history is.
 */

#pragma once

#include "model/atelier-model.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

/* @model with the log of @history, the run's that made it.  Where the model has a training state,
 * the log ends where the model was left; else it has all of the history.  The same model where the
 * history has nothing to keep.  Transfer full. */
AtelierModel   *atelier_history_log_model    (AtelierHistory *history,
                                              AtelierModel   *model);
/* What the model's log says, for a recipe of @n_epochs_planned epochs.  NULL without a log.
 * @has_predictions FALSE: without those, which are of other data.  Transfer full. */
AtelierHistory *atelier_history_new_of_model (AtelierModel   *model,
                                              guint           n_epochs_planned,
                                              gboolean        has_predictions);
/* The same for showing the model on data at hand, which are the model's own or not.  @measured
 * (nullable), with its loss and accuracy: predictions of its weights that take the place of those
 * of its epoch, or are all that there is where the model has no log.  Transfer full. */
AtelierHistory *atelier_history_new_shown    (AtelierModel       *model,
                                              guint               n_epochs_planned,
                                              gboolean            is_own_data,
                                              AtelierPredictions *measured,
                                              double              loss,
                                              double              accuracy);

G_END_DECLS
