/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataset, a boxed value with an atomic reference count.
 *
 * Nothing changes after creation, so no lock is needed and any thread may read.  Pictures are
 * numbered over both pairs of arrays, so that a picture has one number whatever it is used for;
 * AtelierSplits says which are for training, validation and test.  The hash over all four arrays is
 * computed once, at creation; it also decides whether this is the published Fashion-MNIST.
 * Comparing the hash of each published file was rejected: the result is the same, and the 55 MB
 * would be read twice.
 */

#include "config.h"

#include "data/atelier-dataset.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"

#define MAX_CLASSES 256
#define MAX_SIDE 1024

/* atelier_dataset_get_sha256 of the published Fashion-MNIST.  The SHA-256 of its uncompressed IDX
 * files are c59f468a... and bad3541b... (training), 5b4141f0... and 0402a96d... (test). */
#define FASHION_MNIST_SHA256 "cb991ffa68f04198396170795f7d73772182465a45140610f6c6b6fa98745470"
#define FASHION_MNIST_SIDE 28

struct _AtelierDataset
{
  gatomicrefcount ref_count;

  guint height;
  guint width;
  guint channels;
  gsize image_size;
  guint n_classes;
  guint n_train; /* including validation */
  guint n_validation;
  guint n_test;
  gboolean is_published_fashion_mnist;

  /* Owned */
  char *id;
  char *name;
  char *source;
  char *sha256;
  char **class_names;
  GBytes *train_images; /* [n_train, height, width, channels] */
  GBytes *train_labels; /* [n_train] */
  GBytes *test_images;  /* [n_test, height, width, channels] */
  GBytes *test_labels;  /* [n_test] */
};

G_DEFINE_BOXED_TYPE (AtelierDataset, atelier_dataset, atelier_dataset_ref, atelier_dataset_unref)

const char * const atelier_fashion_class_names[] = {
  N_("T-shirt/top"),
  N_("Trouser"),
  N_("Pullover"),
  N_("Dress"),
  N_("Coat"),
  N_("Sandal"),
  N_("Shirt"),
  N_("Sneaker"),
  N_("Bag"),
  N_("Ankle boot"),
  NULL
};

static gboolean
check_shape (const AtelierDatasetParts  *parts,
             GError                    **error)
{
  if (parts->height > MAX_SIDE || parts->width > MAX_SIDE)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” has images of %u × %u pixels; at most %d × %d can be used"),
                   parts->name, parts->width, parts->height, MAX_SIDE, MAX_SIDE);
      return FALSE;
    }
  if (parts->height == 0 || parts->width == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” has images of %u × %u pixels, which are empty"),
                   parts->name, parts->width, parts->height);
      return FALSE;
    }
  if (parts->channels != 1 && parts->channels != 3)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("“%s” has images of %u channels; grey (1) or colour (3) was expected"),
                   parts->name, parts->channels);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_classes (const AtelierDatasetParts  *parts,
               GError                    **error)
{
  gsize n_classes = g_strv_length ((GStrv) parts->class_names);

  if (n_classes == 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” has no classes"), parts->name);
      return FALSE;
    }
  if (n_classes > MAX_CLASSES)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” has %zu classes; at most %d can be used"),
                   parts->name, n_classes, MAX_CLASSES);
      return FALSE;
    }
  return TRUE;
}

/* Checks that @images are whole images and that there is one label for each. */
static gboolean
check_sizes (const AtelierDatasetParts  *parts,
             const char                 *part_name,
             GBytes                     *images,
             GBytes                     *labels,
             GError                    **error)
{
  const gsize image_size = (gsize) parts->height * parts->width * parts->channels;
  const gsize n_bytes = g_bytes_get_size (images);
  const gsize n_labels = g_bytes_get_size (labels);

  if (n_bytes % image_size != 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” (%s): %zu bytes are not a whole number of images of %zu"),
                   parts->name, part_name, n_bytes, image_size);
      return FALSE;
    }
  if (n_bytes / image_size != n_labels)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                   _("“%s” (%s): there are %zu images but %zu labels"),
                   parts->name, part_name, n_bytes / image_size, n_labels);
      return FALSE;
    }
  if (n_labels > G_MAXINT)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("“%s” (%s): %zu images are more than can be used"),
                   parts->name, part_name, n_labels);
      return FALSE;
    }
  return TRUE;
}

