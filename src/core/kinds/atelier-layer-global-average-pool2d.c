/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Global average pools: the mean of each channel, as a vector.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-private.h"

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  g_string_append (text, _("Global average pool"));
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_GLOBAL_AVERAGE_POOL;
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
};

const AtelierLayerClass atelier_layer_global_average_pool2d_class = {
  .word = "global_avg_pool2d",
  .label = N_("Global Average Pool"),
  .traits = ATELIER_TRAIT_IS_NEW,
  .ops = &ops,
};
