/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-common.h"

#include <stdlib.h>

#define N_WARM_STEPS 50

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_median (double *values,
            guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

void
bench_check (NnStatus status,
             const NnError *error)
{
  if (status != NN_STATUS_OK)
    g_error ("%s", error->text);
}

void
bench_data_init (BenchData *data,
                 NnShape shape,
                 guint n_classes)
{
  const gsize size = (gsize) shape.height * shape.width * shape.channels;

  data->images = g_malloc (BENCH_N_IMAGES * size);
  data->labels = g_malloc (BENCH_N_IMAGES);
  data->order = g_new (guint32, BENCH_N_IMAGES);
  for (gsize i = 0; i < BENCH_N_IMAGES * size; i++)
    data->images[i] = (guint8) nn_random (1, NN_RANDOM_PICTURES, 0, i);
  for (guint i = 0; i < BENCH_N_IMAGES; i++)
    data->labels[i] = (guint8) (nn_random (1, NN_RANDOM_PICTURES, 1, i) % n_classes);
  nn_shuffle (1, 0, data->order, BENCH_N_IMAGES);
}

void
bench_data_clear (BenchData *data)
{
  g_clear_pointer (&data->images, g_free);
  g_clear_pointer (&data->labels, g_free);
  g_clear_pointer (&data->order, g_free);
}

NnModel *
bench_model_new (NnShape input,
                 const NnLayerSpec *layers,
                 gsize n_layers,
                 gsize max_batch,
                 gboolean is_trainable,
                 guint n_workers)
{
  const NnModelOptions options = {
    .input = input,
    .layers = layers,
    .n_layers = n_layers,
    .max_batch = max_batch,
    .trainable = is_trainable,
    .n_workers = n_workers,
    .pixel_divisor = 255.0f,
    .seed = 1,
  };
  NnModel *model = NULL;
  NnError error;

  bench_check (nn_model_new (&options, &model, &error), &error);
  return model;
}

double
bench_time_steps (NnModel *model,
                  NnPool *pool,
                  const BenchData *data,
                  guint n_batch,
                  guint n_steps)
{
  g_autofree double *times = g_new (double, n_steps);
  NnOptimizer optimizer = nn_optimizer_default;
  NnStepResult result;
  NnError error;

  optimizer.l2 = 1e-4f;
  for (guint i = 0; i < N_WARM_STEPS + n_steps; i++)
    {
      const NnBatch batch = {
        .images = data->images,
        .labels = data->labels,
        .indices = data->order + (i * n_batch) % (BENCH_N_IMAGES - n_batch + 1),
        .n = n_batch,
        .epoch = i,
      };
      gint64 start = g_get_monotonic_time ();

      bench_check (nn_train_step (model, pool, &batch, &optimizer, &result, &error), &error);
      if (i >= N_WARM_STEPS)
        times[i - N_WARM_STEPS] = (double) (g_get_monotonic_time () - start) / 1e3;
    }
  return get_median (times, n_steps);
}

double
bench_time_predictions (NnModel *model,
                        NnPool *pool,
                        const BenchData *data,
                        guint n_images,
                        guint n_times)
{
  g_autofree double *times = g_new (double, n_times);
  g_autofree float *scores = g_new (float, n_images * nn_model_get_n_classes (model));
  const NnBatch batch = { .images = data->images, .n = n_images };
  NnError error;

  for (guint i = 0; i < n_times; i++)
    {
      gint64 start = g_get_monotonic_time ();

      bench_check (nn_predict (model, pool, &batch, scores, NULL, &error), &error);
      times[i] = (double) (g_get_monotonic_time () - start) / 1e3;
    }
  return get_median (times, n_times);
}
