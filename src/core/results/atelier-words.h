/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words about figures: what a run's curves say, in one to three sentences for people.
 *
 * The same words stand under the curves, are the chart's accessible description, end a run in the
 * terminal and go into the report.  Translated; "" where there is no epoch.  Main thread.
 */

#pragma once

#include "results/atelier-curve-reading.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

/* Of the first @n_epochs epochs that @record's history has, as if they were all.  "" where the
 * curves' beginning is in another history.  Transfer full. */
char *atelier_words_describe_run    (AtelierRunRecord       *record,
                                     guint                   n_epochs);
/* The same of plain figures.  Transfer full. */
char *atelier_words_describe_curves (const AtelierRunCurves *curves);

G_END_DECLS
