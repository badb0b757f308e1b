/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often the verdicts about curves are wrong by chance: a thousand simulated runs of each kind,
 * read after each epoch as the window reads them.
 *
 * A run counts as falsely described if a verdict that is not true of its kind was given after any
 * of its epochs.  The seed is fixed, so that the counts are the same every time. */

#include <math.h>

#include "results/atelier-curve-reading.h"

#define N_RUNS 1000
#define N_EPOCHS 30
#define FIRST_READ 6
#define N_CLASSES 10
#define N_FEW 50 /* pictures */
#define N_MANY 5000
#define N_VERDICTS (ATELIER_CURVE_NOISE + 1)

typedef struct
{
  AtelierEpochFigures figures[N_EPOCHS];
  AtelierPredictions *validation[N_EPOCHS]; /* Owned; nullable */
} Run;

/* Of a thousand runs: how many had a verdict after some epoch, and how many after the last. */
typedef struct
{
  guint n_ever[N_VERDICTS];
  guint n_at_end[N_VERDICTS];
} Counts;

typedef void (*SimulateFunc) (Run           *run,
                              GRand         *rand,
                              gconstpointer  data);

/* ---- Chance ---- */

static double
draw_normal (GRand *rand)
{
  return sqrt (-2.0 * log (1.0 - g_rand_double (rand))) * cos (2.0 * G_PI * g_rand_double (rand));
}

static guint
draw_binomial (GRand  *rand,
               guint   n,
               double  share)
{
  guint n_hits = 0;

  if (n > N_FEW)
    return (guint) CLAMP (n * share + sqrt (n * share * (1.0 - share)) * draw_normal (rand) + 0.5,
                          0.0, n);
  for (guint i = 0; i < n; i++)
    n_hits += g_rand_double (rand) < share;

  return n_hits;
}

/* ---- Runs ---- */

static void
clear_run (Run *run)
{
  for (guint i = 0; i < N_EPOCHS; i++)
    g_clear_pointer (&run->validation[i], atelier_predictions_unref);
}

/* An epoch of a network that learns its training pictures better and better. */
static void
init_epoch (AtelierEpochFigures *figures,
            guint                i,
            GRand               *rand)
{
  *figures = (AtelierEpochFigures) {
    .epoch = i + 1,
    .loss = 0.1 + 0.5 / (i + 1.0) + 0.002 * draw_normal (rand),
    .accuracy = 0.9,
    .train_eval_loss = 0.05 + 0.5 / (i + 1.0) + 0.002 * draw_normal (rand),
    .train_eval_accuracy = 0.95,
    .validation_accuracy = 0.88,
  };
}

/* Falls for some epochs and then stays, but for noise.  @data: how much of the noise an epoch has
 * from the one before. */
static void
simulate_flat (Run           *run,
               GRand         *rand,
               gconstpointer  data)
{
  const double memory = *(const double *) data;
  double noise = 0.0;

  for (guint i = 0; i < N_EPOCHS; i++)
    {
      init_epoch (&run->figures[i], i, rand);
      noise = memory * noise + sqrt (1.0 - memory * memory) * 0.004 * draw_normal (rand);
      run->figures[i].validation_loss = 0.3 + 0.25 * exp (-1.2 * i) + noise;
    }
}

/* The same on few pictures, whose answers are drawn one by one: each has a difficulty of its own,
 * each epoch changes it a little, and changes that all pictures share come on top. */
static void
simulate_flat_on_few (Run           *run,
                      GRand         *rand,
                      gconstpointer  data)
{
  guint8 labels[N_FEW];
  double ease[N_FEW];

  for (guint k = 0; k < N_FEW; k++)
    {
      labels[k] = k % N_CLASSES;
      ease[k] = 4.0 + 2.0 * draw_normal (rand);
    }
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      float scores[N_FEW * N_CLASSES];
      double sum = 0.0, shared = 0.2 * draw_normal (rand) - exp (-1.2 * i);

      init_epoch (&run->figures[i], i, rand);
      for (guint k = 0; k < N_FEW; k++)
        {
          double certainty = 1.0 / (1.0 + exp (-ease[k] - shared - 0.5 * draw_normal (rand)));

          for (guint j = 0; j < N_CLASSES; j++)
            scores[k * N_CLASSES + j] =
              (float) (j == labels[k] ? certainty : (1.0 - certainty) / (N_CLASSES - 1));
          sum -= log (certainty);
        }
      run->figures[i].validation_loss = sum / N_FEW;
      run->validation[i] = atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels,
                                                    N_FEW, N_CLASSES);
    }
}

