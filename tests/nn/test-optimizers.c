/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all optimisers share: ranges of members, clipping, weight decay, the average of the weights,
 * penalties, and the memory that they need.  Every test walks all kinds where it can.
 */

#include "nn-optimizer.h"
#include "support.h"

#include <math.h>
#include <string.h>

#define N_IMAGES 9 /* three slices */
#define N_STEPS 3

static const TestNet *const net = &test_dropout_nets[2]; /* convolutions, a pool, wide and narrow */

typedef struct
{
  NnModel *model;
  TestData data;
} Fixture;

static NnModel *
make_model (gboolean has_average)
{
  const NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = N_IMAGES,
    .trainable = true,
    .has_average = has_average,
    .pixel_divisor = 255.0f,
    .seed = 7,
  };
  NnModel *model = NULL;

  g_assert_cmpint (nn_model_new (&options, &model, NULL), ==, NN_STATUS_OK);
  return model;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->model = make_model (TRUE);
  test_data_init (&fixture->data, net->input, nn_model_get_n_classes (fixture->model), N_IMAGES);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  nn_model_free (fixture->model);
  test_data_clear (&fixture->data);
}

static NnStepResult
take_step (Fixture           *fixture,
           NnModel           *model,
           NnPool            *pool,
           const NnOptimizer *optimizer)
{
  NnBatch batch = test_data_get_batch (&fixture->data, N_IMAGES);
  NnStepResult result = { 0 };
  NnError error = { 0 };

  nn_train_step (model, pool, &batch, optimizer, &result, &error);
  g_assert_cmpstr (error.text, ==, "");
  return result;
}

/* Tensors of @part, one after another; the caller frees them. */
static float *
read_part (NnModel      *model,
           NnTensorPart  part)
{
  float *values = g_new (float, nn_model_get_n_parameters (model));
  size_t n = 0;

  for (size_t i = 0; i < nn_model_get_n_tensors (model); i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (model, i, &info);
      g_assert_cmpint (nn_model_read_tensor (model, i, part, values + n), ==, NN_STATUS_OK);
      n += info.n_elements;
    }
  return values;
}

static void
copy_part (NnModel      *to,
           NnModel      *from,
           NnTensorPart  part)
{
  g_autofree float *values = read_part (from, part);
  size_t n = 0;

  for (size_t i = 0; i < nn_model_get_n_tensors (from); i++)
    {
      NnTensorInfo info;

      nn_model_get_tensor_info (from, i, &info);
      g_assert_cmpint (nn_model_write_tensor (to, i, part, values + n), ==, NN_STATUS_OK);
      n += info.n_elements;
    }
}

static void
assert_same (const float *found,
             const float *expected,
             NnModel     *model)
{
  const size_t size = nn_model_get_n_parameters (model) * sizeof (float);

  g_assert_cmpmem (found, size, expected, size);
}

/* The default of a kind, with everything on that all kinds share. */
static NnOptimizer
get_full (NnOptimizerKind kind)
{
  NnOptimizer optimizer = nn_optimizer_get_default (kind);

  optimizer.momentum = 0.5f;
  optimizer.is_nesterov = true;
  optimizer.l2 = 1e-3f;
  optimizer.clip_norm = 0.1f;
  optimizer.weight_decay = 0.1f;
  optimizer.average_decay = 0.9f;
  return optimizer;
}

/* ---- Kinds and members ---- */

static void
test_kinds (void)
{
  const NnOptimizer adam = nn_optimizer_get_default (NN_OPTIMIZER_ADAM);

  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);

      g_assert_nonnull (nn_optimizer_get_name ((NnOptimizerKind) kind));
      g_assert_cmpuint (nn_optimizer_get_n_moments ((NnOptimizerKind) kind), <=, NN_MAX_MOMENTS);
      g_assert_cmpfloat (optimizer.learning_rate, >, 0.0f);
      g_assert_cmpint (nn_optimizer_check (&optimizer, NULL), ==, NN_STATUS_OK);
    }
  g_assert_null (nn_optimizer_get_name (NN_N_OPTIMIZERS));
  g_assert_cmpuint (nn_optimizer_get_n_moments (NN_N_OPTIMIZERS), ==, 0);
  g_assert_cmpmem (&adam, sizeof adam, &nn_optimizer_default, sizeof nn_optimizer_default);
}

