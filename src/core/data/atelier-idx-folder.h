/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of four IDX files as a data set: MNIST, Fashion-MNIST and others in the same format.
 *
 *   train-images-idx3-ubyte   train-labels-idx1-ubyte
 *   t10k-images-idx3-ubyte    t10k-labels-idx1-ubyte
 *
 * Each file may also be compressed (.gz).  Every function may be called from any thread.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* Whether @folder holds the four files.  Looks at names only. */
gboolean        atelier_idx_folder_looks_right (const char   *folder);

/* The name of the data set in @folder: "Fashion-MNIST" if the folder's name says so, else the
 * folder's name. */
char           *atelier_idx_folder_dup_name    (const char   *folder);

/* Loads the four files.  The validation split has 5,000 images, or a twelfth of the training images
 * if there are fewer than 60,000.  The data set is named "Fashion-MNIST", with its class names, if
 * its bytes are the published ones or if the folder is called so.  Else it has the folder's name,
 * and the classes "0", "1", ... up to the highest training label.  The errors of atelier_idx_load,
 * and MISMATCH if the files do not belong together. */
AtelierDataset *atelier_idx_folder_load        (const char   *folder,
                                                GCancellable *cancellable,
                                                GError      **error);

G_END_DECLS
