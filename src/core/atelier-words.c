/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words about figures.
 *
 * Only what the figures bear out is said.  The first sentence says where the loss stands: at its
 * lowest, or lowest how many epochs ago.  The second compares training and validation, or says what
 * may help.  Training accuracy is a mean over an epoch in which the weights still changed and
 * dropout was on, so validation may well lie above it; that is said and not mistaken for luck.
 * Advice is given only where a trend has lasted (PATIENCE epochs), since a single epoch's rise is
 * mostly noise.  A forecast ("will overfit") was rejected: curves do not know.
 *
 * Each sentence is one translatable string; they are joined with a space, which translators can
 * change as well.
 */

#include "config.h"

#include "atelier-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PATIENCE 3              /* epochs without improvement before anything is advised */
#define LARGE_GAP_POINTS 3.0    /* training above validation by more is called overfitting */
#define SMALL_GAP_POINTS 0.05   /* less is shown as 0.0 */
#define CLEAR_RISE 0.02         /* of the lowest loss; less is a plateau, not overfitting */
#define GUESSING_MARGIN 0.03    /* above 1 / n_classes; less is hardly better than guessing */

typedef struct
{
  const AtelierEpochFigures *newest; /* the one before it, if any, lies before it */
  const AtelierEpochFigures *best; /* NULL where no epoch has a finite loss */
  guint n_epochs;
  guint n_since_best;
  guint n_classes;
  gboolean has_validation;
} Curves;

static double
get_watched_loss (const Curves *curves,
                  const AtelierEpochFigures *figures)
{
  return curves->has_validation ? figures->validation_loss : figures->loss;
}

static gboolean
is_near_guessing (const Curves *curves)
{
  double limit;

  if (curves->n_classes < 2)
    return FALSE;

  limit = 1.0 / curves->n_classes + GUESSING_MARGIN;

  return curves->newest->accuracy < limit &&
         (!curves->has_validation || curves->newest->validation_accuracy < limit);
}

static char *
describe_first_epoch (const Curves *curves)
{
  if (curves->has_validation)
    return g_strdup_printf (_("After the first epoch, validation loss is %.3f "
                              "and validation accuracy %.1f %%."),
                            curves->newest->validation_loss,
                            100.0 * curves->newest->validation_accuracy);

  return g_strdup_printf (_("After the first epoch, training loss is %.3f "
                            "and training accuracy %.1f %%."),
                          curves->newest->loss,
                          100.0 * curves->newest->accuracy);
}

static char *
describe_falling_loss (const Curves *curves)
{
  double loss = get_watched_loss (curves, curves->newest);
  double before = get_watched_loss (curves, curves->newest - 1);

  /* A fall that the figures do not show is none that is worth the word. */
  if (isfinite (before) && round (before * 1000.0) <= round (loss * 1000.0))
    return g_strdup_printf (curves->has_validation
                            ? _("Validation loss is at its lowest, %.3f, but hardly falls any more.")
                            : _("Training loss is at its lowest, %.3f, but hardly falls any more."),
                            loss);

  return g_strdup_printf (curves->has_validation
                          ? _("Validation loss is at its lowest, %.3f, and still falling.")
                          : _("Training loss is at its lowest, %.3f, and still falling."),
                          loss);
}

static char *
describe_recent_best (const Curves *curves)
{
  double loss = get_watched_loss (curves, curves->best);

  return g_strdup_printf (curves->has_validation
                          ? _("Validation loss was lowest, %.3f, at epoch %u.")
                          : _("Training loss was lowest, %.3f, at epoch %u."),
                          loss,
                          curves->best->epoch);
}

static char *
describe_old_best (const Curves *curves)
{
  double loss = get_watched_loss (curves, curves->best);
  guint n = curves->n_since_best;

  if (curves->has_validation)
    return g_strdup_printf (ngettext ("Validation loss has not improved for %u epoch; "
                                      "it was lowest, %.3f, at epoch %u.",
                                      "Validation loss has not improved for %u epochs; "
                                      "it was lowest, %.3f, at epoch %u.",
                                      n),
                            n, loss, curves->best->epoch);

  return g_strdup_printf (ngettext ("Training loss has not improved for %u epoch; "
                                    "it was lowest, %.3f, at epoch %u.",
                                    "Training loss has not improved for %u epochs; "
                                    "it was lowest, %.3f, at epoch %u.",
                                    n),
                          n, loss, curves->best->epoch);
}

