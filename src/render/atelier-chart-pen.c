/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pens of a chart: how each kind of series is stroked, marked and shown in the legend.
 *
 * Each kind has its own stroke and marker, so that curves can be told apart in grey, on paper and
 * by colour-blind readers.  The colours of the lesser curves are mixed from those of the palette,
 * so that a theme and high contrast change them too.  A line that is smoothed is drawn faint, and
 * its mean with the pen that the line would have had.  The mean of batches, whose line is always
 * faint, is darker than the curve of the epochs.  Any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define FAINT_OPACITY 0.45

#define MARKER_RADIUS 3.0

typedef struct
{
  double           width;
  double           dashes[4];
  int              n_dashes;
  cairo_line_cap_t cap;
} Stroke;

static const Stroke strokes[] = {
  [ATELIER_SERIES_FAINT] = { ATELIER_FAINT_WIDTH, { 0.0 }, 0, CAIRO_LINE_CAP_BUTT },
  [ATELIER_SERIES_TRAINING] = { ATELIER_CURVE_WIDTH, { 0.0 }, 0, CAIRO_LINE_CAP_BUTT },
  [ATELIER_SERIES_VALIDATION] = { ATELIER_CURVE_WIDTH, { 5.0, 3.0 }, 2, CAIRO_LINE_CAP_BUTT },
  [ATELIER_SERIES_TRAIN_EVAL] = { 1.5, { 8.0, 2.5, 1.5, 2.5 }, 4, CAIRO_LINE_CAP_BUTT },
  /* Dashes without length are dots. */
  [ATELIER_SERIES_PENALTY] = { ATELIER_CURVE_WIDTH, { 0.0, 4.0 }, 2, CAIRO_LINE_CAP_ROUND },
};

/* Of runs laid over each other: none looks like its neighbours. */
static const Stroke run_strokes[ATELIER_PALETTE_N_RUNS] = {
  { ATELIER_CURVE_WIDTH, { 0.0 }, 0, CAIRO_LINE_CAP_BUTT },
  { ATELIER_CURVE_WIDTH, { 6.0, 3.0 }, 2, CAIRO_LINE_CAP_BUTT },
  { ATELIER_CURVE_WIDTH, { 0.0, 4.0 }, 2, CAIRO_LINE_CAP_ROUND },
  { ATELIER_CURVE_WIDTH, { 9.0, 3.0, 2.0, 3.0 }, 4, CAIRO_LINE_CAP_BUTT },
  { ATELIER_CURVE_WIDTH, { 3.0, 2.0 }, 2, CAIRO_LINE_CAP_BUTT },
  { ATELIER_CURVE_WIDTH, { 12.0, 4.0 }, 2, CAIRO_LINE_CAP_BUTT },
};

static const Stroke mean_of_batches = { 1.5, { 0.0 }, 0, CAIRO_LINE_CAP_BUTT };

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

static AtelierColor
get_color (const AtelierInk    *ink,
           const AtelierSeries *series,
           gboolean             is_mean)
{
  const AtelierPalette *palette = ink->palette;

  switch (series->style)
    {
    case ATELIER_SERIES_VALIDATION:
      return palette->validation;
    case ATELIER_SERIES_TRAIN_EVAL:
      return atelier_color_mix (&palette->training, &palette->text, 0.45);
    case ATELIER_SERIES_PENALTY:
      return palette->dim_text;
    case ATELIER_SERIES_RUN:
      return palette->runs[series->i_run % ATELIER_PALETTE_N_RUNS];
    case ATELIER_SERIES_FAINT:
      return is_mean ? atelier_color_mix (&palette->training, &palette->text, 0.3)
                     : palette->training;
    case ATELIER_SERIES_TRAINING:
    default:
      return palette->training;
    }
}

AtelierColor
atelier_ink_get_color (const AtelierInk    *ink,
                       const AtelierSeries *series)
{
  return get_color (ink, series, FALSE);
}

static const Stroke *
get_stroke (const AtelierSeries *series)
{
  return series->style == ATELIER_SERIES_RUN
         ? &run_strokes[series->i_run % ATELIER_PALETTE_N_RUNS]
         : &strokes[series->style];
}

