/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierBatches - how the images of an epoch fall into batches.  Pure functions; any thread. */

#pragma once

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

/* All batches have the recipe's size but the last, which takes what is left.  Where that is fewer
 * images than the network can learn from at once, it is joined to the batch before it. */
typedef struct
{
  guint n_images; /* of an epoch */
  guint size;
  guint n_batches;
  guint n_joined; /* images that were joined to the last batch; mostly 0 */
} AtelierBatches;

void     atelier_batches_init         (AtelierBatches        *batches,
                                       const AtelierNetwork  *network,
                                       const AtelierRecipe   *recipe,
                                       guint                  n_images);
/* RECIPE where a batch has fewer images than the network can learn from at once. */
gboolean atelier_batches_check        (const AtelierBatches  *batches,
                                       const AtelierNetwork  *network,
                                       GError               **error);
/* Images of the first @n_batches; the number of the first image of batch @n_batches. */
guint    atelier_batches_count_images (const AtelierBatches  *batches,
                                       guint                  n_batches);
/* Images of the largest batch. */
guint    atelier_batches_get_largest  (const AtelierBatches  *batches);
/* A sentence that says which images were joined to another batch, translated; NULL where none were.
 * Transfer full. */
char    *atelier_batches_explain      (const AtelierBatches  *batches);

G_END_DECLS
