/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipe - everything beside network and data that decides a result.
 *
 * Checked when it is made, immutable and reference-counted from then on, so that a run, its model
 * and a report can hold the same one.  Any thread.  To change a member, copy the values
 * (AtelierRecipeValues, with the table of members) and make a new recipe.  The number of threads is
 * not part of it: it changes no bit.
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "data/atelier-splits.h"
#include "kinds/atelier-recipe-values.h"

G_BEGIN_DECLS

typedef struct _AtelierRecipe AtelierRecipe;

#define ATELIER_TYPE_RECIPE (atelier_recipe_get_type ())
GType                      atelier_recipe_get_type   (void) G_GNUC_CONST;

/* NULL and RECIPE where a value is out of its range; the message names the member, its value and
 * its range.  Transfer full. */
AtelierRecipe             *atelier_recipe_new        (const AtelierRecipeValues  *values,
                                                      GError                    **error);
/* That of a preset; for any other id that of "report-2".
 * Seed 1.  Transfer full. */
AtelierRecipe             *atelier_recipe_new_preset (const char                 *id);
/* The same recipe for another number of epochs.  RECIPE.  Transfer full. */
AtelierRecipe             *atelier_recipe_new_with_epochs (const AtelierRecipe   *recipe,
                                                           guint                  n_epochs,
                                                           GError               **error);
/* The recipe that a run keeps from its first step on: a schedule's horizon becomes a number, so
 * that more epochs later do not change the rates of those before.  Transfer full. */
AtelierRecipe             *atelier_recipe_freeze     (AtelierRecipe              *recipe);
AtelierRecipe             *atelier_recipe_ref        (AtelierRecipe              *recipe);
void                       atelier_recipe_unref      (AtelierRecipe              *recipe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierRecipe, atelier_recipe_unref)

/* Borrowed; all in their ranges. */
const AtelierRecipeValues *atelier_recipe_get_values (const AtelierRecipe        *recipe);
/* What the weights of a run are as it goes on: the newest, or their average. */
AtelierWeights             atelier_recipe_get_weights (const AtelierRecipe       *recipe);
/* Whether its runs have such weights. */
gboolean                   atelier_recipe_has_weights (const AtelierRecipe       *recipe,
                                                       AtelierWeights             weights);
gboolean                   atelier_recipe_equal      (const AtelierRecipe        *a,
                                                      const AtelierRecipe        *b);

/* The data set's pictures, divided as the recipe says.  MISMATCH where too few would be left to
 * train on, NO_MEMORY.  Transfer full. */
AtelierSplits             *atelier_recipe_split      (const AtelierRecipe        *recipe,
                                                      AtelierDataset             *dataset,
                                                      GError                    **error);
/* Whether both divide pictures in the same way. */
gboolean                   atelier_recipe_splits_equally (const AtelierRecipe    *a,
                                                          const AtelierRecipe    *b);

/* {"optimizer": "adam", "learning_rate": 0.001, ...}; transfer full. */
JsonNode                  *atelier_recipe_to_json    (const AtelierRecipe        *recipe);
/* Reading is strict, as for networks.  RECIPE.  Transfer full. */
AtelierRecipe             *atelier_recipe_from_json  (JsonNode                   *node,
                                                      const char                 *origin,
                                                      GError                    **error);
/* At most 1 MiB; also that of an AtelierPlan.  As from_json, and NOT_FOUND, FORMAT, TOO_LARGE,
 * FAILED.  Transfer full. */
AtelierRecipe             *atelier_recipe_load       (const char                 *path,
                                                      GError                    **error);

G_END_DECLS
