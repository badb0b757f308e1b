/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSidebar - what is trained on what, and how: data, network, recipe. */

#pragma once

#include <gtk/gtk.h>

#include "data/atelier-dataset.h"
#include "model/atelier-network.h"
#include "network/atelier-recipe-editor.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SIDEBAR (atelier_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSidebar, atelier_sidebar, ATELIER, SIDEBAR, GtkWidget)

/* Properties: "dataset" (AtelierDataset, nullable), "network" (AtelierNetwork, nullable),
 * "is-loading" (boolean: a data set is on its way), "is-locked" (boolean: a run is going,
 * nothing can be changed). */

AtelierRecipeEditor *atelier_sidebar_get_recipe_editor (AtelierSidebar *sidebar);

G_END_DECLS
