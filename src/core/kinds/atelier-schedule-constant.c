/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The recipe's rate in every step.  Any thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"

static char *
describe (const AtelierRecipeValues *values,
          guint                      n_epochs)
{
  return g_strdup (_("Constant"));
}

static double
get_rate (const AtelierRecipeValues  *values,
          const AtelierSchedulePlace *place)
{
  return values->learning_rate;
}

static const AtelierScheduleOps ops = { describe, get_rate };

const AtelierScheduleClass atelier_schedule_constant_class = { .ops = &ops };
