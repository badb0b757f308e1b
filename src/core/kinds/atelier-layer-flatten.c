/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Flatten: a picture becomes a vector, row by row.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  g_string_append (text, _("Flatten"));
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_FLATTEN;
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
};

const AtelierLayerClass atelier_layer_flatten_class = {
  .word = "flatten",
  .label = N_("Flatten"),
  .ops = &ops,
};
