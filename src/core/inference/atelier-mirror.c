/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "inference/atelier-mirror.h"

#include <string.h>

/* When the mirror image is worth a hint: without the training pictures, and with them. */
#define MAX_UNSURE 0.9f
#define MIN_SURE 0.995f
#define MIN_SURE_TURNED 0.7f

static guint
find_best (const float *scores,
           guint        n_classes)
{
  guint best = 0;

  for (guint i = 1; i < n_classes; i++)
    if (scores[i] > scores[best])
      best = i;
  return best;
}

gboolean
atelier_mirror_classify (AtelierPredictor        *predictor,
                         AtelierMirror            mirror,
                         const guint8            *pixels,
                         float                   *scores,
                         AtelierMirrorJudgement  *judgement,
                         GError                 **error)
{
  AtelierNetwork *network;
  g_autofree guint8 *mirrored = NULL;
  g_autofree float *others = NULL;
  guint height, width, n_classes, best, other;

  g_return_val_if_fail (ATELIER_IS_PREDICTOR (predictor), FALSE);
  g_return_val_if_fail (pixels != NULL && scores != NULL && judgement != NULL, FALSE);

  *judgement = (AtelierMirrorJudgement) { FALSE };
  network = atelier_model_get_network (atelier_predictor_get_model (predictor));
  atelier_network_get_input (network, &height, &width, NULL);
  n_classes = atelier_network_get_n_classes (network);
  mirrored = g_malloc ((gsize) height * width);
  others = g_new (float, n_classes);
  atelier_input_mirror (pixels, width, height, mirrored);
  if (!atelier_predictor_classify (predictor, pixels, scores, error)
      || !atelier_predictor_classify (predictor, mirrored, others, error))
    return FALSE;
  best = find_best (scores, n_classes);
  other = find_best (others, n_classes);
  if (mirror == ATELIER_MIRROR_SURER)
    judgement->was_mirrored = others[other] > scores[best];
  else
    judgement->is_hint = other != best && scores[best] < MAX_UNSURE && others[other] >= MIN_SURE;
  judgement->is_other = other != best;
  judgement->hint_class = other;
  judgement->hint_score = others[other];
  if (judgement->was_mirrored)
    memcpy (scores, others, n_classes * sizeof scores[0]);
  return TRUE;
}

void
atelier_mirror_compare (AtelierMirrorJudgement    *judgement,
                        const AtelierNeighborhood *neighborhood)
{
  g_return_if_fail (judgement != NULL && neighborhood != NULL);

  judgement->is_hint = !judgement->was_mirrored && judgement->is_other && neighborhood->is_turned
                       && judgement->hint_score >= MIN_SURE_TURNED;
}
