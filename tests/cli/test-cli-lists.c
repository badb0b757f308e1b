/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli data and atelier-cli network. */

#include "config.h"

#include <string.h>

#include "cli-fixture.h"

/* With @folder as the first place that is searched. */
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

/* 240 images whose labels are 0, 1, 2 in turn, of which the first 20 are for validation. */
static void
test_data_counts (void)
{
  g_autoptr (CliResult) words = run_data (cli_get_data (), NULL);
  g_autoptr (CliResult) json = run_data (cli_get_data (), "--json");
  g_autoptr (GPtrArray) lines = cli_parse_lines (json->out);
  JsonObject *data = json_node_get_object (g_ptr_array_index (lines, 0));
  JsonArray *counts = json_object_get_array_member (data, "class_counts");
  JsonObject *last = json_array_get_object_element (counts, 2);

  cli_assert_contains (words->out, "Class  Training  Validation  Test");
  cli_assert_contains (words->out, "2            74           6    20");
  g_assert_cmpuint (json_array_get_length (counts), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (last, "name"), ==, "2");
  g_assert_cmpint (json_object_get_int_member (last, "train"), ==, 74);
  g_assert_cmpint (json_object_get_int_member (last, "validation"), ==, 6);
  g_assert_cmpint (json_object_get_int_member (last, "test"), ==, 20);
}

static void
test_data_no_copies (void)
{
  g_autoptr (CliResult) words = run_data (cli_get_data (), NULL);
  g_autoptr (CliResult) json = run_data (cli_get_data (), "--json");
  g_autoptr (GPtrArray) lines = cli_parse_lines (json->out);
  JsonObject *data = json_node_get_object (g_ptr_array_index (lines, 0));
  JsonObject *copies = json_object_get_object_member (data, "copies");

  cli_assert_contains (words->out, "No two pictures are the same.");
  g_assert_cmpint (json_object_get_int_member (copies, "pictures"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (copies, "groups")), ==, 0);
}

/* Puts the last of 24 training images, whose label is 2, in the place of the first test image,
 * whose label is 0. */
static void
plant_copy (const char *folder)
{
  const gsize header = 16, image_size = 8 * 8;
  g_autofree char *train = g_build_filename (folder, "train-images-idx3-ubyte", NULL);
  g_autofree char *test = g_build_filename (folder, "t10k-images-idx3-ubyte", NULL);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_from = 0, n_to = 0;

  g_file_get_contents (train, &from, &n_from, &error);
  g_assert_no_error (error);
  g_file_get_contents (test, &to, &n_to, &error);
  g_assert_no_error (error);
  memcpy (to + header, from + n_from - image_size, image_size);
  g_file_set_contents (test, to, n_to, &error);
  g_assert_no_error (error);
}

static void
assert_picture (JsonArray  *group,
                guint       i_picture,
                const char *split,
                int         index,
                int         label)
{
  JsonObject *picture = json_array_get_object_element (group, i_picture);

  g_assert_cmpstr (json_object_get_string_member (picture, "split"), ==, split);
  g_assert_cmpint (json_object_get_int_member (picture, "index"), ==, index);
  g_assert_cmpint (json_object_get_int_member (picture, "label"), ==, label);
}