static void
set_member (NnOptimizer             *optimizer,
            const NnOptimizerMember *member,
            float                    value)
{
  memcpy ((char *) optimizer + member->offset, &value, sizeof value);
}

/* Both ends of a range are allowed, and what lies behind them is refused by name. */
static void
test_ranges (void)
{
  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      const NnOptimizerOps *ops = nn_optimizer_get_ops ((NnOptimizerKind) kind);

      for (size_t i = 0; i < ops->n_members; i++)
        {
          const NnOptimizerMember *member = &ops->members[i];
          const float bad[] = { nextafterf (member->lowest, -INFINITY),
                                nextafterf (member->highest, INFINITY), NAN };
          NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);

          set_member (&optimizer, member, member->lowest);
          g_assert_cmpint (nn_optimizer_check (&optimizer, NULL), ==, NN_STATUS_OK);
          set_member (&optimizer, member, member->highest);
          g_assert_cmpint (nn_optimizer_check (&optimizer, NULL), ==, NN_STATUS_OK);
          for (size_t b = 0; b < G_N_ELEMENTS (bad); b++)
            {
              NnError error = { 0 };

              set_member (&optimizer, member, bad[b]);
              g_assert_cmpint (nn_optimizer_check (&optimizer, &error), ==, NN_STATUS_INVALID);
              g_assert_nonnull (strstr (error.text, member->name));
            }
        }
    }
}

static void
test_common_ranges (void)
{
  static const size_t offsets[] = {
    offsetof (NnOptimizer, l2),
    offsetof (NnOptimizer, clip_norm),
    offsetof (NnOptimizer, weight_decay),
    offsetof (NnOptimizer, average_decay),
  };

  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    for (size_t i = 0; i < G_N_ELEMENTS (offsets); i++)
      {
        const float bad[] = { -0.5f, INFINITY, NAN };

        for (size_t b = 0; b < G_N_ELEMENTS (bad); b++)
          {
            NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);

            memcpy ((char *) &optimizer + offsets[i], &bad[b], sizeof (float));
            g_assert_cmpint (nn_optimizer_check (&optimizer, NULL), ==, NN_STATUS_INVALID);
          }
      }
}

/* ---- Memory ---- */

/* Takes a step of each kind, which must fail where it keeps more than @n_moments. */
static void
step_all_kinds (Fixture  *fixture,
                NnModel  *model,
                unsigned  n_moments)
{
  const NnBatch batch = test_data_get_batch (&fixture->data, N_IMAGES);

  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      const NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);
      const NnStatus expected = nn_optimizer_get_n_moments ((NnOptimizerKind) kind) > n_moments
                                  ? NN_STATUS_INVALID
                                  : NN_STATUS_OK;
      NnStepResult result;

      g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                       expected);
    }
}

/* A model keeps as many moments as its options say, and takes the steps of optimisers that need no
 * more. */
static void
test_moments (Fixture       *fixture,
              gconstpointer  data)
{
  NnModelOptions options = {
    .input = net->input,
    .layers = net->layers,
    .n_layers = net->n_layers,
    .max_batch = N_IMAGES,
    .trainable = true,
    .pixel_divisor = 255.0f,
    .n_moments = 1,
  };
  g_autofree float *values = g_new (float, nn_model_get_n_parameters (fixture->model));
  NnModel *small = NULL, *large = NULL;
  size_t n_saved;

  g_assert_cmpint (nn_model_new (&options, &small, NULL), ==, NN_STATUS_OK);
  options.n_moments = 0;
  g_assert_cmpint (nn_model_new (&options, &large, NULL), ==, NN_STATUS_OK);
  n_saved = nn_model_get_memory_bytes (large) - nn_model_get_memory_bytes (small);
  g_assert_cmpuint (n_saved, >=, nn_model_get_n_parameters (small) * sizeof (float));
  g_assert_cmpuint (nn_model_get_memory_bytes (fixture->model), >,
                    nn_model_get_memory_bytes (large));

  step_all_kinds (fixture, small, 1);
  step_all_kinds (fixture, large, NN_MAX_MOMENTS);
  g_assert_cmpint (nn_model_read_tensor (small, 0, NN_TENSOR_MOMENT_1, values), ==, NN_STATUS_OK);
  g_assert_cmpint (nn_model_read_tensor (small, 0, NN_TENSOR_MOMENT_2, values), ==,
                   NN_STATUS_INVALID);
  g_assert_cmpint (nn_model_read_tensor (small, 0, NN_TENSOR_AVERAGE, values), ==,
                   NN_STATUS_INVALID);
  nn_model_free (small);
  nn_model_free (large);

  options.n_moments = NN_MAX_MOMENTS + 1;
  g_assert_cmpint (nn_model_new (&options, &small, NULL), ==, NN_STATUS_INVALID);
}

