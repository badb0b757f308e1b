/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierChangeGrid - the difference of two confusion matrices: how much oftener the second network
 * called pictures of a class what.  Each cell is a button.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "results/atelier-comparison.h"

G_BEGIN_DECLS

/* Each cell is a widget. */
#define ATELIER_CHANGE_GRID_MAX_CLASSES 64

#define ATELIER_TYPE_CHANGE_GRID (atelier_change_grid_get_type ())
G_DECLARE_FINAL_TYPE (AtelierChangeGrid, atelier_change_grid, ATELIER, CHANGE_GRID, GtkWidget)

/* Signal "cell" (uint truth, uint prediction): a cell was activated. */

/* @class_names: one for each class of the comparison, untranslated. */
void atelier_change_grid_set_comparison (AtelierChangeGrid  *grid,
                                         AtelierComparison  *comparison, /* nullable */
                                         const char * const *class_names);

G_END_DECLS
