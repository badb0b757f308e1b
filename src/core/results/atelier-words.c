/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words about figures.
 *
 * Only what the figures bear out is said.  The first sentence says where the loss stands: at its
 * lowest, or lowest how many epochs ago.  The second compares training and validation, or says what
 * may help.
 *
 * Training is judged by train-eval where it was measured: the sample of training images that was
 * classified as the validation images are, with the weights of the epoch's end and dropout off.
 * The running accuracy is a mean over an epoch in which the weights still changed and dropout was
 * on; it lies below what the network can do, so a small gap to it proves nothing, and is not called
 * the absence of overfitting.  Each sentence says which of the two it speaks of.
 *
 * Advice is given only where a trend has lasted (PATIENCE epochs), where the gap is large, or where
 * the run is over, since a single epoch's rise is mostly noise.  A forecast ("will overfit") was
 * rejected: curves do not know.  Figures are compared as they are printed where a reader could see
 * a contradiction.
 *
 * Each sentence is one translatable string; they are joined with a space, which translators can
 * change as well.
 */

#include "config.h"

#include "results/atelier-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-format.h"

#define PATIENCE 3            /* epochs without improvement before anything is advised */
#define LARGE_GAP_POINTS 3.0  /* training above validation by more is called overfitting */
#define SMALL_GAP_POINTS 1.0  /* less is what chance gives with 5,000 images each */
#define CLEAR_RISE 0.02       /* of the lowest loss; less is a plateau, not overfitting */
#define GUESSING_MARGIN 0.03  /* above 1 / n_classes; less is hardly better than guessing */

typedef struct
{
  const AtelierEpochFigures *figures; /* [n_epochs] */
  const AtelierEpochFigures *newest;
  const AtelierEpochFigures *best; /* NULL where no epoch has a finite loss */
  guint n_epochs;
  guint n_since_best;
  guint n_classes;
  gboolean has_validation;
  gboolean has_train_eval; /* in the newest */
  gboolean is_over;        /* all planned epochs are done */
} Curves;

/* ---- Reading ---- */

static double
get_watched_loss (const Curves *curves,
                  const AtelierEpochFigures *figures)
{
  return curves->has_validation ? figures->validation_loss : figures->loss;
}

static double
get_watched_accuracy (const Curves *curves,
                      const AtelierEpochFigures *figures)
{
  return curves->has_validation ? figures->validation_accuracy : figures->accuracy;
}

static gboolean
are_printed_alike (double loss,
                   double other)
{
  g_autofree char *text = atelier_format_loss_short (loss);
  g_autofree char *other_text = atelier_format_loss_short (other);

  return g_str_equal (text, other_text);
}

/* Whether the newest loss, which is the lowest, can be seen to lie below the one before it. */
static gboolean
is_falling (const Curves *curves)
{
  double loss = get_watched_loss (curves, curves->newest);
  double before;

  if (curves->n_epochs < 2 || curves->n_since_best > 0)
    return FALSE;

  before = get_watched_loss (curves, curves->newest - 1);

  return isfinite (before) && !are_printed_alike (loss, before);
}

static double
get_guessing_limit (const Curves *curves)
{
  return 1.0 / curves->n_classes + GUESSING_MARGIN;
}

static gboolean
is_near_guessing (const Curves *curves)
{
  double limit;

  if (curves->n_classes < 2)
    return FALSE;

  limit = get_guessing_limit (curves);

  return curves->newest->accuracy < limit &&
         (!curves->has_validation || curves->newest->validation_accuracy < limit) &&
         (!curves->has_train_eval || curves->newest->train_eval_accuracy < limit);
}

