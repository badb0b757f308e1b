/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A shadow darkens gradually, a garment begins at an edge.  So the ground grows from the border of
 * the picture over all that changes little from cell to cell, is darker than the ground and has its
 * colour; it stops at edges.  What is lighter than the ground is no shadow. */

#include "config.h"

#include "picture/atelier-ground-shadow.h"

#include <string.h>

#define LEVEL 256 /* as AtelierGroundDistance */
/* The most that a shadow changes from cell to cell, and that it is darker than the ground. */
#define MAX_STEP (3 * LEVEL)
#define MAX_DEPTH (72 * LEVEL)
/* A shadow that is nowhere darker than this, or smaller than 1 / MIN_SHARE of the picture, is left:
 * it may be the faint edge of a garment. */
#define MIN_DEPTH (10 * LEVEL)
#define MIN_SHARE 100
#define MAX_CLEAN_GRAIN 2
#define MAX_COLOUR (20 * LEVEL)
/* A pixel of a shadow may be so much darker than its cell. */
#define SLACK (8 * LEVEL)

enum
{
  UNKNOWN,
  GROUND,
  SHADOW,
};

void
atelier_ground_raster_clear (AtelierGroundRaster *raster)
{
  g_clear_pointer (&raster->cells, g_free);
  g_clear_pointer (&raster->depths, g_free);
}

/* The mean of each cell and its neighbours, against grain. */
static void
smooth (const AtelierGroundRaster *raster,
        AtelierGroundDistance     *smoothed)
{
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      {
        AtelierGroundDistance sum = { 0 };
        int n = 0;

        for (guint i_y = y > 0 ? y - 1 : 0; i_y <= MIN (y + 1, raster->height - 1); i_y++)
          for (guint i_x = x > 0 ? x - 1 : 0; i_x <= MIN (x + 1, raster->width - 1); i_x++, n++)
            {
              sum.grey += raster->cells[i_y * raster->width + i_x].grey;
              sum.colour += raster->cells[i_y * raster->width + i_x].colour;
            }
        smoothed[y * raster->width + x] = (AtelierGroundDistance) { sum.grey / n, sum.colour / n };
      }
}

/* What a cell is that lies next to @from, or at the border where that is NULL. */
static guint8
judge (const AtelierGroundDistance *cell,
       const AtelierGroundDistance *from,
       int                          grain)
{
  if (ABS (cell->grey) <= grain)
    return GROUND;
  if (from && cell->grey < 0 && cell->grey >= -MAX_DEPTH
      && ABS (cell->grey - from->grey) <= MAX_STEP
      && cell->colour <= MAX_COLOUR + -cell->grey / 4)
    return SHADOW;
  return UNKNOWN;
}

static void
visit (const AtelierGroundRaster   *raster,
       const AtelierGroundDistance *cells,
       guint8                      *kinds,
       GArray                      *queue,
       guint                        i_cell,
       const AtelierGroundDistance *from,
       int                          grain)
{
  if (kinds[i_cell] != UNKNOWN)
    return;
  kinds[i_cell] = judge (&cells[i_cell], from, grain);
  if (kinds[i_cell] != UNKNOWN)
    g_array_append_val (queue, i_cell);
}

static void
grow (const AtelierGroundRaster   *raster,
      const AtelierGroundDistance *cells,
      guint8                      *kinds,
      int                          grain)
{
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));
  guint width = raster->width;
  guint height = raster->height;

  for (guint i = 0; i < width * height; i++)
    if (i < width || i >= width * (height - 1) || i % width == 0 || i % width == width - 1)
      visit (raster, cells, kinds, queue, i, NULL, grain);
  for (guint i = 0; i < queue->len; i++)
    {
      guint at = g_array_index (queue, guint, i);

      if (at % width > 0)
        visit (raster, cells, kinds, queue, at - 1, &cells[at], grain);
      if (at % width < width - 1)
        visit (raster, cells, kinds, queue, at + 1, &cells[at], grain);
      if (at >= width)
        visit (raster, cells, kinds, queue, at - width, &cells[at], grain);
      if (at < width * (height - 1))
        visit (raster, cells, kinds, queue, at + width, &cells[at], grain);
    }
}

/* A shadow's cells, and those around them, which may hold the rest of it. */
static void
set_depths (AtelierGroundRaster         *raster,
            const AtelierGroundDistance *cells,
            const guint8                *kinds,
            int                          grain)
{
  for (guint i = 0; i < raster->width * raster->height; i++)
    {
      guint x = i % raster->width;
      guint y = i / raster->width;
      int depth = -cells[i].grey + SLACK + grain;

      if (kinds[i] != SHADOW)
        continue;
      for (guint i_y = y > 0 ? y - 1 : 0; i_y <= MIN (y + 1, raster->height - 1); i_y++)
        for (guint i_x = x > 0 ? x - 1 : 0; i_x <= MIN (x + 1, raster->width - 1); i_x++)
          raster->depths[i_y * raster->width + i_x] =
            MAX (raster->depths[i_y * raster->width + i_x], depth);
    }
}

/* Whether a cell is as dark as its four neighbours. */
static gboolean
is_flat (const AtelierGroundRaster   *raster,
         const AtelierGroundDistance *cells,
         guint                        i_cell)
{
  guint x = i_cell % raster->width;
  guint y = i_cell / raster->width;
  int grey = cells[i_cell].grey;

  return (x == 0 || cells[i_cell - 1].grey == grey)
         && (x + 1 == raster->width || cells[i_cell + 1].grey == grey)
         && (y == 0 || cells[i_cell - raster->width].grey == grey)
         && (y + 1 == raster->height || cells[i_cell + raster->width].grey == grey);
}

/* Whether what grew is a shadow: large and dark enough to be one, weaker than what casts it, and
 * nowhere near flat.  Otherwise it may be the garment itself, pale or out of focus, or its faint
 * edge in a picture that was enlarged without smoothing. */
static gboolean
is_shadow (const AtelierGroundRaster   *raster,
           const AtelierGroundDistance *cells,
           const guint8                *kinds)
{
  guint n = raster->width * raster->height;
  guint n_shadow = 0;
  guint n_flat = 0;
  int deepest = 0;
  gint64 shadow = 0;
  gint64 garment = 0;

  for (guint i = 0; i < n; i++)
    if (kinds[i] == SHADOW)
      {
        n_shadow++;
        n_flat += is_flat (raster, cells, i);
        deepest = MAX (deepest, -cells[i].grey);
        shadow -= cells[i].grey;
      }
    else if (kinds[i] == UNKNOWN)
      {
        garment += MAX (ABS (cells[i].grey), cells[i].colour);
      }
  return n_shadow * MIN_SHARE >= n && 10 * n_flat <= n_shadow && deepest >= MIN_DEPTH
         && shadow <= garment;
}

void
atelier_ground_find_shadows (AtelierGroundRaster *raster,
                             double               grain)
{
  guint n = raster->width * raster->height;
  g_autofree AtelierGroundDistance *cells = g_new (AtelierGroundDistance, n);
  g_autofree guint8 *kinds = g_new0 (guint8, n);
  int noise = (int) ((grain + 2) * LEVEL);

  /* On a ground without grain, the mean would make a gradual change of every edge. */
  if (grain > MAX_CLEAN_GRAIN)
    smooth (raster, cells);
  else
    memcpy (cells, raster->cells, n * sizeof cells[0]);
  grow (raster, cells, kinds, noise);
  if (is_shadow (raster, cells, kinds))
    set_depths (raster, cells, kinds, noise);
}
