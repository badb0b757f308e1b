/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Sketched garments", drawn with cairo on an alpha-only surface: alpha is the grey.
 *
 * Each class is a table of ranges, its measures, and a function that cuts the garment to them.  The
 * five garments for the upper body share one pattern, so that they differ as real ones do, in
 * sleeves, collar, front and length, and are now and then mistaken for one another.  Shapes are
 * filled with the operator SOURCE, which leaves no seam where two of one grey overlap; folds,
 * stripes and buttons only take ink away, so that they never leave the garment.
 *
 * Every picture has its own stream of a counter-based generator, keyed by seed, class and index: it
 * is the same in any order, number and thread of drawing.  Random values are always taken in
 * statements of their own, since C does not order the arguments of a call.
 */

#include "config.h"

#include "atelier-synthetic.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#define SIDE 28
#define N_PIXELS (SIDE * SIDE)
#define N_CLASSES 10
#define MAX_VALIDATION 5000

/* The test pictures' indices begin here, so that they do not depend on how many are for training. */
#define FIRST_TEST_IMAGE (1u << 31)

/* Streams of the generator that no picture uses: their upper half is no class. */
#define SHUFFLE_TRAIN_STREAM (G_GUINT64_CONSTANT (0x100) << 32)
#define SHUFFLE_TEST_STREAM (G_GUINT64_CONSTANT (0x101) << 32)

typedef struct
{
  guint64 seed;
  guint64 stream;
  guint64 counter;
} Dice;

/* What draws one picture.  The origin is at the top of the picture's middle column. */
typedef struct
{
  cairo_t *cr;
  Dice     dice;
  double   grey;
} Pen;

typedef struct
{
  double low;
  double high;
} Range;

/* In pixels; widths are from the middle. */
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
  SPREAD, /* the sleeve's angle with the body, in radians */
  CUFF,   /* the sleeve's width at its end */
  N_TOP_MEASURES
} TopMeasure;

static const Range t_shirt_ranges[N_TOP_MEASURES] = {
  [TOP] = { 1.0, 3.5 },      [NECK] = { 2.4, 4.2 },  [NECK_DEPTH] = { 1.0, 3.5 },
  [SHOULDER] = { 7.0, 8.8 }, [CHEST] = { 6.2, 8.0 }, [WAIST] = { 5.8, 7.8 },
  [HEM] = { 6.2, 8.4 },      [BOTTOM] = { 23, 27.5 }, [SLEEVE] = { 4.0, 8.0 },
  [SPREAD] = { 0.45, 0.95 }, [CUFF] = { 3.2, 5.0 },
};

static const Range pullover_ranges[N_TOP_MEASURES] = {
  [TOP] = { 1.0, 3.0 },      [NECK] = { 2.0, 3.6 },  [NECK_DEPTH] = { 0.6, 2.2 },
  [SHOULDER] = { 6.4, 8.0 }, [CHEST] = { 5.6, 7.2 }, [WAIST] = { 5.4, 7.2 },
  [HEM] = { 5.2, 7.2 },      [BOTTOM] = { 22, 27 },  [SLEEVE] = { 15.0, 21.0 },
  [SPREAD] = { 0.12, 0.34 }, [CUFF] = { 2.2, 3.4 },
};

static const Range coat_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.6, 2.2 },      [NECK] = { 1.8, 3.2 },  [NECK_DEPTH] = { 1.5, 5.0 },
  [SHOULDER] = { 6.2, 7.8 }, [CHEST] = { 5.4, 7.0 }, [WAIST] = { 5.0, 6.8 },
  [HEM] = { 5.6, 8.0 },      [BOTTOM] = { 25.5, 27.8 }, [SLEEVE] = { 16.0, 21.0 },
  [SPREAD] = { 0.10, 0.28 }, [CUFF] = { 2.4, 3.6 },
};

static const Range shirt_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.8, 2.8 },      [NECK] = { 1.6, 3.0 },  [NECK_DEPTH] = { 1.0, 3.5 },
  [SHOULDER] = { 6.2, 8.0 }, [CHEST] = { 5.4, 7.2 }, [WAIST] = { 5.0, 7.0 },
  [HEM] = { 5.4, 7.6 },      [BOTTOM] = { 24, 27.6 }, [SLEEVE] = { 7.0, 20.0 },
  [SPREAD] = { 0.14, 0.42 }, [CUFF] = { 2.2, 3.6 },
};

