/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real pointer of the display that a test runs on. */

#pragma once

#include <gtk/gtk.h>

/* FALSE, and the test is skipped, where there is no program to move it, or where the display is
 * a person's. */
gboolean pointer_can_be_moved (void);
/* xdotool's command that moves the pointer to a place in @widget, given in its own coordinates.
 * The pointer must be at another place before. */
char    *pointer_format_place (GtkWidget  *widget,
                               double      x,
                               double      y);
/* Moves the pointer to a place in @widget, also where it is there already. */
void     pointer_put          (GtkWidget  *widget,
                               double      x,
                               double      y);
/* Has xdotool carry out @commands, and waits until @widget's window has drawn what follows. */
void     pointer_do           (GtkWidget  *widget,
                               const char *commands);
