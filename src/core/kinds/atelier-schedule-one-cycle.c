/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Up to the rate and down again within the horizon (Smith and Topin 2019): PyTorch's OneCycleLR
 * with cosines, and its defaults.  The rate is its max_lr; momentum is left as it is.
 *
 *   start = rate / start_divisor, end = start / end_divisor
 *   up    from start to rate, from step 0 to warm_up T - 1, T being the steps of the horizon
 *   down  from rate to end, from there to step T - 1
 *
 * Behind the horizon the rate stays at the end.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"

enum
{
  WARM_UP,
  START_DIVISOR,
  END_DIVISOR
};

#define OF_ONE_CYCLE(index)                                                             \
  .type = ATELIER_MEMBER_REAL, .presence = ATELIER_MEMBER_OPTIONAL,                     \
  .offset = ATELIER_OWN_OFFSET (of_schedule, ATELIER_SCHEDULE_ONE_CYCLE, index),        \
  .where = "schedule", .where_choices = 1u << ATELIER_SCHEDULE_ONE_CYCLE,               \
  .group = N_("Schedule")

static const AtelierMember members[] = {
  { .name = "warm_up",
    OF_ONE_CYCLE (WARM_UP),
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .default_real = 0.3,
    .label = N_("Warm-up"),
    .option = "warm-up",
    .placeholder = "X",
    .help = N_("Share of the horizon in which the rate rises") },
  { .name = "start_divisor",
    OF_ONE_CYCLE (START_DIVISOR),
    .min = 1.0,
    .max = 100000.0,
    .default_real = 25.0,
    .label = N_("First divisor"),
    .option = "start-divisor",
    .placeholder = "X",
    .help = N_("The first rate is the rate divided by this") },
  { .name = "end_divisor",
    OF_ONE_CYCLE (END_DIVISOR),
    .min = 1.0,
    .max = 100000.0,
    .default_real = 10000.0,
    .label = N_("Last divisor"),
    .option = "end-divisor",
    .placeholder = "X",
    .help = N_("The last rate is the first divided by this") },
};

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  /* Translators: how a learning rate rises and falls; %g is how many percent of the epochs it
   * rises */
  return g_strdup_printf (ngettext ("One cycle over %u epoch, warm-up %g\u00a0%%",
                                    "One cycle over %u epochs, warm-up %g\u00a0%%", n_epochs),
                          n_epochs,
                          100.0 * values->of_schedule[ATELIER_SCHEDULE_ONE_CYCLE][WARM_UP].real);
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  const AtelierOwnValue *own = values->of_schedule[ATELIER_SCHEDULE_ONE_CYCLE];
  const double rate = values->learning_rate;
  const double start = rate / own[START_DIVISOR].real;
  const double end = start / own[END_DIVISOR].real;
  const double t = (double) place->i_step;
  const double top = own[WARM_UP].real * (double) place->n_all - 1.0;
  const double last = (double) place->n_all - 1.0;

  if (t >= last && t > top)
    return end;
  if (t > top)
    return atelier_schedule_anneal (rate, end, (t - top) / (last - top));
  return top > 0.0 ? atelier_schedule_anneal (start, rate, t / top) : rate;
}

static const AtelierScheduleOps ops = { describe, get_rate };

const AtelierScheduleClass atelier_schedule_one_cycle_class = {
  .members = { members, G_N_ELEMENTS (members) },
  .has_horizon = TRUE,
  .ops = &ops,
};