static const Range dress_ranges[N_TOP_MEASURES] = {
  [TOP] = { 0.4, 1.8 },      [NECK] = { 1.4, 2.8 },  [NECK_DEPTH] = { 1.0, 4.0 },
  [SHOULDER] = { 2.8, 4.6 }, [CHEST] = { 3.0, 4.6 }, [WAIST] = { 2.4, 4.2 },
  [HEM] = { 4.0, 8.5 },      [BOTTOM] = { 26, 27.8 }, [SLEEVE] = { 0.0, 14.0 },
  [SPREAD] = { 0.12, 0.40 }, [CUFF] = { 1.4, 2.4 },
};

/* ---- Dice ---- */

/* The finaliser of splitmix64: each bit of the key changes about half of those of the result. */
static guint64
mix (guint64 key)
{
  key += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  key = (key ^ (key >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  key = (key ^ (key >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return key ^ (key >> 31);
}

static guint32
roll (Dice *dice)
{
  return (guint32) (mix (mix (mix (dice->seed) ^ dice->stream) ^ dice->counter++) >> 32);
}

static double
vary (Pen   *pen,
      double low,
      double high)
{
  return low + (high - low) * (roll (&pen->dice) * 0x1p-32);
}

static gboolean
happens (Pen   *pen,
         double probability)
{
  return roll (&pen->dice) * 0x1p-32 < probability;
}

static void
take_measures (Pen         *pen,
               const Range *ranges,
               guint        n_measures,
               double      *measures)
{
  for (guint i = 0; i < n_measures; i++)
    measures[i] = vary (pen, ranges[i].low, ranges[i].high);
}

/* ---- Ink ---- */

/* Fills the path with @grey, whatever lay there. */
static void
fill (Pen   *pen,
      double grey)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, CLAMP (grey, 0, 1));
  cairo_fill (pen->cr);
}

/* Strokes the path with @grey, whatever lay there. */
static void
stroke (Pen   *pen,
        double width,
        double grey)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, CLAMP (grey, 0, 1));
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
}

/* Takes @share of the ink away along the path. */
static void
crease (Pen   *pen,
        double width,
        double share)
{
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_DEST_OUT);
  cairo_set_source_rgba (pen->cr, 0, 0, 0, share);
  cairo_set_line_width (pen->cr, width);
  cairo_stroke (pen->cr);
}

static void
crease_line (Pen   *pen,
             double x1,
             double y1,
             double x2,
             double y2,
             double width,
             double share)
{
  cairo_move_to (pen->cr, x1, y1);
  cairo_line_to (pen->cr, x2, y2);
  crease (pen, width, share);
}

/* Bands across the whole garment, or up and down with @is_upright. */
static void
crease_bands (Pen     *pen,
              gboolean is_upright)
{
  const double distance = vary (pen, 2.2, 6.0);
  const double share = vary (pen, 0.15, 0.6);
  const double width = distance * vary (pen, 0.25, 0.5);

  for (double at = vary (pen, -distance, 0) - SIDE / 2.0; at < 1.5 * SIDE; at += distance)
    {
      cairo_move_to (pen->cr, is_upright ? at : -SIDE, is_upright ? 0 : at);
      cairo_line_to (pen->cr, is_upright ? at : SIDE, is_upright ? SIDE : at);
    }
  crease (pen, width, share);
}

static void
crease_pattern (Pen *pen)
{
  const double kind = vary (pen, 0, 1);

  if (kind < 0.16 || kind > 0.94)
    crease_bands (pen, FALSE);
  if (kind > 0.88)
    crease_bands (pen, TRUE);
}

static void
crease_folds (Pen   *pen,
              double half_width,
              double top,
              double bottom)
{
  const guint n_folds = (guint) vary (pen, 0, 4);

  for (guint i = 0; i < n_folds; i++)
    {
      const double x = vary (pen, -half_width, half_width);
      const double lean = vary (pen, -1.5, 1.5);
      const double start = vary (pen, top, bottom);
      const double share = vary (pen, 0.08, 0.25);

      crease_line (pen, x, start, x + lean, bottom, 1.2, share);
    }
}

/* ---- The pattern of garments for the upper body ---- */

