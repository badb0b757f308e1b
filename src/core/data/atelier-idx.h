/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading IDX and IDX.gz, the format of MNIST and of data sets like it.  Sizes are checked before
 * memory is allocated; files that deviate from the format are refused.
 *
 *   00 00 TT DD | DD big-endian u32 sizes | data, last index fastest
 *
 * Only unsigned bytes (TT = 08) with one to four dimensions are accepted.  Every function may be
 * called from any thread.
 */

#pragma once

#include <gio/gio.h>

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

/* Reads a file, which may be compressed with gzip (recognised by its first bytes, not by its name),
 * in one or more members, with zeros after the last.  NOT_FOUND, FORMAT, TRUNCATED, TRAILING,
 * UNSUPPORTED, TOO_LARGE; messages name the file. */
AtelierIdx *atelier_idx_load  (const char   *path,
                               GCancellable *cancellable,
                               GError      **error);

/* The same from memory; @name replaces the path in messages. */
AtelierIdx *atelier_idx_parse (const guint8 *bytes,
                               gsize         n_bytes,
                               const char   *name,
                               GError      **error);

G_END_DECLS
