/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A main function for a fuzz target where there is no libFuzzer: it hands the target every file of
 * a corpus, so that each build and each compiler replays what fuzzing has found so far.
 *
 * Usage: fuzz-NAME FOLDER.  Prints TAP, one test a file, in the order of their names; that a
 * target comes back at all is the test.
 */

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_names (const char *folder,
            GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name = NULL;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
replay_file (const char *folder,
             const char *name,
             GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  g_autofree uint8_t *copy = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &contents, &size, error))
    return FALSE;

  /* GLib adds a zero byte; a copy without it lets a sanitizer see a read past the end. */
  copy = g_memdup2 (contents, size);
  LLVMFuzzerTestOneInput (copy, size);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }

  names = list_names (argv[1], &error);
  if (names == NULL || names->len == 0)
    {
      g_printerr ("%s: %s\n", argv[1], error != NULL ? error->message : "no files");
      return 2;
    }

  g_print ("1..%u\n", names->len);
  for (guint i = 0; i < names->len; i++)
    {
      if (!replay_file (argv[1], names->pdata[i], &error))
        {
          g_print ("Bail out! %s\n", error->message);
          return 1;
        }
      g_print ("ok %u %s\n", i + 1, (const char *) names->pdata[i]);
    }
  return 0;
}
