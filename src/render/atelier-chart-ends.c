/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names at the right ends of lines, where many lines would make a legend a riddle.
 *
 * Each stands at the height of its line's last value, in the line's colour, with a note below in
 * the colour of text.  Names that would cover each other move apart, as little as can be, and a
 * thin line joins each to its own.  Where not even the names have room, the last are left out.  Any
 * thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define LARGEST_SHARE (1.0 / 3.0)
#define MAX_ENDS 16

/* Between the plot and the names, in letters. */
#define AIR 1.8

typedef struct
{
  const AtelierSeries *series; /* Borrowed */
  double               x;      /* of the line's end */
  double               y;
  double               top;    /* of its name */
} End;

double
atelier_chart_ends_measure (const AtelierChartFrame *frame,
                            const AtelierChart      *chart,
                            AtelierText             *text,
                            double                   width)
{
  double widest = 0.0;

  if (!chart->has_ends)
    return 0.0;
  for (guint i = 0; i < chart->n_series; i++)
    {
      const AtelierSeries *series = &chart->series[i];

      if (series->name == NULL)
        continue;
      atelier_text_set (text, series->name, frame->label_size, TRUE);
      widest = MAX (widest, atelier_text_get_width (text));
      if (series->end_note == NULL)
        continue;
      atelier_text_set (text, series->end_note, frame->label_size, FALSE);
      widest = MAX (widest, atelier_text_get_width (text));
    }
  return widest > 0.0 ? MIN (ceil (widest + AIR * frame->label_size), floor (width * LARGEST_SHARE))
                      : 0.0;
}

/* The last point of @series that is shown. */
static gboolean
find_end (const AtelierInk    *ink,
          const AtelierSeries *series,
          End                 *end)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  guint first, after;

  if (series->name == NULL)
    return FALSE;
  atelier_series_find_range (series, plot->x_min, plot->x_max, &first, &after);
  for (guint i = after; i > first; i--)
    {
      if (!atelier_chart_has_value (ink->chart, series, i - 1))
        continue;
      *end = (End) {
        .series = series,
        .x = atelier_ink_get_x (ink, series, i - 1),
        .y = CLAMP (atelier_ink_get_y (ink, series, i - 1), plot->y, plot->y + plot->height),
      };
      return TRUE;
    }
  return FALSE;
}

/* The ends from the top down. */
static guint
collect_ends (const AtelierInk *ink,
              End              *ends)
{
  guint n = 0;

  for (guint i = 0; i < ink->chart->n_series && n < MAX_ENDS; i++)
    {
      End end;
      guint k;

      if (!find_end (ink, &ink->chart->series[i], &end))
        continue;
      for (k = n++; k > 0 && ends[k - 1].y > end.y; k--)
        ends[k] = ends[k - 1];
      ends[k] = end;
    }
  return n;
}

/* Down from the top where they would cover each other, and up again where the last would leave the
 * plot. */
static void
move_apart (const AtelierInk *ink,
            End              *ends,
            guint             n,
            double            height)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double limit = plot->y - height;

  for (guint i = 0; i < n; i++)
    {
      ends[i].top = MAX (ends[i].y - ink->frame.label_height / 2.0, limit + height);
      limit = ends[i].top;
    }
  limit = plot->y + plot->height + ink->frame.label_height / 2.0;
  for (guint i = n; i > 0; i--)
    {
      ends[i - 1].top = MIN (ends[i - 1].top, limit - height);
      limit = ends[i - 1].top;
    }
}

static void
draw_end (const AtelierInk *ink,
          const End        *end,
          gboolean          has_note)
{
  const AtelierChartFrame *frame = &ink->frame;
  const double x = frame->plot.x + frame->plot.width + AIR * frame->label_size;
  const double room = frame->ends_width - AIR * frame->label_size + frame->margin / 2.0;
  const AtelierColor color = atelier_ink_get_color (ink, end->series);

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&color, ink->cr, 0.5);
  cairo_move_to (ink->cr, end->x + 5.0, end->y);
  cairo_line_to (ink->cr, x - 3.0, end->top + frame->label_height / 2.0);
  cairo_stroke (ink->cr);

  atelier_text_set (ink->text, end->series->name, frame->label_size, TRUE);
  atelier_text_ellipsize (ink->text, room);
  atelier_text_show (ink->text, ink->cr, x, end->top, 0.0, &color);
  if (!has_note || end->series->end_note == NULL)
    return;
  atelier_text_set (ink->text, end->series->end_note, frame->label_size, FALSE);
  atelier_text_ellipsize (ink->text, room);
  atelier_text_show (ink->text, ink->cr, x, end->top + frame->label_height, 0.0,
                     &ink->palette->dim_text);
}

void
atelier_ink_draw_ends (const AtelierInk *ink)
{
  const AtelierChartFrame *frame = &ink->frame;
  const double room = frame->plot.height + frame->label_height;
  End ends[MAX_ENDS];
  double height;
  gboolean has_note;
  guint n;

  if (frame->ends_width <= 0.0)
    return;
  n = collect_ends (ink, ends);
  has_note = n * 2.0 * frame->label_height <= room;
  height = (has_note ? 2.0 : 1.0) * frame->label_height;
  n = MIN (n, (guint) MAX (floor (room / height), 0.0));
  move_apart (ink, ends, n, height);
  for (guint i = 0; i < n; i++)
    draw_end (ink, &ends[i], has_note);
}
