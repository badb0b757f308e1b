/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words under the curves: each honest case once, word for word. */

#include <math.h>

#include "results/atelier-words.h"

#define MAX_EPOCHS 8
#define N_CLASSES 10

/* A small run: training loss and accuracy (running), validation loss and accuracy, train-eval loss
 * and accuracy. */
typedef double Row[6];

#define NO_EVAL NAN, NAN

static int
find_best (const Row *rows,
           guint n,
           guint column)
{
  int i_best = -1;

  for (guint i = 0; i < n; i++)
    {
      if (isfinite (rows[i][column]) && (i_best < 0 || rows[i][column] < rows[i_best][column]))
        i_best = (int) i;
    }

  return i_best;
}

static char *
describe_rows (const Row *rows,
               guint n,
               guint n_classes,
               guint n_planned)
{
  AtelierEpochFigures figures[MAX_EPOCHS] = { 0 };
  gboolean has_validation = FALSE;

  g_assert_cmpuint (n, <=, MAX_EPOCHS);
  for (guint i = 0; i < n; i++)
    {
      figures[i] = (AtelierEpochFigures) {
        .epoch = i + 1,
        .loss = rows[i][0],
        .accuracy = rows[i][1],
        .validation_loss = rows[i][2],
        .validation_accuracy = rows[i][3],
        .train_eval_loss = rows[i][4],
        .train_eval_accuracy = rows[i][5],
      };
      has_validation |= !isnan (rows[i][2]);
    }

  return atelier_words_describe_epochs (figures, n, find_best (rows, n, has_validation ? 2 : 0),
                                        n_classes, n_planned);
}

/* In the middle of a run. */
static void
assert_words (const Row *rows,
              guint n,
              const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, N_CLASSES, MAX_EPOCHS + 1);

  g_assert_cmpstr (words, ==, expected);
}

/* When all planned epochs are done. */
static void
assert_last_words (const Row *rows,
                   guint n,
                   const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, N_CLASSES, n);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_mentions (const Row *rows,
                 guint n,
                 const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, N_CLASSES, MAX_EPOCHS + 1);

  if (strstr (words, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, words);
}

/* ---- The first epoch ---- */

static void
test_no_epoch (void)
{
  assert_words (NULL, 0, "");
}

static void
test_first_epoch (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.5124, 0.8127, 0.50, 0.82 } };

  assert_words (rows, 1,
                "After the first epoch, validation loss is 0.512 and validation accuracy 81.3 %.");
}

/* One epoch is no trend, so that nothing is advised at its end either. */
static void
test_only_epoch (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.5124, 0.8127, 0.20, 0.95 } };

  assert_last_words (rows, 1,
                     "After the first epoch, validation loss is 0.512 "
                     "and validation accuracy 81.3 %.");
}

static void
test_first_epoch_without_validation (void)
{
  const Row rows[] = { { 0.9, 0.70, NAN, NAN, 0.8, 0.72 } };

  assert_words (rows, 1,
                "After the first epoch, training loss is 0.900 and training accuracy 70.0 %. "
                "Without a validation split, overfitting cannot be seen.");
}

/* ---- The lowest loss ---- */

static void
test_still_falling (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.48, 0.81 }, { 0.4, 0.855, 0.4, 0.85, 0.39, 0.855 },
  };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.400, at epoch 2 and still falling. "
                "Measured alike, training and validation accuracy are 0.5 points "
                "apart: no sign of overfitting.");
}

static void
test_hardly_falling (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.4003, 0.80, 0.39, 0.81 }, { 0.4, 0.855, 0.3999, 0.85, 0.39, 0.855 },
  };

  assert_mentions (rows, 2,
                   "Validation loss is at its lowest, 0.400, at epoch 2, "
                   "but hardly falls any more.");
}

/* "0.000" would say that there is none left. */
static void
test_small_loss (void)
{
  const Row rows[] = {
    { 0.9, 0.99, 0.0021, 0.99, 0.002, 0.99 }, { 0.4, 0.99, 0.00004, 1.00, 0.00002, 1.0 },
  };

  assert_mentions (rows, 2, "at its lowest, 0.00004, at epoch 2 and still falling.");
}

