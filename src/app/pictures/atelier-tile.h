/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTile - a picture in the picture grid, with its predicted class and score.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "pictures/atelier-picture-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_TILE (atelier_tile_get_type ())
G_DECLARE_FINAL_TYPE (AtelierTile, atelier_tile, ATELIER, TILE, GtkWidget)

#define ATELIER_TILE_DEFAULT_SIDE 84

GtkWidget  *atelier_tile_new         (void);
/* The picture at @position of @list.  @says_truth: a second line shows the true class, where there
 * are predictions. */
void        atelier_tile_set_picture (AtelierTile        *tile,
                                      AtelierPictureList *list,
                                      guint               position,
                                      gboolean            says_truth);
/* The most pixels that the picture's longer side may have when enlarged. */
void        atelier_tile_set_side    (AtelierTile        *tile,
                                      int                 side);

/* What is shown.  The class is the predicted one, or the true one where there is no prediction;
 * score and truth are NULL where they are not shown. */
AtelierDataset *atelier_tile_get_dataset (AtelierTile *tile); /* borrowed, nullable */
guint           atelier_tile_get_picture (AtelierTile *tile); /* its number */
const char     *atelier_tile_get_class   (AtelierTile *tile);
const char     *atelier_tile_get_score   (AtelierTile *tile);
const char     *atelier_tile_get_truth   (AtelierTile *tile);
/* The pixels as drawn; borrowed, NULL before the first frame. */
GdkTexture     *atelier_tile_get_texture (AtelierTile *tile);

G_END_DECLS
