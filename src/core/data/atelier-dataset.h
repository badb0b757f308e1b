/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataset - images as bytes, their labels, and where they come from.
 *
 * Immutable and reference-counted, so that the window, the training thread and a predictor can
 * share one; every function may be called from any thread.  The first training images are the
 * validation split, as in the report; a data set with a split of another size shares the bytes.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_SPLIT_TRAIN,
  ATELIER_SPLIT_VALIDATION,
  ATELIER_SPLIT_TEST,
  ATELIER_N_SPLITS
} AtelierSplit;

/* The untranslated word ("train", "validation" or "test"), and the translated one for people. */
const char *atelier_split_get_id   (AtelierSplit  split);
const char *atelier_split_get_name (AtelierSplit  split);
gboolean    atelier_split_from_id  (const char   *id,
                                    AtelierSplit *split);

#define ATELIER_TYPE_DATASET (atelier_dataset_get_type ())
typedef struct _AtelierDataset AtelierDataset;

/* Limits: 256 classes; sides from 1 to 1,024; 1 or 3 channels. */
typedef struct
{
  const char         *id;            /* fixed word for settings and files: "fashion-mnist",
                                      * "sketched-garments", "folder" */
  const char         *name;          /* for people: "Fashion-MNIST" */
  const char         *source;        /* a path, or how the data set was made */
  guint               height;
  guint               width;
  guint               channels;
  const char * const *class_names;   /* NULL-terminated */
  guint               n_validation;  /* how many of the first training images are the validation
                                      * split */
  GBytes             *train_images;  /* [n_train, height, width, channels] */
  GBytes             *train_labels;  /* [n_train], each below the number of classes */
  GBytes             *test_images;
  GBytes             *test_labels;
} AtelierDatasetParts;

GType           atelier_dataset_get_type (void) G_GNUC_CONST;

/* Checks everything (sizes, matching counts, labels in range, at least one training image left) and
 * takes references on the bytes.  There may be no test images.  MISMATCH, TOO_LARGE,
 * UNSUPPORTED. */
AtelierDataset *atelier_dataset_new   (const AtelierDatasetParts *parts,
                                       GError                   **error);
AtelierDataset *atelier_dataset_ref   (AtelierDataset *dataset);
void            atelier_dataset_unref (AtelierDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierDataset, atelier_dataset_unref)

/* The same images with another number of validation images. */
AtelierDataset *atelier_dataset_with_validation (AtelierDataset *dataset,
                                                 guint           n_validation,
                                                 GError        **error);

/* The same images under other names.  MISMATCH if a label is no longer a class. */
AtelierDataset *atelier_dataset_with_names      (AtelierDataset     *dataset,
                                                 const char         *id,
                                                 const char         *name,
                                                 const char * const *class_names,
                                                 GError            **error);

const char         *atelier_dataset_get_id          (AtelierDataset *dataset);
const char         *atelier_dataset_get_name        (AtelierDataset *dataset);
const char         *atelier_dataset_get_source      (AtelierDataset *dataset);
guint               atelier_dataset_get_height      (AtelierDataset *dataset);
guint               atelier_dataset_get_width       (AtelierDataset *dataset);
guint               atelier_dataset_get_channels    (AtelierDataset *dataset);
guint               atelier_dataset_get_n_classes   (AtelierDataset *dataset);
const char * const *atelier_dataset_get_class_names (AtelierDataset *dataset);

/* SHA-256 in hex over the four uncompressed arrays (training images, training labels, test images,
 * test labels), each preceded by its length as a little-endian u64.  Computed at creation. */
const char         *atelier_dataset_get_sha256      (AtelierDataset *dataset);
/* Whether all four arrays are identical to the published Fashion-MNIST. */
gboolean            atelier_dataset_is_published_fashion_mnist (AtelierDataset *dataset);

guint               atelier_dataset_get_n_images    (AtelierDataset *dataset,
                                                     AtelierSplit    split);
/* The number of bytes of one image. */
gsize               atelier_dataset_get_image_size  (AtelierDataset *dataset);
/* images: [n, height, width, channels]; labels: [n].  Borrowed, valid as long as the data set; NULL
 * if the split is empty. */
const guint8       *atelier_dataset_get_images      (AtelierDataset *dataset,
                                                     AtelierSplit    split);
const guint8       *atelier_dataset_get_labels      (AtelierDataset *dataset,
                                                     AtelierSplit    split);
const guint8       *atelier_dataset_get_image       (AtelierDataset *dataset,
                                                     AtelierSplit    split,
                                                     guint           i_image);
guint               atelier_dataset_get_label       (AtelierDataset *dataset,
                                                     AtelierSplit    split,
                                                     guint           i_image);

/* The ten class names of Fashion-MNIST, NULL-terminated, untranslated as in files; and the
 * translation of a class name. */
extern const char * const atelier_fashion_class_names[];
const char         *atelier_class_name_translate    (const char *class_name);

G_END_DECLS
