/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Batch normalisation (Ioffe and Szegedy 2015), one mean and one variance a channel:
 *
 *   y = act (scale * (x - mean) / sqrt (variance + epsilon) + shift)
 *
 * In training, mean and variance are those of the batch, over its images and pixels; the variance
 * is the population's (divided by the number of values n).  Classifying takes running ones:
 *   running = (1 - momentum) * running + momentum * batch,
 * where the batch's variance is the unbiased one (divided by n - 1), as in PyTorch.
 *
 * With x' = (x - mean) / sqrt (variance + epsilon) and d = dL/dy * act' (y), the gradients are
 *   dL/dshift = sum of d,  dL/dscale = sum of d x'
 *   dL/dx = scale / sqrt (variance + epsilon) * (d - mean of d - x' * mean of d x')
 *
 * Both passes need sums over the whole batch.  Each slice sums its images in doubles, in order; one
 * part then adds the slices from first to last, so the bits are the same for any number of threads;
 * then each image is normalised by one fused product per value.
 *
 * Coefficients are stored in lanes: the channels, repeated until there are at least 16, so that
 * vectors are full with few channels too.
 */

#include "nn-private.h"

#include <math.h>

#define MIN_LANES 16

/* What is kept of the last batch: [3][n_channels], in doubles. */
enum
{
  MEAN,
  VARIANCE,
  INVERSE, /* 1 / sqrt (variance + epsilon) */
  N_STATISTICS
};

/* Coefficients: [5][n_lanes].  Forward: x * SCALE + SHIFT.  Backward: d * BY_GRADIENT
 * + (x * BY_INPUT + CONSTANT). */
enum
{
  SCALE,
  SHIFT,
  BY_GRADIENT,
  BY_INPUT,
  CONSTANT,
  N_COEFFICIENTS
};

static NnStatus
infer_shape (const NnLayerSpec *layer,
             size_t             i_layer,
             NnShape            input,
             NnLayerInfo       *info,
             NnError           *error)
{
  if (!(layer->epsilon > 0.0f && isfinite (layer->epsilon)))
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (batch norm) has an epsilon of %g; it must be above 0", i_layer + 1,
                    (double) layer->epsilon);
  if (!(layer->momentum >= 0.0f && layer->momentum <= 1.0f))
    return nn_fail (error, NN_STATUS_INVALID, i_layer,
                    "Layer %zu (batch norm) has a momentum of %g; 0 to 1 are possible", i_layer + 1,
                    (double) layer->momentum);
  info->output = input;
  info->n_parameters = 2 * (uint64_t) input.channels;
  return NN_STATUS_OK;
}

/* ---- Where things lie ---- */

static size_t
get_n_lanes (size_t n_channels)
{
  return n_channels >= MIN_LANES ? n_channels : MIN_LANES / n_channels * n_channels;
}

static double *
get_statistics (const NnModel *model,
                const NnStep  *step,
                size_t         which)
{
  return model->statistics + step->statistics + which * step->n_out;
}

static float *
get_coefficients (const NnModel *model,
                  const NnStep  *step,
                  size_t         which)
{
  return model->packs + step->coefficients + which * step->n_lanes;
}

/* The slice's sums, and after them its sums of products: [2][n_lanes]. */
static double *
get_sums (const NnRun  *run,
          const NnStep *step,
          size_t        i_slice)
{
  return (double *) (void *) nn_run_slice_gradients (run, step, i_slice);
}

static void
plan (NnModel *model,
      NnStep  *step)
{
  step->n_lanes = get_n_lanes (step->n_out);
  step->coefficients = model->n_pack_floats;
  model->n_pack_floats += nn_round_up (N_COEFFICIENTS * step->n_lanes, 16);
  if (!model->is_trainable)
    return;
  step->statistics = model->n_statistics;
  model->n_statistics += nn_round_up (N_STATISTICS * step->n_out, 8);
  step->slice_gradients = model->n_slice_gradient_floats;
  model->n_slice_gradient_floats += nn_round_up (4 * step->n_lanes, 16);
}

/* Fills the lanes of a coefficient, whose first n_out are set. */
static void
repeat (const NnModel *model,
        const NnStep  *step,
        size_t         which)
{
  float *lanes = get_coefficients (model, step, which);

  for (size_t i = step->n_out; i < step->n_lanes; i++)
    lanes[i] = lanes[i - step->n_out];
}

static void
set_forward (const NnModel *model,
             const NnStep  *step,
             size_t         channel,
             double         mean,
             double         inverse)
{
  const double scale = (double) nn_step_values (model, step, 0)[channel] * inverse;

  get_coefficients (model, step, SCALE)[channel] = (float) scale;
  get_coefficients (model, step, SHIFT)[channel] =
    (float) ((double) nn_step_values (model, step, 1)[channel] - mean * scale);
}

/* ---- Forward ---- */

/* Adds an image's values and squares (or gradients, and their products with the inputs) to the
 * sums of its slice. */
