/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stroke covers of the grid; the points of its path are not kept.
 *
 * Every pixel is divided into SAMPLES x SAMPLES points.  Each point stores the strongest coverage
 * that any part of the stroke gave it.  So a stroke is the union of its parts, and its coverage
 * depends only on the path, not on the number of pointer events.  Storing one maximum for each
 * pixel would take less memory, but would make thin strokes fainter the more events there are.
 */

#include "config.h"

#include "sketch/atelier-stroke.h"

#include <math.h>
#include <string.h>

#define SAMPLES ATELIER_STROKE_SAMPLES
/* Outside of any grid, but small enough for squared distances. */
#define MAX_COORDINATE 1e6

typedef struct
{
  double x;
  double y;
  double radius;
} BrushPoint;

struct _AtelierStroke
{
  guint      width;
  guint      height;
  double     radius;
  double     softness;
  gboolean   has_last;
  BrushPoint last;

  /* Owned */
  guint8 *samples; /* [height * SAMPLES, width * SAMPLES]; 255 is fully covered */
};

/* Half the width of the brush's soft edge.  Softness spreads the edge from radius * (1 - softness)
 * to radius * (1 + softness), so that the brush has half its strength at the radius.  A sharp edge
 * is one sample wide; covered areas are then exact to one percent. */
static double
get_edge (double radius,
          double softness)
{
  return MAX (radius * softness, 0.5 / SAMPLES);
}

/* 255 within the brush, 0 outside. */
static guint8
strength_at (double distance,
             double radius,
             double softness)
{
  double edge = get_edge (radius, softness);
  double t;

  if (radius <= 0.0 || distance >= radius + edge)
    return 0;
  if (distance <= radius - edge)
    return 255;
  t = (radius + edge - distance) / (2.0 * edge);
  return (guint8) (255.0 * t * t * (3.0 - 2.0 * t) + 0.5);
}

/* The pixels from *first to before *end on one axis that are within @reach of the path. */
static void
clip_span (double  from,
           double  to,
           double  reach,
           guint   n_pixels,
           guint  *first,
           guint  *end)
{
  *first = (guint) CLAMP (floor (MIN (from, to) - reach), 0.0, n_pixels);
  *end = (guint) CLAMP (ceil (MAX (from, to) + reach), 0.0, n_pixels);
}

static AtelierStrokeBox
bound_segment (AtelierStroke    *stroke,
               const BrushPoint *from,
               const BrushPoint *to)
{
  double radius = MAX (from->radius, to->radius);
  double reach = radius + get_edge (radius, stroke->softness);
  AtelierStrokeBox box;

  clip_span (from->x, to->x, reach, stroke->width, &box.first_x, &box.end_x);
  clip_span (from->y, to->y, reach, stroke->height, &box.first_y, &box.end_y);
  return box;
}

/* How strongly the brush covers a point on its way between two points.  The path is a capsule,
 * which tapers if the pressure changes. */
static guint8
cover_point (AtelierStroke    *stroke,
             const BrushPoint *from,
             const BrushPoint *to,
             double            x,
             double            y)
{
  double dx = to->x - from->x;
  double dy = to->y - from->y;
  double length2 = dx * dx + dy * dy;
  double along = (x - from->x) * dx + (y - from->y) * dy;
  double t = length2 > 0.0 ? CLAMP (along / length2, 0.0, 1.0) : 0.0;
  double distance = hypot (x - from->x - t * dx, y - from->y - t * dy);

  return strength_at (distance, from->radius + t * (to->radius - from->radius), stroke->softness);
}

static void
cover_segment (AtelierStroke          *stroke,
               const BrushPoint       *from,
               const BrushPoint       *to,
               const AtelierStrokeBox *box)
{
  gsize stride = (gsize) stroke->width * SAMPLES;

  for (guint i_y = box->first_y * SAMPLES; i_y < box->end_y * SAMPLES; i_y++)
    for (guint i_x = box->first_x * SAMPLES; i_x < box->end_x * SAMPLES; i_x++)
      {
        guint8 *sample = &stroke->samples[i_y * stride + i_x];
        guint8 strength = cover_point (stroke, from, to, (i_x + 0.5) / SAMPLES,
                                       (i_y + 0.5) / SAMPLES);

        *sample = MAX (*sample, strength);
      }
}

AtelierStroke *
atelier_stroke_new (guint width,
                    guint height)
{
  AtelierStroke *stroke = g_new0 (AtelierStroke, 1);

  stroke->width = width;
  stroke->height = height;
  stroke->samples = g_malloc0 ((gsize) width * height * SAMPLES * SAMPLES);
  return stroke;
}

void
atelier_stroke_free (AtelierStroke *stroke)
{
  if (stroke == NULL)
    return;
  g_free (stroke->samples);
  g_free (stroke);
}

void
atelier_stroke_begin (AtelierStroke *stroke,
                      double         size,
                      double         softness)
{
  stroke->radius = size / 2.0;
  stroke->softness = softness;
  stroke->has_last = FALSE;
  memset (stroke->samples, 0, (gsize) stroke->width * stroke->height * SAMPLES * SAMPLES);
}

AtelierStrokeBox
atelier_stroke_add (AtelierStroke *stroke,
                    double         x,
                    double         y,
                    double         pressure)
{
  BrushPoint to = {
    CLAMP (x, -MAX_COORDINATE, MAX_COORDINATE),
    CLAMP (y, -MAX_COORDINATE, MAX_COORDINATE),
    stroke->radius * CLAMP (pressure, 0.0, 1.0),
  };
  BrushPoint from = stroke->has_last ? stroke->last : to;
  AtelierStrokeBox box = bound_segment (stroke, &from, &to);

  cover_segment (stroke, &from, &to, &box);
  stroke->last = to;
  stroke->has_last = TRUE;
  return box;
}

guint
atelier_stroke_get_coverage (AtelierStroke *stroke,
                             guint          x,
                             guint          y)
{
  gsize stride = (gsize) stroke->width * SAMPLES;
  const guint8 *corner = &stroke->samples[(gsize) y * SAMPLES * stride + (gsize) x * SAMPLES];
  guint sum = 0;

  for (guint i_y = 0; i_y < SAMPLES; i_y++)
    for (guint i_x = 0; i_x < SAMPLES; i_x++)
      sum += corner[i_y * stride + i_x];
  return sum;
}
