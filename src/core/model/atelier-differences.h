/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In what networks and recipes differ: a walk over the tables of their members, so that a new
 * member is compared, named and described without a line here.  Words are translated: main thread.
 */

#pragma once

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

/* One thing that is not the same in all. */
typedef struct
{
  char  *label;  /* "Learning rate", "Dense · Units" */
  char **values; /* one for each, then NULL: "0.001", "64, 32"; "–" where it does not apply */
} AtelierDifference;

/* Compares @n networks and their recipes.  Of layers of a kind, the values of a member are listed
 * in the layers' order.  @n_compared: how many things were looked at; nullable.  Transfer full, of
 * AtelierDifference, in the order of the tables. */
GPtrArray *atelier_differences_find (AtelierNetwork * const *networks,
                                     AtelierRecipe * const  *recipes,
                                     guint                   n,
                                     guint                  *n_compared);

G_END_DECLS