/* ---- All kinds ---- */

/* With everything on, the number of threads changes no bit of weights, averages and moments. */
static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      const NnOptimizer optimizer = get_full ((NnOptimizerKind) kind);
      NnModel *expected = make_model (TRUE);

      for (guint step = 0; step < N_STEPS; step++)
        take_step (fixture, expected, NULL, &optimizer);
      for (guint n_threads = 2; n_threads <= 3; n_threads++)
        {
          NnModel *found = make_model (TRUE);
          NnPool *pool = NULL;

          g_assert_cmpint (nn_pool_new (n_threads, &pool, NULL), ==, NN_STATUS_OK);
          for (guint step = 0; step < N_STEPS; step++)
            take_step (fixture, found, pool, &optimizer);
          for (int part = NN_TENSOR_VALUE; part <= NN_TENSOR_AVERAGE; part++)
            {
              g_autofree float *a = read_part (expected, (NnTensorPart) part);
              g_autofree float *b = read_part (found, (NnTensorPart) part);

              assert_same (b, a, found);
            }
          nn_pool_free (pool);
          nn_model_free (found);
        }
      nn_model_free (expected);
    }
}

/* Each kind lowers the loss with its own defaults. */
static void
test_learns (Fixture       *fixture,
             gconstpointer  data)
{
  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);
      NnModel *model = make_model (FALSE);
      NnStepResult first, last;

      optimizer.learning_rate = MIN (optimizer.learning_rate, 0.005f);
      first = last = take_step (fixture, model, NULL, &optimizer);
      for (guint step = 0; step < 20; step++)
        last = take_step (fixture, model, NULL, &optimizer);
      g_test_message ("%s: %.3f, then %.3f", nn_optimizer_get_name ((NnOptimizerKind) kind),
                      first.loss, last.loss);
      g_assert_cmpfloat (last.loss, <, first.loss);
      nn_model_free (model);
    }
}

/* Half the steps, all of the state copied to another model, and the other half there: as all steps
 * in one model. */
static void
test_resume (Fixture       *fixture,
             gconstpointer  data)
{
  static const NnTensorPart parts[] = { NN_TENSOR_VALUE, NN_TENSOR_MOMENT_1, NN_TENSOR_MOMENT_2,
                                        NN_TENSOR_AVERAGE };

  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    for (guint n_first = 0; n_first <= 2; n_first += 2)
      {
        const NnOptimizer optimizer = get_full ((NnOptimizerKind) kind);
        NnModel *whole = make_model (TRUE);
        NnModel *half = make_model (TRUE);

        for (guint step = 0; step < n_first; step++)
          take_step (fixture, whole, NULL, &optimizer);
        for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
          copy_part (half, whole, parts[p]);
        nn_model_set_n_steps (half, nn_model_get_n_steps (whole));
        for (guint step = 0; step < 2; step++)
          {
            take_step (fixture, whole, NULL, &optimizer);
            take_step (fixture, half, NULL, &optimizer);
          }
        for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
          {
            g_autofree float *expected = read_part (whole, parts[p]);
            g_autofree float *found = read_part (half, parts[p]);

            assert_same (found, expected, half);
          }
        nn_model_free (whole);
        nn_model_free (half);
      }
}

/* ---- Clipping ---- */

static double
get_norm (const float *values,
          size_t       n)
{
  double sum = 0.0;

  for (size_t i = 0; i < n; i++)
    sum += (double) values[i] * (double) values[i];
  return sqrt (sum);
}

