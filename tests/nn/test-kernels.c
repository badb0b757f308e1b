/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares every kernel of every instruction set that this machine has with the scalar one, bit for
 * bit, over many odd sizes.  Guard values follow each target, so that stores behind its end are
 * found.
 */

#include "nn-kernels.h"

#include <glib.h>
#include <string.h>

#define GUARD 12345.0f
#define N_GUARDS 40

static const char *const set_names[] = { "avx2", "avx512", "avx512-zen4", "neon" };

static float
get_random (guint64 stream,
            guint64 i)
{
  return (float) (nn_random (5, NN_RANDOM_PICTURES, stream, i) >> 8) * 0x1p-23f - 1.0f;
}

static float *
make_floats (guint64 stream,
             size_t  n)
{
  float *floats = g_new (float, n + N_GUARDS);

  for (size_t i = 0; i < n + N_GUARDS; i++)
    floats[i] = i < n ? get_random (stream, i) : GUARD;
  return floats;
}

/* Runs @body with the scalar set, then with each other set, and compares what it leaves in
 * @target. */
typedef void (*Body) (const NnKernels *kernels, float *target, gconstpointer data);

static void
compare_sets (size_t        n,
              guint64       stream,
              Body          body,
              gconstpointer data)
{
  g_autofree float *expected = make_floats (stream, n);

  body (nn_kernels_get_by_name ("scalar"), expected, data);
  for (size_t i = 0; i < N_GUARDS; i++)
    g_assert_cmpfloat (expected[n + i], ==, GUARD);

  for (size_t s = 0; s < G_N_ELEMENTS (set_names); s++)
    {
      const NnKernels *kernels = nn_kernels_get_by_name (set_names[s]);
      g_autofree float *found = make_floats (stream, n);

      if (kernels == NULL)
        continue;
      body (kernels, found, data);
      g_assert_cmpmem (found, (n + N_GUARDS) * sizeof (float), expected,
                       (n + N_GUARDS) * sizeof (float));
    }
}

/* ---- gemm ---- */

static void
run_gemm (const NnKernels *kernels,
          float           *target,
          gconstpointer    data)
{
  NnGemm gemm = *(const NnGemm *) data;

  gemm.c = target;
  kernels->gemm (&gemm);
}

static void
check_gemm (size_t   n_rows,
            size_t   n_columns,
            size_t   n_segments,
            size_t   segment_length,
            gboolean has_offsets,
            gboolean has_bias)
{
  const size_t k = n_segments * segment_length;
  const size_t segment_stride = segment_length + 3;
  const size_t a_stride = n_segments * segment_stride + 1;
  const size_t c_stride = n_columns + 5;
  g_autofree float *a = make_floats (1, n_rows * a_stride);
  g_autofree float *b = make_floats (2, k * ((n_columns + 15) / 16 * 16));
  g_autofree float *bias = make_floats (3, (n_columns + 15) / 16 * 16);
  g_autofree guint32 *a_offsets = g_new (guint32, n_rows);
  g_autofree guint32 *c_offsets = g_new (guint32, n_rows);
  const NnGemm gemm = {
    .n_rows = n_rows,
    .n_columns = n_columns,
    .a = a,
    .a_offsets = has_offsets ? a_offsets : NULL,
    .a_stride = a_stride,
    .n_segments = n_segments,
    .segment_length = segment_length,
    .segment_stride = segment_stride,
    .b = b,
    .bias = has_bias ? bias : NULL,
    .c_offsets = has_offsets ? c_offsets : NULL,
    .c_stride = c_stride,
    .is_relu = has_bias,
  };

  for (size_t i = 0; i < n_rows; i++)
    {
      a_offsets[i] = (guint32) ((n_rows - 1 - i) * a_stride);
      c_offsets[i] = (guint32) ((i * 7 % n_rows) * c_stride);
    }
  /* Where 7 divides the number of rows, several rows have the same target, and every set must leave
   * the last one there. */
  compare_sets (n_rows * c_stride, 4, run_gemm, &gemm);
}

