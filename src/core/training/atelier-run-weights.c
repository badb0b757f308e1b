/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what the trainer has kept; nothing is computed and nothing is copied, since models share
 * their tensors.
 *
 * The best weights are the trainer's own copy: a training state has them only where the recipe
 * judges epochs.  Where it has, they are taken from there, and the run can go on from the file.
 * Weights are compared by their bytes, as the same weights are published more than once.  Main
 * thread.
 */

#include "config.h"

#include "training/atelier-run-weights.h"

static gboolean
are_same (AtelierModel *a,
          AtelierModel *b)
{
  guint n = atelier_model_get_n_tensors (a);

  if (a == b)
    return TRUE;
  if (n != atelier_model_get_n_tensors (b)
      || atelier_model_get_n_epochs (a) != atelier_model_get_n_epochs (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_bytes_equal (atelier_model_get_tensor (a, i), atelier_model_get_tensor (b, i)))
      return FALSE;

  return TRUE;
}

/* The published model may be the epoch's, and have a training state that the epoch's has not.
 * Borrowed, nullable. */
static AtelierModel *
get_base (AtelierTrainer   *trainer,
          AtelierRunMoment  moment)
{
  AtelierModel *now = atelier_trainer_get_model (trainer);
  AtelierModel *end = atelier_trainer_get_epoch_model (trainer);

  if (moment == ATELIER_RUN_NOW || now == NULL || end == NULL)
    return moment == ATELIER_RUN_NOW ? now : end;

  return are_same (now, end) ? now : end;
}

static gboolean
has_in_state (AtelierModel   *model,
              AtelierWeights  which)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);

  return state != NULL && state->weights[which] != NULL;
}

/* Whether a file of the run is for the weights of its best epoch. */
static gboolean
is_for_best (AtelierModel *model)
{
  return atelier_recipe_get_values (atelier_model_get_recipe (model))->weights
         == ATELIER_WEIGHTS_BEST;
}

/* The best come last at first. */
static void
put_best_first (AtelierRunWeights list[ATELIER_N_WEIGHTS],
                guint             n)
{
  const AtelierRunWeights last = list[n - 1];

  if (last.which != ATELIER_WEIGHTS_BEST)
    return;
  for (guint i = n - 1; i > 0; i--)
    list[i] = list[i - 1];
  list[0] = last;
}

guint
atelier_run_weights_list (AtelierTrainer    *trainer,
                          AtelierRunMoment   moment,
                          AtelierRunWeights  list[ATELIER_N_WEIGHTS])
{
  AtelierModel *base, *best;
  AtelierWeights own;
  gboolean is_best;
  guint n = 0;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), 0);

  base = get_base (trainer, moment);
  if (base == NULL)
    return 0;
  best = atelier_trainer_get_best_model (trainer);
  own = atelier_model_get_weights (base);
  is_best = best != NULL && are_same (base, best);

  /* Where both are the same weights, they have the name that the recipe asks for. */
  if (!is_best || !is_for_best (base))
    list[n++] = (AtelierRunWeights) { own, atelier_model_get_n_epochs (base) };
  if (own != ATELIER_WEIGHTS_NEWEST && has_in_state (base, ATELIER_WEIGHTS_NEWEST))
    list[n++] = (AtelierRunWeights) { ATELIER_WEIGHTS_NEWEST, atelier_model_get_n_epochs (base) };
  if (best != NULL && (!is_best || is_for_best (base)))
    list[n++] = (AtelierRunWeights) { ATELIER_WEIGHTS_BEST, atelier_model_get_n_epochs (best) };
  if (is_for_best (base))
    put_best_first (list, n);

  return n;
}

/* Transfer full. */
static AtelierModel *
pick_best (AtelierModel *base,
           AtelierModel *best)
{
  g_autoptr (AtelierModel) picked = NULL;

  if (has_in_state (base, ATELIER_WEIGHTS_BEST))
    picked = atelier_model_pick (base, ATELIER_WEIGHTS_BEST);
  if (picked != NULL && are_same (picked, best))
    return g_steal_pointer (&picked);

  return atelier_model_mark_best (best);
}

AtelierModel *
atelier_run_weights_pick (AtelierTrainer   *trainer,
                          AtelierRunMoment  moment,
                          AtelierWeights    which)
{
  AtelierRunWeights list[ATELIER_N_WEIGHTS];
  AtelierModel *base;
  guint n;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  n = atelier_run_weights_list (trainer, moment, list);
  base = get_base (trainer, moment);
  for (guint i = 0; i < n; i++)
    if (list[i].which == which)
      return which == ATELIER_WEIGHTS_BEST
               ? pick_best (base, atelier_trainer_get_best_model (trainer))
               : atelier_model_pick (base, which);

  return NULL;
}
