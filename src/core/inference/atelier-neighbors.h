/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNeighbors - the training pictures nearest to a picture as a network sees it, and whether
 * the picture is like the training data at all.
 *
 * Nearness is the Euclidean distance between the values of the last hidden layer, which is where
 * the network itself tells classes apart.  But a network trained on garments may see one in noise
 * or in a white sheet too; so ink and roughness are looked at besides.  The limits are such that one
 * in a hundred of the validation pictures is called unlike the training data.  Belongs to one
 * model; one thread at a time.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-dataset.h"
#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NEIGHBORS (atelier_neighbors_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNeighbors, atelier_neighbors, ATELIER, NEIGHBORS, GObject)

#define ATELIER_N_NEIGHBORS 5

typedef struct
{
  guint  i_image;  /* of the training split */
  double distance;
} AtelierNeighbor;

typedef enum
{
  ATELIER_LIKENESS_FAMILIAR,
  ATELIER_LIKENESS_EMPTY,      /* no ink at all */
  ATELIER_LIKENESS_LITTLE_INK,
  ATELIER_LIKENESS_MUCH_INK,
  ATELIER_LIKENESS_ROUGH,      /* pixels beside each other differ as in noise */
  ATELIER_LIKENESS_FAR,        /* from every training picture */
} AtelierLikeness;

typedef struct
{
  AtelierNeighbor neighbors[ATELIER_N_NEIGHBORS]; /* nearest first */
  guint           n_neighbors;
  AtelierLikeness likeness;
  double          ink;            /* mean of the pixels, 0 to 1 */
  double          roughness;      /* mean difference of pixels beside each other, 0 to 1 */
  double          distance_share; /* nearest distance over the limit: above 1 is far */
} AtelierNeighborhood;

/* Looks at every training picture: about a second for Fashion-MNIST with one thread.  @n_threads 0:
 * as many as cores.  Where the last hidden layer is so large that all pictures would take more than
 * 128 MiB, an even sample of them is taken.  MISMATCH when data set and network do not fit,
 * NO_MEMORY, NOT_FINITE; G_IO_ERROR_CANCELLED. */
AtelierNeighbors *atelier_neighbors_new          (AtelierModel         *model,
                                                  AtelierDataset       *dataset,
                                                  guint                 n_threads,
                                                  GCancellable         *cancellable,
                                                  GError              **error);
/* The same on a thread of GTask's pool, alone, so that a training in progress keeps its own. */
void              atelier_neighbors_new_async    (AtelierModel         *model,
                                                  AtelierDataset       *dataset,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
AtelierNeighbors *atelier_neighbors_new_finish   (GAsyncResult         *result,
                                                  GError              **error);

AtelierModel     *atelier_neighbors_get_model    (AtelierNeighbors     *neighbors); /* borrowed */
AtelierDataset   *atelier_neighbors_get_dataset  (AtelierNeighbors     *neighbors); /* borrowed */
/* How many training pictures are compared with. */
guint             atelier_neighbors_get_n_images (AtelierNeighbors     *neighbors);

/* @pixels: bytes of the network's input size.  Fit for the main thread: some milliseconds at the
 * most for a last hidden layer of up to a hundred values. */
gboolean          atelier_neighbors_look         (AtelierNeighbors     *neighbors,
                                                  const guint8         *pixels,
                                                  AtelierNeighborhood  *neighborhood,
                                                  GError              **error);

/* A translated sentence that says why; NULL for what is familiar. */
const char       *atelier_likeness_describe      (AtelierLikeness       likeness);

G_END_DECLS
