/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPen - draws one sketched garment: ink for shapes, creases that remove ink, and random
 * numbers.
 *
 * Private to the core.  A pen belongs to one thread.  The same key gives the same random values in
 * the same order.  Draw each value in a statement of its own, since C does not define the order in
 * which the arguments of a call are evaluated.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The side of the picture, in pixels; creases extend as far. */
#define ATELIER_PEN_SIDE 28

typedef struct
{
  cairo_t *cr;      /* Borrowed.  Alpha is the grey; the origin is the top of the middle column */
  guint64  seed;
  guint64  stream;
  guint64  counter;
  double   grey;    /* of the garment, 0 to 1 */
} AtelierPen;

typedef struct
{
  double low;
  double high;
} AtelierRange;

/* Random numbers. */
guint32  atelier_pen_roll           (AtelierPen         *pen);
double   atelier_pen_vary           (AtelierPen         *pen,
                                     double              low,
                                     double              high);
gboolean atelier_pen_happens        (AtelierPen         *pen,
                                     double              probability);
void     atelier_pen_measure        (AtelierPen         *pen,
                                     const AtelierRange *ranges,
                                     guint               n_measures,
                                     double             *measures);

/* Ink: fills or strokes the path with @grey and replaces what was there. */
void     atelier_pen_fill           (AtelierPen         *pen,
                                     double              grey);
void     atelier_pen_stroke         (AtelierPen         *pen,
                                     double              width,
                                     double              grey);

/* Creases remove @share of the ink, so they are only visible on the garment. */
void     atelier_pen_crease         (AtelierPen         *pen,
                                     double              width,
                                     double              share);
void     atelier_pen_crease_line    (AtelierPen         *pen,
                                     double              x1,
                                     double              y1,
                                     double              x2,
                                     double              y2,
                                     double              width,
                                     double              share);
/* Stripes across the whole garment, or up and down if @is_upright. */
void     atelier_pen_crease_stripes (AtelierPen         *pen,
                                     gboolean            is_upright);
/* Sometimes stripes or checks, mostly nothing. */
void     atelier_pen_crease_pattern (AtelierPen         *pen);
/* Up to three folds that run down to @bottom. */
void     atelier_pen_crease_folds   (AtelierPen         *pen,
                                     double              half_width,
                                     double              top,
                                     double              bottom);

/* Whether cairo has drawn everything that it was asked to: it tells a lack of memory only to those
 * who ask. */
gboolean atelier_pen_has_drawn       (AtelierPen         *pen);

G_END_DECLS
