/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunCell - one cell of the table of runs: a box that follows one item and calls a function
 * whenever what it shows may have changed.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "runs/atelier-run-item.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_CELL (atelier_run_cell_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunCell, atelier_run_cell, ATELIER, RUN_CELL, GtkWidget)

/* Fills the cell's widgets. */
typedef void (*AtelierRunCellShow) (AtelierRunCell *cell,
                                    AtelierRunItem *item);

/* Signal "menu-requested" (double x, double y): a right click, in the cell's coordinates. */
AtelierRunCell *atelier_run_cell_new       (AtelierRunCellShow  show);
/* At the end of the row of widgets. */
void            atelier_run_cell_add       (AtelierRunCell     *cell,
                                            GtkWidget          *child);
/* The @i th of them; borrowed. */
gpointer        atelier_run_cell_get_child (AtelierRunCell     *cell,
                                            guint               i);
/* @row: nullable, of the table's tree. */
void            atelier_run_cell_set_row   (AtelierRunCell     *cell,
                                            GtkTreeListRow     *row);
AtelierRunItem *atelier_run_cell_get_item  (AtelierRunCell     *cell); /* borrowed, nullable */
GtkTreeListRow *atelier_run_cell_get_row   (AtelierRunCell     *cell); /* borrowed, nullable */

G_END_DECLS
