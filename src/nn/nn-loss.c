/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Softmax and cross-entropy.
 *
 *   p = exp (z - max z) / sum,  where sum = the sum of exp (z - max z)
 *   loss = -ln p[label] = ln (sum) - (z[label] - max z)
 *   dL/dz = (p - q) / n,                         L is the mean over the n images of the batch
 * where q = (1 - e) onehot (label) + e / n_classes, with label smoothing e.
 */

#include "nn-math.h"
#include "nn-private.h"

/* Writes the exponentials to @p and returns their sum. */
static float
exponentiate (const float *logits,
              size_t       n,
              float       *p,
              float       *largest)
{
  float sum = 0.0f;

  *largest = logits[0];
  for (size_t c = 1; c < n; c++)
    if (logits[c] > *largest)
      *largest = logits[c];
  for (size_t c = 0; c < n; c++)
    {
      p[c] = nn_expf (logits[c] - *largest);
      sum += p[c];
    }
  return sum;
}

static bool
is_highest (const float *logits,
            size_t       n,
            size_t       label)
{
  for (size_t c = 0; c < n; c++)
    if (logits[c] > logits[label] || (c < label && logits[c] == logits[label]))
      return false;
  return true;
}

/* The loss with smoothed labels: sum over c of q[c] (log_sum - z[c]). */
static double
smooth (const float *logits,
        size_t       n,
        double       log_sum,
        double       loss,
        double       smoothing)
{
  double mean = 0.0;

  if (smoothing <= 0.0)
    return loss;
  for (size_t c = 0; c < n; c++)
    mean += (log_sum - (double) logits[c]) / (double) n;
  return (1.0 - smoothing) * loss + smoothing * mean;
}

static void
run_image (const NnRun *run,
           size_t       i)
{
  NnModel *model = run->model;
  const NnBoundary *boundary = nn_step_output (model, &model->steps[model->n_steps - 1]);
  const float *logits = nn_run_values (run, boundary, i);
  const size_t n = model->n_classes;
  float p[NN_MAX_CLASSES];
  float largest;
  const float sum = exponentiate (logits, n, p, &largest);

  if (run->scores != NULL)
    for (size_t c = 0; c < n; c++)
      run->scores[i * n + c] = p[c] / sum;
  if (run->batch->labels == NULL)
    return;

  const size_t label = run->batch->labels[nn_batch_index (run->batch, i)];
  const double loss = nn_log ((double) sum) - ((double) logits[label] - (double) largest);

  if (run->image_losses != NULL)
    run->image_losses[i] = (float) loss;
  if (run->is_training)
    {
      float *gradient = nn_run_gradients (run, boundary, i);
      const float share = 1.0f / (float) run->batch->n;
      const float spread = run->optimizer->label_smoothing / (float) n;
      const float peak = 1.0f - run->optimizer->label_smoothing + spread;

      model->losses[i] = loss;
      model->smoothed[i] = smooth (logits, n, nn_log ((double) sum) + (double) largest, loss,
                                   (double) run->optimizer->label_smoothing);
      model->is_correct[i] = is_highest (logits, n, label);
      for (size_t c = 0; c < n; c++)
        gradient[c] = (p[c] / sum - (c == label ? peak : spread)) * share;
    }
}

static void
run_slice (const NnRun  *run,
           const NnStep *step,
           size_t        first,
           size_t        n)
{
  for (size_t i = first; i < first + n; i++)
    run_image (run, i);
}

const NnStage nn_loss_stage = { NN_STAGE_SLICE, run_slice, NULL };
