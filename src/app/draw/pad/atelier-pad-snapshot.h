/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Draws the pad: pixels, grid, the axis of the mirror, and the outlines of brush and cell cursor.
 *
 * Used by AtelierSketchPad only.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

/* Where the drawing lies: its top left corner and the side of one of its pixels. */
typedef struct
{
  double x;
  double y;
  double cell;
} AtelierPadFrame;

graphene_rect_t atelier_pad_frame_get_bounds   (const AtelierPadFrame *frame,
                                                AtelierSketch         *sketch);
/* Black paper, the grid and the drawing; also the axis while the sketch mirrors. */
void            atelier_pad_snapshot_drawing   (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                AtelierSketch         *sketch);
/* The outline of the brush around (@x, @y) in its real size, and its mirror image. */
void            atelier_pad_snapshot_brush     (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                AtelierSketch         *sketch,
                                                double                 x,
                                                double                 y);
void            atelier_pad_snapshot_cell      (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                guint                  column,
                                                guint                  row);
/* The focus ring around the pad. */
void            atelier_pad_snapshot_focus     (GtkSnapshot           *snapshot,
                                                const graphene_rect_t *bounds,
                                                const GdkRGBA         *color);
/* Clips to @bounds with rounded corners, until gtk_snapshot_pop(). */
void            atelier_pad_snapshot_push_clip (GtkSnapshot           *snapshot,
                                                const graphene_rect_t *bounds);

G_END_DECLS
