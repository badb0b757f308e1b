/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Photographs made from a data set's pictures: a garment on another ground than the evenly black
 * one that the data set has. */

#pragma once

#include <glib.h>

typedef enum
{
  GROUND_WHITE,     /* what the others are compared with */
  GROUND_EVEN,      /* one of 0, 15, ... 255 */
  GROUND_GRADIENT,  /* up to 50 levels from one side to the other, in any direction */
  GROUND_VIGNETTE,  /* darker in the corners */
  GROUND_SHADOW,    /* white or grey, with the garment's soft shadow on it */
  GROUND_TEXTURE,   /* fine cloth */
  GROUND_CREAM,
  GROUND_BLUE,
  GROUND_NOISE,     /* grainy, and then a JPEG file of quality 80 */
  GROUND_FRAME_1,   /* white or grey, in an even frame of 1 to 4 pixels */
  GROUND_FRAME_2,
  GROUND_FRAME_3,
  GROUND_FRAME_4,
  GROUND_PALE,      /* a garment lighter than its ground */
  N_GROUNDS
} Ground;

/* Transfer full: RGBA, [side, side, 4], where 280 <= @side <= 400.
 *
 * @garment: [28, 28], light on black.  Its pixels above 0 are at least 40 levels from the ground,
 * on either side, darker or lighter, that has room for 60.  @seed decides the size, the place and
 * what the ground leaves open; one seed gives one size and place on every ground. */
guint8     *ground_pictures_make     (Ground        ground,
                                      const guint8 *garment,
                                      guint32       seed,
                                      guint        *side);
const char *ground_pictures_get_name (Ground        ground);
