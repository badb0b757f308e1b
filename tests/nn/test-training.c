/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Training as callers see it: steps computed by hand, sizes of batches, bad batches, infinities,
 * and failing memory. */

#include "support.h"

#include <math.h>
#include <string.h>

static void
check_floats (NnModel      *model,
              size_t        i_tensor,
              NnTensorPart  part,
              const float  *expected,
              size_t        n,
              double        tolerance)
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

/* Two inputs, two classes, and an image of (1, 0.2) with label 0. */
static const TestNet two_by_two = {
  .input = { 1, 2, 1 },
  .layers = { TEST_FLATTEN, TEST_DENSE (2, TEST_LINEAR) },
  .n_layers = 2,
};
static const NnBatch one_image = {
  .images = (const guint8[]) { 255, 51 },
  .labels = (const guint8[]) { 0 },
  .n = 1,
};

/* With equal weights for both classes p = 1/2 for both, so dL/dz = (-1/2, 1/2), from which all
 * else follows by hand. */
static void
test_by_hand (void)
{
  const float weights[] = { 0.5f, -0.25f, 0.5f, -0.25f };
  const float zeros[] = { 0.0f, 0.0f };
  /* The second term is 2 * 0.1 * w, from the penalty. */
  const float gradients[] = { -0.5f + 0.1f, -0.1f - 0.05f, 0.5f + 0.1f, 0.1f - 0.05f };
  const float bias_gradients[] = { -0.5f, 0.5f };
  const float stepped[] = { 0.5f + 0.04f, -0.25f + 0.015f, 0.5f - 0.06f, -0.25f - 0.005f };
  float momentum[4];
  NnModel *model = test_model_new (&two_by_two, 1, TRUE, NULL);
  NnOptimizer optimizer = {
    .kind = NN_OPTIMIZER_SGD, .learning_rate = 0.1f, .momentum = 0.9f, .l2 = 0.1f
  };
  NnStepResult result;

  nn_model_write_tensor (model, 0, NN_TENSOR_VALUE, weights);
  nn_model_write_tensor (model, 1, NN_TENSOR_VALUE, zeros);
  g_assert_cmpint (nn_train_step (model, NULL, &one_image, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpfloat_with_epsilon (result.loss, log (2.0), 1e-7);
  g_assert_cmpfloat_with_epsilon (result.penalty, 0.1 * 0.625, 1e-8);
  g_assert_cmpuint (result.n_correct, ==, 1); /* a tie goes to the lower class */
  check_floats (model, 0, NN_TENSOR_GRADIENT, gradients, 4, 1e-7);
  check_floats (model, 1, NN_TENSOR_GRADIENT, bias_gradients, 2, 1e-7);
  check_floats (model, 0, NN_TENSOR_VALUE, stepped, 4, 1e-7);
  check_floats (model, 0, NN_TENSOR_MOMENT_1, gradients, 4, 1e-7);
  g_assert_cmpuint (nn_model_get_n_steps (model), ==, 1);

  /* The second step's momentum is 0.9 m + g, and without l2 there is no penalty. */
  optimizer.l2 = 0.0f;
  g_assert_cmpint (nn_train_step (model, NULL, &one_image, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpfloat (result.penalty, ==, 0.0);
  g_assert_cmpint (nn_model_read_tensor (model, 0, NN_TENSOR_GRADIENT, momentum), ==, NN_STATUS_OK);
  for (guint i = 0; i < 4; i++)
    momentum[i] += 0.9f * gradients[i];
  check_floats (model, 0, NN_TENSOR_MOMENT_1, momentum, 4, 1e-7);
  nn_model_free (model);
}

/* Adam's first step is the rate times the gradient's sign (Kingma and Ba 2015, section 2.1). */
static void
test_adam_first_step (void)
{
  const float zeros[] = { 0.0f, 0.0f, 0.0f, 0.0f };
  const float stepped[] = { 0.001f, 0.001f, -0.001f, -0.001f };
  NnModel *model = test_model_new (&two_by_two, 1, TRUE, NULL);
  NnStepResult result;

  nn_model_write_tensor (model, 0, NN_TENSOR_VALUE, zeros);
  g_assert_cmpint (nn_train_step (model, NULL, &one_image, &nn_optimizer_default, &result, NULL),
                   ==, NN_STATUS_OK);
  check_floats (model, 0, NN_TENSOR_VALUE, stepped, 4, 1e-8);
  nn_model_free (model);
}

/* A 3x3 image of 0 to 8 under a 2x2 kernel of 0.1 to 0.4, by hand: the logits are the four sums. */
static void
test_convolution_by_hand (void)
{
  const TestNet net = { .input = { 3, 3, 1 },
                        .layers = { TEST_CONV (1, 2, 2, 1, 1, TEST_VALID, TEST_LINEAR),
                                    TEST_FLATTEN },
                        .n_layers = 2 };
  const guint8 image[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
  const float weights[] = { 0.1f, 0.2f, 0.3f, 0.4f };
  const float bias[] = { 0.5f };
  /* Without the bias: a shift of all logits does not change the scores. */
  const double logits[] = { 2.7, 3.7, 5.7, 6.7 };
  const NnModelOptions options = {
    .input = net.input, .layers = net.layers, .n_layers = 2, .max_batch = 1, .pixel_divisor = 1.0f
  };
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

/* A batch of any size up to max_batch has the loss that the definitions give: the mean over its
 * own size. */
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
      g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL),
                       ==, NN_STATUS_OK);
      g_assert_cmpfloat_with_epsilon (result.loss, expected, 1e-6);
      nn_model_free (model);
    }
  test_data_clear (&data);
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
          const NnBatch batch = {
            .images = data.images + begin * size,
            .labels = data.labels + begin,
            .n = 16,
            .epoch = step / 2,
          };

          g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result,
                                          NULL),
                           ==, NN_STATUS_OK);
          if (step == 0)
            first = result;
        }
      g_test_message ("%s: loss %.3f, then %.3f", net->name, first.loss, result.loss);
      g_assert_cmpfloat (result.loss, <, 0.95 * first.loss);
      test_data_clear (&data);
      nn_model_free (model);
    }
}

