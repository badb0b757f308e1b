/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures queries of a long history: 100 epochs of predictions of 5,000 images.
 *
 * The window makes these queries between two frames, so each has a few milliseconds.  The smallest
 * and the median processor time of the thread are printed.  Run with `meson test --benchmark
 * bench-history --verbose`.
 */

#include <stdlib.h>
#include <time.h>

#include "data/atelier-synthetic.h"
#include "results/atelier-confusion.h"
#include "results/atelier-image-story.h"
#include "results/atelier-words.h"
#include "small-runs.h"

#define N_RUNS 61
#define N_EPOCHS 100
#define N_IMAGES 5000
#define N_CLASSES 10

typedef void (*QueryFunc) (AtelierRunRecord *record);

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
get_time_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static AtelierHistory *
create_history (void)
{
  AtelierHistory *history = atelier_history_new (1719, N_EPOCHS);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree float *scores = g_new (float, N_IMAGES * N_CLASSES);
  g_autofree guint8 *labels = g_new (guint8, N_IMAGES);

  for (guint i = 0; i < N_IMAGES; i++)
    labels[i] = (guint8) g_rand_int_range (random, 0, N_CLASSES);

  for (guint i_epoch = 0; i_epoch < N_EPOCHS; i_epoch++)
    {
      const AtelierEpochFigures figures = {
        .epoch = i_epoch + 1, .loss = 1.0 / (i_epoch + 1), .validation_loss = 0.3,
      };
      g_autoptr (AtelierPredictions) predictions = NULL;
      g_autoptr (AtelierEpoch) epoch = NULL;

      for (guint i = 0; i < N_IMAGES * N_CLASSES; i++)
        scores[i] = (float) g_rand_double (random);
      predictions = atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, N_IMAGES,
                                             N_CLASSES);
      epoch = atelier_epoch_new (&figures, predictions, NULL);
      atelier_history_append_epoch (history, epoch);
    }

  return history;
}

static void
count_flips (AtelierRunRecord *record)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  guint n;
  g_autofree guint *flips = atelier_history_count_flips (history, ATELIER_SPLIT_VALIDATION, &n);
}

static void
tell_story (AtelierRunRecord *record)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  g_autoptr (AtelierImageStory) story =
    atelier_image_story_new (history, N_IMAGES / 2);
}

static void
count_confusion (AtelierRunRecord *record)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  AtelierEpoch *epoch = atelier_history_get_epoch (history, N_EPOCHS / 2);
  g_autoptr (AtelierConfusion) confusion =
    atelier_confusion_new (atelier_epoch_get_predictions (epoch));
}

static void
describe (AtelierRunRecord *record)
{
  g_autofree char *words = atelier_words_describe_run (record, N_EPOCHS);
}

static void
measure (const char       *name,
         AtelierRunRecord *record,
         QueryFunc         query)
{
  double times_us[N_RUNS];

  for (guint i = 0; i < N_RUNS; i++)
    {
      double before_us = get_time_us ();

      query (record);
      times_us[i] = get_time_us () - before_us;
    }

  qsort (times_us, N_RUNS, sizeof *times_us, compare_times);
  g_print ("%-44s %8.3f ms at best, %8.3f ms median\n", name, times_us[0] / 1e3,
           times_us[N_RUNS / 2] / 1e3);
}

int
main (void)
{
  g_autoptr (AtelierHistory) history = create_history ();
  g_autoptr (AtelierSplits) splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 20, 10);
  g_autoptr (AtelierRunRecord) record = record_of (history, splits);

  measure ("flips of 5,000 images over 100 epochs", record, count_flips);
  measure ("story of one image over 100 epochs", record, tell_story);
  measure ("confusion of one epoch, 5,000 images", record, count_confusion);
  measure ("words about 100 epochs", record, describe);

  return EXIT_SUCCESS;
}
