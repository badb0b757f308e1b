/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drawing as the rest of the program sees it: settings of the brush, undo, and a notification
 * of every change.
 *
 * atelier-sketch-canvas.c holds the pixels and applies strokes; atelier-sketch-past.c holds the
 * steps of undo and redo.  Main thread.
 */

#include "config.h"

#include "sketch/atelier-sketch.h"

#include <math.h>
#include <string.h>

#include "sketch/atelier-sketch-canvas-private.h"
#include "sketch/atelier-sketch-past-private.h"
#include "sketch/atelier-sketch-tools-private.h"

#define MAX_UNDO_BYTES ((gsize) 64 << 20)

#define MIN_BRUSH_SIZE 0.5
#define MAX_BRUSH_SIZE 14.0
#define DEFAULT_BRUSH_SIZE 3.0
#define DEFAULT_GREY 200

struct _AtelierSketch
{
  GObject parent_instance;

  guint width;
  guint height;
  gsize n_pixels;

  AtelierSketchBrush brush;
  gboolean           is_empty;
  gboolean           fits;

  /* Owned */
  AtelierSketchCanvas *canvas;
  AtelierSketchPast   *past; /* its flag is "fits" */
};

G_DEFINE_FINAL_TYPE (AtelierSketch, atelier_sketch, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TOOL,
  PROP_BRUSH_SIZE,
  PROP_GREY,
  PROP_SOFTNESS,
  PROP_MIRRORS,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_IS_EMPTY,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_all_zero (const guint8 *pixels,
             gsize         n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    if (pixels[i] != 0)
      return FALSE;
  return TRUE;
}

static void
announce_change (AtelierSketch *self)
{
  gboolean was_empty = self->is_empty;

  self->is_empty = is_all_zero (atelier_sketch_get_pixels (self), self->n_pixels);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (was_empty != self->is_empty)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_EMPTY]);
}

