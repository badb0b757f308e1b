/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli report and train --report: the report has the figures of the JSON output. */

#include "config.h"

#include <signal.h>
#include <string.h>

#include "cli-fixture.h"

static char *beginner; /* hardly trained: makes mistakes */

/* The text of a PDF with single spaces, so that text on one line is found.  NULL, and the test is
 * skipped, where there is no program to read PDF files. */
static char *
read_pdf (const char *path)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *text = NULL;
  g_autoptr (GRegex) spaces = g_regex_new ("[ \u00a0]+", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  int status;

  if (program == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return NULL;
    }
  g_spawn_sync (NULL,
                (char *[]) { program, (char *) "-layout", (char *) path, (char *) "-", NULL },
                NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_regex_replace_literal (spaces, text, -1, 0, " ", 0, NULL);
}

static JsonObject *
parse_one (GPtrArray *lines)
{
  g_assert_cmpuint (lines->len, ==, 1);
  return json_node_get_object (g_ptr_array_index (lines, 0));
}

static void
test_words (void)
{
  g_autofree char *path = cli_path ("words.pdf");
  g_autoptr (CliResult) result
    = cli_run ("report", beginner, path, "--data", cli_get_data (), NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "20 images of");
  cli_assert_contains (result->out, "Accuracy");
  cli_assert_contains (result->out, "words.pdf (2 pages)");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Each row of the class table, and the large figures, as the JSON has them. */
static void
assert_same_figures (JsonObject *object,
                     const char *text)
{
  JsonArray *classes = json_object_get_array_member (object, "classes");
  g_autofree char *accuracy
    = g_strdup_printf ("%.2f %%", 100.0 * json_object_get_double_member (object, "accuracy"));
  g_autofree char *loss
    = g_strdup_printf ("%.4f", json_object_get_double_member (object, "loss"));
  g_autofree char *penalty
    = g_strdup_printf ("a penalty of %.4f", json_object_get_double_member (object, "penalty"));

  cli_assert_contains (text, accuracy);
  cli_assert_contains (text, loss);
  cli_assert_contains (text, penalty);
  g_assert_cmpuint (json_array_get_length (classes), ==, 3);
  for (guint i = 0; i < json_array_get_length (classes); i++)
    {
      JsonObject *class = json_array_get_object_element (classes, i);
      g_autofree char *recall
        = g_strdup_printf ("%.1f %%", 100.0 * json_object_get_double_member (class, "recall"));
      g_autofree char *images
        = g_strdup_printf (" %d\n", (int) json_object_get_int_member (class, "images"));

      cli_assert_contains (text, json_object_get_string_member (class, "name"));
      cli_assert_contains (text, recall);
      cli_assert_contains (text, images);
    }
}

static void
test_figures_are_the_jsons (void)
{
  static const char *const splits[] = { "train", "validation", "test" };

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autofree char *path = cli_path ("figures.pdf");
      g_autoptr (CliResult) result = cli_run ("report", beginner, path, "--data", cli_get_data (),
                                              "--split", splits[i], "--json", NULL);
      g_autoptr (GPtrArray) lines = NULL;
      g_autofree char *text = NULL;
      JsonObject *object;

      cli_assert_status (result, 0);
      lines = cli_parse_lines (result->out);
      object = parse_one (lines);
      g_assert_cmpstr (json_object_get_string_member (object, "report"), ==, path);
      g_assert_cmpint (json_object_get_int_member (object, "pages"), ==, 2);
      g_assert_cmpstr (json_object_get_string_member (object, "split"), ==, splits[i]);
      text = read_pdf (path);
      if (text == NULL)
        return;
      assert_same_figures (object, text);
    }
}

/* What is needed to repeat the run, and what is not known. */
static void
test_facts (void)
{
  g_autofree char *path = cli_path ("facts.pdf");
  g_autoptr (CliResult) result
    = cli_run ("report", beginner, path, "--data", cli_get_data (), "--threads", "3", "--json",
               NULL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL, *half = NULL;

  cli_assert_status (result, 0);
  text = read_pdf (path);
  if (text == NULL)
    return;
  lines = cli_parse_lines (result->out);
  half = g_strndup (json_object_get_string_member (parse_one (lines), "dataset_sha256"), 24);
  cli_assert_contains (text, half);
  cli_assert_contains (text, "Training report");
  cli_assert_contains (text, "The worst mistakes");
  cli_assert_contains (text, " called ");
  cli_assert_contains (text, "Optimiser Adam");
  cli_assert_contains (text, "Seed 1");
  cli_assert_contains (text, "Threads 3");
  cli_assert_contains (text, "page 2 of 2");
  cli_assert_lacks (text, "there are no curves to show");
  cli_assert_contains (text, "training, no dropout");
  cli_assert_contains (text, "time not recorded");
  cli_assert_contains (text, "Looks at the");
}

/* The test set is measured only on request. */
static void
test_validation_by_default (void)
{
  g_autofree char *path = cli_path ("default.pdf");
  g_autoptr (CliResult) result
    = cli_run ("report", beginner, path, "--data", cli_get_data (), "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;

  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  g_assert_cmpstr (json_object_get_string_member (parse_one (lines), "split"), ==, "validation");
}

static void
test_without_validation (void)
{
  g_autofree char *data = cli_path ("without-validation");
  g_autofree char *path = cli_path ("without-validation.pdf");
  g_autoptr (CliResult) result = NULL;
  g_autofree char *text = NULL;

  /* A twelfth of eleven images is 0. */
  cli_write_data (data, 8, 3, 11, 6);
  result = cli_run ("report", beginner, path, "--data", data, NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "no validation images");
  cli_assert_contains (result->out, "6 images of");
  text = read_pdf (path);
  if (text != NULL)
    cli_assert_contains (text, "test accuracy");
}

static void
test_wrong_usage (void)
{
  g_autoptr (CliResult) none = cli_run ("report", beginner, NULL);
  g_autoptr (CliResult) ending
    = cli_run ("report", beginner, "report.txt", "--data", cli_get_data (), NULL);
  g_autoptr (CliResult) split = cli_run ("report", beginner, "r.pdf", "--split", "tset", NULL);

  cli_assert_status (none, 2);
  cli_assert_status (ending, 2);
  cli_assert_contains (ending->err, "report.txt");
  cli_assert_contains (ending->err, ".pdf");
  cli_assert_lacks (ending->err, "Data:");
  cli_assert_status (split, 2);
  cli_assert_contains (split->err, "tset");
}

static void
test_nowhere (void)
{
  g_autoptr (CliResult) result
    = cli_run ("report", beginner, "/no/such/folder/r.pdf", "--data", cli_get_data (), NULL);

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "/no/such/folder/r.pdf");
  /* It is refused before any work. */
  cli_assert_lacks (result->err, "Data:");
  g_assert_cmpstr (result->out, ==, "");
}

static void
test_missing_model (void)
{
  g_autofree char *path = cli_path ("missing.pdf");
  g_autoptr (CliResult) result
    = cli_run ("report", "/no/such/model", path, "--data", cli_get_data (), NULL);

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "/no/such/model");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* ---- train --report ---- */

static void
test_train (void)
{
  g_autofree char *path = cli_path ("run.pdf");
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs",
               "3", "--seed", "17", "--report", path, NULL);
  g_autofree char *text = NULL;

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "run.pdf (2 pages)");
  text = read_pdf (path);
  if (text == NULL)
    return;
  cli_assert_contains (text, "for 3 epochs");
  cli_assert_contains (text, "validation accuracy");
  cli_assert_contains (text, "training time");
  cli_assert_contains (text, "Loss");
  cli_assert_contains (text, "training, no dropout");
  cli_assert_contains (text, "best ");
  cli_assert_contains (text, "Seed 17");
  cli_assert_contains (text, "Epochs 3 of 3");
  cli_assert_lacks (text, "no curves");
  cli_assert_lacks (text, "test accuracy");
}

