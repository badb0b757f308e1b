/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierModel - a trained network as a value: what a model file holds, and what a trainer
 * publishes.
 *
 * Network, recipe, input pipeline, class names, the data set's name and hash, and the weights.
 * Immutable and reference-counted; every function may be called from any thread.  Nothing in it
 * depends on the clock, the machine or the number of threads, so equal weights give equal bytes.  A
 * model can also carry what a later run needs to go on from it, and the log of the run that made
 * it.
 */

#pragma once

#include "data/atelier-dataset.h"
#include "data/atelier-pixel-statistics.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "model/atelier-run-log.h"
#include "model/atelier-training-state.h"
#include "picture/atelier-input.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MODEL (atelier_model_get_type ())
typedef struct _AtelierModel AtelierModel;

typedef struct
{
  AtelierNetwork     *network;
  AtelierRecipe      *recipe;
  const AtelierInput *input;
  const AtelierPixelStatistics *pixels; /* of the training images, where the recipe standardises;
                                           else NULL */
  const char * const *class_names;    /* NULL-terminated; as many as the network has classes */
  const char         *dataset_name;
  const char         *dataset_sha256; /* 64 hex digits, or "" */
  AtelierWeights      weights;        /* what the tensors are */
  guint               n_epochs;       /* finished epochs behind these weights */
  guint               arithmetic;     /* the engine's revision that computed them; 0: this one's */
  GPtrArray          *tensors;        /* of GBytes: float32 little endian, in the
                                         engine's order of tensors (layer order, weight before
                                         bias; C order of PyTorch's dimensions) */
  const AtelierTrainingState *state;  /* nullable */
  AtelierRunLog      *log;            /* nullable; of a network with as many classes */
} AtelierModelParts;

GType         atelier_model_get_type (void) G_GNUC_CONST;
/* Copies or references every part.  Names are at most 256 bytes of plain text.  MISMATCH when
 * tensors do not have the network's sizes, or names, input or state do not agree with it;
 * NOT_FINITE when weights or moments are not numbers; RECIPE. */
AtelierModel *atelier_model_new      (const AtelierModelParts *parts,
                                      GError                 **error);
AtelierModel *atelier_model_ref      (AtelierModel *model);
void          atelier_model_unref    (AtelierModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierModel, atelier_model_unref)
/* The same run's model with other weights as its own; those that it has had are in its training
 * state then.  NULL where it does not have them.  Transfer full. */
AtelierModel *atelier_model_pick     (AtelierModel  *model,
                                      AtelierWeights which);
/* The same weights without a training state, said to be those of their run's best epoch, which
 * whoever asks knows.  Transfer full. */
AtelierModel *atelier_model_mark_best (AtelierModel *model);
/* With the weights that its recipe says a file is for, where it has them.  Transfer full. */
AtelierModel *atelier_model_pick_result (AtelierModel *model);
/* The result without a training state; shares the weights.  Transfer full. */
AtelierModel *atelier_model_drop_state (AtelierModel *model);
/* The same weights, not copied, with the log of their run; @log: nullable.  NULL where it does not
 * end where the training state does.  Transfer full. */
AtelierModel *atelier_model_with_log (AtelierModel  *model,
                                      AtelierRunLog *log);

AtelierNetwork      *atelier_model_get_network        (AtelierModel *model); /* borrowed */
AtelierRecipe       *atelier_model_get_recipe         (AtelierModel *model);
/* Whether its images enter as 0 to 255, undivided. */
gboolean             atelier_model_get_raw_pixels     (AtelierModel *model);
/* By which its images are standardised; without channels where they are not.  Borrowed. */
const AtelierPixelStatistics *atelier_model_get_pixels (AtelierModel *model);
/* SHA-256 over all tensors in order, in hex: what these weights are called where a run goes on from
 * them.  Transfer full. */
char                *atelier_model_dup_digest         (AtelierModel *model);
const AtelierInput  *atelier_model_get_input          (AtelierModel *model);
const char * const  *atelier_model_get_class_names    (AtelierModel *model);
const char          *atelier_model_get_dataset_name   (AtelierModel *model);
const char          *atelier_model_get_dataset_sha256 (AtelierModel *model);
guint                atelier_model_get_n_epochs       (AtelierModel *model);
AtelierWeights       atelier_model_get_weights        (AtelierModel *model);
guint                atelier_model_get_arithmetic     (AtelierModel *model);
/* Whether this program computes as the one that made it: else going on from it, or training alike,
 * gives other bits. */
gboolean             atelier_model_is_same_arithmetic (AtelierModel *model);
guint                atelier_model_get_n_tensors      (AtelierModel *model);
/* The bytes lie where floats may lie. */
GBytes              *atelier_model_get_tensor         (AtelierModel *model,
                                                       guint         i_tensor);
/* Borrowed; NULL where training cannot go on from this model. */
const AtelierTrainingState *atelier_model_get_state   (AtelierModel *model);
/* Borrowed; NULL where nothing is known of the run. */
AtelierRunLog       *atelier_model_get_log            (AtelierModel *model);

G_END_DECLS
