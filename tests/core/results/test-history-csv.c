/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as CSV: read back, it is the same history to the last bit. */

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/atelier-error.h"
#include "results/atelier-history-csv.h"

#define N_BATCHES 23
#define BATCHES_PER_EPOCH 10
#define N_EPOCHS 2
#define N_COLUMNS 14

/* Values without a short decimal form, in one epoch without validation and one with. */
static const AtelierEpochFigures figures[N_EPOCHS] = {
  {
    .epoch = 1,
    .loss = 1.0 / 3.0,
    .accuracy = 2.0 / 3.0,
    .penalty = 1e-17 / 7.0,
    .train_eval_loss = NAN,
    .train_eval_accuracy = NAN,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
    .seconds = 8.1,
    .images_per_second = 6789.1234567,
    .elapsed_seconds = 8.3,
  },
  {
    .epoch = 2,
    .loss = 0.1,
    .accuracy = 0.9,
    .penalty = 0.012345678901234567,
    .train_eval_loss = 0.3 - 0.1,
    .train_eval_accuracy = 0.7 + 0.1,
    .validation_loss = INFINITY,
    .validation_accuracy = 0.89,
    .seconds = 7.9,
    .images_per_second = 1e300,
    .elapsed_seconds = 16.5,
  },
};

typedef struct
{
  AtelierHistory *history; /* Owned */
  float           losses[N_BATCHES];
  float           accuracies[N_BATCHES];
  float           seconds[N_BATCHES];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->history = atelier_history_new (BATCHES_PER_EPOCH, 5);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      fixture->losses[i] = i == 7 ? NAN : 2.3f / (i + 1.0f);
      fixture->accuracies[i] = 1.0f - 1.0f / (i + 3.0f);
      fixture->seconds[i] = 0.137f * (i + 1.0f);
    }
  atelier_history_append_batches (fixture->history, fixture->losses, fixture->accuracies,
                                  fixture->seconds, N_BATCHES);
  for (guint i = 0; i < N_EPOCHS; i++)
    {
      g_autoptr (AtelierEpoch) epoch = atelier_epoch_new (&figures[i], NULL, NULL);

      atelier_history_append_epoch (fixture->history, epoch);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->history);
}

static double
read_number (const char *text)
{
  char *end;
  double value;

  if (*text == '\0')
    return NAN;
  value = g_ascii_strtod (text, &end);
  g_assert_cmpstr (end, ==, "");

  return value;
}

/* Not finite is empty. */
static void
check_double (const char *text,
              double      expected)
{
  if (isfinite (expected))
    g_assert_cmpfloat (read_number (text), ==, expected);
  else
    g_assert_cmpstr (text, ==, "");
}

static void
check_float (const char *text,
             float       expected)
{
  if (isfinite (expected))
    g_assert_cmpfloat ((float) read_number (text), ==, expected);
  else
    g_assert_cmpstr (text, ==, "");
}

static void
check_epoch (char                      **cells,
             const AtelierEpochFigures  *expected)
{
  g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==, expected->epoch);
  g_assert_cmpuint (g_ascii_strtoull (cells[2], NULL, 10), ==,
                    expected->epoch * BATCHES_PER_EPOCH);
  g_assert_cmpstr (cells[3], ==, "");
  check_double (cells[4], expected->loss);
  check_double (cells[5], expected->accuracy);
  check_double (cells[6], expected->penalty);
  check_double (cells[7], expected->train_eval_loss);
  check_double (cells[8], expected->train_eval_accuracy);
  check_double (cells[9], expected->validation_loss);
  check_double (cells[10], expected->validation_accuracy);
  check_double (cells[11], expected->seconds);
  check_double (cells[12], expected->images_per_second);
  check_double (cells[13], expected->elapsed_seconds);
}

static void
check_batch (const Fixture  *fixture,
             char          **cells,
             guint           i)
{
  g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==, i / BATCHES_PER_EPOCH + 1);
  g_assert_cmpuint (g_ascii_strtoull (cells[2], NULL, 10), ==, i + 1);
  check_float (cells[3], fixture->seconds[i]);
  check_float (cells[4], fixture->losses[i]);
  check_float (cells[5], fixture->accuracies[i]);
  for (guint j = 6; j < N_COLUMNS; j++)
    g_assert_cmpstr (cells[j], ==, "");
}

/* Reads the whole table and compares it with what went into the history. */
static void
check_csv (const Fixture *fixture,
           const char    *csv)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  guint n_lines = g_strv_length (lines), n_epochs = 0, n_batches = 0;

  g_assert_cmpuint (n_lines, ==, 1 + N_BATCHES + N_EPOCHS + 1);
  g_assert_true (g_str_has_prefix (lines[0], "kind,epoch,batch,seconds,loss,accuracy,penalty,"));
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  for (guint i = 0; i < n_lines - 1; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, N_COLUMNS);
      if (g_str_equal (cells[0], "epoch"))
        {
          /* After its own batches. */
          check_epoch (cells, &figures[n_epochs++]);
          g_assert_cmpuint (n_batches, ==, n_epochs * BATCHES_PER_EPOCH);
        }
      else if (g_str_equal (cells[0], "batch"))
        check_batch (fixture, cells, n_batches++);
      else
        g_assert_cmpuint (i, ==, 0);
    }
  g_assert_cmpuint (n_epochs, ==, N_EPOCHS);
  g_assert_cmpuint (n_batches, ==, N_BATCHES);
}

static void
test_read_back (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *csv = atelier_history_to_csv (fixture->history);

  check_csv (fixture, csv);
}

/* A locale that writes a comma for the point changes nothing. */
static void
test_any_locale (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *csv = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no German locale");
      return;
    }
  csv = atelier_history_to_csv (fixture->history);
  setlocale (LC_NUMERIC, "C");

  check_csv (fixture, csv);
}

static void
test_of_nothing (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 1);
  g_autofree char *csv = atelier_history_to_csv (history);

  g_assert_true (g_str_has_prefix (csv, "kind,"));
  g_assert_cmpuint (strcspn (csv, "\r"), ==, strlen (csv) - 2);
}

/* A run that went on from a model counts on from its first batch. */
static void
test_later_part (void)
{
  const float value = 0.5f;
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 3);
  g_autofree char *csv = NULL;

  atelier_history_set_first_batch (history, 19);
  atelier_history_append_batches (history, &value, &value, &value, 1);
  atelier_history_append_batches (history, &value, &value, &value, 1);
  csv = atelier_history_to_csv (history);

  g_assert_nonnull (strstr (csv, "\r\nbatch,2,20,0.5,0.5,0.5,,"));
  g_assert_nonnull (strstr (csv, "\r\nbatch,3,21,0.5,0.5,0.5,,"));
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("atelier-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "history.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "history.csv", NULL);
  g_autofree char *csv = NULL;

  g_assert_true (atelier_history_save_csv (fixture->history, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  check_csv (fixture, csv);

  g_assert_false (atelier_history_save_csv (fixture->history, nowhere, &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "history.csv"));

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/core/history-csv/read-back", Fixture, NULL, set_up, test_read_back, tear_down);
  g_test_add ("/core/history-csv/any-locale", Fixture, NULL, set_up, test_any_locale, tear_down);
  g_test_add_func ("/core/history-csv/nothing", test_of_nothing);
  g_test_add_func ("/core/history-csv/later-part", test_later_part);
  g_test_add ("/core/history-csv/save", Fixture, NULL, set_up, test_save, tear_down);

  return g_test_run ();
}
