/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierScoreBars - the scores of all classes as bars, one row a class, the best one marked.
 *
 * The rows stay in the order of the classes, so that the eye can follow one class while the answer
 * changes.  To a screen reader it is a list whose items say name and score.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_SCORE_BARS (atelier_score_bars_get_type ())
G_DECLARE_FINAL_TYPE (AtelierScoreBars, atelier_score_bars, ATELIER, SCORE_BARS, GtkWidget)

/* @class_names: NULL-terminated, as files spell them; shown translated.  Equal names keep the
 * rows that are there. */
void   atelier_score_bars_set_class_names (AtelierScoreBars   *bars,
                                           const char * const *class_names);
/* @scores: one for each class, 0 to 1, or NULL for no answer. */
void   atelier_score_bars_set_scores      (AtelierScoreBars   *bars,
                                           const float        *scores);

guint  atelier_score_bars_get_n_classes   (AtelierScoreBars   *bars);
double atelier_score_bars_get_score       (AtelierScoreBars   *bars,
                                           guint               i_class); /* NaN: no answer */
/* The class with the highest score, the lower one of equals, or -1 without an answer. */
int    atelier_score_bars_get_best        (AtelierScoreBars   *bars);

G_END_DECLS
