/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataTile - a picture of a data set with the name of its class. */

#pragma once

#include "data/atelier-data-overview.h"
#include "kit/atelier-pixels.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_TILE (atelier_data_tile_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataTile, atelier_data_tile, ATELIER, DATA_TILE, GtkWidget)

/* Property "side" (int): the same as that of AtelierPixels. */

/* Shows a picture.  @says_class: its class is visible.  @says_place: its split and number are.
 * Screen readers always get both. */
void           atelier_data_tile_set_picture (AtelierDataTile *tile,
                                              AtelierSplits   *splits,
                                              guint            picture,
                                              gboolean         says_class,
                                              gboolean         says_place);
AtelierPixels *atelier_data_tile_get_pixels  (AtelierDataTile *tile);
/* The name of the class; NULL where it is not visible. */
const char    *atelier_data_tile_get_class   (AtelierDataTile *tile);

G_END_DECLS
