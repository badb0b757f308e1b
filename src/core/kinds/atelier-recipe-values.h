/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of a recipe as a plain struct, and the table of its members.
 *
 * The table holds what every recipe has, and among it the members of all optimisers and schedules,
 * each from the file of its own.  Schedules, and optimisers that came later, have places of their
 * own for their values, so that one more needs no field here; two that use the same name, such as
 * epsilon, each keep their own value and default.
 *
 * Members that were there from the first are in every file; those that came later are optional, so
 * that files from before them keep their bytes.  Whoever fills in the values by hand begins with
 * atelier_recipe_values_init ().
 */

#pragma once

#include "kinds/atelier-optimizer.h"
#include "kinds/atelier-schedule.h"

G_BEGIN_DECLS

/* By which figure of the validation images epochs are compared. */
typedef enum
{
  ATELIER_JUDGED_BY_LOSS,
  ATELIER_JUDGED_BY_ACCURACY,
} AtelierJudgedBy;

/* Which of the images to learn from are for validation. */
typedef enum
{
  ATELIER_SPLIT_BY_DATA, /* those that the data set says */
  ATELIER_SPLIT_BY_FIRST,
  ATELIER_SPLIT_BY_LAST,
  ATELIER_SPLIT_BY_CLASS, /* of each class its share, at random */
} AtelierSplitBy;

/* Weights of one run. */
typedef enum
{
  ATELIER_WEIGHTS_NEWEST,   /* of the last step */
  ATELIER_WEIGHTS_BEST,     /* of the best epoch's end */
  ATELIER_WEIGHTS_AVERAGED, /* the running average, where a recipe asks for one */
  ATELIER_N_WEIGHTS
} AtelierWeights;

/* One value of an optimiser's or a schedule's own; the member's type says which field it is. */
typedef union
{
  double   real;
  guint    integer;
  gboolean flag;
} AtelierOwnValue;

#define ATELIER_MAX_OWN_VALUES 6

/* Of value @index, such as (of_optimizer, ATELIER_OPTIMIZER_ADAMW, 0). */
#define ATELIER_OWN_OFFSET(field, kind, index) \
  G_STRUCT_OFFSET (AtelierRecipeValues, field[kind][index])

/* Need not be right yet; the ranges are in the table. */
typedef struct
{
  AtelierOptimizer optimizer;
  double           learning_rate;
  double           momentum;   /* SGD, as is_nesterov */
  gboolean         is_nesterov;
  double           beta_1;     /* Adam, as beta_2 and epsilon */
  double           beta_2;
  double           epsilon;
  guint            batch_size;
  guint            n_epochs;
  double           l2;
  guint64          seed;       /* as a JSON integer: to 2^63 - 1 */
  gboolean         raw_pixels; /* do not divide by 255: the report's mistake, on purpose */
  double           weight_decay; /* where the optimiser has no value of its own for it */
  double           clip_norm;  /* 0: gradients are not clipped */
  double           average_decay; /* 0: the weights are those of the last step */
  double           label_smoothing; /* 0: targets are 0 and 1 */
  AtelierSplitBy   split;
  guint            n_validation; /* not where the data set says it */
  guint64          split_seed;   /* where chance does */
  gboolean         standardizes; /* pixels, by mean and deviation of the training images */
  AtelierJudgedBy  judged_by;
  guint            patience;   /* epochs without a new best that end a run; 0: none do */
  AtelierWeights   weights;    /* NEWEST (or their average) or BEST: what a model file is for */
  double           augment_mirror; /* as in NnAugmentation, like those that follow; 0: not at all */
  double           augment_shift;
  double           augment_rotation;
  double           augment_scale;
  double           augment_brightness;
  double           augment_erase;
  AtelierSchedule  schedule;
  guint            horizon;    /* epochs of the schedule; 0: as many as there are when it begins */
  AtelierOwnValue  of_schedule[ATELIER_N_SCHEDULES][ATELIER_MAX_OWN_VALUES];
  AtelierOwnValue  of_optimizer[ATELIER_N_OPTIMIZERS][ATELIER_MAX_OWN_VALUES];
} AtelierRecipeValues;

const AtelierMembers *atelier_recipe_values_get_members (void);
/* The default of each member. */
void                  atelier_recipe_values_init        (AtelierRecipeValues *values);

G_END_DECLS
