/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on, the focus of @window goes to a neighbour when what has it can have it no more. */
void atelier_focus_keeper_watch (GtkWindow *window);

G_END_DECLS