static void
notify_steps (AtelierSketch *self,
              gboolean       could_undo,
              gboolean       could_redo)
{
  if (could_undo != atelier_sketch_get_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (could_redo != atelier_sketch_get_can_redo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

/* Makes @before, the pixels from before a change, a step of undo. */
static void
record_step (AtelierSketch *self,
             const guint8  *before)
{
  gboolean could_undo = atelier_sketch_get_can_undo (self);
  gboolean could_redo = atelier_sketch_get_can_redo (self);

  atelier_sketch_past_record (self->past, before, self->fits);
  notify_steps (self, could_undo, could_redo);
}

typedef gboolean (*Travel) (AtelierSketchPast *past, guint8 *pixels, gboolean *flag);

static void
travel (AtelierSketch *self,
        Travel         to)
{
  gboolean could_undo, could_redo;

  atelier_sketch_end_stroke (self);
  could_undo = atelier_sketch_get_can_undo (self);
  could_redo = atelier_sketch_get_can_redo (self);
  if (!to (self->past, atelier_sketch_canvas_get_pixels (self->canvas), &self->fits))
    return;
  notify_steps (self, could_undo, could_redo);
  announce_change (self);
}

/* Sets all pixels as one step. */
static void
replace_pixels (AtelierSketch *self,
                const guint8  *pixels)
{
  guint8 *own = atelier_sketch_canvas_get_pixels (self->canvas);
  g_autofree guint8 *before = NULL;

  atelier_sketch_end_stroke (self);
  if (memcmp (own, pixels, self->n_pixels) == 0)
    return;
  before = g_memdup2 (own, self->n_pixels);
  memcpy (own, pixels, self->n_pixels);
  record_step (self, before);
  announce_change (self);
}

static void
atelier_sketch_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  AtelierSketch *self = ATELIER_SKETCH (object);

  switch (prop_id)
    {
    case PROP_TOOL:
      g_value_set_int (value, self->brush.tool);
      break;
    case PROP_BRUSH_SIZE:
      g_value_set_double (value, self->brush.size);
      break;
    case PROP_GREY:
      g_value_set_int (value, (int) self->brush.grey);
      break;
    case PROP_SOFTNESS:
      g_value_set_double (value, self->brush.softness);
      break;
    case PROP_MIRRORS:
      g_value_set_boolean (value, self->brush.mirrors);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, atelier_sketch_get_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, atelier_sketch_get_can_redo (self));
      break;
    case PROP_IS_EMPTY:
      g_value_set_boolean (value, self->is_empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
atelier_sketch_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  AtelierSketch *self = ATELIER_SKETCH (object);

  switch (prop_id)
    {
    case PROP_TOOL:
      atelier_sketch_set_tool (self, (AtelierTool) g_value_get_int (value));
      break;
    case PROP_BRUSH_SIZE:
      atelier_sketch_set_brush_size (self, g_value_get_double (value));
      break;
    case PROP_GREY:
      atelier_sketch_set_grey (self, (guint) g_value_get_int (value));
      break;
    case PROP_SOFTNESS:
      atelier_sketch_set_softness (self, g_value_get_double (value));
      break;
    case PROP_MIRRORS:
      atelier_sketch_set_mirrors (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
atelier_sketch_finalize (GObject *object)
{
  AtelierSketch *self = ATELIER_SKETCH (object);

  atelier_sketch_canvas_free (self->canvas);
  atelier_sketch_past_free (self->past);

  G_OBJECT_CLASS (atelier_sketch_parent_class)->finalize (object);
}

static void
atelier_sketch_class_init (AtelierSketchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags settable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = atelier_sketch_get_property;
  object_class->set_property = atelier_sketch_set_property;
  object_class->finalize = atelier_sketch_finalize;

  properties[PROP_TOOL] = g_param_spec_int ("tool", NULL, NULL, ATELIER_TOOL_BRUSH,
                                            ATELIER_N_TOOLS - 1, ATELIER_TOOL_BRUSH, settable);
  properties[PROP_BRUSH_SIZE] = g_param_spec_double ("brush-size", NULL, NULL, MIN_BRUSH_SIZE,
                                                     MAX_BRUSH_SIZE, DEFAULT_BRUSH_SIZE, settable);
  properties[PROP_GREY] = g_param_spec_int ("grey", NULL, NULL, 1, 255, DEFAULT_GREY, settable);
  properties[PROP_SOFTNESS] = g_param_spec_double ("softness", NULL, NULL, 0.0, 1.0, 0.0, settable);
  properties[PROP_MIRRORS] = g_param_spec_boolean ("mirrors", NULL, NULL, FALSE, settable);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, readable);
  properties[PROP_IS_EMPTY] = g_param_spec_boolean ("is-empty", NULL, NULL, TRUE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_sketch_init (AtelierSketch *self)
{
  self->brush.tool = ATELIER_TOOL_BRUSH;
  self->brush.size = DEFAULT_BRUSH_SIZE;
  self->brush.grey = DEFAULT_GREY;
  self->is_empty = TRUE;
  self->fits = TRUE;
}

/* An empty drawing.  @width and @height are 1 to 1,024. */
AtelierSketch *
atelier_sketch_new (guint width,
                    guint height)
{
  AtelierSketch *self;

  g_return_val_if_fail (width > 0 && width <= ATELIER_SKETCH_MAX_SIDE, NULL);
  g_return_val_if_fail (height > 0 && height <= ATELIER_SKETCH_MAX_SIDE, NULL);

  self = g_object_new (ATELIER_TYPE_SKETCH, NULL);
  self->width = width;
  self->height = height;
  self->n_pixels = (gsize) width * height;
  self->canvas = atelier_sketch_canvas_new (width, height, &self->brush);
  self->past = atelier_sketch_past_new (self->n_pixels,
                                        (guint) CLAMP (MAX_UNDO_BYTES / self->n_pixels, 1,
                                                       ATELIER_SKETCH_MAX_UNDO));
  return self;
}

guint
atelier_sketch_get_width (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), 0);

  return sketch->width;
}

guint
atelier_sketch_get_height (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), 0);

  return sketch->height;
}

const guint8 *
atelier_sketch_get_pixels (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), NULL);

  return atelier_sketch_canvas_get_pixels (sketch->canvas);
}

AtelierTool
atelier_sketch_get_tool (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), ATELIER_TOOL_BRUSH);

  return sketch->brush.tool;
}

/* Like all setters of the brush: takes effect at the next stroke. */
void
atelier_sketch_set_tool (AtelierSketch *sketch,
                         AtelierTool    tool)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));
  g_return_if_fail (tool < ATELIER_N_TOOLS);

  if (sketch->brush.tool == tool)
    return;
  sketch->brush.tool = tool;
  g_object_notify_by_pspec (G_OBJECT (sketch), properties[PROP_TOOL]);
}

double
atelier_sketch_get_brush_size (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), 0.0);

  return sketch->brush.size;
}

/* The diameter in pixels of the grid; clamped to 0.5 to 14. */
void
atelier_sketch_set_brush_size (AtelierSketch *sketch,
                               double         size)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));
  g_return_if_fail (!isnan (size));

  size = CLAMP (size, MIN_BRUSH_SIZE, MAX_BRUSH_SIZE);
  if (sketch->brush.size == size)
    return;
  sketch->brush.size = size;
  g_object_notify_by_pspec (G_OBJECT (sketch), properties[PROP_BRUSH_SIZE]);
}

guint
atelier_sketch_get_grey (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), 0);

  return sketch->brush.grey;
}

/* 255 is the brightest; clamped to 1 to 255. */
void
atelier_sketch_set_grey (AtelierSketch *sketch,
                         guint          grey)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  grey = CLAMP (grey, 1, 255);
  if (sketch->brush.grey == grey)
    return;
  sketch->brush.grey = grey;
  g_object_notify_by_pspec (G_OBJECT (sketch), properties[PROP_GREY]);
}

double
atelier_sketch_get_softness (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), 0.0);

  return sketch->brush.softness;
}