static void
test_gemm (void)
{
  static const size_t rows[] = { 1, 2, 3, 4, 5, 6, 7, 11, 13, 14, 15, 28, 29 };
  static const size_t columns[] = { 1,  7,  8,  9,  10, 13, 15, 16,  17,  24,
                                    25, 31, 32, 33, 48, 64, 71, 128, 136, 160 };

  for (size_t r = 0; r < G_N_ELEMENTS (rows); r++)
    for (size_t c = 0; c < G_N_ELEMENTS (columns); c++)
      {
        check_gemm (rows[r], columns[c], 1, 1, FALSE, FALSE);
        check_gemm (rows[r], columns[c], 1, 37, FALSE, TRUE);
        check_gemm (rows[r], columns[c], 3, 9, TRUE, TRUE);
        check_gemm (rows[r], columns[c], 5, 2, TRUE, FALSE);
      }
}

/* ---- outer ---- */

static void
run_outer (const NnKernels *kernels,
           float           *target,
           gconstpointer    data)
{
  NnOuter outer = *(const NnOuter *) data;

  outer.g = target;
  kernels->outer (&outer);
}

static void
check_outer (size_t   n_rows,
             size_t   n_taps,
             size_t   n_columns,
             gboolean has_offsets,
             gboolean starts_at_zero)
{
  const size_t a_stride = n_taps * 2 + 3;
  const size_t d_stride = n_columns + 2;
  const size_t n_whole = n_columns / 16 * 16; /* in whole panels */
  const size_t width = n_columns % 16 == 0 ? 0 : n_columns % 16 > 8 ? 16 : 8;
  g_autofree float *a = make_floats (1, n_rows * a_stride);
  g_autofree float *d = make_floats (2, n_rows * d_stride);
  g_autofree guint32 *a_offsets = g_new (guint32, n_rows);
  g_autofree guint32 *d_offsets = g_new (guint32, n_rows);
  g_autofree guint32 *taps = g_new (guint32, n_taps);
  const NnOuter outer = {
    .n_rows = n_rows,
    .n_taps = n_taps,
    .n_columns = n_columns,
    .a = a,
    .a_offsets = has_offsets ? a_offsets : NULL,
    .a_stride = a_stride,
    .taps = has_offsets ? taps : NULL,
    .d = d,
    .d_offsets = has_offsets ? d_offsets : NULL,
    .d_stride = d_stride,
    .panel_stride = n_taps * 16,
    .starts_at_zero = starts_at_zero,
  };

  for (size_t i = 0; i < n_rows; i++)
    {
      a_offsets[i] = (guint32) ((n_rows - 1 - i) * a_stride);
      d_offsets[i] = (guint32) ((i + n_rows / 2) % n_rows * d_stride);
    }
  for (size_t k = 0; k < n_taps; k++)
    taps[k] = (guint32) (k + k / 8 * 7); /* strips of 8: the taps of some tiles are consecutive */
  compare_sets (n_taps * (n_whole + width), 4, run_outer, &outer);
}

static void
test_outer (void)
{
  static const size_t taps[] = { 1, 2, 5, 6, 7, 9, 12, 13, 25, 27 };
  static const size_t rows[] = { 1, 3, 32, 57, 256, 530 };

  for (size_t t = 0; t < G_N_ELEMENTS (taps); t++)
    for (size_t r = 0; r < G_N_ELEMENTS (rows); r++)
      for (size_t columns = 1; columns <= 56; columns += columns < 16 ? 1 : 8)
        {
          check_outer (rows[r], taps[t], columns, FALSE, columns % 2 == 0);
          check_outer (rows[r], taps[t], columns, TRUE, columns % 2 == 1);
        }
}

/* ---- combine ---- */

static void
run_combine (const NnKernels *kernels,
             float           *target,
             gconstpointer    data)
{
  NnCombine combine = *(const NnCombine *) data;

  combine.target = target;
  kernels->combine (&combine);
}

static void
test_combine (void)
{
  static const size_t counts[] = { 0, 1, 2, 5, 49 };
  static const size_t lengths[] = {
    1, 3, 7, 8, 9, 15, 16, 21, 24, 31, 48, 57, 96, 97, 192, 200, 301
  };

  for (size_t n = 0; n < G_N_ELEMENTS (counts); n++)
    for (size_t l = 0; l < G_N_ELEMENTS (lengths); l++)
      {
        g_autofree guint32 *offsets = g_new (guint32, counts[n] + 1);
        g_autofree float *weights = make_floats (1, counts[n]);
        g_autofree float *source = make_floats (2, counts[n] * 5 + 3 * (lengths[l] + 2));
        const NnCombine combine = {
          .n = counts[n],
          .offsets = offsets,
          .weights = weights,
          .n_segments = 3,
          .segment_length = lengths[l],
          .source = source,
          .source_stride = lengths[l] + 2,
          .target_stride = lengths[l] + 1,
        };

        for (size_t i = 0; i < counts[n]; i++)
          offsets[i] = (guint32) ((counts[n] - 1 - i) * 5);
        compare_sets (3 * (lengths[l] + 1), 3, run_combine, &combine);
      }
}

