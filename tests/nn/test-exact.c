/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same seed gives the same weights, bit for bit: with any number of threads, after save and
 * resume, and with every instruction set (the sets agree, because each result is one chain of fused
 * products).
 */

#include "nn-kernels.h"
#include "support.h"

#include <string.h>

#define N_IMAGES 80
#define BATCH 33 /* nine slices; the last batch of the epoch is shorter */
#define N_STEPS 6 /* two epochs */

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
