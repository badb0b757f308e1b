/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the built program share. */

#define _GNU_SOURCE /* nftw */

#include "config.h"

#include "cli-fixture.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>

static const char network_json[] =
  "{ \"name\": \"Tiny\", \"input\": [8, 8, 1], \"layers\": ["
  " { \"type\": \"flatten\" },"
  " { \"type\": \"dense\", \"units\": 12, \"activation\": \"relu\" },"
  " { \"type\": \"dropout\", \"rate\": 0.1 },"
  " { \"type\": \"dense\", \"units\": 3 } ] }";

static char *program;
static char *folder;
static char *data_folder;
static char *state_folder;
static char *network_path;

void
cli_result_free (CliResult *result)
{
  g_free (result->out);
  g_free (result->err);
  g_free (result);
}

/* ---- Files ---- */

void
cli_write_text (const char *path,
                const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
write_bytes (const char *in_folder,
             const char *name,
             GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (in_folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

/* The rows of the class's third are bright, all others dark, with a little noise. */
static void
append_image (GByteArray *images,
              guint       side,
              guint       n_classes,
              guint       i_class,
              GRand      *rand)
{
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        gboolean is_bright = y * n_classes / side == i_class;
        guint8 value = g_rand_int_range (rand, 0, 60) + (is_bright ? 190 : 0);

        g_byte_array_append (images, &value, 1);
      }
}

static void
write_part (const char *in_folder,
            const char *prefix,
            guint       side,
            guint       n_classes,
            guint       n,
            guint       seed,
            gboolean    is_sorted)
{
  g_autoptr (GByteArray) images = g_byte_array_new ();
  g_autoptr (GByteArray) labels = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *images_name = g_strdup_printf ("%s-images-idx3-ubyte", prefix);
  g_autofree char *labels_name = g_strdup_printf ("%s-labels-idx1-ubyte", prefix);

  append_u32 (images, 0x803);
  append_u32 (images, n);
  append_u32 (images, side);
  append_u32 (images, side);
  append_u32 (labels, 0x801);
  append_u32 (labels, n);
  for (guint i = 0; i < n; i++)
    {
      guint8 i_class = is_sorted ? i * n_classes / n : i % n_classes;

      append_image (images, side, n_classes, i_class, rand);
      g_byte_array_append (labels, &i_class, 1);
    }
  write_bytes (in_folder, images_name, images);
  write_bytes (in_folder, labels_name, labels);
}

void
cli_write_data (const char *path,
                guint       side,
                guint       n_classes,
                guint       n_train,
                guint       n_test)
{
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  write_part (path, "train", side, n_classes, n_train, 1, FALSE);
  write_part (path, "t10k", side, n_classes, n_test, 2, FALSE);
}

void
cli_write_sorted_data (const char *path,
                       guint       side,
                       guint       n_classes,
                       guint       n_train,
                       guint       n_test)
{
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  write_part (path, "train", side, n_classes, n_train, 1, TRUE);
  write_part (path, "t10k", side, n_classes, n_test, 2, TRUE);
}

char *
cli_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
remove_entry (const char        *path,
              const struct stat *status,
              int                flag,
              struct FTW        *walk)
{
  return g_remove (path);
}

/* ---- Beginning and end ---- */

void
cli_fixture_init (int    *argc,
                  char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  if (*argc != 2)
    g_error ("The one argument is the path of atelier-cli");
  program = g_canonicalize_filename ((*argv)[1], NULL);
  folder = g_dir_make_tmp ("atelier-cli-XXXXXX", &error);
  g_assert_no_error (error);
  state_folder = cli_path ("state");
  g_setenv ("XDG_STATE_HOME", state_folder, TRUE);
  data_folder = cli_path ("stripes");
  cli_write_data (data_folder, 8, 3, CLI_N_TRAIN, CLI_N_TEST);
  network_path = cli_path ("tiny.json");
  cli_write_text (network_path, network_json);
}

int
cli_fixture_run (void)
{
  int status = g_test_run ();

  nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&network_path, g_free);
  g_clear_pointer (&data_folder, g_free);
  g_clear_pointer (&state_folder, g_free);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&program, g_free);
  return status;
}

const char *
cli_get_program (void)
{
  return program;
}

const char *
cli_get_data (void)
{
  return data_folder;
}

const char *
cli_get_network (void)
{
  return network_path;
}

/* ---- Running ---- */

static CliResult *
run_arguments (GPtrArray *arguments) /* with the NULL at its end */
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_newv ((const char * const *) arguments->pdata,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  CliResult *result = g_new0 (CliResult, 1);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &result->out, &result->err, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_if_exited (process))
    g_error ("Ended by signal %d:\n%s", g_subprocess_get_term_sig (process), result->err);
  result->status = g_subprocess_get_exit_status (process);
  return result;
}

CliResult *
cli_run (const char *first,
         ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list list;

  g_ptr_array_add (arguments, program);
  va_start (list, first);
  for (const char *argument = first; argument != NULL; argument = va_arg (list, const char *))
    g_ptr_array_add (arguments, (char *) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  return run_arguments (arguments);
}

char *
cli_train_model (const char *name,
                 const char *epochs,
                 const char *rate)
{
  char *path = cli_path (name);
  g_autoptr (CliResult) result
    = cli_run ("train", "--network", network_path, "--data", data_folder, "--epochs", epochs,
               "--rate", rate, "--batch", "16", "--save", path, NULL);

  cli_assert_status (result, 0);
  return path;
}

GPtrArray *
cli_parse_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++)
    {
      g_autoptr (GError) error = NULL;
      JsonNode *node = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      g_ptr_array_add (nodes, node);
    }
  return nodes;
}
