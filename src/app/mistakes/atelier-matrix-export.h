/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixExport - the confusion matrix as it is shown, and the table of classes that follows
 * from it, for saving to a file. */

#pragma once

#include "atelier-matrix.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

typedef struct _AtelierMatrixExport AtelierMatrixExport;

/* @class_names: NULL-terminated, untranslated. */
AtelierMatrixExport *atelier_matrix_export_new   (AtelierConfusion     *confusion,
                                                  const char * const   *class_names,
                                                  AtelierMatrixMode     mode,
                                                  const char           *title);
void                 atelier_matrix_export_free  (AtelierMatrixExport  *matrix_export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierMatrixExport, atelier_matrix_export_free)

/* The path's ending decides the format.  Any thread. */
gboolean             atelier_matrix_export_write (AtelierMatrixExport  *matrix_export,
                                                  const char           *path,
                                                  GError              **error);
/* The table of classes, see atelier_confusion_classes_to_csv.  @path has to end in .csv:
 * G_IO_ERROR_NOT_SUPPORTED.  Any thread. */
gboolean             atelier_matrix_export_write_classes (AtelierMatrixExport  *matrix_export,
                                                          const char           *path,
                                                          GError              **error);

G_END_DECLS
