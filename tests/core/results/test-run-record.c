/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Run records: what is kept, what may change, who is told, and the words about a run. */

#include <math.h>
#include <string.h>

#include "results/atelier-run-record.h"
#include "results/atelier-words.h"
#include "small-runs.h"

typedef struct
{
  AtelierNetwork  *network;
  AtelierRecipe   *recipe;
  AtelierSplits   *splits;
  AtelierHistory  *history;
  AtelierRunRecordParts parts;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->network = small_network_new ();
  fixture->recipe = atelier_recipe_new_preset ("report-1");
  fixture->splits = small_splits_new ();
  fixture->history = atelier_history_new (SMALL_N_BATCHES, 3);
  fixture->parts = (AtelierRunRecordParts) {
    .network = fixture->network,
    .recipe = fixture->recipe,
    .dataset = atelier_splits_get_dataset (fixture->splits),
    .history = fixture->history,
  };
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  atelier_network_unref (fixture->network);
  atelier_recipe_unref (fixture->recipe);
  atelier_splits_unref (fixture->splits);
  g_assert_finalize_object (fixture->history);
}

static void
test_defaults (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  g_autoptr (AtelierRunRecord) other = atelier_run_record_new (&fixture->parts);
  const AtelierRunCircumstances *circumstances = atelier_run_record_get_circumstances (record);
  guint epoch = 99;

  g_assert_true (g_uuid_string_is_valid (atelier_run_record_get_id (record)));
  g_assert_cmpstr (atelier_run_record_get_id (record), !=, atelier_run_record_get_id (other));
  g_assert_cmpstr (atelier_run_record_get_name (record), ==,
                   atelier_network_get_name (fixture->network));
  g_assert_null (atelier_run_record_get_parent (record, &epoch));
  g_assert_cmpuint (epoch, ==, 99);
  g_assert_cmpuint (atelier_run_record_get_best_epoch (record), ==, 0);
  g_assert_nonnull (circumstances->started_at);
  g_assert_cmpstr (circumstances->host, ==, g_get_host_name ());
  g_assert_null (circumstances->isa);
}

static void
test_keeps (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GDateTime) then = g_date_time_new_utc (2020, 1, 2, 3, 4, 5);
  g_autoptr (AtelierRunRecord) record = NULL;
  const AtelierRunCircumstances *circumstances;
  guint epoch = 0;

  fixture->parts.id = "one";
  fixture->parts.name = "My run";
  fixture->parts.parent = "digest";
  fixture->parts.parent_epoch = 7;
  fixture->parts.circumstances = (AtelierRunCircumstances) {
    .started_at = then, .host = "there", .isa = "AVX2", .n_threads = 3
  };
  record = atelier_run_record_new (&fixture->parts);

  g_assert_cmpstr (atelier_run_record_get_id (record), ==, "one");
  g_assert_cmpstr (atelier_run_record_get_name (record), ==, "My run");
  g_assert_cmpstr (atelier_run_record_get_parent (record, &epoch), ==, "digest");
  g_assert_cmpuint (epoch, ==, 7);
  g_assert_true (atelier_run_record_get_network (record) == fixture->network);
  g_assert_true (atelier_run_record_get_recipe (record) == fixture->recipe);
  g_assert_true (atelier_run_record_get_history (record) == fixture->history);
  g_assert_cmpstr (atelier_run_record_get_dataset_name (record), ==,
                   atelier_dataset_get_name (fixture->parts.dataset));
  g_assert_cmpstr (atelier_run_record_get_dataset_sha256 (record), ==,
                   atelier_dataset_get_sha256 (fixture->parts.dataset));
  circumstances = atelier_run_record_get_circumstances (record);
  g_assert_true (g_date_time_equal (circumstances->started_at, then));
  g_assert_cmpstr (circumstances->host, ==, "there");
  g_assert_cmpstr (circumstances->isa, ==, "AVX2");
  g_assert_cmpuint (circumstances->n_threads, ==, 3);
}

static void
count_notify (guint *n)
{
  (*n)++;
}

static void
test_name_changes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  guint n = 0;

  g_signal_connect_swapped (record, "notify::name", G_CALLBACK (count_notify), &n);
  atelier_run_record_set_name (record, "Wider");
  atelier_run_record_set_name (record, "Wider");
  g_assert_cmpstr (atelier_run_record_get_name (record), ==, "Wider");
  g_assert_cmpuint (n, ==, 1);
}

static void
append_epoch (AtelierHistory *history,
              guint           number,
              double          validation_loss)
{
  const AtelierEpochFigures figures = { .epoch = number, .validation_loss = validation_loss };
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, NULL, NULL);

  atelier_history_append_epoch (history, epoch);
}

