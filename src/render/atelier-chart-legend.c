/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of a chart: where its items stand, which is above the plot and never on it.
 *
 * Beside the title where both fit, else in rows below it, as many as the height leaves room for.  A
 * name that is wider than a row is cut with an ellipsis.  Series for which there is no row are left
 * out, the last first, since callers list first what matters most.  A legend within the plot was
 * rejected: curves may lie anywhere.  Here it is only measured; atelier-chart-draw.c draws it.  Any
 * thread.
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

double
atelier_legend_set_item (const AtelierChartFrame *frame,
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
  /* Less than a sample and some two letters is no room. */
  if (chart->has_ends || room < atelier_chart_frame_get_legend_sample (frame) * 2.0)
    return;

  for (guint i = 0; i < chart->n_series; i++)
    {
      AtelierLegendRow *row = legend->n_rows > 0 ? &legend->rows[legend->n_rows - 1] : NULL;
      double width;

      if (chart->series[i].name == NULL)
        continue;

      width = atelier_legend_set_item (frame, &chart->series[i], text, room);
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
