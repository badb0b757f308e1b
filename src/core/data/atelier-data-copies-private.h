/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which pictures of a data set have the same bytes.  Any thread. */

#pragma once

#include <gio/gio.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

typedef guint64 (*AtelierDataHash) (const guint8 *bytes,
                                    gsize         n_bytes);

guint64  atelier_data_copies_hash (const guint8 *bytes,
                                   gsize         n_bytes);

/* @pictures: of AtelierDataPicture, all groups one after the other, in the order that atelier-data-overview.h
 * promises.  @starts: of guint, where each group begins, and at last their end.  Transfer full, both.  @hash only
 * decides how fast it is, never what is found; the tests give a bad one.  G_IO_ERROR_CANCELLED, NO_MEMORY. */
gboolean atelier_data_copies_find (AtelierDataset  *dataset,
                                   AtelierDataHash  hash,
                                   GCancellable    *cancellable,
                                   GArray         **pictures,
                                   GArray         **starts,
                                   GError         **error);

G_END_DECLS
