/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The focus with runs that are made up, without a display and without training. */

#include "config.h"

#include <math.h>

#include "data/atelier-synthetic.h"
#include "focus/atelier-focus.h"
#include "results/atelier-words.h"
#include "small-runs.h"

#define N_IMAGES 6
#define N_CLASSES 10

typedef struct
{
  AtelierFocus   *focus;
  AtelierHistory *history;
  AtelierSplits  *splits;
  guint           n_changed;
  guint           n_selections;
} Fixture;

static void
show_run (Fixture        *fixture,
          AtelierHistory *history)
{
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);

  atelier_focus_set_run (fixture->focus, record, fixture->splits);
}

/* All pictures are of class 1 but @n_wrong, which are called 2. */
static AtelierPredictions *
predict (AtelierSplit split,
         guint        n_wrong)
{
  float scores[N_IMAGES * N_CLASSES] = { 0.0f };
  guint8 labels[N_IMAGES];

  for (guint i = 0; i < N_IMAGES; i++)
    {
      labels[i] = 1;
      scores[i * N_CLASSES + (i < n_wrong ? 2 : 1)] = 1.0f;
    }

  return atelier_predictions_new (split, scores, labels, N_IMAGES, N_CLASSES);
}

static void
add_epoch (AtelierHistory *history,
           guint           number)
{
  const AtelierEpochFigures figures = { .epoch = number, .loss = 1.0, .validation_loss = 1.0 };
  g_autoptr (AtelierPredictions) predictions =
    predict (ATELIER_SPLIT_VALIDATION, N_IMAGES - MIN (number, N_IMAGES));
  g_autoptr (AtelierPredictions) sample = predict (ATELIER_SPLIT_TRAIN, 0);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, predictions, sample);

  atelier_history_append_epoch (history, epoch);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->focus = atelier_focus_new ();
  fixture->history = atelier_history_new (10, 5);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 20, 10);
  g_signal_connect_swapped (fixture->focus, "changed", G_CALLBACK (count), &fixture->n_changed);
  g_signal_connect_swapped (fixture->focus, "selection-changed", G_CALLBACK (count),
                            &fixture->n_selections);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static void
set_run (Fixture *fixture,
         guint    n_epochs)
{
  for (guint i = 1; i <= n_epochs; i++)
    add_epoch (fixture->history, i);
  show_run (fixture, fixture->history);
  fixture->n_changed = 0;
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 0);
  g_assert_true (atelier_focus_get_live (fixture->focus));
  g_assert_null (atelier_focus_get_epoch_object (fixture->focus));
  g_assert_null (atelier_focus_get_predictions (fixture->focus));
  g_assert_null (atelier_focus_get_confusion (fixture->focus));

  show_run (fixture, fixture->history);
  atelier_focus_set_epoch (fixture->focus, 3);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 0);
  g_assert_true (atelier_focus_get_live (fixture->focus));
}

static void
test_follows_live (Fixture       *fixture,
                   gconstpointer  data)
{
  set_run (fixture, 1);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 1);

  add_epoch (fixture->history, 2);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 2);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

static void
test_stays (Fixture       *fixture,
            gconstpointer  data)
{
  set_run (fixture, 3);
  atelier_focus_set_epoch (fixture->focus, 2);
  g_assert_false (atelier_focus_get_live (fixture->focus));
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  add_epoch (fixture->history, 4);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 2);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  atelier_focus_set_live (fixture->focus, TRUE);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 4);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
}

/* Beyond the last epoch the nearest is the last, and before the first the first. */
static void
test_nearest_epoch (Fixture       *fixture,
                    gconstpointer  data)
{
  set_run (fixture, 3);
  atelier_focus_set_epoch (fixture->focus, 0);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 1);
  atelier_focus_set_epoch (fixture->focus, 1000);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 3);
}

/* Epochs keep their numbers where a run continues from a model. */
static void
test_goes_on (Fixture       *fixture,
              gconstpointer  data)
{
  atelier_history_set_first_batch (fixture->history, 40);
  add_epoch (fixture->history, 5);
  add_epoch (fixture->history, 6);
  set_run (fixture, 0);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 6);

  atelier_focus_set_epoch (fixture->focus, 5);
  g_assert_true (atelier_focus_get_epoch_object (fixture->focus)
                 == atelier_history_get_epoch (fixture->history, 0));
  atelier_focus_set_epoch (fixture->focus, 1);
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 5);
}

static void
test_confusion (Fixture       *fixture,
                gconstpointer  data)
{
  AtelierConfusion *confusion;

  set_run (fixture, 3);
  confusion = atelier_focus_get_confusion (fixture->focus);
  g_assert_cmpuint (atelier_confusion_get_n_mistakes (confusion), ==, N_IMAGES - 3);
  g_assert_true (confusion == atelier_focus_get_confusion (fixture->focus));

  atelier_focus_set_epoch (fixture->focus, 1);
  confusion = atelier_focus_get_confusion (fixture->focus);
  g_assert_cmpuint (atelier_confusion_get_n_mistakes (confusion), ==, N_IMAGES - 1);
}

