/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was learnt is kept: whatever ends "train", and wherever it was to be saved. */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli-fixture.h"
#include "model/atelier-model-file.h"

#define ENDLESS "10000" /* epochs */
#define N_KILLS 6

/* Starts an endless training with --save @path; standard output is a pipe. */
static GSubprocess *
start_endless (const char *path,
               const char *errors) /* a file */
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_stderr_file_path (launcher, errors);
  process = g_subprocess_launcher_spawn (
    launcher, &error, cli_get_program (), "train", "--network", cli_get_network (), "--data",
    cli_get_data (), "--epochs", ENDLESS, "--threads", "1", "--json", "--save", path, NULL);
  g_assert_no_error (error);
  return process;
}

/* One line is one epoch. */
static void
read_epochs (GDataInputStream *lines,
             guint             n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
}

static AtelierModel *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  AtelierModel *model = atelier_model_file_load (path, &error);

  g_assert_no_error (error);
  return model;
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* ---- Ends ---- */

/* As "train --json --save FILE | head -2". */
static void
test_reader_goes (void)
{
  g_autofree char *path = cli_path ("reader.safetensors");
  g_autofree char *errors = cli_path ("reader.txt");
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) process = start_endless (path, errors);
  g_autoptr (GDataInputStream) lines
    = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (AtelierModel) model = NULL;

  read_epochs (lines, 2);
  g_assert_true (g_input_stream_close (G_INPUT_STREAM (lines), NULL, NULL));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  model = load (path);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), >=, 2);
  text = read_text (errors);
  cli_assert_contains (text, "Nobody reads the output");
  cli_assert_contains (text, "Saved to ");
  cli_assert_contains (text, "To go on: ");
}

/* The file is there and whole whenever the process is killed, and the run can go on from it.  Where
 * it is killed is counted in epochs. */
static void
test_killed (void)
{
  g_autofree char *path = cli_path ("killed.safetensors");
  g_autofree char *errors = cli_path ("killed.txt");
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autoptr (GSubprocess) process = start_endless (path, errors);
      g_autoptr (GDataInputStream) lines
        = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
      g_autoptr (AtelierModel) model = NULL;

      /* The first epoch's file is written while later epochs are trained. */
      while (!g_file_test (path, G_FILE_TEST_EXISTS))
        read_epochs (lines, 1);
      read_epochs (lines, (guint) g_rand_int_range (rand, 0, 40));
      g_subprocess_send_signal (process, SIGKILL);
      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_true (g_subprocess_get_if_signaled (process));
      model = load (path);
      g_assert_cmpuint (atelier_model_get_n_epochs (model), >=, 1);
      g_assert_nonnull (atelier_model_get_state (model));
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

/* The printed line is given to a shell as it is, from a folder and with a name that need quotes.
 * Its reader ends it. */
static void
test_way_on (void)
{
  g_autofree char *path = cli_path ("it's a $model.safetensors");
  g_autofree char *errors = cli_path ("way-on.txt");
  g_autofree char *text = NULL;
  g_autofree char *command = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GSubprocess) process = start_endless (path, errors);
  g_autoptr (GSubprocess) shell = NULL;
  g_autoptr (GDataInputStream) lines
    = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  const char *line, *line_end;

  read_epochs (lines, 1);
  g_subprocess_send_signal (process, SIGINT);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, NULL, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  text = read_text (errors);
  line = strstr (text, "atelier-cli train --continue");
  g_assert_nonnull (line);
  cli_assert_contains (line, "--data ");
  cli_assert_contains (line, "--threads 1");
  line_end = strchr (line, '\n');
  g_assert_nonnull (line_end);
  command = g_strdup_printf ("atelier-cli () { \"$program\" \"$@\"; }\n%.*s | head -1",
                             (int) (line_end - line), line);
  g_setenv ("program", cli_get_program (), TRUE);
  shell = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                            &error, "bash", "-c", command, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (shell, NULL, NULL, &out, NULL, &error));
  g_assert_no_error (error);
  cli_assert_contains (out, "Going on after epoch");
}

/* A file that was continued can be continued again. */
static void
test_state_is_kept (void)
{
  g_autofree char *path = cli_path ("again.safetensors");

  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *n = g_strdup_printf ("%u", i);
      g_autoptr (CliResult) result
        = i == 1 ? cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (),
                            "--epochs", n, "--with-state", "--save", path, NULL)
                 : cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", n,
                            NULL);

      cli_assert_status (result, 0);
    }
}

/* ---- Places ---- */

static CliResult *
train_to (const char *path,
          const char *option,
          const char *value)
{
  return cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs",
                  "2", "--save", path, option, value, NULL);
}

static void
test_long_names (void)
{
  const guint lengths[] = { 249, 255, 256 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *name = g_strnfill (lengths[i], 'y');
      g_autofree char *path = cli_path (name);
      g_autoptr (CliResult) result = train_to (path, NULL, NULL);

      cli_assert_status (result, lengths[i] <= 255 ? 0 : 1);
      if (lengths[i] > 255)
        cli_assert_lacks (result->err, "Engine"); /* known before the training */
    }
}

