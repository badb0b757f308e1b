/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences below the curves: each case once, word for word. */

#include <math.h>
#include <string.h>

#include "results/atelier-words.h"

#define MAX_EPOCHS 16
#define N_CLASSES 10

/* A small run: training loss and accuracy (running), validation loss and accuracy, train-eval loss
 * and accuracy. */
typedef double Row[6];

#define NO_EVAL NAN, NAN

/* What a curve has of noise in the examples: an error of 0.005 for a difference of two epochs. */
#define ZIGZAG 0.0021651

typedef struct
{
  AtelierPredictions *validation; /* Owned; of each epoch; nullable */
  AtelierPredictions *training;   /* Owned; nullable */
} Kept;

static char *
describe_kept (const Row  *rows,
               guint       n,
               guint       n_planned,
               const Kept *kept)
{
  AtelierEpochFigures figures[MAX_EPOCHS] = { 0 };
  AtelierPredictions *validation[MAX_EPOCHS] = { NULL };
  AtelierPredictions *training[MAX_EPOCHS] = { NULL };

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
      if (kept != NULL)
        {
          validation[i] = kept[i].validation;
          training[i] = kept[i].training;
        }
    }

  return atelier_words_describe_curves (&(AtelierRunCurves) {
    .figures = figures,
    .validation = validation,
    .training = training,
    .n_epochs = n,
    .n_epochs_planned = n_planned,
  });
}

static char *
describe_rows (const Row *rows,
               guint      n,
               guint      n_planned)
{
  return describe_kept (rows, n, n_planned, NULL);
}

/* In the middle of a run. */
static void
assert_words (const Row  *rows,
              guint       n,
              const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, MAX_EPOCHS + 1);

  g_assert_cmpstr (words, ==, expected);
}

/* When all planned epochs are done. */
static void
assert_last_words (const Row  *rows,
                   guint       n,
                   const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, n);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_contains (const char *words,
                 const char *expected)
{
  if (strstr (words, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, words);
}

static void
assert_mentions (const Row  *rows,
                 guint       n,
                 const char *expected)
{
  g_autofree char *words = describe_rows (rows, n, MAX_EPOCHS + 1);

  assert_contains (words, expected);
}

/* Advice and verdicts that need a trend. */
static void
assert_no_verdict (const char *words)
{
  g_assert_null (strstr (words, "overfitting begins"));
  g_assert_null (strstr (words, "learning rate"));
  g_assert_null (strstr (words, "epochs"));
  g_assert_null (strstr (words, "falling"));
  g_assert_null (strstr (words, "hance"));
}

/* Fills the rows with a run whose validation loss is @losses and whose train-eval loss goes from
 * @training by @step, both with the examples' noise. */
static void
fill_rows (Row          *rows,
           const double *losses,
           guint         n,
           double        training,
           double        step)
{
  for (guint i = 0; i < n; i++)
    {
      const double noise = i % 2 == 0 ? ZIGZAG : -ZIGZAG;

      rows[i][0] = training + step * i + 0.1;
      rows[i][1] = 0.85;
      rows[i][2] = losses[i] + noise;
      rows[i][3] = 0.90;
      rows[i][4] = training + step * i + noise;
      rows[i][5] = 0.915;
    }
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

/* One epoch is no trend, so there is no advice at its end either. */
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

/* ---- Where the loss stands, before anything can be said of a trend ---- */

static void
test_lowest (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.48, 0.81 }, { 0.4, 0.855, 0.4, 0.85, 0.39, 0.855 },
  };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.400, at epoch 2. "
                "Measured alike, training accuracy is 0.5 points above validation accuracy.");
}

/* "0.000" would mean that there is no loss left. */
static void
test_small_loss (void)
{
  const Row rows[] = {
    { 0.9, 0.99, 0.0021, 0.99, 0.002, 0.99 }, { 0.4, 0.99, 0.00004, 1.00, 0.00002, 1.0 },
  };

  assert_words (rows, 2,
                "Validation loss is at its lowest, 0.00004, at epoch 2. "
                "Measured alike, training and validation accuracy are equal.");
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
                "Training loss is at its lowest, 0.400, at epoch 2. "
                "Without a validation split, overfitting cannot be seen.");
  assert_words (rows, 3,
                "Training loss was lowest, 0.400, at epoch 2, 1 epoch ago. "
                "Without a validation split, overfitting cannot be seen.");
}

