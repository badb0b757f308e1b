/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The five garments for the upper body, all drawn from one pattern.
 *
 * A table of ranges gives the measures of each class; each class then adds its seams.  The common
 * pattern is intended: the classes differ as real garments do, in sleeves, collar, front and
 * length, and a network sometimes confuses them.  Those mistakes are what the program lets people
 * study.
 */

#include "config.h"

#include "data/atelier-garment.h"

#include <math.h>

/* In pixels.  Below SHORTEST_SLEEVE a garment has no sleeves; from LONG_SLEEVE on they hang down
 * along the body. */
#define SHORTEST_SLEEVE 2.5
#define LONG_SLEEVE 10.0

/* In pixels; widths are measured from the middle. */
typedef enum
{
  TOP,
  NECK,
  NECK_DEPTH,
  SHOULDER,
  CHEST,
  WAIST,
  HEM,
  BOTTOM,
  SLEEVE, /* length */
  SPREAD, /* the angle between sleeve and body, in radians */
  CUFF,   /* the width of the sleeve's end */
  N_TOP_MEASURES
} TopMeasure;

static const AtelierRange t_shirt_ranges[N_TOP_MEASURES] = {
  [TOP] = { 1.0, 3.5 },
  [NECK] = { 2.4, 4.2 },
  [NECK_DEPTH] = { 1.0, 3.5 },
  [SHOULDER] = { 7.0, 8.8 },
  [CHEST] = { 6.2, 8.0 },
  [WAIST] = { 5.8, 7.8 },
  [HEM] = { 6.2, 8.4 },
  [BOTTOM] = { 23.0, 27.5 },
  [SLEEVE] = { 4.0, 8.0 },
  [SPREAD] = { 0.45, 0.95 },
  [CUFF] = { 3.2, 5.0 },
};

static const AtelierRange pullover_ranges[N_TOP_MEASURES] = {
  [TOP] = { 1.0, 3.0 },
  [NECK] = { 2.0, 3.6 },
  [NECK_DEPTH] = { 0.6, 2.2 },
  [SHOULDER] = { 6.4, 8.0 },
  [CHEST] = { 5.6, 7.2 },
  [WAIST] = { 5.4, 7.2 },
  [HEM] = { 5.2, 7.2 },
  [BOTTOM] = { 22.0, 27.0 },
  [SLEEVE] = { 15.0, 21.0 },
  [SPREAD] = { 0.12, 0.34 },
  [CUFF] = { 2.2, 3.4 },
};

static const AtelierRange dress_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.4, 1.8 },
  [NECK] = { 1.4, 2.8 },
  [NECK_DEPTH] = { 1.0, 4.0 },
  [SHOULDER] = { 2.8, 4.6 },
  [CHEST] = { 3.0, 4.6 },
  [WAIST] = { 2.4, 4.2 },
  [HEM] = { 4.0, 8.5 },
  [BOTTOM] = { 26.0, 27.8 },
  [SLEEVE] = { 0.0, 14.0 },
  [SPREAD] = { 0.12, 0.40 },
  [CUFF] = { 1.4, 2.4 },
};

static const AtelierRange coat_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.6, 2.2 },
  [NECK] = { 1.8, 3.2 },
  [NECK_DEPTH] = { 1.5, 5.0 },
  [SHOULDER] = { 6.2, 7.8 },
  [CHEST] = { 5.4, 7.0 },
  [WAIST] = { 5.0, 6.8 },
  [HEM] = { 5.6, 8.0 },
  [BOTTOM] = { 25.5, 27.8 },
  [SLEEVE] = { 16.0, 21.0 },
  [SPREAD] = { 0.10, 0.28 },
  [CUFF] = { 2.4, 3.6 },
};

static const AtelierRange shirt_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.8, 2.8 },
  [NECK] = { 1.6, 3.0 },
  [NECK_DEPTH] = { 1.0, 3.5 },
  [SHOULDER] = { 6.2, 8.0 },
  [CHEST] = { 5.4, 7.2 },
  [WAIST] = { 5.0, 7.0 },
  [HEM] = { 5.4, 7.6 },
  [BOTTOM] = { 24.0, 27.6 },
  [SLEEVE] = { 7.0, 20.0 },
  [SPREAD] = { 0.14, 0.42 },
  [CUFF] = { 2.2, 3.6 },
};