/* A gradient that is too long gets the length asked for, and keeps its direction. */
static void
test_clips (Fixture       *fixture,
            gconstpointer  data)
{
  NnOptimizer optimizer = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  NnModel *free_model = make_model (FALSE);
  const size_t n = nn_model_get_n_parameters (fixture->model);
  g_autofree float *clipped = NULL;
  g_autofree float *unclipped = NULL;
  double norm;

  optimizer.l2 = 0.01f;
  take_step (fixture, free_model, NULL, &optimizer);
  unclipped = read_part (free_model, NN_TENSOR_GRADIENT);
  norm = get_norm (unclipped, n);
  optimizer.clip_norm = (float) norm / 3.0f;
  take_step (fixture, fixture->model, NULL, &optimizer);
  clipped = read_part (fixture->model, NN_TENSOR_GRADIENT);
  g_assert_cmpfloat_with_epsilon (get_norm (clipped, n), norm / 3.0, 2e-6 * norm);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (clipped[i], unclipped[i] / 3.0f, 1e-5f * (float) norm);
  nn_model_free (free_model);
}

/* A bound that no gradient reaches changes no bit: the two phases compute what the one does. */
static void
test_loose_bound (Fixture       *fixture,
                  gconstpointer  data)
{
  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      NnOptimizer optimizer = get_full ((NnOptimizerKind) kind);
      NnModel *one_phase = make_model (TRUE);
      NnModel *two_phases = make_model (TRUE);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;

      for (guint step = 0; step < N_STEPS; step++)
        {
          NnStepResult a, b;

          optimizer.clip_norm = 0.0f;
          a = take_step (fixture, one_phase, NULL, &optimizer);
          optimizer.clip_norm = 1e6f;
          b = take_step (fixture, two_phases, NULL, &optimizer);
          g_assert_cmpmem (&b, sizeof b, &a, sizeof a);
        }
      expected = test_model_get_sha256 (one_phase);
      found = test_model_get_sha256 (two_phases);
      g_assert_cmpstr (found, ==, expected);
      nn_model_free (one_phase);
      nn_model_free (two_phases);
    }
}

/* A gradient that overflows stops the step before it changes a weight. */
static void
test_clip_infinite (Fixture       *fixture,
                    gconstpointer  data)
{
  NnOptimizer optimizer = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  const NnBatch batch = test_data_get_batch (&fixture->data, N_IMAGES);
  g_autofree char *before = test_model_get_sha256 (fixture->model);
  g_autofree char *after = NULL;
  NnStepResult result;
  NnError error;

  /* The gradient of a weight of 0.2 is above the largest float. */
  optimizer.l2 = 3e38f;
  optimizer.clip_norm = 1.0f;
  g_assert_cmpint (nn_train_step (fixture->model, NULL, &batch, &optimizer, &result, &error), ==,
                   NN_STATUS_NOT_FINITE);
  g_assert_nonnull (strstr (error.text, "gradient"));
  g_assert_cmpint (error.i_layer, ==, -1);
  after = test_model_get_sha256 (fixture->model);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (nn_model_get_n_steps (fixture->model), ==, 0);
}

/* ---- Weight decay ---- */

/* Decay moves each weight towards 0 by its share, beside the step, and no bias. */
static void
test_decay (Fixture       *fixture,
            gconstpointer  data)
{
  for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
    {
      NnOptimizer optimizer = nn_optimizer_get_default ((NnOptimizerKind) kind);
      NnModel *plain = make_model (FALSE);
      NnModel *decayed = make_model (FALSE);
      g_autofree float *before = read_part (plain, NN_TENSOR_VALUE);
      g_autofree float *expected = NULL;
      g_autofree float *found = NULL;
      size_t k = 0;

      optimizer.learning_rate = 0.01f;
      optimizer.weight_decay = 0.0f;
      take_step (fixture, plain, NULL, &optimizer);
      optimizer.weight_decay = 20.0f;
      take_step (fixture, decayed, NULL, &optimizer);
      expected = read_part (plain, NN_TENSOR_VALUE);
      found = read_part (decayed, NN_TENSOR_VALUE);
      for (size_t i = 0; i < nn_model_get_n_tensors (plain); i++)
        {
          NnTensorInfo info;

          nn_model_get_tensor_info (plain, i, &info);
          for (size_t end = k + info.n_elements; k < end; k++)
            if (info.is_bias)
              g_assert_true (found[k] == expected[k]);
            else
              g_assert_cmpfloat_with_epsilon (found[k], expected[k] - 0.2f * before[k], 1e-6);
        }
      nn_model_free (plain);
      nn_model_free (decayed);
    }
}

