/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunCurves - one figure of all ticked runs over their epochs, each line named at its end.
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "atelier-chart.h"
#include "runs/atelier-run-list.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_RUN_FIGURE_VALIDATION_ACCURACY,
  ATELIER_RUN_FIGURE_VALIDATION_LOSS,
  ATELIER_RUN_FIGURE_TRAINING_ACCURACY,
  ATELIER_RUN_FIGURE_TRAINING_LOSS,
  ATELIER_N_RUN_FIGURES
} AtelierRunFigure;

/* "Validation accuracy", translated. */
const char      *atelier_run_figure_get_name    (AtelierRunFigure figure);

#define ATELIER_TYPE_RUN_CURVES (atelier_run_curves_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunCurves, atelier_run_curves, ATELIER, RUN_CURVES, GtkWidget)

/* Property "figure" (uint, AtelierRunFigure). */

/* To be called once.  Records are read from @library when their runs are ticked. */
void             atelier_run_curves_set_list    (AtelierRunCurves *curves,
                                                 AtelierRunList   *list);
/* Nullable. */
void             atelier_run_curves_set_library (AtelierRunCurves *curves,
                                                 AtelierLibrary   *library);
/* The number of lines that have points. */
guint            atelier_run_curves_count_lines (AtelierRunCurves *curves);

G_END_DECLS
