/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTraits - what can be said of a picture without a network: how much ink is on it, whether
 * it is a filled rectangle, how much adjacent pixels differ, how fine it is, where it has edges,
 * and in which directions these run.
 *
 * Pure functions; any thread.  Only files of the core include this header.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture is cut into 5 x 5 parts; in each, edges are counted in four directions, and then once
 * more by the side that is lighter: left, right, above, below. */
#define ATELIER_N_EDGE_PARTS 5
#define ATELIER_N_EDGE_DIRECTIONS 8
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
/* What part of the box around all ink is ink, 0 to 1; 1 for a filled upright rectangle. */
double atelier_traits_measure_fill      (const guint8            *pixels,
                                         const AtelierTraitsSize *size);
/* The root mean square of the second differences, in proportion to the pixels': how fine the lines
 * are, whatever their grey; from 0 to 8.  Outside the frame all is black. */
double atelier_traits_measure_fineness  (const guint8            *pixels,
                                         const AtelierTraitsSize *size);
/* Fills @edges, [ATELIER_N_EDGE_PARTS squared, ATELIER_N_EDGE_DIRECTIONS], with the strength of the
 * edges in each part: in each direction (upright, level, and the two diagonals), and with each side
 * lighter.  Scaled to a Euclidean length of 1, a fifth of whose square are the sides'; all 0 on a
 * black picture.
 *
 * Outside the frame all is black.  The square roots of the differences are summed, not these
 * themselves: a faint edge and a soft slope then count nearly as much as a hard edge, and it
 * matters where they lie more than how strong they are.  The sides tell an outline, whose inner
 * side is the lighter one, from clouds, where either may be.  Differences are whole numbers and
 * sums are in double and in order, so that the values are the same everywhere. */
void   atelier_traits_describe_edges    (const guint8            *pixels,
                                         const AtelierTraitsSize *size,
                                         float                   *edges /* [ATELIER_N_EDGES] */);

G_END_DECLS
