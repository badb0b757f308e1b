/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurveView - how the curves are shown: the unit and range of x, the lines, the scales, and
 * the epoch at the cursor.
 *
 * The two charts share one, so that both change together.  Main thread.
 */

#pragma once

#include <gio/gio.h>

#include "atelier-chart.h"

G_BEGIN_DECLS

/* AtelierChartUnit as an enumeration whose values have names for actions and settings: "epochs",
 * "images", "seconds". */
#define ATELIER_TYPE_CURVE_UNIT (atelier_curve_unit_get_type ())
GType atelier_curve_unit_get_type (void) G_GNUC_CONST;

#define ATELIER_TYPE_CURVE_VIEW (atelier_curve_view_get_type ())
G_DECLARE_FINAL_TYPE (AtelierCurveView, atelier_curve_view, ATELIER, CURVE_VIEW, GObject)

/* Properties: "unit" (AtelierChartUnit of x; a change resets the zoom), "log-loss",
 * "whole-accuracy" (0 to 100 %, not fitted), "train-eval" (the line of training pictures without
 * dropout), "penalty" (its line), "smooth" (a smoothed line over the batches), all booleans;
 * "cursor" (uint: the epoch whose values are shown; 0: none); "zoomed" (boolean, read only).
 * Signal "changed": a property changed. */
AtelierCurveView *atelier_curve_view_new            (void);

AtelierChartUnit  atelier_curve_view_get_unit       (AtelierCurveView *view);
gboolean          atelier_curve_view_get_log_loss   (AtelierCurveView *view);
gboolean          atelier_curve_view_get_whole_accuracy (AtelierCurveView *view);
gboolean          atelier_curve_view_get_train_eval (AtelierCurveView *view);
gboolean          atelier_curve_view_get_penalty    (AtelierCurveView *view);
gboolean          atelier_curve_view_get_smooth     (AtelierCurveView *view);

void              atelier_curve_view_set_cursor     (AtelierCurveView *view,
                                                     guint             epoch);
guint             atelier_curve_view_get_cursor     (AtelierCurveView *view);

/* The part of x that is shown, in the unit; @min is below @max.  get_zoom returns FALSE, and leaves
 * the values unchanged, if all of x is shown. */
void              atelier_curve_view_zoom           (AtelierCurveView *view,
                                                     double            min,
                                                     double            max);
void              atelier_curve_view_reset_zoom     (AtelierCurveView *view);
gboolean          atelier_curve_view_get_zoom       (AtelierCurveView *view,
                                                     double           *min,
                                                     double           *max);
/* Removes cursor and zoom, for another run. */
void              atelier_curve_view_reset          (AtelierCurveView *view);

/* The switches as stateful actions with the properties' names, and "reset-zoom", which is enabled
 * while zoomed.  Transfer full. */
GActionMap       *atelier_curve_view_create_actions (AtelierCurveView *view);
/* Binds the switches to the settings' keys of the same names. */
void              atelier_curve_view_bind_settings  (AtelierCurveView *view,
                                                     GSettings        *settings);

G_END_DECLS
