/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the core share about networks: limits, and the weights' names and shapes. */

#pragma once

#include "kinds/atelier-layer-private.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

#define ATELIER_NETWORK_MAX_LAYERS 64  /* the engine's NN_MAX_LAYERS; checked where both are seen */
#define ATELIER_NETWORK_MAX_TENSORS (ATELIER_LAYER_MAX_TENSORS * ATELIER_NETWORK_MAX_LAYERS)
#define ATELIER_MAX_NAME 256 /* bytes */

/* Whether @text can be a name: UTF-8 without control characters, which could do things to the
 * terminal that it is printed on, and at most ATELIER_MAX_NAME bytes. */
gboolean atelier_name_is_good (const char *text);

/* The layer that the engine calls @i_engine. */
guint    atelier_network_find_layer (const AtelierNetwork *network,
                                     guint                 i_engine);

/* Whether model files of version 1 cannot say the network. */
gboolean atelier_network_is_new (const AtelierNetwork *network);

/* In the engine's order: layer order, weight before bias.  @specs has room for
 * ATELIER_NETWORK_MAX_TENSORS; returns how many there are.
 *
 * Convolutions and dense layers are counted by kind: "conv1.weight", "dense2.bias".  Other kinds,
 * and all that blocks hold, are called by their place in the list, as PyTorch does, from 0:
 * "layers.1.running_mean", "layers.3.body.0.weight", "layers.3.shortcut.0.weight". */
guint atelier_network_list_tensors (const AtelierNetwork *network,
                                    AtelierTensorSpec    *specs);
/* The same without running statistics: what an optimiser changes and keeps moments of. */
guint atelier_network_list_trained (const AtelierNetwork *network,
                                    AtelierTensorSpec    *specs);
/* The fewest images that the network can learn from at once. */
guint atelier_network_count_least_images (const AtelierNetwork *network);

G_END_DECLS
