/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The changed pictures are the test pictures of a data set of their own, so that they are measured
 * as all others are. */

#include "config.h"

#include "inference/atelier-robustness.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"
#include "model/atelier-nn-private.h"

/* In shares of the sides, to the right and down; degrees clockwise. */
static const struct
{
  const char *id;
  const char *name;
  gboolean    is_mirrored;
  double      right;
  double      down;
  double      degrees;
} changes[ATELIER_N_CHANGES] = {
  { "mirrored", N_("mirrored"), TRUE, 0.0, 0.0, 0.0 },
  { "moved_left", N_("moved to the left"), FALSE, -1.0 / 14.0, 0.0, 0.0 },
  { "moved_right", N_("moved to the right"), FALSE, 1.0 / 14.0, 0.0, 0.0 },
  { "moved_up", N_("moved up"), FALSE, 0.0, -1.0 / 14.0, 0.0 },
  { "moved_down", N_("moved down"), FALSE, 0.0, 1.0 / 14.0, 0.0 },
  { "turned_left", N_("turned to the left"), FALSE, 0.0, 0.0, -10.0 },
  { "turned_right", N_("turned to the right"), FALSE, 0.0, 0.0, 10.0 },
};

const char *
atelier_change_get_id (AtelierChange change)
{
  g_return_val_if_fail (change < ATELIER_N_CHANGES, NULL);

  return changes[change].id;
}

const char *
atelier_change_get_name (AtelierChange change)
{
  g_return_val_if_fail (change < ATELIER_N_CHANGES, NULL);

  return _(changes[change].name);
}

void
atelier_change_apply (AtelierChange  change,
                      guint          height,
                      guint          width,
                      guint          channels,
                      const guint8  *pixels,
                      guint8        *changed)
{
  const NnShape shape = { height, width, channels };
  const gsize n = (gsize) height * width * channels;
  g_autofree float *moved = NULL;

  g_return_if_fail (change < ATELIER_N_CHANGES);
  g_return_if_fail (pixels != NULL && changed != NULL);

  moved = g_new (float, n);
  nn_move_image (&(NnMotion) {
                   .is_mirrored = changes[change].is_mirrored,
                   .right = rint (changes[change].right * width),
                   .down = rint (changes[change].down * height),
                   .degrees = changes[change].degrees,
                 },
                 shape, pixels, moved);
  for (gsize i = 0; i < n; i++)
    changed[i] = (guint8) lrintf (moved[i]);
}

static GBytes *
change_images (AtelierSplits  *splits,
               AtelierSplit    split,
               AtelierChange   change,
               GError        **error)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint n = atelier_splits_get_n (splits, split);
  const gsize image_size = atelier_dataset_get_image_size (dataset);
  guint8 *images = g_try_malloc (n * image_size);

  if (images == NULL)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY,
                   _("There is not enough memory for %u changed images"), n);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    atelier_change_apply (
      change, atelier_dataset_get_height (dataset), atelier_dataset_get_width (dataset),
      atelier_dataset_get_channels (dataset),
      atelier_dataset_get_image (dataset, atelier_splits_get_picture (splits, split, i)),
      images + i * image_size);
  return g_bytes_new_take (images, n * image_size);
}

static GBytes *
copy_labels (AtelierSplits *splits,
             AtelierSplit   split)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const guint n = atelier_splits_get_n (splits, split);
  guint8 *labels = g_malloc (n);

  for (guint i = 0; i < n; i++)
    labels[i] = (guint8) atelier_dataset_get_label (dataset,
                                                    atelier_splits_get_picture (splits, split, i));
  return g_bytes_new_take (labels, n);
}

/* A data set needs a picture to learn from; this one has the first, which nobody looks at. */
static AtelierSplits *
change_splits (AtelierSplits  *splits,
               AtelierSplit    split,
               AtelierChange   change,
               GError        **error)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  g_autoptr (GBytes) images = change_images (splits, split, change, error);
  g_autoptr (GBytes) labels = copy_labels (splits, split);
  g_autoptr (GBytes) first_image
    = g_bytes_new (atelier_dataset_get_image (dataset, 0),
                   atelier_dataset_get_image_size (dataset));
  g_autoptr (GBytes) first_label = g_bytes_new (atelier_dataset_get_labels (dataset, 0), 1);
  g_autoptr (AtelierDataset) changed = NULL;

  if (images == NULL)
    return NULL;
  changed = atelier_dataset_new (
    &(AtelierDatasetParts) {
      .id = atelier_dataset_get_id (dataset),
      .name = atelier_dataset_get_name (dataset),
      .source = atelier_dataset_get_source (dataset),
      .height = atelier_dataset_get_height (dataset),
      .width = atelier_dataset_get_width (dataset),
      .channels = atelier_dataset_get_channels (dataset),
      .class_names = atelier_dataset_get_class_names (dataset),
      .train_images = first_image,
      .train_labels = first_label,
      .test_images = images,
      .test_labels = labels,
    },
    error);
  return changed != NULL ? atelier_splits_new (changed) : NULL;
}

gboolean
atelier_robustness_measure (AtelierModel   *model,
                            AtelierSplits  *splits,
                            AtelierSplit    split,
                            gboolean        raw_pixels,
                            guint           n_threads,
                            GCancellable   *cancellable,
                            double          accuracies[ATELIER_N_CHANGES],
                            GError        **error)
{
  g_return_val_if_fail (model != NULL && splits != NULL && accuracies != NULL, FALSE);

  if (!atelier_evaluate_check (splits, split, error))
    return FALSE;
  for (guint i = 0; i < ATELIER_N_CHANGES; i++)
    {
      g_autoptr (AtelierSplits) changed = change_splits (splits, split, i, error);
      g_autoptr (AtelierEvaluation) evaluation = NULL;

      if (changed == NULL)
        return FALSE;
      evaluation = atelier_evaluate (model, changed, ATELIER_SPLIT_TEST, raw_pixels, n_threads,
                                     cancellable, error);
      if (evaluation == NULL)
        return FALSE;
      accuracies[i] = evaluation->accuracy;
    }
  return TRUE;
}
