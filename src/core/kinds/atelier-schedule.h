/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schedules: how the learning rate changes from step to step.
 *
 * A new one is a line in ATELIER_SCHEDULES and a file atelier-schedule-NAME.c with its class; its
 * members have places in AtelierRecipeValues.  No other file asks which schedule it is.  A rate
 * follows from the recipe, the place of the step and what the schedule has noted of the epochs
 * before, and is computed with the engine's own functions, so that it has the same bits on every
 * machine.  Pure functions; any thread.
 */

#pragma once

#include "base/atelier-member.h"

G_BEGIN_DECLS

/* The schedule, the name of its class, the word in files, the label for people. */
#define ATELIER_SCHEDULES(X)                           \
  X (CONSTANT, constant, "constant", N_ ("Constant"))  \
  X (STEP, step, "step", N_ ("Steps"))                 \
  X (COSINE, cosine, "cosine", N_ ("Cosine"))          \
  X (ONE_CYCLE, one_cycle, "one_cycle", N_ ("One cycle")) \
  X (EXPONENTIAL, exponential, "exponential", N_ ("Exponential")) \
  X (PLATEAU, plateau, "plateau", N_ ("On a plateau"))

typedef enum
{
#define MAKE_VALUE(NAME, name, word, label) ATELIER_SCHEDULE_##NAME,
  ATELIER_SCHEDULES (MAKE_VALUE)
#undef MAKE_VALUE
  ATELIER_N_SCHEDULES
} AtelierSchedule;

/* What a schedule has noted of finished epochs; all 0 before the first. */
typedef struct
{
  gboolean has_best;
  double   best;      /* the figure that counts as the best so far */
  guint    n_bad;     /* epochs in a row that were no better */
  guint    n_lowered; /* how often the rate was lowered */
} AtelierScheduleState;

typedef struct _AtelierScheduleOps AtelierScheduleOps;

typedef struct
{
  AtelierMembers            members;     /* of AtelierRecipeValues, where this is the schedule */
  gboolean                  has_horizon; /* it ends with the epoch that is the recipe's horizon */
  gboolean                  is_judging;  /* it needs each epoch's figure: validation */
  const AtelierScheduleOps *ops;         /* for the core */
} AtelierScheduleClass;

/* By AtelierSchedule; for members of this type. */
extern const AtelierChoice atelier_schedule_choices[];

/* @schedule must be less than ATELIER_N_SCHEDULES. */
const AtelierScheduleClass *atelier_schedule_class_get (AtelierSchedule schedule);

/* "Cosine to 0 over 10 epochs", of a recipe's values (AtelierRecipeValues).  Transfer full. */
char                       *atelier_schedule_describe  (gconstpointer values);

/* The learning rate of step @i_step, from 0 over all epochs, where an epoch has @n_steps of them.
 * A horizon of 0 is that of a run that begins now: as many as the recipe's epochs.  @state: of the
 * epochs before; NULL: that of a first epoch. */
double                      atelier_schedule_get_rate  (gconstpointer               values,
                                                        const AtelierScheduleState *state,
                                                        guint64                     i_step,
                                                        guint                       n_steps);

/* Takes down what a finished epoch was judged by. */
void                        atelier_schedule_note_epoch (gconstpointer         values,
                                                         AtelierScheduleState *state,
                                                         double                figure);

G_END_DECLS
