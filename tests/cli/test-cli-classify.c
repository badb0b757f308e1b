/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli classify: pictures, files that are none, all classes, JSON. */

#include "config.h"

#include <string.h>

#include "atelier-picture.h"
#include "cli-fixture.h"

#define SIDE 64

static char *model;
static char *bright; /* a picture with something on it */

static char *
write_picture (const char *name,
               guint       n_bright_rows)
{
  char *path = cli_path (name);
  g_autofree guint8 *grey = g_malloc0 (SIDE * SIDE);
  g_autoptr (GError) error = NULL;

  memset (grey + SIDE * 8, 230, SIDE * n_bright_rows);
  atelier_picture_save_grey_png (grey, SIDE, SIDE, path, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_one (void)
{
  g_autoptr (CliResult) result = cli_run ("classify", model, bright, NULL);
  g_autofree char *beginning = g_strconcat (bright, ": ", NULL);

  cli_assert_status (result, 0);
  g_assert_true (g_str_has_prefix (result->out, beginning));
  cli_assert_contains (result->out, " %, ");
}

static void
test_several_with_a_broken_one (void)
{
  g_autofree char *second = write_picture ("second.png", 30);
  g_autoptr (CliResult) result
    = cli_run ("classify", model, bright, "/no/such.png", cli_get_network (), second, NULL);
  g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);

  cli_assert_status (result, 1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], bright));
  g_assert_true (g_str_has_prefix (lines[1], second));
  cli_assert_contains (result->err, "such.png");
  cli_assert_contains (result->err, "tiny.json");
}

static void
test_all (void)
{
  g_autoptr (CliResult) result = cli_run ("classify", "--all", model, bright, NULL);
  g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);

  cli_assert_status (result, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 3 + 1);
}

static void
test_json (void)
{
  g_autoptr (CliResult) result
    = cli_run ("classify", "--json", model, bright, "/no/such.png", NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (result->out);
  JsonObject *good, *bad, *best;
  JsonArray *scores;
  double sum = 0;

  cli_assert_status (result, 1);
  g_assert_cmpuint (lines->len, ==, 2);
  good = json_node_get_object (g_ptr_array_index (lines, 0));
  bad = json_node_get_object (g_ptr_array_index (lines, 1));
  g_assert_cmpstr (json_object_get_string_member (good, "file"), ==, bright);
  scores = json_object_get_array_member (good, "scores");
  g_assert_cmpuint (json_array_get_length (scores), ==, 3);
  best = json_array_get_object_element (scores, 0);
  g_assert_cmpstr (json_object_get_string_member (best, "class"), ==,
                   json_object_get_string_member (good, "class"));
  for (guint i = 0; i < 3; i++)
    sum += json_object_get_double_member (json_array_get_object_element (scores, i), "score");
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-5);
  g_assert_true (json_object_has_member (bad, "error"));
}

static void
test_empty_picture (void)
{
  g_autofree char *empty = write_picture ("empty.png", 0);
  g_autoptr (CliResult) result = cli_run ("classify", model, empty, NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Warning");
}

static void
test_same_scores_again (void)
{
  g_autoptr (CliResult) first = cli_run ("classify", "--json", "--all", model, bright, NULL);
  g_autoptr (CliResult) second = cli_run ("classify", "--json", "--all", model, bright, NULL);

  g_assert_cmpstr (first->out, ==, second->out);
}

static void
test_broken_model (void)
{
  g_autoptr (CliResult) result = cli_run ("classify", cli_get_network (), bright, NULL);

  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
  cli_assert_contains (result->err, "tiny.json");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  cli_fixture_init (&argc, &argv);
  model = cli_train_model ("model.safetensors", "20", "0.01");
  bright = write_picture ("bright.png", 16);
  g_test_add_func ("/cli/classify/one", test_one);
  g_test_add_func ("/cli/classify/several-with-a-broken-one", test_several_with_a_broken_one);
  g_test_add_func ("/cli/classify/all", test_all);
  g_test_add_func ("/cli/classify/json", test_json);
  g_test_add_func ("/cli/classify/empty-picture", test_empty_picture);
  g_test_add_func ("/cli/classify/same-scores-again", test_same_scores_again);
  g_test_add_func ("/cli/classify/broken-model", test_broken_model);
  status = cli_fixture_run ();
  g_clear_pointer (&model, g_free);
  g_clear_pointer (&bright, g_free);
  return status;
}
