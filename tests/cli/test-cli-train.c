/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli train: figures, files, interruptions, the progress line. */

#define _GNU_SOURCE /* posix_openpt, ptsname */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli-fixture.h"

#define N_COLUMNS 60

/* So many epochs that none of these tests sees the end of them. */
#define ENDLESS "10000"

static const char * const epoch_keys[] = {
  "epoch",           "loss",    "penalty",           "accuracy", "validation_loss",
  "validation_accuracy", "seconds", "images_per_second", "train_eval_loss",
  "train_eval_accuracy", "most_confused", "words",
};

static void
test_words (void)
{
  g_autofree char *path = cli_path ("words.safetensors");
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "3",
               "--save", path, NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "Epoch 1 of 3: loss ");
  cli_assert_contains (result->out, "Epoch 3 of 3: loss ");
  cli_assert_contains (result->out, " (no dropout: ");
  cli_assert_contains (result->out, "\nValidation loss ");
  cli_assert_contains (result->out, "\nMost confused validation images: ");
  cli_assert_contains (result->out, "Saved to ");
  cli_assert_contains (result->out, "after 3 finished epochs");
  cli_assert_contains (result->err, "220 training, 20 validation and 60 test images of 8×8 pixels");
  cli_assert_contains (result->err, "Network: Tiny");
  cli_assert_contains (result->err, "819");
  cli_assert_contains (result->err, "Recipe: Adam, rate 0.001, batch 32, 3 epochs");
  cli_assert_contains (result->err, "Engine: ");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Values that say things against each other are said, and trained with. */
static void
test_advice (void)
{
  g_autofree char *path = cli_path ("advice.safetensors");
  g_autoptr (CliResult) plain
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--save", path, NULL);
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--batch", "1000", NULL);

  cli_assert_status (plain, 0);
  g_assert_null (strstr (plain->err, "Note: "));
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Note: There are 220 training images, which is less than a "
                                    "batch: an epoch is one step.\n");
}

/* 220 images are 3 batches of 73 and one image, from which batch norm cannot learn. */
static void
test_joined_batch (void)
{
  g_autofree char *network = cli_path ("norm.json");
  g_autofree char *model = cli_path ("norm.safetensors");
  g_autoptr (CliResult) joined = NULL;
  g_autoptr (CliResult) plain = NULL;

  g_assert_true (g_file_set_contents (
    network,
    "{\"input\":[8,8,1],\"layers\":[{\"type\":\"flatten\"},"
    "{\"type\":\"residual\",\"layers\":[{\"type\":\"dense\",\"units\":8},"
    "{\"type\":\"batch_norm\"}]},{\"type\":\"dense\",\"units\":3}]}",
    -1, NULL));
  joined = cli_run ("train", "--network", network, "--data", cli_get_data (), "--epochs", "1",
                    "--batch", "73", "--save", model, NULL);
  cli_assert_status (joined, 0);
  cli_assert_contains (joined->err, "The last batch of each epoch has 1 image more");
  cli_assert_contains (joined->err, "  2.2    Batch norm · linear");
  plain = cli_run ("evaluate", model, "--data", cli_get_data (), NULL);
  cli_assert_status (plain, 0);
}

static void
test_no_progress_line_in_pipe (void)
{
  g_autoptr (CliResult) result = cli_run ("train", "--network", cli_get_network (), "--data",
                                          cli_get_data (), "--epochs", "2", NULL);

  cli_assert_status (result, 0);
  cli_assert_lacks (result->err, "\r");
  cli_assert_lacks (result->out, "\r");
  cli_assert_contains (result->out, "--save FILE");
}

static void
test_json (void)
{
  g_autoptr (CliResult) result = cli_run ("train", "--network", cli_get_network (), "--data",
                                          cli_get_data (), "--epochs", "3", "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;

  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  g_assert_cmpuint (lines->len, ==, 3);
  for (guint i = 0; i < lines->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (lines, i));
      g_autoptr (GList) members = json_object_get_members (object);
      guint n = 0;

      for (GList *l = members; l != NULL; l = l->next)
        g_assert_cmpstr (l->data, ==, epoch_keys[n++]);
      g_assert_cmpuint (n, ==, G_N_ELEMENTS (epoch_keys));
      g_assert_cmpint (json_object_get_int_member (object, "epoch"), ==, i + 1);
      g_assert_cmpfloat (json_object_get_double_member (object, "loss"), >, 0);
      g_assert_cmpfloat (json_object_get_double_member (object, "validation_accuracy"), <=, 1);
      g_assert_cmpfloat (json_object_get_double_member (object, "train_eval_loss"), >, 0);
      g_assert_cmpfloat (json_object_get_double_member (object, "train_eval_accuracy"), <=, 1);
    }
}

