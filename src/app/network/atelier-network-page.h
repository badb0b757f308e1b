/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkPage - the large view of network and recipe.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NETWORK_PAGE (atelier_network_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNetworkPage, atelier_network_page, ATELIER, NETWORK_PAGE, GtkWidget)

/* Property "session" (AtelierSession, nullable). */

/* "network.undo" and "network.redo"; the window inserts them, so that its header bar has them too.
 * Borrowed. */
GActionGroup *atelier_network_page_get_actions (AtelierNetworkPage *page);
/* Gives the editor's list the focus. */
void          atelier_network_page_take_focus  (AtelierNetworkPage *page);

G_END_DECLS
