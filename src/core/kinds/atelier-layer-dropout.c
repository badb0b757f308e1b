/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dropout: leaves out values at random while the network trains.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static const AtelierMember members[] = {
  { .name = "rate",
    .type = ATELIER_MEMBER_REAL,
    .offset = G_STRUCT_OFFSET (AtelierLayer, rate),
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .default_real = 0.2,
    .label = N_("Rate") },
};

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a layer that leaves out values at random, and the share in per cent */
  g_string_append_printf (text, _("Dropout %g %%"), layer->rate * 100.0);
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_DROPOUT;
  spec->rate = (float) layer->rate;
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
};

const AtelierLayerClass atelier_layer_dropout_class = {
  .word = "dropout",
  .label = N_("Dropout"),
  .traits = ATELIER_TRAIT_KEEPS_SHAPE,
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