/* Where the loss stands. */
static char *
describe_loss (const Curves *curves)
{
  if (curves->best == NULL)
    return g_strdup (_("The loss is not a finite number."));
  if (curves->n_epochs == 1)
    return describe_first_epoch (curves);
  if (curves->n_since_best == 0)
    return describe_falling_loss (curves);
  if (curves->n_since_best < PATIENCE)
    return describe_recent_best (curves);

  return describe_old_best (curves);
}

static char *
describe_guessing (const Curves *curves)
{
  double accuracy = curves->has_validation
                    ? curves->newest->validation_accuracy
                    : curves->newest->accuracy;

  return g_strdup_printf (ngettext ("Accuracy, %.1f %%, is hardly better than guessing "
                                    "among %u class: another learning rate may help.",
                                    "Accuracy, %.1f %%, is hardly better than guessing "
                                    "among %u classes: another learning rate may help.",
                                    curves->n_classes),
                          100.0 * accuracy,
                          curves->n_classes);
}

/* Training accuracy against validation accuracy in the newest epoch. */
static char *
describe_gap (const Curves *curves)
{
  double gap = 100.0 * (curves->newest->accuracy - curves->newest->validation_accuracy);

  if (gap > LARGE_GAP_POINTS)
    return g_strdup_printf (_("Training accuracy is %.1f points above validation accuracy: "
                              "overfitting begins."),
                            gap);
  if (gap < -SMALL_GAP_POINTS)
    return g_strdup_printf (_("Validation accuracy is %.1f points above training accuracy, "
                              "which is a mean over the epoch, "
                              "taken while learning and with any dropout on."),
                            -gap);

  return g_strdup_printf (_("Training and validation accuracy are %.1f points apart: "
                            "no overfitting yet."),
                          fabs (gap));
}

/* What a rise of the loss over several epochs means, and what may help. */
static char *
describe_rise (const Curves *curves)
{
  const double best = get_watched_loss (curves, curves->best);
  const gboolean is_above = get_watched_loss (curves, curves->newest) > best * (1.0 + CLEAR_RISE);

  if (curves->newest->loss < curves->best->loss && !is_above)
    return g_strdup (_("Training loss still falls, but validation no longer follows: "
                       "more epochs change little."));
  if (curves->newest->loss < curves->best->loss)
    return g_strdup (_("Training loss still falls: the network is overfitting; "
                       "stopping early, more dropout or a larger penalty may help."));

  return g_strdup (_("Training loss does not fall either: a lower learning rate may help."));
}

/* What the figures mean, or NULL where there is nothing to add. */
static char *
describe_meaning (const Curves *curves)
{
  if (curves->best == NULL)
    return g_strdup (_("A lower learning rate may help."));
  if (is_near_guessing (curves))
    return describe_guessing (curves);
  if (!curves->has_validation)
    return curves->n_since_best < PATIENCE
           ? g_strdup (_("Without a validation split, overfitting cannot be seen."))
           : g_strdup (_("A lower learning rate may help."));
  if (curves->n_epochs == 1)
    return NULL;
  if (curves->n_since_best >= PATIENCE)
    return describe_rise (curves);

  return describe_gap (curves);
}

char *
atelier_words_describe_epochs (const AtelierEpochFigures *figures,
                               guint n_epochs,
                               int i_best,
                               guint n_classes)
{
  g_autofree char *loss = NULL;
  g_autofree char *meaning = NULL;
  Curves curves;

  g_return_val_if_fail (n_epochs == 0 || figures != NULL, NULL);
  g_return_val_if_fail (i_best < (int) n_epochs, NULL);

  if (n_epochs == 0)
    return g_strdup ("");

  curves = (Curves) {
    .newest = &figures[n_epochs - 1],
    .best = i_best >= 0 ? &figures[i_best] : NULL,
    .n_epochs = n_epochs,
    .n_since_best = i_best >= 0 ? n_epochs - 1 - (guint) i_best : 0,
    .n_classes = n_classes,
    .has_validation = !isnan (figures[n_epochs - 1].validation_loss),
  };

  loss = describe_loss (&curves);
  meaning = describe_meaning (&curves);
  if (meaning == NULL)
    return g_steal_pointer (&loss);

  /* Translators: two sentences, one after the other. */
  return g_strdup_printf (_("%s %s"), loss, meaning);
}
