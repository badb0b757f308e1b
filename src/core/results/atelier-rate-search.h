/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRateSearch - the losses of a short run whose learning rate rises from step to step, and
 * which rates they speak for (Smith 2017, "Cyclical Learning Rates for Training Neural Networks").
 *
 * Losses are smoothed by a running mean that keeps 0.98 of itself in a step, debiased as Adam's:
 *
 *   m = 0.98 m + 0.02 loss,  smoothed = m / (1 - 0.98^t)            t from 1
 *
 * The search is over where the smoothed loss is above four times its least value, or a loss is no
 * number.  Rates are good around the steepest fall of the smoothed loss over the logarithm of the
 * rate: as far to both sides as it falls at least half as fast.  One thread at a time.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double rate;
  double loss;     /* of one batch, plain; not finite where the search has ended by it */
  double smoothed; /* likewise */
} AtelierRatePoint;

typedef struct
{
  double lowest;   /* of the rates that are good */
  double steepest; /* where the loss falls fastest */
  double highest;
} AtelierRateAdvice;

typedef struct _AtelierRateSearch AtelierRateSearch;

/* For rates from @first to @last, whose logarithms are @n_steps equal steps apart. */
AtelierRateSearch      *atelier_rate_search_new         (double             first,
                                                         double             last,
                                                         guint              n_steps);
AtelierRateSearch      *atelier_rate_search_copy        (const AtelierRateSearch *search);
void                    atelier_rate_search_free        (AtelierRateSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierRateSearch, atelier_rate_search_free)

/* The rate of the next step; 0 where the search is over. */
double                  atelier_rate_search_get_rate    (const AtelierRateSearch *search);
/* The loss at that rate. */
void                    atelier_rate_search_add         (AtelierRateSearch *search,
                                                         double             loss);
guint                   atelier_rate_search_get_n       (const AtelierRateSearch *search);
guint                   atelier_rate_search_get_n_steps (const AtelierRateSearch *search);
/* Borrowed, until the next is added; @i counts from 0. */
const AtelierRatePoint *atelier_rate_search_get_point   (const AtelierRateSearch *search,
                                                         guint              i);
/* FALSE where the loss falls nowhere, or too few steps were made to tell. */
gboolean                atelier_rate_search_advise      (const AtelierRateSearch *search,
                                                         AtelierRateAdvice *advice);

G_END_DECLS
