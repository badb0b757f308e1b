/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times the report's two networks, as one JSON line: milliseconds a training step (median), milliseconds to classify
 * 10,000 images in batches of 256 (median), microseconds for a single image (median), peak resident memory in MiB.
 *
 *   bench-report-nets [--net dense|cnn] [--threads 2] [--batch 32] [--steps 200]
 */

#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "nn.h"

#define N_IMAGES 10000
#define N_WARM_STEPS 50
#define N_SINGLE 1000

static const NnLayerSpec dense_layers[] = {
  { .kind = NN_LAYER_FLATTEN },
  { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = 300 },
  { .kind = NN_LAYER_DROPOUT, .rate = 0.1f },
  { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = 32 },
  { .kind = NN_LAYER_DROPOUT, .rate = 0.1f },
  { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = 16 },
  { .kind = NN_LAYER_DENSE, .units = 10 },
};

#define CONV(filters)                                                                                                  \
  {                                                                                                                    \
    .kind = NN_LAYER_CONV2D, .activation = NN_ACTIVATION_RELU, .padding = NN_PADDING_SAME, .units = filters,           \
    .kernel_height = 3, .kernel_width = 3, .stride_height = 1, .stride_width = 1                                       \
  }
#define POOL                                                                                                           \
  {                                                                                                                    \
    .kind = NN_LAYER_MAX_POOL2D, .kernel_height = 2, .kernel_width = 2, .stride_height = 2, .stride_width = 2          \
  }

static const NnLayerSpec cnn_layers[] = {
  CONV (32), POOL, { .kind = NN_LAYER_DROPOUT, .rate = 0.2f },
  CONV (16), POOL, { .kind = NN_LAYER_DROPOUT, .rate = 0.2f },
  { .kind = NN_LAYER_FLATTEN },
  { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = 32 },
  { .kind = NN_LAYER_DENSE, .units = 10 },
};

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

static void
check (NnStatus status,
       const NnError *error)
{
  if (status != NN_STATUS_OK)
    g_error ("%s", error->text);
}

typedef struct
{
  guint8 *images;
  guint8 *labels;
  guint32 *order;
} Data;

static NnModel *
make_model (gboolean is_dense,
            gsize max_batch,
            gboolean is_trainable,
            guint n_workers)
{
  const NnModelOptions options = {
    .input = { 28, 28, 1 },
    .layers = is_dense ? dense_layers : cnn_layers,
    .n_layers = is_dense ? G_N_ELEMENTS (dense_layers) : G_N_ELEMENTS (cnn_layers),
    .max_batch = max_batch,
    .trainable = is_trainable,
    .n_workers = n_workers,
    .pixel_divisor = 255.0f,
    .seed = 1,
  };
  NnModel *model = NULL;
  NnError error;

  check (nn_model_new (&options, &model, &error), &error);
  return model;
}

static double
time_steps (NnModel *model,
            NnPool *pool,
            const Data *data,
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
        .indices = data->order + (i * n_batch) % (N_IMAGES - n_batch + 1),
        .n = n_batch,
        .epoch = i,
      };
      gint64 start = g_get_monotonic_time ();

      check (nn_train_step (model, pool, &batch, &optimizer, &result, &error), &error);
      if (i >= N_WARM_STEPS)
        times[i - N_WARM_STEPS] = (double) (g_get_monotonic_time () - start) / 1e3;
    }
  return get_median (times, n_steps);
}

static double
time_predictions (NnModel *model,
                  NnPool *pool,
                  const Data *data,
                  guint n_images,
                  guint n_times)
{
  g_autofree double *times = g_new (double, n_times);
  g_autofree float *scores = g_new (float, n_images * 10);
  const NnBatch batch = { .images = data->images, .n = n_images };
  NnError error;

  for (guint i = 0; i < n_times; i++)
    {
      gint64 start = g_get_monotonic_time ();

      check (nn_predict (model, pool, &batch, scores, NULL, &error), &error);
      times[i] = (double) (g_get_monotonic_time () - start);
    }
  return get_median (times, n_times);
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *net = g_strdup ("cnn");
  int n_threads = 2, n_batch = 32, n_steps = 200;
  const GOptionEntry entries[] = {
    { "net", 0, 0, G_OPTION_ARG_STRING, &net, "dense or cnn", "NET" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Threads", "N" },
    { "batch", 0, 0, G_OPTION_ARG_INT, &n_batch, "Batch size of a training step", "N" },
    { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "Training steps to time", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) option_error = NULL;
  NnPool *pool = NULL;
  NnModel *model, *predictor;
  struct rusage usage;
  NnError error;
  Data data;
  double step_ms, infer_ms, single_us;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &option_error))
    {
      g_printerr ("%s\n", option_error->message);
      return 2;
    }
  if ((!g_str_equal (net, "dense") && !g_str_equal (net, "cnn")) || n_threads < 1 || n_batch < 1 || n_batch > N_IMAGES || n_steps < 1)
    {
      g_printerr ("--net is dense or cnn; --threads, --batch and --steps are at least 1\n");
      return 2;
    }

  data.images = g_malloc (N_IMAGES * 784);
  data.labels = g_malloc (N_IMAGES);
  data.order = g_new (guint32, N_IMAGES);
  for (guint i = 0; i < N_IMAGES * 784; i++)
    data.images[i] = (guint8) nn_random (1, NN_RANDOM_PICTURES, 0, i);
  for (guint i = 0; i < N_IMAGES; i++)
    data.labels[i] = nn_random (1, NN_RANDOM_PICTURES, 1, i) % 10;
  nn_shuffle (1, 0, data.order, N_IMAGES);

  check (nn_pool_new ((guint) n_threads, &pool, &error), &error);
  model = make_model (g_str_equal (net, "dense"), (gsize) n_batch, TRUE, (guint) n_threads);
  step_ms = time_steps (model, pool, &data, (guint) n_batch, (guint) n_steps);
  nn_model_free (model);
  predictor = make_model (g_str_equal (net, "dense"), 256, FALSE, (guint) n_threads);
  infer_ms = time_predictions (predictor, pool, &data, N_IMAGES, 5) / 1e3;
  time_predictions (predictor, NULL, &data, 1, 100);
  single_us = time_predictions (predictor, NULL, &data, 1, N_SINGLE);
  nn_model_free (predictor);
  nn_pool_free (pool);

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"net\": \"%s\", \"isa\": \"%s\", \"threads\": %d, \"batch\": %d, \"step_ms\": %.3f, \"infer_10k_ms\": %.1f, "
          "\"single_us\": %.1f, \"peak_mib\": %ld}\n",
          net, nn_isa_get_name (), n_threads, n_batch, step_ms, infer_ms, single_us, usage.ru_maxrss / 1024);
  g_free (data.images);
  g_free (data.labels);
  g_free (data.order);
  return 0;
}
