/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SGD with momentum, also Nesterov's.  The momentum is in every recipe's file, also beside other
 * optimisers.  Any thread. */

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
    .help = N_("Share of the last step that is added to the next") },
  { .name = "nesterov",
    .type = ATELIER_MEMBER_FLAG,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, is_nesterov),
    .where = "optimizer",
    .where_choices = 1u << ATELIER_OPTIMIZER_SGD,
    .label = N_("Nesterov's momentum"),
    .group = N_("Optimiser"),
    .option = "nesterov",
    .help = N_("Take the gradient's step from where the momentum leads") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  return g_strdup_printf (values->is_nesterov ? _("SGD with Nesterov's momentum %g")
                                              : _("SGD with momentum %g"),
                          values->momentum);
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  optimizer->kind = NN_OPTIMIZER_SGD;
  optimizer->momentum = (float) values->momentum;
  optimizer->is_nesterov = values->is_nesterov;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_sgd_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 1,
  .ops = &ops,
};
