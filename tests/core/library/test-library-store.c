/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A library's folder: what is written comes back, is joined exactly, and survives damage. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "idx-files.h"
#include "library/atelier-library-sql.h"
#include "library/atelier-library-store.h"
#include "small-runs.h"

typedef struct
{
  char *folder;
  AtelierLibraryStore *store;
} Fixture;

static char *
path_in (Fixture    *fixture,
         const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static AtelierLibraryStore *
open_at (Fixture    *fixture,
         const char *name)
{
  g_autofree char *path = path_in (fixture, name);
  g_autoptr (GError) error = NULL;
  AtelierLibraryStore *store = atelier_library_store_open (path, TRUE, &error);

  g_assert_no_error (error);
  return store;
}

static void
reopen (Fixture *fixture)
{
  g_clear_pointer (&fixture->store, atelier_library_store_free);
  fixture->store = open_at (fixture, "library");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("atelier-library-XXXXXX", NULL);
  fixture->store = open_at (fixture, "library");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->store, atelier_library_store_free);
  idx_files_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* ---- Runs ---- */

static void
add_epoch (AtelierHistory *history,
           guint           number)
{
  const float scores[] = { 0.25f, 0.75f, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  const guint8 labels[] = { 1, 3 };
  const float batches[] = { 1.0f / number, 2.0f / number };
  const AtelierEpochFigures figures = {
    .epoch = number, .loss = 1.0 / number, .accuracy = 0.5, .objective = NAN,
    .train_eval_loss = NAN, .train_eval_accuracy = NAN,
    .validation_loss = fabs (3.0 - number) + 0.125, .validation_accuracy = 0.1 * number,
    .seconds = 1, .elapsed_seconds = number,
  };
  g_autoptr (AtelierPredictions) predictions =
    atelier_predictions_new (ATELIER_SPLIT_VALIDATION, scores, labels, 2, 10);
  g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures, predictions, NULL);

  atelier_history_append_batches (history, batches, batches, batches, 2);
  atelier_history_append_epoch (history, epoch);
}

static AtelierRunRecord *
record_of_epochs (guint n)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierHistory) history = atelier_history_new (2, 10);

  for (guint i = 1; i <= n; i++)
    add_epoch (history, i);
  return record_of (history, splits);
}

static void
write_run (AtelierLibraryStore *store,
           AtelierRunRecord    *record,
           AtelierLibraryState  state,
           AtelierModel        *model)
{
  const AtelierLibraryWritten nothing = { 0 };
  g_autoptr (AtelierLibraryNews) news =
    atelier_library_news_new (atelier_run_record_get_id (record), record, state, &nothing);
  g_autoptr (GError) error = NULL;

  if (model != NULL)
    news->newest = atelier_model_ref (model);
  atelier_library_store_write (store, news, NULL, &error);
  g_assert_no_error (error);
}

static AtelierModel *
train_model (void)
{
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, 1);
  start_with_values (trainer, network, &recipe, splits, 1, NULL);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  return atelier_model_ref (atelier_trainer_get_model (trainer));
}

static const AtelierLibraryRunValues *
get_only (AtelierLibraryStore  *store,
          GPtrArray           **runs)
{
  g_autoptr (GError) error = NULL;

  *runs = atelier_library_store_list (store, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((*runs)->len, ==, 1);
  return atelier_library_run_get_values (g_ptr_array_index (*runs, 0));
}

/* ---- Tests ---- */

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (4);
  AtelierHistory *history = atelier_run_record_get_history (record);
  g_autoptr (AtelierRunRecord) read = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  const AtelierMark mark = { 3, "learning_rate", "0.1", "0.01" };
  const AtelierLibraryRunValues *values;
  AtelierPredictions *predictions;

  atelier_history_add_test_look (history,
                                 &(AtelierTestLook) { 3, ATELIER_WEIGHTS_BEST, 0.5, 0.75 });
  atelier_run_record_add_mark (record, &mark);
  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, NULL);
  reopen (fixture);

  values = get_only (fixture->store, &runs);
  g_assert_cmpstr (values->id, ==, atelier_run_record_get_id (record));
  g_assert_cmpuint (values->n_epochs, ==, 4);
  g_assert_cmpuint (values->best_epoch, ==, atelier_run_record_get_best_epoch (record));
  g_assert_cmpfloat (values->best_accuracy, ==, 0.1 * 3);
  g_assert_cmpuint (values->n_validation, ==, 2);
  g_assert_cmpuint (values->n_test_looks, ==, 1);
  g_assert_cmpfloat (values->test_accuracy, ==, 0.75);
  g_assert_cmpint (values->state, ==, ATELIER_LIBRARY_FINISHED);

  read = atelier_library_store_load_record (fixture->store, values->id, &error);
  g_assert_no_error (error);
  history = atelier_run_record_get_history (read);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==, 8);
  g_assert_cmpfloat (atelier_history_get_batch_losses (history)[7], ==, 0.5f);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, 4);
  g_assert_true (isnan (atelier_history_get_figures (history, 3)->objective));
  predictions = atelier_epoch_get_predictions (atelier_history_get_epoch (history, 3));
  g_assert_cmpuint (atelier_predictions_get_class (predictions, 0), ==, 1);
  g_assert_cmpfloat_with_epsilon (atelier_predictions_get_score (predictions, 0), 0.75, 1e-5);
  g_assert_cmpuint (atelier_run_record_get_n_marks (read), ==, 1);
  g_assert_cmpstr (atelier_run_record_get_mark (read, 0)->to, ==, "0.01");
}

