/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SGD with momentum.  The momentum is in every recipe's file, also beside other optimisers.  Any
 * thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

static const AtelierMember members[] = {
  { .name = "momentum",
    .type = ATELIER_MEMBER_REAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, momentum),
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .where = "optimizer",
    .where_choices = 1u << ATELIER_OPTIMIZER_SGD,
    .label = N_("Momentum"),
    .group = N_("Optimiser"),
    .option = "momentum",
    .placeholder = "M",
    .help = N_("Momentum of sgd") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  return g_strdup_printf (_("SGD with momentum %g"), values->momentum);
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  optimizer->kind = NN_OPTIMIZER_SGD;
  optimizer->momentum = (float) values->momentum;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_sgd_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 1,
  .ops = &ops,
};
