/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shared by a chart's drawing (atelier-curve.c) and its input (atelier-curve-input.c). */

#pragma once

#include "curves/atelier-curve.h"

G_BEGIN_DECLS

/* Which batches the last redraw was asked for. */
typedef struct
{
  guint  n;
  double x;          /* of the last of them */
  double x_min;      /* of the chart */
  double x_max;
  double lowest;     /* of their values */
  double highest;
} AtelierCurveBatches;

struct _AtelierCurve
{
  GtkWidget            parent_instance;

  AtelierMeasure       measure;

  /* State of the pointer */
  gboolean             has_hover;     /* whether the pointer set the cursor */
  gboolean             has_band;      /* whether the pointer is dragging a range */
  double               band_start;    /* in the shown unit */
  double               band_end;
  guint                clicked_epoch; /* the epoch of the focus before the click */
  gboolean             clicked_live;  /* whether the focus was live before the click */

  AtelierCurveBatches  shown;

  /* Owned */
  AtelierFocus        *focus;   /* NULL until set, and so is the view */
  AtelierCurveView    *view;
  AtelierHistory      *history; /* the focus's; nullable */
  AtelierCurveFigures *figures;
  char                *cursor_label;
};

/* The index of the cursor's epoch in the figures, or -1. */
int  atelier_curve_get_i_cursor    (AtelierCurve   *self);

/* The first is called in class_init, the second when a chart has its focus and its view. */
void atelier_curve_add_keys        (GtkWidgetClass *widget_class);
void atelier_curve_add_controllers (AtelierCurve   *self);

G_END_DECLS
