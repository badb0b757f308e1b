/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame of a chart: where the plot, the title, the legend and the labels stand.
 *
 * All of it follows from the chart and the size alone; a few dozen words are measured for it.  No
 * state is kept between two calls, so what was drawn and what a pointer hits cannot differ.  The
 * heights come first, since they need no labels.  They decide the ticks of y.  The widths of those
 * labels decide the left edge of the plot, and with it the ticks of x.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define DEFAULT_FONT_SIZE 12.0

/* Places the title and the legend side by side or one below the other, or leaves the legend out.
 * Returns the height that they take. */
static double
init_header (AtelierChartFrame  *frame,
             const AtelierChart *chart,
             AtelierText        *text,
             double              height)
{
  double room = MAX (frame->width - 2.0 * frame->margin - chart->head_end, 0.0);
  double title_height = 0.0;
  guint n_rows;

  frame->title_width = 0.0;
  frame->legend.y = frame->margin;
  if (height < frame->label_size * 7.0)
    return 0.0;

  if (chart->title != NULL && chart->title[0] != '\0')
    {
      atelier_text_set (text, chart->title, frame->title_size, TRUE);
      frame->title_width = MIN (atelier_text_get_width (text), room);
      title_height = ceil (atelier_text_get_height (text));
    }

  /* Rows below the title have to leave most of the height to the plot. */
  n_rows = (guint) CLAMP ((height / frame->label_size - 9.5) / 2.0, 0.0, ATELIER_LEGEND_MAX_ROWS);
  atelier_legend_init_rows (frame, chart, text, room, frame->title_width > 0.0 ? n_rows
                                                                              : MAX (n_rows, 1));
  if (frame->title_width == 0.0)
    return frame->legend.n_rows * frame->label_height;

  if (atelier_legend_fits_beside_title (frame, chart, text, room))
    {
      frame->legend.y += floor ((title_height - frame->label_height) / 2.0);
      return title_height;
    }
  frame->legend.y += title_height;

  return title_height + frame->legend.n_rows * frame->label_height;
}

static double
measure_ticks (const AtelierAxis *axis,
               AtelierText       *text,
               double             size,
               guint              begin)
{
  double width = 0.0;

  for (guint i = begin; i < axis->n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (axis, i);

      atelier_text_set (text, label, size, FALSE);
      width = MAX (width, atelier_text_get_width (text));
    }

  return width;
}

static void
init_vertical (AtelierChartFrame  *frame,
               const AtelierChart *chart,
               AtelierText        *text,
               double              height)
{
  AtelierChartLayout *plot = &frame->plot;
  double header = init_header (frame, chart, text, height);
  double bottom = height - frame->margin;

  frame->has_x_title = chart->x_title != NULL && height >= frame->label_size * 12.0;
  if (frame->has_x_title)
    bottom -= frame->label_height;
  frame->x_title_y = bottom;
  frame->x_labels_y = bottom - frame->label_height;

  /* Half of the uppermost label reaches above the plot. */
  plot->y = frame->margin + header
            + (header > 0.0 ? round (frame->label_size * 0.7) : ceil (frame->label_height / 2.0));
  plot->height = MAX (floor (frame->x_labels_y - round (frame->label_size * 0.35) - plot->y), 1.0);
}

static void
init_horizontal (AtelierChartFrame  *frame,
                 const AtelierChart *chart,
                 AtelierText        *text)
{
  AtelierChartLayout *plot = &frame->plot;
  double right = frame->width - frame->margin, widest;

  frame->ends_width = atelier_chart_ends_measure (frame, chart, text, frame->width);
  right -= frame->ends_width;

  plot->x = ceil (frame->margin + measure_ticks (&frame->y_axis, text, frame->label_size, 0)
                  + frame->label_size * 0.7);

  /* The labels' widths depend on the ticks, and the number of ticks on the widths: the widest label
   * of ten ticks is the bound. */
  atelier_axis_set_x_ticks (&frame->x_axis, 10);
  widest = measure_ticks (&frame->x_axis, text, frame->label_size, 0);
  plot->width = MAX (floor (right - widest / 2.0 - plot->x), 1.0);
  atelier_axis_set_x_ticks (
      &frame->x_axis, (guint) CLAMP (plot->width / (widest + frame->label_size * 3.0), 1.0, 10.0));
}

static guint
count_y_ticks (const AtelierChartFrame *frame)
{
  return (guint) CLAMP (round (frame->plot.height / (frame->label_size * 3.4)), 2.0, 8.0);
}

void
atelier_chart_frame_init (AtelierChartFrame  *frame,
                          const AtelierChart *chart,
                          double              width,
                          double              height)
{
  double font_size = chart->font_size > 0.0 ? chart->font_size : DEFAULT_FONT_SIZE;
  g_auto (AtelierText) text = { NULL };

  atelier_text_init (&text, NULL, chart->font);

  *frame = (AtelierChartFrame) {
    .width = width,
    .margin = round (font_size * 0.5),
    .title_size = font_size * 13.0 / 12.0,
    .label_size = font_size * 11.0 / 12.0,
  };
  atelier_text_set (&text, "0", frame->label_size, FALSE);
  frame->label_height = ceil (atelier_text_get_height (&text));

  atelier_axis_init_x (&frame->x_axis, chart);
  init_vertical (frame, chart, &text, height);
  atelier_axis_init_y (&frame->y_axis, chart, count_y_ticks (frame));
  init_horizontal (frame, chart, &text);

  frame->plot.x_min = frame->x_axis.min;
  frame->plot.x_max = frame->x_axis.max;
  frame->plot.y_min = frame->y_axis.min;
  frame->plot.y_max = frame->y_axis.max;
}

void
atelier_chart_get_layout (const AtelierChart *chart,
                          double              width,
                          double              height,
                          AtelierChartLayout *layout)
{
  AtelierChartFrame frame;

  g_return_if_fail (chart != NULL && layout != NULL);

  atelier_chart_frame_init (&frame, chart, width, height);
  *layout = frame.plot;
}
