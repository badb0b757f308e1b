/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Parameter tensors: where their elements lie, initial values, reading and writing. */

#include "nn-private.h"

#include <math.h>

#define MAX_PLAIN_BLOCK (NN_UPDATE_ROWS * NN_PANEL) /* values of a plain tensor in one block */

size_t
nn_tensor_count (const NnTensor *tensor)
{
  return tensor->n_rows * tensor->n_columns;
}

bool
nn_tensor_is_trained (const NnTensor *tensor)
{
  return tensor->role != NN_TENSOR_RUNNING_MEAN && tensor->role != NN_TENSOR_RUNNING_VARIANCE;
}

size_t
nn_tensor_find (const NnTensor *tensor,
                size_t          i)
{
  const size_t o = i / tensor->n_rows;
  const size_t in = i % tensor->n_rows;
  const size_t k = in % tensor->area * (tensor->n_rows / tensor->area) + in / tensor->area;
  const size_t panel = o / NN_PANEL;

  switch (tensor->layout)
    {
    case NN_LAYOUT_PLAIN:
      return tensor->offset + i;
    case NN_LAYOUT_COLUMNS:
      return tensor->offset + k * tensor->n_columns + o;
    case NN_LAYOUT_PANELS:
      break;
    }
  return tensor->offset + panel * NN_PANEL * tensor->n_rows
         + k * nn_panel_width (tensor->n_columns, panel) + o % NN_PANEL;
}

/* ---- Blocks ---- */

/* The rows of a panel, or the values of a tensor without panels, that the blocks share. */
static size_t
get_block_rows (const NnTensor *tensor,
                size_t         *n_rows)
{
  const bool is_matrix = tensor->layout == NN_LAYOUT_PANELS;

  *n_rows = is_matrix ? tensor->n_rows : nn_tensor_count (tensor);
  return is_matrix ? NN_UPDATE_ROWS : MAX_PLAIN_BLOCK;
}

size_t
nn_tensor_count_blocks (const NnTensor *tensor)
{
  size_t n_rows;
  const size_t n_most = get_block_rows (tensor, &n_rows);
  const size_t n_panels =
    tensor->layout == NN_LAYOUT_PANELS ? nn_panel_count (tensor->n_columns) : 1;

  return n_panels * ((n_rows + n_most - 1) / n_most);
}

NnUpdateTask
nn_tensor_get_block (const NnTensor *tensor,
                     size_t          i_block)
{
  size_t n_rows;
  const size_t n_most = get_block_rows (tensor, &n_rows);
  const size_t n_in_panel = (n_rows + n_most - 1) / n_most;
  const size_t row = i_block % n_in_panel * n_most;

  return (NnUpdateTask) {
    .i_panel = i_block / n_in_panel,
    .row_begin = row,
    .row_end = nn_min (row + n_most, n_rows),
  };
}

size_t
nn_tensor_find_block (const NnTensor     *tensor,
                      const NnUpdateTask *task,
                      size_t             *n)
{
  const size_t width =
    tensor->layout == NN_LAYOUT_PANELS ? nn_panel_width (tensor->n_columns, task->i_panel) : 1;

  *n = (task->row_end - task->row_begin) * width;
  return tensor->offset + task->i_panel * NN_PANEL * tensor->n_rows + task->row_begin * width;
}

void
nn_pack_step (NnModel      *model,
              const NnStep *step)
{
  if (step->pack == NN_NONE)
    return;
  for (size_t panel = 0; panel < nn_panel_count (step->n_out); panel++)
    {
      const NnUpdateTask task = { .i_panel = panel, .row_end = step->n_in };

      step->ops->pack (model, step, &task);
    }
}

/* ---- Numbers of tensors ---- */

static const NnTensor *
find_tensor (const NnModel  *model,
             size_t          i_tensor,
             const NnStep  **step)
{
  for (size_t i = 0; i < model->n_steps; i++)
    {
      *step = &model->steps[i];
      if (i_tensor < (*step)->n_tensors)
        return &(*step)->tensors[i_tensor];
      i_tensor -= (*step)->n_tensors;
    }
  return NULL;
}

size_t
nn_model_get_n_tensors (const NnModel *model)
{
  size_t n = 0;

  for (size_t i = 0; i < model->n_steps; i++)
    n += model->steps[i].n_tensors;
  return n;
}

void
nn_model_get_tensor_info (const NnModel *model,
                          size_t         i_tensor,
                          NnTensorInfo  *info)
{
  const NnStep *step = NULL;
  const NnTensor *tensor = find_tensor (model, i_tensor, &step);

  *info = (NnTensorInfo) { 0 };
  if (tensor == NULL)
    return;

  *info = (NnTensorInfo) {
    .i_layer = step->i_layer,
    .role = tensor->role,
    .is_bias = tensor->role == NN_TENSOR_BIAS,
    .is_trained = nn_tensor_is_trained (tensor),
    .rank = tensor->rank,
    .n_elements = nn_tensor_count (tensor),
  };
  memcpy (info->dims, tensor->dims, sizeof info->dims);
}

/* ---- Reading and writing ---- */

