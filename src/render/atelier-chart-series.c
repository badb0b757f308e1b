/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The curves of a chart: lines of few points, columns of many, and moving averages.
 *
 * A line of many more points than the plot has pixels is drawn as columns, one a pixel: from the
 * smallest to the largest value there, which is what a line through all points would cover, and
 * darker within one standard deviation of the mean, where that line would be most of the time.
 * This takes one pass over the points and a fixed amount of memory.  The columns have whole
 * coordinates: with edges between pixels cairo takes eight times as long.  Fewer points are drawn
 * as a line.
 *
 * A moving average is computed during the pass over its points.  It starts so far before the shown
 * points that what lies further back no longer counts, and nothing of it is stored.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

/* The opacity of a dense faint line: over its whole extent, and added where most of it is. */
#define OUTER_OPACITY 0.10
#define INNER_OPACITY 0.16

/* cairo compares the columns of a path with each other: many small paths are faster than one. */
#define COLUMNS_AT_ONCE 64

/* How many columns are kept on the stack before they are drawn. */
#define MAX_COLUMNS 1024

/* From this many points a pixel on, a line is drawn as columns. */
#define DENSE_POINTS 2.0

/* A moving average leaves out values that weigh less than this. */
#define FORGOTTEN_WEIGHT 1e-9

static double
value_to_y (const AtelierInk *ink,
            double            value)
{
  return atelier_chart_value_to_y (ink->chart, &ink->frame.plot, value);
}

/* Moving averages */

typedef struct
{
  const AtelierSeries *series;  /* Borrowed */
  double               sum;     /* of values by their weights */
  double               weights; /* their sum, which the sum above is divided by */
} Average;

/* Adds point @i to the average; FALSE where that is a gap. */
static gboolean
advance_average (Average *average,
                 guint    i)
{
  double decay = average->series->smoothing;
  double value = atelier_series_read_y (average->series, i);

  if (!isfinite (value))
    return FALSE;

  average->sum = decay * average->sum + (1.0 - decay) * value;
  average->weights = decay * average->weights + (1.0 - decay);

  return TRUE;
}

static double
get_average (const Average *average)
{
  return average->sum / average->weights;
}

/* The average of the points before @begin. */
static Average
create_average (const AtelierSeries *series,
                guint                begin)
{
  Average average = { .series = series };
  double memory = MIN (ceil (log (FORGOTTEN_WEIGHT) / log (series->smoothing)), (double) begin);

  for (guint i = begin - (guint) memory; i < begin; i++)
    advance_average (&average, i);

  return average;
}

static gboolean
is_drawable (const AtelierInk *ink,
             double            value)
{
  return isfinite (value) && (!ink->chart->is_log || value > 0.0);
}

/* Few points: lines */

static gboolean
is_alone (const AtelierInk    *ink,
          const AtelierSeries *series,
          guint                i)
{
  return (i == 0 || !atelier_chart_has_value (ink->chart, series, i - 1))
         && (i + 1 >= series->n || !atelier_chart_has_value (ink->chart, series, i + 1));
}

static void
draw_line (const AtelierInk    *ink,
           const AtelierSeries *series,
           guint                begin,
           guint                end)
{
  gboolean is_open = FALSE;

  atelier_ink_set_pen (ink, series, FALSE);
  /* A zigzag crosses each row of pixels hundreds of times.  The best antialiasing would take ten
   * times as long, and the difference cannot be seen in so faint a line. */
  if (series->style == ATELIER_SERIES_FAINT)
    cairo_set_antialias (ink->cr, CAIRO_ANTIALIAS_FAST);
  for (guint i = begin; i < end; i++)
    {
      gboolean has_value = atelier_chart_has_value (ink->chart, series, i);

      if (has_value && is_open)
        cairo_line_to (ink->cr, atelier_ink_get_x (ink, series, i),
                       atelier_ink_get_y (ink, series, i));
      else if (has_value)
        cairo_move_to (ink->cr, atelier_ink_get_x (ink, series, i),
                       atelier_ink_get_y (ink, series, i));
      is_open = has_value;
    }
  cairo_stroke (ink->cr);
}

/* The moving average, with at most one point a pixel: smaller changes are noise, and stroking them
 * would take longer than all the rest. */
