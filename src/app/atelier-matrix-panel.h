/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixPanel - the confusion matrix with its heading, its switches and its words. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-focus.h"
#include "atelier-matrix-grid.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MATRIX_PANEL (atelier_matrix_panel_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMatrixPanel, atelier_matrix_panel, ATELIER, MATRIX_PANEL, GtkWidget)

/* Once; what is looked at is shown from then on. */
void               atelier_matrix_panel_set_focus (AtelierMatrixPanel *panel,
                                                   AtelierFocus       *focus);
AtelierMatrixGrid *atelier_matrix_panel_get_grid  (AtelierMatrixPanel *panel); /* borrowed */

G_END_DECLS
