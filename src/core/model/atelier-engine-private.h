/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The core's dealings with the engine's models: made from a network and a recipe, weights read out
 * and put in.
 *
 * Shared by training, measuring and classifying.  Any thread, one at a time an NnModel.  Only files
 * of the core include this header.
 */

#pragma once

#include "data/atelier-dataset.h"
#include "model/atelier-engine.h"
#include "model/atelier-model.h"
#include "model/atelier-nn-private.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnModel, nn_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPool, nn_pool_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnPoints, nn_points_free)

/* How many threads @n_wanted means: 0 stands for as many as cores, at most 16; more than 64 are
 * 64. */
guint      atelier_engine_count_threads (guint n_wanted);

typedef struct
{
  gsize    max_batch;
  guint    n_threads;    /* that will work on it at a time, at the most */
  gboolean is_trainable;
  gboolean raw_pixels;   /* bytes are not divided by 255 */
  const AtelierPixelStatistics *pixels; /* nullable: those that input is standardised by */
} AtelierEngineOptions;

/* Its weights are those that the recipe's seed gives.  NO_MEMORY, TOO_LARGE; @what begins the
 * message. */
NnModel   *atelier_engine_new_model (AtelierNetwork             *network,
                                     const AtelierRecipe        *recipe,
                                     const AtelierEngineOptions *options,
                                     const char                 *what,
                                     GError                    **error);

/* The bytes that it would take, without taking them.  As new_model. */
gboolean   atelier_engine_measure_model (AtelierNetwork             *network,
                                         const AtelierRecipe        *recipe,
                                         const AtelierEngineOptions *options,
                                         const char                 *what,
                                         guint64                    *n_bytes,
                                         GError                    **error);

/* NULL for one thread, and where no more can be had: the calling thread then works alone, slower
 * and to the same bits. */
NnPool    *atelier_engine_open_pool (guint n_threads);

/* The weights as AtelierModelParts wants them: GBytes of float32, little endian.  NO_MEMORY.
 * Transfer full. */
GPtrArray *atelier_engine_read_tensors  (const NnModel *nn_model,
                                         GError       **error);
/* The same of another part; gradients and moments are those of trained tensors alone. */
GPtrArray *atelier_engine_read_part     (const NnModel *nn_model,
                                         NnTensorPart   part,
                                         GError       **error);
/* @tensors: of GBytes, as read_part gives them.  MISMATCH when they are not of the model's
 * sizes. */
gboolean   atelier_engine_write_part    (NnModel      *nn_model,
                                         NnTensorPart  part,
                                         GPtrArray    *tensors,
                                         GError      **error);
/* MISMATCH when @model comes from another network than @nn_model. */
gboolean   atelier_engine_write_tensors (NnModel      *nn_model,
                                         AtelierModel *model,
                                         GError      **error);

/* The first layer with a weight that is not finite, or -1. */
int        atelier_engine_find_not_finite (const NnModel *nn_model);

G_END_DECLS
