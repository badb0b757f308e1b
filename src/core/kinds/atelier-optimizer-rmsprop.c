/* SPDX-License-Identifier: GPL-3.0-or-later */

/* RMSprop: steps divided by the root of a running mean of squared gradients (Hinton's lecture 6e).
 * Form and defaults are PyTorch's.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

enum
{
  ALPHA,
  MOMENTUM,
  EPSILON
};

#define OF_RMSPROP(index)                                                           \
  .type = ATELIER_MEMBER_REAL, .min = 0.0, .max = 1.0, .excludes_max = TRUE,        \
  .offset = ATELIER_OWN_OFFSET (of_optimizer, ATELIER_OPTIMIZER_RMSPROP, index),    \
  .where = "optimizer", .where_choices = 1u << ATELIER_OPTIMIZER_RMSPROP,           \
  .group = N_("Optimiser")

static const AtelierMember members[] = {
  { .name = "alpha",
    OF_RMSPROP (ALPHA),
    .presence = ATELIER_MEMBER_OPTIONAL,
    .default_real = 0.99,
    .label = N_("Alpha"),
    .option = "alpha",
    .placeholder = "A",
    .help = N_("Share of the mean square that a step keeps") },
  { .name = "momentum",
    OF_RMSPROP (MOMENTUM),
    .presence = ATELIER_MEMBER_REQUIRED, /* as files always had it */
    .label = N_("Momentum"),
    .option = "momentum",
    .placeholder = "M",
    .help = N_("Share of the last step that is added to the next") },
  { .name = "epsilon",
    OF_RMSPROP (EPSILON),
    .presence = ATELIER_MEMBER_OPTIONAL,
    .excludes_min = TRUE,
    .default_real = 1e-8,
    .label = N_("Epsilon"),
    .option = "epsilon",
    .placeholder = "E",
    .help = N_("What is added to the root of squares that a step divides by") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  const double momentum = values->of_optimizer[ATELIER_OPTIMIZER_RMSPROP][MOMENTUM].real;

  return momentum > 0.0 ? g_strdup_printf (_("RMSprop with momentum %g"), momentum)
                        : g_strdup (_("RMSprop"));
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  const AtelierOwnValue *own = values->of_optimizer[ATELIER_OPTIMIZER_RMSPROP];

  optimizer->kind = NN_OPTIMIZER_RMSPROP;
  optimizer->alpha = (float) own[ALPHA].real;
  optimizer->momentum = (float) own[MOMENTUM].real;
  optimizer->epsilon = (float) own[EPSILON].real;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_rmsprop_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 2,
  .squares = 1u << 1,
  .ops = &ops,
};
