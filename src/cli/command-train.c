/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli train: trains a network and saves it.
 *
 * Whatever could fail is checked before the first batch: options, network, data set, and whether
 * the model and the report can be written to their files.  After an interruption, or a failure
 * after at least one finished epoch, the model is still saved.  An interrupted run also saves its
 * training state, so that --continue gives the same bits as a run without a break.  Main thread;
 * the trainer's worker does the work.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "atelier-cli-ending.h"
#include "atelier-cli-epoch.h"
#include "atelier-cli-files.h"
#include "atelier-cli-keeper.h"
#include "atelier-cli-library.h"
#include "atelier-cli-members.h"
#include "atelier-cli-rates.h"
#include "atelier-cli-signals.h"
#include "atelier-cli-training.h"
#include "atelier-cli.h"
#include "base/atelier-file-write.h"
#include "data/atelier-dataset-finder.h"
#include "model/atelier-model-file.h"
#include "model/atelier-recipe-advice.h"

typedef struct
{
  /* Owned; as given, or NULL */
  char              *preset;
  char              *network;
  char              *recipe;
  char              *like;
  char              *data;
  char              *threads;
  char              *save;
  char              *go_on;
  char              *report;
  char              *library;
  char              *resume;
  char              *run_id; /* of --resume, once it was found */

  AtelierCliMembers *members; /* Owned; of the recipe */
  gboolean           with_state;
  gboolean           find_rate;
  gboolean           json;
  gboolean           no_library;
} TrainOptions;

static void
clear_options (TrainOptions *options)
{
  g_free (options->preset);
  g_free (options->network);
  g_free (options->recipe);
  g_free (options->like);
  g_free (options->data);
  g_free (options->threads);
  g_free (options->save);
  g_free (options->go_on);
  g_free (options->report);
  g_free (options->library);
  g_free (options->resume);
  g_free (options->run_id);
  g_clear_pointer (&options->members, atelier_cli_members_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrainOptions, clear_options)

static gboolean
parse_options (TrainOptions  *options,
               int            argc,
               char         **argv,
               int           *status)
{
  const GOptionEntry first[] = {
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &options->preset,
      N_("Network and recipe of a preset: report-1, report-2 (default), quick, strong or robust; "
         "“atelier-cli presets” says what they are for"),
      N_("ID") },
    { "network", 'n', 0, G_OPTION_ARG_FILENAME, &options->network,
      N_("A network of your own; “atelier-cli network --json” prints one to start from"),
      N_("FILE.json") },
    { "recipe", 0, 0, G_OPTION_ARG_FILENAME, &options->recipe,
      N_("A recipe of your own; “atelier-cli presets report-2” prints one to start from"),
      N_("FILE.json") },
    { "like", 'l', 0, G_OPTION_ARG_FILENAME, &options->like,
      N_("Network and recipe of a saved model: gives the same bytes"), N_("MODEL") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &options->data, ATELIER_CLI_DATA_HELP, N_("DATA") },
  };
  const GOptionEntry last[] = {
    { "threads", 't', 0, G_OPTION_ARG_STRING, &options->threads, ATELIER_CLI_THREADS_HELP, "T" },
    { "save", 'S', 0, G_OPTION_ARG_FILENAME, &options->save,
      N_("Save the model there, after each epoch and after Ctrl-C"), N_("FILE") },
    { "with-state", 0, 0, G_OPTION_ARG_NONE, &options->with_state,
      N_("Also save the state that --continue needs, up to three times the size; after Ctrl-C it "
         "is always saved"),
      NULL },
    { "continue", 'c', 0, G_OPTION_ARG_FILENAME, &options->go_on,
      N_("Continue from a file with such a state, with the same result as without a break; "
         "--epochs counts from the first run on, and --save is that file unless given"),
      N_("FILE") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options->report,
      N_("Write a report with curves, confusion matrix and worst mistakes there, also after "
         "Ctrl-C"),
      N_("FILE.pdf") },
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &options->library, ATELIER_CLI_LIBRARY_HELP,
      N_("FOLDER") },
    { "no-library", 0, 0, G_OPTION_ARG_NONE, &options->no_library,
      N_("Do not keep the run in the library"), NULL },
    { "resume", 0, 0, G_OPTION_ARG_STRING, &options->resume,
      N_("Go on with a run of the library that was broken off, with the same result as without a "
         "break; “atelier-cli runs list” lists them"),
      N_("RUN") },
    { "find-rate", 0, 0, G_OPTION_ARG_NONE, &options->find_rate,
      N_("Only try rates from 0.000001 to 10 for 600 steps, and say which are good"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options->json,
      N_("Print one JSON object for each epoch and nothing else"), NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "train",
    .summary = _("Trains a network on a data set. Ctrl-C finishes the batch and saves."),
    .examples = _("  atelier-cli train --save bags.safetensors\n"
                  "  atelier-cli train --continue bags.safetensors\n"
                  "  atelier-cli train --report bags.pdf\n"
                  "  atelier-cli train --preset report-1 --epochs 5 --seed 7\n"
                  "  atelier-cli train --like bags.safetensors --seed 2\n"
                  "  atelier-cli presets report-2 > mine.json\n"
                  "  atelier-cli train --network mine.json --recipe mine.json --rate 0.0005"),
  };
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (GOptionEntry));

  options->members = atelier_cli_members_new (atelier_recipe_values_get_members ());
  g_array_append_vals (entries, first, G_N_ELEMENTS (first));
  atelier_cli_members_add_entries (options->members, entries);
  g_array_append_vals (entries, last, G_N_ELEMENTS (last));
  return atelier_cli_parse (&usage, (const GOptionEntry *) entries->data, argc, argv, status);
}

