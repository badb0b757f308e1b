/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adagrad: each weight's rate falls with the squares of its gradients (Duchi, Hazan and Singer
 * 2011).  Its defaults are PyTorch's.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-optimizer-private.h"

enum
{
  RATE_DECAY,
  INITIAL_SUM,
  EPSILON
};

#define OF_ADAGRAD(index)                                                           \
  .type = ATELIER_MEMBER_REAL, .presence = ATELIER_MEMBER_OPTIONAL, .min = 0.0,     \
  .offset = ATELIER_OWN_OFFSET (of_optimizer, ATELIER_OPTIMIZER_ADAGRAD, index),    \
  .where = "optimizer", .where_choices = 1u << ATELIER_OPTIMIZER_ADAGRAD,           \
  .group = N_("Optimiser")

static const AtelierMember members[] = {
  { .name = "rate_decay",
    OF_ADAGRAD (RATE_DECAY),
    .max = 1.0,
    .label = N_("Rate decay"),
    .option = "rate-decay",
    .placeholder = "X",
    .help = N_("Divide the rate of step t by 1 + (t - 1) times this") },
  { .name = "initial_sum",
    OF_ADAGRAD (INITIAL_SUM),
    .max = 1000.0,
    .label = N_("Initial sum of squares"),
    .option = "initial-sum",
    .placeholder = "X",
    .help = N_("What each weight's sum of squares begins with") },
  { .name = "epsilon",
    OF_ADAGRAD (EPSILON),
    .max = 1.0,
    .excludes_min = TRUE,
    .excludes_max = TRUE,
    .default_real = 1e-10,
    .label = N_("Epsilon"),
    .option = "epsilon",
    .placeholder = "E",
    .help = N_("What is added to the root of squares that a step divides by") },
};

static char *
describe (const AtelierRecipeValues *values)
{
  return g_strdup (_("Adagrad"));
}

static void
to_nn (const AtelierRecipeValues *values,
       NnOptimizer               *optimizer)
{
  const AtelierOwnValue *own = values->of_optimizer[ATELIER_OPTIMIZER_ADAGRAD];

  optimizer->kind = NN_OPTIMIZER_ADAGRAD;
  optimizer->rate_decay = (float) own[RATE_DECAY].real;
  optimizer->initial_sum = (float) own[INITIAL_SUM].real;
  optimizer->epsilon = (float) own[EPSILON].real;
}

static const AtelierOptimizerOps ops = { describe, to_nn };

const AtelierOptimizerClass atelier_optimizer_adagrad_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .n_moments = 1,
  .squares = 1u << 0, /* the sum */
  .ops = &ops,
};
