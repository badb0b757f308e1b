/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies over the curves of a chart: the cursor with its read-out, the ring at the best epoch
 * with its label, and a range that is dragged; and behind the curves, the line of what other views
 * show.
 *
 * Each of their places depends on the others: the read-out is placed first, beside the cursor's
 * line and clear of the ring, then the label, clear of the read-out, the line and the ring.  The
 * read-out shows one epoch, the measured one that is nearest to the cursor, and says which.  A
 * series that has no value there shows a dash instead of another epoch's figure.  A plot that is
 * too small for a read-out has none, since it would hide the curves.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define RING_RADIUS 5.0

/* A label that is further than this from its ring is joined to it by a thin line. */
#define LEADER_DISTANCE 16.0

/* The read-out may hide at most this share of the plot. */
#define LARGEST_SHARE 0.4

/* How much distance counts when a place is looked for: the label stays near its ring even if it
 * covers a little; the read-out may lie anywhere along its line. */
#define LABEL_DISTANCE_PRICE 3.0
#define READOUT_DISTANCE_PRICE 0.5

#define HANDLE_SIZE 4.0

/* The cursor */

static gboolean
has_shown_cursor (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;

  return chart->has_cursor && chart->cursor_x >= ink->frame.plot.x_min
         && chart->cursor_x <= ink->frame.plot.x_max;
}

/* The point of a named series that is nearest to @x and shown, or -1. */
static int
find_shown_point (const AtelierInk    *ink,
                  const AtelierSeries *series,
                  double               x)
{
  int i = series->name != NULL ? atelier_series_get_nearest (series, x) : -1;
  double found_x;

  if (i < 0 || !atelier_chart_has_value (ink->chart, series, (guint) i))
    return -1;

  found_x = atelier_series_get_x (series, (guint) i);

  return found_x >= ink->frame.plot.x_min && found_x <= ink->frame.plot.x_max ? i : -1;
}

/* Half the distance from point @i to the nearer of its neighbours: what is closer than that is
 * closer to no other point of the series. */
static double
get_reach (const AtelierInk    *ink,
           const AtelierSeries *series,
           guint                i)
{
  double x = atelier_series_get_x (series, i), distance = HUGE_VAL;

  if (i > 0)
    distance = x - atelier_series_get_x (series, i - 1);
  if (i + 1 < series->n)
    distance = MIN (distance, atelier_series_get_x (series, i + 1) - x);
  /* A single point has no neighbour.  Its epoch is as long as all of x up to it. */
  if (!isfinite (distance))
    distance = ink->chart->x_unit == ATELIER_X_EPOCHS ? 1.0 : fabs (x);

  return distance / 2.0;
}

/* Finds the epoch that the read-out shows: the one nearest to the cursor that any curve has. */
static void
find_epoch (const AtelierInk *ink,
            AtelierReadout   *readout)
{
  double distance = HUGE_VAL;

  readout->epoch = ink->chart->cursor_x;
  readout->reach = ink->chart->x_unit == ATELIER_X_EPOCHS ? 0.5 : 0.0;
  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      int i = series->style != ATELIER_SERIES_FAINT
                  ? find_shown_point (ink, series, ink->chart->cursor_x)
                  : -1;
      double x = i >= 0 ? atelier_series_get_x (series, (guint) i) : 0.0;

      if (i >= 0 && fabs (x - ink->chart->cursor_x) < distance)
        {
          readout->epoch = x;
          readout->reach = get_reach (ink, series, (guint) i);
          distance = fabs (x - ink->chart->cursor_x);
        }
    }
}

/* The point of @series that belongs to the read-out's epoch, or -1. */
static int
find_epoch_point (const AtelierInk     *ink,
                  const AtelierSeries  *series,
                  const AtelierReadout *readout)
{
  int i = find_shown_point (ink, series, readout->epoch);

  return i >= 0
                 && fabs (atelier_series_get_x (series, (guint) i) - readout->epoch)
                        <= readout->reach
             ? i
             : -1;
}

