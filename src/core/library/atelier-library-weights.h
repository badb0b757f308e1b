/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Model files named by the hash of their content: weights/ab/abcd...safetensors.
 *
 * A file is written before the row that names it, and deleted after the last row that named it.  In
 * between other processes may write the same file, so whoever writes holds the folder's lock
 * together with other writers, and whoever deletes holds it alone.  One thread at a time. */

#pragma once

#include "library/atelier-library-claim.h"

G_BEGIN_DECLS

/* @folder: the library's. */
AtelierLibraryClaim *atelier_library_weights_lock   (const char   *folder,
                                                     gboolean      is_exclusive,
                                                     GError      **error);
/* Writes @bytes where no such file is there, and waits until the disk has them.  @hash: transfer
 * full. */
gboolean             atelier_library_weights_write  (const char   *folder,
                                                     GBytes       *bytes,
                                                     char        **hash,
                                                     GError      **error);
/* NOT_FOUND; FORMAT where the bytes are not those that were written.  Transfer full. */
GBytes              *atelier_library_weights_read   (const char   *folder,
                                                     const char   *hash,
                                                     GError      **error);
/* Whether a file of @size bytes is there. */
gboolean             atelier_library_weights_has    (const char   *folder,
                                                     const char   *hash,
                                                     guint64       size);
void                 atelier_library_weights_delete (const char   *folder,
                                                     const char   *hash);
/* The hashes of all files that are there.  Transfer full. */
GPtrArray           *atelier_library_weights_list   (const char   *folder);

G_END_DECLS
