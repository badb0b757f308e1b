/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Convolutions: filters that move over the picture.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-layer-window.h"

static const AtelierMember members[] = {
  { .name = "filters",
    .type = ATELIER_MEMBER_UINT,
    .offset = G_STRUCT_OFFSET (AtelierLayer, units),
    .lowest = 1,
    .highest = ATELIER_MEMBER_MAX_UINT,
    .default_integer = 16,
    .label = N_("Filters") },
  { .name = "kernel",
    ATELIER_WINDOW_SIZE_MEMBER,
    .default_integer = 3,
    .label = N_("Kernel") },
  { ATELIER_WINDOW_STRIDE_MEMBER,
    .default_integer = 1,
    .label = N_("Stride") },
  { ATELIER_WINDOW_PADDING_MEMBER,
    .label = N_("Padding") },
  { ATELIER_LAYER_ACTIVATION_MEMBER,
    .label = N_("Activation") },
  { ATELIER_LAYER_SLOPE_MEMBER,
    .label = N_("Slope Below 0") },
  { .name = "groups",
    .type = ATELIER_MEMBER_UINT,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierLayer, groups),
    .lowest = 1,
    .highest = ATELIER_MEMBER_MAX_UINT,
    .default_integer = 1,
    .label = N_("Groups") },
  { ATELIER_LAYER_PENALTY_MEMBER,
    .label = N_("Penalty") },
};

/* It is expected to keep the size, so only what differs from that is said. */
static void
describe (const AtelierLayer *layer,
          GString            *text)
{
  /* Translators: a convolution, its number of filters, its kernel's height × width */
  g_string_append_printf (text, _("Conv %u · %u×%u"), layer->units, layer->kernel_height,
                          layer->kernel_width);
  if (layer->stride_height != 1 || layer->stride_width != 1)
    atelier_window_append_stride (layer, text);
  atelier_window_append_padding (layer, ATELIER_PADDING_SAME, text);
  if (layer->groups > 1)
    /* Translators: in how many groups the filters of a convolution fall */
    g_string_append_printf (text, ngettext (" · %u group", " · %u groups", layer->groups),
                            layer->groups);
}

static void
to_nn (const AtelierLayer *layer,
       NnLayerSpec        *spec)
{
  spec->kind = layer->groups > 1 ? NN_LAYER_GROUPED_CONV2D : NN_LAYER_CONV2D;
  spec->groups = layer->groups;
  spec->units = layer->units;
  atelier_layer_activation_to_nn (layer, spec);
  atelier_layer_penalty_to_nn (layer, spec);
  atelier_window_to_nn (layer, spec);
}

static guint
list_tensors (const AtelierLayer *layer,
              guint               n_inputs,
              const char         *place,
              AtelierTensorSpec  *specs)
{
  const guint dims[4] = {
    layer->units, n_inputs / layer->groups, layer->kernel_height, layer->kernel_width
  };

  atelier_tensor_spec_init (&specs[0], place, "weight", 4, dims);
  atelier_tensor_spec_init (&specs[1], place, "bias", 1, dims);
  return 2;
}

static char *
explain_misfit (const AtelierLayer *layer,
                const NnShape      *shape)
{
  if (shape->channels % layer->groups != 0 || layer->units % layer->groups != 0)
    return g_strdup_printf (
      _("“groups” is %u, which must divide its %u filters and the %u channels that it is given"),
      layer->groups, layer->units, shape->channels);
  return atelier_window_explain_misfit (layer, shape);
}

static const AtelierLayerOps ops = {
  .describe = describe,
  .to_nn = to_nn,
  .tensor_word = "conv",
  .list_tensors = list_tensors,
  .explain_misfit = explain_misfit,
};

const AtelierLayerClass atelier_layer_conv2d_class = {
  .word = "conv2d",
  .label = N_("Convolution"),
  .traits = ATELIER_TRAIT_HAS_ACTIVATION,
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
