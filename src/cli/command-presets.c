/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli presets: lists the presets, or prints one as the JSON that train --network and train
 * --recipe read, so that people have something to change.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "atelier-cli-output.h"
#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "model/atelier-plan.h"
#include "model/atelier-presets.h"

static int
print_list (void)
{
  const char * const *ids = atelier_network_list_presets ();
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("llrrl");

  atelier_cli_table_add_row (table, _("Preset"), _("Network"), _("Parameters"), _("Epochs"),
                             _("What for"), NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);
      g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (ids[i]);
      g_autofree char *n_parameters
        = atelier_format_count (atelier_network_get_n_parameters (network));
      g_autofree char *n_epochs
        = atelier_format_count (atelier_recipe_get_values (recipe)->n_epochs);

      atelier_cli_table_add_row (table, ids[i], atelier_network_get_name (network), n_parameters,
                                 n_epochs, atelier_preset_get_purpose (ids[i]), NULL);
    }
  atelier_cli_table_print (table, stdout, 0);
  return ATELIER_CLI_OK;
}

static int
print_preset (const char *id,
              const char *spec) /* nullable: the data that it is made for */
{
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  network = atelier_cli_load_network (id, NULL, &error);
  if (network == NULL)
    return atelier_cli_fail_usage ("presets", "%s", error->message);
  if (spec != NULL)
    {
      splits = atelier_cli_load_splits (spec, NULL, &error);
      g_clear_pointer (&network, atelier_network_unref);
      if (splits != NULL)
        network = atelier_cli_fit_preset (id, atelier_splits_get_dataset (splits), &error);
      if (network == NULL)
        return atelier_cli_fail (error);
    }
  recipe = atelier_recipe_new_preset (id);
  json = atelier_plan_to_json (network, recipe);
  atelier_cli_output_write (stdout, json);
  return ATELIER_CLI_OK;
}

int
atelier_cli_command_presets (int    argc,
                             char **argv)
{
  g_auto (GStrv) ids = NULL;
  g_autofree char *data = NULL;
  const GOptionEntry entries[] = {
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &data,
      N_("Make the preset for the images and classes of this data set"), N_("DATA") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, NULL, NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "presets",
    .parameters = _("[PRESET]"),
    .summary = _("Lists the presets, or prints the network and recipe of one as JSON."),
    .examples = _("  atelier-cli presets\n"
                  "  atelier-cli presets report-2 > mine.json\n"
                  "  atelier-cli train --network mine.json --recipe mine.json"),
  };
  int status;

  if (!atelier_cli_parse (&usage, entries, argc, argv, &status))
    return status;
  if (ids != NULL && ids[1] != NULL)
    return atelier_cli_fail_usage ("presets", _("“%s” was not expected"), ids[1]);
  if (ids == NULL && data != NULL)
    return atelier_cli_fail_usage ("presets", "%s", _("--data needs the name of a preset"));
  return ids != NULL ? print_preset (ids[0], data) : print_list ();
}
