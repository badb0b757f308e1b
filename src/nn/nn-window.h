/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-window.h - sliding windows, for convolutions and pools. */

#pragma once

#include "nn-private.h"

/* Checks the window's settings and fills @output's height and width.  @name is for the error
 * message. */
NnStatus nn_window_check (const NnLayerSpec *layer,
                          size_t             i_layer,
                          const char        *name,
                          NnShape            input,
                          NnShape           *output,
                          NnError           *error);
/* For a window that nn_window_check accepted. */
NnWindow nn_window_get (const NnLayerSpec *layer,
                        NnShape            input);
/* The get_padding of convolutions. */
void nn_window_get_padding (const NnLayerSpec *layer,
                            NnShape            input,
                            size_t             padding[4]);
/* The rows (or columns) of the input under output row @i: how many of them lie inside the image,
 * and which is the first. */
size_t nn_window_clip (size_t  i,
                       size_t  stride,
                       size_t  kernel,
                       size_t  pad,
                       size_t  n,
                       size_t *first);
/* The complete of layers whose one window is the whole image. */
void nn_window_complete_global (NnLayerSpec *layer,
                                NnShape      input);

/* Adds @n_rows rows of gradients, in their order, to the bias gradient of a convolution: an outer
 * product with ones, which rounds as an addition does.  @offsets: of the rows, or NULL: they are
 * @n_columns floats apart.  @bias: [@n_columns, rounded up to 8]. */
void nn_window_add_bias (const NnKernels *kernels,
                         const float     *rows,
                         const uint32_t  *offsets,
                         size_t           n_rows,
                         size_t           n_columns,
                         float           *bias);

/* Floats from an image's start to the first input of the first output: another reader of the
 * boundary may need a wider border. */
static inline size_t
nn_window_get_start (const NnModel *model,
                     const NnStep *step)
{
  const NnBoundary *input = nn_step_input (model, step);

  return (input->pad_top - step->window.pad_top) * input->row_stride
         + (input->pad_left - step->window.pad_left) * input->shape.channels;
}

/* The infer_shape of convolutions whose outputs see the inputs of their own group only.  The groups
 * must divide the channels. */
NnStatus nn_window_infer_conv2d (const NnLayerSpec *layer,
                                 size_t             i_layer,
                                 const char        *name,
                                 NnShape            input,
                                 uint32_t           n_groups,
                                 NnLayerInfo       *info,
                                 NnError           *error);
