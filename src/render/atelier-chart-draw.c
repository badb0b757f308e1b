/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ink of a chart, from back to front: grid and labels, batches, curves, the best epoch, the cursor, the head.
 *
 * A line of more points than the plot has pixels is drawn as columns between the smallest and largest value of each: it
 * is what a line through all points would cover, at the price of one pass and without storing anything.  Few points are
 * drawn as a real line.  Training and validation differ in colour, dash and marker.  Labels are placed last-but-one, when
 * it is known what they would cover.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>

#define CURVE_WIDTH 2.0
#define FAINT_WIDTH 1.0
#define FAINT_LINE_OPACITY 0.45
#define FAINT_BAND_OPACITY 0.28
#define MARKER_RADIUS 3.0
#define RING_RADIUS 5.0

/* From this many points a pixel on, columns take the place of lines. */
#define DENSE_POINTS 2.0

/* A label this far from its ring is tied to it by a thin line. */
#define LEADER_DISTANCE 16.0

/* How far from the cursor's epoch, in units of x, a series' value may have been measured to be shown with it. */
#define SAME_EPOCH 0.5

typedef struct
{
  const AtelierChart   *chart;   /* Borrowed */
  const AtelierPalette *palette; /* Borrowed */
  cairo_t              *cr;      /* Borrowed */
  AtelierText          *text;    /* Borrowed */
  AtelierChartFrame     frame;
} Ink;

static double
get_x (const Ink           *ink,
       const AtelierSeries *series,
       guint                i)
{
  return atelier_chart_value_to_x (ink->chart, &ink->frame.plot, atelier_series_get_x (series, i));
}

static double
get_y (const Ink           *ink,
       const AtelierSeries *series,
       guint                i)
{
  return atelier_chart_value_to_y (ink->chart, &ink->frame.plot, atelier_series_get_y (series, i));
}

static const AtelierColor *
get_series_color (const Ink           *ink,
                  const AtelierSeries *series)
{
  return series->style == ATELIER_SERIES_VALIDATION ? &ink->palette->validation : &ink->palette->training;
}

