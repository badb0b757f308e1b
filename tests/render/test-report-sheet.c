/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet of a report: whatever is missing, long or odd, the file is whole, has as many pages as
 * it says, and has text that can be found. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "atelier-report-sheet.h"

#define N_CLASSES 10
#define MANY 100

static const char *const names[N_CLASSES] = { "T-shirt/top", "Trouser", "Pullover", "Dress",
                                              "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
                                              "Ankle boot" };
static const double losses[] = { 0.556, 0.378, 0.340 };

typedef struct
{
  AtelierReportSheet   sheet;
  AtelierSeries        series;
  AtelierChart         chart;
  AtelierMatrix        matrix;
  AtelierReportClass   classes[N_CLASSES];
  AtelierReportMistake mistakes[9];
  AtelierReportLayer   layers[MANY];
  AtelierReportFact    facts[2];
  guint                counts[N_CLASSES * N_CLASSES];
  guint8               pixels[28 * 28];

  /* Owned */
  char                *folder;
  char                *path;
} Fixture;

static void
fill_answers (Fixture *fixture)
{
  for (guint i = 0; i < N_CLASSES * N_CLASSES; i++)
    fixture->counts[i] = i % (N_CLASSES + 1) == 0 ? 470 : i % 7;
  for (guint i = 0; i < N_CLASSES; i++)
    fixture->classes[i]
      = (AtelierReportClass) { names[i], 0.9 - 0.01 * i, i == 3 ? NAN : 0.8, 0.5, 493 };
  for (guint i = 0; i < sizeof fixture->pixels; i++)
    fixture->pixels[i] = (guint8) i;
  for (guint i = 0; i < G_N_ELEMENTS (fixture->mistakes); i++)
    fixture->mistakes[i] = (AtelierReportMistake) {
      .pixels = fixture->pixels, .width = 28, .height = 28, .channels = 1, .truth = names[i],
      .prediction = names[i + 1], .score = 0.987, .truth_score = 0.004, .name = "Test, picture 17"
    };
  fixture->matrix = (AtelierMatrix) {
    .counts = fixture->counts, .n_classes = N_CLASSES, .class_names = names
  };
}

