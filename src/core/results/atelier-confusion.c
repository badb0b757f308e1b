/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts of truth against prediction, and the rates that follow.
 *
 * A square of counts with its row, column and whole sums, all taken once when it is made: it is
 * small (ten classes are a hundred counts) and is read far more often than made.  Rates are
 * computed on demand in double from the counts, so that they can never disagree with them; a rate
 * without a denominator is NaN, never 0 or 1.
 *
 *   precision = right / everything predicted as the class
 *   recall = right / everything that is the class
 *   F1 = 2 right / (predicted as the class + is the class), the harmonic mean of the two
 *
 * Immutable after it was made, so any thread may read; the reference count is atomic.
 */

#include "config.h"

#include "results/atelier-confusion.h"

#include <math.h>
#include <string.h>

struct _AtelierConfusion
{
  guint n_classes;
  guint total;
  guint n_right;

  /* Owned */
  guint *counts;        /* [n_classes, n_classes]: truth, prediction */
  guint *row_totals;    /* [n_classes] */
  guint *column_totals; /* [n_classes] */
};

G_DEFINE_BOXED_TYPE (AtelierConfusion,
                     atelier_confusion,
                     atelier_confusion_ref,
                     atelier_confusion_unref)

static AtelierConfusion *
create_empty (guint n_classes)
{
  AtelierConfusion *confusion = g_atomic_rc_box_new0 (AtelierConfusion);

  confusion->n_classes = n_classes;
  confusion->counts = g_new0 (guint, (gsize) n_classes * n_classes);
  confusion->row_totals = g_new0 (guint, n_classes);
  confusion->column_totals = g_new0 (guint, n_classes);

  return confusion;
}

static void
sum_counts (AtelierConfusion *confusion)
{
  const guint n_classes = confusion->n_classes;

  for (guint truth = 0; truth < n_classes; truth++)
    {
      for (guint prediction = 0; prediction < n_classes; prediction++)
        {
          guint count = confusion->counts[truth * n_classes + prediction];

          confusion->row_totals[truth] += count;
          confusion->column_totals[prediction] += count;
          confusion->total += count;
        }

      confusion->n_right += confusion->counts[truth * n_classes + truth];
    }
}

static double
divide_counts (double numerator,
               double denominator)
{
  return denominator > 0.0 ? numerator / denominator : NAN;
}

static guint
get_n_right (AtelierConfusion *confusion,
             guint             i_class)
{
  return confusion->counts[i_class * confusion->n_classes + i_class];
}

/* Largest count first, then reading order. */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const AtelierConfusedPair *pair_a = a;
  const AtelierConfusedPair *pair_b = b;

  if (pair_a->count != pair_b->count)
    return pair_a->count > pair_b->count ? -1 : 1;
  if (pair_a->truth != pair_b->truth)
    return pair_a->truth < pair_b->truth ? -1 : 1;

  return (pair_a->prediction > pair_b->prediction) - (pair_a->prediction < pair_b->prediction);
}

static void
clear_confusion (gpointer data)
{
  AtelierConfusion *confusion = data;

  g_free (confusion->counts);
  g_free (confusion->row_totals);
  g_free (confusion->column_totals);
}

AtelierConfusion *
atelier_confusion_new (AtelierPredictions *predictions)
{
  AtelierConfusion *confusion;
  guint n;

  g_return_val_if_fail (predictions != NULL, NULL);

  confusion = create_empty (atelier_predictions_get_n_classes (predictions));
  n = atelier_predictions_get_n (predictions);
  for (guint i = 0; i < n; i++)
    {
      guint truth = atelier_predictions_get_label (predictions, i);
      guint prediction = atelier_predictions_get_class (predictions, i);

      confusion->counts[truth * confusion->n_classes + prediction]++;
    }
  sum_counts (confusion);

  return confusion;
}

AtelierConfusion *
atelier_confusion_new_from_counts (const guint *counts,
                                   guint        n_classes)
{
  AtelierConfusion *confusion;

  g_return_val_if_fail (counts != NULL, NULL);
  g_return_val_if_fail (n_classes >= 1 && n_classes <= 256, NULL);

  confusion = create_empty (n_classes);
  memcpy (confusion->counts, counts, sizeof (guint) * n_classes * n_classes);
  sum_counts (confusion);

  return confusion;
}

AtelierConfusion *
atelier_confusion_ref (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, NULL);

  return g_atomic_rc_box_acquire (confusion);
}

void
atelier_confusion_unref (AtelierConfusion *confusion)
{
  g_return_if_fail (confusion != NULL);

  g_atomic_rc_box_release_full (confusion, clear_confusion);
}

guint
atelier_confusion_get_n_classes (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, 0);

  return confusion->n_classes;
}

const guint *
atelier_confusion_get_counts (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, NULL);

  return confusion->counts;
}