static void
fill_body (Pen          *pen,
           const double *m)
{
  cairo_t *cr = pen->cr;
  const double armpit = m[TOP] + 7;
  const double middle = m[TOP] + 0.55 * (m[BOTTOM] - m[TOP]);

  cairo_move_to (cr, -m[NECK], m[TOP]);
  cairo_curve_to (cr, -0.7 * m[NECK], m[TOP] + m[NECK_DEPTH],
                  0.7 * m[NECK], m[TOP] + m[NECK_DEPTH], m[NECK], m[TOP]);
  cairo_line_to (cr, m[SHOULDER], m[TOP] + 1.6);
  cairo_line_to (cr, m[CHEST], armpit);
  cairo_curve_to (cr, m[CHEST], armpit + 2, m[WAIST], middle - 2, m[WAIST], middle);
  cairo_line_to (cr, m[HEM], m[BOTTOM]);
  cairo_curve_to (cr, 0.5 * m[HEM], m[BOTTOM] + 0.5,
                  -0.5 * m[HEM], m[BOTTOM] + 0.5, -m[HEM], m[BOTTOM]);
  cairo_line_to (cr, -m[WAIST], middle);
  cairo_curve_to (cr, -m[WAIST], middle - 2, -m[CHEST], armpit + 2, -m[CHEST], armpit);
  cairo_line_to (cr, -m[SHOULDER], m[TOP] + 1.6);
  cairo_close_path (cr);
  fill (pen, pen->grey);
}

/* @side is -1 for the left sleeve and 1 for the right. */
static void
fill_sleeve (Pen          *pen,
             const double *m,
             double        side)
{
  cairo_t *cr = pen->cr;
  const double angle = m[SPREAD] + vary (pen, -0.05, 0.05);
  const double x = m[SHOULDER] + m[SLEEVE] * sin (angle);
  const double y = m[TOP] + 1.6 + m[SLEEVE] * cos (angle);
  const double cuff_x = m[CUFF] * cos (angle);
  const double cuff_y = m[CUFF] * sin (angle);
  const double elbow = 0.5 * m[SLEEVE] * vary (pen, 0.0, 0.12);

  cairo_move_to (cr, side * (m[SHOULDER] - 1.5), m[TOP] + 1.0);
  cairo_curve_to (cr, side * (m[SHOULDER] + 0.8), m[TOP] + 1.6,
                  side * (0.5 * (m[SHOULDER] + x) + elbow), 0.5 * (m[TOP] + 1.6 + y), side * x, y);
  cairo_line_to (cr, side * (x - cuff_x), y + cuff_y);
  cairo_line_to (cr, side * m[CHEST], m[TOP] + 8);
  cairo_line_to (cr, side * (m[CHEST] - 2), m[TOP] + 5);
  cairo_close_path (cr);
  fill (pen, pen->grey);
}

/* Body, sleeves, the shadow between them, folds and pattern. */
static void
sew_top (Pen          *pen,
         const double *m)
{
  const double shadow = vary (pen, 0.1, 0.5);

  fill_body (pen, m);
  if (m[SLEEVE] > 2.5)
    {
      fill_sleeve (pen, m, -1);
      fill_sleeve (pen, m, 1);
      crease_line (pen, -m[SHOULDER] + 0.8, m[TOP] + 2, -m[CHEST], m[TOP] + 9, 0.9, shadow);
      crease_line (pen, m[SHOULDER] - 0.8, m[TOP] + 2, m[CHEST], m[TOP] + 9, 0.9, shadow);
      /* A sleeve that hangs down is told from the body by its shadow. */
      if (m[SLEEVE] > 10)
        {
          crease_line (pen, -m[CHEST] - 0.2, m[TOP] + 8.5, -m[WAIST] - 0.6, m[BOTTOM], 1.1, shadow + 0.4);
          crease_line (pen, m[CHEST] + 0.2, m[TOP] + 8.5, m[WAIST] + 0.6, m[BOTTOM], 1.1, shadow + 0.4);
        }
    }
  crease_folds (pen, m[WAIST] - 1, m[TOP] + 8, m[BOTTOM] - 1);
  crease_pattern (pen);
}

