/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The definitions of all layers, in doubles and for a whole batch, written for reading.  The
 * engine's losses and gradients are compared with them. */

#include "support.h"

#include <math.h>
#include <string.h>

/* The activations of a batch: [n, height, width, channels]. */
typedef struct
{
  NnShape shape;
  size_t n;
  double *values; /* Owned */
} Batch;

/* A walk through a network. */
typedef struct
{
  const NnLayerSpec *layers;
  const NnLayerInfo *infos;
  const double *parameters; /* of the next layer */
  double kink;              /* the smallest distance from a kink so far */
} Walk;

static size_t
get_size (NnShape shape)
{
  return (size_t) shape.height * shape.width * shape.channels;
}

static Batch
batch_new (NnShape shape,
           size_t  n)
{
  return (Batch) { shape, n, g_new0 (double, n * get_size (shape)) };
}

double
test_activate (NnActivation  activation,
               double        x,
               double        slope,
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
    case NN_ACTIVATION_LEAKY_RELU:
      *kink = MIN (*kink, fabs (x));
      return x > 0.0 ? x : slope * x;
    case NN_ACTIVATION_ELU:
      *kink = MIN (*kink, fabs (x));
      return x > 0.0 ? x : slope * expm1 (x);
    case NN_ACTIVATION_SELU:
      *kink = MIN (*kink, fabs (x));
      return 1.0507009873554805 * (x > 0.0 ? x : 1.6732632423543772 * expm1 (x));
    case NN_ACTIVATION_SOFTPLUS:
      return MAX (x, 0.0) + log1p (exp (-fabs (x)));
    case NN_ACTIVATION_GELU:
      return 0.5 * x * erfc (-x / sqrt (2.0));
    case NN_ACTIVATION_SILU:
      return x / (1.0 + exp (-x));
    case NN_ACTIVATION_LINEAR:
    case NN_N_ACTIVATIONS:
      break;
    }
  return x;
}

static double
activate (Walk              *walk,
          const NnLayerSpec *layer,
          double             x)
{
  return test_activate (layer->activation, x, layer->slope, &walk->kink);
}

/* The first row or column of the input under output @o; negative in the padding. */
static int
get_begin (guint32   input,
           guint32   output,
           guint32   kernel,
           guint32   stride,
           NnPadding padding,
           guint32   pad,
           guint32   o)
{
  int reach = (int) ((output - 1) * stride + kernel) - (int) input;

  if (padding == NN_PADDING_NUMBER)
    return (int) (o * stride) - (int) pad;
  return (int) (o * stride) - (padding == NN_PADDING_SAME && reach > 0 ? reach / 2 : 0);
}

/* One output of a window, such as a sum or a maximum over the inputs under it. */
typedef double (*WindowFunction) (Walk              *walk,
                                  const NnLayerSpec *layer,
                                  NnShape            in,
                                  const double      *x,
                                  const int          corner[2],
                                  size_t             o);

/* The input under place (ky, kx) of a window; FALSE in the padding. */
static gboolean
find_pixel (NnShape       in,
            const double *x,
            const int     corner[2],
            int           ky,
            int           kx,
            const double **pixel)
{
  const int iy = corner[0] + ky;
  const int ix = corner[1] + kx;

  *pixel = x + ((ptrdiff_t) iy * in.width + ix) * in.channels;
  return iy >= 0 && ix >= 0 && iy < (int) in.height && ix < (int) in.width;
}

/* Weights are in PyTorch's order. */
static double
convolve (Walk              *walk,
          const NnLayerSpec *layer,
          NnShape            in,
          const double      *x,
          const int          corner[2],
          size_t             o)
{
  const size_t area = (size_t) layer->kernel_height * layer->kernel_width;
  const size_t n_groups = layer->kind == NN_LAYER_GROUPED_CONV2D ? layer->groups : 1;
  const size_t n_inputs = in.channels / n_groups;
  const size_t begin = o / (layer->units / n_groups) * n_inputs;
  const double *weights = walk->parameters + o * n_inputs * area;
  double sum = walk->parameters[layer->units * n_inputs * area + o];
  const double *pixel;

  for (int ky = 0; ky < (int) layer->kernel_height; ky++)
    for (int kx = 0; kx < (int) layer->kernel_width; kx++)
      if (find_pixel (in, x, corner, ky, kx, &pixel))
        for (size_t c = 0; c < n_inputs; c++)
          sum += pixel[begin + c]
                 * weights[c * area + (size_t) ky * layer->kernel_width + (size_t) kx];
  return activate (walk, layer, sum);
}

