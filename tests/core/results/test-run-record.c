/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Run records: what is kept, what may change, and who is told. */

#include "results/atelier-run-record.h"
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
  return g_test_run ();
}