static void
sew_collar (Pen          *pen,
            const double *m,
            double        size)
{
  const double grey = pen->grey + vary (pen, -0.2, 0.2);

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (pen->cr, side * m[NECK], m[TOP] - 0.4);
      cairo_line_to (pen->cr, side * (m[NECK] + 0.6 * size), m[TOP] + size);
      cairo_line_to (pen->cr, side * 0.3, m[TOP] + m[NECK_DEPTH] + 0.6 * size);
      cairo_close_path (pen->cr);
      fill (pen, grey);
      crease_line (pen, side * (m[NECK] + 0.6 * size), m[TOP] + size,
                   side * 0.3, m[TOP] + m[NECK_DEPTH] + 0.6 * size, 0.7, 0.35);
    }
}

static void
sew_buttons (Pen   *pen,
             double x,
             double top,
             double bottom,
             double share)
{
  const double distance = vary (pen, 2.6, 4.2);

  for (double y = top + 1; y < bottom; y += distance)
    crease_line (pen, x - 0.5, y, x + 0.5, y, 1.0, share);
}

/* ---- The ten classes ---- */

static void
draw_t_shirt (Pen *pen)
{
  double m[N_TOP_MEASURES];

  take_measures (pen, t_shirt_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);
  if (happens (pen, 0.25))
    {
      /* A print on the chest. */
      const double half = vary (pen, 1.5, 3.5);
      const double y = m[TOP] + vary (pen, 6, 10);
      const double height = vary (pen, 1.5, 5);
      const double grey = pen->grey + (pen->grey > 0.6 ? -1 : 1) * vary (pen, 0.2, 0.5);

      cairo_rectangle (pen->cr, -half, y, 2 * half, height);
      fill (pen, grey);
    }
}

static void
draw_trouser (Pen *pen)
{
  cairo_t *cr = pen->cr;
  const double top = vary (pen, 0.4, 1.6);
  const double waist = vary (pen, 3.2, 5.0);
  const double hip = waist + vary (pen, 0.2, 1.4);
  const double crotch = vary (pen, 8.0, 12.0);
  const double bottom = vary (pen, 25.5, 27.8);
  const double gap = vary (pen, 0.1, 2.6);
  const double leg = vary (pen, 2.2, 3.8);

  cairo_move_to (cr, -waist, top);
  cairo_line_to (cr, waist, top);
  cairo_curve_to (cr, hip, top + 2, hip, crotch - 2, hip, crotch);
  cairo_line_to (cr, gap + leg, bottom);
  cairo_line_to (cr, gap, bottom);
  cairo_line_to (cr, 0, crotch);
  cairo_line_to (cr, -gap, bottom);
  cairo_line_to (cr, -gap - leg, bottom);
  cairo_line_to (cr, -hip, crotch);
  cairo_curve_to (cr, -hip, crotch - 2, -hip, top + 2, -waist, top);
  fill (pen, pen->grey);

  crease_line (pen, 0, top + 1.5, 0, crotch, 0.8, 0.4);
  crease_line (pen, 0, crotch, 0, bottom, 0.9, 0.7);
  crease_line (pen, -waist - 1, top + 1.5, waist + 1, top + 1.5, 0.7, vary (pen, 0.1, 0.5));
  crease_folds (pen, hip - 1, crotch, bottom);
  if (happens (pen, 0.1))
    crease_bands (pen, happens (pen, 0.5));
}

static void
draw_pullover (Pen *pen)
{
  double m[N_TOP_MEASURES];

  take_measures (pen, pullover_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);
  /* Ribs at the hem and at the neck. */
  crease_line (pen, -m[HEM], m[BOTTOM] - 1.8, m[HEM], m[BOTTOM] - 1.8, 0.8, vary (pen, 0.1, 0.5));
  cairo_move_to (pen->cr, -m[NECK] - 0.9, m[TOP]);
  cairo_curve_to (pen->cr, -0.7 * m[NECK], m[TOP] + m[NECK_DEPTH] + 1.2,
                  0.7 * m[NECK], m[TOP] + m[NECK_DEPTH] + 1.2, m[NECK] + 0.9, m[TOP]);
  crease (pen, 0.7, vary (pen, 0.1, 0.5));
}