/* The pen of a series, on the plot and in the legend alike. */
static void
set_series_pen (const Ink           *ink,
                const AtelierSeries *series)
{
  static const double dashes[] = { 5.0, 3.0 };
  gboolean is_faint = series->style == ATELIER_SERIES_FAINT;

  atelier_color_set_source (get_series_color (ink, series), ink->cr, is_faint ? FAINT_LINE_OPACITY : 1.0);
  cairo_set_line_width (ink->cr, is_faint ? FAINT_WIDTH : CURVE_WIDTH);
  cairo_set_line_join (ink->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (ink->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (ink->cr, dashes, series->style == ATELIER_SERIES_VALIDATION ? 2 : 0, 0.0);
}

/* A full dot for training, a hollow one for validation. */
static void
draw_marker (const Ink           *ink,
             const AtelierSeries *series,
             double               x,
             double               y)
{
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_new_path (ink->cr);
  cairo_arc (ink->cr, x, y, MARKER_RADIUS, 0.0, 2.0 * G_PI);
  if (series->style == ATELIER_SERIES_VALIDATION)
    {
      atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
      cairo_fill_preserve (ink->cr);
      atelier_color_set_source (&ink->palette->validation, ink->cr, 1.0);
      cairo_set_line_width (ink->cr, 1.6);
      cairo_stroke (ink->cr);
      return;
    }

  atelier_color_set_source (&ink->palette->training, ink->cr, 1.0);
  cairo_fill (ink->cr);
}

/* Grid and axes */

static void
draw_grid (const Ink *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  atelier_color_set_source (&ink->palette->grid, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, 1.0);
  for (guint i = 0; i < frame->y_axis.n_ticks; i++)
    {
      double y = floor (atelier_chart_value_to_y (ink->chart, &frame->plot, frame->y_axis.ticks[i])) + 0.5;

      cairo_move_to (ink->cr, frame->plot.x, y);
      cairo_line_to (ink->cr, frame->plot.x + frame->plot.width, y);
    }
  cairo_stroke (ink->cr);
}

static void
draw_tick_labels (const Ink *ink)
{
  const AtelierChartFrame *frame = &ink->frame;

  for (guint i = 0; i < frame->y_axis.n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (&frame->y_axis, i);
      double y = atelier_chart_value_to_y (ink->chart, &frame->plot, frame->y_axis.ticks[i]);

      atelier_text_set (ink->text, label, frame->label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, frame->plot.x - round (frame->label_size * 0.6),
                         round (y - atelier_text_get_height (ink->text) / 2.0), 1.0, &ink->palette->dim_text);
    }

  for (guint i = 0; i < frame->x_axis.n_ticks; i++)
    {
      g_autofree char *label = atelier_axis_format_tick (&frame->x_axis, i);

      atelier_text_set (ink->text, label, frame->label_size, FALSE);
      atelier_text_show (ink->text, ink->cr,
                         atelier_chart_value_to_x (ink->chart, &frame->plot, frame->x_axis.ticks[i]),
                         frame->x_labels_y, 0.5, &ink->palette->dim_text);
    }

  if (frame->has_x_title)
    {
      atelier_text_set (ink->text, ink->chart->x_title, frame->label_size, FALSE);
      atelier_text_ellipsize (ink->text, frame->plot.width);
      atelier_text_show (ink->text, ink->cr, frame->plot.x + frame->plot.width / 2.0,
                         frame->x_title_y, 0.5, &ink->palette->dim_text);
    }
}

/* Series */

/* The shown points and one beyond each side, so that a line leaves the plot instead of ending in it. */
static void
find_drawn_range (const Ink           *ink,
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

static gboolean
is_alone (const Ink           *ink,
          const AtelierSeries *series,
          guint                i)
{
  return (i == 0 || !atelier_chart_has_value (ink->chart, series, i - 1))
         && (i + 1 >= series->n || !atelier_chart_has_value (ink->chart, series, i + 1));
}

static void
draw_line (const Ink           *ink,
           const AtelierSeries *series,
           guint                begin,
           guint                end)
{
  gboolean is_open = FALSE;

  set_series_pen (ink, series);
  for (guint i = begin; i < end; i++)
    {
      if (!atelier_chart_has_value (ink->chart, series, i))
        is_open = FALSE;
      else if (is_open)
        cairo_line_to (ink->cr, get_x (ink, series, i), get_y (ink, series, i));
      else
        {
          cairo_move_to (ink->cr, get_x (ink, series, i), get_y (ink, series, i));
          is_open = TRUE;
        }
    }
  cairo_stroke (ink->cr);
}

/* Values with a gap on either side have no line; without a dot they would not be seen. */
static void
draw_lone_points (const Ink           *ink,
                  const AtelierSeries *series,
                  guint                begin,
                  guint                end)
{
  for (guint i = begin; i < end; i++)
    if (atelier_chart_has_value (ink->chart, series, i) && is_alone (ink, series, i))
      {
        if (series->style != ATELIER_SERIES_FAINT)
          draw_marker (ink, series, get_x (ink, series, i), get_y (ink, series, i));
        else
          {
            atelier_color_set_source (&ink->palette->training, ink->cr, FAINT_LINE_OPACITY);
            cairo_arc (ink->cr, get_x (ink, series, i), get_y (ink, series, i), FAINT_WIDTH, 0.0, 2.0 * G_PI);
            cairo_fill (ink->cr);
          }
      }
}

/* What falls into one pixel's width. */
typedef struct
{
  int      place; /* left edge */
  gboolean has_value;
  double   low, high, first, last;
} Column;

static void
start_column (Column *column,
              int     place)
{
  *column = (Column) { .place = place };
}

static void
add_to_column (Column *column,
               double  value)
{
  if (!column->has_value)
    {
      column->has_value = TRUE;
      column->low = column->high = column->first = value;
    }
  column->low = MIN (column->low, value);
  column->high = MAX (column->high, value);
  column->last = value;
}

/* Adds a finished column of a dense faint line to the path, joined to the one before it. */
static void
add_band_column (const Ink    *ink,
                 const Column *column,
                 const Column *previous)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double low = column->low, high = column->high, top, bottom;

  if (previous->has_value)
    {
      low = MIN (low, previous->last);
      high = MAX (high, previous->last);
    }

  top = atelier_chart_value_to_y (ink->chart, plot, high);
  bottom = atelier_chart_value_to_y (ink->chart, plot, low);
  if (bottom - top < FAINT_WIDTH)
    {
      top = (top + bottom - FAINT_WIDTH) / 2.0;
      bottom = top + FAINT_WIDTH;
    }
  top = MAX (top, plot->y - 1.0);
  bottom = MIN (bottom, plot->y + plot->height + 1.0);
  if (bottom > top)
    cairo_rectangle (ink->cr, column->place, top, 1.0, bottom - top);

  /* Where the points lie wide apart for once, a thin bar spans the columns between. */
  if (previous->has_value && column->place > previous->place + 1)
    {
      double last = atelier_chart_value_to_y (ink->chart, plot, previous->last);
      double first = atelier_chart_value_to_y (ink->chart, plot, column->first);

      cairo_move_to (ink->cr, previous->place + 1.0, last - FAINT_WIDTH / 2.0);
      cairo_line_to (ink->cr, column->place, first - FAINT_WIDTH / 2.0);
      cairo_line_to (ink->cr, column->place, first + FAINT_WIDTH / 2.0);
      cairo_line_to (ink->cr, previous->place + 1.0, last + FAINT_WIDTH / 2.0);
      cairo_close_path (ink->cr);
    }
}

/* Adds a finished column of a dense curve: up and down within it, in the order that joins its neighbours. */
static void
add_line_column (const Ink    *ink,
                 const Column *column,
                 const Column *previous)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = column->place + 0.5;
  gboolean rises = column->last >= column->first;

  if (previous->has_value)
    cairo_line_to (ink->cr, x, atelier_chart_value_to_y (ink->chart, plot, column->first));
  else
    cairo_move_to (ink->cr, x, atelier_chart_value_to_y (ink->chart, plot, column->first));
  cairo_line_to (ink->cr, x, atelier_chart_value_to_y (ink->chart, plot, rises ? column->low : column->high));
  cairo_line_to (ink->cr, x, atelier_chart_value_to_y (ink->chart, plot, rises ? column->high : column->low));
  cairo_line_to (ink->cr, x, atelier_chart_value_to_y (ink->chart, plot, column->last));
}

static void
draw_columns (const Ink           *ink,
              const AtelierSeries *series,
              guint                begin,
              guint                end)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  void (*add) (const Ink *, const Column *, const Column *)
    = series->style == ATELIER_SERIES_FAINT ? add_band_column : add_line_column;
  double scale = plot->width / (plot->x_max - plot->x_min);
  Column column = { 0 }, previous = { 0 };

  for (guint i = begin; i < end; i++)
    {
      double x = plot->x + (atelier_series_get_x (series, i) - plot->x_min) * scale;
      int place = (int) CLAMP (floor (x), plot->x - 2.0, plot->x + plot->width + 1.0);
      gboolean has_value = atelier_chart_has_value (ink->chart, series, i);

      /* A gap ends a column, and what comes after it is not joined. */
      if (column.has_value && (place != column.place || !has_value))
        {
          add (ink, &column, &previous);
          previous = column;
          column.has_value = FALSE;
        }
      if (!has_value)
        {
          previous.has_value = FALSE;
          continue;
        }
      if (!column.has_value)
        start_column (&column, place);
      add_to_column (&column, atelier_series_get_y (series, i));
    }
  if (column.has_value)
    add (ink, &column, &previous);

  set_series_pen (ink, series);
  if (series->style == ATELIER_SERIES_FAINT)
    {
      atelier_color_set_source (&ink->palette->training, ink->cr, FAINT_BAND_OPACITY);
      cairo_fill (ink->cr);
    }
  else
    cairo_stroke (ink->cr);
}

