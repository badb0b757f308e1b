/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of a chart: it stands above the plot and never on it.
 *
 * Beside the title where both fit, else in rows below it, as many as the height can spare.  A name
 * that is wider than a row is cut with an ellipsis; series that find no row are left out, the last
 * first, since callers list what matters most first.  A legend within the plot was rejected: curves
 * go everywhere.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

double
atelier_chart_frame_get_legend_sample (const AtelierChartFrame *frame)
{
  return round (frame->label_size * 2.0);
}

double
atelier_chart_frame_get_legend_gap (const AtelierChartFrame *frame)
{
  return round (frame->label_size * 0.5);
}

/* Sets the name, cut where it is wider than a row; returns the item's width. */
static double
set_item (const AtelierChartFrame *frame,
          const AtelierSeries     *series,
          AtelierText             *text,
          double                   room)
{
  double others = atelier_chart_frame_get_legend_sample (frame)
                  + atelier_chart_frame_get_legend_gap (frame);

  atelier_text_set (text, series->name, frame->label_size, FALSE);
  atelier_text_ellipsize (text, MAX (room - others, 0.0));

  return others + atelier_text_get_width (text);
}

void
atelier_legend_init_rows (AtelierChartFrame  *frame,
                          const AtelierChart *chart,
                          AtelierText        *text,
                          double              room,
                          guint               n_rows)
{
  AtelierLegend *legend = &frame->legend;
  double gap = 3.0 * atelier_chart_frame_get_legend_gap (frame);

  legend->n_rows = 0;
  /* A sample and two letters or so. */
  if (room < atelier_chart_frame_get_legend_sample (frame) * 2.0)
    return;

  for (guint i = 0; i < chart->n_series; i++)
    {
      AtelierLegendRow *row = legend->n_rows > 0 ? &legend->rows[legend->n_rows - 1] : NULL;
      double width;

      if (chart->series[i].name == NULL)
        continue;

      width = set_item (frame, &chart->series[i], text, room);
      if (row != NULL && row->width + gap + width <= room)
        {
          row->width += gap + width;
          row->end = i + 1;
          continue;
        }
      if (legend->n_rows == MIN (n_rows, ATELIER_LEGEND_MAX_ROWS))
        return;
      legend->rows[legend->n_rows++] = (AtelierLegendRow) { i, i + 1, width };
    }
}

gboolean
atelier_legend_fits_beside_title (AtelierChartFrame  *frame,
                                  const AtelierChart *chart,
                                  AtelierText        *text,
                                  double              room)
{
  AtelierLegend below = frame->legend;

  atelier_legend_init_rows (frame, chart, text, HUGE_VAL, 1);
  if (frame->legend.n_rows == 0
      || frame->legend.rows[0].width <= room - frame->title_width - 2.0 * frame->label_size)
    return TRUE;
  frame->legend = below;

  return FALSE;
}

void
atelier_ink_draw_legend (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;
  double gap = atelier_chart_frame_get_legend_gap (frame);
  double right = frame->width - frame->margin - ink->chart->head_end;
  double room = MAX (right - frame->margin, 0.0);

  for (guint i_row = 0; i_row < frame->legend.n_rows; i_row++)
    {
      const AtelierLegendRow *row = &frame->legend.rows[i_row];
      double y = frame->legend.y + i_row * frame->label_height;
      /* It ends where the plot does, if it is not too long for that. */
      double x = MAX (MIN (frame->plot.x + frame->plot.width, right) - row->width, frame->margin);

      for (guint i = row->begin; i < row->end; i++)
        {
          const AtelierSeries *series = &ink->chart->series[i];
          double sample = atelier_chart_frame_get_legend_sample (frame), width;

          if (series->name == NULL)
            continue;

          width = set_item (frame, series, ink->text, room);
          atelier_text_show (ink->text, ink->cr, x + sample + gap, y, 0.0,
                             &ink->palette->dim_text);
          atelier_ink_draw_sample (ink, series, round (x), y + frame->label_height / 2.0);
          x += width + 3.0 * gap;
        }
    }
}