/* All parts, as in a usual run. */
/* In place of the core's writer. */
static gboolean
write_bytes (const char  *path,
             GBytes      *bytes,
             GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, data, (gssize) size, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fill_answers (fixture);
  fixture->series = (AtelierSeries) {
    "training", ATELIER_SERIES_TRAINING, 3, NULL, 1.0, 1.0, losses, NULL
  };
  fixture->chart = (AtelierChart) {
    .title = "Loss", .series = &fixture->series, .n_series = 1, .x_max = 3.0, .y_min = NAN,
    .y_max = NAN
  };
  for (guint i = 0; i < MANY; i++)
    fixture->layers[i] = (AtelierReportLayer) { "Dense 32 · ReLU", "32", "1,056" };
  fixture->facts[0] = (AtelierReportFact) { "Seed", "17", FALSE };
  fixture->facts[1] = (AtelierReportFact) {
    "SHA-256", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", TRUE
  };
  fixture->sheet = (AtelierReportSheet) {
    .title = "Report 2, convolutional",
    .subtitle = "Trained on Fashion-MNIST for 3 epochs",
    .date = "22 November 2022, 13:00",
    .date_iso = "2022-11-22T13:00:00Z",
    .maker = "Atelier 0.1.0",
    .figures = { { "91.42 %", "validation accuracy", "95 %: 90.6 to 92.2" } },
    .n_figures = 1,
    .words = "Validation loss is at its lowest, 0.242, and still falling.",
    .charts = &fixture->chart,
    .n_charts = 1,
    .matrix = &fixture->matrix,
    .matrix_title = "Answers",
    .classes = fixture->classes,
    .n_classes = N_CLASSES,
    .mistakes = fixture->mistakes,
    .n_mistakes = G_N_ELEMENTS (fixture->mistakes),
    .layers = fixture->layers,
    .n_layers = 9,
    .groups = { { "Recipe", fixture->facts, G_N_ELEMENTS (fixture->facts) } },
    .n_groups = 1,
  };
  fixture->folder = g_dir_make_tmp ("atelier-report-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "report.pdf", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
save (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_report_sheet_save (&fixture->sheet, fixture->path, write_bytes,
                                            &error));
  g_assert_no_error (error);
}

/* What @program prints about the saved file; NULL, and the test is skipped, where it is missing. */
static char *
ask (Fixture    *fixture,
     const char *program,
     const char *option)
{
  g_autofree char *found = g_find_program_in_path (program);
  char *arguments[] = { found, (char *) option, fixture->path,
                        g_str_equal (program, "pdftotext") ? (char *) "-" : NULL, NULL };
  g_autoptr (GError) error = NULL;
  char *answer = NULL;
  int status;

  if (found == NULL)
    {
      g_test_skip ("poppler's programs are not installed");
      return NULL;
    }

  save (fixture);
  g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  return answer;
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_text_is_found (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *text = ask (fixture, "pdftotext", "-layout");

  if (text == NULL)
    return;
  assert_contains (text, "Report 2, convolutional");
  assert_contains (text, "91.42 %");
  assert_contains (text, "still falling");
  assert_contains (text, "called Trouser");
  assert_contains (text, "0.987");
  assert_contains (text, "truth 0.004");
  assert_contains (text, "Dense 32 · ReLU");
  assert_contains (text, "page 1 of 2");
  assert_contains (text, "page 2 of 2");
  /* NaN. */
  assert_contains (text, "–");
  for (guint i = 0; i < N_CLASSES; i++)
    assert_contains (text, names[i]);
  g_assert_null (strstr (text, "nan"));
}

static void
test_metadata (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *info = ask (fixture, "pdfinfo", "-isodates");

  if (info == NULL)
    return;
  assert_contains (info, "Report 2, convolutional");
  assert_contains (info, "still falling");
  assert_contains (info, "Atelier 0.1.0");
  assert_contains (info, "2022-11-22T13:00:00Z");
  assert_contains (info, "A4");
}

/* Headings and paragraphs are marked as such, for screen readers. */
static void
test_structure (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *structure = ask (fixture, "pdfinfo", "-struct");

  if (structure == NULL)
    return;
  assert_contains (structure, "H1");
  assert_contains (structure, "H2");
  assert_contains (structure, "Figure");
  assert_contains (structure, "TR");
}

static void
test_only_a_title (Fixture       *fixture,
                   gconstpointer  data)
{
  fixture->sheet = (AtelierReportSheet) { .title = "Untitled" };
  g_assert_cmpuint (atelier_report_sheet_count_pages (&fixture->sheet), ==, 1);
  save (fixture);
}

static void
test_missing_parts_are_said (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *text = NULL;

  fixture->sheet.n_charts = 0;
  fixture->sheet.charts_missing = "There are no curves.";
  fixture->sheet.matrix = NULL;
  fixture->sheet.matrix_missing = "There is no matrix.";
  fixture->sheet.n_mistakes = 0;
  fixture->sheet.mistakes_words = "There was no mistake.";
  text = ask (fixture, "pdftotext", "-layout");
  if (text == NULL)
    return;
  assert_contains (text, "There are no curves.");
  assert_contains (text, "There is no matrix.");
  assert_contains (text, "There was no mistake.");
}

/* A long network goes on over pages, each with its head and its page number. */
static void
test_long_network (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *text = NULL, *last = NULL;
  g_auto (GStrv) heads = NULL;
  guint n_pages;

  fixture->sheet.n_layers = MANY;
  n_pages = atelier_report_sheet_count_pages (&fixture->sheet);
  g_assert_cmpuint (n_pages, >=, 4);
  text = ask (fixture, "pdftotext", "-layout");
  if (text == NULL)
    return;
  last = g_strdup_printf ("page %u of %u", n_pages, n_pages);
  assert_contains (text, last);
  heads = g_strsplit (text, "Parameters", -1);
  g_assert_cmpuint (g_strv_length (heads) - 1, >=, 3);
}

/* A picture of @n steps beside as many layers; each has a name of its own. */
static void
add_network (Fixture               *fixture,
             guint                  n,
             AtelierNetworkStep    *steps, /* [n] */
             AtelierNetworkPicture *picture)
{
  g_assert_cmpuint (n, <=, MANY);
  for (guint i = 0; i < n; i++)
    {
      steps[i] = (AtelierNetworkStep) {
        .height = 28, .width = 28, .channels = 8,
        .title = g_strdup_printf ("Step-%u.", i), .detail = "28 × 28 × 8",
      };
      fixture->layers[i].layer = g_strdup_printf ("Layer-%u.", i);
    }
  *picture = (AtelierNetworkPicture) {
    .steps = steps, .n_steps = n, .i_selected = ATELIER_NO_STEP, .i_hovered = ATELIER_NO_STEP,
    .has_caption = TRUE,
  };
  fixture->sheet.n_layers = n;
  fixture->sheet.network = picture;
}

static void
assert_contains_network (Fixture                  *fixture,
                         const AtelierNetworkStep *steps,
                         const char               *text)
{
  for (guint i = 0; i < fixture->sheet.n_layers; i++)
    {
      assert_contains (text, steps[i].title);
      assert_contains (text, fixture->layers[i].layer);
    }
  assert_contains (text, "Sides and channels are to scale.");
}

static void
clear_network (Fixture            *fixture,
               AtelierNetworkStep *steps)
{
  for (guint i = 0; i < fixture->sheet.n_layers; i++)
    {
      g_free ((char *) steps[i].title);
      g_free ((char *) fixture->layers[i].layer);
    }
}

/* Beside the table, without another page; whole where it has to be made smaller. */
static void
test_network (Fixture       *fixture,
              gconstpointer  data)
{
  static const guint numbers[] = { 1, 9, 25, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      AtelierNetworkStep steps[60];
      AtelierNetworkPicture picture;
      g_autofree char *text = NULL;

      add_network (fixture, numbers[i], steps, &picture);
      g_assert_cmpuint (atelier_report_sheet_count_pages (&fixture->sheet), <=,
                        numbers[i] <= 9 ? 2 : 4);
      text = ask (fixture, "pdftotext", "-layout");
      if (text != NULL)
        assert_contains_network (fixture, steps, text);
      clear_network (fixture, steps);
    }
}

/* A layer of many words takes more lines, each word once. */
static void
test_long_layer (Fixture       *fixture,
                 gconstpointer  data)
{
  AtelierNetworkStep steps[2];
  AtelierNetworkPicture picture;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  add_network (fixture, 2, steps, &picture);
  g_free ((char *) fixture->layers[1].layer);
  fixture->layers[1].layer
    = g_strdup ("Shortcut: Conv 128 · 3×3 · stride 2×2 · padded by 1×1 · 16 groups · outcome");
  fixture->layers[1].number = "7.12";
  text = ask (fixture, "pdftotext", "-layout");
  if (text != NULL)
    {
      assert_contains (text, "7.12");
      parts = g_strsplit (text, "outcome", -1);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
    }
  clear_network (fixture, steps);
}

static void
test_many_classes (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree guint *counts = g_new0 (guint, MANY * MANY);
  g_autofree AtelierReportClass *classes = g_new0 (AtelierReportClass, MANY);
  g_autofree const char **class_names = g_new0 (const char *, MANY);
  g_autofree char *text = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      class_names[i] = i == 57 ? "the fifty-eighth" : "a class with a rather long name";
      classes[i] = (AtelierReportClass) { class_names[i], 0.5, 0.5, 0.5, 12 };
      counts[i * MANY + i] = 12;
    }
  fixture->matrix.counts = counts;
  fixture->matrix.n_classes = MANY;
  fixture->matrix.class_names = class_names;
  fixture->sheet.classes = classes;
  fixture->sheet.n_classes = MANY;
  g_assert_cmpuint (atelier_report_sheet_count_pages (&fixture->sheet), >=, 4);
  text = ask (fixture, "pdftotext", "-layout");
  if (text != NULL)
    assert_contains (text, "the fifty-eighth");
}

static void
test_odd_words (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *long_word = g_strnfill (3000, 'W');
  AtelierReportFact odd[] = { { long_word, long_word, TRUE }, { "", "", FALSE } };

  fixture->sheet.title = long_word;
  fixture->sheet.subtitle = "\xff\xfe";
  fixture->sheet.words = "<b>&amp;</b>\n\nשלום";
  fixture->sheet.matrix_title = "";
  fixture->sheet.mistakes_words = long_word;
  fixture->mistakes[0].truth = long_word;
  fixture->mistakes[1].score = NAN;
  fixture->sheet.groups[0].facts = odd;
  save (fixture);
}

static void
test_equal_sheets_give_equal_files (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *first = NULL, *second = NULL;
  gsize n_first, n_second;

  save (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &first, &n_first, NULL));
  save (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &second, &n_second, NULL));
  g_assert_cmpmem (first, n_first, second, n_second);
}

static void
test_wrong_names (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const paths[] = { "report.svg", "report.csv", "report" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_build_filename (fixture->folder, paths[i], NULL);

      g_assert_false (atelier_report_sheet_save (&fixture->sheet, path, write_bytes, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      assert_contains (error->message, paths[i]);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                            \
  g_test_add ("/render/report-sheet/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("text-is-found", test_text_is_found);
  ADD ("metadata", test_metadata);
  ADD ("structure", test_structure);
  ADD ("only-a-title", test_only_a_title);
  ADD ("missing-parts-are-said", test_missing_parts_are_said);
  ADD ("long-network", test_long_network);
  ADD ("network", test_network);
  ADD ("long-layer", test_long_layer);
  ADD ("many-classes", test_many_classes);
  ADD ("odd-words", test_odd_words);
  ADD ("equal-files", test_equal_sheets_give_equal_files);
  ADD ("wrong-names", test_wrong_names);
#undef ADD

  return g_test_run ();
}
