/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPen - what draws one sketched garment: ink for shapes, creases that take ink away, and a measure of chance.
 *
 * Private to the core.  A pen belongs to one thread.  The same key gives the same values in the same order; they are to
 * be taken in statements of their own, since C does not order the arguments of a call.
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* The side of the picture, in pixels; also how far creases reach. */
#define ATELIER_PEN_SIDE 28

typedef struct
{
  cairo_t *cr;      /* Borrowed. Alpha is the grey; the origin is at the top of the middle column */
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

/* Chance. */
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

/* Ink: the path is filled or stroked with @grey, whatever lay there. */
void     atelier_pen_fill           (AtelierPen         *pen,
                                     double              grey);
void     atelier_pen_stroke         (AtelierPen         *pen,
                                     double              width,
                                     double              grey);

/* Creases take @share of the ink away, and so never leave the garment. */
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
/* Stripes across the whole garment, or up and down with @is_upright. */
void     atelier_pen_crease_stripes (AtelierPen         *pen,
                                     gboolean            is_upright);
/* Now and then stripes or checks, mostly nothing. */
void     atelier_pen_crease_pattern (AtelierPen         *pen);
/* Up to three folds that run down to @bottom. */
void     atelier_pen_crease_folds   (AtelierPen         *pen,
                                     double              half_width,
                                     double              top,
                                     double              bottom);

G_END_DECLS
