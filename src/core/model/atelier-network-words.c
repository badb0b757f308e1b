/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layers in words, for people: short, and without what goes without saying.
 *
 * A convolution is expected to keep the size and a pool to move by its own size, so only what
 * differs from that is said.  The last layer's activation is linear in the engine's eyes, but what
 * people know it by is the softmax that is part of the loss.  Pure functions; any thread.
 */

#include "config.h"

#include "model/atelier-network.h"

#include <glib/gi18n-lib.h>

static const char *
get_activation_name (AtelierActivation activation)
{
  switch (activation)
    {
    case ATELIER_ACTIVATION_RELU:
      return "ReLU";
    case ATELIER_ACTIVATION_TANH:
      return "tanh";
    case ATELIER_ACTIVATION_SIGMOID:
      return _("sigmoid");
    case ATELIER_ACTIVATION_LINEAR:
    case ATELIER_N_ACTIVATIONS:
    default:
      return _("linear");
    }
}

/* " · stride 2×2" and " · same", where they are not what one expects. */
static void
append_window (GString            *text,
               const AtelierLayer *layer)
{
  gboolean is_pool = layer->kind == ATELIER_LAYER_MAX_POOL2D;

  if (layer->stride_height != (is_pool ? layer->kernel_height : 1)
      || layer->stride_width != (is_pool ? layer->kernel_width : 1))
    /* Translators: how far a window moves, down × right */
    g_string_append_printf (text, _(" · stride %u×%u"), layer->stride_height, layer->stride_width);
  if (layer->padding != (is_pool ? ATELIER_PADDING_VALID : ATELIER_PADDING_SAME))
    g_string_append (text, is_pool ? _(" · padded") : _(" · not padded"));
}

char *
atelier_network_describe_layer (const AtelierNetwork *network,
                                guint                 i_layer)
{
  GString *text;
  const AtelierLayer *layer;

  g_return_val_if_fail (network != NULL, NULL);
  g_return_val_if_fail (i_layer < atelier_network_get_n_layers (network), NULL);

  text = g_string_new (NULL);
  layer = atelier_network_get_layer (network, i_layer);
  switch (layer->kind)
    {
    case ATELIER_LAYER_DENSE:
      /* Translators: a fully connected layer and its number of units */
      g_string_append_printf (text, _("Dense %u"), layer->units);
      break;
    case ATELIER_LAYER_CONV2D:
      /* Translators: a convolution, its number of filters, its kernel's height × width */
      g_string_append_printf (text, _("Conv %u · %u×%u"), layer->units, layer->kernel_height,
                              layer->kernel_width);
      append_window (text, layer);
      break;
    case ATELIER_LAYER_MAX_POOL2D:
      /* Translators: a layer that keeps the largest of each window of height × width */
      g_string_append_printf (text, _("Max pool %u×%u"), layer->kernel_height, layer->kernel_width);
      append_window (text, layer);
      break;
    case ATELIER_LAYER_FLATTEN:
      g_string_append (text, _("Flatten"));
      break;
    case ATELIER_LAYER_DROPOUT:
      /* Translators: a layer that leaves out values at random, and the share in per cent */
      g_string_append_printf (text, _("Dropout %g %%"), layer->rate * 100.0);
      break;
    case ATELIER_N_LAYER_KINDS:
    default:
      g_assert_not_reached ();
    }
  if (i_layer == atelier_network_get_n_layers (network) - 1)
    g_string_append (text, _(" · softmax"));
  else if (layer->kind == ATELIER_LAYER_DENSE || layer->kind == ATELIER_LAYER_CONV2D)
    g_string_append_printf (text, " · %s", get_activation_name (layer->activation));
  return g_string_free (text, FALSE);
}
