/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli classify: pictures, files that are not pictures, folders, other pipelines, all
 * classes, JSON. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli-fixture.h"
#include "inference/atelier-predictor.h"
#include "model/atelier-model-file.h"
#include "picture/atelier-picture.h"

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
  g_autoptr (CliResult) result = cli_run ("classify", model, empty, bright, NULL);
  g_autoptr (CliResult) all = cli_run ("classify", "--all", model, empty, NULL);
  g_autoptr (CliResult) failed = cli_run ("classify", model, empty, "/no/such.png", NULL);

  cli_assert_status (result, 3);
  cli_assert_contains (result->err, "Warning");
  cli_assert_contains (result->out, "empty.png: nothing to classify\n");
  cli_assert_contains (result->out, "bright.png: ");
  cli_assert_status (all, 3);
  cli_assert_lacks (all->out, "%");
  cli_assert_status (failed, 1);
}

/* A script learns it from standard output, and from the status. */
static void
test_empty_picture_json (void)
{
  g_autofree char *empty = write_picture ("empty.png", 0);
  g_autoptr (CliResult) result = cli_run ("classify", "--json", model, empty, bright, NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (result->out);
  JsonObject *nothing, *something;

  cli_assert_status (result, 3);
  g_assert_cmpuint (lines->len, ==, 2);
  nothing = json_node_get_object (g_ptr_array_index (lines, 0));
  something = json_node_get_object (g_ptr_array_index (lines, 1));
  g_assert_true (json_object_get_boolean_member (nothing, "empty"));
  g_assert_false (json_object_has_member (nothing, "class"));
  g_assert_false (json_object_has_member (nothing, "scores"));
  g_assert_false (json_object_has_member (nothing, "error"));
  g_assert_false (json_object_get_boolean_member (something, "empty"));
  g_assert_true (json_object_has_member (something, "class"));
}

/* A colon does not make a name a URI if the file is there. */
static void
test_colons (void)
{
  static const char * const names[] = { "IMG:left.png", "Bag: front.png", "10:30.png", "file:x" };
  g_autofree char *here = cli_path ("");
  g_autofree char *uri_file = write_picture ("plain.png", 16);
  g_autofree char *uri = g_filename_to_uri (uri_file, NULL, NULL);
  g_autoptr (CliResult) by_uri = cli_run ("classify", model, uri, NULL);
  g_autoptr (CliResult) missing = cli_run ("classify", model, "no:such.png", NULL);

  cli_assert_status (by_uri, 0);
  cli_assert_status (missing, 1);
  cli_assert_contains (missing->err, "no:such.png");
  /* Relative names, since a full path begins with no scheme. */
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = write_picture (names[i], 16);
      g_autoptr (GSubprocessLauncher) launcher
        = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process = NULL;
      g_autofree char *out = NULL;
      g_autofree char *beginning = g_strconcat (names[i], ": ", NULL);

      g_subprocess_launcher_set_cwd (launcher, here);
      process = g_subprocess_launcher_spawn (launcher, &error, cli_get_program (), "classify",
                                             model, names[i], NULL);
      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
      g_assert_true (g_str_has_prefix (out, beginning));
    }
}

static void
test_same_scores_again (void)
{
  g_autoptr (CliResult) first = cli_run ("classify", "--json", "--all", model, bright, NULL);
  g_autoptr (CliResult) second = cli_run ("classify", "--json", "--all", model, bright, NULL);

  g_assert_cmpstr (first->out, ==, second->out);
}

