/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of four IDX files as a data set.
 *
 * The four files are loaded one after another; each is checked by itself, and then against the
 * others.  Mismatch errors name both files; AtelierDataset's own checks could not, since it knows
 * no files.  All data sets in MNIST's format look the same, so the folder's name, or the prefix of
 * the files' names, decides what they are called.  Only the bytes decide whether this is the
 * published Fashion-MNIST: other data in a folder of that name would get names of garments that
 * they do not show.
 */

#include "config.h"

#include "data/atelier-idx-folder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "data/atelier-idx-emnist.h"
#include "data/atelier-idx-names.h"
#include "data/atelier-idx.h"

#define FASHION_MNIST_ID "fashion-mnist"

/* The longest name that a model file can hold, in bytes. */
#define MAX_NAME 256

/* The report's split: 5,000 of the published 60,000 images. */
#define PUBLISHED_N_TRAIN 60000
#define PUBLISHED_N_VALIDATION 5000

static const guint ranks[ATELIER_IDX_N_FILES] = {
  [ATELIER_IDX_TRAIN_IMAGES] = 3,
  [ATELIER_IDX_TRAIN_LABELS] = 1,
  [ATELIER_IDX_TEST_IMAGES] = 3,
  [ATELIER_IDX_TEST_LABELS] = 1,
};

/* The files of a folder that are loaded so far. */
typedef struct
{
  /* Owned */
  AtelierIdxNames *names;
  AtelierIdx      *idx[ATELIER_IDX_N_FILES];
} Folder;

static void
folder_clear (Folder *folder)
{
  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    g_clear_pointer (&folder->idx[file], atelier_idx_free);
  g_clear_pointer (&folder->names, atelier_idx_names_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, folder_clear)

static gboolean
is_fashion_mnist_word (const char *word)
{
  return g_ascii_strcasecmp (word, "fashion-mnist") == 0
         || g_ascii_strcasecmp (word, "fashion_mnist") == 0
         || g_ascii_strcasecmp (word, "fashionmnist") == 0;
}

/* @name as a name that a model file can hold: one line of UTF-8, not too long.  Transfer full. */
static char *
clean_name (const char *name)
{
  g_autofree char *valid = g_filename_display_name (name);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_iscntrl (character))
        character = 0xfffd;
      if (clean->len + g_unichar_to_utf8 (character, NULL) <= MAX_NAME)
        g_string_append_unichar (clean, character);
    }
  return g_string_free (clean, FALSE);
}

static gboolean
load_file (Folder          *folder,
           AtelierIdxFile   file,
           GCancellable    *cancellable,
           GError         **error)
{
  const char *path = folder->names->paths[file];
  g_autoptr (AtelierIdx) idx = atelier_idx_load (path, cancellable, error);

  if (idx == NULL)
    return FALSE;
  if (idx->rank != ranks[file])
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” has %u dimensions, where %u were expected"),
                   name, idx->rank, ranks[file]);
      return FALSE;
    }
  folder->idx[file] = g_steal_pointer (&idx);
  return TRUE;
}

/* EMNIST's images are stored column by column. */
static gboolean
turn_images (Folder          *folder,
             AtelierIdxFile   file,
             GError         **error)
{
  AtelierIdx *idx = folder->idx[file];
  g_autofree char *name = NULL;
  const guint32 width = idx->dims[1];

  if (!atelier_idx_emnist_is (folder->names->prefix))
    return TRUE;
  idx->dims[1] = idx->dims[2];
  idx->dims[2] = width;
  idx->data = atelier_idx_emnist_transpose (idx->data, idx->dims[1], idx->dims[2]);
  if (idx->data != NULL)
    return TRUE;
  name = g_filename_display_name (folder->names->paths[file]);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
               _("There is not enough memory for “%s”"), name);
  return FALSE;
}

