/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the core ask of a kind of layer, and what the files of the kinds share. */

#pragma once

#include "kinds/atelier-layer.h"
#include "nn.h"

G_BEGIN_DECLS

#define ATELIER_LAYER_MAX_TENSORS 4

/* One array of numbers of a layer, as model files hold it. */
typedef struct
{
  char  name[48];   /* "conv1.weight", "layers.2.running_var" */
  guint rank;
  guint dims[4];    /* weight [out, in] or [out, in, kernel_height, kernel_width]; bias [out] */
  gsize n_elements;
  gboolean is_statistic; /* is not trained, so that no optimiser keeps anything for it */
  gboolean is_variance;  /* holds nothing below 0 */
} AtelierTensorSpec;

struct _AtelierLayerOps
{
  /* Appends the words for people, without the activation. */
  void   (*describe)     (const AtelierLayer *layer,
                          GString            *text);
  /* Fills in what the kind uses of a spec that is all 0. */
  void   (*to_nn)        (const AtelierLayer *layer,
                          NnLayerSpec        *spec);
  /* What tensors of the kind are called by, with layers of the kind counted: "conv".  NULL: they
   * are called by the layer's place in the network. */
  const char *tensor_word;
  /* In the engine's order, named by atelier_tensor_spec_init (); @n_inputs are the channels that
   * the layer is given.  At most ATELIER_LAYER_MAX_TENSORS; returns how many.  NULL: none. */
  guint  (*list_tensors) (const AtelierLayer *layer,
                          guint               n_inputs,
                          const char         *place,
                          AtelierTensorSpec  *specs);
  /* The fewest images of this shape that the layer can learn from at once.  NULL: one. */
  guint  (*count_least_images) (const AtelierLayer *layer,
                                const NnShape      *shape);
  /* Why the layer does not take values of this shape, translated; NULL if that is not why.  NULL:
   * it takes all.  Transfer full. */
  char *(*explain_misfit) (const AtelierLayer *layer,
                           const NnShape      *shape);
};

#define DECLARE_CLASS(NAME, name) extern const AtelierLayerClass atelier_layer_##name##_class;
ATELIER_LAYER_KINDS (DECLARE_CLASS)
#undef DECLARE_CLASS

/* Members of a layer with an activation, the first before the second; to be completed with a
 * label. */
#define ATELIER_LAYER_ACTIVATION_MEMBER                                                        \
  .name = "activation", .type = ATELIER_MEMBER_CHOICE, .presence = ATELIER_MEMBER_WRITTEN,     \
  .offset = G_STRUCT_OFFSET (AtelierLayer, activation), .choices = atelier_activation_choices
#define ATELIER_LAYER_SLOPE_MEMBER                                                             \
  .name = "slope", .type = ATELIER_MEMBER_REAL, .presence = ATELIER_MEMBER_OPTIONAL,           \
  .offset = G_STRUCT_OFFSET (AtelierLayer, slope), .max = 100.0,                               \
  .find_default = atelier_layer_find_slope, .where = "activation",                             \
  .where_choices = ATELIER_ACTIVATIONS_WITH_SLOPE

/* A layer's own penalty; to be completed with a label. */
#define ATELIER_LAYER_PENALTY_MEMBER                                                           \
  .name = "l2", .type = ATELIER_MEMBER_CHOICE, .presence = ATELIER_MEMBER_OPTIONAL,            \
  .offset = G_STRUCT_OFFSET (AtelierLayer, penalty), .choices = atelier_layer_penalties,       \
  .pair = &atelier_layer_l2

extern const AtelierChoice atelier_layer_penalties[];
extern const AtelierMember atelier_layer_l2;

/* The penalty. */
void     atelier_layer_penalty_to_nn    (const AtelierLayer *layer,
                                         NnLayerSpec        *spec);

NnActivation atelier_activation_to_nn (AtelierActivation activation);

/* The default slope of an AtelierLayer's activation; 0 where it has none. */
double   atelier_layer_find_slope       (gconstpointer       values);
/* Activation and slope. */
void     atelier_layer_activation_to_nn (const AtelierLayer *layer,
                                         NnLayerSpec        *spec);

/* "conv1.weight" with these dims; those behind @rank are ignored. */
void     atelier_tensor_spec_init (AtelierTensorSpec *spec,
                                   const char        *place,
                                   const char        *role,
                                   guint              rank,
                                   const guint        dims[4]);

G_END_DECLS
