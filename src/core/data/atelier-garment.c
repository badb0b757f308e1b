/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trousers, shoes and bags.
 *
 * Shoes are seen from the side and point to the left, as nearly all do in Fashion-MNIST.  Some
 * classes look alike on purpose: high sneakers and low boots, wedge sandals and flat sneakers.
 * Heights are measured from the ground, so that a shoe keeps its shape at any position.
 */

#include "config.h"

#include "data/atelier-garment.h"

void
atelier_garment_draw_trouser (AtelierPen *pen)
{
  cairo_t *cr = pen->cr;
  const double top = atelier_pen_vary (pen, 0.4, 1.6);
  const double waist = atelier_pen_vary (pen, 3.2, 5.0);
  const double hip = waist + atelier_pen_vary (pen, 0.2, 1.4);
  const double crotch = atelier_pen_vary (pen, 8.0, 12.0);
  const double bottom = atelier_pen_vary (pen, 25.5, 27.8);
  const double gap = atelier_pen_vary (pen, 0.1, 2.6);
  const double leg = gap + atelier_pen_vary (pen, 2.2, 3.8);
  const double belt = atelier_pen_vary (pen, 0.1, 0.5);
  const double between = atelier_pen_vary (pen, 0.2, 0.8);

  cairo_move_to (cr, -waist, top);
  cairo_line_to (cr, waist, top);
  cairo_curve_to (cr, hip, top + 2, hip, crotch - 2, hip, crotch);
  cairo_line_to (cr, leg, bottom);
  cairo_line_to (cr, gap, bottom);
  cairo_line_to (cr, 0, crotch);
  cairo_line_to (cr, -gap, bottom);
  cairo_line_to (cr, -leg, bottom);
  cairo_line_to (cr, -hip, crotch);
  cairo_curve_to (cr, -hip, crotch - 2, -hip, top + 2, -waist, top);
  atelier_pen_fill (pen, pen->grey);

  atelier_pen_crease_line (pen, 0, top + 1.5, 0, crotch, 0.8, 0.5 * between);
  atelier_pen_crease_line (pen, 0, crotch, 0, bottom, 0.9, between);
  atelier_pen_crease_line (pen, -waist - 1, top + 1.5, waist + 1, top + 1.5, 0.7, belt);
  atelier_pen_crease_folds (pen, hip - 1, crotch, bottom);
  if (atelier_pen_happens (pen, 0.1))
    atelier_pen_crease_stripes (pen, atelier_pen_happens (pen, 0.5));
}

/* The sole: flat, with a heel, or a wedge that is filled below the arch.  Returns the height of its
 * upper side at the heel. */
static double
fill_sandal_sole (AtelierPen *pen,
                  double      ground,
                  double      heel)
{
  cairo_t *cr = pen->cr;
  const double sole = ground - atelier_pen_vary (pen, 1.2, 2.4);
  const double arch = ground - heel * atelier_pen_vary (pen, 0.0, 0.9);

  cairo_move_to (cr, -13.2, sole);
  cairo_curve_to (cr, -5, sole, 0, sole - heel, 12.5, sole - heel);
  cairo_line_to (cr, 12.5, ground);
  cairo_line_to (cr, 9.5, ground);
  cairo_curve_to (cr, 6, arch, 0, ground, -4, ground);
  cairo_line_to (cr, -13.2, ground);
  cairo_close_path (cr);
  atelier_pen_fill (pen, pen->grey);
  return sole - heel;
}

/* Curved straps over the toes and the instep, one behind the other. */
static void
stroke_straps (AtelierPen *pen,
               double      toe_y,
               double      heel_y)
{
  const guint n_straps = (guint) atelier_pen_vary (pen, 2, 5);
  double x = atelier_pen_vary (pen, -11, -9);

  for (guint i = 0; i < n_straps; i++)
    {
      const double reach = atelier_pen_vary (pen, 3, 6);
      const double height = atelier_pen_vary (pen, 4, 7);
      const double width = atelier_pen_vary (pen, 0.9, 2.2);
      const double grey = pen->grey + atelier_pen_vary (pen, -0.15, 0.15);
      const double y = toe_y + (heel_y - toe_y) * CLAMP ((x + 9) / 18, 0, 1);

      cairo_move_to (pen->cr, x, 0.5 * (toe_y + y));
      cairo_curve_to (pen->cr, x, y - height, x + reach, y - height, x + reach, y);
      atelier_pen_stroke (pen, width, grey);
      x += atelier_pen_vary (pen, 3, 6);
    }
}