static gboolean
load_files (Folder        *folder,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  folder->names = atelier_idx_names_find (path, error);
  if (folder->names == NULL)
    return FALSE;
  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    if (!load_file (folder, file, cancellable, error))
      return FALSE;
  return turn_images (folder, ATELIER_IDX_TRAIN_IMAGES, error)
         && turn_images (folder, ATELIER_IDX_TEST_IMAGES, error);
}

static gboolean
check_not_empty (const Folder  *folder,
                 GError       **error)
{
  g_autofree char *name = NULL;

  if (folder->idx[ATELIER_IDX_TRAIN_IMAGES]->dims[0] > 0)
    return TRUE;
  name = g_filename_display_name (folder->names->paths[ATELIER_IDX_TRAIN_IMAGES]);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” holds no images to learn from"), name);
  return FALSE;
}

/* Checks that a part has as many labels as images. */
static gboolean
check_counts (const Folder    *folder,
              AtelierIdxFile   images,
              AtelierIdxFile   labels,
              GError         **error)
{
  g_autofree char *images_name = g_filename_display_name (folder->names->paths[images]);
  g_autofree char *labels_name = g_filename_display_name (folder->names->paths[labels]);
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
check_sides (const Folder  *folder,
             GError       **error)
{
  g_autofree char *test_name
    = g_filename_display_name (folder->names->paths[ATELIER_IDX_TEST_IMAGES]);
  const guint32 *train_dims = folder->idx[ATELIER_IDX_TRAIN_IMAGES]->dims;
  const guint32 *test_dims = folder->idx[ATELIER_IDX_TEST_IMAGES]->dims;

  if (train_dims[1] == test_dims[1] && train_dims[2] == test_dims[2])
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” holds images of %u × %u pixels, but the training images have %u × %u"),
               test_name, test_dims[2], test_dims[1], train_dims[2], train_dims[1]);
  return FALSE;
}

