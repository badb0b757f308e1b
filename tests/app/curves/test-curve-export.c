/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exported files can be opened, and have the figures of the history. */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "app-window.h"
#include "curves/atelier-curve-export.h"
#include "data/atelier-synthetic.h"
#include "kit/atelier-export-job.h"
#include "results/atelier-history-csv.h"
#include "small-runs.h"

#define BATCHES_PER_EPOCH 5

typedef struct
{
  AtelierFocus     *focus;
  AtelierHistory   *history;
  AtelierSplits    *splits;
  AtelierCurveView *view;
  char             *dir;
  char             *path;  /* that was written; NULL before, and after an error */
  GError           *error;
} Fixture;

static void
set_run (Fixture        *fixture,
         AtelierHistory *history)
{
  g_autoptr (AtelierRunRecord) record = record_of (history, fixture->splits);

  atelier_focus_set_run (fixture->focus, record, fixture->splits);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const float values[BATCHES_PER_EPOCH] = { 0.9f, 0.7f, 0.6f, 0.5f, 0.4f };

  fixture->focus = atelier_focus_new ();
  fixture->view = atelier_curve_view_new ();
  fixture->history = atelier_history_new (BATCHES_PER_EPOCH, 4);
  fixture->splits = garment_splits_new (ATELIER_SYNTHETIC_SEED, 20, 10);
  fixture->dir = g_dir_make_tmp ("atelier-curves-XXXXXX", NULL);

  for (guint epoch = 1; epoch <= 3; epoch++)
    {
      const AtelierEpochFigures figures = {
        .epoch = epoch, .loss = 0.6 / epoch, .accuracy = 0.7, .train_eval_loss = 0.5 / epoch,
        .train_eval_accuracy = 0.8, .validation_loss = 0.7 / epoch, .validation_accuracy = 0.75,
        .seconds = 1.0,
      };
      g_autoptr (AtelierEpoch) item = atelier_epoch_new (&figures, NULL, NULL);
      float seconds[BATCHES_PER_EPOCH];

      for (guint i = 0; i < BATCHES_PER_EPOCH; i++)
        seconds[i] = (float) epoch - 1.0f + 0.2f * (float) (i + 1);
      atelier_history_append_batches (fixture->history, values, values, seconds,
                                      BATCHES_PER_EPOCH);
      atelier_history_append_epoch (fixture->history, item);
    }
  set_run (fixture, fixture->history);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  if (fixture->path)
    g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_clear_error (&fixture->error);
  g_free (fixture->path);
  g_free (fixture->dir);
  g_assert_finalize_object (fixture->focus);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->history);
  atelier_splits_unref (fixture->splits);
}

static gboolean
write_curves (gpointer     data,
              const char  *path,
              GError     **error)
{
  return atelier_curve_export_write (data, path, error);
}

static void
on_written_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->path = atelier_export_job_finish (result, &fixture->error);
}

/* @name and the job's suffix, as a person may type and choose them. */
static void
save (Fixture    *fixture,
      const char *name,
      const char *suffix)
{
  const AtelierExportJob job = {
    .title = "Save", .suggested_name = "curves", .suffix = suffix, .failure = "Not saved",
    .write = write_curves,
  };
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  atelier_export_job_async (&job, atelier_curve_export_new (fixture->focus, fixture->view),
                            (GDestroyNotify) atelier_curve_export_free, path, on_written_cb,
                            fixture);
  app_wait_until (fixture->path || fixture->error);
}

static char *
read_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
test_csv (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *expected = atelier_history_to_csv (fixture->history);
  g_autofree char *text = NULL;

  save (fixture, "curves.csv", "csv");
  g_assert_no_error (fixture->error);
  text = read_file (fixture);
  g_assert_cmpstr (text, ==, expected);
}

/* What is measured after the export began is not in the file. */
static void
test_moment (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *expected = atelier_history_to_csv (fixture->history);
  g_autoptr (AtelierCurveExport) curves =
    atelier_curve_export_new (fixture->focus, fixture->view);
  g_autofree char *text = NULL;
  const float more[1] = { 0.1f };

  atelier_history_append_batches (fixture->history, more, more, more, 1);
  fixture->path = g_build_filename (fixture->dir, "curves.csv", NULL);
  g_assert_true (atelier_curve_export_write (curves, fixture->path, NULL));
  text = read_file (fixture);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_svg (Fixture       *fixture,
          gconstpointer  data)
{
  static const GMarkupParser parser = { NULL };
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_object_set (fixture->view, "unit", ATELIER_X_SECONDS, "smooth", TRUE, "train-eval", TRUE,
                NULL);
  save (fixture, "curves.svg", "svg");
  g_assert_no_error (fixture->error);
  text = read_file (fixture);
  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
test_png (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, "curves.png", "png");
  g_assert_no_error (fixture->error);
  pixbuf = gdk_pixbuf_new_from_file (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), >, 500);
}

/* The page's text can be searched: the charts' titles and the words below them. */
static void
test_pdf (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *words = atelier_focus_describe_run (fixture->focus);
  const char *arguments[] = { "pdftotext", NULL, "-", NULL };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, "curves.pdf", "pdf");
  g_assert_no_error (fixture->error);
  if (!program)
    {
      g_test_skip ("pdftotext is not installed");
      return;
    }

  arguments[1] = fixture->path;
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Loss"));
  g_assert_nonnull (strstr (text, "Accuracy"));
  words[12] = '\0'; /* as far as the page's first line goes in any case */
  g_assert_nonnull (strstr (text, words));
}

static void
test_adds_the_ending (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *expected = g_build_filename (fixture->dir, "mine.csv", NULL);

  save (fixture, "mine", "csv");
  g_assert_cmpstr (fixture->path, ==, expected);

  /* The person was not asked about the longer name. */
  g_clear_pointer (&fixture->path, g_free);
  save (fixture, "mine", "csv");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  fixture->path = g_strdup (expected);
}

static void
test_errors (Fixture       *fixture,
             gconstpointer  data)
{
  save (fixture, "curves.doc", "pdf");
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&fixture->error);
  save (fixture, "nowhere/curves.pdf", "pdf");
  g_assert_nonnull (fixture->error);
  g_assert_nonnull (strstr (fixture->error->message, "curves.pdf"));
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/curve-export/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("csv", test_csv);
  ADD_TEST ("moment", test_moment);
  ADD_TEST ("svg", test_svg);
  ADD_TEST ("png", test_png);
  ADD_TEST ("pdf", test_pdf);
  ADD_TEST ("adds-the-ending", test_adds_the_ending);
  ADD_TEST ("errors", test_errors);

  return g_test_run ();
}
