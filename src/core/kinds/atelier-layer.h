/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierLayer - one layer of a network as a plain value, and AtelierLayerClass, what there is to
 * know of its kind.
 *
 * A new kind is a line in ATELIER_LAYER_KINDS and a file atelier-layer-NAME.c with its class.  No
 * other file asks which kind a layer is.  Pure functions; any thread.
 */

#pragma once

#include "base/atelier-member.h"
#include "kinds/atelier-activation.h"

G_BEGIN_DECLS

/* The kind, and the name of its class. */
#define ATELIER_LAYER_KINDS(X)                     \
  X (DENSE, dense)                                 \
  X (CONV2D, conv2d)                               \
  X (MAX_POOL2D, max_pool2d)                       \
  X (FLATTEN, flatten)                             \
  X (DROPOUT, dropout)                             \
  X (AVERAGE_POOL2D, average_pool2d)               \
  X (GLOBAL_AVERAGE_POOL2D, global_average_pool2d) \
  X (GLOBAL_MAX_POOL2D, global_max_pool2d)         \
  X (ACTIVATION, activation)                       \
  X (BATCH_NORM, batch_norm)                       \
  X (RESIDUAL, residual)

typedef enum
{
#define MAKE_VALUE(NAME, name) ATELIER_LAYER_##NAME,
  ATELIER_LAYER_KINDS (MAKE_VALUE)
#undef MAKE_VALUE
  ATELIER_N_LAYER_KINDS
} AtelierLayerKind;

typedef enum
{
  ATELIER_PADDING_VALID,
  ATELIER_PADDING_SAME,
  ATELIER_PADDING_NUMBER, /* pad_height rows above and below, pad_width columns on both sides */
} AtelierPadding;

/* Whose penalty a layer's weights have. */
typedef enum
{
  ATELIER_PENALTY_RECIPE,
  ATELIER_PENALTY_OWN, /* l2 */
} AtelierPenalty;

/* Members that a kind does not use are 0. */
typedef struct
{
  AtelierLayerKind  kind;
  AtelierActivation activation;
  AtelierPadding    padding;
  guint             units;         /* dense: units; conv2d: filters */
  guint             kernel_height; /* pools: their size */
  guint             kernel_width;
  guint             stride_height;
  guint             stride_width;
  guint             pad_height;
  guint             pad_width;
  guint             groups;        /* conv2d: 1, or in how many groups channels and filters fall */
  guint             n_body;        /* residual: how many of the layers that follow are its body */
  guint             n_shortcut;    /* and how many after those its shortcut; 0: see the class */
  AtelierPenalty    penalty;       /* of layers with weights */
  double            l2;            /* where it is their own */
  double            slope;         /* of activations that have one */
  double            rate;
  double            epsilon;       /* batch_norm */
  double            momentum;      /* batch_norm: the share of a batch in the running statistics */
} AtelierLayer;

typedef enum
{
  ATELIER_TRAIT_HAS_ACTIVATION = 1 << 0, /* its member activation */
  ATELIER_TRAIT_KEEPS_SHAPE = 1 << 1,    /* what it gives has the shape of what it is given */
  ATELIER_TRAIT_GIVES_LOGITS = 1 << 2,   /* may be the last layer, if it is linear */
  ATELIER_TRAIT_IS_NEW = 1 << 3,         /* model files of version 1 do not know the kind */
  ATELIER_TRAIT_HOLDS_LAYERS = 1 << 4,   /* n_body and n_shortcut */
} AtelierLayerTraits;

typedef struct _AtelierLayerOps AtelierLayerOps;

typedef struct
{
  const char            *word;    /* in files */
  const char            *label;   /* for people; to be translated */
  AtelierLayerTraits     traits;
  AtelierMembers         members; /* of AtelierLayer */
  const AtelierLayerOps *ops;     /* for the core */
} AtelierLayerClass;

/* @kind must be less than ATELIER_N_LAYER_KINDS. */
const AtelierLayerClass *atelier_layer_class_get  (AtelierLayerKind    kind);
/* Of the layer's kind. */
gboolean                 atelier_layer_has_trait  (const AtelierLayer *layer,
                                                   AtelierLayerTraits  trait);
/* Whether model files of version 1 cannot say the layer. */
gboolean                 atelier_layer_is_new     (const AtelierLayer *layer);
gboolean                 atelier_layer_is_logits  (const AtelierLayer *layer);
/* A layer with the defaults of all members of its kind.  Required ones have none in files; here
 * they get what a person may begin with. */
void                     atelier_layer_init       (AtelierLayer       *layer,
                                                   AtelierLayerKind    kind);
/* A copy with the members that the kind does not use at 0, so that equal networks have equal
 * layers. */
AtelierLayer             atelier_layer_normalize  (const AtelierLayer *layer);
gboolean                 atelier_layer_equal      (const AtelierLayer *a,
                                                   const AtelierLayer *b);
/* "Conv 32 · 3×3 · ReLU", translated; @is_last: it says softmax.  Transfer full. */
char                    *atelier_layer_describe   (const AtelierLayer *layer,
                                                   gboolean            is_last);

G_END_DECLS
