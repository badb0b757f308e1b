/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a network said about every image of a split.
 *
 * A run keeps one of these for every finished epoch, so that any epoch's mistakes can be looked at
 * later: small counts.  An image takes six bytes: its label, its predicted class, and the scores of
 * both in steps of 1/65,535, which is finer than anything shown.  All other scores are dropped; an
 * inspector computes them anew from the weights.
 *
 * Immutable after atelier_predictions_new, so any thread may read; the reference count is atomic.
 */

#include "config.h"

#include "atelier-predictions.h"

#define SCORE_STEPS 65535

typedef struct
{
  guint16 score;
  guint16 truth_score;
  guint8 label;
  guint8 predicted;
} Record;

struct _AtelierPredictions
{
  AtelierSplit split;
  guint n;
  guint n_classes;

  /* Owned */
  Record *records; /* [n] */
};

G_DEFINE_BOXED_TYPE (AtelierPredictions,
                     atelier_predictions,
                     atelier_predictions_ref,
                     atelier_predictions_unref)

/* Not a number counts as 0, so that a network gone wrong still has something to show. */
static guint16
quantize_score (float score)
{
  if (!(score > 0.0f))
    return 0;

  return (guint16) (MIN (score, 1.0f) * SCORE_STEPS + 0.5f);
}

static guint
find_highest (const float *scores,
              guint n_classes)
{
  guint highest = 0;

  for (guint i_class = 1; i_class < n_classes; i_class++)
    {
      if (scores[i_class] > scores[highest])
        highest = i_class;
    }

  return highest;
}

static const Record *
get_record (AtelierPredictions *predictions,
            guint i_image)
{
  static const Record none = { 0 };

  g_return_val_if_fail (predictions != NULL, &none);
  g_return_val_if_fail (i_image < predictions->n, &none);

  return &predictions->records[i_image];
}

static void
clear_predictions (gpointer data)
{
  AtelierPredictions *predictions = data;

  g_free (predictions->records);
}

AtelierPredictions *
atelier_predictions_new (AtelierSplit split,
                         const float *scores,
                         const guint8 *labels,
                         guint n,
                         guint n_classes)
{
  AtelierPredictions *predictions;

  g_return_val_if_fail (n_classes >= 1 && n_classes <= 256, NULL);
  g_return_val_if_fail (n == 0 || (scores != NULL && labels != NULL), NULL);

  predictions = g_atomic_rc_box_new0 (AtelierPredictions);
  predictions->split = split;
  predictions->n = n;
  predictions->n_classes = n_classes;
  predictions->records = g_new (Record, n);

  for (guint i = 0; i < n; i++)
    {
      const float *row = scores + (gsize) i * n_classes; /* [n_classes] */
      guint predicted = find_highest (row, n_classes);
      guint label = MIN (labels[i], n_classes - 1);

      predictions->records[i] = (Record) {
        .score = quantize_score (row[predicted]),
        .truth_score = quantize_score (row[label]),
        .label = (guint8) label,
        .predicted = (guint8) predicted,
      };
    }

  return predictions;
}

AtelierPredictions *
atelier_predictions_ref (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, NULL);

  return g_atomic_rc_box_acquire (predictions);
}

void
atelier_predictions_unref (AtelierPredictions *predictions)
{
  g_return_if_fail (predictions != NULL);

  g_atomic_rc_box_release_full (predictions, clear_predictions);
}

AtelierSplit
atelier_predictions_get_split (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, ATELIER_SPLIT_TRAIN);

  return predictions->split;
}

guint
atelier_predictions_get_n (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, 0);

  return predictions->n;
}

guint
atelier_predictions_get_n_classes (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, 0);

  return predictions->n_classes;
}

guint
atelier_predictions_get_label (AtelierPredictions *predictions,
                               guint i_image)
{
  return get_record (predictions, i_image)->label;
}

guint
atelier_predictions_get_class (AtelierPredictions *predictions,
                               guint i_image)
{
  return get_record (predictions, i_image)->predicted;
}

double
atelier_predictions_get_score (AtelierPredictions *predictions,
                               guint i_image)
{
  return get_record (predictions, i_image)->score / (double) SCORE_STEPS;
}

double
atelier_predictions_get_truth_score (AtelierPredictions *predictions,
                                     guint i_image)
{
  return get_record (predictions, i_image)->truth_score / (double) SCORE_STEPS;
}