/* The sentences of each line are of its own epoch, even where several lines came at once. */
static void
test_json_words (void)
{
  g_autoptr (CliResult) result = cli_run ("train", "--network", cli_get_network (), "--data",
                                          cli_get_data (), "--epochs", "3", "--json", NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (result->out);
  JsonObject *first = json_node_get_object (g_ptr_array_index (lines, 0));
  JsonObject *last = json_node_get_object (g_ptr_array_index (lines, 2));
  JsonArray *pairs = json_object_get_array_member (last, "most_confused");
  JsonObject *pair = json_array_get_object_element (pairs, 0);
  const char *words = json_object_get_string_member (last, "words");

  g_assert_true (g_str_has_prefix (json_object_get_string_member (first, "words"),
                                   "After the first epoch, validation loss is "));
  g_assert_true (g_str_has_prefix (words, "Validation loss "));
  cli_assert_contains (result->err, words);
  g_assert_cmpuint (json_array_get_length (pairs), <=, 3);
  g_assert_cmpint (json_object_get_int_member (pair, "count"), >, 0);
  g_assert_cmpint (json_object_get_int_member (pair, "count"), <=,
                   json_object_get_int_member (pair, "of"));
  g_assert_cmpstr (json_object_get_string_member (pair, "truth"), !=,
                   json_object_get_string_member (pair, "prediction"));
}

/* A decimal comma must not get into JSON. */
static void
test_json_in_locale (void)
{
  static const char * const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *out = NULL;
  const char *locale = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (locales) && locale == NULL; i++)
    if (setlocale (LC_NUMERIC, locales[i]) != NULL)
      locale = locales[i];
  setlocale (LC_NUMERIC, "C");
  if (locale == NULL)
    {
      g_test_skip ("No locale with a decimal comma is here");
      return;
    }
  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, cli_get_program (), "train", "--network",
                                         cli_get_network (), "--data", cli_get_data (), "--epochs",
                                         "1", "--json", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  lines = cli_parse_lines (out);
  g_assert_cmpuint (lines->len, ==, 1);
}

static void
test_threads (void)
{
  static const char * const n_threads[] = { "1", "2", "3" };
  g_autofree char *first = NULL;
  gsize n_first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autofree char *path = cli_path ("threads.safetensors");
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize n;
      g_autoptr (CliResult) result
        = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs",
                   "3", "--threads", n_threads[i], "--seed", "5", "--save", path, NULL);

      cli_assert_status (result, 0);
      g_file_get_contents (path, &bytes, &n, &error);
      g_assert_no_error (error);
      if (first == NULL)
        {
          first = g_steal_pointer (&bytes);
          n_first = n;
        }
      else
        g_assert_cmpmem (bytes, n, first, n_first);
    }
}

static void
test_seed (void)
{
  g_autofree char *one = cli_path ("seed-1.safetensors");
  g_autofree char *two = cli_path ("seed-2.safetensors");
  g_autofree char *one_bytes = NULL;
  g_autofree char *two_bytes = NULL;
  gsize n_one, n_two;
  g_autoptr (CliResult) first
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--seed", "1", "--save", one, NULL);
  g_autoptr (CliResult) second
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--seed", "2", "--save", two, NULL);

  cli_assert_status (first, 0);
  cli_assert_status (second, 0);
  g_assert_true (g_file_get_contents (one, &one_bytes, &n_one, NULL));
  g_assert_true (g_file_get_contents (two, &two_bytes, &n_two, NULL));
  g_assert_true (n_one != n_two || memcmp (one_bytes, two_bytes, n_one) != 0);
}

static void
test_recipe (void)
{
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--optimizer", "sgd", "--momentum", "0.9", "--rate", "0.05", "--batch", "7", "--l2",
               "0.01", "--raw-pixels", NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "SGD with momentum 0.9, rate 0.05, batch 7, 1 epoch, "
                                    "penalty 0.01, seed 1, raw pixels");
}