static void
test_recent_best (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.25, 0.84 }, { 0.4, 0.87, 0.26, 0.86, 0.2, 0.87 },
    { 0.4, 0.87, 0.27, 0.86, 0.2, 0.87 },
  };

  assert_mentions (rows, 2, "Validation loss was lowest, 0.250, at epoch 1, 1 epoch ago. ");
  assert_mentions (rows, 3, "Validation loss was lowest, 0.250, at epoch 1, 2 epochs ago. ");
}

static void
test_tie (void)
{
  const Row equal[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.25, 0.84 }, { 0.4, 0.87, 0.25, 0.86, 0.2, 0.865 },
  };
  const Row printed_alike[] = {
    { 0.5, 0.85, 0.2501, 0.84, 0.25, 0.84 }, { 0.4, 0.87, 0.2503, 0.86, 0.2, 0.865 },
  };
  const char *expected = "Validation loss is level with its lowest, 0.250, at epoch 1. ";

  assert_mentions (equal, 2, expected);
  assert_mentions (printed_alike, 2, expected);
}

static void
test_without_validation (void)
{
  const Row rows[] = {
    { 0.5, 0.85, NAN, NAN, 0.45, 0.86 }, { 0.4, 0.87, NAN, NAN, 0.35, 0.88 },
    { 0.45, 0.87, NAN, NAN, 0.35, 0.88 },
  };

  assert_words (rows, 2,
                "Training loss is at its lowest, 0.400, at epoch 2 and still falling. "
                "Without a validation split, overfitting cannot be seen.");
  assert_words (rows, 3,
                "Training loss was lowest, 0.400, at epoch 2, 1 epoch ago. "
                "Without a validation split, overfitting cannot be seen.");
}

/* ---- Training against validation ---- */

static void
test_large_gap (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.27, 0.84, 0.26, 0.86 }, { 0.1, 0.88, 0.26, 0.85, 0.1, 0.97 },
  };

  assert_mentions (rows, 2,
                   "Measured alike, training accuracy is 12.0 points above "
                   "validation accuracy: overfitting begins, "
                   "and more dropout or a larger penalty may help.");
}

static void
test_moderate_gap (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.27, 0.84, 0.26, 0.86 }, { 0.1, 0.88, 0.26, 0.85, 0.1, 0.87 },
  };

  assert_mentions (rows, 2,
                   "Measured alike, training accuracy is 2.0 points above "
                   "validation accuracy: little overfitting so far.");
}

static void
test_validation_above_training (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.5, 0.79 }, { 0.4, 0.838, 0.4, 0.85, 0.41, 0.83 },
  };

  assert_mentions (rows, 2,
                   "Measured alike, validation accuracy is 2.0 points above "
                   "training accuracy: no sign of overfitting.");
}

/* What is called the gap is train-eval's where there is one: here the running one would say the
 * opposite. */
static void
test_gap_is_of_train_eval (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.4, 0.84 }, { 0.5, 0.80, 0.4, 0.85, 0.2, 0.95 },
  };

  assert_mentions (rows, 2, "training accuracy is 10.0 points above validation accuracy");
}

/* Without train-eval a small gap proves nothing, and validation above training is no luck. */
static void
test_running_gap (void)
{
  const Row close[] = { { 0.9, 0.70, 0.5, 0.80, NO_EVAL }, { 0.4, 0.855, 0.4, 0.85, NO_EVAL } };
  const Row above[] = { { 0.9, 0.70, 0.5, 0.80, NO_EVAL }, { 0.4, 0.838, 0.4, 0.85, NO_EVAL } };
  const Row below[] = { { 0.5, 0.85, 0.27, 0.84, NO_EVAL }, { 0.1, 0.97, 0.26, 0.85, NO_EVAL } };

  assert_mentions (close, 2,
                   "Validation accuracy and training accuracy, as a running mean, "
                   "are 0.5 points apart.");
  assert_mentions (above, 2,
                   "Validation accuracy is 1.2 points above training accuracy, which is a running "
                   "mean, taken while learning and with any dropout on.");
  assert_mentions (below, 2,
                   "Even as a running mean, training accuracy is 12.0 points above validation "
                   "accuracy: overfitting begins.");
}

/* ---- No improvement ---- */

static void
test_overfitting (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.24, 0.86 }, { 0.4, 0.87, 0.26, 0.84, 0.2, 0.88 },
    { 0.3, 0.90, 0.27, 0.84, 0.15, 0.92 }, { 0.2, 0.93, 0.28, 0.84, 0.1, 0.95 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss has fallen since: the network is overfitting; "
                "stopping early, more dropout or a larger penalty may help.");
}

