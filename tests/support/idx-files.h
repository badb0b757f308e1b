/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IDX files for tests: made in memory, packed where wanted, and put into temporary folders. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @dims ends with a 0.  Appends "00 00 @type rank", the dimensions and @data. */
GByteArray *idx_files_create  (guint8         type,
                               const guint32 *dims,
                               const guint8  *data,
                               gsize          n_data);
GByteArray *idx_files_gzip    (const GByteArray *bytes);

/* Writes @bytes as @folder/@name; folders that are not there are made. */
void        idx_files_write   (const char       *folder,
                               const char       *name,
                               const GByteArray *bytes);

/* The four files of a data set of @n_train + @n_test images of @height x @width, labels 0 ..
 * @n_classes - 1 in turn.  With @is_packed they end in .gz. */
void        idx_files_write_dataset (const char *folder,
                                     guint32     n_train,
                                     guint32     n_test,
                                     guint32     height,
                                     guint32     width,
                                     guint       n_classes,
                                     gboolean    is_packed);

char       *idx_files_create_folder (void);
/* Removes @folder and all that is in it. Links are removed, not followed. */
void        idx_files_remove_folder (const char *folder);

G_END_DECLS
