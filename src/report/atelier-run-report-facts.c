/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report says in words and numbers: the large figures, the sentences, and the facts that one
 * needs to repeat the run.
 *
 * Only what is known is said: a model without history has no training time.  Looks at the test set
 * are those of this run and those of all runs on the same data.  An accuracy always has its 95 %
 * interval beside it: with 5,000 pictures it is still one to two percentage points wide.  Main
 * thread.
 */

#include "config.h"

#include "atelier-run-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "data/atelier-class-coverage.h"
#include "model/atelier-engine.h"
#include "model/atelier-weights.h"
#include "results/atelier-statistics.h"
#include "results/atelier-test-looks.h"
#include "results/atelier-words.h"

/* The sum over the epochs that the history has. */
static double
get_training_seconds (AtelierHistory *history)
{
  double seconds = 0.0;

  for (guint i = 0; i < atelier_history_get_n_epochs (history); i++)
    seconds += atelier_history_get_figures (history, i)->seconds;

  return seconds;
}

static const AtelierEpochFigures *
get_newest (const AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  guint n_epochs = history != NULL ? atelier_history_get_n_epochs (history) : 0;

  return n_epochs > 0 ? atelier_history_get_figures (history, n_epochs - 1) : NULL;
}

/* The large figures */

static const char *
name_accuracy (AtelierSplit split)
{
  switch (split)
    {
    case ATELIER_SPLIT_VALIDATION:
      return _("validation accuracy");
    case ATELIER_SPLIT_TEST:
      return _("test accuracy");
    case ATELIER_SPLIT_TRAIN:
    default:
      return _("training accuracy");
    }
}

static const char *
name_loss (AtelierSplit split)
{
  switch (split)
    {
    case ATELIER_SPLIT_VALIDATION:
      return _("validation loss");
    case ATELIER_SPLIT_TEST:
      return _("test loss");
    case ATELIER_SPLIT_TRAIN:
    default:
      return _("training loss");
    }
}

static void
add_figure (AtelierRunReport *report,
            const char       *value,
            const char       *name,
            const char       *note)
{
  report->sheet.figures[report->sheet.n_figures++] = (AtelierReportFigure) { value, name, note };
}

static void
add_accuracy (AtelierRunReport            *report,
              const AtelierRunReportParts *parts)
{
  guint n = atelier_confusion_get_total (report->confusion);
  AtelierSplit split = atelier_predictions_get_split (report->predictions);
  double accuracy = atelier_confusion_get_accuracy (report->confusion), low, high;
  const char *penalty = NULL, *interval = NULL;

  if (n > 0)
    {
      atelier_statistics_get_interval (n - atelier_confusion_get_n_mistakes (report->confusion), n,
                                       &low, &high);
      /* Translators: the 95 % interval of an accuracy, in percent */
      interval = atelier_run_report_format (report, _("95\u00a0%%: %.1f to %.1f"), 100.0 * low,
                                            100.0 * high);
    }
  if (parts->penalty > 0.0)
    /* Translators: below a loss: what the penalty on weights adds to it */
    penalty = atelier_run_report_format (report, _("and a penalty of %s"),
                                         atelier_run_report_format_loss (report, parts->penalty));

  add_figure (report, atelier_run_report_format_percent (report, accuracy, 2),
              name_accuracy (split), interval);
  add_figure (report, atelier_run_report_format_loss (report, parts->loss), name_loss (split),
              penalty);
}

static void
add_time (AtelierRunReport            *report,
          const AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  const AtelierEpochFigures *newest = get_newest (parts);
  guint n_epochs = atelier_model_get_n_epochs (report->model);
  const char *speed;

  if (newest == NULL || isnan (newest->images_per_second))
    {
      add_figure (report, atelier_run_report_format_count (report, n_epochs),
                  ngettext ("epoch of training", "epochs of training", n_epochs),
                  _("time not recorded"));
      return;
    }

  /* Translators: images a second */
  speed = atelier_run_report_format (
    report, _("%s images/s"),
    atelier_run_report_format_count (report, (guint64) (newest->images_per_second + 0.5)));
  add_figure (report,
              atelier_run_report_format_duration (report, get_training_seconds (history)),
              _("training time"), speed);
}

