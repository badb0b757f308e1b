/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataTile - a picture of a data set with the name of its class. */

#pragma once

#include "data/atelier-data-overview.h"
#include "kit/atelier-pixels.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_TILE (atelier_data_tile_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataTile, atelier_data_tile, ATELIER, DATA_TILE, GtkWidget)

/* Property "side" (int): the same as that of AtelierPixels. */

/* @says_class, @says_place: what is visible; screen readers always get both. */
void           atelier_data_tile_set_picture (AtelierDataTile *tile,
                                              AtelierSplits   *splits,
                                              guint            picture,
                                              gboolean         says_class,
                                              gboolean         says_place);
AtelierPixels *atelier_data_tile_get_pixels  (AtelierDataTile *tile);
/* The visible text, or NULL. */
const char    *atelier_data_tile_get_class   (AtelierDataTile *tile);

G_END_DECLS
