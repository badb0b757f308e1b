/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ink of a chart, from back to front: grid and labels, head, batches, curves, and what marks
 * them.
 *
 * A line of more points than the plot has pixels is drawn as columns: between the smallest and
 * largest value of each, which is what a line through all points would cover, and darker within a
 * standard deviation of the mean, where that line would lie most of the time.  It takes one pass,
 * and memory of one size.  The columns have whole coordinates: for edges between pixels cairo would
 * take eight times as long.  Few points are drawn as a real line.  Training and validation differ
 * in colour, dash and marker.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define FAINT_WIDTH 1.0
#define FAINT_OPACITY 0.45

/* Of a dense faint line: all of it, and once more where most of it is. */
#define OUTER_OPACITY 0.10
#define INNER_OPACITY 0.16

#define MARKER_RADIUS 3.0

/* cairo compares the columns of a path with each other: many small paths are faster than one. */
#define COLUMNS_AT_ONCE 64

/* What is kept of a dense line before it is drawn, on the stack. */
#define MAX_COLUMNS 1024

/* From this many points a pixel on, columns take the place of lines. */
#define DENSE_POINTS 2.0

double
atelier_ink_get_x (const AtelierInk    *ink,
                   const AtelierSeries *series,
                   guint                i)
{
  return atelier_chart_value_to_x (ink->chart, &ink->frame.plot, atelier_series_get_x (series, i));
}

double
atelier_ink_get_y (const AtelierInk    *ink,
                   const AtelierSeries *series,
                   guint                i)
{
  return atelier_chart_value_to_y (ink->chart, &ink->frame.plot, atelier_series_get_y (series, i));
}

static double
value_to_y (const AtelierInk *ink,
            double            value)
{
  return atelier_chart_value_to_y (ink->chart, &ink->frame.plot, value);
}