static void
draw_dress (Pen *pen)
{
  double m[N_TOP_MEASURES];

  take_measures (pen, dress_ranges, N_TOP_MEASURES, m);
  /* Most have no sleeves. */
  if (happens (pen, 0.55))
    m[SLEEVE] = 0;
  sew_top (pen, m);
  if (happens (pen, 0.5))
    {
      const double y = m[TOP] + (m[BOTTOM] - m[TOP]) * vary (pen, 0.34, 0.5);
      const double width = vary (pen, 0.8, 1.8);
      const double share = vary (pen, 0.2, 0.7);

      crease_line (pen, -m[HEM], y, m[HEM], y, width, share);
    }
}

static void
draw_coat (Pen *pen)
{
  double m[N_TOP_MEASURES];
  double x, lean, width, share;

  take_measures (pen, coat_ranges, N_TOP_MEASURES, m);
  sew_top (pen, m);

  /* The opening, from the collar down. */
  x = vary (pen, -1.2, 1.2);
  lean = vary (pen, -0.5, 0.5);
  width = vary (pen, 0.7, 1.6);
  share = vary (pen, 0.4, 0.95);
  crease_line (pen, x, m[TOP] + m[NECK_DEPTH], x + lean, m[BOTTOM] + 1, width, share);
  sew_collar (pen, m, vary (pen, 1.8, 3.6));
  if (happens (pen, 0.4))
    sew_buttons (pen, x + 1.7, m[TOP] + 9, m[BOTTOM] - 5, 0.6);
  if (happens (pen, 0.5))
    {
      /* Pockets. */
      crease_line (pen, 2.4, m[BOTTOM] - 8, 5, m[BOTTOM] - 8.8, 0.9, 0.45);
      crease_line (pen, -2.4, m[BOTTOM] - 8, -5, m[BOTTOM] - 8.8, 0.9, 0.45);
    }
}

static void
draw_shirt (Pen *pen)
{
  double m[N_TOP_MEASURES];

  take_measures (pen, shirt_ranges, N_TOP_MEASURES, m);
  /* Short sleeves stand off more than long ones. */
  m[SPREAD] += m[SLEEVE] < 10 ? 0.25 : 0;
  m[CUFF] += m[SLEEVE] < 10 ? 0.8 : 0;
  sew_top (pen, m);
  sew_collar (pen, m, vary (pen, 1.2, 2.4));
  crease_line (pen, 0.4, m[TOP] + m[NECK_DEPTH] + 1, 0.4, m[BOTTOM], 0.6, vary (pen, 0.1, 0.4));
  sew_buttons (pen, 0, m[TOP] + m[NECK_DEPTH] + 1, m[BOTTOM] - 2, vary (pen, 0.2, 0.7));
}

/* A sole from toe (left) to heel with a strip of another grey along the ground. */
static void
draw_sole_strip (Pen   *pen,
                 double toe,
                 double heel,
                 double ground,
                 double thickness)
{
  const double grey = pen->grey + vary (pen, -0.45, 0.45);

  cairo_move_to (pen->cr, toe + 0.6, ground - thickness);
  cairo_line_to (pen->cr, heel, ground - thickness);
  cairo_line_to (pen->cr, heel, ground);
  cairo_line_to (pen->cr, toe + 1.2, ground);
  cairo_close_path (pen->cr);
  fill (pen, MAX (grey, 0.2));
}

static void
draw_sandal (Pen *pen)
{
  cairo_t *cr = pen->cr;
  const double ground = vary (pen, 18.5, 24);
  const double sole = vary (pen, 1.2, 2.4);
  const double heel = happens (pen, 0.5) ? vary (pen, 4.5, 9.5) : vary (pen, 0, 3);
  const double arch = heel * vary (pen, 0.0, 0.9);
  const guint n_straps = (guint) vary (pen, 2, 5);
  const gboolean has_ankle_strap = happens (pen, 0.6);
  double x = vary (pen, -11, -9);

  cairo_move_to (cr, -13.2, ground - sole);
  cairo_curve_to (cr, -5, ground - sole, 0, ground - sole - heel, 12.5, ground - sole - heel);
  cairo_line_to (cr, 12.5, ground);
  cairo_line_to (cr, 9.5, ground);
  cairo_curve_to (cr, 6, ground - arch, 0, ground, -4, ground);
  cairo_line_to (cr, -13.2, ground);
  cairo_close_path (cr);
  fill (pen, pen->grey);

  for (guint i = 0; i < n_straps; i++)
    {
      const double reach = vary (pen, 3, 6);
      const double height = vary (pen, 4, 7);
      const double width = vary (pen, 0.9, 2.2);
      const double grey = pen->grey + vary (pen, -0.15, 0.15);
      const double rise = heel * CLAMP ((x + 9) / 18, 0, 1);

      cairo_move_to (cr, x, ground - sole - 0.5 * rise);
      cairo_curve_to (cr, x, ground - sole - rise - height,
                      x + reach, ground - sole - rise - height,
                      x + reach, ground - sole - rise);
      stroke (pen, width, grey);
      x += vary (pen, 3, 6);
    }
  if (has_ankle_strap)
    {
      const double top = ground - sole - heel - vary (pen, 6, 10);

      cairo_move_to (cr, 12, ground - sole - heel);
      cairo_curve_to (cr, 12.5, top, 11, top, 5, top + 1);
      stroke (pen, vary (pen, 0.9, 1.8), pen->grey);
    }
}

