/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files named by their content: the same weights of two runs are one file, and joining two
 * libraries is copying what is missing.  Weights in the database were rejected: it would grow by
 * all that ever was in it, and deleting would give nothing back to the disk for long.
 */

#include "config.h"

#include "library/atelier-library-weights.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/atelier-error.h"
#include "base/atelier-file-write.h"
#include "base/atelier-file.h"
#include "model/atelier-model-file.h"

#define SUFFIX ".safetensors"
#define HASH_LENGTH 64

static char *
dup_path (const char *folder,
          const char *hash)
{
  const char start[3] = { hash[0], hash[1], '\0' };
  g_autofree char *name = g_strconcat (hash, SUFFIX, NULL);

  return g_build_filename (folder, "weights", start, name, NULL);
}

AtelierLibraryClaim *
atelier_library_weights_lock (const char  *folder,
                              gboolean     is_exclusive,
                              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, "weights.lock", NULL);

  return atelier_library_claim_wait (path, is_exclusive, error);
}

static void
flush_folder (const char *path)
{
  int folder = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (folder < 0)
    return;
  fsync (folder);
  g_close (folder, NULL);
}

/* A folder that is new must be on the disk as well. */
static gboolean
make_folder (const char  *path,
             GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                   /* Translators: a folder, and why */
                   _("The folder “%s” cannot be created: %s"), shown, g_strerror (errno));
      return FALSE;
    }
  flush_folder (parent);
  return TRUE;
}

gboolean
atelier_library_weights_write (const char  *folder,
                               GBytes      *bytes,
                               char       **hash,
                               GError     **error)
{
  g_autofree char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = dup_path (folder, name);
  g_autofree char *parent = g_path_get_dirname (path);

  if (!atelier_library_weights_has (folder, name, g_bytes_get_size (bytes))
      && (!make_folder (parent, error) || !atelier_file_write (path, bytes, error)))
    return FALSE;
  *hash = g_steal_pointer (&name);
  return TRUE;
}

GBytes *
atelier_library_weights_read (const char  *folder,
                              const char  *hash,
                              GError     **error)
{
  g_autofree char *path = dup_path (folder, hash);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GBytes) bytes = atelier_file_read (path, ATELIER_MODEL_FILE_MAX_SIZE, error);
  g_autofree char *found = NULL;

  if (bytes == NULL)
    return NULL;
  found = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_str_equal (found, hash))
    return g_steal_pointer (&bytes);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
               /* Translators: a file */
               _("“%s” is damaged: its content is not what its name says"), shown);
  return NULL;
}

gboolean
atelier_library_weights_has (const char *folder,
                             const char *hash,
                             guint64     size)
{
  g_autofree char *path = dup_path (folder, hash);
  GStatBuf status;

  return g_lstat (path, &status) == 0 && S_ISREG (status.st_mode)
         && (guint64) status.st_size == size;
}

void
atelier_library_weights_delete (const char *folder,
                                const char *hash)
{
  g_autofree char *path = dup_path (folder, hash);

  g_unlink (path);
}

static gboolean
is_hash (const char *text)
{
  return strspn (text, "0123456789abcdef") == HASH_LENGTH && text[HASH_LENGTH] == '\0';
}

static void
list_folder (GPtrArray  *hashes,
             const char *path)
{
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *hash = g_str_has_suffix (name, SUFFIX)
                                ? g_strndup (name, strlen (name) - strlen (SUFFIX))
                                : NULL;

      if (hash != NULL && is_hash (hash))
        g_ptr_array_add (hashes, g_steal_pointer (&hash));
    }
}

GPtrArray *
atelier_library_weights_list (const char *folder)
{
  g_autofree char *root = g_build_filename (folder, "weights", NULL);
  g_autoptr (GDir) folders = g_dir_open (root, 0, NULL);
  GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (folders != NULL && (name = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      list_folder (hashes, path);
    }
  return hashes;
}