void
atelier_ink_set_pen (const AtelierInk    *ink,
                     const AtelierSeries *series,
                     gboolean             is_mean)
{
  gboolean is_faint = series->style == ATELIER_SERIES_FAINT;
  gboolean is_behind = !is_mean && (is_faint || atelier_series_is_smoothed (series));
  const Stroke *stroke = is_faint && is_mean ? &mean_of_batches : get_stroke (series);
  AtelierColor color = get_color (ink, series, is_mean);

  atelier_color_set_source (&color, ink->cr, is_behind ? FAINT_OPACITY : 1.0);
  cairo_set_line_width (ink->cr, is_behind ? ATELIER_FAINT_WIDTH : stroke->width);
  cairo_set_line_join (ink->cr, is_faint ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (ink->cr, stroke->cap);
  cairo_set_dash (ink->cr, stroke->dashes, stroke->n_dashes, 0.0);
}

void
atelier_chart_draw_run_sample (const AtelierPalette *palette,
                               guint                 i_run,
                               cairo_t              *cr,
                               double                width,
                               double                height)
{
  const AtelierSeries series = { .style = ATELIER_SERIES_RUN, .i_run = i_run };
  const AtelierInk ink = { .palette = palette, .cr = cr };

  g_return_if_fail (palette != NULL && cr != NULL);

  cairo_save (cr);
  atelier_ink_set_pen (&ink, &series, FALSE);
  cairo_move_to (cr, 1.0, floor (height / 2.0));
  cairo_line_to (cr, width - 1.0, floor (height / 2.0));
  cairo_stroke (cr);
  cairo_restore (cr);
}

static gboolean
is_in_plot (const AtelierInk *ink,
            double            x,
            double            y)
{
  const AtelierChartLayout *plot = &ink->frame.plot;

  /* Points on the edges count as within, in spite of rounding. */
  return x >= plot->x - 0.01 && x <= plot->x + plot->width + 0.01
         && y >= plot->y - 0.01 && y <= plot->y + plot->height + 0.01;
}

static void
add_marker_path (const AtelierInk   *ink,
                 AtelierSeriesStyle  style,
                 double              x,
                 double              y)
{
  const double radius = style == ATELIER_SERIES_FAINT ? ATELIER_FAINT_WIDTH : MARKER_RADIUS;

  cairo_new_path (ink->cr);
  if (style == ATELIER_SERIES_PENALTY)
    {
      cairo_rectangle (ink->cr, x - radius + 0.5, y - radius + 0.5, 2.0 * radius - 1.0,
                       2.0 * radius - 1.0);
      return;
    }
  if (style != ATELIER_SERIES_TRAIN_EVAL)
    {
      cairo_arc (ink->cr, x, y, radius, 0.0, 2.0 * G_PI);
      return;
    }

  cairo_move_to (ink->cr, x, y - radius - 1.0);
  cairo_line_to (ink->cr, x + radius + 1.0, y);
  cairo_line_to (ink->cr, x, y + radius + 1.0);
  cairo_line_to (ink->cr, x - radius - 1.0, y);
  cairo_close_path (ink->cr);
}

void
atelier_ink_draw_marker (const AtelierInk    *ink,
                         const AtelierSeries *series,
                         guint                i)
{
  double x = atelier_ink_get_x (ink, series, i), y = atelier_ink_get_y (ink, series, i);
  AtelierColor color = get_color (ink, series, FALSE);

  if (!is_in_plot (ink, x, y))
    return;

  cairo_set_dash (ink->cr, NULL, 0, 0.0);
  add_marker_path (ink, series->style, x, y);
  if (series->style == ATELIER_SERIES_VALIDATION || series->style == ATELIER_SERIES_RUN)
    {
      atelier_color_set_source (&ink->palette->background, ink->cr, 1.0);
      cairo_fill_preserve (ink->cr);
      atelier_color_set_source (&color, ink->cr, 1.0);
      cairo_set_line_width (ink->cr, ATELIER_CURVE_WIDTH * 0.8);
      cairo_stroke (ink->cr);
      return;
    }

  atelier_color_set_source (&color, ink->cr,
                            series->style == ATELIER_SERIES_FAINT ? FAINT_OPACITY : 1.0);
  cairo_fill (ink->cr);
}

static void
draw_sample_line (const AtelierInk *ink,
                  double            x,
                  double            y)
{
  double width = cairo_get_line_width (ink->cr);

  /* Sharp on whole pixels: a line two wide is centred between pixels, a line one wide on a
   * pixel. */
  cairo_move_to (ink->cr, x, floor (y) + (width < ATELIER_CURVE_WIDTH ? 0.5 : 0.0));
  cairo_rel_line_to (ink->cr, atelier_chart_frame_get_legend_sample (&ink->frame), 0.0);
  cairo_stroke (ink->cr);
}

void
atelier_ink_draw_sample (const AtelierInk    *ink,
                         const AtelierSeries *series,
                         double               x,
                         double               y)
{
  gboolean is_smoothed = atelier_series_is_smoothed (series);

  /* A line that is smoothed looks like a band around its mean. */
  atelier_ink_set_pen (ink, series, FALSE);
  if (is_smoothed)
    cairo_set_line_width (ink->cr, 5.0);
  draw_sample_line (ink, x, y);

  if (!is_smoothed)
    return;
  atelier_ink_set_pen (ink, series, TRUE);
  draw_sample_line (ink, x, y);
}
