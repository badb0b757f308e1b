/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierProgressLine - a thin progress bar that never causes a new layout.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_PROGRESS_LINE (atelier_progress_line_get_type ())
G_DECLARE_FINAL_TYPE (AtelierProgressLine, atelier_progress_line, ATELIER, PROGRESS_LINE, GtkWidget)

void   atelier_progress_line_set_fraction (AtelierProgressLine *line,
                                           double               fraction); /* 0 to 1 */
double atelier_progress_line_get_fraction (AtelierProgressLine *line);

G_END_DECLS