static void
draw_series (const Ink           *ink,
             const AtelierSeries *series)
{
  guint begin, end;

  find_drawn_range (ink, series, &begin, &end);
  cairo_new_path (ink->cr);
  if (end - begin > DENSE_POINTS * ink->frame.plot.width)
    {
      draw_columns (ink, series, begin, end);
      return;
    }

  draw_line (ink, series, begin, end);
  draw_lone_points (ink, series, begin, end);
}

static void
clip_to_plot (const Ink *ink,
              double     padding)
{
  const AtelierChartLayout *plot = &ink->frame.plot;

  cairo_rectangle (ink->cr, plot->x - padding, plot->y - padding,
                   plot->width + 2.0 * padding, plot->height + 2.0 * padding);
  cairo_clip (ink->cr);
}

static void
draw_all_series (const Ink *ink)
{
  cairo_save (ink->cr);
  clip_to_plot (ink, 0.0);
  for (guint i = 0; i < ink->chart->n_series; i++)
    if (ink->chart->series[i].style == ATELIER_SERIES_FAINT)
      draw_series (ink, &ink->chart->series[i]);
  cairo_restore (ink->cr);

  /* A curve that runs along the plot's edge, or a dot on it, is shown whole. */
  cairo_save (ink->cr);
  clip_to_plot (ink, MARKER_RADIUS + 1.0);
  for (guint i = 0; i < ink->chart->n_series; i++)
    if (ink->chart->series[i].style != ATELIER_SERIES_FAINT)
      draw_series (ink, &ink->chart->series[i]);
  cairo_restore (ink->cr);
}