/* A name with line ends looks like a second answer, unless they are taken out. */
static void
test_forged_line (void)
{
  const char *forged = "a.png\nother.png: Bag 100.00 %\r\x1b[2K";
  g_autofree char *picture = write_picture (forged, 16);
  g_autofree char *empty = write_picture ("b.png\nb.png: Bag", 0);
  g_autofree char *broken = cli_path ("c.png\nc.png: Bag");
  g_autoptr (CliResult) words = NULL;
  g_autoptr (CliResult) all = NULL;
  g_autoptr (CliResult) bad = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) all_lines = NULL;
  g_auto (GStrv) bad_lines = NULL;

  cli_write_text (broken, "no picture");
  words = cli_run ("classify", model, picture, NULL);
  lines = g_strsplit (words->out, "\n", -1);
  cli_assert_status (words, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 1);
  cli_assert_lacks (words->out, "\r");
  cli_assert_lacks (words->out, "\x1b");
  all = cli_run ("classify", "--all", model, picture, NULL);
  all_lines = g_strsplit (all->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (all_lines), ==, 1 + 3 + 1);
  bad = cli_run ("classify", model, empty, broken, "/no\nsuch.png", NULL);
  bad_lines = g_strsplit (bad->err, "\n", -1);
  g_assert_cmpuint (g_strv_length (bad_lines), ==, 3 + 1);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_str_has_prefix (bad_lines[i], "atelier-cli: "));
}

/* ---- Folders ---- */

