/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting in tests: the main loop turns until something is so, and the test fails where it never becomes so. */

#pragma once

#include <gtk/gtk.h>

typedef gboolean (*SpinCondition) (gpointer data);

/* Turns the default main context until @condition holds; a minute at the most. */
void spin_until    (SpinCondition  condition,
                    gpointer       data);
/* Lets the widget's window draw so many frames. */
void spin_frames   (GtkWidget     *widget,
                    guint          n_frames);
/* Whether any label inside of @widget, also inside of those that GTK made, shows a text with @text in it. */
gboolean has_label (GtkWidget     *widget,
                    const char    *text);
