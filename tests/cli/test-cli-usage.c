/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Help, version, wrong usage, exit statuses. */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "cli-fixture.h"
#include "kinds/atelier-recipe-values.h"

static const char * const commands[] = {
  "train", "evaluate", "classify", "reproduce", "data", "network",
};

static void
test_help (void)
{
  g_autoptr (CliResult) result = cli_run ("--help", NULL);

  cli_assert_status (result, 0);
  g_assert_cmpstr (result->err, ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    cli_assert_contains (result->out, commands[i]);
  cli_assert_contains (result->out, "Exit status:");
}

static void
test_help_of_each (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliResult) result = cli_run (commands[i], "--help", NULL);
      g_autoptr (CliResult) same = cli_run ("help", commands[i], NULL);
      g_autofree char *usage = g_strdup_printf ("atelier-cli %s", commands[i]);

      cli_assert_status (result, 0);
      g_assert_cmpstr (result->err, ==, "");
      cli_assert_contains (result->out, usage);
      cli_assert_contains (result->out, "Examples:");
      cli_assert_contains (result->out, "Exit status:");
      cli_assert_contains (result->out, "130");
      cli_assert_status (same, 0);
      g_assert_cmpstr (same->out, ==, result->out);
    }
}

static void
test_version (void)
{
  g_autoptr (CliResult) result = cli_run ("--version", NULL);

  cli_assert_status (result, 0);
  g_assert_cmpstr (result->out, ==, "atelier-cli " ATELIER_VERSION "\n");
}

static void
test_no_command (void)
{
  g_autoptr (CliResult) result = cli_run (NULL, NULL);

  cli_assert_status (result, 2);
  g_assert_cmpstr (result->out, ==, "");
  cli_assert_contains (result->err, "atelier-cli --help");
}

static void
test_unknown_command (void)
{
  g_autoptr (CliResult) near = cli_run ("trian", NULL);
  g_autoptr (CliResult) far = cli_run ("xyzzy", NULL);
  g_autoptr (CliResult) option = cli_run ("--epochs", NULL);

  cli_assert_status (near, 2);
  cli_assert_contains (near->err, "“trian”; did you mean “train”?");
  cli_assert_status (far, 2);
  cli_assert_lacks (far->err, "did you mean");
  cli_assert_status (option, 2);
}

static void
test_unknown_option (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (CliResult) result = cli_run (commands[i], "--nonsense", NULL);
      g_autofree char *hint = g_strdup_printf ("atelier-cli %s --help", commands[i]);

      cli_assert_status (result, 2);
      g_assert_cmpstr (result->out, ==, "");
      cli_assert_contains (result->err, "--nonsense");
      cli_assert_contains (result->err, hint);
    }
}

static void
assert_wrong (const char *command,
              const char *option,
              const char *value,
              const char *part)
{
  g_autoptr (CliResult) result = cli_run (command, option, value, NULL);

  cli_assert_status (result, 2);
  g_assert_cmpstr (result->out, ==, "");
  cli_assert_contains (result->err, part);
}

static void
test_numbers (void)
{
  assert_wrong ("train", "--epochs", "0", "--epochs: “0” is not a whole number from 1 to 10000");
  assert_wrong ("train", "--epochs", "-1", "“-1”");
  assert_wrong ("train", "--epochs", "ten", "“ten”");
  assert_wrong ("train", "--batch", "4097", "“4097”");
  assert_wrong ("train", "--threads", "65", "“65”");
  assert_wrong ("train", "--seed", "18446744073709551616", "“18446744073709551616”");
  assert_wrong ("train", "--seed", "9223372036854775808",
                "“9223372036854775808” is not a whole number from 0 to 9223372036854775807");
  assert_wrong ("train", "--rate", "fast", "“fast” is not a number");
  assert_wrong ("train", "--rate", "nan", "“nan” is not a number");
  assert_wrong ("train", "--rate", "0.1x", "“0.1x” is not a number");
  assert_wrong ("train", "--rate", "-1", "-1");
  assert_wrong ("train", "--momentum", "0.9", "--momentum is for --optimizer sgd");
  assert_wrong ("train", "--l2", "2", "“l2” is 2, expected 0 to 1");
  assert_wrong ("train", "--beta-1", "1", "“beta_1” is 1, expected 0 to below 1");
  assert_wrong ("reproduce", "--seeds", "1,,2", "“”");
  assert_wrong ("reproduce", "--seeds", "", "--seeds");
  assert_wrong ("reproduce", "--epochs", "0", "“0”");
}

/* The paragraph of the manual's section of train that describes @option.  Transfer full. */
static char *
find_in_manual (const char *manual,
                const char *option)
{
  g_auto (GStrv) words = g_strsplit (option, "-", -1);
  g_autofree char *roff = g_strjoinv ("\\-", words);
  g_autofree char *name = g_strconcat ("\\-\\-", roff, " ", NULL);
  g_autofree char *flag = g_strconcat ("\\-\\-", roff, "\n", NULL);
  const char *start = strstr (manual, "\n.SS train\n");
  const char *end = strstr (start + 1, "\n.SS ");
  g_autofree char *section = g_strndup (start, end - start);
  g_auto (GStrv) paragraphs = g_strsplit (section, "\n.TP\n", -1);

  for (guint i = 1; paragraphs[i] != NULL; i++)
    {
      g_autofree char *head = g_strndup (paragraphs[i], strcspn (paragraphs[i], "\n") + 1);

      if (strstr (head, name) != NULL || strstr (head, flag) != NULL)
        return g_strdup (paragraphs[i]);
    }
  return NULL;
}

