/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures and their mirror images.
 *
 * A data set may show its things from one side only: the shoes of Fashion-MNIST all point to the
 * left, and a network that learned them takes a shoe that points to the right for a bag.  One that
 * was trained with mirrored pictures as well does not need this.  One thread at a time for the same
 * predictor.
 */

#pragma once

#include "inference/atelier-neighbors.h"
#include "inference/atelier-predictor.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean was_mirrored; /* the scores are the mirror image's */
  gboolean is_hint;      /* they are not, but the mirror image would be called something else, and
                          * the network is much surer of that: */
  guint    hint_class;
  float    hint_score;
  gboolean is_other;     /* the mirror image would be called something else at all */
} AtelierMirrorJudgement;

/* Classifies @pixels; with ATELIER_MIRROR_SURER, or their mirror image, whichever has the higher
 * best score.  @scores: [n_classes].  Errors of atelier_predictor_classify (). */
gboolean atelier_mirror_classify (AtelierPredictor        *predictor,
                                  AtelierMirror            mirror,
                                  const guint8            *pixels,
                                  float                   *scores,
                                  AtelierMirrorJudgement  *judgement,
                                  GError                 **error);
/* Decides again about the hint where the training pictures are at hand: they say more about it than
 * how sure the network is, which takes most turned things for something else without a doubt.
 * @neighborhood: of the same pixels. */
void     atelier_mirror_compare  (AtelierMirrorJudgement     *judgement,
                                  const AtelierNeighborhood  *neighborhood);

G_END_DECLS
