/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli reproduce: trains both networks of the report with several seeds, and compares.
 *
 * A run is trained exactly as the report describes, then measured on the validation and the test
 * images; part 1 is measured on raw pixels as well, which is the report's mistake.  If
 * Fashion-MNIST is missing, Sketched garments are only used if they were asked for by name, because
 * their figures cannot be compared with the report's.  After Ctrl-C the finished runs are still
 * printed.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-evaluation.h"
#include "atelier-cli-reproduction.h"
#include "atelier-cli-training.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "data/atelier-synthetic.h"
#include "inference/atelier-predictor.h"
#include "results/atelier-test-looks.h"

#define MAX_SEEDS 100

typedef struct
{
  /* Owned; as given, or NULL */
  char    *seeds;
  char    *epochs;
  char    *threads;
  char    *data;

  gboolean json;
  gboolean markdown;
} ReproduceOptions;

static void
clear_options (ReproduceOptions *options)
{
  g_free (options->seeds);
  g_free (options->epochs);
  g_free (options->threads);
  g_free (options->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReproduceOptions, clear_options)

/* The parsed options. */
typedef struct
{
  GArray *seeds;     /* Owned; of guint64 */
  guint   n_epochs;  /* 0: as in the report */
  guint   n_threads;
} Plan;

static void
clear_plan (Plan *plan)
{
  g_clear_pointer (&plan->seeds, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

static gboolean
parse_options (ReproduceOptions  *options,
               int                argc,
               char             **argv,
               int               *status)
{
  const GOptionEntry entries[] = {
    { "seeds", 's', 0, G_OPTION_ARG_STRING, &options->seeds,
      N_("Train each network once with each seed (default: 1,2,3)"), N_("S,S,…") },
    { "epochs", 'e', 0, G_OPTION_ARG_STRING, &options->epochs,
      N_("Instead of the report's 23 and 10, for a quick look"), "N" },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data, ATELIER_CLI_DATA_HELP, N_("DATA") },
    { "threads", 't', 0, G_OPTION_ARG_STRING, &options->threads, ATELIER_CLI_THREADS_HELP, "T" },
    { "markdown", 'm', 0, G_OPTION_ARG_NONE, &options->markdown,
      N_("Print a Markdown table"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print one JSON object and nothing else"), NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "reproduce",
    .summary = _("Trains both networks of the report and prints what it reported beside what "
                 "comes out here."),
    .examples = _("  atelier-cli reproduce\n"
                  "  atelier-cli reproduce --seeds 1,2,3,4,5 --markdown\n"
                  "  atelier-cli reproduce --seeds 1 --epochs 2 --json"),
  };

  return atelier_cli_parse (&usage, entries, argc, argv, status);
}

static gboolean
parse_seeds (const char  *text,
             GArray     **seeds,
             GError     **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  g_autoptr (GArray) parsed = g_array_new (FALSE, FALSE, sizeof (guint64));

  if (words[0] == NULL || g_strv_length (words) > MAX_SEEDS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--seeds: from 1 to %u seeds, separated by commas"), MAX_SEEDS);
      return FALSE;
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 seed = 0;

      if (!atelier_cli_parse_seed ("--seeds", words[i], &seed, error))
        return FALSE;
      g_array_append_val (parsed, seed);
    }
  *seeds = g_steal_pointer (&parsed);
  return TRUE;
}

static gboolean
make_plan (const ReproduceOptions  *options,
           Plan                    *plan,
           GError                 **error)
{
  if (options->json && options->markdown)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--json and --markdown exclude each other"));
      return FALSE;
    }
  return parse_seeds (options->seeds != NULL ? options->seeds : "1,2,3", &plan->seeds, error)
         && atelier_cli_parse_count ("--epochs", options->epochs, 1, 10000, &plan->n_epochs, error)
         && atelier_cli_parse_count ("--threads", options->threads, 0, ATELIER_CLI_MAX_THREADS,
                                     &plan->n_threads, error);
}

static AtelierSplits *
load_splits (const char  *spec,
             GError     **error)
{
  g_autoptr (AtelierSplits) splits = atelier_cli_load_splits (spec, NULL, error);
  gboolean is_asked_for = spec != NULL && g_str_equal (spec, "synthetic");

  if (splits == NULL)
    return NULL;
  if (!is_asked_for && atelier_synthetic_is (atelier_splits_get_dataset (splits)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("The report can only be repeated on Fashion-MNIST, which was not found. "
                     "“--data synthetic” trains on Sketched garments all the same."));
      return NULL;
    }
  return g_steal_pointer (&splits);
}

/* ---- One run ---- */

static void
fill_training_figures (AtelierCliRun  *run,
                       AtelierHistory *history)
{
  const AtelierEpochFigures *last
    = atelier_history_get_figures (history, atelier_history_get_n_epochs (history) - 1);

  run->figures[ATELIER_CLI_TRAINING_ACCURACY] = last->accuracy;
  run->figures[ATELIER_CLI_VALIDATION_ACCURACY] = last->validation_accuracy;
  run->figures[ATELIER_CLI_VALIDATION_LOSS] = last->validation_loss;
  run->figures[ATELIER_CLI_VALIDATION_LOSS_PENALTY] = last->validation_loss + last->penalty;
}

static gboolean
measure_test (AtelierCliRun  *run,
              AtelierModel   *model,
              AtelierSplits  *splits,
              guint           n_threads,
              GError        **error)
{
  g_autoptr (AtelierEvaluation) evaluation
    = atelier_evaluate (model, splits, ATELIER_SPLIT_TEST, FALSE, n_threads, NULL, error);

  if (evaluation == NULL)
    return FALSE;
  run->figures[ATELIER_CLI_TEST_ACCURACY] = evaluation->accuracy;
  run->figures[ATELIER_CLI_TEST_LOSS] = evaluation->loss;
  run->figures[ATELIER_CLI_TEST_LOSS_PENALTY] = evaluation->loss + evaluation->penalty;
  run->test = atelier_confusion_ref (evaluation->confusion);
  return TRUE;
}

/* The report's mistake: weights that were trained on divided pixels, tested on raw ones. */
static gboolean
measure_raw_test (AtelierCliRun  *run,
                  AtelierModel   *model,
                  AtelierSplits  *splits,
                  guint           n_threads,
                  GError        **error)
{
  g_autoptr (AtelierEvaluation) evaluation
    = atelier_evaluate (model, splits, ATELIER_SPLIT_TEST, TRUE, n_threads, NULL, error);

  if (evaluation == NULL)
    return FALSE;
  run->figures[ATELIER_CLI_RAW_TEST_ACCURACY] = evaluation->accuracy;
  run->figures[ATELIER_CLI_RAW_TEST_LOSS_PENALTY] = evaluation->loss + evaluation->penalty;
  run->raw_test = atelier_confusion_ref (evaluation->confusion);
  return TRUE;
}

static AtelierCliRun *
measure (AtelierTrainer  *trainer,
         guint            i_part,
         guint64          seed,
         guint            n_threads,
         GError         **error)
{
  g_autoptr (AtelierCliRun) run = g_new0 (AtelierCliRun, 1);
  AtelierModel *model = atelier_trainer_get_model (trainer);
  AtelierSplits *splits = atelier_trainer_get_splits (trainer);

  run->seed = seed;
  for (guint i = 0; i < ATELIER_CLI_N_FIGURES; i++)
    run->figures[i] = NAN;
  fill_training_figures (run, atelier_trainer_get_history (trainer));
  if (!measure_test (run, model, splits, n_threads, error))
    return NULL;
  if (i_part == 0 && !measure_raw_test (run, model, splits, n_threads, error))
    return NULL;
  return g_steal_pointer (&run);
}

static void
say_run (const char          *label,
         const AtelierCliRun *run)
{
  g_autofree char *accuracy = atelier_format_percent (run->figures[ATELIER_CLI_TEST_ACCURACY], 2);
  g_autofree char *loss = atelier_format_loss (run->figures[ATELIER_CLI_TEST_LOSS]);

  atelier_cli_print (stderr, _("%s: test accuracy %s, loss %s\n"), label, accuracy, loss);
}

/* Trains and measures one part with one seed.  Also TRUE after an interruption, which adds no
 * run. */
static gboolean
reproduce_run (AtelierCliReproduction  *reproduction,
               const Plan              *plan,
               guint                    i_part,
               guint64                  seed,
               AtelierCliSignals       *signals,
               GError                 **error)
{
  const char *id = atelier_cli_get_part_id (i_part);
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset (id);
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autofree char *seed_text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  g_autofree char *label = g_strdup_printf (_("%s, seed %s"), id, seed_text);
  g_autoptr (AtelierRecipe) preset = atelier_recipe_new_preset (id);
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierRecipeValues values = *atelier_recipe_get_values (preset);
  AtelierCliTraining training = {
    .network = network,
    .splits = reproduction->splits,
    .label = label,
    .signals = signals,
    .n_threads = plan->n_threads,
  };
  AtelierModel *model;
  AtelierCliRun *run;

  values.n_epochs = reproduction->n_epochs[i_part];
  values.seed = seed;
  recipe = atelier_recipe_new (&values, error);
  if (recipe == NULL)
    return FALSE;
  training.recipe = recipe;
  if (!atelier_cli_training_run (&training, trainer, error))
    return FALSE;
  if (signals->was_interrupted)
    return TRUE;
  model = atelier_trainer_get_model (trainer);
  run = measure (trainer, i_part, seed, plan->n_threads, error);
  if (run == NULL)
    return FALSE;
  reproduction->n_test_looks
    = atelier_test_looks_add (atelier_dataset_get_sha256 (reproduction->dataset),
                              atelier_model_get_weights (model),
                              atelier_model_get_n_epochs (model));
  say_run (label, run);
  g_ptr_array_add (reproduction->runs[i_part], run);
  return TRUE;
}

/* ---- All runs ---- */

static void
plan_epochs (AtelierCliReproduction *reproduction,
             const Plan             *plan)
{
  for (guint i = 0; i < ATELIER_CLI_N_PARTS; i++)
    {
      g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (atelier_cli_get_part_id (i));
      guint n_reported = atelier_recipe_get_values (recipe)->n_epochs;

      reproduction->n_epochs_reported[i] = n_reported;
      reproduction->n_epochs[i] = plan->n_epochs > 0 ? plan->n_epochs : n_reported;
    }
}

static void
print_reproduction (const ReproduceOptions       *options,
                    const AtelierCliReproduction *reproduction)
{
  if (options->json)
    atelier_cli_reproduction_print_json (reproduction);
  else if (options->markdown)
    atelier_cli_reproduction_print_markdown (reproduction);
  else
    atelier_cli_reproduction_print_text (reproduction);
}

static int
reproduce (const ReproduceOptions *options,
           const Plan             *plan,
           AtelierSplits          *splits)
{
  g_autoptr (AtelierCliReproduction) reproduction = atelier_cli_reproduction_new (splits);
  g_autoptr (GError) error = NULL;
  guint n_runs = plan->seeds->len * ATELIER_CLI_N_PARTS;
  guint n_finished = 0;
  g_auto (AtelierCliSignals) signals = { 0 };

  plan_epochs (reproduction, plan);
  atelier_cli_signals_begin (&signals);
  for (; n_finished < n_runs; n_finished++)
    {
      guint64 seed = g_array_index (plan->seeds, guint64, n_finished / ATELIER_CLI_N_PARTS);

      if (!reproduce_run (reproduction, plan, n_finished % ATELIER_CLI_N_PARTS, seed,
                          &signals, &error))
        return atelier_cli_fail (error);
      if (signals.was_interrupted)
        break;
    }
  if (signals.was_interrupted)
    atelier_cli_print (stderr, _("%u of %u runs were finished.\n"), n_finished, n_runs);
  if (n_finished > 0)
    {
      print_reproduction (options, reproduction);
      atelier_cli_say_test_looks (reproduction->dataset, reproduction->n_test_looks);
    }
  return signals.was_interrupted ? ATELIER_CLI_INTERRUPTED : ATELIER_CLI_OK;
}

int
atelier_cli_command_reproduce (int    argc,
                               char **argv)
{
  g_auto (ReproduceOptions) options = { 0 };
  g_auto (Plan) plan = { 0 };
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!parse_options (&options, argc, argv, &status))
    return status;
  if (!make_plan (&options, &plan, &error))
    return atelier_cli_fail_usage ("reproduce", "%s", error->message);
  splits = load_splits (options.data, &error);
  if (splits == NULL || !atelier_evaluate_check (splits, ATELIER_SPLIT_TEST, &error))
    return atelier_cli_fail (error);
  atelier_cli_warn_of_missing_classes (splits);
  atelier_cli_say_engine (plan.n_threads);
  return reproduce (&options, &plan, splits);
}