/* Network and recipe from one file, as the presets are printed; options change them. */
static void
test_plan (void)
{
  g_autoptr (CliResult) printed
    = cli_run ("presets", "report-1", "--data", cli_get_data (), NULL);
  g_autofree char *plan = cli_path ("plan.json");
  g_autoptr (CliResult) result = NULL;

  cli_assert_status (printed, 0);
  cli_write_text (plan, printed->out);
  result = cli_run ("train", "--network", plan, "--recipe", plan, "--data", cli_get_data (),
                    "--epochs", "1", "--beta-1", "0.5", "--schedule", "cosine", NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Report 1, fully connected");
  cli_assert_contains (result->err, "Recipe: Adam, rate 0.0001, batch 32, 1 epoch, "
                                    "penalty 0.0001, seed 1, beta_1 0.5\n"
                                    "Rate: Cosine to 0 over 1 epoch\n");
}

/* A recipe alone, and one that is wrong. */
static void
test_recipe_file (void)
{
  g_autofree char *path = cli_path ("recipe.json");
  g_autoptr (CliResult) good = NULL;
  g_autoptr (CliResult) bad = NULL;

  cli_write_text (path, "{\"optimizer\":\"sgd\",\"learning_rate\":0.5,\"momentum\":0.25,"
                        "\"batch_size\":9,\"epochs\":1,\"l2\":0,\"seed\":3,\"raw_pixels\":true}");
  good = cli_run ("train", "--network", cli_get_network (), "--recipe", path, "--data",
                  cli_get_data (), "--batch", "10", NULL);
  cli_assert_status (good, 0);
  cli_assert_contains (good->err, "SGD with momentum 0.25, rate 0.5, batch 10, 1 epoch, "
                                  "penalty 0, seed 3, raw pixels");
  cli_write_text (path, "{\"optimizer\":\"sgd\",\"learning_rate\":0.5,\"momentum\":0.25,"
                        "\"batch_size\":9,\"epochs\":1,\"l2\":0,\"seed\":3,\"raw_pixels\":true,"
                        "\"beta_1\":0.5}");
  bad = cli_run ("train", "--network", cli_get_network (), "--recipe", path, NULL);
  cli_assert_status (bad, 1);
  cli_assert_contains (bad->err, "“beta_1” is not used where “optimizer” is “sgd”");
}

/* The same bytes again from a model alone; options still change the recipe. */
static void
test_like (void)
{
  g_autofree char *one = cli_path ("like-one.safetensors");
  g_autofree char *two = cli_path ("like-two.safetensors");
  g_autofree char *one_bytes = NULL;
  g_autofree char *two_bytes = NULL;
  gsize n_one, n_two;
  g_autoptr (CliResult) first
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "2",
               "--optimizer", "sgd", "--momentum", "0.5", "--seed", "5", "--raw-pixels", "--save",
               one, NULL);
  g_autoptr (CliResult) second
    = cli_run ("train", "--like", one, "--data", cli_get_data (), "--save", two, NULL);
  g_autoptr (CliResult) other
    = cli_run ("train", "--like", one, "--data", cli_get_data (), "--epochs", "1", "--seed", "6",
               NULL);

  cli_assert_status (first, 0);
  cli_assert_status (second, 0);
  cli_assert_lacks (second->err, "other data");
  g_assert_true (g_file_get_contents (one, &one_bytes, &n_one, NULL));
  g_assert_true (g_file_get_contents (two, &two_bytes, &n_two, NULL));
  g_assert_cmpmem (one_bytes, n_one, two_bytes, n_two);
  cli_assert_status (other, 0);
  cli_assert_contains (other->err, "1 epoch, penalty 0.0001, seed 6, raw pixels");
}

static void
test_like_other_data (void)
{
  g_autofree char *path = cli_train_model ("like-data.safetensors", "1", "0.01");
  g_autofree char *folder = cli_path ("like-data");
  g_autoptr (CliResult) result = NULL;

  cli_write_data (folder, 8, 3, 48, 12);
  result = cli_run ("train", "--like", path, "--data", folder, NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "was trained on other data");
}

static void
test_presets_on_sketched_garments (void)
{
  g_autoptr (CliResult) result
    = cli_run ("train", "--preset", "report-1", "--data", "synthetic", "--epochs", "1", "--json",
               NULL);
  g_autoptr (GPtrArray) lines = NULL;

  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Data: Sketched garments");
  cli_assert_contains (result->err, "245,830");
  lines = cli_parse_lines (result->out);
  g_assert_cmpuint (lines->len, ==, 1);
}

/* ---- Refused ---- */