/* The recipe of --like, --recipe or a preset, changed by the options that were given.  @like:
 * nullable.  Transfer full. */
static AtelierRecipe *
make_recipe (const TrainOptions  *options,
             AtelierModel        *like,
             GError             **error)
{
  g_autoptr (AtelierRecipe) base = NULL;
  g_autofree char *problem = NULL;
  AtelierRecipeValues values;

  if (like != NULL)
    base = atelier_recipe_ref (atelier_model_get_recipe (like));
  else if (options->recipe != NULL)
    base = atelier_recipe_load (options->recipe, error);
  else
    base = atelier_recipe_new_preset (options->preset);
  if (base == NULL)
    return NULL;
  values = *atelier_recipe_get_values (base);
  if (!atelier_cli_members_apply (options->members, &values, error))
    return NULL;
  /* What was read is right, so only an option can be wrong. */
  problem = atelier_members_check (atelier_recipe_values_get_members (), &values);
  if (problem == NULL)
    return atelier_recipe_new (&values, error);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, problem);
  return NULL;
}

/* --like says what --preset, --network and --recipe would. */
static gboolean
check_like_options (const TrainOptions  *options,
                    GError             **error)
{
  const char *other = options->preset != NULL  ? "--preset"
                      : options->network != NULL ? "--network"
                      : options->recipe != NULL  ? "--recipe"
                      : options->go_on != NULL   ? "--continue"
                      : options->resume != NULL  ? "--resume"
                                                 : NULL;

  if (options->like == NULL || other == NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--like and %s exclude each other"), other);
  return FALSE;
}

/* A search leaves nothing to save. */
static gboolean
check_find_options (const TrainOptions  *options,
                    GError             **error)
{
  const char *other = options->save != NULL    ? "--save"
                      : options->go_on != NULL  ? "--continue"
                      : options->report != NULL ? "--report"
                                                : NULL;

  if (!options->find_rate || other == NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--find-rate and %s exclude each other"), other);
  return FALSE;
}

static gboolean
check_library_options (const TrainOptions  *options,
                       GError             **error)
{
  const char *first = options->resume != NULL ? "--resume" : "--library";
  const char *second = options->resume != NULL && options->go_on != NULL ? "--continue"
                       : options->no_library                             ? "--no-library"
                                                                         : NULL;

  if (second == NULL || (options->resume == NULL && options->library == NULL))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("%s and %s exclude each other"), first, second);
  return FALSE;
}

/* --save may be the file of --continue, which is what it is without --save. */
static gboolean
check_roles (const TrainOptions  *options,
             GError             **error)
{
  const gboolean is_replaced = options->go_on != NULL && options->save != NULL
                               && atelier_file_is_same (options->go_on, options->save);
  /* Network and recipe may be in one file. */
  const gboolean is_plan = options->network != NULL && options->recipe != NULL
                           && atelier_file_is_same (options->network, options->recipe);
  const AtelierCliFile files[] = {
    { .name = "--network", .path = options->network },
    { .name = "--recipe", .path = is_plan ? NULL : options->recipe },
    { .name = "--like", .path = options->like },
    { .name = "--continue", .path = is_replaced ? NULL : options->go_on },
    { .name = "--save", .path = options->save, .is_written = TRUE },
    { .name = "--report", .path = options->report, .is_written = TRUE },
  };

  return atelier_cli_check_roles (files, G_N_ELEMENTS (files), error);
}

/* ---- Continuing ---- */

/* The options that decide the result come from the model, except for the number of epochs. */
static gboolean
check_go_on_options (const TrainOptions  *options,
                     GError             **error)
{
  g_autofree char *member = atelier_cli_members_find_given (options->members, "epochs");
  const char *given = options->preset != NULL  ? "--preset"
                      : options->network != NULL ? "--network"
                      : options->recipe != NULL  ? "--recipe"
                                                 : member;

  if (given == NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("--continue uses the network and recipe of the file, which %s would change"),
               given);
  return FALSE;
}

/* The model to continue from.  Transfer full. */
static AtelierModel *
load_model (TrainOptions  *options,
            GError       **error)
{
  AtelierModel *model;

  if (!check_go_on_options (options, error))
    return NULL;
  model = atelier_model_file_load (options->go_on, error);
  if (model != NULL && options->save == NULL)
    options->save = g_strdup (options->go_on);
  return model;
}

/* The model from which a run of the library goes on.  Transfer full. */
static AtelierModel *
load_run (TrainOptions  *options,
          GError       **error)
{
  if (!check_go_on_options (options, error))
    return NULL;
  return atelier_cli_library_load (options->library, options->resume, &options->run_id, error);
}

/* The recipe of @model with the number of epochs that was asked for.  Transfer full. */
static AtelierRecipe *
make_recipe_from (const TrainOptions  *options,
                  AtelierModel        *model,
                  GError             **error)
{
  AtelierRecipe *recipe = atelier_model_get_recipe (model);
  AtelierRecipeValues values = *atelier_recipe_get_values (recipe);

  if (!atelier_cli_members_apply_one (options->members, "epochs", &values, error))
    return NULL;
  return atelier_recipe_new_with_epochs (recipe, values.n_epochs, error);
}

/* --data, or else the first data set on this machine with the name of the model's.  @model:
 * nullable. */
static char *
dup_data_spec (const TrainOptions *options,
               AtelierModel       *model)
{
  g_autoptr (GPtrArray) places = NULL;

  if (options->data != NULL || model == NULL)
    return g_strdup (options->data);
  places = atelier_dataset_finder_list ();
  for (guint i = 0; i < places->len; i++)
    {
      const AtelierDatasetPlace *place = g_ptr_array_index (places, i);

      if (atelier_dataset_place_is_likely (place, atelier_model_get_dataset_name (model)))
        return g_strdup (place->id);
    }
  return NULL;
}

/* The same bytes take the same data. */
static void
warn_of_other_data (AtelierModel  *like,
                    AtelierSplits *splits)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);

  if (!g_str_equal (atelier_model_get_dataset_sha256 (like), atelier_dataset_get_sha256 (dataset)))
    atelier_cli_warn (_("The model of --like was trained on other data (%s); the weights will "
                        "differ"),
                      atelier_model_get_dataset_name (like));
}

