/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierAugmentView - some training pictures as a recipe would show them to the network.  Main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-recipe.h"

G_BEGIN_DECLS

#define ATELIER_N_AUGMENTED 9

#define ATELIER_TYPE_AUGMENT_VIEW (atelier_augment_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierAugmentView, atelier_augment_view, ATELIER, AUGMENT_VIEW, GtkWidget)

/* Draws the pictures again only where they are others. */
void        atelier_augment_view_show       (AtelierAugmentView *view,
                                             AtelierRecipe      *recipe,
                                             AtelierSplits      *splits); /* nullable */
/* Shows the same pictures as the next epoch would. */
void        atelier_augment_view_draw_again (AtelierAugmentView *view);
/* The epoch that is shown, from 1. */
guint       atelier_augment_view_get_epoch  (AtelierAugmentView *view);
/* Picture @i of those that are shown, of the shape of the data set's; NULL where there are no data.
 * Borrowed. */
const guint8 *atelier_augment_view_get_pixels (AtelierAugmentView *view,
                                               guint               i);

G_END_DECLS
