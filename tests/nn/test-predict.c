/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Predictions as callers see them: the same for any way to split the images, with dropout off, and
 * with the features that the last layer reads.
 */

#include "support.h"

#include <math.h>
#include <string.h>

/* Scores do not depend on how the images are split over calls, on the pool, or on whether the model
 * is trainable. */
static void
check_pieces (const TestNet *net)
{
  enum { N = 77 };
  NnModel *whole = test_model_new (net, N, TRUE, NULL);
  NnModel *small = test_model_new (net, 5, FALSE, NULL);
  const size_t n_classes = nn_model_get_n_classes (whole);
  g_autofree float *expected = g_new (float, N * n_classes);
  g_autofree float *found = g_new (float, N * n_classes);
  guint32 indices[N];
  NnBatch batch;
  TestData data;
  NnPool *pool = NULL;

  g_assert_cmpint (nn_pool_new (3, &pool, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net->input, n_classes, N);
  for (guint32 k = 0; k < N; k++)
    indices[k] = k;
  batch = (NnBatch) { .images = data.images, .n = N };
  g_assert_cmpint (nn_predict (whole, NULL, &batch, expected, NULL, NULL), ==, NN_STATUS_OK);
  batch.indices = indices;
  g_assert_cmpint (nn_predict (small, pool, &batch, found, NULL, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (found, N * n_classes * sizeof (float), expected, N * n_classes * sizeof (float));
  batch.n = 1;
  for (size_t k = 0; k < N; k++)
    {
      batch.indices = indices + k;
      g_assert_cmpint (nn_predict (small, NULL, &batch, found, NULL, NULL), ==, NN_STATUS_OK);
      g_assert_cmpmem (found, n_classes * sizeof (float), expected + k * n_classes,
                       n_classes * sizeof (float));
    }
  nn_pool_free (pool);
  test_data_clear (&data);
  nn_model_free (whole);
  nn_model_free (small);
}

static void
test_pieces (void)
{
  for (size_t i = 0; i < n_test_nets; i++)
    check_pieces (&test_nets[i]);
}

/* Computes the scores of a last dense layer from its features, and compares them. */
static void
check_scores_of_features (NnModel     *model,
                          const float *features,
                          const float *scores,
                          size_t       n)
{
  const size_t n_tensors = nn_model_get_n_tensors (model);
  const size_t n_classes = nn_model_get_n_classes (model);
  const size_t n_features = nn_model_get_n_features (model);
  g_autofree float *weights = g_new (float, n_classes * n_features);
  g_autofree float *bias = g_new (float, n_classes);
  g_autofree double *powers = g_new (double, n_classes);

  g_assert_cmpint (nn_model_read_tensor (model, n_tensors - 2, NN_TENSOR_VALUE, weights), ==,
                   NN_STATUS_OK);
  g_assert_cmpint (nn_model_read_tensor (model, n_tensors - 1, NN_TENSOR_VALUE, bias), ==,
                   NN_STATUS_OK);
  for (size_t i = 0; i < n; i++)
    {
      double sum = 0.0;

      for (size_t c = 0; c < n_classes; c++)
        {
          double logit = bias[c];

          for (size_t k = 0; k < n_features; k++)
            logit += (double) weights[c * n_features + k] * features[i * n_features + k];
          powers[c] = exp (logit);
          sum += powers[c];
        }
      for (size_t c = 0; c < n_classes; c++)
        g_assert_cmpfloat_with_epsilon (scores[i * n_classes + c], powers[c] / sum, 1e-5);
    }
}

/* Features do not depend on how the images are split over calls, or on whether the model is
 * trainable. */
static void
check_features (const TestNet *net)
{
  enum { N = 91 };
  NnModel *whole = test_model_new (net, N, TRUE, NULL);
  NnModel *small = test_model_new (net, 100, FALSE, NULL);
  const size_t n_classes = nn_model_get_n_classes (whole);
  const size_t n_features = nn_model_get_n_features (whole);
  g_autofree float *scores = g_new (float, N * n_classes);
  g_autofree float *expected = g_new (float, N * n_features);
  g_autofree float *found = g_new0 (float, N * n_features);
  NnBatch batch;
  TestData data;
  NnPool *pool = NULL;

  g_assert_cmpint (nn_pool_new (3, &pool, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net->input, n_classes, N);
  batch = (NnBatch) { .images = data.images, .n = N };
  g_assert_cmpint (nn_predict_features (whole, pool, &batch, scores, expected, NULL), ==,
                   NN_STATUS_OK);
  if (net->layers[net->n_layers - 1].kind == NN_LAYER_DENSE
      && net->layers[net->n_layers - 1].activation == TEST_LINEAR)
    check_scores_of_features (whole, expected, scores, N);

  g_assert_cmpint (nn_predict_features (small, pool, &batch, NULL, found, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (found, N * n_features * sizeof (float), expected,
                   N * n_features * sizeof (float));
  memset (found, 0, n_features * 2 * sizeof (float));
  batch.n = 2;
  g_assert_cmpint (nn_predict_features (small, pool, &batch, NULL, found, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (found, 2 * n_features * sizeof (float), expected,
                   2 * n_features * sizeof (float));

  nn_pool_free (pool);
  test_data_clear (&data);
  nn_model_free (whole);
  nn_model_free (small);
}

static void
test_features (void)
{
  static const TestNet wide_last = {
    "wide-last", { 28, 28, 1 }, { TEST_FLATTEN, TEST_DENSE (100, TEST_LINEAR) }, 2
  };

  for (size_t i = 0; i < n_test_nets; i++)
    check_features (&test_nets[i]);
  for (size_t i = 0; i < n_test_dropout_nets; i++)
    check_features (&test_dropout_nets[i]);
  check_features (&wide_last);
}

/* Dropout changes nothing when classifying, in a model that is trainable or not. */
static void
check_with_dropout (const TestNet *net)
{
  NnModel *trainable = test_model_new (net, 7, TRUE, NULL);
  NnModel *reader = test_model_new (net, 7, FALSE, NULL);
  float losses[7], expected[7];
  double mean = 0.0, reference;
  size_t n;
  g_autofree double *parameters = test_model_dup_parameters (trainable, &n);
  NnBatch batch;
  TestData data;

  test_data_init (&data, net->input, 3, 7);
  batch = test_data_get_batch (&data, 7);
  g_assert_cmpint (nn_predict (trainable, NULL, &batch, NULL, expected, NULL), ==, NN_STATUS_OK);
  g_assert_cmpint (nn_predict (reader, NULL, &batch, NULL, losses, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (losses, sizeof losses, expected, sizeof expected);
  for (int k = 0; k < 7; k++)
    mean += losses[k] / 7.0;
  reference = test_reference_loss (net, parameters, &data, 7, NULL);
  g_assert_cmpfloat_with_epsilon (mean, reference, 1e-6);
  test_data_clear (&data);
  nn_model_free (trainable);
  nn_model_free (reader);
}

static void
test_with_dropout (void)
{
  static const TestNet nets[] = {
    { "first", { 3, 5, 1 },
      { TEST_DROPOUT (0.5f), TEST_FLATTEN, TEST_DENSE (3, TEST_LINEAR) },
      3 },
    { "twice", { 3, 5, 1 },
      { TEST_DROPOUT (0.5f), TEST_DROPOUT (0.5f), TEST_FLATTEN, TEST_DENSE (3, TEST_LINEAR) },
      4 },
    { "behind-tanh", { 3, 5, 1 },
      { TEST_FLATTEN, TEST_DENSE (9, TEST_TANH), TEST_DROPOUT (0.5f), TEST_DENSE (3, TEST_LINEAR) },
      4 },
    { "before-a-window", { 3, 5, 1 },
      { TEST_FLATTEN, TEST_DENSE (9, TEST_TANH), TEST_DROPOUT (0.5f),
        TEST_CONV (3, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR) },
      4 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (nets); i++)
    check_with_dropout (&nets[i]);
}

/* Padding so large that an offset from the window's corner would not fit 32 bits. */
static void
test_huge_padding (void)
{
  static const TestNet net = {
    "huge", { 1, 4096, 1 },
    { TEST_CONV (1024, 1, 1, 1, 1, TEST_SAME, TEST_RELU),
      TEST_POOL (4096, 1, 1, 4096, TEST_SAME),
      TEST_FLATTEN,
      TEST_DENSE (2, TEST_LINEAR) },
    4
  };
  const NnModelOptions options = {
    .input = net.input,
    .layers = net.layers,
    .n_layers = 4,
    .max_batch = 1,
    .n_workers = 1,
    .pixel_divisor = 255.0f,
  };
  NnModel *model = NULL;
  float scores[2];
  NnBatch batch;
  TestData data;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net.input, 2, 1);
  batch = (NnBatch) { .images = data.images, .n = 1 };
  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_OK);
  g_assert_cmpfloat_with_epsilon (scores[0] + scores[1], 1.0, 1e-6);
  test_data_clear (&data);
  nn_model_free (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/predict/pieces", test_pieces);
  g_test_add_func ("/nn/predict/with-dropout", test_with_dropout);
  g_test_add_func ("/nn/predict/features", test_features);
  g_test_add_func ("/nn/predict/huge-padding", test_huge_padding);
  return g_test_run ();
}
