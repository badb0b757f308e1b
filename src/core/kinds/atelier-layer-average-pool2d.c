/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Average pools: the mean of each window, without its padding.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-window.h"

static const AtelierMember members[] = {
  { .name = "size",
    ATELIER_WINDOW_SIZE_MEMBER,
    .default_integer = 2,
    .label = N_("Size") },
  { ATELIER_WINDOW_STRIDE_MEMBER,
    .default_like = G_STRUCT_OFFSET (AtelierLayer, kernel_height),
    .label = N_("Stride") },
  { ATELIER_WINDOW_PADDING_MEMBER,
    .label = N_("Padding") },
};

/* It is expected to move by its own size, so only what differs from that is said. */
static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a layer that takes the mean of each window of height × width */
  g_string_append_printf (text, _("Average pool %u×%u"), layer->kernel_height, layer->kernel_width);
  if (layer->stride_height != layer->kernel_height || layer->stride_width != layer->kernel_width)
    atelier_window_append_stride (layer, text);
  atelier_window_append_padding (layer, ATELIER_PADDING_VALID, text);
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
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