static void
draw_sneaker (Pen *pen)
{
  cairo_t *cr = pen->cr;
  const double ground = vary (pen, 18, 22.5);
  const double height = vary (pen, 7.5, 12.5);
  const double toe = vary (pen, 2.6, 4.6);
  const double tongue = vary (pen, 1, 5.5);
  const double dip = vary (pen, 0.5, 3);
  const double sole = vary (pen, 1.2, 2.6);
  const double share = vary (pen, 0.2, 0.6);

  cairo_move_to (cr, -12, ground);
  cairo_curve_to (cr, -14.2, ground, -14, ground - toe, -10, ground - toe - 0.8);
  cairo_curve_to (cr, -5, ground - toe - 1.5, tongue - 4, ground - height + 3, tongue, ground - height);
  cairo_curve_to (cr, tongue + 2, ground - height + dip + 1,
                  10, ground - height + dip + 1, 12.4, ground - height + 0.6);
  cairo_curve_to (cr, 12, ground - 0.6 * height, 13.4, ground - 3, 13, ground);
  cairo_close_path (cr);
  fill (pen, pen->grey);
  draw_sole_strip (pen, -13.2, 13, ground, sole);

  /* Laces. */
  for (guint i = 0; i < 3; i++)
    {
      const double x = tongue - 1.2 - 2.1 * i;
      const double y = ground - height + 2.2 + 1.2 * i;

      crease_line (pen, x - 0.4, y - 1, x + 1.6, y + 1.4, 0.7, share);
    }
  if (happens (pen, 0.5))
    {
      const double lean = vary (pen, -2.5, 2.5);

      crease_line (pen, 3, ground - sole, 3 + lean, ground - 0.7 * height, 0.9, share);
      crease_line (pen, 5.4, ground - sole, 5.4 + lean, ground - 0.7 * height, 0.9, share);
    }
}

static void
draw_bag (Pen *pen)
{
  cairo_t *cr = pen->cr;
  const double top = vary (pen, 7, 13.5);
  const double bottom = vary (pen, 21.5, 27.4);
  const double half_top = vary (pen, 7, 12.5);
  const double half_bottom = half_top + vary (pen, -1, 2);
  const double round = vary (pen, 0.5, 3);
  const double handle = happens (pen, 0.85) ? vary (pen, 0.35, 0.9) : 0;
  const double handle_top = vary (pen, -2, 3);
  const double handle_width = vary (pen, 0.8, 1.8);

  if (handle > 0)
    {
      cairo_move_to (cr, -handle * half_top, top + 1);
      cairo_curve_to (cr, -handle * half_top, handle_top, handle * half_top, handle_top,
                      handle * half_top, top + 1);
      stroke (pen, handle_width, pen->grey * 0.85);
    }
  cairo_move_to (cr, -half_top + round, top);
  cairo_line_to (cr, half_top - round, top);
  cairo_curve_to (cr, half_top, top, half_top, top, half_top, top + round);
  cairo_line_to (cr, half_bottom, bottom - round);
  cairo_curve_to (cr, half_bottom, bottom, half_bottom, bottom, half_bottom - round, bottom);
  cairo_line_to (cr, -half_bottom + round, bottom);
  cairo_curve_to (cr, -half_bottom, bottom, -half_bottom, bottom, -half_bottom, bottom - round);
  cairo_line_to (cr, -half_top, top + round);
  cairo_curve_to (cr, -half_top, top, -half_top, top, -half_top + round, top);
  fill (pen, pen->grey);

  if (happens (pen, 0.6))
    {
      /* The flap and its clasp. */
      const double edge = top + (bottom - top) * vary (pen, 0.3, 0.6);
      const double sag = vary (pen, 0, 3);
      const double share = vary (pen, 0.25, 0.7);

      cairo_move_to (cr, -half_top - 1, edge - sag);
      cairo_curve_to (cr, -0.5 * half_top, edge + sag, 0.5 * half_top, edge + sag, half_top + 1, edge - sag);
      crease (pen, 0.9, share);
      crease_line (pen, -0.8, edge + sag, 0.8, edge + sag, 1.6, share);
    }
  crease_pattern (pen);
}

