/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes the finder and the reader of folders of IDX files: whatever the names and the contents,
 * they answer with a data set whose figures fit together, or with an error. */

#include "fuzz-folder.h"

#include "base/atelier-error.h"
#include "data/atelier-dataset-finder.h"
#include "data/atelier-idx-folder.h"

static const char * const names[] = {
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
  "emnist-letters-train-images-idx3-ubyte",
  "emnist-letters-train-labels-idx1-ubyte",
  "emnist-letters-test-images-idx3-ubyte",
  "emnist-letters-test-labels-idx1-ubyte",
  "emnist-letters-mapping.txt",
  "raw/TRAIN-IMAGES.IDX3-UBYTE.GZ",
  NULL
};

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_dataset (AtelierDataset *dataset)
{
  const guint n_classes = atelier_dataset_get_n_classes (dataset);
  const guint n = atelier_dataset_get_n_images (dataset);

  g_assert_cmpuint (g_strv_length ((GStrv) atelier_dataset_get_class_names (dataset)), ==,
                    n_classes);
  for (guint i = 0; i < n_classes; i++)
    g_assert_true (g_utf8_validate (atelier_dataset_get_class_names (dataset)[i], -1, NULL));
  g_assert_true (g_utf8_validate (atelier_dataset_get_name (dataset), -1, NULL));
  g_assert_cmpuint (atelier_dataset_get_n_to_learn (dataset), >=, 1);
  g_assert_cmpuint (atelier_dataset_get_image_size (dataset), ==,
                    atelier_dataset_get_height (dataset) * atelier_dataset_get_width (dataset));
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (atelier_dataset_get_label (dataset, i), <, n_classes);
  g_assert_false (atelier_dataset_is_published_fashion_mnist (dataset));
}

static gboolean
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataset) dataset = atelier_dataset_finder_load (path, NULL, &error);

  g_assert_true ((dataset != NULL) == (error == NULL));
  if (dataset != NULL)
    check_dataset (dataset);
  else
    {
      g_assert_true (error->domain == ATELIER_ERROR);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  return dataset != NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  const char *folder = fuzz_folder_fill (data, size, names);
  g_autoptr (GPtrArray) places = NULL;
  guint n_here = 0;

  g_setenv ("ATELIER_DATASETS", folder, TRUE);
  places = atelier_dataset_finder_list ();
  for (guint i = 0; i < places->len; i++)
    {
      const AtelierDatasetPlace *place = places->pdata[i];

      if (!g_str_has_prefix (place->id, folder))
        continue;
      g_assert_true (g_utf8_validate (place->name, -1, NULL));
      load (place->id);
      n_here++;
    }
  /* What can be loaded is listed. */
  if (load (folder))
    g_assert_cmpuint (n_here, >=, 1);
  return 0;
}
