/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the nearest of many points by computing all distances.
 *
 * For tens of thousands of points with tens to hundreds of dimensions nothing is faster than one
 * pass over all of them.  Points lie in blocks of NN_POINT_BLOCK, and in a block dimension by
 * dimension: vectors run along points, and each point's distance is one sum in the order of its
 * dimensions.
 */

#include "nn-private.h"

#include <math.h>
#include <stdlib.h>

struct NnPoints
{
  size_t n;
  size_t n_dimensions;
  float *blocks; /* Owned; [n / NN_POINT_BLOCK, rounded up][n_dimensions][NN_POINT_BLOCK] */
};

NnStatus
nn_points_new (const float  *values,
               size_t        n,
               size_t        n_dimensions,
               NnPoints    **points,
               NnError      *error)
{
  const size_t n_blocks = n / NN_POINT_BLOCK + 1;
  NnPoints *made;

  if (values == NULL || n < 1 || n_dimensions < 1)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "There are no points");
  if (n > NN_MAX_WORKSPACE_BYTES
      || n_dimensions > NN_MAX_WORKSPACE_BYTES / sizeof (float) / NN_POINT_BLOCK / n_blocks)
    return nn_fail (error, NN_STATUS_TOO_LARGE, NN_NONE,
                    "%zu points of %zu values are more than the limit of %zu MiB", n, n_dimensions,
                    (size_t) (NN_MAX_WORKSPACE_BYTES >> 20));

  made = malloc (sizeof *made);
  if (made != NULL)
    made->blocks =
      aligned_alloc (NN_ALIGNMENT, n_blocks * n_dimensions * NN_POINT_BLOCK * sizeof (float));
  if (made == NULL || made->blocks == NULL)
    {
      free (made);
      return nn_fail (error, NN_STATUS_NO_MEMORY, NN_NONE, "There is no memory for %zu points", n);
    }

  made->n = n;
  made->n_dimensions = n_dimensions;
  memset (made->blocks, 0, n_blocks * n_dimensions * NN_POINT_BLOCK * sizeof (float));
  for (size_t i = 0; i < n; i++)
    for (size_t d = 0; d < n_dimensions; d++)
      made->blocks[(i / NN_POINT_BLOCK * n_dimensions + d) * NN_POINT_BLOCK + i % NN_POINT_BLOCK] =
        values[i * n_dimensions + d];
  *points = made;
  return NN_STATUS_OK;
}

void
nn_points_free (NnPoints *points)
{
  if (points == NULL)
    return;
  free (points->blocks);
  free (points);
}

/* Inserts @neighbor into @nearest, which stays sorted; of two at the same distance, the one with
 * the lower number comes first.  Returns the new length. */
static size_t
insert (NnNeighbor *nearest,
        size_t      n_found,
        size_t      n_wanted,
        NnNeighbor  neighbor)
{
  size_t place = n_found < n_wanted ? n_found : n_wanted - 1;

  for (; place > 0 && nearest[place - 1].squared_distance > neighbor.squared_distance; place--)
    nearest[place] = nearest[place - 1];
  nearest[place] = neighbor;
  return n_found < n_wanted ? n_found + 1 : n_found;
}

size_t
nn_points_find_nearest (const NnPoints *points,
                        const float    *query,
                        size_t          left_out,
                        NnNeighbor     *nearest,
                        size_t          n_wanted)
{
  const NnKernels *kernels = nn_kernels_get ();
  float distances[NN_POINT_BLOCK];
  size_t n_found = 0;

  for (size_t begin = 0; begin < points->n && n_wanted > 0; begin += NN_POINT_BLOCK)
    {
      const size_t n = nn_min (NN_POINT_BLOCK, points->n - begin);

      kernels->measure_points (points->blocks + begin * points->n_dimensions, query,
                               points->n_dimensions, distances);
      for (size_t i = 0; i < n; i++)
        {
          const bool is_nearer = n_found < n_wanted
                                 || distances[i] < nearest[n_found - 1].squared_distance;

          if (is_nearer && begin + i != left_out && !isnan (distances[i]))
            n_found = insert (nearest, n_found, n_wanted, (NnNeighbor) { begin + i, distances[i] });
        }
    }
  return n_found;
}
