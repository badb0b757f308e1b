/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one card takes part in an AtelierCardsLayout, whose header says what the properties mean.
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_CARDS_LAYOUT_CHILD (atelier_cards_layout_child_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCardsLayoutChild, atelier_cards_layout_child, ATELIER,
                      CARDS_LAYOUT_CHILD, GtkLayoutChild)

int atelier_cards_layout_child_get_share_width (AtelierCardsLayoutChild *self);
int atelier_cards_layout_child_get_grow        (AtelierCardsLayoutChild *self);

G_END_DECLS
