/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a model (check, plan, allocate once, fill the weights), and reading and writing its
 * parameter tensors. */

#include "nn-private.h"

#include <math.h>
#include <stdlib.h>

const NnOptimizer nn_optimizer_default = {
  .kind = NN_OPTIMIZER_ADAM,
  .learning_rate = 0.001f,
  .beta_1 = 0.9f,
  .beta_2 = 0.999f,
  .epsilon = 1e-7f,
};

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
  model->moments_1 = carve (carver, n_trained, sizeof (float));
  model->moments_2 = carve (carver, n_trained, sizeof (float));
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
  model->slice_gradients =
    carve (carver, model->n_slice_gradient_floats * model->max_slices, sizeof (float));
  model->tables = carve (carver, model->n_table_entries, sizeof (uint32_t));
  model->winners = carve (carver, model->n_winner_entries, sizeof (uint16_t));
  model->masks = carve (carver, model->n_mask_bytes, 1);
  model->losses = carve (carver, model->is_trainable ? model->max_batch : 0, sizeof (double));
  model->is_correct = carve (carver, model->is_trainable ? model->max_batch : 0, 1);
  model->penalties = carve (carver, model->n_update_tasks, sizeof (double));
  model->update_tasks = carve (carver, model->n_update_tasks, sizeof (NnUpdateTask));
}

/* The limits on shapes, parameters, batch and layers keep each count below 2^54, so 64 bits
 * cannot overflow. */
static NnStatus
allocate (NnModel *model,
          NnError *error)
{
  Carver counter = { NULL, 0 };
  Carver carver = { NULL, 0 };
  size_t n_zeroed;

  carve_zeroed (model, &counter);
  carve_rest (model, &counter);
  if (counter.used > NN_MAX_WORKSPACE_BYTES)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "The network with a batch of %zu takes %zu MiB, more than the limit of %zu MiB",
                    model->max_batch, counter.used >> 20, (size_t) (NN_MAX_WORKSPACE_BYTES >> 20));

  model->memory_bytes = counter.used;
  model->memory = model->allocator.allocate (counter.used, model->allocator.user_data);
  if (model->memory == NULL)
    return nn_fail (error, NN_STATUS_NO_MEMORY, NN_NONE,
                    "There is no memory for the network: %zu MiB are needed",
                    (counter.used >> 20) + 1);
  carver.block = model->memory;
  n_zeroed = carve_zeroed (model, &carver);
  carve_rest (model, &carver);
  memset (model->memory, 0, n_zeroed);
  return NN_STATUS_OK;
}

/* ---- Tensors ---- */

/* The step that tensor @i_tensor belongs to.  Each step with weights has two tensors. */
static const NnStep *
find_tensor (const NnModel *model,
             size_t         i_tensor)
{
  for (size_t i = 0; i < model->n_steps; i++)
    {
      if (model->steps[i].weights == NN_NONE)
        continue;
      if (i_tensor < 2)
        return &model->steps[i];
      i_tensor -= 2;
    }
  return NULL;
}

size_t
nn_model_get_n_tensors (const NnModel *model)
{
  size_t n = 0;

  for (size_t i = 0; i < model->n_steps; i++)
    n += model->steps[i].weights != NN_NONE ? 2 : 0;
  return n;
}

void
nn_model_get_tensor_info (const NnModel *model,
                          size_t         i_tensor,
                          NnTensorInfo  *info)
{
  const NnStep *step = find_tensor (model, i_tensor);
  const NnLayerSpec *layer;

  *info = (NnTensorInfo) { 0 };
  if (step == NULL)
    return;

  layer = step->layer;
  *info = (NnTensorInfo) {
    .i_layer = step->i_layer, .is_bias = i_tensor % 2 == 1, .rank = 1, .dims = { layer->units }
  };
  info->n_elements = layer->units;
  if (info->is_bias)
    return;

  info->n_elements *= step->n_in;
  info->dims[1] = (uint32_t) step->n_in;
  info->rank = 2;
  if (layer->kind == NN_LAYER_CONV2D)
    {
      info->dims[1] = nn_step_input (model, step)->shape.channels;
      info->dims[2] = layer->kernel_height;
      info->dims[3] = layer->kernel_width;
      info->rank = 4;
    }
}

static float *
get_part (const NnModel *model,
          NnTensorPart   part)
{
  switch (part)
    {
    case NN_TENSOR_VALUE:
      return model->values;
    case NN_TENSOR_GRADIENT:
      return model->is_trainable ? model->gradients : NULL;
    case NN_TENSOR_MOMENT_1:
      return model->is_trainable ? model->moments_1 : NULL;
    case NN_TENSOR_MOMENT_2:
      return model->is_trainable ? model->moments_2 : NULL;
    }
  return NULL;
}

/* The place in the parameters of element @i (in C order) of a tensor. */
static size_t
find_element (const NnModel *model,
              const NnStep  *step,
              bool           is_bias,
              size_t         i)
{
  const size_t o = i / step->n_in;
  size_t k = i % step->n_in;
  const size_t panel = o / NN_PANEL;

  if (is_bias)
    return step->bias + i;

  if (step->layer->kind == NN_LAYER_CONV2D)
    {
      /* [in, kernel_height, kernel_width] becomes [kernel_height, kernel_width, in]. */
      const size_t area = (size_t) step->layer->kernel_height * step->layer->kernel_width;

      k = k % area * nn_step_input (model, step)->shape.channels + k / area;
    }
  return step->weights + panel * NN_PANEL * step->n_in + k * nn_panel_width (step->n_out, panel)
         + o % NN_PANEL;
}