/* @from, @like: the models of --continue and --like; nullable. */
static void
say_start (AtelierModel  *from,
           AtelierModel  *like,
           AtelierSplits *splits)
{
  const AtelierTrainingState *state = from != NULL ? atelier_model_get_state (from) : NULL;
  AtelierModel *model = from != NULL ? from : like;

  atelier_cli_warn_of_missing_classes (splits);
  if (model != NULL && !atelier_model_is_same_arithmetic (model))
    atelier_cli_warn (_("The model was trained by another version of this program, whose "
                        "arithmetic gives other bits; the weights will differ"));
  if (like != NULL)
    warn_of_other_data (like, splits);
  if (state == NULL)
    return;
  /* Translators: the numbers count what earlier runs have done */
  atelier_cli_print (stderr, _("Going on after epoch %u and %u batches of the next\n"),
                     state->n_epochs, state->n_batches);
}

/* ", beta_1 0.5": optional members that are not what one expects, without the schedule's.  Transfer
 * full. */
static char *
describe_optional (const AtelierRecipeValues *values)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *value = atelier_member_to_text (member, values);

      if (member->presence == ATELIER_MEMBER_OPTIONAL
          && !g_str_equal (member->name, "schedule") && g_strcmp0 (member->where, "schedule") != 0
          && !atelier_member_is_default (member, values))
        g_string_append_printf (text, ", %s %s", member->name, value);
    }
  return g_string_free (text, FALSE);
}

