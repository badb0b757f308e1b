/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPlan - a network and the recipe to train it by in one text:
 *
 *   { "network": { "name": ..., "input": ..., "layers": [...] },
 *     "recipe": { "optimizer": "adam", ... } }
 *
 * atelier_network_load () and atelier_recipe_load () each read their part of such a file.  Any
 * thread.
 */

#pragma once

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

extern const char * const atelier_plan_parts[]; /* NULL-terminated */

/* For people, one layer a line.  Transfer full. */
char *atelier_plan_to_json (const AtelierNetwork *network,
                            const AtelierRecipe  *recipe);

G_END_DECLS
