/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Soft shadows of a garment on its ground.  Pure; any thread. */

#pragma once

#include "picture/atelier-ground.h"

G_BEGIN_DECLS

/* Differences from the ground in 1 / 256 of a grey level. */
typedef struct
{
  int grey;   /* lighter than the ground: above 0 */
  int colour; /* the most that a channel differs from the rest of them; 0 or more */
} AtelierGroundDistance;

/* A picture reduced to at most ATELIER_GROUND_RASTER cells a side. */
#define ATELIER_GROUND_RASTER 128

typedef struct
{
  guint                  width;
  guint                  height;
  AtelierGroundDistance *cells;  /* Owned; [height, width] */
  int                   *depths; /* Owned; [height, width]: what is at most this far below the
                                  * ground is shadow; 0 where there is none */
} AtelierGroundRaster;

void atelier_ground_raster_clear  (AtelierGroundRaster *raster);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierGroundRaster, atelier_ground_raster_clear)

/* Sets the depths.  @grain: as AtelierGroundSurface's. */
void atelier_ground_find_shadows  (AtelierGroundRaster *raster,
                                   double               grain);

G_END_DECLS