/* A step must be refused, with @text in the message, and leave its result as it was. */
static void
assert_refused (NnModel           *model,
                const NnBatch     *batch,
                const NnOptimizer *optimizer,
                const char        *text)
{
  NnStepResult result = { .loss = 42.0 };
  NnError error;

  g_assert_cmpint (nn_train_step (model, NULL, batch, optimizer, &result, &error), ==,
                   NN_STATUS_INVALID);
  g_assert_nonnull (strstr (error.text, text));
  g_assert_cmpint (nn_train_step (model, NULL, batch, optimizer, &result, NULL), ==,
                   NN_STATUS_INVALID);
  g_assert_cmpfloat (result.loss, ==, 42.0);
  g_assert_cmpuint (nn_model_get_n_steps (model), ==, 0);
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
  float scores[4 * 8];

  assert_refused (model, &batch, &nn_optimizer_default, "at most 4");
  batch.n = 0;
  assert_refused (model, &batch, &nn_optimizer_default, "no images");
  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_INVALID);
  batch.n = 4;
  labels[2] = 4;
  assert_refused (model, &batch, &nn_optimizer_default, "Image 2 has the label 4");
  labels[2] = 2;
  assert_refused (reader, &batch, &nn_optimizer_default, "classifying only");
  batch.labels = NULL;
  assert_refused (model, &batch, &nn_optimizer_default, "no labels");
  g_assert_cmpint (nn_predict (model, NULL, &batch, NULL, scores, NULL), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_model_read_tensor (reader, 0, NN_TENSOR_GRADIENT, scores), ==,
                   NN_STATUS_INVALID);
  nn_model_free (model);
  nn_model_free (reader);
  nn_model_free (NULL);
  nn_pool_free (NULL);
}

