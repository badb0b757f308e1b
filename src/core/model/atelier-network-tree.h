/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkTree - the layers of a network in the engine's words, and which of the network's
 * layers each belongs to.  Only the files of networks include this.  Any thread. */

#pragma once

#include "model/atelier-network.h"
#include "model/atelier-nn-private.h"

G_BEGIN_DECLS

/* The engine's list is the network's, and behind the body of a block without a shortcut of its own
 * that needs one, the convolution that makes the shapes fit. */
typedef struct
{
  NnLayerSpec specs[NN_MAX_LAYERS];
  guint       owners[NN_MAX_LAYERS];   /* the network's layer; twice the same for an added one */
  gboolean    is_added[NN_MAX_LAYERS];
  gsize       n;
  gboolean    is_full;                 /* there were more than the engine takes */
} AtelierNetworkTree;

/* Fills in parent, is_shortcut and number of all @infos.  NULL, or what is wrong with layer
 * @i_layer, translated; transfer full. */
char    *atelier_network_tree_find_places (const AtelierLayer       *layers,
                                           guint                     n_layers,
                                           AtelierLayerInfo         *infos,
                                           guint                    *i_layer);
/* @layers: with their places checked, and @input not empty. */
void     atelier_network_tree_init        (AtelierNetworkTree       *tree,
                                           NnShape                   input,
                                           const AtelierLayer       *layers,
                                           guint                     n_layers);
/* The shape that enters the engine's layer @i_spec.  FALSE where layers before it do not fit. */
gboolean atelier_network_tree_find_input  (const AtelierNetworkTree *tree,
                                           NnShape                   input,
                                           gsize                     i_spec,
                                           NnShape                  *shape);
/* Why the two shapes of the block @i_spec, which is given @shape, do not fit, translated; NULL if
 * that is not why.  Transfer full. */
char    *atelier_network_tree_explain     (const AtelierNetworkTree *tree,
                                           gsize                     i_spec,
                                           NnShape                   shape);

G_END_DECLS
