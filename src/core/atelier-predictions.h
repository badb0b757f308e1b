/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPredictions - what a network said about every image of a split, six bytes an image.
 *
 * Immutable after it was filled, reference-counted, any thread.
 */

#pragma once

#include "atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PREDICTIONS (atelier_predictions_get_type ())
typedef struct _AtelierPredictions AtelierPredictions;

GType               atelier_predictions_get_type (void) G_GNUC_CONST;

/* @scores: [n, n_classes], softmax; kept to 1/65,535.  Ties go to the lower class.  @labels: [n],
 * each below @n_classes, of which there are at most 256.  Transfer full. */
AtelierPredictions *atelier_predictions_new   (AtelierSplit        split,
                                               const float        *scores,
                                               const guint8       *labels,
                                               guint               n,
                                               guint               n_classes);
AtelierPredictions *atelier_predictions_ref   (AtelierPredictions *predictions);
void                atelier_predictions_unref (AtelierPredictions *predictions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPredictions, atelier_predictions_unref)

AtelierSplit        atelier_predictions_get_split       (AtelierPredictions *predictions);
guint               atelier_predictions_get_n           (AtelierPredictions *predictions);
guint               atelier_predictions_get_n_classes   (AtelierPredictions *predictions);
guint               atelier_predictions_get_label       (AtelierPredictions *predictions,
                                                         guint               i_image);
guint               atelier_predictions_get_class       (AtelierPredictions *predictions,
                                                         guint               i_image);
/* The score of the predicted class, and that of the label. */
double              atelier_predictions_get_score       (AtelierPredictions *predictions,
                                                         guint               i_image);
double              atelier_predictions_get_truth_score (AtelierPredictions *predictions,
                                                         guint               i_image);

G_END_DECLS
