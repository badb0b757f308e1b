/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tooltips of widgets whose texts change often.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A tooltip that is on the screen keeps its text until the pointer moves.  @text: nullable.  Use
 * either this or gtk_widget_set_tooltip_text () for a widget, and this only where the text says no
 * more than the widget's accessible name: screen readers do not learn of it. */
void        atelier_tooltip_set_text (GtkWidget  *widget,
                                      const char *text);
/* Borrowed, nullable. */
const char *atelier_tooltip_get_text (GtkWidget  *widget);

G_END_DECLS