static void
test_plateau (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.250, 0.84, 0.25, 0.86 }, { 0.4, 0.87, 0.252, 0.84, 0.22, 0.87 },
    { 0.3, 0.90, 0.251, 0.84, 0.21, 0.88 }, { 0.2, 0.93, 0.253, 0.84, 0.20, 0.89 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss has fallen since, but validation no longer follows: "
                "more epochs change little.");
}

static void
test_both_losses_rise (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.4, 0.86 }, { 0.6, 0.80, 0.26, 0.84, 0.5, 0.82 },
    { 0.6, 0.80, 0.27, 0.84, 0.5, 0.82 }, { 0.6, 0.80, 0.28, 0.84, 0.5, 0.82 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss has not fallen since either: a lower learning rate may help.");
}

/* Only by the running loss: that of the same weights has risen. */
static void
test_training_loss_is_train_evals (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.4, 0.86 }, { 0.3, 0.80, 0.26, 0.84, 0.5, 0.82 },
    { 0.3, 0.80, 0.27, 0.84, 0.5, 0.82 }, { 0.3, 0.80, 0.28, 0.84, 0.5, 0.82 },
  };

  assert_mentions (rows, 4, "Training loss has not fallen since either");
}

static void
test_training_loss_rises_without_validation (void)
{
  const Row rows[] = {
    { 0.5, 0.85, NAN, NAN, NO_EVAL }, { 0.6, 0.80, NAN, NAN, NO_EVAL },
    { 0.6, 0.80, NAN, NAN, NO_EVAL }, { 0.6, 0.80, NAN, NAN, NO_EVAL },
  };

  assert_words (rows, 4,
                "Training loss has not improved for 3 epochs; it was lowest, 0.500, at epoch 1. "
                "A lower learning rate may help.");
}

/* ---- The end ---- */

static void
test_ends_while_improving (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.48, 0.81 }, { 0.4, 0.855, 0.4, 0.85, 0.39, 0.87 },
  };
  const Row without_eval[] = {
    { 0.9, 0.70, 0.5, 0.80, NO_EVAL }, { 0.4, 0.855, 0.4, 0.85, NO_EVAL },
  };

  assert_last_words (rows, 2,
                     "Validation loss is at its lowest, 0.400, at epoch 2 and still falling. "
                     "Measured alike, training and validation accuracy are "
                     "2.0 points apart: more epochs may help.");
  assert_last_words (without_eval, 2,
                     "Validation loss is at its lowest, 0.400, at epoch 2 and still falling. "
                     "The run ended while it still improved: more epochs may help.");
}

static void
test_ends_while_overfitting (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.48, 0.81 }, { 0.4, 0.855, 0.4, 0.85, 0.2, 0.95 },
  };

  assert_last_words (rows, 2,
                     "Validation loss is at its lowest, 0.400, at epoch 2 and still falling. "
                     "Measured alike, training accuracy is 10.0 points above "
                     "validation accuracy: overfitting begins, "
                     "and more dropout or a larger penalty may help.");
}

static void
test_ends_on_a_plateau (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.4003, 0.80, 0.39, 0.81 }, { 0.4, 0.855, 0.3999, 0.85, 0.39, 0.855 },
  };
  g_autofree char *words = describe_rows (rows, 2, N_CLASSES, 2);

  g_assert_null (strstr (words, "more epochs"));
}

/* ---- Nothing learned ---- */

static void
test_no_better_than_guessing (void)
{
  const Row rows[] = {
    { 2.31, 0.10, 2.31, 0.104, 2.31, 0.1 }, { 2.30, 0.099, 2.30, 0.102, 2.30, 0.1 },
  };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 2.300, at epoch 2 and still falling. "
                "Accuracy, at most 10.4 %, is hardly better than guessing among 10 classes: "
                "another learning rate may help.");
}

static void
test_falls_to_guessing (void)
{
  const Row rows[] = {
    { 0.5, 0.80, 0.5, 0.81, 0.5, 0.81 }, { 2.30, 0.099, 2.30, 0.102, 2.30, 0.1 },
  };

  assert_words (rows, 2,
                "Validation loss was lowest, 0.500, at epoch 1, 1 epoch ago. "
                "Accuracy has fallen to 10.2 %, hardly better than guessing among 10 classes: "
                "a lower learning rate may help.");
}

