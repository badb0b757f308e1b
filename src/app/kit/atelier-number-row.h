/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNumberRow - a row of a boxed list with a number to type.  Main thread. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_NUMBER_ROW (atelier_number_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNumberRow, atelier_number_row, ATELIER, NUMBER_ROW, AdwActionRow)

/* Properties: "value" (double: the last valid one), "lower", "upper" (double), "integral"
 * (boolean), "is-valid" (boolean, read only: whether the text is a number in range). */

double   atelier_number_row_get_value    (AtelierNumberRow *row);
/* Replaces the text, valid or not. */
void     atelier_number_row_set_value    (AtelierNumberRow *row,
                                          double            value);
gboolean atelier_number_row_get_is_valid (AtelierNumberRow *row);
/* Sets the text as if it were typed; for tests. */
void     atelier_number_row_set_text     (AtelierNumberRow *row,
                                          const char       *text);

G_END_DECLS
