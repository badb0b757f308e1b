/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words about figures: what a run's curves say, as a sentence or two for people.
 *
 * The same words stand under the curves, are the chart's accessible description, end a run in the
 * terminal and go into the report; atelier_history_describe gives them for a history.  Pure
 * functions over plain figures; any thread.
 */

#pragma once

#include "results/atelier-history.h"

G_BEGIN_DECLS

/* @figures: [n_epochs], the oldest first.  @i_best: as atelier_history_get_best gives it.
 * @n_classes: 0 where it is not known; then nothing is said about guessing.  @n_epochs_planned: so
 * that the end of a run can be told from its middle; 0 where it is not known.  Translated; "" where
 * there is no epoch.  Transfer full. */
char *atelier_words_describe_epochs (const AtelierEpochFigures *figures,
                                     guint                      n_epochs,
                                     int                        i_best,
                                     guint                      n_classes,
                                     guint                      n_epochs_planned);

G_END_DECLS
