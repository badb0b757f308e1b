/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A factor after every so many epochs: PyTorch's StepLR, with its default of gamma.
 *
 *   rate * gamma^floor (epoch / step_epochs)         epoch from 0
 *
 * Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"
#include "nn.h"

enum
{
  STEP_EPOCHS,
  GAMMA
};

#define OF_STEP(index)                                                                        \
  .presence = ATELIER_MEMBER_OPTIONAL,                                                        \
  .offset = ATELIER_OWN_OFFSET (of_schedule, ATELIER_SCHEDULE_STEP, index),                   \
  .where = "schedule", .where_choices = 1u << ATELIER_SCHEDULE_STEP, .group = N_("Schedule")

static const AtelierMember members[] = {
  { .name = "step_epochs",
    OF_STEP (STEP_EPOCHS),
    .type = ATELIER_MEMBER_UINT,
    .lowest = 1,
    .highest = 10000,
    .default_integer = 10,
    .label = N_("Epochs of a step"),
    .option = "step-epochs",
    .placeholder = "N",
    .help = N_("Epochs after which the rate is multiplied by gamma") },
  { .name = "gamma",
    OF_STEP (GAMMA),
    .type = ATELIER_MEMBER_REAL,
    .min = 0.0,
    .max = 1.0,
    .excludes_min = TRUE,
    .default_real = 0.1,
    .label = N_("Gamma"),
    .option = "gamma",
    .placeholder = "G",
    .help = N_("Factor of the rate") },
};

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  const AtelierOwnValue *own = values->of_schedule[ATELIER_SCHEDULE_STEP];
  const guint n = own[STEP_EPOCHS].integer;

  /* Translators: a learning rate is multiplied by the number %g again and again */
  return g_strdup_printf (ngettext ("Times %g after every %u epoch",
                                    "Times %g after every %u epochs", n),
                          own[GAMMA].real, n);
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  const AtelierOwnValue *own = values->of_schedule[ATELIER_SCHEDULE_STEP];
  const guint64 n = place->i_step / place->n_steps / own[STEP_EPOCHS].integer;

  return values->learning_rate * nn_pow (own[GAMMA].real, (double) n);
}

static const AtelierScheduleOps ops = { describe, get_rate };

const AtelierScheduleClass atelier_schedule_step_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
