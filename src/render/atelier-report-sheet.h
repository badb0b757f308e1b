/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The report of a run on paper: A4 pages from plain words and figures.
 *
 * The caller decides what is said; this decides where it stands.  Every part may be missing.  All
 * text is real text, with headings that readers of PDF files list and screen readers find.  Equal
 * sheets give equal files.  Any thread.
 */

#pragma once

#include "atelier-chart.h"
#include "atelier-export.h"
#include "atelier-matrix.h"
#include "atelier-network-picture.h"

G_BEGIN_DECLS

#define ATELIER_REPORT_MAX_FIGURES 4
#define ATELIER_REPORT_MAX_REMARKS 3
#define ATELIER_REPORT_MAX_GROUPS 3

/* A large number below the title. */
typedef struct
{
  const char *value; /* "91.4 %" */
  const char *name;  /* "validation accuracy" */
  const char *note;  /* "95 %: 90.6 to 92.2"; nullable */
} AtelierReportFigure;

typedef struct
{
  const char *name;
  double      precision; /* 0 to 1; NaN where there is none */
  double      recall;
  double      f1;
  guint       n;         /* images */
} AtelierReportClass;

typedef struct
{
  const guint8 *pixels;  /* [height, width, channels] */
  guint         width;
  guint         height;
  guint         channels;
  const char   *truth;
  const char   *prediction;
  double        score;       /* of the prediction */
  double        truth_score;
  const char   *name;        /* which picture: "validation 1,234"; nullable */
} AtelierReportMistake;

typedef struct
{
  const char *layer;      /* "Conv 32 · 3×3 · ReLU" */
  const char *shape;      /* "28 × 28 × 32" */
  const char *parameters; /* "320" */
  const char *number;     /* "3.2"; NULL: its place in the list */
} AtelierReportLayer;

typedef struct
{
  const char *name;
  const char *value;
  gboolean    is_code; /* in a typeface whose letters are equally wide: a hash */
} AtelierReportFact;

typedef struct
{
  const char              *title; /* "Recipe" */
  const AtelierReportFact *facts; /* [n_facts] */
  guint                    n_facts;
} AtelierReportGroup;

/* All borrowed; strings nullable unless it says otherwise. */
typedef struct
{
  const char                 *title;    /* never NULL */
  const char                 *subtitle;
  const char                 *date;     /* for people */
  const char                 *date_iso; /* for the file: "2022-11-22T13:00:00Z" */
  const char                 *maker;    /* "Atelier 0.1.0" */
  AtelierReportFigure         figures[ATELIER_REPORT_MAX_FIGURES];
  guint                       n_figures;
  const char                 *words;
  const AtelierChart         *charts;   /* [n_charts], side by side */
  guint                       n_charts;
  const char                 *charts_missing; /* instead of charts: why there are none */
  const AtelierMatrix        *matrix;         /* nullable */
  const char                 *matrix_title;
  const char                 *matrix_missing; /* instead of a matrix: why there is none */
  const char                 *remarks_title;  /* above the remarks */
  const char                 *remarks[ATELIER_REPORT_MAX_REMARKS]; /* below the classes */
  guint                       n_remarks;
  const AtelierReportClass   *classes;
  guint                       n_classes;
  const AtelierReportMistake *mistakes; /* [n_mistakes]; at most nine are drawn */
  guint                       n_mistakes;
  const char                 *mistakes_words; /* below the heading */
  const AtelierReportLayer   *layers;
  guint                       n_layers;
  const AtelierNetworkPicture *network; /* beside the layers; nullable */
  AtelierReportGroup          groups[ATELIER_REPORT_MAX_GROUPS];
  guint                       n_groups;
} AtelierReportSheet;

/* How many pages it has: two, and more only where the network or the list of classes is long. */
guint    atelier_report_sheet_count_pages (const AtelierReportSheet *sheet);
/* Writes it to @path, whose name has to end in .pdf: G_IO_ERROR_NOT_SUPPORTED; other errors as of
 * atelier_export_drawing. */
gboolean atelier_report_sheet_save        (const AtelierReportSheet *sheet,
                                           const char               *path,
                                           AtelierExportWrite        write,
                                           GError                  **error);

G_END_DECLS