static char *
format_head (const AtelierInk     *ink,
             const AtelierReadout *readout)
{
  return ink->chart->cursor_label != NULL
             ? g_strdup (ink->chart->cursor_label)
             : atelier_chart_unit_format (ink->chart->x_unit, readout->epoch);
}

static char *
format_value_at (const AtelierInk     *ink,
                 const AtelierSeries  *series,
                 const AtelierReadout *readout)
{
  int i = find_epoch_point (ink, series, readout);

  return i >= 0 ? atelier_chart_format_value (ink->chart, atelier_series_get_y (series, (guint) i))
                : g_strdup ("–");
}

/* Works out all of the read-out but its place. */
static void
measure_readout (const AtelierInk *ink,
                 AtelierReadout   *readout)
{
  const AtelierChartFrame *frame = &ink->frame;
  double names_width = 0.0, values_width = 0.0, lines_width;
  g_autofree char *head = NULL;
  guint n_lines = 1;

  *readout = (AtelierReadout) {
    .padding = round (frame->label_size * 0.5),
    .gap = frame->label_size,
    .sample_width = atelier_chart_frame_get_legend_sample (frame)
                    + atelier_chart_frame_get_legend_gap (frame),
    .line_height = frame->label_height + 1.0,
  };
  find_epoch (ink, readout);
  for (guint i = 0; i < ink->chart->n_series; i++)
    {
      const AtelierSeries *series = &ink->chart->series[i];
      g_autofree char *value = NULL;

      if (series->name == NULL)
        continue;

      value = format_value_at (ink, series, readout);
      atelier_text_set (ink->text, series->name, frame->label_size, FALSE);
      names_width = MAX (names_width, atelier_text_get_width (ink->text));
      atelier_text_set (ink->text, value, frame->label_size, TRUE);
      values_width = MAX (values_width, atelier_text_get_width (ink->text));
      n_lines++;
    }

  head = format_head (ink, readout);
  atelier_text_set (ink->text, head, frame->label_size, TRUE);
  lines_width = n_lines > 1 ? readout->sample_width + names_width + readout->gap + values_width
                            : 0.0;
  readout->box.width = ceil (2.0 * readout->padding
                             + MAX (lines_width, atelier_text_get_width (ink->text)));
  readout->box.height = ceil (2.0 * readout->padding + n_lines * readout->line_height);
}

static AtelierBox
get_ring_box (const AtelierInk *ink,
              double            padding)
{
  double radius = RING_RADIUS + padding;

  return (AtelierBox) {
    .x = atelier_chart_value_to_x (ink->chart, &ink->frame.plot, ink->chart->best_x) - radius,
    .y = atelier_chart_value_to_y (ink->chart, &ink->frame.plot, ink->chart->best_y) - radius,
    .width = 2.0 * radius,
    .height = 2.0 * radius,
  };
}

/* Finds the read-out's place beside the cursor's line; FALSE where there is no room. */
static gboolean
place_readout (const AtelierInk *ink,
               gboolean          has_best,
               AtelierReadout   *readout)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = atelier_chart_value_to_x (ink->chart, plot, ink->chart->cursor_x);
  double right_of_line = x + 8.0, left_of_line = x - 8.0 - readout->box.width;
  AtelierBox bounds = { plot->x + 2.0, plot->y + 2.0, plot->width - 4.0, plot->height - 4.0 };
  AtelierBox ring = get_ring_box (ink, 2.0);
  double lefts[2] = { right_of_line, left_of_line };
  AtelierPlacement placement;

  if (readout->box.width > bounds.width || readout->box.height > bounds.height
      || readout->box.width * readout->box.height > bounds.width * bounds.height * LARGEST_SHARE)
    return FALSE;

  /* Where one side has too little room, both tries are on the other: a box that is pushed back into
   * the plot would lie on the line. */
  if (left_of_line < bounds.x)
    lefts[1] = right_of_line;
  else if (right_of_line + readout->box.width > bounds.x + bounds.width)
    lefts[0] = left_of_line;

  placement = (AtelierPlacement) {
    .bounds = bounds,
    .width = readout->box.width,
    .height = readout->box.height,
    .lefts = lefts,
    .n_lefts = G_N_ELEMENTS (lefts),
    .anchor_x = x,
    .anchor_y = bounds.y,
    .distance_price = READOUT_DISTANCE_PRICE,
    .taken = &ring,
    .n_taken = has_best ? 1 : 0,
  };
  readout->box = atelier_placement_find (&placement, ink->chart, plot);
  readout->box.x = round (readout->box.x);
  readout->box.y = round (readout->box.y);

  return TRUE;
}