/* 0 is a sharp edge; with 1 the brush fades from its middle on.  Clamped to 0 to 1. */
void
atelier_sketch_set_softness (AtelierSketch *sketch,
                             double         softness)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));
  g_return_if_fail (!isnan (softness));

  softness = CLAMP (softness, 0.0, 1.0);
  if (sketch->brush.softness == softness)
    return;
  sketch->brush.softness = softness;
  g_object_notify_by_pspec (G_OBJECT (sketch), properties[PROP_SOFTNESS]);
}

gboolean
atelier_sketch_get_mirrors (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), FALSE);

  return sketch->brush.mirrors;
}

/* Takes effect at the next stroke; a stroke in progress is ended. */
void
atelier_sketch_set_mirrors (AtelierSketch *sketch,
                            gboolean       mirrors)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  if (sketch->brush.mirrors == mirrors)
    return;
  atelier_sketch_end_stroke (sketch);
  sketch->brush.mirrors = mirrors;
  g_object_notify_by_pspec (G_OBJECT (sketch), properties[PROP_MIRRORS]);
}

gboolean
atelier_sketch_get_can_undo (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), FALSE);

  return atelier_sketch_past_can_undo (sketch->past);
}

gboolean
atelier_sketch_get_can_redo (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), FALSE);

  return atelier_sketch_past_can_redo (sketch->past);
}

gboolean
atelier_sketch_get_is_empty (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), TRUE);

  return sketch->is_empty;
}

gboolean
atelier_sketch_get_fits (AtelierSketch *sketch)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH (sketch), TRUE);

  return sketch->fits;
}

/* Sets it for the present drawing only; undo restores the earlier value. */
void
atelier_sketch_set_fits (AtelierSketch *sketch,
                         gboolean       fits)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  sketch->fits = fits;
}

/* Sets it also for the steps of undo and redo, up to the first that already has the value, so that
 * undoing a stroke does not undo what a person chose after it. */
void
atelier_sketch_choose_fits (AtelierSketch *sketch,
                            gboolean       fits)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  if (sketch->fits == fits)
    return;
  sketch->fits = fits;
  atelier_sketch_past_set_flag (sketch->past, fits);
}

/* The brush paints a dot.  A stroke in progress is ended first.  Points may lie outside the grid; a
 * point that is not finite is ignored. */
void
atelier_sketch_begin_stroke (AtelierSketch *sketch,
                             double         x,
                             double         y,
                             double         pressure)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  atelier_sketch_end_stroke (sketch);
  if (atelier_sketch_canvas_begin_stroke (sketch->canvas, x, y, pressure))
    announce_change (sketch);
}

/* The brush paints from the last point to this one.  Does nothing if no stroke is in progress (a
 * gesture may report motion after its stroke was cancelled). */
void
atelier_sketch_continue_stroke (AtelierSketch *sketch,
                                double         x,
                                double         y,
                                double         pressure)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  if (atelier_sketch_canvas_continue_stroke (sketch->canvas, x, y, pressure))
    announce_change (sketch);
}

/* Makes the stroke a step of undo, unless it changed nothing. */
void
atelier_sketch_end_stroke (AtelierSketch *sketch)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  if (atelier_sketch_canvas_end_stroke (sketch->canvas))
    record_step (sketch, atelier_sketch_canvas_get_before (sketch->canvas));
}

void
atelier_sketch_cancel_stroke (AtelierSketch *sketch)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  if (atelier_sketch_canvas_cancel_stroke (sketch->canvas))
    announce_change (sketch);
}

void
atelier_sketch_clear (AtelierSketch *sketch)
{
  g_autofree guint8 *black = NULL;

  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  black = g_malloc0 (sketch->n_pixels);
  replace_pixels (sketch, black);
}

void
atelier_sketch_set_pixels (AtelierSketch *sketch,
                           const guint8  *pixels)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));
  g_return_if_fail (pixels != NULL);

  replace_pixels (sketch, pixels);
}

/* One step of undo; does nothing if no pixel would change. */
void
atelier_sketch_shift (AtelierSketch *sketch,
                      int            dx,
                      int            dy)
{
  const int limit = ATELIER_SKETCH_MAX_SIDE;
  g_autofree guint8 *shifted = NULL;

  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  atelier_sketch_end_stroke (sketch);
  shifted = g_malloc (sketch->n_pixels);
  atelier_sketch_shift_pixels (shifted, atelier_sketch_get_pixels (sketch), sketch->width,
                               sketch->height, CLAMP (dx, -limit, limit),
                               CLAMP (dy, -limit, limit));
  replace_pixels (sketch, shifted);
}

/* A stroke in progress is ended first, and then undone. */
void
atelier_sketch_undo (AtelierSketch *sketch)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  travel (sketch, atelier_sketch_past_undo);
}

void
atelier_sketch_redo (AtelierSketch *sketch)
{
  g_return_if_fail (ATELIER_IS_SKETCH (sketch));

  travel (sketch, atelier_sketch_past_redo);
}
