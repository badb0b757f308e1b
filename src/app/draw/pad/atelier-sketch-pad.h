/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSketchPad - shows the drawing enlarged, and draws on it.
 *
 * A pixel of the drawing is a whole number of screen pixels, as many as fit.  Pointer, touch, pen
 * (with pressure and eraser end) and keyboard all make strokes of AtelierSketch, which joins the
 * points of two events.
 *
 * Keyboard: arrows move a cell cursor, with Ctrl by four cells.  Space applies the tool, and
 * Shift+Space or Backspace erases; arrows draw while the key is held.  A line may also begin with
 * one Space and end with the next.  With the move tool, arrows move the drawing.  Escape cancels a
 * stroke.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SKETCH_PAD (atelier_sketch_pad_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSketchPad, atelier_sketch_pad, ATELIER, SKETCH_PAD, GtkWidget)

/* Property: "sketch" (AtelierSketch, nullable). */
AtelierSketch *atelier_sketch_pad_get_sketch (AtelierSketchPad *pad); /* borrowed, nullable */
void           atelier_sketch_pad_set_sketch (AtelierSketchPad *pad,
                                              AtelierSketch    *sketch);

/* Where the drawing is in the widget: (@x, @y) is its top left corner, @cell the side of one of its
 * pixels. */
void           atelier_sketch_pad_get_frame  (AtelierSketchPad *pad,
                                              double           *x,
                                              double           *y,
                                              double           *cell);

G_END_DECLS