/* A run that went on counts its epochs from where it went on. */
static void
test_best_epoch_is_a_number (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);

  append_epoch (fixture->history, 5, 0.4);
  append_epoch (fixture->history, 6, 0.3);
  append_epoch (fixture->history, 7, 0.35);
  g_assert_cmpuint (atelier_run_record_get_best_epoch (record), ==, 6);
}

static void
test_marks (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  g_autofree char *member = g_strdup ("learning_rate");
  const AtelierMark first = { .batch = 12, .member = member, .from = "0.001", .to = "0.0005" };
  const AtelierMark second = { .batch = 12, .member = "l2", .from = "0", .to = "0.01" };
  guint n = 0;

  g_signal_connect_swapped (record, "notify::n-marks", G_CALLBACK (count_notify), &n);
  g_assert_cmpuint (atelier_run_record_get_n_marks (record), ==, 0);
  atelier_run_record_add_mark (record, &first);
  atelier_run_record_add_mark (record, &second);
  member[0] = 'X';

  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (atelier_run_record_get_n_marks (record), ==, 2);
  g_assert_cmpuint (atelier_run_record_get_mark (record, 0)->batch, ==, 12);
  g_assert_cmpstr (atelier_run_record_get_mark (record, 0)->member, ==, "learning_rate");
  g_assert_cmpstr (atelier_run_record_get_mark (record, 0)->to, ==, "0.0005");
  g_assert_cmpstr (atelier_run_record_get_mark (record, 1)->from, ==, "0");
}

/* ---- Words ---- */

static void
append_measured (AtelierHistory *history,
                 double          validation_loss)
{
  const AtelierEpochFigures figures = {
    .epoch = atelier_history_get_n_epochs (history) + 1,
    .loss = validation_loss,
    .accuracy = 0.8,
    .train_eval_loss = NAN,
    .train_eval_accuracy = NAN,
    .validation_loss = validation_loss,
    .validation_accuracy = 0.8,
  };
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, NULL, NULL);

  atelier_history_append_epoch (history, epoch);
}

static void
test_describes_earlier_epochs (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  g_autofree char *before = NULL;
  g_autofree char *then = NULL;
  g_autofree char *none = NULL;

  append_measured (fixture->history, 0.50);
  append_measured (fixture->history, 0.40);
  before = atelier_words_describe_run (record, 2);
  append_measured (fixture->history, 0.30);
  then = atelier_words_describe_run (record, 2);
  none = atelier_words_describe_run (record, 0);

  g_assert_nonnull (strstr (before, "0.400, at epoch 2"));
  g_assert_cmpstr (then, ==, before);
  g_assert_cmpstr (none, ==, "");
}

/* Of a run that went on from a model only the end is known: no sentence about it would be true. */
static void
test_describes_no_later_part (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  g_autofree char *words = NULL;

  atelier_history_set_first_batch (fixture->history, 20);
  append_measured (fixture->history, 0.69);
  words = atelier_words_describe_run (record, 1);

  g_assert_cmpstr (words, ==, "");
}

/* The answers that the history keeps are judged: two pictures, always called the same class. */
static void
test_describes_guessing (Fixture       *fixture,
                         gconstpointer  data)
{
  static const float scores[] = { 1.0f, 0.0f, 1.0f, 0.0f };
  static const guint8 labels[] = { 0, 1 };
  const AtelierEpochFigures figures = {
    .epoch = 1,
    .loss = 0.69,
    .accuracy = 0.5,
    .train_eval_loss = NAN,
    .train_eval_accuracy = NAN,
    .validation_loss = 0.69,
    .validation_accuracy = 0.5,
  };
  g_autoptr (AtelierRunRecord) record = atelier_run_record_new (&fixture->parts);
  g_autoptr (AtelierPredictions) predictions
    = atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 2, 2);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, predictions, NULL);
  g_autofree char *words = NULL;

  atelier_history_set_n_epochs_planned (fixture->history, 1);
  atelier_history_append_epoch (fixture->history, epoch);
  words = atelier_words_describe_run (record, 1);

  g_assert_nonnull (strstr (words, "No epoch is better than guessing, which reaches"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/core/run-record/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("defaults", test_defaults);
  ADD ("keeps", test_keeps);
  ADD ("name", test_name_changes);
  ADD ("best-epoch", test_best_epoch_is_a_number);
  ADD ("marks", test_marks);
  ADD ("words/earlier-epochs", test_describes_earlier_epochs);
  ADD ("words/later-part", test_describes_no_later_part);
  ADD ("words/guessing", test_describes_guessing);
  return g_test_run ();
}
