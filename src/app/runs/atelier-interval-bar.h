/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierIntervalBar - an accuracy as a dot with its interval as a band, on the scale that all runs
 * of a list share; of a group each run's as a small dot, and the mean as a line.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "runs/atelier-run-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_INTERVAL_BAR (atelier_interval_bar_get_type ())
G_DECLARE_FINAL_TYPE (AtelierIntervalBar, atelier_interval_bar, ATELIER, INTERVAL_BAR, GtkWidget)

/* @list: has the scale. */
GtkWidget *atelier_interval_bar_new      (AtelierRunList     *list);
/* Nullable. */
void       atelier_interval_bar_set_item (AtelierIntervalBar *bar,
                                          AtelierRunItem     *item);

G_END_DECLS