NnStatus
nn_model_read_tensor (const NnModel *model,
                      size_t         i_tensor,
                      NnTensorPart   part,
                      float         *values)
{
  const NnStep *step = find_tensor (model, i_tensor);
  const float *source = get_part (model, part);
  NnTensorInfo info;

  if (step == NULL || source == NULL)
    return NN_STATUS_INVALID;

  nn_model_get_tensor_info (model, i_tensor, &info);
  for (size_t i = 0; i < info.n_elements; i++)
    values[i] = source[find_element (model, step, info.is_bias, i)];
  return NN_STATUS_OK;
}

static void
pack_step (NnModel      *model,
           const NnStep *step)
{
  for (size_t panel = 0; panel < nn_panel_count (step->n_out); panel++)
    nn_pack_rows (model, step, panel, 0, step->n_in);
}

NnStatus
nn_model_write_tensor (NnModel      *model,
                       size_t        i_tensor,
                       NnTensorPart  part,
                       const float  *values)
{
  const NnStep *step = find_tensor (model, i_tensor);
  float *target = get_part (model, part);
  NnTensorInfo info;

  if (step == NULL || target == NULL)
    return NN_STATUS_INVALID;

  nn_model_get_tensor_info (model, i_tensor, &info);
  for (size_t i = 0; i < info.n_elements; i++)
    target[find_element (model, step, info.is_bias, i)] = values[i];
  if (part == NN_TENSOR_VALUE && !info.is_bias)
    pack_step (model, step);
  return NN_STATUS_OK;
}

static bool
have_same_layers (const NnModel *a,
                  const NnModel *b)
{
  if (a->n_steps != b->n_steps || a->n_parameter_floats != b->n_parameter_floats)
    return false;
  for (size_t i = 0; i < a->n_steps; i++)
    {
      const NnStep *p = &a->steps[i];
      const NnStep *q = &b->steps[i];

      if (p->layer->kind != q->layer->kind || p->weights != q->weights || p->n_in != q->n_in
          || p->n_out != q->n_out)
        return false;
      if (p->layer->kind == NN_LAYER_CONV2D
          && (p->layer->kernel_height != q->layer->kernel_height
              || p->layer->kernel_width != q->layer->kernel_width))
        return false;
    }
  return true;
}

NnStatus
nn_model_copy_parameters (NnModel       *to,
                          const NnModel *from)
{
  if (!have_same_layers (to, from))
    return NN_STATUS_INVALID;

  memcpy (to->values, from->values, to->n_parameter_floats * sizeof (float));
  for (size_t i = 0; i < to->n_steps; i++)
    if (to->steps[i].weights != NN_NONE)
      pack_step (to, &to->steps[i]);
  return NN_STATUS_OK;
}

/* ---- Initial weights ---- */

/* Glorot and Bengio 2010: uniform within +-sqrt (6 / (fan in + fan out)), where both fans
 * include the kernel's area. */
static void
fill_weights (NnModel      *model,
              const NnStep *step)
{
  size_t area = 1;
  size_t n = step->n_in * step->n_out;
  float limit;

  if (step->layer->kind == NN_LAYER_CONV2D)
    area = (size_t) step->layer->kernel_height * step->layer->kernel_width;
  limit = (float) sqrt (6.0 / ((double) step->n_in + (double) area * (double) step->n_out));
  for (size_t i = 0; i < n; i++)
    {
      const uint32_t random = nn_random (model->seed, NN_RANDOM_WEIGHTS, step->i_layer, i);

      model->values[find_element (model, step, false, i)] =
        ((float) (random >> 8) * 0x1p-23f - 1.0f) * limit;
    }
  pack_step (model, step);
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
  if (!(options->pixel_divisor > 0.0f && isfinite (options->pixel_divisor)))
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "Pixels cannot be divided by %g",
                    (double) options->pixel_divisor);
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
  model->pixel_scale = nn_byte_scale_get (options->pixel_divisor);
  model->seed = options->seed;
  model->n_classes = model->infos[model->n_layers - 1].output.channels;
  for (size_t i = 0; i < model->n_layers; i++)
    model->n_parameters += model->infos[i].n_parameters;
}

NnStatus
nn_model_new (const NnModelOptions  *options,
              NnModel              **model,
              NnError               *error)
{
  const NnAllocator allocator = options->allocator != NULL ? *options->allocator : libc_allocator;
  NnLayerInfo infos[NN_MAX_LAYERS];
  NnStatus status = check_options (options, error);
  NnModel *made;

  if (status == NN_STATUS_OK)
    status = nn_network_check (options->input, options->layers, options->n_layers, infos, error);
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
    status = allocate (made, error);
  if (status != NN_STATUS_OK)
    {
      nn_model_free (made);
      return status;
    }

  nn_plan_fill_tables (made);
  for (size_t i = 0; i < made->n_steps; i++)
    if (made->steps[i].weights != NN_NONE)
      fill_weights (made, &made->steps[i]);
  *model = made;
  return NN_STATUS_OK;
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
  return nn_shape_size (model->boundaries[model->n_steps - 1].shape);
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
