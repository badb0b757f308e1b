/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataset - images as bytes, their labels, and where they come from.
 *
 * Immutable and reference-counted, so that the window, the training thread and a predictor can
 * share one; every function may be called from any thread.  It knows what its source offers to
 * learn from and what it has set aside for testing, and no splits: those are AtelierSplits.
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

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
  guint               n_validation;  /* how many of the first training images the source advises
                                      * to use for validation */
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

/* Pictures are numbered from 0: those that the source offers to learn from, then those that it has
 * set aside for testing.  A picture's number never changes, whatever it is used for. */
guint               atelier_dataset_get_n_images     (AtelierDataset *dataset);
guint               atelier_dataset_get_n_to_learn   (AtelierDataset *dataset);
/* How many of the first pictures the source advises to use for validation. */
guint               atelier_dataset_get_n_validation (AtelierDataset *dataset);
/* The number of bytes of one image. */
gsize               atelier_dataset_get_image_size   (AtelierDataset *dataset);
/* [height, width, channels].  Borrowed.  Within the pictures to learn from, and within those for
 * testing, images lie one behind another, and so do labels. */
const guint8       *atelier_dataset_get_image        (AtelierDataset *dataset,
                                                      guint           picture);
guint               atelier_dataset_get_label        (AtelierDataset *dataset,
                                                      guint           picture);
const guint8       *atelier_dataset_get_labels       (AtelierDataset *dataset,
                                                      guint           picture);
/* SHA-256 in hex over the picture's bytes alone: the same picture has the same in any data set of
 * that size.  Computed at each call.  Transfer full. */
char               *atelier_dataset_dup_image_sha256 (AtelierDataset *dataset,
                                                      guint           picture);

/* MISMATCH where @n_validation of @n_to_learn pictures would leave none to learn from; @name is the
 * data set's, for the message. */
gboolean            atelier_dataset_check_validation (const char     *name,
                                                      guint           n_to_learn,
                                                      guint           n_validation,
                                                      GError        **error);

/* The ten class names of Fashion-MNIST, NULL-terminated, untranslated as in files; and the
 * translation of a class name. */
extern const char * const atelier_fashion_class_names[];
const char         *atelier_class_name_translate    (const char *class_name);

G_END_DECLS
