/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prints the figures of an evaluation as text and as JSON.
 *
 * Two commands evaluate models; both use this code, so that they print the same words and members.
 * Main thread.
 */

#include "config.h"

#include "atelier-cli-evaluation.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "model/atelier-weights.h"
#include "results/atelier-test-looks.h"

gboolean
atelier_cli_parse_split (const char    *text,
                         AtelierSplit  *split,
                         GError       **error)
{
  if (text == NULL || atelier_split_from_id (text, split))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("There is no split “%s”; there are: train, validation, test"), text);
  return FALSE;
}

/* ---- Words ---- */

void
atelier_cli_evaluation_warn (AtelierModel   *model,
                             AtelierDataset *dataset)
{
  const char *trained_on = atelier_model_get_dataset_sha256 (model);

  if (*trained_on == '\0' || g_str_equal (trained_on, atelier_dataset_get_sha256 (dataset)))
    return;
  atelier_cli_warn (_("Warning: the model was trained on other data (%s, SHA-256 %.12s…) than it "
                      "is measured on (%s, SHA-256 %.12s…)"),
                    atelier_model_get_dataset_name (model), trained_on,
                    atelier_dataset_get_name (dataset), atelier_dataset_get_sha256 (dataset));
}

void
atelier_cli_say_test_looks (AtelierDataset *dataset,
                            guint           n_looks)
{
  g_autofree char *count = atelier_format_count (n_looks);

  /* Translators: a data set's name, and a number */
  atelier_cli_print (stderr, _("Looks at the test images of %s, over all runs: %s\n"),
                     atelier_dataset_get_name (dataset), count);
}

guint
atelier_cli_count_test_look (AtelierDataset *dataset,
                             AtelierModel   *model)
{
  const guint n_looks = atelier_test_looks_add (atelier_dataset_get_sha256 (dataset),
                                                atelier_model_get_weights (model),
                                                atelier_model_get_n_epochs (model));

  atelier_cli_say_test_looks (dataset, n_looks);
  return n_looks;
}

void
atelier_cli_evaluation_print (const AtelierCliEvaluation *all)
{
  const AtelierEvaluation *evaluation = all->evaluation;
  AtelierConfusion *confusion = evaluation->confusion;
  guint n = atelier_confusion_get_total (confusion);
  g_autofree char *total = atelier_format_count (n);
  g_autofree char *n_right
    = atelier_format_count (n - atelier_confusion_get_n_mistakes (confusion));
  g_autofree char *accuracy = atelier_format_percent (evaluation->accuracy, 2);
  g_autofree char *loss = atelier_format_loss (evaluation->loss);
  g_autofree char *penalty = atelier_format_loss (evaluation->penalty);
  g_autofree char *sum = atelier_format_loss (evaluation->loss + evaluation->penalty);
  g_autofree char *weights
    = atelier_weights_describe (atelier_model_get_weights (all->model),
                                atelier_model_get_n_epochs (all->model));

  /* Translators: the name of a part of a data set (test), its number of images, the data set's
   * name */
  atelier_cli_print (stdout, ngettext ("%s, %s image of %s%s\n", "%s, %s images of %s%s\n", n),
                     atelier_split_get_name (all->split), total,
                     atelier_dataset_get_name (atelier_splits_get_dataset (all->splits)),
                     all->raw_pixels ? _(", pixels not divided by 255") : "");
  atelier_cli_print (stdout, _("Weights   %s\n"), weights);
  atelier_cli_print (stdout, _("Accuracy  %s (%s of %s)\n"), accuracy, n_right, total);
  atelier_cli_print (stdout, _("Loss      %s\n"), loss);
  atelier_cli_print (stdout, _("Penalty   %s (loss with penalty, as Keras counts: %s)\n"),
                     penalty, sum);
}

/* ---- JSON ---- */

