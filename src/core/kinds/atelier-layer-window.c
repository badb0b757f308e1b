/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows: kernel, stride and padding of the layers that move one over a picture.  Any thread. */

#include "config.h"

#include "kinds/atelier-layer-window.h"

#include <glib/gi18n-lib.h>

/* A pair is two numbers in a row. */
G_STATIC_ASSERT (G_STRUCT_OFFSET (AtelierLayer, kernel_width)
                 == G_STRUCT_OFFSET (AtelierLayer, kernel_height) + sizeof (guint));
G_STATIC_ASSERT (G_STRUCT_OFFSET (AtelierLayer, pad_width)
                 == G_STRUCT_OFFSET (AtelierLayer, pad_height) + sizeof (guint));
G_STATIC_ASSERT (G_STRUCT_OFFSET (AtelierLayer, stride_width)
                 == G_STRUCT_OFFSET (AtelierLayer, stride_height) + sizeof (guint));

const AtelierChoice atelier_padding_choices[] = {
  { "valid", N_("None") },
  { "same", N_("Keeps the size") },
  { "number", N_("Rows and columns") },
  { NULL, NULL },
};

const AtelierMember atelier_padding_pair = {
  .name = "padding",
  .type = ATELIER_MEMBER_PAIR,
  .offset = G_STRUCT_OFFSET (AtelierLayer, pad_height),
  .highest = ATELIER_MEMBER_MAX_UINT,
  .label = N_("Padding"),
};

void
atelier_window_append_stride (const AtelierLayer *layer,
                              GString            *text)
{
  /* Translators: how far a window moves, down × right */
  g_string_append_printf (text, _(" · stride %u×%u"), layer->stride_height, layer->stride_width);
}

void
atelier_window_append_padding (const AtelierLayer *layer,
                               AtelierPadding      usual,
                               GString            *text)
{
  if (layer->padding == usual)
    return;
  if (layer->padding == ATELIER_PADDING_NUMBER)
    /* Translators: how many rows and columns are added on each side */
    g_string_append_printf (text, _(" · padded by %u×%u"), layer->pad_height, layer->pad_width);
  else
    g_string_append (text, layer->padding == ATELIER_PADDING_SAME ? _(" · padded")
                                                                  : _(" · not padded"));
}

void
atelier_window_to_nn (const AtelierLayer *layer,
                      NnLayerSpec        *spec)
{
  static const NnPadding paddings[] = {
    [ATELIER_PADDING_VALID] = NN_PADDING_VALID,
    [ATELIER_PADDING_SAME] = NN_PADDING_SAME,
    [ATELIER_PADDING_NUMBER] = NN_PADDING_NUMBER,
  };

  spec->kernel_height = layer->kernel_height;
  spec->kernel_width = layer->kernel_width;
  spec->stride_height = layer->stride_height;
  spec->stride_width = layer->stride_width;
  spec->padding = paddings[layer->padding];
  spec->pad_height = layer->pad_height;
  spec->pad_width = layer->pad_width;
}

char *
atelier_window_explain_misfit (const AtelierLayer *layer,
                               const NnShape      *shape)
{
  const guint64 height = (guint64) shape->height + 2 * (guint64) layer->pad_height;
  const guint64 width = (guint64) shape->width + 2 * (guint64) layer->pad_width;

  if (layer->padding == ATELIER_PADDING_SAME)
    return NULL;
  if (layer->pad_height >= layer->kernel_height || layer->pad_width >= layer->kernel_width)
    return g_strdup_printf (_("its “padding” of %u×%u is not smaller than its window of %u×%u"),
                            layer->pad_height, layer->pad_width, layer->kernel_height,
                            layer->kernel_width);
  if (layer->kernel_height <= height && layer->kernel_width <= width)
    return NULL;
  return g_strdup_printf (
    _("its window of %u×%u is larger than the %u×%u values that it is given"),
    layer->kernel_height, layer->kernel_width, (guint) height, (guint) width);
}

const AtelierMember atelier_pool_members[ATELIER_POOL_N_MEMBERS] = {
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

void
atelier_pool_append_movement (const AtelierLayer *layer,
                              GString            *text)
{
  if (layer->stride_height != layer->kernel_height || layer->stride_width != layer->kernel_width)
    atelier_window_append_stride (layer, text);
  atelier_window_append_padding (layer, ATELIER_PADDING_VALID, text);
}
