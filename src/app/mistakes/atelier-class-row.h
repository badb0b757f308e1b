/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierClassRow - how well one class is told from the others: a line of the class table. */

#pragma once

#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CLASS_ROW (atelier_class_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierClassRow, atelier_class_row, ATELIER, CLASS_ROW, GObject)

/* Properties, all read only: "class" (uint), "name" (string, translated), "precision", "recall",
 * "f1" (double, NaN where there is nothing to divide by), "support" (uint: pictures of the
 * class). */
AtelierClassRow *atelier_class_row_new      (guint             i_class,
                                             const char       *class_name);
guint            atelier_class_row_get_class (AtelierClassRow *row);
/* Notifies of what is another. */
void             atelier_class_row_update   (AtelierClassRow  *row,
                                             AtelierConfusion *confusion);

G_END_DECLS