static void
fill_large_figures (AtelierRunReport            *report,
                    const AtelierRunReportParts *parts)
{
  AtelierNetwork *network = atelier_model_get_network (report->model);
  const AtelierEpochFigures *newest = get_newest (parts);
  guint n_layers = atelier_network_get_n_layers (network);

  if (report->confusion != NULL)
    add_accuracy (report, parts);
  else if (newest != NULL)
    add_figure (report, atelier_run_report_format_percent (report, newest->accuracy, 2),
                _("training accuracy"), _("over the last epoch, while learning"));

  add_figure (report,
              atelier_run_report_format_count (report, atelier_network_get_n_parameters (network)),
              _("parameters"),
              atelier_run_report_format (report, ngettext ("%u layer", "%u layers", n_layers),
                                         n_layers));
  add_time (report, parts);
}

/* The sentences */

static const char *
describe_accuracy (AtelierRunReport *report)
{
  guint n = atelier_confusion_get_total (report->confusion);
  guint n_right = n - atelier_confusion_get_n_mistakes (report->confusion);

  /* Translators: a part of a data set (Test), its number of pictures, and how many of them were
   * recognised */
  return atelier_run_report_format (
    report, ngettext ("%s: of %s picture, the network recognises %s.",
                      "%s: of %s pictures, the network recognises %s.", n),
    atelier_split_get_name (atelier_predictions_get_split (report->predictions)),
    atelier_run_report_format_count (report, n),
    atelier_run_report_format_count (report, n_right));
}

/* Whether the model's training data are those of the report; a model may not say. */
static gboolean
is_trained_on (AtelierRunReport *report)
{
  return g_str_equal (atelier_model_get_dataset_sha256 (report->model),
                      atelier_dataset_get_sha256 (report->dataset));
}

static char *
describe_curves (const AtelierRunReportParts *parts)
{
  if (parts->record == NULL)
    return g_strdup ("");

  return atelier_words_describe_run (
    parts->record, atelier_history_get_n_epochs (atelier_run_report_get_history (parts)));
}

static void
fill_words (AtelierRunReport            *report,
            const AtelierRunReportParts *parts)
{
  g_autofree char *words = describe_curves (parts);
  g_autofree char *missing = NULL;

  if (*words == '\0' && report->confusion != NULL)
    report->sheet.words = describe_accuracy (report);
  else
    report->sheet.words = atelier_run_report_keep (report, words);

  if (is_trained_on (report))
    missing = atelier_class_coverage_describe (report->splits);
  if (missing != NULL)
    report->sheet.words = atelier_run_report_format (report, "%s %s", report->sheet.words, missing);
}

void
atelier_run_report_fill_figures (AtelierRunReport            *report,
                                 const AtelierRunReportParts *parts)
{
  fill_large_figures (report, parts);
  fill_words (report, parts);
}

/* The facts */

static void
add_fact (AtelierRunReport *report,
          guint             i_group,
          const char       *name,
          const char       *value)
{
  AtelierReportGroup *group = &report->sheet.groups[i_group];

  g_assert (group->n_facts < ATELIER_REPORT_MAX_FACTS);
  report->facts[i_group][group->n_facts++] = (AtelierReportFact) { name, value, FALSE };
}

/* What a member's value is in a report: two say more than the recipe. */
static const char *
describe_member (AtelierRunReport            *report,
                 const AtelierRunReportParts *parts,
                 const AtelierMember         *member)
{
  const AtelierRecipeValues *values =
    atelier_recipe_get_values (atelier_model_get_recipe (report->model));
  g_autofree char *text = NULL;

  if (g_str_equal (member->name, "epochs"))
    /* Translators: finished epochs, and how many were planned */
    return atelier_run_report_format (report, _("%u of %u"),
                                      atelier_model_get_n_epochs (report->model),
                                      values->n_epochs);
  if (g_str_equal (member->name, "raw_pixels") && !values->raw_pixels && parts->raw_pixels)
    return _("0 to 1; measured on 0 to 255");
  text = atelier_member_describe (member, values);
  return atelier_run_report_keep (report, text);
}

/* Optional members only where they are not what one expects. */
static void
fill_recipe (AtelierRunReport            *report,
             const AtelierRunReportParts *parts,
             guint                        i_group)
{
  const AtelierRecipeValues *values =
    atelier_recipe_get_values (atelier_model_get_recipe (report->model));
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];

      if (atelier_member_applies (table, member, values)
          && (member->presence != ATELIER_MEMBER_OPTIONAL
              || !atelier_member_is_default (member, values)))
        add_fact (report, i_group, _(member->label), describe_member (report, parts, member));
    }
}

