/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the core ask of a schedule. */

#pragma once

#include "kinds/atelier-recipe-values.h"

G_BEGIN_DECLS

/* A step of a run. */
typedef struct
{
  guint64 i_step;  /* from 0, over all epochs */
  guint   n_steps; /* of an epoch */
  guint64 n_all;   /* of the horizon */
  const AtelierScheduleState *state;
} AtelierSchedulePlace;

struct _AtelierScheduleOps
{
  /* The schedule and its numbers, translated; @n_epochs: the horizon.  Transfer full. */
  char  *(*describe) (const AtelierRecipeValues *values,
                      guint                      n_epochs);
  /* The rate of the step at @place. */
  double (*get_rate) (const AtelierRecipeValues  *values,
                      const AtelierSchedulePlace *place);
  /* Nullable. */
  void   (*note_epoch) (const AtelierRecipeValues *values,
                        AtelierScheduleState      *state,
                        double                     figure);
};

#define DECLARE_CLASS(NAME, name, word, label) \
  extern const AtelierScheduleClass atelier_schedule_##name##_class;
ATELIER_SCHEDULES (DECLARE_CLASS)
#undef DECLARE_CLASS

/* From @start to @end on half a cosine: share 0 is the start, 1 the end. */
double atelier_schedule_anneal (double start,
                                double end,
                                double share);

G_END_DECLS
