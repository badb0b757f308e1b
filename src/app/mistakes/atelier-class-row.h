/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierClassRow - the figures of one class: a line of the class table. */

#pragma once

#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CLASS_ROW (atelier_class_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierClassRow, atelier_class_row, ATELIER, CLASS_ROW, GObject)

/* Properties, all read only: "class" (uint), "name" (string, translated), "precision", "recall",
 * "f1" (double, NaN if the denominator is 0), "support" (uint: the number of pictures of the
 * class). */
AtelierClassRow *atelier_class_row_new      (guint             i_class,
                                             const char       *class_name);
guint            atelier_class_row_get_class (AtelierClassRow *row);
/* Sets the figures, and notifies of those that changed. */
void             atelier_class_row_update   (AtelierClassRow  *row,
                                             AtelierConfusion *confusion);

G_END_DECLS