static void
test_save_refused_early (void)
{
  g_autofree char *nowhere = cli_path ("no-such-folder/model.safetensors");
  g_autofree char *below_file = g_build_filename (cli_get_network (), "model.safetensors", NULL);
  g_autoptr (CliResult) missing
    = cli_run ("train", "--data", cli_get_data (), "--save", nowhere, NULL);
  g_autoptr (CliResult) file
    = cli_run ("train", "--data", cli_get_data (), "--save", below_file, NULL);
  g_autoptr (CliResult) folder
    = cli_run ("train", "--data", cli_get_data (), "--save", cli_get_data (), NULL);

  cli_assert_status (missing, 1);
  cli_assert_contains (missing->err, "no-such-folder");
  cli_assert_lacks (missing->err, "Data:");
  cli_assert_status (file, 1);
  cli_assert_status (folder, 1);
  cli_assert_contains (folder->err, "not a regular file");
}

static void
assert_save_refused (const char *path)
{
  g_autoptr (CliResult) result = cli_run ("train", "--network", cli_get_network (), "--data",
                                          cli_get_data (), "--epochs", "1", "--save", path, NULL);

  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
  cli_assert_lacks (result->err, "Data:");
}

static void
test_save_refused_odd_names (void)
{
  g_autofree char *long_name = g_strnfill (300, 'x');
  g_autofree char *long_path = cli_path (long_name);
  g_autofree char *slash = cli_path ("folder/");

  assert_save_refused ("");
  assert_save_refused ("/dev/null");
  assert_save_refused (long_path);
  assert_save_refused (slash);
}

/* The check does not change the file that is there. */
static void
test_save_check_keeps_old_file (void)
{
  g_autofree char *path = cli_path ("old.safetensors");
  g_autofree char *text = NULL;
  g_autoptr (CliResult) result = NULL;

  cli_write_text (path, "old");
  result = cli_run ("train", "--data", "/no/such/folder", "--save", path, NULL);
  cli_assert_status (result, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
}

static void
test_broken_network (void)
{
  g_autofree char *path = cli_path ("broken.json");
  g_autoptr (CliResult) syntax = NULL;
  g_autoptr (CliResult) member = NULL;
  g_autoptr (CliResult) missing = NULL;

  cli_write_text (path, "{ \"layers\": [");
  syntax = cli_run ("train", "--network", path, "--data", cli_get_data (), NULL);
  cli_assert_status (syntax, 1);
  cli_assert_contains (syntax->err, "broken.json");

  cli_write_text (path, "{ \"input\": [8, 8, 1], \"layers\": [ { \"type\": \"flaten\" } ] }");
  member = cli_run ("train", "--network", path, "--data", cli_get_data (), NULL);
  cli_assert_status (member, 1);
  cli_assert_contains (member->err, "flaten");

  missing = cli_run ("train", "--network", "/no/such.json", "--data", cli_get_data (), NULL);
  cli_assert_status (missing, 1);
  cli_assert_contains (missing->err, "such.json");
}

static void
test_no_data (void)
{
  g_autoptr (CliResult) result = cli_run ("train", "--data", "/no/such/folder", NULL);

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "/no/such/folder");
}

static void
test_not_finite (void)
{
  g_autofree char *path = cli_path ("not-finite.safetensors");
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--optimizer",
               "sgd", "--rate", "10", "--raw-pixels", "--l2", "1", "--epochs", "9000", "--json",
               "--save", path, NULL);

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "learning rate");
}

/* ---- Interrupted ---- */

static GSubprocess *
start_endless (GSubprocessLauncher *launcher,
               const char          *path,
               gboolean             as_json)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process
    = g_subprocess_launcher_spawn (launcher, &error, cli_get_program (), "train", "--network",
                                   cli_get_network (), "--data", cli_get_data (), "--epochs",
                                   ENDLESS, "--save", path, as_json ? "--json" : NULL, NULL);

  g_assert_no_error (error);
  return process;
}

