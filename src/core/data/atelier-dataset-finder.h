/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where data sets are on this machine.
 *
 * Looked at, in this order: /usr/share/datasets, $XDG_DATA_HOME and $XDG_DATA_DIRS under atelier/datasets, Keras's
 * cache (~/.keras/datasets/fashion-mnist), torchvision's (FashionMNIST/raw under the folders that it is usually given), and always,
 * last, the built-in Sketched garments.  ATELIER_DATASETS, a colon-separated list of folders, is looked at first.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;     /* "synthetic", or the folder's path: what atelier_dataset_finder_load takes */
  char *name;   /* for people */
  char *detail; /* the folder, or "drawn by this program" */
} AtelierDatasetPlace;

void       atelier_dataset_place_free  (AtelierDatasetPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierDatasetPlace, atelier_dataset_place_free)

/* Transfer full, of AtelierDatasetPlace; never empty. Quick: looks at names, reads no data. */
GPtrArray *atelier_dataset_finder_list (void);

/* @spec: "auto" (the first of the list), "synthetic", or a folder's path.  NOT_FOUND says where it looked. */
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
