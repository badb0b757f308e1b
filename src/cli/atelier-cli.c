/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands share: options, messages, JSON lines, loading by name.
 *
 * GOptionContext would print its help itself and call exit ().  Help is an option of our own
 * instead, so that it is UTF-8 in every locale, ends with the exit statuses, and a closed pipe is
 * noticed.  Numbers are parsed from strings and not by GOption, whose messages do not give the
 * range and whose integers have no value for "not given".  Main thread.
 */

#include "config.h"

#include "atelier-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>

#include "atelier-cli-output.h"
#include "atelier-cli-text.h"
#include "base/atelier-format.h"
#include "data/atelier-class-coverage.h"
#include "data/atelier-dataset-finder.h"
#include "data/atelier-idx-folder.h"
#include "data/atelier-synthetic.h"
#include "training/atelier-trainer.h"

#define DEFAULT_PRESET "report-2"

/* ---- Options ---- */

static char *
describe_exit_statuses (const char *examples)
{
  return g_strdup_printf ("%s\n%s\n\n%s\n%s\n%s\n%s\n%s\n%s",
                          _("Examples:"),
                          examples,
                          _("Exit status:"),
                          _("  0    all went well"),
                          _("  1    something failed; standard error says what"),
                          _("  2    wrong usage"),
                          _("  3    classify: a picture shows nothing but one even area"),
                          _("  130  interrupted"));
}

gboolean
atelier_cli_parse (const AtelierCliUsage  *usage,
                   const GOptionEntry     *entries,
                   int                     argc,
                   char                  **argv,
                   int                    *status)
{
  gboolean wants_help = FALSE;
  const GOptionEntry help_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, N_("Show this help"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (usage->parameters);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("atelier-cli %s", usage->name);
  g_autofree char *description = describe_exit_statuses (usage->examples);

  g_set_prgname (program);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, usage->summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      *status = atelier_cli_fail_usage (usage->name, "%s", error->message);
      return FALSE;
    }
  if (wants_help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      atelier_cli_output_write (stdout, help);
      *status = ATELIER_CLI_OK;
      return FALSE;
    }
  if (argc > 1 && !g_str_equal (argv[1], "--"))
    {
      *status = atelier_cli_fail_usage (usage->name, _("“%s” was not expected"), argv[1]);
      return FALSE;
    }
  return TRUE;
}

gboolean
atelier_cli_parse_count (const char  *option,
                         const char  *text,
                         guint        min,
                         guint        max,
                         guint       *value,
                         GError     **error)
{
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL))
    {
      /* Translators: an option's name, what was given, and the range */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s: “%s” is not a whole number from %u to %u"), option, text, min, max);
      return FALSE;
    }
  *value = (guint) number;
  return TRUE;
}

gboolean
atelier_cli_parse_seed (const char  *option,
                        const char  *text,
                        guint64     *value,
                        GError     **error)
{
  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, value, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s: “%s” is not a whole number from 0 to 9223372036854775807 (2⁶³ − 1)"),
                   option, text);
      return FALSE;
    }
  return TRUE;
}

/* Accepts the decimal point of the locale and of C, as g_strtod does. */
gboolean
atelier_cli_parse_number (const char  *option,
                          const char  *text,
                          double      *value,
                          GError     **error)
{
  char *end = NULL;
  double number;

  if (text == NULL)
    return TRUE;
  number = g_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (number))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("%s: “%s” is not a number"), option, text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

/* ---- Messages ---- */

void
atelier_cli_print (FILE       *stream,
                   const char *format,
                   ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = atelier_cli_text_format (format, arguments);
  va_end (arguments);
  atelier_cli_output_write (stream, text);
}

static void
warn_valist (const char *format,
             va_list     arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  atelier_cli_print (stderr, "atelier-cli: %s\n", text);
}

void
atelier_cli_warn (const char *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  warn_valist (format, arguments);
  va_end (arguments);
}

int
atelier_cli_fail (const GError *error)
{
  atelier_cli_warn ("%s", error->message);
  return ATELIER_CLI_FAILED;
}

int
atelier_cli_fail_usage (const char *command,
                        const char *format,
                        ...)
{
  va_list arguments;

  va_start (arguments, format);
  warn_valist (format, arguments);
  va_end (arguments);
  if (command != NULL)
    atelier_cli_print (stderr, _("Try “atelier-cli %s --help”.\n"), command);
  else
    atelier_cli_print (stderr, _("Try “atelier-cli --help”.\n"));
  return ATELIER_CLI_WRONG_USAGE;
}