static const char *
describe_sizes (AtelierRunReport *report)
{
  const char *counts[ATELIER_N_SPLITS];

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    counts[i] = atelier_run_report_format_count (report,
                                                 atelier_splits_get_n (report->splits, i));

  /* Translators: numbers of images */
  return atelier_run_report_format (report, _("%s training, %s validation, %s test"),
                                    counts[ATELIER_SPLIT_TRAIN], counts[ATELIER_SPLIT_VALIDATION],
                                    counts[ATELIER_SPLIT_TEST]);
}

static void
fill_data (AtelierRunReport *report,
           guint             i_group)
{
  AtelierDataset *dataset = report->dataset;
  const char *trained_on = atelier_model_get_dataset_sha256 (report->model);
  const char *sha256 = atelier_dataset_get_sha256 (dataset);
  AtelierReportGroup *group = &report->sheet.groups[i_group];

  add_fact (report, i_group, _("Name"),
            atelier_run_report_keep (report, atelier_dataset_get_name (dataset)));
  add_fact (report, i_group, _("Images"), describe_sizes (report));
  add_fact (report, i_group, _("Size"),
            atelier_run_report_format (report,
                                       atelier_dataset_get_channels (dataset) == 1
                                         /* Translators: height and width of grey pictures */
                                         ? _("%u × %u, grey")
                                         /* Translators: height and width of coloured pictures */
                                         : _("%u × %u, colour"),
                                       atelier_dataset_get_height (dataset),
                                       atelier_dataset_get_width (dataset)));
  if (atelier_dataset_is_published_fashion_mnist (dataset))
    add_fact (report, i_group, _("Origin"), _("the published Fashion-MNIST"));
  add_fact (report, i_group, _("SHA-256"), atelier_run_report_keep (report, sha256));
  report->facts[i_group][group->n_facts - 1].is_code = TRUE;

  if (*trained_on == '\0' || g_str_equal (trained_on, sha256))
    return;
  /* Translators: the name of the data that a model was trained on, measured on others here */
  add_fact (report, i_group, _("Trained on"),
            atelier_run_report_format (report, _("other data: %s"),
                                       atelier_model_get_dataset_name (report->model)));
  add_fact (report, i_group, "", atelier_run_report_keep (report, trained_on));
  report->facts[i_group][group->n_facts - 1].is_code = TRUE;
}

/* In this run, where that is known, and in all runs of this user on these data. */
static const char *
describe_test_looks (AtelierRunReport            *report,
                     const AtelierRunReportParts *parts)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  gboolean is_look = report->predictions != NULL
                     && atelier_predictions_get_split (report->predictions) == ATELIER_SPLIT_TEST;
  guint n = history != NULL ? atelier_history_get_n_test_looks (history)
            : is_look       ? 1
                            : 0;
  guint n_ever = atelier_test_looks_count (atelier_dataset_get_sha256 (report->dataset));
  const char *ever;

  /* Where a look could not be recorded. */
  n_ever = MAX (n_ever, n);
  ever = atelier_run_report_format_count (report, n_ever);
  if (n_ever == 0)
    return _("none");
  if (history != NULL)
    /* Translators: two numbers of looks at the test set */
    return atelier_run_report_format (report, _("%s in this run, %s in all runs"),
                                      atelier_run_report_format_count (report, n), ever);

  return atelier_run_report_format (report,
                                    is_look ? _("this one; %s in all runs") : _("%s in all runs"),
                                    ever);
}

/* The newest look, at whatever epoch. */
static void
add_test_figures (AtelierRunReport            *report,
                  const AtelierRunReportParts *parts,
                  guint                        i_group)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  guint n_looks = history != NULL ? atelier_history_get_n_test_looks (history) : 0;
  guint n = atelier_splits_get_n (report->splits, ATELIER_SPLIT_TEST);
  const AtelierTestLook *look;
  g_autofree char *weights = NULL;
  double low, high;

  if (n_looks == 0 || n == 0)
    return;

  look = atelier_history_get_test_look (history, n_looks - 1);
  weights = atelier_weights_describe (look->weights, look->epoch);
  atelier_statistics_get_interval ((guint) CLAMP (look->accuracy * n + 0.5, 0.0, n), n, &low,
                                   &high);
  add_fact (report, i_group, _("Test accuracy"),
            /* Translators: an accuracy, its 95 % interval in percent, and which weights were
             * measured: "best, epoch 7" */
            atelier_run_report_format (
              report, _("%s (95\u00a0%%: %.1f to %.1f), %s"),
              atelier_run_report_format_percent (report, look->accuracy, 2), 100.0 * low,
              100.0 * high, weights));
  add_fact (report, i_group, _("Test loss"), atelier_run_report_format_loss (report, look->loss));
}

