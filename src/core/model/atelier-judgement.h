/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierJudgement - what a run knows of its epochs so far, as far as that decides what comes: the
 * best of them by the recipe's figure, and what a schedule has noted.
 *
 * The figure is the plain validation loss or accuracy, whatever training makes of labels, images or
 * weights.  Without validation images there is none; then no recipe may need it, and the training
 * loss says which epoch is the best.  A plain value; pure functions; any thread.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "kinds/atelier-recipe-values.h"

G_BEGIN_DECLS

typedef struct
{
  guint                best_epoch; /* from 1; 0 before the first */
  double               best;       /* its figure */
  AtelierScheduleState schedule;
} AtelierJudgement;

/* Whether the recipe needs validation images: to end early, for its schedule, or to keep the best
 * epoch's weights. */
gboolean atelier_judgement_is_needed (const AtelierRecipeValues *values);
/* Whether @figure is better than @other. */
gboolean atelier_judgement_is_better (AtelierJudgedBy            judged_by,
                                      double                     figure,
                                      double                     other);
/* Takes down a finished epoch; TRUE where it is the best so far.  The first of equal ones is. */
gboolean atelier_judgement_add       (AtelierJudgement          *judgement,
                                      const AtelierRecipeValues *values,
                                      guint                      epoch,
                                      double                     figure);
/* Whether the recipe's patience has ended after @n_epochs. */
gboolean atelier_judgement_is_over   (const AtelierJudgement    *judgement,
                                      const AtelierRecipeValues *values,
                                      guint                      n_epochs);
/* Whether it can be that of a run after @n_epochs. */
gboolean atelier_judgement_is_good   (const AtelierJudgement    *judgement,
                                      guint                      n_epochs);

gboolean atelier_judgement_equal     (const AtelierJudgement    *a,
                                      const AtelierJudgement    *b);

/* Transfer full. */
JsonNode *atelier_judgement_to_json  (const AtelierJudgement    *judgement);
/* Strict.  FORMAT. */
gboolean atelier_judgement_from_json (AtelierJudgement          *judgement,
                                      JsonNode                  *node,
                                      const char                *origin,
                                      GError                   **error);

G_END_DECLS