/* What is refused is said when training begins. */
static void
say_memory (AtelierNetwork *network,
            AtelierRecipe  *recipe,
            AtelierSplits  *splits,
            guint           n_threads)
{
  g_autofree char *size = NULL;
  guint64 n_bytes;

  if (!atelier_trainer_measure_memory (network, recipe,
                                       atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN),
                                       n_threads, &n_bytes, NULL))
    return;
  size = g_format_size (n_bytes);
  /* Translators: a size such as "19.2 MB" */
  atelier_cli_print (stderr, _("Memory: %s for the network while it trains\n"), size);
}

/* Values that say things against each other. */
static void
say_advice (AtelierNetwork *network,
            AtelierRecipe  *recipe,
            AtelierSplits  *splits)
{
  g_autoptr (GPtrArray) all = atelier_recipe_advise (recipe, network, splits);

  for (guint i = 0; i < all->len; i++)
    {
      const AtelierRecipeAdvice *advice = g_ptr_array_index (all, i);

      /* Translators: a sentence of advice about the recipe */
      atelier_cli_print (stderr, _("Note: %s\n"), advice->words);
    }
}

static void
say_plan (AtelierNetwork *network,
          AtelierRecipe  *recipe,
          AtelierSplits  *splits,
          guint           n_threads)
{
  const AtelierRecipeValues *values = atelier_recipe_get_values (recipe);
  g_autofree char *optimizer = atelier_optimizer_describe (values->optimizer, values);
  g_autofree char *others = describe_optional (values);
  g_autofree char *epochs
    = g_strdup_printf (ngettext ("%u epoch", "%u epochs", values->n_epochs), values->n_epochs);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, values->seed);

  atelier_cli_print_network (stderr, network, FALSE);
  atelier_cli_print (stderr,
                     _("Recipe: %s, rate %g, batch %u, %s, penalty %g, seed %s%s%s\n"),
                     optimizer, values->learning_rate, values->batch_size, epochs, values->l2,
                     seed, values->raw_pixels ? _(", raw pixels") : "", others);
  if (values->schedule != ATELIER_SCHEDULE_CONSTANT)
    {
      g_autofree char *schedule = atelier_schedule_describe (values);

      /* Translators: how the learning rate changes */
      atelier_cli_print (stderr, _("Rate: %s\n"), schedule);
    }
  say_advice (network, recipe, splits);
  say_memory (network, recipe, splits, n_threads);
  atelier_cli_say_engine (n_threads);
}

/* ---- The run ---- */

static gboolean
check_files (const TrainOptions  *options,
             GError             **error)
{
  return (options->save == NULL || atelier_file_check_writable (options->save, 0, error))
         && (options->report == NULL || atelier_cli_check_writable (options->report, error));
}

/* How large the file becomes is known only once the network is. */
static gboolean
check_room (const TrainOptions  *options,
            AtelierNetwork      *network,
            GError             **error)
{
  return options->save == NULL
         || atelier_file_check_writable (options->save,
                                         atelier_model_file_estimate_size (network, TRUE), error);
}

/* A preset is made for the data, other networks are as they are.  @has_model: @loaded is a saved
 * model's.  Transfer full. */
static AtelierNetwork *
choose_network (const TrainOptions  *options,
                gboolean             has_model,
                AtelierNetwork      *loaded,
                AtelierSplits       *splits,
                GError             **error)
{
  if (has_model || options->network != NULL)
    return atelier_network_ref (loaded);
  return atelier_cli_fit_preset (options->preset, atelier_splits_get_dataset (splits), error);
}