/* Five epochs, whatever they look like. */
static void
test_no_verdict_before_six (void)
{
  const Row rising[] = {
    { 0.5, 0.85, 0.25, 0.84, 0.24, 0.86 }, { 0.4, 0.87, 0.35, 0.84, 0.2, 0.88 },
    { 0.3, 0.90, 0.45, 0.84, 0.15, 0.92 }, { 0.2, 0.93, 0.55, 0.84, 0.1, 0.95 },
    { 0.1, 0.95, 0.65, 0.84, 0.05, 0.99 },
  };

  assert_last_words (rising, 5,
                     "Validation loss has not improved for 4 epochs; it was lowest, 0.250, "
                     "at epoch 1. Measured alike, training accuracy is 15.0 points above "
                     "validation accuracy.");
}

/* ---- Training against validation: a gap is a gap, and it is said which is higher ---- */

static void
test_gap (void)
{
  const Row training[] = {
    { 0.5, 0.85, 0.27, 0.74, 0.26, 0.86 }, { 0.1, 0.88, 0.26, 0.75, 0.1, 0.962 },
  };
  const Row validation[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.5, 0.79 }, { 0.4, 0.838, 0.4, 0.85, 0.41, 0.83 },
  };

  assert_words (training, 2,
                "Validation loss is at its lowest, 0.260, at epoch 2. "
                "Measured alike, training accuracy is 21.2 points above validation accuracy.");
  assert_words (validation, 2,
                "Validation loss is at its lowest, 0.400, at epoch 2. "
                "Measured alike, validation accuracy is 2.0 points above training accuracy.");
}

/* The gap is taken from train-eval where there is one: here the running figures would say the
 * opposite. */
static void
test_gap_is_of_train_eval (void)
{
  const Row rows[] = {
    { 0.9, 0.70, 0.5, 0.80, 0.4, 0.84 }, { 0.5, 0.80, 0.4, 0.85, 0.2, 0.95 },
  };

  assert_mentions (rows, 2, "training accuracy is 10.0 points above validation accuracy");
}

static void
test_running_gap (void)
{
  const Row above[] = { { 0.9, 0.70, 0.5, 0.80, NO_EVAL }, { 0.4, 0.838, 0.4, 0.85, NO_EVAL } };
  const Row below[] = { { 0.5, 0.85, 0.27, 0.84, NO_EVAL }, { 0.1, 0.97, 0.26, 0.85, NO_EVAL } };

  assert_mentions (above, 2,
                   "Validation accuracy is 1.2 points above training accuracy, a running mean "
                   "taken while learning and with any dropout on.");
  assert_mentions (below, 2,
                   "Training accuracy, a running mean taken while learning and with any dropout "
                   "on, is 12.0 points above validation accuracy.");
}

/* ---- Trends, with an error of 0.005 ---- */

static void
test_learning (void)
{
  const double losses[] = { 0.50, 0.36, 0.345, 0.33, 0.315, 0.306, 0.300, 0.291, 0.282, 0.273 };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.40, -0.01);
  assert_words (rows, G_N_ELEMENTS (losses),
                "Validation loss is at its lowest, 0.271, at epoch 10 and still falling. "
                "Measured alike, training accuracy is 1.5 points above validation accuracy.");
  assert_last_words (rows, G_N_ELEMENTS (losses),
                     "Validation loss is at its lowest, 0.271, at epoch 10 and still falling. "
                     "The run ended while it still improved: more epochs may help. "
                     "Measured alike, training accuracy is 1.5 points above validation accuracy.");
}

static void
test_overfitting (void)
{
  const double losses[] = {
    0.50, 0.285, 0.279, 0.273, 0.276, 0.280, 0.285, 0.290, 0.296, 0.301, 0.306
  };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.30, -0.01);
  assert_words (rows, G_N_ELEMENTS (losses),
                "Validation loss has not improved for 7 epochs; it was lowest, 0.271, at epoch 4. "
                "Training loss has fallen since: overfitting begins; "
                "stopping early, more dropout or a larger penalty may help. "
                "Measured alike, training accuracy is 1.5 points above validation accuracy.");
  /* Not yet, two epochs earlier: three epochs running have to lie clearly above. */
  {
    g_autofree char *words = describe_rows (rows, G_N_ELEMENTS (losses) - 2, MAX_EPOCHS);

    assert_no_verdict (strstr (words, "Measured"));
    g_assert_null (strstr (words, "overfitting"));
  }
}

