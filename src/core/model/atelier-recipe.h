/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipe - everything beside network and data that decides a result, as a plain value.
 *
 * The number of threads is not part of it: it changes no bit.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_OPTIMIZER_ADAM,
  ATELIER_OPTIMIZER_SGD,
} AtelierOptimizer;

typedef struct
{
  AtelierOptimizer optimizer;
  double           learning_rate; /* above 0, at most 10 */
  double           momentum;      /* SGD; 0 to below 1 */
  guint            batch_size;    /* 1 to 4,096 */
  guint            n_epochs;      /* 1 to 10,000 */
  double           l2;            /* 0 to 1 */
  guint64          seed;          /* 0 to 2^63 - 1, as a JSON integer */
  gboolean         raw_pixels;    /* do not divide by 255: the report's mistake, on purpose */
} AtelierRecipe;

/* Those of the report's parts: "report-1" and "report-2"; for any other id that of report-2.
 * Seed 1. */
void     atelier_recipe_init_preset (AtelierRecipe       *recipe,
                                     const char          *id);
/* RECIPE: names the member, its value and its range. */
gboolean atelier_recipe_check       (const AtelierRecipe *recipe,
                                     GError             **error);
gboolean atelier_recipe_equal       (const AtelierRecipe *a,
                                     const AtelierRecipe *b);

/* {"optimizer": "adam", "learning_rate": 0.001, ...}; transfer full.  Reading is strict, as for
 * networks. */
JsonNode *atelier_recipe_to_json    (const AtelierRecipe *recipe);
gboolean  atelier_recipe_from_json  (AtelierRecipe       *recipe,
                                     JsonNode            *node,
                                     const char          *origin,
                                     GError             **error);

G_END_DECLS
