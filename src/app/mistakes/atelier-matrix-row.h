/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixRow - a row of the confusion matrix: a name, cells of equal width, a total. */

#pragma once

#include "mistakes/atelier-matrix-cell.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MATRIX_ROW (atelier_matrix_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixRow, atelier_matrix_row, ATELIER, MATRIX_ROW, GtkBox)

/* @row: ATELIER_MATRIX_HEADER for the names of the columns, @n_classes for the totals.  The size
 * groups give the columns of names and totals the same width in all rows. */
#define ATELIER_MATRIX_HEADER -1

AtelierMatrixRow  *atelier_matrix_row_new       (int               row,
                                                 int               n_classes,
                                                 GtkSizeGroup     *names,
                                                 GtkSizeGroup     *totals);
/* @column: ATELIER_MATRIX_HEADER for the row's name.  NULL in the corner and in the row of
 * totals. */
AtelierMatrixCell *atelier_matrix_row_get_cell  (AtelierMatrixRow *row,
                                                 int               column);
/* @column: n_classes for the sum of the row; other columns exist only in the row of totals. */
GtkLabel          *atelier_matrix_row_get_total (AtelierMatrixRow *row,
                                                 int               column);

G_END_DECLS