static void
draw_ankle_boot (Pen *pen)
{
  cairo_t *cr = pen->cr;
  const double ground = vary (pen, 23.5, 27.4);
  const double height = vary (pen, 14, 23.5);
  const double toe = vary (pen, 3.2, 5.6);
  const double ankle = vary (pen, -1.5, 2.5);
  const double shaft = ankle + vary (pen, -1.5, 1);
  const double heel = vary (pen, 0.6, 4.5);
  const double heel_front = vary (pen, 5, 9.5);
  const double arch = heel * vary (pen, 0.2, 1);

  cairo_move_to (cr, -12, ground);
  cairo_curve_to (cr, -14.2, ground, -14, ground - toe, -10, ground - toe - 0.6);
  cairo_curve_to (cr, -5, ground - toe - 1.4, ankle - 1, ground - toe - 3, ankle, ground - toe - 7);
  cairo_line_to (cr, shaft, ground - height);
  cairo_curve_to (cr, shaft + 3, ground - height + 0.8, 9, ground - height + 0.8, 12, ground - height);
  cairo_curve_to (cr, 11.2, ground - 0.6 * height, 13.2, ground - 5, 12.6, ground);
  cairo_line_to (cr, heel_front, ground);
  cairo_line_to (cr, heel_front - 0.5, ground - arch);
  cairo_curve_to (cr, heel_front - 4, ground - arch, 0, ground, -3, ground);
  cairo_close_path (cr);
  fill (pen, pen->grey);

  crease_line (pen, -13, ground - heel * 0.4 - 1.2, 13, ground - heel - 1, 0.7, vary (pen, 0.1, 0.6));
  if (happens (pen, 0.4))
    {
      /* A zip or an elastic at the side. */
      const double x = vary (pen, 5, 9);
      const double width = vary (pen, 0.8, 2.4);

      crease_line (pen, x, ground - height, x + 0.6, ground - 5, width, 0.35);
    }
  if (happens (pen, 0.35))
    {
      for (guint i = 0; i < 4; i++)
        crease_line (pen, ankle - 0.5, ground - toe - 4 - 2 * i,
                     ankle + 2.6, ground - toe - 3.2 - 2 * i, 0.7, 0.45);
    }
}

static void (* const draw_class[N_CLASSES]) (Pen *pen) = {
  draw_t_shirt, draw_trouser, draw_pullover, draw_dress, draw_coat,
  draw_sandal, draw_shirt, draw_sneaker, draw_bag, draw_ankle_boot,
};

/* ---- A picture ---- */

/* Light from one side, and noise where there is ink. */
static void
develop (Pen          *pen,
         const guint8 *ink,
         gsize         stride,
         guint8       *pixels)
{
  const double light_x = vary (pen, -0.016, 0.016);
  const double light_y = vary (pen, -0.01, 0.01);
  const double grain = vary (pen, 0.04, 0.16);

  for (guint y = 0; y < SIDE; y++)
    {
      for (guint x = 0; x < SIDE; x++)
        {
          const double noise = grain * (roll (&pen->dice) * 0x1p-32 - 0.5);
          const double light = 1 + light_x * (x - 13.5) + light_y * (y - 13.5) + noise;

          pixels[y * SIDE + x] = (guint8) CLAMP (ink[y * stride + x] * light + 0.5, 0, 255);
        }
    }
}

