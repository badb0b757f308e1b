/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRateChart - the loss against the learning rate, of a search.
 *
 * The rates that are good are a band, and the chosen one a line with a handle.  A click chooses a
 * rate, and so do the arrow keys.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "results/atelier-rate-search.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RATE_CHART (atelier_rate_chart_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRateChart, atelier_rate_chart, ATELIER, RATE_CHART, GtkWidget)

/* Property: "rate" (double, notify: the chosen one; 0: none). */
void   atelier_rate_chart_set_search (AtelierRateChart        *chart,
                                      const AtelierRateSearch *search); /* copied; nullable */
double atelier_rate_chart_get_rate   (AtelierRateChart        *chart);
void   atelier_rate_chart_set_rate   (AtelierRateChart        *chart,
                                      double                   rate);

G_END_DECLS
