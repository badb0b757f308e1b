/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Axes: the range that is shown, and the round values that are marked.
 *
 * The range of y is fitted to the epochs' series and to the bulk of the newer batches, so that the
 * batches lie behind the curves and do not fill the plot.  The first batches of a run lie far off:
 * a range that held them all would leave little height for the rest.  Until there is an epoch, the
 * range is that of all batches.  Both ends are round, so that the first and the last line of the
 * grid are the edges of the plot, and the range does not change with each new figure.  Steps are 1,
 * 2 or 5 times a power of ten (atelier-chart-round.c).  A logarithmic axis marks 1, 2 and 5, or
 * whole decades where it is long.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Larger values are cut to this: their differences could overflow. */
#define LARGEST_VALUE 1e300

/* Fewer batches than this have no bulk. */
#define MIN_BULK 32
/* About so many of the newer half are read to find it. */
#define ENOUGH_OF_BULK 4096
/* The room above and below fitted curves, as a share of their extent. */
#define EDGE_SHARE 0.04

/* Smaller values have five decimals instead of three. */
#define SMALL_VALUE 0.01

/* Where the ends are within this factor, a logarithmic axis is nearly straight and has even
 * steps. */
#define NEARLY_STRAIGHT 4.0

static void
set_decimals (AtelierAxis *axis)
{
  double step;

  axis->decimals = -1;
  if (axis->n_ticks < 2)
    return;

  step = axis->ticks[1] - axis->ticks[0];
  axis->decimals = atelier_axis_count_decimals (axis->is_percent ? step * 100.0 : step);

  /* Neither 0.000000001 nor 10000000 is read at a glance. */
  if (axis->decimals > 6 || MAX (fabs (axis->min), fabs (axis->max)) >= 1e6)
    axis->decimals = -1;
}

static void
fill_log_ticks (AtelierAxis *axis,
                guint        n_wanted)
{
  static const double mantissas[] = { 1.0, 2.0, 5.0 };
  int first = (int) floor (log10 (axis->min) + ATELIER_STEP_TOLERANCE);
  int last = (int) ceil (log10 (axis->max) - ATELIER_STEP_TOLERANCE);
  guint n_decades = (guint) MAX (last - first, 1);
  guint n_mantissas = n_decades * 2 <= n_wanted ? 3 : 1;
  int stride = n_mantissas == 3 ? 1 : (int) ((n_decades + n_wanted - 1) / n_wanted);

  axis->n_ticks = 0;
  for (int decade = first; decade <= last; decade += stride)
    for (guint i = 0; i < n_mantissas; i++)
      {
        double tick = decade < 0 ? mantissas[i] / pow (10.0, -decade)
                                 : mantissas[i] * pow (10.0, decade);

        if (tick >= axis->min * (1.0 - ATELIER_STEP_TOLERANCE)
            && tick <= axis->max * (1.0 + ATELIER_STEP_TOLERANCE)
            && axis->n_ticks < ATELIER_AXIS_MAX_TICKS)
          axis->ticks[axis->n_ticks++] = CLAMP (tick, axis->min, axis->max);
      }
}

/* @step: between the round ends of a fitted range; 0 where the range is given, or fitted to
 * logarithms. */
static void
set_y_ticks (AtelierAxis *axis,
             guint        n_wanted,
             double       step)
{
  if (axis->is_log && step == 0.0 && axis->max >= axis->min * NEARLY_STRAIGHT)
    fill_log_ticks (axis, n_wanted);
  if (axis->n_ticks >= 2)
    return;

  if (step > 0.0)
    axis->n_ticks = atelier_axis_fill_ticks (axis->min, axis->max, step, axis->ticks);
  else
    axis->n_ticks = atelier_chart_get_ticks (axis->min, axis->max, n_wanted, axis->ticks);
  set_decimals (axis);
}

