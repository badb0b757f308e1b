/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Residual blocks: the sum of what a list of layers, the body, makes of the input, and what
 * another, the shortcut, makes of it.
 *
 * The layers of both lists follow the block in the network's list, as in the engine.  Without a
 * shortcut it is the input itself, or where the body gives another shape, the 1x1 convolution whose
 * stride makes the shapes fit; the network adds it for the engine.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const char * const lists[] = { "layers", "shortcut", NULL };

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
  g_string_append (text, _("Residual"));
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_RESIDUAL;
  spec->n_body = layer->n_body;
  spec->n_shortcut = layer->n_shortcut;
  atelier_layer_activation_to_nn (layer, spec);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
};

const AtelierLayerClass atelier_layer_residual_class = {
  .word = "residual",
  .label = N_("Residual Block"),
  .traits = ATELIER_TRAIT_HAS_ACTIVATION | ATELIER_TRAIT_HOLDS_LAYERS | ATELIER_TRAIT_IS_NEW,
  .members = { members, G_N_ELEMENTS (members), lists },
  .ops = &ops,
};