/* ---- pool_row ---- */

/* Writes the winners, as floats, behind the values, so that they are compared too. */
static void
run_pool_row (const NnKernels *kernels,
              float           *target,
              gconstpointer    data)
{
  NnPoolRow row = *(const NnPoolRow *) data;
  const size_t n = row.n_positions * row.n_channels;
  g_autofree guint16 *winners = g_new0 (guint16, n + 1);

  row.target = target;
  row.winners = winners;
  winners[n] = 4242;
  row.n_taps -= 2;
  row.cuts_at_zero = false;
  kernels->pool_row (&row);
  row.taps += row.n_taps;
  row.tap_names += row.n_taps;
  row.n_taps = 2;
  row.continues = true;
  row.cuts_at_zero = ((const NnPoolRow *) data)->cuts_at_zero;
  kernels->pool_row (&row);
  g_assert_cmpuint (winners[n], ==, 4242);
  for (size_t i = 0; i < n; i++)
    target[n + i] = winners[i];
}

static void
test_pool_row (void)
{
  static const guint16 names[] = { 0, 1, 300, 301, 65000 };

  for (size_t channels = 1; channels <= 40; channels++)
    for (int cuts = 0; cuts < 2; cuts++)
      {
        const guint32 taps[] = { 0, (guint32) channels, (guint32) (9 * channels),
                                 (guint32) (10 * channels), 1 };
        g_autofree float *source = make_floats (channels, 30 * channels);
        const NnPoolRow row = {
          .n_positions = 4,
          .position_stride = 2 * channels,
          .n_channels = channels,
          .source = source,
          .taps = taps,
          .tap_names = names,
          .n_taps = 5,
          .cuts_at_zero = cuts,
        };

        /* Ties: the first must win. */
        for (size_t i = 0; i < 30 * channels; i += 3)
          source[i] = 0.5f;
        compare_sets (2 * 4 * channels, 3, run_pool_row, &row);
      }
}

/* ---- spread_row and list_place ---- */

typedef struct
{
  NnSpreadRow row;
  NnListPlace list;
} Ways;

static void
run_spread_and_list (const NnKernels *kernels,
                     float           *target,
                     gconstpointer    data)
{
  const Ways *ways = data;
  NnSpreadRow row = ways->row;
  NnListPlace list = ways->list;
  guint32 offsets[64] = { 0 };
  float weights[64] = { 0 };
  size_t n;

  row.target = target;
  kernels->spread_row (&row);
  list.offsets = offsets;
  list.weights = weights;
  n = kernels->list_place (&list);
  target += row.n_positions * row.position_stride + 3 * row.n_channels;
  target[0] = (float) n;
  for (size_t i = 0; i < n; i++)
    {
      target[1 + 2 * i] = (float) offsets[i];
      target[2 + 2 * i] = weights[i];
    }
}

static void
test_spread_and_list (void)
{
  static const guint16 names[] = { 0, 1, 2, 3 };

  for (size_t channels = 1; channels <= 40; channels++)
    {
      const guint32 taps[] = { 0, (guint32) channels, (guint32) (2 * channels),
                               (guint32) (3 * channels) };
      g_autofree float *gradients = make_floats (channels, 5 * channels);
      g_autofree guint16 *winners = g_new (guint16, 5 * channels);
      const Ways ways = {
        .row = { .n_positions = 5,
                 .position_stride = 4 * channels,
                 .n_channels = channels,
                 .gradients = gradients,
                 .winners = winners,
                 .taps = taps,
                 .tap_names = names,
                 .n_taps = 4 },
        .list = { .n_channels = channels,
                  .gradients = gradients,
                  .winners = winners,
                  .place = 2,
                  .stride = 77 },
      };

      for (size_t i = 0; i < 5 * channels; i++)
        {
          winners[i] = nn_random (1, NN_RANDOM_PICTURES, channels, i) % 5;
          if (winners[i] == 4)
            winners[i] = NN_NO_WINNER;
          if (i % 7 == 0)
            gradients[i] = 0.0f;
        }
      compare_sets (23 * channels + 1 + 2 * channels, 3, run_spread_and_list, &ways);
    }
}

