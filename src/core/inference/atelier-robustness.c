/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The changed pictures are the test pictures of a data set of their own, so that they are measured
 * as all others are. */

#include "config.h"

#include "inference/atelier-robustness.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/atelier-error.h"

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

static double
get_pixel (const guint8 *pixels,
           guint         height,
           guint         width,
           guint         channels,
           int           y,
           int           x,
           guint         channel)
{
  if (y < 0 || x < 0 || y >= (int) height || x >= (int) width)
    return 0.0;
  return pixels[((gsize) y * width + (gsize) x) * channels + channel];
}

static guint8
sample (const guint8 *pixels,
        guint         height,
        guint         width,
        guint         channels,
        double        y,
        double        x,
        guint         channel)
{
  const int top = (int) floor (y), left = (int) floor (x);
  const double dy = y - top, dx = x - left;
  const double above
    = get_pixel (pixels, height, width, channels, top, left, channel) * (1.0 - dx)
      + get_pixel (pixels, height, width, channels, top, left + 1, channel) * dx;
  const double below
    = get_pixel (pixels, height, width, channels, top + 1, left, channel) * (1.0 - dx)
      + get_pixel (pixels, height, width, channels, top + 1, left + 1, channel) * dx;

  return (guint8) lrint (above * (1.0 - dy) + below * dy);
}

void
atelier_change_apply (AtelierChange  change,
                      guint          height,
                      guint          width,
                      guint          channels,
                      const guint8  *pixels,
                      guint8        *changed)
{
  double angle, centre_y, centre_x;

  g_return_if_fail (change < ATELIER_N_CHANGES);
  g_return_if_fail (pixels != NULL && changed != NULL);

  angle = changes[change].degrees * (G_PI / 180.0);
  centre_y = (height - 1) / 2.0;
  centre_x = (width - 1) / 2.0;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        /* Where the pixel comes from. */
        const double down = y - centre_y - rint (changes[change].down * height);
        const double right = x - centre_x - rint (changes[change].right * width);
        const double from_y = cos (angle) * down - sin (angle) * right;
        const double from_x = cos (angle) * right + sin (angle) * down;
        const double sign = changes[change].is_mirrored ? -1.0 : 1.0;

        for (guint c = 0; c < channels; c++)
          *changed++ = sample (pixels, height, width, channels, centre_y + from_y,
                               centre_x + sign * from_x, c);
      }
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