/* Waits for the first epoch, sends @signal, and gives back what came after. */
static void
interrupt (int        signal,
           gboolean   as_json,
           char     **out,
           char     **err)
{
  g_autofree char *path = cli_path ("interrupted.safetensors");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char first;

  g_remove (path);
  process = start_endless (launcher, path, as_json);
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &first, 1, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_send_signal (process, signal);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_interrupt (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *path = cli_path ("interrupted.safetensors");
  g_autoptr (CliResult) result = NULL;

  interrupt (SIGINT, FALSE, &out, &err);
  cli_assert_contains (err, "Interrupted: finishing the batch");
  cli_assert_contains (out, "Saved to ");
  result = cli_run ("evaluate", path, "--data", cli_get_data (), NULL);
  cli_assert_status (result, 0);
}

static void
test_terminate (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  interrupt (SIGTERM, FALSE, &out, &err);
  cli_assert_contains (out, "Saved to ");
}

static void
test_interrupt_json (void)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  interrupt (SIGINT, TRUE, &out, &err);
  whole = g_strconcat ("{", out, NULL); /* the first character was read before the signal */
  lines = cli_parse_lines (whole);
  g_assert_cmpuint (lines->len, >=, 1);
  cli_assert_contains (err, "Saved to ");
}

/* ---- On a terminal ---- */

/* The two ends of a terminal of N_COLUMNS. */
static void
open_terminal (int *master,
               int *slave)
{
  struct winsize size = { .ws_row = 24, .ws_col = N_COLUMNS };

  *master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (*master, >=, 0);
  g_assert_cmpint (grantpt (*master), ==, 0);
  g_assert_cmpint (unlockpt (*master), ==, 0);
  *slave = open (ptsname (*master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (*slave, >=, 0);
  g_assert_cmpint (ioctl (*slave, TIOCSWINSZ, &size), ==, 0);
}

/* Reads until @wanted carriage returns without a line end came; G_MAXUINT: until the program closed
 * it. */
static void
read_terminal (int      master,
               GString *text,
               guint    wanted)
{
  guint n = 0;
  char character, previous = 0;

  while (n < wanted && read (master, &character, 1) == 1)
    {
      if (previous == '\r' && character != '\n')
        n++;
      g_string_append_c (text, character);
      previous = character;
    }
}

static void
test_progress_line_on_terminal (void)
{
  g_autofree char *path = cli_path ("terminal.safetensors");
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) pieces = NULL;
  int master, slave;

  open_terminal (&master, &slave);
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  process = start_endless (launcher, path, FALSE);
  g_clear_object (&launcher); /* closes this side's copy of the terminal */
  read_terminal (master, text, 4);
  g_subprocess_send_signal (process, SIGINT);
  read_terminal (master, text, G_MAXUINT);
  close (master);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);

  cli_assert_contains (text->str, "\repoch ");
  cli_assert_contains (text->str, "of 10000");
  pieces = g_strsplit_set (text->str, "\r\n", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    if (g_str_has_prefix (pieces[i], "epoch "))
      g_assert_cmpint (g_utf8_strlen (pieces[i], -1), <, N_COLUMNS);
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/train/words", test_words);
  g_test_add_func ("/cli/train/advice", test_advice);
  g_test_add_func ("/cli/train/joined-batch", test_joined_batch);
  g_test_add_func ("/cli/train/no-progress-line-in-pipe", test_no_progress_line_in_pipe);
  g_test_add_func ("/cli/train/json", test_json);
  g_test_add_func ("/cli/train/json-words", test_json_words);
  g_test_add_func ("/cli/train/json-in-locale", test_json_in_locale);
  g_test_add_func ("/cli/train/threads", test_threads);
  g_test_add_func ("/cli/train/seed", test_seed);
  g_test_add_func ("/cli/train/recipe", test_recipe);
  g_test_add_func ("/cli/train/plan", test_plan);
  g_test_add_func ("/cli/train/recipe-file", test_recipe_file);
  g_test_add_func ("/cli/train/like", test_like);
  g_test_add_func ("/cli/train/like-other-data", test_like_other_data);
  g_test_add_func ("/cli/train/presets-on-sketched-garments", test_presets_on_sketched_garments);
  g_test_add_func ("/cli/train/save-refused-early", test_save_refused_early);
  g_test_add_func ("/cli/train/save-refused-odd-names", test_save_refused_odd_names);
  g_test_add_func ("/cli/train/save-check-keeps-old-file", test_save_check_keeps_old_file);
  g_test_add_func ("/cli/train/not-finite", test_not_finite);
  g_test_add_func ("/cli/train/broken-network", test_broken_network);
  g_test_add_func ("/cli/train/no-data", test_no_data);
  g_test_add_func ("/cli/train/interrupt", test_interrupt);
  g_test_add_func ("/cli/train/terminate", test_terminate);
  g_test_add_func ("/cli/train/interrupt-json", test_interrupt_json);
  g_test_add_func ("/cli/train/progress-line-on-terminal", test_progress_line_on_terminal);
  return cli_fixture_run ();
}
