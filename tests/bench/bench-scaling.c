/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times a training step for various batch sizes, widths, sides of the image, kernels and numbers of
 * threads, one JSON line each, with a small convolutional network (conv, pool, conv, pool, dense),
 * of which one setting changes at a time.  "gflops" counts three times the forward multiply-adds,
 * for forward and backward, so that a sudden loss of speed shows.
 */

#include <stdio.h>

#include "bench-common.h"

typedef struct
{
  guint batch;
  guint width;   /* filters of both convolutions; units of the dense layer */
  guint side;
  guint kernel;
  guint threads;
} Case;

static const NnLayerSpec pool_layer = {
  .kind = NN_LAYER_MAX_POOL2D,
  .kernel_height = 2,
  .kernel_width = 2,
  .stride_height = 2,
  .stride_width = 2,
};

static void
print_case (const char *what,
            const Case *c,
            double ms,
            guint64 n_multiply_adds)
{
  printf ("{\"varied\": \"%s\", \"batch\": %u, \"width\": %u, \"side\": %u, \"kernel\": %u, "
          "\"threads\": %u, \"step_ms\": %.3f, \"us_per_image\": %.1f, \"gflops\": %.1f}\n",
          what, c->batch, c->width, c->side, c->kernel, c->threads, ms, ms * 1e3 / c->batch,
          6.0 * (double) n_multiply_adds * c->batch / ms / 1e6);
  fflush (stdout);
}

static void
run_case (const char *what,
          const Case *c)
{
  const NnLayerSpec conv = {
    .kind = NN_LAYER_CONV2D,
    .activation = NN_ACTIVATION_RELU,
    .padding = NN_PADDING_SAME,
    .units = c->width,
    .kernel_height = c->kernel,
    .kernel_width = c->kernel,
    .stride_height = 1,
    .stride_width = 1,
  };
  const NnLayerSpec layers[] = {
    conv, pool_layer, conv, pool_layer,
    { .kind = NN_LAYER_FLATTEN },
    { .kind = NN_LAYER_DENSE, .activation = NN_ACTIVATION_RELU, .units = c->width },
    { .kind = NN_LAYER_DENSE, .units = 10 },
  };
  const NnShape input = { c->side, c->side, 1 };
  NnLayerInfo infos[G_N_ELEMENTS (layers)];
  guint64 n_multiply_adds = 0;
  BenchData data;
  NnPool *pool = NULL;
  NnModel *model;
  NnError error;
  double ms;

  bench_check (nn_network_check (input, layers, G_N_ELEMENTS (layers), infos, &error), &error);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    n_multiply_adds += infos[i].n_multiply_adds;
  bench_check (nn_pool_new (c->threads, &pool, &error), &error);
  bench_data_init (&data, input, 10);
  model = bench_model_new (input, layers, G_N_ELEMENTS (layers), c->batch, TRUE, c->threads);
  ms = bench_time_steps (model, pool, &data, c->batch, c->batch > 128 ? 15 : 60);
  print_case (what, c, ms, n_multiply_adds);
  nn_model_free (model);
  nn_pool_free (pool);
  bench_data_clear (&data);
}

int
main (int argc,
      char *argv[])
{
  static const guint batches[] = { 1, 2, 8, 32, 128, 1024 };
  static const guint widths[] = { 7, 8, 13, 16, 17, 24, 32, 33, 64 };
  static const guint sides[] = { 8, 14, 27, 28, 29, 56 };
  static const guint kernels[] = { 1, 3, 5 };
  const Case usual = { 32, 16, 28, 3, 2 };
  Case c;

  for (guint i = 0; i < G_N_ELEMENTS (batches); i++)
    {
      c = usual;
      c.batch = batches[i];
      run_case ("batch", &c);
    }
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      c = usual;
      c.width = widths[i];
      run_case ("width", &c);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      c = usual;
      c.side = sides[i];
      run_case ("side", &c);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++)
    {
      c = usual;
      c.kernel = kernels[i];
      run_case ("kernel", &c);
    }
  for (guint threads = 1; threads <= g_get_num_processors () && threads <= 16; threads++)
    {
      c = usual;
      c.threads = threads;
      run_case ("threads", &c);
    }
  return 0;
}