guint
atelier_confusion_get_count (AtelierConfusion *confusion,
                             guint             truth,
                             guint             prediction)
{
  g_return_val_if_fail (confusion != NULL, 0);
  g_return_val_if_fail (truth < confusion->n_classes, 0);
  g_return_val_if_fail (prediction < confusion->n_classes, 0);

  return confusion->counts[truth * confusion->n_classes + prediction];
}

guint
atelier_confusion_get_row_total (AtelierConfusion *confusion,
                                 guint             truth)
{
  g_return_val_if_fail (confusion != NULL, 0);
  g_return_val_if_fail (truth < confusion->n_classes, 0);

  return confusion->row_totals[truth];
}

guint
atelier_confusion_get_column_total (AtelierConfusion *confusion,
                                    guint             prediction)
{
  g_return_val_if_fail (confusion != NULL, 0);
  g_return_val_if_fail (prediction < confusion->n_classes, 0);

  return confusion->column_totals[prediction];
}

guint
atelier_confusion_get_total (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, 0);

  return confusion->total;
}

guint
atelier_confusion_get_n_mistakes (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, 0);

  return confusion->total - confusion->n_right;
}

double
atelier_confusion_get_accuracy (AtelierConfusion *confusion)
{
  g_return_val_if_fail (confusion != NULL, NAN);

  return divide_counts (confusion->n_right, confusion->total);
}

double
atelier_confusion_get_precision (AtelierConfusion *confusion,
                                 guint             i_class)
{
  g_return_val_if_fail (confusion != NULL, NAN);
  g_return_val_if_fail (i_class < confusion->n_classes, NAN);

  return divide_counts (get_n_right (confusion, i_class), confusion->column_totals[i_class]);
}

double
atelier_confusion_get_recall (AtelierConfusion *confusion,
                              guint             i_class)
{
  g_return_val_if_fail (confusion != NULL, NAN);
  g_return_val_if_fail (i_class < confusion->n_classes, NAN);

  return divide_counts (get_n_right (confusion, i_class), confusion->row_totals[i_class]);
}

double
atelier_confusion_get_f1 (AtelierConfusion *confusion,
                          guint             i_class)
{
  g_return_val_if_fail (confusion != NULL, NAN);
  g_return_val_if_fail (i_class < confusion->n_classes, NAN);

  return divide_counts (2.0 * get_n_right (confusion, i_class),
                        (double) confusion->row_totals[i_class] +
                        confusion->column_totals[i_class]);
}

double
atelier_confusion_get_macro_f1 (AtelierConfusion *confusion)
{
  double sum = 0.0;
  guint n = 0;

  g_return_val_if_fail (confusion != NULL, NAN);

  for (guint i = 0; i < confusion->n_classes; i++)
    if (confusion->row_totals[i] + confusion->column_totals[i] > 0)
      {
        sum += atelier_confusion_get_f1 (confusion, i);
        n++;
      }

  return divide_counts (sum, n);
}

guint
atelier_confusion_get_worst_pairs (AtelierConfusion    *confusion,
                                   AtelierConfusedPair *pairs,
                                   guint                n_pairs)
{
  g_autoptr (GArray) all = NULL;
  guint n_returned;

  g_return_val_if_fail (confusion != NULL, 0);
  g_return_val_if_fail (pairs != NULL || n_pairs == 0, 0);

  all = g_array_new (FALSE, FALSE, sizeof (AtelierConfusedPair));
  for (guint truth = 0; truth < confusion->n_classes; truth++)
    {
      for (guint prediction = 0; prediction < confusion->n_classes; prediction++)
        {
          AtelierConfusedPair pair = {
            truth, prediction, confusion->counts[truth * confusion->n_classes + prediction]
          };

          if (truth != prediction && pair.count > 0)
            g_array_append_val (all, pair);
        }
    }

  g_array_sort (all, compare_pairs);
  n_returned = MIN (n_pairs, all->len);
  if (n_returned > 0)
    memcpy (pairs, all->data, n_returned * sizeof (AtelierConfusedPair));

  return n_returned;
}

static void
append_text (GString    *csv,
             const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

static void
append_rate (GString *csv,
             double   rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  if (isfinite (rate))
    g_string_append (csv, g_ascii_dtostr (text, sizeof text, rate));
}

char *
atelier_confusion_classes_to_csv (AtelierConfusion   *confusion,
                                  const char * const *class_names)
{
  GString *csv;

  g_return_val_if_fail (confusion != NULL && class_names != NULL, NULL);

  csv = g_string_new ("class,precision,recall,f1,images\r\n");
  for (guint i = 0; i < confusion->n_classes; i++)
    {
      append_text (csv, class_names[i]);
      append_rate (csv, atelier_confusion_get_precision (confusion, i));
      append_rate (csv, atelier_confusion_get_recall (confusion, i));
      append_rate (csv, atelier_confusion_get_f1 (confusion, i));
      g_string_append_printf (csv, ",%u\r\n", confusion->row_totals[i]);
    }

  return g_string_free (csv, FALSE);
}
