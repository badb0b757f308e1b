/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks and data that several of the engine's tests use, and a plain double-precision forward pass to compare with. */

#pragma once

#include <glib.h>

#include "nn.h"

#define TEST_CONV(n, kh, kw, sh, sw, pad, act)                                                                         \
  {                                                                                                                    \
    .kind = NN_LAYER_CONV2D, .activation = act, .padding = pad, .units = n, .kernel_height = kh, .kernel_width = kw,   \
    .stride_height = sh, .stride_width = sw                                                                            \
  }
#define TEST_POOL(kh, kw, sh, sw, pad)                                                                                 \
  {                                                                                                                    \
    .kind = NN_LAYER_MAX_POOL2D, .padding = pad, .kernel_height = kh, .kernel_width = kw, .stride_height = sh,         \
    .stride_width = sw                                                                                                 \
  }
#define TEST_FLATTEN                                                                                                   \
  {                                                                                                                    \
    .kind = NN_LAYER_FLATTEN                                                                                           \
  }
#define TEST_DENSE(n, act)                                                                                             \
  {                                                                                                                    \
    .kind = NN_LAYER_DENSE, .activation = act, .units = n                                                              \
  }
#define TEST_DROPOUT(r)                                                                                                \
  {                                                                                                                    \
    .kind = NN_LAYER_DROPOUT, .rate = r                                                                                \
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
  NnLayerSpec layers[12];
  size_t n_layers;
} TestNet;

/* Networks of many shapes: every layer, activation, padding, odd sizes, pools with and without a convolution before. */
extern const TestNet test_nets[];
extern const size_t n_test_nets;
/* The report's networks and one of odd shapes with dropout. */
extern const TestNet test_dropout_nets[];
extern const size_t n_test_dropout_nets;

typedef struct
{
  guint8 *images;
  guint8 *labels;
  size_t n;
} TestData;

NnModel *test_model_new (const TestNet *net, size_t max_batch, gboolean is_trainable, const NnAllocator *allocator);
/* Pictures that differ by class, so that there is something to learn. */
void test_data_init (TestData *data, NnShape shape, size_t n_classes, size_t n);
void test_data_clear (TestData *data);
/* SHA-256 of all tensors' values. */
char *test_model_get_sha256 (NnModel *model);
double *test_model_dup_parameters (NnModel *model, size_t *n);

/* The mean loss of a batch of @n, without dropout, in doubles, by the definitions alone.  @parameters: all tensors in
 * order.  @kink_distance: how near any ReLU is to 0 or any pool to a tie; NULL where that is not asked for. */
double test_reference_loss (const TestNet *net, const double *parameters, const TestData *data, size_t n, double *kink_distance);
