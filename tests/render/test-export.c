/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports: that each file is of the kind that its name says, that equal input gives equal bytes,
 * and that a failure leaves the older file and names it. */

#define _GNU_SOURCE /* memmem */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "atelier-export.h"

typedef struct
{
  char *directory; /* Owned */
} Fixture;

static const char *const names[] = { "T-shirt/top", "Trouser", "Ankle boot" };
static const guint counts[] = { 384, 4, 20, 1, 548, 0, 0, 2, 487 };

static const AtelierMatrix matrix = {
  .counts = counts,
  .n_classes = 3,
  .class_names = names,
  .title = "Confusion matrix",
  .caption = "Validation, epoch 7",
};

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
  fixture->directory = g_dir_make_tmp ("atelier-export-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  g_chmod (fixture->directory, 0700);
  directory = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
}

/* Exports the matrix to a file of this name and reads it back. */
static GBytes *
export_matrix (Fixture    *fixture,
               const char *name)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  atelier_export_matrix (&matrix, path, write_bytes, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &length, &error));
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

static gboolean
contains (GBytes     *bytes,
          const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

static void
test_formats (void)
{
  static const struct
  {
    const char         *path;
    AtelierExportFormat format;
  } cases[] = {
    { "curves.pdf", ATELIER_EXPORT_PDF },
    { "/a.b/curves.SVG", ATELIER_EXPORT_SVG },
    { "two.dots.Png", ATELIER_EXPORT_PNG },
    { "m.csv", ATELIER_EXPORT_CSV },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      AtelierExportFormat format;

      g_assert_true (atelier_export_format_from_path (cases[i].path, &format, &error));
      g_assert_no_error (error);
      g_assert_cmpint (format, ==, cases[i].format);
    }
}

static void
test_unknown_format (void)
{
  static const char *const paths[] = { "curves", "curves.jpeg", "curves.pdf.gz", "pdf", "" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      AtelierExportFormat format = ATELIER_EXPORT_SVG;

      g_assert_false (atelier_export_format_from_path (paths[i], &format, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
      g_assert_nonnull (strstr (error->message, paths[i]));
      for (guint j = 0; j < 4; j++)
        g_assert_nonnull (
            strstr (error->message, ((const char *[]) { ".pdf", ".svg", ".png", ".csv" })[j]));
      g_assert_cmpint (format, ==, ATELIER_EXPORT_SVG);
    }
}

static void
test_csv (Fixture       *fixture,
          gconstpointer  data)
{
  static const char expected[] = "truth,T-shirt/top,Trouser,Ankle boot\r\n"
                                 "T-shirt/top,384,4,20\r\n"
                                 "Trouser,1,548,0\r\n"
                                 "Ankle boot,0,2,487\r\n";
  g_autoptr (GBytes) bytes = export_matrix (fixture, "matrix.csv");

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static void
test_csv_quoted (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const odd_names[] = {
    "a, b", "say \"c\"", "two\nlines", "Stiefel für Füße",
  };
  static const char expected[] =
      "truth,\"a, b\",\"say \"\"c\"\"\",\"two\nlines\",Stiefel für Füße\r\n"
      "\"a, b\",1,0,0,0\r\n"
      "\"say \"\"c\"\"\",0,2,0,0\r\n"
      "\"two\nlines\",0,0,3,0\r\n"
      "Stiefel für Füße,0,0,0,4294967295\r\n";
  static const guint odd_counts[] = { 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, G_MAXUINT };
  AtelierMatrix odd = { .counts = odd_counts, .n_classes = 4, .class_names = odd_names };
  g_autofree char *path = g_build_filename (fixture->directory, "odd.csv", NULL), *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_export_matrix (&odd, path, write_bytes, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_pdf (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GBytes) bytes = export_matrix (fixture, "matrix.pdf");

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 4, "%PDF", 4);
  g_assert_true (contains (bytes, "%%EOF"));
  g_assert_false (contains (bytes, "CreationDate"));
}

static void
test_pdf_words (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GBytes) bytes = export_matrix (fixture, "matrix.pdf");
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *path = g_build_filename (fixture->directory, "matrix.pdf", NULL), *words = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (program == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  g_spawn_sync (NULL, (char *[]) { program, path, (char *) "-", NULL }, NULL, G_SPAWN_DEFAULT, NULL,
                NULL, &words, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (strstr (words, names[i]));
  g_assert_nonnull (strstr (words, "Confusion matrix"));
  g_assert_nonnull (strstr (words, "548"));
}

static void
count_element_cb (GMarkupParseContext  *context,
                  const char           *element_name,
                  const char          **attribute_names,
                  const char          **attribute_values,
                  gpointer              user_data,
                  GError              **error)
{
  guint *n_elements = user_data;

  if (*n_elements == 0)
    g_assert_cmpstr (element_name, ==, "svg");
  (*n_elements)++;
}

static void
test_svg (Fixture       *fixture,
          gconstpointer  data)
{
  static const GMarkupParser parser = { .start_element = count_element_cb };
  g_autoptr (GBytes) bytes = export_matrix (fixture, "matrix.svg");
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context;
  guint n_elements = 0;

  context = g_markup_parse_context_new (&parser, 0, &n_elements, NULL);
  g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  g_assert_cmpuint (n_elements, >, 30);
}

static void
draw_corner (cairo_t  *cr,
             double    width,
             double    height,
             gpointer  user_data)
{
  g_assert_cmpfloat (width, ==, 120.5);
  g_assert_cmpfloat (height, ==, 80.0);
  cairo_set_source_rgb (cr, 1.0, 0.0, 0.0);
  cairo_rectangle (cr, 0.0, 0.0, 10.0, 10.0);
  cairo_fill (cr);
}

static guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface)
                      + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (const void *) row)[x] & 0xffffff;
}

static void
test_png (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "corner.png", NULL);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface;

  g_assert_true (atelier_export_drawing (path, 120.5, 80.0, draw_corner, NULL, write_bytes,
                                         &error));
  g_assert_no_error (error);

  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 241);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 160);
  g_assert_cmphex (get_pixel (surface, 19, 19), ==, 0xff0000);
  g_assert_cmphex (get_pixel (surface, 20, 20), ==, 0xffffff);
  cairo_surface_destroy (surface);
}

