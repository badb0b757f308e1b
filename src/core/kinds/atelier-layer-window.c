/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows: kernel, stride and padding of the layers that move one over a picture.  Any thread. */

#include "config.h"

#include "kinds/atelier-layer-window.h"

#include <glib/gi18n-lib.h>

/* A pair is two numbers in a row. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (AtelierLayer, kernel_width)
                 == G_STRUCT_OFFSET (AtelierLayer, kernel_height) + sizeof (guint));
G_STATIC_ASSERT (G_STRUCT_OFFSET (AtelierLayer, stride_width)
                 == G_STRUCT_OFFSET (AtelierLayer, stride_height) + sizeof (guint));

const AtelierChoice atelier_padding_choices[] = {
  { "valid", N_("None") },
  { "same", N_("Keeps the size") },
  { NULL, NULL },
};

void
atelier_window_append_stride (const AtelierLayer *layer,
                              GString            *text)
{
  /* Translators: how far a window moves, down × right */
  g_string_append_printf (text, _(" · stride %u×%u"), layer->stride_height, layer->stride_width);
}

void
atelier_window_to_nn (const AtelierLayer *layer,
                      NnLayerSpec        *spec)
{
  spec->kernel_height = layer->kernel_height;
  spec->kernel_width = layer->kernel_width;
  spec->stride_height = layer->stride_height;
  spec->stride_width = layer->stride_width;
  spec->padding = layer->padding == ATELIER_PADDING_SAME ? NN_PADDING_SAME : NN_PADDING_VALID;
}

char *
atelier_window_explain_misfit (const AtelierLayer *layer,
                               const NnShape      *shape)
{
  if (layer->padding != ATELIER_PADDING_VALID
      || (layer->kernel_height <= shape->height && layer->kernel_width <= shape->width))
    return NULL;
  return g_strdup_printf (
    _("its window of %u×%u is larger than the %u×%u values that it is given"),
    layer->kernel_height, layer->kernel_width, shape->height, shape->width);
}
