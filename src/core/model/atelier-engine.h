/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people may want to know about the engine, and what it can be asked to do.  Any thread. */

#pragma once

#include "data/atelier-dataset.h"
#include "model/atelier-network.h"

G_BEGIN_DECLS

/* The instruction set in use, for people ("AVX-512"), and a complaint about the environment's
 * NN_ISA, or NULL. */
const char *atelier_engine_get_isa       (void);
const char *atelier_engine_get_complaint (void);

/* MISMATCH when images or classes of @dataset are not what @network takes and gives. */
gboolean    atelier_engine_check_fit     (AtelierNetwork  *network,
                                          AtelierDataset  *dataset,
                                          GError         **error);

G_END_DECLS
