/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixPanel - who was taken for whom: the confusion matrix or the table of classes, with
 * its heading, its switches and its words. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "mistakes/atelier-class-table.h"
#include "mistakes/atelier-matrix-grid.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MATRIX_PANEL (atelier_matrix_panel_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixPanel, atelier_matrix_panel, ATELIER, MATRIX_PANEL, GtkWidget)

/* Properties: "trainer" (AtelierTrainer), whose weights a look at the test set measures; "mode"
 * (uint, AtelierMatrixMode); "show-classes" (boolean: the table of classes instead of the matrix).
 * Actions: "matrix.save" ("pdf", "svg", "png", "csv") asks for a path; "matrix.classes" toggles
 * "show-classes"; "classes.sort" ("name", "precision", "recall", "f1", "support"). */

/* Once; what is looked at is shown from then on. */
void               atelier_matrix_panel_set_focus       (AtelierMatrixPanel *panel,
                                                         AtelierFocus       *focus);
/* Borrowed. */
AtelierMatrixGrid *atelier_matrix_panel_get_grid        (AtelierMatrixPanel *panel);
AtelierClassTable *atelier_matrix_panel_get_class_table (AtelierMatrixPanel *panel);

G_END_DECLS
