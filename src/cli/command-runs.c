/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli runs: what is in the library of runs, and into it and out of it.
 *
 * Works on the library's store itself, without a thread: a command has nothing else to do.  Runs
 * are named by their ids or by as much of the start as no other run has.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "atelier-cli-comparison.h"
#include "atelier-cli-library.h"
#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "library/atelier-library-store.h"

#define MAX_MEGABYTES 100000000 /* 100 terabytes */

typedef struct
{
  /* Owned */
  char    *library;
  char   **words; /* what is to be done, and with what */

  gboolean json;
  gboolean trash;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->library);
  g_strfreev (options->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

typedef int (*ActionFunc) (AtelierLibraryStore *store, const Options *options, char **words);

static char *
format_time (gint64 us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* ---- Printing ---- */

static void
add_run_members (JsonBuilder                   *builder,
                 const AtelierLibraryRunValues *values)
{
  atelier_cli_add_json_string (builder, "id", values->id);
  atelier_cli_add_json_string (builder, "name", values->name);
  atelier_cli_add_json_string (builder, "note", values->note);
  atelier_cli_add_json_flag (builder, "starred", values->is_starred);
  atelier_cli_add_json_string (builder, "group", values->group);
  atelier_cli_add_json_string (builder, "state", atelier_library_state_get_word (values->state));
  atelier_cli_add_json_flag (builder, "deleted", values->is_trashed);
  atelier_cli_add_json_flag (builder, "can_go_on", values->can_go_on);
  atelier_cli_add_json_string (builder, "network", values->network_name);
  atelier_cli_add_json_count (builder, "parameters", values->n_parameters);
  atelier_cli_add_json_string (builder, "dataset", values->dataset_name);
  atelier_cli_add_json_string (builder, "dataset_sha256", values->dataset_sha256);
  atelier_cli_add_json_count (builder, "seed", values->seed);
  atelier_cli_add_json_count (builder, "epochs", values->n_epochs);
  atelier_cli_add_json_count (builder, "epochs_planned", values->n_epochs_planned);
  atelier_cli_add_json_count (builder, "best_epoch", values->best_epoch);
  atelier_cli_add_json_number (builder, "best_accuracy", values->best_accuracy);
  atelier_cli_add_json_number (builder, "best_loss", values->best_loss);
  atelier_cli_add_json_count (builder, "validation_pictures", values->n_validation);
  atelier_cli_add_json_number (builder, "seconds", values->seconds);
  atelier_cli_add_json_count (builder, "started_us", (guint64) MAX (values->started_at, 0));
  atelier_cli_add_json_count (builder, "test_looks", values->n_test_looks);
  atelier_cli_add_json_number (builder, "test_accuracy", values->test_accuracy);
  atelier_cli_add_json_count (builder, "bytes_of_weights", values->n_bytes_weights);
}

static void
print_run_json (const AtelierLibraryRunValues *values)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_run_members (builder, values);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

static void
add_row (AtelierCliTable               *table,
         const AtelierLibraryRunValues *values)
{
  g_autofree char *id = g_strndup (values->id, 8);
  g_autofree char *started = format_time (values->started_at);
  g_autofree char *epochs =
    g_strdup_printf ("%u/%u", values->n_epochs, values->n_epochs_planned);
  g_autofree char *accuracy = isnan (values->best_accuracy)
                                ? g_strdup ("-")
                                : g_strdup_printf ("%.2f %%", 100 * values->best_accuracy);

  atelier_cli_table_add_row (table, id, values->name,
                             atelier_library_state_get_word (values->state), epochs, accuracy,
                             started, values->dataset_name, NULL);
}

/* What the library takes on disk, and where that ends.  Not on standard output, which is for
 * runs. */
static void
say_size (AtelierLibraryStore *store)
{
  AtelierLibrarySize size;
  g_autofree char *all = NULL;
  g_autofree char *limit = NULL;

  if (!atelier_library_store_measure (store, &size, NULL))
    return;
  all = g_format_size (size.figures + size.weights);
  limit = g_format_size (size.limit);
  if (size.limit > 0)
    atelier_cli_print (stderr, _("%s on disk; from %s of weights on, those of older epochs are "
                                 "deleted\n"),
                       all, limit);
  else
    atelier_cli_print (stderr, _("%s on disk; nothing is deleted\n"), all);
}

static int
list_runs (AtelierLibraryStore  *store,
           const Options        *options,
           char                **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs =
    atelier_library_store_list (store, NULL, options->trash, &error);
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lllrrll");

  if (runs == NULL)
    return atelier_cli_fail (error);
  atelier_cli_table_add_row (table, _("Run"), _("Name"), _("State"), _("Epochs"), _("Accuracy"),
                             _("Begun"), _("Data"), NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      const AtelierLibraryRunValues *values =
        atelier_library_run_get_values (g_ptr_array_index (runs, i));

      if (options->json)
        print_run_json (values);
      else
        add_row (table, values);
    }
  if (!options->json && runs->len > 0)
    atelier_cli_table_print (table, stdout, 0);
  if (!options->json)
    say_size (store);
  return ATELIER_CLI_OK;
}

static void
print_epochs (AtelierHistory *history,
              gboolean        as_json)
{
  for (guint i = 0; i < atelier_history_get_n_epochs (history); i++)
    {
      const AtelierEpochFigures *figures = atelier_history_get_figures (history, i);
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      if (!as_json)
        {
          /* Translators: the figures of an epoch */
          atelier_cli_print (stdout,
                             _("epoch %u: loss %.4f, accuracy %.2f %%; validation loss %.4f, "
                               "accuracy %.2f %%\n"),
                             figures->epoch, figures->loss, 100 * figures->accuracy,
                             figures->validation_loss, 100 * figures->validation_accuracy);
          continue;
        }
      json_builder_begin_object (builder);
      atelier_cli_add_json_count (builder, "epoch", figures->epoch);
      atelier_cli_add_json_number (builder, "loss", figures->loss);
      atelier_cli_add_json_number (builder, "accuracy", figures->accuracy);
      atelier_cli_add_json_number (builder, "validation_loss", figures->validation_loss);
      atelier_cli_add_json_number (builder, "validation_accuracy", figures->validation_accuracy);
      json_builder_end_object (builder);
      atelier_cli_print_json (builder);
    }
}

static int
show_run (AtelierLibraryStore  *store,
          const Options        *options,
          char                **words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs =
    atelier_library_store_list (store, (const char * const *) words, FALSE, &error);
  g_autoptr (AtelierRunRecord) record =
    runs != NULL ? atelier_library_store_load_record (store, words[0], &error) : NULL;
  const AtelierLibraryRunValues *values;

  if (record == NULL || runs->len == 0)
    return atelier_cli_fail (error);
  values = atelier_library_run_get_values (g_ptr_array_index (runs, 0));
  if (options->json)
    print_run_json (values);
  else
    /* Translators: id, name, state, network, data */
    atelier_cli_print (stdout, _("%s: “%s”, %s\nnetwork %s, data %s\n"), values->id, values->name,
                       atelier_library_state_get_word (values->state), values->network_name,
                       values->dataset_name);
  print_epochs (atelier_run_record_get_history (record), options->json);
  return ATELIER_CLI_OK;
}

/* ---- Changing ---- */

static int
end (gboolean      is_done,
     const GError *error)
{
  return is_done ? ATELIER_CLI_OK : atelier_cli_fail (error);
}

static int
delete_runs (AtelierLibraryStore  *store,
             const Options        *options,
             char                **words)
{
  g_autoptr (GError) error = NULL;

  return end (atelier_library_store_trash (store, (const char * const *) words, TRUE, &error),
              error);
}

static int
restore_runs (AtelierLibraryStore  *store,
              const Options        *options,
              char                **words)
{
  g_autoptr (GError) error = NULL;

  return end (atelier_library_store_trash (store, (const char * const *) words, FALSE, &error),
              error);
}

static int
empty_trash (AtelierLibraryStore  *store,
             const Options        *options,
             char                **words)
{
  g_autoptr (GError) error = NULL;

  return end (atelier_library_store_empty_trash (store, NULL, &error), error);
}

static int
export_run (AtelierLibraryStore  *store,
            const Options        *options,
            char                **words)
{
  g_autoptr (GError) error = NULL;
  const char *ids[] = { words[0], NULL };

  return end (atelier_library_store_export (store, ids, words[1], &error), error);
}

static int
import_runs (AtelierLibraryStore  *store,
             const Options        *options,
             char                **words)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = atelier_library_store_import (store, words[0], &error);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    atelier_cli_print (stdout, "%s\n", ids[i]);
  return end (ids != NULL, error);
}

static int
back_up (AtelierLibraryStore  *store,
         const Options        *options,
         char                **words)
{
  g_autoptr (GError) error = NULL;

  return end (atelier_library_store_backup (store, words[0], &error), error);
}

static int
compare_runs (AtelierLibraryStore  *store,
              const Options        *options,
              char                **words)
{
  return atelier_cli_compare_runs (store, words[0], words[1], options->json);
}

/* In megabytes, as people say them; 0: none. */
static int
set_limit (AtelierLibraryStore  *store,
           const Options        *options,
           char                **words)
{
  g_autoptr (GError) error = NULL;
  guint megabytes;

  if (!atelier_cli_parse_count ("limit", words[0], 0, MAX_MEGABYTES, &megabytes, &error))
    return atelier_cli_fail_usage ("runs", "%s", error->message);
  if (!atelier_library_store_set_limit (store, (guint64) megabytes * 1000 * 1000, &error)
      || !atelier_library_store_tidy (store, &error))
    return atelier_cli_fail (error);
  say_size (store);
  return ATELIER_CLI_OK;
}

typedef struct
{
  const char *word;
  guint       n_min;
  guint       n_max;
  guint       n_runs; /* the first so many words are runs */
  gboolean    creates;
  ActionFunc  run;
} Action;

static const Action actions[] = {
  { "list", 0, 0, 0, FALSE, list_runs },
  { "show", 1, 1, 1, FALSE, show_run },
  { "compare", 2, 2, 2, FALSE, compare_runs },
  { "export", 2, 2, 1, FALSE, export_run },
  { "import", 1, 1, 0, TRUE, import_runs },
  { "merge", 1, 1, 0, TRUE, import_runs },
  { "delete", 1, G_MAXUINT, G_MAXUINT, FALSE, delete_runs },
  { "restore", 1, G_MAXUINT, G_MAXUINT, FALSE, restore_runs },
  { "empty-trash", 0, 0, 0, FALSE, empty_trash },
  { "backup", 1, 1, 0, FALSE, back_up },
  { "limit", 1, 1, 0, FALSE, set_limit },
};

static const Action *
find_action (const char *word)
{
  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].word, word))
      return &actions[i];
  return NULL;
}

