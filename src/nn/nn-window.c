/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The geometry of sliding windows, for convolutions and pools.
 *
 *   valid   output = floor ((input - kernel) / stride) + 1, no padding
 *   same    output = ceil (input / stride); the padding that this needs is split in halves, and the
 *           smaller half goes above and to the left (as in TensorFlow and Keras)
 *   number  output = floor ((input + 2 * padding - kernel) / stride) + 1 (as in PyTorch)
 */

#include "nn-window.h"

typedef struct
{
  size_t input;
  size_t kernel;
  size_t stride;
  NnPadding padding;
  size_t pad; /* where padding is a number */
} Side;

static Side
get_height (const NnLayerSpec *layer,
            NnShape            input)
{
  return (Side) { input.height, layer->kernel_height, layer->stride_height, layer->padding,
                  layer->padding == NN_PADDING_NUMBER ? layer->pad_height : 0 };
}

static Side
get_width (const NnLayerSpec *layer,
           NnShape            input)
{
  return (Side) { input.width, layer->kernel_width, layer->stride_width, layer->padding,
                  layer->padding == NN_PADDING_NUMBER ? layer->pad_width : 0 };
}

static size_t
count_outputs (Side side)
{
  if (side.padding == NN_PADDING_SAME)
    return (side.input + side.stride - 1) / side.stride;
  return (side.input + 2 * side.pad - side.kernel) / side.stride + 1;
}

static size_t
get_pad_before (Side side)
{
  const size_t reach = (count_outputs (side) - 1) * side.stride + side.kernel;

  if (side.padding == NN_PADDING_SAME)
    return reach > side.input ? (reach - side.input) / 2 : 0;
  return side.pad;
}

static size_t
get_pad_after (Side side)
{
  const size_t reach = (count_outputs (side) - 1) * side.stride + side.kernel;
  const size_t covered = side.input + get_pad_before (side);

  return reach > covered ? reach - covered : 0;
}

/* Padding is smaller than the window, so that each window covers a value. */
static NnStatus
check_fit (const NnLayerSpec *layer,
           size_t             i_layer,
           const char        *name,
           NnShape            input,
           NnError           *error)
{
  const Side height = get_height (layer, input);
  const Side width = get_width (layer, input);

  if (layer->padding == NN_PADDING_SAME)
    return NN_STATUS_OK;
  if (height.pad >= height.kernel || width.pad >= width.kernel)
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (%s) has a padding of %zux%zu; it must be smaller than its window "
                    "of %zux%zu",
                    i_layer + 1, name, height.pad, width.pad, height.kernel, width.kernel);
  if (height.kernel > height.input + 2 * height.pad || width.kernel > width.input + 2 * width.pad)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "Layer %zu (%s) has a window of %zux%zu, larger than its input of %zux%zu",
                    i_layer + 1, name, height.kernel, width.kernel, height.input + 2 * height.pad,
                    width.input + 2 * width.pad);
  return NN_STATUS_OK;
}

NnStatus
nn_window_check (const NnLayerSpec *layer,
                 size_t             i_layer,
                 const char        *name,
                 NnShape            input,
                 NnShape           *output,
                 NnError           *error)
{
  NnStatus status;

  if (layer->kernel_height < 1 || layer->kernel_width < 1 || layer->stride_height < 1
      || layer->stride_width < 1)
    return nn_fail (error, NN_STATUS_INVALID, i_layer, "Layer %zu (%s) has a window or stride of 0",
                    i_layer + 1, name);
  if (layer->kernel_height > NN_MAX_SIDE || layer->kernel_width > NN_MAX_SIDE
      || layer->stride_height > NN_MAX_SIDE || layer->stride_width > NN_MAX_SIDE)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (%s) has a window or stride larger than %d", i_layer + 1, name,
                    NN_MAX_SIDE);
  if ((unsigned) layer->padding >= NN_N_PADDINGS)
    return nn_fail (error, NN_STATUS_INVALID, i_layer, "Layer %zu (%s) has an unknown padding",
                    i_layer + 1, name);
  status = check_fit (layer, i_layer, name, input, error);
  if (status != NN_STATUS_OK)
    return status;

  output->height = (uint32_t) count_outputs (get_height (layer, input));
  output->width = (uint32_t) count_outputs (get_width (layer, input));
  return NN_STATUS_OK;
}

NnWindow
nn_window_get (const NnLayerSpec *layer,
               NnShape            input)
{
  const Side height = get_height (layer, input);
  const Side width = get_width (layer, input);

  return (NnWindow) {
    .height = count_outputs (height),
    .width = count_outputs (width),
    .pad_top = get_pad_before (height),
    .pad_left = get_pad_before (width),
  };
}

void
nn_window_get_padding (const NnLayerSpec *layer,
                       NnShape            input,
                       size_t             padding[4])
{
  padding[0] = get_pad_before (get_height (layer, input));
  padding[1] = get_pad_before (get_width (layer, input));
  padding[2] = get_pad_after (get_height (layer, input));
  padding[3] = get_pad_after (get_width (layer, input));
}

size_t
nn_window_clip (size_t  i,
                size_t  stride,
                size_t  kernel,
                size_t  pad,
                size_t  n,
                size_t *first)
{
  const size_t begin = i * stride; /* in the padded image */
  const size_t end = nn_min (begin + kernel, n + pad);

  *first = begin > pad ? begin - pad : 0;
  return end - pad - *first;
}

void
nn_window_complete_global (NnLayerSpec *layer,
                           NnShape      input)
{
  layer->padding = NN_PADDING_VALID;
  layer->kernel_height = input.height;
  layer->kernel_width = input.width;
  layer->stride_height = 1;
  layer->stride_width = 1;
}

NnStatus
nn_window_infer_conv2d (const NnLayerSpec *layer,
                        size_t             i_layer,
                        const char        *name,
                        NnShape            input,
                        uint32_t           n_groups,
                        NnLayerInfo       *info,
                        NnError           *error)
{
  NnStatus status = nn_window_check (layer, i_layer, name, input, &info->output, error);
  uint64_t n_weights;

  if (status != NN_STATUS_OK)
    return status;
  if (layer->units < 1 || layer->units > NN_MAX_CHANNELS)
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (%s) has %u filters; 1 to %d are possible", i_layer + 1, name,
                    layer->units, NN_MAX_CHANNELS);

  /* 2^12 * 2^12 * 2^16 * 2^16 fits 64 bits. */
  n_weights = (uint64_t) layer->kernel_height * layer->kernel_width * (input.channels / n_groups)
              * layer->units;
  if (n_weights > NN_MAX_PARAMETERS)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (%s) has %llu weights, more than the limit of %llu", i_layer + 1,
                    name, (unsigned long long) n_weights, (unsigned long long) NN_MAX_PARAMETERS);
  info->output.channels = layer->units;
  info->n_parameters = n_weights + layer->units;
  info->n_multiply_adds = n_weights * info->output.height * info->output.width;
  return NN_STATUS_OK;
}

void
nn_window_add_bias (const NnKernels *kernels,
                    const float     *rows,
                    const uint32_t  *offsets,
                    size_t           n_rows,
                    size_t           n_columns,
                    float           *bias)
{
  static const float one = 1.0f;
  const NnOuter outer = {
    .n_rows = n_rows,
    .n_taps = 1,
    .n_columns = n_columns,
    .a = &one,
    .a_stride = 0,
    .d = rows,
    .d_offsets = offsets,
    .d_stride = n_columns,
    .g = bias,
    .panel_stride = NN_PANEL,
  };

  kernels->outer (&outer);
}
