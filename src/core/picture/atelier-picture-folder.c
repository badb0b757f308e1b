/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists the pictures of a folder.
 *
 * A file counts as a picture by its name's ending or by its first bytes.  With the ending, an empty
 * or broken picture is reported and not silently skipped; with the first bytes, a picture without
 * an ending is found.
 */

#include "config.h"

#include "picture/atelier-picture-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>

#include "base/atelier-error.h"
#include "picture/atelier-drawings.h"
#include "picture/atelier-picture.h"

/* How deep folders are searched. */
#define MAX_DEPTH 16
/* How many names are looked at in folders that are left out, only to say so. */
#define MAX_LOOKS 2000

static const char *const endings[] = {
  ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif",
  ".bmp", ".dib", ".tif", ".tiff", ".webp", ".svg",
};

static void
free_entry (gpointer data)
{
  AtelierPictureEntry *entry = data;

  g_free (entry->path);
  g_free (entry);
}

void
atelier_picture_folder_free (AtelierPictureFolder *folder)
{
  if (folder == NULL)
    return;
  g_clear_pointer (&folder->entries, g_ptr_array_unref);
  g_clear_pointer (&folder->strangers, g_ptr_array_unref);
  g_clear_pointer (&folder->left_out, g_ptr_array_unref);
  g_free (folder->nested);
  g_free (folder);
}

static gboolean
has_picture_ending (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Transfer full, of char *: the names that are not hidden, sorted by bytes, so that the order does
 * not depend on the language. */
static GPtrArray *
list_names (const char  *path,
            GError     **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &open_error);
  const char *name;

  if (folder == NULL)
    {
      AtelierError code = ATELIER_ERROR_FAILED;
      g_autofree char *shown = g_filename_display_name (path);

      if (g_error_matches (open_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        code = ATELIER_ERROR_NOT_FOUND;
      else if (g_error_matches (open_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        code = ATELIER_ERROR_FORMAT;
      g_set_error (error, ATELIER_ERROR, (int) code,
                   _("The folder “%s” cannot be opened: %s"), shown, open_error->message);
      return NULL;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static void
add_entry (AtelierPictureFolder *folder,
           const char           *path,
           int                   i_class)
{
  AtelierPictureEntry *entry = g_new0 (AtelierPictureEntry, 1);

  entry->path = g_strdup (path);
  entry->i_class = i_class;
  g_ptr_array_add (folder->entries, entry);
}

/* Whether a file that is no folder counts as a picture. */
static gboolean
is_picture (const char *name,
            const char *path)
{
  return has_picture_ending (name) || atelier_picture_looks_right (path);
}

/* Adds the pictures directly inside one folder. */
static void
add_pictures (AtelierPictureFolder *folder,
              const char           *path,
              GPtrArray            *names,
              int                   i_class)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_DIR) && is_picture (name, child))
        add_entry (folder, child, i_class);
    }
}

/* Whether this is the first time that a class's folder leads here.  Links may lead to a folder more
 * than once, and to one above. */
static gboolean
is_new (GHashTable *seen,
        const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) != 0
         || g_hash_table_add (seen, g_strdup_printf ("%ju %ju", (uintmax_t) status.st_dev,
                                                     (uintmax_t) status.st_ino));
}

/* Adds the pictures in a class's folder: first its own, then those of the folders in it.  @seen:
 * the folders so far. */
static gboolean
add_class_folder (AtelierPictureFolder  *folder,
                  const char            *path,
                  int                    i_class,
                  guint                  depth,
                  GHashTable            *seen,
                  GError               **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (!is_new (seen, path))
    return TRUE;
  names = list_names (path, error);
  if (names == NULL)
    return FALSE;
  add_pictures (folder, path, names, i_class);
  for (guint i = 0; depth < MAX_DEPTH && i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR)
          && !add_class_folder (folder, child, i_class, depth + 1, seen, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether there are pictures in or below a folder; stops at the first, and after @n_looks names. */
static gboolean
has_pictures (const char *path,
              guint       depth,
              guint      *n_looks)
{
  g_autoptr (GPtrArray) names = list_names (path, NULL);

  for (guint i = 0; names != NULL && i < names->len && *n_looks > 0; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);

      --*n_looks;
      if (!g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          if (is_picture (name, child))
            return TRUE;
        }
      else if (depth < MAX_DEPTH && has_pictures (child, depth + 1, n_looks))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_class_folders (const char         *path,
                   const char * const *class_names)
{
  g_autoptr (GPtrArray) names = list_names (path, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (atelier_drawings_find_class (name, class_names) >= 0
          && g_file_test (child, G_FILE_TEST_IS_DIR))
        return TRUE;
    }
  return FALSE;
}

/* Notes a subfolder that is named after no class. */
static void
add_stranger (AtelierPictureFolder *folder,
              const char           *path,
              const char           *name,
              const char * const   *class_names)
{
  guint n_looks = MAX_LOOKS;

  g_ptr_array_add (folder->strangers, g_filename_display_name (name));
  if (!has_pictures (path, 0, &n_looks))
    return;
  g_ptr_array_add (folder->left_out, g_filename_display_name (name));
  if (folder->nested == NULL && has_class_folders (path, class_names))
    folder->nested = g_filename_display_name (name);
}

AtelierPictureFolder *
atelier_picture_folder_list (const char          *path,
                             const char * const  *class_names,
                             GError             **error)
{
  g_autoptr (AtelierPictureFolder) folder = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (path != NULL && class_names != NULL, NULL);

  names = list_names (path, error);
  if (names == NULL)
    return NULL;
  folder = g_new0 (AtelierPictureFolder, 1);
  folder->entries = g_ptr_array_new_with_free_func (free_entry);
  folder->strangers = g_ptr_array_new_with_free_func (g_free);
  folder->left_out = g_ptr_array_new_with_free_func (g_free);
  add_pictures (folder, path, names, -1);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);
      int i_class = atelier_drawings_find_class (name, class_names);

      if (!g_file_test (child, G_FILE_TEST_IS_DIR))
        continue;
      if (i_class < 0)
        {
          add_stranger (folder, child, name, class_names);
          continue;
        }
      folder->n_class_folders++;
      g_hash_table_remove_all (seen);
      if (!add_class_folder (folder, child, i_class, 0, seen, error))
        return NULL;
    }
  return g_steal_pointer (&folder);
}
