/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli data and atelier-cli network. */

#include "config.h"

#include <string.h>

#include "cli-fixture.h"

/* With @folder as the first place that is looked at. */
static CliResult *
run_data (const char *folder,
          const char *option)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  CliResult *result = g_new0 (CliResult, 1);

  g_subprocess_launcher_setenv (launcher, "ATELIER_DATASETS", folder, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, cli_get_program (), "data", option,
                                         NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result->out, &result->err, &error);
  g_assert_no_error (error);
  result->status = g_subprocess_get_exit_status (process);
  return result;
}

static void
test_data_words (void)
{
  g_autoptr (CliResult) result = run_data (cli_get_data (), NULL);

  cli_assert_status (result, 0);
  g_assert_cmpstr (result->err, ==, "");
  cli_assert_contains (result->out, "220 training, 20 validation, 60 test; 8×8 pixels");
  cli_assert_contains (result->out, cli_get_data ());
  cli_assert_contains (result->out, "Sketched garments");
  cli_assert_contains (result->out, "SHA-256");
}

static void
test_data_json (void)
{
  g_autoptr (CliResult) result = run_data (cli_get_data (), "--json");
  g_autoptr (GPtrArray) lines = cli_parse_lines (result->out);
  JsonObject *first, *last;

  cli_assert_status (result, 0);
  g_assert_cmpuint (lines->len, >=, 2);
  first = json_node_get_object (g_ptr_array_index (lines, 0));
  last = json_node_get_object (g_ptr_array_index (lines, lines->len - 1));
  g_assert_cmpstr (json_object_get_string_member (first, "id"), ==, cli_get_data ());
  g_assert_cmpint (json_object_get_int_member (first, "train"), ==, CLI_N_TRAIN - CLI_N_VALIDATION);
  g_assert_cmpint (json_object_get_int_member (first, "classes"), ==, 3);
  g_assert_cmpuint (strlen (json_object_get_string_member (first, "sha256")), ==, 64);
  g_assert_false (json_object_get_boolean_member (first, "is_published_fashion_mnist"));
  g_assert_cmpstr (json_object_get_string_member (last, "id"), ==, "synthetic");
  for (guint i = 1; i < lines->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (lines, i));

      g_assert_cmpstr (json_object_get_string_member (object, "id"), !=, cli_get_data ());
    }
}

/* A broken data set is reported, the others are still listed. */
static void
test_data_broken (void)
{
  g_autofree char *folder = cli_path ("broken");
  g_autofree char *labels = g_build_filename (folder, "train-labels-idx1-ubyte", NULL);
  g_autoptr (CliResult) result = NULL;

  cli_write_data (folder, 8, 3, 24, 6);
  cli_write_text (labels, "cut");
  result = run_data (folder, NULL);
  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "train-labels-idx1-ubyte");
  cli_assert_contains (result->out, "Sketched garments");
}

static void
test_network_table (void)
{
  g_autoptr (CliResult) dense = cli_run ("network", "--preset", "report-1", NULL);
  g_autoptr (CliResult) convolutional = cli_run ("network", NULL);

  cli_assert_status (dense, 0);
  cli_assert_contains (dense->out, "245,830");
  cli_assert_status (convolutional, 0);
  cli_assert_contains (convolutional->out, "30,394");
  cli_assert_contains (convolutional->out, "28×28×32");
  cli_assert_contains (convolutional->out, "Multiply-adds");
}

static void
test_network_json_round_trip (void)
{
  g_autofree char *path = cli_path ("mine.json");
  g_autoptr (CliResult) preset = cli_run ("network", "--preset", "report-2", "--json", NULL);
  g_autoptr (CliResult) mine = NULL;

  cli_assert_status (preset, 0);
  cli_write_text (path, preset->out);
  mine = cli_run ("network", "--network", path, "--json", NULL);
  cli_assert_status (mine, 0);
  g_assert_cmpstr (mine->out, ==, preset->out);
}

/* A name in a file must not be able to write to the terminal. */
static void
test_network_name_with_escape (void)
{
  g_autofree char *path = cli_path ("escape.json");
  g_autoptr (CliResult) result = NULL;

  cli_write_text (path, "{ \"name\": \"a\\u001b[31mb\", \"input\": [8, 8, 1], \"layers\": ["
                        "{ \"type\": \"flatten\" }, { \"type\": \"dense\", \"units\": 3 } ] }");
  result = cli_run ("network", "--network", path, NULL);
  cli_assert_lacks (result->out, "\x1b");
  cli_assert_lacks (result->err, "\x1b");
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/data/words", test_data_words);
  g_test_add_func ("/cli/data/json", test_data_json);
  g_test_add_func ("/cli/data/broken", test_data_broken);
  g_test_add_func ("/cli/network/table", test_network_table);
  g_test_add_func ("/cli/network/json-round-trip", test_network_json_round_trip);
  g_test_add_func ("/cli/network/name-with-escape", test_network_name_with_escape);
  return cli_fixture_run ();
}
