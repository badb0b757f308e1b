/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a place for a label on a chart.
 *
 * Every place on a coarse grid has a price: for the curves and the other things that the label
 * would cover there, and for its distance from what it names.  The cheapest place is taken.  A
 * curve counts as a band between its lowest and highest point within some pixels' width, which is
 * precise enough for a label one line high.  Faint lines cost little, since a label stays readable
 * on them. The work is bounded: a few hundred places, a few dozen slices, and a few points of each
 * slice.  A fixed corner was rejected: curves may lie anywhere.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <math.h>

#define MAX_TOPS 48
#define TOP_STEP 3.0
#define MAX_SLICES 40
#define SLICE_WIDTH 5.0

/* At most about so many points of a slice are read. */
#define MAX_SAMPLES 12

/* Half the width of a line and some distance. */
#define CURVE_PADDING 3.0

/* The prices of a unit of covered area, and of each step down in the order of preference. */
#define CURVE_PRICE 1.0
#define FAINT_PRICE 0.08
#define TAKEN_PRICE 3.0
#define RANK_PRICE 6.0

typedef struct
{
  double low;
  double high;
} Band;

static void
extend_band (Band   *band,
             double  y)
{
  band->low = MIN (band->low, y);
  band->high = MAX (band->high, y);
}

/* Adds the height at which the line from point @right - 1 to point @right passes x = @value. */
static void
extend_by_crossing (Band                     *band,
                    const AtelierChart       *chart,
                    const AtelierChartLayout *layout,
                    const AtelierSeries      *series,
                    guint                     right,
                    double                    value)
{
  double x0, x1, y0, y1;

  if (right == 0 || right >= series->n)
    return;
  if (!atelier_chart_has_value (chart, series, right - 1)
      || !atelier_chart_has_value (chart, series, right))
    return;

  x0 = atelier_series_get_x (series, right - 1);
  x1 = atelier_series_get_x (series, right);
  y0 = atelier_chart_value_to_y (chart, layout, atelier_series_get_y (series, right - 1));
  y1 = atelier_chart_value_to_y (chart, layout, atelier_series_get_y (series, right));
  extend_band (band, x1 > x0 ? y0 + (y1 - y0) * CLAMP ((value - x0) / (x1 - x0), 0.0, 1.0) : y1);
}

static Band
find_band (const AtelierChart       *chart,
           const AtelierChartLayout *layout,
           const AtelierSeries      *series,
           double                    left,
           double                    right)
{
  double min = atelier_chart_x_to_value (chart, layout, left);
  double max = atelier_chart_x_to_value (chart, layout, right);
  Band band = { HUGE_VAL, -HUGE_VAL };
  guint begin, end, stride;

  atelier_series_find_range (series, min, max, &begin, &end);
  stride = (end - begin) / MAX_SAMPLES + 1;
  for (guint i = begin; i < end; i += stride)
    if (atelier_chart_has_value (chart, series, i))
      extend_band (&band,
                   atelier_chart_value_to_y (chart, layout, atelier_series_get_y (series, i)));

  extend_by_crossing (&band, chart, layout, series, begin, min);
  extend_by_crossing (&band, chart, layout, series, end, max);

  return band;
}

static double
get_overlap (double start_a,
             double end_a,
             double start_b,
             double end_b)
{
  return MAX (MIN (end_a, end_b) - MAX (start_a, start_b), 0.0);
}

/* Adds to the price of each height what the label would cover of @series there. */
static void
price_curve (const AtelierChart       *chart,
             const AtelierChartLayout *layout,
             const AtelierSeries      *series,
             const AtelierBox         *box,
             const double             *tops,
             guint                     n_tops,
             double                   *prices)
{
  guint n_slices = (guint) CLAMP (ceil (box->width / SLICE_WIDTH), 1.0, MAX_SLICES);
  double slice_width = box->width / n_slices;
  double price = slice_width * (series->style == ATELIER_SERIES_FAINT ? FAINT_PRICE : CURVE_PRICE);

  for (guint i = 0; i < n_slices; i++)
    {
      double left = box->x + i * slice_width;
      Band band = find_band (chart, layout, series, left, left + slice_width);

      if (band.low > band.high)
        continue;

      for (guint j = 0; j < n_tops; j++)
        prices[j] += price * get_overlap (tops[j], tops[j] + box->height,
                                          band.low - CURVE_PADDING, band.high + CURVE_PADDING);
    }
}

static double
price_place (const AtelierPlacement *placement,
             const AtelierBox       *box)
{
  double right = box->x + box->width, bottom = box->y + box->height;
  double away_x = MAX (MAX (box->x - placement->anchor_x, placement->anchor_x - right), 0.0);
  double away_y = MAX (MAX (box->y - placement->anchor_y, placement->anchor_y - bottom), 0.0);
  double price = placement->distance_price * hypot (away_x, away_y);

  for (guint i = 0; i < placement->n_taken; i++)
    {
      const AtelierBox *taken = &placement->taken[i];

      price += TAKEN_PRICE
               * get_overlap (box->x, box->x + box->width, taken->x, taken->x + taken->width)
               * get_overlap (box->y, box->y + box->height, taken->y, taken->y + taken->height);
    }

  return price;
}

AtelierBox
atelier_placement_find (const AtelierPlacement   *placement,
                        const AtelierChart       *chart,
                        const AtelierChartLayout *layout)
{
  const AtelierBox *bounds = &placement->bounds;
  double room = MAX (bounds->height - placement->height, 0.0);
  guint n_tops = (guint) CLAMP (room / TOP_STEP + 1.0, 1.0, MAX_TOPS);
  AtelierBox box = { bounds->x, bounds->y, placement->width, placement->height }, best = box;
  double tops[MAX_TOPS], best_price = HUGE_VAL;

  for (guint i = 0; i < n_tops; i++)
    tops[i] = bounds->y + (n_tops > 1 ? room * i / (n_tops - 1) : 0.0);

  for (guint i_left = 0; i_left < placement->n_lefts; i_left++)
    {
      double prices[MAX_TOPS] = { 0.0 };

      box.x = MAX (MIN (placement->lefts[i_left], bounds->x + bounds->width - box.width),
                   bounds->x);
      for (guint i = 0; i < chart->n_series; i++)
        price_curve (chart, layout, &chart->series[i], &box, tops, n_tops, prices);

      for (guint i = 0; i < n_tops; i++)
        {
          double price;

          box.y = tops[i];
          price = prices[i] + RANK_PRICE * i_left + price_place (placement, &box);
          if (price < best_price)
            {
              best_price = price;
              best = box;
            }
        }
    }

  return best;
}
