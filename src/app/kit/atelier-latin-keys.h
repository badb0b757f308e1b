/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shortcuts on every keyboard layout.
 *
 * GTK finds a shortcut by the character that a key gives.  On many layouts there is no such key: a
 * French one gives digits with Shift only, a Russian one has no Latin letters, and the digits of
 * the keypad are other keys than those of the row.  What a key press means besides its character:
 *
 *   a digit of another script, or of the keypad    the digit
 *   a letter of another script                     what is at its place on a US keyboard
 *   anything else on a key that also has a digit   the digit
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Key presses that nothing in @window used are tried again with that meaning: in the shortcuts of
 * the focus widget and what contains it, and in the global ones of all that is shown. */
void atelier_latin_keys_watch (GtkWindow *window);

G_END_DECLS
