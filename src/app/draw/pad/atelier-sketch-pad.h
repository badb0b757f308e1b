/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSketchPad - the drawing shown large, and drawn on.
 *
 * A pixel of the drawing is a whole number of pixels of the screen, as many as fit.  Pointer,
 * touch, pen (its pressure and its eraser end) and keyboard all end in the strokes of
 * AtelierSketch, which joins the points between two events. Keyboard: arrows move a cell cursor,
 * Ctrl and arrows by four cells; Space applies the tool and Shift+Space or Backspace erases for as
 * long as the key is held, so that arrows then draw; a line may also be begun with one Space and
 * ended with the next; with the tool for moving, arrows move the drawing; Escape takes a stroke
 * back.  Main thread.
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

/* Where the drawing lies in the widget: (@x, @y) is its top left corner, @cell the side of one
 * of its pixels. */
void           atelier_sketch_pad_get_frame  (AtelierSketchPad *pad,
                                              double           *x,
                                              double           *y,
                                              double           *cell);

G_END_DECLS
