/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the four files of a data set by their names.
 *
 * The published names are tried first, so that an ordinary folder is not listed.  Otherwise the
 * folder's names are read once and sorted into data sets by their prefix.  The list is cut where a
 * folder has very many entries, since the finder also looks into folders of pictures.
 */

#include "config.h"

#include "data/atelier-idx-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"

/* A folder with more entries holds something else. */
#define MAX_ENTRIES 10000

#define MAPPING_SUFFIX "-mapping.txt"

/* The weights of the ways in which a name differs from the published one. */
#define PENALTY_GZIP 1
#define PENALTY_DOT 2
#define PENALTY_TEST 4
#define PENALTY_CASE 8

static const struct
{
  const char *name;
  const char *stem;  /* what stands before "idx" */
  const char *other; /* another word for the stem; nullable */
  const char *end;
} files[ATELIER_IDX_N_FILES] = {
  [ATELIER_IDX_TRAIN_IMAGES] = { "train-images-idx3-ubyte", "train-images", NULL, "idx3-ubyte" },
  [ATELIER_IDX_TRAIN_LABELS] = { "train-labels-idx1-ubyte", "train-labels", NULL, "idx1-ubyte" },
  [ATELIER_IDX_TEST_IMAGES]
    = { "t10k-images-idx3-ubyte", "t10k-images", "test-images", "idx3-ubyte" },
  [ATELIER_IDX_TEST_LABELS]
    = { "t10k-labels-idx1-ubyte", "t10k-labels", "test-labels", "idx1-ubyte" },
};

void
atelier_idx_names_free (AtelierIdxNames *names)
{
  if (names == NULL)
    return;

  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    g_free (names->paths[file]);
  g_free (names->mapping);
  g_free (names->prefix);
  g_free (names);
}

static AtelierIdxNames *
create_names (const char *prefix)
{
  AtelierIdxNames *names = g_new0 (AtelierIdxNames, 1);

  names->prefix = g_strdup (prefix);
  return names;
}

/* ---- One name ---- */

/* Cuts @end off @word if it is there. */
static gboolean
cut_end (char       *word,
         const char *end)
{
  if (!g_str_has_suffix (word, end))
    return FALSE;
  word[strlen (word) - strlen (end)] = '\0';
  return TRUE;
}

/* Cuts "PREFIX-@stem" down to "PREFIX", or "@stem" to "". */
static gboolean
cut_stem (char       *word,
          const char *stem)
{
  gsize length;

  if (!cut_end (word, stem))
    return FALSE;
  length = strlen (word);
  if (length == 0)
    return TRUE;
  if (length > 1 && word[length - 1] == '-')
    {
      word[length - 1] = '\0';
      return TRUE;
    }
  return FALSE;
}

/* The prefix of @name if it is a name of @file, else NULL.  Transfer full. */
static char *
match (const char     *name,
       AtelierIdxFile  file,
       guint          *penalty)
{
  g_autofree char *word = g_ascii_strdown (name, -1);
  g_autofree char *spare = NULL;

  *penalty = strcmp (word, name) == 0 ? 0 : PENALTY_CASE;
  if (cut_end (word, ".gz"))
    *penalty += PENALTY_GZIP;
  if (!cut_end (word, files[file].end))
    return NULL;
  if (cut_end (word, "."))
    *penalty += PENALTY_DOT;
  else if (!cut_end (word, "-"))
    return NULL;

  spare = g_strdup (word);
  if (cut_stem (word, files[file].stem))
    return g_steal_pointer (&word);
  if (files[file].other == NULL || !cut_stem (spare, files[file].other))
    return NULL;
  *penalty += PENALTY_TEST;
  return g_steal_pointer (&spare);
}

/* ---- A folder ---- */

static AtelierIdxNames *
find_prefix (GPtrArray  *all,
             const char *prefix)
{
  for (guint i = 0; i < all->len; i++)
    {
      AtelierIdxNames *names = all->pdata[i];

      if (strcmp (names->prefix, prefix) == 0)
        return names;
    }
  return NULL;
}

/* Puts @name into the data set of its prefix, if it is one of the four files. */
static void
add_name (GPtrArray  *all,
          const char *folder,
          const char *name)
{
  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    {
      guint penalty = 0;
      g_autofree char *prefix = match (name, file, &penalty);
      AtelierIdxNames *names = prefix != NULL ? find_prefix (all, prefix) : NULL;

      if (prefix == NULL)
        continue;
      if (names == NULL)
        {
          names = create_names (prefix);
          g_ptr_array_add (all, names);
        }
      if (names->paths[file] != NULL && names->penalties[file] <= penalty)
        continue;
      g_free (names->paths[file]);
      names->paths[file] = g_build_filename (folder, name, NULL);
      names->penalties[file] = penalty;
    }
}

