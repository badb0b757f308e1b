/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli report: measures a saved model and writes the result as a PDF.
 *
 * It measures on the validation split by default, since each look at the test set makes its figures
 * less trustworthy.  If a data set has no validation images, it says so and measures on the test
 * images.  The curves are those of the model file, where it has a history and was trained on these
 * data.  Main thread; the engine's own threads do the work.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-evaluation.h"
#include "atelier-cli-files.h"
#include "atelier-cli.h"
#include "atelier-run-report.h"
#include "model/atelier-model-file.h"
#include "results/atelier-history-log.h"

typedef struct
{
  /* Owned */
  char    *data;
  char    *split_id;
  char    *threads;
  char   **paths; /* the model, the report */

  gboolean raw_pixels;
  gboolean json;
} ReportOptions;

static void
clear_options (ReportOptions *options)
{
  g_free (options->data);
  g_free (options->split_id);
  g_free (options->threads);
  g_strfreev (options->paths);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReportOptions, clear_options)

static gboolean
parse_options (ReportOptions  *options,
               int             argc,
               char          **argv,
               int            *status)
{
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data, ATELIER_CLI_DATA_HELP, N_("DATA") },
    { "split", 's', 0, G_OPTION_ARG_STRING, &options->split_id,
      N_("train, validation (default) or test"), N_("SPLIT") },
    { "raw-pixels", 0, 0, G_OPTION_ARG_NONE, &options->raw_pixels,
      N_("Do not divide pixels by 255, whatever the model was trained with"), NULL },
    { "threads", 't', 0, G_OPTION_ARG_STRING, &options->threads, ATELIER_CLI_THREADS_HELP, "T" },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print one JSON object and nothing else"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->paths, NULL, NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "report",
    .parameters = _("MODEL FILE.pdf"),
    .summary = _("Measures a saved model and writes a report: confusion matrix, classes, worst "
                 "mistakes, network, recipe and data. “train --report” adds the curves."),
    .examples = _("  atelier-cli report bags.safetensors bags.pdf\n"
                  "  atelier-cli report bags.safetensors bags.pdf --split test\n"
                  "  atelier-cli report bags.safetensors bags.pdf --json"),
  };

  return atelier_cli_parse (&usage, entries, argc, argv, status);
}

static gboolean
check_roles (const ReportOptions  *options,
             GError              **error)
{
  const AtelierCliFile files[] = {
    { .name = _("The model"), .path = options->paths[0] },
    { .name = _("the report"), .path = options->paths[1], .is_written = TRUE },
  };

  return atelier_cli_check_roles (files, G_N_ELEMENTS (files), error);
}

static gboolean
check_options (const ReportOptions  *options,
               AtelierSplit         *split,
               guint                *n_threads,
               GError              **error)
{
  if (options->paths == NULL || g_strv_length (options->paths) != 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("One model file and one name for the report are needed"));
      return FALSE;
    }
  return atelier_cli_check_report_name (options->paths[1], error)
         && check_roles (options, error)
         && atelier_cli_parse_split (options->split_id, split, error)
         && atelier_cli_parse_count ("--threads", options->threads, 0, ATELIER_CLI_MAX_THREADS,
                                     n_threads, error);
}

static void
print_json (const AtelierCliEvaluation *all,
            const char                 *path,
            guint                       n_pages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (path);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "report");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, n_pages);
  atelier_cli_evaluation_add_json (all, builder);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

/* Of the run that made the model; NULL where the file does not tell of it, or it was of other data.
 * Transfer full. */
static AtelierRunRecord *
create_record (const AtelierCliEvaluation *all)
{
  const char *sha256 = atelier_dataset_get_sha256 (atelier_splits_get_dataset (all->splits));
  g_autoptr (AtelierHistory) history = NULL;

  if (!g_str_equal (sha256, atelier_model_get_dataset_sha256 (all->model)))
    return NULL;
  history = atelier_history_new_of_model (
    all->model, atelier_recipe_get_values (atelier_model_get_recipe (all->model))->n_epochs, TRUE);
  return history != NULL ? atelier_run_record_new_of_model (all->model, history) : NULL;
}

static int
write_report (const ReportOptions        *options,
              const AtelierCliEvaluation *all,
              guint                       n_threads)
{
  AtelierRunReportParts parts = {
    .model = all->model,
    .splits = all->splits,
    .predictions = all->evaluation->predictions,
    .loss = all->evaluation->loss,
    .penalty = all->evaluation->penalty,
    .raw_pixels = all->raw_pixels,
    .n_threads = n_threads,
  };
  g_autoptr (AtelierRunRecord) record = create_record (all);
  g_autoptr (AtelierRunReport) report = NULL;
  g_autoptr (GError) error = NULL;

  parts.record = record;
  parts.epoch = record != NULL ? atelier_model_get_n_epochs (all->model) : 0;
  report = atelier_run_report_new (&parts);
  if (!atelier_run_report_save (report, options->paths[1], &error))
    return atelier_cli_fail (error);
  if (options->json)
    {
      print_json (all, options->paths[1], atelier_run_report_get_n_pages (report));
      return ATELIER_CLI_OK;
    }
  atelier_cli_evaluation_print (all);
  atelier_cli_say_report (stdout, options->paths[1], atelier_run_report_get_n_pages (report));
  return ATELIER_CLI_OK;
}

/* The validation split, or the test split if there are no validation images. */
static AtelierSplit
choose_split (AtelierSplits *splits)
{
  if (atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION) > 0)
    return ATELIER_SPLIT_VALIDATION;
  atelier_cli_print (stderr, _("There are no validation images: measuring on the test images\n"));
  return ATELIER_SPLIT_TEST;
}

static int
measure (const ReportOptions *options,
         AtelierSplit         split,
         guint                n_threads)
{
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (AtelierEvaluation) evaluation = NULL;
  g_autoptr (GError) error = NULL;
  guint n_test_looks = 0;

  if (!atelier_cli_check_writable (options->paths[1], &error))
    return atelier_cli_fail (error);
  model = atelier_model_file_load (options->paths[0], &error);
  if (model == NULL)
    return atelier_cli_fail (error);
  splits = atelier_cli_load_splits_of (options->data, model, &error);
  if (splits == NULL)
    return atelier_cli_fail (error);
  atelier_cli_evaluation_warn (model, atelier_splits_get_dataset (splits));
  if (options->split_id == NULL)
    split = choose_split (splits);
  evaluation = atelier_evaluate (model, splits, split, options->raw_pixels, n_threads, NULL,
                                 &error);
  if (evaluation == NULL)
    return atelier_cli_fail (error);

  if (split == ATELIER_SPLIT_TEST)
    n_test_looks = atelier_cli_count_test_look (atelier_splits_get_dataset (splits), model);
  return write_report (options,
                       &(AtelierCliEvaluation) {
                         .model = model,
                         .splits = splits,
                         .evaluation = evaluation,
                         .split = split,
                         .raw_pixels = options->raw_pixels,
                         .n_test_looks = n_test_looks,
                       },
                       n_threads);
}

int
atelier_cli_command_report (int    argc,
                            char **argv)
{
  g_auto (ReportOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  AtelierSplit split = ATELIER_SPLIT_VALIDATION;
  guint n_threads = 0;
  int status;

  if (!parse_options (&options, argc, argv, &status))
    return status;
  if (!check_options (&options, &split, &n_threads, &error))
    return atelier_cli_fail_usage ("report", "%s", error->message);
  return measure (&options, split, n_threads);
}
