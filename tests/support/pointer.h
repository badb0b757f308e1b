/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real pointer of the display that a test runs on. */

#pragma once

#include <gtk/gtk.h>

/* FALSE, and the test is skipped, where there is no program to move it, or where the display is
 * a person's. */
gboolean pointer_can_be_moved (void);
/* "mousemove" to a place in @widget, given in its own coordinates; the window lies at 0, 0 of
 * its display. */
char    *pointer_format_place (GtkWidget  *widget,
                               double      x,
                               double      y);
/* Has the pointer do what @commands say, in xdotool's words, and lets @widget's window answer. */
void     pointer_do           (GtkWidget  *widget,
                               const char *commands);
