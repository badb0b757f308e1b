/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A history as CSV.
 *
 * One table of two kinds of rows was chosen over two files, which part on the way, and over two
 * tables in one file, which no reader of CSV expects.  A run of 100 epochs is some 10 MB of text
 * and is built in memory, since the file is replaced as a whole anyhow.  Main thread.
 */

#include "config.h"

#include "results/atelier-history-csv.h"

#include <math.h>
#include <string.h>

#include "base/atelier-file.h"

/* Digits that tell any two neighbouring values apart. */
#define FLOAT_FORMAT "%.9g"
#define DOUBLE_FORMAT "%.17g"

static const char head[] =
  "kind,epoch,batch,seconds,loss,accuracy,penalty,train_eval_loss,train_eval_accuracy,"
  "validation_loss,validation_accuracy,epoch_seconds,images_per_second,elapsed_seconds\r\n";

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
append_batch (GString        *csv,
              AtelierHistory *history,
              guint           i)
{
  guint number = atelier_history_get_first_batch (history) + i;
  guint batches_per_epoch = MAX (atelier_history_get_batches_per_epoch (history), 1);

  g_string_append_printf (csv, "batch,%u,%u", number / batches_per_epoch + 1, number + 1);
  append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_seconds (history)[i]);
  append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_losses (history)[i]);
  append_number (csv, FLOAT_FORMAT, atelier_history_get_batch_accuracies (history)[i]);
  g_string_append (csv, ",,,,,,,,\r\n");
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
  };

  g_string_append_printf (csv, "epoch,%u,%u,", figures->epoch,
                          figures->epoch * atelier_history_get_batches_per_epoch (history));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    append_number (csv, DOUBLE_FORMAT, values[i]);
  g_string_append (csv, "\r\n");
}

char *
atelier_history_to_csv (AtelierHistory *history)
{
  GString *csv;
  guint n_epochs, n_batches, first, batches_per_epoch, i_batch = 0;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history), NULL);

  n_epochs = atelier_history_get_n_epochs (history);
  n_batches = atelier_history_get_n_batches (history);
  first = atelier_history_get_first_batch (history);
  batches_per_epoch = atelier_history_get_batches_per_epoch (history);

  csv = g_string_new (head);
  for (guint i = 0; i < n_epochs; i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);

      /* The batches that it is made of. */
      for (; i_batch < n_batches && first + i_batch < figures->epoch * batches_per_epoch; i_batch++)
        append_batch (csv, history, i_batch);
      append_epoch (csv, history, figures);
    }
  for (; i_batch < n_batches; i_batch++)
    append_batch (csv, history, i_batch);

  return g_string_free (csv, FALSE);
}

gboolean
atelier_history_save_csv (AtelierHistory  *history,
                          const char      *path,
                          GError         **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  g_return_val_if_fail (ATELIER_IS_HISTORY (history) && path != NULL, FALSE);

  csv = atelier_history_to_csv (history);
  bytes = g_bytes_new_take (csv, strlen (csv));

  return atelier_file_write (path, bytes, error);
}