/* The same validation loss, while training loss does not move: nothing can be said. */
static void
test_rise_without_a_reason (void)
{
  const double losses[] = {
    0.50, 0.285, 0.279, 0.273, 0.276, 0.280, 0.285, 0.290, 0.296, 0.301, 0.306
  };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.30, 0.0);
  assert_words (rows, G_N_ELEMENTS (losses),
                "Validation loss has not improved for 7 epochs; it was lowest, 0.271, at epoch 4. "
                "Measured alike, training accuracy is 1.5 points above validation accuracy.");
}

static void
test_both_losses_rise (void)
{
  const double losses[] = {
    0.50, 0.285, 0.279, 0.273, 0.276, 0.280, 0.285, 0.290, 0.296, 0.301, 0.306
  };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.30, 0.01);
  assert_mentions (rows, G_N_ELEMENTS (losses),
                   "Training loss has risen since as well: a lower learning rate may help.");
}

static void
test_plateau (void)
{
  const double losses[] = { 0.50, 0.31, 0.29, 0.280, 0.275, 0.273, 0.275, 0.276, 0.277, 0.276 };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.30, -0.01);
  assert_mentions (rows, G_N_ELEMENTS (losses),
                   "Its last five epochs differ by no more than chance explains: "
                   "more epochs like these change little.");
}

/* The newest five are further apart, and the newest is near the best. */
static void
test_noise (void)
{
  const double losses[] = {
    0.50, 0.31, 0.29, 0.280, 0.275, 0.273, 0.275, 0.287, 0.290, 0.287, 0.277
  };
  Row rows[G_N_ELEMENTS (losses)];

  fill_rows (rows, losses, G_N_ELEMENTS (losses), 0.30, 0.0);
  assert_mentions (rows, G_N_ELEMENTS (losses),
                   "lowest, 0.271, at epoch 6. Chance explains the difference. ");
}

static void
test_training_loss_rises_without_validation (void)
{
  Row rows[9];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row row = { 0.5 + 0.05 * fabs (i - 3.0), 0.85, NAN, NAN, NO_EVAL };

      memcpy (rows[i], row, sizeof row);
    }
  assert_words (rows, G_N_ELEMENTS (rows),
                "Training loss has not improved for 5 epochs; it was lowest, 0.500, at epoch 4. "
                "It has clearly risen since: a lower learning rate may help. "
                "Without a validation split, overfitting cannot be seen.");
}

/* ---- With the answers of every epoch ---- */

/* @n pictures, of which the first @n_largest are of class 0; the first @n_right are recognised,
 * with @certainty. */
static AtelierPredictions *
create_answers (AtelierSplit split,
                guint        n,
                guint        n_largest,
                guint        n_right,
                double       certainty)
{
  g_autofree float *scores = g_new0 (float, (gsize) n * N_CLASSES);
  g_autofree guint8 *labels = g_new (guint8, n);

  for (guint i = 0; i < n; i++)
    {
      labels[i] = i < n_largest ? 0 : 1 + i % (N_CLASSES - 1);
      scores[i * N_CLASSES + labels[i]] = (float) (i < n_right ? certainty : 1.0 - certainty);
      scores[i * N_CLASSES + (labels[i] + 1) % N_CLASSES]
        = (float) (i < n_right ? 1.0 - certainty : certainty);
    }

  return atelier_predictions_new (split, scores, labels, n, N_CLASSES);
}

static void
clear_kept (Kept  *kept,
            guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&kept[i].validation, atelier_predictions_unref);
      g_clear_pointer (&kept[i].training, atelier_predictions_unref);
    }
}

/* Rows of a run whose accuracies never change, and whose loss does not either. */
static void
fill_level_rows (Row    *rows,
                 guint   n,
                 double  validation_accuracy,
                 double  train_eval_accuracy)
{
  for (guint i = 0; i < n; i++)
    {
      const Row row = { 2.303, 0.1, 2.303, validation_accuracy, 2.303, train_eval_accuracy };

      memcpy (rows[i], row, sizeof row);
    }
}

