/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of rules: the member that a rule is about, and a function that says what is the matter,
 * or nothing.  A rule asks for traits of a schedule or an optimiser, and not which one it is, so
 * that one that is added is advised on as well.  Any thread.
 */

#include "config.h"

#include "model/atelier-recipe-advice.h"

#include <glib/gi18n-lib.h>

#include "model/atelier-batches.h"
#include "model/atelier-judgement.h"

/* What the rules look at. */
typedef struct
{
  const AtelierRecipeValues  *values;
  const AtelierScheduleClass *schedule;
  const AtelierRecipe        *recipe;
  const AtelierNetwork       *network;      /* nullable */
  guint                       n_train;      /* images; 0: not known */
  guint                       n_validation; /* images; G_MAXUINT: not known */
} Case;

static double
get_meant_real (const Case *of,
                const char *name)
{
  const AtelierMember *member
    = atelier_members_find_meant (atelier_recipe_values_get_members (), name, of->values);

  return atelier_member_get_real (member, of->values);
}

static char *
advise_on_batch (const Case *of)
{
  const guint n = of->n_train;

  if (n == 0 || of->values->batch_size <= n)
    return NULL;
  return g_strdup_printf (
    ngettext ("There is %u training image, which is less than a batch: an epoch is one step.",
              "There are %u training images, which is less than a batch: an epoch is one step.", n),
    n);
}

/* Images that would be too few to learn from alone. */
static char *
advise_on_last_batch (const Case *of)
{
  AtelierBatches batches;

  if (of->network == NULL || of->n_train == 0)
    return NULL;
  atelier_batches_init (&batches, of->network, of->recipe, of->n_train);
  return atelier_batches_explain (&batches);
}

static char *
advise_on_decay (const Case *of)
{
  if (of->values->l2 == 0.0 || get_meant_real (of, "weight_decay") == 0.0)
    return NULL;
  return g_strdup (_("Penalty and weight decay both shrink the weights; one of them is usual."));
}

/* The first averages keep less, so that they forget where the weights began. */
static char *
advise_on_average (const Case *of)
{
  const guint n_steps = (of->n_train + of->values->batch_size - 1) / of->values->batch_size;
  const double n = (double) n_steps * of->values->n_epochs;
  const double most = (1.0 + n) / (10.0 + n);

  if (n_steps == 0 || of->values->average_decay <= most)
    return NULL;
  /* Translators: %.0f batches; both %.3g are shares between 0 and 1 */
  return g_strdup_printf (_("In %.0f batches the average comes to keep a share of %.3g, and never "
                            "of %.6g."), n, most, of->values->average_decay);
}

static char *
advise_on_judge (const Case *of)
{
  if (of->n_validation > 0
      || (of->values->judged_by == ATELIER_JUDGED_BY_LOSS
          && !atelier_judgement_is_needed (of->values)))
    return NULL;
  return g_strdup (_("There are no validation images to judge epochs by, so training cannot "
                     "begin."));
}

static char *
advise_on_patience (const Case *of)
{
  const AtelierRecipeValues *values = of->values;

  if (values->patience == 0)
    return NULL;
  if (values->patience >= values->n_epochs)
    return g_strdup (_("Early stopping waits for as many epochs as there are, so it stops "
                       "nothing."));
  if (of->schedule->has_horizon)
    return g_strdup (_("Early stopping may end training before the schedule has lowered the "
                       "rate."));
  return NULL;
}

static char *
advise_on_horizon (const Case *of)
{
  const AtelierRecipeValues *values = of->values;

  if (!of->schedule->has_horizon || values->horizon == 0 || values->horizon == values->n_epochs)
    return NULL;
  if (values->horizon > values->n_epochs)
    return g_strdup_printf (ngettext ("Training ends after %u epoch, before the schedule does.",
                                      "Training ends after %u epochs, before the schedule does.",
                                      values->n_epochs), values->n_epochs);
  return g_strdup_printf (
    ngettext ("The schedule ends after epoch %u, and the rate stays as it is then.",
              "The schedule ends after epoch %u, and the rate stays as it is then.",
              values->horizon), values->horizon);
}

/* A schedule that waits for bad epochs waits longer than training does. */
static char *
advise_on_judging_schedule (const Case *of)
{
  const AtelierRecipeValues *values = of->values;
  const guint end = values->patience > 0 ? MIN (values->patience, values->n_epochs)
                                         : values->n_epochs;
  AtelierScheduleState state = { 0 };

  if (!of->schedule->is_judging)
    return NULL;
  /* The worst that can happen: a first epoch, and no better one after it. */
  for (guint i = 0; i < end; i++)
    atelier_schedule_note_epoch (values, &state,
                                 values->judged_by == ATELIER_JUDGED_BY_ACCURACY ? 0.5 : 1.0);
  if (state.n_lowered > 0)
    return NULL;
  return g_strdup (_("Training ends before the schedule can lower the rate."));
}

static const struct
{
  const char *name; /* of the member */
  char     *(*advise) (const Case *of);
} rules[] = {
  { "batch_size", advise_on_batch },
  { "batch_size", advise_on_last_batch },
  { "l2", advise_on_decay },
  { "average_decay", advise_on_average },
  { "judged_by", advise_on_judge },
  { "patience", advise_on_patience },
  { "schedule", advise_on_judging_schedule },
  { "horizon", advise_on_horizon },
};

void
atelier_recipe_advice_free (AtelierRecipeAdvice *advice)
{
  g_free (advice->words);
  g_free (advice);
}

static Case
look_at (const AtelierRecipe  *recipe,
         const AtelierNetwork *network,
         AtelierSplits        *splits)
{
  const AtelierRecipeValues *values = atelier_recipe_get_values (recipe);
  Case of = {
    .values = values,
    .recipe = recipe,
    .network = network,
    .schedule = atelier_schedule_class_get (values->schedule),
    .n_validation = G_MAXUINT,
  };

  if (splits != NULL)
    {
      of.n_train = atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN);
      of.n_validation = atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION);
    }
  else if (values->split != ATELIER_SPLIT_BY_DATA)
    of.n_validation = values->n_validation;
  return of;
}

GPtrArray *
atelier_recipe_advise (const AtelierRecipe  *recipe,
                       const AtelierNetwork *network,
                       AtelierSplits        *splits)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) atelier_recipe_advice_free);
  Case of;

  g_return_val_if_fail (recipe != NULL, all);

  of = look_at (recipe, network, splits);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      char *words = rules[i].advise (&of);
      AtelierRecipeAdvice *advice;

      if (words == NULL)
        continue;
      advice = g_new0 (AtelierRecipeAdvice, 1);
      advice->member = atelier_members_find_meant (atelier_recipe_values_get_members (),
                                                   rules[i].name, of.values);
      advice->words = words;
      g_ptr_array_add (all, advice);
    }
  return all;
}
