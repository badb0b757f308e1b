/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Max-pools: the largest value of each window.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-window.h"

static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a layer that keeps the largest of each window of height × width */
  g_string_append_printf (text, _("Max pool %u×%u"), layer->kernel_height, layer->kernel_width);
  atelier_pool_append_movement (layer, text);
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = NN_LAYER_MAX_POOL2D;
  atelier_window_to_nn (layer, spec);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
  .explain_misfit = atelier_window_explain_misfit,
};

const AtelierLayerClass atelier_layer_max_pool2d_class = {
  .word = "max_pool2d",
  .label = N_("Max Pool"),
  .members = { atelier_pool_members, ATELIER_POOL_N_MEMBERS },
  .ops = &ops,
};
