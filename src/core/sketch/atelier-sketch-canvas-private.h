/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pixels of a drawing, and how a stroke changes them.
 *
 * Undo and notification are not its task: it only returns whether pixels changed, and keeps the
 * pixels from before the stroke.  Private to the drawing.
 */

#pragma once

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_SKETCH_MAX_SIDE 1024

/* The settings for the next stroke. */
typedef struct
{
  AtelierTool tool;
  double      size;     /* the diameter in pixels */
  guint       grey;     /* 1 to 255; erasers use 0 */
  double      softness; /* 0 to 1 */
  gboolean    mirrors;
} AtelierSketchBrush;

typedef struct _AtelierSketchCanvas AtelierSketchCanvas;

/* Starts all black.  @brush is borrowed, must outlive the canvas, and is read when a stroke
 * begins. */
AtelierSketchCanvas *atelier_sketch_canvas_new             (guint                     width,
                                                            guint                     height,
                                                            const AtelierSketchBrush *brush);
void                 atelier_sketch_canvas_free            (AtelierSketchCanvas *canvas);

/* [height, width]; may be written to while no stroke is in progress. */
guint8              *atelier_sketch_canvas_get_pixels      (AtelierSketchCanvas *canvas);
/* [height, width]: the pixels from before the last stroke. */
const guint8        *atelier_sketch_canvas_get_before      (AtelierSketchCanvas *canvas);

/* Both return whether pixels changed.  begin: no stroke may be in progress.  Points that are not
 * finite are ignored, and so are points without a stroke in progress. */
gboolean             atelier_sketch_canvas_begin_stroke    (AtelierSketchCanvas *canvas,
                                                            double               x,
                                                            double               y,
                                                            double               pressure);
gboolean             atelier_sketch_canvas_continue_stroke (AtelierSketchCanvas *canvas,
                                                            double               x,
                                                            double               y,
                                                            double               pressure);
/* Returns whether there was a stroke and it changed pixels. */
gboolean             atelier_sketch_canvas_end_stroke      (AtelierSketchCanvas *canvas);
/* Restores the pixels from before the stroke.  Returns whether pixels changed. */
gboolean             atelier_sketch_canvas_cancel_stroke   (AtelierSketchCanvas *canvas);

G_END_DECLS
