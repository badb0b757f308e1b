/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu to choose a network from: presets, the files that were opened last, and another file.
 * Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Its items activate win.network and win.open-network.  It follows the list of files while it
 * exists.  Transfer full. */
GMenuModel *atelier_network_menu_new (void);

G_END_DECLS
