/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line chart, drawn with cairo and Pango from plain arrays.
 *
 * The window and the exports draw through the same function.  Drawing, hovering and the keyboard
 * cursor use the same layout.  No memory is allocated in proportion to the points: a faint line of
 * 100,000 batches is drawn as one column a pixel between its minimum and maximum.  Values that are
 * not finite make gaps.  A range of x that is narrower than the curves zooms in: lines run on to
 * the edges of the plot, and a fitted range of y is fitted to what is shown.  Start with
 * AtelierChart and atelier_chart_draw.  Any thread.
 */

#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include "atelier-palette.h"

G_BEGIN_DECLS

/* Each has its own stroke and marker, not only its own colour. */
typedef enum
{
  ATELIER_SERIES_FAINT,      /* batch figures: thin, translucent, the colour of training */
  ATELIER_SERIES_TRAINING,   /* solid; a full dot */
  ATELIER_SERIES_VALIDATION, /* dashed; a ring */
  ATELIER_SERIES_TRAIN_EVAL, /* dash and dot, thinner; a diamond */
  ATELIER_SERIES_PENALTY,    /* round dots, in the colour of text; a square */
  ATELIER_SERIES_RUN,        /* one of several runs: colour and dash by its number */
} AtelierSeriesStyle;

typedef struct
{
  const char        *name;     /* in the legend; NULL: not in the legend */
  AtelierSeriesStyle style;
  guint              n;
  const double      *x;        /* [n], ascending; or NULL: x_float, or x_start + i * x_step */
  double             x_start;
  double             x_step;
  const double      *y;        /* [n]; exactly one of y and y_float is set */
  const float       *y_float;
  const float       *x_float;  /* [n], ascending; used where x is NULL */
  /* Draws over the line, which stays visible, its exponential moving average with this decay: about
   * the mean of the last 1 / (1 - smoothing) values, corrected for starting at 0 (Kingma and Ba
   * 2015, section 3).  0 to below 1; 0: none.  Validation is never smoothed. */
  double             smoothing;
  guint              i_run;     /* of a run: from 0; more than the palette has begin again */
  gboolean           has_best;  /* of a run: a ring at point i_best */
  guint              i_best;
  const char        *end_note;  /* below its name at the line's end: "best 91.6 %, epoch 9" */
} AtelierSeries;

/* What a chart's x counts.  It decides the ticks and how they are written. */
typedef enum
{
  ATELIER_X_EPOCHS,  /* "1", "2"; with decimals only where less than two epochs are shown */
  ATELIER_X_IMAGES,  /* "55k", "1.1M" */
  ATELIER_X_SECONDS, /* "20 s", "1:20", "1:06:40"; steps that divide minutes and hours */
  ATELIER_X_RATES,   /* x is the decimal logarithm of a learning rate: "1e-4", "0.001" */
} AtelierChartUnit;

typedef struct
{
  const char          *title;
  const AtelierSeries *series;      /* Borrowed */
  guint                n_series;
  double               x_min;       /* the shown range of x, in x_unit; a part of it zooms in */
  double               x_max;
  gboolean             is_percent;  /* y is a share of 1 and labelled in percent */
  gboolean             is_log;
  double               y_min;       /* the shown range; NaN: a round one, fitted to the curves */
  double               y_max;
  gboolean             has_best;
  double               best_x;
  double               best_y;
  const char          *best_label;  /* "best 0.250, epoch 6" */
  gboolean             has_cursor;
  double               cursor_x;
  const char          *empty_text;  /* shown in the middle while no series has a value */
  const char          *x_title;     /* as of atelier_chart_unit_get_title; nullable */
  const char          *font;        /* a Pango font without its size; NULL: the program's own */
  double               font_size;   /* in device units (pixels, points); 0: 12 */
  AtelierChartUnit     x_unit;
  const char          *cursor_label; /* above the cursor's figures; NULL: the place on the axis */
  gboolean             has_mark;    /* a thin line with a handle: what other views show */
  double               mark_x;
  gboolean             has_band;    /* a range being dragged, in either order */
  double               band_start;
  double               band_end;
  gboolean             has_ends;    /* names stand at the lines' right ends, not in a legend */
  double               head_end;    /* width kept free at the upper right, for a caller's button */
} AtelierChart;

typedef struct
{
  double x, y, width, height; /* of the plot inside the axes */
  double x_min, x_max, y_min, y_max; /* the ranges that are shown */
} AtelierChartLayout;

/* Where the plot lies in a picture of @width x @height, and what it shows. */
void     atelier_chart_get_layout (const AtelierChart   *chart,
                                   double                width,
                                   double                height,
                                   AtelierChartLayout   *layout);
/* Draws the picture with its upper left corner at the origin of @cr, with the layout that
 * atelier_chart_get_layout gives.  The background is left as it is. */
void     atelier_chart_draw       (const AtelierChart   *chart,
                                   const AtelierPalette *palette,
                                   cairo_t              *cr,
                                   double                width,
                                   double                height);
/* A piece of the line of run @i_run, across the middle of a picture. */
void     atelier_chart_draw_run_sample (const AtelierPalette *palette,
                                        guint                 i_run,
                                        cairo_t              *cr,
                                        double                width,
                                        double                height);
/* Places in the picture to values and back, beyond the plot too.  A place that is very far outside
 * is cut, as cairo cannot draw there. */
double   atelier_chart_x_to_value (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    x);
double   atelier_chart_value_to_x (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    value);
double   atelier_chart_value_to_y (const AtelierChart       *chart,
                                   const AtelierChartLayout *layout,
                                   double                    value);
/* "epoch", "images", "training time" or "learning rate": the axis's title, translated. */
const char *atelier_chart_unit_get_title (AtelierChartUnit unit);
/* A place on an axis of @unit in full: "epoch 7", "385,000 images", "1:23".  Transfer full. */
char    *atelier_chart_unit_format (AtelierChartUnit unit,
                                    double           value);
/* The index of the point that is nearest to @value_x, gaps left out, or -1. */
int      atelier_series_get_nearest (const AtelierSeries *series, double value_x);
/* Of point @i. */
double   atelier_series_get_x       (const AtelierSeries *series, guint i);
double   atelier_series_get_y       (const AtelierSeries *series, guint i);

/* About @n_wanted round ticks within [min, max]: 1, 2 or 5 times a power of ten apart.  @ticks has
 * room for 32.  Returns how many. */
guint    atelier_chart_get_ticks  (double min, double max, guint n_wanted, double *ticks);

G_END_DECLS
