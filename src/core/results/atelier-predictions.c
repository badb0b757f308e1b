/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a network said about the images of a split.
 *
 * A run keeps two of these for every finished epoch (of the validation split and of a sample of the
 * training images), so that any epoch's mistakes can be looked at later: small counts.  An image
 * takes five bytes: its predicted class, and the scores of that and of the truth in steps of
 * 1/65,535, which is finer than anything shown.  All other scores are dropped; an inspector
 * computes them anew from the weights.  Labels and pictures' numbers are the same in every
 * epoch, and shared.
 *
 * Immutable after atelier_predictions_new, so any thread may read; the reference count is atomic.
 */

#include "config.h"

#include "results/atelier-predictions.h"

#include <string.h>

#define SCORE_STEPS 65535

struct _AtelierPredictions
{
  AtelierSplit split;
  guint n;
  guint n_classes;
  const guint8 *label_data;  /* [n], in labels */
  const guint32 *picture_data; /* [n], in pictures, or NULL */
  gboolean is_sample;

  /* Owned */
  GBytes *labels;
  GBytes *pictures;      /* nullable */
  guint16 *scores;       /* [n] */
  guint16 *truth_scores; /* [n] */
  guint8 *classes;       /* [n] */
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
              guint        n_classes)
{
  guint highest = 0;

  for (guint i_class = 1; i_class < n_classes; i_class++)
    {
      if (scores[i_class] > scores[highest])
        highest = i_class;
    }

  return highest;
}

static gboolean
has_image (AtelierPredictions *predictions,
           guint               i_image)
{
  g_return_val_if_fail (predictions != NULL, FALSE);
  g_return_val_if_fail (i_image < predictions->n, FALSE);

  return TRUE;
}

static void
read_scores (AtelierPredictions *predictions,
             const float        *scores)
{
  for (guint i = 0; i < predictions->n; i++)
    {
      const float *row = scores + (gsize) i * predictions->n_classes; /* [n_classes] */
      guint predicted = find_highest (row, predictions->n_classes);

      predictions->classes[i] = (guint8) predicted;
      predictions->scores[i] = quantize_score (row[predicted]);
      predictions->truth_scores[i] = quantize_score (row[predictions->label_data[i]]);
    }
}

/* A later label would be read beyond the scores. */
static gboolean
are_labels_below (GBytes *labels,
                  guint   n_classes)
{
  gsize n;
  const guint8 *data = g_bytes_get_data (labels, &n);

  for (gsize i = 0; i < n; i++)
    {
      if (data[i] >= n_classes)
        return FALSE;
    }

  return TRUE;
}

static void
clear_predictions (gpointer data)
{
  AtelierPredictions *predictions = data;

  g_bytes_unref (predictions->labels);
  g_clear_pointer (&predictions->pictures, g_bytes_unref);
  g_free (predictions->scores);
  g_free (predictions->truth_scores);
  g_free (predictions->classes);
}

AtelierPredictions *
atelier_predictions_new (AtelierSplit  split,
                         const float  *scores,
                         const guint8 *labels,
                         guint         n,
                         guint         n_classes)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (n == 0 || (scores != NULL && labels != NULL), NULL);

  bytes = g_bytes_new (labels, n);

  return atelier_predictions_new_shared (split, scores, bytes, NULL, FALSE, n_classes);
}

/* Without classes and scores; NULL where the arrays do not belong together. */
static AtelierPredictions *
create_empty (AtelierSplit  split,
              GBytes       *labels,
              GBytes       *pictures,
              gboolean      is_sample,
              guint         n_classes)
{
  AtelierPredictions *predictions;
  gsize n;

  g_return_val_if_fail (labels != NULL, NULL);
  g_return_val_if_fail (n_classes >= 1 && n_classes <= 256, NULL);
  g_return_val_if_fail (are_labels_below (labels, n_classes), NULL);

  n = g_bytes_get_size (labels);
  g_return_val_if_fail (n <= G_MAXUINT, NULL);
  g_return_val_if_fail (pictures == NULL || g_bytes_get_size (pictures) == n * sizeof (guint32),
                        NULL);

  predictions = g_atomic_rc_box_new0 (AtelierPredictions);
  predictions->split = split;
  predictions->n = (guint) n;
  predictions->n_classes = n_classes;
  predictions->labels = g_bytes_ref (labels);
  predictions->label_data = g_bytes_get_data (labels, NULL);
  predictions->is_sample = is_sample;
  if (pictures != NULL)
    {
      predictions->pictures = g_bytes_ref (pictures);
      predictions->picture_data = g_bytes_get_data (pictures, NULL);
    }
  predictions->scores = g_new (guint16, n);
  predictions->truth_scores = g_new (guint16, n);
  predictions->classes = g_new (guint8, n);

  return predictions;
}

