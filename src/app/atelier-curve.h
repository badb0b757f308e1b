/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurve - the loss or the accuracy of a run, as it comes in. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-history.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_MEASURE_LOSS,
  ATELIER_MEASURE_ACCURACY,
  ATELIER_N_MEASURES
} AtelierMeasure;

#define ATELIER_TYPE_CURVE (atelier_curve_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCurve, atelier_curve, ATELIER, CURVE, GtkWidget)

/* Properties: "measure" (int, AtelierMeasure), "history" (AtelierHistory, nullable), "cursor"
 * (uint: the epoch, from 1, whose values are shown; 0: none).  Curves side by side bind their
 * cursors to each other. */

void            atelier_curve_set_history (AtelierCurve   *curve,
                                           AtelierHistory *history);
AtelierHistory *atelier_curve_get_history (AtelierCurve   *curve); /* borrowed, nullable */
void            atelier_curve_set_cursor  (AtelierCurve   *curve,
                                           guint           epoch);
guint           atelier_curve_get_cursor  (AtelierCurve   *curve);

G_END_DECLS
