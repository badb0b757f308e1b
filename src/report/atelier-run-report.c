/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report's life: collected on the main thread, written by any.
 *
 * All texts are kept in one chunk and all arrays in the report, and the sheet borrows from them, so
 * that writing needs neither history nor locks.  Pictures are not copied: the data set is immutable
 * and referenced.  What is said stands in three files: curves, answers, and facts.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-format.h"

G_DEFINE_BOXED_TYPE (AtelierRunReport, atelier_run_report, atelier_run_report_ref,
                     atelier_run_report_unref)

/* Texts */

const char *
atelier_run_report_keep (AtelierRunReport *report,
                         const char       *text)
{
  return g_string_chunk_insert (report->strings, text);
}

const char *
atelier_run_report_format (AtelierRunReport *report,
                           const char       *format,
                           ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return atelier_run_report_keep (report, text);
}

const char *
atelier_run_report_format_count (AtelierRunReport *report,
                                 guint64           n)
{
  g_autofree char *text = atelier_format_count (n);

  return atelier_run_report_keep (report, text);
}

const char *
atelier_run_report_format_duration (AtelierRunReport *report,
                                    double            seconds)
{
  guint64 whole = (guint64) (MAX (seconds, 0.0) + 0.5);

  if (seconds < 10.0)
    /* Translators: seconds, as in "6.3 s"; the space is a no-break space. */
    return atelier_run_report_format (report, _("%.1f\u00a0s"), seconds);
  if (whole < 3600)
    return atelier_run_report_format (report, "%u:%02u", (guint) (whole / 60),
                                      (guint) (whole % 60));

  return atelier_run_report_format (report, "%u:%02u:%02u", (guint) (whole / 3600),
                                    (guint) (whole / 60 % 60), (guint) (whole % 60));
}

const char *
atelier_run_report_format_loss (AtelierRunReport *report,
                                double            loss)
{
  return isfinite (loss) ? atelier_run_report_format (report, "%.4f", loss) : "–";
}

const char *
atelier_run_report_format_percent (AtelierRunReport *report,
                                   double            share)
{
  if (!isfinite (share))
    return "–";
  /* Translators: a share in percent, "90.34 %"; the space is a no-break space. */
  return atelier_run_report_format (report, _("%.2f\u00a0%%"), 100.0 * share);
}

/* Collecting */

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

/* The newest epoch's, where the caller has no other. */
static void
add_newest_predictions (AtelierRunReportParts *parts)
{
  guint n_epochs = parts->history != NULL ? atelier_history_get_n_epochs (parts->history) : 0;
  AtelierEpoch *newest;

  if (parts->predictions != NULL || n_epochs == 0)
    return;

  newest = atelier_history_get_epoch (parts->history, n_epochs - 1);
  parts->predictions = atelier_epoch_get_predictions_of (newest, ATELIER_SPLIT_VALIDATION);
  if (parts->predictions == NULL)
    parts->predictions = atelier_epoch_get_predictions_of (newest, ATELIER_SPLIT_TRAIN);
  parts->epoch = atelier_epoch_get_figures (newest)->epoch;
}

/* Fills what is unknown from the figures of the epoch whose predictions they are. */
static void
add_losses (AtelierRunReportParts *parts)
{
  const AtelierEpochFigures *figures = NULL;
  guint n_epochs = parts->history != NULL ? atelier_history_get_n_epochs (parts->history) : 0;

  for (guint i = 0; i < n_epochs; i++)
    if (parts->epoch == 0 || atelier_history_get_figures (parts->history, i)->epoch == parts->epoch)
      figures = atelier_history_get_figures (parts->history, i);
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

  g_return_val_if_fail (parts != NULL && parts->model != NULL && parts->dataset != NULL, NULL);

  whole = *parts;
  add_newest_predictions (&whole);
  add_losses (&whole);

  report = g_atomic_rc_box_new0 (AtelierRunReport);
  report->model = atelier_model_ref (parts->model);
  report->dataset = atelier_dataset_ref (parts->dataset);
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

AtelierRunReport *
atelier_run_report_ref (AtelierRunReport *report)
{
  g_return_val_if_fail (report != NULL, NULL);

  return g_atomic_rc_box_acquire (report);
}

static void
clear_report (gpointer data)
{
  AtelierRunReport *report = data;

  atelier_model_unref (report->model);
  atelier_dataset_unref (report->dataset);
  g_clear_pointer (&report->predictions, atelier_predictions_unref);
  g_clear_pointer (&report->confusion, atelier_confusion_unref);
  g_string_chunk_free (report->strings);
  g_free (report->class_names);
  g_free (report->epochs);
  g_free (report->layers);
  g_free (report->classes);
  for (guint i = 0; i < ATELIER_REPORT_N_CHARTS; i++)
    {
      g_free (report->curves[i].batches);
      g_free (report->curves[i].training);
      g_free (report->curves[i].train_eval);
      g_free (report->curves[i].validation);
    }
}

void
atelier_run_report_unref (AtelierRunReport *report)
{
  g_return_if_fail (report != NULL);

  g_atomic_rc_box_release_full (report, clear_report);
}

guint
atelier_run_report_get_n_pages (AtelierRunReport *report)
{
  g_return_val_if_fail (report != NULL, 0);

  return atelier_report_sheet_count_pages (&report->sheet);
}

const char *
atelier_run_report_get_words (AtelierRunReport *report)
{
  g_return_val_if_fail (report != NULL, NULL);

  return report->sheet.words;
}

/* Writing */

gboolean
atelier_run_report_save (AtelierRunReport  *report,
                         const char        *path,
                         GError           **error)
{
  g_return_val_if_fail (report != NULL && path != NULL, FALSE);

  return atelier_report_sheet_save (&report->sheet, path, error);
}

typedef struct
{
  /* Owned */
  AtelierRunReport *report;
  char             *path;
} SaveJob;

static void
free_save_job (SaveJob *job)
{
  atelier_run_report_unref (job->report);
  g_free (job->path);
  g_free (job);
}

static void
save_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const SaveJob *job = task_data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (atelier_run_report_save (job->report, job->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
atelier_run_report_save_async (AtelierRunReport    *report,
                               const char          *path,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SaveJob *job;

  g_return_if_fail (report != NULL && path != NULL);

  job = g_new0 (SaveJob, 1);
  job->report = atelier_run_report_ref (report);
  job->path = g_strdup (path);
  g_task_set_source_tag (task, atelier_run_report_save_async);
  g_task_set_task_data (task, job, (GDestroyNotify) free_save_job);
  g_task_run_in_thread (task, save_in_thread);
}

gboolean
atelier_run_report_save_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