static void
draw_cursor (const AtelierInk     *ink,
             const AtelierReadout *readout)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = floor (atelier_chart_value_to_x (ink->chart, plot, ink->chart->cursor_x)) + 0.5;

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 1.0);
  cairo_move_to (ink->cr, x, plot->y);
  cairo_line_to (ink->cr, x, plot->y + plot->height);
  cairo_stroke (ink->cr);

  for (guint i_series = 0; i_series < ink->chart->n_series; i_series++)
    {
      const AtelierSeries *series = &ink->chart->series[i_series];
      int i = find_epoch_point (ink, series, readout);

      if (i >= 0)
        atelier_ink_draw_marker (ink, series, (guint) i);
    }
}

static void
add_rounded_box (cairo_t          *cr,
                 const AtelierBox *box,
                 double            radius)
{
  double left = box->x + 0.5, top = box->y + 0.5;
  double right = left + box->width - 1.0, bottom = top + box->height - 1.0;

  cairo_new_path (cr);
  cairo_arc (cr, right - radius, top + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, left + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, left + radius, top + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_readout_text (const AtelierInk     *ink,
                   const AtelierReadout *readout)
{
  double left = readout->box.x + readout->padding;
  double right = readout->box.x + readout->box.width - readout->padding;
  double y = readout->box.y + readout->padding;
  g_autofree char *head = format_head (ink, readout);

  atelier_text_set (ink->text, head, ink->frame.label_size, TRUE);
  atelier_text_show (ink->text, ink->cr, left, y, 0.0, &ink->palette->text);

  for (guint i = 0; i < ink->chart->n_series; i++)
    {
      const AtelierSeries *series = &ink->chart->series[i];
      g_autofree char *value = NULL;

      if (series->name == NULL)
        continue;

      y += readout->line_height;
      value = format_value_at (ink, series, readout);
      atelier_ink_draw_sample (ink, series, left, y + ink->frame.label_height / 2.0);
      atelier_text_set (ink->text, series->name, ink->frame.label_size, FALSE);
      atelier_text_show (ink->text, ink->cr, left + readout->sample_width, y, 0.0,
                         &ink->palette->dim_text);
      atelier_text_set (ink->text, value, ink->frame.label_size, TRUE);
      atelier_text_show (ink->text, ink->cr, right, y, 1.0, &ink->palette->text);
    }
}

static void
draw_readout (const AtelierInk     *ink,
              const AtelierReadout *readout)
{
  add_rounded_box (ink->cr, &readout->box, 5.0);
  atelier_color_set_source (&ink->palette->background, ink->cr, 0.94);
  cairo_fill_preserve (ink->cr);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 0.6);
  cairo_stroke (ink->cr);

  draw_readout_text (ink, readout);
}

/* The best epoch */

static gboolean
has_shown_best (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;
  const AtelierChartLayout *plot = &ink->frame.plot;

  return chart->has_best
         && chart->best_x >= plot->x_min && chart->best_x <= plot->x_max
         && chart->best_y >= plot->y_min && chart->best_y <= plot->y_max;
}

static void
draw_ring (const AtelierInk *ink)
{
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_new_path (ink->cr);
  cairo_arc (ink->cr,
             atelier_chart_value_to_x (ink->chart, &ink->frame.plot, ink->chart->best_x),
             atelier_chart_value_to_y (ink->chart, &ink->frame.plot, ink->chart->best_y),
             RING_RADIUS, 0.0, 2.0 * G_PI);
  atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
  cairo_fill_preserve (ink->cr);
  cairo_set_line_width (ink->cr, ATELIER_CURVE_WIDTH);
  atelier_color_set_source (&ink->palette->validation, ink->cr, 1.0);
  cairo_stroke (ink->cr);
}

/* A line from the rim of the ring to the nearest point of the label, where the two stand apart. */
static void
draw_leader (const AtelierInk *ink,
             const AtelierBox *label,
             double            x,
             double            y)
{
  double to_x = CLAMP (x, label->x, label->x + label->width);
  double to_y = CLAMP (y, label->y + 1.0, label->y + label->height - 1.0);
  double distance = hypot (to_x - x, to_y - y);
  double rim = (RING_RADIUS + 2.0) / distance;

  if (!(distance >= RING_RADIUS + LEADER_DISTANCE))
    return;

  cairo_new_path (ink->cr);
  cairo_move_to (ink->cr, x + (to_x - x) * rim, y + (to_y - y) * rim);
  cairo_line_to (ink->cr, to_x, to_y);
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->dim_text, ink->cr, 0.7);
  cairo_stroke (ink->cr);
}