/* The cursor */

/* The point that a named series shows at the cursor, or -1. */
static int
find_cursor_point (const Ink           *ink,
                   const AtelierSeries *series,
                   double               cursor_x)
{
  int i = series->name != NULL ? atelier_series_get_nearest (series, cursor_x) : -1;
  double x;

  if (i < 0 || !atelier_chart_has_value (ink->chart, series, (guint) i))
    return -1;

  x = atelier_series_get_x (series, (guint) i);

  return x >= ink->frame.plot.x_min && x <= ink->frame.plot.x_max ? i : -1;
}

/* The epoch whose values are read out: the one nearest to the cursor that any named series has. */
static double
find_cursor_epoch (const Ink *ink)
{
  double nearest = ink->chart->cursor_x, distance = HUGE_VAL;

  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      int i = series->style != ATELIER_SERIES_FAINT ? find_cursor_point (ink, series, ink->chart->cursor_x) : -1;
      double x = i >= 0 ? atelier_series_get_x (series, (guint) i) : 0.0;

      if (i >= 0 && fabs (x - ink->chart->cursor_x) < distance)
        {
          nearest = x;
          distance = fabs (x - ink->chart->cursor_x);
        }
    }

  return nearest;
}

/* The point of @series that belongs to the read-out epoch, or -1. */
static int
find_epoch_point (const Ink           *ink,
                  const AtelierSeries *series,
                  double               epoch)
{
  int i = find_cursor_point (ink, series, epoch);

  return i >= 0 && fabs (atelier_series_get_x (series, (guint) i) - epoch) <= SAME_EPOCH ? i : -1;
}

static gboolean
has_shown_cursor (const Ink *ink)
{
  const AtelierChart *chart = ink->chart;

  return chart->has_cursor && chart->cursor_x >= ink->frame.plot.x_min && chart->cursor_x <= ink->frame.plot.x_max;
}

