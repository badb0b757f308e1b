/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's own function with the key that a training step has, so that what is shown is what is
 * learned from.  Any thread. */

#include "config.h"

#include "model/atelier-augmentation.h"

#include <string.h>

#include "model/atelier-nn-private.h"

gboolean
atelier_augmentation_is_on (const AtelierRecipe *recipe)
{
  NnAugmentation augmentation;

  g_return_val_if_fail (recipe != NULL, FALSE);

  return atelier_recipe_get_augmentation (atelier_recipe_get_values (recipe), &augmentation);
}

gboolean
atelier_augmentation_suits_drawings (const AtelierRecipe *recipe)
{
  const AtelierRecipeValues *values;

  g_return_val_if_fail (recipe != NULL, FALSE);

  values = atelier_recipe_get_values (recipe);
  return values->augment_mirror > 0.0 && values->augment_shift > 0.0
         && values->augment_rotation > 0.0 && values->augment_scale > 0.0;
}

void
atelier_augmentation_apply (const AtelierRecipe *recipe,
                            AtelierSplits       *splits,
                            guint                i_image,
                            guint                epoch,
                            float               *pixels)
{
  const AtelierRecipeValues *values;
  const guint8 *bytes;
  AtelierDataset *dataset;
  NnAugmentation augmentation;
  NnAugmentKey key;
  NnShape shape;

  g_return_if_fail (recipe != NULL && splits != NULL && pixels != NULL);
  g_return_if_fail (epoch > 0);
  g_return_if_fail (i_image < atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));

  values = atelier_recipe_get_values (recipe);
  dataset = atelier_splits_get_dataset (splits);
  bytes = atelier_splits_get_image (splits, ATELIER_SPLIT_TRAIN, i_image);
  shape = (NnShape) { atelier_dataset_get_height (dataset), atelier_dataset_get_width (dataset),
                      atelier_dataset_get_channels (dataset) };
  key = (NnAugmentKey) { values->seed, epoch - 1, i_image };
  if (atelier_recipe_get_augmentation (values, &augmentation))
    nn_augment (&augmentation, shape, &key, bytes, pixels);
  else
    for (gsize i = 0; i < shape.height * shape.width * shape.channels; i++)
      pixels[i] = bytes[i];
}

gboolean
atelier_augmentation_equal (const AtelierRecipe *a,
                            const AtelierRecipe *b)
{
  const AtelierRecipeValues *of_a, *of_b;
  NnAugmentation augmentations[2];

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  of_a = atelier_recipe_get_values (a);
  of_b = atelier_recipe_get_values (b);
  if (atelier_recipe_get_augmentation (of_a, &augmentations[0])
      != atelier_recipe_get_augmentation (of_b, &augmentations[1]))
    return FALSE;

  return memcmp (&augmentations[0], &augmentations[1], sizeof augmentations[0]) == 0
         && (of_a->seed == of_b->seed || !atelier_augmentation_is_on (a));
}
