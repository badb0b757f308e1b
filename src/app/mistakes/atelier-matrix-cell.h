/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixCell - a number of the confusion matrix, or the name of a row or a column; it can be
 * focused and clicked. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-palette.h"
#include "focus/atelier-selection.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MATRIX_CELL (atelier_matrix_cell_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixCell, atelier_matrix_cell, ATELIER, MATRIX_CELL, GtkWidget)

/* @selection: what activating the cell shows.  Its kind decides the role: GRID_CELL, ROW_HEADER or
 * COLUMN_HEADER.  Activating the cell (gtk_widget_activate (), a click or Enter) activates
 * "matrix.show" with the selection. */
AtelierMatrixCell      *atelier_matrix_cell_new            (const AtelierSelection *selection);
const AtelierSelection *atelier_matrix_cell_get_selection  (AtelierMatrixCell      *cell);
const char             *atelier_matrix_cell_get_text       (AtelierMatrixCell      *cell);
void                    atelier_matrix_cell_set_text       (AtelierMatrixCell      *cell,
                                                            const char             *text);
/* A longer text that is shown instead where the cell is wide enough for it; nullable. */
void                    atelier_matrix_cell_set_full_text  (AtelierMatrixCell      *cell,
                                                            const char             *full_text);
/* Whichever of the two is shown at the present width. */
const char             *atelier_matrix_cell_get_shown_text (AtelierMatrixCell      *cell);
/* NULL @fill: no background. */
void                    atelier_matrix_cell_set_colors     (AtelierMatrixCell      *cell,
                                                            const AtelierColor     *fill,
                                                            const AtelierColor     *ink);
/* @ring: the colour of the frame around a selected cell; NULL: not selected. */
void                    atelier_matrix_cell_set_selected   (AtelierMatrixCell      *cell,
                                                            const AtelierColor     *ring);

G_END_DECLS
