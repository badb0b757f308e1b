/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "inference/atelier-traits-private.h"

#include <math.h>

/* What is darker is no ink, but left over from a ground: about a thirteenth of the range. */
#define MIN_INK 20
/* What part of the squared length of the edges the lighter sides have. */
#define SIDES_SHARE 0.2

double
atelier_traits_measure_ink (const guint8            *pixels,
                            const AtelierTraitsSize *size)
{
  const gsize n = (gsize) size->height * size->width * size->channels;
  guint64 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += pixels[i];

  return (double) sum / (255.0 * (double) n);
}

double
atelier_traits_measure_roughness (const guint8            *pixels,
                                  const AtelierTraitsSize *size)
{
  const guint channels = size->channels;
  const gsize row = (gsize) size->width * channels;
  guint64 sum = 0;
  guint64 n = 0;

  for (gsize y = 0; y < size->height; y++)
    for (gsize i = 0; i < row; i++)
      {
        const guint8 *pixel = pixels + y * row + i;

        if (i + channels < row)
          {
            sum += (guint64) ABS (pixel[channels] - pixel[0]);
            n++;
          }
        if (y + 1 < size->height)
          {
            sum += (guint64) ABS (pixel[row] - pixel[0]);
            n++;
          }
      }

  return n > 0 ? (double) sum / (255.0 * (double) n) : 0.0;
}

/* The sum of a pixel's channels; 0 outside the frame. */
static int
get_level (const guint8            *pixels,
           const AtelierTraitsSize *size,
           gint64                   x,
           gint64                   y)
{
  const guint8 *pixel;
  int level = 0;

  if (x < 0 || y < 0 || x >= size->width || y >= size->height)
    return 0;
  pixel = pixels + ((gsize) y * size->width + (gsize) x) * size->channels;
  for (guint i = 0; i < size->channels; i++)
    level += pixel[i];

  return level;
}

double
atelier_traits_measure_fill (const guint8            *pixels,
                             const AtelierTraitsSize *size)
{
  const int least = MIN_INK * (int) size->channels;
  gint64 left = size->width, right = -1, top = size->height, bottom = -1;
  gint64 n = 0;

  for (gint64 y = 0; y < size->height; y++)
    for (gint64 x = 0; x < size->width; x++)
      {
        if (get_level (pixels, size, x, y) <= least)
          continue;
        left = MIN (left, x);
        right = MAX (right, x);
        top = MIN (top, y);
        bottom = MAX (bottom, y);
        n++;
      }

  return n > 0 ? (double) n / (double) ((right - left + 1) * (bottom - top + 1)) : 0.0;
}

double
atelier_traits_measure_fineness (const guint8            *pixels,
                                 const AtelierTraitsSize *size)
{
  guint64 squares = 0;
  guint64 fine_squares = 0;

  for (gint64 y = 0; y < size->height; y++)
    for (gint64 x = 0; x < size->width; x++)
      {
        const int level = get_level (pixels, size, x, y);
        const int fine = ABS (get_level (pixels, size, x - 1, y)
                              + get_level (pixels, size, x + 1, y) - 2 * level)
                         + ABS (get_level (pixels, size, x, y - 1)
                                + get_level (pixels, size, x, y + 1) - 2 * level);

        squares += (guint64) level * (guint64) level;
        fine_squares += (guint64) fine * (guint64) fine;
      }

  return squares > 0 ? sqrt ((double) fine_squares / (double) squares) : 0.0;
}

/* What a pixel adds to its part: an edge that is neither upright nor level nor exactly diagonal
 * counts for the two directions next to it.  @sums: [ATELIER_N_EDGE_DIRECTIONS]. */
static void
add_edge (int     d_x,
          int     d_y,
          double *sums)
{
  const double across = sqrt (ABS (d_x));
  const double down = sqrt (ABS (d_y));

  if (across > down)
    sums[0] += across - down;
  else
    sums[1] += down - across;
  if (d_x != 0 && d_y != 0)
    sums[(d_x > 0) == (d_y > 0) ? 2 : 3] += MIN (across, down);
  sums[d_x < 0 ? 4 : 5] += across;
  sums[d_y < 0 ? 6 : 7] += down;
}

static void
sum_edges (const guint8            *pixels,
           const AtelierTraitsSize *size,
           double                  *sums /* [ATELIER_N_EDGES] */)
{
  for (gint64 y = 0; y < size->height; y++)
    for (gint64 x = 0; x < size->width; x++)
      {
        const gint64 part = y * ATELIER_N_EDGE_PARTS / size->height * ATELIER_N_EDGE_PARTS
                            + x * ATELIER_N_EDGE_PARTS / size->width;

        add_edge (get_level (pixels, size, x + 1, y) - get_level (pixels, size, x - 1, y),
                  get_level (pixels, size, x, y + 1) - get_level (pixels, size, x, y - 1),
                  sums + part * ATELIER_N_EDGE_DIRECTIONS);
      }
}

/* Scales the values of directions @first to @last in all parts to a length whose square is
 * @share. */
static void
scale_edges (const double *sums,
             guint         first,
             guint         last,
             double        share,
             float        *edges /* [ATELIER_N_EDGES] */)
{
  double squares = 0.0;

  for (guint i = 0; i < ATELIER_N_EDGES; i++)
    if (i % ATELIER_N_EDGE_DIRECTIONS >= first && i % ATELIER_N_EDGE_DIRECTIONS <= last)
      squares += sums[i] * sums[i];
  for (guint i = 0; i < ATELIER_N_EDGES; i++)
    if (i % ATELIER_N_EDGE_DIRECTIONS >= first && i % ATELIER_N_EDGE_DIRECTIONS <= last)
      edges[i] = squares > 0.0 ? (float) (sums[i] * sqrt (share / squares)) : 0.0f;
}

void
atelier_traits_describe_edges (const guint8            *pixels,
                               const AtelierTraitsSize *size,
                               float                   *edges)
{
  double sums[ATELIER_N_EDGES] = { 0 };

  sum_edges (pixels, size, sums);
  scale_edges (sums, 0, 3, 1.0 - SIDES_SHARE, edges);
  scale_edges (sums, 4, 7, SIDES_SHARE, edges);
}
