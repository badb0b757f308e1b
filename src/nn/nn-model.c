/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a model: check, plan, allocate once, fill the weights. */

#include "nn-private.h"

#include <math.h>
#include <stdlib.h>

/* ---- Memory ---- */

static void *
allocate_from_libc (size_t  size,
                    void   *user_data)
{
  return aligned_alloc (NN_ALIGNMENT, nn_round_up (size, NN_ALIGNMENT));
}

static void
release_to_libc (void *memory,
                 void *user_data)
{
  free (memory);
}

static const NnAllocator libc_allocator = { allocate_from_libc, release_to_libc, NULL };

/* Gives out aligned pieces of one block.  With a NULL block it only counts. */
typedef struct
{
  char *block;
  size_t used;
} Carver;

static void *
carve (Carver *carver,
       size_t  n,
       size_t  size)
{
  void *piece = carver->block != NULL ? carver->block + carver->used : NULL;

  carver->used += nn_round_up (n * size, NN_ALIGNMENT);
  return piece;
}

/* Arrays that are read before they are written, or of which a part must stay zero (borders,
 * unused columns of panels, moments), come first, so that one memset clears them.  Returns their
 * size in bytes. */
static size_t
carve_zeroed (NnModel *model,
              Carver  *carver)
{
  const size_t n_trained = model->is_trainable ? model->n_parameter_floats : 0;

  model->values = carve (carver, model->n_parameter_floats, sizeof (float));
  model->gradients = carve (carver, n_trained, sizeof (float));
  for (unsigned i = 0; i < model->n_moments; i++)
    model->moments[i] = carve (carver, n_trained, sizeof (float));
  model->averages = carve (carver, model->has_average ? n_trained : 0, sizeof (float));
  model->packs = carve (carver, model->n_pack_floats, sizeof (float));
  model->blocks = carve (
    carver, model->n_block_floats * (model->is_trainable ? 1 : model->n_workers), sizeof (float));
  model->scratch = carve (carver, model->n_scratch_floats * model->n_workers, sizeof (float));
  return carver->used;
}

static void
carve_rest (NnModel *model,
            Carver  *carver)
{
  const size_t n_standardised = model->is_standardised ? model->input.channels : 0;

  model->slice_gradients =
    carve (carver, model->n_slice_gradient_floats * model->max_slices, sizeof (float));
  model->tables = carve (carver, model->n_table_entries, sizeof (uint32_t));
  model->winners = carve (carver, model->n_winner_entries, sizeof (uint16_t));
  model->masks = carve (carver, model->n_mask_bytes, 1);
  model->losses = carve (carver, model->is_trainable ? model->max_batch : 0, sizeof (double));
  model->smoothed = carve (carver, model->is_trainable ? model->max_batch : 0, sizeof (double));
  model->pixel_table = carve (carver, 256 * n_standardised, sizeof (float));
  model->pixel_means = carve (carver, n_standardised, sizeof (float));
  model->pixel_factors = carve (carver, n_standardised, sizeof (float));
  model->augmented =
    carve (carver,
           model->is_trainable ? model->n_workers * nn_round_up (nn_shape_size (model->input), 16)
                               : 0,
           sizeof (float));
  model->is_correct = carve (carver, model->is_trainable ? model->max_batch : 0, 1);
  model->weight_squares = carve (carver, model->n_update_tasks, sizeof (double));
  model->gradient_squares = carve (carver, model->n_update_tasks, sizeof (double));
  model->statistics = carve (carver, model->n_statistics, sizeof (double));
  model->update_tasks = carve (carver, model->n_update_tasks, sizeof (NnUpdateTask));
}

/* The limits on shapes, parameters, batch and layers keep each count below 2^54, so 64 bits
 * cannot overflow. */
static NnStatus
count_bytes (NnModel *model,
             NnError *error)
{
  Carver counter = { NULL, 0 };

  carve_zeroed (model, &counter);
  carve_rest (model, &counter);
  model->memory_bytes = counter.used;
  if (counter.used > NN_MAX_WORKSPACE_BYTES)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "The network with a batch of %zu takes %zu MiB, more than the limit of %zu MiB",
                    model->max_batch, counter.used >> 20, (size_t) (NN_MAX_WORKSPACE_BYTES >> 20));
  return NN_STATUS_OK;
}

static NnStatus
allocate (NnModel *model,
          NnError *error)
{
  Carver carver = { NULL, 0 };
  size_t n_zeroed;

  model->memory = model->allocator.allocate (model->memory_bytes, model->allocator.user_data);
  if (model->memory == NULL)
    return nn_fail (error, NN_STATUS_NO_MEMORY, NN_NONE,
                    "There is no memory for the network: %zu MiB are needed",
                    (model->memory_bytes >> 20) + 1);
  carver.block = model->memory;
  n_zeroed = carve_zeroed (model, &carver);
  carve_rest (model, &carver);
  memset (model->memory, 0, n_zeroed);
  return NN_STATUS_OK;
}

/* ---- Making and freeing ---- */

static NnStatus
check_options (const NnModelOptions *options,
               NnError              *error)
{
  if (options->max_batch < 1 || options->max_batch > NN_MAX_BATCH)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "A batch of %zu was asked for; 1 to %d are possible", options->max_batch,
                    NN_MAX_BATCH);
  if (options->n_workers > 64)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "%u workers were asked for; at most 64 are possible", options->n_workers);
  if (options->n_moments > NN_MAX_MOMENTS)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "%u moments were asked for; at most %d are possible", options->n_moments,
                    NN_MAX_MOMENTS);
  if (!(options->pixel_divisor > 0.0f && isfinite (options->pixel_divisor)))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "Pixels cannot be divided by %g",
                    (double) options->pixel_divisor);
  return NN_STATUS_OK;
}

