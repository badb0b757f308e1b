/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRateView - the learning rate that a recipe has over its epochs, as a small curve.  Main
 * thread. */

#pragma once

#include <gtk/gtk.h>

#include "kinds/atelier-recipe-values.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RATE_VIEW (atelier_rate_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRateView, atelier_rate_view, ATELIER, RATE_VIEW, GtkWidget)

/* @n_images: to train on, from which the steps of an epoch follow; 0: not known. */
void        atelier_rate_view_show      (AtelierRateView           *view,
                                         const AtelierRecipeValues *values,
                                         guint                      n_images);
/* The curve in a sentence, as a screen reader has it.  Borrowed. */
const char *atelier_rate_view_get_words (AtelierRateView           *view);

G_END_DECLS
