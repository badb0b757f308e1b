/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks whether layers fit each other, before any memory is allocated. */

#include "nn-private.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

static const NnLayerOps *const layer_ops[NN_N_LAYER_KINDS] = {
#define NN_LAYER_ENTRY(KIND, name) &nn_##name##_ops,
  NN_LAYER_LIST (NN_LAYER_ENTRY)
#undef NN_LAYER_ENTRY
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

static NnStatus
check_activation (const NnLayerSpec *layer,
                  size_t             i_layer,
                  NnError           *error)
{
  const NnActivationOps *ops = nn_activation_get_ops (layer->activation);

  if (ops == NULL)
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu has an unknown kind or activation", i_layer + 1);
  if (ops->highest_slope < INFINITY
      && !(layer->slope >= ops->lowest_slope && layer->slope <= ops->highest_slope))
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "The slope of %g of layer %zu (%s) is out of range", (double) layer->slope,
                    i_layer + 1, ops->name);
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

size_t
nn_layer_count_children (const NnLayerSpec *layer)
{
  const NnLayerOps *ops = nn_layer_get_ops (layer->kind);

  return ops->count_children != NULL ? ops->count_children (layer) : 0;
}

/* The logits come from the last layer that is not a flatten: a flatten does not change values. */
static NnStatus
check_last (const NnLayerSpec *layers,
            size_t             n_layers,
            NnShape            output,
            NnError           *error)
{
  const NnLayerOps *ops;
  size_t i_layer = 0;

  for (size_t i = 0; i < n_layers; i += 1 + nn_layer_count_children (&layers[i]))
    if (!nn_layer_get_ops (layers[i].kind)->flattens)
      i_layer = i;
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

/* The layers that a layer holds must lie before @end, and hold none themselves. */
static NnStatus
check_children (NnChecker *checker,
                size_t     i_layer,
                size_t     end)
{
  const size_t n = nn_layer_count_children (&checker->layers[i_layer]);

  if (n == 0)
    return NN_STATUS_OK;
  if (checker->depth > 0)
    return nn_fail (checker->error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (%s) lies in another layer; blocks do not nest", i_layer + 1,
                    nn_layer_get_ops (checker->layers[i_layer].kind)->name);
  if (n > end - i_layer - 1)
    return nn_fail (checker->error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (%s) holds %zu layers; only %zu follow", i_layer + 1,
                    nn_layer_get_ops (checker->layers[i_layer].kind)->name, n, end - i_layer - 1);
  return NN_STATUS_OK;
}

static NnStatus
check_layer (NnChecker *checker,
             size_t     i_layer,
             size_t     end,
             NnShape    input)
{
  const NnLayerSpec *layer = &checker->layers[i_layer];
  const NnLayerOps *ops = nn_layer_get_ops (layer->kind);
  NnLayerInfo *info = &checker->infos[i_layer];
  NnStatus status;

  if (ops == NULL)
    return nn_fail (checker->error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu has an unknown kind or activation", i_layer + 1);
  status = ops->has_activation ? check_activation (layer, i_layer, checker->error) : NN_STATUS_OK;
  if (status != NN_STATUS_OK)
    return status;
  if (layer->has_own_l2 && !(layer->l2 >= 0.0f && isfinite (layer->l2)))
    return nn_fail (checker->error, NN_STATUS_INVALID, i_layer,
                    "The penalty of layer %zu is out of range", i_layer + 1);

  *info = (NnLayerInfo) { 0 };
  status = check_children (checker, i_layer, end);
  if (status != NN_STATUS_OK)
    return status;
  checker->depth++;
  status = ops->infer_tree != NULL
             ? ops->infer_tree (checker, i_layer, input, info)
             : ops->infer_shape (layer, i_layer, input, info, checker->error);
  checker->depth--;
  if (status != NN_STATUS_OK)
    return status;
  checker->n_parameters += info->n_parameters;
  return check_size (ops, i_layer, info, checker->n_parameters, checker->error);
}

NnStatus
nn_check_list (NnChecker *checker,
               size_t     begin,
               size_t     end,
               NnShape   *shape)
{
  for (size_t i = begin; i < end; i += 1 + nn_layer_count_children (&checker->layers[i]))
    {
      NnStatus status = check_layer (checker, i, end, *shape);

      if (status != NN_STATUS_OK)
        return status;
      *shape = checker->infos[i].output;
    }
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
  NnChecker checker = { .layers = layers, .infos = found, .error = error };
  NnShape output = input;
  NnStatus status;

  if (n_layers < 1 || n_layers > NN_MAX_LAYERS)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "A network has 1 to %d layers, not %zu",
                    NN_MAX_LAYERS, n_layers);
  status = check_input (input, error);
  if (status == NN_STATUS_OK)
    status = nn_check_list (&checker, 0, n_layers, &output);
  if (status == NN_STATUS_OK)
    status = check_last (layers, n_layers, output, error);
  if (status != NN_STATUS_OK)
    return status;

  for (size_t i = 0; i < n_layers; i++)
    infos[i] = found[i];
  return NN_STATUS_OK;
}
