/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Menu items for the data sets on this machine.  Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Appends one item for each data set that is found; it activates win.data.  Reads the names of
 * folders, not the files in them. */
void atelier_data_menu_fill (GMenu *menu);

G_END_DECLS
