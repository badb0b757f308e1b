/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Sketched garments": ten classes of filled grey silhouettes, 28x28, drawn by the program from a
 * seed.
 *
 * They ensure that the app and the tests always have data.  The classes have Fashion-MNIST's names
 * in its order.  The pictures are drawn with cairo from outlines whose proportions, grey, folds,
 * noise and position vary from image to image.  With the same build, the same seed gives the same
 * bytes.  The data set is always shown under its own name.
 */

#pragma once

#include "data/atelier-dataset.h"

G_BEGIN_DECLS

#define ATELIER_SYNTHETIC_SEED 1
#define ATELIER_SYNTHETIC_N_TRAIN 12000
#define ATELIER_SYNTHETIC_N_TEST 2000

/* As try_new; ends the program where memory is short. */
AtelierDataset *atelier_synthetic_new        (guint64 seed,
                                              guint   n_train,
                                              guint   n_test);

/* At least 2 images for training.  Classes in turn, then shuffled.  A sixth of the training images
 * are the validation split (at least 1 and at most 5,000).  Each picture is what its seed says:
 * NO_MEMORY where one could not be drawn. */
AtelierDataset *atelier_synthetic_try_new    (guint64   seed,
                                              guint     n_train,
                                              guint     n_test,
                                              GError  **error);

/* Whether a data set is of this kind, whatever its seed and size. */
gboolean        atelier_synthetic_is         (AtelierDataset *dataset);

/* Draws one picture of @i_class (0-9): 28x28 bytes, white on black as in Fashion-MNIST.  @i_image
 * selects one of its variants.  FALSE, with @pixels as they were, where memory is short. */
gboolean        atelier_synthetic_draw_image (guint64 seed,
                                              guint   i_class,
                                              guint   i_image,
                                              guint8 *pixels);

G_END_DECLS