/* Describes six epochs with the accuracies, of @n validation pictures. */
static char *
describe_accuracies (guint  n,
                     guint  n_largest,
                     double validation_accuracy,
                     double train_eval_accuracy,
                     guint  n_epochs,
                     guint  n_planned)
{
  Row rows[6];
  Kept kept[6] = { 0 };
  char *words;

  fill_level_rows (rows, n_epochs, validation_accuracy, train_eval_accuracy);
  for (guint i = 0; i < n_epochs; i++)
    {
      kept[i].validation = create_answers (ATELIER_SPLIT_VALIDATION, n, n_largest, 0, 0.9);
      kept[i].training = create_answers (ATELIER_SPLIT_TRAIN, 1000, 100, 0, 0.9);
    }
  words = describe_kept (rows, n_epochs, n_planned, kept);
  clear_kept (kept, n_epochs);

  return words;
}

static void
test_guessing (void)
{
  /* Of 5,000 pictures 556 are of the largest class: up to 12.5 % is guessing. */
  g_autofree char *at_limit = describe_accuracies (5000, 556, 0.1244, 0.11, 6, 9);
  g_autofree char *above = describe_accuracies (5000, 556, 0.1250, 0.11, 6, 9);
  /* Of 50 pictures up to 25.3 % is. */
  g_autofree char *few = describe_accuracies (50, 6, 0.24, 0.11, 6, 9);
  g_autofree char *early = describe_accuracies (5000, 556, 0.11, 0.11, 3, 9);
  g_autofree char *short_run = describe_accuracies (5000, 556, 0.11, 0.11, 3, 3);

  g_assert_cmpstr (at_limit, ==,
                   "Validation loss has not improved for 5 epochs; it was lowest, 2.303, "
                   "at epoch 1. No epoch is better than guessing, which reaches 12.5 % with "
                   "5,000 pictures: the learning rate may be much too low or too high, or the "
                   "labels may not belong to the pictures.");
  g_assert_null (strstr (above, "guessing"));
  assert_contains (few, "guessing, which reaches 25.8 % with 50 pictures");
  g_assert_null (strstr (early, "guessing"));
  assert_contains (short_run, "No epoch is better than guessing");
}

/* Always the class that most pictures are of. */
static void
test_guessing_with_a_large_class (void)
{
  g_autofree char *words = describe_accuracies (500, 300, 0.61, 0.1, 6, 9);

  assert_contains (words, "No epoch is better than guessing, which reaches 66.6 % with");
}

/* Random labels: training pictures can be learnt by heart, validation pictures cannot. */
static void
test_learnt_by_heart (void)
{
  g_autofree char *words = describe_accuracies (5000, 556, 0.11, 0.45, 6, 9);

  assert_contains (words,
                   "Validation accuracy is no better than guessing, which reaches 12.5 % with "
                   "5,000 pictures, but training accuracy is 45.0 %: the network knows its "
                   "training pictures by heart, and the labels may be random.");
}

static void
test_one_class (void)
{
  g_autofree char *words = describe_accuracies (100, 100, 1.0, 1.0, 2, 9);

  g_assert_cmpstr (words, ==,
                   "Validation loss is level with its lowest, 2.303, at epoch 1. All validation "
                   "pictures are of one class: these figures do not say whether the classes can "
                   "be told apart.");
}

/* A loss above what guessing costs, which was below. */
static void
test_divergence (void)
{
  const Row rows[] = {
    { 0.5, 0.80, 0.5, 0.81, 0.38, 0.81 }, { 2.7, 0.10, 2.7, 0.102, 2.6, 0.1 },
  };
  Kept kept[2] = { 0 };
  g_autofree char *words = NULL;

  for (guint i = 0; i < 2; i++)
    {
      kept[i].validation = create_answers (ATELIER_SPLIT_VALIDATION, 1000, 100, 0, 0.9);
      kept[i].training = create_answers (ATELIER_SPLIT_TRAIN, 1000, 100, 0, 0.9);
    }
  words = describe_kept (rows, 2, 9, kept);
  clear_kept (kept, 2);

  g_assert_cmpstr (words, ==,
                   "Validation loss was lowest, 0.500, at epoch 1, 1 epoch ago. Training loss has "
                   "risen to 2.600, and guessing costs 2.303: training has diverged, and a lower "
                   "learning rate may help.");
}

