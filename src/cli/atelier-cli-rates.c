/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A search for a learning rate in a terminal.  Main thread. */

#include "config.h"

#include "atelier-cli-rates.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "training/atelier-rate-finder.h"

#define ROW_RATIO 1.7 /* between the rates of two rows */

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **found = user_data;

  *found = g_object_ref (result);
}

static void
print_json (const AtelierRateSearch *search)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  AtelierRateAdvice advice = { NAN, NAN, NAN };

  atelier_rate_search_advise (search, &advice);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "points");
  json_builder_begin_array (builder);
  for (guint i = 0; i < atelier_rate_search_get_n (search); i++)
    {
      const AtelierRatePoint *point = atelier_rate_search_get_point (search, i);

      json_builder_begin_object (builder);
      atelier_cli_add_json_number (builder, "rate", point->rate);
      atelier_cli_add_json_number (builder, "loss", point->loss);
      atelier_cli_add_json_number (builder, "smoothed", point->smoothed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  atelier_cli_add_json_number (builder, "lowest", advice.lowest);
  atelier_cli_add_json_number (builder, "steepest", advice.steepest);
  atelier_cli_add_json_number (builder, "highest", advice.highest);
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

static void
print_words (const AtelierRateSearch *search)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("rr");
  AtelierRateAdvice advice;
  double next = 0.0;

  atelier_cli_table_add_row (table, _("Rate"), _("Loss"), NULL);
  for (guint i = 0; i < atelier_rate_search_get_n (search); i++)
    {
      const AtelierRatePoint *point = atelier_rate_search_get_point (search, i);
      g_autofree char *rate = g_strdup_printf ("%.2g", point->rate);
      g_autofree char *loss = g_strdup_printf ("%.4f", point->smoothed);

      if (point->rate < next)
        continue;
      atelier_cli_table_add_row (table, rate, loss, NULL);
      next = point->rate * ROW_RATIO;
    }
  atelier_cli_table_print (table, stdout, 0);
  if (atelier_rate_search_advise (search, &advice))
    /* Translators: learning rates */
    atelier_cli_print (stdout, _("The loss falls fastest at a rate of %.2g; from %.2g to %.2g are "
                                 "good.\n"),
                       advice.steepest, advice.lowest, advice.highest);
  else
    atelier_cli_print (stdout, _("No rate makes the loss fall.\n"));
}

int
atelier_cli_find_rate (AtelierNetwork *network,
                       AtelierRecipe  *recipe,
                       AtelierSplits  *splits,
                       guint           n_threads,
                       gboolean        json)
{
  g_autoptr (AtelierRateSearch) search = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  atelier_rate_finder_run_async (network, recipe, splits, n_threads, NULL, NULL, NULL, on_found_cb,
                                 &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  search = atelier_rate_finder_run_finish (result, &error);
  if (search == NULL)
    return atelier_cli_fail (error);
  if (json)
    print_json (search);
  else
    print_words (search);
  return ATELIER_CLI_OK;
}
