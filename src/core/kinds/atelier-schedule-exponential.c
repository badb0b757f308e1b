/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A factor after every epoch: PyTorch's ExponentialLR, which has no default of gamma.
 *
 *   rate * gamma^epoch                               epoch from 0
 *
 * Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"
#include "nn.h"

enum
{
  GAMMA
};

static const AtelierMember members[] = {
  { .name = "gamma",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = ATELIER_OWN_OFFSET (of_schedule, ATELIER_SCHEDULE_EXPONENTIAL, GAMMA),
    .min = 0.0,
    .max = 1.0,
    .excludes_min = TRUE,
    .default_real = 0.95,
    .where = "schedule",
    .where_choices = 1u << ATELIER_SCHEDULE_EXPONENTIAL,
    .label = N_("Gamma"),
    .group = N_("Schedule"),
    .option = "gamma",
    .placeholder = "G",
    .help = N_("Factor of the rate") },
};

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  /* Translators: a learning rate is multiplied by the number %g again and again */
  return g_strdup_printf (_("Times %g after every epoch"),
                          values->of_schedule[ATELIER_SCHEDULE_EXPONENTIAL][GAMMA].real);
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  const double gamma = values->of_schedule[ATELIER_SCHEDULE_EXPONENTIAL][GAMMA].real;

  return values->learning_rate * nn_pow (gamma, (double) (place->i_step / place->n_steps));
}

static const AtelierScheduleOps ops = { describe, get_rate };

const AtelierScheduleClass atelier_schedule_exponential_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .ops = &ops,
};
