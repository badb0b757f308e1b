/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How images enter a training step: augmented, standardised; and with which targets. */

#include "support.h"

#include <math.h>
#include <string.h>

#define HEIGHT 9
#define WIDTH 12
#define N_CHANNELS 2
#define SIZE (HEIGHT * WIDTH * N_CHANNELS)
#define N 40

static const NnShape shape = { HEIGHT, WIDTH, N_CHANNELS };

static const TestNet net = {
  .name = "augmented",
  .input = { HEIGHT, WIDTH, N_CHANNELS },
  .layers = {
    TEST_CONV (7, 3, 3, 1, 1, TEST_SAME, TEST_RELU),
    TEST_POOL (2, 2, 2, 2, TEST_VALID),
    TEST_FLATTEN,
    TEST_DENSE (4, TEST_LINEAR),
  },
  .n_layers = 4,
};

static void
fill_image (guint8 bytes[SIZE])
{
  for (size_t i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (nn_random (5, NN_RANDOM_PICTURES, 0, i) % 255 + 1);
}

static void
test_none (void)
{
  const NnAugmentation none = { 0 };
  const NnAugmentKey key = { 1, 2, 3 };
  guint8 bytes[SIZE];
  float pixels[SIZE];

  fill_image (bytes);
  nn_augment (&none, shape, &key, bytes, pixels);
  for (size_t i = 0; i < SIZE; i++)
    g_assert_cmpfloat (pixels[i], ==, bytes[i]);
}

static void
test_mirror (void)
{
  const NnAugmentation always = { .mirror = 1.0f };
  const NnAugmentation half = { .mirror = 0.5f };
  guint8 bytes[SIZE];
  float pixels[SIZE];
  guint n_mirrored = 0;

  fill_image (bytes);
  nn_augment (&always, shape, &(NnAugmentKey) { 1, 2, 3 }, bytes, pixels);
  for (size_t y = 0; y < HEIGHT; y++)
    for (size_t x = 0; x < WIDTH; x++)
      for (size_t c = 0; c < N_CHANNELS; c++)
        g_assert_cmpfloat (pixels[(y * WIDTH + x) * N_CHANNELS + c], ==,
                           bytes[(y * WIDTH + WIDTH - 1 - x) * N_CHANNELS + c]);

  for (guint64 i = 0; i < 1000; i++)
    {
      nn_augment (&half, shape, &(NnAugmentKey) { 1, 2, i }, bytes, pixels);
      n_mirrored += pixels[0] != bytes[0];
    }
  g_assert_cmpuint (n_mirrored, >, 400);
  g_assert_cmpuint (n_mirrored, <, 600);
}

/* Where the image lies after a move by whole pixels; black elsewhere. */
static gboolean
is_moved_by (const guint8 *bytes,
             const float  *pixels,
             int           dy,
             int           dx)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const gboolean is_inside = y - dy >= 0 && y - dy < HEIGHT && x - dx >= 0 && x - dx < WIDTH;
        const float expected =
          is_inside ? bytes[((y - dy) * WIDTH + x - dx) * N_CHANNELS + 1] : 0.0f;

        if (pixels[(y * WIDTH + x) * N_CHANNELS + 1] != expected)
          return FALSE;
      }
  return TRUE;
}

/* A quarter of 9 is at most 2 whole pixels, of 12 at most 3. */
static void
test_shift (void)
{
  const NnAugmentation augmentation = { .shift = 0.25f };
  guint8 bytes[SIZE];
  float pixels[SIZE];
  guint seen[5][7] = { { 0 } };

  fill_image (bytes);
  for (guint64 i = 0; i < 2000; i++)
    {
      guint n_found = 0;

      nn_augment (&augmentation, shape, &(NnAugmentKey) { 7, 0, i }, bytes, pixels);
      for (int dy = -2; dy <= 2; dy++)
        for (int dx = -3; dx <= 3; dx++)
          if (is_moved_by (bytes, pixels, dy, dx))
            {
              seen[dy + 2][dx + 3]++;
              n_found++;
            }
      g_assert_cmpuint (n_found, ==, 1);
    }
  for (int dy = 0; dy < 5; dy++)
    for (int dx = 0; dx < 7; dx++)
      g_assert_cmpuint (seen[dy][dx], >, 0);
}

