/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the five files of the chart share: axes (which numbers), the frame (where things stand),
 * placing (where a label is in nobody's way) and ink.  Private to render. */

#pragma once

#include "atelier-chart.h"
#include "atelier-text.h"

G_BEGIN_DECLS

#define ATELIER_AXIS_MAX_TICKS 32

typedef struct
{
  double   min;
  double   max;
  gboolean is_log;
  gboolean is_percent;
  double   ticks[ATELIER_AXIS_MAX_TICKS];
  guint    n_ticks;
  int      decimals; /* of the labels; -1: as many as each needs */
} AtelierAxis;

void     atelier_axis_init_x      (AtelierAxis        *axis,
                                   const AtelierChart *chart);
void     atelier_axis_init_y      (AtelierAxis        *axis,
                                   const AtelierChart *chart,
                                   guint               n_wanted);
void     atelier_axis_set_x_ticks (AtelierAxis *axis,
                                   guint        n_wanted);
char    *atelier_axis_format_tick (const AtelierAxis *axis,
                                   guint              i);
/* A figure for reading: "0.263", "91.0 %". */
char    *atelier_chart_format_value (const AtelierChart *chart,
                                     double              value);

/* The frame: the layout that callers see, and where the words go. */
typedef struct
{
  AtelierChartLayout plot;
  AtelierAxis        x_axis;
  AtelierAxis        y_axis;
  double             width;        /* of the whole picture */
  double             margin;
  double             title_size;   /* of the letters */
  double             label_size;
  double             label_height; /* of a line of labels */
  double             title_width;  /* 0: no title */
  double             legend_y;
  gboolean           has_legend;
  double             x_labels_y;
  double             x_title_y;
  gboolean           has_x_title;
} AtelierChartFrame;

void     atelier_chart_frame_init    (AtelierChartFrame  *frame,
                                      const AtelierChart *chart,
                                      double              width,
                                      double              height);
/* The widths that measuring and drawing have in common. */
double   atelier_chart_frame_get_legend_sample (const AtelierChartFrame *frame);
double   atelier_chart_frame_get_legend_gap    (const AtelierChartFrame *frame);

/* Whether point @i can be drawn: finite, and positive on a logarithmic axis. */
gboolean atelier_chart_has_value     (const AtelierChart  *chart,
                                      const AtelierSeries *series,
                                      guint                i);
/* The points with x in [min, max]: from *@begin up to but not including *@end. */
void     atelier_series_find_range   (const AtelierSeries *series,
                                      double               min,
                                      double               max,
                                      guint               *begin,
                                      guint               *end);

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} AtelierBox;

/* A label that looks for a place. */
typedef struct
{
  AtelierBox        bounds;   /* must hold it */
  double            width;
  double            height;
  const double     *lefts;    /* [n_lefts] the left edges to try, in order of preference */
  guint             n_lefts;
  double            anchor_x; /* what it wants to be near to */
  double            anchor_y;
  double            distance_price; /* a unit of distance against a unit of covered area */
  const AtelierBox *taken;    /* [n_taken] what it must not cover */
  guint             n_taken;
} AtelierPlacement;

/* The place that covers as little as can be of the curves and of what is taken, and is near. */
AtelierBox atelier_placement_find (const AtelierPlacement   *placement,
                                   const AtelierChart       *chart,
                                   const AtelierChartLayout *layout);

/* What all drawing has in hand. */
typedef struct
{
  const AtelierChart   *chart;   /* Borrowed */
  const AtelierPalette *palette; /* Borrowed */
  cairo_t              *cr;      /* Borrowed */
  AtelierText          *text;    /* Borrowed */
  AtelierChartFrame     frame;
} AtelierInk;

#define ATELIER_CURVE_WIDTH 2.0

double atelier_ink_get_x       (const AtelierInk    *ink,
                                const AtelierSeries *series,
                                guint                i);
double atelier_ink_get_y       (const AtelierInk    *ink,
                                const AtelierSeries *series,
                                guint                i);
/* Point @i of @series, if it lies within the plot: a full dot for training, a hollow one for
 * validation. */
void   atelier_ink_draw_marker (const AtelierInk    *ink,
                                const AtelierSeries *series,
                                guint                i);
/* A piece of line as the legend shows it, from @x on, around @y. */
void   atelier_ink_draw_sample (const AtelierInk    *ink,
                                const AtelierSeries *series,
                                double               x,
                                double               y);
/* Cursor, read-out and best epoch: all that lies over the curves. */
void   atelier_ink_draw_marks  (const AtelierInk *ink);

G_END_DECLS
