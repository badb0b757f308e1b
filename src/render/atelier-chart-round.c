/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Round numbers for axes: steps of 1, 2 or 5 times a power of ten, and the ticks such steps make.
 *
 * Quotients that should be whole are off by what rounding adds, hence the tolerance in all
 * comparisons.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

double
atelier_axis_round_step (double raw)
{
  double power = pow (10.0, floor (log10 (raw)));
  double mantissa = raw / power;

  if (mantissa <= 1.0 + ATELIER_STEP_TOLERANCE)
    return power;
  if (mantissa <= 2.0 + ATELIER_STEP_TOLERANCE)
    return 2.0 * power;
  if (mantissa <= 5.0 + ATELIER_STEP_TOLERANCE)
    return 5.0 * power;

  return 10.0 * power;
}

/* The 1, 2 or 5 times a power of ten whose ratio to @raw is nearest to 1. */
static double
round_to_step (double raw)
{
  double power = pow (10.0, floor (log10 (raw)));
  double mantissa = raw / power;

  if (mantissa <= G_SQRT2)
    return power;
  if (mantissa <= sqrt (10.0))
    return 2.0 * power;

  return mantissa <= sqrt (50.0) ? 5.0 * power : 10.0 * power;
}

double
atelier_axis_multiply_step (double i,
                            double step)
{
  double inverse = round (1.0 / step);

  return step < 1.0 && inverse < 1e15 ? i / inverse : i * step;
}

guint
atelier_axis_fill_ticks (double  min,
                         double  max,
                         double  step,
                         double *ticks)
{
  double first = ceil (min / step - ATELIER_STEP_TOLERANCE);
  double last = floor (max / step + ATELIER_STEP_TOLERANCE);
  guint n = 0;

  if (!isfinite (first) || !isfinite (last))
    return 0;

  for (guint i = 0; i < ATELIER_AXIS_MAX_TICKS && first + i <= last; i++)
    {
      double tick = CLAMP (atelier_axis_multiply_step (first + i, step), min, max);

      if (n == 0 || tick > ticks[n - 1])
        ticks[n++] = tick;
    }

  return n;
}

guint
atelier_chart_get_ticks (double  min,
                         double  max,
                         guint   n_wanted,
                         double *ticks)
{
  double step;

  g_return_val_if_fail (ticks != NULL, 0);

  if (!isfinite (min) || !isfinite (max) || n_wanted == 0 || !(max >= min))
    return 0;

  if (max == min)
    {
      ticks[0] = min;
      return 1;
    }

  /* Rounding to the nearest step makes up to 1.6 times as many ticks as wanted. */
  step = round_to_step ((max - min) / MIN (n_wanted, (ATELIER_AXIS_MAX_TICKS - 1) * 10 / 16));
  if (!isnormal (step))
    return 0;

  return atelier_axis_fill_ticks (min, max, step, ticks);
}

int
atelier_axis_count_decimals (double step)
{
  if (!(step > 0.0) || step >= 1.0 - ATELIER_STEP_TOLERANCE)
    return 0;

  return (int) -floor (log10 (step) + ATELIER_STEP_TOLERANCE);
}
