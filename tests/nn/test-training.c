/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Training as callers see it: hand-computed steps, batch edges, bad batches, infinities, failing memory. */

#include "support.h"

#include <math.h>
#include <string.h>

static void
check_floats (NnModel *model,
              size_t i_tensor,
              NnTensorPart part,
              const float *expected,
              size_t n,
              double tolerance)
{
  NnTensorInfo info;
  g_autofree float *values = NULL;

  nn_model_get_tensor_info (model, i_tensor, &info);
  g_assert_cmpuint (info.n_elements, ==, n);
  values = g_new (float, n);
  g_assert_cmpint (nn_model_read_tensor (model, i_tensor, part, values), ==, NN_STATUS_OK);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (values[i], expected[i], tolerance);
}

/* Two inputs, two classes, equal weights: p = 1/2 each, so dL/dz = (-1/2, 1/2) for label 0 and all follows by hand. */
static void
test_by_hand (void)
{
  const TestNet net = { .input = { 1, 2, 1 }, .layers = { TEST_FLATTEN, TEST_DENSE (2, TEST_LINEAR) }, .n_layers = 2 };
  const guint8 images[] = { 255, 51 };
  const guint8 labels[] = { 0 };
  const float weights[] = { 0.5f, -0.25f, 0.5f, -0.25f };
  const float zeros[] = { 0.0f, 0.0f };
  /* + 2 * 0.1 * w from the penalty */
  const float gradients[] = { -0.5f + 0.1f, -0.1f - 0.05f, 0.5f + 0.1f, 0.1f - 0.05f };
  const float bias_gradients[] = { -0.5f, 0.5f };
  const float stepped[] = { 0.5f + 0.04f, -0.25f + 0.015f, 0.5f - 0.06f, -0.25f - 0.005f };
  NnModel *model = test_model_new (&net, 1, TRUE, NULL);
  const NnBatch batch = { .images = images, .labels = labels, .n = 1 };
  NnOptimizer optimizer = { .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.1f, .momentum = 0.9f, .l2 = 0.1f };
  NnStepResult result;

  nn_model_write_tensor (model, 0, NN_TENSOR_VALUE, weights);
  nn_model_write_tensor (model, 1, NN_TENSOR_VALUE, zeros);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_OK);
  g_assert_cmpfloat_with_epsilon (result.loss, log (2.0), 1e-7);
  g_assert_cmpfloat_with_epsilon (result.penalty, 0.1 * 0.625, 1e-8);
  g_assert_cmpuint (result.n_correct, ==, 1); /* a tie goes to the lower class */
  check_floats (model, 0, NN_TENSOR_GRADIENT, gradients, 4, 1e-7);
  check_floats (model, 1, NN_TENSOR_GRADIENT, bias_gradients, 2, 1e-7);
  check_floats (model, 0, NN_TENSOR_VALUE, stepped, 4, 1e-7);
  check_floats (model, 0, NN_TENSOR_MOMENT_1, gradients, 4, 1e-7);
  g_assert_cmpuint (nn_model_get_n_steps (model), ==, 1);

  /* The second step moves by rate * (0.9 m + g). */
  optimizer.l2 = 0.0f;
  optimizer.learning_rate = 0.0f;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_OK);
  g_assert_cmpfloat (result.penalty, ==, 0.0);
  nn_model_free (model);
}

/* Adam's first step is the rate times the gradient's sign (Kingma and Ba 2015, section 2.1). */
static void
test_adam_first_step (void)
{
  const TestNet net = { .input = { 1, 2, 1 }, .layers = { TEST_FLATTEN, TEST_DENSE (2, TEST_LINEAR) }, .n_layers = 2 };
  const guint8 images[] = { 255, 51 };
  const guint8 labels[] = { 0 };
  const float zeros[] = { 0.0f, 0.0f, 0.0f, 0.0f };
  const float stepped[] = { 0.001f, 0.001f, -0.001f, -0.001f };
  NnModel *model = test_model_new (&net, 1, TRUE, NULL);
  const NnBatch batch = { .images = images, .labels = labels, .n = 1 };
  NnStepResult result;

  nn_model_write_tensor (model, 0, NN_TENSOR_VALUE, zeros);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL), ==, NN_STATUS_OK);
  check_floats (model, 0, NN_TENSOR_VALUE, stepped, 4, 1e-8);
  nn_model_free (model);
}

