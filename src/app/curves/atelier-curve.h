/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurve - a chart of the loss or the accuracy of a run, also during the run. */

#pragma once

#include <gtk/gtk.h>

#include "curves/atelier-curve-figures.h"
#include "focus/atelier-focus.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CURVE (atelier_curve_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCurve, atelier_curve, ATELIER, CURVE, GtkWidget)

/* Property: "measure" (int, AtelierMeasure). */

/* To be called once.  The chart shows the run of @focus in the way that @view describes, and marks
 * the epoch of the focus; a click on another epoch changes the focus to it. */
void         atelier_curve_set_focus (AtelierCurve     *curve,
                                      AtelierFocus     *focus,
                                      AtelierCurveView *view);
/* The description of what is shown.  @series must have room for ATELIER_CURVE_MAX_SERIES.  Both
 * borrow from @curve. */
void         atelier_curve_describe  (AtelierCurve     *curve,
                                      AtelierSeries    *series,
                                      AtelierChart     *chart);

G_END_DECLS
