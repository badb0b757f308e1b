/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixPanel - the confusion matrix or the table of classes, with its heading, its switches
 * and its explanations. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "mistakes/atelier-class-table.h"
#include "mistakes/atelier-matrix-grid.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MATRIX_PANEL (atelier_matrix_panel_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixPanel, atelier_matrix_panel, ATELIER, MATRIX_PANEL, GtkWidget)

/* Properties: "trainer" (AtelierTrainer), whose weights are measured on the test set; "mode" (uint,
 * AtelierMatrixMode); "show-classes" (boolean: the table of classes instead of the matrix).
 * Actions: "matrix.save" ("pdf", "svg", "png", "csv") asks for a path and saves; "matrix.classes"
 * toggles "show-classes"; "classes.sort" ("name", "precision", "recall", "f1", "support"). */

/* To be called once; from then on the panel shows what @focus selects. */
void               atelier_matrix_panel_set_focus       (AtelierMatrixPanel *panel,
                                                         AtelierFocus       *focus);
/* Borrowed. */
AtelierMatrixGrid *atelier_matrix_panel_get_grid        (AtelierMatrixPanel *panel);
AtelierClassTable *atelier_matrix_panel_get_class_table (AtelierMatrixPanel *panel);

G_END_DECLS