/* A 3x3 ramp under a 2x2 kernel of (1, 2, 3, 4), by hand, through predict: logits are the four sums. */
static void
test_convolution_by_hand (void)
{
  const TestNet net = { .input = { 3, 3, 1 }, .layers = { TEST_CONV (1, 2, 2, 1, 1, TEST_VALID, TEST_LINEAR), TEST_FLATTEN }, .n_layers = 2 };
  const guint8 image[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
  const float weights[] = { 0.1f, 0.2f, 0.3f, 0.4f };
  const float bias[] = { 0.5f };
  const double logits[] = { 2.7, 3.7, 5.7, 6.7 }; /* + bias; equal shifts cancel in the scores */
  const NnModelOptions options = { .input = net.input, .layers = net.layers, .n_layers = 2, .max_batch = 1, .pixel_divisor = 1.0f };
  const NnBatch batch = { .images = image, .n = 1 };
  NnModel *model = NULL;
  float scores[4];
  double sum = 0.0;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  nn_model_write_tensor (model, 0, NN_TENSOR_VALUE, weights);
  nn_model_write_tensor (model, 1, NN_TENSOR_VALUE, bias);
  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_OK);
  for (int c = 0; c < 4; c++)
    sum += exp (logits[c]);
  for (int c = 0; c < 4; c++)
    g_assert_cmpfloat_with_epsilon (scores[c], exp (logits[c]) / sum, 1e-6);
  nn_model_free (model);
}

/* The mean is over the batch's own size: a batch of n has the loss that the definitions give. */
static void
test_batch_edges (void)
{
  static const size_t sizes[] = { 1, 2, 15, 16, 17, 33, 64, 65 };
  const TestNet *net = &test_nets[7];
  TestData data;

  g_assert_cmpstr (net->name, ==, "conv-pool");
  test_data_init (&data, net->input, 4, 65);
  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      NnModel *model = test_model_new (net, 65, TRUE, NULL);
      const NnBatch batch = { .images = data.images, .labels = data.labels, .n = sizes[i] };
      size_t n;
      g_autofree double *parameters = test_model_dup_parameters (model, &n);
      double expected = test_reference_loss (net, parameters, &data, sizes[i], NULL);
      g_autofree float *losses = g_new (float, sizes[i]);
      double mean = 0.0;
      NnStepResult result;

      g_assert_cmpint (nn_predict (model, NULL, &batch, NULL, losses, NULL), ==, NN_STATUS_OK);
      for (size_t k = 0; k < sizes[i]; k++)
        mean += losses[k] / (double) sizes[i];
      g_assert_cmpfloat_with_epsilon (mean, expected, 1e-6);
      g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL), ==, NN_STATUS_OK);
      g_assert_cmpfloat_with_epsilon (result.loss, expected, 1e-6);
      nn_model_free (model);
    }
  test_data_clear (&data);
}

/* Predictions do not depend on how they are cut, nor on whether the model can train. */
static void
test_predict_pieces (void)
{
  enum { N = 77 };
  for (size_t i = 0; i < n_test_nets; i++)
    {
      const TestNet *net = &test_nets[i];
      NnModel *whole = test_model_new (net, N, TRUE, NULL);
      NnModel *small = test_model_new (net, 5, FALSE, NULL);
      const size_t n_classes = nn_model_get_n_classes (whole);
      g_autofree float *expected = g_new (float, N * n_classes);
      g_autofree float *found = g_new (float, N * n_classes);
      guint32 indices[N];
      TestData data;
      NnPool *pool = NULL;

      g_assert_cmpint (nn_pool_new (3, &pool, NULL), ==, NN_STATUS_OK);
      test_data_init (&data, net->input, n_classes, N);
      for (guint32 k = 0; k < N; k++)
        indices[k] = k;
      g_assert_cmpint (nn_predict (whole, NULL, &(NnBatch) { .images = data.images, .n = N }, expected, NULL, NULL), ==, NN_STATUS_OK);
      g_assert_cmpint (nn_predict (small, pool, &(NnBatch) { .images = data.images, .n = N, .indices = indices }, found, NULL, NULL), ==,
                       NN_STATUS_OK);
      g_assert_cmpmem (found, N * n_classes * sizeof (float), expected, N * n_classes * sizeof (float));
      for (size_t k = 0; k < N; k++)
        {
          g_assert_cmpint (nn_predict (small, NULL, &(NnBatch) { .images = data.images, .n = 1, .indices = indices + k }, found, NULL, NULL), ==,
                           NN_STATUS_OK);
          g_assert_cmpmem (found, n_classes * sizeof (float), expected + k * n_classes, n_classes * sizeof (float));
        }
      nn_pool_free (pool);
      test_data_clear (&data);
      nn_model_free (whole);
      nn_model_free (small);
    }
}

