/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing pictures to files: PDF, SVG and PNG through cairo, chosen by the ending of the file name;
 * CSV for figures.  Only a whole picture is handed to the caller's function, which writes it.
 * Colours are those of the light palette, whatever the theme.  Errors are GIO's and those of that
 * function, and their messages name the file.  Any thread. */

#pragma once

#include <gio/gio.h>

#include "atelier-chart.h"
#include "atelier-matrix.h"
#include "atelier-network-picture.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_EXPORT_PDF,
  ATELIER_EXPORT_SVG,
  ATELIER_EXPORT_PNG,
  ATELIER_EXPORT_CSV,
} AtelierExportFormat;

/* By the ending of the name.  G_IO_ERROR_NOT_SUPPORTED, with a message that lists the four
 * endings. */
gboolean atelier_export_format_from_path (const char          *path,
                                          AtelierExportFormat *format,
                                          GError             **error);

/* Replaces @path by @bytes as a whole, or leaves it as it was: the core's atelier_file_write. */
typedef gboolean (*AtelierExportWrite) (const char *path, GBytes *bytes, GError **error);

typedef void (*AtelierExportDraw) (cairo_t *cr, double width, double height, gpointer user_data);

/* Draws with @draw on a page of @width x @height points (PNG: twice as many pixels).  Not for
 * CSV. */
gboolean atelier_export_drawing (const char         *path,
                                 double              width,
                                 double              height,
                                 AtelierExportDraw   draw,
                                 gpointer            user_data,
                                 AtelierExportWrite  write,
                                 GError            **error);
/* All four formats.  CSV: a head of class names, one row a true class, counts; fields quoted
 * where needed (RFC 4180). */
gboolean atelier_export_matrix  (const AtelierMatrix *matrix,
                                 const char          *path,
                                 AtelierExportWrite   write,
                                 GError             **error);

/* Charts one below the other on a page, with @caption (nullable) below them: the curves of a run.
 * All formats but CSV: the core writes the figures of a run. */
gboolean atelier_export_charts  (const AtelierChart *charts,
                                 guint               n_charts,
                                 const char         *caption,
                                 const char         *path,
                                 AtelierExportWrite  write,
                                 GError            **error);

/* The picture of a network, with what its scales are.  All formats but CSV. */
gboolean atelier_export_network (const AtelierNetworkPicture *picture,
                                 const char                  *path,
                                 AtelierExportWrite           write,
                                 GError                     **error);

/* What a PDF says about itself; all nullable. */
typedef struct
{
  const char *title;
  const char *subject;
  const char *creator;  /* the program */
  const char *date_iso; /* "2022-11-22T13:00:00Z" */
} AtelierExportMetadata;

/* Several pages of @width x @height points as a PDF: @draw ends each with cairo_show_page ().
 * G_IO_ERROR_NOT_SUPPORTED for any other ending than .pdf. */
gboolean atelier_export_document (const char                  *path,
                                  double                       width,
                                  double                       height,
                                  const AtelierExportMetadata *metadata,
                                  AtelierExportDraw            draw,
                                  gpointer                     user_data,
                                  AtelierExportWrite           write,
                                  GError                     **error);

G_END_DECLS