static void
test_train_split (Fixture       *fixture,
                  gconstpointer  data)
{
  set_run (fixture, 3);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TRAIN);

  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_true (atelier_focus_get_predictions (fixture->focus)
                 == atelier_epoch_get_predictions_of (
                   atelier_history_get_epoch (fixture->history, 2), ATELIER_SPLIT_TRAIN));
  g_assert_cmpuint (
    atelier_confusion_get_n_mistakes (atelier_focus_get_confusion (fixture->focus)), ==, 0);
}

static void
test_test_split (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (AtelierPredictions) predictions = predict (ATELIER_SPLIT_TEST, 2);
  double loss = 0.0;
  guint epoch = 0;

  set_run (fixture, 3);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  g_assert_null (atelier_focus_get_predictions (fixture->focus));
  g_assert_null (atelier_focus_get_test (fixture->focus, &loss, &epoch));

  atelier_focus_set_test (fixture->focus, predictions, 0.5, 2);
  g_assert_null (atelier_focus_get_predictions (fixture->focus));
  atelier_focus_set_epoch (fixture->focus, 2);
  g_assert_true (atelier_focus_get_predictions (fixture->focus) == predictions);
  g_assert_true (atelier_focus_get_test (fixture->focus, &loss, &epoch) == predictions);
  g_assert_cmpfloat (loss, ==, 0.5);
  g_assert_cmpuint (epoch, ==, 2);
}

/* With another run the focus is live and the test set is locked. */
static void
test_another_run (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierHistory) other = atelier_history_new (10, 5);
  g_autoptr (AtelierPredictions) predictions = predict (ATELIER_SPLIT_TEST, 2);

  set_run (fixture, 3);
  atelier_focus_set_split (fixture->focus, ATELIER_SPLIT_TEST);
  atelier_focus_set_test (fixture->focus, predictions, 0.5, 1);
  atelier_focus_set_epoch (fixture->focus, 1);
  fixture->n_changed = 0;
  show_run (fixture, other);

  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_true (atelier_focus_get_live (fixture->focus));
  g_assert_cmpuint (atelier_focus_get_epoch (fixture->focus), ==, 0);
  g_assert_cmpuint (atelier_focus_get_split (fixture->focus), ==, ATELIER_SPLIT_VALIDATION);
  g_assert_null (atelier_focus_get_test (fixture->focus, NULL, NULL));
  atelier_focus_set_run (fixture->focus, NULL, NULL);
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  const AtelierSelection cell = { ATELIER_SELECT_CELL, 1, 2 };

  set_run (fixture, 1);
  atelier_focus_set_selection (fixture->focus, &cell);
  atelier_focus_set_selection (fixture->focus, &cell);
  g_assert_cmpuint (fixture->n_selections, ==, 1);
  g_assert_false (atelier_focus_get_mistakes (fixture->focus));

  add_epoch (fixture->history, 2);
  g_assert_true (atelier_selection_equal (atelier_focus_get_selection (fixture->focus), &cell));

  atelier_focus_set_mistakes (fixture->focus, TRUE);
  g_assert_true (atelier_focus_get_mistakes (fixture->focus));
  atelier_focus_set_mistakes (fixture->focus, FALSE);
  g_assert_true (atelier_selection_equal (atelier_focus_get_selection (fixture->focus), &cell));
  g_assert_cmpuint (fixture->n_selections, ==, 3);
}

/* A selection of classes that the next data do not have becomes all mistakes. */
static void
test_selection_fits (Fixture       *fixture,
                     gconstpointer  data)
{
  const AtelierSelection row = { ATELIER_SELECT_TRUTH, N_CLASSES + 1, 0 };

  atelier_focus_set_selection (fixture->focus, &row);
  set_run (fixture, 1);
  g_assert_true (atelier_focus_get_mistakes (fixture->focus));
  g_assert_cmpuint (fixture->n_selections, ==, 2);
  atelier_focus_set_mistakes (fixture->focus, FALSE);
  g_assert_true (atelier_focus_get_mistakes (fixture->focus));
}

/* The words are those of the run that is shown, whatever its epoch. */
static void
test_describes_run (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *none = atelier_focus_describe_run (fixture->focus);
  g_autofree char *words = NULL;
  g_autofree char *earlier = NULL;
  g_autofree char *expected = NULL;

  g_assert_cmpstr (none, ==, "");

  set_run (fixture, 3);
  words = atelier_focus_describe_run (fixture->focus);
  atelier_focus_set_epoch (fixture->focus, 1);
  earlier = atelier_focus_describe_run (fixture->focus);
  expected = atelier_words_describe_run (atelier_focus_get_record (fixture->focus), 3);
  g_assert_cmpstr (words, !=, "");
  g_assert_cmpstr (words, ==, expected);
  g_assert_cmpstr (earlier, ==, expected);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/focus/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("empty", test_empty);
  ADD_TEST ("follows-live", test_follows_live);
  ADD_TEST ("stays", test_stays);
  ADD_TEST ("nearest-epoch", test_nearest_epoch);
  ADD_TEST ("goes-on", test_goes_on);
  ADD_TEST ("confusion", test_confusion);
  ADD_TEST ("train-split", test_train_split);
  ADD_TEST ("test-split", test_test_split);
  ADD_TEST ("another-run", test_another_run);
  ADD_TEST ("describes-run", test_describes_run);
  ADD_TEST ("selection", test_selection);
  ADD_TEST ("selection-fits", test_selection_fits);

  return g_test_run ();
}
