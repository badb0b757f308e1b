/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataClassRow - a class of a data set: its mean picture, its name, and its number of
 * pictures in each split. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_CLASS_ROW (atelier_data_class_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataClassRow, atelier_data_class_row, ATELIER, DATA_CLASS_ROW,
                      GtkListBoxRow)

/* @whole: the number of pictures that fills the bar. */
GtkWidget  *atelier_data_class_row_new       (AtelierDataOverview *overview,
                                              guint                i_class,
                                              guint                whole);
/* Aligns the row's columns with those of other rows; @number_groups: [ATELIER_N_SPLITS]. */
void        atelier_data_class_row_align     (AtelierDataClassRow *row,
                                              GtkSizeGroup        *name_group,
                                              GtkSizeGroup       **number_groups);
/* As shown: "5,507". */
const char *atelier_data_class_row_get_count (AtelierDataClassRow *row,
                                              AtelierSplit         split);

G_END_DECLS