static void
simulate_falling (Run           *run,
                  GRand         *rand,
                  gconstpointer  data)
{
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      init_epoch (&run->figures[i], i, rand);
      run->figures[i].validation_loss = 0.6 - 0.012 * i + 0.3 * exp (-1.2 * i)
                                        + 0.004 * draw_normal (rand);
    }
}

/* Falls until epoch ten, then rises. */
static void
simulate_overfitting (Run           *run,
                      GRand         *rand,
                      gconstpointer  data)
{
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      init_epoch (&run->figures[i], i, rand);
      run->figures[i].validation_loss = 0.3 + 0.006 * fabs (i - 9.0) + 0.3 * exp (-1.2 * i)
                                        + 0.004 * draw_normal (rand);
    }
}

static AtelierPredictions *
create_predictions (guint  n,
                    double largest_share)
{
  g_autofree float *scores = g_new0 (float, (gsize) n * N_CLASSES);
  g_autofree guint8 *labels = g_new (guint8, n);
  const guint n_largest = (guint) (n * largest_share + 0.5);

  for (guint i = 0; i < n; i++)
    labels[i] = i < n_largest ? 0 : 1 + i % (N_CLASSES - 1);

  return atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, n, N_CLASSES);
}

/* After epoch 20 the weights are lost. */
static void
simulate_diverging (Run           *run,
                    GRand         *rand,
                    gconstpointer  data)
{
  AtelierPredictions *predictions = create_predictions (N_FEW, 0.1);

  simulate_falling (run, rand, data);
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      run->validation[i] = atelier_predictions_ref (predictions);
      if (i < 20)
        continue;
      run->figures[i].train_eval_loss = run->figures[i].loss = 2.6 + 0.05 * draw_normal (rand);
      run->figures[i].validation_loss = 2.6 + 0.05 * draw_normal (rand);
      run->figures[i].validation_accuracy = 0.1;
    }
  atelier_predictions_unref (predictions);
}

typedef struct
{
  guint  n;
  double largest_share;
} Guessing;

/* Always the largest class, seen on other pictures each time: more chance than there really is. */
static void
simulate_guessing (Run           *run,
                   GRand         *rand,
                   gconstpointer  data)
{
  const Guessing *guessing = data;
  AtelierPredictions *predictions
    = create_predictions (guessing->n, guessing->largest_share);

  for (guint i = 0; i < N_EPOCHS; i++)
    {
      double share = (double) draw_binomial (rand, guessing->n, guessing->largest_share)
                     / guessing->n;

      run->figures[i] = (AtelierEpochFigures) {
        .epoch = i + 1,
        .loss = 2.303 + 0.004 * draw_normal (rand),
        .accuracy = guessing->largest_share,
        .train_eval_loss = 2.303 + 0.004 * draw_normal (rand),
        .train_eval_accuracy = guessing->largest_share,
        .validation_loss = 2.303 + 0.004 * draw_normal (rand),
        .validation_accuracy = share,
      };
    }
  /* The newest that are kept tell the classes; pictures are not compared. */
  run->validation[FIRST_READ - 1] = predictions;
}

/* ---- Counting ---- */

static void
count_run (const Run *run,
           Counts    *counts)
{
  gboolean was_given[N_VERDICTS] = { FALSE };
  AtelierCurveReading reading;

  for (guint n = FIRST_READ; n <= N_EPOCHS; n++)
    {
      const AtelierRunCurves curves = {
        .figures = run->figures,
        .validation = run->validation,
        .n_epochs = n,
        .n_epochs_planned = N_EPOCHS,
      };

      atelier_curve_reading_init (&reading, &curves);
      was_given[reading.verdict] = TRUE;
    }
  counts->n_at_end[reading.verdict]++;
  for (guint i = 0; i < N_VERDICTS; i++)
    counts->n_ever[i] += was_given[i];
}