/* The value at @x of the line from point @right - 1 to point @right; NaN where there is none. */
static double
get_crossing (const AtelierChart  *chart,
              const AtelierSeries *series,
              guint                right,
              double               x)
{
  double x0, x1, y0, y1, share;

  if (right == 0 || right >= series->n || !atelier_chart_has_value (chart, series, right - 1)
      || !atelier_chart_has_value (chart, series, right))
    return NAN;

  x0 = atelier_series_get_x (series, right - 1);
  x1 = atelier_series_get_x (series, right);
  y0 = atelier_series_get_y (series, right - 1);
  y1 = atelier_series_get_y (series, right);
  share = x1 > x0 ? CLAMP ((x - x0) / (x1 - x0), 0.0, 1.0) : 0.0;

  return chart->is_log ? y0 * pow (y1 / y0, share) : y0 + (y1 - y0) * share;
}

/* The smallest and largest value in the shown range of x, of the faint series or of all others.
 * A series without a point in the range counts with the line that passes through it, at both
 * edges. */
static gboolean
find_extent (const AtelierChart *chart,
             const AtelierAxis  *x_axis,
             gboolean            is_faint,
             double             *min,
             double             *max)
{
  *min = HUGE_VAL;
  *max = -HUGE_VAL;

  for (guint i_series = 0; i_series < chart->n_series; i_series++)
    {
      const AtelierSeries *series = &chart->series[i_series];
      guint begin, end;

      if ((series->style == ATELIER_SERIES_FAINT) != is_faint)
        continue;

      atelier_series_find_range (series, x_axis->min, x_axis->max, &begin, &end);
      for (guint i = begin; i < end; i++)
        if (atelier_chart_has_value (chart, series, i))
          {
            double value = atelier_series_get_y (series, i);

            *min = MIN (*min, value);
            *max = MAX (*max, value);
          }
      for (guint i_end = 0; begin == end && i_end < 2; i_end++)
        {
          double value = get_crossing (chart, series, begin,
                                       i_end == 0 ? x_axis->min : x_axis->max);

          *min = isnan (value) ? *min : MIN (*min, value);
          *max = isnan (value) ? *max : MAX (*max, value);
        }
    }

  *min = CLAMP (*min, -LARGEST_VALUE, LARGEST_VALUE);
  *max = CLAMP (*max, -LARGEST_VALUE, LARGEST_VALUE);

  return *min <= *max;
}

/* Widens the range to hold the bulk of the newer batches: 1.5 standard deviations around the mean
 * of their newer half. */
static void
include_faint_bulk (const AtelierChart *chart,
                    const AtelierAxis  *x_axis,
                    double             *min,
                    double             *max)
{
  for (guint i_series = 0; i_series < chart->n_series; i_series++)
    {
      const AtelierSeries *series = &chart->series[i_series];
      double n = 0.0, mean = 0.0, sum_of_squares = 0.0, spread;
      guint begin, end, stride;

      if (series->style != ATELIER_SERIES_FAINT)
        continue;

      atelier_series_find_range (series, x_axis->min, x_axis->max, &begin, &end);
      stride = (end - begin) / 2 / ENOUGH_OF_BULK + 1;
      /* Welford's method: sums of squares of small differences, in one pass. */
      for (guint i = begin + (end - begin) / 2; i < end; i += stride)
        if (atelier_chart_has_value (chart, series, i))
          {
            double value = CLAMP (atelier_series_get_y (series, i), -LARGEST_VALUE, LARGEST_VALUE);
            double difference = value - mean;

            n += 1.0;
            mean += difference / n;
            sum_of_squares += difference * (value - mean);
          }
      if (n < MIN_BULK)
        continue;

      spread = 1.5 * sqrt (sum_of_squares / n);
      if (!isfinite (spread))
        continue;
      *min = MIN (*min, *min >= 0.0 ? MAX (mean - spread, 0.0) : mean - spread);
      *max = MAX (*max, mean + spread);
    }
}

