/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of four IDX files as a data set: MNIST, Fashion-MNIST and others in the same format.
 *
 *   train-images-idx3-ubyte   train-labels-idx1-ubyte
 *   t10k-images-idx3-ubyte    t10k-labels-idx1-ubyte
 *
 * Each file may also be compressed (.gz), and have a name that differs a little: see
 * atelier-idx-names.h.  A folder may hold several data sets, called by a prefix; where a folder is
 * asked for, FOLDER/PREFIX stands for one of them.  Every function may be called from any thread.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

/* What the published data set is called. */
#define ATELIER_FASHION_MNIST_NAME "Fashion-MNIST"

/* Whether @folder holds the four files of at least one data set.  Looks at names only. */
gboolean        atelier_idx_folder_looks_right (const char   *folder);

/* Adds to @paths, of char *, the path of each data set in @folder: @folder, or FOLDER/PREFIX. */
void            atelier_idx_folder_add_paths   (const char   *folder,
                                                GPtrArray    *paths);

/* The folder's name, or that of the folder above "raw", as one line of UTF-8.  Transfer full. */
char           *atelier_idx_folder_dup_name    (const char   *folder);
/* Whether the folder is called so; that does not yet say that it holds Fashion-MNIST. */
gboolean        atelier_idx_folder_is_called_fashion_mnist (const char *folder);

/* Loads the four files.  The validation split has 5,000 images, or a twelfth of the training images
 * if there are fewer than 60,000.  If the bytes are the published ones, the data set is named
 * "Fashion-MNIST" and has its class names.  Else it has the prefix of the files or the folder's
 * name, and the classes "0", "1", ... up to the highest training label, or those in
 * "PREFIX-mapping.txt".  Images of EMNIST are turned upright.  The errors of atelier_idx_load and
 * atelier_idx_names_find, and MISMATCH if the files do not belong together. */
AtelierDataset *atelier_idx_folder_load        (const char   *folder,
                                                GCancellable *cancellable,
                                                GError      **error);

G_END_DECLS