static double
find_highest_accuracy (const Curves *curves)
{
  double highest = 0.0;

  for (guint i = 0; i < curves->n_epochs; i++)
    highest = fmax (highest, get_watched_accuracy (curves, &curves->figures[i]));

  return highest;
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

static gboolean
has_training_loss_fallen (const Curves *curves)
{
  if (curves->has_train_eval && isfinite (curves->best->train_eval_loss))
    return curves->newest->train_eval_loss < curves->best->train_eval_loss;

  return curves->newest->loss < curves->best->loss;
}

/* ---- Where the loss stands ---- */

static char *
describe_first_epoch (const Curves *curves)
{
  g_autofree char *loss = atelier_format_loss_short (get_watched_loss (curves, curves->newest));
  g_autofree char *accuracy
    = atelier_format_percent (get_watched_accuracy (curves, curves->newest), 1);

  if (curves->has_validation)
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

  if (is_falling (curves))
    return g_strdup_printf (curves->has_validation
                            ? _("Validation loss is at its lowest, %s, at epoch %u "
                                "and still falling.")
                            : _("Training loss is at its lowest, %s, at epoch %u "
                                "and still falling."),
                            loss, epoch);
  if (isfinite (get_watched_loss (curves, curves->newest - 1)))
    return g_strdup_printf (curves->has_validation
                            ? _("Validation loss is at its lowest, %s, at epoch %u, "
                                "but hardly falls any more.")
                            : _("Training loss is at its lowest, %s, at epoch %u, "
                                "but hardly falls any more."),
                            loss, epoch);

  return g_strdup_printf (curves->has_validation
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
    return g_strdup_printf (curves->has_validation
                            ? _("Validation loss is level with its lowest, %s, at epoch %u.")
                            : _("Training loss is level with its lowest, %s, at epoch %u."),
                            loss, curves->best->epoch);
  if (curves->has_validation)
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

  if (curves->has_validation)
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

  return g_strdup_printf (curves->has_validation
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
  if (curves->n_since_best < PATIENCE)
    return describe_recent_best (curves);

  return describe_old_best (curves);
}

/* ---- What it means ---- */

static char *
describe_guessing (const Curves *curves)
{
  const double highest = find_highest_accuracy (curves);
  const guint n = curves->n_classes;
  const gboolean has_fallen = highest >= get_guessing_limit (curves);
  g_autofree char *accuracy
    = atelier_format_percent (has_fallen ? get_watched_accuracy (curves, curves->newest) : highest,
                              1);

  if (has_fallen)
    return g_strdup_printf (ngettext ("Accuracy has fallen to %s, hardly better than guessing "
                                      "among %u class: a lower learning rate may help.",
                                      "Accuracy has fallen to %s, hardly better than guessing "
                                      "among %u classes: a lower learning rate may help.", n),
                            accuracy, n);

  return g_strdup_printf (ngettext ("Accuracy, at most %s, is hardly better than guessing "
                                    "among %u class: another learning rate may help.",
                                    "Accuracy, at most %s, is hardly better than guessing "
                                    "among %u classes: another learning rate may help.", n),
                          accuracy, n);
}

/* The running accuracy is too low by what dropout and learning cost: only a large gap says
 * anything. */
static char *
describe_running_gap (double gap)
{
  if (gap > LARGE_GAP_POINTS)
    return g_strdup_printf (_("Even as a running mean, training accuracy is %.1f points above "
                              "validation accuracy: overfitting begins."),
                            gap);
  if (gap < -SMALL_GAP_POINTS)
    return g_strdup_printf (_("Validation accuracy is %.1f points above training accuracy, "
                              "which is a running mean, "
                              "taken while learning and with any dropout on."),
                            -gap);

  return g_strdup_printf (_("Validation accuracy and training accuracy, as a running mean, "
                            "are %.1f points apart."),
                          fabs (gap));
}

/* Both accuracies are of the same weights and without dropout, which is what "alike" says. */
static char *
describe_measured_gap (double gap)
{
  if (gap > LARGE_GAP_POINTS)
    /* Translators: "alike" means with the same weights and without dropout; so below. */
    return g_strdup_printf (_("Measured alike, training accuracy is %.1f points "
                              "above validation accuracy: overfitting begins, "
                              "and more dropout or a larger penalty may help."),
                            gap);
  if (gap > SMALL_GAP_POINTS)
    return g_strdup_printf (_("Measured alike, training accuracy is %.1f points "
                              "above validation accuracy: little overfitting so far."),
                            gap);
  if (gap < -SMALL_GAP_POINTS)
    return g_strdup_printf (_("Measured alike, validation accuracy is %.1f points "
                              "above training accuracy: no sign of overfitting."),
                            -gap);

  return g_strdup_printf (_("Measured alike, training and validation accuracy "
                            "are %.1f points apart: no sign of overfitting."),
                          fabs (gap));
}

/* The run is over, and the newest epoch was clearly its best. */
static char *
describe_early_end (const Curves *curves,
                    double gap)
{
  if (curves->has_train_eval)
    return g_strdup_printf (_("Measured alike, training and validation accuracy "
                              "are %.1f points apart: more epochs may help."),
                            fabs (gap));

  return g_strdup (_("The run ended while it still improved: more epochs may help."));
}

static char *
describe_gap (const Curves *curves)
{
  double gap = get_gap_points (curves);

  if (curves->is_over && is_falling (curves) && gap <= LARGE_GAP_POINTS)
    return describe_early_end (curves, gap);

  return curves->has_train_eval ? describe_measured_gap (gap) : describe_running_gap (gap);
}

/* What it means that the loss has not improved for several epochs, and what may help. */
static char *
describe_rise (const Curves *curves)
{
  const double best = get_watched_loss (curves, curves->best);
  const gboolean is_above = get_watched_loss (curves, curves->newest) > best * (1.0 + CLEAR_RISE);

  if (!has_training_loss_fallen (curves))
    return g_strdup (_("Training loss has not fallen since either: "
                       "a lower learning rate may help."));
  if (is_above)
    return g_strdup (_("Training loss has fallen since: the network is overfitting; "
                       "stopping early, more dropout or a larger penalty may help."));

  return g_strdup (_("Training loss has fallen since, but validation no longer follows: "
                     "more epochs change little."));
}

static char *
describe_meaning_without_validation (const Curves *curves)
{
  if (curves->n_since_best >= PATIENCE)
    return g_strdup (_("A lower learning rate may help."));

  return g_strdup (_("Without a validation split, overfitting cannot be seen."));
}

/* What the figures mean, or NULL where there is nothing to add. */
static char *
describe_meaning (const Curves *curves)
{
  if (!isfinite (get_watched_loss (curves, curves->newest)))
    return g_strdup (_("A lower learning rate may help."));
  if (is_near_guessing (curves))
    return describe_guessing (curves);
  if (!curves->has_validation)
    return describe_meaning_without_validation (curves);
  if (curves->n_epochs == 1)
    return NULL;
  if (curves->n_since_best >= PATIENCE)
    return describe_rise (curves);

  return describe_gap (curves);
}

/* A validation loss of one epoch that is no number does not mean that there is no such split. */
static gboolean
has_validation_loss (const AtelierEpochFigures *figures,
                     guint n_epochs)
{
  for (guint i = 0; i < n_epochs; i++)
    {
      if (!isnan (figures[i].validation_loss))
        return TRUE;
    }

  return FALSE;
}

char *
atelier_words_describe_epochs (const AtelierEpochFigures *figures,
                               guint n_epochs,
                               int i_best,
                               guint n_classes,
                               guint n_epochs_planned)
{
  g_autofree char *loss = NULL;
  g_autofree char *meaning = NULL;
  const AtelierEpochFigures *newest;
  Curves curves;

  g_return_val_if_fail (n_epochs == 0 || figures != NULL, NULL);
  g_return_val_if_fail (i_best < (int) n_epochs, NULL);

  if (n_epochs == 0)
    return g_strdup ("");

  newest = &figures[n_epochs - 1];
  curves = (Curves) {
    .figures = figures,
    .newest = newest,
    .best = i_best >= 0 ? &figures[i_best] : NULL,
    .n_epochs = n_epochs,
    .n_since_best = i_best >= 0 ? n_epochs - 1 - (guint) i_best : 0,
    .n_classes = n_classes,
    .has_validation = has_validation_loss (figures, n_epochs),
    .has_train_eval = isfinite (newest->train_eval_accuracy),
    .is_over = n_epochs_planned > 0 && newest->epoch >= n_epochs_planned,
  };

  loss = describe_loss (&curves);
  meaning = describe_meaning (&curves);
  if (meaning == NULL)
    return g_steal_pointer (&loss);

  /* Translators: two sentences, one after the other. */
  return g_strdup_printf (_("%s %s"), loss, meaning);
}