/* Sets the text, cut to the width that there is. */
static void
set_best_label (const AtelierInk *ink)
{
  atelier_text_set (ink->text, ink->chart->best_label, ink->frame.label_size, FALSE);
  atelier_text_ellipsize (ink->text, MAX (ink->frame.plot.width - 2.0, 1.0));
}

static AtelierBox
place_best_label (const AtelierInk *ink,
                  const AtelierBox *taken,
                  guint             n_taken)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = atelier_chart_value_to_x (ink->chart, plot, ink->chart->best_x);
  double y = atelier_chart_value_to_y (ink->chart, plot, ink->chart->best_y);
  double width, lefts[5];
  AtelierPlacement placement;

  set_best_label (ink);
  width = atelier_text_get_width (ink->text);

  lefts[0] = x + RING_RADIUS + 4.0;
  lefts[1] = x - RING_RADIUS - 4.0 - width;
  lefts[2] = x - width / 2.0;
  lefts[3] = x;
  lefts[4] = x - width;
  placement = (AtelierPlacement) {
    .bounds = { plot->x + 2.0, plot->y, MAX (plot->width - 2.0, 1.0), plot->height },
    .width = width,
    .height = atelier_text_get_height (ink->text),
    .lefts = lefts,
    .n_lefts = G_N_ELEMENTS (lefts),
    .anchor_x = x,
    .anchor_y = y,
    .distance_price = LABEL_DISTANCE_PRICE,
    .taken = taken,
    .n_taken = n_taken,
  };

  return atelier_placement_find (&placement, ink->chart, plot);
}

static void
draw_best_label (const AtelierInk *ink,
                 const AtelierBox *box)
{
  const AtelierChartLayout *plot = &ink->frame.plot;

  set_best_label (ink);
  draw_leader (ink, box, atelier_chart_value_to_x (ink->chart, plot, ink->chart->best_x),
               atelier_chart_value_to_y (ink->chart, plot, ink->chart->best_y));
  atelier_text_show_with_halo (ink->text, ink->cr, box->x, box->y, 0.0, &ink->palette->text,
                               &ink->palette->background);
}

/* What other views show, and a range being dragged */

static gboolean
has_shown_handle (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;

  return chart->has_mark && chart->mark_x >= ink->frame.plot.x_min
         && chart->mark_x <= ink->frame.plot.x_max;
}

