/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that a confusion matrix is written to, and which files on the disk they replace. */

#include "config.h"

#include <glib/gstdio.h>

#include "app-window.h"
#include "kit/atelier-export-job.h"
#include "mistakes/atelier-matrix-export.h"

#define N 3

static const char * const names[] = { "Shirt", "Coat, long", "Bag", NULL };
static const guint counts[] = {
  5, 3, 0,
  1, 7, 2,
  0, 0, 9,
};

typedef struct
{
  char             *folder;
  AtelierConfusion *confusion;
  char             *written;
  GError           *error;
  gboolean          is_done;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("matrix-export-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->confusion = atelier_confusion_new_from_counts (counts, N);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->written);
  g_clear_error (&fixture->error);
  atelier_confusion_unref (fixture->confusion);
}

static void
on_exported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->written = atelier_export_job_finish (result, &fixture->error);
  fixture->is_done = TRUE;
}

static gboolean
write_matrix (gpointer     data,
              const char  *path,
              GError     **error)
{
  return atelier_matrix_export_write (data, path, error);
}

static gboolean
write_classes (gpointer     data,
               const char  *path,
               GError     **error)
{
  return atelier_matrix_export_write_classes (data, path, error);
}

/* Exports, and reads the file. */
static char *
export_with (Fixture            *fixture,
             const char         *name,
             const char         *suffix,
             AtelierMatrixMode   mode,
             AtelierExportWrite  write)
{
  const AtelierExportJob job = { .suffix = suffix, .write = write };
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  fixture->is_done = FALSE;
  g_clear_pointer (&fixture->written, g_free);
  atelier_export_job_async (&job,
                            atelier_matrix_export_new (fixture->confusion, names, mode,
                                                       "Confusion matrix, Test, epoch 7"),
                            (GDestroyNotify) atelier_matrix_export_free, path, on_exported_cb,
                            fixture);
  app_wait_until (fixture->is_done);
  if (fixture->written)
    {
      g_file_get_contents (fixture->written, &content, NULL, &error);
      g_assert_no_error (error);
    }

  return content;
}

static char *
export (Fixture           *fixture,
        const char        *name,
        const char        *suffix,
        AtelierMatrixMode  mode)
{
  return export_with (fixture, name, suffix, mode, write_matrix);
}

/* The file has the counts, whatever the cells show. */
static void
test_csv (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *csv =
    export (fixture, "matrix.csv", "csv", ATELIER_MATRIX_PERCENT_OF_TRUTH);
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);

  g_assert_cmpstr (lines[0], ==, "truth,Shirt,\"Coat, long\",Bag");
  for (guint truth = 0; truth < N; truth++)
    {
      const char *rest = strrchr (lines[truth + 1], '"');
      g_auto (GStrv) fields = g_strsplit (rest ? rest : lines[truth + 1], ",", -1);

      g_assert_cmpuint (g_strv_length (fields), ==, N + 1);
      for (guint prediction = 0; prediction < N; prediction++)
        g_assert_cmpuint (g_ascii_strtoull (fields[prediction + 1], NULL, 10), ==,
                          counts[truth * N + prediction]);
    }
}

/* The table of classes is a file of its own, and never one that says to be a picture. */
static void
test_classes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *csv =
    export_with (fixture, "classes", "csv", ATELIER_MATRIX_COUNTS, write_classes);
  g_autofree char *expected = atelier_confusion_classes_to_csv (fixture->confusion, names);
  g_autofree char *picture = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpstr (csv, ==, expected);
  g_assert_true (g_str_has_suffix (fixture->written, "classes.csv"));

  picture = export_with (fixture, "classes.pdf", "csv", ATELIER_MATRIX_COUNTS, write_classes);
  g_assert_null (picture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* Each file is of the kind that its name says. */
static void
test_pictures (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    const char *suffix;
    const char *beginning;
  } formats[] = { { "pdf", "%PDF-" }, { "svg", "<?xml" }, { "png", "\x89PNG" } };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strdup_printf ("matrix.%s", formats[i].suffix);
      g_autofree char *content =
        export (fixture, name, formats[i].suffix, ATELIER_MATRIX_COUNTS);

      g_assert_true (g_str_has_prefix (content, formats[i].beginning));
    }
}

static void
test_adds_suffix (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *content = export (fixture, "mine v1.2", "svg", ATELIER_MATRIX_COUNTS);

  g_assert_no_error (fixture->error);
  g_assert_nonnull (content);
  g_assert_true (g_str_has_suffix (fixture->written, "mine v1.2.svg"));
}

/* The user was asked about replacing the name that was typed, not the name with the suffix. */
static void
test_replaces_only_what_was_named (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *first = export (fixture, "matrix.csv", "csv", ATELIER_MATRIX_COUNTS);
  g_autofree char *again = export (fixture, "matrix.csv", "csv", ATELIER_MATRIX_COUNTS);
  g_autofree char *longer = NULL;

  g_assert_cmpstr (first, ==, again);
  longer = export (fixture, "matrix", "csv", ATELIER_MATRIX_COUNTS);
  g_assert_null (longer);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/matrix-export/csv", test_csv);
  add ("/app/matrix-export/classes", test_classes);
  add ("/app/matrix-export/pictures", test_pictures);
  add ("/app/matrix-export/adds-suffix", test_adds_suffix);
  add ("/app/matrix-export/replaces-only-what-was-named", test_replaces_only_what_was_named);

  return g_test_run ();
}