/* Trains, and keeps and saves what comes of it.  An exit status. */
static int
run (const TrainOptions  *options,
     AtelierCliTraining  *training)
{
  g_autoptr (AtelierTrainer) trainer = atelier_trainer_new ();
  g_autoptr (AtelierCliKeeper) keeper = NULL;
  AtelierCliLibrary *library = NULL; /* Owned */
  g_auto (AtelierCliSignals) signals = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_id = NULL;
  AtelierCliEnding end = {
    .trainer = trainer,
    .signals = &signals,
    .save = options->save,
    .report = options->report,
    .data = options->data,
    .library = options->library,
    .threads = options->threads,
    .json = options->json,
    .with_state = options->with_state,
    .goes_on = options->go_on != NULL,
    .n_epochs_before = training->from != NULL ? atelier_model_get_n_epochs (training->from) : 0,
  };

  training->signals = &signals;
  atelier_cli_signals_begin (&signals);
  if (options->save != NULL)
    keeper = atelier_cli_keeper_new (trainer, options->save);
  if (!options->no_library)
    library = atelier_cli_library_new (options->library, trainer, options->run_id);
  atelier_cli_training_run (training, trainer, &error);
  g_clear_pointer (&keeper, atelier_cli_keeper_free);
  end.kept_id = kept_id = atelier_cli_library_end (library);
  return atelier_cli_ending_finish (&end, error);
}

static int
train (const TrainOptions *options,
       AtelierModel       *from,   /* the model of --continue or --resume; nullable */
       AtelierModel       *like,   /* the model of --like; nullable */
       AtelierNetwork     *loaded, /* a preset is made for the data instead */
       AtelierRecipe      *recipe,
       guint               n_threads)
{
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *spec = dup_data_spec (options, from != NULL ? from : like);

  if (!check_files (options, &error))
    return atelier_cli_fail (error);
  splits = atelier_cli_load_splits (spec, recipe, &error);
  if (splits == NULL)
    return atelier_cli_fail (error);
  network = choose_network (options, from != NULL || like != NULL, loaded, splits, &error);
  if (network == NULL || !check_room (options, network, &error))
    return atelier_cli_fail (error);
  say_plan (network, recipe, splits, n_threads);
  say_start (from, like, splits);

  if (options->find_rate)
    return atelier_cli_find_rate (network, recipe, splits, n_threads, options->json);
  return run (options, &(AtelierCliTraining) {
                         .from = from,
                         .network = network,
                         .recipe = recipe,
                         .splits = splits,
                         .n_threads = n_threads,
                         .on_epoch = options->json ? atelier_cli_print_epoch_json
                                                   : atelier_cli_print_epoch_words,
                       });
}

/* What can be found wrong before any file is read. */
static gboolean
check_words (const TrainOptions  *options,
             guint               *n_threads,
             GError             **error)
{
  return atelier_cli_parse_count ("--threads", options->threads, 0, ATELIER_CLI_MAX_THREADS,
                                  n_threads, error)
         && (options->report == NULL || atelier_cli_check_report_name (options->report, error))
         && check_like_options (options, error)
         && check_find_options (options, error)
         && check_library_options (options, error)
         && check_roles (options, error);
}

int
atelier_cli_command_train (int    argc,
                           char **argv)
{
  g_auto (TrainOptions) options = { 0 };
  g_autoptr (AtelierModel) from = NULL;
  g_autoptr (AtelierModel) like = NULL;
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (GError) error = NULL;
  guint n_threads = 0;
  int status;

  if (!parse_options (&options, argc, argv, &status))
    return status;
  if (!check_words (&options, &n_threads, &error))
    return atelier_cli_fail_usage ("train", "%s", error->message);
  if (options.go_on != NULL)
    from = load_model (&options, &error);
  else if (options.resume != NULL)
    from = load_run (&options, &error);
  else if (options.like != NULL)
    like = atelier_model_file_load (options.like, &error);
  if (error == NULL)
    recipe = from != NULL ? make_recipe_from (&options, from, &error)
                          : make_recipe (&options, like, &error);
  if (recipe != NULL)
    network = from != NULL || like != NULL
                ? atelier_network_ref (atelier_model_get_network (from != NULL ? from : like))
                : atelier_cli_load_network (options.preset, options.network, &error);
  if (network != NULL && options.with_state && options.save == NULL)
    return atelier_cli_fail_usage ("train", "%s", _("--with-state is for --save"));
  if (g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE))
    return atelier_cli_fail_usage ("train", "%s", error->message);
  if (network == NULL)
    return atelier_cli_fail (error);
  return train (&options, from, like, network, recipe, n_threads);
}
