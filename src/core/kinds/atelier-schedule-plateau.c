/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A factor whenever epochs bring nothing new: PyTorch's ReduceLROnPlateau with its defaults, a
 * relative threshold and no cooldown.
 *
 *   rate * factor^(how often there were more than patience epochs in a row without a new best),
 *   but not below the lowest
 *   a new best: loss < best (1 - threshold), accuracy > best (1 + threshold)
 *
 * Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"
#include "nn.h"

enum
{
  FACTOR,
  PATIENCE,
  THRESHOLD,
  LOWEST_RATE
};

#define OF_PLATEAU(index)                                                            \
  .presence = ATELIER_MEMBER_OPTIONAL,                                               \
  .offset = ATELIER_OWN_OFFSET (of_schedule, ATELIER_SCHEDULE_PLATEAU, index),       \
  .where = "schedule", .where_choices = 1u << ATELIER_SCHEDULE_PLATEAU,              \
  .group = N_("Schedule")

static const AtelierMember members[] = {
  { .name = "plateau_factor",
    OF_PLATEAU (FACTOR),
    .type = ATELIER_MEMBER_REAL,
    .min = 0.0,
    .max = 1.0,
    .excludes_min = TRUE,
    .excludes_max = TRUE,
    .default_real = 0.1,
    .label = N_("Factor"),
    .option = "plateau-factor",
    .placeholder = "X",
    .help = N_("Factor of the rate") },
  { .name = "plateau_patience",
    OF_PLATEAU (PATIENCE),
    .type = ATELIER_MEMBER_UINT,
    .lowest = 0,
    .highest = 10000,
    .default_integer = 10,
    .label = N_("Epochs of patience"),
    .option = "plateau-patience",
    .placeholder = "N",
    .help = N_("Epochs in a row without a new best that do not yet lower the rate") },
  { .name = "plateau_threshold",
    OF_PLATEAU (THRESHOLD),
    .type = ATELIER_MEMBER_REAL,
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .default_real = 1e-4,
    .label = N_("Threshold"),
    .option = "plateau-threshold",
    .placeholder = "X",
    .help = N_("By which share a figure must be better to be a new best") },
  { .name = "lowest_rate",
    OF_PLATEAU (LOWEST_RATE),
    .type = ATELIER_MEMBER_REAL,
    .min = 0.0,
    .max = 10.0,
    .label = N_("Lowest rate"),
    .option = "lowest-rate",
    .placeholder = "R",
    .help = N_("Learning rate that the schedule does not go below") },
};

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  const AtelierOwnValue *own = values->of_schedule[ATELIER_SCHEDULE_PLATEAU];
  const guint n = own[PATIENCE].integer + 1;

  /* Translators: a learning rate is multiplied by the number %g whenever training stands still */
  return g_strdup_printf (ngettext ("Times %g after %u epoch without a new best",
                                    "Times %g after %u epochs without a new best", n),
                          own[FACTOR].real, n);
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  const AtelierOwnValue *own = values->of_schedule[ATELIER_SCHEDULE_PLATEAU];
  const double rate = values->learning_rate * nn_pow (own[FACTOR].real, place->state->n_lowered);

  /* A lowest rate above the first one raises nothing. */
  return MAX (rate, MIN (own[LOWEST_RATE].real, values->learning_rate));
}

static gboolean
is_new_best (const AtelierRecipeValues  *values,
             const AtelierScheduleState *state,
             double                      figure)
{
  const double threshold = values->of_schedule[ATELIER_SCHEDULE_PLATEAU][THRESHOLD].real;

  if (!state->has_best)
    return TRUE;
  return values->judged_by == ATELIER_JUDGED_BY_ACCURACY ? figure > state->best * (1.0 + threshold)
                                                         : figure < state->best * (1.0 - threshold);
}

static void
note_epoch (const AtelierRecipeValues *values,
            AtelierScheduleState      *state,
            double                     figure)
{
  if (is_new_best (values, state, figure))
    {
      state->has_best = TRUE;
      state->best = figure;
      state->n_bad = 0;
    }
  else
    state->n_bad++;
  if (state->n_bad <= values->of_schedule[ATELIER_SCHEDULE_PLATEAU][PATIENCE].integer)
    return;
  state->n_lowered++;
  state->n_bad = 0;
}

static const AtelierScheduleOps ops = { describe, get_rate, note_epoch };

const AtelierScheduleClass atelier_schedule_plateau_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .is_judging = TRUE,
  .ops = &ops,
};