AtelierPredictions *
atelier_predictions_new_shared (AtelierSplit  split,
                                const float  *scores,
                                GBytes       *labels,
                                GBytes       *pictures,
                                gboolean      is_sample,
                                guint         n_classes)
{
  AtelierPredictions *predictions = create_empty (split, labels, pictures, is_sample, n_classes);

  if (predictions == NULL)
    return NULL;
  g_return_val_if_fail (predictions->n == 0 || scores != NULL, predictions);

  read_scores (predictions, scores);

  return predictions;
}

AtelierPredictions *
atelier_predictions_new_kept (AtelierSplit   split,
                              GBytes        *labels,
                              GBytes        *pictures,
                              gboolean       is_sample,
                              guint          n_classes,
                              const guint8  *classes,
                              const guint16 *scores,
                              const guint16 *truth_scores)
{
  AtelierPredictions *predictions = create_empty (split, labels, pictures, is_sample, n_classes);

  if (predictions == NULL || predictions->n == 0)
    return predictions;

  memcpy (predictions->classes, classes, predictions->n);
  memcpy (predictions->scores, scores, predictions->n * sizeof *scores);
  memcpy (predictions->truth_scores, truth_scores, predictions->n * sizeof *truth_scores);

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

gboolean
atelier_predictions_is_sample (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, FALSE);

  return predictions->is_sample;
}

guint
atelier_predictions_get_picture (AtelierPredictions *predictions,
                                 guint               i_image)
{
  if (!has_image (predictions, i_image))
    return 0;

  return predictions->picture_data != NULL ? predictions->picture_data[i_image] : i_image;
}

gboolean
atelier_predictions_find (AtelierPredictions *predictions,
                          guint               picture,
                          guint              *i_image)
{
  guint low = 0, high;

  g_return_val_if_fail (predictions != NULL && i_image != NULL, FALSE);

  high = predictions->n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint found = atelier_predictions_get_picture (predictions, middle);

      if (found == picture)
        {
          *i_image = middle;
          return TRUE;
        }
      if (found < picture)
        low = middle + 1;
      else
        high = middle;
    }

  return FALSE;
}

guint
atelier_predictions_get_label (AtelierPredictions *predictions,
                               guint               i_image)
{
  return has_image (predictions, i_image) ? predictions->label_data[i_image] : 0;
}

guint
atelier_predictions_get_class (AtelierPredictions *predictions,
                               guint               i_image)
{
  return has_image (predictions, i_image) ? predictions->classes[i_image] : 0;
}

double
atelier_predictions_get_score (AtelierPredictions *predictions,
                               guint               i_image)
{
  if (!has_image (predictions, i_image))
    return 0.0;

  return predictions->scores[i_image] / (double) SCORE_STEPS;
}

double
atelier_predictions_get_truth_score (AtelierPredictions *predictions,
                                     guint               i_image)
{
  if (!has_image (predictions, i_image))
    return 0.0;

  return predictions->truth_scores[i_image] / (double) SCORE_STEPS;
}

const guint8 *
atelier_predictions_get_labels (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, NULL);

  return predictions->label_data;
}

const guint8 *
atelier_predictions_get_classes (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, NULL);

  return predictions->classes;
}

const guint16 *
atelier_predictions_get_kept_scores (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, NULL);

  return predictions->scores;
}

const guint16 *
atelier_predictions_get_kept_truth_scores (AtelierPredictions *predictions)
{
  g_return_val_if_fail (predictions != NULL, NULL);

  return predictions->truth_scores;
}
