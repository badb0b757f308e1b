/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program answers on its command line before there is a window, what signals do and what
 * the end of the display does, and that the tests of the window leave a person's folders alone. */

#include "config.h"

#include <signal.h>

#include "app-window.h"
#include "idx-files.h"
#include "model/atelier-model-file.h"

#define CHILD_VARIABLE "ATELIER_TEST_CHILD" /* set in a process that trains for a test */
#define KEPT_IN "kept in "

static const char *program; /* this one */
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

/* A file of a model in the state folder that is given; NULL where there is none.  @n: how many
 * there are.  Transfer full. */
static char *
find_rescued (const char *state_folder,
              guint      *n)
{
  g_autofree char *folder = g_build_filename (state_folder, "atelier", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *path = NULL;
  const char *name;

  *n = 0;
  while (dir && (name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".safetensors"))
      {
        g_free (path);
        path = g_build_filename (folder, name, NULL);
        (*n)++;
      }

  return path;
}

static AtelierModel *
load_model (const char *path)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model;

  g_assert_nonnull (path);
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
  g_autofree char *path = NULL;
  guint n;

  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_training_window_added_cb),
                    &signals);
  g_assert_cmpint (atelier_application_run (application, 3, argv), ==, 128 + last);

  /* What was kept during the run has made room for it. */
  path = find_rescued (g_get_user_state_dir (), &n);
  g_assert_cmpuint (n, ==, 1);
  model = load_model (path);
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

/* The display goes */

/* A display for one test; NULL where there is no Xvfb.  @name: transfer full. */
static GSubprocess *
start_display (char **name)
{
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *xvfb = g_find_program_in_path ("Xvfb");
  g_autofree char *number = NULL;

  if (xvfb == NULL)
    return NULL;

  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                             &error, xvfb, "-displayfd", "1", "-screen", "0", "1280x800x24",
                             "-nolisten", "tcp", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  number = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (number);
  *name = g_strconcat (":", number, NULL);

  return g_steal_pointer (&server);
}

/* The child prints a line with its folder when a model was kept there. */
static gboolean
on_look_cb (gpointer user_data)
{
  guint n;
  g_autofree char *path = find_rescued (g_get_user_state_dir (), &n);

  if (path == NULL)
    return G_SOURCE_CONTINUE;

  g_print (KEPT_IN "%s\n", app_get_folder ());

  return G_SOURCE_REMOVE;
}

/* In a process of its own, on the display that ends. */
static void
train_for_ever (void)
{
  static const int numbers[] = { 0 };
  char *argv[] = { (char *) "atelier", (char *) "--data", (char *) "synthetic", NULL };
  Signals signals = { .numbers = numbers, .n_sent = 1 };
  g_autoptr (AtelierApplication) application = atelier_application_new ();

  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application))
                             | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (on_training_window_added_cb),
                    &signals);
  g_timeout_add (100, on_look_cb, NULL);
  atelier_application_run (application, 3, argv);
  g_assert_not_reached ();
}

/* What the test program prints when it runs one test, up to the child's line.  Transfer full. */
static char *
read_folder (GSubprocess *child)
{
  g_autoptr (GDataInputStream) output =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  char *line;

  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)))
    {
      g_autofree char *whole = line;
      const char *start = strstr (whole, KEPT_IN);

      if (start)
        return g_strdup (start + strlen (KEPT_IN));
    }

  return NULL;
}

/* X ends without a word, and GTK ends the process: what was learnt by then is in a file. */
static void
test_display_goes (void)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autofree char *display = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *state_folder = NULL;
  g_autofree char *path = NULL;
  guint n;

  if (g_getenv (CHILD_VARIABLE))
    train_for_ever ();
  server = start_display (&display);
  if (server == NULL)
    {
      g_test_skip ("there is no Xvfb");
      return;
    }

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "DISPLAY", display, TRUE);
  g_subprocess_launcher_setenv (launcher, CHILD_VARIABLE, "1", TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "-p",
                                       "/app/application/display-goes", NULL);
  g_assert_no_error (error);
  folder = read_folder (child);
  g_assert_nonnull (folder);

  g_subprocess_force_exit (server);
  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_false (g_subprocess_get_successful (child));
  state_folder = g_build_filename (folder, "state", NULL);
  path = find_rescued (state_folder, &n);
  model = load_model (path);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), >=, 1);
  g_assert_nonnull (atelier_model_get_state (model));
  idx_files_remove_folder (folder);
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
  program = argv[0];
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
  g_test_add_func ("/app/application/display-goes", test_display_goes);
  g_test_add_func ("/app/application/leaves-user-folders-alone", test_leaves_user_folders_alone);

  return g_test_run ();
}
