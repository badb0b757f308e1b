/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the chart share.  Private to render.
 *
 * Each section is one file's.  A file calls only functions of files in sections above its own, so
 * that the chart can be read from top to bottom: the points of series, numbers, words, the frame,
 * drawing.  atelier-chart-draw.c is the last, and needs no section.
 */

#pragma once

#include "atelier-chart.h"
#include "atelier-text.h"

G_BEGIN_DECLS

/* Points: atelier-series.c */

/* What atelier_series_get_x and _get_y give, without a call for each of 100,000 points. */
static inline double
atelier_series_read_x (const AtelierSeries *series,
                       guint                i)
{
  if (series->x != NULL)
    return series->x[i];

  return series->x_float != NULL ? (double) series->x_float[i]
                                 : series->x_start + i * series->x_step;
}

static inline double
atelier_series_read_y (const AtelierSeries *series,
                       guint                i)
{
  return series->y != NULL ? series->y[i] : (double) series->y_float[i];
}

/* Whether a moving average is drawn over @series. */
gboolean atelier_series_is_smoothed      (const AtelierSeries *series);
/* The points with x in [min, max]: from *@begin up to but not including *@end. */
void     atelier_series_find_range       (const AtelierSeries *series,
                                          double               min,
                                          double               max,
                                          guint               *begin,
                                          guint               *end);
/* The same and one point beyond each side, so that lines run on to the edges of the plot. */
void     atelier_series_find_drawn_range (const AtelierSeries *series,
                                          double               min,
                                          double               max,
                                          guint               *begin,
                                          guint               *end);
/* Whether point @i can be drawn: finite, and positive on a logarithmic axis. */
gboolean atelier_chart_has_value         (const AtelierChart  *chart,
                                          const AtelierSeries *series,
                                          guint                i);

/* Round numbers: atelier-chart-round.c */

#define ATELIER_AXIS_MAX_TICKS 32

/* What rounding may add to a quotient that should be whole. */
#define ATELIER_STEP_TOLERANCE 1e-9

/* The smallest 1, 2 or 5 times a power of ten that is not below @raw. */
double   atelier_axis_round_step     (double raw);
/* @i times @step, as the double nearest to the decimal number: 3 * 0.1 is 0.3 here. */
double   atelier_axis_multiply_step  (double i,
                                      double step);
/* The multiples of @step in [min, max], at most ATELIER_AXIS_MAX_TICKS.  Returns how many. */
guint    atelier_axis_fill_ticks     (double  min,
                                      double  max,
                                      double  step,
                                      double *ticks);
/* The digits after the point that tell ticks @step apart. */
int      atelier_axis_count_decimals (double step);

/* Units of x: atelier-chart-unit.c */

/* The smallest step between ticks that @unit counts in and that is not below @raw. */
double   atelier_chart_unit_round_step  (AtelierChartUnit unit,
                                         double           raw);
/* A tick of an axis that reaches @farthest from 0, its ticks @step apart.  Transfer full. */
char    *atelier_chart_unit_format_tick (AtelierChartUnit unit,
                                         double           value,
                                         double           step,
                                         double           farthest);

/* Axes: atelier-chart-axis.c */

typedef struct
{
  double   min;
  double   max;
  gboolean is_log;
  gboolean is_percent;
  double   ticks[ATELIER_AXIS_MAX_TICKS];
  guint    n_ticks;
  int      decimals; /* of the labels; -1: as many as each needs */
  AtelierChartUnit unit; /* of x; a y axis has plain numbers, as epochs have */
} AtelierAxis;

void     atelier_axis_init_x        (AtelierAxis        *axis,
                                     const AtelierChart *chart);
void     atelier_axis_init_y        (AtelierAxis        *axis,
                                     const AtelierChart *chart,
                                     guint               n_wanted);
void     atelier_axis_set_x_ticks   (AtelierAxis *axis,
                                     guint        n_wanted);
/* Transfer full. */
char    *atelier_axis_format_tick   (const AtelierAxis *axis,
                                     guint              i);
/* A value of y at the cursor: "0.263", below 0.01 "0.00263"; "91.0 %".  Transfer full. */
char    *atelier_chart_format_value (const AtelierChart *chart,
                                     double              value);

/* The legend: atelier-chart-legend.c */

#define ATELIER_LEGEND_MAX_ROWS 4

/* Which series stand in which row of the legend. */
typedef struct
{
  guint  begin; /* series, those without a name passed over */
  guint  end;
  double width;
} AtelierLegendRow;

typedef struct
{
  AtelierLegendRow rows[ATELIER_LEGEND_MAX_ROWS];
  guint            n_rows;
  double           y;
} AtelierLegend;

/* The frame: the layout that callers see, and where all text stands. */
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
  AtelierLegend      legend;
  double             ends_width; /* right of the plot, for the names of lines; 0: none there */
  double             x_labels_y;
  double             x_title_y;
  gboolean           has_x_title;
} AtelierChartFrame;

/* The width of a sample of line, and of the gap between it and its name. */
double   atelier_chart_frame_get_legend_sample (const AtelierChartFrame *frame);
double   atelier_chart_frame_get_legend_gap    (const AtelierChartFrame *frame);
/* Sets @text to the name of @series, cut where the item would be wider than @room.  Returns the
 * width of the item: sample, gap and name. */
