/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSketchBoard - the sketch pad with its tools, the mirror, undo and clear, and the brush's
 * size, grey and softness.
 *
 * It owns the drawing.  Its buttons use the actions undo, redo, clear, tool (string: "brush",
 * "eraser", "fill", "line" or "move"), mirror (boolean) and brush-size (int: steps up or down); the
 * parent inserts their group as "draw".  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SKETCH_BOARD (atelier_sketch_board_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSketchBoard, atelier_sketch_board, ATELIER, SKETCH_BOARD, GtkBox)

/* Signal "changed": the pixels of the drawing changed. */

/* Borrowed; atelier_sketch_board_resize() replaces it. */
AtelierSketch *atelier_sketch_board_get_sketch  (AtelierSketchBoard *board);
/* Replaces the drawing by one of this size, unless it has that size already.  Keeps the tool and
 * the brush, and fits what was drawn into the new size as one step of undo.  Does not emit
 * "changed". */
void           atelier_sketch_board_resize      (AtelierSketchBoard *board,
                                                 guint               width,
                                                 guint               height);
GActionMap    *atelier_sketch_board_get_actions (AtelierSketchBoard *board); /* borrowed */
/* Gives the focus to the pad. */
void           atelier_sketch_board_take_focus  (AtelierSketchBoard *board);

G_END_DECLS