/* Turning about the centre keeps the centre, and a ring's values stay within the ring's range. */
static void
test_rotation (void)
{
  const NnAugmentation augmentation = { .rotation = 180.0f };
  const NnShape odd = { 11, 11, 1 };
  guint8 bytes[121] = { 0 };
  float pixels[121];
  gboolean was_turned = FALSE;

  for (int y = 3; y < 8; y++)
    for (int x = 3; x < 8; x++)
      bytes[y * 11 + x] = 200;
  bytes[5 * 11 + 5] = 90;
  bytes[2 * 11 + 5] = 255; /* a hand, 3 pixels above the centre */
  for (guint64 i = 0; i < 50; i++)
    {
      double sum = 0.0;

      nn_augment (&augmentation, odd, &(NnAugmentKey) { 9, 1, i }, bytes, pixels);
      g_assert_cmpfloat_with_epsilon (pixels[5 * 11 + 5], 90.0f, 1e-3);
      for (size_t k = 0; k < 121; k++)
        {
          g_assert_cmpfloat (pixels[k], >=, 0.0f);
          g_assert_cmpfloat (pixels[k], <=, 255.0f);
          sum += pixels[k];
        }
      /* Nothing leaves the image. */
      g_assert_cmpfloat_with_epsilon (sum, 24 * 200 + 90 + 255, 500.0);
      was_turned = was_turned || pixels[8 * 11 + 5] > 100.0f;
    }
  g_assert_true (was_turned);
}

static void
test_erase (void)
{
  const NnAugmentation augmentation = { .erase = 1.0f };
  guint8 bytes[SIZE];
  float pixels[SIZE];

  fill_image (bytes);
  for (guint64 i = 0; i < 500; i++)
    {
      size_t n = 0, top = HEIGHT, bottom = 0, left = WIDTH, right = 0;

      nn_augment (&augmentation, shape, &(NnAugmentKey) { 3, 0, i }, bytes, pixels);
      for (size_t y = 0; y < HEIGHT; y++)
        for (size_t x = 0; x < WIDTH; x++)
          if (pixels[(y * WIDTH + x) * N_CHANNELS] == 0.0f)
            {
              n++;
              top = MIN (top, y);
              bottom = MAX (bottom, y + 1);
              left = MIN (left, x);
              right = MAX (right, x + 1);
            }
      g_assert_cmpuint (n, >, 0);
      g_assert_cmpuint (n, ==, (bottom - top) * (right - left));
      g_assert_cmpuint (n, <=, HEIGHT * WIDTH / 2);
    }
}

static void
test_ranges (void)
{
  static const NnAugmentation bad[] = {
    { .mirror = 1.5f }, { .shift = -0.1f },    { .rotation = 181.0f },
    { .scale = 0.95f }, { .brightness = NAN }, { .erase = 2.0f },
  };
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  NnStepResult result;
  TestData data;
  NnBatch batch;

  test_data_init (&data, net.input, 4, N);
  batch = test_data_get_batch (&data, N);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      NnError error = { 0 };

      batch.augmentation = &bad[i];
      g_assert_cmpint (
        nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, &error), ==,
        NN_STATUS_INVALID);
      g_assert_nonnull (strstr (error.text, "augmentation"));
    }
  test_data_clear (&data);
  nn_model_free (model);
}

static const NnAugmentation everything = {
  .mirror = 0.5f,
  .shift = 0.1f,
  .rotation = 15.0f,
  .scale = 0.1f,
  .brightness = 0.2f,
  .erase = 0.3f,
};

static char *
train (unsigned              n_threads,
       const NnAugmentation *augmentation)
{
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  NnPool *pool = NULL;
  NnStepResult result;
  TestData data;
  NnBatch batch;
  char *sha256;

  g_assert_cmpint (nn_pool_new (n_threads, &pool, NULL), ==, NN_STATUS_OK);
  test_data_init (&data, net.input, 4, N);
  batch = test_data_get_batch (&data, N);
  batch.augmentation = augmentation;
  for (batch.epoch = 0; batch.epoch < 5; batch.epoch++)
    g_assert_cmpint (nn_train_step (model, pool, &batch, &nn_optimizer_default, &result, NULL), ==,
                     NN_STATUS_OK);
  sha256 = test_model_get_sha256 (model);
  nn_pool_free (pool);
  nn_model_free (model);
  test_data_clear (&data);
  return sha256;
}

