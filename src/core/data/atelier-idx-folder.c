/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of four IDX files as a data set.
 *
 * The four files are loaded one after another; each is checked by itself, and then against the
 * others.  Mismatch errors name both files; AtelierDataset's own checks could not, since it knows
 * no files.  All data sets in MNIST's format look the same, so the folder's name decides what they
 * are called.  If the bytes are the published Fashion-MNIST, the data set gets its proper names,
 * without being hashed again.
 */

#include "config.h"

#include "data/atelier-idx-folder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-idx.h"

#define FASHION_MNIST_ID "fashion-mnist"
#define FASHION_MNIST_NAME "Fashion-MNIST"

/* The report's split: 5,000 of the published 60,000 images. */
#define PUBLISHED_N_TRAIN 60000
#define PUBLISHED_N_VALIDATION 5000

typedef enum
{
  TRAIN_IMAGES,
  TRAIN_LABELS,
  TEST_IMAGES,
  TEST_LABELS,
  N_FOLDER_FILES
} FolderFile;

static const struct
{
  const char *name;
  guint rank;
} folder_files[N_FOLDER_FILES] = {
  [TRAIN_IMAGES] = { "train-images-idx3-ubyte", 3 },
  [TRAIN_LABELS] = { "train-labels-idx1-ubyte", 1 },
  [TEST_IMAGES] = { "t10k-images-idx3-ubyte", 3 },
  [TEST_LABELS] = { "t10k-labels-idx1-ubyte", 1 },
};

/* The files of a folder that are loaded so far. */
typedef struct
{
  /* Owned */
  char       *paths[N_FOLDER_FILES];
  AtelierIdx *idx[N_FOLDER_FILES];
} Folder;

static void
folder_clear (Folder *folder)
{
  for (FolderFile file = 0; file < N_FOLDER_FILES; file++)
    {
      g_clear_pointer (&folder->paths[file], g_free);
      g_clear_pointer (&folder->idx[file], atelier_idx_free);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static gboolean
is_fashion_mnist_word (const char *word)
{
  return g_ascii_strcasecmp (word, "fashion-mnist") == 0
         || g_ascii_strcasecmp (word, "fashion_mnist") == 0
         || g_ascii_strcasecmp (word, "fashionmnist") == 0;
}

/* The file's path, with or without .gz.  If both exist, the uncompressed one is taken: it is faster
 * to read. */
static char *
find_file (const char *folder,
                  FolderFile  file)
{
  g_autofree char *plain = g_build_filename (folder, folder_files[file].name, NULL);
  g_autofree char *packed = g_strconcat (plain, ".gz", NULL);

  if (g_file_test (plain, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&plain);
  if (g_file_test (packed, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&packed);
  return NULL;
}

static AtelierIdx *
load_file (const char   *folder,
                  FolderFile    file,
                  char        **path,
                  GCancellable *cancellable,
                  GError      **error)
{
  g_autoptr (AtelierIdx) idx = NULL;

  *path = find_file (folder, file);
  if (*path == NULL)
    {
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   _("“%s” holds no complete data set: there is no %s or %s.gz"),
                   name, folder_files[file].name, folder_files[file].name);
      return NULL;
    }

  idx = atelier_idx_load (*path, cancellable, error);
  if (idx != NULL && idx->rank != folder_files[file].rank)
    {
      g_autofree char *name = g_filename_display_name (*path);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” has %u dimensions, where %u were expected"),
                   name, idx->rank, folder_files[file].rank);
      return NULL;
    }
  return g_steal_pointer (&idx);
}

/* Checks that a part has as many labels as images. */
static gboolean
check_counts (const Folder *folder,
              FolderFile    images,
              FolderFile    labels,
              GError      **error)
{
  g_autofree char *images_name = g_filename_display_name (folder->paths[images]);
  g_autofree char *labels_name = g_filename_display_name (folder->paths[labels]);
  const guint32 n_images = folder->idx[images]->dims[0];
  const guint32 n_labels = folder->idx[labels]->dims[0];

  if (n_images == n_labels)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” holds %u images, but “%s” holds %u labels"),
               images_name, n_images, labels_name, n_labels);
  return FALSE;
}

static gboolean
check_sides (const Folder *folder,
             GError      **error)
{
  g_autofree char *test_name = g_filename_display_name (folder->paths[TEST_IMAGES]);
  const guint32 *train_dims = folder->idx[TRAIN_IMAGES]->dims;
  const guint32 *test_dims = folder->idx[TEST_IMAGES]->dims;

  if (train_dims[1] == test_dims[1] && train_dims[2] == test_dims[2])
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” holds images of %u × %u pixels, but the training images have %u × %u"),
               test_name, test_dims[2], test_dims[1], train_dims[2], train_dims[1]);
  return FALSE;
}