static void
test_interrupted (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (1);
  AtelierLibraryStore *other;
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) later = NULL;

  write_run (fixture->store, record, ATELIER_LIBRARY_RUNNING, NULL);
  /* Another window sees that it is alive. */
  other = open_at (fixture, "library");
  g_assert_cmpint (get_only (other, &runs)->state, ==, ATELIER_LIBRARY_RUNNING);
  atelier_library_store_free (other);

  reopen (fixture);
  g_assert_cmpint (get_only (fixture->store, &later)->state, ==, ATELIER_LIBRARY_INTERRUPTED);
}

static void
test_trash (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (1);
  g_autoptr (AtelierModel) model = train_model ();
  const char *ids[] = { atelier_run_record_get_id (record), NULL };
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  AtelierLibrarySize size;
  guint n;

  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, model);
  g_assert_true (atelier_library_store_trash (fixture->store, ids, TRUE, &error));
  g_assert_true (atelier_library_store_trash (fixture->store, ids, FALSE, &error));
  g_assert_true (get_only (fixture->store, &runs)->n_bytes_weights > 0);
  g_assert_true (atelier_library_store_trash (fixture->store, ids, TRUE, &error));
  g_assert_true (atelier_library_store_empty_trash (fixture->store, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (atelier_library_store_measure (fixture->store, &size, &error));
  g_assert_cmpuint (size.n_runs + size.n_trashed, ==, 0);
  g_assert_true (size.weights == 0);
}

static void
test_exchange (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (3);
  g_autoptr (AtelierModel) model = train_model ();
  g_autoptr (AtelierModel) read = NULL;
  const char *id = atelier_run_record_get_id (record);
  const char *ids[] = { id, NULL };
  g_autofree char *file = path_in (fixture, "one.atelier-run");
  g_autofree char *backup = path_in (fixture, "backup");
  g_autoptr (AtelierLibraryStore) other = open_at (fixture, "other");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *digest = atelier_model_dup_digest (model);
  g_autofree char *read_digest = NULL;
  g_autoptr (GError) error = NULL;

  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, model);
  atelier_library_store_export (fixture->store, ids, file, &error);
  g_assert_no_error (error);
  atelier_library_store_backup (fixture->store, backup, &error);
  g_assert_no_error (error);

  /* Twice the file and twice the folder are the same as once. */
  for (guint i = 0; i < 4; i++)
    {
      g_auto (GStrv) taken = atelier_library_store_import (other, i % 2 == 0 ? file : backup,
                                                           &error);

      g_assert_no_error (error);
      g_assert_cmpstrv (taken, ids);
    }
  get_only (fixture->store, &before);
  get_only (other, &after);
  g_assert_true (atelier_library_run_equal (g_ptr_array_index (before, 0),
                                            g_ptr_array_index (after, 0)));
  read = atelier_library_store_load_model (other, id, ATELIER_LIBRARY_STATE, 0, &error);
  g_assert_no_error (error);
  read_digest = atelier_model_dup_digest (read);
  g_assert_cmpstr (read_digest, ==, digest);
}

