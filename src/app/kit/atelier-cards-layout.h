/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places the cards of a page in rows, as many beside each other as the width allows.
 *
 * In a .ui file it is the layout-manager of the cards' parent, and each card says in <layout> how
 * it takes part:
 *
 *   share-width   the width, in pixels at the usual size of text, from which on the card may stand
 *                 beside its neighbours; 0, the default, gives it a row of its own
 *   grow          its row's part of the height that is left over; 0, the default: none
 *
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_CARDS_LAYOUT (atelier_cards_layout_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCardsLayout, atelier_cards_layout, ATELIER, CARDS_LAYOUT,
                      GtkLayoutManager)

/* Transfer full. */
GtkLayoutManager *atelier_cards_layout_new (int spacing);

G_END_DECLS
