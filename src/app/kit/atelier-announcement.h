/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Has a screen reader speak @message at once, whatever has the focus, while a window of the program
 * is the active one.  Main thread. */
void atelier_announce (const char *message);

G_END_DECLS
