/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown of augmented pictures is what training makes of them. */

#include <string.h>

#include "model/atelier-augmentation.h"
#include "nn.h"
#include "small-runs.h"

#define MAX_PIXELS 4096

static gsize
count_pixels (AtelierSplits *splits)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const gsize n = (gsize) atelier_dataset_get_height (dataset)
                  * atelier_dataset_get_width (dataset) * atelier_dataset_get_channels (dataset);

  g_assert_cmpuint (n, <=, MAX_PIXELS);
  return n;
}

/* The key of a training step: seed, epochs from 0, the image in the training split. */
static void
test_same_bits (void)
{
  const NnAugmentation augmentation = { .mirror = 0.5f, .shift = 0.1f, .rotation = 12.0f,
                                        .scale = 0.15f, .brightness = 0.25f, .erase = 0.5f };
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const NnShape shape = { atelier_dataset_get_height (dataset), atelier_dataset_get_width (dataset),
                          atelier_dataset_get_channels (dataset) };
  const gsize n = count_pixels (splits);
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierRecipeValues values;
  float expected[MAX_PIXELS], pixels[MAX_PIXELS];

  small_recipe_init (&values, 3);
  values.seed = 77;
  values.augment_mirror = 0.5;
  values.augment_shift = 0.1;
  values.augment_rotation = 12.0;
  values.augment_scale = 0.15;
  values.augment_brightness = 0.25;
  values.augment_erase = 0.5;
  recipe = recipe_of (&values);
  g_assert_true (atelier_augmentation_is_on (recipe));
  for (guint i = 0; i < 20; i++)
    {
      const NnAugmentKey key = { .seed = 77, .epoch = i / 10, .i_image = i };

      nn_augment (&augmentation, shape, &key,
                  atelier_splits_get_image (splits, ATELIER_SPLIT_TRAIN, i), expected);
      atelier_augmentation_apply (recipe, splits, i, i / 10 + 1, pixels);
      g_assert_cmpmem (pixels, n * sizeof (float), expected, n * sizeof (float));
    }
}

static void
test_none (void)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  const guint8 *bytes = atelier_splits_get_image (splits, ATELIER_SPLIT_TRAIN, 5);
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierRecipeValues values;
  float pixels[MAX_PIXELS];

  small_recipe_init (&values, 3);
  recipe = recipe_of (&values);
  g_assert_false (atelier_augmentation_is_on (recipe));
  atelier_augmentation_apply (recipe, splits, 5, 9, pixels);
  for (gsize i = 0; i < count_pixels (splits); i++)
    g_assert_cmpfloat (pixels[i], ==, bytes[i]);
}

static gboolean
are_equal (const AtelierRecipeValues *a,
           const AtelierRecipeValues *b)
{
  g_autoptr (AtelierRecipe) of_a = recipe_of (a);
  g_autoptr (AtelierRecipe) of_b = recipe_of (b);

  return atelier_augmentation_equal (of_a, of_b);
}

/* The seed counts only where something is drawn from it. */
static void
test_equal (void)
{
  AtelierRecipeValues a, b;

  small_recipe_init (&a, 3);
  b = a;
  b.learning_rate = 0.5;
  b.seed++;
  g_assert_true (are_equal (&a, &b));
  a.augment_erase = 0.5;
  g_assert_false (are_equal (&a, &b));
  b.augment_erase = 0.5;
  g_assert_false (are_equal (&a, &b));
  b.seed = a.seed;
  g_assert_true (are_equal (&a, &b));
  b.augment_shift = 0.1;
  g_assert_false (are_equal (&a, &b));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/augmentation/same-bits", test_same_bits);
  g_test_add_func ("/core/augmentation/none", test_none);
  g_test_add_func ("/core/augmentation/equal", test_equal);
  return g_test_run ();
}
