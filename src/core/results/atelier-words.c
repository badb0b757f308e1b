/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words about figures.
 *
 * Only what the figures support is said.  atelier-curve-reading.c decides what that is; this file
 * only puts it into sentences.  The first sentence says whether the newest loss is the lowest, or
 * how many epochs ago the lowest was.  The second says what that means, if chance does not explain
 * it, and what may help.  The third compares training and validation.
 *
 * A gap between training and validation is reported as a number of points, with the higher of the
 * two.  A gap alone is never called overfitting.  Where train-eval was measured, training is judged
 * by it: a sample of training images is classified like the validation images, with the weights of
 * the epoch's end and with dropout off.  The running accuracy is a mean over an epoch in which the
 * weights still changed and dropout was on, so it lies below what the network can do.  Each
 * sentence says which of the two it speaks of.
 *
 * A lower learning rate is advised only where a loss is not finite, where it has risen above
 * the loss of guessing, or where training and validation loss rise together.  A forecast ("will
 * overfit") was rejected, since past epochs do not show it.  Where a reader could see a
 * contradiction, figures are compared as they are printed.
 *
 * Each sentence is one translatable string; they are joined with a space, which translators can
 * change as well.  Main thread (histories and records).
 */

#include "config.h"

#include "results/atelier-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-format.h"
#include "results/atelier-curve-reading.h"

#define OLD_BEST 3 /* from so many epochs without improvement on, say how many */

typedef struct
{
  const AtelierEpochFigures *newest;
  const AtelierEpochFigures *best; /* NULL where no epoch has a finite loss */
  guint n_epochs;
  guint n_since_best;
  gboolean has_train_eval; /* in the newest */
  AtelierCurveReading reading;
} Curves;

/* ---- Reading ---- */

static double
get_watched_loss (const Curves              *curves,
                  const AtelierEpochFigures *figures)
{
  return atelier_curve_reading_get_loss (&curves->reading, figures);
}

static double
get_watched_accuracy (const Curves              *curves,
                      const AtelierEpochFigures *figures)
{
  return atelier_curve_reading_get_accuracy (&curves->reading, figures);
}

static gboolean
are_printed_alike (double loss,
                   double other)
{
  g_autofree char *text = atelier_format_loss_short (loss);
  g_autofree char *other_text = atelier_format_loss_short (other);

  return g_str_equal (text, other_text);
}

/* Training above validation in the newest epoch, in points. */
static double
get_gap_points (const Curves *curves)
{
  double accuracy = curves->has_train_eval
                    ? curves->newest->train_eval_accuracy
                    : curves->newest->accuracy;

  return 100.0 * (accuracy - curves->newest->validation_accuracy);
}

/* ---- Where the loss stands ---- */

static char *
describe_first_epoch (const Curves *curves)
{
  g_autofree char *loss = atelier_format_loss_short (get_watched_loss (curves, curves->newest));
  g_autofree char *accuracy
    = atelier_format_percent (get_watched_accuracy (curves, curves->newest), 1);

  if (curves->reading.has_validation)
    return g_strdup_printf (_("After the first epoch, validation loss is %s "
                              "and validation accuracy %s."), loss, accuracy);

  return g_strdup_printf (_("After the first epoch, training loss is %s "
                            "and training accuracy %s."), loss, accuracy);
}

/* The newest is the lowest. */
static char *
describe_lowest_loss (const Curves *curves)
{
  g_autofree char *loss = atelier_format_loss_short (get_watched_loss (curves, curves->newest));
  const guint epoch = curves->newest->epoch;

  if (curves->reading.verdict == ATELIER_CURVE_LEARNING)
    return g_strdup_printf (curves->reading.has_validation
                            ? _("Validation loss is at its lowest, %s, at epoch %u "
                                "and still falling.")
                            : _("Training loss is at its lowest, %s, at epoch %u "
                                "and still falling."),
                            loss, epoch);

  return g_strdup_printf (curves->reading.has_validation
                          ? _("Validation loss is at its lowest, %s, at epoch %u.")
                          : _("Training loss is at its lowest, %s, at epoch %u."),
                          loss, epoch);
}

static char *
describe_recent_best (const Curves *curves)
{
  const double best = get_watched_loss (curves, curves->best);
  const guint n = curves->n_since_best;
  g_autofree char *loss = atelier_format_loss_short (best);

  if (are_printed_alike (best, get_watched_loss (curves, curves->newest)))
    return g_strdup_printf (curves->reading.has_validation
                            ? _("Validation loss is level with its lowest, %s, at epoch %u.")
                            : _("Training loss is level with its lowest, %s, at epoch %u."),
                            loss, curves->best->epoch);
  if (curves->reading.has_validation)
    return g_strdup_printf (ngettext ("Validation loss was lowest, %s, at epoch %u, "
                                      "%u epoch ago.",
                                      "Validation loss was lowest, %s, at epoch %u, "
                                      "%u epochs ago.", n),
                            loss, curves->best->epoch, n);

  return g_strdup_printf (ngettext ("Training loss was lowest, %s, at epoch %u, %u epoch ago.",
                                    "Training loss was lowest, %s, at epoch %u, %u epochs ago.",
                                    n),
                          loss, curves->best->epoch, n);
}

static char *
describe_old_best (const Curves *curves)
{
  g_autofree char *loss = atelier_format_loss_short (get_watched_loss (curves, curves->best));
  guint n = curves->n_since_best;

  if (curves->reading.has_validation)
    return g_strdup_printf (ngettext ("Validation loss has not improved for %u epoch; "
                                      "it was lowest, %s, at epoch %u.",
                                      "Validation loss has not improved for %u epochs; "
                                      "it was lowest, %s, at epoch %u.",
                                      n),
                            n, loss, curves->best->epoch);

  return g_strdup_printf (ngettext ("Training loss has not improved for %u epoch; "
                                    "it was lowest, %s, at epoch %u.",
                                    "Training loss has not improved for %u epochs; "
                                    "it was lowest, %s, at epoch %u.",
                                    n),
                          n, loss, curves->best->epoch);
}

/* The newest loss is no number, or infinite, but an earlier one was not. */
static char *
describe_lost_loss (const Curves *curves)
{
  g_autofree char *loss = atelier_format_loss_short (get_watched_loss (curves, curves->best));

  return g_strdup_printf (curves->reading.has_validation
                          ? _("Validation loss is no longer a finite number; "
                              "it was lowest, %s, at epoch %u.")
                          : _("Training loss is no longer a finite number; "
                              "it was lowest, %s, at epoch %u."),
                          loss, curves->best->epoch);
}

static char *
describe_loss (const Curves *curves)
{
  if (curves->best == NULL)
    return g_strdup (_("The loss is not a finite number."));
  if (!isfinite (get_watched_loss (curves, curves->newest)))
    return describe_lost_loss (curves);
  if (curves->n_epochs == 1)
    return describe_first_epoch (curves);
  if (curves->n_since_best == 0)
    return describe_lowest_loss (curves);
  if (curves->n_since_best < OLD_BEST)
    return describe_recent_best (curves);

  return describe_old_best (curves);
}

/* ---- What it means ---- */

/* Says what guessing reaches, and whether only the training pictures are recognised. */
static char *
describe_guessing (const Curves *curves)
{
  const AtelierCurveReading *reading = &curves->reading;
  g_autofree char *limit = atelier_format_percent (reading->guessing_limit, 1);
  g_autofree char *count = atelier_format_count (reading->n_pictures);
  g_autofree char *training = atelier_format_percent (curves->newest->train_eval_accuracy, 1);

  if (reading->knows_training)
    return g_strdup_printf (ngettext ("Validation accuracy is no better than guessing, which "
                                      "reaches %s with %s picture, but training accuracy is %s: "
                                      "the network knows its training pictures by heart, and the "
                                      "labels may be random.",
                                      "Validation accuracy is no better than guessing, which "
                                      "reaches %s with %s pictures, but training accuracy is %s: "
                                      "the network knows its training pictures by heart, and the "
                                      "labels may be random.", reading->n_pictures),
                            limit, count, training);

  return g_strdup_printf (ngettext ("No epoch is better than guessing, which reaches %s with "
                                    "%s picture: the learning rate may be much too low or too "
                                    "high, or the labels may not belong to the pictures.",
                                    "No epoch is better than guessing, which reaches %s with "
                                    "%s pictures: the learning rate may be much too low or too "
                                    "high, or the labels may not belong to the pictures.",
                                    reading->n_pictures),
                          limit, count);
}

static char *
describe_divergence (const Curves *curves)
{
  const double newest = curves->has_train_eval && isfinite (curves->newest->train_eval_loss)
                        ? curves->newest->train_eval_loss
                        : curves->newest->loss;
  g_autofree char *loss = atelier_format_loss_short (newest);
  g_autofree char *entropy = atelier_format_loss_short (curves->reading.entropy);

  return g_strdup_printf (_("Training loss has risen to %s, and guessing costs %s: training has "
                            "diverged, and a lower learning rate may help."), loss, entropy);
}

static char *
describe_overfitting (const Curves *curves)
{
  if (curves->reading.is_surer)
    return g_strdup (_("Training loss has fallen since: overfitting begins, though the network is "
                       "surer and not more often wrong; stopping early, more dropout or a larger "
                       "penalty may help."));

  return g_strdup (_("Training loss has fallen since: overfitting begins; "
                     "stopping early, more dropout or a larger penalty may help."));
}

static char *
describe_rise (const Curves *curves)
{
  if (curves->reading.has_validation)
    return g_strdup (_("Training loss has risen since as well: a lower learning rate may help."));

  return g_strdup (_("It has clearly risen since: a lower learning rate may help."));
}

/* What the figures mean, or NULL where that cannot be told. */
static char *
describe_meaning (const Curves *curves)
{
  switch (curves->reading.verdict)
    {
    case ATELIER_CURVE_NOT_FINITE:
      return g_strdup (_("A lower learning rate may help."));
    case ATELIER_CURVE_ONE_CLASS:
      return g_strdup (curves->reading.has_validation
                       ? _("All validation pictures are of one class: these figures do not say "
                           "whether the classes can be told apart.")
                       : _("All training pictures are of one class: there is nothing to tell "
                           "apart."));
    case ATELIER_CURVE_DIVERGED:
      return describe_divergence (curves);
    case ATELIER_CURVE_GUESSING:
      return describe_guessing (curves);
    case ATELIER_CURVE_OVERFITTING:
      return describe_overfitting (curves);
    case ATELIER_CURVE_RISING:
      return describe_rise (curves);
    case ATELIER_CURVE_LEARNING:
      return curves->reading.is_over
             ? g_strdup (_("The run ended while it still improved: more epochs may help."))
             : NULL;
    case ATELIER_CURVE_PLATEAU:
      return g_strdup (_("Its last five epochs differ by no more than chance explains: "
                         "more epochs like these change little."));
    case ATELIER_CURVE_NOISE:
      return g_strdup (_("Chance explains the difference."));
    case ATELIER_CURVE_OPEN:
    default:
      return NULL;
    }
}

/* ---- Training against validation ---- */

/* Dropout, and weights that still change, lower the running accuracy. */
static char *
describe_running_gap (double gap)
{
  if (gap > 0.0)
    return g_strdup_printf (_("Training accuracy, a running mean taken while learning and with "
                              "any dropout on, is %.1f points above validation accuracy."), gap);

  return g_strdup_printf (_("Validation accuracy is %.1f points above training accuracy, "
                            "a running mean taken while learning and with any dropout on."),
                          -gap);
}

/* Both accuracies are of the same weights and without dropout, which is what "alike" says. */
static char *
describe_measured_gap (double gap)
{
  if (fabs (gap) < 0.05)
    /* Translators: "alike" means with the same weights and without dropout, in the next two
     * messages too. */
    return g_strdup (_("Measured alike, training and validation accuracy are equal."));
  if (gap > 0.0)
    return g_strdup_printf (_("Measured alike, training accuracy is %.1f points "
                              "above validation accuracy."), gap);

  return g_strdup_printf (_("Measured alike, validation accuracy is %.1f points "
                            "above training accuracy."), -gap);
}

/* NULL where a comparison would mean nothing. */
static char *
describe_gap (const Curves *curves)
{
  const AtelierCurveVerdict verdict = curves->reading.verdict;
  const double gap = get_gap_points (curves);

  if (verdict == ATELIER_CURVE_NOT_FINITE || verdict == ATELIER_CURVE_ONE_CLASS
      || verdict == ATELIER_CURVE_DIVERGED || verdict == ATELIER_CURVE_GUESSING)
    return NULL;
  if (!curves->reading.has_validation)
    return g_strdup (_("Without a validation split, overfitting cannot be seen."));
  if (curves->n_epochs == 1 || !isfinite (gap))
    return NULL;

  return curves->has_train_eval ? describe_measured_gap (gap) : describe_running_gap (gap);
}

/* ---- All together ---- */

/* Adds a sentence, if there is one; takes it. */
static void
add_sentence (char **words,
              char  *sentence)
{
  g_autofree char *before = *words;
  g_autofree char *added = sentence;

  /* Translators: two sentences, one after the other. */
  *words = added != NULL ? g_strdup_printf (_("%s %s"), before, added) : g_steal_pointer (&before);
}

char *
atelier_words_describe_curves (const AtelierRunCurves *curves)
{
  Curves all = { 0 };
  char *words;

  g_return_val_if_fail (curves != NULL, NULL);
  g_return_val_if_fail (curves->n_epochs == 0 || curves->figures != NULL, NULL);

  if (curves->n_epochs == 0)
    return g_strdup ("");

  atelier_curve_reading_init (&all.reading, curves);
  all.n_epochs = curves->n_epochs;
  all.newest = &curves->figures[curves->n_epochs - 1];
  if (all.reading.i_best >= 0)
    {
      all.best = &curves->figures[all.reading.i_best];
      all.n_since_best = curves->n_epochs - 1 - (guint) all.reading.i_best;
    }
  all.has_train_eval = isfinite (all.newest->train_eval_accuracy);

  words = describe_loss (&all);
  add_sentence (&words, describe_meaning (&all));
  add_sentence (&words, describe_gap (&all));

  return words;
}

static char *
describe_history (AtelierHistory *history,
                  guint           n_epochs)
{
  g_autofree AtelierEpochFigures *figures = g_new (AtelierEpochFigures, n_epochs);
  g_autofree AtelierPredictions **validation = g_new (AtelierPredictions *, n_epochs);
  g_autofree AtelierPredictions **training = g_new (AtelierPredictions *, n_epochs);
  AtelierRunCurves curves = {
    .figures = figures,
    .validation = validation,
    .training = training,
    .n_epochs = n_epochs,
    .n_epochs_planned = atelier_history_get_n_epochs_planned (history),
  };

  if (atelier_history_get_first_batch (history) > 0)
    return g_strdup ("");

  for (guint i = 0; i < n_epochs; i++)
    {
      AtelierEpoch *epoch = atelier_history_get_epoch (history, i);

      figures[i] = *atelier_epoch_get_figures (epoch);
      validation[i] = atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_VALIDATION);
      training[i] = atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_TRAIN);
    }

  return atelier_words_describe_curves (&curves);
}

char *
atelier_words_describe_run (AtelierRunRecord *record,
                            guint             n_epochs)
{
  AtelierHistory *history;

  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (record), NULL);

  history = atelier_run_record_get_history (record);
  g_return_val_if_fail (n_epochs <= atelier_history_get_n_epochs (history), NULL);

  return describe_history (history, n_epochs);
}
