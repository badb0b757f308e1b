/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierClassTable - precision, recall, F1 and number of pictures of each class, and the mean of
 * their F1. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-selection.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CLASS_TABLE (atelier_class_table_get_type ())
G_DECLARE_FINAL_TYPE (AtelierClassTable, atelier_class_table, ATELIER, CLASS_TABLE, GtkWidget)

/* Choosing a class activates "matrix.show", like a click on the class's name in the matrix. */

/* Keeps order and selection as long as the classes stay the same. */
void        atelier_class_table_set_confusion (AtelierClassTable      *table,
                                               AtelierConfusion       *confusion,
                                               const char * const     *class_names);
/* Selects the row of a class; for any other @selection, no row. */
void        atelier_class_table_set_selection (AtelierClassTable      *table,
                                               const AtelierSelection *selection);
/* Sorts, like a click on a column head.  @property: one of AtelierClassRow's; a second call with
 * the same one reverses the order. */
void        atelier_class_table_sort          (AtelierClassTable      *table,
                                               const char             *property);
/* Of AtelierClassRow, in the order shown; borrowed. */
GListModel *atelier_class_table_get_rows      (AtelierClassTable      *table);

G_END_DECLS
