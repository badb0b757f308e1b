/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierScoreRow - one class in the list of scores: its name, a bar, and the score with three
 * decimals.
 *
 * For a screen reader it is a list item that says name and score.  Used by AtelierScoreBars only.
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_SCORE_ROW (atelier_score_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierScoreRow, atelier_score_row, ATELIER, SCORE_ROW, GtkWidget)

/* @name_group and @value_group give the names and the values of all rows the same width. */
GtkWidget  *atelier_score_row_new       (const char      *name,
                                         GtkSizeGroup    *name_group,
                                         GtkSizeGroup    *value_group);
const char *atelier_score_row_get_name  (AtelierScoreRow *row);
/* "Bag: 0.978", as a screen reader says it; the name alone without a score. */
const char *atelier_score_row_get_words (AtelierScoreRow *row);
double      atelier_score_row_get_score (AtelierScoreRow *row); /* NaN: none */
/* @is_best: this class has the highest score. */
void        atelier_score_row_set_score (AtelierScoreRow *row,
                                         double           score,
                                         gboolean         is_best);

G_END_DECLS