/* The scores of a last dense layer, from what it is said to read. */
static void
check_scores_of_features (NnModel *model,
                          const float *features,
                          const float *scores,
                          size_t n)
{
  const size_t n_tensors = nn_model_get_n_tensors (model);
  const size_t n_classes = nn_model_get_n_classes (model);
  const size_t n_features = nn_model_get_n_features (model);
  g_autofree float *weights = g_new (float, n_classes * n_features);
  g_autofree float *bias = g_new (float, n_classes);
  g_autofree double *powers = g_new (double, n_classes);

  g_assert_cmpint (nn_model_read_tensor (model, n_tensors - 2, NN_TENSOR_VALUE, weights), ==, NN_STATUS_OK);
  g_assert_cmpint (nn_model_read_tensor (model, n_tensors - 1, NN_TENSOR_VALUE, bias), ==, NN_STATUS_OK);
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

/* Features are the same however the images are cut and whoever works on them. */
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
  TestData data;
  NnPool *pool = NULL;

  g_assert_cmpint (nn_pool_new (3, &pool, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net->input, n_classes, N);
  g_assert_cmpint (nn_predict_features (whole, pool, &(NnBatch) { .images = data.images, .n = N }, scores, expected, NULL), ==, NN_STATUS_OK);
  if (net->layers[net->n_layers - 1].kind == NN_LAYER_DENSE && net->layers[net->n_layers - 1].activation == TEST_LINEAR)
    check_scores_of_features (whole, expected, scores, N);

  g_assert_cmpint (nn_predict_features (small, pool, &(NnBatch) { .images = data.images, .n = N }, NULL, found, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (found, N * n_features * sizeof (float), expected, N * n_features * sizeof (float));
  memset (found, 0, n_features * 2 * sizeof (float));
  g_assert_cmpint (nn_predict_features (small, pool, &(NnBatch) { .images = data.images, .n = 2 }, NULL, found, NULL), ==, NN_STATUS_OK);
  g_assert_cmpmem (found, 2 * n_features * sizeof (float), expected, 2 * n_features * sizeof (float));

  nn_pool_free (pool);
  test_data_clear (&data);
  nn_model_free (whole);
  nn_model_free (small);
}

static void
test_features (void)
{
  static const TestNet wide_last = { "wide-last", { 28, 28, 1 }, { TEST_FLATTEN, TEST_DENSE (100, TEST_LINEAR) }, 2 };

  for (size_t i = 0; i < n_test_nets; i++)
    check_features (&test_nets[i]);
  for (size_t i = 0; i < n_test_dropout_nets; i++)
    check_features (&test_dropout_nets[i]);
  check_features (&wide_last);
}

/* Dropout is nothing when classifying, wherever it stands; a model that cannot train keeps its values elsewhere. */
static void
test_predict_with_dropout (void)
{
  static const TestNet nets[] = {
    { "first", { 3, 5, 1 }, { TEST_DROPOUT (0.5f), TEST_FLATTEN, TEST_DENSE (3, TEST_LINEAR) }, 3 },
    { "twice", { 3, 5, 1 }, { TEST_DROPOUT (0.5f), TEST_DROPOUT (0.5f), TEST_FLATTEN, TEST_DENSE (3, TEST_LINEAR) }, 4 },
    { "behind-tanh", { 3, 5, 1 }, { TEST_FLATTEN, TEST_DENSE (9, TEST_TANH), TEST_DROPOUT (0.5f), TEST_DENSE (3, TEST_LINEAR) }, 4 },
    { "before-a-window",
      { 3, 5, 1 },
      { TEST_FLATTEN, TEST_DENSE (9, TEST_TANH), TEST_DROPOUT (0.5f), TEST_CONV (3, 3, 3, 1, 1, TEST_SAME, TEST_LINEAR) },
      4 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      NnModel *trainable = test_model_new (&nets[i], 7, TRUE, NULL);
      NnModel *reader = test_model_new (&nets[i], 7, FALSE, NULL);
      float losses[7], expected[7];
      double mean = 0.0;
      size_t n;
      g_autofree double *parameters = test_model_dup_parameters (trainable, &n);
      TestData data;

      test_data_init (&data, nets[i].input, 3, 7);
      g_assert_cmpint (nn_predict (trainable, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 7 }, NULL, expected, NULL),
                       ==, NN_STATUS_OK);
      g_assert_cmpint (nn_predict (reader, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 7 }, NULL, losses, NULL), ==,
                       NN_STATUS_OK);
      g_assert_cmpmem (losses, sizeof losses, expected, sizeof expected);
      for (int k = 0; k < 7; k++)
        mean += losses[k] / 7.0;
      g_assert_cmpfloat_with_epsilon (mean, test_reference_loss (&nets[i], parameters, &data, 7, NULL), 1e-6);
      test_data_clear (&data);
      nn_model_free (trainable);
      nn_model_free (reader);
    }
}

/* Padding so large that an offset counted from the window's corner would not fit 32 bits. */
static void
test_huge_padding (void)
{
  static const TestNet net = { "huge",
                               { 1, 4096, 1 },
                               { TEST_CONV (1024, 1, 1, 1, 1, TEST_SAME, TEST_RELU), TEST_POOL (4096, 1, 1, 4096, TEST_SAME), TEST_FLATTEN,
                                 TEST_DENSE (2, TEST_LINEAR) },
                               4 };
  const NnModelOptions options = { .input = net.input, .layers = net.layers, .n_layers = 4, .max_batch = 1, .n_workers = 1, .pixel_divisor = 255.0f };
  NnModel *model = NULL;
  float scores[2];
  TestData data;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net.input, 2, 1);
  g_assert_cmpint (nn_predict (model, NULL, &(NnBatch) { .images = data.images, .n = 1 }, scores, NULL, NULL), ==, NN_STATUS_OK);
  g_assert_cmpfloat_with_epsilon (scores[0] + scores[1], 1.0, 1e-6);
  test_data_clear (&data);
  nn_model_free (model);
}

static void
test_learns (void)
{
  for (size_t i = 0; i < n_test_dropout_nets; i++)
    {
      const TestNet *net = &test_dropout_nets[i];
      NnModel *model = test_model_new (net, 16, TRUE, NULL);
      NnStepResult first = { 0 }, result = { 0 };
      TestData data;

      test_data_init (&data, net->input, nn_model_get_n_classes (model), 32);
      for (guint step = 0; step < 60; step++)
        {
          const size_t begin = step % 2 * 16;
          const size_t size = (size_t) net->input.height * net->input.width * net->input.channels;
          const NnBatch batch = { .images = data.images + begin * size, .labels = data.labels + begin, .n = 16, .epoch = step / 2 };

          g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL), ==, NN_STATUS_OK);
          if (step == 0)
            first = result;
        }
      g_test_message ("%s: loss %.3f, then %.3f", net->name, first.loss, result.loss);
      g_assert_cmpfloat (result.loss, <, 0.95 * first.loss);
      test_data_clear (&data);
      nn_model_free (model);
    }
}