static gboolean
check_labels (const Folder *folder,
              FolderFile    labels,
              guint         n_classes,
              GError      **error)
{
  const guint8 *label = g_bytes_get_data (folder->idx[labels]->data, NULL);

  for (guint32 i = 0; i < folder->idx[labels]->dims[0]; i++)
    {
      if (label[i] >= n_classes)
        {
          g_autofree char *name = g_filename_display_name (folder->paths[labels]);

          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("“%s” gives image %u the label %u; labels from 0 to %u were expected"),
                       name, i, label[i], n_classes - 1);
          return FALSE;
        }
    }
  return TRUE;
}

/* The highest label + 1. */
static guint
count_classes (const AtelierIdx *labels)
{
  const guint8 *label = g_bytes_get_data (labels->data, NULL);
  guint highest = 0;

  for (guint32 i = 0; i < labels->dims[0]; i++)
    highest = MAX (highest, label[i]);
  return highest + 1;
}

/* "0", "1", ... */
static GStrv
create_numbers (guint n_classes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n_classes; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_strv_builder_add (builder, number);
    }
  return g_strv_builder_end (builder);
}

/* Makes a data set from the loaded files.  @path is the folder's. */
static AtelierDataset *
create_dataset (const Folder       *folder,
                const char         *path,
                gboolean            is_fashion_mnist,
                const char * const *class_names,
                GError            **error)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autofree char *name = atelier_idx_folder_dup_name (path);
  g_autofree char *full_path = g_canonicalize_filename (path, NULL);
  g_autofree char *source = g_filename_display_name (full_path);
  const guint32 n_train = folder->idx[TRAIN_IMAGES]->dims[0];
  AtelierDatasetParts parts = { 0 };

  parts.id = is_fashion_mnist ? FASHION_MNIST_ID : "folder";
  parts.name = name;
  parts.source = source;
  parts.height = folder->idx[TRAIN_IMAGES]->dims[1];
  parts.width = folder->idx[TRAIN_IMAGES]->dims[2];
  parts.channels = 1;
  parts.class_names = class_names;
  parts.n_validation = n_train < PUBLISHED_N_TRAIN ? n_train / 12 : PUBLISHED_N_VALIDATION;
  parts.train_images = folder->idx[TRAIN_IMAGES]->data;
  parts.train_labels = folder->idx[TRAIN_LABELS]->data;
  parts.test_images = folder->idx[TEST_IMAGES]->data;
  parts.test_labels = folder->idx[TEST_LABELS]->data;

  dataset = atelier_dataset_new (&parts, error);
  if (dataset == NULL || !atelier_dataset_is_published_fashion_mnist (dataset))
    return g_steal_pointer (&dataset);

  return atelier_dataset_with_names (dataset, FASHION_MNIST_ID, FASHION_MNIST_NAME,
                                     atelier_fashion_class_names, error);
}

gboolean
atelier_idx_folder_looks_right (const char *folder)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  for (FolderFile file = 0; file < N_FOLDER_FILES; file++)
    {
      g_autofree char *path = find_file (folder, file);

      if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return FALSE;
    }
  return TRUE;
}

char *
atelier_idx_folder_dup_name (const char *folder)
{
  g_autofree char *path = NULL;
  g_autofree char *word = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  path = g_canonicalize_filename (folder, NULL);
  word = g_path_get_basename (path);
  if (strcmp (word, "raw") == 0)
    {
      /* torchvision's layout: NAME/raw. */
      g_autofree char *parent = g_path_get_dirname (path);

      g_free (word);
      word = g_path_get_basename (parent);
    }
  return is_fashion_mnist_word (word) ? g_strdup (FASHION_MNIST_NAME)
                                      : g_filename_display_name (word);
}

AtelierDataset *
atelier_idx_folder_load (const char   *folder,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_auto (Folder) files = { 0 };
  g_autofree char *name = NULL;
  g_auto (GStrv) numbers = NULL;
  gboolean is_fashion_mnist;
  guint n_classes;

  g_return_val_if_fail (folder != NULL, NULL);

  for (FolderFile file = 0; file < N_FOLDER_FILES; file++)
    {
      files.idx[file] = load_file (folder, file, &files.paths[file], cancellable, error);
      if (files.idx[file] == NULL)
        return NULL;
    }

  name = atelier_idx_folder_dup_name (folder);
  is_fashion_mnist = strcmp (name, FASHION_MNIST_NAME) == 0;
  n_classes = is_fashion_mnist ? g_strv_length ((GStrv) atelier_fashion_class_names)
                               : count_classes (files.idx[TRAIN_LABELS]);
  if (!check_counts (&files, TRAIN_IMAGES, TRAIN_LABELS, error)
      || !check_counts (&files, TEST_IMAGES, TEST_LABELS, error)
      || !check_sides (&files, error)
      || !check_labels (&files, TRAIN_LABELS, n_classes, error)
      || !check_labels (&files, TEST_LABELS, n_classes, error))
    return NULL;

  numbers = create_numbers (n_classes);
  return create_dataset (&files, folder, is_fashion_mnist,
                         is_fashion_mnist ? atelier_fashion_class_names
                                          : (const char * const *) numbers,
                         error);
}
