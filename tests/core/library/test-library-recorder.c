/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs in the library while they go on, and after their process was killed.  The program starts
 * itself again as the process that is killed. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "idx-files.h"
#include "library/atelier-library-recorder.h"
#include "library/atelier-library-store.h"
#include "small-runs.h"

#define N_EPOCHS 12
#define N_KILLS 4

static const char *program;

/* ---- The process that is killed ---- */

static void
start (AtelierTrainer         *trainer,
       AtelierLibraryRecorder *recorder,
       const char             *folder)
{
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  g_autoptr (AtelierLibraryStore) store = atelier_library_store_open (folder, TRUE, NULL);
  g_autoptr (GPtrArray) runs = atelier_library_store_list (store, NULL, FALSE, NULL);
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  small_recipe_init (&recipe, N_EPOCHS);
  if (runs->len > 0)
    {
      const char *id = atelier_library_run_get_id (g_ptr_array_index (runs, 0));

      atelier_library_recorder_set_going_on (recorder, id);
      model = atelier_library_store_load_model (store, id, ATELIER_LIBRARY_STATE, 0, NULL);
    }
  g_clear_pointer (&store, atelier_library_store_free);
  if (model != NULL && atelier_model_get_n_epochs (model) == N_EPOCHS)
    return;
  if (model != NULL)
    atelier_trainer_start_from (trainer, model, splits, N_EPOCHS, 1, &error);
  else
    start_with_values (trainer, network, &recipe, splits, 1, &error);
  g_assert_no_error (error);
}

/* Says each epoch, and waits for a line after it, so that it is killed at a known place. */
static void
on_epoch_finished_cb (AtelierTrainer *trainer,
                      AtelierEpoch   *epoch,
                      AtelierModel   *model,
                      gpointer        recorder)
{
  char go;

  g_assert_cmpint (write (STDOUT_FILENO, "e", 1), ==, 1);
  if (read (STDIN_FILENO, &go, 1) == 1 && go == 'f')
    atelier_library_recorder_flush (recorder, NULL);
}

static int
be_child (const char *folder)
{
  g_autoptr (AtelierLibrary) library = atelier_library_new (folder);
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (AtelierLibraryRecorder) recorder = NULL;
  g_autoptr (GError) error = NULL;

  atelier_library_open_async (library, NULL, NULL, NULL);
  recorder = atelier_library_recorder_new (library, trainer);
  g_signal_connect (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), recorder);
  start (trainer, recorder, folder);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  atelier_library_recorder_flush (recorder, &error);
  g_assert_no_error (error);
  return 0;
}

/* ---- The test ---- */

/* Lets a child train until it has told of @n_epochs, then kills it; 0: lets it finish. */
static void
run_child (const char *folder,
           guint       n_epochs,
           gboolean    flushes)
{
  const char *arguments[] = { program, "--child", folder, NULL };
  GPid child;
  int to, from, status;
  char byte;
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &child, &to, &from, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 1; read (from, &byte, 1) == 1; i++)
    {
      if (n_epochs > 0 && i == n_epochs)
        kill (child, SIGKILL);
      else if (write (to, flushes ? "f" : "n", 1) != 1)
        break;
    }
  close (to);
  close (from);
  waitpid (child, &status, 0);
  g_assert_true (n_epochs > 0 || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
}

/* All that does not depend on the clock. */
static char *
describe (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierLibraryStore) store = atelier_library_store_open (folder, FALSE, &error);
  g_autoptr (GPtrArray) runs = atelier_library_store_list (store, NULL, FALSE, &error);
  const AtelierLibraryRunValues *values;
  g_autoptr (AtelierRunRecord) record = NULL;
  g_autoptr (AtelierModel) model = NULL;
  AtelierHistory *history;
  g_autofree char *digest = NULL;
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (runs->len, ==, 1);
  values = atelier_library_run_get_values (g_ptr_array_index (runs, 0));
  g_assert_cmpint (values->state, ==, ATELIER_LIBRARY_FINISHED);
  record = atelier_library_store_load_record (store, values->id, &error);
  g_assert_no_error (error);
  model = atelier_library_store_load_model (store, values->id, ATELIER_LIBRARY_STATE, 0, &error);
  g_assert_no_error (error);
  history = atelier_run_record_get_history (record);
  g_assert_cmpuint (atelier_history_get_n_epochs (history), ==, N_EPOCHS);
  g_assert_cmpuint (atelier_history_get_n_batches (history), ==, N_EPOCHS * SMALL_N_BATCHES);
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);
      AtelierPredictions *said =
        atelier_epoch_get_predictions (atelier_history_get_epoch (history, i));

      g_string_append_printf (text, "%u %a %a %u\n", figures->epoch, figures->loss,
                              figures->validation_loss,
                              said != NULL ? atelier_predictions_get_class (said, 0) : 99);
    }
  for (guint i = 0; i < atelier_history_get_n_batches (history); i++)
    g_string_append_printf (text, "%a ", atelier_history_get_batch_losses (history)[i]);
  digest = atelier_model_dup_digest (model);
  g_string_append_printf (text, "%u %s", values->best_epoch, digest);
  return g_string_free (text, FALSE);
}

static void
test_killed (void)
{
  const char *wanted = g_getenv ("ATELIER_TEST_KILLS");
  const guint n_kills = wanted != NULL ? (guint) atoi (wanted) : N_KILLS;
  g_autofree char *whole = g_dir_make_tmp ("atelier-whole-XXXXXX", NULL);
  g_autofree char *expected = NULL;

  run_child (whole, 0, FALSE);
  expected = describe (whole);
  idx_files_remove_folder (whole);
  for (guint i = 0; i < n_kills; i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("atelier-killed-XXXXXX", NULL);
      g_autofree char *found = NULL;

      run_child (folder, 1 + (guint) g_test_rand_int_range (0, N_EPOCHS - 1), i % 2 == 0);
      run_child (folder, 1 + (guint) g_test_rand_int_range (0, 3), i % 2 == 0);
      run_child (folder, 0, FALSE);
      found = describe (folder);
      g_assert_cmpstr (found, ==, expected);
      idx_files_remove_folder (folder);
    }
}

/* A library that cannot be opened costs no run. */
static void
test_no_library (void)
{
  g_autofree char *folder = g_dir_make_tmp ("atelier-none-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "library", NULL);
  g_autoptr (AtelierSplits) splits = small_splits_new ();
  g_autoptr (AtelierNetwork) network = small_network_new ();
  AtelierTrainer *trainer = atelier_trainer_new ();
  AtelierLibraryRecorder *recorder;
  AtelierLibrary *library;
  g_autoptr (GError) error = NULL;
  AtelierRecipeValues recipe;

  g_file_set_contents (file, "", 0, NULL);
  library = atelier_library_new (below);
  atelier_library_open_async (library, NULL, NULL, NULL);
  recorder = atelier_library_recorder_new (library, trainer);
  small_recipe_init (&recipe, 2);
  start_with_values (trainer, network, &recipe, splits, 1, NULL);
  while (atelier_trainer_is_active (trainer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_false (atelier_library_recorder_flush (recorder, &error));
  /* Why it could not be opened, and not only that it is not open. */
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, below));
  g_assert_cmpstr (atelier_library_get_error (library)->message, ==, error->message);
  g_assert_finalize_object (recorder);
  g_assert_finalize_object (trainer);
  g_object_unref (library);
  idx_files_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return be_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/library/recorder/no-library", test_no_library);
  g_test_add_func ("/core/library/recorder/killed", test_killed);
  return g_test_run ();
}
