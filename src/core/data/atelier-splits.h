/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSplits - which pictures of a data set are for training, validation and test.
 *
 * A data set knows its pictures by number and says nothing about what they are for; that is decided
 * here, and a run keeps the splits it was trained with.  So the same pictures can be split in
 * another way later, and everything that was predicted about a picture still belongs to it.
 *
 * Within a split, images are counted from 0 in the order of their numbers.  This index keys the
 * order of batches and dropout, so it decides weights.
 *
 * Immutable, reference-counted, any thread.  It holds a reference to its data set.
 */

#pragma once

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

typedef enum
{
  ATELIER_SPLIT_TRAIN,
  ATELIER_SPLIT_VALIDATION,
  ATELIER_SPLIT_TEST,
  ATELIER_N_SPLITS
} AtelierSplit;

/* "train", "validation" or "test", untranslated; and the translated word for people. */
const char *atelier_split_get_id   (AtelierSplit  split);
const char *atelier_split_get_name (AtelierSplit  split);
gboolean    atelier_split_from_id  (const char   *id,
                                    AtelierSplit *split);

/* How the pictures to learn from are divided between training and validation. */
typedef enum
{
  ATELIER_DIVISION_ADVISED,    /* as the data set's source advises */
  ATELIER_DIVISION_FIRST,      /* the first so many are for validation */
  ATELIER_DIVISION_LAST,
  ATELIER_DIVISION_STRATIFIED, /* of each class its share, at random */
} AtelierDivision;

#define ATELIER_TYPE_SPLITS (atelier_splits_get_type ())
typedef struct _AtelierSplits AtelierSplits;

GType           atelier_splits_get_type    (void) G_GNUC_CONST;

/* As the data set's source advises.  Transfer full. */
AtelierSplits  *atelier_splits_new         (AtelierDataset *dataset);
/* The first @n_validation of the pictures to learn from are for validation, as in the report.
 * MISMATCH where that would leave none to learn from.  Transfer full. */
AtelierSplits  *atelier_splits_new_first   (AtelierDataset *dataset,
                                            guint           n_validation,
                                            GError        **error);
/* @n_validation: not for ADVISED; @seed: for STRATIFIED, which holds a copy of the pictures to
 * learn from, in another order.  MISMATCH, NO_MEMORY.  Transfer full. */
AtelierSplits  *atelier_splits_new_divided (AtelierDataset *dataset,
                                            AtelierDivision division,
                                            guint           n_validation,
                                            guint64         seed,
                                            GError        **error);
AtelierSplits  *atelier_splits_ref         (AtelierSplits  *splits);
void            atelier_splits_unref       (AtelierSplits  *splits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierSplits, atelier_splits_unref)

/* Whether both divide the same pictures (by the data sets' hashes) in the same way. */
gboolean        atelier_splits_equal       (AtelierSplits  *a,
                                            AtelierSplits  *b);

AtelierDataset *atelier_splits_get_dataset (AtelierSplits  *splits);
guint           atelier_splits_get_n       (AtelierSplits  *splits,
                                            AtelierSplit    split);
/* The number in the data set of image @i_image of a split, and the way back; FALSE where the
 * picture is in none. */
guint           atelier_splits_get_picture (AtelierSplits  *splits,
                                            AtelierSplit    split,
                                            guint           i_image);
gboolean        atelier_splits_find        (AtelierSplits  *splits,
                                            guint           picture,
                                            AtelierSplit   *split,
                                            guint          *i_image);

/* Where a picture is, for people: "Training, picture 1,204", counted from 1 within the split.
 * Translated; transfer full. */
char           *atelier_splits_format_place (AtelierSplits *splits,
                                             guint          picture);

/* All images of a split, [n, height, width, channels], and their labels, [n].  Borrowed; NULL where
 * the split is empty. */
const guint8   *atelier_splits_get_images  (AtelierSplits  *splits,
                                            AtelierSplit    split);
const guint8   *atelier_splits_get_labels  (AtelierSplits  *splits,
                                            AtelierSplit    split);
/* One of them. */
const guint8   *atelier_splits_get_image   (AtelierSplits  *splits,
                                            AtelierSplit    split,
                                            guint           i_image);
guint           atelier_splits_get_label   (AtelierSplits  *splits,
                                            AtelierSplit    split,
                                            guint           i_image);

G_END_DECLS