/* Widens a range that is empty or nearly so: noise should not fill the plot. */
static void
widen_extent (gboolean  is_percent,
              double   *min,
              double   *max)
{
  double size = MAX (fabs (*min), fabs (*max));
  double middle = *min / 2.0 + *max / 2.0;
  gboolean is_positive = *min >= 0.0;
  double half;

  if (*max - *min >= (is_percent ? 0.01 : size * 1e-3) && *max > *min)
    return;

  half = is_percent ? 0.02 : (size > 0.0 ? size * 0.1 : 0.5);
  *min = is_positive ? MAX (middle - half, 0.0) : middle - half;
  *max = middle + half;
}

/* Returns the step between the round ends, or 0. */
static double
fit_linear (gboolean  is_percent,
            guint     n_wanted,
            double   *min,
            double   *max)
{
  double air, step;

  if (is_percent)
    {
      *min = CLAMP (*min, 0.0, 1.0);
      *max = CLAMP (*max, 0.0, 1.0);
    }
  widen_extent (is_percent, min, max);

  /* Keeps the best value off the edge, where its ring and label have no room. */
  air = (*max - *min) * EDGE_SHARE;
  *min = *min >= 0.0 ? MAX (*min - air, 0.0) : *min - air;
  *max += air;

  step = atelier_axis_round_step ((*max - *min) / n_wanted);
  if (!isnormal (step))
    return 0.0;
  *min = atelier_axis_multiply_step (floor (*min / step + ATELIER_STEP_TOLERANCE), step);
  *max = atelier_axis_multiply_step (ceil (*max / step - ATELIER_STEP_TOLERANCE), step);

  if (is_percent)
    {
      *min = MAX (*min, 0.0);
      *max = MIN (*max, 1.0);
    }

  return step;
}

/* The next 1, 2 or 5 times a power of ten below @value, or above it with @is_up; @value itself if
 * it is one. */
static double
round_log (double   value,
           gboolean is_up)
{
  double power = pow (10.0, floor (log10 (value) + ATELIER_STEP_TOLERANCE));
  double mantissa = value / power;

  if (is_up)
    return atelier_axis_round_step (value);
  if (mantissa >= 5.0 - ATELIER_STEP_TOLERANCE)
    return 5.0 * power;

  return mantissa >= 2.0 - ATELIER_STEP_TOLERANCE ? 2.0 * power : power;
}

/* Returns the step where the axis has even steps, or 0. */
static double
fit_log (gboolean  is_percent,
         guint     n_wanted,
         double   *min,
         double   *max)
{
  /* Over so short a range 1, 2 and 5 lie too far apart: even steps instead. */
  if (*max < *min * NEARLY_STRAIGHT)
    {
      double fitted_min = *min, fitted_max = *max;
      double step = fit_linear (is_percent, n_wanted, &fitted_min, &fitted_max);

      if (step > 0.0 && fitted_min > 0.0)
        {
          *min = fitted_min;
          *max = fitted_max;
          return step;
        }
    }

  /* Powers of ten beyond these would no longer be normal numbers. */
  *min = CLAMP (*min, 1e-290, 1e290);
  *max = CLAMP (*max, 1e-290, 1e290);
  *min = round_log (*min, FALSE);
  *max = round_log (*max, TRUE);
  if (is_percent)
    *max = MIN (*max, 1.0);

  if (*min >= *max)
    *min = *max / 10.0;

  return 0.0;
}

void
atelier_axis_init_x (AtelierAxis        *axis,
                     const AtelierChart *chart)
{
  *axis = (AtelierAxis) {
    .min = chart->x_min,
    .max = chart->x_max,
    .decimals = -1,
    .unit = chart->x_unit,
  };

  if (!isfinite (axis->min) || fabs (axis->min) > LARGEST_VALUE)
    axis->min = 0.0;
  if (!isfinite (axis->max) || fabs (axis->max) > LARGEST_VALUE || axis->max <= axis->min)
    axis->max = axis->min + MAX (1.0, fabs (axis->min) * 1e-6);
}