/* A strap from the heel around the ankle and down to the instep. */
static void
stroke_ankle_strap (AtelierPen *pen,
                    double      toe_y,
                    double      heel_y)
{
  const double top = heel_y - atelier_pen_vary (pen, 5, 9);
  const double front = atelier_pen_vary (pen, -1, 3);
  const double width = atelier_pen_vary (pen, 0.9, 1.8);

  cairo_move_to (pen->cr, 12, heel_y + 0.5);
  cairo_curve_to (pen->cr, 12.6, heel_y - 3, 12.4, top + 1, 11.4, top);
  cairo_curve_to (pen->cr, 9, top + 1.5, front + 3, top + 1, front, 0.6 * heel_y + 0.4 * toe_y);
  atelier_pen_stroke (pen, width, pen->grey);
}

void
atelier_garment_draw_sandal (AtelierPen *pen)
{
  const gboolean is_high = atelier_pen_happens (pen, 0.5);
  const double ground = atelier_pen_vary (pen, 18.5, 24);
  const double heel = is_high ? atelier_pen_vary (pen, 4.5, 9.5) : atelier_pen_vary (pen, 0, 3);
  const double heel_y = fill_sandal_sole (pen, ground, heel);

  stroke_straps (pen, heel_y + heel, heel_y);
  if (atelier_pen_happens (pen, 0.6))
    stroke_ankle_strap (pen, heel_y + heel, heel_y);
}

/* The edge of the sole, in another grey. */
static void
fill_sneaker_sole (AtelierPen *pen,
                   double      ground,
                   double      sole)
{
  const double grey = pen->grey + atelier_pen_vary (pen, -0.45, 0.45);

  cairo_move_to (pen->cr, -12.6, sole);
  cairo_line_to (pen->cr, 13, sole);
  cairo_line_to (pen->cr, 13, ground);
  cairo_line_to (pen->cr, -12, ground);
  cairo_close_path (pen->cr);
  atelier_pen_fill (pen, MAX (grey, 0.2));
}

void
atelier_garment_draw_sneaker (AtelierPen *pen)
{
  cairo_t *cr = pen->cr;
  const double ground = atelier_pen_vary (pen, 18, 22.5);
  const double top = ground - atelier_pen_vary (pen, 7.5, 12.5);
  const double toe = ground - atelier_pen_vary (pen, 2.6, 4.6);
  const double tongue = atelier_pen_vary (pen, 1, 5.5);
  const double opening = top + 1 + atelier_pen_vary (pen, 0.5, 3);
  const double sole = ground - atelier_pen_vary (pen, 1.2, 2.6);
  const double share = atelier_pen_vary (pen, 0.1, 0.6);

  cairo_move_to (cr, -12, ground);
  cairo_curve_to (cr, -14.2, ground, -14, toe, -10, toe - 0.8);
  cairo_curve_to (cr, -5, toe - 1.5, tongue - 4, top + 3, tongue, top);
  cairo_curve_to (cr, tongue + 2, opening, 10, opening, 12.4, top + 0.6);
  cairo_curve_to (cr, 12, 0.4 * ground + 0.6 * top, 13.4, ground - 3, 13, ground);
  cairo_close_path (cr);
  atelier_pen_fill (pen, pen->grey);
  fill_sneaker_sole (pen, ground, sole);

  /* Laces, and in half of the pictures two stripes at the side. */
  for (guint i = 0; i < 3; i++)
    atelier_pen_crease_line (pen, tongue - 1.6 - 2.1 * i, top + 1.2 + 1.2 * i,
                             tongue + 0.4 - 2.1 * i, top + 3.6 + 1.2 * i, 0.7, share);
  if (atelier_pen_happens (pen, 0.5))
    {
      const double lean = atelier_pen_vary (pen, -2.5, 2.5);
      const double high = 0.3 * ground + 0.7 * top;

      atelier_pen_crease_line (pen, 3, sole, 3 + lean, high, 0.9, share);
      atelier_pen_crease_line (pen, 5.4, sole, 5.4 + lean, high, 0.9, share);
    }
}

static void
stroke_handle (AtelierPen *pen,
               double      half_bag,
               double      bag_top)
{
  const double half = half_bag * atelier_pen_vary (pen, 0.35, 0.9);
  const double top = atelier_pen_vary (pen, -2, 3);
  const double width = atelier_pen_vary (pen, 0.8, 1.8);

  cairo_move_to (pen->cr, -half, bag_top + 1);
  cairo_curve_to (pen->cr, -half, top, half, top, half, bag_top + 1);
  atelier_pen_stroke (pen, width, 0.85 * pen->grey);
}

static void
crease_flap (AtelierPen *pen,
             double      half,
             double      edge)
{
  const double sag = atelier_pen_vary (pen, 0, 3);
  const double share = atelier_pen_vary (pen, 0.25, 0.7);

  cairo_move_to (pen->cr, -half - 1, edge - sag);
  cairo_curve_to (pen->cr, -0.5 * half, edge + sag, 0.5 * half, edge + sag, half + 1, edge - sag);
  atelier_pen_crease (pen, 0.9, share);
  /* The clasp. */
  atelier_pen_crease_line (pen, -0.8, edge + sag, 0.8, edge + sag, 1.6, share);
}

