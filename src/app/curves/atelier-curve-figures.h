/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurveFigures - a history's loss or accuracy as the plain arrays that a chart wants.
 *
 * The window's charts and the pictures that are saved are described by the same function.  Main
 * thread.
 */

#pragma once

#include "atelier-chart.h"
#include "curves/atelier-curve-view.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_MEASURE_LOSS,
  ATELIER_MEASURE_ACCURACY,
  ATELIER_N_MEASURES
} AtelierMeasure;

#define ATELIER_CURVE_MAX_SERIES 5

typedef struct _AtelierCurveFigures AtelierCurveFigures;

AtelierCurveFigures *atelier_curve_figures_new         (AtelierMeasure       measure);
void                 atelier_curve_figures_free        (AtelierCurveFigures *figures);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCurveFigures, atelier_curve_figures_free)

/* Copies what is drawn for every epoch; to be called again when an epoch was added.  @history:
 * nullable; a reference is taken.  @n_images: of the training split, for x in images. */
void                 atelier_curve_figures_fill        (AtelierCurveFigures *figures,
                                                        AtelierHistory      *history,
                                                        guint                n_images,
                                                        AtelierChartUnit     unit);
guint                atelier_curve_figures_get_n       (AtelierCurveFigures *figures); /* epochs */
/* The number, from 1, of an epoch; @i counts from 0. */
guint                atelier_curve_figures_get_epoch   (AtelierCurveFigures *figures,
                                                        guint                i);
/* The place of the epoch in the arrays, or -1. */
int                  atelier_curve_figures_find        (AtelierCurveFigures *figures,
                                                        guint                epoch);
double               atelier_curve_figures_get_x       (AtelierCurveFigures *figures,
                                                        guint                i);
/* All of x: from where the run began to where it is planned to end. */
void                 atelier_curve_figures_get_range   (AtelierCurveFigures *figures,
                                                        double              *min,
                                                        double              *max);

/* Fills @chart and @series, which has room for ATELIER_CURVE_MAX_SERIES; both borrow from @figures
 * until it is filled again or batches are appended.  The unit of @view is the one that @figures was
 * filled with. */
void                 atelier_curve_figures_describe    (AtelierCurveFigures *figures,
                                                        AtelierCurveView    *view,
                                                        AtelierSeries       *series,
                                                        AtelierChart        *chart);
/* "Epoch 3, 1:23: training 0.250, validation 0.350", with every line that @view shows.  Transfer
 * full. */
char                *atelier_curve_figures_format      (AtelierCurveFigures *figures,
                                                        AtelierCurveView    *view,
                                                        guint                i);
/* "Epoch 3", and in other units what that is.  Transfer full. */
char                *atelier_curve_figures_format_epoch (AtelierCurveFigures *figures,
                                                         guint                i);

G_END_DECLS