/* ---- The average ---- */

static void
test_average (Fixture       *fixture,
              gconstpointer  data)
{
  const size_t n = nn_model_get_n_parameters (fixture->model);
  NnOptimizer optimizer = nn_optimizer_default;
  NnModel *reader = test_model_new (net, 3, FALSE, NULL);
  g_autofree float *expected = read_part (fixture->model, NN_TENSOR_VALUE);
  g_autofree float *found = NULL;
  g_autofree float *copied = NULL;

  optimizer.average_decay = 0.3f;
  for (guint t = 1; t <= N_STEPS; t++)
    {
      const float decay = MIN (0.3f, (1.0f + (float) t) / (10.0f + (float) t));
      g_autofree float *values = NULL;

      take_step (fixture, fixture->model, NULL, &optimizer);
      values = read_part (fixture->model, NN_TENSOR_VALUE);
      for (size_t i = 0; i < n; i++)
        expected[i] += (1.0f - decay) * (values[i] - expected[i]);
    }
  found = read_part (fixture->model, NN_TENSOR_AVERAGE);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (found[i], expected[i], 1e-6);

  g_assert_cmpint (nn_model_copy_average (reader, fixture->model), ==, NN_STATUS_OK);
  copied = read_part (reader, NN_TENSOR_VALUE);
  assert_same (copied, found, reader);
  g_assert_cmpint (nn_model_copy_average (fixture->model, reader), ==, NN_STATUS_INVALID);
  nn_model_free (reader);
}

/* Without steps that average, the average is the weights, so that it can begin at any step. */
static void
test_average_off (Fixture       *fixture,
                  gconstpointer  data)
{
  NnOptimizer optimizer = nn_optimizer_default;

  for (guint round = 0; round < 3; round++)
    {
      g_autofree float *values = NULL;
      g_autofree float *average = NULL;

      optimizer.average_decay = 0.9f;
      take_step (fixture, fixture->model, NULL, &optimizer);
      values = read_part (fixture->model, NN_TENSOR_VALUE);
      average = read_part (fixture->model, NN_TENSOR_AVERAGE);
      g_assert_cmpint (memcmp (values, average, sizeof (float) * 100), !=, 0);
      g_free (values);
      g_free (average);

      optimizer.average_decay = 0.0f;
      take_step (fixture, fixture->model, NULL, &optimizer);
      values = read_part (fixture->model, NN_TENSOR_VALUE);
      average = read_part (fixture->model, NN_TENSOR_AVERAGE);
      assert_same (average, values, fixture->model);
    }
}

static void
test_average_without_memory (Fixture       *fixture,
                             gconstpointer  data)
{
  NnOptimizer optimizer = nn_optimizer_default;
  const NnBatch batch = test_data_get_batch (&fixture->data, N_IMAGES);
  NnModel *model = make_model (FALSE);
  NnStepResult result;

  optimizer.average_decay = 0.9f;
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                   NN_STATUS_INVALID);
  g_assert_cmpint (nn_model_copy_average (fixture->model, model), ==, NN_STATUS_INVALID);
  nn_model_free (model);
}

/* ---- Penalties ---- */

