/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPredictor - classifies with a model's weights, and measures a model on a split.
 *
 * Each predictor has its own copy of the network in the engine, so it never disturbs a training in
 * progress.  The synchronous functions may be called from any thread, but only from one at a time
 * for the same predictor.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"
#include "model/atelier-model.h"
#include "results/atelier-confusion.h"
#include "results/atelier-predictions.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PREDICTOR (atelier_predictor_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPredictor, atelier_predictor, ATELIER, PREDICTOR, GObject)

AtelierPredictor *atelier_predictor_new       (AtelierModel     *model,
                                               GError          **error);
AtelierModel     *atelier_predictor_get_model (AtelierPredictor *predictor); /* borrowed */
/* Copies the weights if @model has the same network, else creates a new engine model. */
gboolean          atelier_predictor_set_model (AtelierPredictor *predictor,
                                               AtelierModel     *model,
                                               GError          **error);

/* Classifies one image.  @pixels: bytes of the network's input size; @scores: [n_classes].  Takes
 * about 100 us, so it can be called on the main thread. */
gboolean          atelier_predictor_classify  (AtelierPredictor *predictor,
                                               const guint8     *pixels,
                                               float            *scores,
                                               GError          **error);

typedef struct
{
  AtelierPredictions *predictions; /* Owned */
  AtelierConfusion   *confusion;   /* Owned */
  double              loss;        /* mean, without penalty */
  double              penalty;     /* recipe's l2 times the sum of squared weights */
  double              accuracy;
  double              seconds;
} AtelierEvaluation;

void               atelier_evaluation_free (AtelierEvaluation *evaluation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierEvaluation, atelier_evaluation_free)

/* Fails if a split has no images, so that this is known before any work.  UNSUPPORTED. */
gboolean           atelier_evaluate_check  (AtelierSplits  *splits,
                                            AtelierSplit    split,
                                            GError        **error);
/* Classifies every image of a split.  @raw_pixels: does not divide bytes by 255, whatever the
 * recipe says (the report's mistake).  @n_threads 0: one for each core.  MISMATCH if data set and
 * network do not fit; UNSUPPORTED if there are no images.  Synchronous, any thread. */
AtelierEvaluation *atelier_evaluate        (AtelierModel   *model,
                                            AtelierSplits  *splits,
                                            AtelierSplit    split,
                                            gboolean        raw_pixels,
                                            guint           n_threads,
                                            GCancellable   *cancellable,
                                            GError        **error);
/* The same on a thread of GTask's pool. */
void               atelier_evaluate_async  (AtelierModel        *model,
                                            AtelierSplits       *splits,
                                            AtelierSplit         split,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
AtelierEvaluation *atelier_evaluate_finish (GAsyncResult        *result,
                                            GError             **error);

G_END_DECLS
