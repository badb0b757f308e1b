/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same seed gives the same weights, bit for bit: with any number of threads, after save and
 * resume, in later versions, and with every instruction set (the sets agree, because each result is
 * one chain of fused products).
 */

#include "nn-kernels.h"
#include "support.h"

#include <string.h>

#define N_IMAGES 80
#define BATCH 33 /* nine slices; the last batch of the epoch is shorter */
#define N_STEPS 6 /* two epochs */

/* What each network's weights have been since it was added: the first digits of their hash.  After
 * a change that moves one of them a file trains to other weights than before, so the change must be
 * on purpose, and say why. */
static const struct
{
  const char *name;
  const char *sha256;
} kept[] = {
  { "report-1", "c07769ce338373ef" },
  { "report-2", "dd4289f344a93564" },
  { "odd", "67ac91a194e80242" },
  { "residual-dropout", "3228beed0d54516b" },
  { "batch-norm-dropout", "b817d003c62114ad" },
  { "dense", "fe1490e0fd6b7b1f" },
  { "dense-tanh-sigmoid", "547597ae458b3ba1" },
  { "dense-linear", "4aec76cf7a7292f8" },
  { "dense-wide", "b6dabbd5f1676a32" },
  { "conv-same", "8fb066dd63ff1e21" },
  { "conv-valid", "ab3589a208be0e52" },
  { "conv-strided", "f18bf5a04d4cfb49" },
  { "conv-pool", "c858c075d8349406" },
  { "conv-pool-tanh", "c635b0990eea41a1" },
  { "conv-pool-overlapping", "db113da1728b9945" },
  { "conv-pool-gaps", "ad4b376cd66b89f6" },
  { "conv-one-by-one", "edcbe4cec1f262fd" },
  { "pool-first", "34aaf45975d93f02" },
  { "pool-large", "587009d505726f8c" },
  { "fully-convolutional", "9d0105828ad0fc6c" },
  { "conv-after-flatten", "2a5c4846709662ec" },
  { "conv-after-dense", "705cf1e0d8042326" },
  { "residual", "a0ace431612f4f0a" },
  { "residual-first", "dc4bb1cf19db3fbc" },
  { "residual-pool-dense", "a264df554933418e" },
  { "batch-norm", "597385ca101510e6" },
  { "batch-norm-first", "96562c8622c9ce3f" },
  { "residual-batch-norm", "e7f87c303f3b9c34" },
  { "average-pool", "fa541343b773ae9d" },
  { "global-average", "173c2a6f21559fb7" },
  { "global-max", "e96ce098e0189565" },
  { "global-last", "3f3a634fcfb02a78" },
  { "conv-phases", "fa3367d09b96ff80" },
  { "padding-by-number", "ceef679e81d2e4bc" },
  { "depthwise", "926d9689be5e5d6c" },
  { "grouped", "d7ae8bb2130a5f8d" },
  { "activations", "ed5ef7b5cd868f37" },
  { "dense-wide-gelu", "f1eea6b6e5f859c8" },
  { "residual-wide", "fb42e89987401b19" },
  { "dense-sloped", "f693201bac6bfde2" },
  { "conv-pool-sloped", "8c4bb644c74048cc" },
};

static void
check_kept (const TestNet *net,
            const char    *sha256)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_str_equal (kept[i].name, net->name))
      {
        g_assert_cmpmem (sha256, strlen (kept[i].sha256), kept[i].sha256,
                         strlen (kept[i].sha256));
        return;
      }
  g_error ("Write down that the weights of %s are %.16s", net->name, sha256);
}

static void
train (const TestNet *net,
       NnModel       *model,
       NnPool        *pool,
       guint          first_step,
       guint          end_step)
{
  NnOptimizer optimizer = nn_optimizer_default;
  TestData data;
  guint32 order[N_IMAGES];
  const guint steps_per_epoch = (N_IMAGES + BATCH - 1) / BATCH;

  optimizer.l2 = 1e-4f;
  test_data_init (&data, net->input, nn_model_get_n_classes (model), N_IMAGES);
  for (guint step = first_step; step < end_step; step++)
    {
      const guint begin = step % steps_per_epoch * BATCH;
      const NnBatch batch = {
        .images = data.images,
        .labels = data.labels,
        .indices = order + begin,
        .n = MIN (BATCH, N_IMAGES - begin),
        .epoch = step / steps_per_epoch,
      };
      NnStepResult result;

      nn_shuffle (1, batch.epoch, order, N_IMAGES);
      g_assert_cmpint (nn_train_step (model, pool, &batch, &optimizer, &result, NULL), ==,
                       NN_STATUS_OK);
    }
  test_data_clear (&data);
}

