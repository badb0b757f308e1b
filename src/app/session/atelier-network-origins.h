/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierNetworkOrigins - what a network may be of: a preset, or the file that was opened or saved
 * last.  A network that was edited is of neither, and must not have the name of one.  Main
 * thread. */

#pragma once

#include "data/atelier-dataset.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

typedef struct _AtelierNetworkOrigins AtelierNetworkOrigins;

AtelierNetworkOrigins *atelier_network_origins_new        (void);
void                   atelier_network_origins_free       (AtelierNetworkOrigins *origins);
/* @network is in the file @path as it is. */
void                   atelier_network_origins_note_file  (AtelierNetworkOrigins *origins,
                                                           AtelierNetwork        *network,
                                                           const char            *path);
/* What @network is of: @preset and @path are its preset's id and its file, or "" (borrowed).  Where
 * both are "", the network that is returned has a name of its own; else it is @network.  @dataset
 * is nullable.  Transfer full. */
AtelierNetwork        *atelier_network_origins_find       (AtelierNetworkOrigins *origins,
                                                           AtelierNetwork        *network,
                                                           AtelierDataset        *dataset,
                                                           const char           **preset,
                                                           const char           **path);
/* The network of a preset for the pictures and classes of @dataset (nullable).  Where there are no
 * data, or none that it can be made for, it is Fashion-MNIST's: the start of a run then refuses it
 * and says what does not fit.  Transfer full. */
AtelierNetwork        *atelier_network_origins_new_preset (const char            *id,
                                                           AtelierDataset        *dataset);

G_END_DECLS
