/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixExport - writing the confusion matrix that is shown to a file of the user's choice.
 */

#pragma once

#include <gtk/gtk.h>

#include "atelier-confusion.h"
#include "atelier-matrix.h"

G_BEGIN_DECLS

/* What is written, copied by the functions below. */
typedef struct
{
  AtelierConfusion   *confusion;
  const char * const *class_names; /* NULL-terminated, as in files */
  AtelierMatrixMode   mode;
  const char         *title;       /* "Confusion matrix, validation, epoch 7" */
} AtelierMatrixExport;

/* Asks for a path and writes there, by its ending; @suffix ("pdf", "svg", "png", "csv") is
 * suggested, and added to a name without one.  A toast in @widget's window tells how it went. */
void     atelier_matrix_export_ask    (GtkWidget                 *widget,
                                       const AtelierMatrixExport *matrix,
                                       const char                *suffix);
/* The writing alone, on a thread of GTask's.  @path may have an ending that names no format;
 * "." and @suffix are then added, and a file of that name is not replaced: G_IO_ERROR_EXISTS. */
void     atelier_matrix_export_async  (const AtelierMatrixExport *matrix,
                                       const char                *path,
                                       const char                *suffix,
                                       GAsyncReadyCallback        callback,
                                       gpointer                   user_data);
/* The path that was written; transfer full. */
char    *atelier_matrix_export_finish (GAsyncResult              *result,
                                       GError                   **error);

G_END_DECLS