static void
test_bad_batches (void)
{
  const TestNet *net = &test_nets[0];
  NnModel *model = test_model_new (net, 4, TRUE, NULL);
  NnModel *reader = test_model_new (net, 4, FALSE, NULL);
  guint8 labels[8] = { 0, 1, 2, 3, 0, 1, 2, 3 };
  g_autofree guint8 *images = g_malloc0 (8 * 25);
  NnBatch batch = { .images = images, .labels = labels, .n = 5 };
  NnStepResult result = { .loss = 42.0 };
  NnOptimizer optimizer = nn_optimizer_default;
  NnError error;
  float scores[4 * 8];

  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, &error), ==, NN_STATUS_INVALID);
  g_assert_nonnull (strstr (error.text, "at most 4"));
  batch.n = 0;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_INVALID);
  batch.n = 4;
  labels[2] = 4;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, &error), ==, NN_STATUS_INVALID);
  g_assert_nonnull (strstr (error.text, "Image 2 has the label 4"));
  labels[2] = 2;
  g_assert_cmpint (nn_train_step (reader, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  batch.labels = NULL;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_predict (model, NULL, &batch, NULL, scores, NULL), ==, NN_STATUS_INVALID);
  batch.labels = labels;
  optimizer.epsilon = 0.0f;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  optimizer.epsilon = 1e-7f;
  optimizer.l2 = INFINITY;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  optimizer.l2 = 0.0f;
  optimizer.kind = NN_OPTIMIZER_SGD;
  optimizer.momentum = NAN;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  optimizer = nn_optimizer_default;
  optimizer.beta_1 = 1.0f;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==, NN_STATUS_INVALID);
  g_assert_cmpfloat (result.loss, ==, 42.0);
  g_assert_cmpuint (nn_model_get_n_steps (model), ==, 0);
  g_assert_cmpint (nn_model_read_tensor (reader, 0, NN_TENSOR_GRADIENT, scores), ==, NN_STATUS_INVALID);
  nn_model_free (model);
  nn_model_free (reader);
  nn_model_free (NULL);
  nn_pool_free (NULL);
}

