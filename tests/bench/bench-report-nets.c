/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times the report's two networks, as one JSON line: milliseconds per training step, milliseconds
 * to classify 10,000 images in batches of 256, microseconds to classify a single image (all
 * medians), and peak resident memory in MiB.
 *
 *   bench-report-nets [--net dense|cnn] [--threads 2] [--batch 32] [--steps 200]
 */

#include <stdio.h>
#include <sys/resource.h>

#include "bench-common.h"

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

#define CONV(filters)                                                                      \
  {                                                                                        \
    .kind = NN_LAYER_CONV2D, .activation = NN_ACTIVATION_RELU, .padding = NN_PADDING_SAME, \
    .units = filters, .kernel_height = 3, .kernel_width = 3, .stride_height = 1,           \
    .stride_width = 1                                                                      \
  }
#define POOL                                                            \
  {                                                                     \
    .kind = NN_LAYER_MAX_POOL2D, .kernel_height = 2, .kernel_width = 2, \
    .stride_height = 2, .stride_width = 2                               \
  }

static const NnLayerSpec cnn_layers[] = {
  CONV (32), POOL, { .kind = NN_LAYER_DROPOUT, .rate = 0.2f },
  CONV (16), POOL, { .kind = NN_LAYER_DROPOUT, .rate = 0.2f },
  { .kind = NN_LAYER_FLATTEN },
  { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = 32 },
  { .kind = NN_LAYER_DENSE, .units = 10 },
};

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
  BenchData data;
  double step_ms, infer_ms, single_us;
  const NnShape input = { 28, 28, 1 };
  const NnLayerSpec *layers;
  gsize n_layers;
  gboolean is_dense;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &option_error))
    {
      g_printerr ("%s\n", option_error->message);
      return 2;
    }
  if ((!g_str_equal (net, "dense") && !g_str_equal (net, "cnn")) || n_threads < 1 || n_batch < 1
      || n_batch > BENCH_N_IMAGES || n_steps < 1)
    {
      g_printerr ("--net is dense or cnn; --threads, --batch and --steps are at least 1\n");
      return 2;
    }

  is_dense = g_str_equal (net, "dense");
  layers = is_dense ? dense_layers : cnn_layers;
  n_layers = is_dense ? G_N_ELEMENTS (dense_layers) : G_N_ELEMENTS (cnn_layers);
  bench_data_init (&data, input, 10);
  bench_check (nn_pool_new ((guint) n_threads, &pool, &error), &error);
  model = bench_model_new (input, layers, n_layers, (gsize) n_batch, TRUE, (guint) n_threads);
  step_ms = bench_time_steps (model, pool, &data, (guint) n_batch, (guint) n_steps);
  nn_model_free (model);
  predictor = bench_model_new (input, layers, n_layers, 256, FALSE, (guint) n_threads);
  infer_ms = bench_time_predictions (predictor, pool, &data, BENCH_N_IMAGES, 5);
  bench_time_predictions (predictor, NULL, &data, 1, 100);
  single_us = bench_time_predictions (predictor, NULL, &data, 1, N_SINGLE) * 1e3;
  nn_model_free (predictor);
  nn_pool_free (pool);

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"net\": \"%s\", \"isa\": \"%s\", \"threads\": %d, \"batch\": %d, \"step_ms\": %.3f, "
          "\"infer_10k_ms\": %.1f, \"single_us\": %.1f, \"peak_mib\": %ld}\n",
          net, nn_isa_get_name (), n_threads, n_batch, step_ms, infer_ms, single_us,
          usage.ru_maxrss / 1024);
  bench_data_clear (&data);
  return 0;
}
