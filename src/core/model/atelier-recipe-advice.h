/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipeAdvice - what members of a recipe say against each other.  Such a recipe can be
 * trained; it may just not do what was meant.  Pure functions; any thread. */

#pragma once

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

typedef struct
{
  const AtelierMember *member; /* which to look at first; of the recipe's table */
  char                *words;  /* a sentence, translated; owned */
} AtelierRecipeAdvice;

void       atelier_recipe_advice_free (AtelierRecipeAdvice *advice);
/* All there is to say of @recipe, in the order of the table.  @network and @splits: what it trains,
 * and the images, where they are known; nullable.  An array of AtelierRecipeAdvice, maybe empty;
 * transfer full. */
GPtrArray *atelier_recipe_advise      (const AtelierRecipe  *recipe,
                                       const AtelierNetwork *network,
                                       AtelierSplits        *splits);

G_END_DECLS
