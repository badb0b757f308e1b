/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDifferenceBar - a difference of two accuracies as a dot with its interval, around the line
 * of no difference.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_DIFFERENCE_BAR (atelier_difference_bar_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDifferenceBar, atelier_difference_bar, ATELIER, DIFFERENCE_BAR,
                      GtkWidget)

/* Shares of 1, B minus A. */
void atelier_difference_bar_set (AtelierDifferenceBar *bar,
                                 double                difference,
                                 double                low,
                                 double                high);

G_END_DECLS
