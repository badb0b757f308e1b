/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data sets on this machine as items of a menu. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Appends an item for each data set that is found, which activates win.data.  Looks at names of
 * folders only, once. */
void atelier_data_menu_fill (GMenu *menu);

G_END_DECLS
