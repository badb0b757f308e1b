/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares every layer's gradient with finite differences of a forward pass in doubles, and the
 * losses with its losses.
 *
 * A difference across a kink (a ReLU at 0, a tie in a pool) is not a gradient.  A parameter at a
 * kink is found by a second difference, with a smaller step, that does not agree with the first.
 * It is skipped; at most 1 in 20 may be.
 */

#include "support.h"

#include <math.h>

#define BATCH 3
#define MAX_CHECKED 400 /* parameters per tensor */
#define STEP 1e-5

static double
get_difference (const TestNet  *net,
                double         *parameters,
                size_t          i,
                const TestData *data,
                double          step)
{
  const double value = parameters[i];
  double above, below;

  parameters[i] = value + step;
  above = test_reference_loss (net, parameters, data, BATCH, NULL);
  parameters[i] = value - step;
  below = test_reference_loss (net, parameters, data, BATCH, NULL);
  parameters[i] = value;
  return (above - below) / (2.0 * step);
}

/* A gradient that cancels, like that of a bias before a normalisation, is as exact as the gradients
 * that it is made of, which are of the size of other tensors'. */
static double
find_floor (NnModel *model)
{
  double largest = 0.1;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;
      g_autofree float *gradients = NULL;

      nn_model_get_tensor_info (model, i, &info);
      gradients = g_new (float, info.n_elements);
      nn_model_read_tensor (model, i, NN_TENSOR_GRADIENT, gradients);
      for (size_t k = 0; k < info.n_elements; k++)
        largest = MAX (largest, fabs (gradients[k]));
    }
  return largest / 20.0;
}

static void
check_tensor (const TestNet  *net,
              NnModel        *model,
              size_t          i_tensor,
              double         *parameters,
              size_t          first,
              const TestData *data)
{
  NnTensorInfo info;
  g_autofree float *gradients = NULL;
  double largest = find_floor (model);
  size_t n_checked = 0, n_skipped = 0, stride;

  nn_model_get_tensor_info (model, i_tensor, &info);
  gradients = g_new (float, info.n_elements);
  g_assert_cmpint (nn_model_read_tensor (model, i_tensor, NN_TENSOR_GRADIENT, gradients), ==,
                   NN_STATUS_OK);
  for (size_t k = 0; k < info.n_elements; k++)
    largest = MAX (largest, fabs (gradients[k]));

  stride = info.n_elements / MAX_CHECKED + 1;
  for (size_t k = 0; k < info.n_elements; k += stride)
    {
      double difference = get_difference (net, parameters, first + k, data, STEP);

      n_checked++;
      if (fabs (difference - gradients[k]) <= 2e-5 * largest)
        continue;
      /* A kink makes the difference depend on the step; a wrong gradient does not. */
      if (fabs (get_difference (net, parameters, first + k, data, STEP / 64.0) - difference)
          > 1e-6 * largest)
        n_skipped++;
      else
        g_error ("%s, tensor %zu, element %zu: gradient %.8g, difference %.8g, largest %.8g",
                 net->name, i_tensor, k, (double) gradients[k], difference, largest);
    }
  g_assert_cmpuint (n_skipped * 20, <=, n_checked);
}

static void
test_gradients (gconstpointer user_data)
{
  const TestNet *net = user_data;
  NnModel *model = test_model_new (net, BATCH, TRUE, NULL);
  NnOptimizer optimizer = nn_optimizer_default;
  NnStepResult result;
  TestData data;
  NnBatch batch;
  g_autofree double *parameters = NULL;
  size_t n, first = 0;
  double loss;

  test_data_init (&data, net->input, nn_model_get_n_classes (model), BATCH);
  parameters = test_model_dup_parameters (model, &n);
  loss = test_reference_loss (net, parameters, &data, BATCH, NULL);

  optimizer.kind = NN_OPTIMIZER_SGD;
  optimizer.learning_rate = 0.0f;
  batch = test_data_get_batch (&data, BATCH);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpfloat_with_epsilon (result.loss, loss, 2e-6 * MAX (loss, 1.0));

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (model, i, &info);
      if (info.is_trained)
        check_tensor (net, model, i, parameters, first, &data);
      first += info.n_elements;
    }
  nn_model_free (model);
  test_data_clear (&data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < n_test_nets; i++)
    {
      g_autofree char *path = g_strconcat ("/nn/gradients/", test_nets[i].name, NULL);

      g_test_add_data_func (path, &test_nets[i], test_gradients);
    }
  return g_test_run ();
}