/* Two of the 24 training images are for validation. */
static void
test_data_copies (void)
{
  g_autofree char *folder = cli_path ("copies");
  g_autoptr (CliResult) words = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *copies;
  JsonArray *groups;

  cli_write_data (folder, 8, 3, 24, 6);
  plant_copy (folder);
  words = run_data (folder, NULL);
  json = run_data (folder, "--json");
  lines = cli_parse_lines (json->out);

  cli_assert_contains (words->out, "1 test picture is also used for training.");
  cli_assert_contains (words->out, "1 picture is there under different labels.");
  copies = json_object_get_object_member (json_node_get_object (g_ptr_array_index (lines, 0)),
                                          "copies");
  g_assert_cmpint (json_object_get_int_member (copies, "pictures"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (copies, "groups_with_several_labels"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (copies, "test_in_train"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (copies, "validation_in_train"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (copies, "test_in_validation"), ==, 0);
  groups = json_object_get_array_member (copies, "groups");
  g_assert_cmpuint (json_array_get_length (groups), ==, 1);
  assert_picture (json_array_get_array_element (groups, 0), 0, "train", 21, 2);
  assert_picture (json_array_get_array_element (groups, 0), 1, "test", 0, 0);
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

static void
assert_begins (const char *path,
               const char *start)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, start));
}

/* Beside the table, or beside the JSON. */
static void
test_network_picture (void)
{
  static const char *const starts[][2] = {
    { "network.svg", "<?xml" }, { "network.pdf", "%PDF-" }, { "network.PNG", "\x89PNG" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *path = cli_path (starts[i][0]);
      g_autoptr (CliResult) result = cli_run ("network", "--picture", path,
                                              i == 0 ? "--json" : NULL, NULL);

      cli_assert_status (result, 0);
      cli_assert_contains (result->out, i == 0 ? "\"max_pool2d\"" : "28×28×32");
      cli_assert_contains (result->err, path);
      cli_assert_lacks (result->out, path);
      assert_begins (path, starts[i][1]);
    }
}

/* Nothing is printed or written where there can be no picture. */
static void
test_network_no_picture (void)
{
  g_autofree char *csv = cli_path ("network.csv");
  g_autofree char *nowhere = cli_path ("no-such-folder/network.svg");
  g_autofree char *same = cli_path ("network-itself.svg");
  g_autoptr (CliResult) kind = cli_run ("network", "--picture", csv, NULL);
  g_autoptr (CliResult) place = cli_run ("network", "--picture", nowhere, NULL);
  g_autoptr (CliResult) itself = NULL;

  cli_assert_status (kind, 2);
  cli_assert_contains (kind->err, ".pdf, .svg or .png");
  g_assert_cmpstr (kind->out, ==, "");
  g_assert_false (g_file_test (csv, G_FILE_TEST_EXISTS));
  cli_assert_status (place, 1);
  g_assert_cmpstr (place->out, ==, "");
  cli_write_text (same, "{}");
  itself = cli_run ("network", "--network", same, "--picture", same, NULL);
  cli_assert_status (itself, 2);
  cli_assert_contains (itself->err, "--picture");
  assert_begins (same, "{}");
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

/* Only the published data set is called Fashion-MNIST, by every command. */
static void
test_only_called_fashion_mnist (void)
{
  g_autofree char *folder = cli_path ("fashion-mnist");
  g_autofree char *model = cli_path ("only-called.safetensors");
  g_autoptr (CliResult) train = NULL;
  g_autoptr (CliResult) evaluate = NULL;
  g_autoptr (CliResult) data = NULL;

  cli_write_data (folder, 8, 3, 60, 20);
  train = cli_run ("train", "--network", cli_get_network (), "--data", folder, "--epochs", "1",
                   "--save", model, NULL);
  cli_assert_status (train, 0);
  cli_assert_contains (train->err, "Data: fashion-mnist (");
  cli_assert_contains (train->err, "these are other images");
  evaluate = cli_run ("evaluate", model, "--data", folder, "--classes", NULL);
  cli_assert_status (evaluate, 0);
  cli_assert_contains (evaluate->out, "20 images of fashion-mnist");
  cli_assert_lacks (evaluate->out, "T-shirt");
  cli_assert_contains (evaluate->err, "these are other images");
  data = run_data (folder, NULL);
  g_assert_true (g_str_has_prefix (data->out, "fashion-mnist\n"));
}

/* A folder's name cannot write lines of its own, whoever prints it. */
static void
test_folder_with_line_end (void)
{
  g_autofree char *folder = cli_path ("a\nPublished  yes");
  g_autofree char *model = cli_path ("b\nSaved to c");
  g_autoptr (CliResult) train = NULL;
  g_autoptr (CliResult) evaluate = NULL;
  g_autoptr (CliResult) data = NULL;
  g_autofree char *all = NULL;

  cli_write_data (folder, 8, 3, 60, 20);
  train = cli_run ("train", "--network", cli_get_network (), "--data", folder, "--epochs", "1",
                   "--save", model, NULL);
  cli_assert_status (train, 0);
  evaluate = cli_run ("evaluate", model, "--data", folder, NULL);
  cli_assert_status (evaluate, 0);
  data = run_data (folder, NULL);
  all = g_strconcat (train->out, train->err, evaluate->out, evaluate->err, data->out, NULL);
  cli_assert_contains (all, "Published  yes");
  cli_assert_lacks (all, "\nPublished");
  cli_assert_lacks (all, "\nSaved to c");
}

/* A preset for data that are not like Fashion-MNIST: as JSON, and in a training. */
static void
test_network_for_data (void)
{
  g_autofree char *path = cli_path ("fitted.json");
  g_autofree char *twelve = cli_path ("twelve");
  g_autofree char *one = cli_path ("one-class");
  g_autoptr (CliResult) json = NULL;
  g_autoptr (CliResult) by_file = NULL;
  g_autoptr (CliResult) by_preset = NULL;
  g_autoptr (CliResult) too_few = NULL;
  g_autoptr (CliResult) both = cli_run ("network", "--network", cli_get_network (), "--data",
                                        cli_get_data (), NULL);

  cli_assert_status (both, 2);
  cli_write_data (twelve, 12, 12, 120, 24);
  json = cli_run ("network", "--data", twelve, "--json", NULL);
  cli_assert_status (json, 0);
  cli_assert_contains (json->out, "\"input\": [12, 12, 1]");
  cli_assert_contains (json->out, "\"units\": 12,");
  cli_write_text (path, json->out);
  by_file = cli_run ("train", "--network", path, "--data", twelve, "--epochs", "1", NULL);
  cli_assert_status (by_file, 0);
  by_preset = cli_run ("train", "--data", twelve, "--epochs", "1", NULL);
  cli_assert_status (by_preset, 0);
  cli_assert_contains (by_preset->err, "12×12×1");

  cli_write_data (one, 12, 1, 24, 12);
  too_few = cli_run ("train", "--data", one, "--epochs", "1", NULL);
  cli_assert_status (too_few, 1);
  cli_assert_contains (too_few->err, "12 × 12 × 1 in 1 classes");
  g_assert_cmpstr (too_few->out, ==, "");
}

/* What does not fit is refused before training, with both shapes; nothing is written. */
static void
test_network_does_not_fit (void)
{
  g_autofree char *data = cli_path ("larger");
  g_autofree char *more = cli_path ("more-classes");
  g_autofree char *model = cli_path ("unfit.safetensors");
  g_autoptr (CliResult) shape = NULL;
  g_autoptr (CliResult) classes = NULL;

  cli_write_data (data, 12, 3, 60, 20);
  shape = cli_run ("train", "--network", cli_get_network (), "--data", data, "--save", model, NULL);
  cli_assert_status (shape, 1);
  cli_assert_contains (shape->err, "takes images of 8 × 8 × 1");
  cli_assert_contains (shape->err, "are 12 × 12 × 1");
  g_assert_cmpstr (shape->out, ==, "");
  cli_write_data (more, 8, 4, 60, 20);
  classes = cli_run ("train", "--network", cli_get_network (), "--data", more, "--save", model,
                     NULL);
  cli_assert_status (classes, 1);
  cli_assert_contains (classes->err, "tells 3 classes apart");
  cli_assert_contains (classes->err, "has 4");
  g_assert_cmpstr (classes->out, ==, "");
  g_assert_false (g_file_test (model, G_FILE_TEST_EXISTS));
}

static void
test_presets (void)
{
  g_autoptr (CliResult) list = cli_run ("presets", NULL);
  g_autoptr (CliResult) one = cli_run ("presets", "report-2", NULL);
  g_autofree char *path = cli_path ("preset.json");
  g_autoptr (CliResult) network = NULL;

  cli_assert_status (list, 0);
  cli_assert_contains (list->out, "report-1");
  cli_assert_contains (list->out, "30,394");
  cli_assert_status (one, 0);
  cli_write_text (path, one->out);
  network = cli_run ("network", "--network", path, NULL);
  cli_assert_status (network, 0);
  cli_assert_contains (network->out, "Report 2, convolutional");
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/data/words", test_data_words);
  g_test_add_func ("/cli/data/json", test_data_json);
  g_test_add_func ("/cli/data/counts", test_data_counts);
  g_test_add_func ("/cli/data/no-copies", test_data_no_copies);
  g_test_add_func ("/cli/data/copies", test_data_copies);
  g_test_add_func ("/cli/data/broken", test_data_broken);
  g_test_add_func ("/cli/data/only-called-fashion-mnist", test_only_called_fashion_mnist);
  g_test_add_func ("/cli/data/folder-with-line-end", test_folder_with_line_end);
  g_test_add_func ("/cli/network/for-data", test_network_for_data);
  g_test_add_func ("/cli/network/does-not-fit", test_network_does_not_fit);
  g_test_add_func ("/cli/network/table", test_network_table);
  g_test_add_func ("/cli/network/json-round-trip", test_network_json_round_trip);
  g_test_add_func ("/cli/network/picture", test_network_picture);
  g_test_add_func ("/cli/network/no-picture", test_network_no_picture);
  g_test_add_func ("/cli/network/name-with-escape", test_network_name_with_escape);
  g_test_add_func ("/cli/presets", test_presets);
  return cli_fixture_run ();
}
