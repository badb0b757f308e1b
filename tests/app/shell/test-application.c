/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program answers on its command line before there is a window, what signals do, and that
 * the tests of the window leave a person's folders alone. */

#include "config.h"

#include <signal.h>

#include "app-window.h"
#include "model/atelier-model-file.h"

static char *loaded_id;

/* Notes the data set that was loaded, and closes the window. */
static void
on_dataset_notify_cb (AtelierSession *session,
                      GParamSpec     *pspec,
                      AtelierWindow  *window)
{
  loaded_id = g_strdup (atelier_dataset_get_id (atelier_session_get_dataset (session)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_window_added_cb (GtkApplication *application,
                    GtkWindow      *window)
{
  if (ATELIER_IS_WINDOW (window))
    g_signal_connect (atelier_window_get_session (ATELIER_WINDOW (window)), "notify::splits",
                      G_CALLBACK (on_dataset_notify_cb), window);
}

static int
run (int    argc,
     char **argv)
{
  g_autoptr (AtelierApplication) application = atelier_application_new ();

  g_clear_pointer (&loaded_id, g_free);
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added_cb), NULL);

  return g_application_run (G_APPLICATION (application), argc, argv);
}

static void
test_data_option (void)
{
  char *argv[] = { (char *) "atelier", (char *) "--data", (char *) "synthetic", NULL };

  g_assert_cmpint (run (3, argv), ==, 0);
  g_assert_cmpstr (loaded_id, ==, "sketched-garments");
  g_clear_pointer (&loaded_id, g_free);
}

static void
test_version_opens_no_window (void)
{
  if (g_test_subprocess ())
    {
      char *argv[] = { (char *) "atelier", (char *) "--version", NULL };

      exit (run (2, argv));
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*Atelier " ATELIER_VERSION "*");
}

static void
test_unknown_option (void)
{
  if (g_test_subprocess ())
    {
      char *argv[] = { (char *) "atelier", (char *) "--nonsense", NULL };

      exit (run (2, argv) == 0 ? 0 : 1);
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*--nonsense*");
}

/* Signals */

typedef struct
{
  const int *numbers; /* one after the other, and 0 at the end */
  guint      n_sent;
  gboolean   ends;    /* the run is over when the first is sent */
} Signals;

static gboolean
on_send_cb (gpointer user_data)
{
  Signals *signals = user_data;

  raise (signals->numbers[signals->n_sent++]);

  return signals->numbers[signals->n_sent] != 0;
}

static void
on_epoch_finished_cb (AtelierTrainer *trainer,
                      AtelierEpoch   *epoch,
                      AtelierModel   *model,
                      Signals        *signals)
{
  if (!signals->ends && signals->n_sent == 0 && atelier_trainer_get_epoch (trainer) >= 2)
    g_idle_add (on_send_cb, signals);
}

static void
on_finished_cb (AtelierTrainer *trainer,
                const GError   *error,
                Signals        *signals)
{
  if (signals->ends)
    g_idle_add (on_send_cb, signals);
}

static void
on_data_cb (AtelierSession *session,
            GParamSpec     *pspec,
            Signals        *signals)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (session);
  g_autoptr (AtelierRecipe) recipe =
    atelier_recipe_new_with_epochs (atelier_session_get_recipe (session), signals->ends ? 1 : 1000,
                                    NULL);

  atelier_session_use_preset (session, "report-1");
  atelier_session_set_recipe (session, recipe);
  g_signal_connect (trainer, "epoch-finished", G_CALLBACK (on_epoch_finished_cb), signals);
  g_signal_connect (trainer, "finished", G_CALLBACK (on_finished_cb), signals);
  g_assert_true (atelier_session_start (session));
}

static void
on_training_window_added_cb (GtkApplication *application,
                             GtkWindow      *window,
                             Signals        *signals)
{
  if (ATELIER_IS_WINDOW (window))
    g_signal_connect (atelier_window_get_session (ATELIER_WINDOW (window)), "notify::splits",
                      G_CALLBACK (on_data_cb), signals);
}

/* The only rescued model. */
static AtelierModel *
load_rescued (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "atelier", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  g_assert_nonnull (dir);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_null (g_dir_read_name (dir));
  model = atelier_model_file_load (path, &error);
  g_assert_no_error (error);

  return model;
}

/* In a process of its own: trains, sends the signals, and looks at what was saved.  The last signal
 * is the one that ends the program. */
static void
train_until (const int *numbers,
             int        last,
             gboolean   ends)
{
  char *argv[] = { (char *) "atelier", (char *) "--data", (char *) "synthetic", NULL };
  Signals signals = { .numbers = numbers, .ends = ends };
  g_autoptr (AtelierApplication) application = atelier_application_new ();
  g_autoptr (AtelierModel) model = NULL;

  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_training_window_added_cb),
                    &signals);
  g_assert_cmpint (atelier_application_run (application, 3, argv), ==, 128 + last);

  model = load_rescued ();
  g_assert_cmpuint (atelier_model_get_n_epochs (model), >=, 1);
}

static void
run_in_process (void)
{
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*The model was saved to *safetensors*");
}

/* A signal ends a run, and what it has learned is kept. */
static void
test_signal (gconstpointer data)
{
  const int numbers[] = { GPOINTER_TO_INT (data), 0 };

  if (g_test_subprocess ())
    train_until (numbers, numbers[0], FALSE);
  else
    run_in_process ();
}

/* A run that is over, but was not saved. */
static void
test_signal_after_a_run (void)
{
  static const int numbers[] = { SIGTERM, 0 };

  if (g_test_subprocess ())
    train_until (numbers, SIGTERM, TRUE);
  else
    run_in_process ();
}

/* nohup has SIGHUP ignored. */
static void
test_ignored_signal (void)
{
  static const int numbers[] = { SIGHUP, SIGTERM, 0 };

  if (g_test_subprocess ())
    {
      signal (SIGHUP, SIG_IGN);
      train_until (numbers, SIGTERM, FALSE);
    }
  else
    run_in_process ();
}

static void
assert_own (const char *path)
{
  g_autofree char *start = g_strconcat (app_get_folder (), G_DIR_SEPARATOR_S, NULL);

  g_assert_true (g_str_has_prefix (path, start));
}

/* GTK keeps the list of recently used files in the user's data folder. */
static void
test_leaves_user_folders_alone (void)
{
  g_autofree char *recently_used = NULL;

  assert_own (g_get_user_cache_dir ());
  assert_own (g_get_user_config_dir ());
  assert_own (g_get_user_data_dir ());
  assert_own (g_get_user_state_dir ());
  g_object_get (gtk_recent_manager_get_default (), "filename", &recently_used, NULL);
  assert_own (recently_used);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/application/data-option", test_data_option);
  g_test_add_func ("/app/application/version", test_version_opens_no_window);
  g_test_add_func ("/app/application/unknown-option", test_unknown_option);
  g_test_add_data_func ("/app/application/signal/hangup", GINT_TO_POINTER (SIGHUP), test_signal);
  g_test_add_data_func ("/app/application/signal/interrupt", GINT_TO_POINTER (SIGINT),
                        test_signal);
  g_test_add_data_func ("/app/application/signal/terminate", GINT_TO_POINTER (SIGTERM),
                        test_signal);
  g_test_add_func ("/app/application/signal/after-a-run", test_signal_after_a_run);
  g_test_add_func ("/app/application/signal/ignored", test_ignored_signal);
  g_test_add_func ("/app/application/leaves-user-folders-alone", test_leaves_user_folders_alone);

  return g_test_run ();
}
