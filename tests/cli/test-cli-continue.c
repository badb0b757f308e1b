/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli train --continue: a run that one process saves and another continues ends with the
 * same bytes as an uninterrupted run. */

#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli-fixture.h"

#define ENDLESS "10000"

static char *
read_sha256 (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;

  g_file_get_contents (path, &bytes, &n, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, n);
}

static void
assert_same_files (const char *a,
                   const char *b)
{
  g_autofree char *sha256_a = read_sha256 (a);
  g_autofree char *sha256_b = read_sha256 (b);

  g_assert_cmpstr (sha256_a, ==, sha256_b);
}

/* Line @i_a of @a and line @i_b of @b have the same figures except for times. */
static void
assert_same_epoch (const CliResult *a,
                   guint            i_a,
                   const CliResult *b,
                   guint            i_b)
{
  static const char * const keys[] = {
    "epoch", "loss", "penalty", "accuracy", "validation_loss", "validation_accuracy",
    "train_eval_loss", "train_eval_accuracy",
  };
  g_autoptr (GPtrArray) lines_a = cli_parse_lines (a->out);
  g_autoptr (GPtrArray) lines_b = cli_parse_lines (b->out);

  g_assert_cmpuint (i_a, <, lines_a->len);
  g_assert_cmpuint (i_b, <, lines_b->len);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      JsonObject *object_a = json_node_get_object (lines_a->pdata[i_a]);
      JsonObject *object_b = json_node_get_object (lines_b->pdata[i_b]);

      g_assert_true (json_object_get_double_member (object_a, keys[i])
                     == json_object_get_double_member (object_b, keys[i]));
    }
}

/* Trains four epochs in one process, and two and two in two processes. */
static void
assert_break_is_unseen (const char *optimizer,
                        const char *n_threads)
{
  const char *momentum_option = g_str_equal (optimizer, "sgd") ? "--momentum" : NULL;
  g_autofree char *straight_path = cli_path ("straight.safetensors");
  g_autofree char *path = cli_path ("broken.safetensors");
  g_autoptr (CliResult) straight = cli_run (
    "train", "--network", cli_get_network (), "--data", cli_get_data (), "--optimizer", optimizer,
    "--epochs", "4", "--json", "--with-state", "--save", straight_path, momentum_option, "0.9",
    NULL);
  g_autoptr (CliResult) first
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--optimizer",
               optimizer, "--epochs", "2", "--threads", n_threads, "--json", "--with-state",
               "--save", path, momentum_option, "0.9", NULL);
  g_autoptr (CliResult) second = NULL;

  cli_assert_status (straight, 0);
  cli_assert_status (first, 0);
  second = cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", "4",
                    "--threads", n_threads, "--json", NULL);
  cli_assert_status (second, 0);
  cli_assert_contains (second->err, "Going on after epoch 2");
  assert_same_files (path, straight_path);
  for (guint i = 0; i < 2; i++)
    {
      assert_same_epoch (first, i, straight, i);
      assert_same_epoch (second, i, straight, 2 + i);
    }
}

static void
test_adam (void)
{
  assert_break_is_unseen ("adam", "1");
  assert_break_is_unseen ("adam", "3");
}

static void
test_sgd (void)
{
  assert_break_is_unseen ("sgd", "1");
  assert_break_is_unseen ("sgd", "3");
}

/* The report's networks, on a few images. */
static void
assert_preset_goes_on (const char *preset)
{
  g_autofree char *data = cli_path ("handful");
  g_autofree char *straight_path = cli_path ("straight.safetensors");
  g_autofree char *path = cli_path ("broken.safetensors");
  g_autoptr (CliResult) straight = NULL;
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;

  cli_write_data (data, 28, 10, 120, 20);
  straight = cli_run ("train", "--preset", preset, "--data", data, "--epochs", "2", "--threads",
                      "1", "--with-state", "--save", straight_path, NULL);
  first = cli_run ("train", "--preset", preset, "--data", data, "--epochs", "1", "--threads", "2",
                   "--with-state", "--save", path, NULL);
  second = cli_run ("train", "--continue", path, "--data", data, "--epochs", "2", "--threads", "3",
                    NULL);
  cli_assert_status (straight, 0);
  cli_assert_status (first, 0);
  cli_assert_status (second, 0);
  assert_same_files (path, straight_path);
}

static void
test_presets (void)
{
  assert_preset_goes_on ("report-1");
  assert_preset_goes_on ("report-2");
}

/* Starts a run of very many epochs, and interrupts it after the first. */
static void
interrupt (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, cli_get_program (),
    "train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", ENDLESS,
    "--save", path, NULL);
  g_autofree char *out = NULL;
  char first;

  g_assert_no_error (error);
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &first, 1, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  cli_assert_contains (out, "To go on: atelier-cli train --continue");
}

