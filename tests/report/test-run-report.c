/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The report of a run: that the sheet has what was measured, that nothing is said which is not
 * known, and that a report needs nothing of the run once it is collected. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "atelier-run-report-private.h"
#include "base/atelier-error.h"
#include "inference/atelier-predictor.h"
#include "results/atelier-test-looks.h"
#include "results/atelier-words.h"
#include "small-runs.h"
#include "training/atelier-trainer.h"

#define N_EPOCHS 3
#define PATIENCE_SECONDS 120

static char *state_folder; /* of looks at the test set, which each test begins without */

typedef struct
{
  AtelierRunReportParts parts;
  gboolean              is_finished;

  /* Owned */
  AtelierTrainer       *trainer;
  AtelierSplits        *splits;
  char                 *folder;
  char                 *path;
} Fixture;

static void
on_trainer_finished_cb (AtelierTrainer *trainer,
                        const GError   *error,
                        Fixture        *fixture)
{
  g_assert_no_error (error);
  fixture->is_finished = TRUE;
}

/* A finished run on @splits, and the parts that a window would give. */
static void
train (Fixture *fixture)
{
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (GError) error = NULL;
  gint64 end_us = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, N_EPOCHS);
  fixture->trainer = atelier_trainer_new ();
  g_signal_connect (fixture->trainer, "finished", G_CALLBACK (on_trainer_finished_cb), fixture);
  start_with_values (fixture->trainer, network, &recipe, fixture->splits, 2, &error);
  g_assert_no_error (error);
  while (!fixture->is_finished)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, TRUE);
    }

  fixture->parts = (AtelierRunReportParts) {
    .model = atelier_trainer_get_model (fixture->trainer),
    .splits = fixture->splits,
    .record = atelier_trainer_get_record (fixture->trainer),
    .loss = NAN,
    .penalty = NAN,
  };
}

static void
set_up_folder (Fixture *fixture)
{
  fixture->folder = g_dir_make_tmp ("atelier-report-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "run.pdf", NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->splits = small_splits_new ();
  set_up_folder (fixture);
  train (fixture);
}

static void
set_up_without_validation (Fixture       *fixture,
                           gconstpointer  data)
{
  fixture->splits = small_splits_new_first (0);
  set_up_folder (fixture);
  train (fixture);
}

static void
remove_looks (void)
{
  g_autofree char *folder = g_build_filename (state_folder, "atelier", NULL);
  g_autofree char *path = g_build_filename (folder, "test-looks", NULL);

  g_unlink (path);
  g_rmdir (folder);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_looks ();
  g_clear_object (&fixture->trainer);
  g_clear_pointer (&fixture->splits, atelier_splits_unref);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static AtelierHistory *
get_history (Fixture *fixture)
{
  return atelier_run_record_get_history (fixture->parts.record);
}

static const char *
find_fact (AtelierRunReport *report,
           const char       *name)
{
  for (guint i = 0; i < report->sheet.n_groups; i++)
    for (guint j = 0; j < report->sheet.groups[i].n_facts; j++)
      if (g_str_equal (report->sheet.groups[i].facts[j].name, name))
        return report->sheet.groups[i].facts[j].value;

  return NULL;
}

static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  const AtelierEpochFigures *newest
    = atelier_history_get_figures (get_history (fixture), N_EPOCHS - 1);
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
  const AtelierReportSheet *sheet = &report->sheet;
  g_autofree char *accuracy
    = g_strdup_printf ("%.2f\u00a0%%", 100.0 * newest->validation_accuracy);
  g_autofree char *loss = g_strdup_printf ("%.4f", newest->validation_loss);
  g_autofree char *penalty = g_strdup_printf ("and a penalty of %.4f", newest->penalty);
  g_autofree char *words = atelier_words_describe_run (fixture->parts.record, N_EPOCHS);

  g_assert_cmpuint (sheet->n_figures, ==, 4);
  g_assert_cmpstr (sheet->figures[0].value, ==, accuracy);
  g_assert_cmpstr (sheet->figures[0].name, ==, "validation accuracy");
  g_assert_cmpstr (sheet->figures[1].value, ==, loss);
  g_assert_cmpstr (sheet->figures[1].note, ==, penalty);
  g_assert_cmpstr (sheet->figures[3].name, ==, "training time");
  g_assert_cmpstr (atelier_run_report_get_words (report), ==, words);
  g_assert_cmpuint (sheet->n_classes, ==, 10);
  g_assert_cmpuint (atelier_run_report_get_n_pages (report), ==, 2);
}

/* The picture has the input, and then what the table has. */
static void
test_network (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
  const AtelierReportSheet *sheet = &report->sheet;

  g_assert_nonnull (sheet->network);
  g_assert_cmpuint (sheet->network->n_steps, ==, sheet->n_layers + 1);
  g_assert_cmpstr (sheet->network->steps[1].detail, ==, sheet->layers[0].shape);
  g_assert_cmpstr (sheet->layers[0].number, ==, "1");
}

/* Every batch and every epoch, at its place. */
static void
test_curves (Fixture       *fixture,
             gconstpointer  data)
{
  AtelierHistory *history = get_history (fixture);
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
  const AtelierChart *loss = &report->sheet.charts[0];
  guint n_batches = atelier_history_get_n_batches (history);

  g_assert_cmpuint (report->sheet.n_charts, ==, 2);
  g_assert_true (report->sheet.charts[1].is_percent);
  g_assert_cmpuint (loss->n_series, ==, 4);
  g_assert_cmpint (loss->series[0].style, ==, ATELIER_SERIES_FAINT);
  g_assert_cmpint (loss->series[3].style, ==, ATELIER_SERIES_TRAIN_EVAL);
  g_assert_cmpuint (loss->series[0].n, ==, n_batches);
  g_assert_cmpmem (loss->series[0].y_float, n_batches * sizeof (float),
                   atelier_history_get_batch_losses (history), n_batches * sizeof (float));
  g_assert_cmpfloat_with_epsilon (atelier_series_get_x (&loss->series[0], n_batches - 1), N_EPOCHS,
                                  1e-9);
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);

      g_assert_cmpfloat (atelier_series_get_x (&loss->series[2], i), ==, i + 1.0);
      g_assert_cmpfloat (atelier_series_get_y (&loss->series[1], i), ==, figures->loss);
      g_assert_cmpfloat (atelier_series_get_y (&loss->series[2], i), ==, figures->validation_loss);
      g_assert_cmpfloat (atelier_series_get_y (&loss->series[3], i), ==, figures->train_eval_loss);
    }
  g_assert_true (loss->has_best);
  g_assert_cmpfloat (loss->best_x, ==, atelier_history_get_best (history) + 1.0);
}

