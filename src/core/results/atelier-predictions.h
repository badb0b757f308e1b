/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPredictions - what a network said about every image of a split, or of a sample of it.
 *
 * Images are counted from 0 to n - 1.  Each has the number of its picture in the data set
 * (atelier_predictions_get_picture), which keeps its meaning when the data are split in another
 * way later.
 *
 * Immutable after it was filled, reference-counted, any thread.
 */

#pragma once

#include "data/atelier-splits.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PREDICTIONS (atelier_predictions_get_type ())
typedef struct _AtelierPredictions AtelierPredictions;

GType               atelier_predictions_get_type (void) G_GNUC_CONST;

/* @scores: [n, n_classes], softmax; kept to 1/65,535.  Ties go to the lower class.  @labels: [n],
 * each below @n_classes, of which there are at most 256.  The pictures are the first @n of the data
 * set.  Transfer full. */
AtelierPredictions *atelier_predictions_new   (AtelierSplit        split,
                                               const float        *scores,
                                               const guint8       *labels,
                                               guint               n,
                                               guint               n_classes);
/* The same with labels and pictures that many predictions share; takes references.  @labels: guint8
 * [n], each below @n_classes.  @pictures: guint32 [n], growing: their numbers in the data set;
 * NULL: 0 to n - 1.  @is_sample: of a sample rather than of the whole split.  Transfer full. */
AtelierPredictions *atelier_predictions_new_shared (AtelierSplit   split,
                                                    const float   *scores,
                                                    GBytes        *labels,
                                                    GBytes        *pictures,
                                                    gboolean       is_sample,
                                                    guint          n_classes);
/* What was kept before: @classes and @labels, guint8 [n], each below @n_classes; @scores and
 * @truth_scores [n], in steps of 1/65,535.  Copied; transfer full. */
AtelierPredictions *atelier_predictions_new_kept   (AtelierSplit   split,
                                                    GBytes        *labels,
                                                    GBytes        *pictures,
                                                    gboolean       is_sample,
                                                    guint          n_classes,
                                                    const guint8  *classes,
                                                    const guint16 *scores,
                                                    const guint16 *truth_scores);
AtelierPredictions *atelier_predictions_ref   (AtelierPredictions *predictions);
void                atelier_predictions_unref (AtelierPredictions *predictions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierPredictions, atelier_predictions_unref)

AtelierSplit        atelier_predictions_get_split       (AtelierPredictions *predictions);
guint               atelier_predictions_get_n           (AtelierPredictions *predictions);
guint               atelier_predictions_get_n_classes   (AtelierPredictions *predictions);
/* Of a sample rather than of the whole split. */
gboolean            atelier_predictions_is_sample       (AtelierPredictions *predictions);
/* The number of an image's picture in the data set, and the way back; FALSE where the picture is
 * not among them. */
guint               atelier_predictions_get_picture     (AtelierPredictions *predictions,
                                                         guint               i_image);
gboolean            atelier_predictions_find            (AtelierPredictions *predictions,
                                                         guint               picture,
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
/* As new_kept takes them, [n] each; borrowed. */
const guint16      *atelier_predictions_get_kept_scores (AtelierPredictions *predictions);
const guint16      *atelier_predictions_get_kept_truth_scores (AtelierPredictions *predictions);

G_END_DECLS