static void
add_image (const NnRun      *run,
           const NnStep     *step,
           size_t            i,
           const NnBoundary *boundary,
           const float      *values)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const size_t row_length = (size_t) input->shape.width * input->shape.channels;
  const float *inputs = nn_run_values (run, input, i) + input->origin;
  double *sums = get_sums (run, step, run->i_slice);

  if (i == run->i_slice * run->slice_size)
    memset (sums, 0, 2 * step->n_lanes * sizeof *sums);
  for (size_t y = 0; y < input->shape.height; y++)
    run->kernels->sum_products (values + boundary->origin + y * boundary->row_stride,
                                inputs + y * input->row_stride, row_length, step->n_lanes, sums,
                                sums + step->n_lanes);
}

static void
measure (const NnRun  *run,
         const NnStep *step,
         size_t        first,
         size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);

  for (size_t i = first; i < first + n; i++)
    add_image (run, step, i, input, nn_run_values (run, input, i));
}

/* The sum over lanes and slices of one channel. */
static double
add_up (const NnRun  *run,
        const NnStep *step,
        size_t        which,
        size_t        channel)
{
  double sum = 0.0;

  for (size_t slice = 0; slice < run->n_slices; slice++)
    for (size_t lane = channel; lane < step->n_lanes; lane += step->n_out)
      sum += get_sums (run, step, slice)[which * step->n_lanes + lane];
  return sum;
}

static size_t
count_values (const NnModel *model,
              const NnStep  *step,
              size_t         n_images)
{
  const NnShape shape = nn_step_input (model, step)->shape;

  return n_images * shape.height * shape.width;
}

static void
combine (const NnRun  *run,
         const NnStep *step,
         size_t        i_part,
         size_t        n_parts)
{
  const double n = (double) count_values (run->model, step, run->batch->n);

  for (size_t c = 0; c < step->n_out; c++)
    {
      const double mean = add_up (run, step, 0, c) / n;
      const double variance = fmax (0.0, add_up (run, step, 1, c) / n - mean * mean);
      const double inverse = 1.0 / sqrt (variance + (double) step->layer->epsilon);

      get_statistics (run->model, step, MEAN)[c] = mean;
      get_statistics (run->model, step, VARIANCE)[c] = variance;
      get_statistics (run->model, step, INVERSE)[c] = inverse;
      set_forward (run->model, step, c, mean, inverse);
    }
  repeat (run->model, step, SCALE);
  repeat (run->model, step, SHIFT);
}

static void
normalise (const NnRun  *run,
           const NnStep *step,
           size_t        first,
           size_t        n)
{
  const NnBoundary *input = nn_step_input (run->model, step);
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;
  const bool is_relu = step->activation == NN_ACTIVATION_RELU;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      {
        float *target = nn_run_values (run, output, i) + output->origin + y * output->row_stride;

        run->kernels->scale_lanes (
          target, nn_run_values (run, input, i) + input->origin + y * input->row_stride, row_length,
          step->n_lanes, get_coefficients (run->model, step, SCALE),
          get_coefficients (run->model, step, SHIFT), is_relu);
        if (!is_relu)
          nn_step_activation (run, step)->forward (target, row_length, step->layer->slope);
      }
}

/* ---- Backward ---- */

static void
measure_gradients (const NnRun  *run,
                   const NnStep *step,
                   size_t        first,
                   size_t        n)
{
  const NnBoundary *output = nn_step_output (run->model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n; i++)
    {
      float *gradients = nn_run_gradients (run, output, i);
      const float *values = nn_run_values (run, output, i);

      for (size_t y = 0; y < output->shape.height; y++)
        nn_step_activation (run, step)->backward (
          gradients + output->origin + y * output->row_stride,
          values + output->origin + y * output->row_stride, row_length, step->layer->slope);
      add_image (run, step, i, output, gradients);
    }
}

static void
combine_gradients (const NnRun  *run,
                   const NnStep *step,
                   size_t        i_part,
                   size_t        n_parts)
{
  const NnModel *model = run->model;
  const double n = (double) count_values (model, step, run->batch->n);

  for (size_t c = 0; c < step->n_out; c++)
    {
      const double mean = get_statistics (model, step, MEAN)[c];
      const double inverse = get_statistics (model, step, INVERSE)[c];
      const double factor = (double) nn_step_values (model, step, 0)[c] * inverse;
      const double sum = add_up (run, step, 0, c);
      /* The sum of d x' from that of d x. */
      const double product = (add_up (run, step, 1, c) - mean * sum) * inverse;

      nn_step_gradients (model, step, 0)[c] = (float) product;
      nn_step_gradients (model, step, 1)[c] = (float) sum;
      get_coefficients (model, step, BY_GRADIENT)[c] = (float) factor;
      get_coefficients (model, step, BY_INPUT)[c] = (float) (-factor * inverse * product / n);
      get_coefficients (model, step, CONSTANT)[c] =
        (float) (factor * (mean * inverse * product - sum) / n);
    }
  repeat (model, step, BY_GRADIENT);
  repeat (model, step, BY_INPUT);
  repeat (model, step, CONSTANT);
}