double   atelier_legend_set_item               (const AtelierChartFrame *frame,
                                                const AtelierSeries     *series,
                                                AtelierText             *text,
                                                double                   room);
/* Breaks the legend into at most @n_rows rows of at most @room; what does not fit is left out, the
 * last series first. */
void     atelier_legend_init_rows              (AtelierChartFrame  *frame,
                                                const AtelierChart *chart,
                                                AtelierText        *text,
                                                double              room,
                                                guint               n_rows);
/* Makes it one row, whatever rows it had, if that fits beside the title; else leaves it. */
gboolean atelier_legend_fits_beside_title      (AtelierChartFrame  *frame,
                                                const AtelierChart *chart,
                                                AtelierText        *text,
                                                double              room);

/* The frame: atelier-chart-frame.c */

void     atelier_chart_frame_init (AtelierChartFrame  *frame,
                                   const AtelierChart *chart,
                                   double              width,
                                   double              height);

/* Names at the lines' ends: atelier-chart-ends.c */

/* The width that names and notes need beside the plot, at most a third of @width; 0 where the chart
 * has none. */
double   atelier_chart_ends_measure (const AtelierChartFrame *frame,
                                     const AtelierChart      *chart,
                                     AtelierText             *text,
                                     double                   width);

/* Places of labels: atelier-chart-place.c */

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} AtelierBox;

/* A label that needs a place. */
typedef struct
{
  AtelierBox        bounds;   /* the label has to lie within them */
  double            width;
  double            height;
  const double     *lefts;    /* [n_lefts] the left edges to try, in order of preference */
  guint             n_lefts;
  double            anchor_x; /* the point that the label should be near to */
  double            anchor_y;
  double            distance_price; /* of a unit of distance; a unit of covered area costs 1 */
  const AtelierBox *taken;    /* [n_taken] what it should not cover */
  guint             n_taken;
} AtelierPlacement;

/* The place that covers as little as can be of the curves and of what is taken, and is near. */
AtelierBox atelier_placement_find (const AtelierPlacement   *placement,
                                   const AtelierChart       *chart,
                                   const AtelierChartLayout *layout);

/* What every function that draws needs. */
typedef struct
{
  const AtelierChart   *chart;   /* Borrowed */
  const AtelierPalette *palette; /* Borrowed */
  cairo_t              *cr;      /* Borrowed */
  AtelierText          *text;    /* Borrowed */
  AtelierChartFrame     frame;
} AtelierInk;

/* Pens: atelier-chart-pen.c */

#define ATELIER_CURVE_WIDTH 2.0
#define ATELIER_FAINT_WIDTH 1.0

double   atelier_ink_get_x       (const AtelierInk    *ink,
                                  const AtelierSeries *series,
                                  guint                i);
double   atelier_ink_get_y       (const AtelierInk    *ink,
                                  const AtelierSeries *series,
                                  guint                i);
/* The pen of a series, on the plot and in the legend alike; @is_mean: of its moving average. */
void     atelier_ink_set_pen     (const AtelierInk    *ink,
                                  const AtelierSeries *series,
                                  gboolean             is_mean);
/* Point @i of @series, if it lies within the plot, with the marker of its style. */
void     atelier_ink_draw_marker (const AtelierInk    *ink,
                                  const AtelierSeries *series,
                                  guint                i);
/* The colour of a series' line. */
AtelierColor atelier_ink_get_color (const AtelierInk  *ink,
                                  const AtelierSeries *series);
/* A sample of line as the legend shows it, from @x on, around @y. */
void     atelier_ink_draw_sample (const AtelierInk    *ink,
                                  const AtelierSeries *series,
                                  double               x,
                                  double               y);

/* Curves: atelier-chart-series.c */

void     atelier_ink_draw_series (const AtelierInk    *ink,
                                  const AtelierSeries *series);

/* The names at the lines' ends, which keep clear of each other. */
void     atelier_ink_draw_ends   (const AtelierInk    *ink);

/* Marks: atelier-chart-marks.c */

/* The cursor's read-out. */
typedef struct
{
  double     epoch;        /* its place on the axis of x */
  double     reach;        /* the largest distance from it of a value that belongs to it */
  double     padding;
  double     gap;          /* between names and values */
  double     sample_width; /* of a line's sample, with its gap */
  double     line_height;
  AtelierBox box;
} AtelierReadout;

/* Which marks there are, and where they stand. */
typedef struct
{
  gboolean       has_cursor;
  gboolean       has_readout;
  gboolean       has_best;
  gboolean       has_label; /* of the best epoch */
  AtelierReadout readout;
  AtelierBox     label;
} AtelierMarks;

/* Finds the marks' places, before anything is drawn: the grid keeps clear of the label. */
void     atelier_ink_place_marks (const AtelierInk   *ink,
                                  AtelierMarks       *marks);
/* The line of what other views show, behind the curves. */
void     atelier_ink_draw_handle (const AtelierInk   *ink);
/* Dragged range, cursor, read-out and best epoch: all that lies over the curves. */
void     atelier_ink_draw_marks  (const AtelierInk   *ink,
                                  const AtelierMarks *marks);

G_END_DECLS