int
atelier_cli_end (int status)
{
  atelier_cli_output_flush ();
  if (atelier_cli_output_get_error () == 0)
    return status;
  atelier_cli_warn (_("Standard output could not be written: %s"),
                    g_strerror (atelier_cli_output_get_error ()));
  return status == ATELIER_CLI_OK ? ATELIER_CLI_FAILED : status;
}

/* ---- JSON ---- */

void
atelier_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  atelier_cli_output_write (stdout, text);
  atelier_cli_output_write (stdout, "\n");
  atelier_cli_output_flush ();
}

void
atelier_cli_add_json_number (JsonBuilder *builder,
                             const char  *name,
                             double       value)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
atelier_cli_add_json_count (JsonBuilder *builder,
                            const char  *name,
                            guint64      value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

void
atelier_cli_add_json_string (JsonBuilder *builder,
                             const char  *name,
                             const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
atelier_cli_add_json_flag (JsonBuilder *builder,
                           const char  *name,
                           gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* ---- Data sets and networks ---- */

static void
say_splits (AtelierSplits *splits,
            const char    *spec)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  g_autofree char *n_train
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN));
  g_autofree char *n_validation
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION));
  g_autofree char *n_test
    = atelier_format_count (atelier_splits_get_n (splits, ATELIER_SPLIT_TEST));

  if (g_str_equal (spec, "auto") && atelier_synthetic_is (dataset))
    atelier_cli_print (stderr,
                       _("Sketched garments, drawn by this program: Fashion-MNIST was not found. "
                         "Install the package dataset-fashion-mnist.\n"));
  /* Translators: a data set's name and its source, a folder or "drawn by this program" */
  atelier_cli_print (stderr, _("Data: %s (%s)\n"),
                     atelier_dataset_get_name (dataset), atelier_dataset_get_source (dataset));
  atelier_cli_print (stderr,
                     _("  %s training, %s validation and %s test images of %u×%u pixels, "
                       "%u classes\n"),
                     n_train, n_validation, n_test,
                     atelier_dataset_get_width (dataset), atelier_dataset_get_height (dataset),
                     atelier_dataset_get_n_classes (dataset));
  if (atelier_idx_folder_is_called_fashion_mnist (atelier_dataset_get_source (dataset))
      && !atelier_dataset_is_published_fashion_mnist (dataset))
    atelier_cli_warn (_("Warning: the folder is called Fashion-MNIST, but these are other images "
                        "or labels; their classes have numbers, not the names of garments"));
}

/* @recipe: nullable. */
static AtelierSplits *
divide (AtelierDataset  *dataset,
        AtelierRecipe   *recipe,
        const char      *spec,
        GError         **error)
{
  AtelierSplits *splits = recipe != NULL ? atelier_recipe_split (recipe, dataset, error)
                                         : atelier_splits_new (dataset);

  if (splits != NULL)
    say_splits (splits, spec);
  return splits;
}

AtelierSplits *
atelier_cli_load_splits (const char     *spec,
                         AtelierRecipe  *recipe,
                         GError        **error)
{
  g_autoptr (AtelierDataset) dataset = NULL;

  if (spec == NULL)
    spec = "auto";
  dataset = atelier_dataset_finder_load (spec, NULL, error);
  return dataset != NULL ? divide (dataset, recipe, spec, error) : NULL;
}

AtelierSplits *
atelier_cli_load_splits_of (const char    *spec,
                            AtelierModel  *model,
                            GError       **error)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  AtelierRecipe *recipe = NULL;

  if (spec == NULL)
    spec = "auto";
  dataset = atelier_dataset_finder_load (spec, NULL, error);
  if (dataset == NULL)
    return NULL;
  if (g_str_equal (atelier_model_get_dataset_sha256 (model), atelier_dataset_get_sha256 (dataset)))
    recipe = atelier_model_get_recipe (model);
  return divide (dataset, recipe, spec, error);
}

void
atelier_cli_warn_of_missing_classes (AtelierSplits *splits)
{
  g_autofree char *words = atelier_class_coverage_describe (splits);

  if (words != NULL)
    atelier_cli_warn (_("Warning: %s"), words);
}