static void
draw_cursor_line (const Ink *ink)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = floor (atelier_chart_value_to_x (ink->chart, plot, ink->chart->cursor_x)) + 0.5;

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 1.0);
  cairo_move_to (ink->cr, x, plot->y);
  cairo_line_to (ink->cr, x, plot->y + plot->height);
  cairo_stroke (ink->cr);
}

static void
draw_cursor_markers (const Ink *ink)
{
  double epoch = find_cursor_epoch (ink);

  cairo_save (ink->cr);
  clip_to_plot (ink, MARKER_RADIUS + 1.0);
  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      int i = find_epoch_point (ink, series, epoch);

      if (i >= 0)
        draw_marker (ink, series, get_x (ink, series, (guint) i), get_y (ink, series, (guint) i));
    }
  cairo_restore (ink->cr);
}

static char *
format_epoch (const Ink *ink,
              double     epoch)
{
  g_autofree char *number = NULL;

  if (fabs (epoch - round (epoch)) < 1e-6)
    number = g_strdup_printf ("%.0f", epoch);
  else
    number = g_strdup_printf ("%.2f", epoch);

  /* Translators: the head of the values at the chart's cursor: the axis's name and the place on it, as in "epoch 7". */
  return g_strdup_printf (C_("chart cursor", "%s %s"),
                          ink->chart->x_title != NULL ? ink->chart->x_title : _("epoch"), number);
}

/* What stands in a line of the read-out; a dash where the series has no value at @epoch. */
static char *
format_series_value (const Ink           *ink,
                     const AtelierSeries *series,
                     double               epoch)
{
  int i = find_epoch_point (ink, series, epoch);

  return i >= 0 ? atelier_chart_format_value (ink->chart, atelier_series_get_y (series, (guint) i)) : g_strdup ("–");
}

typedef struct
{
  double epoch;
  double padding;
  double gap;          /* between names and values */
  double sample_width; /* of a line's sample, with its gap */
  double names_width;
  double line_height;
  double width;
  double height;
} Readout;

static void
measure_readout (const Ink *ink,
                 Readout   *readout)
{
  const AtelierChartFrame *frame = &ink->frame;
  double values_width = 0.0;
  g_autofree char *head = NULL;
  guint n_lines = 1;

  *readout = (Readout) {
    .epoch = find_cursor_epoch (ink),
    .padding = round (frame->label_size * 0.5),
    .gap = frame->label_size,
    .sample_width = atelier_chart_frame_get_legend_sample (frame) + atelier_chart_frame_get_legend_gap (frame),
    .line_height = frame->label_height + 1.0,
  };
  for (guint i = 0; i < ink->chart->n_series; i++)
    {
      const AtelierSeries *series = &ink->chart->series[i];
      g_autofree char *value = NULL;

      if (series->name == NULL)
        continue;

      value = format_series_value (ink, series, readout->epoch);
      atelier_text_set (ink->text, series->name, frame->label_size, FALSE);
      readout->names_width = MAX (readout->names_width, atelier_text_get_width (ink->text));
      atelier_text_set (ink->text, value, frame->label_size, TRUE);
      values_width = MAX (values_width, atelier_text_get_width (ink->text));
      n_lines++;
    }

  head = format_epoch (ink, readout->epoch);
  atelier_text_set (ink->text, head, frame->label_size, TRUE);
  readout->width = ceil (2.0 * readout->padding
                         + MAX (readout->sample_width + readout->names_width + readout->gap + values_width,
                                atelier_text_get_width (ink->text)));
  readout->height = ceil (2.0 * readout->padding + n_lines * readout->line_height);
}

/* A line as the legend shows it. */
static void
draw_sample (const Ink           *ink,
             const AtelierSeries *series,
             double               x,
             double               y)
{
  set_series_pen (ink, series);
  cairo_move_to (ink->cr, x, floor (y) + (series->style == ATELIER_SERIES_FAINT ? 0.5 : 0.0));
  cairo_rel_line_to (ink->cr, atelier_chart_frame_get_legend_sample (&ink->frame), 0.0);
  cairo_stroke (ink->cr);
}

