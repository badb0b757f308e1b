/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurveReading - what the curves of a run bear out, before it is put into words.
 *
 * A verdict is given only where figures differ by more than chance explains.  The error of a
 * difference between two epochs' losses is the larger of two: the paired standard error of the
 * per-picture losses (what other pictures would change), and sqrt 2 times the noise of the curve
 * (what other batches would change).  Pure functions over plain figures; any thread.
 */

#pragma once

#include "results/atelier-history.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct
{
  const AtelierEpochFigures  *figures;    /* [n_epochs], the oldest first */
  AtelierPredictions * const *validation; /* [n_epochs], each nullable; NULL where none is kept */
  AtelierPredictions * const *training;   /* likewise, of the sample of training pictures */
  guint                       n_epochs;
  guint                       n_epochs_planned; /* 0: not known */
} AtelierRunCurves;

/* Trends (the last five) are not read before the sixth epoch. */
typedef enum
{
  ATELIER_CURVE_OPEN,        /* nothing of the below can be said */
  ATELIER_CURVE_ONE_CLASS,   /* all pictures that are judged are of one class */
  ATELIER_CURVE_NOT_FINITE,  /* the newest loss is no finite number */
  ATELIER_CURVE_DIVERGED,    /* training loss is above the entropy of the classes, after having been
                              * clearly below */
  ATELIER_CURVE_GUESSING,    /* no epoch is better than guessing; from the sixth epoch on, or when
                              * the run is over */
  ATELIER_CURVE_OVERFITTING, /* three epochs running above the best by 4 errors, training loss 4
                              * errors lower */
  ATELIER_CURVE_RISING,      /* the same, but training loss is 4 errors higher as well */
  ATELIER_CURVE_LEARNING,    /* the newest is the best, and 2 errors lower than three epochs ago */
  ATELIER_CURVE_PLATEAU,     /* the newest five epochs are within 2 errors */
  ATELIER_CURVE_NOISE,       /* the newest is within 2 errors of the best */
} AtelierCurveVerdict;

typedef struct
{
  AtelierCurveVerdict verdict;
  gboolean            has_validation; /* validation is judged, else training */
  int                 i_best;         /* the epoch of the lowest finite loss, from 0; -1: none */
  gboolean            is_over;        /* all planned epochs are done */

  /* Of the pictures that are judged; 0 and NaN where no predictions are kept. */
  guint               n_pictures;
  double              largest_share;  /* of a class among them */
  double              guessing_limit; /* the highest accuracy that guessing explains */
  double              entropy;        /* of the classes of training pictures: what a network that
                                       * knows their shares loses, in nats */

  gboolean            knows_training; /* GUESSING: training pictures are recognised all the same */
  gboolean            is_surer;       /* OVERFITTING: accuracy has not fallen, as far as McNemar's
                                       * test tells with p = 0.05 */
} AtelierCurveReading;

/* @curves: at least one epoch. */
void atelier_curve_reading_init (AtelierCurveReading    *reading,
                                 const AtelierRunCurves *curves);

/* The loss and the accuracy that are judged: validation's, or without validation training's. */
double atelier_curve_reading_get_loss     (const AtelierCurveReading *reading,
                                           const AtelierEpochFigures *figures);
double atelier_curve_reading_get_accuracy (const AtelierCurveReading *reading,
                                           const AtelierEpochFigures *figures);

G_END_DECLS
