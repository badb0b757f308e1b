/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "atelier-cli-comparison.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "atelier-cli-output.h"
#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "model/atelier-differences.h"
#include "results/atelier-comparison.h"

/* Of the best epoch; NULL without. */
static AtelierPredictions *
get_predictions (AtelierRunRecord  *record,
                 GError           **error)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  const int best = atelier_history_get_best (history);
  AtelierPredictions *predictions =
    best >= 0 ? atelier_epoch_get_predictions (atelier_history_get_epoch (history, (guint) best))
              : NULL;

  if (predictions == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("“%s” has no predictions of validation pictures at its best epoch"),
                 atelier_run_record_get_name (record));
  return predictions;
}

static AtelierComparison *
compare (AtelierRunRecord  *first,
         AtelierRunRecord  *second,
         GError           **error)
{
  AtelierPredictions *of_first, *of_second;

  if (!g_str_equal (atelier_run_record_get_dataset_sha256 (first),
                    atelier_run_record_get_dataset_sha256 (second)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("One run is of %s, the other of %s: there are no pictures that both were "
                     "judged on"),
                   atelier_run_record_get_dataset_name (first),
                   atelier_run_record_get_dataset_name (second));
      return NULL;
    }
  of_first = get_predictions (first, error);
  of_second = of_first != NULL ? get_predictions (second, error) : NULL;
  return of_second != NULL ? atelier_comparison_new (of_first, of_second, error) : NULL;
}

static GPtrArray *
find_differences (AtelierRunRecord *first,
                  AtelierRunRecord *second)
{
  AtelierNetwork * const networks[] = { atelier_run_record_get_network (first),
                                        atelier_run_record_get_network (second) };
  AtelierRecipe * const recipes[] = { atelier_run_record_get_recipe (first),
                                      atelier_run_record_get_recipe (second) };

  return atelier_differences_find (networks, recipes, 2, NULL);
}

/* ---- Words ---- */

static void
print_counts (AtelierComparison *comparison)
{
  static const char * const words[ATELIER_N_PAIRS] = { N_("both right"), N_("only A right"),
                                                       N_("only B right"), N_("both wrong") };
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lr");

  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    {
      g_autofree char *count = atelier_format_count (atelier_comparison_count (comparison, i));

      atelier_cli_table_add_row (table, _(words[i]), count, NULL);
    }
  atelier_cli_print (stdout, "\n");
  atelier_cli_table_print (table, stdout, 2);
}

static void
print_differences (GPtrArray *differences)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lll");

  if (differences->len == 0)
    return;
  atelier_cli_table_add_row (table, _("What differs"), "A", "B", NULL);
  for (guint i = 0; i < differences->len; i++)
    {
      const AtelierDifference *difference = g_ptr_array_index (differences, i);

      atelier_cli_table_add_row (table, difference->label, difference->values[0],
                                 difference->values[1], NULL);
    }
  atelier_cli_print (stdout, "\n");
  atelier_cli_table_print (table, stdout, 2);
}

static void
print_words (AtelierRunRecord  *first,
             AtelierRunRecord  *second,
             AtelierComparison *comparison,
             GPtrArray         *differences)
{
  g_autofree char *verdict = atelier_comparison_describe (comparison, "A", "B");
  g_autofree char *limits = atelier_comparison_describe_limits (comparison);
  g_autofree char *left_out = atelier_comparison_describe_left_out (comparison);

  atelier_cli_print (stdout, "A  %s\nB  %s\n\n%s\n%s\n", atelier_run_record_get_name (first),
                     atelier_run_record_get_name (second), verdict, limits);
  if (left_out != NULL)
    atelier_cli_print (stdout, "%s\n", left_out);
  print_counts (comparison);
  print_differences (differences);
}

/* ---- JSON ---- */

static void
print_json (const char        *first,
            const char        *second,
            AtelierComparison *comparison)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  double low, high, difference;

  difference = atelier_comparison_get_difference (comparison, &low, &high);
  json_builder_begin_object (builder);
  atelier_cli_add_json_string (builder, "first", first);
  atelier_cli_add_json_string (builder, "second", second);
  atelier_cli_add_json_count (builder, "images", atelier_comparison_get_n (comparison));
  atelier_cli_add_json_count (builder, "left_out", atelier_comparison_get_n_left_out (comparison));
  atelier_cli_add_json_count (builder, "both_right",
                              atelier_comparison_count (comparison, ATELIER_PAIR_BOTH_RIGHT));
  atelier_cli_add_json_count (builder, "only_first",
                              atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_FIRST));
  atelier_cli_add_json_count (builder, "only_second",
                              atelier_comparison_count (comparison, ATELIER_PAIR_ONLY_SECOND));
  atelier_cli_add_json_count (builder, "both_wrong",
                              atelier_comparison_count (comparison, ATELIER_PAIR_BOTH_WRONG));
  atelier_cli_add_json_number (builder, "difference", difference);
  atelier_cli_add_json_number (builder, "low", low);
  atelier_cli_add_json_number (builder, "high", high);
  atelier_cli_add_json_number (builder, "p", atelier_comparison_get_p (comparison));
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

int
atelier_cli_compare_runs (AtelierLibraryStore *store,
                          const char          *first,
                          const char          *second,
                          gboolean             as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRunRecord) of_first = atelier_library_store_load_record (store, first, &error);
  g_autoptr (AtelierRunRecord) of_second =
    of_first != NULL ? atelier_library_store_load_record (store, second, &error) : NULL;
  g_autoptr (AtelierComparison) comparison =
    of_second != NULL ? compare (of_first, of_second, &error) : NULL;
  g_autoptr (GPtrArray) differences = NULL;

  if (comparison == NULL)
    return atelier_cli_fail (error);
  if (as_json)
    {
      print_json (first, second, comparison);
      return ATELIER_CLI_OK;
    }
  differences = find_differences (of_first, of_second);
  print_words (of_first, of_second, comparison, differences);
  return ATELIER_CLI_OK;
}
