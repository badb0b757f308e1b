/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixGrid - the confusion matrix as a grid of widgets. */

#pragma once

#include "atelier-matrix.h"
#include "mistakes/atelier-matrix-cell.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

/* Each cell is a widget, so a matrix with more classes than this is not shown. */
#define ATELIER_MATRIX_GRID_MAX_CLASSES 64

#define ATELIER_TYPE_MATRIX_GRID (atelier_matrix_grid_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixGrid, atelier_matrix_grid, ATELIER, MATRIX_GRID, GtkWidget)

/* Property "mode" (uint, AtelierMatrixMode): what the cells show; totals are always counts. */

/* set_confusion refills only cells whose counts changed. */
void               atelier_matrix_grid_set_confusion (AtelierMatrixGrid      *grid,
                                                      AtelierConfusion       *confusion,
                                                      const char * const     *class_names);
void               atelier_matrix_grid_set_selection (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);
/* The cell of @selection; NULL for all mistakes, and while there is no matrix. */
AtelierMatrixCell *atelier_matrix_grid_get_cell      (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);
/* The total of a row or a column; for any other @selection, that of all pictures.  NULL while there
 * is no matrix. */
GtkLabel          *atelier_matrix_grid_get_total     (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);

G_END_DECLS