/* Checks that each label is a class. */
static gboolean
check_labels (const AtelierDatasetParts  *parts,
              const char                 *part_name,
              GBytes                     *labels,
              GError                    **error)
{
  const guint n_classes = g_strv_length ((GStrv) parts->class_names);
  gsize n_labels = 0;
  const guint8 *label = g_bytes_get_data (labels, &n_labels);

  for (gsize i = 0; i < n_labels; i++)
    {
      if (label[i] >= n_classes)
        {
          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
                       _("“%s” (%s): image %zu has the label %u, but there are only %u classes"),
                       parts->name, part_name, i, label[i], n_classes);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_part (const AtelierDatasetParts  *parts,
            const char                 *part_name,
            GBytes                     *images,
            GBytes                     *labels,
            GError                    **error)
{
  return check_sizes (parts, part_name, images, labels, error)
         && check_labels (parts, part_name, labels, error);
}

gboolean
atelier_dataset_check_validation (const char  *name,
                                  guint        n_to_learn,
                                  guint        n_validation,
                                  GError     **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  if (n_validation < n_to_learn)
    return TRUE;

  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               _("“%s” has %u training images; %u of them for validation "
                 "would leave none to learn from"),
               name, n_to_learn, n_validation);
  return FALSE;
}

static void
update_checksum (GChecksum *checksum,
                 GBytes    *bytes)
{
  gsize n_bytes = 0;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);
  const guint64 length = GUINT64_TO_LE ((guint64) n_bytes);

  g_checksum_update (checksum, (const guchar *) &length, sizeof length);
  /* g_checksum_update () takes a length of -1 for a string, so long arrays are passed in pieces. */
  while (n_bytes > 0)
    {
      const gsize n = MIN (n_bytes, (gsize) G_MAXSSIZE);

      g_checksum_update (checksum, data, (gssize) n);
      data += n;
      n_bytes -= n;
    }
}

static char *
compute_sha256 (AtelierDataset *dataset)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  update_checksum (checksum, dataset->train_images);
  update_checksum (checksum, dataset->train_labels);
  update_checksum (checksum, dataset->test_images);
  update_checksum (checksum, dataset->test_labels);
  return g_strdup (g_checksum_get_string (checksum));
}

/* Takes references on parts that were already checked; does not hash. */
static AtelierDataset *
take_parts (const AtelierDatasetParts *parts)
{
  AtelierDataset *dataset = g_new0 (AtelierDataset, 1);

  g_atomic_ref_count_init (&dataset->ref_count);
  dataset->height = parts->height;
  dataset->width = parts->width;
  dataset->channels = parts->channels;
  dataset->image_size = (gsize) parts->height * parts->width * parts->channels;
  dataset->n_classes = g_strv_length ((GStrv) parts->class_names);
  dataset->n_train = (guint) g_bytes_get_size (parts->train_labels);
  dataset->n_validation = parts->n_validation;
  dataset->n_test = (guint) g_bytes_get_size (parts->test_labels);
  dataset->id = g_strdup (parts->id);
  dataset->name = g_strdup (parts->name);
  dataset->source = g_strdup (parts->source);
  dataset->class_names = g_strdupv ((GStrv) parts->class_names);
  dataset->train_images = g_bytes_ref (parts->train_images);
  dataset->train_labels = g_bytes_ref (parts->train_labels);
  dataset->test_images = g_bytes_ref (parts->test_images);
  dataset->test_labels = g_bytes_ref (parts->test_labels);
  return dataset;
}

static void
borrow_parts (AtelierDataset      *dataset,
              AtelierDatasetParts *parts)
{
  parts->id = dataset->id;
  parts->name = dataset->name;
  parts->source = dataset->source;
  parts->height = dataset->height;
  parts->width = dataset->width;
  parts->channels = dataset->channels;
  parts->class_names = (const char * const *) dataset->class_names;
  parts->n_validation = dataset->n_validation;
  parts->train_images = dataset->train_images;
  parts->train_labels = dataset->train_labels;
  parts->test_images = dataset->test_images;
  parts->test_labels = dataset->test_labels;
}

/* @parts hold the same arrays as @dataset, so its hash is copied. */
static AtelierDataset *
copy_with_parts (AtelierDataset            *dataset,
                 const AtelierDatasetParts *parts)
{
  AtelierDataset *copy = take_parts (parts);

  copy->sha256 = g_strdup (dataset->sha256);
  copy->is_published_fashion_mnist = dataset->is_published_fashion_mnist;
  return copy;
}

AtelierDataset *
atelier_dataset_new (const AtelierDatasetParts  *parts,
                     GError                    **error)
{
  AtelierDataset *dataset = NULL;

  g_return_val_if_fail (parts != NULL, NULL);
  g_return_val_if_fail (parts->id != NULL && parts->name != NULL && parts->source != NULL, NULL);
  g_return_val_if_fail (parts->class_names != NULL, NULL);
  g_return_val_if_fail (parts->train_images != NULL && parts->train_labels != NULL, NULL);
  g_return_val_if_fail (parts->test_images != NULL && parts->test_labels != NULL, NULL);

  if (!check_shape (parts, error)
      || !check_classes (parts, error)
      || !check_part (parts, _("Training"), parts->train_images, parts->train_labels, error)
      || !check_part (parts, _("Test"), parts->test_images, parts->test_labels, error)
      || !atelier_dataset_check_validation (parts->name, g_bytes_get_size (parts->train_labels),
                                            parts->n_validation, error))
    return NULL;

  dataset = take_parts (parts);
  dataset->sha256 = compute_sha256 (dataset);
  dataset->is_published_fashion_mnist = dataset->height == FASHION_MNIST_SIDE
                                        && dataset->width == FASHION_MNIST_SIDE
                                        && strcmp (dataset->sha256, FASHION_MNIST_SHA256) == 0;
  return dataset;
}

