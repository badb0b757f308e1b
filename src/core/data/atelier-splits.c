/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A split is a run of pictures, so that its images and labels lie in one piece.  Test is what the
 * source has set aside.  Validation is the head or the tail of the pictures to learn from, and
 * training the rest; then a split is a run of the data set, and no list of numbers is needed.
 *
 * Where validation is drawn at random, the pictures to learn from are copied in a new order, with
 * validation first; within each split they keep theirs.  Lists of numbers without copies were
 * rejected: everything that reads many images, the engine first, would have to know of them.
 */

#include "config.h"

#include "data/atelier-splits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-format.h"
#include "nn.h"

#define MAX_CLASSES 256

struct _AtelierSplits
{
  guint           starts[ATELIER_N_SPLITS]; /* the place of each split's first picture */
  guint           counts[ATELIER_N_SPLITS];
  AtelierDataset *dataset;                  /* Owned */

  /* Of the pictures to learn from, where they have a new order; else NULL.  Owned */
  guint32        *pictures; /* by place: the number in the data set */
  guint32        *places;   /* the way back */
  guint8         *images;
  guint8         *labels;
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

static AtelierSplits *
new_last (AtelierDataset *dataset,
          guint           n_validation)
{
  AtelierSplits *splits = create (dataset, n_validation);

  splits->starts[ATELIER_SPLIT_TRAIN] = 0;
  splits->starts[ATELIER_SPLIT_VALIDATION] = splits->counts[ATELIER_SPLIT_TRAIN];
  return splits;
}

/* ---- At random ---- */

/* How many of each class are for validation: its share rounded down, and one more for those that
 * lost most by that, the first of equal ones. */
static void
share_out (const guint *counts, /* [MAX_CLASSES], of all pictures to learn from */
           guint        n_all,
           guint        n_validation,
           guint       *shares) /* [MAX_CLASSES] */
{
  guint64 rests[MAX_CLASSES];
  guint n_left = n_validation;

  for (guint k = 0; k < MAX_CLASSES; k++)
    {
      const guint64 product = (guint64) counts[k] * n_validation;

      shares[k] = (guint) (product / n_all);
      rests[k] = product % n_all;
      n_left -= shares[k];
    }
  for (; n_left > 0; n_left--)
    {
      guint i_most = 0;

      for (guint k = 1; k < MAX_CLASSES; k++)
        if (rests[k] > rests[i_most])
          i_most = k;
      shares[i_most]++;
      rests[i_most] = 0;
    }
}

/* Marks the pictures of one class that are for validation.  @order: room for all of the class. */
static void
draw_class (const guint8 *labels,
            guint         n_all,
            guint         i_class,
            guint         n_of_class,
            guint         n_drawn,
            guint64       seed,
            guint32      *order,
            guint8       *is_drawn) /* [n_all] */
{
  guint n = 0;

  nn_shuffle (seed, i_class, order, n_of_class);
  /* From places within the class to numbers in the data set: a place below @n_drawn is drawn. */
  for (guint i = 0; i < n_all; i++)
    if (labels[i] == i_class)
      is_drawn[i] = order[n++] < n_drawn;
}

static void
draw_all (AtelierDataset *dataset,
          guint           n_validation,
          guint64         seed,
          guint8         *is_drawn) /* [n_to_learn] */
{
  const guint n = atelier_dataset_get_n_to_learn (dataset);
  const guint8 *labels = atelier_dataset_get_labels (dataset, 0);
  g_autofree guint32 *order = g_new (guint32, n);
  guint counts[MAX_CLASSES] = { 0 };
  guint shares[MAX_CLASSES];

  for (guint i = 0; i < n; i++)
    counts[labels[i]]++;
  share_out (counts, n, n_validation, shares);
  for (guint k = 0; k < MAX_CLASSES; k++)
    if (counts[k] > 0)
      draw_class (labels, n, k, counts[k], shares[k], seed, order, is_drawn);
}

/* Copies what lies at @pictures, validation first. */
static void
arrange (AtelierSplits *splits,
         const guint8  *is_drawn,
         gsize          image_size)
{
  const guint n = atelier_dataset_get_n_to_learn (splits->dataset);
  guint places[2] = { splits->starts[ATELIER_SPLIT_TRAIN],
                      splits->starts[ATELIER_SPLIT_VALIDATION] };

  for (guint i = 0; i < n; i++)
    {
      const guint place = places[is_drawn[i]]++;

      splits->pictures[place] = i;
      splits->places[i] = place;
      splits->labels[place] = (guint8) atelier_dataset_get_label (splits->dataset, i);
      memcpy (splits->images + place * image_size, atelier_dataset_get_image (splits->dataset, i),
              image_size);
    }
}

static AtelierSplits *
new_stratified (AtelierDataset  *dataset,
                guint            n_validation,
                guint64          seed,
                GError         **error)
{
  const gsize n = atelier_dataset_get_n_to_learn (dataset);
  const gsize image_size = (gsize) atelier_dataset_get_height (dataset)
                           * atelier_dataset_get_width (dataset)
                           * atelier_dataset_get_channels (dataset);
  g_autoptr (AtelierSplits) splits = create (dataset, n_validation);
  g_autofree guint8 *is_drawn = g_try_malloc0 (n);

  splits->pictures = g_try_new (guint32, n);
  splits->places = g_try_new (guint32, n);
  splits->labels = g_try_malloc (n);
  splits->images = g_try_malloc_n (n, image_size);
  if (is_drawn == NULL || splits->pictures == NULL || splits->places == NULL
      || splits->labels == NULL || splits->images == NULL)
    {
      g_autofree char *size = g_format_size ((guint64) n * image_size);

      /* Translators: a data set and a size such as "47.0 MB" */
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory to divide the images of “%s” at random (%s)."),
                   atelier_dataset_get_name (dataset), size);
      return NULL;
    }
  draw_all (dataset, n_validation, seed, is_drawn);
  arrange (splits, is_drawn, image_size);
  return g_steal_pointer (&splits);
}

