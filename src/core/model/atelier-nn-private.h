/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bridge between the core and the engine.  Only files of the core include this header. */

#pragma once

#include <glib.h>

#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "nn.h"

G_BEGIN_DECLS

/* Turns the engine's status into an AtelierError with a message that begins with @what (for example
 * "Training").  Returns TRUE when @status is OK, so that callers can end on it. */
gboolean atelier_error_check_nn (NnStatus       status,
                                 const NnError *nn_error,
                                 const char    *what,
                                 GError       **error);

/* The layers of @network in the engine's words.  @layers has room for NN_MAX_LAYERS; returns how
 * many. */
gsize atelier_network_to_nn (const AtelierNetwork *network,
                             NnShape              *input,
                             NnLayerSpec          *layers);

/* The optimiser of a recipe's @values in the engine's words. */
NnOptimizer atelier_recipe_to_nn (const AtelierRecipeValues *values);
/* Whether a recipe changes training images, and how. */
gboolean atelier_recipe_get_augmentation (const AtelierRecipeValues *values,
                                          NnAugmentation            *augmentation);

G_END_DECLS