static void
test_bad_optimizers (void)
{
  const TestNet *net = &test_nets[0];
  NnModel *model = test_model_new (net, 4, TRUE, NULL);
  NnOptimizer optimizer = nn_optimizer_default;
  TestData data;
  NnBatch batch;

  test_data_init (&data, net->input, 4, 4);
  batch = test_data_get_batch (&data, 4);
  optimizer.epsilon = 0.0f;
  assert_refused (model, &batch, &optimizer, "out of range");
  optimizer = nn_optimizer_default;
  optimizer.l2 = INFINITY;
  assert_refused (model, &batch, &optimizer, "out of range");
  optimizer = nn_optimizer_default;
  optimizer.beta_1 = 1.0f;
  assert_refused (model, &batch, &optimizer, "out of range");
  optimizer = nn_optimizer_default;
  optimizer.kind = NN_OPTIMIZER_SGD;
  optimizer.momentum = NAN;
  assert_refused (model, &batch, &optimizer, "out of range");
  test_data_clear (&data);
  nn_model_free (model);
}

/* With an infinite weight in the second dense layer the step names the layer, and leaves the
 * weights as they were. */
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
  NnBatch batch;
  TestData data;

  test_data_init (&data, net->input, 3, 4);
  nn_model_get_tensor_info (model, 4, &info);
  g_assert_cmpuint (info.i_layer, ==, 3);
  values = g_new (float, info.n_elements);
  nn_model_read_tensor (model, 4, NN_TENSOR_VALUE, values);
  values[1] = INFINITY;
  nn_model_write_tensor (model, 4, NN_TENSOR_VALUE, values);
  before = test_model_get_sha256 (model);
  batch = test_data_get_batch (&data, 4);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, &error), ==,
                   NN_STATUS_NOT_FINITE);
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
  const NnOptimizer optimizer = {
    .kind = NN_OPTIMIZER_SGD,
    .learning_rate = 1e30f,
    .momentum = 0.9f,
  };
  NnStatus status = NN_STATUS_OK;
  NnStepResult result;
  NnBatch batch;
  TestData data;

  test_data_init (&data, net->input, 4, 16);
  batch = test_data_get_batch (&data, 16);
  for (guint step = 0; step < 10 && status == NN_STATUS_OK; step++)
    status = nn_train_step (model, NULL, &batch, &optimizer, &result, NULL);
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
allocate_or_fail (size_t  size,
                  void   *user_data)
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
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = 8,
    .trainable = true,
    .pixel_divisor = 255.0f,
    .allocator = &allocator,
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
  /* Two allocations, one for the struct and one for all arrays, and a try without failure. */
  g_assert_cmpuint (n, >=, 3);
}

/* After it is made, a model allocates nothing: neither in a step nor for predictions. */
static void
test_no_memory_in_a_step (void)
{
  FailingMemory memory = { 2, 0 };
  const NnAllocator allocator = { allocate_or_fail, release, &memory };
  const TestNet *net = &test_dropout_nets[2];
  NnModel *model = test_model_new (net, 8, TRUE, &allocator);
  NnStepResult result;
  float scores[7 * 8];
  NnBatch batch;
  TestData data;

  test_data_init (&data, net->input, 7, 8);
  g_assert_cmpuint (memory.n_left, ==, 0);
  batch = test_data_get_batch (&data, 8);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpint (nn_predict (model, NULL, &batch, scores, NULL, NULL), ==, NN_STATUS_OK);
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
  NnBatch batch;
  TestData data;

  test_data_init (&data, net->input, 10, 8);
  batch = test_data_get_batch (&data, 8);
  g_assert_cmpint (nn_train_step (from, NULL, &batch, &nn_optimizer_default, &result, NULL), ==,
                   NN_STATUS_OK);
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
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/training/by-hand", test_by_hand);
  g_test_add_func ("/nn/training/adam-first-step", test_adam_first_step);
  g_test_add_func ("/nn/training/convolution-by-hand", test_convolution_by_hand);
  g_test_add_func ("/nn/training/batch-edges", test_batch_edges);
  g_test_add_func ("/nn/training/learns", test_learns);
  g_test_add_func ("/nn/training/bad-batches", test_bad_batches);
  g_test_add_func ("/nn/training/bad-optimizers", test_bad_optimizers);
  g_test_add_func ("/nn/training/not-finite", test_not_finite);
  g_test_add_func ("/nn/training/diverges", test_diverges);
  g_test_add_func ("/nn/training/failing-memory", test_failing_memory);
  g_test_add_func ("/nn/training/no-memory-in-a-step", test_no_memory_in_a_step);
  g_test_add_func ("/nn/training/copy-parameters", test_copy_parameters);
  return g_test_run ();
}
