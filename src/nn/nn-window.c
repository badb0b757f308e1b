/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The geometry of sliding windows, for convolutions and pools.
 *
 *   valid  output = floor ((input - kernel) / stride) + 1, no padding
 *   same   output = ceil (input / stride); the padding that this needs is split in halves, and the
 *          smaller half goes above and to the left (as in TensorFlow and Keras)
 */

#include "nn-private.h"

static size_t
count_outputs (size_t    input,
               size_t    kernel,
               size_t    stride,
               NnPadding padding)
{
  if (padding == NN_PADDING_SAME)
    return (input + stride - 1) / stride;
  return (input - kernel) / stride + 1;
}

static size_t
get_pad_before (size_t    input,
                size_t    output,
                size_t    kernel,
                size_t    stride,
                NnPadding padding)
{
  size_t reach = (output - 1) * stride + kernel;

  return padding == NN_PADDING_SAME && reach > input ? (reach - input) / 2 : 0;
}

NnStatus
nn_window_check (const NnLayerSpec *layer,
                 size_t             i_layer,
                 const char        *name,
                 NnShape            input,
                 NnShape           *output,
                 NnError           *error)
{
  if (layer->kernel_height < 1 || layer->kernel_width < 1 || layer->stride_height < 1
      || layer->stride_width < 1)
    return nn_fail (error, NN_STATUS_INVALID, i_layer, "Layer %zu (%s) has a window or stride of 0",
                    i_layer + 1, name);
  if (layer->kernel_height > NN_MAX_SIDE || layer->kernel_width > NN_MAX_SIDE
      || layer->stride_height > NN_MAX_SIDE || layer->stride_width > NN_MAX_SIDE)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (%s) has a window or stride larger than %d", i_layer + 1, name,
                    NN_MAX_SIDE);
  if (layer->padding != NN_PADDING_VALID && layer->padding != NN_PADDING_SAME)
    return nn_fail (error, NN_STATUS_INVALID, i_layer, "Layer %zu (%s) has an unknown padding",
                    i_layer + 1, name);
  if (layer->padding == NN_PADDING_VALID
      && (layer->kernel_height > input.height || layer->kernel_width > input.width))
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "Layer %zu (%s) has a window of %ux%u, larger than its input of %ux%u",
                    i_layer + 1, name, layer->kernel_height, layer->kernel_width, input.height,
                    input.width);

  output->height = (uint32_t) count_outputs (input.height, layer->kernel_height,
                                             layer->stride_height, layer->padding);
  output->width = (uint32_t) count_outputs (input.width, layer->kernel_width, layer->stride_width,
                                            layer->padding);
  return NN_STATUS_OK;
}

NnWindow
nn_window_get (const NnLayerSpec *layer,
               NnShape            input)
{
  NnWindow window;

  window.height =
    count_outputs (input.height, layer->kernel_height, layer->stride_height, layer->padding);
  window.width =
    count_outputs (input.width, layer->kernel_width, layer->stride_width, layer->padding);
  window.pad_top = get_pad_before (input.height, window.height, layer->kernel_height,
                                   layer->stride_height, layer->padding);
  window.pad_left = get_pad_before (input.width, window.width, layer->kernel_width,
                                    layer->stride_width, layer->padding);
  return window;
}