static void
draw_chart (cairo_t  *cr,
            double    width,
            double    height,
            gpointer  user_data)
{
  atelier_chart_draw (user_data, &atelier_palette_light, cr, width, height);
}

/* A chart with more batches than pixels, in every picture format. */
static void
test_chart (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree float *batches = g_new (float, 20000);
  static const double training[] = { 0.5, 0.4, 0.3 };
  AtelierSeries series[] = {
    { NULL, ATELIER_SERIES_FAINT, 20000, NULL, 0.0, 3.0 / 20000, NULL, batches },
    { "training", ATELIER_SERIES_TRAINING, 3, NULL, 1.0, 1.0, training, NULL },
  };
  AtelierChart chart = { .title = "Loss", .series = series, .n_series = 2, .x_max = 3.0,
                         .y_min = NAN, .y_max = NAN, .x_title = "epoch" };

  for (guint i = 0; i < 20000; i++)
    batches[i] = (float) (0.3 + i % 10 / 30.0);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("chart%s",
                                               ((const char *[]) { ".pdf", ".svg", ".png" })[i]);
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (atelier_export_drawing (path, 400.0, 250.0, draw_chart, &chart, write_bytes,
                                             &error));
      g_assert_no_error (error);
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
}

/* SVG is left out: cairo counts the numbers of its groups up as long as the program runs. */
static void
test_equal_bytes (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const endings[] = { "pdf", "png", "csv" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *first_name = g_strdup_printf ("first.%s", endings[i]);
      g_autofree char *second_name = g_strdup_printf ("second.%s", endings[i]);
      g_autoptr (GBytes) first = export_matrix (fixture, first_name);
      g_autoptr (GBytes) second = export_matrix (fixture, second_name);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_drawing_is_no_table (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "curves.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_export_drawing (path, 120.5, 80.0, draw_corner, NULL, write_bytes,
                                          &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* An old file, and an export over it that fails: only the old file is left, and the message names
 * it. */
static void
assert_failure_keeps_old_file (Fixture *fixture,
                               gboolean (*export) (const char *path, GError **error))
{
  g_autofree char *path = g_build_filename (fixture->directory, "old.pdf", NULL), *contents = NULL;
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (export (path, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  directory = g_dir_open (fixture->directory, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (directory), ==, "old.pdf");
  g_assert_null (g_dir_read_name (directory));
}

static void
draw_wrongly (cairo_t  *cr,
              double    width,
              double    height,
              gpointer  user_data)
{
  cairo_restore (cr); /* without a save */
}

static gboolean
export_wrongly (const char  *path,
                GError     **error)
{
  return atelier_export_drawing (path, 100.0, 100.0, draw_wrongly, NULL, write_bytes, error);
}

static void
test_failed_drawing (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_failure_keeps_old_file (fixture, export_wrongly);
}

static gboolean
fail_to_write (const char  *path,
               GBytes      *bytes,
               GError     **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s: full", path);
  return FALSE;
}

static gboolean
export_without_room (const char  *path,
                     GError     **error)
{
  return atelier_export_matrix (&matrix, path, fail_to_write, error);
}

static void
test_failed_writing (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_failure_keeps_old_file (fixture, export_without_room);
}

/* The curves of a run, in two charts with a caption. */
static gboolean
export_charts (Fixture     *fixture,
               const char  *name,
               char       **path,
               GError     **error)
{
  static const double loss[] = { 0.5, 0.4, 0.35 }, accuracy[] = { 0.8, 0.85, 0.9 };
  const AtelierSeries series[] = {
    { "training", ATELIER_SERIES_TRAINING, 3, NULL, 1.0, 1.0, loss, NULL },
    { "validation", ATELIER_SERIES_VALIDATION, 3, NULL, 1.0, 1.0, accuracy, NULL },
  };
  const AtelierChart charts[] = {
    { .title = "Loss", .series = &series[0], .n_series = 1, .x_max = 3.0, .y_min = NAN,
      .y_max = NAN, .has_cursor = TRUE, .cursor_x = 2.0, .cursor_label = "under the pointer",
      .has_band = TRUE, .band_end = 2.0, .font_size = 40.0 },
    { .title = "Accuracy", .series = &series[1], .n_series = 1, .x_max = 3.0, .y_min = NAN,
      .y_max = NAN, .is_percent = TRUE },
  };

  *path = g_build_filename (fixture->directory, name, NULL);

  return atelier_export_charts (charts, G_N_ELEMENTS (charts), "Validation loss is at its lowest.",
                                *path, write_bytes, error);
}

static void
test_charts_pdf (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = NULL, *words = NULL, *program = g_find_program_in_path ("pdftotext");
  g_autoptr (GError) error = NULL;

  g_assert_true (export_charts (fixture, "curves.pdf", &path, &error));
  g_assert_no_error (error);
  if (program == NULL)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  g_spawn_sync (NULL, (char *[]) { program, path, (char *) "-", NULL }, NULL, G_SPAWN_DEFAULT, NULL,
                NULL, &words, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, "Loss"));
  g_assert_nonnull (strstr (words, "Accuracy"));
  g_assert_nonnull (strstr (words, "training"));
  g_assert_nonnull (strstr (words, "validation"));
  g_assert_nonnull (strstr (words, "Validation loss is at its lowest."));
  /* The marks of the window are not exported. */
  g_assert_null (strstr (words, "under the pointer"));
}

static void
test_charts_svg (Fixture       *fixture,
                 gconstpointer  data)
{
  static const GMarkupParser parser = { .start_element = count_element_cb };
  g_autofree char *path = NULL, *svg = NULL;
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context;
  guint n_elements = 0;

  g_assert_true (export_charts (fixture, "curves.svg", &path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  context = g_markup_parse_context_new (&parser, 0, &n_elements, NULL);
  g_assert_true (g_markup_parse_context_parse (context, svg, -1, &error));
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_markup_parse_context_free (context);
  g_assert_cmpuint (n_elements, >, 30);
}

/* Two charts below each other, and room for the caption. */
static void
test_charts_png (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface;

  g_assert_true (export_charts (fixture, "curves.png", &path, &error));
  g_assert_no_error (error);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 1280);
  g_assert_cmpint (cairo_image_surface_get_height (surface), >, 1200);
  g_assert_cmpint (cairo_image_surface_get_height (surface), <, 1320);
  g_assert_cmphex (get_pixel (surface, 1, 1), ==, 0xffffff);
  cairo_surface_destroy (surface);
}

static void
test_charts_are_no_csv (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (export_charts (fixture, "curves.csv", &path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add ("/render/export/" path, Fixture, NULL, set_up, test, tear_down)
  g_test_add_func ("/render/export/formats", test_formats);
  g_test_add_func ("/render/export/unknown-format", test_unknown_format);
  ADD ("csv", test_csv);
  ADD ("csv-quoted", test_csv_quoted);
  ADD ("pdf", test_pdf);
  ADD ("pdf-words", test_pdf_words);
  ADD ("svg", test_svg);
  ADD ("png", test_png);
  ADD ("chart", test_chart);
  ADD ("equal-bytes", test_equal_bytes);
  ADD ("drawing-is-no-table", test_drawing_is_no_table);
  ADD ("failed-drawing", test_failed_drawing);
  ADD ("failed-writing", test_failed_writing);

  ADD ("charts/pdf", test_charts_pdf);
  ADD ("charts/svg", test_charts_svg);
  ADD ("charts/png", test_charts_png);
  ADD ("charts/no-csv", test_charts_are_no_csv);
  return g_test_run ();
}
