/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTraits - what can be said of a picture without a network: how much ink is on it, how much
 * adjacent pixels differ, and where it has edges, and in which directions these run.
 *
 * Pure functions; any thread.  Only files of the core include this header.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture is cut into 4 x 4 parts; in each, edges are counted in four directions. */
#define ATELIER_N_EDGE_PARTS 4
#define ATELIER_N_EDGE_DIRECTIONS 4
#define ATELIER_N_EDGES (ATELIER_N_EDGE_PARTS * ATELIER_N_EDGE_PARTS * ATELIER_N_EDGE_DIRECTIONS)

typedef struct
{
  guint height;
  guint width;
  guint channels;
} AtelierTraitsSize;

/* The mean of the pixels, 0 to 1.  @pixels: [height, width, channels], as for all functions. */
double atelier_traits_measure_ink       (const guint8            *pixels,
                                         const AtelierTraitsSize *size);
/* The mean absolute difference between horizontally and vertically adjacent pixels, 0 to 1. */
double atelier_traits_measure_roughness (const guint8            *pixels,
                                         const AtelierTraitsSize *size);
/* Fills @edges with the strength of the edges in each part and each direction (upright, level, and
 * the two diagonals), scaled to a Euclidean length of 1; all 0 on a black picture.
 *
 * Outside the frame all is black.  The square roots of the differences are summed, not these
 * themselves: a faint edge and a soft slope then count nearly as much as a hard edge, and it
 * matters where they lie more than how strong they are.  Differences are whole numbers and sums are
 * in double and in order, so that the values are the same everywhere. */
void   atelier_traits_describe_edges    (const guint8            *pixels,
                                         const AtelierTraitsSize *size,
                                         float                   *edges /* [ATELIER_N_EDGES] */);

G_END_DECLS