/* Another epoch's predictions stand beside that epoch's loss. */
static void
test_chosen_epoch (Fixture       *fixture,
                   gconstpointer  data)
{
  AtelierEpoch *first = atelier_history_get_epoch (get_history (fixture), 0);
  g_autofree char *loss
    = g_strdup_printf ("%.4f", atelier_epoch_get_figures (first)->validation_loss);
  g_autoptr (AtelierRunReport) report = NULL;

  fixture->parts.predictions = atelier_epoch_get_predictions (first);
  fixture->parts.epoch = 1;
  report = atelier_run_report_new (&fixture->parts);
  g_assert_cmpstr (report->sheet.figures[1].value, ==, loss);
}

/* The nine most certain of all wrong answers, the most certain first, each with its own picture. */
static void
test_mistakes (Fixture       *fixture,
               gconstpointer  data)
{
  AtelierPredictions *predictions
    = atelier_epoch_get_predictions (atelier_history_get_epoch (get_history (fixture), 0));
  g_autoptr (AtelierRunReport) report = NULL;
  AtelierDataset *dataset = atelier_splits_get_dataset (fixture->splits);
  const AtelierReportSheet *sheet;
  guint n_wrong = 0, n_surer = 0;

  fixture->parts.predictions = predictions;
  fixture->parts.epoch = 1;
  report = atelier_run_report_new (&fixture->parts);
  sheet = &report->sheet;
  for (guint i = 0; i < atelier_predictions_get_n (predictions); i++)
    if (atelier_predictions_get_class (predictions, i)
        != atelier_predictions_get_label (predictions, i))
      {
        n_wrong++;
        n_surer += atelier_predictions_get_score (predictions, i)
                   > sheet->mistakes[sheet->n_mistakes - 1].score;
      }
  g_assert_cmpuint (n_wrong, >, 9);
  g_assert_cmpuint (sheet->n_mistakes, ==, 9);
  g_assert_cmpuint (n_surer, <, 9);
  for (guint i = 0; i < 9; i++)
    {
      const AtelierReportMistake *mistake = &sheet->mistakes[i];
      gsize offset = mistake->pixels
                     - atelier_splits_get_images (fixture->splits, ATELIER_SPLIT_VALIDATION);
      guint index = offset / atelier_dataset_get_image_size (dataset);

      g_assert_cmpfloat (mistake->score, ==, atelier_predictions_get_score (predictions, index));
      g_assert_cmpstr (mistake->truth, !=, mistake->prediction);
      if (i > 0)
        g_assert_cmpfloat (mistake->score, <=, mistake[-1].score);
    }
}

