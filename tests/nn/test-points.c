/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares the nearest points with those that a sort of all points finds. */

#include <math.h>
#include <string.h>

#include "support.h"

static float *
make_points (size_t n,
             size_t n_dimensions,
             guint  stream)
{
  float *values = g_new (float, n * n_dimensions);

  /* Few values, so that many distances are equal. */
  for (size_t i = 0; i < n * n_dimensions; i++)
    values[i] = (float) (nn_random (1, NN_RANDOM_PICTURES, stream, i) % 5) - 2.0f;
  return values;
}

static int
compare_neighbors (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  const NnNeighbor *x = a;
  const NnNeighbor *y = b;

  if (x->squared_distance != y->squared_distance)
    return x->squared_distance < y->squared_distance ? -1 : 1;
  return x->i_point < y->i_point ? -1 : x->i_point > y->i_point;
}

static void
check_nearest (size_t n,
               size_t n_dimensions,
               size_t n_wanted,
               size_t left_out)
{
  g_autofree float *values = make_points (n, n_dimensions, 0);
  g_autofree float *query = make_points (1, n_dimensions, 1);
  g_autofree NnNeighbor *all = g_new (NnNeighbor, n);
  g_autofree NnNeighbor *found = g_new (NnNeighbor, n_wanted);
  NnPoints *points = NULL;
  size_t n_all = 0;

  for (size_t i = 0; i < n; i++)
    {
      float sum = 0.0f;

      for (size_t d = 0; d < n_dimensions; d++)
        sum +=
          (values[i * n_dimensions + d] - query[d]) * (values[i * n_dimensions + d] - query[d]);
      if (i != left_out)
        all[n_all++] = (NnNeighbor) { i, sum };
    }
  g_qsort_with_data (all, (gint) n_all, sizeof *all, compare_neighbors, NULL);

  g_assert_cmpint (nn_points_new (values, n, n_dimensions, &points, NULL), ==, NN_STATUS_OK);
  g_assert_cmpuint (nn_points_find_nearest (points, query, left_out, found, n_wanted), ==,
                    MIN (n_wanted, n_all));
  for (size_t i = 0; i < MIN (n_wanted, n_all); i++)
    {
      g_assert_cmpuint (found[i].i_point, ==, all[i].i_point);
      g_assert_cmpfloat (found[i].squared_distance, ==, all[i].squared_distance);
    }
  nn_points_free (points);
}

static void
test_nearest (void)
{
  static const size_t counts[] = { 1, 2, 63, 64, 65, 128, 300 };
  static const size_t dimensions[] = { 1, 3, 16, 33 };

  for (size_t n = 0; n < G_N_ELEMENTS (counts); n++)
    for (size_t d = 0; d < G_N_ELEMENTS (dimensions); d++)
      for (size_t wanted = 1; wanted < 8; wanted += 2)
        {
          check_nearest (counts[n], dimensions[d], wanted, SIZE_MAX);
          check_nearest (counts[n], dimensions[d], wanted, counts[n] / 2);
        }
}

static void
test_not_a_number (void)
{
  const float values[] = { NAN, 3.0f, 1.0f, INFINITY };
  const float query = 0.0f;
  NnPoints *points = NULL;
  NnNeighbor found[4];

  g_assert_cmpint (nn_points_new (values, 4, 1, &points, NULL), ==, NN_STATUS_OK);
  g_assert_cmpuint (nn_points_find_nearest (points, &query, SIZE_MAX, found, 4), ==, 3);
  g_assert_cmpuint (found[0].i_point, ==, 2);
  g_assert_cmpuint (found[1].i_point, ==, 1);
  g_assert_cmpuint (found[2].i_point, ==, 3);
  g_assert_cmpuint (nn_points_find_nearest (points, &query, SIZE_MAX, found, 0), ==, 0);
  nn_points_free (points);
  nn_points_free (NULL);
}

static void
test_refused (void)
{
  const float value = 0.0f;
  NnPoints *points = NULL;
  NnError error;

  g_assert_cmpint (nn_points_new (NULL, 1, 1, &points, &error), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_points_new (&value, 0, 1, &points, &error), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_points_new (&value, 1, 0, &points, &error), ==, NN_STATUS_INVALID);
  g_assert_cmpint (nn_points_new (&value, 1, SIZE_MAX / 2, &points, &error), ==,
                   NN_STATUS_TOO_LARGE);
  g_assert_cmpint (nn_points_new (&value, SIZE_MAX / 2, 1, &points, &error), ==,
                   NN_STATUS_TOO_LARGE);
  g_assert_nonnull (strstr (error.text, "limit"));
  g_assert_null (points);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nn/points/nearest", test_nearest);
  g_test_add_func ("/nn/points/not-a-number", test_not_a_number);
  g_test_add_func ("/nn/points/refused", test_refused);
  return g_test_run ();
}
