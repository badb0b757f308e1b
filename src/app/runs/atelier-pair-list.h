/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPairList - pictures that two networks were asked about, and what each said: a GListModel
 * of AtelierPairItem.  Main thread. */

#pragma once

#include <gio/gio.h>

#include "results/atelier-comparison.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PAIR_ITEM (atelier_pair_item_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPairItem, atelier_pair_item, ATELIER, PAIR_ITEM, GObject)

/* Of the picture in both predictions. */
guint              atelier_pair_item_get_i_first  (AtelierPairItem *item);
guint              atelier_pair_item_get_i_second (AtelierPairItem *item);

/* The pictures of @pair, those first of which both are surest; transfer full, of
 * AtelierPairItem. */
GListModel        *atelier_pair_list_new          (AtelierComparison *comparison,
                                                   AtelierPair        pair);
/* The pictures of a class that exactly one of the networks called @prediction. */
GListModel        *atelier_pair_list_new_of_cell  (AtelierComparison *comparison,
                                                   guint              truth,
                                                   guint              prediction);

G_END_DECLS
