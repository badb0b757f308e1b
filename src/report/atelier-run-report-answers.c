/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report shows of a network's answers: the confusion matrix, each class's figures, and the
 * worst mistakes as pictures.
 *
 * The worst mistakes are the wrong answers with the highest scores, those that the network was
 * surest of.  Sorting by loss was rejected: many mistakes have a score of 0 for the right class,
 * and so the same loss.  Main thread.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include <glib/gi18n-lib.h>

static void
fill_matrix (AtelierRunReport *report)
{
  AtelierSplit split = atelier_predictions_get_split (report->predictions);
  const char *n = atelier_run_report_format_count (report,
                                                   atelier_confusion_get_total (report->confusion));

  report->matrix = (AtelierMatrix) {
    .counts = atelier_confusion_get_counts (report->confusion),
    .n_classes = atelier_confusion_get_n_classes (report->confusion),
    .class_names = report->class_names,
    .mode = ATELIER_MATRIX_COUNTS,
  };
  report->sheet.matrix = &report->matrix;
  /* Translators: a heading: a part of a data set (Test), and its number of images */
  report->sheet.matrix_title = atelier_run_report_format (report, _("Answers · %s, %s images"),
                                                          atelier_split_get_name (split), n);
}

static void
fill_classes (AtelierRunReport *report)
{
  AtelierConfusion *confusion = report->confusion;
  guint n_classes = atelier_confusion_get_n_classes (confusion);

  report->classes = g_new (AtelierReportClass, n_classes);
  for (guint i = 0; i < n_classes; i++)
    report->classes[i] = (AtelierReportClass) {
      .name = report->class_names[i],
      .precision = atelier_confusion_get_precision (confusion, i),
      .recall = atelier_confusion_get_recall (confusion, i),
      .f1 = atelier_confusion_get_f1 (confusion, i),
      .n = atelier_confusion_get_row_total (confusion, i),
    };
  report->sheet.classes = report->classes;
  report->sheet.n_classes = n_classes;
}

static void
fill_remarks (AtelierRunReport *report)
{
  AtelierConfusedPair pairs[ATELIER_REPORT_MAX_REMARKS];
  guint n = atelier_confusion_get_worst_pairs (report->confusion, pairs,
                                               ATELIER_REPORT_MAX_REMARKS);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = atelier_confusion_describe_pair (
        report->confusion, &pairs[i], atelier_model_get_class_names (report->model));

      report->sheet.remarks[i] = atelier_run_report_keep (report, words);
    }
  report->sheet.remarks_title = _("Most confused");
  report->sheet.n_remarks = n;
}

/* Inserts image @i among the @n worst so far, if it belongs there.  Returns how many there are
 * now. */
static guint
insert_mistake (AtelierPredictions *predictions,
                guint               i,
                guint              *worst, /* [ATELIER_REPORT_N_MISTAKES] */
                guint               n)
{
  double score = atelier_predictions_get_score (predictions, i);
  guint place = n;

  while (place > 0 && atelier_predictions_get_score (predictions, worst[place - 1]) < score)
    place--;
  if (place == ATELIER_REPORT_N_MISTAKES)
    return n;

  n = MIN (n + 1, ATELIER_REPORT_N_MISTAKES);
  for (guint j = n - 1; j > place; j--)
    worst[j] = worst[j - 1];
  worst[place] = i;

  return n;
}

static void
fill_mistake (AtelierRunReport     *report,
              AtelierReportMistake *mistake,
              guint                 i)
{
  AtelierPredictions *predictions = report->predictions;
  guint picture = atelier_predictions_get_picture (predictions, i);
  g_autofree char *place = atelier_splits_format_place (report->splits, picture);

  *mistake = (AtelierReportMistake) {
    .pixels = atelier_dataset_get_image (report->dataset, picture),
    .width = atelier_dataset_get_width (report->dataset),
    .height = atelier_dataset_get_height (report->dataset),
    .channels = atelier_dataset_get_channels (report->dataset),
    .truth = report->class_names[atelier_predictions_get_label (predictions, i)],
    .prediction = report->class_names[atelier_predictions_get_class (predictions, i)],
    .score = atelier_predictions_get_score (predictions, i),
    .truth_score = atelier_predictions_get_truth_score (predictions, i),
    .name = atelier_run_report_keep (report, place),
  };
}

static void
fill_mistakes (AtelierRunReport *report)
{
  AtelierPredictions *predictions = report->predictions;
  guint n_mistakes = atelier_confusion_get_n_mistakes (report->confusion);
  guint worst[ATELIER_REPORT_N_MISTAKES], n = 0;

  if (n_mistakes == 0)
    {
      report->sheet.mistakes_words = _("The network made no mistake on these pictures.");
      return;
    }

  for (guint i = 0; i < atelier_predictions_get_n (predictions); i++)
    if (atelier_predictions_get_class (predictions, i)
        != atelier_predictions_get_label (predictions, i))
      n = insert_mistake (predictions, i, worst, n);
  for (guint i = 0; i < n; i++)
    fill_mistake (report, &report->mistakes[i], worst[i]);

  report->sheet.mistakes = report->mistakes;
  report->sheet.n_mistakes = n;
  report->sheet.mistakes_words = atelier_run_report_format (
    report,
    ngettext ("Of %s wrong answer the one below: what the picture shows, what it was called, and "
              "the scores of both.",
              "Of %s wrong answers those that the network was surest of: what the picture shows, "
              "what it was called, and the scores of both.",
              n_mistakes),
    atelier_run_report_format_count (report, n_mistakes));
}

void
atelier_run_report_fill_answers (AtelierRunReport *report)
{
  if (report->predictions == NULL)
    {
      report->sheet.matrix_title = _("Answers");
      report->sheet.matrix_missing = _("Nothing was measured after an epoch, so there is neither "
                                       "a confusion matrix nor a picture of a mistake.");
      return;
    }

  fill_matrix (report);
  fill_classes (report);
  fill_remarks (report);
  fill_mistakes (report);
}
