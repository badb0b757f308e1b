/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading curves.
 *
 * The rules ask two questions of a difference: is it larger than other pictures would make it, and
 * is it larger than other batches would make it?  For the first, the predictions of every epoch are
 * kept, so the pictures' losses are subtracted one by one; most of a picture's loss is its own
 * difficulty, which cancels.  Scores are kept in steps of 1/65,535, and a score of 0 counts as half
 * a step, so that no picture's loss is more than 11.8.  For the second, the curve's second
 * differences show its noise.  The first epoch is left out of them, since what it falls by is no
 * noise.
 *
 * A large gap between training and validation was rejected as a sign of overfitting: every network
 * that has learnt has one, and validation loss may fall on all the same.
 *
 * Divergence is not a matter of noise, and is said from the second epoch on.  Guessing is one
 * question to the best epoch and not a trend, so a short run is told about it at its end.
 * tests/core/results/test-words-chance.c counts how often each verdict is wrong by chance.
 */

#include "config.h"

#include "results/atelier-curve-reading.h"

#include <math.h>

#include "results/atelier-statistics.h"

#define MIN_EPOCHS 6           /* before, a trend cannot be told from noise */
#define N_RUNNING 3            /* epochs that a rise has to last, or a fall has to take */
#define N_LEVEL 5              /* epochs of a plateau */
#define CLEAR_ERRORS 4.0       /* of a rise: the best of many epochs was lucky, too */
#define SMALL_ERRORS 2.0       /* of everything else */
#define CLEARLY_BELOW 0.9      /* of the entropy: what has been below has learnt */
#define SMALLEST_SCORE (0.5 / 65535.0)
#define SIGNIFICANT 0.05

/* One loss of every epoch, with the predictions that it is the mean of. */
typedef struct
{
  const double               *losses;      /* [n_epochs] */
  AtelierPredictions * const *predictions; /* [n_epochs], each nullable; nullable */
  double                      noise;       /* NaN: not known */
} Track;

double
atelier_curve_reading_get_loss (const AtelierCurveReading *reading,
                                const AtelierEpochFigures *figures)
{
  return reading->has_validation ? figures->validation_loss : figures->loss;
}

double
atelier_curve_reading_get_accuracy (const AtelierCurveReading *reading,
                                    const AtelierEpochFigures *figures)
{
  return reading->has_validation ? figures->validation_accuracy : figures->accuracy;
}

/* ---- Tracks ---- */

static AtelierPredictions *
get_predictions (AtelierPredictions * const *predictions,
                 guint                       i_epoch)
{
  return predictions != NULL ? predictions[i_epoch] : NULL;
}

static double
get_picture_loss (AtelierPredictions *predictions,
                  guint               i_image)
{
  return -log (MAX (atelier_predictions_get_truth_score (predictions, i_image), SMALLEST_SCORE));
}

/* The standard error of the difference of two mean losses over the same pictures; NaN where they
 * are not kept. */
static double
get_paired_error (AtelierPredictions *a,
                  AtelierPredictions *b)
{
  double sum = 0.0, sum_squares = 0.0;
  guint n;

  if (a == NULL || b == NULL
      || atelier_predictions_get_n (a) != atelier_predictions_get_n (b))
    return NAN;

  n = atelier_predictions_get_n (a);
  for (guint i = 0; i < n; i++)
    {
      double difference = get_picture_loss (a, i) - get_picture_loss (b, i);

      sum += difference;
      sum_squares += difference * difference;
    }

  return atelier_statistics_get_mean_error (sum, sum_squares, n);
}

/* The error of the difference between two epochs' losses; infinite where nothing is known of it,
 * so that nothing is said.  fmax passes over what is not a number. */
static double
get_error (const Track *track,
           guint        i_epoch,
           guint        i_other)
{
  double error = fmax (get_paired_error (get_predictions (track->predictions, i_epoch),
                                         get_predictions (track->predictions, i_other)),
                       G_SQRT2 * track->noise);

  return isnan (error) ? INFINITY : error;
}