/* Checks that the labels of the test images are among those that are learnt. */
static gboolean
check_test_labels (const Folder  *folder,
                   guint          n_classes,
                   GError       **error)
{
  const AtelierIdx *labels = folder->idx[ATELIER_IDX_TEST_LABELS];
  const guint8 *label = g_bytes_get_data (labels->data, NULL);

  for (guint32 i = 0; i < labels->dims[0]; i++)
    {
      if (label[i] >= n_classes)
        {
          g_autofree char *name
            = g_filename_display_name (folder->names->paths[ATELIER_IDX_TEST_LABELS]);

          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("“%s” gives image %u the label %u, but no training image has a label "
                         "above %u"),
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

/* The names of the classes, transfer full; NULL if the file that has them is wrong. */
static GStrv
name_classes (const Folder  *folder,
              guint          n_classes,
              GError       **error)
{
  if (folder->names->mapping == NULL)
    return create_numbers (n_classes);
  return atelier_idx_emnist_load_names (folder->names->mapping, n_classes, error);
}

/* Makes a data set from the loaded files.  @path: the folder's. */
static AtelierDataset *
create_dataset (const Folder        *folder,
                const char          *path,
                const char * const  *class_names,
                GError             **error)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  const char *prefix = folder->names->prefix;
  g_autofree char *name = *prefix != '\0' ? clean_name (prefix)
                                          : atelier_idx_folder_dup_name (path);
  g_autofree char *full_path = g_canonicalize_filename (path, NULL);
  g_autofree char *source = g_filename_display_name (full_path);
  const guint32 n_train = folder->idx[ATELIER_IDX_TRAIN_IMAGES]->dims[0];
  AtelierDatasetParts parts = { 0 };

  parts.id = "folder";
  parts.name = name;
  parts.source = source;
  parts.height = folder->idx[ATELIER_IDX_TRAIN_IMAGES]->dims[1];
  parts.width = folder->idx[ATELIER_IDX_TRAIN_IMAGES]->dims[2];
  parts.channels = 1;
  parts.class_names = class_names;
  parts.n_validation = n_train < PUBLISHED_N_TRAIN ? n_train / 12 : PUBLISHED_N_VALIDATION;
  parts.train_images = folder->idx[ATELIER_IDX_TRAIN_IMAGES]->data;
  parts.train_labels = folder->idx[ATELIER_IDX_TRAIN_LABELS]->data;
  parts.test_images = folder->idx[ATELIER_IDX_TEST_IMAGES]->data;
  parts.test_labels = folder->idx[ATELIER_IDX_TEST_LABELS]->data;

  dataset = atelier_dataset_new (&parts, error);
  if (dataset == NULL || !atelier_dataset_is_published_fashion_mnist (dataset))
    return g_steal_pointer (&dataset);

  return atelier_dataset_with_names (dataset, FASHION_MNIST_ID, ATELIER_FASHION_MNIST_NAME,
                                     atelier_fashion_class_names, error);
}

/* The last part of @folder's path that says something.  Transfer full. */
static char *
dup_word (const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *word = g_path_get_basename (path);
  g_autofree char *parent = NULL;

  if (strcmp (word, "raw") != 0)
    return g_steal_pointer (&word);
  /* torchvision's layout: NAME/raw. */
  parent = g_path_get_dirname (path);
  return g_path_get_basename (parent);
}

static gboolean
are_regular (const AtelierIdxNames *names)
{
  for (AtelierIdxFile file = 0; file < ATELIER_IDX_N_FILES; file++)
    if (names->paths[file] == NULL || !g_file_test (names->paths[file], G_FILE_TEST_IS_REGULAR))
      return FALSE;
  return TRUE;
}

gboolean
atelier_idx_folder_looks_right (const char *folder)
{
  g_autoptr (AtelierIdxNames) names = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (folder != NULL, FALSE);

  names = atelier_idx_names_find (folder, NULL);
  if (names != NULL)
    return are_regular (names);
  atelier_idx_folder_add_paths (folder, paths);
  return paths->len > 0;
}

void
atelier_idx_folder_add_paths (const char *folder,
                              GPtrArray  *paths)
{
  g_autoptr (AtelierIdxNames) one = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (folder != NULL && paths != NULL);

  one = atelier_idx_names_find (folder, NULL);
  if (one != NULL && *one->prefix == '\0')
    {
      if (are_regular (one))
        g_ptr_array_add (paths, g_strdup (folder));
      return;
    }
  all = atelier_idx_names_list (folder);
  for (guint i = 0; i < all->len; i++)
    {
      const AtelierIdxNames *names = all->pdata[i];

      if (are_regular (names))
        g_ptr_array_add (paths, g_build_filename (folder, names->prefix, NULL));
    }
}

char *
atelier_idx_folder_dup_name (const char *folder)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  word = dup_word (folder);
  return clean_name (word);
}

gboolean
atelier_idx_folder_is_called_fashion_mnist (const char *folder)
{
  g_autofree char *word = NULL;

  g_return_val_if_fail (folder != NULL, FALSE);

  word = dup_word (folder);
  return is_fashion_mnist_word (word);
}

AtelierDataset *
atelier_idx_folder_load (const char    *folder,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_auto (Folder) files = { 0 };
  g_auto (GStrv) class_names = NULL;
  guint n_classes;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!load_files (&files, folder, cancellable, error))
    return NULL;

  n_classes = count_classes (files.idx[ATELIER_IDX_TRAIN_LABELS]);
  if (!check_counts (&files, ATELIER_IDX_TRAIN_IMAGES, ATELIER_IDX_TRAIN_LABELS, error)
      || !check_counts (&files, ATELIER_IDX_TEST_IMAGES, ATELIER_IDX_TEST_LABELS, error)
      || !check_not_empty (&files, error)
      || !check_sides (&files, error)
      || !check_test_labels (&files, n_classes, error))
    return NULL;

  class_names = name_classes (&files, n_classes, error);
  if (class_names == NULL)
    return NULL;
  return create_dataset (&files, folder, (const char * const *) class_names, error);
}