static void
draw_average (const AtelierInk    *ink,
              const AtelierSeries *series,
              guint                begin,
              guint                end)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  Average average = create_average (series, begin);
  gboolean is_dense = end - begin > DENSE_POINTS * plot->width, is_open = FALSE;
  double scale = plot->width / (plot->x_max - plot->x_min), last_x = -HUGE_VAL;

  atelier_ink_set_pen (ink, series, TRUE);
  cairo_set_antialias (ink->cr, CAIRO_ANTIALIAS_FAST);
  for (guint i = begin; i < end; i++)
    {
      gboolean has_value = advance_average (&average, i);
      double x = plot->x + (atelier_series_read_x (series, i) - plot->x_min) * scale, y;

      if (has_value && is_open && is_dense && x < last_x + 1.0 && i + 1 < end)
        continue;

      x = atelier_ink_get_x (ink, series, i);
      has_value = has_value && is_drawable (ink, get_average (&average));
      y = has_value ? value_to_y (ink, get_average (&average)) : 0.0;
      if (has_value && is_open)
        cairo_line_to (ink->cr, x, y);
      else if (has_value)
        cairo_move_to (ink->cr, x, y);
      is_open = has_value;
      last_x = x;
    }
  cairo_stroke (ink->cr);
}

/* Many points: columns */

/* What falls into one pixel's width. */
typedef struct
{
  int      place;     /* left edge */
  gboolean is_joined; /* no gap lies between it and the column before */
  guint    n;         /* values */
  double   low;
  double   high;
  double   first;
  double   last;
  double   sum;       /* of differences from the first, which keeps the squares small */
  double   sum_of_squares;
} Column;

/* Columns that are drawn together.  The first was drawn before: the second may be joined to it. */
typedef struct
{
  Column   columns[MAX_COLUMNS];
  guint    n;
  gboolean is_faint; /* filled at once; else added to a path that is stroked at the end */
} ColumnBlock;

static void
add_to_column (Column *column,
               double  value)
{
  double difference;

  if (column->n == 0)
    column->low = column->high = column->first = value;

  difference = value - column->first;
  column->n++;
  column->low = MIN (column->low, value);
  column->high = MAX (column->high, value);
  column->last = value;
  column->sum += difference;
  column->sum_of_squares += difference * difference;
}

/* A bar from @low to @high, at least as high as the line is wide. */
static void
add_bar (const AtelierInk *ink,
         int               place,
         double            low,
         double            high)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double top = value_to_y (ink, high), bottom = value_to_y (ink, low);

  if (bottom - top <= ATELIER_FAINT_WIDTH)
    {
      top = floor ((top + bottom) / 2.0);
      bottom = top + ATELIER_FAINT_WIDTH;
    }
  top = MAX (floor (top), plot->y);
  bottom = MIN (ceil (bottom), plot->y + plot->height);
  if (bottom > top)
    cairo_rectangle (ink->cr, place, top, 1.0, bottom - top);
}

static void
add_outer_column (const AtelierInk *ink,
                  const Column     *column)
{
  const Column *previous = column - 1;

  if (!column->is_joined)
    {
      add_bar (ink, column->place, column->low, column->high);
      return;
    }

  add_bar (ink, column->place, MIN (column->low, previous->last),
           MAX (column->high, previous->last));

  /* Where points lie more than a pixel apart, a line crosses the columns between them. */
  for (int place = previous->place + 1; place < column->place; place++)
    {
      double step = (column->first - previous->last) / (column->place - previous->place);
      double value = previous->last + step * (place - previous->place);

      add_bar (ink, place, MIN (value, value - step), MAX (value, value - step));
    }
}

static void
add_inner_column (const AtelierInk *ink,
                  const Column     *column)
{
  double mean = column->sum / column->n;
  double deviation = sqrt (MAX (column->sum_of_squares / column->n - mean * mean, 0.0));

  mean += column->first;
  add_bar (ink, column->place, MAX (mean - deviation, column->low),
           MIN (mean + deviation, column->high));
}

/* Up and down within the column of a dense curve, in the order that joins it to its neighbours. */
static void
add_line_column (const AtelierInk *ink,
                 const Column     *column)
{
  double x = column->place + 0.5;
  gboolean rises = column->last >= column->first;

  if (column->is_joined)
    cairo_line_to (ink->cr, x, value_to_y (ink, column->first));
  else
    cairo_move_to (ink->cr, x, value_to_y (ink, column->first));
  cairo_line_to (ink->cr, x, value_to_y (ink, rises ? column->low : column->high));
  cairo_line_to (ink->cr, x, value_to_y (ink, rises ? column->high : column->low));
  cairo_line_to (ink->cr, x, value_to_y (ink, column->last));
}

