/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points of a series: reading them, and finding those that are within a range of x or near to
 * one.
 *
 * x ascends, so that all searches are binary.  A value that is not finite is a gap: it is not drawn
 * and not found.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

double
atelier_series_get_x (const AtelierSeries *series,
                      guint                i)
{
  return atelier_series_read_x (series, i);
}

double
atelier_series_get_y (const AtelierSeries *series,
                      guint                i)
{
  return atelier_series_read_y (series, i);
}

/* The first point whose x is not below @value, or, with @is_after, is above it; n if there is
 * none. */
static guint
find_bound (const AtelierSeries *series,
            double               value,
            gboolean             is_after)
{
  guint low = 0, high = series->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      double x = atelier_series_get_x (series, middle);

      if (x < value || (is_after && x == value))
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

void
atelier_series_find_range (const AtelierSeries *series,
                           double               min,
                           double               max,
                           guint               *begin,
                           guint               *end)
{
  *begin = find_bound (series, min, FALSE);
  *end = MAX (find_bound (series, max, TRUE), *begin);
}

void
atelier_series_find_drawn_range (const AtelierSeries *series,
                                 double               min,
                                 double               max,
                                 guint               *begin,
                                 guint               *end)
{
  atelier_series_find_range (series, min, max, begin, end);
  if (*begin > 0)
    (*begin)--;
  if (*end < series->n)
    (*end)++;
}

int
atelier_series_get_nearest (const AtelierSeries *series,
                            double               value_x)
{
  guint right, left;

  g_return_val_if_fail (series != NULL, -1);

  if (series->n == 0 || isnan (value_x))
    return -1;

  /* Outwards from the place, past gaps: a gap has no point that could be near. */
  right = find_bound (series, value_x, FALSE);
  left = right;
  while (right < series->n && !isfinite (atelier_series_get_y (series, right)))
    right++;
  while (left > 0 && !isfinite (atelier_series_get_y (series, left - 1)))
    left--;

  if (left == 0 && right == series->n)
    return -1;
  if (left == 0)
    return (int) right;
  if (right == series->n)
    return (int) left - 1;

  return value_x - atelier_series_get_x (series, left - 1)
                 <= atelier_series_get_x (series, right) - value_x
             ? (int) left - 1
             : (int) right;
}

gboolean
atelier_chart_has_value (const AtelierChart  *chart,
                         const AtelierSeries *series,
                         guint                i)
{
  double value = atelier_series_get_y (series, i);

  return isfinite (value) && (!chart->is_log || value > 0.0);
}

gboolean
atelier_series_is_smoothed (const AtelierSeries *series)
{
  return series->style != ATELIER_SERIES_VALIDATION && series->smoothing > 0.0
         && series->smoothing < 1.0;
}