void
atelier_synthetic_draw_image (guint64 seed,
                              guint   i_class,
                              guint   i_image,
                              guint8 *pixels)
{
  cairo_surface_t *surface = NULL;
  Pen pen = { 0 };
  double x, y, turn, stretch;

  g_return_if_fail (i_class < N_CLASSES);
  g_return_if_fail (pixels != NULL);

  surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
  pen.cr = cairo_create (surface);
  pen.dice = (Dice) { .seed = seed, .stream = (guint64) i_class << 32 | i_image };
  /* Dark garments are rarer than bright ones, as in the shop. */
  pen.grey = 1 - 0.72 * pow (vary (&pen, 0, 1), 1.4);

  x = vary (&pen, -0.8, 0.8);
  y = vary (&pen, -0.6, 0.6);
  turn = vary (&pen, -0.06, 0.06);
  stretch = vary (&pen, 0.9, 1.04);
  cairo_translate (pen.cr, SIDE / 2.0 + x, SIDE / 2.0 + y);
  cairo_rotate (pen.cr, turn);
  cairo_scale (pen.cr, stretch, 1);
  cairo_translate (pen.cr, 0, -SIDE / 2.0);

  draw_class[i_class] (&pen);
  cairo_destroy (pen.cr);
  cairo_surface_flush (surface);
  develop (&pen, cairo_image_surface_get_data (surface),
           (gsize) cairo_image_surface_get_stride (surface), pixels);
  cairo_surface_destroy (surface);
}

/* ---- A data set ---- */

/* Fisher-Yates: [n_images], the pictures in random order. */
static guint *
shuffle_order (guint64 seed,
               guint64 stream,
               guint   n_images)
{
  Dice dice = { .seed = seed, .stream = stream };
  guint *order = g_new (guint, n_images);

  for (guint i = 0; i < n_images; i++)
    order[i] = i;
  for (guint i = n_images; i > 1; i--)
    {
      const guint j = (guint) (((guint64) roll (&dice) * i) >> 32);
      const guint other = order[j];

      order[j] = order[i - 1];
      order[i - 1] = other;
    }
  return order;
}

static void
draw_split (guint64  seed,
            guint64  shuffle_stream,
            guint    first_image,
            guint    n_images,
            GBytes **images,
            GBytes **labels)
{
  g_autofree guint *order = shuffle_order (seed, shuffle_stream, n_images);
  guint8 *pixels = g_malloc_n (n_images, N_PIXELS);
  guint8 *classes = g_malloc_n (n_images, 1);

  for (guint i = 0; i < n_images; i++)
    {
      classes[i] = order[i] % N_CLASSES;
      atelier_synthetic_draw_image (seed, classes[i], first_image + order[i], pixels + (gsize) i * N_PIXELS);
    }
  *images = g_bytes_new_take (pixels, (gsize) n_images * N_PIXELS);
  *labels = g_bytes_new_take (classes, n_images);
}

AtelierDataset *
atelier_synthetic_new (guint64 seed,
                       guint   n_train,
                       guint   n_test)
{
  g_autoptr (GBytes) train_images = NULL;
  g_autoptr (GBytes) train_labels = NULL;
  g_autoptr (GBytes) test_images = NULL;
  g_autoptr (GBytes) test_labels = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;
  AtelierDatasetParts parts = { 0 };
  AtelierDataset *dataset = NULL;

  g_return_val_if_fail (n_train >= 2 && n_train < FIRST_TEST_IMAGE, NULL);
  g_return_val_if_fail (n_test < FIRST_TEST_IMAGE, NULL);

  draw_split (seed, SHUFFLE_TRAIN_STREAM, 0, n_train, &train_images, &train_labels);
  draw_split (seed, SHUFFLE_TEST_STREAM, FIRST_TEST_IMAGE, n_test, &test_images, &test_labels);

  /* Translators: where the data set "Sketched garments" comes from */
  source = g_strdup_printf (_("drawn by this program from seed %" PRIu64), seed);
  parts.id = "sketched-garments";
  parts.name = "Sketched garments";
  parts.source = source;
  parts.height = SIDE;
  parts.width = SIDE;
  parts.channels = 1;
  parts.class_names = atelier_fashion_class_names;
  parts.n_validation = CLAMP (n_train / 6, 1, MAX_VALIDATION);
  parts.train_images = train_images;
  parts.train_labels = train_labels;
  parts.test_images = test_images;
  parts.test_labels = test_labels;

  dataset = atelier_dataset_new (&parts, &error);
  g_assert_no_error (error);
  return dataset;
}
