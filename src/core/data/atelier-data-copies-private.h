/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the pictures of a data set that have the same bytes.  Any thread. */

#pragma once

#include <gio/gio.h>

#include "data/atelier-data-overview.h"

G_BEGIN_DECLS

typedef guint64 (*AtelierDataHash) (const guint8 *bytes,
                                    gsize         n_bytes);

guint64  atelier_data_copies_hash (const guint8 *bytes,
                                   gsize         n_bytes);

/* @pictures: of AtelierDataPicture, all groups one after another, in the order given in
 * atelier-data-overview.h.  @starts: of guint, the index of each group's first picture, and then
 * the number of pictures.  Transfer full, both.  @hash affects the speed only, never the result;
 * the tests pass a bad one.  G_IO_ERROR_CANCELLED, NO_MEMORY. */
gboolean atelier_data_copies_find (AtelierSplits   *splits,
                                   AtelierDataHash  hash,
                                   GCancellable    *cancellable,
                                   GArray         **pictures,
                                   GArray         **starts,
                                   GError         **error);

G_END_DECLS
