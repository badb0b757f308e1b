/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An activation as a layer of its own, for where no other layer has one: behind a pool or a sum.
 * Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const AtelierMember members[] = {
  { ATELIER_LAYER_ACTIVATION_MEMBER,
    .label = N_("Activation") },
  { ATELIER_LAYER_SLOPE_MEMBER,
    .label = N_("Slope Below 0") },
};

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  g_string_append (text, _("Activation"));
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_ACTIVATION;
  atelier_layer_activation_to_nn (layer, spec);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
};

const AtelierLayerClass atelier_layer_activation_class = {
  .word = "activation",
  .label = N_("Activation"),
  .traits = ATELIER_TRAIT_HAS_ACTIVATION | ATELIER_TRAIT_KEEPS_SHAPE | ATELIER_TRAIT_IS_NEW,
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