static void
simulate (SimulateFunc   function,
          gconstpointer  data,
          Counts        *counts)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1927);
  static const char *const names[N_VERDICTS] = {
    "open", "one class", "not finite", "diverged", "guessing", "overfitting", "rising", "learning",
    "plateau", "noise",
  };

  *counts = (Counts) { 0 };
  for (guint i = 0; i < N_RUNS; i++)
    {
      Run run = { 0 };

      function (&run, rand, data);
      count_run (&run, counts);
      clear_run (&run);
    }
  for (guint i = 0; i < N_VERDICTS; i++)
    g_test_message ("%s: %u of %u runs, at the end %u", names[i], counts->n_ever[i], N_RUNS,
                    counts->n_at_end[i]);
}

/* Verdicts that are wrong for every run that learns and does not break. */
static void
assert_none_broken (const Counts *counts)
{
  g_assert_cmpuint (counts->n_ever[ATELIER_CURVE_ONE_CLASS], ==, 0);
  g_assert_cmpuint (counts->n_ever[ATELIER_CURVE_NOT_FINITE], ==, 0);
  g_assert_cmpuint (counts->n_ever[ATELIER_CURVE_DIVERGED], ==, 0);
  g_assert_cmpuint (counts->n_ever[ATELIER_CURVE_GUESSING], ==, 0);
}

/* ---- Tests ---- */

/* Below one in a hundred, after any epoch. */
static void
test_flat (gconstpointer data)
{
  Counts counts;

  simulate (simulate_flat, data, &counts);
  assert_none_broken (&counts);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_OVERFITTING], <, N_RUNS / 100);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_RISING], <, N_RUNS / 100);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_LEARNING], <, N_RUNS / 50);
}

static void
test_flat_on_few (void)
{
  Counts counts;

  simulate (simulate_flat_on_few, NULL, &counts);
  assert_none_broken (&counts);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_OVERFITTING], <, N_RUNS / 100);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_RISING], <, N_RUNS / 100);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_LEARNING], <, N_RUNS / 50);
}

static void
test_falling (void)
{
  Counts counts;

  simulate (simulate_falling, NULL, &counts);
  assert_none_broken (&counts);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_OVERFITTING], ==, 0);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_RISING], ==, 0);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_LEARNING], >, N_RUNS * 9 / 10);
}

static void
test_overfitting (void)
{
  Counts counts;

  simulate (simulate_overfitting, NULL, &counts);
  assert_none_broken (&counts);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_RISING], ==, 0);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_OVERFITTING], >, N_RUNS * 99 / 100);
}

static void
test_diverging (void)
{
  Counts counts;

  simulate (simulate_diverging, NULL, &counts);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_DIVERGED], ==, N_RUNS);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_OVERFITTING], ==, 0);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_GUESSING], ==, 0);
}

static void
test_guessing (gconstpointer data)
{
  Counts counts;

  simulate (simulate_guessing, data, &counts);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_OVERFITTING], ==, 0);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_DIVERGED], ==, 0);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_RISING], <, N_RUNS / 100);
  g_assert_cmpuint (counts.n_ever[ATELIER_CURVE_LEARNING], <, N_RUNS / 50);
  g_assert_cmpuint (counts.n_at_end[ATELIER_CURVE_GUESSING], >, N_RUNS * 9 / 10);
}

int
main (int   argc,
      char *argv[])
{
  static const double independent = 0.0, half = 0.5;
  static const Guessing few = { N_FEW, 0.1112 }, many = { N_MANY, 0.1112 };
  static const Guessing imbalanced = { 500, 0.6 };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/core/words-chance/flat", &independent, test_flat);
  g_test_add_data_func ("/core/words-chance/flat-with-memory", &half, test_flat);
  g_test_add_func ("/core/words-chance/flat-on-few", test_flat_on_few);
  g_test_add_func ("/core/words-chance/falling", test_falling);
  g_test_add_func ("/core/words-chance/overfitting", test_overfitting);
  g_test_add_func ("/core/words-chance/diverging", test_diverging);
  g_test_add_data_func ("/core/words-chance/guessing-few", &few, test_guessing);
  g_test_add_data_func ("/core/words-chance/guessing-many", &many, test_guessing);
  g_test_add_data_func ("/core/words-chance/guessing-imbalanced", &imbalanced, test_guessing);

  return g_test_run ();
}
