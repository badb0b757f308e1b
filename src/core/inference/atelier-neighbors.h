/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNeighbors - finds the training pictures that are nearest to a picture in the eyes of a
 * network, and tells whether the picture is like the training data at all.
 *
 * The distance is the Euclidean distance between the values of the last hidden layer, because that
 * is where the network itself separates the classes.  But a network trained on garments sees a
 * garment in nearly everything: in noise, a face, stripes, a white sheet.  So the pixels are asked
 * as well, whatever the network makes of them: how much ink there is, how rough it is, whether it
 * fills a rectangle, as whatever has no ground does, how fine its lines are, how unusual it is for
 * pixels to vary together as they do (see atelier-spread-private.h), and where the edges lie.
 *
 * For the edges, the frame is cut into 5 x 5 parts, and in each the upright, level and diagonal
 * edges are added up, and those with each side lighter (see atelier-traits-private.h).  These 200
 * values are compared with those of up to 20,000 training pictures.  A garment has its outline
 * where some other garment has it; most clouds, faces and stripes have not.
 *
 * The limits are set so that one in a hundred validation pictures is called unlike the training
 * data, by all tests together.  Something may still pass that has a class's outline: a soft cloud
 * may look like a bag.  Belongs to one model; one thread at a time.
 */

#pragma once

#include <gio/gio.h>

#include "data/atelier-splits.h"
#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_NEIGHBORS (atelier_neighbors_get_type ())
G_DECLARE_FINAL_TYPE (AtelierNeighbors, atelier_neighbors, ATELIER, NEIGHBORS, GObject)

#define ATELIER_N_NEIGHBORS 5

typedef struct
{
  guint  picture;  /* a training picture's number in the data set */
  double distance;
} AtelierNeighbor;

typedef enum
{
  ATELIER_LIKENESS_FAMILIAR,
  ATELIER_LIKENESS_EMPTY,      /* no ink at all */
  ATELIER_LIKENESS_LITTLE_INK,
  ATELIER_LIKENESS_MUCH_INK,
  ATELIER_LIKENESS_ROUGH,      /* adjacent pixels differ as in noise */
  ATELIER_LIKENESS_FULL,       /* a filled rectangle */
  ATELIER_LIKENESS_FINE,       /* as text and thin lines are */
  ATELIER_LIKENESS_UNUSUAL,    /* light and dark alternate as in a chessboard */
  ATELIER_LIKENESS_FAR,        /* too far from every training picture in the hidden layer */
  ATELIER_LIKENESS_EDGES,      /* no training picture has its edges there */
} AtelierLikeness;

typedef struct
{
  AtelierNeighbor neighbors[ATELIER_N_NEIGHBORS]; /* nearest first */
  guint           n_neighbors;
  AtelierLikeness likeness;
  double          ink;            /* mean of the pixels, 0 to 1 */
  double          roughness;      /* mean difference of adjacent pixels, 0 to 1 */
  double          distance_share; /* nearest distance / limit; above 1: too far */
  double          edges_share;    /* the same for the edges */
  gboolean        is_turned;      /* the mirror image is clearly more usual among the training
                                   * pictures; FALSE for pictures with several channels */
} AtelierNeighborhood;

/* Reads every training picture; with one thread this takes some seconds for Fashion-MNIST.
 * @n_threads 0: one for each core.  If the features of all pictures would take more than 128 MiB,
 * an even sample of the pictures is used.  The edges take 15 MiB at the most, the spread 3.
 * MISMATCH if data set and network do not fit, NO_MEMORY, NOT_FINITE; G_IO_ERROR_CANCELLED. */
AtelierNeighbors *atelier_neighbors_new          (AtelierModel         *model,
                                                  AtelierSplits        *splits,
                                                  guint                 n_threads,
                                                  GCancellable         *cancellable,
                                                  GError              **error);
/* The same on a thread of GTask's pool.  It uses that thread only, so that a training in progress
 * keeps its own. */
void              atelier_neighbors_new_async    (AtelierModel         *model,
                                                  AtelierSplits        *splits,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
AtelierNeighbors *atelier_neighbors_new_finish   (GAsyncResult         *result,
                                                  GError              **error);

AtelierModel     *atelier_neighbors_get_model    (AtelierNeighbors     *neighbors); /* borrowed */
AtelierSplits    *atelier_neighbors_get_splits   (AtelierNeighbors     *neighbors); /* borrowed */
/* The number of training pictures in the index. */
guint             atelier_neighbors_get_n_images (AtelierNeighbors     *neighbors);

/* @pixels: bytes of the network's input size.  Can be called on the main thread: it takes at most
 * some milliseconds for a last hidden layer of up to a hundred values. */
gboolean          atelier_neighbors_look         (AtelierNeighbors     *neighbors,
                                                  const guint8         *pixels,
                                                  AtelierNeighborhood  *neighborhood,
                                                  GError              **error);

/* A translated sentence that gives the reason; NULL for a familiar picture. */
const char       *atelier_likeness_describe      (AtelierLikeness       likeness);

G_END_DECLS
