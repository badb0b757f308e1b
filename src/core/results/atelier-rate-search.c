/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a search for a learning rate.
 *
 * The smoothed loss of the first steps is a mean of few, and its slopes are chance, so they are not
 * asked.  What comes behind the least value is not either: there the loss only rises again.  One
 * thread at a time.
 */

#include "config.h"

#include "results/atelier-rate-search.h"

#include <math.h>

#define SHARE_KEPT 0.98
#define WORST_RATIO 4.0
#define REACH 12
#define N_UNSURE 30 /* steps whose slopes are not asked */

struct _AtelierRateSearch
{
  double  first;
  double  last;
  guint   n_steps;
  double  mean;   /* not debiased */
  double  lowest; /* smoothed */
  GArray *points; /* Owned; AtelierRatePoint */
};

AtelierRateSearch *
atelier_rate_search_new (double first,
                         double last,
                         guint  n_steps)
{
  AtelierRateSearch *search;

  g_return_val_if_fail (first > 0.0 && last > first && n_steps > 1, NULL);

  search = g_new0 (AtelierRateSearch, 1);
  search->first = first;
  search->last = last;
  search->n_steps = n_steps;
  search->lowest = INFINITY;
  search->points = g_array_new (FALSE, FALSE, sizeof (AtelierRatePoint));
  return search;
}

AtelierRateSearch *
atelier_rate_search_copy (const AtelierRateSearch *search)
{
  AtelierRateSearch *copy;

  g_return_val_if_fail (search != NULL, NULL);

  copy = g_memdup2 (search, sizeof *search);
  copy->points = g_array_copy (search->points);
  return copy;
}

void
atelier_rate_search_free (AtelierRateSearch *search)
{
  if (search == NULL)
    return;

  g_array_unref (search->points);
  g_free (search);
}

static gboolean
is_over (const AtelierRateSearch *search)
{
  const AtelierRatePoint *newest;

  if (search->points->len == 0)
    return FALSE;
  newest = atelier_rate_search_get_point (search, search->points->len - 1);
  return search->points->len == search->n_steps || !isfinite (newest->smoothed)
         || newest->smoothed > WORST_RATIO * search->lowest;
}

double
atelier_rate_search_get_rate (const AtelierRateSearch *search)
{
  g_return_val_if_fail (search != NULL, 0.0);

  if (is_over (search))
    return 0.0;
  return search->first * pow (search->last / search->first,
                              (double) search->points->len / (search->n_steps - 1));
}

void
atelier_rate_search_add (AtelierRateSearch *search,
                         double             loss)
{
  const double rate = atelier_rate_search_get_rate (search);
  AtelierRatePoint point = { .rate = rate, .loss = loss };

  g_return_if_fail (search != NULL && rate > 0.0);

  search->mean = SHARE_KEPT * search->mean + (1.0 - SHARE_KEPT) * loss;
  point.smoothed = search->mean / (1.0 - pow (SHARE_KEPT, search->points->len + 1.0));
  if (point.smoothed < search->lowest)
    search->lowest = point.smoothed;
  g_array_append_val (search->points, point);
}

guint
atelier_rate_search_get_n (const AtelierRateSearch *search)
{
  g_return_val_if_fail (search != NULL, 0);

  return search->points->len;
}

guint
atelier_rate_search_get_n_steps (const AtelierRateSearch *search)
{
  g_return_val_if_fail (search != NULL, 0);

  return search->n_steps;
}

const AtelierRatePoint *
atelier_rate_search_get_point (const AtelierRateSearch *search,
                               guint                    i)
{
  g_return_val_if_fail (search != NULL && i < search->points->len, NULL);

  return &g_array_index (search->points, AtelierRatePoint, i);
}

/* ---- Advice ---- */

/* The first of the least values. */
static guint
find_lowest (const AtelierRateSearch *search)
{
  guint i_lowest = 0;

  for (guint i = 1; i < search->points->len; i++)
    if (atelier_rate_search_get_point (search, i)->smoothed
        < atelier_rate_search_get_point (search, i_lowest)->smoothed)
      i_lowest = i;
  return i_lowest;
}

/* Steps are equally far apart, so a difference is as good as a slope.  It is taken over several
 * steps, since that of two neighbours is mostly the chance of two batches. */
static double
get_slope (const AtelierRateSearch *search,
           guint                    i)
{
  return atelier_rate_search_get_point (search, MIN (i + REACH, search->points->len - 1))->smoothed
         - atelier_rate_search_get_point (search, i - REACH)->smoothed;
}

gboolean
atelier_rate_search_advise (const AtelierRateSearch *search,
                            AtelierRateAdvice       *advice)
{
  guint i_lowest, i_steepest = N_UNSURE;
  guint i_first, i_last;
  double half;

  g_return_val_if_fail (search != NULL && advice != NULL, FALSE);

  i_lowest = search->points->len > 0 ? find_lowest (search) : 0;
  if (i_lowest <= N_UNSURE + 1)
    return FALSE;
  for (guint i = N_UNSURE; i < i_lowest; i++)
    if (get_slope (search, i) < get_slope (search, i_steepest))
      i_steepest = i;
  half = get_slope (search, i_steepest) / 2.0;
  if (half >= 0.0)
    return FALSE;
  for (i_first = i_steepest; i_first > N_UNSURE && get_slope (search, i_first - 1) <= half;)
    i_first--;
  for (i_last = i_steepest; i_last + 1 < i_lowest && get_slope (search, i_last + 1) <= half;)
    i_last++;
  advice->lowest = atelier_rate_search_get_point (search, i_first)->rate;
  advice->steepest = atelier_rate_search_get_point (search, i_steepest)->rate;
  advice->highest = atelier_rate_search_get_point (search, i_last)->rate;
  return TRUE;
}
