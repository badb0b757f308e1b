/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words and classes of all schedules, made from the list in the header. */

#include "config.h"

#include "kinds/atelier-schedule.h"

#include <glib/gi18n-lib.h>

#include "kinds/atelier-schedule-private.h"
#include "nn.h"

const AtelierChoice atelier_schedule_choices[] = {
#define MAKE_CHOICE(NAME, name, word, label) { word, label },
  ATELIER_SCHEDULES (MAKE_CHOICE)
#undef MAKE_CHOICE
  { NULL, NULL },
};

static const AtelierScheduleClass * const classes[] = {
#define MAKE_ENTRY(NAME, name, word, label) &atelier_schedule_##name##_class,
  ATELIER_SCHEDULES (MAKE_ENTRY)
#undef MAKE_ENTRY
};

static guint
get_horizon (const AtelierRecipeValues *values)
{
  return values->horizon > 0 ? values->horizon : values->n_epochs;
}

double
atelier_schedule_anneal (double start,
                         double end,
                         double share)
{
  return end + (start - end) / 2.0 * (nn_cos (G_PI * share) + 1.0);
}

const AtelierScheduleClass *
atelier_schedule_class_get (AtelierSchedule schedule)
{
  g_return_val_if_fail ((guint) schedule < G_N_ELEMENTS (classes), NULL);

  return classes[schedule];
}

char *
atelier_schedule_describe (gconstpointer values)
{
  const AtelierRecipeValues *recipe = values;

  g_return_val_if_fail (values != NULL, NULL);

  return atelier_schedule_class_get (recipe->schedule)->ops->describe (recipe,
                                                                       get_horizon (recipe));
}

double
atelier_schedule_get_rate (gconstpointer               values,
                           const AtelierScheduleState *state,
                           guint64                     i_step,
                           guint                       n_steps)
{
  static const AtelierScheduleState fresh = { 0 };
  const AtelierRecipeValues *recipe = values;
  AtelierSchedulePlace place;

  g_return_val_if_fail (values != NULL && n_steps > 0, 0.0);

  place = (AtelierSchedulePlace) {
    .i_step = i_step,
    .n_steps = n_steps,
    .n_all = (guint64) get_horizon (recipe) * n_steps,
    .state = state != NULL ? state : &fresh,
  };
  return atelier_schedule_class_get (recipe->schedule)->ops->get_rate (recipe, &place);
}

void
atelier_schedule_note_epoch (gconstpointer         values,
                             AtelierScheduleState *state,
                             double                figure)
{
  const AtelierRecipeValues *recipe = values;
  const AtelierScheduleOps *ops;

  g_return_if_fail (values != NULL && state != NULL);

  ops = atelier_schedule_class_get (recipe->schedule)->ops;
  if (ops->note_epoch != NULL)
    ops->note_epoch (recipe, state, figure);
}