/* An infinite weight in the second layer: the step says which layer, and leaves the weights. */
static void
test_not_finite (void)
{
  const TestNet *net = &test_nets[1];
  NnModel *model = test_model_new (net, 4, TRUE, NULL);
  NnTensorInfo info;
  g_autofree float *values = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  NnStepResult result = { .loss = 42.0 };
  NnError error;
  TestData data;

  test_data_init (&data, net->input, 3, 4);
  nn_model_get_tensor_info (model, 4, &info);
  g_assert_cmpuint (info.i_layer, ==, 3);
  values = g_new (float, info.n_elements);
  nn_model_read_tensor (model, 4, NN_TENSOR_VALUE, values);
  values[1] = INFINITY;
  nn_model_write_tensor (model, 4, NN_TENSOR_VALUE, values);
  before = test_model_get_sha256 (model);
  g_assert_cmpint (nn_train_step (model, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 4 }, &nn_optimizer_default, &result,
                                  &error),
                   ==, NN_STATUS_NOT_FINITE);
  g_assert_cmpint (error.i_layer, ==, 3);
  g_assert_nonnull (strstr (error.text, "layer 4 (dense)"));
  g_assert_cmpfloat (result.loss, ==, 42.0);
  after = test_model_get_sha256 (model);
  g_assert_cmpstr (after, ==, before);
  test_data_clear (&data);
  nn_model_free (model);
}

static void
test_diverges (void)
{
  const TestNet *net = &test_nets[7];
  NnModel *model = test_model_new (net, 16, TRUE, NULL);
  const NnOptimizer optimizer = { .kind = NN_OPTIMIZER_SGD, .learning_rate = 1e30f, .momentum = 0.9f };
  NnStatus status = NN_STATUS_OK;
  NnStepResult result;
  TestData data;

  test_data_init (&data, net->input, 4, 16);
  for (guint step = 0; step < 10 && status == NN_STATUS_OK; step++)
    status = nn_train_step (model, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 16 }, &optimizer, &result, NULL);
  g_assert_cmpint (status, ==, NN_STATUS_NOT_FINITE);
  test_data_clear (&data);
  nn_model_free (model);
}

/* ---- Failing memory ---- */

typedef struct
{
  guint n_left; /* allocations until one fails */
  guint n_live;
} FailingMemory;

static void *
allocate_or_fail (size_t size,
                  void *user_data)
{
  FailingMemory *memory = user_data;

  if (memory->n_left == 0)
    return NULL;
  memory->n_left--;
  memory->n_live++;
  return g_aligned_alloc (1, size, 64);
}

static void
release (void *block,
         void *user_data)
{
  FailingMemory *memory = user_data;

  memory->n_live--;
  g_aligned_free (block);
}

