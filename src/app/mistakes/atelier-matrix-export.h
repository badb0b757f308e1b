/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMatrixExport - the confusion matrix, as it is looked at, for a file. */

#pragma once

#include "atelier-matrix.h"
#include "results/atelier-confusion.h"

G_BEGIN_DECLS

typedef struct _AtelierMatrixExport AtelierMatrixExport;

/* @class_names: NULL-terminated, as the data have them. */
AtelierMatrixExport *atelier_matrix_export_new   (AtelierConfusion     *confusion,
                                                  const char * const   *class_names,
                                                  AtelierMatrixMode     mode,
                                                  const char           *title);
void                 atelier_matrix_export_free  (AtelierMatrixExport  *matrix_export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierMatrixExport, atelier_matrix_export_free)

/* By the path's ending.  Any thread. */
gboolean             atelier_matrix_export_write (AtelierMatrixExport  *matrix_export,
                                                  const char           *path,
                                                  GError              **error);

G_END_DECLS
