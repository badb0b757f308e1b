/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files are written to memory where there is a file system for that, since a fuzzer writes
 * thousands of them a second. */

#define _GNU_SOURCE /* nftw */

#include "fuzz-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KIND_LINK 254
#define KIND_NAMED 255
#define MAX_FILES 16
#define MAX_DEPTH 6
#define MEMORY "/dev/shm"

typedef struct
{
  const uint8_t *next;
  size_t         n_left;
} Reader;

static char *folder = NULL; /* until the process ends */

static guint
read_byte (Reader *reader)
{
  if (reader->n_left == 0)
    return 0;
  reader->n_left--;
  return *reader->next++;
}

static const uint8_t *
read_bytes (Reader *reader,
            size_t *n)
{
  const uint8_t *bytes = reader->next;

  *n = MIN (*n, reader->n_left);
  reader->next += *n;
  reader->n_left -= *n;
  return bytes;
}

/* A path below the folder; NULL if nothing is left of the name.  Transfer full. */
static char *
make_path (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  g_autoptr (GString) path = g_string_new (folder);
  guint depth = 0;

  for (guint i = 0; parts[i] != NULL && depth < MAX_DEPTH; i++)
    if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0 && strcmp (parts[i], "..") != 0)
      {
        g_string_append_printf (path, "/%s", parts[i]);
        depth++;
      }
  return depth > 0 ? g_string_free (g_steal_pointer (&path), FALSE) : NULL;
}

/* Transfer full. */
static char *
read_name (Reader             *reader,
           guint               kind,
           const char * const *names)
{
  const guint n_names = g_strv_length ((GStrv) names);
  size_t n = 0;
  const uint8_t *bytes;

  if (kind < KIND_LINK)
    return g_strdup (names[kind % n_names]);
  n = read_byte (reader) % 100;
  bytes = read_bytes (reader, &n);
  return g_strndup ((const char *) bytes, n);
}

/* What cannot be created, since a file has the name of its folder or the name is too long, is left
 * out. */
static void
write_file (const char    *path,
            const uint8_t *bytes,
            size_t         n)
{
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (file < 0)
    return;
  if (write (file, bytes, n) != (ssize_t) n)
    g_error ("%s: %s", path, g_strerror (errno));
  close (file);
}

static gboolean
read_record (Reader             *reader,
             const char * const *names)
{
  const guint kind = read_byte (reader);
  g_autofree char *name = read_name (reader, kind, names);
  g_autofree char *path = make_path (name);
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;
  const uint8_t *bytes;
  size_t n;

  if (parent != NULL)
    g_mkdir_with_parents (parent, 0700);
  if (kind == KIND_LINK)
    {
      /* A name that is taken gives no link. */
      if (path != NULL && symlink ("..", path) != 0)
        g_assert_cmpint (errno, !=, 0);
      return reader->n_left > 0;
    }
  n = read_byte (reader);
  n |= (size_t) read_byte (reader) << 8;
  bytes = read_bytes (reader, &n);
  if (path != NULL)
    write_file (path, bytes, n);
  return reader->n_left > 0;
}

static int
remove_entry (const char        *path,
              const struct stat *status,
              int                flag,
              struct FTW        *walk)
{
  return walk->level > 0 ? g_remove (path) : 0;
}

static void
empty_folder (void)
{
  if (nftw (folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
    g_error ("%s: %s", folder, g_strerror (errno));
}

static void
remove_folder (void)
{
  empty_folder ();
  g_rmdir (folder);
}

static void
create_folder (void)
{
  g_autofree char *template = NULL;

  template = g_build_filename (g_access (MEMORY, W_OK) == 0 ? MEMORY : g_get_tmp_dir (),
                               "atelier-fuzz-XXXXXX", NULL);
  if (g_mkdtemp (template) == NULL)
    g_error ("%s: %s", template, g_strerror (errno));
  folder = g_steal_pointer (&template);
  atexit (remove_folder);
}

const char *
fuzz_folder_fill (const uint8_t      *data,
                  size_t              size,
                  const char * const *names)
{
  Reader reader = { data, size };

  if (folder == NULL)
    create_folder ();
  empty_folder ();
  for (guint i = 0; i < MAX_FILES && size > 0; i++)
    if (!read_record (&reader, names))
      break;
  return folder;
}
