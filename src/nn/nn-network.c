/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks whether layers fit each other, before any memory is allocated.
 *
 * The registry of layers is here: a new layer is one file and one line of layer_ops.
 */

#include "nn-private.h"

#include <stdarg.h>
#include <stdio.h>

static const NnLayerOps *const layer_ops[NN_N_LAYER_KINDS] = {
  [NN_LAYER_DENSE] = &nn_dense_ops,
  [NN_LAYER_CONV2D] = &nn_conv2d_ops,
  [NN_LAYER_MAX_POOL2D] = &nn_max_pool2d_ops,
  [NN_LAYER_FLATTEN] = &nn_flatten_ops,
  [NN_LAYER_DROPOUT] = &nn_dropout_ops,
};

NnStatus
nn_fail (NnError    *error,
         NnStatus    status,
         size_t      i_layer,
         const char *format,
         ...)
{
  va_list arguments;

  if (error == NULL)
    return status;

  error->status = status;
  error->i_layer = i_layer == NN_NONE ? -1 : (int) i_layer;
  va_start (arguments, format);
  vsnprintf (error->text, sizeof error->text, format, arguments);
  va_end (arguments);
  return status;
}

const NnLayerOps *
nn_layer_get_ops (NnLayerKind kind)
{
  return (unsigned) kind < NN_N_LAYER_KINDS ? layer_ops[kind] : NULL;
}

static NnStatus
check_input (NnShape  input,
             NnError *error)
{
  if (input.height < 1 || input.width < 1 || input.channels < 1)
    return nn_fail (error, NN_STATUS_SHAPE, NN_NONE, "The input of %ux%ux%u is empty", input.height,
                    input.width, input.channels);
  if (input.height > NN_MAX_SIDE || input.width > NN_MAX_SIDE || input.channels > NN_MAX_CHANNELS)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "The input of %ux%ux%u is larger than %dx%dx%d", input.height, input.width,
                    input.channels, NN_MAX_SIDE, NN_MAX_SIDE, NN_MAX_CHANNELS);
  return NN_STATUS_OK;
}

/* Checks the limits that keep later sums and products from overflowing. */
static NnStatus
check_size (const NnLayerOps  *ops,
            size_t             i_layer,
            const NnLayerInfo *info,
            uint64_t           n_parameters,
            NnError           *error)
{
  const NnShape *output = &info->output;

  if ((uint64_t) output->height * output->width * output->channels > (uint64_t) 1 << 28)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (%s) gives %ux%ux%u values, more than the limit of %u", i_layer + 1,
                    ops->name, output->height, output->width, output->channels, 1u << 28);
  if (n_parameters > NN_MAX_PARAMETERS)
    return nn_fail (error, NN_STATUS_TOO_LARGE, i_layer,
                    "Layer %zu (%s) brings the number of parameters to %llu, more than the limit "
                    "of %llu",
                    i_layer + 1, ops->name, (unsigned long long) n_parameters,
                    (unsigned long long) NN_MAX_PARAMETERS);
  return NN_STATUS_OK;
}

/* The logits come from the last layer that is not a flatten: a flatten does not change values. */
static NnStatus
check_last (const NnLayerSpec *layers,
            size_t             n_layers,
            NnShape            output,
            NnError           *error)
{
  size_t i_layer = n_layers - 1;
  const NnLayerOps *ops;

  while (i_layer > 0 && nn_layer_get_ops (layers[i_layer].kind)->flattens)
    i_layer--;
  ops = nn_layer_get_ops (layers[i_layer].kind);
  if (ops->flattens)
    return nn_fail (error, NN_STATUS_SHAPE, 0,
                    "The network only flattens; there is nothing to learn in it");
  if (output.height != 1 || output.width != 1)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "The last layer gives %ux%ux%u values; it must give one per class",
                    output.height, output.width, output.channels);
  if (ops->is_for_training_only)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer, "The last layer must not be of kind %s",
                    ops->name);
  if (ops->has_activation && layers[i_layer].activation != NN_ACTIVATION_LINEAR)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "The last layer's activation must be linear: the softmax is part of the loss");
  if (output.channels < 2 || output.channels > NN_MAX_CLASSES)
    return nn_fail (error, NN_STATUS_SHAPE, i_layer,
                    "The last layer gives %u classes; 2 to %d are possible", output.channels,
                    NN_MAX_CLASSES);
  return NN_STATUS_OK;
}

NnStatus
nn_network_check (NnShape            input,
                  const NnLayerSpec *layers,
                  size_t             n_layers,
                  NnLayerInfo       *infos,
                  NnError           *error)
{
  NnLayerInfo found[NN_MAX_LAYERS];
  uint64_t n_parameters = 0;
  NnStatus status;

  if (n_layers < 1 || n_layers > NN_MAX_LAYERS)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "A network has 1 to %d layers, not %zu",
                    NN_MAX_LAYERS, n_layers);
  status = check_input (input, error);

  for (size_t i = 0; i < n_layers && status == NN_STATUS_OK; i++)
    {
      const NnLayerOps *ops = nn_layer_get_ops (layers[i].kind);

      if (ops == NULL
          || (ops->has_activation && (unsigned) layers[i].activation >= NN_N_ACTIVATIONS))
        return nn_fail (error, NN_STATUS_INVALID, i, "Layer %zu has an unknown kind or activation",
                        i + 1);

      found[i] = (NnLayerInfo) { 0 };
      status =
        ops->infer_shape (&layers[i], i, i > 0 ? found[i - 1].output : input, &found[i], error);
      if (status == NN_STATUS_OK)
        {
          n_parameters += found[i].n_parameters;
          status = check_size (ops, i, &found[i], n_parameters, error);
        }
    }
  if (status == NN_STATUS_OK)
    status = check_last (layers, n_layers, found[n_layers - 1].output, error);
  if (status != NN_STATUS_OK)
    return status;

  for (size_t i = 0; i < n_layers; i++)
    infos[i] = found[i];
  return NN_STATUS_OK;
}
