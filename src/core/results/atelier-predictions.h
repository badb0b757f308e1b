/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPredictions - what a network said about every image of a split, or of a sample of it.
 *
 * Images are counted from 0 to n - 1.  Of a whole split that is the image's index in the split; of
 * a sample it is not, and whoever turns a prediction into a picture asks
 * atelier_predictions_get_index.
 * Immutable after it was filled, reference-counted, any thread.
 */

#pragma once

#include "data/atelier-dataset.h"

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
/* The same with labels and indices that many predictions share; takes references.  @labels: guint8
 * [n], each below @n_classes.  @indices: guint32 [n], growing: which images of the split these are;
 * NULL where they are all of it.  Transfer full. */
AtelierPredictions *atelier_predictions_new_shared (AtelierSplit   split,
                                                    const float   *scores,
                                                    GBytes        *labels,
                                                    GBytes        *indices,
                                                    guint          n_classes);
AtelierPredictions *atelier_predictions_ref   (AtelierPredictions *predictions);
void                atelier_predictions_unref (AtelierPredictions *predictions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPredictions, atelier_predictions_unref)

AtelierSplit        atelier_predictions_get_split       (AtelierPredictions *predictions);
guint               atelier_predictions_get_n           (AtelierPredictions *predictions);
guint               atelier_predictions_get_n_classes   (AtelierPredictions *predictions);
/* Of a sample rather than of the whole split. */
gboolean            atelier_predictions_is_sample       (AtelierPredictions *predictions);
/* The index of image @i_image in its split, and the way back; FALSE where it is not among them. */
guint               atelier_predictions_get_index       (AtelierPredictions *predictions,
                                                         guint               i_image);
gboolean            atelier_predictions_find            (AtelierPredictions *predictions,
                                                         guint               index,
                                                         guint              *i_image);
guint               atelier_predictions_get_label       (AtelierPredictions *predictions,
                                                         guint               i_image);
guint               atelier_predictions_get_class       (AtelierPredictions *predictions,
                                                         guint               i_image);
/* The score of the predicted class, and that of the label. */
double              atelier_predictions_get_score       (AtelierPredictions *predictions,
                                                         guint               i_image);
double              atelier_predictions_get_truth_score (AtelierPredictions *predictions,
                                                         guint               i_image);
/* All labels and all predicted classes, [n] each; borrowed. */
const guint8       *atelier_predictions_get_labels      (AtelierPredictions *predictions);
const guint8       *atelier_predictions_get_classes     (AtelierPredictions *predictions);

G_END_DECLS
