/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurve - the loss or the accuracy of a run, as it comes in. */

#pragma once

#include <gtk/gtk.h>

#include "curves/atelier-curve-figures.h"
#include "focus/atelier-focus.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CURVE (atelier_curve_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCurve, atelier_curve, ATELIER, CURVE, GtkWidget)

/* Property: "measure" (int, AtelierMeasure). */

/* Once, both.  The curve shows the run of @focus as @view says, and marks its epoch; a click on the
 * curve makes the epoch there the focus's. */
void         atelier_curve_set_focus (AtelierCurve     *curve,
                                      AtelierFocus     *focus,
                                      AtelierCurveView *view);
/* What is drawn now; @series has room for ATELIER_CURVE_MAX_SERIES.  Both borrow from @curve. */
void         atelier_curve_describe  (AtelierCurve     *curve,
                                      AtelierSeries    *series,
                                      AtelierChart     *chart);

G_END_DECLS
