/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMeasure - classifies the images of a split, or of a sample of it, in pieces, so that the
 * caller can cancel between two pieces.
 *
 * A plain value: init, advance until done, finish, clear.  It can be restarted from the beginning.
 * One thread at a time.  Only files of the core include this header.
 */

#pragma once

#include "data/atelier-splits.h"
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

  /* Borrowed from the splits */
  const guint8 *images; /* [n_images, height, width, channels] */
  const guint8 *labels; /* [n_images] */

  /* Owned */
  GBytes *sample_labels;  /* guint8 [n] */
  GBytes *sample_indices; /* guint32 [n], in the split; NULL for a whole split */
  GBytes *pictures;       /* guint32 [n]: numbers in the data set */
  float *scores; /* [n, n_classes] */
  float *losses; /* [n] */
} AtelierMeasure;

/* @splits must outlive @measure.  @max_images: take a sample of at most this many images, one from
 * each of as many equal stretches of the split, always the same ones; 0: all images.  NO_MEMORY. */
gboolean            atelier_measure_init     (AtelierMeasure *measure,
                                              AtelierSplits  *splits,
                                              AtelierSplit    split,
                                              guint           max_images,
                                              GError        **error);
void                atelier_measure_clear    (AtelierMeasure *measure);
void                atelier_measure_restart  (AtelierMeasure *measure);
gboolean            atelier_measure_is_done  (const AtelierMeasure *measure);
/* Classifies the next @n_images, or the rest if there are fewer.  @pool may be NULL. */
gboolean            atelier_measure_advance  (AtelierMeasure *measure,
                                              NnModel        *nn_model,
                                              NnPool         *pool,
                                              guint           n_images,
                                              GError        **error);
/* Call when done: @loss is the mean over the images, summed in their order; @loss and @accuracy are
 * NaN if there are no images.  Transfer full. */
AtelierPredictions *atelier_measure_finish   (const AtelierMeasure *measure,
                                              double               *loss,
                                              double               *accuracy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AtelierMeasure, atelier_measure_clear)

G_END_DECLS
