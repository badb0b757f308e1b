/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colour of the ground at every place of a picture, as a smooth surface.  Pure; any thread. */

#pragma once

#include "picture/atelier-ground.h"

G_BEGIN_DECLS

/* 1, x, x^2, y, y^2 and x y, for x and y from -1 to 1. */
#define ATELIER_GROUND_N_TERMS 6

typedef struct
{
  double   terms[3][ATELIER_GROUND_N_TERMS]; /* of red, green and blue */
  double   grain;    /* what is at most this far from the surface, in grey levels, is ground */
  gboolean is_clean; /* most of the ground has exactly one colour */
} AtelierGroundSurface;

/* @picture: without its frame.  FALSE where what lies around is not mostly one smooth surface.
 *
 * The border is sampled, and where @pick is not NULL, what is around it as well. */
gboolean atelier_ground_surface_fit (const AtelierColours    *picture,
                                     const AtelierGroundPick *pick,
                                     AtelierGroundSurface    *surface);
/* The three colours at a place, x and y from -1 to 1. */
void     atelier_ground_surface_get (const AtelierGroundSurface *surface,
                                     double                      x,
                                     double                      y,
                                     double                      colour[3]);

G_END_DECLS
