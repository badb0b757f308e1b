/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stroke in progress and the pixels below it.
 *
 * For every tool, a stroke is what happens between pressing and releasing.  The pixels are always
 * recomputed from those before the stroke.  A brush blends in what it covered so far
 * (atelier-stroke.c); a line, the straight way from its first point to its last; moving shifts all
 * pixels; filling happens at once.  So every stroke can be cancelled, and going over a pixel twice
 * does not darken it.  Not thread-safe.
 */

#include "config.h"

#include "sketch/atelier-sketch-canvas-private.h"

#include <math.h>
#include <string.h>

#include "sketch/atelier-sketch-tools-private.h"
#include "sketch/atelier-stroke.h"

struct _AtelierSketchCanvas
{
  guint width;
  guint height;
  gsize n_pixels;

  /* Borrowed */
  const AtelierSketchBrush *brush;

  /* The stroke in progress */
  gboolean    is_in_stroke;
  AtelierTool stroke_tool;
  guint8      stroke_grey;
  double      start_x;
  double      start_y;
  int         moved_x;
  int         moved_y;

  /* Owned */
  guint8        *pixels;        /* [height, width] */
  guint8        *before_stroke; /* [height, width] */
  AtelierStroke *stroke;
};

static gboolean
is_other_than_before (AtelierSketchCanvas *self)
{
  return memcmp (self->pixels, self->before_stroke, self->n_pixels) != 0;
}

/* How much of a pixel is covered by the stroke or by its mirror image. */
static guint
get_coverage (AtelierSketchCanvas *self,
              guint                x,
              guint                y)
{
  guint coverage = atelier_stroke_get_coverage (self->stroke, x, y);

  if (!self->brush->mirrors)
    return coverage;
  return MAX (coverage, atelier_stroke_get_coverage (self->stroke, self->width - 1 - x, y));
}

static AtelierStrokeBox
add_mirror_image (AtelierSketchCanvas *self,
                  AtelierStrokeBox     box)
{
  AtelierStrokeBox both = box;

  if (self->brush->mirrors && box.end_x > box.first_x)
    {
      both.first_x = MIN (box.first_x, self->width - box.end_x);
      both.end_x = MAX (box.end_x, self->width - box.first_x);
    }
  return both;
}

/* Blends the stroke into the pixels from before it; returns whether any pixel changed. */
static gboolean
mix_stroke (AtelierSketchCanvas    *self,
            const AtelierStrokeBox *box)
{
  gboolean has_changed = FALSE;

  for (guint y = box->first_y; y < box->end_y; y++)
    for (guint x = box->first_x; x < box->end_x; x++)
      {
        gsize i = (gsize) y * self->width + x;
        guint coverage = get_coverage (self, x, y);
        guint before = self->before_stroke[i] * (ATELIER_STROKE_FULL - coverage);
        guint sum = before + self->stroke_grey * coverage;
        guint8 pixel = (guint8) ((sum + ATELIER_STROKE_FULL / 2) / ATELIER_STROKE_FULL);

        has_changed |= pixel != self->pixels[i];
        self->pixels[i] = pixel;
      }
  return has_changed;
}

static gboolean
is_usable_point (double x,
                 double y,
                 double pressure)
{
  return isfinite (x) && isfinite (y) && isfinite (pressure);
}

static gboolean
paint_point (AtelierSketchCanvas *self,
             double               x,
             double               y,
             double               pressure)
{
  AtelierStrokeBox box = add_mirror_image (self, atelier_stroke_add (self->stroke, x, y, pressure));

  return mix_stroke (self, &box);
}

/* A straight line from the start of the stroke; pixels that only an earlier line covered are
 * restored. */
static gboolean
paint_line (AtelierSketchCanvas *self,
            double               x,
            double               y,
            double               pressure)
{
  const AtelierStrokeBox everything = { 0, self->width, 0, self->height };

  atelier_stroke_begin (self->stroke, self->brush->size, self->brush->softness);
  atelier_stroke_add (self->stroke, self->start_x, self->start_y, pressure);
  atelier_stroke_add (self->stroke, x, y, pressure);
  return mix_stroke (self, &everything);
}

