/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of each pixel of a small grid a brush stroke covers.
 *
 * Coordinates are in pixels; (0, 0) is the top left corner of the top left pixel.  Points may lie
 * outside the grid, but must be finite.  Not thread-safe.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_STROKE_SAMPLES 8
/* The coverage of a pixel that is entirely within the brush. */
#define ATELIER_STROKE_FULL (255u * ATELIER_STROKE_SAMPLES * ATELIER_STROKE_SAMPLES)

typedef struct _AtelierStroke AtelierStroke;

/* A range of pixels; the ends are exclusive. */
typedef struct
{
  guint first_x;
  guint end_x;
  guint first_y;
  guint end_y;
} AtelierStrokeBox;

AtelierStroke   *atelier_stroke_new          (guint width,
                                              guint height);
void             atelier_stroke_free         (AtelierStroke *stroke); /* nullable */

/* Starts a new stroke that covers nothing.  @size: the brush's diameter; @softness: 0 to 1. */
void             atelier_stroke_begin        (AtelierStroke *stroke,
                                              double         size,
                                              double         softness);
/* Covers the path from the last point to this one; the first point covers a dot.  @pressure, 0 to
 * 1, scales the brush.  Returns where coverage may have changed. */
AtelierStrokeBox atelier_stroke_add          (AtelierStroke *stroke,
                                              double         x,
                                              double         y,
                                              double         pressure);
/* From 0 to ATELIER_STROKE_FULL. */
guint            atelier_stroke_get_coverage (AtelierStroke *stroke,
                                              guint          x,
                                              guint          y);

G_END_DECLS
