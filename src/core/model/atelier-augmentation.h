/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What training makes of a picture before the network sees it.  Pure functions; any thread. */

#pragma once

#include "model/atelier-recipe.h"

G_BEGIN_DECLS

/* Whether the recipe changes training images at all. */
gboolean atelier_augmentation_is_on  (const AtelierRecipe *recipe);
/* Whether images are mirrored, moved, turned and scaled, as what people draw and photograph is. */
gboolean atelier_augmentation_suits_drawings (const AtelierRecipe *recipe);
/* Training image @i_image of @splits as a run of @recipe sees it in epoch @epoch (from 1), before
 * pixels are scaled: the same bits.  @pixels: [height, width, channels], 0 to 255, filled in. */
void     atelier_augmentation_apply  (const AtelierRecipe *recipe,
                                      AtelierSplits       *splits,
                                      guint                i_image,
                                      guint                epoch,
                                      float               *pixels);
/* Whether both see every image alike in every epoch. */
gboolean atelier_augmentation_equal  (const AtelierRecipe *a,
                                      const AtelierRecipe *b);

G_END_DECLS
