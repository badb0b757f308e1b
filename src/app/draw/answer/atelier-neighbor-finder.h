/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNeighborFinder - finds the nearest training pictures of a drawing in threads.
 *
 * Two things take longer than a frame: building an index of the training pictures for a network
 * (a second), and with a large last hidden layer also looking a picture up.  Both are done in a
 * thread, one at a time; of the pictures that arrive meanwhile only the last is looked up.  During
 * training the index is built again some seconds after the former one was finished; until then the
 * neighbours are those of the former index.  Main thread.
 */

#pragma once

#include "inference/atelier-neighbors.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NEIGHBOR_FINDER (atelier_neighbor_finder_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNeighborFinder, atelier_neighbor_finder, ATELIER, NEIGHBOR_FINDER,
                      GObject)

/* Signal "changed": the neighbourhood, the error or "settled" changed. */
AtelierNeighborFinder     *atelier_neighbor_finder_new        (void);
/* Whether the result is visible.  Indexes are built only then; FALSE cancels one in progress. */
void                       atelier_neighbor_finder_set_active (AtelierNeighborFinder *finder,
                                                               gboolean               is_active);
/* The model that compares, and the pictures to search; both or neither. */
void                       atelier_neighbor_finder_set_source (AtelierNeighborFinder *finder,
                                                               AtelierModel          *model,
                                                               AtelierSplits         *splits);
/* @pixels: [height, width] of the model's input size, copied; NULL: there is nothing to look up. */
void                       atelier_neighbor_finder_look       (AtelierNeighborFinder *finder,
                                                               const guint8          *pixels);

/* Of the last picture, or of one shortly before; NULL while there is none. */
const AtelierNeighborhood *atelier_neighbor_finder_get_neighborhood (AtelierNeighborFinder *finder);
/* The data set that the neighbourhood's indices refer to; borrowed, nullable. */
AtelierModel              *atelier_neighbor_finder_get_model   (AtelierNeighborFinder *finder);
AtelierSplits             *atelier_neighbor_finder_get_splits  (AtelierNeighborFinder *finder);
/* Whether the neighbourhood is that of the newest picture by the newest index, and no index is
 * being built. */
gboolean                   atelier_neighbor_finder_get_is_settled (AtelierNeighborFinder *finder);
/* Why there is no neighbourhood; borrowed, nullable. */
const GError              *atelier_neighbor_finder_get_error   (AtelierNeighborFinder *finder);

G_END_DECLS
