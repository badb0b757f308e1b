/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the data sets on this machine.
 *
 * These are searched in order: the folders in ATELIER_DATASETS (separated by colons),
 * /usr/share/datasets, atelier/datasets below $XDG_DATA_HOME and $XDG_DATA_DIRS, Keras's cache
 * (~/.keras/datasets/fashion-mnist), and torchvision's (FashionMNIST/raw below the usual values of
 * its "root").  The built-in Sketched garments are always the last entry.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* "synthetic", or the folder's path; see atelier_dataset_finder_load */
  char *name;   /* the folder's, or that of the files in it; what they hold is not yet known */
  char *detail; /* the folder, or "drawn by this program" */
} AtelierDatasetPlace;

void       atelier_dataset_place_free  (AtelierDatasetPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierDatasetPlace, atelier_dataset_place_free)

/* Whether the data set of this name, as it was called when it was loaded, is likely to be at
 * @place.  The published Fashion-MNIST lies in a folder that spells its name in its own way. */
gboolean   atelier_dataset_place_is_likely (const AtelierDatasetPlace *place,
                                            const char                *name);

/* Transfer full, of AtelierDatasetPlace; never empty.  Quick: looks at names only. */
GPtrArray *atelier_dataset_finder_list (void);

/* @spec: "auto" (the first of the list), "synthetic", a folder's path, or FOLDER/PREFIX where a
 * folder holds several data sets (see atelier-idx-folder.h).  The message of NOT_FOUND
 * lists where it was searched. */
AtelierDataset *atelier_dataset_finder_load        (const char          *spec,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
/* The same on a thread of GTask's pool. */
void            atelier_dataset_finder_load_async  (const char          *spec,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
AtelierDataset *atelier_dataset_finder_load_finish (GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
