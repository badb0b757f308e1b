/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSpread - how the pixels of the training pictures vary together, and how unusual a picture
 * is for that: the squared Mahalanobis distance.
 *
 * In pictures of one kind of thing, adjacent pixels mostly rise and fall together, and so do those
 * that mirror each other.  Text, chessboards and rings break such habits all over the frame, though
 * none of their edges may be strange by itself.
 *
 * Each picture counts with the same strength, whatever its grey.  Made from up to 5,000 training
 * pictures that are spread over the split; larger pictures are averaged to at most 28 x 28 cells.
 * All sums are in double and in a fixed order.  Immutable; any thread.  Only files of the core
 * include this header.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"

G_BEGIN_DECLS

typedef struct _AtelierSpread AtelierSpread;

/* About a second of work and 5 MiB, of which 2.5 stay.  NO_MEMORY; G_IO_ERROR_CANCELLED. */
AtelierSpread *atelier_spread_new     (AtelierSplits        *splits,
                                       GCancellable         *cancellable,
                                       GError              **error);
void           atelier_spread_free    (AtelierSpread        *spread); /* NULL-safe */
/* Larger is more unusual.  @pixels: [height, width, channels] of the data set. */
double         atelier_spread_measure (const AtelierSpread  *spread,
                                       const guint8         *pixels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierSpread, atelier_spread_free)

G_END_DECLS
