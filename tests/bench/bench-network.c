/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times a training step, and classifying, of any network in Atelier's format.  Prints one line of
 * JSON, whose members are those of other programs that time the same files. */

#include <glib.h>
#include <stdio.h>
#include <sys/resource.h>

#include "bench-common.h"
#include "model/atelier-nn-private.h"

#define N_PREDICTED 2000
#define N_SINGLE 500

static int n_threads = 2;
static int n_batch = 32;
static int n_steps = 60;
static char **files;

static const GOptionEntry entries[] = {
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "threads (2)", "N" },
  { "batch", 0, 0, G_OPTION_ARG_INT, &n_batch, "batch size (32)", "N" },
  { "steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "timed steps (60)", "N" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, "NETWORK.json..." },
  G_OPTION_ENTRY_NULL
};

static void
time_network (AtelierNetwork *network,
              const char     *path,
              NnPool         *pool)
{
  g_autofree char *name = g_path_get_basename (path);
  NnLayerSpec layers[NN_MAX_LAYERS];
  NnShape input;
  gsize n_layers = atelier_network_to_nn (network, &input, layers);
  struct rusage usage;
  BenchData data;
  NnModel *model;
  double step_ms, infer_ms, single_us;

  bench_data_init (&data, input, atelier_network_get_n_classes (network));
  model = bench_model_new (input, layers, n_layers, (gsize) n_batch, TRUE, (guint) n_threads);
  step_ms = bench_time_steps (model, pool, &data, (guint) n_batch, (guint) n_steps);
  nn_model_free (model);
  model = bench_model_new (input, layers, n_layers, 256, FALSE, (guint) n_threads);
  infer_ms = bench_time_predictions (model, pool, &data, N_PREDICTED, 5);
  bench_time_predictions (model, NULL, &data, 1, 20);
  single_us = bench_time_predictions (model, NULL, &data, 1, N_SINGLE) * 1e3;
  nn_model_free (model);
  bench_data_clear (&data);

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"network\": \"%s\", \"isa\": \"%s\", \"threads\": %d, \"batch\": %d, "
          "\"step_ms\": %.3f, \"infer_2k_ms\": %.2f, \"single_us\": %.1f, \"peak_mib\": %ld}\n",
          name, nn_isa_get_name (), n_threads, n_batch, step_ms, infer_ms, single_us,
          usage.ru_maxrss / 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  NnPool *pool = NULL;
  NnError nn_error;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (files == NULL || n_threads < 1 || n_batch < 1 || n_batch > BENCH_N_IMAGES || n_steps < 1)
    {
      g_printerr ("Name a network; --threads, --batch and --steps are at least 1\n");
      return 2;
    }

  bench_check (nn_pool_new ((guint) n_threads, &pool, &nn_error), &nn_error);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_load (files[i], &error);

      if (network == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 2;
        }
      time_network (network, files[i], pool);
    }
  nn_pool_free (pool);
  g_strfreev (files);
  return 0;
}
