/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the four files of the chart share: axes (which numbers), the frame (where things stand), placing (where a label
 * is in nobody's way) and ink.  Private to render. */

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

/* Rectangles that a label must not lie on. */
typedef struct
{
  double x, y, width, height;
} AtelierBox;

/* Finds a place for a box of @width x @height within @bounds, near @anchor_x, @anchor_y, that covers as little as can be
 * of the curves and of @taken.  @lefts: the left edges to try, in order of preference. */
AtelierBox atelier_chart_place_box (const AtelierChart       *chart,
                                    const AtelierChartLayout *layout,
                                    const AtelierBox         *bounds,
                                    double                    width,
                                    double                    height,
                                    const double             *lefts,
                                    guint                     n_lefts,
                                    double                    anchor_x,
                                    double                    anchor_y,
                                    const AtelierBox         *taken,
                                    guint                     n_taken);

G_END_DECLS
