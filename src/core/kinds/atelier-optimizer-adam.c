/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adam.  Its defaults are Keras's.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

#define OF_ADAM                                                                   \
  .type = ATELIER_MEMBER_REAL, .presence = ATELIER_MEMBER_OPTIONAL, .min = 0.0,   \
  .max = 1.0, .excludes_max = TRUE, .where = "optimizer",                         \
  .where_choices = 1u << ATELIER_OPTIMIZER_ADAM, .group = N_("Optimiser")

static const AtelierMember members[] = {
  { .name = "beta_1",
    OF_ADAM,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, beta_1),
    .default_real = 0.9,
    .label = N_("Beta 1"),
    .option = "beta-1",
    .placeholder = "B",
    .help = N_("Share of the mean gradient that a step keeps") },
  { .name = "beta_2",
    OF_ADAM,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, beta_2),
    .default_real = 0.999,
    .label = N_("Beta 2"),
    .option = "beta-2",
    .placeholder = "B",
    .help = N_("Share of the mean square that a step keeps") },
  { .name = "epsilon",
    OF_ADAM,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, epsilon),
    .excludes_min = TRUE,
    .default_real = 1e-7,
    .label = N_("Epsilon"),
    .option = "epsilon",
    .placeholder = "E",
    .help = N_("What is added to the root of squares that a step divides by") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  return g_strdup (_("Adam"));
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  optimizer->kind = NN_OPTIMIZER_ADAM;
  optimizer->beta_1 = (float) values->beta_1;
  optimizer->beta_2 = (float) values->beta_2;
  optimizer->epsilon = (float) values->epsilon;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_adam_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 2,
  .squares = 1u << 1,
  .ops = &ops,
};
