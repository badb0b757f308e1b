/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include <math.h>
#include <string.h>

#define NET(net_name, h, w, c, ...)                                             \
  {                                                                             \
    .name = net_name, .input = { h, w, c }, .layers = { __VA_ARGS__ },          \
    .n_layers = sizeof ((NnLayerSpec[]) { __VA_ARGS__ }) / sizeof (NnLayerSpec) \
  }

const TestNet test_nets[] = {
  NET ("dense", 5, 5, 1, TEST_FLATTEN, TEST_DENSE (7, TEST_RELU), TEST_DENSE (4, TEST_LINEAR)),
  NET ("dense-tanh-sigmoid", 4, 6, 1,
       TEST_FLATTEN,
       TEST_DENSE (19, TEST_TANH),
       TEST_DENSE (13, TEST_SIGMOID),
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("dense-linear", 3, 3, 3,
       TEST_FLATTEN,
       TEST_DENSE (33, TEST_LINEAR),
       TEST_DENSE (2, TEST_LINEAR)),
  NET ("dense-wide", 17, 17, 1,
       TEST_FLATTEN,
       TEST_DENSE (257, TEST_TANH),
       TEST_DENSE (263, TEST_RELU),
       TEST_DENSE (5, TEST_LINEAR)),
  NET ("conv-same", 7, 9, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("conv-valid", 8, 7, 3,
       TEST_CONV (17, 3, 2, 1, 1, TEST_VALID, TEST_TANH),
       TEST_CONV (7, 2, 3, 1, 1, TEST_VALID, TEST_SIGMOID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("conv-strided", 11, 13, 2,
       TEST_CONV (9, 5, 5, 2, 3, TEST_SAME, TEST_RELU),
       TEST_CONV (13, 3, 3, 2, 2, TEST_VALID, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("conv-pool", 8, 8, 1,
       TEST_CONV (8, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("conv-pool-tanh", 9, 9, 3,
       TEST_CONV (18, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_POOL (2, 2, 2, 2, TEST_SAME),
       TEST_CONV (7, 3, 3, 1, 1, TEST_SAME, TEST_SIGMOID),
       TEST_POOL (3, 3, 2, 2, TEST_SAME),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("conv-pool-overlapping", 10, 11, 1,
       TEST_CONV (7, 3, 3, 1, 1, TEST_VALID, TEST_LINEAR),
       TEST_POOL (3, 3, 2, 2, TEST_VALID),
       TEST_CONV (5, 2, 2, 1, 1, TEST_VALID, TEST_RELU),
       TEST_POOL (2, 3, 1, 1, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("conv-pool-gaps", 13, 13, 1,
       TEST_CONV (10, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 3, 3, TEST_VALID),
       TEST_CONV (9, 3, 3, 2, 2, TEST_SAME, TEST_RELU),
       TEST_POOL (1, 2, 2, 2, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("conv-one-by-one", 5, 5, 3,
       TEST_CONV (20, 1, 1, 1, 1, TEST_VALID, TEST_RELU),
       TEST_CONV (9, 1, 1, 2, 2, TEST_SAME, TEST_TANH),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("pool-first", 9, 9, 2,
       TEST_POOL (2, 2, 2, 2, TEST_SAME),
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_POOL (2, 2, 1, 1, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("pool-large", 12, 12, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_POOL (9, 10, 3, 2, TEST_SAME),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("fully-convolutional", 6, 6, 1,
       TEST_CONV (8, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_CONV (4, 3, 3, 1, 1, TEST_VALID, TEST_LINEAR),
       TEST_FLATTEN),
  NET ("conv-after-flatten", 4, 4, 1,
       TEST_CONV (3, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_FLATTEN,
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("conv-after-dense", 4, 4, 1,
       TEST_FLATTEN,
       TEST_DENSE (9, TEST_TANH),
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_DENSE (7, TEST_SIGMOID),
       TEST_CONV (3, 3, 5, 1, 1, TEST_SAME, TEST_LINEAR)),
  NET ("residual", 7, 6, 2,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_RESIDUAL (2, 0, TEST_TANH),
       TEST_CONV (9, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("residual-first", 5, 5, 3,
       TEST_RESIDUAL (2, 1, TEST_RELU),
       TEST_CONV (4, 3, 3, 1, 1, TEST_SAME, TEST_SIGMOID),
       TEST_CONV (7, 5, 5, 2, 2, TEST_SAME, TEST_LINEAR),
       TEST_CONV (7, 1, 1, 2, 2, TEST_SAME, TEST_TANH),
       TEST_RESIDUAL (1, 2, TEST_LINEAR),
       TEST_CONV (6, 3, 3, 1, 1, TEST_VALID, TEST_LINEAR),
       TEST_CONV (11, 2, 2, 1, 1, TEST_VALID, TEST_RELU),
       TEST_CONV (6, 2, 2, 1, 1, TEST_VALID, TEST_TANH),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("residual-pool-dense", 8, 8, 1,
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_RESIDUAL (2, 1, TEST_SIGMOID),
       TEST_CONV (4, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_CONV (4, 2, 2, 2, 2, TEST_VALID, TEST_LINEAR),
       TEST_RESIDUAL (3, 2, TEST_TANH),
       TEST_FLATTEN,
       TEST_DENSE (9, TEST_TANH),
       TEST_DENSE (5, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (5, TEST_LINEAR),
       TEST_RESIDUAL (1, 0, TEST_LINEAR),
       TEST_DENSE (5, TEST_TANH)),
  NET ("batch-norm", 7, 9, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_RELU),
       TEST_CONV (19, 3, 3, 2, 2, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_TANH),
       TEST_FLATTEN,
       TEST_DENSE (33, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_SIGMOID),
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("batch-norm-first", 5, 5, 3,
       TEST_BATCH_NORM (TEST_LINEAR),
       TEST_CONV (8, 3, 3, 1, 1, TEST_VALID, TEST_LINEAR),
       TEST_POOL (2, 2, 2, 2, TEST_SAME),
       TEST_BATCH_NORM (TEST_RELU),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_LINEAR)),
  NET ("residual-batch-norm", 8, 8, 1,
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_RELU),
       TEST_RESIDUAL (4, 2, TEST_RELU),
       TEST_CONV (17, 3, 3, 2, 2, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_RELU),
       TEST_CONV (17, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_LINEAR),
       TEST_CONV (17, 1, 1, 2, 2, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("average-pool", 9, 7, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_AVERAGE_POOL (3, 2, 2, 1, TEST_SAME),
       TEST_CONV (18, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_AVERAGE_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("global-average", 6, 8, 3,
       TEST_AVERAGE_POOL (2, 2, 1, 1, TEST_VALID),
       TEST_CONV (17, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_GLOBAL (AVERAGE),
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("global-max", 6, 5, 1,
       TEST_CONV (9, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_GLOBAL (MAX),
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("global-last", 6, 5, 1,
       TEST_CONV (4, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_GLOBAL (AVERAGE)),
  /* Strides above and below the kernel's size, some phases of which no tap reaches. */
  NET ("conv-phases", 11, 14, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_CONV (18, 2, 4, 3, 2, TEST_VALID, TEST_TANH),
       TEST_CONV (9, 1, 3, 2, 4, TEST_SAME, TEST_RELU),
       TEST_CONV (7, 2, 1, 5, 3, TEST_SAME, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("padding-by-number", 8, 7, 2,
       TEST_PADDED_CONV (6, 3, 3, 1, 1, 2, 1, TEST_TANH),
       TEST_PADDED_CONV (9, 5, 4, 2, 3, 1, 3, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_SAME),
       TEST_RESIDUAL (1, 1, TEST_RELU),
       TEST_PADDED_CONV (5, 5, 5, 1, 1, 2, 2, TEST_LINEAR),
       TEST_PADDED_CONV (5, 1, 1, 1, 1, 0, 0, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("depthwise", 9, 8, 2,
       TEST_GROUPED_CONV (2, 2, 3, 3, 1, 1, TEST_SAME, TEST_TANH),
       TEST_CONV (37, 1, 1, 1, 1, TEST_VALID, TEST_LINEAR),
       TEST_GROUPED_CONV (37, 37, 3, 5, 2, 1, TEST_SAME, TEST_RELU),
       TEST_GLOBAL (AVERAGE),
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("grouped", 7, 8, 3,
       TEST_GROUPED_CONV (6, 3, 3, 3, 1, 1, TEST_VALID, TEST_TANH),
       TEST_GROUPED_CONV (34, 2, 3, 2, 1, 2, TEST_SAME, TEST_TANH),
       TEST_RESIDUAL (1, 0, TEST_LINEAR),
       TEST_GROUPED_CONV (34, 17, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("activations", 6, 7, 1,
       TEST_CONV (5, 3, 3, 1, 1, TEST_SAME, NN_ACTIVATION_GELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_BATCH_NORM (NN_ACTIVATION_SILU),
       TEST_RESIDUAL (2, 1, NN_ACTIVATION_GELU),
       TEST_ACTIVATION (TEST_TANH),
       TEST_GROUPED_CONV (10, 5, 3, 3, 1, 1, TEST_SAME, NN_ACTIVATION_SILU),
       TEST_CONV (10, 1, 1, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_ACTIVATION (NN_ACTIVATION_LEAKY_RELU),
       TEST_FLATTEN,
       TEST_DENSE (9, NN_ACTIVATION_GELU),
       TEST_DENSE (8, TEST_LINEAR),
       TEST_ACTIVATION (NN_ACTIVATION_SILU),
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("dense-wide-gelu", 17, 17, 1,
       TEST_FLATTEN,
       TEST_DENSE (257, NN_ACTIVATION_GELU),
       TEST_DENSE (263, NN_ACTIVATION_SILU),
       TEST_DENSE (5, TEST_LINEAR)),
  NET ("residual-wide", 17, 17, 1,
       TEST_FLATTEN,
       TEST_DENSE (257, TEST_TANH),
       TEST_RESIDUAL (1, 0, TEST_LINEAR),
       TEST_DENSE (257, TEST_SIGMOID),
       TEST_DENSE (4, TEST_LINEAR)),
  NET ("dense-sloped", 4, 5, 1,
       TEST_FLATTEN,
       TEST_SLOPED (18, NN_ACTIVATION_LEAKY_RELU, 0.2f),
       TEST_SLOPED (17, NN_ACTIVATION_ELU, 1.3f),
       TEST_DENSE (9, NN_ACTIVATION_SELU),
       TEST_DENSE (7, NN_ACTIVATION_SOFTPLUS),
       TEST_DENSE (3, TEST_LINEAR)),
  NET ("conv-pool-sloped", 9, 9, 1,
       { .kind = NN_LAYER_CONV2D, .activation = NN_ACTIVATION_LEAKY_RELU, .units = 6, .slope = 0.3f,
         .kernel_height = 3, .kernel_width = 3, .stride_height = 1, .stride_width = 1 },
       TEST_CONV (9, 3, 3, 1, 1, TEST_SAME, NN_ACTIVATION_SELU),
       TEST_POOL (2, 2, 2, 2, TEST_SAME),
       TEST_CONV (7, 2, 2, 1, 1, TEST_SAME, NN_ACTIVATION_SOFTPLUS),
       TEST_POOL (2, 2, 1, 1, TEST_VALID),
       TEST_FLATTEN,
       TEST_DENSE (3, TEST_LINEAR)),
};
const size_t n_test_nets = G_N_ELEMENTS (test_nets);

const TestNet test_dropout_nets[] = {
  NET ("report-1", 28, 28, 1,
       TEST_FLATTEN,
       TEST_DENSE (300, TEST_RELU),
       TEST_DROPOUT (0.1f),
       TEST_DENSE (32, TEST_RELU),
       TEST_DROPOUT (0.1f),
       TEST_DENSE (16, TEST_RELU),
       TEST_DENSE (10, TEST_LINEAR)),
  NET ("report-2", 28, 28, 1,
       TEST_CONV (32, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_DROPOUT (0.2f),
       TEST_CONV (16, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_POOL (2, 2, 2, 2, TEST_VALID),
       TEST_DROPOUT (0.2f),
       TEST_FLATTEN,
       TEST_DENSE (32, TEST_RELU),
       TEST_DENSE (10, TEST_LINEAR)),
  NET ("odd", 19, 23, 3,
       TEST_DROPOUT (0.05f),
       TEST_CONV (7, 5, 3, 2, 1, TEST_SAME, TEST_TANH),
       TEST_DROPOUT (0.3f),
       TEST_CONV (13, 3, 3, 1, 2, TEST_VALID, TEST_RELU),
       TEST_POOL (3, 3, 2, 2, TEST_SAME),
       TEST_DROPOUT (0.25f),
       TEST_FLATTEN,
       TEST_DENSE (301, TEST_SIGMOID),
       TEST_DROPOUT (0.5f),
       TEST_DENSE (7, TEST_LINEAR)),
  NET ("residual-dropout", 9, 9, 2,
       TEST_CONV (6, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_RESIDUAL (3, 2, TEST_RELU),
       TEST_DROPOUT (0.3f),
       TEST_CONV (8, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
       TEST_DROPOUT (0.2f),
       TEST_DROPOUT (0.4f),
       TEST_CONV (8, 1, 1, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_DROPOUT (0.1f),
       TEST_FLATTEN,
       TEST_DENSE (5, TEST_LINEAR)),
  NET ("batch-norm-dropout", 11, 9, 1,
       TEST_CONV (7, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_RELU),
       TEST_DROPOUT (0.2f),
       TEST_RESIDUAL (3, 0, NN_ACTIVATION_GELU),
       TEST_BATCH_NORM (NN_ACTIVATION_GELU),
       TEST_DROPOUT (0.3f),
       TEST_CONV (7, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR),
       TEST_FLATTEN,
       TEST_DENSE (101, TEST_LINEAR),
       TEST_BATCH_NORM (TEST_TANH),
       TEST_DENSE (5, TEST_LINEAR)),
};
const size_t n_test_dropout_nets = G_N_ELEMENTS (test_dropout_nets);

NnModel *
test_model_new (const TestNet     *net,
                size_t             max_batch,
                gboolean           is_trainable,
                const NnAllocator *allocator)
{
  const NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = max_batch,
    .trainable = is_trainable,
    .pixel_divisor = 255.0f,
    .seed = 7,
    .allocator = allocator,
  };
  NnModel *model = NULL;
  NnError error = { 0 };

  nn_model_new (&options, &model, &error);
  g_assert_cmpstr (error.text, ==, "");
  return model;
}

void
test_data_init (TestData *data,
                NnShape   shape,
                size_t    n_classes,
                size_t    n)
{
  const size_t size = (size_t) shape.height * shape.width * shape.channels;

  data->n = n;
  data->images = g_malloc (n * size);
  data->labels = g_malloc (n);
  for (size_t i = 0; i < n; i++)
    {
      data->labels[i] = (guint8) (nn_random (3, NN_RANDOM_PICTURES, 1, i) % n_classes);
      for (size_t k = 0; k < size; k++)
        data->images[i * size + k] = (guint8) ((nn_random (3, NN_RANDOM_PICTURES, i + 10, k) & 127)
                                               + (k % n_classes == data->labels[i] ? 128 : 0));
    }
}

void
test_data_clear (TestData *data)
{
  g_clear_pointer (&data->images, g_free);
  g_clear_pointer (&data->labels, g_free);
}

NnBatch
test_data_get_batch (const TestData *data,
                     size_t          n)
{
  return (NnBatch) { .images = data->images, .labels = data->labels, .n = n };
}

char *
test_model_get_sha256 (NnModel *model)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;
      g_autofree float *values = NULL;

      nn_model_get_tensor_info (model, i, &info);
      values = g_new (float, info.n_elements);
      nn_model_read_tensor (model, i, NN_TENSOR_VALUE, values);
      g_checksum_update (checksum, (const guchar *) values,
                         (gssize) (info.n_elements * sizeof (float)));
    }
  return g_strdup (g_checksum_get_string (checksum));
}

double *
test_model_dup_parameters (NnModel *model,
                           size_t  *n)
{
  double *parameters;
  size_t n_trained = 0;

  *n = 0;
  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (model, i, &info);
      *n += info.n_elements;
      n_trained += info.is_trained ? info.n_elements : 0;
    }
  g_assert_cmpuint (n_trained, ==, nn_model_get_n_parameters (model));

  parameters = g_new (double, *n);
  *n = 0;
  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;
      g_autofree float *values = NULL;

      nn_model_get_tensor_info (model, i, &info);
      values = g_new (float, info.n_elements);
      nn_model_read_tensor (model, i, NN_TENSOR_VALUE, values);
      for (size_t k = 0; k < info.n_elements; k++)
        parameters[(*n)++] = values[k];
    }
  return parameters;
}