/* The signal may come in any epoch: the number of epochs to end with is that of the file and two
 * more. */
static void
test_interrupted (void)
{
  g_autofree char *path = cli_path ("interrupted.safetensors");
  g_autofree char *straight_path = cli_path ("straight.safetensors");
  g_autofree char *n_epochs = NULL;
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autoptr (CliResult) straight = NULL;
  const char *number;

  interrupt (path);
  refused = cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", "1", NULL);
  cli_assert_status (refused, 1);
  number = strstr (refused->err, "already has ");
  g_assert_nonnull (number);
  n_epochs = g_strdup_printf ("%d", atoi (number + strlen ("already has ")) + 2);

  second = cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", n_epochs,
                    NULL);
  straight = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (),
                      "--epochs", n_epochs, "--with-state", "--save", straight_path, NULL);
  cli_assert_status (second, 0);
  cli_assert_status (straight, 0);
  assert_same_files (path, straight_path);
}

/* Without --data, the data set is found by its name. */
static void
test_finds_data (void)
{
  g_autofree char *network = cli_path ("large.json");
  g_autofree char *path = cli_path ("large.safetensors");
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;

  cli_write_text (network, "{ \"input\": [28, 28, 1], \"layers\": [ { \"type\": \"flatten\" },"
                           " { \"type\": \"dense\", \"units\": 10 } ] }");
  first = cli_run ("train", "--network", network, "--data", "synthetic", "--epochs", "1",
                   "--with-state", "--save", path, NULL);
  second = cli_run ("train", "--continue", path, "--epochs", "2", NULL);
  cli_assert_status (first, 0);
  cli_assert_status (second, 0);
  cli_assert_contains (second->err, "Data: Sketched garments");
}

/* The continued file stays where the new one has another name. */
static void
test_saves_elsewhere (void)
{
  g_autofree char *path = cli_path ("from.safetensors");
  g_autofree char *other = cli_path ("other.safetensors");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (CliResult) first
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--with-state", "--save", path, NULL);
  g_autoptr (CliResult) second = NULL;

  cli_assert_status (first, 0);
  before = read_sha256 (path);
  second = cli_run ("train", "--continue", path, "--data", cli_get_data (), "--epochs", "2",
                    "--save", other, NULL);
  cli_assert_status (second, 0);
  after = read_sha256 (path);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (g_file_test (other, G_FILE_TEST_IS_REGULAR));
}

static void
assert_refused (const char *path,
                const char *option,
                const char *value,
                int         status,
                const char *piece)
{
  g_autofree char *before = read_sha256 (path);
  g_autofree char *after = NULL;
  g_autoptr (CliResult) result = cli_run ("train", "--continue", path, option, value, NULL);

  cli_assert_status (result, status);
  cli_assert_contains (result->err, piece);
  after = read_sha256 (path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_refused (void)
{
  g_autofree char *path = cli_path ("state.safetensors");
  g_autofree char *plain = cli_train_model ("plain.safetensors", "1", "0.001");
  g_autofree char *other_data = cli_path ("other-data");
  g_autoptr (CliResult) first
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1",
               "--with-state", "--save", path, NULL);
  g_autoptr (CliResult) other = NULL;
  g_autoptr (CliResult) nowhere = cli_run ("train", "--with-state", NULL);

  cli_assert_status (nowhere, 2);
  cli_assert_contains (nowhere->err, "--with-state is for --save");
  cli_assert_status (first, 0);
  assert_refused (path, "--rate", "0.1", 2, "--rate");
  assert_refused (path, "--preset", "report-1", 2, "--preset");
  assert_refused (path, "--raw-pixels", NULL, 2, "--raw-pixels");
  assert_refused (path, "--epochs", "x", 2, "--epochs");
  assert_refused (path, "--data", cli_get_data (), 1, "already has 1 finished epoch");
  assert_refused (plain, "--data", cli_get_data (), 1, "without its training state");
  assert_refused (cli_get_network (), "--data", cli_get_data (), 1, "tiny.json");

  cli_write_data (other_data, 8, 3, CLI_N_TRAIN + 3, CLI_N_TEST);
  other = cli_run ("train", "--continue", path, "--data", other_data, "--epochs", "2", NULL);
  cli_assert_status (other, 1);
  cli_assert_contains (other->err, "only with the same data");
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/continue/adam", test_adam);
  g_test_add_func ("/cli/continue/sgd", test_sgd);
  g_test_add_func ("/cli/continue/presets", test_presets);
  g_test_add_func ("/cli/continue/interrupted", test_interrupted);
  g_test_add_func ("/cli/continue/finds-data", test_finds_data);
  g_test_add_func ("/cli/continue/saves-elsewhere", test_saves_elsewhere);
  g_test_add_func ("/cli/continue/refused", test_refused);
  return cli_fixture_run ();
}