/* A table makes standardising as cheap as dividing. */
static void
fill_pixel_table (NnModel              *model,
                  const NnModelOptions *options)
{
  const double divisor = (double) options->pixel_divisor;

  for (size_t c = 0; c < model->input.channels && model->is_standardised; c++)
    {
      const double mean = (double) options->pixel_means[c];
      const double deviation = (double) options->pixel_deviations[c];

      model->pixel_means[c] = options->pixel_means[c];
      model->pixel_factors[c] = (float) (1.0 / deviation);
      for (unsigned byte = 0; byte < 256; byte++)
        model->pixel_table[c * 256 + byte] = (float) ((byte / divisor - mean) / deviation);
    }
}

static NnStatus
check_standardisation (const NnModelOptions *options,
                       NnError              *error)
{
  if ((options->pixel_means == NULL) != (options->pixel_deviations == NULL))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "Standardisation needs means and deviations");
  for (size_t c = 0; c < options->input.channels && options->pixel_means != NULL; c++)
    if (!isfinite (options->pixel_means[c])
        || !(options->pixel_deviations[c] > 0.0f && isfinite (options->pixel_deviations[c])))
      return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                      "Channel %zu cannot be standardised with mean %g and deviation %g", c + 1,
                      (double) options->pixel_means[c], (double) options->pixel_deviations[c]);
  return NN_STATUS_OK;
}

static void
take_options (NnModel              *model,
              const NnModelOptions *options)
{
  model->input = options->input;
  model->n_layers = options->n_layers;
  memcpy (model->layers, options->layers, options->n_layers * sizeof *options->layers);
  model->max_batch = options->max_batch;
  model->n_workers = options->n_workers > 0 ? options->n_workers : NN_DEFAULT_WORKERS;
  model->is_trainable = options->trainable;
  model->n_moments = options->n_moments > 0 ? options->n_moments : NN_MAX_MOMENTS;
  model->has_average = options->has_average && options->trainable;
  model->pixel_scale = nn_byte_scale_get (options->pixel_divisor);
  model->is_standardised = options->pixel_means != NULL;
  model->seed = options->seed;
  model->n_classes = model->infos[model->n_layers - 1].output.channels;
  for (size_t i = 0; i < model->n_layers; i++)
    model->n_parameters += model->infos[i].n_parameters;
}

/* A model with a plan, but without memory for it.  Where it fails there is none. */
static NnStatus
plan_model (const NnModelOptions  *options,
            NnModel              **model,
            NnError               *error)
{
  const NnAllocator allocator = options->allocator != NULL ? *options->allocator : libc_allocator;
  NnLayerInfo infos[NN_MAX_LAYERS];
  NnStatus status = check_options (options, error);
  NnModel *made;

  if (status == NN_STATUS_OK)
    status = nn_network_check (options->input, options->layers, options->n_layers, infos, error);
  if (status == NN_STATUS_OK)
    status = check_standardisation (options, error);
  if (status != NN_STATUS_OK)
    return status;

  made = allocator.allocate (sizeof *made, allocator.user_data);
  if (made == NULL)
    return nn_fail (error, NN_STATUS_NO_MEMORY, NN_NONE, "There is no memory for the network");
  memset (made, 0, sizeof *made);
  made->allocator = allocator;
  memcpy (made->infos, infos, options->n_layers * sizeof *infos);
  take_options (made, options);

  status = nn_plan (made, error);
  if (status == NN_STATUS_OK)
    status = count_bytes (made, error);
  if (status != NN_STATUS_OK)
    {
      nn_model_free (made);
      return status;
    }
  *model = made;
  return NN_STATUS_OK;
}

NnStatus
nn_model_new (const NnModelOptions  *options,
              NnModel              **model,
              NnError               *error)
{
  NnModel *made = NULL;
  NnStatus status = plan_model (options, &made, error);

  if (status == NN_STATUS_OK)
    status = allocate (made, error);
  if (status != NN_STATUS_OK)
    {
      nn_model_free (made);
      return status;
    }

  nn_plan_fill_tables (made);
  fill_pixel_table (made, options);
  nn_fill_tensors (made);
  *model = made;
  return NN_STATUS_OK;
}

NnStatus
nn_model_measure (const NnModelOptions *options,
                  uint64_t             *n_bytes,
                  NnError              *error)
{
  NnModel *model = NULL;
  const NnStatus status = plan_model (options, &model, error);

  if (status == NN_STATUS_OK)
    *n_bytes = model->memory_bytes;
  nn_model_free (model);
  return status;
}

void
nn_model_free (NnModel *model)
{
  NnAllocator allocator;

  if (model == NULL)
    return;

  allocator = model->allocator;
  if (model->memory != NULL)
    allocator.release (model->memory, allocator.user_data);
  allocator.release (model, allocator.user_data);
}

size_t
nn_model_get_n_classes (const NnModel *model)
{
  return model->n_classes;
}

size_t
nn_model_get_n_features (const NnModel *model)
{
  return nn_shape_size (nn_step_input (model, &model->steps[model->n_steps - 1])->shape);
}

uint64_t
nn_model_get_n_parameters (const NnModel *model)
{
  return model->n_parameters;
}

size_t
nn_model_get_max_batch (const NnModel *model)
{
  return model->max_batch;
}

size_t
nn_model_get_memory_bytes (const NnModel *model)
{
  return sizeof *model + model->memory_bytes;
}

uint64_t
nn_model_get_n_steps (const NnModel *model)
{
  return model->n_steps_taken;
}

void
nn_model_set_n_steps (NnModel  *model,
                      uint64_t  n_steps)
{
  model->n_steps_taken = n_steps;
}
