/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What there is to save, and what is said of it.  Main thread. */

#include "config.h"

#include "atelier-cli-ending.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-epoch.h"
#include "atelier-cli-files.h"
#include "atelier-cli.h"
#include "atelier-run-report.h"
#include "model/atelier-model-file.h"
#include "results/atelier-history-log.h"

/* The stream for messages: standard output, unless that is for JSON only, or nobody reads it. */
static FILE *
get_word_stream (const AtelierCliEnding *end)
{
  return end->json || end->signals->has_no_reader ? stderr : stdout;
}

static void
append_option (GString    *line,
               const char *name,
               const char *value) /* nullable */
{
  g_autofree char *quoted = NULL;

  if (value == NULL)
    return;
  quoted = atelier_cli_quote (value);
  g_string_append_printf (line, " %s %s", name, quoted);
}

/* Prints how to continue, if that is possible and epochs are left to train: a line that can be
 * given to a shell as it is. */
static void
print_way_on (const AtelierCliEnding *end,
              AtelierModel           *model,
              const char             *option, /* --continue or --resume */
              const char             *from)
{
  const AtelierTrainingState *state = atelier_model_get_state (model);
  g_autoptr (GString) line = g_string_new ("atelier-cli train");

  if (state == NULL
      || state->n_epochs >= atelier_recipe_get_values (atelier_model_get_recipe (model))->n_epochs)
    return;
  append_option (line, option, from);
  append_option (line, "--library", end->library);
  append_option (line, "--data", end->data);
  append_option (line, "--threads", end->threads);
  append_option (line, "--report", end->report);
  if (end->json)
    g_string_append (line, " --json");
  atelier_cli_print (get_word_stream (end), _("To go on: %s\n"), line->str);
}

/* Saves what could not be saved where it should have been; both are said. */
static void
rescue_model (AtelierModel *model,
              const GError *reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = atelier_model_file_rescue (model, &error);
  g_autofree char *name = NULL;

  atelier_cli_fail (reason);
  if (path == NULL)
    {
      atelier_cli_fail (error);
      return;
    }
  name = g_filename_display_name (path);
  atelier_cli_print (stderr, _("The model was saved to %s instead.\n"), name);
}

/* Without --save the run may still be in the library, from where it can go on. */
static void
say_not_saved (const AtelierCliEnding *end,
               AtelierModel           *model)
{
  g_autofree char *start = end->kept_id != NULL ? g_strndup (end->kept_id, 8) : NULL;
  FILE *stream = get_word_stream (end);

  if (start == NULL)
    {
      atelier_cli_print (stream, _("The model was not saved; --save FILE does that.\n"));
      return;
    }
  atelier_cli_print (stream,
                     /* Translators: the start of a run's id */
                     _("The run is in the library as %s; --save FILE saves its model as well.\n"),
                     start);
  print_way_on (end, model, "--resume", start);
}

/* FALSE where the model is not where it should be. */
static gboolean
save_model (const AtelierCliEnding *end,
            AtelierModel           *model)
{
  FILE *stream = get_word_stream (end);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  guint n_epochs = atelier_model_get_n_epochs (model);

  if (end->save == NULL)
    {
      say_not_saved (end, model);
      return TRUE;
    }
  if (!atelier_model_file_save (model, end->save, &error))
    {
      rescue_model (model, error);
      return FALSE;
    }
  name = g_filename_display_name (end->save);
  if (atelier_model_get_weights (model) == ATELIER_WEIGHTS_BEST)
    /* Translators: a file; %u is the number of an epoch */
    atelier_cli_print (stream, _("Saved to %s: the weights of the best epoch, %u.\n"), name,
                       n_epochs);
  else
    /* Translators: %u is the number of epochs that the weights were trained for */
    atelier_cli_print (stream,
                       ngettext ("Saved to %s after %u finished epoch.\n",
                                 "Saved to %s after %u finished epochs.\n", n_epochs),
                       name, n_epochs);
  print_way_on (end, model, "--continue", end->save);
  return TRUE;
}

/* Reports on the validation images of the newest epoch, with the curves; the test images are not
 * used. */
static gboolean
save_report (const AtelierCliEnding *end,
             GError                **error)
{
  const char *path = end->report;
  const AtelierRunReportParts parts = {
    .model = atelier_trainer_get_model (end->trainer),
    .splits = atelier_trainer_get_splits (end->trainer),
    .record = atelier_trainer_get_record (end->trainer),
    .loss = NAN,
    .penalty = NAN,
  };
  g_autoptr (AtelierRunReport) report = NULL;

  if (path == NULL)
    return TRUE;
  report = atelier_run_report_new (&parts);
  if (!atelier_run_report_save (report, path, error))
    return FALSE;
  atelier_cli_say_report (get_word_stream (end), path, atelier_run_report_get_n_pages (report));
  return TRUE;
}

/* An interrupt after the last batch came too late to cost anything. */
static gboolean
was_cut_short (const AtelierCliEnding *end)
{
  AtelierModel *model = atelier_trainer_get_model (end->trainer);
  guint n_epochs;

  if (model == NULL)
    return end->signals->was_interrupted;
  n_epochs = atelier_recipe_get_values (atelier_model_get_recipe (model))->n_epochs;
  return end->signals->was_interrupted && atelier_model_get_n_epochs (model) < n_epochs;
}

static void
say_early_end (const AtelierCliEnding *end)
{
  const guint n = atelier_recipe_get_values (
    atelier_run_record_get_recipe (atelier_trainer_get_record (end->trainer)))->patience;

  atelier_cli_print (get_word_stream (end),
                     ngettext ("Stopped early: no better for %u epoch.\n",
                               "Stopped early: no better for %u epochs.\n", n),
                     n);
}

int
atelier_cli_ending_finish (const AtelierCliEnding *end,
                           const GError           *training_error)
{
  AtelierModel *model = atelier_trainer_get_model (end->trainer);
  AtelierRunRecord *record = atelier_trainer_get_record (end->trainer);
  g_autoptr (AtelierModel) logged = NULL;
  g_autoptr (AtelierModel) saved = NULL;
  g_autoptr (GError) error = NULL;
  int status = was_cut_short (end) ? ATELIER_CLI_INTERRUPTED : ATELIER_CLI_OK;

  if (training_error != NULL)
    status = atelier_cli_fail (training_error);
  if (record != NULL && atelier_trainer_has_ended_early (end->trainer))
    say_early_end (end);
  if (record != NULL)
    atelier_cli_print_last_words (get_word_stream (end), record,
                                  atelier_trainer_get_dataset (end->trainer));
  if (model == NULL
      || (training_error != NULL && atelier_model_get_n_epochs (model) <= end->n_epochs_before))
    return status;
  logged = atelier_history_log_model (atelier_run_record_get_history (record), model);
  saved = end->with_state || end->goes_on || was_cut_short (end)
            ? atelier_model_pick_result (logged)
            : atelier_model_drop_state (logged);
  if (!save_model (end, saved))
    status = ATELIER_CLI_FAILED;
  if (!save_report (end, &error))
    status = atelier_cli_fail (error);
  return status;
}