static void
test_threads (void)
{
  g_autofree char *plain = train (1, NULL);
  g_autofree char *one = train (1, &everything);
  g_autofree char *two = train (2, &everything);
  g_autofree char *three = train (3, &everything);

  g_assert_cmpstr (one, !=, plain);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpstr (one, ==, three);
}

static void
test_not_for_classifying (void)
{
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  float plain[N * 4], found[N * 4];
  TestData data;
  NnBatch batch;

  test_data_init (&data, net.input, 4, N);
  batch = test_data_get_batch (&data, N);
  nn_predict (model, NULL, &batch, plain, NULL, NULL);
  batch.augmentation = &everything;
  nn_predict (model, NULL, &batch, found, NULL, NULL);
  g_assert_cmpmem (plain, sizeof plain, found, sizeof found);
  test_data_clear (&data);
  nn_model_free (model);
}

/* ---- Standardisation ---- */

static const float means[] = { 0.25f, 0.5f };
static const float deviations[] = { 0.5f, 2.0f };

static NnModel *
make_standardised (const TestNet *a_net)
{
  const NnModelOptions options = {
    .input = a_net->input,
    .layers = a_net->layers,
    .n_layers = a_net->n_layers,
    .max_batch = N,
    .trainable = true,
    .pixel_divisor = 255.0f,
    .seed = 7,
    .pixel_means = means,
    .pixel_deviations = deviations,
  };
  NnModel *model = NULL;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  return model;
}

/* In a network of one layer the features are the inputs. */
static void
test_standardised (void)
{
  static const TestNet one_layer = {
    .name = "one-layer",
    .input = { HEIGHT, WIDTH, N_CHANNELS },
    .layers = { TEST_FLATTEN, TEST_DENSE (4, TEST_LINEAR) },
    .n_layers = 2,
  };
  NnModel *model = make_standardised (&one_layer);
  g_autofree float *features = g_new (float, N * SIZE);
  TestData data;
  NnBatch batch;

  test_data_init (&data, one_layer.input, 4, N);
  batch = test_data_get_batch (&data, N);
  nn_predict_features (model, NULL, &batch, NULL, features, NULL);
  for (size_t i = 0; i < N * SIZE; i++)
    g_assert_cmpfloat_with_epsilon (
      features[i],
      (data.images[i] / 255.0 - (double) means[i % N_CHANNELS])
        / (double) deviations[i % N_CHANNELS],
      1e-6);
  test_data_clear (&data);
  nn_model_free (model);
}

static void
test_bad_standardisation (void)
{
  static const float no_deviation[] = { 1.0f, 0.0f };
  NnModelOptions options = {
    .input = net.input,
    .layers = net.layers,
    .n_layers = net.n_layers,
    .max_batch = N,
    .pixel_divisor = 255.0f,
    .pixel_means = means,
  };
  NnModel *model = NULL;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
  options.pixel_deviations = no_deviation;
  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_INVALID);
}

/* Augmented images are standardised like others: without a change they give nearly the same
 * loss. */
static void
test_standardised_augmented (void)
{
  const NnAugmentation none = { 0 };
  double losses[2];

  for (int i = 0; i < 2; i++)
    {
      NnModel *model = make_standardised (&net);
      NnStepResult result;
      TestData data;
      NnBatch batch;

      test_data_init (&data, net.input, 4, N);
      batch = test_data_get_batch (&data, N);
      batch.augmentation = i == 1 ? &none : NULL;
      g_assert_cmpint (nn_train_step (model, NULL, &batch, &nn_optimizer_default, &result, NULL),
                       ==, NN_STATUS_OK);
      losses[i] = result.loss;
      test_data_clear (&data);
      nn_model_free (model);
    }
  g_assert_cmpfloat_with_epsilon (losses[0], losses[1], 1e-5);
}

/* ---- Label smoothing ---- */

static NnStepResult
step_with_bias (float  bias,
                float *gradient)
{
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  NnOptimizer optimizer = nn_optimizer_default;
  float biases[4] = { 0.0f, bias, 0.0f, 0.0f }, gradients[4];
  NnStepResult result;
  TestData data;
  NnBatch batch;

  test_data_init (&data, net.input, 4, N);
  batch = test_data_get_batch (&data, N);
  optimizer.label_smoothing = 0.3f;
  optimizer.l2 = 0.01f;
  nn_model_write_tensor (model, 3, NN_TENSOR_VALUE, biases);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  nn_model_read_tensor (model, 3, NN_TENSOR_GRADIENT, gradients);
  *gradient = gradients[1];
  test_data_clear (&data);
  nn_model_free (model);
  return result;
}

