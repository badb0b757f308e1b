/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing pictures to files: PDF, SVG and PNG through cairo, chosen by the file's name; CSV for
 * figures.  Written beside the target and renamed.  The light palette whatever the theme.  Any
 * thread. */

#pragma once

#include <gio/gio.h>

#include "atelier-chart.h"
#include "atelier-matrix.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_EXPORT_PDF,
  ATELIER_EXPORT_SVG,
  ATELIER_EXPORT_PNG,
  ATELIER_EXPORT_CSV,
} AtelierExportFormat;

/* By the name's ending.  G_IO_ERROR_NOT_SUPPORTED, with a message that lists the four endings. */
gboolean atelier_export_format_from_path (const char          *path,
                                          AtelierExportFormat *format,
                                          GError             **error);

typedef void (*AtelierExportDraw) (cairo_t *cr, double width, double height, gpointer user_data);

/* Draws with @draw on a page of @width x @height points (PNG: twice as many pixels).  Not for
 * CSV. */
gboolean atelier_export_drawing (const char         *path,
                                 double              width,
                                 double              height,
                                 AtelierExportDraw   draw,
                                 gpointer            user_data,
                                 GError            **error);
/* All four formats.  CSV: a head of class names, one row a true class, counts; fields quoted
 * where needed (RFC 4180). */
gboolean atelier_export_matrix  (const AtelierMatrix *matrix,
                                 const char          *path,
                                 GError             **error);

G_END_DECLS
