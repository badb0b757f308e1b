/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of a report share.  Private to report. */

#pragma once

#include "atelier-chart.h"
#include "atelier-matrix.h"
#include "atelier-network-steps.h"
#include "atelier-report-sheet.h"
#include "atelier-run-report.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

#define ATELIER_REPORT_N_CHARTS 2
#define ATELIER_REPORT_N_SERIES 4 /* of a chart */
#define ATELIER_REPORT_N_MISTAKES 9
#define ATELIER_REPORT_MAX_FACTS 40

/* Copies of what a history has of one measure. */
typedef struct
{
  /* Owned */
  float        *batches;    /* [n_batches] */
  double       *training;   /* [n_epochs] */
  double       *train_eval; /* [n_epochs] */
  double       *validation; /* [n_epochs] */

  AtelierSeries series[ATELIER_REPORT_N_SERIES];
} AtelierReportCurves;

struct _AtelierRunReport
{
  /* Owned */
  AtelierModel         *model;
  AtelierSplits        *splits;
  AtelierDataset       *dataset; /* the splits' */
  AtelierPredictions   *predictions; /* nullable */
  AtelierConfusion     *confusion;   /* nullable */
  GStringChunk         *strings;     /* all texts */
  const char          **class_names; /* [n_classes + 1] */
  double               *epochs;      /* [n_epochs]: their numbers */
  AtelierReportLayer   *layers;
  AtelierNetworkSteps  *steps;
  AtelierReportClass   *classes;
  AtelierReportCurves   curves[ATELIER_REPORT_N_CHARTS];

  AtelierReportMistake  mistakes[ATELIER_REPORT_N_MISTAKES];
  AtelierReportFact     facts[ATELIER_REPORT_MAX_GROUPS][ATELIER_REPORT_MAX_FACTS];
  AtelierChart          charts[ATELIER_REPORT_N_CHARTS];
  AtelierMatrix         matrix;
  AtelierNetworkPicture network;
  AtelierReportSheet    sheet;
};

/* A copy of @text that lives as long as the report. */
const char *atelier_run_report_keep   (AtelierRunReport *report,
                                       const char       *text);
/* The same, formatted. */
const char *atelier_run_report_format (AtelierRunReport *report,
                                       const char       *format,
                                       ...) G_GNUC_PRINTF (2, 3);
/* Figures as base/atelier-format.h writes them, kept. */
const char *atelier_run_report_format_count      (AtelierRunReport *report,
                                                  guint64           n);
const char *atelier_run_report_format_duration   (AtelierRunReport *report,
                                                  double            seconds);
const char *atelier_run_report_format_loss       (AtelierRunReport *report,
                                                  double            loss);
const char *atelier_run_report_format_loss_short (AtelierRunReport *report,
                                                  double            loss);
const char *atelier_run_report_format_percent    (AtelierRunReport *report,
                                                  double            share,
                                                  guint             n_decimals);

/* The record's history; NULL where there is a model alone.  Borrowed. */
AtelierHistory *atelier_run_report_get_history (const AtelierRunReportParts *parts);

/* Each fills a part of the sheet. */
void atelier_run_report_fill_curves   (AtelierRunReport            *report,
                                       const AtelierRunReportParts *parts);
void atelier_run_report_fill_answers  (AtelierRunReport            *report);
void atelier_run_report_fill_figures  (AtelierRunReport            *report,
                                       const AtelierRunReportParts *parts);
void atelier_run_report_fill_facts    (AtelierRunReport            *report,
                                       const AtelierRunReportParts *parts);

G_END_DECLS
