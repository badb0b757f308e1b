/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierScoreBars - the scores of all classes as bars, one row for each class, the best one
 * marked.
 *
 * The rows keep the order of the classes, so that a class stays in its place while the answer
 * changes.  For a screen reader it is a list whose items say name and score.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_SCORE_BARS (atelier_score_bars_get_type ())
G_DECLARE_FINAL_TYPE (AtelierScoreBars, atelier_score_bars, ATELIER, SCORE_BARS, GtkWidget)

/* @class_names: NULL-terminated, untranslated as in files; shown translated.  Does nothing if they
 * are the same as before. */
void   atelier_score_bars_set_class_names (AtelierScoreBars   *bars,
                                           const char * const *class_names);
/* @scores: [n_classes], 0 to 1; NULL: no answer. */
void   atelier_score_bars_set_scores      (AtelierScoreBars   *bars,
                                           const float        *scores);

guint  atelier_score_bars_get_n_classes   (AtelierScoreBars   *bars);
double atelier_score_bars_get_score       (AtelierScoreBars   *bars,
                                           guint               i_class); /* NaN: no answer */
/* The class with the highest score, the first of equal ones; -1: no answer. */
int    atelier_score_bars_get_best        (AtelierScoreBars   *bars);
/* "Bag: 0.072, Shirt: 0.011": the other classes that have a score, the highest first.  Transfer
 * full; NULL: none has. */
char  *atelier_score_bars_describe_others (AtelierScoreBars   *bars);

G_END_DECLS
