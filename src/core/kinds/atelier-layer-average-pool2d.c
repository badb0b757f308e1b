/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Average pools: the mean of each window, without its padding.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-window.h"

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a layer that takes the mean of each window of height × width */
  g_string_append_printf (text, _("Average pool %u×%u"), layer->kernel_height, layer->kernel_width);
  atelier_pool_append_movement (layer, text);
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_AVERAGE_POOL2D;
  atelier_window_to_nn (layer, spec);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
  .explain_misfit = atelier_window_explain_misfit,
};

const AtelierLayerClass atelier_layer_average_pool2d_class = {
  .word = "avg_pool2d",
  .label = N_("Average Pool"),
  .traits = ATELIER_TRAIT_IS_NEW,
  .members = { atelier_pool_members, ATELIER_POOL_N_MEMBERS },
  .ops = &ops,
};
