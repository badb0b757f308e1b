/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run was trained with, where the session has something else by now.  Main thread. */

#pragma once

#include "results/atelier-run-record.h"
#include "session/atelier-session.h"

G_BEGIN_DECLS

/* "These curves are of a run with Report 1, fully connected · Batch 64": the network, the data and
 * the members of the recipe of @record that are not those of @session, and nothing else.  NULL if
 * there is no difference, so that a run started now would be the same.  Transfer full. */
char *atelier_run_origin_describe (AtelierRunRecord *record,
                                   AtelierSession   *session);
/* @origin (nullable) with what the mistakes are measured on, where an opened run is of other data
 * than those at hand.  Transfer full, nullable. */
char *atelier_run_origin_add_data (const char     *origin,
                                   AtelierTrainer *trainer);

G_END_DECLS
