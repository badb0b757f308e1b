/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Batches of an epoch.
 *
 * Batch norm on vectors has no variance in a batch of one image.  Leaving such a rest out was
 * rejected: then an epoch would not see all images.  Any thread. */

#include "config.h"

#include "model/atelier-batches.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "model/atelier-network-private.h"

void
atelier_batches_init (AtelierBatches       *batches,
                      const AtelierNetwork *network,
                      const AtelierRecipe  *recipe,
                      guint                 n_images)
{
  const guint size = atelier_recipe_get_values (recipe)->batch_size;
  const guint n_rest = n_images % size;

  g_return_if_fail (batches != NULL && network != NULL);

  *batches = (AtelierBatches) {
    .n_images = n_images,
    .size = size,
    .n_batches = n_images / size + (n_rest > 0 ? 1 : 0),
  };
  if (n_rest == 0 || batches->n_batches < 2
      || n_rest >= atelier_network_count_least_images (network))
    return;
  batches->n_joined = n_rest;
  batches->n_batches--;
}

gboolean
atelier_batches_check (const AtelierBatches  *batches,
                       const AtelierNetwork  *network,
                       GError               **error)
{
  const guint n_least = atelier_network_count_least_images (network);
  const guint n = MIN (batches->size, batches->n_images);

  if (n >= n_least)
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_RECIPE,
               ngettext ("A batch has %u image, and the batch norm of this network needs %u or "
                         "more to learn from.",
                         "A batch has %u images, and the batch norm of this network needs %u or "
                         "more to learn from.",
                         n),
               n, n_least);
  return FALSE;
}

guint
atelier_batches_count_images (const AtelierBatches *batches,
                              guint                 n_batches)
{
  return n_batches < batches->n_batches ? n_batches * batches->size : batches->n_images;
}

guint
atelier_batches_get_largest (const AtelierBatches *batches)
{
  return MIN (batches->size, batches->n_images) + batches->n_joined;
}

char *
atelier_batches_explain (const AtelierBatches *batches)
{
  if (batches->n_joined == 0)
    return NULL;
  return g_strdup_printf (
    ngettext ("The last batch of each epoch has %u image more, since batch norm cannot learn from "
              "so few alone.",
              "The last batch of each epoch has %u images more, since batch norm cannot learn from "
              "so few alone.",
              batches->n_joined),
    batches->n_joined);
}