AtelierDataset *
atelier_dataset_ref (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  g_atomic_ref_count_inc (&dataset->ref_count);
  return dataset;
}

void
atelier_dataset_unref (AtelierDataset *dataset)
{
  g_return_if_fail (dataset != NULL);

  if (!g_atomic_ref_count_dec (&dataset->ref_count))
    return;

  g_free (dataset->id);
  g_free (dataset->name);
  g_free (dataset->source);
  g_free (dataset->sha256);
  g_strfreev (dataset->class_names);
  g_bytes_unref (dataset->train_images);
  g_bytes_unref (dataset->train_labels);
  g_bytes_unref (dataset->test_images);
  g_bytes_unref (dataset->test_labels);
  g_free (dataset);
}

AtelierDataset *
atelier_dataset_with_names (AtelierDataset      *dataset,
                            const char          *id,
                            const char          *name,
                            const char * const  *class_names,
                            GError             **error)
{
  AtelierDatasetParts parts = { 0 };

  g_return_val_if_fail (dataset != NULL, NULL);
  g_return_val_if_fail (id != NULL && name != NULL && class_names != NULL, NULL);

  borrow_parts (dataset, &parts);
  parts.id = id;
  parts.name = name;
  parts.class_names = class_names;
  if (!check_classes (&parts, error)
      || !check_labels (&parts, _("Training"), dataset->train_labels, error)
      || !check_labels (&parts, _("Test"), dataset->test_labels, error))
    return NULL;

  return copy_with_parts (dataset, &parts);
}

const char *
atelier_dataset_get_id (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return dataset->id;
}

const char *
atelier_dataset_get_name (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return dataset->name;
}

const char *
atelier_dataset_get_source (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return dataset->source;
}

guint
atelier_dataset_get_height (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->height;
}

guint
atelier_dataset_get_width (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->width;
}

guint
atelier_dataset_get_channels (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->channels;
}

guint
atelier_dataset_get_n_classes (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->n_classes;
}

const char * const *
atelier_dataset_get_class_names (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return (const char * const *) dataset->class_names;
}

const char *
atelier_dataset_get_sha256 (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return dataset->sha256;
}

gboolean
atelier_dataset_is_published_fashion_mnist (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, FALSE);

  return dataset->is_published_fashion_mnist;
}

guint
atelier_dataset_get_n_images (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->n_train + dataset->n_test;
}

guint
atelier_dataset_get_n_to_learn (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->n_train;
}

guint
atelier_dataset_get_n_validation (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->n_validation;
}

gsize
atelier_dataset_get_image_size (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, 0);

  return dataset->image_size;
}

const guint8 *
atelier_dataset_get_image (AtelierDataset *dataset,
                           guint           picture)
{
  const guint8 *images;

  g_return_val_if_fail (picture < atelier_dataset_get_n_images (dataset), NULL);

  if (picture < dataset->n_train)
    {
      images = g_bytes_get_data (dataset->train_images, NULL);
      return images + picture * dataset->image_size;
    }
  images = g_bytes_get_data (dataset->test_images, NULL);
  return images + (picture - dataset->n_train) * dataset->image_size;
}

const guint8 *
atelier_dataset_get_labels (AtelierDataset *dataset,
                            guint           picture)
{
  const guint8 *labels;

  g_return_val_if_fail (picture < atelier_dataset_get_n_images (dataset), NULL);

  if (picture < dataset->n_train)
    {
      labels = g_bytes_get_data (dataset->train_labels, NULL);
      return labels + picture;
    }
  labels = g_bytes_get_data (dataset->test_labels, NULL);
  return labels + (picture - dataset->n_train);
}

guint
atelier_dataset_get_label (AtelierDataset *dataset,
                           guint           picture)
{
  g_return_val_if_fail (picture < atelier_dataset_get_n_images (dataset), 0);

  return *atelier_dataset_get_labels (dataset, picture);
}

char *
atelier_dataset_dup_image_sha256 (AtelierDataset *dataset,
                                  guint           picture)
{
  g_return_val_if_fail (picture < atelier_dataset_get_n_images (dataset), NULL);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      atelier_dataset_get_image (dataset, picture),
                                      dataset->image_size);
}

const char *
atelier_class_name_translate (const char *class_name)
{
  g_return_val_if_fail (class_name != NULL, NULL);

  /* Translates the known names only: a file's own class name could be in the catalogue by
   * chance. */
  return g_strv_contains (atelier_fashion_class_names, class_name) ? _(class_name) : class_name;
}