static void
draw_readout_lines (const Ink        *ink,
                    const Readout    *readout,
                    const AtelierBox *box)
{
  double left = box->x + readout->padding, right = box->x + box->width - readout->padding;
  double y = box->y + readout->padding;
  g_autofree char *head = format_epoch (ink, readout->epoch);

  atelier_text_set (ink->text, head, ink->frame.label_size, TRUE);
  atelier_text_show (ink->text, ink->cr, left, y, 0.0, &ink->palette->text);

  for (guint i = 0; i < ink->chart->n_series; i++)
    {
      const AtelierSeries *series = &ink->chart->series[i];
      g_autofree char *value = NULL;

      if (series->name == NULL)
        continue;

      y += readout->line_height;
      value = format_series_value (ink, series, readout->epoch);
      draw_sample (ink, series, left, y + ink->frame.label_height / 2.0);
      atelier_text_set (ink->text, series->name, ink->frame.label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, left + readout->sample_width, y, 0.0, &ink->palette->dim_text);
      atelier_text_set (ink->text, value, ink->frame.label_size, TRUE);
      atelier_text_show (ink->text, ink->cr, right, y, 1.0, &ink->palette->text);
    }
}

static void
add_rounded_box (cairo_t          *cr,
                 const AtelierBox *box,
                 double            radius)
{
  double right = box->x + box->width, bottom = box->y + box->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, box->y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, box->x + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, box->x + radius, box->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_readout (const Ink        *ink,
              const Readout    *readout,
              const AtelierBox *box)
{
  AtelierBox edge = { box->x + 0.5, box->y + 0.5, box->width - 1.0, box->height - 1.0 };

  cairo_new_path (ink->cr);
  add_rounded_box (ink->cr, &edge, 5.0);
  atelier_color_set_source (&ink->palette->background, ink->cr, 0.94);
  cairo_fill_preserve (ink->cr);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 0.6);
  cairo_stroke (ink->cr);

  draw_readout_lines (ink, readout, box);
}

/* The best epoch */

static gboolean
has_shown_best (const Ink *ink)
{
  const AtelierChart *chart = ink->chart;
  const AtelierChartLayout *plot = &ink->frame.plot;

  return chart->has_best && isfinite (chart->best_y) && (!chart->is_log || chart->best_y > 0.0)
         && chart->best_x >= plot->x_min && chart->best_x <= plot->x_max
         && chart->best_y >= plot->y_min && chart->best_y <= plot->y_max;
}

static void
draw_ring (const Ink *ink)
{
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_new_path (ink->cr);
  cairo_arc (ink->cr,
             atelier_chart_value_to_x (ink->chart, &ink->frame.plot, ink->chart->best_x),
             atelier_chart_value_to_y (ink->chart, &ink->frame.plot, ink->chart->best_y),
             RING_RADIUS, 0.0, 2.0 * G_PI);
  atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  cairo_set_line_width (ink->cr, CURVE_WIDTH);
  atelier_color_set_source (&ink->palette->validation, ink->cr, 1.0);
  cairo_stroke (ink->cr);
}

static AtelierBox
get_ring_box (const Ink *ink,
              double     padding)
{
  double radius = RING_RADIUS + padding;

  return (AtelierBox) {
    atelier_chart_value_to_x (ink->chart, &ink->frame.plot, ink->chart->best_x) - radius,
    atelier_chart_value_to_y (ink->chart, &ink->frame.plot, ink->chart->best_y) - radius,
    2.0 * radius, 2.0 * radius,
  };
}

