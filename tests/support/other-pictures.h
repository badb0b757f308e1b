/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures that are no garment at all, for tests that ask whether a program says so. */

#pragma once

#include <glib.h>

typedef enum
{
  OTHER_CLOUD,     /* smooth noise: greys of a coarse lattice, between them soft transitions */
  OTHER_GRAIN,     /* a grey for each pixel */
  OTHER_STRIPES,   /* soft or hard, at any angle, 1 to 20 over the picture */
  OTHER_GRADIENT,  /* from one grey to another, straight or around a centre */
  OTHER_FACE,      /* an oval with two eyes and a mouth */
  OTHER_TEXT,      /* lines of letters on paper */
  OTHER_LETTER,    /* one that fills the picture */
  OTHER_CHECKS,    /* a chessboard of 2 to 10 fields a side */
  OTHER_RINGS,     /* around a centre */
  OTHER_LANDSCAPE, /* a sky, hills and the sun */
  OTHER_DOTS,      /* 2 to 12 discs on an even ground */
  OTHER_SCRIBBLE,  /* one long line */
  N_OTHERS
} Other;

/* Transfer full: RGBA, [height, width, 4], grey; each side from 160 to 640.  @seed decides all. */
guint8     *other_pictures_make     (Other    kind,
                                     guint32  seed,
                                     guint   *width,
                                     guint   *height);
const char *other_pictures_get_name (Other    kind);