/* Whether the loss of @i_epoch is more than @n_errors above that of @i_other. */
static gboolean
is_above (const Track *track,
          guint        i_epoch,
          guint        i_other,
          double       n_errors)
{
  double difference = track->losses[i_epoch] - track->losses[i_other];

  return difference > 0.0 && difference > n_errors * get_error (track, i_epoch, i_other);
}

static void
init_track (Track                      *track,
            const double               *losses,
            AtelierPredictions * const *predictions,
            guint                       n_epochs)
{
  *track = (Track) {
    .losses = losses,
    .predictions = predictions,
    .noise = n_epochs > 1 ? atelier_statistics_get_noise (losses + 1, n_epochs - 1) : NAN,
  };
}

/* ---- Classes ---- */

static AtelierPredictions *
find_newest (AtelierPredictions * const *predictions,
             guint                       n_epochs)
{
  for (guint i = n_epochs; predictions != NULL && i > 0; i--)
    if (predictions[i - 1] != NULL && atelier_predictions_get_n (predictions[i - 1]) > 0)
      return predictions[i - 1];

  return NULL;
}

/* The share of the largest class among the labels, and their entropy in nats. */
static double
measure_classes (AtelierPredictions *predictions,
                 double             *entropy)
{
  const guint8 *labels = atelier_predictions_get_labels (predictions);
  const guint n = atelier_predictions_get_n (predictions);
  guint counts[256] = { 0 };
  double largest = 0.0;

  *entropy = 0.0;
  for (guint i = 0; i < n; i++)
    counts[labels[i]]++;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      double share = (double) counts[i] / n;

      largest = fmax (largest, share);
      if (share > 0.0)
        *entropy -= share * log (share);
    }

  return largest;
}

/* NaN where nothing was kept. */
static double
get_guessing_limit (AtelierPredictions *predictions, /* nullable */
                    double             *largest_share)
{
  double entropy;

  *largest_share = NAN;
  if (predictions == NULL)
    return NAN;

  *largest_share = measure_classes (predictions, &entropy);

  return atelier_statistics_get_guessing_limit (*largest_share,
                                                atelier_predictions_get_n (predictions));
}

/* The accuracy over the judged pictures: without validation the sample's, not the running one. */
static double
find_highest_accuracy (const AtelierCurveReading *reading,
                       const AtelierRunCurves    *curves)
{
  double highest = NAN;

  for (guint i = 0; i < curves->n_epochs; i++)
    highest = fmax (highest, reading->has_validation ? curves->figures[i].validation_accuracy
                                                     : curves->figures[i].train_eval_accuracy);

  return highest;
}

/* ---- Verdicts ---- */

static gboolean
is_guessing (AtelierCurveReading    *reading,
             const AtelierRunCurves *curves)
{
  const AtelierEpochFigures *newest = &curves->figures[curves->n_epochs - 1];
  double limit, share;

  if (curves->n_epochs < MIN_EPOCHS && !reading->is_over)
    return FALSE;
  if (!(find_highest_accuracy (reading, curves) <= reading->guessing_limit))
    return FALSE;

  limit = get_guessing_limit (find_newest (curves->training, curves->n_epochs), &share);
  reading->knows_training = reading->has_validation && newest->train_eval_accuracy > limit;

  return TRUE;
}

static gboolean
has_diverged (const AtelierCurveReading *reading,
              const Track               *training,
              guint                      n_epochs)
{
  double lowest = INFINITY;

  for (guint i = 0; i + 1 < n_epochs; i++)
    lowest = fmin (lowest, training->losses[i]);

  return lowest < CLEARLY_BELOW * reading->entropy
         && training->losses[n_epochs - 1] > reading->entropy;
}