/* From the ring's rim to the nearest point of the label, where they stand apart. */
static void
draw_leader (const Ink        *ink,
             const AtelierBox *label,
             double            x,
             double            y)
{
  double to_x = CLAMP (x, label->x, label->x + label->width);
  double to_y = CLAMP (y, label->y + 1.0, label->y + label->height - 1.0);
  double distance = hypot (to_x - x, to_y - y);

  if (distance < RING_RADIUS + LEADER_DISTANCE)
    return;

  cairo_move_to (ink->cr, x + (to_x - x) * (RING_RADIUS + 2.0) / distance, y + (to_y - y) * (RING_RADIUS + 2.0) / distance);
  cairo_line_to (ink->cr, to_x, to_y);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->dim_text, ink->cr, 0.7);
  cairo_stroke (ink->cr);
}

static void
draw_best_label (const Ink        *ink,
                 const AtelierBox *taken,
                 guint             n_taken)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  AtelierBox bounds = { plot->x + 2.0, plot->y, MAX (plot->width - 2.0, 1.0), plot->height };
  double x = atelier_chart_value_to_x (ink->chart, plot, ink->chart->best_x);
  double y = atelier_chart_value_to_y (ink->chart, plot, ink->chart->best_y);
  AtelierBox box;
  double width, height;

  atelier_text_set (ink->text, ink->chart->best_label, ink->frame.label_size, FALSE);
  atelier_text_ellipsize (ink->text, bounds.width);
  width = atelier_text_get_width (ink->text);
  height = atelier_text_get_height (ink->text);

  {
    const double lefts[] = {
      x + RING_RADIUS + 4.0, x - RING_RADIUS - 4.0 - width, x - width / 2.0, x, x - width,
    };

    box = atelier_chart_place_box (ink->chart, plot, &bounds, width, height, lefts, G_N_ELEMENTS (lefts),
                                   x, y, taken, n_taken);
  }

  draw_leader (ink, &box, x, y);
  atelier_text_set (ink->text, ink->chart->best_label, ink->frame.label_size, FALSE);
  atelier_text_ellipsize (ink->text, bounds.width);
  atelier_text_show_with_halo (ink->text, ink->cr, box.x, box.y, 0.0, &ink->palette->text, &ink->palette->background);
}

/* Finds the read-out's place beside the cursor's line; FALSE where there is no room at all. */
static gboolean
place_readout (const Ink     *ink,
               const Readout *readout,
               double         width,
               double         height,
               AtelierBox    *box)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  AtelierBox bounds = { plot->x + 2.0, plot->y + 2.0, plot->width - 4.0, plot->height - 4.0 };
  AtelierBox ring = get_ring_box (ink, 2.0);
  double x = atelier_chart_value_to_x (ink->chart, plot, ink->chart->cursor_x);
  double lefts[2] = { x + 8.0, x - 8.0 - readout->width };

  /* A very small plot gives way to the whole picture. */
  if (readout->width > bounds.width || readout->height > bounds.height)
    bounds = (AtelierBox) { 0.0, 0.0, width, height };
  if (readout->width > bounds.width || readout->height > bounds.height)
    return FALSE;

  /* On the side where it fits without being pushed back over the line. */
  if (lefts[0] + readout->width > bounds.x + bounds.width)
    lefts[0] = lefts[1] >= bounds.x ? lefts[1] : lefts[0];
  if (lefts[1] < bounds.x)
    lefts[1] = lefts[0];

  *box = atelier_chart_place_box (ink->chart, plot, &bounds, readout->width, readout->height, lefts, 2,
                                  x, bounds.y, &ring, has_shown_best (ink) ? 1 : 0);
  box->x = round (box->x);
  box->y = round (box->y);

  return TRUE;
}