/* Moves by whole pixels, so that moving there and back changes nothing. */
static gboolean
move_drawing (AtelierSketchCanvas *self,
              double               x,
              double               y)
{
  const int limit = ATELIER_SKETCH_MAX_SIDE;
  const int dx = (int) CLAMP (round (x - self->start_x), -limit, limit);
  const int dy = (int) CLAMP (round (y - self->start_y), -limit, limit);

  if (dx == self->moved_x && dy == self->moved_y)
    return FALSE;
  self->moved_x = dx;
  self->moved_y = dy;
  atelier_sketch_shift_pixels (self->pixels, self->before_stroke, self->width, self->height, dx,
                               dy);
  return TRUE;
}

static gboolean
fill_at (AtelierSketchCanvas *self,
         double               x,
         double               y)
{
  guint column, row;

  if (x < 0.0 || y < 0.0 || x >= self->width || y >= self->height)
    return FALSE;
  column = (guint) x;
  row = (guint) y;
  atelier_sketch_fill (self->pixels, self->width, self->height, column, row, self->stroke_grey);
  if (self->brush->mirrors)
    atelier_sketch_fill (self->pixels, self->width, self->height, self->width - 1 - column, row,
                         self->stroke_grey);
  return is_other_than_before (self);
}

/* Applies the tool of the stroke in progress, at its first point and at each later one.  Returns
 * whether pixels changed. */
static gboolean
apply_tool (AtelierSketchCanvas *self,
            double               x,
            double               y,
            double               pressure,
            gboolean             is_first)
{
  switch (self->stroke_tool)
    {
    case ATELIER_TOOL_LINE:
      return paint_line (self, x, y, pressure);
    case ATELIER_TOOL_MOVE:
      return move_drawing (self, x, y);
    case ATELIER_TOOL_FILL:
      return is_first && fill_at (self, x, y);
    case ATELIER_TOOL_BRUSH:
    case ATELIER_TOOL_ERASER:
    default:
      return paint_point (self, x, y, pressure);
    }
}

AtelierSketchCanvas *
atelier_sketch_canvas_new (guint                     width,
                           guint                     height,
                           const AtelierSketchBrush *brush)
{
  AtelierSketchCanvas *self = g_new0 (AtelierSketchCanvas, 1);

  self->width = width;
  self->height = height;
  self->n_pixels = (gsize) width * height;
  self->brush = brush;
  self->pixels = g_malloc0 (self->n_pixels);
  self->before_stroke = g_malloc0 (self->n_pixels);
  self->stroke = atelier_stroke_new (width, height);
  return self;
}

void
atelier_sketch_canvas_free (AtelierSketchCanvas *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_free (self->before_stroke);
  atelier_stroke_free (self->stroke);
  g_free (self);
}

guint8 *
atelier_sketch_canvas_get_pixels (AtelierSketchCanvas *self)
{
  return self->pixels;
}

const guint8 *
atelier_sketch_canvas_get_before (AtelierSketchCanvas *self)
{
  return self->before_stroke;
}

gboolean
atelier_sketch_canvas_begin_stroke (AtelierSketchCanvas *self,
                                    double               x,
                                    double               y,
                                    double               pressure)
{
  const AtelierSketchBrush *brush = self->brush;

  if (!is_usable_point (x, y, pressure))
    return FALSE;
  self->is_in_stroke = TRUE;
  self->stroke_tool = brush->tool;
  self->stroke_grey = brush->tool == ATELIER_TOOL_ERASER ? 0 : (guint8) brush->grey;
  self->start_x = x;
  self->start_y = y;
  self->moved_x = 0;
  self->moved_y = 0;
  memcpy (self->before_stroke, self->pixels, self->n_pixels);
  atelier_stroke_begin (self->stroke, brush->size, brush->softness);
  return apply_tool (self, x, y, pressure, TRUE);
}

gboolean
atelier_sketch_canvas_continue_stroke (AtelierSketchCanvas *self,
                                       double               x,
                                       double               y,
                                       double               pressure)
{
  if (!self->is_in_stroke || !is_usable_point (x, y, pressure))
    return FALSE;
  return apply_tool (self, x, y, pressure, FALSE);
}

gboolean
atelier_sketch_canvas_end_stroke (AtelierSketchCanvas *self)
{
  if (!self->is_in_stroke)
    return FALSE;
  self->is_in_stroke = FALSE;
  return is_other_than_before (self);
}

gboolean
atelier_sketch_canvas_cancel_stroke (AtelierSketchCanvas *self)
{
  if (!atelier_sketch_canvas_end_stroke (self))
    return FALSE;
  memcpy (self->pixels, self->before_stroke, self->n_pixels);
  return TRUE;
}
