/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawing a chart, from back to front: grid and labels, title and legend, batches, curves, marks.
 *
 * This file has the order, and draws all but the curves (atelier-chart-series.c) and the marks
 * (atelier-chart-marks.c).  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define LABEL_AIR 3.0 /* between a label and the ends of the grid's lines */

static double
value_to_y (const AtelierInk *ink,
            double            value)
{
  return atelier_chart_value_to_y (ink->chart, &ink->frame.plot, value);
}

/* Grid, labels, title and legend */

static void
add_line (const AtelierInk *ink,
          double            from,
          double            to,
          double            y)
{
  if (from >= to)
    return;

  cairo_move_to (ink->cr, from, y);
  cairo_line_to (ink->cr, to, y);
}

/* @label: what stands in the plot, which no line crosses; nullable. */
static void
draw_grid (const AtelierInk *ink,
           const AtelierBox *label)
{
  const AtelierChartFrame *frame = &ink->frame;
  double left = frame->plot.x, right = frame->plot.x + frame->plot.width;

  atelier_color_set_source (&ink->palette->grid, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, 1.0);
  for (guint i = 0; i < frame->y_axis.n_ticks; i++)
    {
      double y = floor (value_to_y (ink, frame->y_axis.ticks[i])) + 0.5;

      if (label == NULL || y < label->y || y > label->y + label->height)
        add_line (ink, left, right, y);
      else
        {
          add_line (ink, left, label->x - LABEL_AIR, y);
          add_line (ink, label->x + label->width + LABEL_AIR, right, y);
        }
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
draw_title (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  if (frame->title_width == 0.0)
    return;

  atelier_text_set (ink->text, ink->chart->title, frame->title_size, TRUE);
  atelier_text_ellipsize (ink->text, frame->width - 2.0 * frame->margin);
  atelier_text_show (ink->text, ink->cr, frame->margin, frame->margin, 0.0, &ink->palette->text);
}

static void
draw_legend (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;
  double gap = atelier_chart_frame_get_legend_gap (frame);
  double right = frame->width - frame->margin - ink->chart->head_end;
  double room = MAX (right - frame->margin, 0.0);

  for (guint i_row = 0; i_row < frame->legend.n_rows; i_row++)
    {
      const AtelierLegendRow *row = &frame->legend.rows[i_row];
      double y = frame->legend.y + i_row * frame->label_height;
      /* The row ends where the plot does, unless it is too long for that. */
      double x = MAX (MIN (frame->plot.x + frame->plot.width, right) - row->width, frame->margin);

      for (guint i = row->begin; i < row->end; i++)
        {
          const AtelierSeries *series = &ink->chart->series[i];
          double sample = atelier_chart_frame_get_legend_sample (frame), width;

          if (series->name == NULL)
            continue;

          width = atelier_legend_set_item (frame, series, ink->text, room);
          atelier_text_show (ink->text, ink->cr, x + sample + gap, y, 0.0,
                             &ink->palette->dim_text);
          atelier_ink_draw_sample (ink, series, round (x), y + frame->label_height / 2.0);
          x += width + 3.0 * gap;
        }
    }
}

/* All series */

static void
draw_all_series (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;

  for (guint i = 0; i < chart->n_series; i++)
    if (chart->series[i].style == ATELIER_SERIES_FAINT)
      atelier_ink_draw_series (ink, &chart->series[i]);

  for (guint i = 0; i < chart->n_series; i++)
    if (chart->series[i].style != ATELIER_SERIES_FAINT)
      atelier_ink_draw_series (ink, &chart->series[i]);
}

static gboolean
has_any_value (const AtelierInk *ink)
{
  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      guint begin, end;

      atelier_series_find_drawn_range (series, ink->frame.plot.x_min, ink->frame.plot.x_max,
                                       &begin, &end);
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

  /* Clears the grid behind the words. */
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
  AtelierMarks marks = { FALSE };
  gboolean has_value;
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

  has_value = has_any_value (&ink);
  if (has_value)
    atelier_ink_place_marks (&ink, &marks);
  draw_grid (&ink, marks.has_label ? &marks.label : NULL);
  draw_y_labels (&ink);
  draw_x_labels (&ink);
  draw_title (&ink);
  draw_legend (&ink);
  if (has_value)
    {
      atelier_ink_draw_handle (&ink);
      draw_all_series (&ink);
      atelier_ink_draw_ends (&ink);
      atelier_ink_draw_marks (&ink, &marks);
    }
  else if (chart->empty_text != NULL)
    draw_empty_text (&ink);

  cairo_restore (cr);
}