/* Predictions of a sample: position and picture are not the same number. */
static void
test_mistakes_of_sample (Fixture       *fixture,
                         gconstpointer  data)
{
  static const guint which[] = { 3, 50, 120 }; /* in the training split */
  guint8 labels[G_N_ELEMENTS (which)];
  guint32 numbers[G_N_ELEMENTS (which)];
  float scores[G_N_ELEMENTS (which) * 10] = { 0.0f };
  g_autoptr (GBytes) pictures = NULL;
  g_autoptr (GBytes) label_bytes = NULL;
  g_autoptr (AtelierPredictions) predictions = NULL;
  g_autoptr (AtelierRunReport) report = NULL;

  /* Only the last is wrong. */
  for (guint i = 0; i < G_N_ELEMENTS (which); i++)
    {
      numbers[i] = atelier_splits_get_picture (fixture->splits, ATELIER_SPLIT_TRAIN, which[i]);
      labels[i] = atelier_splits_get_label (fixture->splits, ATELIER_SPLIT_TRAIN, which[i]);
      scores[i * 10 + (labels[i] + (i == 2 ? 1 : 0)) % 10] = 1.0f;
    }
  pictures = g_bytes_new (numbers, sizeof numbers);
  label_bytes = g_bytes_new (labels, sizeof labels);
  predictions = atelier_predictions_new_shared (ATELIER_SPLIT_TRAIN, scores, label_bytes, pictures,
                                                TRUE, 10);
  fixture->parts.predictions = predictions;
  report = atelier_run_report_new (&fixture->parts);

  g_assert_cmpuint (report->sheet.n_mistakes, ==, 1);
  g_assert_true (report->sheet.mistakes[0].pixels
                 == atelier_splits_get_image (fixture->splits, ATELIER_SPLIT_TRAIN, 120));
  g_assert_nonnull (strstr (report->sheet.mistakes[0].name, "121"));
}

/* 90 of 100: Wilson's interval is 0.8256 to 0.9448. */
static void
test_interval (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree float *scores = g_new0 (float, 100 * 10);
  guint8 labels[100] = { 0 };
  g_autoptr (AtelierPredictions) predictions = NULL;
  g_autoptr (AtelierRunReport) report = NULL;

  for (guint i = 0; i < 100; i++)
    scores[i * 10 + (i < 90 ? 0 : 1)] = 1.0f;
  predictions = atelier_predictions_new (ATELIER_SPLIT_TRAIN, scores, labels, 100, 10);
  fixture->parts.predictions = predictions;
  report = atelier_run_report_new (&fixture->parts);
  g_assert_cmpstr (report->sheet.figures[0].value, ==, "90.00\u00a0%");
  g_assert_cmpstr (report->sheet.figures[0].note, ==, "95\u00a0%: 82.6 to 94.5");
}

static void
test_facts (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);

  g_assert_cmpstr (find_fact (report, "Optimiser"), ==, "Adam");
  g_assert_cmpstr (find_fact (report, "Seed"), ==, "7");
  g_assert_cmpstr (find_fact (report, "Epochs"), ==, "3 of 3");
  g_assert_cmpstr (find_fact (report, "Threads"), ==, "2");
  g_assert_cmpstr (find_fact (report, "SHA-256"), ==,
                   atelier_dataset_get_sha256 (atelier_splits_get_dataset (fixture->splits)));
  g_assert_cmpstr (find_fact (report, "Looks at the test set"), ==, "none");
  g_assert_null (find_fact (report, "Momentum"));
  g_assert_null (find_fact (report, "Trained on"));
  g_assert_null (find_fact (report, "Test accuracy"));
}

static void
test_test_looks (Fixture       *fixture,
                 gconstpointer  data)
{
  const char *sha256
    = atelier_dataset_get_sha256 (atelier_splits_get_dataset (fixture->splits));
  g_autoptr (AtelierRunReport) report = NULL;
  g_autoptr (AtelierRunReport) later = NULL;
  const AtelierTestLook first = { 2, ATELIER_WEIGHTS_NEWEST, 0.5, 0.8 };
  const AtelierTestLook second = { 3, ATELIER_WEIGHTS_BEST, 0.4, 0.9 };

  /* None is recorded in the file, as where it cannot be written. */
  atelier_history_add_test_look (get_history (fixture), &first);
  atelier_history_add_test_look (get_history (fixture), &second);
  report = atelier_run_report_new (&fixture->parts);
  g_assert_cmpstr (find_fact (report, "Looks at the test set"), ==, "2 in this run, 2 in all runs");
  /* 54 of the 60 test images. */
  g_assert_cmpstr (find_fact (report, "Test accuracy"), ==,
                   "90.00\u00a0% (95\u00a0%: 79.9 to 95.3), best, epoch 3");
  g_assert_cmpstr (find_fact (report, "Test loss"), ==, "0.4000");

  for (guint i = 0; i < 30; i++)
    atelier_test_looks_add (sha256, ATELIER_WEIGHTS_NEWEST, 3);
  later = atelier_run_report_new (&fixture->parts);
  g_assert_cmpstr (find_fact (later, "Looks at the test set"), ==,
                   "2 in this run, 30 in all runs");
}

