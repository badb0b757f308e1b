/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli evaluate: words, JSON, folders of pictures, the matrix in each format, broken
 * models. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-fixture.h"
#include "picture/atelier-drawings.h"

#define SIDE 8

static char *model;    /* trained well */
static char *beginner; /* hardly trained: makes mistakes */

static void
test_words (void)
{
  g_autoptr (CliResult) result
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--classes", NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "60 images of");
  cli_assert_contains (result->out, "Accuracy");
  cli_assert_contains (result->out, "of 60)");
  cli_assert_contains (result->out, "Loss");
  cli_assert_contains (result->out, "Penalty");
  cli_assert_contains (result->out, "Confusion matrix");
  cli_assert_contains (result->out, "Precision");
  cli_assert_contains (result->out, "Macro F1  ");
  cli_assert_contains (result->out, "F1");
  cli_assert_lacks (result->err, "Warning");
}

static void
test_most_confused (void)
{
  g_autoptr (CliResult) result
    = cli_run ("evaluate", beginner, "--data", cli_get_data (), "--raw-pixels", NULL);

  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "Most confused");
  cli_assert_contains (result->out, " called ");
  cli_assert_contains (result->out, " of 20\n");
  cli_assert_contains (result->out, "not divided by 255");
}

/* What is said in words is in JSON as well. */
static void
test_robustness (void)
{
  g_autoptr (CliResult) words
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--robustness", NULL);
  g_autoptr (CliResult) json
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--robustness", "--json", NULL);
  g_autoptr (CliResult) without
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *robustness;

  cli_assert_status (words, 0);
  cli_assert_contains (words->out, "Accuracy with changed images");
  cli_assert_contains (words->out, "  mirrored ");
  cli_assert_contains (words->out, "  turned to the right ");
  cli_assert_status (json, 0);
  lines = cli_parse_lines (json->out);
  robustness = json_object_get_object_member (
    json_node_get_object (g_ptr_array_index (lines, 0)), "robustness");
  g_assert_cmpuint (json_object_get_size (robustness), ==, 7);
  g_assert_cmpfloat (json_object_get_double_member (robustness, "mirrored"), <=, 1.0);
  g_assert_cmpfloat (json_object_get_double_member (robustness, "moved_up"), >=, 0.0);
  cli_assert_lacks (without->out, "robustness");
}

static guint
sum_matrix (JsonArray *rows)
{
  guint sum = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonArray *row = json_array_get_array_element (rows, i);

      for (guint j = 0; j < json_array_get_length (row); j++)
        sum += json_array_get_int_element (row, j);
    }
  return sum;
}

static double
compute_macro_f1 (JsonArray *classes)
{
  guint n = json_array_get_length (classes);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += json_object_get_double_member (json_array_get_object_element (classes, i), "f1");
  return sum / n;
}

static void
test_json (void)
{
  static const struct
  {
    const char *split;
    gint64      n;
  } splits[] = {
    { "train", CLI_N_TRAIN - CLI_N_VALIDATION },
    { "validation", CLI_N_VALIDATION },
    { "test", CLI_N_TEST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      g_autoptr (CliResult) result = cli_run ("evaluate", model, "--data", cli_get_data (),
                                              "--split", splits[i].split, "--json", NULL);
      g_autoptr (GPtrArray) lines = NULL;
      JsonObject *object;
      JsonArray *classes;

      cli_assert_status (result, 0);
      lines = cli_parse_lines (result->out);
      g_assert_cmpuint (lines->len, ==, 1);
      object = json_node_get_object (g_ptr_array_index (lines, 0));
      classes = json_object_get_array_member (object, "classes");
      g_assert_cmpstr (json_object_get_string_member (object, "split"), ==, splits[i].split);
      g_assert_cmpint (json_object_get_int_member (object, "images"), ==, splits[i].n);
      g_assert_true (json_object_get_boolean_member (object, "is_training_dataset"));
      g_assert_false (json_object_get_boolean_member (object, "raw_pixels"));
      g_assert_cmpfloat (json_object_get_double_member (object, "accuracy"), >, 0.9);
      g_assert_cmpfloat (json_object_get_double_member (object, "penalty"), >, 0);
      g_assert_cmpuint (json_array_get_length (classes), ==, 3);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "macro_f1"),
                                      compute_macro_f1 (classes), 1e-12);
      g_assert_cmpuint (sum_matrix (json_object_get_array_member (object, "confusion")),
                        ==, splits[i].n);
    }
}

