/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs that train keeps, and what can be done with them. */

#include <string.h>

#include "cli-fixture.h"

static char *
train (const char *folder)
{
  g_autoptr (CliResult) result =
    cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "2",
             "--library", folder, NULL);
  g_autoptr (CliResult) list = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  cli_assert_status (result, 0);
  list = cli_run ("runs", "list", "--library", folder, "--json", NULL);
  cli_assert_status (list, 0);
  lines = cli_parse_lines (list->out);
  g_assert_cmpuint (lines->len, ==, 1);
  return g_strdup (json_object_get_string_member (
    json_node_get_object (g_ptr_array_index (lines, 0)), "id"));
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
  g_test_add_func ("/cli/runs/exchange", test_exchange);
  g_test_add_func ("/cli/runs/trash", test_trash);
  g_test_add_func ("/cli/runs/wrong", test_wrong);
  return cli_fixture_run ();
}