static char *
make_folder (const char *name)
{
  char *path = cli_path (name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

static void
assert_line_is_of (const char *line,
                   const char *folder,
                   const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *beginning = g_strconcat (path, ": ", NULL);

  if (!g_str_has_prefix (line, beginning))
    g_error ("“%s” is not of %s", line, path);
}

/* The folder's pictures in the order of their names, without other files and subfolders. */
static void
test_folder (void)
{
  g_autofree char *folder = make_folder ("pictures");
  g_autofree char *below = make_folder ("pictures/others");
  g_autofree char *b = write_picture ("pictures/b.png", 20);
  g_autofree char *a = write_picture ("pictures/a", 10);
  g_autofree char *other = write_picture ("pictures/others/c.png", 10);
  g_autofree char *hidden = write_picture ("pictures/.d.png", 10);
  g_autofree char *text = cli_path ("pictures/notes.txt");
  g_autoptr (CliResult) result = NULL;
  g_auto (GStrv) lines = NULL;

  cli_write_text (text, "no picture");
  result = cli_run ("classify", model, folder, NULL);
  lines = g_strsplit (result->out, "\n", -1);
  cli_assert_status (result, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  assert_line_is_of (lines[0], folder, "a");
  assert_line_is_of (lines[1], folder, "b.png");
  cli_assert_contains (result->err, "“others”");
  cli_assert_contains (result->err, "left out");
}

/* Deeper pictures of a class count; those of no class are spoken of. */
static void
test_nested (void)
{
  g_autofree char *folder = make_folder ("nested");
  g_autofree char *deep = make_folder ("nested/1/a/b");
  g_autofree char *split = make_folder ("nested-split");
  g_autofree char *split_class = make_folder ("nested-split/test/1");
  g_autofree char *picture = write_picture ("nested/1/a/b/a.png", 16);
  g_autofree char *below = write_picture ("nested-split/test/1/a.png", 16);
  g_autoptr (CliResult) result = cli_run ("classify", model, folder, NULL);
  g_autofree char *beside = write_picture ("nested/beside.png", 16);
  g_autoptr (CliResult) evaluated = cli_run ("evaluate", model, "--data", folder, NULL);
  g_autoptr (CliResult) missed = cli_run ("classify", model, split, NULL);
  g_autoptr (CliResult) not_evaluated = cli_run ("evaluate", model, "--data", split, NULL);

  cli_assert_status (result, 0);
  g_assert_true (g_str_has_prefix (result->out, picture));
  cli_assert_status (evaluated, 0);
  cli_assert_contains (evaluated->out, "of 1)");
  cli_assert_contains (evaluated->err, "1 picture lies in no class folder");
  cli_assert_status (missed, 1);
  cli_assert_contains (missed->err, "nested-split/test");
  cli_assert_status (not_evaluated, 1);
  cli_assert_contains (not_evaluated->err, "nested-split/test");
}

/* A file that has the name of a picture but is none is reported; the others are classified. */
static void
test_folder_with_broken_ones (void)
{
  g_autofree char *folder = make_folder ("broken");
  g_autofree char *good = write_picture ("broken/good.png", 20);
  g_autofree char *empty = cli_path ("broken/empty.jpg");
  g_autofree char *pipe = cli_path ("broken/pipe.png");
  g_autoptr (CliResult) result = NULL;

  cli_write_text (empty, "");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  result = cli_run ("classify", model, folder, NULL);
  cli_assert_status (result, 1);
  cli_assert_contains (result->out, "good.png: ");
  cli_assert_contains (result->err, "empty.jpg");
  cli_assert_contains (result->err, "pipe.png");
  g_assert_cmpint (g_unlink (pipe), ==, 0);
}

static void
test_class_folders (void)
{
  g_autofree char *folder = make_folder ("classes");
  g_autofree char *one = make_folder ("classes/1");
  g_autofree char *picture = write_picture ("classes/1/a.png", 20);
  g_autofree char *own = write_picture ("classes/z.png", 20);
  g_autoptr (CliResult) result = cli_run ("classify", "--json", model, folder, NULL);
  g_autoptr (GPtrArray) lines = cli_parse_lines (result->out);
  JsonObject *first, *second;

  cli_assert_status (result, 0);
  g_assert_cmpuint (lines->len, ==, 2);
  first = json_node_get_object (g_ptr_array_index (lines, 0));
  second = json_node_get_object (g_ptr_array_index (lines, 1));
  g_assert_cmpstr (json_object_get_string_member (first, "file"), ==, own);
  g_assert_false (json_object_has_member (first, "truth"));
  g_assert_cmpstr (json_object_get_string_member (second, "file"), ==, picture);
  g_assert_cmpstr (json_object_get_string_member (second, "truth"), ==, "1");
}

static void
test_empty_folder (void)
{
  g_autofree char *folder = make_folder ("nothing");
  g_autoptr (CliResult) result = cli_run ("classify", model, folder, bright, NULL);

  cli_assert_status (result, 1);
  cli_assert_contains (result->err, "no pictures in");
  cli_assert_contains (result->out, "bright.png: ");
}

/* ---- The pipeline ---- */

/* The scores that the program prints, as one text. */
static char *
get_scores (const char *option,
            const char *value,
            const char *picture)
{
  g_autoptr (CliResult) result
    = cli_run ("classify", "--json", "--all", model, picture, option, value, NULL);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (JsonNode) scores = NULL;

  cli_assert_status (result, 0);
  lines = cli_parse_lines (result->out);
  scores = json_node_copy (json_object_get_member (
    json_node_get_object (g_ptr_array_index (lines, 0)), "scores"));
  return json_to_string (scores, FALSE);
}

/* A wedge, thick at the left or at the right. */
static char *
write_wedge (const char *name,
             gboolean    is_turned)
{
  char *path = cli_path (name);
  g_autofree guint8 *grey = g_malloc0 (SIDE * SIDE);
  g_autoptr (GError) error = NULL;

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE - y; x++)
      grey[y * SIDE + (is_turned ? SIDE - 1 - x : x)] = 220;
  atelier_picture_save_grey_png (grey, SIDE, SIDE, path, &error);
  g_assert_no_error (error);
  return path;
}

/* The mirror image of a turned picture gets the answer of the picture. */
static void
test_mirror (void)
{
  g_autofree char *wedge = write_wedge ("wedge.png", FALSE);
  g_autofree char *turned = write_wedge ("turned.png", TRUE);
  g_autofree char *scores = get_scores (NULL, NULL, wedge);
  g_autofree char *turned_scores = get_scores (NULL, NULL, turned);
  g_autofree char *mirrored_scores = get_scores ("--mirror", "always", turned);
  g_autoptr (CliResult) json
    = cli_run ("classify", model, "--json", "--mirror", "always", turned, NULL);
  g_autoptr (CliResult) bad = cli_run ("classify", model, "--mirror", "maybe", turned, NULL);

  g_assert_cmpstr (scores, !=, turned_scores);
  g_assert_cmpstr (scores, ==, mirrored_scores);
  cli_assert_contains (json->out, "\"mirrored\":true");
  cli_assert_status (bad, 2);
  cli_assert_contains (bad->err, "never, surer, always");
}

static void
test_pipeline_is_overruled (void)
{
  static const struct
  {
    const char *option;
    const char *value;
    gboolean    changes;
  } cases[] = {
    { "--invert", "auto", FALSE },  { "--invert", "never", FALSE },
    { "--invert", "always", TRUE }, { "--preset", "fashion", FALSE },
    { "--preset", "mnist", TRUE },  { "--no-sharpen", NULL, FALSE },
    { "--no-trim", NULL, TRUE },    { "--no-levels", NULL, FALSE },
    { "--no-ground", NULL, FALSE }, { "--mirror", "never", FALSE },
  };
  g_autofree char *plain = get_scores (NULL, NULL, bright);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *scores = get_scores (cases[i].option, cases[i].value, bright);

      if ((g_strcmp0 (plain, scores) != 0) != cases[i].changes)
        g_error ("%s %s: %s", cases[i].option, cases[i].value, scores);
    }
}

static void
test_wrong_options (void)
{
  g_autoptr (CliResult) invert
    = cli_run ("classify", model, bright, "--invert", "sometimes", NULL);
  g_autoptr (CliResult) preset = cli_run ("classify", model, bright, "--preset", "cifar", NULL);

  cli_assert_status (invert, 2);
  cli_assert_contains (invert->err, "auto, never, always");
  cli_assert_status (preset, 2);
  cli_assert_contains (preset->err, "fashion, mnist");
}

/* A drawing gets the same scores on the pad and from its file, to the last bit: here one that is
 * filled to the border and is off the middle. */
static void
test_drawing_as_on_the_pad (void)
{
  g_autofree char *path = cli_path ("drawing.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierModel) loaded = atelier_model_file_load (model, &error);
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (loaded, &error);

  for (gboolean fits = FALSE; fits <= TRUE; fits++)
    {
      g_autoptr (AtelierInputResult) pad = NULL;
      g_autoptr (CliResult) result = NULL;
      g_autoptr (GPtrArray) lines = NULL;
      AtelierInput input = *atelier_model_get_input (loaded);
      guint8 pixels[8 * 8];
      float scores[3], best = 0;
      JsonArray *said;

      memset (pixels, 240, sizeof pixels);
      memset (pixels + 25, 0, 3);
      memset (pixels + 33, 0, 3);
      g_assert_true (atelier_picture_save_drawing_png (pixels, 8, 8, fits, path, &error));
      atelier_input_adapt_to_drawing (&input, fits);
      pad = atelier_input_run_grey (&input, pixels, 8, 8, 8);
      g_assert_true (atelier_predictor_classify (
        predictor, pad->stages[ATELIER_STAGE_RESULT].pixels, scores, &error));
      result = cli_run ("classify", "--json", model, path, NULL);
      cli_assert_status (result, 0);
      lines = cli_parse_lines (result->out);
      said = json_object_get_array_member (json_node_get_object (g_ptr_array_index (lines, 0)),
                                           "scores");
      for (guint i = 0; i < 3; i++)
        best = MAX (best, scores[i]);
      g_assert_true ((float) json_object_get_double_member (
                       json_array_get_object_element (said, 0), "score") == best);
    }
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
  g_test_add_func ("/cli/classify/empty-picture-json", test_empty_picture_json);
  g_test_add_func ("/cli/classify/colons", test_colons);
  g_test_add_func ("/cli/classify/nested", test_nested);
  g_test_add_func ("/cli/classify/forged-line", test_forged_line);
  g_test_add_func ("/cli/classify/folder", test_folder);
  g_test_add_func ("/cli/classify/folder-with-broken-ones", test_folder_with_broken_ones);
  g_test_add_func ("/cli/classify/class-folders", test_class_folders);
  g_test_add_func ("/cli/classify/empty-folder", test_empty_folder);
  g_test_add_func ("/cli/classify/pipeline-is-overruled", test_pipeline_is_overruled);
  g_test_add_func ("/cli/classify/mirror", test_mirror);
  g_test_add_func ("/cli/classify/wrong-options", test_wrong_options);
  g_test_add_func ("/cli/classify/drawing-as-on-the-pad", test_drawing_as_on_the_pad);
  g_test_add_func ("/cli/classify/broken-model", test_broken_model);
  status = cli_fixture_run ();
  g_clear_pointer (&model, g_free);
  g_clear_pointer (&bright, g_free);
  return status;
}