void
atelier_axis_set_x_ticks (AtelierAxis *axis,
                          guint        n_wanted)
{
  double range = axis->max - axis->min;
  double step = atelier_chart_unit_round_step (axis->unit, range / n_wanted);

  /* Epochs and images are whole: parts of them are marked only where less than two are shown. */
  if (axis->unit != ATELIER_X_SECONDS && range >= 2.0)
    step = MAX (step, 1.0);
  axis->n_ticks = 0;
  if (isnormal (step))
    axis->n_ticks = atelier_axis_fill_ticks (axis->min, axis->max, step, axis->ticks);
  set_decimals (axis);
}

/* Fits the range to what is shown.  Returns the step between its ends, or 0. */
static double
fit_range (const AtelierChart *chart,
           guint               n_wanted,
           double             *min,
           double             *max)
{
  AtelierAxis x_axis;

  atelier_axis_init_x (&x_axis, chart);
  if (find_extent (chart, &x_axis, FALSE, min, max))
    {
      if (!chart->is_log)
        include_faint_bulk (chart, &x_axis, min, max);
    }
  else if (!find_extent (chart, &x_axis, TRUE, min, max))
    {
      *min = chart->is_log ? 0.1 : 0.0;
      *max = 1.0;
      return 0.0;
    }

  return chart->is_log ? fit_log (chart->is_percent, n_wanted, min, max)
                       : fit_linear (chart->is_percent, n_wanted, min, max);
}

void
atelier_axis_init_y (AtelierAxis        *axis,
                     const AtelierChart *chart,
                     guint               n_wanted)
{
  gboolean has_min = isfinite (chart->y_min) && (!chart->is_log || chart->y_min > 0.0);
  gboolean has_max = isfinite (chart->y_max) && (!chart->is_log || chart->y_max > 0.0);
  double min, max;
  double step = fit_range (chart, n_wanted, &min, &max);

  *axis = (AtelierAxis) {
    .is_log = chart->is_log,
    .is_percent = chart->is_percent,
    .decimals = -1,
  };
  axis->min = has_min ? CLAMP (chart->y_min, -LARGEST_VALUE, LARGEST_VALUE) : min;
  axis->max = has_max ? CLAMP (chart->y_max, -LARGEST_VALUE, LARGEST_VALUE) : max;

  /* One end may be given, and lie beyond the other, which was fitted. */
  if (axis->max <= axis->min && has_max && !has_min)
    axis->min = chart->is_log ? axis->max / 10.0 : axis->max - MAX (1.0, fabs (axis->max));
  else if (axis->max <= axis->min)
    axis->max = chart->is_log ? axis->min * 10.0 : axis->min + MAX (1.0, fabs (axis->min));

  set_y_ticks (axis, n_wanted, has_min || has_max ? 0.0 : step);
}

char *
atelier_axis_format_tick (const AtelierAxis *axis,
                          guint              i)
{
  double value = axis->is_percent ? axis->ticks[i] * 100.0 : axis->ticks[i];
  g_autofree char *number = NULL;

  if (axis->unit != ATELIER_X_EPOCHS)
    return atelier_chart_unit_format_tick (axis->unit, value,
                                           axis->n_ticks > 1 ? axis->ticks[1] - axis->ticks[0]
                                                             : axis->max - axis->min,
                                           MAX (fabs (axis->min), fabs (axis->max)));

  /* A tiny remainder must not become "-0". */
  if (fabs (value) < 1e-300)
    value = 0.0;

  if (axis->decimals < 0)
    number = g_strdup_printf ("%.6g", value);
  else
    number = g_strdup_printf ("%.*f", axis->decimals, value);

  /* Translators: a share on an axis, as in "90 %"; the space is a no-break space. */
  return axis->is_percent ? g_strdup_printf (_("%s\u00a0%%"), number) : g_steal_pointer (&number);
}

char *
atelier_chart_format_value (const AtelierChart *chart,
                            double              value)
{
  gboolean is_small = value != 0.0 && fabs (value) < SMALL_VALUE;

  if (chart->is_percent)
    /* Translators: a share with one decimal, as in "91.0 %"; the space is a no-break space. */
    return g_strdup_printf (_("%.1f\u00a0%%"), value * 100.0);

  return g_strdup_printf ("%.*f", is_small ? 5 : 3, value);
}