static double
find_maximum (Walk              *walk,
              const NnLayerSpec *layer,
              NnShape            in,
              const double      *x,
              const int          corner[2],
              size_t             o)
{
  double first = -INFINITY, second = -INFINITY;
  const double *pixel;

  for (int ky = 0; ky < (int) layer->kernel_height; ky++)
    for (int kx = 0; kx < (int) layer->kernel_width; kx++)
      if (find_pixel (in, x, corner, ky, kx, &pixel))
        {
          second = MAX (second, MIN (first, pixel[o]));
          first = MAX (first, pixel[o]);
        }
  /* Exact ties come from ReLU's zeros, and are no kinks. */
  walk->kink = MIN (walk->kink, first > second ? first - second : walk->kink);
  return first;
}

static double
find_average (Walk              *walk,
              const NnLayerSpec *layer,
              NnShape            in,
              const double      *x,
              const int          corner[2],
              size_t             o)
{
  double sum = 0.0;
  int n = 0;
  const double *pixel;

  for (int ky = 0; ky < (int) layer->kernel_height; ky++)
    for (int kx = 0; kx < (int) layer->kernel_width; kx++)
      if (find_pixel (in, x, corner, ky, kx, &pixel))
        {
          sum += pixel[o];
          n++;
        }
  return sum / n;
}

static void
slide (Walk              *walk,
       const NnLayerSpec *layer,
       WindowFunction     function,
       const Batch       *x,
       Batch             *y)
{
  const NnShape in = x->shape;
  const NnShape out = y->shape;
  double *target = y->values;

  for (size_t i = 0; i < x->n; i++)
    for (guint32 oy = 0; oy < out.height; oy++)
      for (guint32 ox = 0; ox < out.width; ox++)
        {
          const int corner[2] = {
            get_begin (in.height, out.height, layer->kernel_height, layer->stride_height,
                       layer->padding, layer->pad_height, oy),
            get_begin (in.width, out.width, layer->kernel_width, layer->stride_width,
                       layer->padding, layer->pad_width, ox),
          };

          for (guint32 o = 0; o < out.channels; o++)
            *target++ = function (walk, layer, in, x->values + i * get_size (in), corner, o);
        }
}

static void
apply_dense (Walk              *walk,
             const NnLayerSpec *layer,
             const Batch       *x,
             Batch             *y)
{
  const size_t n_in = get_size (x->shape);

  for (size_t i = 0; i < x->n; i++)
    for (size_t o = 0; o < layer->units; o++)
      {
        double sum = walk->parameters[layer->units * n_in + o];

        for (size_t k = 0; k < n_in; k++)
          sum += walk->parameters[o * n_in + k] * x->values[i * n_in + k];
        y->values[i * layer->units + o] = activate (walk, layer, sum);
      }
}

/* The parameters are the scale, the shift, and the running statistics, which training does not
 * use. */
static void
apply_batch_norm (Walk              *walk,
                  const NnLayerSpec *layer,
                  const Batch       *x,
                  Batch             *y)
{
  const size_t n_channels = x->shape.channels;
  const size_t n = x->n * x->shape.height * x->shape.width;

  for (size_t c = 0; c < n_channels; c++)
    {
      double mean = 0.0, variance = 0.0;

      for (size_t i = 0; i < n; i++)
        mean += x->values[i * n_channels + c] / (double) n;
      for (size_t i = 0; i < n; i++)
        variance += pow (x->values[i * n_channels + c] - mean, 2.0) / (double) n;
      for (size_t i = 0; i < n; i++)
        y->values[i * n_channels + c] =
          activate (walk, layer,
                    (x->values[i * n_channels + c] - mean) / sqrt (variance + layer->epsilon)
                        * walk->parameters[c]
                      + walk->parameters[n_channels + c]);
    }
  walk->parameters += 2 * n_channels;
}

static void apply_list (Walk   *walk,
                        size_t  begin,
                        size_t  end,
                        Batch  *x);

