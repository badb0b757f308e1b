/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line chart in cairo and pango: plain arrays in, ink out.
 *
 * The window and the exports draw through the same function.  The same layout function serves
 * drawing, hovering and the keyboard cursor.  Nothing is allocated in proportion to the points: a
 * faint line of 100,000 batches is drawn as one column a pixel between its minimum and maximum.
 * Values that are not finite make gaps.  Any thread.
 */

#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_SERIES_FAINT,      /* batch figures: thin, translucent, the colour of training */
  ATELIER_SERIES_TRAINING,   /* solid, with the dot of a single value */
  ATELIER_SERIES_VALIDATION, /* dashed */
} AtelierSeriesStyle;

typedef struct
{
  const char        *name;     /* in the legend; NULL keeps it out */
  AtelierSeriesStyle style;
  guint              n;
  const double      *x;        /* [n], ascending; or NULL: x_start + i * x_step */
  double             x_start;
  double             x_step;
  const double      *y;        /* [n]; exactly one of y and y_float is set */
  const float       *y_float;
} AtelierSeries;

typedef struct
{
  const char          *title;
  const AtelierSeries *series;      /* Borrowed */
  guint                n_series;
  double               x_min;       /* the shown range of x, in epochs */
  double               x_max;
  gboolean             is_percent;  /* y is a share of 1 and labelled in percent */
  gboolean             is_log;
  double               y_min;       /* the shown range; NaN: fitted to the curves, round */
  double               y_max;
  gboolean             has_best;
  double               best_x;
  double               best_y;
  const char          *best_label;  /* "best 0.250, epoch 6" */
  gboolean             has_cursor;
  double               cursor_x;
  const char          *empty_text;  /* shown in the middle while no series has a value */
  const char          *x_title;     /* "epoch"; nullable */
  const char          *font;        /* a Pango font without its size; NULL: the house's own */
  double               font_size;   /* in device units (pixels, points); 0: 12 */
} AtelierChart;

typedef struct
{
  double x, y, width, height; /* of the plot inside the axes */
  double x_min, x_max, y_min, y_max; /* the ranges in force */
} AtelierChartLayout;

void     atelier_chart_get_layout (const AtelierChart   *chart,
                                   double                width,
                                   double                height,
                                   AtelierChartLayout   *layout);
void     atelier_chart_draw       (const AtelierChart   *chart,
                                   const AtelierPalette *palette,
                                   cairo_t              *cr,
                                   double                width,
                                   double                height);
/* Between places and values, beyond the plot too; both directions serve pointer, keyboard and
 * tests. */
double   atelier_chart_x_to_value (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    x);
double   atelier_chart_value_to_x (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    value);
double   atelier_chart_value_to_y (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    value);
/* The index of the series' point nearest to @value_x, gaps passed over, or -1. */
int      atelier_series_get_nearest (const AtelierSeries *series, double value_x);
double   atelier_series_get_x       (const AtelierSeries *series, guint i);
double   atelier_series_get_y       (const AtelierSeries *series, guint i);

/* About @n_wanted round ticks within [min, max]: 1, 2 or 5 times a power of ten apart.  @ticks has
 * room for 32.  Returns how many. */
guint    atelier_chart_get_ticks  (double min, double max, guint n_wanted, double *ticks);

G_END_DECLS
