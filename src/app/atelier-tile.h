/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTile - a picture in the gallery with its predicted class and score. */

#pragma once

#include "atelier-pixels.h"
#include "atelier-predictions.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TILE (atelier_tile_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTile, atelier_tile, ATELIER, TILE, GtkWidget)

/* @says_truth: for the eye too, in a second line. */
void           atelier_tile_set_picture (AtelierTile        *tile,
                                         AtelierDataset     *dataset,
                                         AtelierPredictions *predictions,
                                         guint               i_image,
                                         gboolean            says_truth);
AtelierPixels *atelier_tile_get_pixels  (AtelierTile        *tile);
const char    *atelier_tile_get_class   (AtelierTile        *tile); /* as shown */
const char    *atelier_tile_get_score   (AtelierTile        *tile); /* as shown */
const char    *atelier_tile_get_truth   (AtelierTile        *tile); /* NULL: not shown */

G_END_DECLS
