/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the drawing pad looks: pixels, grid, the axis of the mirror, the outlines of brush and cell
 * cursor.
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
/* Black paper, its grid and the drawing on it; the axis too while the sketch mirrors. */
void            atelier_pad_snapshot_drawing   (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                AtelierSketch         *sketch);
/* The brush around (@x, @y) in its true size, and its image in the mirror. */
void            atelier_pad_snapshot_brush     (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                AtelierSketch         *sketch,
                                                double                 x,
                                                double                 y);
void            atelier_pad_snapshot_cell      (GtkSnapshot           *snapshot,
                                                const AtelierPadFrame *frame,
                                                guint                  column,
                                                guint                  row);
/* A ring around all of it: the keyboard is here. */
void            atelier_pad_snapshot_focus     (GtkSnapshot           *snapshot,
                                                const graphene_rect_t *bounds,
                                                const GdkRGBA         *color);
/* The corners of @bounds are cut off round until the snapshot is popped. */
void            atelier_pad_snapshot_push_clip (GtkSnapshot           *snapshot,
                                                const graphene_rect_t *bounds);

G_END_DECLS