static float *
get_part (const NnModel *model,
          NnTensorPart   part)
{
  unsigned i_moment;

  switch (part)
    {
    case NN_TENSOR_VALUE:
      return model->values;
    case NN_TENSOR_GRADIENT:
      return model->is_trainable ? model->gradients : NULL;
    case NN_TENSOR_MOMENT_1:
    case NN_TENSOR_MOMENT_2:
      i_moment = part - NN_TENSOR_MOMENT_1;
      return model->is_trainable && i_moment < model->n_moments ? model->moments[i_moment] : NULL;
    case NN_TENSOR_AVERAGE:
      return model->has_average ? model->averages : NULL;
    }
  return NULL;
}

NnStatus
nn_model_read_tensor (const NnModel *model,
                      size_t         i_tensor,
                      NnTensorPart   part,
                      float         *values)
{
  const NnStep *step = NULL;
  const NnTensor *tensor = find_tensor (model, i_tensor, &step);
  const float *source = get_part (model, part);

  if (part == NN_TENSOR_AVERAGE && source != NULL && !model->is_averaging)
    source = model->values;
  if (tensor == NULL || source == NULL)
    return NN_STATUS_INVALID;

  for (size_t i = 0; i < nn_tensor_count (tensor); i++)
    values[i] = source[nn_tensor_find (tensor, i)];
  return NN_STATUS_OK;
}

/* Gives each weight an average of its own: until now it was the weight itself. */
static void
start_average (NnModel *model)
{
  if (!model->is_averaging)
    memcpy (model->averages, model->values, model->n_parameter_floats * sizeof (float));
  model->is_averaging = true;
}

NnStatus
nn_model_write_tensor (NnModel      *model,
                       size_t        i_tensor,
                       NnTensorPart  part,
                       const float  *values)
{
  const NnStep *step = NULL;
  const NnTensor *tensor = find_tensor (model, i_tensor, &step);
  float *target = get_part (model, part);

  if (tensor == NULL || target == NULL)
    return NN_STATUS_INVALID;

  if (part == NN_TENSOR_AVERAGE)
    start_average (model);
  for (size_t i = 0; i < nn_tensor_count (tensor); i++)
    target[nn_tensor_find (tensor, i)] = values[i];
  if (part == NN_TENSOR_VALUE)
    {
      nn_pack_step (model, step);
      model->is_prepared = false;
    }
  return NN_STATUS_OK;
}

static bool
have_same_tensors (const NnStep *a,
                   const NnStep *b)
{
  if (a->ops != b->ops || a->n_tensors != b->n_tensors)
    return false;
  for (size_t i = 0; i < a->n_tensors; i++)
    {
      const NnTensor *p = &a->tensors[i];
      const NnTensor *q = &b->tensors[i];

      if (p->offset != q->offset || p->layout != q->layout
          || memcmp (p->dims, q->dims, sizeof p->dims) != 0)
        return false;
    }
  return true;
}

static NnStatus
copy_values (NnModel       *to,
             const NnModel *from,
             const float   *values)
{
  if (to->n_steps != from->n_steps || to->n_parameter_floats != from->n_parameter_floats)
    return NN_STATUS_INVALID;
  for (size_t i = 0; i < to->n_steps; i++)
    if (!have_same_tensors (&to->steps[i], &from->steps[i]))
      return NN_STATUS_INVALID;

  memmove (to->values, values, to->n_parameter_floats * sizeof (float));
  for (size_t i = 0; i < to->n_steps; i++)
    nn_pack_step (to, &to->steps[i]);
  to->is_prepared = false;
  return NN_STATUS_OK;
}

NnStatus
nn_model_copy_parameters (NnModel       *to,
                          const NnModel *from)
{
  return copy_values (to, from, from->values);
}

NnStatus
nn_model_copy_average (NnModel       *to,
                       const NnModel *from)
{
  if (!from->has_average)
    return NN_STATUS_INVALID;
  return copy_values (to, from, from->is_averaging ? from->averages : from->values);
}

/* ---- Initial values ---- */

static float
draw (const NnModel  *model,
      const NnStep   *step,
      const NnTensor *tensor,
      size_t          i)
{
  const uint32_t random = nn_random (model->seed, NN_RANDOM_WEIGHTS, step->i_layer, i);

  return ((float) (random >> 8) * 0x1p-23f - 1.0f)
         * (float) sqrt (6.0 / (tensor->fan_in + tensor->fan_out));
}

static void
fill (NnModel        *model,
      const NnStep   *step,
      const NnTensor *tensor)
{
  for (size_t i = 0; i < nn_tensor_count (tensor); i++)
    {
      float *value = &model->values[nn_tensor_find (tensor, i)];

      switch (tensor->fill)
        {
        case NN_FILL_ZEROS:
          *value = 0.0f;
          break;
        case NN_FILL_ONES:
          *value = 1.0f;
          break;
        case NN_FILL_GLOROT:
          *value = draw (model, step, tensor, i);
          break;
        }
    }
}

void
nn_fill_tensors (NnModel *model)
{
  for (size_t i = 0; i < model->n_steps; i++)
    {
      for (size_t t = 0; t < model->steps[i].n_tensors; t++)
        fill (model, &model->steps[i], &model->steps[i].tensors[t]);
      nn_pack_step (model, &model->steps[i]);
    }
}
