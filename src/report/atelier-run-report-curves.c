/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The curves of a report: loss and accuracy, side by side, as the window shows them.
 *
 * The figures are copied, since the run may go on while the report is written.  The chart of loss
 * marks the epoch that the history calls the best, the chart of accuracy its own highest value.
 * Main thread.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  AtelierHistory *history; /* Borrowed */
  guint           n_epochs;
  guint           n_batches;
  gboolean        is_loss;
} Source;

static void
copy_figures (AtelierReportCurves *curves,
              const Source        *source)
{
  const float *batches = source->is_loss ? atelier_history_get_batch_losses (source->history)
                                         : atelier_history_get_batch_accuracies (source->history);

  curves->batches = g_memdup2 (batches, source->n_batches * sizeof *batches);
  curves->training = g_new (double, source->n_epochs);
  curves->train_eval = g_new (double, source->n_epochs);
  curves->validation = g_new (double, source->n_epochs);
  for (guint i = 0; i < source->n_epochs; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (source->history, i);

      curves->training[i] = source->is_loss ? figures->loss : figures->accuracy;
      curves->train_eval[i] = source->is_loss ? figures->train_eval_loss
                                              : figures->train_eval_accuracy;
      curves->validation[i] = source->is_loss ? figures->validation_loss
                                              : figures->validation_accuracy;
    }
}

static gboolean
has_any_value (const double *values,
               guint         n)
{
  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      return TRUE;

  return FALSE;
}

/* Returns how many of the curves' series there are. */
static guint
fill_series (AtelierRunReport    *report,
             AtelierReportCurves *curves,
             const Source        *source)
{
  double step = 1.0 / MAX (1, atelier_history_get_batches_per_epoch (source->history));
  const struct
  {
    const char        *name;
    AtelierSeriesStyle style;
    const double      *values;
  } lines[] = {
    { _("training"), ATELIER_SERIES_TRAINING, curves->training },
    { _("validation"), ATELIER_SERIES_VALIDATION, curves->validation },
    /* Translators: a curve: training images measured as validation images are, without dropout */
    { _("training, no dropout"), ATELIER_SERIES_TRAIN_EVAL, curves->train_eval },
  };
  guint n = 0;

  curves->series[n++] = (AtelierSeries) {
    .style = ATELIER_SERIES_FAINT,
    .n = source->n_batches,
    .x_start = (atelier_history_get_first_batch (source->history) + 1) * step,
    .x_step = step,
    .y_float = curves->batches,
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (has_any_value (lines[i].values, source->n_epochs))
      curves->series[n++] = (AtelierSeries) {
        .name = lines[i].name,
        .style = lines[i].style,
        .n = source->n_epochs,
        .x = report->epochs,
        .y = lines[i].values,
      };

  return n;
}

/* The index of the epoch to mark as the best, or -1. */
static int
find_best (const AtelierReportCurves *curves,
           const Source              *source)
{
  double best = -HUGE_VAL;
  int i_best = -1;

  if (source->is_loss)
    {
      i_best = atelier_history_get_best (source->history);
      return i_best >= 0 && isfinite (curves->validation[i_best]) ? i_best : -1;
    }

  for (guint i = 0; i < source->n_epochs; i++)
    if (curves->validation[i] > best)
      {
        best = curves->validation[i];
        i_best = (int) i;
      }

  return i_best;
}

static void
mark_best (AtelierRunReport          *report,
           AtelierChart              *chart,
           const AtelierReportCurves *curves,
           const Source              *source)
{
  int i_best = find_best (curves, source);
  const char *value;

  if (i_best < 0)
    return;

  chart->has_best = TRUE;
  chart->best_x = report->epochs[i_best];
  chart->best_y = curves->validation[i_best];
  value = source->is_loss ? atelier_run_report_format_loss_short (report, chart->best_y)
                          : atelier_run_report_format_percent (report, chart->best_y, 1);
  /* Translators: "best 0.250, epoch 6", a label in a chart. */
  chart->best_label = atelier_run_report_format (report, _("best %s, epoch %d"), value,
                                                 (int) chart->best_x);
}

static AtelierChart
create_chart (AtelierRunReport *report,
              const Source     *source)
{
  guint i_chart = source->is_loss ? 0 : 1;
  AtelierReportCurves *curves = &report->curves[i_chart];
  guint batches_per_epoch = MAX (1, atelier_history_get_batches_per_epoch (source->history));
  guint first = atelier_history_get_first_batch (source->history);
  AtelierChart chart = {
    .title = source->is_loss ? _("Loss") : _("Accuracy"),
    .series = curves->series,
    .x_min = first / batches_per_epoch,
    .x_max = MAX (report->epochs[source->n_epochs - 1],
                  (double) (first + source->n_batches) / batches_per_epoch),
    .is_percent = !source->is_loss,
    /* Loss always shows 0, and accuracy 1: the end that means perfect. */
    .y_min = source->is_loss ? 0.0 : NAN,
    .y_max = source->is_loss ? NAN : 1.0,
    .x_title = atelier_chart_unit_get_title (ATELIER_X_EPOCHS),
  };

  copy_figures (curves, source);
  chart.n_series = fill_series (report, curves, source);
  mark_best (report, &chart, curves, source);

  return chart;
}

void
atelier_run_report_fill_curves (AtelierRunReport            *report,
                                const AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  Source source = { .history = history };

  if (history != NULL)
    {
      source.n_epochs = atelier_history_get_n_epochs (history);
      source.n_batches = atelier_history_get_n_batches (history);
    }
  if (source.n_epochs == 0)
    {
      report->sheet.charts_missing =
        history == NULL
          ? _("A model file keeps weights and not how they were learnt, so there are no curves "
              "to show.")
          : _("No epoch was finished, so there are no curves to show.");
      return;
    }

  report->epochs = g_new (double, source.n_epochs);
  for (guint i = 0; i < source.n_epochs; i++)
    report->epochs[i] = atelier_history_get_figures (history, i)->epoch;
  for (guint i = 0; i < ATELIER_REPORT_N_CHARTS; i++)
    {
      source.is_loss = i == 0;
      report->charts[i] = create_chart (report, &source);
    }
  report->sheet.charts = report->charts;
  report->sheet.n_charts = ATELIER_REPORT_N_CHARTS;
}
