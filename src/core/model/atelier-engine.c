/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The core's dealings with the engine's models.
 *
 * Weights leave the engine as little-endian float32, whatever the machine, so that a published
 * model is already what a model file holds.  They are read tensor by tensor through the engine's
 * own order (PyTorch's dimensions), never through its memory, whose layout is its own business.
 *
 * Any thread, one at a time an NnModel.
 */

#include "config.h"

#include "model/atelier-engine-private.h"
#include "model/atelier-engine.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"

#define MAX_THREADS 64
#define MAX_DEFAULT_THREADS 16

static const struct
{
  const char *name;
  const char *label;
} isa_labels[] = {
  { "scalar", N_("no vector instructions") },
  { "avx2", "AVX2" },
  { "avx512", "AVX-512" },
  { "avx512-zen4", "AVX-512" },
  { "neon", "NEON" },
};

/* Between this machine's floats and little-endian ones; the same way there and back. */
static void
swap_if_big_endian (float *values,
                    gsize  n)
{
#if G_BYTE_ORDER == G_BIG_ENDIAN
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_SWAP_LE_BE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
#endif
}

/* The values of a tensor in this machine's order, or NULL and NO_MEMORY. */
static float *
read_tensor (const NnModel  *nn_model,
             gsize           i_tensor,
             NnTensorPart    part,
             NnTensorInfo   *info,
             GError        **error)
{
  g_autofree float *values = NULL;
  NnStatus status;

  nn_model_get_tensor_info (nn_model, i_tensor, info);
  values = g_try_new (float, info->n_elements);
  if (values == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory for a copy of the weights."));
      return NULL;
    }

  status = nn_model_read_tensor (nn_model, i_tensor, part, values);
  if (!atelier_error_check_nn (status, NULL, _("Reading the weights"), error))
    return NULL;

  return g_steal_pointer (&values);
}

static gboolean
write_tensor (NnModel       *nn_model,
              gsize          i_tensor,
              NnTensorPart   part,
              GBytes        *bytes,
              GError       **error)
{
  g_autofree float *values = NULL;
  NnTensorInfo info;
  NnStatus status;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  nn_model_get_tensor_info (nn_model, i_tensor, &info);
  if (size != info.n_elements * sizeof (float))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("The model's weights do not have the network's sizes."));
      return FALSE;
    }

  values = g_memdup2 (data, size);
  swap_if_big_endian (values, info.n_elements);

  status = nn_model_write_tensor (nn_model, i_tensor, part, values);

  return atelier_error_check_nn (status, NULL, _("Setting the weights"), error);
}

gboolean
atelier_engine_check_fit (AtelierNetwork  *network,
                          AtelierDataset  *dataset,
                          GError         **error)
{
  guint height, width, channels;

  atelier_network_get_input (network, &height, &width, &channels);
  if (height != atelier_dataset_get_height (dataset)
      || width != atelier_dataset_get_width (dataset)
      || channels != atelier_dataset_get_channels (dataset))
    {
      /* Translators: sizes are height × width × channels; the first %s is a network, the last a
       * data set. */
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("The network “%s” takes images of %u × %u × %u, "
                     "but those of “%s” are %u × %u × %u."),
                   atelier_network_get_name (network), height, width, channels,
                   atelier_dataset_get_name (dataset),
                   atelier_dataset_get_height (dataset),
                   atelier_dataset_get_width (dataset),
                   atelier_dataset_get_channels (dataset));
      return FALSE;
    }

  if (atelier_network_get_n_classes (network) != atelier_dataset_get_n_classes (dataset))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("The network “%s” tells %u classes apart, but “%s” has %u."),
                   atelier_network_get_name (network), atelier_network_get_n_classes (network),
                   atelier_dataset_get_name (dataset), atelier_dataset_get_n_classes (dataset));
      return FALSE;
    }

  return TRUE;
}

/* @layers: [NN_MAX_LAYERS], to be kept as long as what is returned. */
static NnModelOptions
get_nn_options (AtelierNetwork             *network,
                const AtelierRecipe        *recipe,
                const AtelierEngineOptions *options,
                NnLayerSpec                *layers)
{
  const gboolean is_standardised = options->pixels != NULL && options->pixels->n_channels > 0;
  NnModelOptions nn_options = {
    .layers = layers,
    .max_batch = options->max_batch,
    .trainable = options->is_trainable,
    .n_workers = options->n_threads,
    .n_moments = atelier_training_state_count_moments (recipe),
    .has_average = atelier_recipe_get_values (recipe)->average_decay > 0.0,
    .pixel_divisor = options->raw_pixels ? 1.0f : 255.0f,
    .pixel_means = is_standardised ? options->pixels->means : NULL,
    .pixel_deviations = is_standardised ? options->pixels->deviations : NULL,
    .seed = atelier_recipe_get_values (recipe)->seed,
  };

  nn_options.n_layers = atelier_network_to_nn (network, &nn_options.input, layers);
  return nn_options;
}

