/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetwork - a list of layers that fit one another, immutable and reference-counted.
 *
 * Its JSON form, which --network reads and the model file carries:
 *
 *   { "name": "Report 2, convolutional", "input": [28, 28, 1],
 *     "layers": [
 *       { "type": "conv2d", "filters": 32, "kernel": [3, 3], "stride": [1, 1], "padding": "same",
 *         "activation": "relu" },
 *       { "type": "max_pool2d", "size": [2, 2], "stride": [2, 2], "padding": "valid" },
 *       { "type": "dropout", "rate": 0.2 },
 *       { "type": "flatten" },
 *       { "type": "dense", "units": 10, "activation": "linear" } ] }
 *
 * The other kinds: { "type": "avg_pool2d" } with the members of a max-pool, "global_avg_pool2d" and
 * "global_max_pool2d" without members, { "type": "activation", "activation": "gelu" }, and
 * { "type": "batch_norm", "momentum": 0.1, "epsilon": 1e-5, "activation": "relu" }.  A
 * convolution may have "groups".  Padding may also be [rows, columns], added on each side.  The
 * activations "leaky_relu" and "elu" may have a "slope" beside them.
 *
 * A residual block adds what the layers of its body and those of its shortcut make of its input:
 * { "type": "residual", "layers": [...], "shortcut": [...], "activation": "relu" }.  Without a
 * shortcut it adds the input itself, or where the body gives another shape, a 1x1 convolution of it
 * whose stride makes the shapes fit.  Blocks do not nest.  In the list of a network's layers, those
 * of body and shortcut follow their block.
 *
 * The last layer gives the logits; the softmax is part of the loss and is not listed.  A number
 * stands for a pair of equal ones ("kernel": 3); stride defaults to 1 (for pools: to the size),
 * padding to "valid", activation to "linear", name to "Untitled".  Unknown members are errors, so
 * that a misspelling is not silently a default.
 */

#pragma once

#include <glib-object.h>

#include "kinds/atelier-layer.h"

G_BEGIN_DECLS

#define ATELIER_NO_LAYER G_MAXUINT

/* What follows from the layers. */
typedef struct
{
  guint   parent;       /* the block that holds the layer; ATELIER_NO_LAYER: none */
  gboolean is_shortcut; /* of that block */
  guint   number;       /* from 1, among the layers that the block holds, or of the network */
  guint   height;
  guint   width;
  guint   channels; /* a vector of n values is 1 x 1 x n */
  guint64 n_parameters;
  guint64 n_multiply_adds;
} AtelierLayerInfo;

#define ATELIER_TYPE_NETWORK (atelier_network_get_type ())
typedef struct _AtelierNetwork AtelierNetwork;

GType           atelier_network_get_type  (void) G_GNUC_CONST;

/* @name: at most 256 bytes of plain text; NULL or "": "Untitled".
 * NETWORK: the message names the layer, counted from 1, and what is wrong with it. */
AtelierNetwork *atelier_network_new       (const char          *name,
                                           guint                height,
                                           guint                width,
                                           guint                channels,
                                           const AtelierLayer  *layers,
                                           guint                n_layers,
                                           GError             **error);
AtelierNetwork *atelier_network_ref       (AtelierNetwork *network);
void            atelier_network_unref     (AtelierNetwork *network);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierNetwork, atelier_network_unref)

/* @origin names the text in messages (a path).  FORMAT, NETWORK. */
AtelierNetwork *atelier_network_from_json (const char     *json,
                                           gssize          length,
                                           const char     *origin,
                                           GError        **error);
AtelierNetwork *atelier_network_load      (const char     *path,
                                           GError        **error); /* at most 1 MiB; also that of
                                                                    * an AtelierPlan */
/* Canonical: equal networks give equal bytes. */
char           *atelier_network_to_json   (const AtelierNetwork *network,
                                           gboolean              pretty);

/* "report-1" or "report-2" for Fashion-MNIST: 28 x 28 grey pixels, 10 classes; NULL for any other
 * id. */
AtelierNetwork     *atelier_network_new_preset (const char *id);
/* The same layers for images of another shape and another number of classes: only the input and the
 * units of the last layer differ.  For Fashion-MNIST's shape this is atelier_network_new_preset, to
 * the byte.  NETWORK if the layers do not fit (such as pools for an image of one pixel) or there
 * are fewer than two classes; the message names the shape.  @id must be a preset's. */
AtelierNetwork     *atelier_network_new_preset_for (const char *id,
                                                    guint       height,
                                                    guint       width,
                                                    guint       channels,
                                                    guint       n_classes,
                                                    GError    **error);
const char * const *atelier_network_list_presets (void); /* NULL-terminated ids */

const char             *atelier_network_get_name         (const AtelierNetwork *network);
void                    atelier_network_get_input        (const AtelierNetwork *network,
                                                          guint                *height,
                                                          guint                *width,
                                                          guint                *channels);
guint                   atelier_network_get_n_layers     (const AtelierNetwork *network);
const AtelierLayer     *atelier_network_get_layer        (const AtelierNetwork *network,
                                                          guint                 i_layer);
const AtelierLayerInfo *atelier_network_get_layer_info   (const AtelierNetwork *network,
                                                          guint                 i_layer);
guint                   atelier_network_get_n_classes    (const AtelierNetwork *network);
guint64                 atelier_network_get_n_parameters (const AtelierNetwork *network);
guint64                 atelier_network_get_n_multiply_adds (const AtelierNetwork *network);
gboolean                atelier_network_equal            (const AtelierNetwork *a,
                                                          const AtelierNetwork *b);

/* As atelier_layer_describe (); of a block with all that it holds.  Transfer full. */
char                   *atelier_network_describe_layer   (const AtelierNetwork *network,
                                                          guint                 i_layer);
/* The same for a list in which the layers of a block have rows of their own, which say where they
 * belong to the shortcut.  Transfer full. */
char                   *atelier_network_describe_row     (const AtelierNetwork *network,
                                                          guint                 i_layer);
/* "3", or "3.2" for the second layer that the third holds.  Transfer full. */
char                   *atelier_network_number_layer     (const AtelierNetwork *network,
                                                          guint                 i_layer);

G_END_DECLS