void
atelier_garment_draw_bag (AtelierPen *pen)
{
  cairo_t *cr = pen->cr;
  const double top = atelier_pen_vary (pen, 7, 13.5);
  const double bottom = atelier_pen_vary (pen, 21.5, 27.4);
  const double half_top = atelier_pen_vary (pen, 7, 12.5);
  const double half_bottom = half_top + atelier_pen_vary (pen, -1, 2);
  const double corner = atelier_pen_vary (pen, 0.5, 3);

  if (atelier_pen_happens (pen, 0.85))
    stroke_handle (pen, half_top, top);

  cairo_move_to (cr, -half_top + corner, top);
  cairo_line_to (cr, half_top - corner, top);
  cairo_curve_to (cr, half_top, top, half_top, top, half_top, top + corner);
  cairo_line_to (cr, half_bottom, bottom - corner);
  cairo_curve_to (cr, half_bottom, bottom, half_bottom, bottom, half_bottom - corner, bottom);
  cairo_line_to (cr, -half_bottom + corner, bottom);
  cairo_curve_to (cr, -half_bottom, bottom, -half_bottom, bottom, -half_bottom, bottom - corner);
  cairo_line_to (cr, -half_top, top + corner);
  cairo_curve_to (cr, -half_top, top, -half_top, top, -half_top + corner, top);
  atelier_pen_fill (pen, pen->grey);

  if (atelier_pen_happens (pen, 0.6))
    crease_flap (pen, half_top, top + (bottom - top) * atelier_pen_vary (pen, 0.3, 0.6));
  atelier_pen_crease_pattern (pen);
}

/* The sole's seam, a zip or an elastic at the side, laces. */
static void
sew_boot (AtelierPen *pen,
          double      ground,
          double      top,
          double      ankle,
          double      ankle_y,
          double      heel)
{
  const double seam = atelier_pen_vary (pen, 0.1, 0.6);

  atelier_pen_crease_line (pen, -13, ground - 0.4 * heel - 1.2, 13, ground - heel - 1, 0.7, seam);
  if (atelier_pen_happens (pen, 0.4))
    {
      const double x = atelier_pen_vary (pen, 5, 9);
      const double width = atelier_pen_vary (pen, 0.8, 2.4);

      atelier_pen_crease_line (pen, x, top, x + 0.6, ground - 5, width, 0.35);
    }
  if (atelier_pen_happens (pen, 0.35))
    {
      for (guint i = 0; i < 4; i++)
        atelier_pen_crease_line (pen, ankle - 0.5, ankle_y + 3 - 2 * (double) i,
                                 ankle + 2.6, ankle_y + 3.8 - 2 * (double) i, 0.7, 0.45);
    }
}

void
atelier_garment_draw_ankle_boot (AtelierPen *pen)
{
  cairo_t *cr = pen->cr;
  const double ground = atelier_pen_vary (pen, 22.5, 27.4);
  const double top = ground - atelier_pen_vary (pen, 12.5, 23);
  const double toe = ground - atelier_pen_vary (pen, 3.2, 5.6);
  const double ankle = atelier_pen_vary (pen, -1.5, 2.5);
  const double ankle_y = toe - 6;
  const double shaft = ankle + atelier_pen_vary (pen, -1.5, 1);
  const double heel = atelier_pen_vary (pen, 0.6, 4.5);
  const double heel_front = atelier_pen_vary (pen, 5, 9.5);
  const double arch = ground - heel * atelier_pen_vary (pen, 0.2, 1);

  cairo_move_to (cr, -12, ground);
  cairo_curve_to (cr, -14.2, ground, -14, toe, -10, toe - 0.6);
  cairo_curve_to (cr, -5, toe - 1.4, ankle - 1, toe - 3, ankle, ankle_y);
  cairo_line_to (cr, shaft, top);
  cairo_curve_to (cr, shaft + 3, top + 0.8, 9, top + 0.8, 12, top);
  cairo_curve_to (cr, 11.2, 0.4 * ground + 0.6 * top, 13.2, ground - 5, 12.6, ground);
  cairo_line_to (cr, heel_front, ground);
  cairo_line_to (cr, heel_front - 0.5, arch);
  cairo_curve_to (cr, heel_front - 4, arch, 0, ground, -3, ground);
  cairo_close_path (cr);
  atelier_pen_fill (pen, pen->grey);
  sew_boot (pen, ground, top, ankle, ankle_y, heel);
}
