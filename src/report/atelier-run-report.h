/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunReport - the report of a run: collects what is to be said about a trained network, and
 * writes it as a PDF.
 *
 * The window and the command line make the same report: only here do the core's figures become
 * render's sheet.  Collecting takes some milliseconds.  It copies what can still grow and
 * references the rest, and belongs to the main thread, as the history does.  After that a report is
 * immutable and reference-counted, and any thread can write it.
 *
 * All that a window needs, from a button to a file:
 *
 *   AtelierRunReportParts parts = {
 *     .model = atelier_trainer_get_model (trainer),
 *     .splits = atelier_trainer_get_splits (trainer),
 *     .record = atelier_trainer_get_record (trainer),
 *     .loss = NAN,
 *     .penalty = NAN,
 *   };
 *   g_autoptr (AtelierRunReport) report = atelier_run_report_new (&parts);
 *
 *   atelier_run_report_save_async (report, path, cancellable, on_report_saved_cb, self);
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"
#include "model/atelier-model.h"
#include "results/atelier-predictions.h"
#include "results/atelier-run-record.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RUN_REPORT (atelier_run_report_get_type ())
typedef struct _AtelierRunReport AtelierRunReport;

/* All borrowed. */
typedef struct
{
  AtelierModel       *model;
  AtelierSplits      *splits;      /* of the data set that @predictions are of */
  AtelierRunRecord   *record;      /* NULL where there is a model alone; then, and before its
                                      first epoch, there are no curves, which the report says */
  AtelierPredictions *predictions; /* NULL: those of the record's newest epoch, of the validation
                                      split or else of the training sample; if there are none
                                      either: no matrix and no pictures, which the report says */
  guint               epoch;       /* whose @predictions are; 0: the newest */
  double              loss;        /* of @predictions; NAN: the record's figure, if it has one */
  double              penalty;     /* NAN: likewise */
  gboolean            raw_pixels;  /* @predictions are of pixels not divided by 255, whatever the
                                      recipe says */
  guint               n_threads;   /* without @record, which has its own; 0: as many as
                                      cores */
  GDateTime          *date;        /* NULL: now */
} AtelierRunReportParts;

GType             atelier_run_report_get_type (void) G_GNUC_CONST;
/* Collects the report.  Transfer full. */
AtelierRunReport *atelier_run_report_new   (const AtelierRunReportParts *parts);
AtelierRunReport *atelier_run_report_ref   (AtelierRunReport *report);
void              atelier_run_report_unref (AtelierRunReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierRunReport, atelier_run_report_unref)

guint             atelier_run_report_get_n_pages (AtelierRunReport *report);
/* The sentences below the title.  Borrowed. */
const char       *atelier_run_report_get_words   (AtelierRunReport *report);

/* @path has to end in .pdf: G_IO_ERROR_NOT_SUPPORTED.  Only a whole file replaces an older one;
 * other errors are those of GIO. */
gboolean          atelier_run_report_save        (AtelierRunReport     *report,
                                                  const char           *path,
                                                  GError              **error);
/* The same on a thread of GTask's pool. */
void              atelier_run_report_save_async  (AtelierRunReport     *report,
                                                  const char           *path,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean          atelier_run_report_save_finish (GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