static void
add_matrix (JsonBuilder      *builder,
            AtelierConfusion *confusion)
{
  guint n_classes = atelier_confusion_get_n_classes (confusion);

  json_builder_set_member_name (builder, "confusion");
  json_builder_begin_array (builder);
  for (guint truth = 0; truth < n_classes; truth++)
    {
      json_builder_begin_array (builder);
      for (guint prediction = 0; prediction < n_classes; prediction++)
        json_builder_add_int_value (builder,
                                    atelier_confusion_get_count (confusion, truth, prediction));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_classes (JsonBuilder        *builder,
             AtelierConfusion   *confusion,
             const char * const *names)
{
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < atelier_confusion_get_n_classes (confusion); i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, names[i]);
      atelier_cli_add_json_number (builder, "precision",
                                   atelier_confusion_get_precision (confusion, i));
      atelier_cli_add_json_number (builder, "recall", atelier_confusion_get_recall (confusion, i));
      atelier_cli_add_json_number (builder, "f1", atelier_confusion_get_f1 (confusion, i));
      json_builder_set_member_name (builder, "images");
      json_builder_add_int_value (builder, atelier_confusion_get_row_total (confusion, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  atelier_cli_add_json_number (builder, "macro_f1", atelier_confusion_get_macro_f1 (confusion));
}

/* The class names are the file's, untranslated: JSON does not depend on the language. */
void
atelier_cli_evaluation_add_json (const AtelierCliEvaluation *all,
                                 JsonBuilder                *builder)
{
  const AtelierEvaluation *evaluation = all->evaluation;
  const char * const *names = atelier_model_get_class_names (all->model);
  AtelierDataset *dataset = atelier_splits_get_dataset (all->splits);
  const char *sha256 = atelier_dataset_get_sha256 (dataset);
  gboolean is_training_dataset
    = g_str_equal (sha256, atelier_model_get_dataset_sha256 (all->model));
  gboolean is_raw = all->raw_pixels || atelier_model_get_raw_pixels (all->model);

  json_builder_set_member_name (builder, "dataset");
  json_builder_add_string_value (builder, atelier_dataset_get_name (dataset));
  json_builder_set_member_name (builder, "dataset_sha256");
  json_builder_add_string_value (builder, sha256);
  json_builder_set_member_name (builder, "is_training_dataset");
  json_builder_add_boolean_value (builder, is_training_dataset);
  json_builder_set_member_name (builder, "split");
  json_builder_add_string_value (builder, atelier_split_get_id (all->split));
  json_builder_set_member_name (builder, "weights");
  json_builder_add_string_value (builder,
                                 atelier_weights_get_id (atelier_model_get_weights (all->model)));
  json_builder_set_member_name (builder, "epochs");
  json_builder_add_int_value (builder, atelier_model_get_n_epochs (all->model));
  json_builder_set_member_name (builder, "raw_pixels");
  json_builder_add_boolean_value (builder, is_raw);
  json_builder_set_member_name (builder, "images");
  json_builder_add_int_value (builder, atelier_confusion_get_total (evaluation->confusion));
  atelier_cli_add_json_number (builder, "loss", evaluation->loss);
  atelier_cli_add_json_number (builder, "penalty", evaluation->penalty);
  atelier_cli_add_json_number (builder, "accuracy", evaluation->accuracy);
  atelier_cli_add_json_number (builder, "seconds", evaluation->seconds);
  atelier_cli_add_json_number (builder, "test_looks",
                               all->n_test_looks > 0 ? all->n_test_looks : NAN);
  atelier_cli_add_json_pairs (builder, evaluation->confusion, names);
  add_classes (builder, evaluation->confusion, names);
  add_matrix (builder, evaluation->confusion);
}

void
atelier_cli_add_json_pairs (JsonBuilder        *builder,
                            AtelierConfusion   *confusion,
                            const char * const *names)
{
  AtelierConfusedPair pairs[ATELIER_CLI_N_WORST_PAIRS];
  guint n = atelier_confusion_get_worst_pairs (confusion, pairs, ATELIER_CLI_N_WORST_PAIRS);

  json_builder_set_member_name (builder, "most_confused");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "truth");
      json_builder_add_string_value (builder, names[pairs[i].truth]);
      json_builder_set_member_name (builder, "prediction");
      json_builder_add_string_value (builder, names[pairs[i].prediction]);
      json_builder_set_member_name (builder, "count");
      json_builder_add_int_value (builder, pairs[i].count);
      json_builder_set_member_name (builder, "of");
      json_builder_add_int_value (builder,
                                  atelier_confusion_get_row_total (confusion, pairs[i].truth));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}