/* Cursor and best epoch know of each other: neither label covers the other. */
static void
draw_marks (const Ink *ink,
            double     width,
            double     height)
{
  gboolean has_cursor = has_shown_cursor (ink), has_readout = FALSE;
  AtelierBox taken[3], readout_box = { 0 };
  guint n_taken = 0;
  Readout readout;

  if (has_cursor)
    {
      double x = atelier_chart_value_to_x (ink->chart, &ink->frame.plot, ink->chart->cursor_x);

      draw_cursor_line (ink);
      measure_readout (ink, &readout);
      has_readout = place_readout (ink, &readout, width, height, &readout_box);
      taken[n_taken++] = (AtelierBox) { x - 3.0, ink->frame.plot.y, 6.0, ink->frame.plot.height };
    }
  if (has_readout)
    taken[n_taken++] = (AtelierBox) { readout_box.x - 4.0, readout_box.y - 2.0,
                                      readout_box.width + 8.0, readout_box.height + 4.0 };

  if (has_cursor)
    draw_cursor_markers (ink);
  if (has_shown_best (ink))
    {
      taken[n_taken++] = get_ring_box (ink, 3.0);
      draw_ring (ink);
      if (ink->chart->best_label != NULL && ink->chart->best_label[0] != '\0')
        draw_best_label (ink, taken, n_taken);
    }
  if (has_readout)
    draw_readout (ink, &readout, &readout_box);
}

/* The head */

static void
draw_header (const Ink *ink,
             double     width)
{
  const AtelierChartFrame *frame = &ink->frame;
  double gap = atelier_chart_frame_get_legend_gap (frame);
  double right = frame->plot.x + frame->plot.width;

  if (frame->title_width > 0.0)
    {
      atelier_text_set (ink->text, ink->chart->title, frame->title_size, TRUE);
      atelier_text_ellipsize (ink->text, width - 2.0 * frame->margin);
      atelier_text_show (ink->text, ink->cr, frame->margin, frame->margin, 0.0, &ink->palette->text);
    }

  /* From right to left, so that it ends where the plot does. */
  for (guint i = frame->has_legend ? ink->chart->n_series : 0; i > 0; i--)
    {
      const AtelierSeries *series = &ink->chart->series[i - 1];

      if (series->name == NULL)
        continue;

      atelier_text_set (ink->text, series->name, frame->label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, right, frame->legend_y, 1.0, &ink->palette->dim_text);
      right -= atelier_text_get_width (ink->text) + gap + atelier_chart_frame_get_legend_sample (frame);
      draw_sample (ink, series, round (right), frame->legend_y + frame->label_height / 2.0);
      right -= 3.0 * gap;
    }
}

static gboolean
has_any_value (const Ink *ink)
{
  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      guint begin, end;

      atelier_series_find_range (series, ink->frame.plot.x_min, ink->frame.plot.x_max, &begin, &end);
      for (guint i = begin; i < end; i++)
        if (atelier_chart_has_value (ink->chart, series, i))
          return TRUE;
    }

  return FALSE;
}

static void
draw_empty_text (const Ink *ink)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double height;

  atelier_text_set (ink->text, ink->chart->empty_text, ink->frame.title_size, FALSE);
  atelier_text_ellipsize (ink->text, plot->width);
  height = atelier_text_get_height (ink->text);
  atelier_text_show_with_halo (ink->text, ink->cr, plot->x + plot->width / 2.0, plot->y + (plot->height - height) / 2.0,
                               0.5, &ink->palette->dim_text, &ink->palette->background);
}

void
atelier_chart_draw (const AtelierChart   *chart,
                    const AtelierPalette *palette,
                    cairo_t              *cr,
                    double                width,
                    double                height)
{
  g_auto (AtelierText) text = { NULL };
  Ink ink = { .chart = chart, .palette = palette, .cr = cr, .text = &text };

  g_return_if_fail (chart != NULL && palette != NULL && cr != NULL);

  if (!(width >= 1.0) || !(height >= 1.0) || cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    return;

  atelier_text_init (&text, cr, chart->font);
  atelier_chart_frame_init (&ink.frame, chart, width, height);

  cairo_save (cr);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_clip (cr);

  draw_grid (&ink);
  draw_tick_labels (&ink);
  draw_header (&ink, width);
  if (has_any_value (&ink))
    {
      draw_all_series (&ink);
      draw_marks (&ink, width, height);
    }
  else if (chart->empty_text != NULL)
    draw_empty_text (&ink);

  cairo_restore (cr);
}
