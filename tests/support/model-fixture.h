/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small model whose parts are easy to change, for the tests of models and of their files. */

#pragma once

#include <string.h>

#include "model/atelier-model.h"

/* @parts borrows the other members; change either before the model is made. */
typedef struct
{
  /* Owned; conv 1x2x2 - flatten - dense 2, on 3x3x1: tensors of 8, 2, 16 and 2 values */
  AtelierNetwork    *network;
  AtelierRecipe     *recipe;  /* Owned */
  AtelierInput       input;
  const char        *class_names[3];
  GPtrArray         *tensors; /* Owned; value i of all counted together is i / 8 */
  AtelierTrainingState state; /* its arrays are borrowed from @tensors; used after add_state */
  AtelierModelParts  parts;
} ModelFixture;

static inline void
model_fixture_init (ModelFixture *fixture)
{
  static const gsize n_values[] = { 8, 2, 16, 2 };
  const AtelierLayer layers[] = {
    { .kind = ATELIER_LAYER_CONV2D,
      .units = 2,
      .kernel_height = 2,
      .kernel_width = 2,
      .stride_height = 1,
      .stride_width = 1,
      .groups = 1,
      .activation = ATELIER_ACTIVATION_RELU },
    { .kind = ATELIER_LAYER_FLATTEN },
    { .kind = ATELIER_LAYER_DENSE, .units = 2 },
  };
  float value = 0.0f;

  fixture->network = atelier_network_new ("Tiny", 3, 3, 1, layers, G_N_ELEMENTS (layers), NULL);
  g_assert_nonnull (fixture->network);
  fixture->recipe = atelier_recipe_new_preset ("report-2");
  atelier_input_init_fashion (&fixture->input, 3, 3);
  fixture->class_names[0] = "T-shirt/top";
  fixture->class_names[1] = "Häusliches \"Kleid\"";
  fixture->class_names[2] = NULL;
  fixture->tensors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < G_N_ELEMENTS (n_values); i++)
    {
      guint8 bytes[16 * sizeof (float)];

      for (guint j = 0; j < n_values[i]; j++, value += 0.125f)
        {
          guint32 bits;

          memcpy (&bits, &value, sizeof bits);
          bits = GUINT32_TO_LE (bits);
          memcpy (bytes + j * sizeof bits, &bits, sizeof bits);
        }
      g_ptr_array_add (fixture->tensors, g_bytes_new (bytes, n_values[i] * sizeof (float)));
    }
  fixture->parts = (AtelierModelParts) {
    .network = fixture->network,
    .recipe = fixture->recipe,
    .input = &fixture->input,
    .class_names = fixture->class_names,
    .dataset_name = "Fashion-MNIST",
    .dataset_sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    .n_epochs = 7,
    .tensors = fixture->tensors,
  };
}

/* The same with the plain optimiser, whose state has one moment. */
static inline void
model_fixture_use_sgd (ModelFixture *fixture)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (fixture->recipe);

  values.optimizer = ATELIER_OPTIMIZER_SGD;
  atelier_recipe_unref (fixture->recipe);
  fixture->recipe = atelier_recipe_new (&values, NULL);
  fixture->parts.recipe = fixture->recipe;
}

/* Two batches of 32 into the eighth of ten epochs of 100 images, with Adam. */
static inline void
model_fixture_add_state (ModelFixture *fixture)
{
  fixture->state = (AtelierTrainingState) {
    .n_images = 100,
    .n_epochs = 7,
    .n_batches = 2,
    .n_steps = 7 * 4 + 2,
    .loss_sum = 0.1 + 0.2, /* needs all 17 digits */
    .n_correct = 33,
    .moments_1 = fixture->tensors,
    .moments_2 = fixture->tensors,
  };
  fixture->parts.state = &fixture->state;
}

static inline void
model_fixture_clear (ModelFixture *fixture)
{
  atelier_network_unref (fixture->network);
  atelier_recipe_unref (fixture->recipe);
  g_ptr_array_unref (fixture->tensors);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ModelFixture, model_fixture_clear)
