/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli reproduce, on a few images of the right size: what is printed, not how good it is. */

#include "config.h"

#include <string.h>

#include "cli-fixture.h"

static char *data;

static void
test_text (void)
{
  g_autoptr (CliResult) result
    = cli_run ("reproduce", "--seeds", "1,2", "--epochs", "1", "--data", data, NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "Part 1, fully connected");
  cli_assert_contains (result->out, "Part 2, convolutional");
  cli_assert_contains (result->out, "2 seeds");
  cli_assert_contains (result->out, "90.61 %");
  cli_assert_contains (result->out, "86.00 %");
  cli_assert_contains (result->out, "48.24");
  cli_assert_contains (result->out, "90.62 %");
  cli_assert_contains (result->out, " ± ");
  cli_assert_contains (result->out, "called");
  cli_assert_contains (result->out, "What the report did wrong");
  cli_assert_contains (result->out, "cannot be compared");
  cli_assert_contains (result->err, "report-2, seed 2: test accuracy");
}

/* Of data that are sorted by class, and it is said that some classes cannot be measured. */
static void
test_markdown (void)
{
  g_autofree char *sorted = cli_path ("sorted");
  g_autoptr (CliResult) result = NULL;
  g_auto (GStrv) lines = NULL;

  cli_write_sorted_data (sorted, 28, 10, 240, 60);
  result = cli_run ("reproduce", "--seeds", "1", "--epochs", "1", "--data", sorted, "--markdown",
                    NULL);
  lines = g_strsplit (result->out, "\n", -1);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Warning: No validation picture shows any of ");
  g_assert_true (g_str_has_prefix (lines[0], "| | Part 1, reported |"));
  for (guint i = 0; lines[i][0] == '|'; i++)
    {
      guint n_bars = 0;

      for (const char *p = lines[i]; *p != '\0'; p++)
        n_bars += *p == '|';
      g_assert_cmpuint (n_bars, ==, 6);
    }
}

static void
test_json (void)
{
  g_autofree char *own_data = cli_path ("never-looked-at");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *root, *part, *figure;
  JsonArray *parts;

  cli_write_data (own_data, 28, 10, 240, 60);
  result
    = cli_run ("reproduce", "--seeds", "1,2", "--epochs", "1", "--data", own_data, "--json", NULL);
  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  g_assert_cmpuint (lines->len, ==, 1);
  root = json_node_get_object (g_ptr_array_index (lines, 0));
  g_assert_false (json_object_get_boolean_member (root, "is_comparable"));
  /* A look for each of the networks that were trained. */
  g_assert_cmpint (json_object_get_int_member (root, "test_looks"), ==, 4);
  cli_assert_contains (result->err, "Looks at the test images of");
  parts = json_object_get_array_member (root, "parts");
  g_assert_cmpuint (json_array_get_length (parts), ==, 2);
  part = json_array_get_object_element (parts, 0);
  g_assert_cmpstr (json_object_get_string_member (part, "network"), ==, "report-1");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (part, "runs")), ==, 2);
  figure = json_object_get_object_member (json_object_get_object_member (part, "figures"),
                                          "raw_test_accuracy");
  g_assert_cmpfloat (json_object_get_double_member (figure, "reported"), ==, 0.86);
  g_assert_true (JSON_NODE_HOLDS_VALUE (json_object_get_member (figure, "mean")));
  figure = json_object_get_object_member (json_object_get_object_member (
                                            json_array_get_object_element (parts, 1), "figures"),
                                          "raw_test_accuracy");
  g_assert_true (json_object_get_null_member (figure, "mean"));
}

/* Needs a machine without Fashion-MNIST. */
static void
test_refuses_fallback (void)
{
  g_autoptr (CliResult) places = cli_run ("data", "--json", NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (places->out);
  g_autoptr (CliResult) result = NULL;

  if (lines->len > 1)
    {
      g_test_skip ("A data set is here");
      return;
    }
  result = cli_run ("reproduce", "--seeds", "1", "--epochs", "1", NULL);
  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "--data synthetic");
}

static void
test_wrong_shape (void)
{
  g_autoptr (CliResult) result = cli_run ("reproduce", "--data", cli_get_data (), NULL);

  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  cli_fixture_init (&argc, &argv);
  data = cli_path ("bars");
  cli_write_data (data, 28, 10, 240, 50);
  g_test_add_func ("/cli/reproduce/text", test_text);
  g_test_add_func ("/cli/reproduce/markdown", test_markdown);
  g_test_add_func ("/cli/reproduce/json", test_json);
  g_test_add_func ("/cli/reproduce/refuses-fallback", test_refuses_fallback);
  g_test_add_func ("/cli/reproduce/wrong-shape", test_wrong_shape);
  status = cli_fixture_run ();
  g_clear_pointer (&data, g_free);
  return status;
}