/* Puts whole ids in the place of their starts. */
static gboolean
complete_ids (AtelierLibraryStore  *store,
              char                **words,
              guint                 n_runs,
              GError              **error)
{
  for (guint i = 0; words[i] != NULL && i < n_runs; i++)
    {
      char *id = atelier_library_store_find (store, words[i], error);

      if (id == NULL)
        return FALSE;
      g_free (words[i]);
      words[i] = id;
    }
  return TRUE;
}

static int
act (const Options *options,
     const Action  *action)
{
  g_autofree char *usual = atelier_library_dup_default_folder ();
  const char *folder = options->library != NULL ? options->library : usual;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierLibraryStore) store =
    atelier_library_store_open (folder, action->creates || options->library == NULL, &error);

  if (store == NULL || !complete_ids (store, options->words + 1, action->n_runs, &error))
    return atelier_cli_fail (error);
  if (atelier_library_store_get_notice (store) != NULL)
    atelier_cli_warn ("%s", atelier_library_store_get_notice (store));
  return action->run (store, options, options->words + 1);
}

int
atelier_cli_command_runs (int    argc,
                          char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "library", 0, 0, G_OPTION_ARG_FILENAME, &options.library, ATELIER_CLI_LIBRARY_HELP,
      N_("FOLDER") },
    { "trash", 0, 0, G_OPTION_ARG_NONE, &options.trash, N_("List what was deleted"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json,
      N_("Print one JSON object a line and nothing else"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.words, NULL, NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "runs",
    .parameters = "ACTION [RUN…|FILE]",
    .summary = _("Lists the runs that are kept, and takes runs out of the library and into it:\n"
                 "  list                    show RUN           compare RUN RUN\n"
                 "  export RUN FILE         import FILE        merge FOLDER\n"
                 "  delete RUN…             restore RUN…       empty-trash\n"
                 "  backup FOLDER           limit MEGABYTES\n"
                 "A run is named by the start of its id."),
    .examples = _("  atelier-cli runs list\n"
                  "  atelier-cli runs show 3f2a --json\n"
                  "  atelier-cli runs compare 3f2a 81c0\n"
                  "  atelier-cli runs export 3f2a bags.atelier-run"),
  };
  const Action *action;
  guint n;
  int status;

  if (!atelier_cli_parse (&usage, entries, argc, argv, &status))
    return status;
  action = find_action (options.words != NULL ? options.words[0] : NULL);
  n = options.words != NULL ? g_strv_length (options.words) : 0;
  if (action == NULL)
    return atelier_cli_fail_usage ("runs", "%s",
                                   _("What is to be done is missing or unknown, such as “list”"));
  if (n - 1 < action->n_min || n - 1 > action->n_max)
    return atelier_cli_fail_usage ("runs", _("“%s” takes another number of words"), action->word);
  return act (&options, action);
}
