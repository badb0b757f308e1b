/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A split is a run of the data set's pictures: validation is the head of the pictures to learn
 * from, training the rest of them, test what the source has set aside.  So images and labels of a
 * split lie in one piece, and no list of numbers is needed.
 */

#include "config.h"

#include "data/atelier-splits.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-format.h"

struct _AtelierSplits
{
  guint           starts[ATELIER_N_SPLITS]; /* the number of each split's first picture */
  guint           counts[ATELIER_N_SPLITS];
  AtelierDataset *dataset;                  /* Owned */
};

G_DEFINE_BOXED_TYPE (AtelierSplits, atelier_splits, atelier_splits_ref, atelier_splits_unref)

static const struct
{
  const char *id;
  const char *name;
} split_words[ATELIER_N_SPLITS] = {
  { "train", N_("Training") },
  { "validation", N_("Validation") },
  { "test", N_("Test") },
};

/* Words */

const char *
atelier_split_get_id (AtelierSplit split)
{
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, NULL);

  return split_words[split].id;
}

const char *
atelier_split_get_name (AtelierSplit split)
{
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, NULL);

  return _(split_words[split].name);
}

gboolean
atelier_split_from_id (const char   *id,
                       AtelierSplit *split)
{
  g_return_val_if_fail (split != NULL, FALSE);

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (g_strcmp0 (split_words[i].id, id) == 0)
      {
        *split = (AtelierSplit) i;
        return TRUE;
      }
  return FALSE;
}

/* Splits */

/* @n_validation: less than there are to learn from. */
static AtelierSplits *
create (AtelierDataset *dataset,
        guint           n_validation)
{
  const guint n_to_learn = atelier_dataset_get_n_to_learn (dataset);
  AtelierSplits *splits = g_atomic_rc_box_new0 (AtelierSplits);

  splits->dataset = atelier_dataset_ref (dataset);
  splits->counts[ATELIER_SPLIT_VALIDATION] = n_validation;
  splits->starts[ATELIER_SPLIT_TRAIN] = n_validation;
  splits->counts[ATELIER_SPLIT_TRAIN] = n_to_learn - n_validation;
  splits->starts[ATELIER_SPLIT_TEST] = n_to_learn;
  splits->counts[ATELIER_SPLIT_TEST] = atelier_dataset_get_n_images (dataset) - n_to_learn;
  return splits;
}

AtelierSplits *
atelier_splits_new (AtelierDataset *dataset)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  return create (dataset, atelier_dataset_get_n_validation (dataset));
}

AtelierSplits *
atelier_splits_new_first (AtelierDataset  *dataset,
                          guint            n_validation,
                          GError         **error)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  if (!atelier_dataset_check_validation (atelier_dataset_get_name (dataset),
                                         atelier_dataset_get_n_to_learn (dataset), n_validation,
                                         error))
    return NULL;

  return create (dataset, n_validation);
}

AtelierSplits *
atelier_splits_ref (AtelierSplits *splits)
{
  g_return_val_if_fail (splits != NULL, NULL);

  return g_atomic_rc_box_acquire (splits);
}

static void
clear_splits (gpointer data)
{
  atelier_dataset_unref (((AtelierSplits *) data)->dataset);
}

void
atelier_splits_unref (AtelierSplits *splits)
{
  g_return_if_fail (splits != NULL);

  g_atomic_rc_box_release_full (splits, clear_splits);
}

gboolean
atelier_splits_equal (AtelierSplits *a,
                      AtelierSplits *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (a->starts[i] != b->starts[i] || a->counts[i] != b->counts[i])
      return FALSE;
  return g_str_equal (atelier_dataset_get_sha256 (a->dataset),
                      atelier_dataset_get_sha256 (b->dataset));
}

AtelierDataset *
atelier_splits_get_dataset (AtelierSplits *splits)
{
  g_return_val_if_fail (splits != NULL, NULL);

  return splits->dataset;
}

guint
atelier_splits_get_n (AtelierSplits *splits,
                      AtelierSplit   split)
{
  g_return_val_if_fail (splits != NULL, 0);
  g_return_val_if_fail ((guint) split < ATELIER_N_SPLITS, 0);

  return splits->counts[split];
}

guint
atelier_splits_get_picture (AtelierSplits *splits,
                            AtelierSplit   split,
                            guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), 0);

  return splits->starts[split] + i_image;
}

gboolean
atelier_splits_find (AtelierSplits *splits,
                     guint          picture,
                     AtelierSplit  *split,
                     guint         *i_image)
{
  g_return_val_if_fail (splits != NULL, FALSE);
  g_return_val_if_fail (split != NULL && i_image != NULL, FALSE);

  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (picture >= splits->starts[i] && picture - splits->starts[i] < splits->counts[i])
      {
        *split = (AtelierSplit) i;
        *i_image = picture - splits->starts[i];
        return TRUE;
      }
  return FALSE;
}

char *
atelier_splits_format_place (AtelierSplits *splits,
                             guint          picture)
{
  g_autofree char *number = NULL;
  AtelierSplit split;
  guint i_image;

  g_return_val_if_fail (splits != NULL, NULL);

  if (!atelier_splits_find (splits, picture, &split, &i_image))
    {
      number = atelier_format_count ((guint64) picture + 1);
      /* Translators: a picture that is in no split: "picture 1,204". */
      return g_strdup_printf (_("picture %s"), number);
    }

  number = atelier_format_count ((guint64) i_image + 1);
  /* Translators: where a picture is: "Training, picture 1,204". */
  return g_strdup_printf (_("%s, picture %s"), atelier_split_get_name (split), number);
}

const guint8 *
atelier_splits_get_images (AtelierSplits *splits,
                           AtelierSplit   split)
{
  return atelier_splits_get_n (splits, split) > 0
           ? atelier_dataset_get_image (splits->dataset, splits->starts[split])
           : NULL;
}

const guint8 *
atelier_splits_get_labels (AtelierSplits *splits,
                           AtelierSplit   split)
{
  return atelier_splits_get_n (splits, split) > 0
           ? atelier_dataset_get_labels (splits->dataset, splits->starts[split])
           : NULL;
}

const guint8 *
atelier_splits_get_image (AtelierSplits *splits,
                          AtelierSplit   split,
                          guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), NULL);

  return atelier_dataset_get_image (splits->dataset, splits->starts[split] + i_image);
}

guint
atelier_splits_get_label (AtelierSplits *splits,
                          AtelierSplit   split,
                          guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), 0);

  return atelier_dataset_get_label (splits->dataset, splits->starts[split] + i_image);
}