/* A layer's own penalty replaces that of the optimiser, also where it is 0. */
static void
test_own_penalty (void)
{
  const TestNet two = {
    .input = { 1, 2, 1 },
    .layers = { TEST_FLATTEN,
                { .kind = NN_LAYER_DENSE, .units = 2, .has_own_l2 = true, .l2 = 0.5f },
                { .kind = NN_LAYER_DENSE, .units = 2, .has_own_l2 = true },
                { .kind = NN_LAYER_DENSE, .units = 2 } },
    .n_layers = 4,
  };
  const float weights[] = { 1.0f, 2.0f, 3.0f, 4.0f }; /* squares: 30 */
  const float zeros[] = { 0.0f, 0.0f, 0.0f, 0.0f };
  const guint8 image[] = { 0, 0 };
  const guint8 label = 0;
  const NnBatch batch = { .images = image, .labels = &label, .n = 1 };
  NnOptimizer optimizer = nn_optimizer_get_default (NN_OPTIMIZER_SGD);
  NnModel *model = test_model_new (&two, 1, TRUE, NULL);
  NnStepResult result;
  float gradients[4];

  optimizer.l2 = 0.25f;
  for (size_t i = 0; i < 6; i++)
    nn_model_write_tensor (model, i, NN_TENSOR_VALUE, i % 2 == 0 ? weights : zeros);
  g_assert_cmpfloat (nn_model_get_penalty (model, 0.25), ==, 0.5 * 30.0 + 0.25 * 30.0);
  g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                   NN_STATUS_OK);
  g_assert_cmpfloat (result.penalty, ==, 0.5 * 30.0 + 0.25 * 30.0);
  /* Pixels and biases of 0 give the weights no gradient but that of the penalty. */
  for (size_t i = 0; i < 3; i++)
    {
      const float rates[] = { 0.5f, 0.0f, 0.25f };

      nn_model_read_tensor (model, 2 * i, NN_TENSOR_GRADIENT, gradients);
      for (size_t k = 0; k < 4; k++)
        g_assert_cmpfloat (gradients[k], ==, 2.0f * rates[i] * weights[k]);
    }
  nn_model_free (model);
}

static void
test_bad_own_penalty (void)
{
  const float bad[] = { -1.0f, INFINITY, NAN };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const NnLayerSpec layer = {
        .kind = NN_LAYER_DENSE, .units = 2, .has_own_l2 = true, .l2 = bad[i]
      };
      NnLayerInfo info;
      NnError error;

      g_assert_cmpint (nn_network_check ((NnShape) { 1, 1, 3 }, &layer, 1, &info, &error), ==,
                       NN_STATUS_INVALID);
      g_assert_cmpint (error.i_layer, ==, 0);
    }
}

/* The penalty of a step is that of the weights before it, to the bit, and a model that is not
 * trainable has the same. */
static void
test_penalty (void)
{
  for (size_t i = 0; i < n_test_nets; i++)
    {
      NnModel *model = test_model_new (&test_nets[i], 4, TRUE, NULL);
      NnModel *reader = test_model_new (&test_nets[i], 9, FALSE, NULL);
      NnOptimizer optimizer = nn_optimizer_default;
      TestData data;
      NnBatch batch;

      optimizer.l2 = 0.01f;
      test_data_init (&data, test_nets[i].input, nn_model_get_n_classes (model), 4);
      batch = test_data_get_batch (&data, 4);
      for (guint step = 0; step < 3; step++)
        {
          const double expected = nn_model_get_penalty (model, optimizer.l2);
          NnStepResult result;

          nn_model_copy_parameters (reader, model);
          g_assert_cmpfloat (nn_model_get_penalty (reader, optimizer.l2), ==, expected);
          g_assert_cmpint (nn_train_step (model, NULL, &batch, &optimizer, &result, NULL), ==,
                           NN_STATUS_OK);
          g_assert_cmpfloat (result.penalty, ==, expected);
        }
      test_data_clear (&data);
      nn_model_free (reader);
      nn_model_free (model);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add ("/nn/optimizers/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/nn/optimizers/kinds", test_kinds);
  g_test_add_func ("/nn/optimizers/ranges", test_ranges);
  g_test_add_func ("/nn/optimizers/common-ranges", test_common_ranges);
  ADD ("moments", test_moments);
  ADD ("threads", test_threads);
  ADD ("learns", test_learns);
  ADD ("resume", test_resume);
  ADD ("clip", test_clips);
  ADD ("clip-loose-bound", test_loose_bound);
  ADD ("clip-infinite", test_clip_infinite);
  ADD ("decay", test_decay);
  ADD ("average", test_average);
  ADD ("average-off", test_average_off);
  ADD ("average-without-memory", test_average_without_memory);
  g_test_add_func ("/nn/optimizers/own-penalty", test_own_penalty);
  g_test_add_func ("/nn/optimizers/bad-own-penalty", test_bad_own_penalty);
  g_test_add_func ("/nn/optimizers/penalty", test_penalty);
  return g_test_run ();
}
