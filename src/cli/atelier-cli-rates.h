/* SPDX-License-Identifier: GPL-3.0-or-later */

/* atelier-cli train --find-rate: a search for a learning rate, as a table or JSON. */

#pragma once

#include "data/atelier-splits.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"

G_BEGIN_DECLS

/* Prints the search on standard output; returns the exit status.  Main thread, with no main loop of
 * the default context running. */
int atelier_cli_find_rate (AtelierNetwork *network,
                           AtelierRecipe  *recipe,
                           AtelierSplits  *splits,
                           guint           n_threads,
                           gboolean        json);

G_END_DECLS
