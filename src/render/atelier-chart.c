/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of a chart to places on its plot, and back.
 *
 * Drawing, hovering and the keyboard cursor all use these functions with the same layout, so that a
 * pointer finds what is drawn.  atelier-chart-frame.c works the layout out, and
 * atelier-chart-draw.c draws.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

/* Places far outside are cut to this: the coordinates of cairo end at 2^23. */
#define FARTHEST_PLACE 1e5

double
atelier_chart_x_to_value (const AtelierChart       *chart,
                          const AtelierChartLayout *layout,
                          double                    x)
{
  return layout->x_min + (x - layout->x) / layout->width * (layout->x_max - layout->x_min);
}

double
atelier_chart_value_to_x (const AtelierChart       *chart,
                          const AtelierChartLayout *layout,
                          double                    value)
{
  double x = layout->x + (value - layout->x_min) / (layout->x_max - layout->x_min) * layout->width;

  return CLAMP (x, -FARTHEST_PLACE, FARTHEST_PLACE);
}

double
atelier_chart_value_to_y (const AtelierChart       *chart,
                          const AtelierChartLayout *layout,
                          double                    value)
{
  double share, y;

  if (!chart->is_log)
    share = (value - layout->y_min) / (layout->y_max - layout->y_min);
  else if (value > 0.0)
    share = log (value / layout->y_min) / log (layout->y_max / layout->y_min);
  else
    share = 0.0;

  y = layout->y + layout->height * (1.0 - share);

  return CLAMP (y, -FARTHEST_PLACE, FARTHEST_PLACE);
}
