/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as CSV.
 *
 * One file with both kinds of rows was rejected: whoever opens it in a spreadsheet or reads it into
 * a data frame gets a mixture, whose means and charts are of nothing.  A run of 100 epochs has some
 * 10 MB of batches as text; it is built in memory, since the file is replaced as a whole anyhow.
 * Main thread.
 */

#include "config.h"

#include "results/atelier-history-csv.h"

#include <math.h>

/* Digits that tell any two neighbouring values apart. */
#define FLOAT_FORMAT "%.9g"
#define DOUBLE_FORMAT "%.17g"

static const char epochs_head[] =
  "epoch,batch,loss,accuracy,penalty,train_eval_loss,train_eval_accuracy,validation_loss,"
  "validation_accuracy,seconds,images_per_second,elapsed_seconds,objective\r\n";
static const char batches_head[] = "batch,epoch,seconds,loss,accuracy\r\n";

static void
append_number (GString    *csv,
               const char *format,
               double      value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  if (isfinite (value))
    g_string_append (csv, g_ascii_formatd (text, sizeof text, format, value));
}

static void
append_epoch (GString                   *csv,
              AtelierHistory            *history,
              const AtelierEpochFigures *figures)
{
  const double values[] = {
    figures->loss,
    figures->accuracy,
    figures->penalty,
    figures->train_eval_loss,
    figures->train_eval_accuracy,
    figures->validation_loss,
    figures->validation_accuracy,
    figures->seconds,
    figures->images_per_second,
    figures->elapsed_seconds,
    figures->objective,
  };

  g_string_append_printf (csv, "%u,%u", figures->epoch,
                          figures->epoch * atelier_history_get_batches_per_epoch (history));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    append_number (csv, DOUBLE_FORMAT, values[i]);
  g_string_append (csv, "\r\n");
}

char *
atelier_history_to_csv (AtelierHistory *history)
{
  GString *csv;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  csv = g_string_new (epochs_head);
  for (guint i = 0; i < atelier_history_get_n_epochs (history); i++)
    append_epoch (csv, history, atelier_history_get_figures (history, i));

  return g_string_free (csv, FALSE);
}

char *
atelier_history_batches_to_csv (AtelierHistory *history)
{
  guint first, batches_per_epoch;
  GString *csv;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  first = atelier_history_get_first_batch (history);
  batches_per_epoch = atelier_history_get_batches_per_epoch (history);

  csv = g_string_new (batches_head);
  for (guint i = 0; i < atelier_history_get_n_batches (history); i++)
    {
      g_string_append_printf (csv, "%u,%u", first + i + 1, (first + i) / batches_per_epoch + 1);
      append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_seconds (history)[i]);
      append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_losses (history)[i]);
      append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_accuracies (history)[i]);
      g_string_append (csv, "\r\n");
    }

  return g_string_free (csv, FALSE);
}
