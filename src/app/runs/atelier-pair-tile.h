/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPairTile - a picture, what each of two networks called it, and what it is.  Main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "runs/atelier-pair-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PAIR_TILE (atelier_pair_tile_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPairTile, atelier_pair_tile, ATELIER, PAIR_TILE, GtkWidget)

GtkWidget *atelier_pair_tile_new   (void);
/* @dataset: that both are of; nullable: there is no picture to draw.  @class_names:
 * untranslated. */
void       atelier_pair_tile_show  (AtelierPairTile    *tile,
                                    AtelierComparison  *comparison,
                                    AtelierPairItem    *item,
                                    AtelierDataset     *dataset,
                                    const char * const *class_names);

G_END_DECLS