/* Describes the overfitting run with @n_right pictures recognised at its best epoch and
 * @n_right_then later on, of @n. */
static char *
describe_overfitting_with (guint n,
                           guint n_right,
                           guint n_right_then)
{
  const double losses[] = {
    0.50, 0.285, 0.279, 0.273, 0.276, 0.280, 0.285, 0.290, 0.296, 0.301, 0.306
  };
  const guint n_epochs = G_N_ELEMENTS (losses);
  Row rows[G_N_ELEMENTS (losses)];
  Kept kept[G_N_ELEMENTS (losses)] = { 0 };
  char *words;

  fill_rows (rows, losses, n_epochs, 0.30, -0.01);
  for (guint i = 0; i < n_epochs; i++)
    kept[i].validation = create_answers (ATELIER_SPLIT_VALIDATION, n, n / 10,
                                         i <= 3 ? n_right : n_right_then, 0.99);
  words = describe_kept (rows, n_epochs, MAX_EPOCHS, kept);
  clear_kept (kept, n_epochs);

  return words;
}

static void
test_surer_not_more_often_wrong (void)
{
  g_autofree char *surer = describe_overfitting_with (5000, 4500, 4500);
  g_autofree char *wrong = describe_overfitting_with (100000, 90000, 89990);

  assert_contains (surer,
                   "Training loss has fallen since: overfitting begins, though the network is "
                   "surer and not more often wrong; stopping early,");
  assert_contains (wrong, "Training loss has fallen since: overfitting begins; stopping early,");
}

/* Few pictures lost all of it: their own error is larger than that of the curve. */
static void
test_few_pictures (void)
{
  g_autofree char *words = describe_overfitting_with (50, 45, 43);

  g_assert_null (strstr (words, "overfitting"));
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

/* Losses behind a value that is not finite are not described as falling. */
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
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/words/no-epoch", test_no_epoch);
  g_test_add_func ("/core/words/first-epoch", test_first_epoch);
  g_test_add_func ("/core/words/only-epoch", test_only_epoch);
  g_test_add_func ("/core/words/first-epoch-without-validation",
                   test_first_epoch_without_validation);
  g_test_add_func ("/core/words/lowest", test_lowest);
  g_test_add_func ("/core/words/small-loss", test_small_loss);
  g_test_add_func ("/core/words/recent-best", test_recent_best);
  g_test_add_func ("/core/words/tie", test_tie);
  g_test_add_func ("/core/words/without-validation", test_without_validation);
  g_test_add_func ("/core/words/no-verdict-before-six", test_no_verdict_before_six);
  g_test_add_func ("/core/words/gap", test_gap);
  g_test_add_func ("/core/words/gap-is-of-train-eval", test_gap_is_of_train_eval);
  g_test_add_func ("/core/words/running-gap", test_running_gap);
  g_test_add_func ("/core/words/learning", test_learning);
  g_test_add_func ("/core/words/overfitting", test_overfitting);
  g_test_add_func ("/core/words/rise-without-a-reason", test_rise_without_a_reason);
  g_test_add_func ("/core/words/both-losses-rise", test_both_losses_rise);
  g_test_add_func ("/core/words/plateau", test_plateau);
  g_test_add_func ("/core/words/noise", test_noise);
  g_test_add_func ("/core/words/training-loss-rises-without-validation",
                   test_training_loss_rises_without_validation);
  g_test_add_func ("/core/words/guessing", test_guessing);
  g_test_add_func ("/core/words/guessing-with-a-large-class", test_guessing_with_a_large_class);
  g_test_add_func ("/core/words/learnt-by-heart", test_learnt_by_heart);
  g_test_add_func ("/core/words/one-class", test_one_class);
  g_test_add_func ("/core/words/divergence", test_divergence);
  g_test_add_func ("/core/words/surer-not-more-often-wrong", test_surer_not_more_often_wrong);
  g_test_add_func ("/core/words/few-pictures", test_few_pictures);
  g_test_add_func ("/core/words/never-finite", test_never_finite);
  g_test_add_func ("/core/words/no-longer-finite", test_no_longer_finite);
  g_test_add_func ("/core/words/not-finite-in-the-middle", test_not_finite_in_the_middle);

  return g_test_run ();
}