/* Those that computed the run, or else those that measured the model. */
static guint
get_n_threads (const AtelierRunReportParts *parts)
{
  if (parts->record != NULL
      && atelier_run_record_get_circumstances (parts->record)->n_threads > 0)
    return atelier_run_record_get_circumstances (parts->record)->n_threads;

  return parts->n_threads > 0 ? parts->n_threads : g_get_num_processors ();
}

static void
fill_run (AtelierRunReport            *report,
          const AtelierRunReportParts *parts,
          guint                        i_group)
{
  AtelierHistory *history = atelier_run_report_get_history (parts);
  guint n_threads = get_n_threads (parts);
  const AtelierEpochFigures *newest = get_newest (parts);
  int i_best = newest != NULL ? atelier_history_get_best (history) : -1;

  if (newest != NULL && !isnan (newest->elapsed_seconds))
    {
      add_fact (report, i_group, _("Training time"),
                atelier_run_report_format_duration (report, get_training_seconds (history)));
      add_fact (report, i_group, _("Time in all"),
                atelier_run_report_format_duration (report, newest->elapsed_seconds));
    }
  if (i_best >= 0)
    add_fact (report, i_group, _("Best epoch"),
              atelier_run_report_format (
                report, "%u",
                atelier_history_get_figures (history, (guint) i_best)->epoch));
  add_fact (report, i_group, _("Threads"),
            atelier_run_report_format (report, "%u", n_threads));
  add_fact (report, i_group, _("Instructions"), atelier_engine_get_isa ());
  add_test_figures (report, parts, i_group);
  add_fact (report, i_group, _("Looks at the test set"), describe_test_looks (report, parts));
}

static void
fill_layers (AtelierRunReport *report)
{
  AtelierNetwork *network = atelier_model_get_network (report->model);
  guint n_layers = atelier_network_get_n_layers (network);

  report->layers = g_new (AtelierReportLayer, n_layers);
  for (guint i = 0; i < n_layers; i++)
    {
      const AtelierLayerInfo *info = atelier_network_get_layer_info (network, i);
      g_autofree char *number = atelier_network_number_layer (network, i);
      g_autofree char *row = atelier_network_describe_row (network, i);
      g_autofree char *words
        = g_strdup_printf ("%s%s", info->parent != ATELIER_NO_LAYER ? "    " : "", row);
      gboolean is_vector = info->height == 1 && info->width == 1;

      report->layers[i] = (AtelierReportLayer) {
        .layer = atelier_run_report_keep (report, words),
        .shape = is_vector ? atelier_run_report_format_count (report, info->channels)
                           : atelier_run_report_format (report, "%u × %u × %u", info->height,
                                                        info->width, info->channels),
        .parameters = info->n_parameters > 0
                        ? atelier_run_report_format_count (report, info->n_parameters)
                        : "–",
        .number = atelier_run_report_keep (report, number),
      };
    }
  report->sheet.layers = report->layers;
  report->sheet.n_layers = n_layers;
  report->steps = atelier_network_steps_new (network);
  atelier_network_steps_get_picture (report->steps, &report->network);
  report->sheet.network = &report->network;
}

void
atelier_run_report_fill_facts (AtelierRunReport            *report,
                               const AtelierRunReportParts *parts)
{
  const char *const titles[ATELIER_REPORT_MAX_GROUPS] = { _("Recipe"), _("Data"), _("Run") };

  for (guint i = 0; i < ATELIER_REPORT_MAX_GROUPS; i++)
    report->sheet.groups[i] = (AtelierReportGroup) { titles[i], report->facts[i], 0 };
  fill_recipe (report, parts, 0);
  fill_data (report, 1);
  fill_run (report, parts, 2);
  report->sheet.n_groups = ATELIER_REPORT_MAX_GROUPS;
  fill_layers (report);
}