/* A file to go on from has several weights; each can be measured, and is named. */
static void
test_weights (void)
{
  static const char * const ids[] = { "best", "newest", "averaged" };
  g_autofree char *path = cli_path ("several.safetensors");
  g_autoptr (CliResult) trained
    = cli_run ("train", "--data", cli_get_data (), "--network", cli_get_network (), "--epochs", "3",
               "--batch", "16", "--weights", "best", "--average-decay", "0.9", "--with-state",
               "--save", path, NULL);
  g_autoptr (CliResult) own = NULL;

  cli_assert_status (trained, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (CliResult) result = cli_run ("evaluate", path, "--data", cli_get_data (),
                                              "--weights", ids[i], "--json", NULL);
      g_autoptr (GPtrArray) lines = NULL;

      cli_assert_status (result, 0);
      lines = cli_parse_lines (result->out);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (lines->pdata[0]),
                                                      "weights"), ==, ids[i]);
    }
  own = cli_run ("evaluate", path, "--data", cli_get_data (), NULL);
  cli_assert_contains (own->out, "Weights   best, epoch ");
}

static void
test_weights_refused (void)
{
  g_autoptr (CliResult) lacking = cli_run ("evaluate", model, "--data", cli_get_data (),
                                           "--weights", "averaged", NULL);
  g_autoptr (CliResult) unknown = cli_run ("evaluate", model, "--weights", "latest", NULL);

  cli_assert_status (lacking, 1);
  cli_assert_contains (lacking->err, "has no weights “averaged”; it has: newest");
  cli_assert_status (unknown, 2);
  cli_assert_contains (unknown->err, "There are no weights “latest”");
}

static void
test_threads (void)
{
  g_autoptr (CliResult) one
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--threads", "1", NULL);
  g_autoptr (CliResult) three
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--threads", "3", NULL);

  cli_assert_status (one, 0);
  g_assert_cmpstr (one->out, ==, three->out);
}

/* ---- Folders of pictures ---- */

/* Draws as the fixture does: the third of the picture that is bright is the class. */
static void
draw (const char *folder,
      const char *class_name,
      guint       i_class)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint8 pixels[SIDE * SIDE];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = i / SIDE * 3 / SIDE == i_class ? 220 : 30;
  path = atelier_drawings_save_png (folder, class_name, pixels, SIDE, SIDE, FALSE, &error);
  g_assert_no_error (error);
}

static JsonObject *
evaluate_pictures (const char  *folder,
                   int          status,
                   GPtrArray  **lines)
{
  g_autoptr (CliResult) result = cli_run ("evaluate", model, "--data", folder, "--json", NULL);

  cli_assert_status (result, status);
  *lines = cli_parse_lines (result->out);
  g_assert_cmpuint ((*lines)->len, ==, 1);
  return json_node_get_object (g_ptr_array_index (*lines, 0));
}

