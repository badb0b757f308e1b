/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierConfusion - counts of truth against prediction, and the rates that follow.
 *
 * Rows are the truth, columns the prediction, both counted from 0 in code.  Immutable,
 * reference-counted, any thread.
 */

#pragma once

#include "results/atelier-predictions.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_CONFUSION (atelier_confusion_get_type ())
typedef struct _AtelierConfusion AtelierConfusion;

GType             atelier_confusion_get_type (void) G_GNUC_CONST;

AtelierConfusion *atelier_confusion_new             (AtelierPredictions *predictions);
/* @counts: [n_classes, n_classes]: truth, prediction. */
AtelierConfusion *atelier_confusion_new_from_counts (const guint        *counts,
                                                     guint               n_classes);
AtelierConfusion *atelier_confusion_ref             (AtelierConfusion *confusion);
void              atelier_confusion_unref           (AtelierConfusion *confusion);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierConfusion, atelier_confusion_unref)

guint             atelier_confusion_get_n_classes    (AtelierConfusion *confusion);
/* [n_classes, n_classes]: truth, prediction. */
const guint      *atelier_confusion_get_counts       (AtelierConfusion *confusion);
guint             atelier_confusion_get_count        (AtelierConfusion *confusion,
                                                      guint             truth,
                                                      guint             prediction);
guint             atelier_confusion_get_row_total    (AtelierConfusion *confusion,
                                                      guint             truth);
guint             atelier_confusion_get_column_total (AtelierConfusion *confusion,
                                                      guint             prediction);
guint             atelier_confusion_get_total        (AtelierConfusion *confusion);
guint             atelier_confusion_get_n_mistakes   (AtelierConfusion *confusion);
/* NaN where the denominator is 0. */
double            atelier_confusion_get_accuracy     (AtelierConfusion *confusion);
double            atelier_confusion_get_precision    (AtelierConfusion *confusion,
                                                      guint             i_class);
double            atelier_confusion_get_recall       (AtelierConfusion *confusion,
                                                      guint             i_class);
double            atelier_confusion_get_f1           (AtelierConfusion *confusion,
                                                      guint             i_class);
/* The mean of the classes' F1, in which each class counts alike however many pictures it has;
 * classes without pictures that were never predicted have none and are left out. */
double            atelier_confusion_get_macro_f1     (AtelierConfusion *confusion);

typedef struct
{
  guint truth;
  guint prediction;
  guint count;
} AtelierConfusedPair;

/* The largest counts off the diagonal, largest first (ties in reading order), zeros left out;
 * returns how many. */
guint             atelier_confusion_get_worst_pairs  (AtelierConfusion    *confusion,
                                                      AtelierConfusedPair *pairs,
                                                      guint                n_pairs);

/* The class table for other programs: CSV (RFC 4180) with the columns class, precision, recall, f1
 * and images (those of the class), and a row for each of @class_names, as they are.  Rates are
 * shares of 1 with all their digits; one without a denominator is empty.  Transfer full. */
char             *atelier_confusion_classes_to_csv   (AtelierConfusion    *confusion,
                                                      const char * const  *class_names);

/* In words, translated; @class_names as the data set gives them.  Transfer full.
 *
 * One pair: "Shirt called Coat: 82 of 1,000". */
char             *atelier_confusion_describe_pair        (AtelierConfusion          *confusion,
                                                          const AtelierConfusedPair *pair,
                                                          const char * const        *class_names);
/* The largest @n_pairs in one line: "Shirt called Coat 82 · Coat called Pullover 45"; a sentence
 * where there is no mistake, "" where there is no image. */
char             *atelier_confusion_describe_worst_pairs (AtelierConfusion          *confusion,
                                                          const char * const        *class_names,
                                                          guint                      n_pairs);

G_END_DECLS
