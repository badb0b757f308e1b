/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the data sets on this machine by searching a short list of known folders.
 *
 * Only names are looked at, never contents, so that the list is quick even on a slow disk.  A
 * folder is searched one level deep and its children in order of their names, so that the list
 * always has the same order.  A folder that is reached twice, for instance through a link, is
 * listed once, at its first place.  Folders that cannot be read are skipped; only a folder that the
 * user named is an error.
 */

#include "config.h"

#include "data/atelier-dataset-finder.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-idx-folder.h"
#include "data/atelier-synthetic.h"

#define SYSTEM_FOLDER "/usr/share/datasets"
#define SPEC_AUTO "auto"
#define SPEC_SYNTHETIC "synthetic"

/* At most this many children of a folder are searched; a collection of data sets has fewer. */
#define MAX_CHILDREN 1000

/* Usual values of torchvision's "root", below the home folder and below the working folder. */
static const char * const torchvision_roots[] = { "data", "datasets", ".cache/torchvision" };

typedef struct
{
  /* Owned */
  GPtrArray  *places;
  GHashTable *real_paths; /* set of char *: the folders listed so far */
} Search;

static AtelierDatasetPlace *
create_place (const char *id,
              char       *name,
              char       *detail)
{
  AtelierDatasetPlace *place = g_new0 (AtelierDatasetPlace, 1);

  place->id = g_strdup (id);
  place->name = name;
  place->detail = detail;
  return place;
}

/* Transfer full, of char *: the data sets in @folder itself, or in the folder below it where
 * torchvision or Keras put the files. */
static GPtrArray *
find_files (const char *folder)
{
  static const char * const below[] = { "", "raw", "FashionMNIST/raw", "fashion-mnist" };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; paths->len == 0 && i < G_N_ELEMENTS (below); i++)
    {
      g_autofree char *path = g_build_filename (folder, below[i], NULL);
      g_autofree char *full_path = g_canonicalize_filename (path, NULL);

      atelier_idx_folder_add_paths (full_path, paths);
    }
  return paths;
}

/* The path without links, by which a place is known; NULL if there is none.  Transfer full. */
static char *
dup_real_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *prefix = g_path_get_basename (path);
  const gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  /* realpath () allocates with malloc (), hence free. */
  char *real = realpath (is_folder ? path : folder, NULL);
  char *copy = NULL;

  if (real != NULL)
    copy = is_folder ? g_strdup (real) : g_build_filename (real, prefix, NULL);
  free (real);
  return copy;
}

/* Lists the data sets in @folder itself; returns whether there are any. */
static gboolean
search_one (Search     *search,
            const char *folder)
{
  g_autoptr (GPtrArray) paths = find_files (folder);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      char *real_path = dup_real_path (path);

      if (real_path != NULL && g_hash_table_add (search->real_paths, real_path))
        g_ptr_array_add (search->places, create_place (path, atelier_idx_folder_dup_name (path),
                                                       g_filename_display_name (path)));
    }
  return paths->len > 0;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_children (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && names->len < MAX_CHILDREN && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Lists @folder itself, or else those of its children that hold a data set. */
static void
search_folder (Search     *search,
               const char *folder)
{
  g_autoptr (GPtrArray) names = NULL;

  if (search_one (search, folder))
    return;

  names = list_children (folder);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (folder, names->pdata[i], NULL);

      search_one (search, child);
    }
}

static void
search_environment (Search *search)
{
  const char *value = g_getenv ("ATELIER_DATASETS");
  g_auto (GStrv) folders = g_strsplit (value != NULL ? value : "", G_SEARCHPATH_SEPARATOR_S, -1);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      if (folders[i][0] != '\0')
        search_folder (search, folders[i]);
    }
}

static void
search_xdg (Search     *search,
            const char *data_folder)
{
  g_autofree char *folder = g_build_filename (data_folder, "atelier", "datasets", NULL);

  search_folder (search, folder);
}

static void
search_keras (Search *search)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), ".keras", "datasets",
                                              "fashion-mnist", NULL);

  search_one (search, folder);
}

