/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Separates a garment from what it lies on: every pixel becomes how far it is from the ground.
 *
 * Networks learn garments on an evenly black ground, where a garment's value is its distance from
 * white paper.  A photograph's ground is grey or coloured, lit from one side, grainy, shadowed or
 * framed.  From outside to inside:
 *
 *   frame     an even frame of at most four pixels is cut off
 *   ground    a smooth surface in colour, fitted to what lies around: most of the border is ground,
 *             some of it may not be
 *   shadow    what darkens gradually from the ground on is ground too
 *   garment   the rest: lighter than its ground, or darker, whichever there is more of
 *
 * Where the picture has an alpha channel, that says what is garment.  White or black paper gives
 * the garment's exact values; on any other ground the distance is stretched to what white would
 * give.
 * Integers, and sums of doubles in a fixed order: the same bytes everywhere.  Any thread.
 */

#pragma once

#include <glib.h>

#include "picture/atelier-grey.h"

G_BEGIN_DECLS

/* A borrowed view of a picture in colour: red, green, blue, and alpha where there are four.  It may
 * be turned, and the steps below 0. */
typedef struct
{
  const guint8 *pixels; /* the first of [height, width, n_channels] */
  guint         width;
  guint         height;
  guint         n_channels;
  gssize        stride; /* bytes from row to row */
  gssize        step;   /* bytes from pixel to pixel */
} AtelierColours;

typedef enum
{
  ATELIER_GROUND_SIDE_AUTO,
  ATELIER_GROUND_SIDE_LIGHTER, /* the ground is lighter than the garment */
  ATELIER_GROUND_SIDE_DARKER,
} AtelierGroundSide;

/* A place of the ground, as parts of the width and the height. */
typedef struct
{
  double x;
  double y;
} AtelierGroundPick;

typedef struct
{
  gboolean       is_lighter; /* than the garment */
  gboolean       had_alpha;
  AtelierGreyBox box;        /* what is left without the frame */
} AtelierGround;

/* Writes [height, width] of the box to @values, which has room for the whole picture.
 *
 * FALSE where no ground was found, as in a picture that the garment fills; @values is undefined
 * then.  @pick: a place that is ground for sure; nullable. */
gboolean atelier_ground_separate (const AtelierColours    *picture,
                                  AtelierGroundSide        side,
                                  const AtelierGroundPick *pick,
                                  guint8                  *values,
                                  AtelierGround           *ground);

G_END_DECLS