/* The text of numbers has no commas there. */
static void
assert_in_paragraph (const char *paragraph,
                     const char *option,
                     const char *text)
{
  g_auto (GStrv) parts = g_strsplit (paragraph, ",", -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  if (strstr (plain, text) == NULL)
    g_error ("The manual does not say %s of --%s:\n%s", text, option, paragraph);
}

/* Each member of a recipe has an option, which the manual describes with its range. */
static void
test_members (void)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "atelier-cli.1", NULL);
  g_autofree char *manual = NULL;
  g_autoptr (CliResult) help = cli_run ("train", "--help", NULL);

  g_assert_true (g_file_get_contents (path, &manual, NULL, NULL));
  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *option = g_strconcat ("--", member->option, NULL);
      g_autofree char *paragraph = find_in_manual (manual, member->option);
      g_autofree char *lowest = g_strdup_printf ("%" G_GUINT64_FORMAT, member->lowest);
      g_autofree char *highest = g_strdup_printf ("%" G_GUINT64_FORMAT, member->highest);
      g_autofree char *min = g_strdup_printf ("%g", member->min);
      g_autofree char *max = g_strdup_printf ("%g", member->max);
      const gboolean is_real = member->type == ATELIER_MEMBER_REAL;

      cli_assert_contains (help->out, option);
      if (paragraph == NULL)
        g_error ("The manual does not describe %s", option);
      for (guint k = 0; member->choices != NULL && member->choices[k].word != NULL; k++)
        assert_in_paragraph (paragraph, member->option, member->choices[k].word);
      if (member->type == ATELIER_MEMBER_CHOICE || member->type == ATELIER_MEMBER_FLAG)
        continue;
      assert_in_paragraph (paragraph, member->option, is_real ? min : lowest);
      assert_in_paragraph (paragraph, member->option, is_real ? max : highest);
    }
}

static void
test_words (void)
{
  assert_wrong ("train", "--optimizer", "magic", "“magic”");
  assert_wrong ("train", "--preset", "report-3", "report-1, report-2");
  assert_wrong ("presets", "report-3", NULL, "report-1, report-2");
  assert_wrong ("network", "--preset", "report-3", "report-1, report-2");
  assert_wrong ("train", "more", NULL, "“more” was not expected");
}

static void
test_exclusive (void)
{
  g_autoptr (CliResult) networks
    = cli_run ("train", "--preset", "report-1", "--network", cli_get_network (), NULL);
  g_autoptr (CliResult) formats = cli_run ("reproduce", "--json", "--markdown", NULL);

  g_autoptr (CliResult) like
    = cli_run ("train", "--like", "a.safetensors", "--network", cli_get_network (), NULL);

  cli_assert_status (like, 2);
  cli_assert_contains (like->err, "--like and --network");
  cli_assert_status (networks, 2);
  cli_assert_contains (networks->err, "--preset and --network");
  cli_assert_status (formats, 2);
  cli_assert_contains (formats->err, "--json and --markdown");
}

static void
test_missing_arguments (void)
{
  g_autoptr (CliResult) evaluate = cli_run ("evaluate", NULL);
  g_autoptr (CliResult) two = cli_run ("evaluate", "a", "b", NULL);
  g_autoptr (CliResult) classify = cli_run ("classify", "a", NULL);

  cli_assert_status (evaluate, 2);
  cli_assert_status (two, 2);
  cli_assert_status (classify, 2);
}

/* Prints to a full disk; what is said of that must be the reason, not "Success".  @arguments:
 * NULL-terminated. */
static void
assert_full_output_told (const char * const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *err = NULL;

  g_ptr_array_add (argv, (char *) cli_get_program ());
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  cli_assert_contains (err, "Standard output could not be written");
  cli_assert_contains (err, g_strerror (ENOSPC));
}

/* A full disk must not look like success. */
static void
test_full_output (void)
{
  const char * const network[] = { "network", NULL };
  const char * const json[] = { "network", "--json", NULL };
  const char * const help[] = { "train", "--help", NULL };
  g_autofree char *model = cli_path ("full.safetensors");
  /* It saves the model after standard output has failed. */
  const char * const train[] = {
    "train", "--network", cli_get_network (), "--data", cli_get_data (), "--epochs", "1", "--json",
    "--save", model, NULL
  };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("/dev/full is not here");
      return;
    }
  assert_full_output_told (network);
  assert_full_output_told (json);
  assert_full_output_told (help);
  assert_full_output_told (train);
}

int
main (int   argc,
      char *argv[])
{
  cli_fixture_init (&argc, &argv);
  g_test_add_func ("/cli/usage/help", test_help);
  g_test_add_func ("/cli/usage/help-of-each", test_help_of_each);
  g_test_add_func ("/cli/usage/version", test_version);
  g_test_add_func ("/cli/usage/no-command", test_no_command);
  g_test_add_func ("/cli/usage/unknown-command", test_unknown_command);
  g_test_add_func ("/cli/usage/unknown-option", test_unknown_option);
  g_test_add_func ("/cli/usage/numbers", test_numbers);
  g_test_add_func ("/cli/usage/words", test_words);
  g_test_add_func ("/cli/usage/members", test_members);
  g_test_add_func ("/cli/usage/exclusive", test_exclusive);
  g_test_add_func ("/cli/usage/missing-arguments", test_missing_arguments);
  g_test_add_func ("/cli/usage/full-output", test_full_output);
  return cli_fixture_run ();
}