AtelierNetwork *
atelier_cli_load_network (const char  *preset,
                          const char  *path,
                          GError     **error)
{
  g_autofree char *known = NULL;
  AtelierNetwork *network;

  if (preset != NULL && path != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--preset and --network exclude each other"));
      return NULL;
    }
  if (path != NULL)
    return atelier_network_load (path, error);

  if (preset == NULL)
    preset = DEFAULT_PRESET;
  network = atelier_network_new_preset (preset);
  if (network == NULL)
    {
      known = g_strjoinv (", ", (char **) atelier_network_list_presets ());
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("There is no preset “%s”; there are: %s"), preset, known);
    }
  return network;
}

AtelierNetwork *
atelier_cli_fit_preset (const char      *preset,
                        AtelierDataset  *dataset,
                        GError         **error)
{
  return atelier_network_new_preset_for (preset != NULL ? preset : DEFAULT_PRESET,
                                         atelier_dataset_get_height (dataset),
                                         atelier_dataset_get_width (dataset),
                                         atelier_dataset_get_channels (dataset),
                                         atelier_dataset_get_n_classes (dataset), error);
}

static char *
format_shape (guint height,
              guint width,
              guint channels)
{
  if (height == 1 && width == 1)
    return atelier_format_count (channels);
  return g_strdup_printf ("%u×%u×%u", height, width, channels);
}

static void
add_layer_row (AtelierCliTable *table,
               AtelierNetwork  *network,
               guint            i_layer)
{
  const AtelierLayerInfo *info = atelier_network_get_layer_info (network, i_layer);
  g_autofree char *number = atelier_network_number_layer (network, i_layer);
  g_autofree char *words = atelier_network_describe_row (network, i_layer);
  g_autofree char *description
    = g_strdup_printf ("%s%s", info->parent != ATELIER_NO_LAYER ? "  " : "", words);
  g_autofree char *shape = format_shape (info->height, info->width, info->channels);
  g_autofree char *parameters = atelier_format_count (info->n_parameters);
  g_autofree char *work = atelier_format_count (info->n_multiply_adds);

  atelier_cli_table_add_row (table, number, description, shape, parameters, work, NULL);
}

void
atelier_cli_print_network (FILE           *stream,
                           AtelierNetwork *network,
                           gboolean        with_work)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new (with_work ? "rlrrr" : "rlrr");
  g_autofree char *n_parameters
    = atelier_format_count (atelier_network_get_n_parameters (network));
  g_autofree char *n_multiply_adds
    = atelier_format_count (atelier_network_get_n_multiply_adds (network));
  g_autofree char *shape = NULL;
  guint height, width, channels;

  atelier_network_get_input (network, &height, &width, &channels);
  shape = format_shape (height, width, channels);
  atelier_cli_table_add_row (table, "", _("Layer"), _("Shape"), _("Parameters"),
                             _("Multiply-adds"), NULL);
  atelier_cli_table_add_row (table, "", _("Input"), shape, "", "", NULL);
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    add_layer_row (table, network, i);
  atelier_cli_table_add_row (table, "", _("Total"), "", n_parameters, n_multiply_adds, NULL);

  atelier_cli_print (stream, _("Network: %s\n"), atelier_network_get_name (network));
  atelier_cli_table_print (table, stream, 2);
}

void
atelier_cli_say_engine (guint n_threads)
{
  const char *complaint = atelier_engine_get_complaint ();

  if (complaint != NULL)
    atelier_cli_warn ("%s", complaint);
  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  atelier_cli_print (stderr,
                     /* Translators: an instruction set such as AVX2 */
                     ngettext ("Engine: %s, %u thread\n", "Engine: %s, %u threads\n", n_threads),
                     atelier_engine_get_isa (), n_threads);
}

/* ---- Reports ---- */

gboolean
atelier_cli_check_report_name (const char  *path,
                               GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *name = NULL;

  if (g_str_has_suffix (lower, ".pdf"))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("A report is a PDF, and the name “%s” does not end in .pdf"), name);
  return FALSE;
}

void
atelier_cli_say_report (FILE       *stream,
                        const char *path,
                        guint       n_pages)
{
  g_autofree char *name = g_filename_display_name (path);

  atelier_cli_print (stream,
                     ngettext ("The report is in %s (%u page)\n",
                               "The report is in %s (%u pages)\n", n_pages),
                     name, n_pages);
}
