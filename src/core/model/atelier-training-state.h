/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierTrainingState - what a run needs beside a model's weights and recipe to go on to the same
 * bits as if it had never been broken off: how far it had come, the optimiser's moments, what the
 * epochs were judged to be, and the weights that the run has beside the model's own: the newest, an
 * average of them, those of the best epoch.
 *
 * The order of images and dropout follow from seed and epoch, so a position is all that they need.
 * A plain value; models hold copies.
 */

#pragma once

#include "model/atelier-judgement.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

typedef struct
{
  guint      n_images;  /* of the training split */
  guint      n_epochs;  /* finished and measured */
  guint      n_batches; /* done of the next epoch; all of them where only its end was missing */
  guint64    n_steps;   /* of the optimiser, over all epochs */
  double     loss_sum;  /* over the images of those n_batches */
  double     objective_sum; /* where labels are smoothed: the same of what was made smaller */
  guint      n_correct; /* of the images of those n_batches */
  AtelierJudgement judgement; /* all 0 where the recipe needs none */
  GPtrArray *moments_1; /* of GBytes, as the model's trained tensors: such as SGD's momentum */
  GPtrArray *moments_2; /* NULL for optimisers that keep one, such as SGD */
  GPtrArray *weights[ATELIER_N_WEIGHTS]; /* NULL for the model's own and those that there are not */
} AtelierTrainingState;

/* Transfer full.  The copy shares the moments' bytes. */
AtelierTrainingState *atelier_training_state_copy (const AtelierTrainingState *state);
void                  atelier_training_state_free (AtelierTrainingState       *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierTrainingState, atelier_training_state_free)

/* How many moments the recipe's optimiser keeps of each tensor: 1 or 2. */
guint     atelier_training_state_count_moments (const AtelierRecipe *recipe);

/* Whether a state has the weights @which, beside a model whose own are @own. */
gboolean  atelier_training_state_has_weights   (const AtelierTrainingState *state,
                                                const AtelierRecipe        *recipe,
                                                AtelierWeights              own,
                                                AtelierWeights              which);
/* How many epochs were finished when the weights @which were those of the run. */
guint     atelier_training_state_count_epochs  (const AtelierTrainingState *state,
                                                AtelierNetwork             *network,
                                                const AtelierRecipe        *recipe,
                                                AtelierWeights              which);

/* Whether @state can be that of a model with such network, recipe, weights and finished epochs
 * behind them.  MISMATCH; NOT_FINITE for moments that are not numbers. */
gboolean  atelier_training_state_check     (const AtelierTrainingState *state,
                                            AtelierNetwork             *network,
                                            const AtelierRecipe        *recipe,
                                            AtelierWeights              own,
                                            guint                       n_model_epochs,
                                            GError                    **error);

/* Everything but moments and weights; transfer full. */
JsonNode *atelier_training_state_to_json   (const AtelierTrainingState *state,
                                            const AtelierRecipe        *recipe);
/* Leaves moments and weights alone.  Reading is strict, as for recipes. FORMAT. */
gboolean  atelier_training_state_from_json (AtelierTrainingState       *state,
                                            const AtelierRecipe        *recipe,
                                            JsonNode                   *node,
                                            const char                 *origin,
                                            GError                    **error);

G_END_DECLS
