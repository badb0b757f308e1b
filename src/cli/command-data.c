/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli data: lists the data sets on this machine.
 *
 * Each one is loaded, so that its figures (sizes, counts, copies, hash) are measured, and a broken
 * data set is noticed here and not at the start of a training.  The groups of copies are listed in
 * the JSON only; the text just gives their number.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "atelier-cli-text.h"
#include "atelier-cli.h"
#include "base/atelier-format.h"
#include "data/atelier-data-overview.h"
#include "data/atelier-dataset-finder.h"

/* A row for each class, a column for each split. */
static void
print_counts (AtelierDataOverview *overview)
{
  AtelierSplits *splits = atelier_data_overview_get_splits (overview);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const char * const *names = atelier_dataset_get_class_names (dataset);
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lrrr");

  atelier_cli_table_add_row (table, _("Class"), atelier_split_get_name (ATELIER_SPLIT_TRAIN),
                             atelier_split_get_name (ATELIER_SPLIT_VALIDATION),
                             atelier_split_get_name (ATELIER_SPLIT_TEST), NULL);
  for (guint i = 0; names[i]; i++)
    {
      g_autofree char *n_train = atelier_format_count (
        atelier_data_overview_get_count (overview, ATELIER_SPLIT_TRAIN, i));
      g_autofree char *n_validation = atelier_format_count (
        atelier_data_overview_get_count (overview, ATELIER_SPLIT_VALIDATION, i));
      g_autofree char *n_test = atelier_format_count (
        atelier_data_overview_get_count (overview, ATELIER_SPLIT_TEST, i));

      atelier_cli_table_add_row (table, atelier_class_name_translate (names[i]), n_train,
                                 n_validation, n_test, NULL);
    }
  atelier_cli_table_print (table, stdout, 2);
}

static void
print_words (const AtelierDatasetPlace *place,
             AtelierDataOverview       *overview)
{
  AtelierSplits *splits = atelier_data_overview_get_splits (overview);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("ll");
  g_autofree char *n_train
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));
  g_autofree char *n_validation
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION));
  g_autofree char *n_test
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TEST));
  g_autofree char *images = g_strdup_printf (_("%s training, %s validation, %s test; %u×%u pixels"),
                                             n_train, n_validation, n_test,
                                             atelier_dataset_get_width (dataset),
                                             atelier_dataset_get_height (dataset));
  g_autofree char *n_classes = g_strdup_printf ("%u", atelier_dataset_get_n_classes (dataset));
  g_autofree char *copies = atelier_data_overview_describe_copies (overview);

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
  atelier_cli_table_add_row (table, _("Copies"), copies, NULL);
  atelier_cli_print (stdout, "%s\n", atelier_dataset_get_name (dataset));
  atelier_cli_table_print (table, stdout, 2);
  atelier_cli_print (stdout, "\n");
  print_counts (overview);
}

/* The class names are the file's, untranslated: JSON does not depend on the language. */
static void
add_class_counts (JsonBuilder         *builder,
                  AtelierDataOverview *overview)
{
  const char * const *names
    = atelier_dataset_get_class_names (atelier_data_overview_get_dataset (overview));

  json_builder_set_member_name (builder, "class_counts");
  json_builder_begin_array (builder);
  for (guint i = 0; names[i]; i++)
    {
      json_builder_begin_object (builder);
      atelier_cli_add_json_string (builder, "name", names[i]);
      for (guint split = 0; split < ATELIER_N_SPLITS; split++)
        atelier_cli_add_json_count (builder, atelier_split_get_id (split),
                   atelier_data_overview_get_count (overview, split, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_group (JsonBuilder         *builder,
           AtelierDataOverview *overview,
           guint                i_group)
{
  guint n_pictures = 0;
  const AtelierDataPicture *pictures
    = atelier_data_overview_get_group (overview, i_group, &n_pictures);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n_pictures; i++)
    {
      json_builder_begin_object (builder);
      atelier_cli_add_json_string (builder, "split", atelier_split_get_id (pictures[i].split));
      atelier_cli_add_json_count (builder, "index", pictures[i].index);
      atelier_cli_add_json_count (builder, "label", pictures[i].label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_copies (JsonBuilder         *builder,
            AtelierDataOverview *overview)
{
  json_builder_set_member_name (builder, "copies");
  json_builder_begin_object (builder);
  atelier_cli_add_json_count (builder, "pictures", atelier_data_overview_get_n_copied (overview));
  atelier_cli_add_json_count (builder, "groups_with_several_labels",
             atelier_data_overview_get_n_contradicted (overview));
  atelier_cli_add_json_count (builder, "validation_in_train",
             atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_VALIDATION,
                                                 ATELIER_SPLIT_TRAIN));
  atelier_cli_add_json_count (builder, "test_in_train",
             atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_TEST,
                                                 ATELIER_SPLIT_TRAIN));
  atelier_cli_add_json_count (builder, "test_in_validation",
             atelier_data_overview_get_n_shared (overview, ATELIER_SPLIT_TEST,
                                                 ATELIER_SPLIT_VALIDATION));
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < atelier_data_overview_get_n_groups (overview); i++)
    add_group (builder, overview, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const AtelierDatasetPlace *place,
            AtelierDataOverview       *overview)
{
  AtelierSplits *splits = atelier_data_overview_get_splits (overview);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  atelier_cli_add_json_string (builder, "id", place->id);
  atelier_cli_add_json_string (builder, "name", atelier_dataset_get_name (dataset));
  atelier_cli_add_json_string (builder, "source", atelier_dataset_get_source (dataset));
  atelier_cli_add_json_count (builder, "train", atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));
  atelier_cli_add_json_count (builder, "validation",
             atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION));
  atelier_cli_add_json_count (builder, "test", atelier_splits_get_n (splits, ATELIER_SPLIT_TEST));
  atelier_cli_add_json_count (builder, "height", atelier_dataset_get_height (dataset));
  atelier_cli_add_json_count (builder, "width", atelier_dataset_get_width (dataset));
  atelier_cli_add_json_count (builder, "channels", atelier_dataset_get_channels (dataset));
  atelier_cli_add_json_count (builder, "classes", atelier_dataset_get_n_classes (dataset));
  atelier_cli_add_json_string (builder, "sha256", atelier_dataset_get_sha256 (dataset));
  json_builder_set_member_name (builder, "is_published_fashion_mnist");
  json_builder_add_boolean_value (builder, atelier_dataset_is_published_fashion_mnist (dataset));
  add_class_counts (builder, overview);
  add_copies (builder, overview);
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
  g_autoptr (AtelierSplits) splits = NULL;
  g_autoptr (AtelierDataOverview) overview = NULL;

  if (dataset)
    splits = atelier_splits_new (dataset);
  if (splits)
    overview = atelier_data_overview_new (splits, NULL, &error);
  if (overview == NULL)
    return atelier_cli_fail (error);
  if (as_json)
    {
      print_json (place, overview);
      return ATELIER_CLI_OK;
    }
  if (!is_first)
    atelier_cli_print (stdout, "\n");
  print_words (place, overview);
  return ATELIER_CLI_OK;
}

int
atelier_cli_command_data (int    argc,
                          char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &as_json,
      N_("Print one JSON object for each data set and nothing else"), NULL },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "data",
    .summary = _("Lists the data sets on this machine; “--data auto” means the first.\n"
                 "Says how many images each class has, and how many have copies.\n"
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