static void
test_model_alone (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (AtelierRunReport) report = NULL;
  g_autoptr (GError) error = NULL;

  evaluation = atelier_evaluate (fixture->parts.model, fixture->splits, ATELIER_SPLIT_TEST, FALSE,
                                 1, NULL, &error);
  g_assert_no_error (error);
  fixture->parts.record = NULL;
  fixture->parts.predictions = evaluation->predictions;
  fixture->parts.loss = evaluation->loss;
  fixture->parts.penalty = evaluation->penalty;
  report = atelier_run_report_new (&fixture->parts);

  g_assert_cmpuint (report->sheet.n_charts, ==, 0);
  g_assert_nonnull (report->sheet.charts_missing);
  g_assert_cmpstr (report->sheet.figures[0].name, ==, "test accuracy");
  g_assert_cmpstr (report->sheet.figures[3].note, ==, "time not recorded");
  g_assert_null (find_fact (report, "Training time"));
  g_assert_cmpstr (find_fact (report, "Looks at the test set"), ==, "this one; 1 in all runs");
  g_assert_nonnull (strstr (report->sheet.words, "of 60 pictures"));
}

static void
test_nothing_measured (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (AtelierHistory) empty = atelier_history_new (4, 3);
  g_autoptr (AtelierRunRecord) begun = record_of (empty, fixture->splits);
  AtelierRunRecord *const records[] = { NULL, begun };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (AtelierRunReport) report = NULL;
      g_autoptr (GError) error = NULL;

      fixture->parts.record = records[i];
      report = atelier_run_report_new (&fixture->parts);
      g_assert_null (report->sheet.matrix);
      g_assert_nonnull (report->sheet.matrix_missing);
      g_assert_nonnull (report->sheet.charts_missing);
      g_assert_true (atelier_run_report_save (report, fixture->path, &error));
      g_assert_no_error (error);
    }
}

static void
test_no_validation (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
  const AtelierChart *loss = &report->sheet.charts[0];

  g_assert_cmpstr (report->sheet.figures[0].name, ==, "training accuracy");
  g_assert_false (loss->has_best);
  for (guint i = 0; i < loss->n_series; i++)
    g_assert_cmpint (loss->series[i].style, !=, ATELIER_SERIES_VALIDATION);
  g_assert_cmpuint (report->sheet.n_classes, ==, 10);
}

/* A run that continued a model shows its own epochs, at their numbers. */
static void
test_later_part (Fixture       *fixture,
                 gconstpointer  data)
{
  const float batch = 0.5f;
  AtelierEpochFigures figures = {
    .epoch = 6, .loss = 0.4, .accuracy = 0.8, .train_eval_loss = NAN, .train_eval_accuracy = NAN,
    .validation_loss = 0.004, .validation_accuracy = 0.7, .seconds = 1.0, .elapsed_seconds = 72.4
  };
  g_autoptr (AtelierHistory) history = atelier_history_new (1, 6);
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, NULL, NULL);
  g_autoptr (AtelierRunReport) report = NULL;

  atelier_history_set_first_batch (history, 5);
  atelier_history_append_batches (history, &batch, &batch, &batch, 1);
  atelier_history_append_epoch (history, epoch);
  fixture->parts.record = record;
  report = atelier_run_report_new (&fixture->parts);
  g_assert_cmpfloat (report->sheet.charts[0].x_min, ==, 5.0);
  g_assert_cmpfloat (report->sheet.charts[0].x_max, ==, 6.0);
  g_assert_cmpfloat (atelier_series_get_x (&report->sheet.charts[0].series[0], 0), ==, 6.0);
  g_assert_cmpstr (find_fact (report, "Best epoch"), ==, "6");
  g_assert_cmpstr (find_fact (report, "Training time"), ==, "1.0\u00a0s");
  g_assert_cmpstr (find_fact (report, "Time in all"), ==, "1:12");
  /* The label has the digits that the sentence has. */
  g_assert_cmpstr (report->sheet.charts[0].best_label, ==, "best 0.00400, epoch 6");
  g_assert_cmpstr (report->sheet.charts[1].best_label, ==, "best 70.0\u00a0%, epoch 6");
  /* The epoch has no predictions. */
  g_assert_nonnull (report->sheet.matrix_missing);
}