/* Gives its data set the file that says what the labels stand for. */
static void
add_mapping (GPtrArray  *all,
             const char *folder,
             const char *name)
{
  g_autofree char *prefix = g_ascii_strdown (name, -1);
  AtelierIdxNames *names = NULL;

  if (!cut_end (prefix, MAPPING_SUFFIX))
    return;
  names = find_prefix (all, prefix);
  if (names == NULL || names->mapping != NULL)
    return;
  names->mapping = g_build_filename (folder, name, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static int
compare_prefixes (gconstpointer a,
                  gconstpointer b)
{
  const AtelierIdxNames *first = *(AtelierIdxNames * const *) a;
  const AtelierIdxNames *second = *(AtelierIdxNames * const *) b;

  return strcmp (first->prefix, second->prefix);
}

/* The files under their published names, plain or with .gz. */
static AtelierIdxNames *
find_published (const char *folder)
{
  g_autoptr (AtelierIdxNames) names = create_names ("");

  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    {
      g_autofree char *plain = g_build_filename (folder, files[file].name, NULL);
      g_autofree char *packed = g_strconcat (plain, ".gz", NULL);

      if (g_file_test (plain, G_FILE_TEST_EXISTS))
        names->paths[file] = g_steal_pointer (&plain);
      else if (g_file_test (packed, G_FILE_TEST_EXISTS))
        names->paths[file] = g_steal_pointer (&packed);
    }
  return g_steal_pointer (&names);
}

/* ---- Public ---- */

const char *
atelier_idx_names_get_name (AtelierIdxFile file)
{
  g_return_val_if_fail ((guint) file < ATELIER_IDX_N_FILES, NULL);

  return files[file].name;
}

gboolean
atelier_idx_names_is_complete (const AtelierIdxNames *names)
{
  g_return_val_if_fail (names != NULL, FALSE);

  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    if (names->paths[file] == NULL)
      return FALSE;
  return TRUE;
}

GPtrArray *
atelier_idx_names_list (const char *folder)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) atelier_idx_names_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  g_return_val_if_fail (folder != NULL, all);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && found->len < MAX_ENTRIES && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (found, g_strdup (name));
  /* In order, so that the choice between two names does not depend on the file system. */
  g_ptr_array_sort (found, compare_names);
  for (guint i = 0; i < found->len; i++)
    add_name (all, folder, found->pdata[i]);
  for (guint i = 0; i < found->len; i++)
    add_mapping (all, folder, found->pdata[i]);
  g_ptr_array_sort (all, compare_prefixes);
  return all;
}

static void
fail_several (const char  *folder,
              GPtrArray   *all,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autoptr (GString) prefixes = g_string_new (NULL);
  const char *example = NULL;

  for (guint i = 0; i < all->len; i++)
    {
      const AtelierIdxNames *names = all->pdata[i];

      if (!atelier_idx_names_is_complete (names))
        continue;
      g_string_append_printf (prefixes, "%s%s", prefixes->len > 0 ? ", " : "", names->prefix);
      example = names->prefix;
    }
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               /* Translators: a folder, the names of the data sets, the folder, one of the names */
               _("“%s” holds several data sets: %s. Choose one, as in “%s/%s”"),
               name, prefixes->str, name, example);
}

static void
fail_incomplete (const char             *folder,
                 const AtelierIdxNames  *names,
                 GError                **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  const char *dash = *names->prefix != '\0' ? "-" : "";
  AtelierIdxFile missing = 0;

  while (names->paths[missing] != NULL)
    missing++;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
               _("“%s” holds no complete data set: there is no %s%s%s or %s%s%s.gz"),
               name, names->prefix, dash, files[missing].name, names->prefix, dash,
               files[missing].name);
}

static AtelierIdxNames *
steal_names (GPtrArray *all,
             guint      i)
{
  return g_ptr_array_steal_index (all, i);
}

/* The data set of @prefix in @folder. */
static AtelierIdxNames *
find_below (const char  *folder,
            const char  *prefix,
            GError     **error)
{
  g_autoptr (GPtrArray) all = atelier_idx_names_list (folder);
  g_autofree char *lower = g_ascii_strdown (prefix, -1);
  g_autoptr (AtelierIdxNames) none = create_names (lower);

  for (guint i = 0; i < all->len; i++)
    {
      const AtelierIdxNames *names = all->pdata[i];

      if (strcmp (names->prefix, lower) != 0)
        continue;
      if (atelier_idx_names_is_complete (names))
        return steal_names (all, i);
      fail_incomplete (folder, names, error);
      return NULL;
    }
  fail_incomplete (folder, none, error);
  return NULL;
}

AtelierIdxNames *
atelier_idx_names_find (const char  *path,
                        GError     **error)
{
  g_autoptr (AtelierIdxNames) published = NULL;
  g_autoptr (GPtrArray) all = NULL;
  guint n_complete = 0;
  guint i_complete = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *prefix = g_path_get_basename (path);

      return find_below (folder, prefix, error);
    }
  published = find_published (path);
  if (atelier_idx_names_is_complete (published))
    return g_steal_pointer (&published);

  all = atelier_idx_names_list (path);
  for (guint i = 0; i < all->len; i++)
    if (atelier_idx_names_is_complete (all->pdata[i]))
      {
        i_complete = n_complete == 0 ? i : i_complete;
        n_complete++;
      }
  /* One without a prefix comes first and is what the folder stands for. */
  if (n_complete == 1 || (n_complete > 1 && find_prefix (all, "") == all->pdata[i_complete]))
    return steal_names (all, i_complete);
  if (n_complete > 1)
    fail_several (path, all, error);
  else
    fail_incomplete (path, all->len > 0 ? all->pdata[0] : published, error);
  return NULL;
}