/* ---- Element by element ---- */

typedef struct
{
  size_t n;
  NnActivation activation;
  const float *source;
  NnByteScale scale;
  const float *points; /* [n][NN_POINT_BLOCK] */
} Elements;

static void
run_elements (const NnKernels *kernels,
              float           *target,
              gconstpointer    data)
{
  const Elements *elements = data;
  const size_t n = elements->n;
  g_autofree guint8 *bytes = g_malloc (n);

  for (size_t i = 0; i < n; i++)
    bytes[i] = (guint8) (i * 37);
  kernels->load_bytes (target, bytes, n, &elements->scale);
  kernels->add (target + n, elements->source, n);
  kernels->add_scaled (target + n, elements->source, n, 0.3f);
  kernels->activations[elements->activation].forward (target + n, n, 0.3f);
  kernels->activations[elements->activation].backward (target, target + n, n, 0.3f);
  kernels->dropout (target + 2 * n, elements->source, bytes, n, 99, 5, 20000, 1.5f);
  kernels->dropout_backward (target + 3 * n, elements->source, bytes, n, 1.5f);
  kernels->scale (target + 4 * n, n, 0.7f);
  kernels->average (target + 5 * n, elements->source, n, 0.3f);
  target[6 * n] = (float) kernels->sum_squares (elements->source, n);
  kernels->measure_points (elements->points, elements->source, n, target + 6 * n + 1);
}

static void
test_elements (void)
{
  for (size_t n = 1; n < 140; n++)
    for (int activation = 0; activation < NN_N_ACTIVATIONS; activation++)
      {
        g_autofree float *source = make_floats (1, n);
        g_autofree float *points = make_floats (2, n * NN_POINT_BLOCK);
        const Elements elements = { n, (NnActivation) activation, source,
                                    nn_byte_scale_get (255.0f), points };

        compare_sets (6 * n + 1 + NN_POINT_BLOCK, 2, run_elements, &elements);
      }
}

/* ---- Channels in lanes ---- */

typedef struct
{
  size_t n;
  size_t n_lanes;
  gboolean is_relu;
  const float *a;
  const float *b;
  const float *c; /* [3][n_lanes] */
} LanesData;

static void
run_lanes (const NnKernels *kernels,
           float           *target,
           gconstpointer    data)
{
  const LanesData *lanes = data;
  const size_t n = lanes->n;
  const size_t n_lanes = lanes->n_lanes;
  g_autofree double *sums = g_new0 (double, 2 * n_lanes);

  for (int round = 0; round < 2; round++)
    kernels->sum_products (lanes->a, lanes->b, n, n_lanes, sums, sums + n_lanes);
  kernels->scale_lanes (target, lanes->a, n, n_lanes, lanes->c, lanes->c + n_lanes,
                        lanes->is_relu);
  kernels->mix_lanes (target + n, lanes->a, lanes->b, n, n_lanes, lanes->c);
  memcpy (target + 2 * n, sums, 2 * n_lanes * sizeof *sums);
}

/* Whole vectors and parts of one, runs that end among the lanes, and runs of fewer than all. */
static void
test_lanes (void)
{
  for (size_t n_lanes = 1; n_lanes < 70; n_lanes += n_lanes < 20 ? 1 : 3)
    for (size_t n = 1; n < 3 * n_lanes; n += 1 + n / 7)
      {
        g_autofree float *a = make_floats (1, n);
        g_autofree float *b = make_floats (2, n);
        g_autofree float *c = make_floats (3, 3 * n_lanes);
        const LanesData lanes = { n, n_lanes, n % 2 == 0, a, b, c };

        compare_sets (2 * n + 4 * n_lanes, 4, run_lanes, &lanes);
      }
}

/* ---- Grouped convolutions ---- */

#define GROUPED_WIDTH 13 /* of the image */
#define GROUPED_SIDE 5   /* the most rows and columns of a kernel */

typedef struct
{
  NnGrouped row;
  const float *source;
  const float *d;
  const float *weights;
  const float *bias;
} GroupedData;

