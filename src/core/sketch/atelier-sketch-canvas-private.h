/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drawing's pixels and what a stroke makes of them.
 *
 * Knows nothing of undo and of who looks on: it says whether pixels changed, and keeps what was
 * there before the stroke.  Private to the drawing.
 */

#pragma once

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_SKETCH_MAX_SIDE 1024

/* What the next stroke is painted with. */
typedef struct
{
  AtelierTool tool;
  double      size;     /* the diameter in pixels */
  guint       grey;     /* 1 to 255; an eraser's is 0 */
  double      softness; /* 0 to 1 */
  gboolean    mirrors;
} AtelierSketchBrush;

typedef struct _AtelierSketchCanvas AtelierSketchCanvas;

/* Black.  @brush is borrowed for as long as the canvas lives, and read when a stroke is made. */
AtelierSketchCanvas *atelier_sketch_canvas_new             (guint                     width,
                                                            guint                     height,
                                                            const AtelierSketchBrush *brush);
void                 atelier_sketch_canvas_free            (AtelierSketchCanvas *canvas);

/* [height, width]; may be written to while there is no stroke. */
guint8              *atelier_sketch_canvas_get_pixels      (AtelierSketchCanvas *canvas);
/* [height, width]: what they were before the last stroke. */
const guint8        *atelier_sketch_canvas_get_before      (AtelierSketchCanvas *canvas);

/* Whether pixels changed.  There is no stroke when one is begun; a point that is not finite is
 * ignored, and so is one where no stroke was begun. */
gboolean             atelier_sketch_canvas_begin_stroke    (AtelierSketchCanvas *canvas,
                                                            double               x,
                                                            double               y,
                                                            double               pressure);
gboolean             atelier_sketch_canvas_continue_stroke (AtelierSketchCanvas *canvas,
                                                            double               x,
                                                            double               y,
                                                            double               pressure);
/* Whether there was a stroke, and pixels are other than before it. */
gboolean             atelier_sketch_canvas_end_stroke      (AtelierSketchCanvas *canvas);
/* Puts back what was there before.  Whether pixels changed. */
gboolean             atelier_sketch_canvas_cancel_stroke   (AtelierSketchCanvas *canvas);

G_END_DECLS
