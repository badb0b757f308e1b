/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text in columns, for a terminal.
 *
 * Widths are counted in terminal cells: wide characters take two, combining ones none.  Numbers are
 * written by base/atelier-format.h, as in the window.
 */

#pragma once

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>

G_BEGIN_DECLS

/* One line of valid UTF-8: line ends, other control characters, and those that change the direction
 * of writing become U+FFFD. */
char *atelier_cli_text_clean (const char *text);
/* Formats text in which only @format ends lines; what the arguments say is cleaned. */
char *atelier_cli_text_format (const char *format,
                               va_list     arguments) G_GNUC_PRINTF (1, 0);
guint atelier_cli_text_width (const char *text);
/* At most @width cells; ends in "…" if something was cut. */
char *atelier_cli_text_cut   (const char *text,
                              guint       width);

/* The number of columns of the terminal behind @stream; @fallback if it is not a terminal. */
guint atelier_cli_get_columns (FILE *stream,
                               guint fallback);

typedef struct _AtelierCliTable AtelierCliTable;

/* @alignment: one letter a column, 'l' or 'r'. */
AtelierCliTable *atelier_cli_table_new     (const char *alignment);
void             atelier_cli_table_free    (AtelierCliTable *table);
/* NULL-terminated; cells beyond the number of columns are ignored. */
void             atelier_cli_table_add_row (AtelierCliTable *table,
                                            ...) G_GNUC_NULL_TERMINATED;
/* The same from an array with one string for each column. */
void             atelier_cli_table_add_row_strv (AtelierCliTable    *table,
                                                 const char * const *cells);
void             atelier_cli_table_print   (AtelierCliTable *table,
                                            FILE            *stream,
                                            guint            indent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCliTable, atelier_cli_table_free)

G_END_DECLS