static void
search_torchvision (Search     *search,
                    const char *base)
{
  for (guint i = 0; i < G_N_ELEMENTS (torchvision_roots); i++)
    {
      g_autofree char *folder = g_build_filename (base, torchvision_roots[i], "FashionMNIST", NULL);

      search_one (search, folder);
    }
}

static AtelierDataset *
load_folder (const char    *folder,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *name = g_filename_display_name (folder);

  if (atelier_idx_folder_looks_right (folder))
    return atelier_idx_folder_load (folder, cancellable, error);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   _("There is no folder “%s”"), name);
      return NULL;
    }

  paths = find_files (folder);
  if (paths->len == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   _("“%s” holds no data set. Searched it and, below it, raw, "
                     "FashionMNIST/raw and fashion-mnist for train-images-idx3-ubyte, "
                     "train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, "
                     "each with or without .gz, and with or without a name before it"), name);
      return NULL;
    }
  /* Of several, none is chosen: loading the folder says which there are. */
  if (paths->len > 1)
    {
      g_autofree char *above = g_path_get_dirname (paths->pdata[0]);

      return atelier_idx_folder_load (above, cancellable, error);
    }
  return atelier_idx_folder_load (paths->pdata[0], cancellable, error);
}

static AtelierDataset *
load_synthetic (GCancellable  *cancellable,
                GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return atelier_synthetic_try_new (ATELIER_SYNTHETIC_SEED, ATELIER_SYNTHETIC_N_TRAIN,
                                    ATELIER_SYNTHETIC_N_TEST, error);
}

static void
load_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  AtelierDataset *dataset = atelier_dataset_finder_load (task_data, cancellable, &error);

  if (dataset != NULL)
    g_task_return_pointer (task, dataset, (GDestroyNotify) atelier_dataset_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
atelier_dataset_place_free (AtelierDatasetPlace *place)
{
  if (place == NULL)
    return;

  g_free (place->id);
  g_free (place->name);
  g_free (place->detail);
  g_free (place);
}

gboolean
atelier_dataset_place_is_likely (const AtelierDatasetPlace *place,
                                 const char                *name)
{
  g_return_val_if_fail (place != NULL && name != NULL, FALSE);

  return strcmp (place->name, name) == 0
         || (strcmp (name, ATELIER_FASHION_MNIST_NAME) == 0
             && atelier_idx_folder_is_called_fashion_mnist (place->id));
}

GPtrArray *
atelier_dataset_finder_list (void)
{
  Search search = { 0 };
  const char * const *system_folders = g_get_system_data_dirs ();
  g_autofree char *working_folder = g_get_current_dir ();

  search.places = g_ptr_array_new_with_free_func ((GDestroyNotify) atelier_dataset_place_free);
  search.real_paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  search_environment (&search);
  search_folder (&search, SYSTEM_FOLDER);
  search_xdg (&search, g_get_user_data_dir ());
  for (guint i = 0; system_folders[i] != NULL; i++)
    search_xdg (&search, system_folders[i]);
  search_keras (&search);
  search_torchvision (&search, g_get_home_dir ());
  search_torchvision (&search, working_folder);
  g_ptr_array_add (search.places, create_place (SPEC_SYNTHETIC, g_strdup (_("Sketched garments")),
                                                g_strdup (_("drawn by this program"))));

  g_hash_table_unref (search.real_paths);
  return search.places;
}

AtelierDataset *
atelier_dataset_finder_load (const char    *spec,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (spec != NULL, NULL);

  if (strcmp (spec, SPEC_AUTO) == 0)
    {
      g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
      const AtelierDatasetPlace *place = places->pdata[0];

      first = g_strdup (place->id);
      spec = first;
    }
  if (strcmp (spec, SPEC_SYNTHETIC) == 0)
    return load_synthetic (cancellable, error);

  return load_folder (spec, cancellable, error);
}

void
atelier_dataset_finder_load_async (const char          *spec,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (spec != NULL);

  g_task_set_source_tag (task, atelier_dataset_finder_load_async);
  g_task_set_task_data (task, g_strdup (spec), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

AtelierDataset *
atelier_dataset_finder_load_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
