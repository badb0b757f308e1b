/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of four IDX files as a data set: MNIST, Fashion-MNIST and all that came after them.
 *
 *   train-images-idx3-ubyte   train-labels-idx1-ubyte   t10k-images-idx3-ubyte   t10k-labels-idx1-ubyte
 *
 * each with or without .gz.  Every function may be called from any thread.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* Whether @folder holds the four files. Looks at names only. */
gboolean        atelier_idx_folder_looks_right (const char   *folder);

/* What the data set in @folder is called: "Fashion-MNIST" where the folder says so, else the folder's name. */
char           *atelier_idx_folder_dup_name    (const char   *folder);

/* Loads the four files.  The validation split is 5,000 images, or a twelfth of the training images where there are
 * fewer than 60,000.  Named "Fashion-MNIST" with its class names only when the bytes are the published ones or the
 * folder is called so; else by the folder's name with classes "0", "1", ... up to the highest training label.
 * The errors of atelier_idx_load, and MISMATCH where the files do not belong together. */
AtelierDataset *atelier_idx_folder_load        (const char   *folder,
                                                GCancellable *cancellable,
                                                GError      **error);

G_END_DECLS