static void
fill_columns (const AtelierInk  *ink,
              const ColumnBlock *block,
              double             opacity,
              void (*add) (const AtelierInk *ink, const Column *column))
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (ink->cr));
  /* One path on paper: several would show seams when a viewer scales them. */
  gboolean is_paper = type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_SVG;

  atelier_color_set_source (&ink->palette->training, ink->cr, opacity);
  for (guint i = 1; i < block->n; i++)
    {
      add (ink, &block->columns[i]);
      if (i % COLUMNS_AT_ONCE == 0 && !is_paper)
        cairo_fill (ink->cr);
    }
  cairo_fill (ink->cr);
}

/* Draws the columns, or adds them to the path of a curve.  The last one stays in the block, as
 * drawn. */
static void
draw_block (const AtelierInk *ink,
            ColumnBlock      *block)
{
  if (block->is_faint)
    {
      fill_columns (ink, block, OUTER_OPACITY, add_outer_column);
      fill_columns (ink, block, INNER_OPACITY, add_inner_column);
    }
  else
    {
      for (guint i = 1; i < block->n; i++)
        add_line_column (ink, &block->columns[i]);
    }

  block->columns[0] = block->columns[block->n - 1];
  block->n = 1;
}

static void
append_column (const AtelierInk *ink,
               ColumnBlock      *block,
               const Column     *column)
{
  if (block->n == MAX_COLUMNS)
    draw_block (ink, block);
  block->columns[block->n++] = *column;
}

static void
draw_columns (const AtelierInk    *ink,
              const AtelierSeries *series,
              guint                begin,
              guint                end)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double scale = plot->width / (plot->x_max - plot->x_min);
  Column column = { 0 };
  ColumnBlock block;

  block.columns[0] = column;
  block.n = 1;
  block.is_faint = series->style == ATELIER_SERIES_FAINT;
  atelier_ink_set_pen (ink, series, FALSE);
  for (guint i = begin; i < end; i++)
    {
      double x = plot->x + (atelier_series_read_x (series, i) - plot->x_min) * scale;
      double value = atelier_series_read_y (series, i);
      gboolean has_value = is_drawable (ink, value);
      int place = (int) CLAMP (x, plot->x - 1.0, plot->x + plot->width);

      if (column.n > 0 && (place != column.place || !has_value))
        {
          append_column (ink, &block, &column);
          column = (Column) { .is_joined = has_value };
        }
      if (has_value)
        {
          column.place = place;
          add_to_column (&column, value);
        }
      else
        column.is_joined = FALSE;
    }

  /* No later point has closed the last column. */
  if (column.n > 0)
    append_column (ink, &block, &column);
  draw_block (ink, &block);
  if (!block.is_faint)
    cairo_stroke (ink->cr);
}

/* Whole series */

void
atelier_ink_draw_series (const AtelierInk    *ink,
                         const AtelierSeries *series)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  /* A curve along the upper or lower edge of the plot is shown in its whole width. */
  double padding = series->style == ATELIER_SERIES_FAINT ? 0.0 : ATELIER_CURVE_WIDTH / 2.0;
  gboolean is_dense;
  guint begin, end;

  atelier_series_find_drawn_range (series, plot->x_min, plot->x_max, &begin, &end);
  is_dense = end - begin > DENSE_POINTS * plot->width;

  cairo_save (ink->cr);
  cairo_rectangle (ink->cr, plot->x, plot->y - padding, plot->width, plot->height + 2.0 * padding);
  cairo_clip (ink->cr);
  if (is_dense)
    draw_columns (ink, series, begin, end);
  else
    draw_line (ink, series, begin, end);
  if (atelier_series_is_smoothed (series))
    draw_average (ink, series, begin, end);
  cairo_restore (ink->cr);

  /* A value with a gap on either side has no line; without a dot it would not be seen. */
  for (guint i = begin; i < end && !is_dense; i++)
    if (atelier_chart_has_value (ink->chart, series, i) && is_alone (ink, series, i))
      atelier_ink_draw_marker (ink, series, i);
  if (series->has_best && series->i_best >= begin && series->i_best < end
      && atelier_chart_has_value (ink->chart, series, series->i_best))
    atelier_ink_draw_marker (ink, series, series->i_best);
}

