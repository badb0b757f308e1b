/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurveFigures - a history's loss or accuracy as the plain arrays that a chart takes.
 *
 * The charts in the window and those in saved files are described by the same function.  Main
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

/* Copies the figures of the epochs; call it again after each epoch.  @history: nullable; a
 * reference is taken.  @n_images: the size of the training split, for x in images. */
void                 atelier_curve_figures_fill        (AtelierCurveFigures *figures,
                                                        AtelierHistory      *history,
                                                        guint                n_images,
                                                        AtelierChartUnit     unit);
guint                atelier_curve_figures_get_n       (AtelierCurveFigures *figures); /* epochs */
/* The number of an epoch, from 1; @i counts from 0. */
guint                atelier_curve_figures_get_epoch   (AtelierCurveFigures *figures,
                                                        guint                i);
/* The epoch's index in the arrays, or -1. */
int                  atelier_curve_figures_find        (AtelierCurveFigures *figures,
                                                        guint                epoch);
double               atelier_curve_figures_get_x       (AtelierCurveFigures *figures,
                                                        guint                i);
/* The whole range of x: from the start of the run to its planned end. */
void                 atelier_curve_figures_get_range   (AtelierCurveFigures *figures,
                                                        double              *min,
                                                        double              *max);

/* Fills @chart and @series, which must have room for ATELIER_CURVE_MAX_SERIES.  Both borrow from
 * @figures and are valid until it is filled again or batches are appended.  @view must have the
 * unit that @figures was filled with. */
void                 atelier_curve_figures_describe    (AtelierCurveFigures *figures,
                                                        AtelierCurveView    *view,
                                                        AtelierSeries       *series,
                                                        AtelierChart        *chart);
/* "Epoch 3, 1:23: training 0.250, validation 0.350", with every line that @view shows.  Transfer
 * full. */
char                *atelier_curve_figures_format      (AtelierCurveFigures *figures,
                                                        AtelierCurveView    *view,
                                                        guint                i);
/* "Epoch 3"; with another unit also the place in that unit.  Transfer full. */
char                *atelier_curve_figures_format_epoch (AtelierCurveFigures *figures,
                                                         guint                i);

G_END_DECLS
