/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on every widget of this process has a name that a screen reader can speak, from the
 * moment at which it is realised, whether it is ours or GTK's.  May be called again.  Main
 * thread. */
void atelier_spoken_names_start (void);

G_END_DECLS
