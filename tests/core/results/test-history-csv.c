/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as two tables: read back, they are the same history to the last bit. */

#include <locale.h>
#include <math.h>
#include <string.h>

#include "results/atelier-history-csv.h"

#define N_BATCHES 23
#define BATCHES_PER_EPOCH 10
#define N_EPOCHS 2
#define N_EPOCH_COLUMNS 13
#define N_BATCH_COLUMNS 5

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
    .objective = NAN,
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
    .objective = 0.7 / 3.0,
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

/* A value that is not finite is an empty field. */
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
  g_assert_cmpuint (g_strv_length (cells), ==, N_EPOCH_COLUMNS);
  g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, expected->epoch);
  g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==,
                    expected->epoch * BATCHES_PER_EPOCH);
  check_double (cells[2], expected->loss);
  check_double (cells[3], expected->accuracy);
  check_double (cells[4], expected->penalty);
  check_double (cells[5], expected->train_eval_loss);
  check_double (cells[6], expected->train_eval_accuracy);
  check_double (cells[7], expected->validation_loss);
  check_double (cells[8], expected->validation_accuracy);
  check_double (cells[9], expected->seconds);
  check_double (cells[10], expected->images_per_second);
  check_double (cells[11], expected->elapsed_seconds);
  check_double (cells[12], expected->objective);
}

static void
check_batch (const Fixture  *fixture,
             char          **cells,
             guint           i)
{
  g_assert_cmpuint (g_strv_length (cells), ==, N_BATCH_COLUMNS);
  g_assert_cmpuint (g_ascii_strtoull (cells[0], NULL, 10), ==, i + 1);
  g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==, i / BATCHES_PER_EPOCH + 1);
  check_float (cells[2], fixture->seconds[i]);
  check_float (cells[3], fixture->losses[i]);
  check_float (cells[4], fixture->accuracies[i]);
}

/* Splits a table into its head and @n_rows rows, each with as many cells as the head. */
static char **
split_rows (const char *csv,
            const char *head,
            guint       n_rows)
{
  char **lines = g_strsplit (csv, "\r\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 1 + n_rows + 1);
  g_assert_cmpstr (lines[0], ==, head);
  g_assert_cmpstr (lines[n_rows + 1], ==, "");

  return lines;
}

/* Reads both tables and compares them with what went into the history. */
static void
check_tables (const Fixture *fixture)
{
  g_autofree char *epochs = atelier_history_to_csv (fixture->history);
  g_autofree char *batches = atelier_history_batches_to_csv (fixture->history);
  g_auto (GStrv) epoch_lines
    = split_rows (epochs,
                  "epoch,batch,loss,accuracy,penalty,train_eval_loss,train_eval_accuracy,"
                  "validation_loss,validation_accuracy,seconds,images_per_second,elapsed_seconds,"
                  "objective",
                  N_EPOCHS);
  g_auto (GStrv) batch_lines
    = split_rows (batches, "batch,epoch,seconds,loss,accuracy", N_BATCHES);

  for (guint i = 0; i < N_EPOCHS; i++)
    {
      g_auto (GStrv) cells = g_strsplit (epoch_lines[i + 1], ",", -1);

      check_epoch (cells, &figures[i]);
    }
  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_auto (GStrv) cells = g_strsplit (batch_lines[i + 1], ",", -1);

      check_batch (fixture, cells, i);
    }
}

static void
test_read_back (Fixture       *fixture,
                gconstpointer  data)
{
  check_tables (fixture);
}

/* A locale with a decimal comma changes nothing. */
static void
test_any_locale (Fixture       *fixture,
                 gconstpointer  data)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no German locale");
      return;
    }
  check_tables (fixture);
  setlocale (LC_NUMERIC, "C");
}

static void
test_of_nothing (void)
{
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 1);
  g_autofree char *epochs = atelier_history_to_csv (history);
  g_autofree char *batches = atelier_history_batches_to_csv (history);

  g_assert_true (g_str_has_prefix (epochs, "epoch,"));
  g_assert_cmpuint (strcspn (epochs, "\r"), ==, strlen (epochs) - 2);
  g_assert_cmpstr (batches, ==, "batch,epoch,seconds,loss,accuracy\r\n");
}

/* A run that continues from a model counts from its own first batch. */
static void
test_later_part (void)
{
  const float value = 0.5f;
  g_autoptr (AtelierHistory) history = atelier_history_new (10, 3);
  g_autofree char *csv = NULL;

  atelier_history_set_first_batch (history, 19);
  atelier_history_append_batches (history, &value, &value, &value, 1);
  atelier_history_append_batches (history, &value, &value, &value, 1);
  csv = atelier_history_batches_to_csv (history);

  g_assert_nonnull (strstr (csv, "\r\n20,2,0.5,0.5,0.5\r\n21,3,0.5,0.5,0.5\r\n"));
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

  return g_test_run ();
}