static void
pass_gradients (const NnRun  *run,
                const NnStep *step,
                size_t        first,
                size_t        n)
{
  const NnModel *model = run->model;
  const NnBoundary *input = nn_step_input (model, step);
  const NnBoundary *output = nn_step_output (model, step);
  const size_t row_length = (size_t) output->shape.width * output->shape.channels;

  for (size_t i = first; i < first + n; i++)
    for (size_t y = 0; y < output->shape.height; y++)
      run->kernels->mix_lanes (
        nn_run_gradients (run, input, i) + input->origin + y * input->row_stride,
        nn_run_gradients (run, output, i) + output->origin + y * output->row_stride,
        nn_run_values (run, input, i) + input->origin + y * input->row_stride, row_length,
        step->n_lanes, get_coefficients (model, step, BY_GRADIENT));
}

/* ---- Update ---- */

/* The last stage of combine_gradients has written the gradients. */
static void
sum_gradient (const NnRun        *run,
              const NnStep       *step,
              const NnUpdateTask *task)
{
}

static void
update_running (const NnRun        *run,
                const NnStep       *step,
                const NnUpdateTask *task)
{
  const bool is_mean = step->tensors[task->i_tensor].role == NN_TENSOR_RUNNING_MEAN;
  const double *batch = get_statistics (run->model, step, is_mean ? MEAN : VARIANCE);
  const double n = (double) count_values (run->model, step, run->batch->n);
  const double momentum = (double) step->layer->momentum;
  const double factor = is_mean ? 1.0 : n / (n - 1.0);
  float *running = nn_step_values (run->model, step, task->i_tensor);

  for (size_t c = task->row_begin; c < task->row_end; c++)
    running[c] =
      (float) ((1.0 - momentum) * (double) running[c] + momentum * (factor * batch[c]));
}

/* The coefficients for classifying, from the running statistics. */
static void
prepare (NnModel      *model,
         const NnStep *step)
{
  for (size_t c = 0; c < step->n_out; c++)
    set_forward (model, step, c, (double) nn_step_values (model, step, 2)[c],
                 1.0
                   / sqrt ((double) nn_step_values (model, step, 3)[c]
                           + (double) step->layer->epsilon));
  repeat (model, step, SCALE);
  repeat (model, step, SHIFT);
}

static NnStatus
check_batch (const NnModel *model,
             const NnStep  *step,
             size_t         n_images,
             NnError       *error)
{
  if (count_values (model, step, n_images) > 1)
    return NN_STATUS_OK;
  return nn_fail (error, NN_STATUS_INVALID, step->i_layer,
                  "Layer %zu (batch norm) gets one value a channel from a batch of one image; it "
                  "needs two to have a variance",
                  step->i_layer + 1);
}

/* ---- Stages and tensors ---- */

static size_t
count_parts (const NnStep *step)
{
  return 1;
}

static const NnStage training_stages[] = {
  { NN_STAGE_IMAGE, measure, NULL },
  { NN_STAGE_PART, combine, count_parts },
  { NN_STAGE_IMAGE, normalise, NULL },
};
static const NnStage backward_stages[] = {
  { NN_STAGE_IMAGE, measure_gradients, NULL, .leaves_input_gradient = true },
  { NN_STAGE_PART, combine_gradients, count_parts, .leaves_input_gradient = true },
  { NN_STAGE_IMAGE, pass_gradients, NULL },
};

static void
describe (const NnModel *model,
          NnStep        *step)
{
  static const NnTensorRole roles[] = {
    NN_TENSOR_SCALE,
    NN_TENSOR_SHIFT,
    NN_TENSOR_RUNNING_MEAN,
    NN_TENSOR_RUNNING_VARIANCE,
  };
  const uint32_t channels = nn_step_input (model, step)->shape.channels;

  step->n_out = channels;
  step->n_tensors = 4;
  for (size_t i = 0; i < step->n_tensors; i++)
    step->tensors[i] = (NnTensor) {
      .role = roles[i],
      .layout = NN_LAYOUT_PLAIN,
      .fill = i % 3 == 0 ? NN_FILL_ONES : NN_FILL_ZEROS,
      .rank = 1,
      .dims = { channels },
      .n_rows = 1,
      .n_columns = channels,
      .area = 1,
    };
  step->stages[NN_PASS_TRAIN] = NN_STAGES (training_stages);
  step->stages[NN_PASS_BACKWARD] = NN_STAGES (backward_stages);
  if (!step->needs_input_gradient)
    step->stages[NN_PASS_BACKWARD].n--;
}

const NnLayerOps nn_batch_norm_ops = {
  .name = "batch norm",
  .has_activation = true,
  .infer_shape = infer_shape,
  .forward = { NN_STAGE_IMAGE, normalise, NULL },
  .describe = describe,
  .plan = plan,
  .sum_gradient = sum_gradient,
  .update_running = update_running,
  .prepare = prepare,
  .check_batch = check_batch,
};
