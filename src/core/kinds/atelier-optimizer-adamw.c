/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AdamW: Adam whose weights decay apart from the gradient (Loshchilov and Hutter 2019).  Its
 * defaults are PyTorch's.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

enum
{
  BETA_1,
  BETA_2,
  EPSILON,
  WEIGHT_DECAY
};

#define OF_ADAMW(index)                                                                         \
  .type = ATELIER_MEMBER_REAL, .presence = ATELIER_MEMBER_OPTIONAL, .min = 0.0, .max = 1.0,     \
  .offset = ATELIER_OWN_OFFSET (of_optimizer, ATELIER_OPTIMIZER_ADAMW, index),                  \
  .where = "optimizer", .where_choices = 1u << ATELIER_OPTIMIZER_ADAMW, .group = N_("Optimiser")

static const AtelierMember members[] = {
  { .name = "beta_1",
    OF_ADAMW (BETA_1),
    .excludes_max = TRUE,
    .default_real = 0.9,
    .label = N_("Beta 1"),
    .option = "beta-1",
    .placeholder = "B",
    .help = N_("Share of the mean gradient that a step keeps") },
  { .name = "beta_2",
    OF_ADAMW (BETA_2),
    .excludes_max = TRUE,
    .default_real = 0.999,
    .label = N_("Beta 2"),
    .option = "beta-2",
    .placeholder = "B",
    .help = N_("Share of the mean square that a step keeps") },
  { .name = "epsilon",
    OF_ADAMW (EPSILON),
    .excludes_min = TRUE,
    .excludes_max = TRUE,
    .default_real = 1e-8,
    .label = N_("Epsilon"),
    .option = "epsilon",
    .placeholder = "E",
    .help = N_("What is added to the root of squares that a step divides by") },
  { .name = "weight_decay",
    OF_ADAMW (WEIGHT_DECAY),
    .default_real = 0.01,
    .label = N_("Weight decay"),
    .option = "weight-decay",
    .placeholder = "X",
    .help = N_("Shrink weights by this times the rate before each step, apart from the gradient") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  return g_strdup_printf (_("AdamW with weight decay %g"),
                          values->of_optimizer[ATELIER_OPTIMIZER_ADAMW][WEIGHT_DECAY].real);
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  const AtelierOwnValue *own = values->of_optimizer[ATELIER_OPTIMIZER_ADAMW];

  optimizer->kind = NN_OPTIMIZER_ADAMW;
  optimizer->beta_1 = (float) own[BETA_1].real;
  optimizer->beta_2 = (float) own[BETA_2].real;
  optimizer->epsilon = (float) own[EPSILON].real;
  optimizer->weight_decay = (float) own[WEIGHT_DECAY].real;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_adamw_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 2,
  .squares = 1u << 1,
  .ops = &ops,
};
