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
  double *parameters = g_new (double, nn_model_get_n_parameters (model));

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
  g_assert_cmpuint (*n, ==, nn_model_get_n_parameters (model));
  return parameters;
}

/* ---- The definitions, in doubles ---- */

static double
activate (NnActivation  activation,
          double        x,
          double       *kink)
{
  switch (activation)
    {
    case NN_ACTIVATION_RELU:
      *kink = MIN (*kink, fabs (x));
      return MAX (x, 0.0);
    case NN_ACTIVATION_TANH:
      return tanh (x);
    case NN_ACTIVATION_SIGMOID:
      return 1.0 / (1.0 + exp (-x));
    case NN_ACTIVATION_LINEAR:
    case NN_N_ACTIVATIONS:
      break;
    }
  return x;
}

/* The first row or column of the input under output @o; negative in the padding. */
static int
get_begin (guint32   input,
           guint32   output,
           guint32   kernel,
           guint32   stride,
           NnPadding padding,
           guint32   o)
{
  int reach = (int) ((output - 1) * stride + kernel) - (int) input;

  return (int) (o * stride) - (padding == NN_PADDING_SAME && reach > 0 ? reach / 2 : 0);
}

/* Computes a conv2d or max_pool2d layer for one image.  Weights are in PyTorch's order. */
static void
apply_window (const NnLayerSpec *layer,
              NnShape            in,
              NnShape            out,
              const double      *weights,
              const double      *x,
              double            *y,
              double            *kink)
{
  const double *bias =
    weights + (size_t) out.channels * in.channels * layer->kernel_height * layer->kernel_width;

  for (guint32 oy = 0; oy < out.height; oy++)
    for (guint32 ox = 0; ox < out.width; ox++)
      for (guint32 o = 0; o < out.channels; o++)
        {
          const int top = get_begin (in.height, out.height, layer->kernel_height,
                                     layer->stride_height, layer->padding, oy);
          const int left = get_begin (in.width, out.width, layer->kernel_width, layer->stride_width,
                                      layer->padding, ox);
          double sum = layer->kind == NN_LAYER_CONV2D ? bias[o] : -INFINITY, second = -INFINITY;

          for (int ky = 0; ky < (int) layer->kernel_height; ky++)
            for (int kx = 0; kx < (int) layer->kernel_width; kx++)
              {
                const int iy = top + ky;
                const int ix = left + kx;
                const double *pixel = x + ((ptrdiff_t) iy * in.width + ix) * in.channels;

                if (iy < 0 || ix < 0 || iy >= (int) in.height || ix >= (int) in.width)
                  continue;
                if (layer->kind == NN_LAYER_MAX_POOL2D)
                  {
                    second = MAX (second, MIN (sum, pixel[o]));
                    sum = MAX (sum, pixel[o]);
                    continue;
                  }
                for (guint32 c = 0; c < in.channels; c++)
                  sum += pixel[c]
                         * weights[((o * in.channels + c) * layer->kernel_height + ky)
                                     * layer->kernel_width + kx];
              }
          if (layer->kind == NN_LAYER_MAX_POOL2D)
            /* Exact ties come from ReLU's zeros, and are no kinks. */
            *kink = MIN (*kink, sum > second ? sum - second : *kink);
          else
            sum = activate (layer->activation, sum, kink);
          y[((size_t) oy * out.width + ox) * out.channels + o] = sum;
        }
}

static void
apply_dense (const NnLayerSpec *layer,
             size_t             n_in,
             const double      *weights,
             const double      *x,
             double            *y,
             double            *kink)
{
  for (size_t o = 0; o < layer->units; o++)
    {
      double sum = weights[layer->units * n_in + o];

      for (size_t k = 0; k < n_in; k++)
        sum += weights[o * n_in + k] * x[k];
      y[o] = activate (layer->activation, sum, kink);
    }
}

static double
get_image_loss (const TestNet     *net,
                const NnLayerInfo *infos,
                const double      *parameters,
                const guint8      *image,
                guint              label,
                double            *kink)
{
  const size_t n_pixels = (size_t) net->input.height * net->input.width * net->input.channels;
  g_autofree double *x = g_new (double, n_pixels);
  NnShape in = net->input;
  double sum = 0.0;

  for (size_t k = 0; k < n_pixels; k++)
    x[k] = (double) ((float) image[k] / 255.0f);
  for (size_t i = 0; i < net->n_layers; i++)
    {
      const NnLayerSpec *layer = &net->layers[i];
      const NnShape out = infos[i].output;
      const size_t n_out = (size_t) out.height * out.width * out.channels;
      double *y;

      if (layer->kind == NN_LAYER_FLATTEN || layer->kind == NN_LAYER_DROPOUT)
        {
          in = out;
          continue;
        }
      y = g_new (double, n_out);
      if (layer->kind == NN_LAYER_DENSE)
        apply_dense (layer, (size_t) in.height * in.width * in.channels, parameters, x, y, kink);
      else
        apply_window (layer, in, out, parameters, x, y, kink);
      parameters += infos[i].n_parameters;
      in = out;
      g_free (x);
      x = y;
    }
  for (size_t c = 0; c < in.channels; c++)
    sum += exp (x[c]);
  return log (sum) - x[label];
}

double
test_reference_loss (const TestNet  *net,
                     const double   *parameters,
                     const TestData *data,
                     size_t          n,
                     double         *kink_distance)
{
  const size_t n_pixels = (size_t) net->input.height * net->input.width * net->input.channels;
  NnLayerInfo infos[NN_MAX_LAYERS];
  double loss = 0.0;
  double kink = INFINITY;

  g_assert_cmpint (nn_network_check (net->input, net->layers, net->n_layers, infos, NULL), ==,
                   NN_STATUS_OK);
  for (size_t i = 0; i < n; i++)
    loss +=
      get_image_loss (net, infos, parameters, data->images + i * n_pixels, data->labels[i], &kink);
  if (kink_distance != NULL)
    *kink_distance = kink;
  return loss / (double) n;
}