gboolean
atelier_engine_measure_model (AtelierNetwork              *network,
                              const AtelierRecipe         *recipe,
                              const AtelierEngineOptions  *options,
                              const char                  *what,
                              guint64                     *n_bytes,
                              GError                     **error)
{
  NnLayerSpec layers[NN_MAX_LAYERS];
  const NnModelOptions nn_options = get_nn_options (network, recipe, options, layers);
  NnError nn_error = { 0 };
  uint64_t n = 0;
  NnStatus status = nn_model_measure (&nn_options, &n, &nn_error);

  *n_bytes = n;
  return atelier_error_check_nn (status, &nn_error, what, error);
}

NnModel *
atelier_engine_new_model (AtelierNetwork              *network,
                          const AtelierRecipe         *recipe,
                          const AtelierEngineOptions  *options,
                          const char                  *what,
                          GError                     **error)
{
  NnLayerSpec layers[NN_MAX_LAYERS];
  const NnModelOptions nn_options = get_nn_options (network, recipe, options, layers);
  NnModel *nn_model = NULL;
  NnError nn_error = { 0 };
  NnStatus status = nn_model_new (&nn_options, &nn_model, &nn_error);

  if (!atelier_error_check_nn (status, &nn_error, what, error))
    return NULL;

  return nn_model;
}

guint
atelier_engine_count_threads (guint n_wanted)
{
  if (n_wanted == 0)
    return MIN (g_get_num_processors (), MAX_DEFAULT_THREADS);

  return MIN (n_wanted, MAX_THREADS);
}

NnPool *
atelier_engine_open_pool (guint n_threads)
{
  NnPool *pool = NULL;

  if (n_threads == 1 || nn_pool_new (n_threads, &pool, NULL) != NN_STATUS_OK)
    return NULL;

  return pool;
}

/* Whether a tensor has the part: no optimiser keeps anything for what is not trained. */
static gboolean
has_part (const NnModel *nn_model,
          gsize          i_tensor,
          NnTensorPart   part)
{
  NnTensorInfo info;

  nn_model_get_tensor_info (nn_model, i_tensor, &info);
  return info.is_trained || part == NN_TENSOR_VALUE || part == NN_TENSOR_AVERAGE;
}

GPtrArray *
atelier_engine_read_part (const NnModel  *nn_model,
                          NnTensorPart    part,
                          GError        **error)
{
  const gsize n_tensors = nn_model_get_n_tensors (nn_model);
  g_autoptr (GPtrArray) tensors =
    g_ptr_array_new_full ((guint) n_tensors, (GDestroyNotify) g_bytes_unref);

  for (gsize i = 0; i < n_tensors; i++)
    {
      NnTensorInfo info;
      float *values;

      if (!has_part (nn_model, i, part))
        continue;
      values = read_tensor (nn_model, i, part, &info, error);
      if (values == NULL)
        return NULL;

      swap_if_big_endian (values, info.n_elements);
      g_ptr_array_add (tensors, g_bytes_new_take (values, info.n_elements * sizeof (float)));
    }

  return g_steal_pointer (&tensors);
}

GPtrArray *
atelier_engine_read_tensors (const NnModel  *nn_model,
                             GError        **error)
{
  return atelier_engine_read_part (nn_model, NN_TENSOR_VALUE, error);
}

gboolean
atelier_engine_write_part (NnModel       *nn_model,
                           NnTensorPart   part,
                           GPtrArray     *tensors,
                           GError       **error)
{
  const gsize n_tensors = nn_model_get_n_tensors (nn_model);
  guint n = 0;

  for (gsize i = 0; i < n_tensors; i++)
    {
      if (!has_part (nn_model, i, part))
        continue;
      g_return_val_if_fail (n < tensors->len, FALSE);
      if (!write_tensor (nn_model, i, part, g_ptr_array_index (tensors, n++), error))
        return FALSE;
    }
  g_return_val_if_fail (n == tensors->len, FALSE);

  return TRUE;
}

gboolean
atelier_engine_write_tensors (NnModel       *nn_model,
                              AtelierModel  *model,
                              GError       **error)
{
  const gsize n_tensors = nn_model_get_n_tensors (nn_model);

  if (atelier_model_get_n_tensors (model) != n_tensors)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("The model's weights are not those of the network."));
      return FALSE;
    }

  for (gsize i = 0; i < n_tensors; i++)
    {
      if (!write_tensor (nn_model, i, NN_TENSOR_VALUE,
                         atelier_model_get_tensor (model, (guint) i), error))
        return FALSE;
    }

  return TRUE;
}

int
atelier_engine_find_not_finite (const NnModel *nn_model)
{
  for (gsize i = 0; i < nn_model_get_n_tensors (nn_model); i++)
    {
      g_autofree float *values = NULL;
      NnTensorInfo info;

      values = read_tensor (nn_model, i, NN_TENSOR_VALUE, &info, NULL);
      for (gsize j = 0; values != NULL && j < info.n_elements; j++)
        {
          if (!isfinite (values[j]))
            return (int) info.i_layer;
        }
    }

  return -1;
}

const char *
atelier_engine_get_isa (void)
{
  const char *name = nn_isa_get_name ();

  for (gsize i = 0; i < G_N_ELEMENTS (isa_labels); i++)
    {
      if (strcmp (isa_labels[i].name, name) == 0)
        return _(isa_labels[i].label);
    }

  return name;
}

const char *
atelier_engine_get_complaint (void)
{
  return nn_isa_get_complaint ();
}
