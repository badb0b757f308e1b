/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSketch - a drawing: a small grid of grey bytes, a brush, and undo.
 *
 * Coordinates are real numbers in pixels of the grid; (0, 0) is the top left corner of the top left
 * pixel.  A stroke is begun, continued and ended; it is one step of undo.  Each pixel gets as much
 * of the brush as the stroke covers of its area, so that thin and slanted strokes have grey edges
 * like the data sets' images.  Going over a pixel twice in one stroke does not darken it.  Main
 * thread.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_TOOL_BRUSH,
  ATELIER_TOOL_ERASER,
  ATELIER_TOOL_FILL, /* a connected region of about the same grey */
  ATELIER_TOOL_LINE, /* straight, from the start of the stroke to its end */
  ATELIER_TOOL_MOVE, /* the whole drawing, by whole pixels */
  ATELIER_N_TOOLS
} AtelierTool;

#define ATELIER_SKETCH_MAX_UNDO 500

#define ATELIER_TYPE_SKETCH (atelier_sketch_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSketch, atelier_sketch, ATELIER, SKETCH, GObject)

/* Properties: "tool" (int, AtelierTool), "brush-size" (double, diameter in pixels, 0.5 to 14),
 * "grey" (int, 1 to 255), "softness" (double, 0 to 1), "mirrors" (boolean: what is painted or
 * filled on one side also appears on the other), "can-undo", "can-redo", "is-empty" (booleans, read
 * only).  Signal "changed": the pixels changed. */
AtelierSketch *atelier_sketch_new          (guint width,
                                            guint height);
guint          atelier_sketch_get_width    (AtelierSketch *sketch);
guint          atelier_sketch_get_height   (AtelierSketch *sketch);
const guint8  *atelier_sketch_get_pixels   (AtelierSketch *sketch); /* [height, width] */

AtelierTool    atelier_sketch_get_tool       (AtelierSketch *sketch);
void           atelier_sketch_set_tool       (AtelierSketch *sketch, AtelierTool tool);
double         atelier_sketch_get_brush_size (AtelierSketch *sketch);
void           atelier_sketch_set_brush_size (AtelierSketch *sketch, double size);
guint          atelier_sketch_get_grey       (AtelierSketch *sketch);
void           atelier_sketch_set_grey       (AtelierSketch *sketch, guint grey);
double         atelier_sketch_get_softness   (AtelierSketch *sketch);
void           atelier_sketch_set_softness   (AtelierSketch *sketch, double softness);
gboolean       atelier_sketch_get_mirrors    (AtelierSketch *sketch);
void           atelier_sketch_set_mirrors    (AtelierSketch *sketch, gboolean mirrors);
gboolean       atelier_sketch_get_can_undo   (AtelierSketch *sketch);
gboolean       atelier_sketch_get_can_redo   (AtelierSketch *sketch);
gboolean       atelier_sketch_get_is_empty   (AtelierSketch *sketch);

/* Whether the drawing is to be fitted to the frame; TRUE at first.  Undo and redo restore it
 * together with the pixels. */
gboolean       atelier_sketch_get_fits    (AtelierSketch *sketch);
void           atelier_sketch_set_fits    (AtelierSketch *sketch,
                                           gboolean       fits);
void           atelier_sketch_choose_fits (AtelierSketch *sketch,
                                           gboolean       fits);

/* @pressure: 0 to 1; scales the brush. */
void           atelier_sketch_begin_stroke    (AtelierSketch *sketch,
                                               double         x,
                                               double         y,
                                               double         pressure);
void           atelier_sketch_continue_stroke (AtelierSketch *sketch,
                                               double         x,
                                               double         y,
                                               double         pressure);
void           atelier_sketch_end_stroke      (AtelierSketch *sketch);
void           atelier_sketch_cancel_stroke   (AtelierSketch *sketch); /* restores the pixels */

void           atelier_sketch_clear           (AtelierSketch *sketch); /* can be undone */
void           atelier_sketch_set_pixels      (AtelierSketch *sketch,  /* can be undone */
                                               const guint8  *pixels); /* [height, width] */
/* Moves the whole drawing; what leaves the grid is cut off.  Can be undone. */
void           atelier_sketch_shift           (AtelierSketch *sketch,
                                               int            dx,
                                               int            dy);
void           atelier_sketch_undo            (AtelierSketch *sketch);
void           atelier_sketch_redo            (AtelierSketch *sketch);

G_END_DECLS
