/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierClassTable - precision, recall, F1 and number of pictures of each class. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-selection.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CLASS_TABLE (atelier_class_table_get_type ())
G_DECLARE_FINAL_TYPE (AtelierClassTable, atelier_class_table, ATELIER, CLASS_TABLE, GtkWidget)

/* Choosing a class does what its name in the matrix does: the action "matrix.show". */

/* Keeps order and selection while the classes stay the same. */
void        atelier_class_table_set_confusion (AtelierClassTable      *table,
                                               AtelierConfusion       *confusion,
                                               const char * const     *class_names);
/* Marks the class of a row, and none for anything else. */
void        atelier_class_table_set_selection (AtelierClassTable      *table,
                                               const AtelierSelection *selection);
/* Does what a click on a head does.  @property: one of AtelierClassRow's; twice the same turns the
 * order round. */
void        atelier_class_table_sort          (AtelierClassTable      *table,
                                               const char             *property);
/* Of AtelierClassRow, in the order that is shown; borrowed. */
GListModel *atelier_class_table_get_rows      (AtelierClassTable      *table);

G_END_DECLS
