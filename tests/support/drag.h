/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dragging with the real pointer, as from another program.  For tests in which
 * pointer_can_be_moved (). */

#pragma once

#include <gtk/gtk.h>

/* Adds a label above all that is in the window of @widget. */
GtkWidget          *drag_add_source  (GtkWidget          *widget);
GdkContentProvider *drag_new_files   (const char * const *paths);
/* A file as another program offers it: its address, without GTK's types. */
GdkContentProvider *drag_new_address (const char         *path);
GdkContentProvider *drag_new_text    (const char         *text);
/* The bytes of a picture without a file, as from a web page. */
GdkContentProvider *drag_new_picture (const char         *path);
/* Takes @content and holds it over @target. */
void                drag_hold        (GtkWidget          *source,
                                      GdkContentProvider *content,
                                      GtkWidget          *target);
void                drag_drop        (GtkWidget          *source);
/* Whether @target shows that it takes what is held over it. */
gboolean            drag_has_frame   (GtkWidget          *target);