static void
test_drawings (void)
{
  g_autofree char *folder = cli_path ("my drawings");
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  draw (folder, "0", 0);
  draw (folder, "0", 0);
  draw (folder, "1", 1);
  draw (folder, "2", 2);
  draw (folder, "2", 0);
  object = evaluate_pictures (folder, 0, &lines);
  g_assert_cmpstr (json_object_get_string_member (object, "dataset"), ==, "my drawings");
  g_assert_cmpint (json_object_get_int_member (object, "images"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (object, "unreadable"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (object, "accuracy"), ==, 0.8);
  g_assert_cmpuint (sum_matrix (json_object_get_array_member (object, "confusion")), ==, 5);
}

/* The same pictures as IDX: the network's pixels, without the pipeline. */
static void
test_drawings_in_idx (void)
{
  g_autofree char *folder = cli_path ("idx drawings");
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 pixels[SIDE * SIDE];

      for (guint k = 0; k < sizeof pixels; k++)
        pixels[k] = k / SIDE * 3 / SIDE == i % 3 ? 220 : 30;
      g_assert_true (atelier_drawings_add_to_idx (folder, i == 3 ? 2 : i, pixels, SIDE, SIDE, NULL,
                                                  &error));
      g_assert_no_error (error);
    }
  object = evaluate_pictures (folder, 0, &lines);
  g_assert_cmpint (json_object_get_int_member (object, "images"), ==, 4);
  g_assert_cmpfloat (json_object_get_double_member (object, "accuracy"), ==, 0.75);
}

static void
test_pictures_words (void)
{
  g_autofree char *folder = cli_path ("words");
  g_autoptr (CliResult) result = NULL;

  draw (folder, "1", 1);
  draw (folder, "Nowhere", 1);
  result = cli_run ("evaluate", model, "--data", folder, "--classes", NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->out, "1 image of words");
  cli_assert_contains (result->out, "100.0");
  cli_assert_contains (result->out, "Precision");
  cli_assert_contains (result->err, "“Nowhere”");
  cli_assert_lacks (result->err, "trained on other data");
}

/* A picture that cannot be read is reported, the others are measured. */
static void
test_pictures_with_a_broken_one (void)
{
  g_autofree char *folder = cli_path ("halves");
  g_autofree char *broken = cli_path ("halves/1/broken.png");
  g_autoptr (CliResult) words = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  draw (folder, "1", 1);
  draw (folder, "Nowhere", 1);
  cli_write_text (broken, "\x89PNG\r\n");
  words = cli_run ("evaluate", model, "--data", folder, NULL);
  cli_assert_contains (words->err, broken);
  object = evaluate_pictures (folder, 1, &lines);
  g_assert_cmpint (json_object_get_int_member (object, "images"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (object, "unreadable"), ==, 1);
  g_assert_cmpuint (json_array_get_length (
                      json_object_get_array_member (object, "folders_left_out")), ==, 1);
}

static void
test_pictures_without_classes (void)
{
  g_autofree char *folder = cli_path ("strangers");
  g_autofree char *only_empty = cli_path ("only-empty");
  g_autofree char *class_folder = cli_path ("only-empty/2");
  g_autoptr (CliResult) strangers = NULL;
  g_autoptr (CliResult) empty = NULL;

  draw (folder, "Coat", 1);
  g_assert_cmpint (g_mkdir_with_parents (class_folder, 0700), ==, 0);
  strangers = cli_run ("evaluate", model, "--data", folder, NULL);
  empty = cli_run ("evaluate", model, "--data", only_empty, NULL);
  cli_assert_status (strangers, 1);
  cli_assert_contains (strangers->err, "0, 1, 2");
  cli_assert_status (empty, 1);
  cli_assert_contains (empty->err, "only-empty");
}

static void
test_pictures_options (void)
{
  g_autofree char *folder = cli_path ("options");
  g_autoptr (CliResult) split = NULL;
  g_autoptr (CliResult) pipeline = NULL;
  g_autoptr (CliResult) both = NULL;

  draw (folder, "1", 1);
  split = cli_run ("evaluate", model, "--data", folder, "--split", "train", NULL);
  pipeline = cli_run ("evaluate", model, "--data", cli_get_data (), "--no-sharpen", NULL);
  both = cli_run ("evaluate", model, "--data", folder, "--no-sharpen", "--invert", "never", NULL);
  cli_assert_status (split, 2);
  cli_assert_status (pipeline, 2);
  cli_assert_status (both, 0);
}

/* ---- The matrix as a file ---- */

static void
assert_matrix_file (const char *name,
                    const char *beginning)
{
  g_autofree char *path = cli_path (name);
  g_autofree char *bytes = NULL;
  gsize n;
  g_autoptr (CliResult) result
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--matrix", path, NULL);

  cli_assert_status (result, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  g_assert_cmpuint (n, >, strlen (beginning));
  g_assert_cmpmem (bytes, strlen (beginning), beginning, strlen (beginning));
}

static void
test_matrix_pdf (void)
{
  assert_matrix_file ("matrix.pdf", "%PDF-");
}

static void
test_matrix_svg (void)
{
  assert_matrix_file ("matrix.svg", "<?xml");
}

static void
test_matrix_png (void)
{
  assert_matrix_file ("matrix.png", "\x89PNG\r\n");
}

static void
test_matrix_csv (void)
{
  g_autofree char *path = cli_path ("matrix.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  assert_matrix_file ("matrix.csv", "");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
}

/* ---- The class table as a file ---- */

static void
assert_class_table (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_cmpstr (lines[0], ==, "class,precision,recall,f1,images");
  g_assert_true (g_str_has_prefix (lines[1], "0,"));
  g_assert_true (g_str_has_suffix (lines[3], ",20"));
}

static void
test_class_table (void)
{
  g_autofree char *path = cli_path ("classes.csv");
  g_autofree char *other = cli_path ("Classes.CSV");
  g_autofree char *equal = g_strdup_printf ("--classes=%s", other);
  g_autoptr (CliResult) after
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--classes", path, NULL);
  g_autoptr (CliResult) joined
    = cli_run ("evaluate", equal, model, "--data", cli_get_data (), "--json", NULL);
  g_autoptr (CliResult) alone
    = cli_run ("evaluate", "--data", cli_get_data (), "-c", model, NULL);

  cli_assert_status (after, 0);
  cli_assert_contains (after->out, "Precision");
  cli_assert_contains (after->err, "classes.csv");
  assert_class_table (path);
  cli_assert_status (joined, 0);
  assert_class_table (other);
  /* What follows is the model, not a table. */
  cli_assert_status (alone, 0);
  cli_assert_contains (alone->out, "Precision");
}

static void
test_class_table_refused (void)
{
  g_autoptr (CliResult) ending
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--classes=table.txt", NULL);
  g_autoptr (CliResult) nowhere = cli_run ("evaluate", model, "--data", cli_get_data (),
                                           "--classes", "/no/such/table.csv", NULL);

  cli_assert_status (ending, 2);
  cli_assert_contains (ending->err, "ends in .csv");
  cli_assert_status (nowhere, 1);
  g_assert_cmpstr (nowhere->out, ==, "");
}

static void
test_matrix_wrong_ending (void)
{
  g_autoptr (CliResult) result = cli_run ("evaluate", model, "--matrix", "matrix.doc", NULL);

  cli_assert_status (result, 2);
  cli_assert_contains (result->err, "pdf");
}

static void
test_matrix_nowhere (void)
{
  g_autoptr (CliResult) result
    = cli_run ("evaluate", model, "--data", cli_get_data (), "--matrix", "/no/such/m.csv", NULL);

  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
}

/* ---- Data that are not the model's ---- */

static void
test_other_data (void)
{
  g_autofree char *other = cli_path ("other");
  g_autoptr (CliResult) result = NULL;

  cli_write_data (other, 8, 3, CLI_N_TRAIN, CLI_N_TEST + 3);
  result = cli_run ("evaluate", model, "--data", other, NULL);
  cli_assert_status (result, 0);
  cli_assert_contains (result->err, "Warning: the model was trained on other data");
}

static void
test_other_shape (void)
{
  g_autofree char *other = cli_path ("other-shape");
  g_autoptr (CliResult) result = NULL;

  cli_write_data (other, 9, 3, 24, 6);
  result = cli_run ("evaluate", model, "--data", other, NULL);
  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
}

/* A share of nothing is no figure. */
static void
test_empty_splits (void)
{
  g_autofree char *data = cli_path ("eleven");
  g_autofree char *matrix = cli_path ("eleven.csv");
  g_autoptr (CliResult) validation = NULL;
  g_autoptr (CliResult) test = NULL;

  /* A twelfth of eleven images is none. */
  cli_write_data (data, 8, 3, 11, 0);
  validation = cli_run ("evaluate", model, "--data", data, "--split", "validation", "--json",
                        "--matrix", matrix, NULL);
  test = cli_run ("evaluate", model, "--data", data, NULL);
  cli_assert_status (validation, 1);
  g_assert_cmpstr (validation->out, ==, "");
  cli_assert_contains (validation->err, "has no validation images: there is nothing to measure");
  g_assert_false (g_file_test (matrix, G_FILE_TEST_EXISTS));
  cli_assert_status (test, 1);
  cli_assert_contains (test->err, "test images: there is nothing to measure");
}

/* Reads the member "test_looks" of an evaluation; -1: null. */
static gint64
count_looks (const char *data,
             const char *split)
{
  g_autoptr (CliResult) result
    = cli_run ("evaluate", model, "--data", data, "--split", split, "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  object = json_node_get_object (g_ptr_array_index (lines, 0));
  if (json_object_get_null_member (object, "test_looks"))
    {
      cli_assert_lacks (result->err, "Looks at");
      return -1;
    }
  cli_assert_contains (result->err, "Looks at the test images of");
  return json_object_get_int_member (object, "test_looks");
}

/* Over all runs on the same data, and on nothing else. */
static void
test_looks (void)
{
  g_autofree char *data = cli_path ("looked-at");
  g_autofree char *pictures = cli_path ("not-a-test-set");
  g_autofree char *pdf = cli_path ("looks.pdf");
  g_autoptr (CliResult) drawings = NULL;
  g_autoptr (CliResult) report = NULL;

  cli_write_data (data, 8, 3, CLI_N_TRAIN, CLI_N_TEST + 6);
  g_assert_cmpint (count_looks (data, "validation"), ==, -1);
  g_assert_cmpint (count_looks (data, "test"), ==, 1);
  g_assert_cmpint (count_looks (data, "test"), ==, 2);
  g_assert_cmpint (count_looks (data, "train"), ==, -1);
  report = cli_run ("report", beginner, pdf, "--data", data, "--split", "test", NULL);
  cli_assert_status (report, 0);
  cli_assert_contains (report->err, "over all runs: 3\n");
  draw (pictures, "1", 1);
  drawings = cli_run ("evaluate", model, "--data", pictures, NULL);
  cli_assert_lacks (drawings->err, "Looks at");
}

/* Where nothing can be recorded, evaluating goes on. */
static void
test_looks_not_recorded (void)
{
  g_autofree char *state = g_strdup (g_getenv ("XDG_STATE_HOME"));
  gint64 n;

  g_setenv ("XDG_STATE_HOME", model, TRUE); /* a file, no folder */
  n = count_looks (cli_get_data (), "test");
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_assert_cmpint (n, ==, 1);
}

static void
test_unknown_split (void)
{
  g_autoptr (CliResult) result = cli_run ("evaluate", model, "--split", "exam", NULL);

  cli_assert_status (result, 2);
  cli_assert_contains (result->err, "train, validation, test");
}

/* ---- Broken models ---- */

static void
assert_broken (const char *path)
{
  g_autoptr (CliResult) result = cli_run ("evaluate", path, "--data", cli_get_data (), NULL);
  g_autofree char *name = g_path_get_basename (path);

  cli_assert_status (result, 1);
  g_assert_cmpstr (result->out, ==, "");
  cli_assert_contains (result->err, "atelier-cli: ");
  cli_assert_contains (result->err, name);
}

static void
test_broken_models (void)
{
  g_autofree char *path = cli_path ("broken.safetensors");
  g_autofree char *missing = cli_path ("missing.safetensors");
  g_autofree char *bytes = NULL;
  gsize n;

  assert_broken (missing);
  assert_broken (cli_get_data ());
  cli_write_text (path, "");
  assert_broken (path);
  cli_write_text (path, "this is not a model, whatever its name says");
  assert_broken (path);
  g_assert_true (g_file_get_contents (model, &bytes, &n, NULL));
  g_assert_true (g_file_set_contents (path, bytes, n - 1, NULL));
  assert_broken (path);
  g_assert_true (g_file_set_contents (path, bytes, 100, NULL));
  assert_broken (path);
  bytes[12] ^= 0x20;
  g_assert_true (g_file_set_contents (path, bytes, n, NULL));
  assert_broken (path);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  cli_fixture_init (&argc, &argv);
  model = cli_train_model ("model.safetensors", "20", "0.01");
  beginner = cli_train_model ("beginner.safetensors", "1", "0.000001");
  g_test_add_func ("/cli/evaluate/words", test_words);
  g_test_add_func ("/cli/evaluate/most-confused", test_most_confused);
  g_test_add_func ("/cli/evaluate/robustness", test_robustness);
  g_test_add_func ("/cli/evaluate/json", test_json);
  g_test_add_func ("/cli/evaluate/weights", test_weights);
  g_test_add_func ("/cli/evaluate/weights-refused", test_weights_refused);
  g_test_add_func ("/cli/evaluate/threads", test_threads);
  g_test_add_func ("/cli/evaluate/drawings", test_drawings);
  g_test_add_func ("/cli/evaluate/drawings-in-idx", test_drawings_in_idx);
  g_test_add_func ("/cli/evaluate/pictures-words", test_pictures_words);
  g_test_add_func ("/cli/evaluate/pictures-with-a-broken-one", test_pictures_with_a_broken_one);
  g_test_add_func ("/cli/evaluate/pictures-without-classes", test_pictures_without_classes);
  g_test_add_func ("/cli/evaluate/pictures-options", test_pictures_options);
  g_test_add_func ("/cli/evaluate/matrix-pdf", test_matrix_pdf);
  g_test_add_func ("/cli/evaluate/matrix-svg", test_matrix_svg);
  g_test_add_func ("/cli/evaluate/matrix-png", test_matrix_png);
  g_test_add_func ("/cli/evaluate/matrix-csv", test_matrix_csv);
  g_test_add_func ("/cli/evaluate/matrix-wrong-ending", test_matrix_wrong_ending);
  g_test_add_func ("/cli/evaluate/class-table", test_class_table);
  g_test_add_func ("/cli/evaluate/class-table-refused", test_class_table_refused);
  g_test_add_func ("/cli/evaluate/matrix-nowhere", test_matrix_nowhere);
  g_test_add_func ("/cli/evaluate/other-data", test_other_data);
  g_test_add_func ("/cli/evaluate/other-shape", test_other_shape);
  g_test_add_func ("/cli/evaluate/empty-splits", test_empty_splits);
  g_test_add_func ("/cli/evaluate/looks", test_looks);
  g_test_add_func ("/cli/evaluate/looks-not-recorded", test_looks_not_recorded);
  g_test_add_func ("/cli/evaluate/unknown-split", test_unknown_split);
  g_test_add_func ("/cli/evaluate/broken-models", test_broken_models);
  status = cli_fixture_run ();
  g_clear_pointer (&model, g_free);
  g_clear_pointer (&beginner, g_free);
  return status;
}
