/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Collecting a report: what the caller leaves open is looked up in the history, then each part of
 * the sheet is filled.
 *
 * Each part has a file of its own: curves, answers, and facts (with the large figures).  Main
 * thread.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char **
translate_class_names (AtelierModel *model)
{
  const char * const *names = atelier_model_get_class_names (model);
  guint n = g_strv_length ((char **) names);
  const char **translated = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    translated[i] = atelier_class_name_translate (names[i]);

  return translated;
}

/* Takes the newest epoch's predictions where the caller gives none. */
static void
add_newest_predictions (AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  guint n_epochs = history != NULL ? atelier_history_get_n_epochs (history) : 0;
  AtelierEpoch *newest;

  if (parts->predictions != NULL || n_epochs == 0)
    return;

  newest = atelier_history_get_epoch (history, n_epochs - 1);
  parts->predictions = atelier_epoch_get_predictions_of (newest, ATELIER_SPLIT_VALIDATION);
  if (parts->predictions == NULL)
    parts->predictions = atelier_epoch_get_predictions_of (newest, ATELIER_SPLIT_TRAIN);
  parts->epoch = atelier_epoch_get_figures (newest)->epoch;
}

/* Fills loss and penalty, where they are unknown, from the figures of the epoch of the
 * predictions. */
static void
add_losses (AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  const AtelierEpochFigures *figures = NULL;
  guint n_epochs = history != NULL ? atelier_history_get_n_epochs (history) : 0;

  for (guint i = 0; i < n_epochs; i++)
    if (parts->epoch == 0 || atelier_history_get_figures (history, i)->epoch == parts->epoch)
      figures = atelier_history_get_figures (history, i);
  if (figures == NULL)
    return;

  if (isnan (parts->penalty))
    parts->penalty = figures->penalty;
  if (!isnan (parts->loss) || parts->predictions == NULL)
    return;
  if (atelier_predictions_get_split (parts->predictions) == ATELIER_SPLIT_VALIDATION)
    parts->loss = figures->validation_loss;
  else if (atelier_predictions_get_split (parts->predictions) == ATELIER_SPLIT_TRAIN)
    parts->loss = figures->train_eval_loss;
}

static void
fill_head (AtelierRunReport *report,
           GDateTime        *date) /* nullable */
{
  g_autoptr (GDateTime) now = date != NULL ? g_date_time_ref (date) : g_date_time_new_now_local ();
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);
  /* Translators: the date of a report; see g_date_time_format () */
  g_autofree char *words = g_date_time_format (now, _("%e %B %Y, %H:%M"));
  g_autofree char *iso = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  guint n_epochs = atelier_model_get_n_epochs (report->model);
  AtelierReportSheet *sheet = &report->sheet;

  sheet->title =
    atelier_run_report_keep (report,
                             atelier_network_get_name (atelier_model_get_network (report->model)));
  /* Translators: a data set, and for how long a network was trained on it */
  sheet->subtitle = atelier_run_report_format (report,
                                               ngettext ("Trained on %s for %u epoch",
                                                         "Trained on %s for %u epochs", n_epochs),
                                               atelier_model_get_dataset_name (report->model),
                                               n_epochs);
  sheet->date = atelier_run_report_keep (report, g_strstrip (words));
  sheet->date_iso = atelier_run_report_keep (report, iso);
  sheet->maker = "Atelier " ATELIER_VERSION;
}

AtelierRunReport *
atelier_run_report_new (const AtelierRunReportParts *parts)
{
  AtelierRunReportParts whole;
  AtelierRunReport *report;

  g_return_val_if_fail (parts != NULL && parts->model != NULL && parts->splits != NULL, NULL);

  whole = *parts;
  add_newest_predictions (&whole);
  add_losses (&whole);

  report = g_atomic_rc_box_new0 (AtelierRunReport);
  report->model = atelier_model_ref (parts->model);
  report->splits = atelier_splits_ref (parts->splits);
  report->dataset = atelier_splits_get_dataset (report->splits);
  report->strings = g_string_chunk_new (1024);
  report->class_names = translate_class_names (parts->model);
  if (whole.predictions != NULL)
    {
      report->predictions = atelier_predictions_ref (whole.predictions);
      report->confusion = atelier_confusion_new (whole.predictions);
    }

  fill_head (report, parts->date);
  atelier_run_report_fill_curves (report, &whole);
  atelier_run_report_fill_answers (report);
  atelier_run_report_fill_figures (report, &whole);
  atelier_run_report_fill_facts (report, &whole);

  return report;
}
