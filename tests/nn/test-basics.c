/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Random numbers, and the pool of threads. */

#include "nn-private.h"

#include <glib.h>

static void
test_random_is_a_function (void)
{
  g_assert_cmpuint (nn_random (1, NN_RANDOM_WEIGHTS, 2, 3), ==,
                    nn_random (1, NN_RANDOM_WEIGHTS, 2, 3));
  g_assert_cmpuint (nn_random (1, NN_RANDOM_WEIGHTS, 2, 3), !=,
                    nn_random (2, NN_RANDOM_WEIGHTS, 2, 3));
  g_assert_cmpuint (nn_random (1, NN_RANDOM_WEIGHTS, 2, 3), !=,
                    nn_random (1, NN_RANDOM_DROPOUT, 2, 3));
  g_assert_cmpuint (nn_random (1, NN_RANDOM_WEIGHTS, 2, 3), !=,
                    nn_random (1, NN_RANDOM_WEIGHTS, 3, 2));
}

/* Chi-squared over the top byte, with 255 degrees of freedom: chance exceeds 350 in less than
 * 0.01 % of cases. */
static void
test_random_is_even (void)
{
  for (guint64 stream = 0; stream < 8; stream++)
    {
      double counts[256] = { 0.0 }, chi = 0.0;

      for (guint64 i = 0; i < 25600; i++)
        counts[nn_random (9, NN_RANDOM_PICTURES, stream, i) >> 24] += 1.0;
      for (int i = 0; i < 256; i++)
        chi += (counts[i] - 100.0) * (counts[i] - 100.0) / 100.0;
      g_assert_cmpfloat (chi, <, 350.0);
    }
}

static void
test_shuffle (void)
{
  guint32 order[1000], other[1000];
  gboolean seen[1000] = { FALSE };
  guint n_fixed = 0, n_same = 0;

  nn_shuffle (1, 0, order, 1000);
  nn_shuffle (1, 1, other, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_false (seen[order[i]]);
      seen[order[i]] = TRUE;
      n_fixed += order[i] == i;
      n_same += order[i] == other[i];
    }
  g_assert_cmpuint (n_fixed, <, 10);
  g_assert_cmpuint (n_same, <, 10);
  nn_shuffle (1, 0, other, 1000);
  g_assert_cmpmem (order, sizeof order, other, sizeof other);
}

typedef struct
{
  gint counts[5000];
} Tally;

static void
count_task (void     *data,
            size_t    i_task,
            unsigned  i_worker)
{
  Tally *tally = data;

  g_assert_cmpuint (i_worker, <, 8);
  g_atomic_int_inc (&tally->counts[i_task]);
}

static void
test_pool (void)
{
  for (unsigned n_threads = 1; n_threads <= 8; n_threads++)
    {
      NnPool *pool = NULL;
      g_autofree Tally *tally = g_new0 (Tally, 1);

      g_assert_cmpint (nn_pool_new (n_threads, &pool, NULL), ==, NN_STATUS_OK);
      g_assert_cmpuint (nn_pool_get_n_threads (pool), ==, n_threads);
      for (guint i = 0; i < 2000; i++)
        nn_pool_run (pool, 1 + i % 17, count_task, tally);
      nn_pool_run (pool, 5000, count_task, tally);
      for (guint i = 17; i < 5000; i++)
        g_assert_cmpint (tally->counts[i], ==, 1);
      g_assert_cmpint (tally->counts[0], ==, 2001);
      nn_pool_free (pool);
    }
}

static void
test_pool_limits (void)
{
  NnPool *pool = (NnPool *) 1;
  NnError error;

  g_assert_cmpint (nn_pool_new (0, &pool, &error), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_pool_new (65, &pool, &error), ==, NN_STATUS_INVALID);
  g_assert_true (pool == (NnPool *) 1);
  g_assert_cmpuint (nn_pool_get_n_threads (NULL), ==, 1);
}

static void
test_isa (void)
{
  const char *wish = g_getenv ("NN_ISA");

  g_assert_nonnull (nn_kernels_get_by_name ("scalar"));
  g_assert_null (nn_kernels_get_by_name ("abacus"));
  if (wish == NULL)
    g_assert_null (nn_isa_get_complaint ());
  else if (nn_kernels_get_by_name (wish) != NULL)
    g_assert_cmpstr (nn_isa_get_name (), ==, wish);
  else
    g_assert_nonnull (nn_isa_get_complaint ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/basics/random-is-a-function", test_random_is_a_function);
  g_test_add_func ("/nn/basics/random-is-even", test_random_is_even);
  g_test_add_func ("/nn/basics/shuffle", test_shuffle);
  g_test_add_func ("/nn/basics/pool", test_pool);
  g_test_add_func ("/nn/basics/pool-limits", test_pool_limits);
  g_test_add_func ("/nn/basics/isa", test_isa);
  return g_test_run ();
}
