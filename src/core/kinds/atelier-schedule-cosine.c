/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Half a cosine from the rate down to the lowest (Loshchilov and Hutter 2017): the closed form of
 * PyTorch's CosineAnnealingLR, with each batch as a step, and its default of eta_min.
 *
 *   lowest + (rate - lowest) (1 + cos (pi t / T)) / 2     t from 0, T the steps of the horizon
 *
 * Behind the horizon the rate stays at the lowest.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"

enum
{
  LOWEST_RATE
};

static const AtelierMember members[] = {
  { .name = "lowest_rate",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = ATELIER_OWN_OFFSET (of_schedule, ATELIER_SCHEDULE_COSINE, LOWEST_RATE),
    .min = 0.0,
    .max = 10.0,
    .where = "schedule",
    .where_choices = 1u << ATELIER_SCHEDULE_COSINE,
    .label = N_("Lowest rate"),
    .group = N_("Schedule"),
    .option = "lowest-rate",
    .placeholder = "R",
    .help = N_("Learning rate at the schedule's end") },
};

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  /* Translators: how a learning rate falls; %g is the lowest */
  return g_strdup_printf (ngettext ("Cosine to %g over %u epoch", "Cosine to %g over %u epochs",
                                    n_epochs),
                          values->of_schedule[ATELIER_SCHEDULE_COSINE][LOWEST_RATE].real, n_epochs);
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  const double lowest = values->of_schedule[ATELIER_SCHEDULE_COSINE][LOWEST_RATE].real;

  if (place->i_step >= place->n_all)
    return lowest;
  return atelier_schedule_anneal (values->learning_rate, lowest,
                                  (double) place->i_step / (double) place->n_all);
}

static const AtelierScheduleOps ops = { describe, get_rate };

const AtelierScheduleClass atelier_schedule_cosine_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .has_horizon = TRUE,
  .ops = &ops,
};
