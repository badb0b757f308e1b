/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks and data for the engine's tests, and a forward pass in doubles to compare with. */

#pragma once

#include <glib.h>

#include "nn.h"

#define TEST_CONV(n, kh, kw, sh, sw, pad, act)                                       \
  {                                                                                  \
    .kind = NN_LAYER_CONV2D, .activation = act, .padding = pad, .units = n,          \
    .kernel_height = kh, .kernel_width = kw, .stride_height = sh, .stride_width = sw \
  }
#define TEST_POOL(kh, kw, sh, sw, pad)                                               \
  {                                                                                  \
    .kind = NN_LAYER_MAX_POOL2D, .padding = pad,                                     \
    .kernel_height = kh, .kernel_width = kw, .stride_height = sh, .stride_width = sw \
  }
#define TEST_FLATTEN         \
  {                          \
    .kind = NN_LAYER_FLATTEN \
  }
#define TEST_DENSE(n, act)                                \
  {                                                       \
    .kind = NN_LAYER_DENSE, .activation = act, .units = n \
  }
#define TEST_SLOPED(n, act, below)                                        \
  {                                                                       \
    .kind = NN_LAYER_DENSE, .activation = act, .units = n, .slope = below \
  }
#define TEST_DROPOUT(r)                 \
  {                                     \
    .kind = NN_LAYER_DROPOUT, .rate = r \
  }

/* The layers of body and shortcut follow. */
#define TEST_RESIDUAL(body, shortcut, act)                   \
  {                                                          \
    .kind = NN_LAYER_RESIDUAL, .n_body = body,               \
    .n_shortcut = shortcut, .activation = act                \
  }

#define TEST_AVERAGE_POOL(kh, kw, sh, sw, pad)                                       \
  {                                                                                  \
    .kind = NN_LAYER_AVERAGE_POOL2D, .padding = pad,                                 \
    .kernel_height = kh, .kernel_width = kw, .stride_height = sh, .stride_width = sw \
  }
#define TEST_GLOBAL(which)                  \
  {                                         \
    .kind = NN_LAYER_GLOBAL_##which##_POOL, \
  }
/* Padding by number. */
#define TEST_PADDED_CONV(n, kh, kw, sh, sw, ph, pw, act)                              \
  {                                                                                   \
    .kind = NN_LAYER_CONV2D, .activation = act, .padding = NN_PADDING_NUMBER,         \
    .units = n, .kernel_height = kh, .kernel_width = kw, .stride_height = sh,         \
    .stride_width = sw, .pad_height = ph, .pad_width = pw                             \
  }
#define TEST_GROUPED_CONV(n, g, kh, kw, sh, sw, pad, act)                             \
  {                                                                                   \
    .kind = NN_LAYER_GROUPED_CONV2D, .activation = act, .padding = pad, .units = n,   \
    .groups = g, .kernel_height = kh, .kernel_width = kw, .stride_height = sh,        \
    .stride_width = sw                                                                \
  }
#define TEST_ACTIVATION(act)                        \
  {                                                 \
    .kind = NN_LAYER_ACTIVATION, .activation = act, \
    .slope = 0.2f                                   \
  }
#define TEST_BATCH_NORM(act)                             \
  {                                                      \
    .kind = NN_LAYER_BATCH_NORM, .epsilon = 1e-5f,       \
    .momentum = 0.1f, .activation = act                  \
  }

#define TEST_VALID NN_PADDING_VALID
#define TEST_SAME NN_PADDING_SAME
#define TEST_LINEAR NN_ACTIVATION_LINEAR
#define TEST_RELU NN_ACTIVATION_RELU
#define TEST_TANH NN_ACTIVATION_TANH
#define TEST_SIGMOID NN_ACTIVATION_SIGMOID

typedef struct
{
  const char *name;
  NnShape input;
  NnLayerSpec layers[16];
  size_t n_layers;
} TestNet;

/* Networks with every layer, activation and padding, odd sizes, and pools with and without a
 * convolution before them. */
extern const TestNet test_nets[];
extern const size_t n_test_nets;
/* The report's two networks, and one of odd sizes; all with dropout. */
extern const TestNet test_dropout_nets[];
extern const size_t n_test_dropout_nets;

typedef struct
{
  guint8 *images;
  guint8 *labels;
  size_t n;
} TestData;

NnModel *test_model_new (const TestNet     *net,
                         size_t             max_batch,
                         gboolean           is_trainable,
                         const NnAllocator *allocator);
/* Makes images that differ by class, so that a network can learn them. */
void test_data_init (TestData *data, NnShape shape, size_t n_classes, size_t n);
void test_data_clear (TestData *data);
/* The first @n images, with labels. */
NnBatch test_data_get_batch (const TestData *data, size_t n);
/* The SHA-256 of all tensors' values, in hexadecimal; the caller frees it. */
char *test_model_get_sha256 (NnModel *model);
/* All tensors' values, in order; the caller frees them. */
double *test_model_dup_parameters (NnModel *model, size_t *n);

/* An activation's definition.  @kink: likewise the distance from a bend. */
double test_activate (NnActivation  activation,
                      double        x,
                      double        slope,
                      double       *kink);

/* The mean loss of the first @n images, without dropout, computed in doubles straight from the
 * definitions.  @parameters: all tensors in order.  @kink_distance: the smallest distance of any
 * ReLU from 0 and of any pool from a tie; may be NULL. */
double test_reference_loss (const TestNet  *net,
                            const double   *parameters,
                            const TestData *data,
                            size_t          n,
                            double         *kink_distance);