/* The report's figures are those of the last epoch's line. */
static void
test_train_json (void)
{
  g_autofree char *path = cli_path ("run-json.pdf");
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs",
               "2", "--json", "--report", path, NULL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL, *accuracy = NULL, *loss = NULL;
  JsonObject *last;

  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  g_assert_cmpuint (lines->len, ==, 2);
  last = json_node_get_object (g_ptr_array_index (lines, 1));
  text = read_pdf (path);
  if (text == NULL)
    return;
  accuracy = g_strdup_printf (
    "%.2f %%", 100.0 * json_object_get_double_member (last, "validation_accuracy"));
  loss = g_strdup_printf ("%.4f", json_object_get_double_member (last, "validation_loss"));
  cli_assert_contains (text, accuracy);
  cli_assert_contains (text, loss);
}

/* What the curves do not show is said before training, and in the report. */
static void
test_train_sorted (void)
{
  g_autofree char *data = cli_path ("sorted");
  g_autofree char *path = cli_path ("sorted.pdf");
  g_autofree char *text = NULL;
  g_autoptr (CliResult) result = NULL;

  cli_write_sorted_data (data, 8, 3, CLI_N_TRAIN, CLI_N_TEST);
  result = cli_run ("train", "--network", cli_get_network (), "--data", data, "--epochs", "1",
                    "--json", "--report", path, NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Warning: No validation picture shows any of 1, 2: ");
  cli_assert_contains (result->err, "sorted by class");
  cli_assert_contains (result->err, "All validation pictures are of one class");
  text = read_pdf (path);
  if (text != NULL)
    cli_assert_contains (text, "No validation picture shows any of 1, 2");
}

static void
test_train_refused_early (void)
{
  g_autoptr (CliResult) ending = cli_run ("train", "--network", cli_get_network (), "--data",
                                          cli_get_data (), "--report", "run.png", NULL);
  g_autoptr (CliResult) nowhere = cli_run ("train", "--network", cli_get_network (), "--data",
                                           cli_get_data (), "--report", "/no/such/run.pdf", NULL);

  cli_assert_status (ending, 2);
  cli_assert_contains (ending->err, "run.png");
  g_assert_cmpstr (ending->out, ==, "");
  cli_assert_status (nowhere, 1);
  cli_assert_contains (nowhere->err, "/no/such/run.pdf");
  cli_assert_lacks (nowhere->err, "Data:");
  g_assert_cmpstr (nowhere->out, ==, "");
}

/* After Ctrl-C there is a report of the run so far. */
static void
test_train_interrupted (void)
{
  g_autofree char *path = cli_path ("interrupted.pdf");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                        cli_get_program (), "train", "--network", cli_get_network (), "--data",
                        cli_get_data (), "--epochs", "10000", "--report", path, NULL);
  g_autofree char *out = NULL;
  g_autofree char *text = NULL;
  char first;

  g_assert_no_error (error);
  /* The first epoch's line has begun. */
  g_input_stream_read (g_subprocess_get_stdout_pipe (process), &first, 1, NULL, &error);
  g_assert_no_error (error);
  g_subprocess_send_signal (process, SIGINT);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 130);
  cli_assert_contains (out, "interrupted.pdf");
  text = read_pdf (path);
  if (text != NULL)
    cli_assert_contains (text, "of 10000");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  cli_fixture_init (&argc, &argv);
  beginner = cli_train_model ("beginner.safetensors", "1", "0.00001");

  g_test_add_func ("/cli/report/words", test_words);
  g_test_add_func ("/cli/report/figures-are-the-jsons", test_figures_are_the_jsons);
  g_test_add_func ("/cli/report/facts", test_facts);
  g_test_add_func ("/cli/report/validation-by-default", test_validation_by_default);
  g_test_add_func ("/cli/report/without-validation", test_without_validation);
  g_test_add_func ("/cli/report/wrong-usage", test_wrong_usage);
  g_test_add_func ("/cli/report/nowhere", test_nowhere);
  g_test_add_func ("/cli/report/missing-model", test_missing_model);
  g_test_add_func ("/cli/report/train", test_train);
  g_test_add_func ("/cli/report/train-json", test_train_json);
  g_test_add_func ("/cli/report/train-sorted", test_train_sorted);
  g_test_add_func ("/cli/report/train-refused-early", test_train_refused_early);
  g_test_add_func ("/cli/report/train-interrupted", test_train_interrupted);
  status = cli_fixture_run ();
  g_free (beginner);
  return status;
}