static void
test_keeps_mode_and_link (void)
{
  g_autofree char *path = cli_path ("private.safetensors");
  g_autofree char *link = cli_path ("link.safetensors");
  g_autoptr (CliResult) first = train_to (path, NULL, NULL);
  g_autoptr (CliResult) second = NULL;
  struct stat status;

  cli_assert_status (first, 0);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (symlink (path, link), ==, 0);
  second = train_to (link, NULL, NULL);
  cli_assert_status (second, 0);
  g_assert_cmpint (lstat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

static void
assert_refused_before (const char *path,
                       const char *words)
{
  g_autofree char *before = read_text (path);
  g_autoptr (CliResult) result = train_to (path, NULL, NULL);
  g_autofree char *after = NULL;

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, words);
  cli_assert_lacks (result->err, "Engine");
  after = read_text (path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refused_before (void)
{
  g_autofree char *path = cli_path ("kept.txt");
  g_autofree char *other = cli_path ("other.txt");

  cli_write_text (path, "kept");
  g_assert_cmpint (g_chmod (path, 0444), ==, 0);
  assert_refused_before (path, "may only be read");
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_cmpint (link (path, other), ==, 0);
  assert_refused_before (path, "hard links");
}

/* The folder is gone at the end: the model is elsewhere, the message says where, and the report is
 * written all the same. */
static void
test_rescued (void)
{
  g_autofree char *folder = cli_path ("soon-gone");
  g_autofree char *path = g_build_filename (folder, "model.safetensors", NULL);
  g_autofree char *report = cli_path ("rescued.pdf");
  g_autofree char *state = cli_path ("state");
  g_autofree char *expected = g_build_filename (state, "atelier", NULL);
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) model = NULL;
  g_autofree char *err = NULL;
  g_autofree char *rescued = NULL;
  const char *place;
  char first;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", state, TRUE);
  process = g_subprocess_launcher_spawn (
    launcher, &error, cli_get_program (), "train", "--network", cli_get_network (), "--data",
    cli_get_data (), "--epochs", ENDLESS, "--save", path, "--report", report, NULL);
  g_assert_no_error (error);
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &first, 1, NULL, &error);
  g_assert_no_error (error);
  /* A file may just be written into the folder. */
  while (g_rename (folder, expected) != 0 && errno == ENOENT)
    g_assert_cmpint (g_mkdir_with_parents (state, 0700), ==, 0);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  cli_assert_contains (err, "no folder");
  place = strstr (err, "The model was saved to ");
  g_assert_nonnull (place);
  place += strlen ("The model was saved to ");
  rescued = g_strndup (place, (gsize) (strstr (place, " instead") - place));
  g_assert_true (g_str_has_prefix (rescued, expected));
  model = load (rescued);
  g_assert_cmpuint (atelier_model_get_n_epochs (model), >=, 1);
  g_assert_true (g_file_test (report, G_FILE_TEST_IS_REGULAR));
}

/* ---- Two roles, one file ---- */

static void
assert_unchanged (CliResult  *result,
                  const char *path,
                  const char *before)
{
  g_autofree char *after = read_text (path);

  cli_assert_status (result, 2);
  cli_assert_contains (result->err, "same file");
  g_assert_cmpstr (before, ==, after);
}

static void
test_roles (void)
{
  g_autofree char *path = cli_path ("roles.pdf");
  g_autofree char *other = cli_path ("./roles.pdf");
  g_autofree char *linked = cli_path ("linked.pdf");
  g_autofree char *table = cli_path ("table.csv");
  g_autofree char *other_table = cli_path ("./table.csv");
  g_autofree char *new_path = cli_path ("new.pdf");
  g_autofree char *new_other = cli_path ("./new.pdf");
  g_autofree char *network = read_text (cli_get_network ());
  g_autofree char *before = NULL;
  g_autoptr (CliResult) trained = train_to (path, "--with-state", NULL);
  g_autoptr (CliResult) matrix = cli_run ("evaluate", path, "--matrix", other, NULL);
  g_autoptr (CliResult) report = cli_run ("report", path, other, NULL);
  g_autoptr (CliResult) tables
    = cli_run ("evaluate", path, "--matrix", table, "--classes", other_table, NULL);
  g_autoptr (CliResult) both = train_to (new_path, "--report", new_other);
  g_autoptr (CliResult) over_network = train_to (cli_get_network (), NULL, NULL);
  g_autoptr (CliResult) over_model = NULL;

  cli_assert_status (trained, 0);
  before = read_text (path);
  assert_unchanged (matrix, path, before);
  assert_unchanged (report, path, before);
  cli_assert_status (tables, 2);
  g_assert_false (g_file_test (table, G_FILE_TEST_EXISTS));
  assert_unchanged (over_network, cli_get_network (), network);
  cli_assert_status (both, 2);
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (symlink (path, linked), ==, 0);
  over_model = cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", "3",
                        "--report", linked, NULL);
  assert_unchanged (over_model, path, before);
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);

  g_test_add_func ("/cli/keep/reader-goes", test_reader_goes);
  g_test_add_func ("/cli/keep/killed", test_killed);
  g_test_add_func ("/cli/keep/way-on", test_way_on);
  g_test_add_func ("/cli/keep/state-is-kept", test_state_is_kept);
  g_test_add_func ("/cli/keep/long-names", test_long_names);
  g_test_add_func ("/cli/keep/mode-and-link", test_keeps_mode_and_link);
  g_test_add_func ("/cli/keep/refused-before", test_refused_before);
  g_test_add_func ("/cli/keep/rescued", test_rescued);
  g_test_add_func ("/cli/keep/roles", test_roles);

  return cli_fixture_run ();
}