static void
test_failing_memory (void)
{
  FailingMemory memory = { 0 };
  const NnAllocator allocator = { allocate_or_fail, release, &memory };
  const TestNet *net = &test_dropout_nets[1];
  const NnModelOptions options = {
    .input = net->input, .layers = net->layers, .n_layers = net->n_layers, .max_batch = 8, .trainable = true, .pixel_divisor = 255.0f, .allocator = &allocator
  };
  NnStatus status = NN_STATUS_NO_MEMORY;
  guint n = 0;

  for (; status != NN_STATUS_OK; n++)
    {
      NnModel *model = NULL;
      NnError error;

      g_assert_cmpuint (n, <, 10);
      memory.n_left = n;
      status = nn_model_new (&options, &model, &error);
      if (status == NN_STATUS_OK)
        {
          g_assert_cmpuint (memory.n_live, ==, n);
          nn_model_free (model);
        }
      else
        {
          g_assert_cmpint (status, ==, NN_STATUS_NO_MEMORY);
          g_assert_null (model);
          g_assert_nonnull (strstr (error.text, "memory"));
        }
      g_assert_cmpuint (memory.n_live, ==, 0);
    }
  g_assert_cmpuint (n, >=, 3); /* one for the model, one for everything else, and the try without failure */
}

/* Once it is made, a model takes no memory: not in a step, not for predictions. */
static void
test_no_memory_in_a_step (void)
{
  FailingMemory memory = { 2, 0 };
  const NnAllocator allocator = { allocate_or_fail, release, &memory };
  const TestNet *net = &test_dropout_nets[2];
  NnModel *model = test_model_new (net, 8, TRUE, &allocator);
  NnStepResult result;
  float scores[7 * 8];
  TestData data;

  test_data_init (&data, net->input, 7, 8);
  g_assert_cmpuint (memory.n_left, ==, 0);
  g_assert_cmpint (nn_train_step (model, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 8 }, &nn_optimizer_default, &result, NULL),
                   ==, NN_STATUS_OK);
  g_assert_cmpint (nn_predict (model, NULL, &(NnBatch) { .images = data.images, .n = 8 }, scores, NULL, NULL), ==, NN_STATUS_OK);
  nn_model_free (model);
  test_data_clear (&data);
}

static void
test_copy_parameters (void)
{
  const TestNet *net = &test_dropout_nets[1];
  NnModel *from = test_model_new (net, 8, TRUE, NULL);
  NnModel *to = test_model_new (net, 3, FALSE, NULL);
  NnModel *other = test_model_new (&test_dropout_nets[0], 3, FALSE, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  NnStepResult result;
  TestData data;

  test_data_init (&data, net->input, 10, 8);
  nn_train_step (from, NULL, &(NnBatch) { .images = data.images, .labels = data.labels, .n = 8 }, &nn_optimizer_default, &result, NULL);
  g_assert_cmpint (nn_model_copy_parameters (to, from), ==, NN_STATUS_OK);
  expected = test_model_get_sha256 (from);
  found = test_model_get_sha256 (to);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpint (nn_model_copy_parameters (other, from), ==, NN_STATUS_INVALID);
  test_data_clear (&data);
  nn_model_free (from);
  nn_model_free (to);
  nn_model_free (other);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/training/by-hand", test_by_hand);
  g_test_add_func ("/nn/training/adam-first-step", test_adam_first_step);
  g_test_add_func ("/nn/training/convolution-by-hand", test_convolution_by_hand);
  g_test_add_func ("/nn/training/batch-edges", test_batch_edges);
  g_test_add_func ("/nn/training/predict-pieces", test_predict_pieces);
  g_test_add_func ("/nn/training/predict-with-dropout", test_predict_with_dropout);
  g_test_add_func ("/nn/training/features", test_features);
  g_test_add_func ("/nn/training/huge-padding", test_huge_padding);
  g_test_add_func ("/nn/training/learns", test_learns);
  g_test_add_func ("/nn/training/bad-batches", test_bad_batches);
  g_test_add_func ("/nn/training/not-finite", test_not_finite);
  g_test_add_func ("/nn/training/diverges", test_diverges);
  g_test_add_func ("/nn/training/failing-memory", test_failing_memory);
  g_test_add_func ("/nn/training/no-memory-in-a-step", test_no_memory_in_a_step);
  g_test_add_func ("/nn/training/copy-parameters", test_copy_parameters);
  return g_test_run ();
}
