/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words under the curves: each honest case once, word for word. */

#include <math.h>

#include "atelier-words.h"

#define MAX_EPOCHS 8

/* A small run: training loss and accuracy, validation loss and accuracy. */
typedef double Row[4];

static char *
describe_rows (const Row *rows,
               guint n,
               guint n_classes)
{
  AtelierEpochFigures figures[MAX_EPOCHS] = { 0 };
  int i_best = -1;

  g_assert_cmpuint (n, <=, MAX_EPOCHS);
  for (guint i = 0; i < n; i++)
    {
      double loss = isnan (rows[i][2]) ? rows[i][0] : rows[i][2];

      figures[i] = (AtelierEpochFigures) {
        .epoch = i + 1,
        .loss = rows[i][0],
        .accuracy = rows[i][1],
        .train_eval_loss = NAN,
        .train_eval_accuracy = NAN,
        .validation_loss = rows[i][2],
        .validation_accuracy = rows[i][3],
      };
      if (isfinite (loss) && (i_best < 0 || loss < (isnan (rows[i_best][2]) ? rows[i_best][0] : rows[i_best][2])))
        i_best = (int) i;
    }

  return atelier_words_describe_epochs (figures, n, i_best, n_classes);
}

static void
assert_words (const Row *rows,
              guint n,
              const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, 10);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_no_epoch (void)
{
  assert_words (NULL, 0, "");
}

static void
test_first_epoch (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.5124, 0.8127 } };

  assert_words (rows, 1,
                "After the first epoch, validation loss is 0.512 and validation accuracy 81.3 %.");
}

static void
test_first_epoch_without_validation (void)
{
  const Row rows[] = { { 0.9, 0.70, NAN, NAN } };

  assert_words (rows, 1,
                "After the first epoch, training loss is 0.900 and training accuracy 70.0 %. "
                "Without a validation split, overfitting cannot be seen.");
}

static void
test_still_falling (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.5, 0.80 }, { 0.4, 0.855, 0.4, 0.85 } };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.400, and still falling. "
                "Training and validation accuracy are 0.5 points apart: no overfitting yet.");
}

static void
test_hardly_falling (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.4003, 0.80 }, { 0.4, 0.855, 0.3999, 0.85 } };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.400, but hardly falls any more. "
                "Training and validation accuracy are 0.5 points apart: no overfitting yet.");
}

static void
test_plateau (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.250, 0.84 }, { 0.4, 0.87, 0.252, 0.84 },
    { 0.3, 0.90, 0.251, 0.84 }, { 0.2, 0.93, 0.253, 0.84 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss still falls, but validation no longer follows: "
                "more epochs change little.");
}

static void
test_validation_above_training (void)
{
  const Row rows[] = { { 0.9, 0.70, 0.5, 0.80 }, { 0.4, 0.838, 0.4, 0.85 } };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.400, and still falling. "
                "Validation accuracy is 1.2 points above training accuracy, which is a mean over "
                "the epoch, taken while learning and with any dropout on.");
}

static void
test_recent_best (void)
{
  const Row rows[] = { { 0.5, 0.85, 0.25, 0.84 }, { 0.4, 0.87, 0.26, 0.86 } };

  assert_words (rows, 2,
                "Validation loss was lowest, 0.250, at epoch 1. "
                "Training and validation accuracy are 1.0 points apart: no overfitting yet.");
}

static void
test_large_gap (void)
{
  const Row rows[] = { { 0.5, 0.85, 0.25, 0.84 }, { 0.1, 0.97, 0.26, 0.85 } };

  assert_words (rows, 2,
                "Validation loss was lowest, 0.250, at epoch 1. "
                "Training accuracy is 12.0 points above validation accuracy: overfitting begins.");
}

static void
test_overfitting (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84 }, { 0.4, 0.87, 0.26, 0.84 },
    { 0.3, 0.90, 0.27, 0.84 }, { 0.2, 0.93, 0.28, 0.84 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss still falls: the network is overfitting; "
                "stopping early, more dropout or a larger penalty may help.");
}

static void
test_both_losses_rise (void)
{
  const Row rows[] = {
    { 0.5, 0.85, 0.25, 0.84 }, { 0.6, 0.80, 0.26, 0.84 },
    { 0.6, 0.80, 0.27, 0.84 }, { 0.6, 0.80, 0.28, 0.84 },
  };

  assert_words (rows, 4,
                "Validation loss has not improved for 3 epochs; it was lowest, 0.250, at epoch 1. "
                "Training loss does not fall either: a lower learning rate may help.");
}

static void
test_training_loss_rises_without_validation (void)
{
  const Row rows[] = {
    { 0.5, 0.85, NAN, NAN }, { 0.6, 0.80, NAN, NAN }, { 0.6, 0.80, NAN, NAN }, { 0.6, 0.80, NAN, NAN },
  };

  assert_words (rows, 4,
                "Training loss has not improved for 3 epochs; it was lowest, 0.500, at epoch 1. "
                "A lower learning rate may help.");
}

static void
test_no_better_than_guessing (void)
{
  const Row rows[] = { { 2.31, 0.10, 2.31, 0.101 }, { 2.30, 0.099, 2.30, 0.102 } };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 2.300, and still falling. "
                "Accuracy, 10.2 %, is hardly better than guessing among 10 classes: "
                "another learning rate may help.");
}

static void
test_unknown_classes (void)
{
  const Row rows[] = { { 2.31, 0.10, 2.31, 0.10 } };
  g_autofree char *words = describe_rows (rows, 1, 0);

  g_assert_null (strstr (words, "guessing"));
}

static void
test_not_finite (void)
{
  const Row rows[] = { { INFINITY, 0.10, INFINITY, 0.10 } };

  assert_words (rows, 1, "The loss is not a finite number. A lower learning rate may help.");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/words/no-epoch", test_no_epoch);
  g_test_add_func ("/core/words/first-epoch", test_first_epoch);
  g_test_add_func ("/core/words/first-epoch-alone", test_first_epoch_without_validation);
  g_test_add_func ("/core/words/falling", test_still_falling);
  g_test_add_func ("/core/words/hardly-falling", test_hardly_falling);
  g_test_add_func ("/core/words/plateau", test_plateau);
  g_test_add_func ("/core/words/validation-above", test_validation_above_training);
  g_test_add_func ("/core/words/recent-best", test_recent_best);
  g_test_add_func ("/core/words/large-gap", test_large_gap);
  g_test_add_func ("/core/words/overfitting", test_overfitting);
  g_test_add_func ("/core/words/both-rise", test_both_losses_rise);
  g_test_add_func ("/core/words/rise-alone", test_training_loss_rises_without_validation);
  g_test_add_func ("/core/words/guessing", test_no_better_than_guessing);
  g_test_add_func ("/core/words/unknown-classes", test_unknown_classes);
  g_test_add_func ("/core/words/not-finite", test_not_finite);

  return g_test_run ();
}
