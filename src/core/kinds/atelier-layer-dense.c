/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dense: each unit sees all values.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const AtelierMember members[] = {
  { .name = "units",
    .type = ATELIER_MEMBER_UINT,
    .offset = G_STRUCT_OFFSET (AtelierLayer, units),
    .lowest = 1,
    .highest = ATELIER_MEMBER_MAX_UINT,
    .default_integer = 32,
    .label = N_("Units") },
  { ATELIER_LAYER_ACTIVATION_MEMBER,
    .label = N_("Activation") },
  { ATELIER_LAYER_SLOPE_MEMBER,
    .label = N_("Slope Below 0") },
  { ATELIER_LAYER_PENALTY_MEMBER,
    .label = N_("Penalty") },
};

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a fully connected layer and its number of units */
  g_string_append_printf (text, _("Dense %u"), layer->units);
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_DENSE;
  spec->units = layer->units;
  atelier_layer_activation_to_nn (layer, spec);
  atelier_layer_penalty_to_nn (layer, spec);
}

static guint
list_tensors (const AtelierLayer *layer,
              guint               n_inputs,
              const char         *place,
              AtelierTensorSpec  *specs)
{
  const guint dims[4] = { layer->units, n_inputs };

  atelier_tensor_spec_init (&specs[0], place, "weight", 2, dims);
  atelier_tensor_spec_init (&specs[1], place, "bias", 1, dims);
  return 2;
}

static char *
explain_misfit (const AtelierLayer *layer,
                const NnShape      *shape)
{
  if (shape->height <= 1 && shape->width <= 1)
    return NULL;
  return g_strdup_printf (
    _("it is given %u×%u×%u values, but needs a vector; add a flatten layer before it"),
    shape->height, shape->width, shape->channels);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
  .tensor_word = "dense",
  .list_tensors = list_tensors,
  .explain_misfit = explain_misfit,
};

const AtelierLayerClass atelier_layer_dense_class = {
  .word = "dense",
  .label = N_("Dense"),
  .traits = ATELIER_TRAIT_HAS_ACTIVATION | ATELIER_TRAIT_GIVES_LOGITS,
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