static void
run_grouped (const NnKernels *kernels,
             float           *target,
             gconstpointer    data)
{
  const GroupedData *grouped = data;
  const NnGrouped *row = &grouped->row;
  const size_t n_inputs = row->n_groups * row->group_inputs;
  const size_t n_outputs = row->n_groups * row->group_outputs;
  float *weights = target + row->n_positions * n_outputs;
  float *inputs = weights + row->n_taps * row->group_inputs * n_outputs;

  g_assert_cmpuint (row->taps[row->n_taps - 1], <, GROUPED_SIDE * GROUPED_WIDTH * n_inputs);
  kernels->grouped_forward (row, grouped->source, grouped->weights, grouped->bias, target);
  kernels->grouped_weights (row, grouped->source, grouped->d, weights);
  kernels->grouped_inputs (row, grouped->d, grouped->weights, inputs);
}

/* @n_groups groups of @n_in inputs and @n_out outputs, kernels of @n_rows x @n_columns. */
static void
check_grouped (size_t n_groups,
               size_t n_in,
               size_t n_out,
               size_t n_rows,
               size_t n_columns,
               size_t stride)
{
  const size_t n_inputs = n_groups * n_in;
  const size_t n_outputs = n_groups * n_out;
  const size_t n_image = GROUPED_SIDE * GROUPED_WIDTH * n_inputs;
  uint32_t taps[GROUPED_SIDE * GROUPED_SIDE];
  const size_t n_taps = n_rows * n_columns;
  const size_t n_positions = (GROUPED_WIDTH - n_columns) / stride + 1;
  g_autofree float *source = make_floats (1, n_image);
  g_autofree float *d = make_floats (2, n_positions * n_outputs);
  g_autofree float *weights = make_floats (3, n_taps * n_in * n_outputs);
  g_autofree float *bias = make_floats (4, n_outputs);
  const GroupedData grouped = {
    { n_positions, stride * n_inputs, n_groups, n_in, n_out, taps, n_taps },
    source, d, weights, bias
  };

  for (size_t t = 0; t < n_taps; t++)
    taps[t] = (uint32_t) ((t / n_columns * GROUPED_WIDTH + t % n_columns) * n_inputs);
  compare_sets (n_positions * n_outputs + n_taps * n_in * n_outputs + n_image, 5, run_grouped,
                &grouped);
}

static void
test_grouped (void)
{
  for (size_t stride = 1; stride <= 3; stride++)
    {
      for (size_t n_groups = 1; n_groups < 40; n_groups += n_groups < 20 ? 1 : 3)
        check_grouped (n_groups, 1, 1, 3, 3, stride);
      for (size_t n_columns = 1; n_columns <= GROUPED_SIDE; n_columns++)
        for (size_t n_rows = 1; n_rows <= GROUPED_SIDE; n_rows++)
          check_grouped (19, 1, 1, n_rows, n_columns, stride);
      check_grouped (3, 2, 5, 2, 3, stride);
      check_grouped (2, 3, 17, 3, 1, stride);
    }
}

/* ---- Activations ---- */

static void
run_activation (const NnKernels *kernels,
                float           *target,
                gconstpointer    data)
{
  const Elements *elements = data;
  const NnActivationOps *ops = &kernels->activations[elements->activation];
  const size_t n = elements->n;

  for (size_t i = 0; i < 2 * n; i++)
    target[i] *= 100.0f;
  memcpy (target + 2 * n, target, n * sizeof (float));
  ops->forward (target, n, 0.3f);
  ops->backward (target + n, ops->derives_from_result ? target : target + 2 * n, n, 0.3f);
}

/* Over a range in which every activation is flat at one end. */
static void
test_activations (void)
{
  for (size_t n = 1; n < 140; n++)
    for (int activation = 0; activation < NN_N_ACTIVATIONS; activation++)
      {
        const Elements elements = { .n = n, .activation = (NnActivation) activation };

        compare_sets (3 * n, 2 + n, run_activation, &elements);
      }
}

/* ---- Optimisers ---- */

typedef struct
{
  size_t n;
  NnOptimizer optimizer;
  const float *gradients;
} Steps;