static void
test_unknown_classes (void)
{
  const Row rows[] = { { 2.31, 0.10, 2.31, 0.10, 2.31, 0.10 } };
  g_autofree char *words = describe_rows (rows, 1, 0, 9);

  g_assert_null (strstr (words, "guessing"));
}

/* ---- Losses that are no numbers ---- */

static void
test_never_finite (void)
{
  const Row rows[] = { { INFINITY, 0.10, INFINITY, 0.10, INFINITY, 0.10 } };

  assert_words (rows, 1, "The loss is not a finite number. A lower learning rate may help.");
}

static void
test_no_longer_finite (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.25, 0.86 }, { 0.4, 0.87, NAN, NAN, NAN, 0.10 },
  };
  const Row alone[] = { { 0.5, 0.85, NAN, NAN, NO_EVAL }, { INFINITY, 0.1, NAN, NAN, NO_EVAL } };

  assert_words (rows, 2,
                "Validation loss is no longer a finite number; it was lowest, 0.250, at epoch 1. "
                "A lower learning rate may help.");
  assert_words (alone, 2,
                "Training loss is no longer a finite number; it was lowest, 0.500, at epoch 1. "
                "A lower learning rate may help.");
}

/* What lies behind a gap is not called falling. */
static void
test_not_finite_in_the_middle (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.25, 0.845 }, { 0.4, 0.87, NAN, NAN, NO_EVAL },
    { 0.4, 0.87, 0.24, 0.85, 0.23, 0.855 }, { 0.4, 0.87, INFINITY, 0.1, NO_EVAL },
    { 0.4, 0.87, 0.26, 0.85, 0.23, 0.855 },
  };

  assert_mentions (rows, 3, "Validation loss is at its lowest, 0.240, at epoch 3. Measured");
  assert_mentions (rows, 5, "Validation loss was lowest, 0.240, at epoch 3, 2 epochs ago. ");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/words/no-epoch", test_no_epoch);
  g_test_add_func ("/core/words/first-epoch", test_first_epoch);
  g_test_add_func ("/core/words/only-epoch", test_only_epoch);
  g_test_add_func ("/core/words/first-epoch-alone", test_first_epoch_without_validation);
  g_test_add_func ("/core/words/falling", test_still_falling);
  g_test_add_func ("/core/words/hardly-falling", test_hardly_falling);
  g_test_add_func ("/core/words/small-loss", test_small_loss);
  g_test_add_func ("/core/words/recent-best", test_recent_best);
  g_test_add_func ("/core/words/tie", test_tie);
  g_test_add_func ("/core/words/no-validation", test_without_validation);
  g_test_add_func ("/core/words/large-gap", test_large_gap);
  g_test_add_func ("/core/words/moderate-gap", test_moderate_gap);
  g_test_add_func ("/core/words/validation-above", test_validation_above_training);
  g_test_add_func ("/core/words/gap-of-train-eval", test_gap_is_of_train_eval);
  g_test_add_func ("/core/words/running-gap", test_running_gap);
  g_test_add_func ("/core/words/overfitting", test_overfitting);
  g_test_add_func ("/core/words/plateau", test_plateau);
  g_test_add_func ("/core/words/both-rise", test_both_losses_rise);
  g_test_add_func ("/core/words/training-loss", test_training_loss_is_train_evals);
  g_test_add_func ("/core/words/rise-alone", test_training_loss_rises_without_validation);
  g_test_add_func ("/core/words/end/improving", test_ends_while_improving);
  g_test_add_func ("/core/words/end/overfitting", test_ends_while_overfitting);
  g_test_add_func ("/core/words/end/plateau", test_ends_on_a_plateau);
  g_test_add_func ("/core/words/guessing", test_no_better_than_guessing);
  g_test_add_func ("/core/words/falls-to-guessing", test_falls_to_guessing);
  g_test_add_func ("/core/words/unknown-classes", test_unknown_classes);
  g_test_add_func ("/core/words/never-finite", test_never_finite);
  g_test_add_func ("/core/words/no-longer-finite", test_no_longer_finite);
  g_test_add_func ("/core/words/not-finite-between", test_not_finite_in_the_middle);

  return g_test_run ();
}