AtelierSplits *
atelier_splits_new_divided (AtelierDataset   *dataset,
                            AtelierDivision   division,
                            guint             n_validation,
                            guint64           seed,
                            GError          **error)
{
  g_return_val_if_fail (dataset != NULL, NULL);

  if (division == ATELIER_DIVISION_ADVISED)
    return atelier_splits_new (dataset);
  if (!atelier_dataset_check_validation (atelier_dataset_get_name (dataset),
                                         atelier_dataset_get_n_to_learn (dataset), n_validation,
                                         error))
    return NULL;
  if (division == ATELIER_DIVISION_STRATIFIED)
    return new_stratified (dataset, n_validation, seed, error);
  return division == ATELIER_DIVISION_LAST ? new_last (dataset, n_validation)
                                           : create (dataset, n_validation);
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
  AtelierSplits *splits = data;

  g_free (splits->pictures);
  g_free (splits->places);
  g_free (splits->images);
  g_free (splits->labels);
  atelier_dataset_unref (splits->dataset);
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
  if ((a->pictures != NULL) != (b->pictures != NULL)
      || atelier_dataset_get_n_to_learn (a->dataset) != atelier_dataset_get_n_to_learn (b->dataset)
      || (a->pictures != NULL
          && memcmp (a->pictures, b->pictures,
                     atelier_dataset_get_n_to_learn (a->dataset) * sizeof *a->pictures) != 0))
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

/* Whether the place is one of a new order. */
static gboolean
is_arranged (AtelierSplits *splits,
             guint          place)
{
  return splits->pictures != NULL && place < atelier_dataset_get_n_to_learn (splits->dataset);
}

static guint
get_number (AtelierSplits *splits,
            guint          place)
{
  return is_arranged (splits, place) ? splits->pictures[place] : place;
}

guint
atelier_splits_get_picture (AtelierSplits *splits,
                            AtelierSplit   split,
                            guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), 0);

  return get_number (splits, splits->starts[split] + i_image);
}

gboolean
atelier_splits_find (AtelierSplits *splits,
                     guint          picture,
                     AtelierSplit  *split,
                     guint         *i_image)
{
  guint place;

  g_return_val_if_fail (splits != NULL, FALSE);
  g_return_val_if_fail (split != NULL && i_image != NULL, FALSE);

  place = is_arranged (splits, picture) ? splits->places[picture] : picture;
  for (guint i = 0; i < ATELIER_N_SPLITS; i++)
    if (place >= splits->starts[i] && place - splits->starts[i] < splits->counts[i])
      {
        *split = (AtelierSplit) i;
        *i_image = place - splits->starts[i];
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

static const guint8 *
get_image (AtelierSplits *splits,
           guint          place)
{
  AtelierDataset *dataset = splits->dataset;

  if (!is_arranged (splits, place))
    return atelier_dataset_get_image (dataset, place);
  return splits->images + (gsize) place * atelier_dataset_get_height (dataset)
                            * atelier_dataset_get_width (dataset)
                            * atelier_dataset_get_channels (dataset);
}

const guint8 *
atelier_splits_get_images (AtelierSplits *splits,
                           AtelierSplit   split)
{
  return atelier_splits_get_n (splits, split) > 0 ? get_image (splits, splits->starts[split])
                                                  : NULL;
}

const guint8 *
atelier_splits_get_labels (AtelierSplits *splits,
                           AtelierSplit   split)
{
  const guint n = atelier_splits_get_n (splits, split);
  const guint start = n > 0 ? splits->starts[split] : 0;

  if (n == 0)
    return NULL;
  return is_arranged (splits, start) ? splits->labels + start
                                     : atelier_dataset_get_labels (splits->dataset, start);
}

const guint8 *
atelier_splits_get_image (AtelierSplits *splits,
                          AtelierSplit   split,
                          guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), NULL);

  return get_image (splits, splits->starts[split] + i_image);
}

guint
atelier_splits_get_label (AtelierSplits *splits,
                          AtelierSplit   split,
                          guint          i_image)
{
  g_return_val_if_fail (i_image < atelier_splits_get_n (splits, split), 0);

  return atelier_dataset_get_label (splits->dataset,
                                    get_number (splits, splits->starts[split] + i_image));
}