static char *
train_fresh (const TestNet *net,
             guint          n_threads)
{
  NnModel *model = test_model_new (net, BATCH, TRUE, NULL);
  NnPool *pool = NULL;
  char *sha256;

  g_assert_cmpint (nn_pool_new (n_threads, &pool, NULL), ==, NN_STATUS_OK);
  train (net, model, pool, 0, N_STEPS);
  sha256 = test_model_get_sha256 (model);
  nn_model_free (model);
  nn_pool_free (pool);
  return sha256;
}

static void
test_threads (gconstpointer data)
{
  static const guint numbers[] = { 2, 3, 5, 8 };
  g_autofree char *expected = train_fresh (data, 1);

  check_kept (data, expected);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *found = train_fresh (data, numbers[i]);

      g_assert_cmpstr (found, ==, expected);
    }
}

/* Run by test_sets in a process of its own, since a process chooses its set only once. */
static void
test_print_one (gconstpointer data)
{
  g_autofree char *sha256 = train_fresh (data, 2);

  g_print ("<%s>\n", sha256);
}

static void
test_sets (gconstpointer data)
{
  static const char *const names[] = { "scalar", "avx2", "avx512", "avx512-zen4", "neon" };
  const TestNet *net = data;
  g_autofree char *path = g_strconcat ("/nn/exact/subprocess/", net->name, NULL);
  g_autofree char *expected = NULL;

  if (g_strcmp0 (g_getenv ("NN_ISA"), "scalar") != 0 && g_getenv ("NN_ISA") != NULL)
    {
      g_test_skip ("One run compares all sets");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *arguments[] = { "/proc/self/exe", "-p", path, "--GTestSubprocess", NULL };
      g_autofree char *output = NULL;
      g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "NN_ISA", names[i], TRUE);
      g_autoptr (GError) error = NULL;
      char *begin;

      if (nn_kernels_get_by_name (names[i]) == NULL)
        continue;
      g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_DEFAULT, NULL, NULL, &output,
                    NULL, NULL, &error);
      g_assert_no_error (error);
      begin = strchr (output, '<');
      g_assert_nonnull (begin);
      begin[65] = '\0';
      if (expected == NULL)
        expected = g_strdup (begin + 1);
      g_assert_cmpstr (begin + 1, ==, expected);
    }
}

/* Takes half the steps, copies the whole state to another model, and takes the other half there.
 * The result must be that of all steps in one model. */
static void
test_resume (gconstpointer data)
{
  static const NnTensorPart parts[] = { NN_TENSOR_VALUE, NN_TENSOR_MOMENT_1, NN_TENSOR_MOMENT_2 };
  const TestNet *net = data;
  NnModel *first = test_model_new (net, BATCH, TRUE, NULL);
  NnModel *second = test_model_new (net, BATCH + 3, TRUE, NULL);
  g_autofree char *expected = train_fresh (net, 1);
  g_autofree char *found = NULL;

  train (net, first, NULL, 0, N_STEPS / 2);
  for (size_t i = 0; i < nn_model_get_n_tensors (first); i++)
    for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
      {
        NnTensorInfo info;
        g_autofree float *values = NULL;

        nn_model_get_tensor_info (first, i, &info);
        values = g_new (float, info.n_elements);
        g_assert_cmpint (nn_model_read_tensor (first, i, parts[p], values), ==, NN_STATUS_OK);
        g_assert_cmpint (nn_model_write_tensor (second, i, parts[p], values), ==, NN_STATUS_OK);
      }
  nn_model_set_n_steps (second, nn_model_get_n_steps (first));
  nn_model_free (first);
  train (net, second, NULL, N_STEPS / 2, N_STEPS);
  found = test_model_get_sha256 (second);
  nn_model_free (second);
  g_assert_cmpstr (found, ==, expected);
}

static void
add_tests (const TestNet *net)
{
  g_autofree char *threads = g_strconcat ("/nn/exact/threads/", net->name, NULL);
  g_autofree char *resume = g_strconcat ("/nn/exact/resume/", net->name, NULL);
  g_autofree char *sets = g_strconcat ("/nn/exact/sets/", net->name, NULL);
  g_autofree char *one = g_strconcat ("/nn/exact/subprocess/", net->name, NULL);

  g_test_add_data_func (threads, net, test_threads);
  g_test_add_data_func (resume, net, test_resume);
  g_test_add_data_func (sets, net, test_sets);
  g_test_add_data_func (one, net, test_print_one);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < n_test_dropout_nets; i++)
    add_tests (&test_dropout_nets[i]);
  for (size_t i = 0; i < n_test_nets; i++)
    add_tests (&test_nets[i]);
  return g_test_run ();
}
