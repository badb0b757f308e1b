/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a chart's drawing (atelier-curve.c) and its pointer and keys (atelier-curve-input.c)
 * share. */

#pragma once

#include "curves/atelier-curve.h"

G_BEGIN_DECLS

struct _AtelierCurve
{
  GtkWidget            parent_instance;

  AtelierMeasure       measure;

  /* Of the pointer */
  gboolean             has_hover;     /* whether it set the cursor */
  gboolean             has_band;      /* whether a range is being dragged */
  double               band_start;    /* in the shown unit */
  double               band_end;
  guint                clicked_epoch; /* what the focus looked at before a click */
  gboolean             clicked_live;

  /* Owned */
  AtelierFocus        *focus;   /* nullable until it was set, and so is the view */
  AtelierCurveView    *view;
  AtelierHistory      *history; /* the focus's; nullable */
  AtelierCurveFigures *figures;
  char                *cursor_label;
};

/* The place of the cursor's epoch in the figures, or -1. */
int  atelier_curve_get_i_cursor    (AtelierCurve   *self);

/* At the class's init, and once an object has a focus and a view. */
void atelier_curve_add_keys        (GtkWidgetClass *widget_class);
void atelier_curve_add_controllers (AtelierCurve   *self);

G_END_DECLS
