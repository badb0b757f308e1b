/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of a recipe as a plain struct, and the table of its members.
 *
 * The table holds what every recipe has, and among it the members of all optimisers, each
 * from the optimiser's own file.  Members that were there from the first are in every file; those
 * that came later are optional, so that files from before them keep their bytes.  Whoever fills in
 * the values by hand begins with atelier_recipe_values_init ().
 */

#pragma once

#include "kinds/atelier-optimizer.h"

G_BEGIN_DECLS

/* Need not be right yet; the ranges are in the table. */
typedef struct
{
  AtelierOptimizer optimizer;
  double           learning_rate;
  double           momentum;   /* SGD */
  double           beta_1;     /* Adam, as beta_2 and epsilon */
  double           beta_2;
  double           epsilon;
  guint            batch_size;
  guint            n_epochs;
  double           l2;
  guint64          seed;       /* as a JSON integer: to 2^63 - 1 */
  gboolean         raw_pixels; /* do not divide by 255: the report's mistake, on purpose */
} AtelierRecipeValues;

const AtelierMembers *atelier_recipe_values_get_members (void);
/* The default of each member. */
void                  atelier_recipe_values_init        (AtelierRecipeValues *values);

G_END_DECLS
