/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli data: the data sets that are on this machine.
 *
 * Each is loaded, so that what is said of it (sizes, hash) is measured and a broken one is
 * noticed here rather than at the start of a training.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "atelier-dataset-finder.h"
#include "atelier-format.h"

static void
print_words (const AtelierDatasetPlace *place,
             AtelierDataset            *dataset)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("ll");
  g_autofree char *n_train
    = atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TRAIN));
  g_autofree char *n_validation
    = atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_VALIDATION));
  g_autofree char *n_test
    = atelier_format_count (atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TEST));
  g_autofree char *images = g_strdup_printf (_("%s training, %s validation, %s test; %u×%u pixels"),
                                             n_train, n_validation, n_test,
                                             atelier_dataset_get_width (dataset),
                                             atelier_dataset_get_height (dataset));
  g_autofree char *n_classes = g_strdup_printf ("%u", atelier_dataset_get_n_classes (dataset));

  atelier_cli_table_add_row (table, _("Place"), place->detail, NULL);
  atelier_cli_table_add_row (table, _("--data"), place->id, NULL);
  atelier_cli_table_add_row (table, _("Images"), images, NULL);
  atelier_cli_table_add_row (table, _("Classes"), n_classes, NULL);
  atelier_cli_table_add_row (table, _("SHA-256"), atelier_dataset_get_sha256 (dataset), NULL);
  atelier_cli_table_add_row (table, _("Published"),
                             atelier_dataset_is_published_fashion_mnist (dataset)
                               ? _("yes, byte for byte Fashion-MNIST")
                               : _("no"),
                             NULL);
  atelier_cli_print (stdout, "%s\n", atelier_dataset_get_name (dataset));
  atelier_cli_table_print (table, stdout, 2);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_count (JsonBuilder *builder,
           const char  *name,
           guint        value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_json (const AtelierDatasetPlace *place,
            AtelierDataset            *dataset)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "id", place->id);
  add_string (builder, "name", atelier_dataset_get_name (dataset));
  add_string (builder, "source", atelier_dataset_get_source (dataset));
  add_count (builder, "train", atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TRAIN));
  add_count (builder, "validation",
             atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_VALIDATION));
  add_count (builder, "test", atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TEST));
  add_count (builder, "height", atelier_dataset_get_height (dataset));
  add_count (builder, "width", atelier_dataset_get_width (dataset));
  add_count (builder, "channels", atelier_dataset_get_channels (dataset));
  add_count (builder, "classes", atelier_dataset_get_n_classes (dataset));
  add_string (builder, "sha256", atelier_dataset_get_sha256 (dataset));
  json_builder_set_member_name (builder, "is_published_fashion_mnist");
  json_builder_add_boolean_value (builder, atelier_dataset_is_published_fashion_mnist (dataset));
  json_builder_end_object (builder);
  atelier_cli_print_json (builder);
}

static int
print_place (const AtelierDatasetPlace *place,
             gboolean                   is_first,
             gboolean                   as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataset) dataset = atelier_dataset_finder_load (place->id, NULL, &error);

  if (dataset == NULL)
    return atelier_cli_fail (error);
  if (as_json)
    {
      print_json (place, dataset);
      return ATELIER_CLI_OK;
    }
  if (!is_first)
    atelier_cli_print (stdout, "\n");
  print_words (place, dataset);
  return ATELIER_CLI_OK;
}

int
atelier_cli_command_data (int    argc,
                          char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &as_json,
      N_("Print one JSON object a data set and nothing else"), NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "data",
    .summary = _("Lists the data sets on this machine; “--data auto” means the first.\n"
                 "Folders in ATELIER_DATASETS (separated by colons) come before the usual places."),
    .examples = _("  atelier-cli data\n"
                  "  ATELIER_DATASETS=/data/digits atelier-cli data --json"),
  };
  g_autoptr (GPtrArray) places = NULL;
  int status = ATELIER_CLI_OK;

  if (!atelier_cli_parse (&usage, entries, argc, argv, &status))
    return status;
  places = atelier_dataset_finder_list ();
  for (guint i = 0; i < places->len; i++)
    if (print_place (g_ptr_array_index (places, i), i == 0, as_json) != ATELIER_CLI_OK)
      status = ATELIER_CLI_FAILED;
  return status;
}
