/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real keyboard of the display that a test runs on. */

#pragma once

#include <gtk/gtk.h>

/* Gives @window the keyboard, as there is no window manager to do so.  Only where
 * pointer_can_be_moved (). */
void keyboard_focus_window (GtkWindow  *window);
/* Presses keys in xdotool's names, such as "shift+Tab" or "Tab Tab space", and waits until @window
 * has drawn what follows. */
void keyboard_press        (GtkWindow  *window,
                            const char *keys);