static void
test_other_data (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const names[]
    = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", NULL };
  const guint8 label = 3;
  g_autofree guint8 *pixels = g_new0 (guint8, 28 * 28);
  g_autoptr (GBytes) image = g_bytes_new (pixels, 28 * 28);
  g_autoptr (GBytes) labels = g_bytes_new (&label, 1);
  const AtelierDatasetParts parts = {
    .id = "folder", .name = "Elsewhere", .source = "test", .height = 28, .width = 28, .channels = 1,
    .class_names = names, .train_images = image, .train_labels = labels, .test_images = image,
    .test_labels = labels
  };
  g_autoptr (AtelierSplits) other = splits_of_parts (&parts);
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (AtelierRunReport) report = NULL;
  g_autoptr (GError) error = NULL;

  evaluation
    = atelier_evaluate (fixture->parts.model, other, ATELIER_SPLIT_TEST, FALSE, 1, NULL, &error);
  g_assert_no_error (error);
  fixture->parts.splits = other;
  fixture->parts.record = NULL;
  fixture->parts.predictions = evaluation->predictions;
  report = atelier_run_report_new (&fixture->parts);
  g_assert_cmpstr (find_fact (report, "Name"), ==, "Elsewhere");
  g_assert_nonnull (strstr (find_fact (report, "Trained on"), "Sketched garments"));
}

/* A report can still be written after the run went on and is gone. */
static void
test_outlives_run (Fixture       *fixture,
                   gconstpointer  data)
{
  const float batch = 0.5f;
  g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    atelier_history_append_batches (get_history (fixture), &batch, &batch, &batch, 1);
  g_clear_object (&fixture->trainer);
  g_clear_pointer (&fixture->splits, atelier_splits_unref);
  g_assert_true (atelier_run_report_save (report, fixture->path, &error));
  g_assert_no_error (error);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Saves in another thread, after the caller has dropped its reference. */
static gboolean
save_async (Fixture       *fixture,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  AtelierRunReport *report = atelier_run_report_new (&fixture->parts);

  atelier_run_report_save_async (report, path, cancellable, on_saved_cb, &result);
  atelier_run_report_unref (report);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return atelier_run_report_save_finish (result, error);
}

static void
test_save_async (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "missing", "run.pdf", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (save_async (fixture, fixture->path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_REGULAR));

  g_assert_false (save_async (fixture, nowhere, NULL, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (save_async (fixture, fixture->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Equal dates give equal bytes: reports of one run can be compared. */
static void
test_same_date_same_bytes (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (2022, 11, 22, 13, 0, 0);
  char *bytes[2];
  gsize sizes[2];

  fixture->parts.date = date;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AtelierRunReport) report = atelier_run_report_new (&fixture->parts);
      g_autoptr (GError) error = NULL;

      g_assert_cmpstr (report->sheet.date, ==, "22 November 2022, 13:00");
      g_assert_true (atelier_run_report_save (report, fixture->path, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (fixture->path, &bytes[i], &sizes[i], NULL));
    }
  g_assert_cmpmem (bytes[0], sizes[0], bytes[1], sizes[1]);
  g_free (bytes[0]);
  g_free (bytes[1]);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  state_folder = g_dir_make_tmp ("atelier-state-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state_folder, TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/report/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("figures", test_figures);
  ADD ("network", test_network);
  ADD ("curves", test_curves);
  ADD ("chosen-epoch", test_chosen_epoch);
  ADD ("mistakes", test_mistakes);
  ADD ("mistakes-of-sample", test_mistakes_of_sample);
  ADD ("interval", test_interval);
  ADD ("facts", test_facts);
  ADD ("test-looks", test_test_looks);
  ADD ("model-alone", test_model_alone);
  ADD ("nothing-measured", test_nothing_measured);
  ADD ("later-part", test_later_part);
  ADD ("other-data", test_other_data);
  ADD ("outlives-run", test_outlives_run);
  ADD ("save-async", test_save_async);
  ADD ("same-date-same-bytes", test_same_date_same_bytes);
#undef ADD
  g_test_add ("/report/no-validation", Fixture, NULL, set_up_without_validation,
              test_no_validation, tear_down);
  status = g_test_run ();

  g_rmdir (state_folder);
  g_free (state_folder);
  return status;
}