static void
apply_residual (Walk        *walk,
                size_t       i_layer,
                const Batch *x,
                Batch       *y)
{
  const NnLayerSpec *layer = &walk->layers[i_layer];
  const size_t shortcut = i_layer + 1 + layer->n_body;
  const size_t n = x->n * get_size (x->shape);
  Batch branches[2] = { { x->shape, x->n, g_memdup2 (x->values, n * sizeof (double)) },
                        { x->shape, x->n, g_memdup2 (x->values, n * sizeof (double)) } };

  apply_list (walk, i_layer + 1, shortcut, &branches[0]);
  apply_list (walk, shortcut, shortcut + layer->n_shortcut, &branches[1]);
  for (size_t i = 0; i < y->n * get_size (y->shape); i++)
    y->values[i] =
      activate (walk, layer, branches[0].values[i] + branches[1].values[i]);
  g_free (branches[0].values);
  g_free (branches[1].values);
}

/* One window, over the whole image. */
static NnLayerSpec
get_global (NnShape in)
{
  return (NnLayerSpec) {
    .kernel_height = in.height, .kernel_width = in.width, .stride_height = 1, .stride_width = 1
  };
}

static void
apply_layer (Walk        *walk,
             size_t       i_layer,
             const Batch *x,
             Batch       *y)
{
  const NnLayerSpec *layer = &walk->layers[i_layer];
  const NnLayerSpec global = get_global (x->shape);

  switch (layer->kind)
    {
    case NN_LAYER_DENSE:
      apply_dense (walk, layer, x, y);
      break;
    case NN_LAYER_CONV2D:
    case NN_LAYER_GROUPED_CONV2D:
      slide (walk, layer, convolve, x, y);
      break;
    case NN_LAYER_MAX_POOL2D:
      slide (walk, layer, find_maximum, x, y);
      break;
    case NN_LAYER_AVERAGE_POOL2D:
      slide (walk, layer, find_average, x, y);
      break;
    case NN_LAYER_GLOBAL_AVERAGE_POOL:
      slide (walk, &global, find_average, x, y);
      break;
    case NN_LAYER_GLOBAL_MAX_POOL:
      slide (walk, &global, find_maximum, x, y);
      break;
    case NN_LAYER_RESIDUAL:
      apply_residual (walk, i_layer, x, y);
      break;
    case NN_LAYER_BATCH_NORM:
      apply_batch_norm (walk, layer, x, y);
      break;
    case NN_LAYER_ACTIVATION:
      for (size_t i = 0; i < y->n * get_size (y->shape); i++)
        y->values[i] = activate (walk, layer, x->values[i]);
      break;
    case NN_LAYER_FLATTEN:
    case NN_LAYER_DROPOUT:
      memcpy (y->values, x->values, x->n * get_size (x->shape) * sizeof (double));
      break;
    case NN_N_LAYER_KINDS:
      g_assert_not_reached ();
    }
}

/* Takes @x through layers begin .. end - 1. */
static void
apply_list (Walk   *walk,
            size_t  begin,
            size_t  end,
            Batch  *x)
{
  for (size_t i = begin; i < end; i++)
    {
      const NnLayerSpec *layer = &walk->layers[i];
      Batch y = batch_new (walk->infos[i].output, x->n);

      apply_layer (walk, i, x, &y);
      walk->parameters += walk->infos[i].n_parameters;
      if (layer->kind == NN_LAYER_RESIDUAL)
        i += layer->n_body + layer->n_shortcut;
      g_free (x->values);
      *x = y;
    }
}

double
test_reference_loss (const TestNet  *net,
                     const double   *parameters,
                     const TestData *data,
                     size_t          n,
                     double         *kink_distance)
{
  NnLayerInfo infos[NN_MAX_LAYERS];
  Walk walk = { net->layers, infos, parameters, INFINITY };
  Batch x = batch_new (net->input, n);
  double loss = 0.0;

  g_assert_cmpint (nn_network_check (net->input, net->layers, net->n_layers, infos, NULL), ==,
                   NN_STATUS_OK);
  for (size_t k = 0; k < n * get_size (net->input); k++)
    x.values[k] = (double) ((float) data->images[k] / 255.0f);
  apply_list (&walk, 0, net->n_layers, &x);

  for (size_t i = 0; i < n; i++)
    {
      const double *logits = x.values + i * get_size (x.shape);
      double sum = 0.0;

      for (size_t c = 0; c < get_size (x.shape); c++)
        sum += exp (logits[c]);
      loss += log (sum) - logits[data->labels[i]];
    }
  g_free (x.values);
  if (kink_distance != NULL)
    *kink_distance = walk.kink;
  return loss / (double) n;
}