static void
fill_body (AtelierPen   *pen,
           const double *m)
{
  cairo_t *cr = pen->cr;
  const double shoulder_y = m[TOP] + 1.6;
  const double armpit = m[TOP] + 7;
  const double middle = m[TOP] + 0.55 * (m[BOTTOM] - m[TOP]);

  cairo_move_to (cr, -m[NECK], m[TOP]);
  cairo_curve_to (cr, -0.7 * m[NECK], m[TOP] + m[NECK_DEPTH],
                  0.7 * m[NECK], m[TOP] + m[NECK_DEPTH], m[NECK], m[TOP]);
  cairo_line_to (cr, m[SHOULDER], shoulder_y);
  cairo_line_to (cr, m[CHEST], armpit);
  cairo_curve_to (cr, m[CHEST], armpit + 2, m[WAIST], middle - 2, m[WAIST], middle);
  cairo_line_to (cr, m[HEM], m[BOTTOM]);
  cairo_curve_to (cr, 0.5 * m[HEM], m[BOTTOM] + 0.5,
                  -0.5 * m[HEM], m[BOTTOM] + 0.5, -m[HEM], m[BOTTOM]);
  cairo_line_to (cr, -m[WAIST], middle);
  cairo_curve_to (cr, -m[WAIST], middle - 2, -m[CHEST], armpit + 2, -m[CHEST], armpit);
  cairo_line_to (cr, -m[SHOULDER], shoulder_y);
  cairo_close_path (cr);
  atelier_pen_fill (pen, pen->grey);
}

/* @side is -1 for the left sleeve and 1 for the right. */
static void
fill_sleeve (AtelierPen   *pen,
             const double *m,
             double        side)
{
  cairo_t *cr = pen->cr;
  const double angle = m[SPREAD] + atelier_pen_vary (pen, -0.05, 0.05);
  const double elbow = 0.5 * m[SLEEVE] * atelier_pen_vary (pen, 0.0, 0.12);
  const double shoulder_y = m[TOP] + 1.6;
  const double x = m[SHOULDER] + m[SLEEVE] * sin (angle);
  const double y = shoulder_y + m[SLEEVE] * cos (angle);

  cairo_move_to (cr, side * (m[SHOULDER] - 1.5), m[TOP] + 1.0);
  cairo_curve_to (cr, side * (m[SHOULDER] + 0.8), shoulder_y,
                  side * (0.5 * (m[SHOULDER] + x) + elbow), 0.5 * (shoulder_y + y), side * x, y);
  cairo_line_to (cr, side * (x - m[CUFF] * cos (angle)), y + m[CUFF] * sin (angle));
  cairo_line_to (cr, side * m[CHEST], m[TOP] + 8);
  cairo_line_to (cr, side * (m[CHEST] - 2), m[TOP] + 5);
  cairo_close_path (cr);
  atelier_pen_fill (pen, pen->grey);
}

/* The same line on both sides. */
static void
crease_both (AtelierPen *pen,
             double      x1,
             double      y1,
             double      x2,
             double      y2,
             double      width,
             double      share)
{
  atelier_pen_crease_line (pen, -x1, y1, -x2, y2, width, share);
  atelier_pen_crease_line (pen, x1, y1, x2, y2, width, share);
}

/* Draws body, sleeves, the shadow between them, folds and pattern. */
static void
sew_top (AtelierPen   *pen,
         const double *m)
{
  const double shadow = atelier_pen_vary (pen, 0.1, 0.5);

  fill_body (pen, m);
  if (m[SLEEVE] >= SHORTEST_SLEEVE)
    {
      fill_sleeve (pen, m, -1);
      fill_sleeve (pen, m, 1);
      crease_both (pen, m[SHOULDER] - 0.8, m[TOP] + 2, m[CHEST], m[TOP] + 9, 0.9, shadow);
    }
  /* Only its shadow separates a hanging sleeve from the body. */
  if (m[SLEEVE] >= LONG_SLEEVE)
    crease_both (pen, m[CHEST] + 0.2, m[TOP] + 8.5, m[WAIST] + 0.6, m[BOTTOM], 1.1, shadow + 0.4);
  atelier_pen_crease_folds (pen, m[WAIST] - 1, m[TOP] + 8, m[BOTTOM] - 1);
  atelier_pen_crease_pattern (pen);
}

static void
sew_collar (AtelierPen   *pen,
            const double *m,
            double        size)
{
  const double grey = pen->grey + atelier_pen_vary (pen, -0.2, 0.2);
  const double corner_x = m[NECK] + 0.6 * size;
  const double corner_y = m[TOP] + size;
  const double tip_y = m[TOP] + m[NECK_DEPTH] + 0.6 * size;

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (pen->cr, side * m[NECK], m[TOP] - 0.4);
      cairo_line_to (pen->cr, side * corner_x, corner_y);
      cairo_line_to (pen->cr, side * 0.3, tip_y);
      cairo_close_path (pen->cr);
      atelier_pen_fill (pen, grey);
    }
  crease_both (pen, corner_x, corner_y, 0.3, tip_y, 0.7, 0.35);
}

static void
sew_buttons (AtelierPen *pen,
             double      x,
             double      top,
             double      bottom,
             double      share)
{
  const double distance = atelier_pen_vary (pen, 2.6, 4.2);

  for (double y = top + 1; y < bottom; y += distance)
    atelier_pen_crease_line (pen, x - 0.5, y, x + 0.5, y, 1.0, share);
}

