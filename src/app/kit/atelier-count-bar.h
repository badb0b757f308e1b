/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCountBar - how many pictures are for training, validation and test, as one bar of three
 * parts. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-splits.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COUNT_BAR (atelier_count_bar_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCountBar, atelier_count_bar, ATELIER, COUNT_BAR, GtkWidget)

/* Property "swatch" (int): the bar is that split's colour all over; -1 (default): it shows
 * counts. */

/* @counts: [ATELIER_N_SPLITS].  @whole: the count that takes the full width. */
void atelier_count_bar_set_counts (AtelierCountBar *bar,
                                   const guint     *counts,
                                   guint            whole);

G_END_DECLS
