/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that train keeps, and what can be done with them. */

#include <signal.h>
#include <string.h>

#include "cli-fixture.h"

/* As many as there may be: far more than in the two seconds after which a run is written. */
#define ENDLESS "10000"

static char *
train (const char *folder)
{
  g_autoptr (CliResult) result =
    cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "2",
             "--library", folder, NULL);
  g_autoptr (CliResult) list = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "The run is in the library as ");
  list = cli_run ("runs", "list", "--library", folder, "--json", NULL);
  cli_assert_status (list, 0);
  lines = cli_parse_lines (list->out);
  g_assert_cmpuint (lines->len, ==, 1);
  return g_strdup (json_object_get_string_member (
    json_node_get_object (g_ptr_array_index (lines, 0)), "id"));
}

static guint
count_runs (const char *folder)
{
  g_autoptr (CliResult) list = cli_run ("runs", "list", "--library", folder, "--json", NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (list->out);

  return lines->len;
}

static void
test_kept (void)
{
  g_autofree char *folder = cli_path ("kept");
  g_autofree char *id = train (folder);
  g_autofree char *start = g_strndup (id, 8);
  g_autoptr (CliResult) list = cli_run ("runs", "list", "--library", folder, NULL);
  g_autoptr (CliResult) show = cli_run ("runs", "show", start, "--library", folder, NULL);

  cli_assert_contains (list->out, start);
  cli_assert_contains (list->out, "finished");
  cli_assert_contains (list->out, "2/2");
  cli_assert_status (show, 0);
  cli_assert_contains (show->out, id);
  cli_assert_contains (show->out, "epoch 2: ");
}

/* The run that the library has, where it has one with a finished epoch; transfer full. */
static char *
find_begun (const char *folder,
            gint64     *n_epochs)
{
  g_autoptr (CliResult) list = cli_run ("runs", "list", "--library", folder, "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *run;

  if (list->status != 0 || *list->out == '\0')
    return NULL;
  lines = cli_parse_lines (list->out);
  run = json_node_get_object (g_ptr_array_index (lines, 0));
  *n_epochs = json_object_get_int_member (run, "epochs");
  return *n_epochs > 0 ? g_strdup (json_object_get_string_member (run, "id")) : NULL;
}

/* A run that is killed in the middle is in the library, and goes on to the same file, history
 * included, as if it had never been. */
static void
test_killed (void)
{
  g_autofree char *folder = cli_path ("killed");
  g_autofree char *resumed = cli_path ("resumed.safetensors");
  g_autofree char *unbroken = cli_path ("unbroken.safetensors");
  g_autofree char *id = NULL;
  g_autofree char *some_more = NULL;
  g_autofree char *resumed_bytes = NULL;
  g_autofree char *unbroken_bytes = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
    cli_get_program (), "train", "--network", cli_get_network (), "--data", cli_get_data (),
    "--epochs", ENDLESS, "--batch", "2", "--library", folder, NULL);
  g_autoptr (CliResult) list = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autoptr (CliResult) first = NULL;
  gsize n_resumed, n_unbroken;
  gint64 n_epochs;

  while ((id = find_begun (folder, &n_epochs)) == NULL)
    ;
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (process));
  list = cli_run ("runs", "list", "--library", folder, NULL);
  cli_assert_contains (list->out, "interrupted");

  some_more = g_strdup_printf ("%" G_GINT64_FORMAT, n_epochs + 200);
  second = cli_run ("train", "--resume", id, "--library", folder, "--data", cli_get_data (),
                    "--epochs", some_more, "--save", resumed, NULL);
  cli_assert_status (second, 0);
  first = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs",
                   some_more, "--batch", "2", "--no-library", "--save", unbroken, NULL);
  cli_assert_status (first, 0);
  g_assert_true (g_file_get_contents (resumed, &resumed_bytes, &n_resumed, NULL));
  g_assert_true (g_file_get_contents (unbroken, &unbroken_bytes, &n_unbroken, NULL));
  g_assert_cmpmem (resumed_bytes, n_resumed, unbroken_bytes, n_unbroken);
  g_assert_cmpuint (count_runs (folder), ==, 1);
}

static void
test_exchange (void)
{
  g_autofree char *folder = cli_path ("here");
  g_autofree char *other = cli_path ("there");
  g_autofree char *file = cli_path ("one.atelier-run");
  g_autofree char *id = train (folder);
  g_autoptr (CliResult) export = cli_run ("runs", "export", id, file, "--library", folder, NULL);
  g_autoptr (CliResult) import = cli_run ("runs", "import", file, "--library", other, NULL);
  g_autoptr (CliResult) merge = cli_run ("runs", "merge", folder, "--library", other, NULL);
  g_autoptr (CliResult) here = cli_run ("runs", "show", id, "--library", folder, "-j", NULL);
  g_autoptr (CliResult) there = cli_run ("runs", "show", id, "--library", other, "-j", NULL);

  cli_assert_status (export, 0);
  cli_assert_status (import, 0);
  cli_assert_contains (import->out, id);
  cli_assert_status (merge, 0);
  g_assert_cmpstr (here->out, ==, there->out);
}