/* A line across the body, for a belt or ribs. */
static void
sew_band (AtelierPen   *pen,
          const double *m,
          double        y,
          double        widest)
{
  const double width = atelier_pen_vary (pen, 0.7, widest);
  const double share = atelier_pen_vary (pen, 0.1, 0.6);

  atelier_pen_crease_line (pen, -m[HEM], y, m[HEM], y, width, share);
}

static void
print_chest (AtelierPen   *pen,
             const double *m)
{
  const double half = atelier_pen_vary (pen, 1.5, 3.5);
  const double y = m[TOP] + atelier_pen_vary (pen, 6, 10);
  const double height = atelier_pen_vary (pen, 1.5, 5);
  const double contrast = atelier_pen_vary (pen, 0.2, 0.5);

  cairo_rectangle (pen->cr, -half, y, 2 * half, height);
  atelier_pen_fill (pen, pen->grey + (pen->grey > 0.6 ? -contrast : contrast));
}

void
atelier_garment_draw_t_shirt (AtelierPen *pen)
{
  double m[N_TOP_MEASURES];

  atelier_pen_measure (pen, t_shirt_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);
  if (atelier_pen_happens (pen, 0.25))
    print_chest (pen, m);
}

void
atelier_garment_draw_pullover (AtelierPen *pen)
{
  double m[N_TOP_MEASURES];

  atelier_pen_measure (pen, pullover_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);

  /* Ribs at the hem and at the neck. */
  sew_band (pen, m, m[BOTTOM] - 1.8, 1.0);
  cairo_move_to (pen->cr, -m[NECK] - 0.9, m[TOP]);
  cairo_curve_to (pen->cr, -0.7 * m[NECK], m[TOP] + m[NECK_DEPTH] + 1.2,
                  0.7 * m[NECK], m[TOP] + m[NECK_DEPTH] + 1.2, m[NECK] + 0.9, m[TOP]);
  atelier_pen_crease (pen, 0.7, atelier_pen_vary (pen, 0.1, 0.5));
}

void
atelier_garment_draw_dress (AtelierPen *pen)
{
  double m[N_TOP_MEASURES];

  atelier_pen_measure (pen, dress_ranges, N_TOP_MEASURES, m);
  if (atelier_pen_happens (pen, 0.55))
    m[SLEEVE] = 0;
  sew_top (pen, m);
  if (atelier_pen_happens (pen, 0.5))
    {
      const double waist = atelier_pen_vary (pen, 0.34, 0.5);

      sew_band (pen, m, m[TOP] + (m[BOTTOM] - m[TOP]) * waist, 1.8);
    }
}

void
atelier_garment_draw_coat (AtelierPen *pen)
{
  double m[N_TOP_MEASURES];
  double x, lean, width, share;

  atelier_pen_measure (pen, coat_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);

  /* The opening, from the collar down. */
  x = atelier_pen_vary (pen, -1.2, 1.2);
  lean = atelier_pen_vary (pen, -0.5, 0.5);
  width = atelier_pen_vary (pen, 0.7, 1.6);
  share = atelier_pen_vary (pen, 0.3, 0.95);
  atelier_pen_crease_line (pen, x, m[TOP] + m[NECK_DEPTH], x + lean, m[BOTTOM] + 1, width, share);

  sew_collar (pen, m, atelier_pen_vary (pen, 1.8, 3.6));
  if (atelier_pen_happens (pen, 0.4))
    sew_buttons (pen, x + 1.7, m[TOP] + 9, m[BOTTOM] - 5, 0.6);
  if (atelier_pen_happens (pen, 0.5))
    crease_both (pen, 2.4, m[BOTTOM] - 8, 5, m[BOTTOM] - 8.8, 0.9, 0.45); /* pockets */
}

void
atelier_garment_draw_shirt (AtelierPen *pen)
{
  double m[N_TOP_MEASURES];
  double front, share;

  atelier_pen_measure (pen, shirt_ranges, N_TOP_MEASURES, m);
  if (m[SLEEVE] < LONG_SLEEVE)
    {
      /* Short sleeves are wider and point further away from the body. */
      m[SPREAD] += 0.25;
      m[CUFF] += 0.8;
    }
  sew_top (pen, m);

  front = m[TOP] + m[NECK_DEPTH] + 1;
  sew_collar (pen, m, atelier_pen_vary (pen, 1.2, 2.4));
  share = atelier_pen_vary (pen, 0.1, 0.4);
  atelier_pen_crease_line (pen, 0.4, front, 0.4, m[BOTTOM], 0.6, share);
  share = atelier_pen_vary (pen, 0.1, 0.6);
  sew_buttons (pen, 0, front, m[BOTTOM] - 2, share);
}
