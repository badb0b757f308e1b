/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPen on cairo.
 *
 * Shapes are painted with the operator SOURCE: where two shapes of the same grey overlap, it leaves
 * no seam, while OVER would leave one on an alpha surface.  Creases are painted with DEST_OUT,
 * which can only remove ink.  Clipping to the garment was rejected: it takes longer than the
 * drawing.
 */

#include "config.h"

#include "data/atelier-pen.h"

#include "nn.h"

guint32
atelier_pen_roll (AtelierPen *pen)
{
  return nn_random (pen->seed, NN_RANDOM_PICTURES, pen->stream, pen->counter++);
}

double
atelier_pen_vary (AtelierPen *pen,
                  double      low,
                  double      high)
{
  return low + (high - low) * (atelier_pen_roll (pen) * 0x1p-32);
}

gboolean
atelier_pen_happens (AtelierPen *pen,
                     double      probability)
{
  return atelier_pen_roll (pen) * 0x1p-32 < probability;
}

void
atelier_pen_measure (AtelierPen         *pen,
                     const AtelierRange *ranges,
                     guint               n_measures,
                     double             *measures)
{
  for (guint i = 0; i < n_measures; i++)
    measures[i] = atelier_pen_vary (pen, ranges[i].low, ranges[i].high);
}

void
atelier_pen_fill (AtelierPen *pen,
                  double      grey)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, CLAMP (grey, 0, 1));
  cairo_fill (pen->cr);
}

void
atelier_pen_stroke (AtelierPen *pen,
                    double      width,
                    double      grey)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, CLAMP (grey, 0, 1));
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
}

void
atelier_pen_crease (AtelierPen *pen,
                    double      width,
                    double      share)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_DEST_OUT);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, CLAMP (share, 0, 1));
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
}

void
atelier_pen_crease_line (AtelierPen *pen,
                         double      x1,
                         double      y1,
                         double      x2,
                         double      y2,
                         double      width,
                         double      share)
{
  cairo_move_to (pen->cr, x1, y1);
  cairo_line_to (pen->cr, x2, y2);
  atelier_pen_crease (pen, width, share);
}

void
atelier_pen_crease_stripes (AtelierPen *pen,
                            gboolean    is_upright)
{
  const double side = ATELIER_PEN_SIDE;
  const double distance = atelier_pen_vary (pen, 2.2, 6.0);
  const double share = atelier_pen_vary (pen, 0.15, 0.6);
  const double width = distance * atelier_pen_vary (pen, 0.25, 0.5);
  const double start = atelier_pen_vary (pen, -distance, 0);

  for (double at = start; at < side; at += distance)
    {
      cairo_move_to (pen->cr, is_upright ? at - side / 2 : -side, is_upright ? 0 : at);
      cairo_line_to (pen->cr, is_upright ? at - side / 2 : side, is_upright ? side : at);
    }
  atelier_pen_crease (pen, width, share);
}

void
atelier_pen_crease_pattern (AtelierPen *pen)
{
  const double kind = atelier_pen_vary (pen, 0, 1);

  if (kind < 0.22)
    atelier_pen_crease_stripes (pen, FALSE);
  if (kind > 0.16 && kind < 0.28)
    atelier_pen_crease_stripes (pen, TRUE);
}

void
atelier_pen_crease_folds (AtelierPen *pen,
                          double      half_width,
                          double      top,
                          double      bottom)
{
  const guint n_folds = (guint) atelier_pen_vary (pen, 0, 4);

  for (guint i = 0; i < n_folds; i++)
    {
      const double x = atelier_pen_vary (pen, -half_width, half_width);
      const double lean = atelier_pen_vary (pen, -1.5, 1.5);
      const double start = atelier_pen_vary (pen, top, bottom);
      const double share = atelier_pen_vary (pen, 0.08, 0.25);

      atelier_pen_crease_line (pen, x, start, x + lean, bottom, 1.2, share);
    }
}

gboolean
atelier_pen_has_drawn (AtelierPen *pen)
{
  return cairo_status (pen->cr) == CAIRO_STATUS_SUCCESS
         && cairo_surface_status (cairo_get_target (pen->cr)) == CAIRO_STATUS_SUCCESS;
}
