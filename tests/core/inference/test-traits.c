/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a picture without a network: its edges, its fill and how fine it is. */

#include "inference/atelier-traits-private.h"

#include <math.h>
#include <string.h>

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

static const AtelierTraitsSize size = { .height = SIDE, .width = SIDE, .channels = 1 };

static void
fill_box (guint8 *pixels,
          guint   left,
          guint   top,
          guint   right,
          guint   bottom,
          guint8  level)
{
  for (guint y = top; y < bottom; y++)
    memset (pixels + y * SIDE + left, level, right - left);
}

static double
get_distance (const float *a,
              const float *b)
{
  double sum = 0.0;

  for (guint i = 0; i < ATELIER_N_EDGES; i++)
    sum += ((double) a[i] - (double) b[i]) * ((double) a[i] - (double) b[i]);
  return sqrt (sum);
}

static float
get_edge (const float *edges,
          guint        row,
          guint        column,
          guint        direction)
{
  return edges[(row * ATELIER_N_EDGE_PARTS + column) * ATELIER_N_EDGE_DIRECTIONS + direction];
}

/* A picture without edges has nothing to compare; all others have a length of 1. */
static void
test_length (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  float edges[ATELIER_N_EDGES];
  const float none[ATELIER_N_EDGES] = { 0 };

  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpmem (edges, sizeof edges, none, sizeof none);
  fill_box (pixels, 3, 5, 20, 24, 90);
  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpfloat_with_epsilon (get_distance (edges, none), 1.0, 1e-6);
}

/* Each direction counts in the part where it is. */
static void
test_directions (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  float edges[ATELIER_N_EDGES];

  fill_box (pixels, 3, 0, SIDE, SIDE, 200);
  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpfloat (get_edge (edges, 1, 0, 0), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 1, 0, 1), ==, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 1, 1, 0), ==, 0.0f);

  memset (pixels, 0, sizeof pixels);
  fill_box (pixels, 0, 10, SIDE, SIDE, 200);
  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpfloat (get_edge (edges, 1, 1, 1), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 1, 1, 0), ==, 0.0f);

  for (guint i = 0; i < N_PIXELS; i++)
    pixels[i] = i % SIDE + i / SIDE < SIDE ? 200 : 0;
  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpfloat (get_edge (edges, 1, 2, 2), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 1, 2, 3), ==, 0.0f);
}

/* Which side is the lighter one counts as well. */
static void
test_lighter_sides (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  float edges[ATELIER_N_EDGES];

  fill_box (pixels, 3, 2, 25, 26, 200);
  atelier_traits_describe_edges (pixels, &size, edges);
  g_assert_cmpfloat (get_edge (edges, 2, 0, 5), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 2, 0, 4), ==, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 2, 4, 4), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 2, 4, 5), ==, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 0, 2, 7), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 0, 2, 6), ==, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 4, 2, 6), >, 0.0f);
  g_assert_cmpfloat (get_edge (edges, 4, 2, 7), ==, 0.0f);
}

/* The same picture in another grey has the same edges, and one elsewhere has others. */
static void
test_place_not_strength (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  float dark[ATELIER_N_EDGES], light[ATELIER_N_EDGES], elsewhere[ATELIER_N_EDGES];

  fill_box (pixels, 4, 4, 14, 24, 60);
  atelier_traits_describe_edges (pixels, &size, dark);
  fill_box (pixels, 4, 4, 14, 24, 240);
  atelier_traits_describe_edges (pixels, &size, light);
  memset (pixels, 0, sizeof pixels);
  fill_box (pixels, 14, 4, 24, 24, 240);
  atelier_traits_describe_edges (pixels, &size, elsewhere);

  g_assert_cmpfloat (get_distance (dark, light), <, 1e-6);
  g_assert_cmpfloat (get_distance (light, elsewhere), >, 1.0);
}

