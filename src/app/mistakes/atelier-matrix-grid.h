/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixGrid - the confusion matrix as a grid of real cells. */

#pragma once

#include "atelier-matrix.h"
#include "mistakes/atelier-matrix-cell.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

/* A cell is a widget: a matrix of more classes is not shown as one. */
#define ATELIER_MATRIX_GRID_MAX_CLASSES 64

#define ATELIER_TYPE_MATRIX_GRID (atelier_matrix_grid_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixGrid, atelier_matrix_grid, ATELIER, MATRIX_GRID, GtkWidget)

/* Property: "mode" (uint, AtelierMatrixMode): what the cells say; totals are always counts. */

/* Fills those cells whose numbers are others. */
void               atelier_matrix_grid_set_confusion (AtelierMatrixGrid      *grid,
                                                      AtelierConfusion       *confusion,
                                                      const char * const     *class_names);
void               atelier_matrix_grid_set_selection (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);
/* The cell that stands for @selection; NULL for all mistakes, and before there is a matrix. */
AtelierMatrixCell *atelier_matrix_grid_get_cell      (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);
/* The sum of a row or of a column, and of all pictures for any other @selection; NULL before there
 * is a matrix. */
GtkLabel          *atelier_matrix_grid_get_total     (AtelierMatrixGrid      *grid,
                                                      const AtelierSelection *selection);

G_END_DECLS
