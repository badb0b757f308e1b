/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli: the names of the commands, the help about all of them, and unknown names.
 *
 * The first argument is the command; everything after it belongs to the command.  For an unknown
 * name the nearest command is suggested, by the number of letters to insert, delete, replace or
 * swap.  Main thread.
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "atelier-cli-text.h"
#include "atelier-cli.h"

/* The largest distance at which a command is suggested. */
#define MAX_DISTANCE 3

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} Command;

static const Command commands[] = {
  { "train", N_("Train a network and save it"), atelier_cli_command_train },
  { "evaluate", N_("Measure a saved model on a data set"), atelier_cli_command_evaluate },
  { "report", N_("Write what a saved model can do as a PDF"), atelier_cli_command_report },
  { "classify", N_("Say what pictures show"), atelier_cli_command_classify },
  { "reproduce", N_("Repeat the report and compare"), atelier_cli_command_reproduce },
  { "runs", N_("List the runs that are kept, export and import them"), atelier_cli_command_runs },
  { "data", N_("List the data sets on this machine"), atelier_cli_command_data },
  { "network", N_("Print a network's layers, or its JSON to start from"),
    atelier_cli_command_network },
  { "presets", N_("List the presets, or print one to start from"), atelier_cli_command_presets },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

/* Edit distance with swaps of adjacent letters (optimal string alignment); for short words. */
static guint
get_distance (const char *a,
              const char *b)
{
  gsize n_a = strlen (a), n_b = strlen (b);
  gsize width = n_b + 1;
  g_autofree guint *d = g_new (guint, (n_a + 1) * width); /* [n_a + 1, n_b + 1] */

  for (gsize i = 0; i <= n_a; i++)
    d[i * width] = i;
  for (gsize j = 0; j <= n_b; j++)
    d[j] = j;
  for (gsize i = 1; i <= n_a; i++)
    for (gsize j = 1; j <= n_b; j++)
      {
        guint cost = a[i - 1] == b[j - 1] ? 0 : 1;
        guint best = MIN (d[(i - 1) * width + j], d[i * width + j - 1]) + 1;

        best = MIN (best, d[(i - 1) * width + j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          best = MIN (best, d[(i - 2) * width + j - 2] + 1);
        d[i * width + j] = best;
      }
  return d[n_a * width + n_b];
}

static const Command *
find_nearest_command (const char *name)
{
  const Command *nearest = NULL;
  guint least = MAX_DISTANCE + 1;

  if (strlen (name) > 20)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint distance = get_distance (name, commands[i].name);

      if (distance < least && distance < strlen (name))
        {
          least = distance;
          nearest = &commands[i];
        }
    }
  return nearest;
}

static int
fail_unknown (const char *name)
{
  const Command *nearest = find_nearest_command (name);

  if (nearest != NULL)
    return atelier_cli_fail_usage (NULL, _("There is no command “%s”; did you mean “%s”?"), name,
                                   nearest->name);
  return atelier_cli_fail_usage (NULL, _("There is no command “%s”"), name);
}

static int
print_help (void)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("ll");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    atelier_cli_table_add_row (table, commands[i].name, _(commands[i].summary), NULL);
  atelier_cli_print (stdout, _("Usage:\n  atelier-cli COMMAND [OPTION…]\n\n"
                               "Trains small image classifiers and measures them, with the engine "
                               "of Atelier.\n\n"
                               "Commands:\n"));
  atelier_cli_table_print (table, stdout, 2);
  atelier_cli_print (stdout, _("\n“atelier-cli COMMAND --help” describes a command; “atelier-cli "
                               "--version” prints the version.\n\n"
                               "Exit status:\n"
                               "  0    all went well\n"
                               "  1    something failed; standard error says what\n"
                               "  2    wrong usage\n"
                               "  3    classify: a picture shows nothing but one even area\n"
                               "  130  interrupted\n\n"
                               "Examples:\n"
                               "  atelier-cli train --save bags.safetensors\n"
                               "  atelier-cli evaluate bags.safetensors --matrix confusion.pdf\n"
                               "  atelier-cli classify bags.safetensors photo.jpg\n"));
  return ATELIER_CLI_OK;
}

/* "help train" is "train --help". */
static int
run_help (int    argc,
          char **argv)
{
  const Command *command;
  char *help[] = { NULL, (char *) "--help", NULL };

  if (argc < 2)
    return print_help ();
  command = find_command (argv[1]);
  if (command == NULL)
    return fail_unknown (argv[1]);
  help[0] = argv[1];
  return command->run (2, help);
}

static int
run (int    argc,
     char **argv)
{
  const Command *command;

  if (argc < 2)
    return atelier_cli_fail_usage (NULL, _("A command is needed"));
  if (g_str_equal (argv[1], "--version"))
    {
      atelier_cli_print (stdout, "atelier-cli %s\n", ATELIER_VERSION);
      return ATELIER_CLI_OK;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    return print_help ();
  if (g_str_equal (argv[1], "help"))
    return run_help (argc - 1, argv + 1);
  if (argv[1][0] == '-')
    return atelier_cli_fail_usage (NULL, _("A command is needed before options such as %s"),
                                   argv[1]);
  command = find_command (argv[1]);
  if (command == NULL)
    return fail_unknown (argv[1]);
  return command->run (argc - 1, argv + 1);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("atelier-cli");

  return atelier_cli_end (run (argc, argv));
}
