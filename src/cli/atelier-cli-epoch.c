/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the terminal prints after each epoch of a run, and at its end.
 *
 * The sentences are the window's.  In the JSON only these sentences depend on the language.  Main
 * thread.
 */

#include "config.h"

#include <math.h>

#include "atelier-cli-epoch.h"

#include <glib/gi18n.h>
#include <string.h>

#include "atelier-cli-evaluation.h"
#include "atelier-cli-output.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "results/atelier-confusion.h"
#include "results/atelier-words.h"

/* For the validation images; NULL if there are none.  Transfer full. */
static AtelierConfusion *
count_confusion (AtelierHistory *history,
                 guint           i_epoch)
{
  AtelierEpoch *epoch = atelier_history_get_epoch (history, i_epoch);
  AtelierPredictions *predictions = atelier_epoch_get_predictions (epoch);

  return predictions != NULL ? atelier_confusion_new (predictions) : NULL;
}

void
atelier_cli_print_epoch_words (const AtelierCliTraining *training,
                               AtelierRunRecord         *record,
                               guint                     i_epoch)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  const AtelierEpochFigures *figures = atelier_history_get_figures (history, i_epoch);
  g_autofree char *loss = atelier_format_loss (figures->loss);
  g_autofree char *accuracy = atelier_format_percent (figures->accuracy, 2);
  g_autofree char *eval_loss = atelier_format_loss (figures->train_eval_loss);
  g_autofree char *eval_accuracy = atelier_format_percent (figures->train_eval_accuracy, 2);
  g_autofree char *validation_loss = atelier_format_loss (figures->validation_loss);
  g_autofree char *validation_accuracy = atelier_format_percent (figures->validation_accuracy, 2);
  g_autofree char *rate = atelier_format_count ((guint64) (figures->images_per_second + 0.5));
  const guint n_epochs = atelier_recipe_get_values (training->recipe)->n_epochs;
  g_autofree char *last = g_strdup_printf ("%u", n_epochs);

  atelier_cli_print (stdout,
                     /* Translators: the epoch is padded to the width of the last one's number; the
                      * values in brackets are loss and accuracy of training images, classified
                      * without dropout */
                     _("Epoch %*u of %s: loss %s, accuracy %s (no dropout: %s, %s); "
                       "validation loss %s, accuracy %s; %.1f s, %s images/s\n"),
                     (int) strlen (last), figures->epoch, last, loss, accuracy, eval_loss,
                     eval_accuracy, validation_loss, validation_accuracy, figures->seconds, rate);
  atelier_cli_output_flush ();
}

static void
add_worst_pairs (JsonBuilder    *builder,
                 AtelierHistory *history,
                 guint           i_epoch,
                 AtelierDataset *dataset)
{
  g_autoptr (AtelierConfusion) confusion = count_confusion (history, i_epoch);

  if (confusion != NULL)
    {
      atelier_cli_add_json_pairs (builder, confusion, atelier_dataset_get_class_names (dataset));
      return;
    }
  json_builder_set_member_name (builder, "most_confused");
  json_builder_add_null_value (builder);
}

/* The history may already have later epochs. */
void
atelier_cli_print_epoch_json (const AtelierCliTraining *training,
                              AtelierRunRecord         *record,
                              guint                     i_epoch)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  const AtelierEpochFigures *figures = atelier_history_get_figures (history, i_epoch);
  g_autofree char *words = atelier_words_describe_run (record, i_epoch + 1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "epoch");
  json_builder_add_int_value (builder, figures->epoch);
  atelier_cli_add_json_number (builder, "loss", figures->loss);
  atelier_cli_add_json_number (builder, "penalty", figures->penalty);
  atelier_cli_add_json_number (builder, "accuracy", figures->accuracy);
  atelier_cli_add_json_number (builder, "validation_loss", figures->validation_loss);
  atelier_cli_add_json_number (builder, "validation_accuracy", figures->validation_accuracy);
  atelier_cli_add_json_number (builder, "seconds", figures->seconds);
  atelier_cli_add_json_number (builder, "images_per_second", figures->images_per_second);
  atelier_cli_add_json_number (builder, "train_eval_loss", figures->train_eval_loss);
  atelier_cli_add_json_number (builder, "train_eval_accuracy", figures->train_eval_accuracy);
  if (isfinite (figures->objective))
    atelier_cli_add_json_number (builder, "objective", figures->objective);
  add_worst_pairs (builder, history, i_epoch, atelier_splits_get_dataset (training->splits));
  json_builder_set_member_name (builder, "words");
  json_builder_add_string_value (builder, words);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

void
atelier_cli_print_last_words (FILE             *stream,
                              AtelierRunRecord *record,
                              AtelierDataset   *dataset)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  guint n_epochs = atelier_history_get_n_epochs (history);
  g_autofree char *sentence = atelier_words_describe_run (record, n_epochs);
  g_autoptr (AtelierConfusion) confusion = NULL;
  g_autofree char *pairs = NULL;

  if (*sentence != '\0')
    atelier_cli_print (stream, "%s\n", sentence);
  if (n_epochs == 0)
    return;
  confusion = count_confusion (history, n_epochs - 1);
  if (confusion == NULL || atelier_confusion_get_n_mistakes (confusion) == 0)
    return;
  pairs = atelier_confusion_describe_worst_pairs (confusion,
                                                  atelier_dataset_get_class_names (dataset),
                                                  ATELIER_CLI_N_WORST_PAIRS);
  /* Translators: %s are pairs of classes: “Shirt called Coat 82 · Coat called Pullover 45” */
  atelier_cli_print (stream, _("Most confused validation images: %s\n"), pairs);
}