/* A run and its repeat with another seed: the same pictures, and only the seed differs. */
static void
test_compare (void)
{
  g_autofree char *folder = cli_path ("compared");
  g_autofree char *id = train (folder);
  g_autofree char *other = NULL;
  g_autoptr (CliResult) second
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (),
               "--epochs", "2", "--seed", "2", "--library", folder, NULL);
  g_autoptr (CliResult) list = cli_run ("runs", "list", "--library", folder, "--json", NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (list->out);
  g_autoptr (CliResult) words = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (CliResult) alone = NULL;
  g_autoptr (GPtrArray) objects = NULL;
  JsonObject *object;

  cli_assert_status (second, 0);
  other = g_strdup (json_object_get_string_member (
    json_node_get_object (g_ptr_array_index (lines, 0)), "id"));
  g_assert_cmpstr (id, !=, other);
  words = cli_run ("runs", "compare", id, other, "--library", folder, NULL);
  cli_assert_status (words, 0);
  cli_assert_contains (words->out, "McNemar");
  cli_assert_contains (words->out, "only B right");
  cli_assert_contains (words->out, "Seed");
  cli_assert_lacks (words->out, "Learning rate");

  json = cli_run ("runs", "compare", id, other, "--library", folder, "--json", NULL);
  cli_assert_status (json, 0);
  objects = cli_parse_lines (json->out);
  object = json_node_get_object (g_ptr_array_index (objects, 0));
  g_assert_cmpint (json_object_get_int_member (object, "both_right")
                     + json_object_get_int_member (object, "only_first")
                     + json_object_get_int_member (object, "only_second")
                     + json_object_get_int_member (object, "both_wrong"),
                   ==, json_object_get_int_member (object, "images"));
  g_assert_cmpint (json_object_get_int_member (object, "left_out"), ==, 0);
  alone = cli_run ("runs", "compare", id, "--library", folder, NULL);
  cli_assert_status (alone, 2);
}

static void
test_limit (void)
{
  g_autofree char *folder = cli_path ("limit");
  g_autofree char *id = train (folder);
  g_autoptr (CliResult) usual = cli_run ("runs", "list", "--library", folder, NULL);
  g_autoptr (CliResult) less = cli_run ("runs", "limit", "20", "--library", folder, NULL);
  g_autoptr (CliResult) none = cli_run ("runs", "limit", "0", "--library", folder, NULL);
  g_autoptr (CliResult) wrong = cli_run ("runs", "limit", "much", "--library", folder, NULL);
  g_autoptr (CliResult) show = cli_run ("runs", "show", id, "--library", folder, NULL);

  cli_assert_contains (usual->err, "from 536.9");
  cli_assert_contains (less->err, "from 20.0");
  cli_assert_contains (none->err, "nothing is deleted");
  cli_assert_status (wrong, 2);
  cli_assert_status (show, 0);
}

static void
test_trash (void)
{
  g_autofree char *folder = cli_path ("trash");
  g_autofree char *id = train (folder);
  g_autoptr (CliResult) delete = cli_run ("runs", "delete", id, "--library", folder, NULL);
  g_autoptr (CliResult) empty = cli_run ("runs", "list", "--library", folder, "-j", NULL);
  g_autoptr (CliResult) restore = cli_run ("runs", "restore", id, "--library", folder, NULL);
  g_autoptr (CliResult) full = cli_run ("runs", "list", "--library", folder, "-j", NULL);

  cli_assert_status (delete, 0);
  g_assert_cmpstr (empty->out, ==, "");
  cli_assert_status (restore, 0);
  cli_assert_contains (full->out, id);
}

/* That a run cannot be kept is said with the reason, and costs nothing else. */
static void
test_no_place (void)
{
  g_autofree char *file = cli_path ("a-file");
  g_autofree char *below = g_build_filename (file, "library", NULL);
  g_autofree char *model = cli_path ("kept-anyway.safetensors");
  g_autoptr (CliResult) result = NULL;

  cli_write_text (file, "");
  result = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (),
                    "--epochs", "1", "--library", below, "--save", model, NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, below);
  cli_assert_contains (result->out, "Saved to");
}

static void
test_wrong (void)
{
  g_autofree char *folder = cli_path ("nowhere");
  g_autoptr (CliResult) missing = cli_run ("runs", "list", "--library", folder, NULL);
  g_autoptr (CliResult) unknown = cli_run ("runs", "dance", NULL);
  g_autoptr (CliResult) both =
    cli_run ("train", "--library", folder, "--no-library", NULL);

  cli_assert_status (missing, 1);
  cli_assert_status (unknown, 2);
  cli_assert_status (both, 2);
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/runs/kept", test_kept);
  g_test_add_func ("/cli/runs/killed", test_killed);
  g_test_add_func ("/cli/runs/exchange", test_exchange);
  g_test_add_func ("/cli/runs/compare", test_compare);
  g_test_add_func ("/cli/runs/limit", test_limit);
  g_test_add_func ("/cli/runs/trash", test_trash);
  g_test_add_func ("/cli/runs/no-place", test_no_place);
  g_test_add_func ("/cli/runs/wrong", test_wrong);
  return cli_fixture_run ();
}
