/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMeasure - classifying every image of a split, or of a sample of it, piece by piece, so
 * that whoever waits can change their mind.
 *
 * A plain value: init, advance until done, finish, clear.  It may be run again from the start.  One
 * thread at a time.  Only files of the core include this header.
 */

#pragma once

#include "model/atelier-engine-private.h"
#include "results/atelier-predictions.h"

G_BEGIN_DECLS

typedef struct
{
  AtelierSplit split;
  guint n;
  guint n_done;
  guint n_classes;
  gsize image_size;

  /* Borrowed from the data set */
  const guint8 *images; /* [n_images, height, width, channels] */
  const guint8 *labels; /* [n_images] */

  /* Owned */
  GBytes *sample_labels;  /* guint8 [n] */
  GBytes *sample_indices; /* guint32 [n]; NULL for a whole split */
  float *scores; /* [n, n_classes] */
  float *losses; /* [n] */
} AtelierMeasure;

/* @dataset must outlive @measure.  Of @max_images images at the most: one from each of so many
 * equal stretches of the split, always the same ones; 0 for all.  NO_MEMORY. */
gboolean            atelier_measure_init     (AtelierMeasure *measure,
                                              AtelierDataset *dataset,
                                              AtelierSplit    split,
                                              guint           max_images,
                                              GError        **error);
void                atelier_measure_clear    (AtelierMeasure *measure);
void                atelier_measure_restart  (AtelierMeasure *measure);
gboolean            atelier_measure_is_done  (const AtelierMeasure *measure);
/* The next @n_images or as many as are left.  @pool may be NULL. */
gboolean            atelier_measure_advance  (AtelierMeasure *measure,
                                              NnModel        *nn_model,
                                              NnPool         *pool,
                                              guint           n_images,
                                              GError        **error);
/* When done: @loss is the mean over the images, in their order; both are NaN where there are
 * none.  Transfer full. */
AtelierPredictions *atelier_measure_finish   (const AtelierMeasure *measure,
                                              double               *loss,
                                              double               *accuracy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierMeasure, atelier_measure_clear)

G_END_DECLS