/* The newest epochs all lie clearly above the best. */
static gboolean
has_risen (const AtelierCurveReading *reading,
           const Track               *judged,
           guint                      n_epochs)
{
  const guint i_best = (guint) reading->i_best;

  if (i_best + N_RUNNING >= n_epochs)
    return FALSE;
  for (guint i = n_epochs - N_RUNNING; i < n_epochs; i++)
    if (!is_above (judged, i, i_best, CLEAR_ERRORS))
      return FALSE;

  return TRUE;
}

static gboolean
is_level (const Track *judged,
          guint        n_epochs)
{
  guint i_lowest = n_epochs - N_LEVEL, i_highest = i_lowest;

  for (guint i = n_epochs - N_LEVEL; i < n_epochs; i++)
    {
      if (!isfinite (judged->losses[i]))
        return FALSE;
      if (judged->losses[i] < judged->losses[i_lowest])
        i_lowest = i;
      if (judged->losses[i] > judged->losses[i_highest])
        i_highest = i;
    }

  return !is_above (judged, i_highest, i_lowest, SMALL_ERRORS);
}

/* Whether no fewer pictures are recognised than at the best epoch, as far as can be told. */
static gboolean
has_kept_accuracy (const AtelierRunCurves *curves,
                   guint                   i_best)
{
  AtelierPredictions *best = get_predictions (curves->validation, i_best);
  AtelierPredictions *newest = get_predictions (curves->validation, curves->n_epochs - 1);
  guint n_lost = 0, n_won = 0;

  if (best == NULL || newest == NULL
      || atelier_predictions_get_n (best) != atelier_predictions_get_n (newest))
    return FALSE;

  for (guint i = 0; i < atelier_predictions_get_n (best); i++)
    {
      const guint label = atelier_predictions_get_label (best, i);
      const gboolean was_right = atelier_predictions_get_class (best, i) == label;
      const gboolean is_right = atelier_predictions_get_class (newest, i) == label;

      n_lost += was_right && !is_right;
      n_won += !was_right && is_right;
    }

  return n_won >= n_lost || atelier_statistics_get_mcnemar_p (n_lost, n_won) > SIGNIFICANT;
}

static AtelierCurveVerdict
judge_rise (AtelierCurveReading    *reading,
            const AtelierRunCurves *curves,
            const Track            *training)
{
  const guint i_best = (guint) reading->i_best, i_newest = curves->n_epochs - 1;

  if (!reading->has_validation || is_above (training, i_newest, i_best, CLEAR_ERRORS))
    return ATELIER_CURVE_RISING;
  if (!is_above (training, i_best, i_newest, CLEAR_ERRORS))
    return ATELIER_CURVE_OPEN;

  reading->is_surer = has_kept_accuracy (curves, i_best);

  return ATELIER_CURVE_OVERFITTING;
}

static AtelierCurveVerdict
judge_trend (AtelierCurveReading    *reading,
             const AtelierRunCurves *curves,
             const Track            *judged,
             const Track            *training)
{
  const guint n_epochs = curves->n_epochs, i_best = (guint) reading->i_best;

  if (n_epochs < MIN_EPOCHS)
    return ATELIER_CURVE_OPEN;
  if (has_risen (reading, judged, n_epochs))
    return judge_rise (reading, curves, training);
  if (i_best == n_epochs - 1
      && is_above (judged, n_epochs - 1 - N_RUNNING, n_epochs - 1, SMALL_ERRORS))
    return ATELIER_CURVE_LEARNING;
  if (is_level (judged, n_epochs))
    return ATELIER_CURVE_PLATEAU;
  if (i_best < n_epochs - 1 && !is_above (judged, n_epochs - 1, i_best, SMALL_ERRORS))
    return ATELIER_CURVE_NOISE;

  return ATELIER_CURVE_OPEN;
}