void
atelier_ink_draw_handle (const AtelierInk *ink)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x;

  if (!has_shown_handle (ink))
    return;

  x = floor (atelier_chart_value_to_x (ink->chart, plot, ink->chart->mark_x)) + 0.5;
  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->cursor, ink->cr, 0.8);
  cairo_move_to (ink->cr, x, plot->y);
  cairo_line_to (ink->cr, x, plot->y + plot->height);
  cairo_stroke (ink->cr);

  /* A small triangle on the axis, like the thumb of a slider. */
  cairo_move_to (ink->cr, x, plot->y + plot->height - HANDLE_SIZE);
  cairo_rel_line_to (ink->cr, HANDLE_SIZE, HANDLE_SIZE);
  cairo_rel_line_to (ink->cr, -2.0 * HANDLE_SIZE, 0.0);
  cairo_close_path (ink->cr);
  atelier_color_set_source (&ink->palette->text, ink->cr, 1.0);
  cairo_fill (ink->cr);
}

static void
draw_band (const AtelierInk *ink)
{
  const AtelierChart *chart = ink->chart;
  const AtelierChartLayout *plot = &ink->frame.plot;
  double places[2] = { atelier_chart_value_to_x (chart, plot, chart->band_start),
                       atelier_chart_value_to_x (chart, plot, chart->band_end) };
  double left, right;

  if (!chart->has_band || isnan (places[0]) || isnan (places[1]))
    return;

  left = round (CLAMP (MIN (places[0], places[1]), plot->x, plot->x + plot->width));
  right = round (CLAMP (MAX (places[0], places[1]), plot->x, plot->x + plot->width));
  cairo_rectangle (ink->cr, left, plot->y, right - left, plot->height);
  atelier_color_set_source (&ink->palette->training, ink->cr, 0.14);
  cairo_fill (ink->cr);

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  cairo_set_line_width (ink->cr, 1.0);
  atelier_color_set_source (&ink->palette->training, ink->cr, 1.0);
  cairo_move_to (ink->cr, left + 0.5, plot->y);
  cairo_rel_line_to (ink->cr, 0.0, plot->height);
  cairo_move_to (ink->cr, right - 0.5, plot->y);
  cairo_rel_line_to (ink->cr, 0.0, plot->height);
  cairo_stroke (ink->cr);
}

/* The box of a vertical line, a little wider than the line. */
static AtelierBox
get_line_box (const AtelierInk *ink,
              double            value)
{
  const AtelierChartLayout *plot = &ink->frame.plot;
  double x = atelier_chart_value_to_x (ink->chart, plot, value);

  return (AtelierBox) { x - 3.0, plot->y, 6.0, plot->height };
}

void
atelier_ink_place_marks (const AtelierInk *ink,
                         AtelierMarks     *marks)
{
  const char *label = ink->chart->best_label;
  AtelierBox taken[4];
  guint n_taken = 0;

  *marks = (AtelierMarks) { .has_cursor = has_shown_cursor (ink),
                            .has_best = has_shown_best (ink) };
  if (has_shown_handle (ink))
    taken[n_taken++] = get_line_box (ink, ink->chart->mark_x);
  if (marks->has_cursor)
    {
      measure_readout (ink, &marks->readout);
      marks->has_readout = place_readout (ink, marks->has_best, &marks->readout);
      taken[n_taken++] = get_line_box (ink, ink->chart->cursor_x);
    }
  if (marks->has_readout)
    taken[n_taken++] = (AtelierBox) { marks->readout.box.x - 4.0, marks->readout.box.y - 2.0,
                                      marks->readout.box.width + 8.0,
                                      marks->readout.box.height + 4.0 };

  marks->has_label = marks->has_best && label != NULL && label[0] != '\0';
  if (!marks->has_label)
    return;

  taken[n_taken++] = get_ring_box (ink, 3.0);
  marks->label = place_best_label (ink, taken, n_taken);
}

void
atelier_ink_draw_marks (const AtelierInk   *ink,
                        const AtelierMarks *marks)
{
  draw_band (ink);
  if (marks->has_cursor)
    draw_cursor (ink, &marks->readout);
  if (marks->has_best)
    draw_ring (ink);
  if (marks->has_label)
    draw_best_label (ink, &marks->label);
  if (marks->has_readout)
    draw_readout (ink, &marks->readout);
}