/* A rectangle is full wherever it lies, also with a little dirt around it; a hole counts. */
static void
test_fill (void)
{
  guint8 pixels[N_PIXELS] = { 0 };

  g_assert_cmpfloat (atelier_traits_measure_fill (pixels, &size), ==, 0.0);
  fill_box (pixels, 0, 0, SIDE, SIDE, 5);
  fill_box (pixels, 4, 7, 14, 17, 60);
  g_assert_cmpfloat (atelier_traits_measure_fill (pixels, &size), ==, 1.0);
  fill_box (pixels, 6, 8, 11, 13, 0);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_fill (pixels, &size), 0.75, 1e-9);
  fill_box (pixels, 0, 0, SIDE, SIDE, 255);
  g_assert_cmpfloat (atelier_traits_measure_fill (pixels, &size), ==, 1.0);
}

/* Lines of one pixel are finer than a box, and as fine in any grey. */
static void
test_fineness (void)
{
  guint8 pixels[N_PIXELS] = { 0 };
  double of_box, of_lines;

  g_assert_cmpfloat (atelier_traits_measure_fineness (pixels, &size), ==, 0.0);
  fill_box (pixels, 4, 4, 24, 24, 90);
  of_box = atelier_traits_measure_fineness (pixels, &size);
  for (guint y = 0; y < SIDE; y++)
    fill_box (pixels, 0, y, SIDE, y + 1, y % 3 == 1 ? 90 : 0);
  of_lines = atelier_traits_measure_fineness (pixels, &size);
  g_assert_cmpfloat (of_lines, >, 2 * of_box);
  for (guint y = 1; y < SIDE; y += 3)
    fill_box (pixels, 0, y, SIDE, y + 1, 180);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_fineness (pixels, &size), of_lines, 1e-9);
  memset (pixels, 0, sizeof pixels);
  fill_box (pixels, 10, 10, 11, 11, 7);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_fineness (pixels, &size), sqrt (20), 1e-9);
}

/* Three equal channels have the edges of one; fewer pixels than parts are no trouble. */
static void
test_other_sizes (void)
{
  const AtelierTraitsSize colour = { .height = 6, .width = 9, .channels = 3 };
  const AtelierTraitsSize grey = { .height = 6, .width = 9, .channels = 1 };
  const AtelierTraitsSize dot = { .height = 1, .width = 1, .channels = 1 };
  guint8 one[54], three[162];
  float a[ATELIER_N_EDGES], b[ATELIER_N_EDGES];

  for (guint i = 0; i < sizeof one; i++)
    {
      one[i] = (guint8) (i * i * 7 % 256);
      memset (three + 3 * i, one[i], 3);
    }
  atelier_traits_describe_edges (one, &grey, a);
  atelier_traits_describe_edges (three, &colour, b);
  g_assert_cmpfloat (get_distance (a, b), <, 1e-6);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_ink (one, &grey),
                                  atelier_traits_measure_ink (three, &colour), 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_roughness (one, &grey),
                                  atelier_traits_measure_roughness (three, &colour), 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_fill (one, &grey),
                                  atelier_traits_measure_fill (three, &colour), 1e-9);
  g_assert_cmpfloat_with_epsilon (atelier_traits_measure_fineness (one, &grey),
                                  atelier_traits_measure_fineness (three, &colour), 1e-9);

  atelier_traits_describe_edges (one, &dot, a);
  g_assert_cmpfloat (atelier_traits_measure_roughness (one, &dot), ==, 0.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/traits/length", test_length);
  g_test_add_func ("/core/traits/directions", test_directions);
  g_test_add_func ("/core/traits/lighter-sides", test_lighter_sides);
  g_test_add_func ("/core/traits/fill", test_fill);
  g_test_add_func ("/core/traits/fineness", test_fineness);
  g_test_add_func ("/core/traits/place-not-strength", test_place_not_strength);
  g_test_add_func ("/core/traits/other-sizes", test_other_sizes);

  return g_test_run ();
}
