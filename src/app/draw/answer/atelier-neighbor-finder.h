/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNeighborFinder - the nearest training pictures of what is being drawn, found beside the
 * main loop.
 *
 * Two things take longer than a frame: building an index of the training pictures for a network
 * (a second), and with a large last hidden layer also looking a picture up.  Both are done in a
 * thread, one at a time; of pictures that come in meanwhile only the last counts.  While a run
 * trains, its index is made anew when the former one is done and some seconds have passed, and
 * neighbours are those of the last index until then.  Main thread.
 */

#pragma once

#include "inference/atelier-neighbors.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NEIGHBOR_FINDER (atelier_neighbor_finder_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNeighborFinder, atelier_neighbor_finder, ATELIER, NEIGHBOR_FINDER,
                      GObject)

/* Signal "changed": another neighborhood, another state. */
AtelierNeighborFinder     *atelier_neighbor_finder_new        (void);
/* Nothing is built before somebody looks; FALSE gives up what is being built. */
void                       atelier_neighbor_finder_set_active (AtelierNeighborFinder *finder,
                                                               gboolean               is_active);
/* Whose eyes and which pictures; both or none. */
void                       atelier_neighbor_finder_set_source (AtelierNeighborFinder *finder,
                                                               AtelierModel          *model,
                                                               AtelierDataset        *dataset);
/* @pixels: bytes of the model's input size, copied; NULL: nothing is looked at. */
void                       atelier_neighbor_finder_look       (AtelierNeighborFinder *finder,
                                                               const guint8          *pixels);

/* Of the picture looked at last, or of one shortly before; NULL while there is none. */
const AtelierNeighborhood *atelier_neighbor_finder_get_neighborhood (AtelierNeighborFinder *finder);
/* Where its numbers count; borrowed, nullable. */
AtelierDataset            *atelier_neighbor_finder_get_dataset (AtelierNeighborFinder *finder);
/* Whether the neighborhood is that of the newest picture by the newest index, and none is being
 * built. */
gboolean                   atelier_neighbor_finder_get_is_settled (AtelierNeighborFinder *finder);
/* Why there is none; borrowed, nullable. */
const GError              *atelier_neighbor_finder_get_error   (AtelierNeighborFinder *finder);

G_END_DECLS
