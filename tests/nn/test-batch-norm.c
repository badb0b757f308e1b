/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What batch normalisation keeps: running statistics in PyTorch's sense, moved only by steps that
 * are taken, and used for classifying. */

#include "support.h"

#include <math.h>
#include <string.h>

#define N 5
#define N_CHANNELS 3

static const TestNet net = {
  .name = "batch-norm-dense",
  .input = { 1, 2, N_CHANNELS },
  .layers = { TEST_BATCH_NORM (TEST_LINEAR), TEST_FLATTEN, TEST_DENSE (2, TEST_LINEAR) },
  .n_layers = 3,
};

static size_t
find_tensor (const NnModel *model,
             NnTensorRole   role)
{
  NnTensorInfo info;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      nn_model_get_tensor_info (model, i, &info);
      if (info.role == role)
        return i;
    }
  g_assert_not_reached ();
}

static void
read_running (const NnModel *model,
              float         *mean,
              float         *variance)
{
  g_assert_cmpint (nn_model_read_tensor (model, find_tensor (model, NN_TENSOR_RUNNING_MEAN),
                                         NN_TENSOR_VALUE, mean),
                   ==, NN_STATUS_OK);
  g_assert_cmpint (nn_model_read_tensor (model, find_tensor (model, NN_TENSOR_RUNNING_VARIANCE),
                                         NN_TENSOR_VALUE, variance),
                   ==, NN_STATUS_OK);
}

/* The mean and the unbiased variance of a channel of the inputs. */
static void
measure (const TestData *data,
         size_t          channel,
         double         *mean,
         double         *variance)
{
  const size_t n = 2 * N;

  *mean = 0.0;
  *variance = 0.0;
  for (size_t i = 0; i < n; i++)
    *mean += data->images[i * N_CHANNELS + channel] / 255.0 / (double) n;
  for (size_t i = 0; i < n; i++)
    *variance += pow (data->images[i * N_CHANNELS + channel] / 255.0 - *mean, 2.0) / (n - 1.0);
}

/* running = 0.9 running + 0.1 batch, from 0 and 1. */
static void
test_running (void)
{
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  NnStepResult result;
  TestData data;
  NnBatch batch;
  float means[N_CHANNELS], variances[N_CHANNELS];

  test_data_init (&data, net.input, 2, N);
  batch = test_data_get_batch (&data, N);
  read_running (model, means, variances);
  for (size_t c = 0; c < N_CHANNELS; c++)
    {
      g_assert_cmpfloat (means[c], ==, 0.0f);
      g_assert_cmpfloat (variances[c], ==, 1.0f);
    }
  for (int step = 1; step <= 2; step++)
    {
      const double kept = pow (0.9, step);

      g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL),
                       ==, NN_STATUS_OK);
      read_running (model, means, variances);
      for (size_t c = 0; c < N_CHANNELS; c++)
        {
          double mean, variance;

          measure (&data, c, &mean, &variance);
          g_assert_cmpfloat_with_epsilon (means[c], (1.0 - kept) * mean, 1e-6);
          g_assert_cmpfloat_with_epsilon (variances[c], kept + (1.0 - kept) * variance, 1e-6);
        }
    }
  test_data_clear (&data);
  nn_model_free (model);
}

/* The features are what the last layer reads: the normalised pixels. */
static void
test_classifies_with_running (void)
{
  static const float running_mean[] = { 0.25f, -1.0f, 3.0f };
  static const float running_variance[] = { 4.0f, 0.25f, 0.0f };
  NnModel *model = test_model_new (&net, N, FALSE, NULL);
  float features[N * 2 * N_CHANNELS];
  TestData data;
  NnBatch batch;

  test_data_init (&data, net.input, 2, N);
  batch = test_data_get_batch (&data, N);
  /* A call before the statistics are set must not count afterwards. */
  g_assert_cmpint (nn_predict_features (model, NULL, &batch, NULL, features, NULL), ==,
                   NN_STATUS_OK);
  nn_model_write_tensor (model, find_tensor (model, NN_TENSOR_RUNNING_MEAN), NN_TENSOR_VALUE,
                         running_mean);
  nn_model_write_tensor (model, find_tensor (model, NN_TENSOR_RUNNING_VARIANCE), NN_TENSOR_VALUE,
                         running_variance);
  g_assert_cmpint (nn_predict_features (model, NULL, &batch, NULL, features, NULL), ==,
                   NN_STATUS_OK);
  for (size_t i = 0; i < G_N_ELEMENTS (features); i++)
    {
      const size_t c = i % N_CHANNELS;
      const double expected =
        (data.images[i] / 255.0 - running_mean[c]) / sqrt (running_variance[c] + 1e-5);

      g_assert_cmpfloat_with_epsilon (features[i], expected, 1e-6 * fabs (expected) + 1e-6);
    }
  test_data_clear (&data);
  nn_model_free (model);
}

/* A step that is refused, or that fails, moves no statistics. */
static void
test_untouched (void)
{
  static const float broken[2 * 2 * N_CHANNELS] = { INFINITY };
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  float means[N_CHANNELS], variances[N_CHANNELS];
  NnStepResult result;
  TestData data;
  NnBatch batch;

  test_data_init (&data, net.input, 2, N);
  batch = test_data_get_batch (&data, N);
  nn_model_write_tensor (model, find_tensor (model, NN_TENSOR_WEIGHT), NN_TENSOR_VALUE, broken);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL), ==,
                   NN_STATUS_NOT_FINITE);
  read_running (model, means, variances);
  for (size_t c = 0; c < N_CHANNELS; c++)
    {
      g_assert_cmpfloat (means[c], ==, 0.0f);
      g_assert_cmpfloat (variances[c], ==, 1.0f);
    }
  test_data_clear (&data);
  nn_model_free (model);
}

static void
test_one_value (void)
{
  static const TestNet vector_net = {
    .name = "batch-norm-vector",
    .input = { 2, 2, 1 },
    .layers = { TEST_FLATTEN, TEST_DENSE (3, TEST_LINEAR), TEST_BATCH_NORM (TEST_LINEAR) },
    .n_layers = 3,
  };
  NnModel *model = test_model_new (&vector_net, N, TRUE, NULL);
  NnStepResult result;
  NnError error = { 0 };
  TestData data;
  NnBatch batch;

  test_data_init (&data, vector_net.input, 3, N);
  batch = test_data_get_batch (&data, 1);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, &error), ==,
                   NN_STATUS_INVALID);
  g_assert_cmpint (error.i_layer, ==, 2);
  g_assert_nonnull (strstr (error.text, "one value a channel"));
  batch = test_data_get_batch (&data, 2);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, &error), ==,
                   NN_STATUS_OK);
  test_data_clear (&data);
  nn_model_free (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/batch-norm/running", test_running);
  g_test_add_func ("/nn/batch-norm/classifies-with-running", test_classifies_with_running);
  g_test_add_func ("/nn/batch-norm/untouched", test_untouched);
  g_test_add_func ("/nn/batch-norm/one-value", test_one_value);
  return g_test_run ();
}
