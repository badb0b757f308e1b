/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataClassTable - the classes of a data set, one row for each. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_CLASS_TABLE (atelier_data_class_table_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataClassTable, atelier_data_class_table, ATELIER, DATA_CLASS_TABLE,
                      GtkWidget)

/* Signal "class-activated" (uint i_class): the user wants to see the class's pictures. */

/* Warns of classes that training or validation leaves out; NULL @splits: there are no data. */
void atelier_data_class_table_set_splits   (AtelierDataClassTable *table,
                                            AtelierSplits         *splits);
/* NULL @overview: not known yet. */
void atelier_data_class_table_set_overview (AtelierDataClassTable *table,
                                            AtelierDataOverview   *overview);

G_END_DECLS
