/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A report once it is collected: its texts, its references, and writing it.
 *
 * The report owns all texts, in one string chunk, and all arrays.  The sheet borrows them, so
 * writing needs neither the history nor locks.  Pictures are not copied: the data set is immutable
 * and referenced.  atelier-run-report-collect.c fills a report, on the main thread; after that any
 * thread may write it.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include "base/atelier-file-write.h"
#include "base/atelier-format.h"

G_DEFINE_BOXED_TYPE (AtelierRunReport, atelier_run_report, atelier_run_report_ref,
                     atelier_run_report_unref)

AtelierHistory *
atelier_run_report_get_history (const AtelierRunReportParts *parts)
{
  return parts->record != NULL ? atelier_run_record_get_history (parts->record) : NULL;
}

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

/* Keeps a figure with no-break spaces: no line of the sheet may end between a number and its
 * unit. */
static const char *
keep_figure (AtelierRunReport *report,
             const char       *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autofree char *figure = g_strjoinv ("\u00a0", parts);

  return atelier_run_report_keep (report, figure);
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
  g_autofree char *text = atelier_format_duration (seconds);

  return keep_figure (report, text);
}

const char *
atelier_run_report_format_loss (AtelierRunReport *report,
                                double            loss)
{
  g_autofree char *text = atelier_format_loss (loss);

  return atelier_run_report_keep (report, text);
}

const char *
atelier_run_report_format_loss_short (AtelierRunReport *report,
                                      double            loss)
{
  g_autofree char *text = atelier_format_loss_short (loss);

  return atelier_run_report_keep (report, text);
}

const char *
atelier_run_report_format_percent (AtelierRunReport *report,
                                   double            share,
                                   guint             n_decimals)
{
  g_autofree char *text = atelier_format_percent (share, n_decimals);

  return keep_figure (report, text);
}

/* References, and what a report says */

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
  atelier_splits_unref (report->splits);
  g_clear_pointer (&report->predictions, atelier_predictions_unref);
  g_clear_pointer (&report->confusion, atelier_confusion_unref);
  g_string_chunk_free (report->strings);
  g_free (report->class_names);
  g_free (report->epochs);
  g_free (report->layers);
  g_clear_pointer (&report->steps, atelier_network_steps_unref);
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

  return atelier_report_sheet_save (&report->sheet, path, atelier_file_write, error);
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