/* The gradient is that of the objective; the loss stays the plain one. */
static void
test_label_smoothing (void)
{
  const double difference = 1e-2;
  float gradient, ignored;
  const NnStepResult middle = step_with_bias (0.0f, &gradient);
  const NnStepResult above = step_with_bias ((float) difference, &ignored);
  const NnStepResult below = step_with_bias ((float) -difference, &ignored);
  NnModel *model = test_model_new (&net, N, TRUE, NULL);
  float losses[N], scores[N * 4];
  double plain = 0.0, smoothed = 0.0;
  TestData data;
  NnBatch batch;

  g_assert_cmpfloat_with_epsilon ((above.objective - below.objective) / (2.0 * difference),
                                  gradient, 1e-4);
  test_data_init (&data, net.input, 4, N);
  batch = test_data_get_batch (&data, N);
  nn_predict (model, NULL, &batch, scores, losses, NULL);
  for (size_t i = 0; i < N; i++)
    {
      plain += losses[i] / N;
      smoothed += 0.7 * losses[i] / N;
      for (size_t c = 0; c < 4; c++)
        smoothed -= 0.3 / 4.0 * log (scores[i * 4 + c]) / N;
    }
  g_assert_cmpfloat_with_epsilon (middle.loss, plain, 1e-5);
  g_assert_cmpfloat_with_epsilon (middle.objective - middle.penalty, smoothed, 1e-5);
  test_data_clear (&data);
  nn_model_free (model);
}

/* A motion that is given does what the same one does that was drawn. */
static void
test_move (void)
{
  const NnAugmentation always = { .mirror = 1.0f };
  const NnMotion mirrored = { .is_mirrored = true };
  const NnMotion moved = { .right = 2.0, .down = -1.0 };
  const NnMotion turned = { .degrees = 180.0 };
  guint8 bytes[SIZE];
  float drawn[SIZE], given[SIZE];

  fill_image (bytes);
  nn_augment (&always, shape, &(NnAugmentKey) { 1, 2, 3 }, bytes, drawn);
  nn_move_image (&mirrored, shape, bytes, given);
  g_assert_cmpmem (given, sizeof given, drawn, sizeof drawn);

  nn_move_image (&moved, shape, bytes, given);
  for (size_t y = 0; y < HEIGHT; y++)
    for (size_t x = 0; x < WIDTH; x++)
      for (size_t c = 0; c < N_CHANNELS; c++)
        g_assert_cmpfloat (given[(y * WIDTH + x) * N_CHANNELS + c], ==,
                           y + 1 < HEIGHT && x >= 2
                             ? bytes[((y + 1) * WIDTH + x - 2) * N_CHANNELS + c] : 0.0f);

  nn_move_image (&turned, shape, bytes, given);
  for (size_t i = 0; i < HEIGHT * WIDTH; i++)
    for (size_t c = 0; c < N_CHANNELS; c++)
      g_assert_cmpfloat_with_epsilon (given[i * N_CHANNELS + c],
                                      bytes[(HEIGHT * WIDTH - 1 - i) * N_CHANNELS + c], 1e-3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/augment/none", test_none);
  g_test_add_func ("/nn/augment/mirror", test_mirror);
  g_test_add_func ("/nn/augment/shift", test_shift);
  g_test_add_func ("/nn/augment/rotation", test_rotation);
  g_test_add_func ("/nn/augment/move", test_move);
  g_test_add_func ("/nn/augment/erase", test_erase);
  g_test_add_func ("/nn/augment/ranges", test_ranges);
  g_test_add_func ("/nn/augment/threads", test_threads);
  g_test_add_func ("/nn/augment/not-for-classifying", test_not_for_classifying);
  g_test_add_func ("/nn/augment/standardised", test_standardised);
  g_test_add_func ("/nn/augment/bad-standardisation", test_bad_standardisation);
  g_test_add_func ("/nn/augment/standardised-augmented", test_standardised_augmented);
  g_test_add_func ("/nn/augment/label-smoothing", test_label_smoothing);
  return g_test_run ();
}
