/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file dialog that is on the screen, answered as a person would. */

#pragma once

#include <gtk/gtk.h>

/* FALSE, and the test is skipped, under AddressSanitizer: GTK's dialog leaks. */
gboolean   file_dialog_can_be_shown (void);
/* Borrowed; NULL where there is none. */
GtkDialog *file_dialog_find         (void);
/* Waits until there is one, and selects the file, or types its path in a dialog that saves; @path
 * is absolute. */
void       file_dialog_select       (const char *path);
/* Clicks the button that accepts or the one that cancels, and waits until the dialog is gone. */
void       file_dialog_answer       (gboolean    accepts);