/* Three steps, whose moments follow the weights in @target. */
static void
run_steps (const NnKernels *kernels,
           float           *target,
           gconstpointer    data)
{
  const Steps *steps = data;
  const NnOptimizerOps *ops = kernels->optimizers[steps->optimizer.kind];
  NnStepBlock block = { .n = steps->n, .values = target, .gradients = steps->gradients };
  float numbers[NN_MAX_NUMBERS];

  for (unsigned i = 0; i < ops->n_moments; i++)
    {
      block.moments[i] = target + (i + 1) * steps->n;
      memset (block.moments[i], 0, steps->n * sizeof (float));
    }
  for (guint t = 1; t <= 3; t++)
    {
      ops->prepare (&steps->optimizer, t, numbers);
      ops->step (&block, numbers);
    }
}

static void
test_optimizers (void)
{
  for (size_t n = 1; n < 140; n++)
    for (int kind = 0; kind < NN_N_OPTIMIZERS; kind++)
      for (int form = 0; form < 3; form++)
        {
          g_autofree float *gradients = make_floats (1, n);
          Steps steps = { n, nn_optimizer_get_default ((NnOptimizerKind) kind), gradients };

          steps.optimizer.momentum = form > 0 ? 0.9f : 0.0f;
          steps.optimizer.is_nesterov = form > 1;
          steps.optimizer.rate_decay = form > 0 ? 0.1f : 0.0f;
          steps.optimizer.initial_sum = form > 0 ? 0.01f : 0.0f;
          compare_sets (n * (1 + nn_optimizer_get_n_moments (steps.optimizer.kind)), 2, run_steps,
                        &steps);
        }
}

/* Every byte's quotient must be the rounded one: for usual divisors, and for those where
 * nn_divide_byte would not give it. */
static void
test_load_bytes (void)
{
  const float divisors[] = { 255.0f, 1.0f,   2.0f,   3.0f,  127.5f,
                             0.1f,   1e-38f, 1e-42f, 3e38f, 16777213.0f };
  guint8 bytes[256];
  float values[256];

  for (guint i = 0; i < 256; i++)
    bytes[i] = (guint8) i;
  for (gsize d = 0; d < G_N_ELEMENTS (divisors); d++)
    {
      const NnByteScale scale = nn_byte_scale_get (divisors[d]);

      nn_kernels_get ()->load_bytes (values, bytes, 256, &scale);
      for (guint i = 0; i < 256; i++)
        {
          const float quotient = (float) i / divisors[d];

          g_assert_cmpmem (&values[i], sizeof values[i], &quotient, sizeof quotient);
        }
    }
  g_assert_true (nn_byte_scale_get (255.0f).is_product_exact);
  g_assert_false (nn_byte_scale_get (1e-42f).is_product_exact);
}

/* The share of dropped values is the rate, up to chance. */
static void
test_dropout_rate (void)
{
  enum { N = 1 << 16 };
  g_autofree float *source = g_new (float, N);
  g_autofree float *target = g_new (float, N);
  g_autofree guint8 *mask = g_malloc (N);
  size_t n_dropped = 0;

  for (size_t i = 0; i < N; i++)
    source[i] = 1.0f;
  nn_kernels_get ()->dropout (target, source, mask, N, 123, 0, 13107, 1.25f);
  for (size_t i = 0; i < N; i++)
    {
      g_assert_cmpfloat (target[i], ==, mask[i] ? 1.25f : 0.0f);
      n_dropped += !mask[i];
    }
  g_assert_cmpuint (n_dropped, >, (size_t) (0.2 * N - 500));
  g_assert_cmpuint (n_dropped, <, (size_t) (0.2 * N + 500));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/kernels/gemm", test_gemm);
  g_test_add_func ("/nn/kernels/outer", test_outer);
  g_test_add_func ("/nn/kernels/combine", test_combine);
  g_test_add_func ("/nn/kernels/pool-row", test_pool_row);
  g_test_add_func ("/nn/kernels/spread-and-list", test_spread_and_list);
  g_test_add_func ("/nn/kernels/elements", test_elements);
  g_test_add_func ("/nn/kernels/lanes", test_lanes);
  g_test_add_func ("/nn/kernels/grouped", test_grouped);
  g_test_add_func ("/nn/kernels/activations", test_activations);
  g_test_add_func ("/nn/kernels/optimizers", test_optimizers);
  g_test_add_func ("/nn/kernels/load-bytes", test_load_bytes);
  g_test_add_func ("/nn/kernels/dropout-rate", test_dropout_rate);
  return g_test_run ();
}
