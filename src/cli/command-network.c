/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli network: prints a network as a table, or as the JSON that train --network reads, and
 * draws it.
 *
 * To make a network of their own, people start from the JSON of a preset.  A network from a file is
 * checked and printed in its canonical form.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>

#include "atelier-cli-files.h"
#include "atelier-cli-output.h"
#include "atelier-cli.h"
#include "atelier-export.h"
#include "atelier-network-steps.h"

/* @spec: nullable; the data that a preset is made for. */
static AtelierNetwork *
load_network (const char  *preset,
              const char  *path,
              const char  *spec,
              GError     **error)
{
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (AtelierSplits) splits = NULL;

  if (path != NULL && spec != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("--data is for --preset: a network from a file has its shape already"));
      return NULL;
    }
  network = atelier_cli_load_network (preset, path, error);
  if (network == NULL || spec == NULL)
    return g_steal_pointer (&network);
  splits = atelier_cli_load_splits (spec, NULL, error);
  if (splits == NULL)
    return NULL;
  return atelier_cli_fit_preset (preset, atelier_splits_get_dataset (splits), error);
}

/* Whether a picture can be written to @picture, which is nullable. */
static gboolean
check_picture (const char  *picture,
               const char  *path,
               GError     **error)
{
  const AtelierCliFile files[] = {
    { .name = "--network", .path = path },
    { .name = "--picture", .path = picture, .is_written = TRUE },
  };
  AtelierExportFormat format;

  if (picture == NULL)
    return TRUE;
  if (!atelier_export_format_from_path (picture, &format, NULL) || format == ATELIER_EXPORT_CSV)
    {
      g_autofree char *shown = g_filename_display_name (picture);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” cannot hold a picture: its name has to end in .pdf, .svg or .png"),
                   shown);
      return FALSE;
    }
  return atelier_cli_check_roles (files, G_N_ELEMENTS (files), error)
         && atelier_cli_check_writable (picture, error);
}

static int
save_picture (AtelierNetwork *network,
              const char     *path)
{
  g_autoptr (AtelierNetworkSteps) steps = atelier_network_steps_new (network);
  g_autoptr (GError) error = NULL;

  if (!atelier_network_steps_save (steps, path, &error))
    return atelier_cli_fail (error);
  atelier_cli_print (stderr, _("The picture is in %s\n"), path);
  return ATELIER_CLI_OK;
}

static void
print_network (AtelierNetwork *network,
               gboolean        as_json)
{
  g_autofree char *json = NULL;

  if (!as_json)
    {
      atelier_cli_print_network (stdout, network, TRUE);
      return;
    }
  json = atelier_network_to_json (network, TRUE);
  g_strchomp (json);
  atelier_cli_output_write (stdout, json);
  atelier_cli_output_write (stdout, "\n");
}

static int
show_network (const char *preset,
              const char *path,
              const char *spec,
              const char *picture,
              gboolean    as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierNetwork) network = NULL;

  if (check_picture (picture, path, &error))
    network = load_network (preset, path, spec, &error);
  if (g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE))
    return atelier_cli_fail_usage ("network", "%s", error->message);
  if (network == NULL)
    return atelier_cli_fail (error);
  print_network (network, as_json);
  return picture != NULL ? save_picture (network, picture) : ATELIER_CLI_OK;
}

int
atelier_cli_command_network (int    argc,
                             char **argv)
{
  g_autofree char *preset = NULL;
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autofree char *picture = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
    { "preset", 'p', 0, G_OPTION_ARG_STRING, &preset,
      N_("Network of a preset: report-1, report-2 (default), quick, strong or robust"),
      N_("ID") },
    { "network", 'n', 0, G_OPTION_ARG_FILENAME, &path,
      N_("A network of your own"), N_("FILE.json") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &data,
      N_("Make the preset for the images and classes of this data set"), N_("DATA") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &as_json,
      N_("Print the JSON that “atelier-cli train --network” reads"), NULL },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture,
      N_("Draw the network there: .pdf, .svg or .png"), N_("FILE") },
    { NULL },
  };
  const AtelierCliUsage usage = {
    .name = "network",
    .summary = _("Prints a network's layers with their shapes, parameters and multiply-adds "
                 "per image, or draws them."),
    .examples = _("  atelier-cli network --preset report-1\n"
                  "  atelier-cli network --preset report-2 --json > mine.json\n"
                  "  atelier-cli network --data /data/digits --json > mine.json\n"
                  "  atelier-cli network --network mine.json --picture mine.svg"),
  };
  int status;

  if (!atelier_cli_parse (&usage, entries, argc, argv, &status))
    return status;
  return show_network (preset, path, data, picture, as_json);
}
