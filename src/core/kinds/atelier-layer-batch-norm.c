/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Batch norm: brings each channel to mean 0 and variance 1 over a batch, then scales and shifts it.
 * Scale and shift are trained and have the names that PyTorch gives them; the running statistics,
 * which classifying takes, are part of the model.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const AtelierMember members[] = {
  { .name = "momentum",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierLayer, momentum),
    .max = 1.0,
    .default_real = 0.1,
    .label = N_("Share of a Batch") },
  { .name = "epsilon",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierLayer, epsilon),
    .max = 1.0,
    .excludes_min = TRUE,
    .default_real = 1e-5,
    .label = N_("Epsilon") },
  { ATELIER_LAYER_ACTIVATION_MEMBER,
    .label = N_("Activation") },
  { ATELIER_LAYER_SLOPE_MEMBER,
    .label = N_("Slope Below 0") },
};

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  g_string_append (text, _("Batch norm"));
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_BATCH_NORM;
  spec->epsilon = (float) layer->epsilon;
  spec->momentum = (float) layer->momentum;
  atelier_layer_activation_to_nn (layer, spec);
}

static guint
list_tensors (const AtelierLayer *layer,
              guint               n_inputs,
              const char         *place,
              AtelierTensorSpec  *specs)
{
  static const char * const roles[] = { "weight", "bias", "running_mean", "running_var" };
  const guint dims[4] = { n_inputs };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      atelier_tensor_spec_init (&specs[i], place, roles[i], 1, dims);
      specs[i].is_statistic = i >= 2;
      specs[i].is_variance = i == 3;
    }
  return G_N_ELEMENTS (roles);
}

/* One value has no variance. */
static guint
count_least_images (const AtelierLayer *layer,
                    const NnShape      *shape)
{
  return shape->height == 1 && shape->width == 1 ? 2 : 1;
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
  .list_tensors = list_tensors,
  .count_least_images = count_least_images,
};

const AtelierLayerClass atelier_layer_batch_norm_class = {
  .word = "batch_norm",
  .label = N_("Batch Norm"),
  .traits = ATELIER_TRAIT_HAS_ACTIVATION | ATELIER_TRAIT_KEEPS_SHAPE | ATELIER_TRAIT_IS_NEW,
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