static void
test_edits_win (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (2);
  const char *id = atelier_run_record_get_id (record);
  g_autofree char *folder = path_in (fixture, "library");
  g_autoptr (AtelierLibraryStore) other = open_at (fixture, "other");
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GError) error = NULL;
  const AtelierLibraryRunValues *values;
  g_auto (GStrv) once = NULL;
  g_auto (GStrv) twice = NULL;

  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, NULL);
  once = atelier_library_store_import (other, folder, &error);
  atelier_library_store_set (other, id, ATELIER_LIBRARY_FIELD_NOTE, "mine", &error);
  atelier_history_add_test_look (atelier_run_record_get_history (record),
                                 &(AtelierTestLook) { 1, ATELIER_WEIGHTS_NEWEST, 1.0, 0.5 });
  add_epoch (atelier_run_record_get_history (record), 3);
  {
    const AtelierLibraryWritten written = { 2, 4, 0, 0 };
    g_autoptr (AtelierLibraryNews) news =
      atelier_library_news_new (id, record, ATELIER_LIBRARY_FINISHED, &written);

    atelier_library_store_write (fixture->store, news, NULL, &error);
  }
  twice = atelier_library_store_import (other, folder, &error);
  g_assert_no_error (error);
  values = get_only (other, &runs);
  g_assert_cmpuint (values->n_epochs, ==, 3);
  g_assert_cmpstr (values->note, ==, "mine");
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *folder = path_in (fixture, "library");
  g_autofree char *path = path_in (fixture, "library/library.sqlite");
  AtelierLibrarySql *sql;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  g_autofree char *later = NULL;
  gsize size, later_size;

  g_clear_pointer (&fixture->store, atelier_library_store_free);
  sql = atelier_library_sql_open (path, NULL, SQLITE_OPEN_READWRITE, &error);
  atelier_library_sql_exec (sql, "PRAGMA user_version = 77", &error);
  atelier_library_sql_close (sql);
  g_file_get_contents (path, &content, &size, NULL);
  g_assert_null (atelier_library_store_open (folder, TRUE, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED);
  g_file_get_contents (path, &later, &later_size, NULL);
  g_assert_cmpmem (content, size, later, later_size);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = path_in (fixture, "library/library.sqlite");
  g_autofree char *aside = path_in (fixture, "library/library-damaged-1.sqlite");
  g_autoptr (GPtrArray) runs = NULL;
  g_autofree char *content = NULL;

  g_clear_pointer (&fixture->store, atelier_library_store_free);
  g_file_set_contents (path, "This was a library once, and now it is a letter.", -1, NULL);
  reopen (fixture);
  g_assert_nonnull (atelier_library_store_get_notice (fixture->store));
  runs = atelier_library_store_list (fixture->store, NULL, FALSE, NULL);
  g_assert_cmpuint (runs->len, ==, 0);
  g_assert_true (g_file_get_contents (aside, &content, NULL, NULL));
  g_assert_true (g_str_has_prefix (content, "This was a library"));
}

static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (AtelierRunRecord) record = record_of_epochs (4);
  g_autoptr (AtelierModel) model = train_model ();
  g_autoptr (GArray) epochs = NULL;
  g_autoptr (GError) error = NULL;
  AtelierLibrarySize size;

  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, model);
  atelier_library_store_set_limit (fixture->store, 1, &error);
  atelier_library_store_tidy (fixture->store, &error);
  g_assert_no_error (error);
  epochs = atelier_library_store_list_epochs (fixture->store, atelier_run_record_get_id (record),
                                              &error);
  g_assert_cmpuint (epochs->len, ==, 1);
  atelier_library_store_measure (fixture->store, &size, &error);
  g_assert_true (size.weights > 1 && size.limit == 1);
  /* The newest weights stay, without their state. */
  g_assert_null (atelier_library_store_load_model (fixture->store,
                                                   atelier_run_record_get_id (record),
                                                   ATELIER_LIBRARY_STATE, 0, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, set_up, function, tear_down)

/* A run whose weights have no place keeps its figures, and is told why; the next weights that have
 * one are kept. */
static void
test_weights_fail (Fixture       *fixture,
                   gconstpointer  data)
{
  const AtelierLibraryWritten nothing = { 0 };
  g_autoptr (AtelierRunRecord) record = record_of_epochs (3);
  const char *id = atelier_run_record_get_id (record);
  g_autofree char *weights = path_in (fixture, "library/weights");
  g_autoptr (AtelierModel) model = train_model ();
  g_autoptr (AtelierLibraryNews) news
    = atelier_library_news_new (id, record, ATELIER_LIBRARY_FINISHED, &nothing);
  g_autoptr (AtelierRunRecord) again = NULL;
  g_autoptr (GError) weights_error = NULL;
  g_autoptr (GError) error = NULL;

  idx_files_remove_folder (weights);
  g_assert_true (g_file_set_contents (weights, "", 0, NULL));
  news->newest = atelier_model_ref (model);
  g_assert_true (atelier_library_store_write (fixture->store, news, &weights_error, &error));
  g_assert_no_error (error);
  g_assert_nonnull (weights_error);
  again = atelier_library_store_load_record (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (atelier_history_get_n_epochs (atelier_run_record_get_history (again)), ==, 3);
  g_assert_null (atelier_library_store_load_model (fixture->store, id, ATELIER_LIBRARY_NEWEST, 0,
                                                   NULL));

  g_assert_cmpint (g_remove (weights), ==, 0);
  write_run (fixture->store, record, ATELIER_LIBRARY_FINISHED, model);
  g_clear_pointer (&model, atelier_model_unref);
  model = atelier_library_store_load_model (fixture->store, id, ATELIER_LIBRARY_NEWEST, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (model);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/core/library/store/round-trip", test_round_trip);
  ADD ("/core/library/store/interrupted", test_interrupted);
  ADD ("/core/library/store/trash", test_trash);
  ADD ("/core/library/store/exchange", test_exchange);
  ADD ("/core/library/store/edits-win", test_edits_win);
  ADD ("/core/library/store/newer", test_newer);
  ADD ("/core/library/store/damaged", test_damaged);
  ADD ("/core/library/store/limit", test_limit);
  ADD ("/core/library/store/weights-fail", test_weights_fail);
  return g_test_run ();
}