static AtelierCurveVerdict
judge (AtelierCurveReading    *reading,
       const AtelierRunCurves *curves,
       const Track            *judged,
       const Track            *training)
{
  if (reading->i_best < 0 || !isfinite (judged->losses[curves->n_epochs - 1]))
    return ATELIER_CURVE_NOT_FINITE;
  if (reading->largest_share >= 1.0 && reading->n_pictures > 1)
    return ATELIER_CURVE_ONE_CLASS;
  if (is_guessing (reading, curves))
    return ATELIER_CURVE_GUESSING;
  if (has_diverged (reading, training, curves->n_epochs))
    return ATELIER_CURVE_DIVERGED;

  return judge_trend (reading, curves, judged, training);
}

/* ---- Reading ---- */

/* A validation loss of one epoch that is no number does not mean that there is no such split. */
static gboolean
has_validation_loss (const AtelierRunCurves *curves)
{
  for (guint i = 0; i < curves->n_epochs; i++)
    if (!isnan (curves->figures[i].validation_loss))
      return TRUE;

  return FALSE;
}

static int
find_lowest (const double *losses,
             guint         n)
{
  int i_lowest = -1;

  for (guint i = 0; i < n; i++)
    if (isfinite (losses[i]) && (i_lowest < 0 || losses[i] < losses[i_lowest]))
      i_lowest = (int) i;

  return i_lowest;
}

/* Train-eval, where every epoch has it: the running loss is of weights that still changed. */
static gboolean
copy_training_losses (const AtelierRunCurves *curves,
                      double                 *losses) /* [n_epochs] */
{
  gboolean has_train_eval = TRUE;

  for (guint i = 0; i < curves->n_epochs; i++)
    has_train_eval = has_train_eval && !isnan (curves->figures[i].train_eval_loss);
  for (guint i = 0; i < curves->n_epochs; i++)
    losses[i] = has_train_eval ? curves->figures[i].train_eval_loss : curves->figures[i].loss;

  return has_train_eval;
}

static void
read_classes (AtelierCurveReading    *reading,
              const AtelierRunCurves *curves)
{
  AtelierPredictions *validation = find_newest (curves->validation, curves->n_epochs);
  AtelierPredictions *training = find_newest (curves->training, curves->n_epochs);
  AtelierPredictions *judged = reading->has_validation ? validation : training;

  reading->guessing_limit = get_guessing_limit (judged, &reading->largest_share);
  reading->n_pictures = judged != NULL ? atelier_predictions_get_n (judged) : 0;
  reading->entropy = NAN;
  if (training != NULL || validation != NULL)
    measure_classes (training != NULL ? training : validation, &reading->entropy);
}

void
atelier_curve_reading_init (AtelierCurveReading    *reading,
                            const AtelierRunCurves *curves)
{
  const AtelierEpochFigures *newest;
  g_autofree double *losses = NULL;          /* [n_epochs] */
  g_autofree double *training_losses = NULL; /* [n_epochs] */
  gboolean has_train_eval;
  Track judged, training;

  g_return_if_fail (reading != NULL && curves != NULL);
  g_return_if_fail (curves->figures != NULL && curves->n_epochs >= 1);

  newest = &curves->figures[curves->n_epochs - 1];
  *reading = (AtelierCurveReading) {
    .has_validation = has_validation_loss (curves),
    .is_over = curves->n_epochs_planned > 0 && newest->epoch >= curves->n_epochs_planned,
  };
  read_classes (reading, curves);

  losses = g_new (double, curves->n_epochs);
  training_losses = g_new (double, curves->n_epochs);
  for (guint i = 0; i < curves->n_epochs; i++)
    losses[i] = atelier_curve_reading_get_loss (reading, &curves->figures[i]);
  has_train_eval = copy_training_losses (curves, training_losses);
  reading->i_best = find_lowest (losses, curves->n_epochs);

  init_track (&judged, losses, reading->has_validation ? curves->validation : NULL,
              curves->n_epochs);
  init_track (&training, training_losses, has_train_eval ? curves->training : NULL,
              curves->n_epochs);
  reading->verdict = judge (reading, curves, &judged, &training);
}