/* The pen of a series, on the plot and in the legend alike. */
static void
set_series_pen (const AtelierInk    *ink,
                const AtelierSeries *series)
{
  static const double dashes[] = { 5.0, 3.0 };
  gboolean is_validation = series->style == ATELIER_SERIES_VALIDATION;
  gboolean is_faint = series->style == ATELIER_SERIES_FAINT;

  atelier_color_set_source (is_validation ? &ink->palette->validation : &ink->palette->training,
                            ink->cr, is_faint ? FAINT_OPACITY : 1.0);
  cairo_set_line_width (ink->cr, is_faint ? FAINT_WIDTH : ATELIER_CURVE_WIDTH);
  cairo_set_line_join (ink->cr, is_faint ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (ink->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (ink->cr, dashes, is_validation ? (int) G_N_ELEMENTS (dashes) : 0, 0.0);
}

static gboolean
is_in_plot (const AtelierInk *ink,
            double            x,
            double            y)
{
  const AtelierChartLayout *plot = &ink->frame.plot;

  /* Rounding must not lose the points on the edges. */
  return x >= plot->x - 0.01 && x <= plot->x + plot->width + 0.01
         && y >= plot->y - 0.01 && y <= plot->y + plot->height + 0.01;
}

void
atelier_ink_draw_marker (const AtelierInk    *ink,
                         const AtelierSeries *series,
                         guint                i)
{
  double x = atelier_ink_get_x (ink, series, i), y = atelier_ink_get_y (ink, series, i);
  gboolean is_faint = series->style == ATELIER_SERIES_FAINT;

  if (!is_in_plot (ink, x, y))
    return;

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_new_path (ink->cr);
  cairo_arc (ink->cr, x, y, is_faint ? FAINT_WIDTH : MARKER_RADIUS, 0.0, 2.0 * G_PI);
  if (series->style == ATELIER_SERIES_VALIDATION)
    {
      atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
      cairo_fill_preserve (ink->cr);
      atelier_color_set_source (&ink->palette->validation, ink->cr, 1.0);
      cairo_set_line_width (ink->cr, ATELIER_CURVE_WIDTH * 0.8);
      cairo_stroke (ink->cr);
      return;
    }

  atelier_color_set_source (&ink->palette->training, ink->cr, is_faint ? FAINT_OPACITY : 1.0);
  cairo_fill (ink->cr);
}

void
atelier_ink_draw_sample (const AtelierInk    *ink,
                         const AtelierSeries *series,
                         double               x,
                         double               y)
{
  set_series_pen (ink, series);
  /* On whole pixels: a line of two lies between them, a line of one on them. */
  cairo_move_to (ink->cr, x, floor (y) + (series->style == ATELIER_SERIES_FAINT ? 0.5 : 0.0));
  cairo_rel_line_to (ink->cr, atelier_chart_frame_get_legend_sample (&ink->frame), 0.0);
  cairo_stroke (ink->cr);
}

/* Grid, labels and head */

static void
draw_grid (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  atelier_color_set_source (&ink->palette->grid, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, 1.0);
  for (guint i = 0; i < frame->y_axis.n_ticks; i++)
    {
      double y = floor (value_to_y (ink, frame->y_axis.ticks[i])) + 0.5;

      cairo_move_to (ink->cr, frame->plot.x, y);
      cairo_line_to (ink->cr, frame->plot.x + frame->plot.width, y);
    }
  cairo_stroke (ink->cr);
}

static void
draw_y_labels (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  for (guint i = 0; i < frame->y_axis.n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (&frame->y_axis, i);
      double y = value_to_y (ink, frame->y_axis.ticks[i]);

      atelier_text_set (ink->text, label, frame->label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, frame->plot.x - round (frame->label_size * 0.6),
                         round (y - atelier_text_get_height (ink->text) / 2.0), 1.0,
                         &ink->palette->dim_text);
    }
}

static void
draw_x_labels (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  for (guint i = 0; i < frame->x_axis.n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (&frame->x_axis, i);

      atelier_text_set (ink->text, label, frame->label_size, FALSE);
      atelier_text_show (
          ink->text, ink->cr,
          atelier_chart_value_to_x (ink->chart, &frame->plot, frame->x_axis.ticks[i]),
          frame->x_labels_y, 0.5, &ink->palette->dim_text);
    }

  if (!frame->has_x_title)
    return;

  atelier_text_set (ink->text, ink->chart->x_title, frame->label_size, FALSE);
  atelier_text_ellipsize (ink->text, frame->plot.width);
  atelier_text_show (ink->text, ink->cr, frame->plot.x + frame->plot.width / 2.0, frame->x_title_y,
                     0.5, &ink->palette->dim_text);
}

static void
draw_header (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;
  double gap = atelier_chart_frame_get_legend_gap (frame);
  double right = frame->plot.x + frame->plot.width;

  if (frame->title_width > 0.0)
    {
      atelier_text_set (ink->text, ink->chart->title, frame->title_size, TRUE);
      atelier_text_ellipsize (ink->text, frame->width - 2.0 * frame->margin);
      atelier_text_show (ink->text, ink->cr, frame->margin, frame->margin, 0.0,
                         &ink->palette->text);
    }

  /* From right to left, so that it ends where the plot does. */
  for (guint i = frame->has_legend ? ink->chart->n_series : 0; i > 0; i--)
    {
      const AtelierSeries *series = &ink->chart->series[i - 1];

      if (series->name == NULL)
        continue;

      atelier_text_set (ink->text, series->name, frame->label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, right, frame->legend_y, 1.0, &ink->palette->dim_text);
      right -= atelier_text_get_width (ink->text) + gap
               + atelier_chart_frame_get_legend_sample (frame);
      atelier_ink_draw_sample (ink, series, round (right),
                               frame->legend_y + frame->label_height / 2.0);
      right -= 3.0 * gap;
    }
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

  set_series_pen (ink, series);
  /* A zigzag crosses each row of pixels hundreds of times, and the finest smoothing of it would
   * take ten times as long without being seen in a line as faint. */
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

/* Many points: columns */

/* What falls into one pixel's width. */
typedef struct
{
  int      place;     /* left edge */
  gboolean is_joined; /* no gap parts it from the column before */
  guint    n;         /* values */
  double   low;
  double   high;
  double   first;
  double   last;
  double   sum;       /* of differences from the first, which keeps the squares small */
  double   sum_of_squares;
} Column;

/* Columns that are drawn together; the first one has been drawn, and is what the second may be
 * joined to. */
typedef struct
{
  Column columns[MAX_COLUMNS];
  guint  n;
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

/* A bar from value to value, at least as high as the line is wide. */
static void
add_bar (const AtelierInk *ink,
         int               place,
         double            low,
         double            high)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double top = value_to_y (ink, high), bottom = value_to_y (ink, low);

  if (bottom - top <= FAINT_WIDTH)
    {
      top = floor ((top + bottom) / 2.0);
      bottom = top + FAINT_WIDTH;
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

  /* Where the points lie wide apart for once, a line crosses the columns between. */
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

/* Up and down within a dense curve's column, in the order that joins its neighbours. */
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
  /* On paper one path: a viewer that scales it would show the seams between several. */
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

/* Draws the columns, or for a curve adds them to its path, and starts over from the last one. */
static void
draw_block (const AtelierInk    *ink,
            const AtelierSeries *series,
            ColumnBlock         *block)
{
  if (series->style == ATELIER_SERIES_FAINT)
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
  set_series_pen (ink, series);
  for (guint i = begin; i < end; i++)
    {
      double x = plot->x + (atelier_series_get_x (series, i) - plot->x_min) * scale;
      double value = atelier_series_get_y (series, i);
      gboolean has_value = isfinite (value) && (!ink->chart->is_log || value > 0.0);
      int place = (int) CLAMP (x, plot->x - 1.0, plot->x + plot->width);

      if (column.n > 0 && (place != column.place || !has_value))
        {
          if (block.n == MAX_COLUMNS)
            draw_block (ink, series, &block);
          block.columns[block.n++] = column;
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

  /* The last point is beyond the plot or ends the series; its column has not been closed by
   * another. */
  if (block.n == MAX_COLUMNS)
    draw_block (ink, series, &block);
  if (column.n > 0)
    block.columns[block.n++] = column;
  draw_block (ink, series, &block);
  if (series->style != ATELIER_SERIES_FAINT)
    cairo_stroke (ink->cr);
}

/* All series */

/* The shown points and one beyond each side, so that a line leaves the plot instead of ending in
 * it. */
static void
find_drawn_range (const AtelierInk    *ink,
                  const AtelierSeries *series,
                  guint               *begin,
                  guint               *end)
{
  atelier_series_find_range (series, ink->frame.plot.x_min, ink->frame.plot.x_max, begin, end);
  if (*begin > 0)
    (*begin)--;
  if (*end < series->n)
    (*end)++;
}

static void
draw_series (const AtelierInk    *ink,
             const AtelierSeries *series)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  /* A curve that runs along the plot's upper or lower edge is shown in its whole width. */
  double padding = series->style == ATELIER_SERIES_FAINT ? 0.0 : ATELIER_CURVE_WIDTH / 2.0;
  gboolean is_dense;
  guint begin, end;

  find_drawn_range (ink, series, &begin, &end);
  is_dense = end - begin > DENSE_POINTS * plot->width;

  cairo_save (ink->cr);
  cairo_rectangle (ink->cr, plot->x, plot->y - padding, plot->width, plot->height + 2.0 * padding);
  cairo_clip (ink->cr);
  if (is_dense)
    draw_columns (ink, series, begin, end);
  else
    draw_line (ink, series, begin, end);
  cairo_restore (ink->cr);

  /* Values with a gap on either side have no line; without a dot they would not be seen. */
  for (guint i = begin; i < end && !is_dense; i++)
    if (atelier_chart_has_value (ink->chart, series, i) && is_alone (ink, series, i))
      atelier_ink_draw_marker (ink, series, i);
}

static void
draw_all_series (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;

  for (guint i = 0; i < chart->n_series; i++)
    if (chart->series[i].style == ATELIER_SERIES_FAINT)
      draw_series (ink, &chart->series[i]);

  for (guint i = 0; i < chart->n_series; i++)
    if (chart->series[i].style != ATELIER_SERIES_FAINT)
      draw_series (ink, &chart->series[i]);
}

static gboolean
has_any_value (const AtelierInk *ink)
{
  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      guint begin, end;

      atelier_series_find_range (series, ink->frame.plot.x_min, ink->frame.plot.x_max, &begin,
                                 &end);
      for (guint i = begin; i < end; i++)
        if (atelier_chart_has_value (ink->chart, series, i))
          return TRUE;
    }

  return FALSE;
}

static void
draw_empty_text (const AtelierInk *ink)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = plot->x + plot->width / 2.0, y = plot->y + plot->height / 2.0, width, height, air;

  atelier_text_set (ink->text, ink->chart->empty_text, ink->frame.title_size, FALSE);
  atelier_text_ellipsize (ink->text, plot->width);
  width = atelier_text_get_width (ink->text);
  height = atelier_text_get_height (ink->text);
  air = ink->frame.label_size;

  /* The grid does not run through the words. */
  atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
  cairo_rectangle (ink->cr, x - width / 2.0 - air, y - height / 2.0, width + 2.0 * air, height);
  cairo_fill (ink->cr);
  atelier_text_show (ink->text, ink->cr, x, y - height / 2.0, 0.5, &ink->palette->dim_text);
}

void
atelier_chart_draw (const AtelierChart   *chart,
                    const AtelierPalette *palette,
                    cairo_t              *cr,
                    double                width,
                    double                height)
{
  g_auto (AtelierText) text = { NULL };
  AtelierInk ink = { .chart = chart, .palette = palette, .cr = cr, .text = &text };

  g_return_if_fail (chart != NULL && palette != NULL && cr != NULL);

  if (!(width >= 1.0) || !(height >= 1.0) || cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    return;

  atelier_text_init (&text, cr, chart->font);
  atelier_chart_frame_init (&ink.frame, chart, width, height);

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_clip (cr);

  draw_grid (&ink);
  draw_y_labels (&ink);
  draw_x_labels (&ink);
  draw_header (&ink);
  if (has_any_value (&ink))
    {
      draw_all_series (&ink);
      atelier_ink_draw_marks (&ink);
    }
  else if (chart->empty_text != NULL)
    draw_empty_text (&ink);

  cairo_restore (cr);
}
