/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading IDX and IDX.gz, the format of MNIST and its children: bounded before memory is taken, and exact.
 *
 *   00 00 TT DD | DD big-endian u32 sizes | data, last index fastest
 *
 * Only unsigned bytes (TT = 08) with one to four dimensions are taken.  Every function may be called from any thread.
 */

#pragma once

#include <gio/gio.h>

#include "atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_IDX_MAX_RANK 4
#define ATELIER_IDX_MAX_BYTES ((gsize) 1 << 30)

typedef struct
{
  guint   rank;
  guint32 dims[ATELIER_IDX_MAX_RANK];
  GBytes *data; /* Owned */
} AtelierIdx;

void        atelier_idx_free  (AtelierIdx *idx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierIdx, atelier_idx_free)

/* Reads a file that may be compressed with gzip (told by its first bytes, not by its name).
 * NOT_FOUND, FORMAT, TRUNCATED, TRAILING, UNSUPPORTED, TOO_LARGE; messages name the file. */
AtelierIdx *atelier_idx_load  (const char   *path,
                               GCancellable *cancellable,
                               GError      **error);

/* The same from memory; @name stands for the path in messages. */
AtelierIdx *atelier_idx_parse (const guint8 *bytes,
                               gsize         n_bytes,
                               const char   *name,
                               GError      **error);

/* Whether @folder holds the four files of an MNIST-like data set, with or without .gz. */
gboolean        atelier_idx_folder_looks_right (const char *folder);

/* Loads the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-..., t10k-labels-... of
 * @folder.  The validation split is 5,000 images, or a twelfth of the training images where there are fewer than
 * 60,000.  Named "Fashion-MNIST" with its class names only when the bytes are the published ones or the folder is
 * called so; else by the folder's name with classes "0", "1", ... */
AtelierDataset *atelier_idx_load_folder        (const char   *folder,
                                                GCancellable *cancellable,
                                                GError      **error);

G_END_DECLS
