/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipePanel - a session's whole recipe, with the number of threads, to be read and
 * changed.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RECIPE_PANEL (atelier_recipe_panel_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRecipePanel, atelier_recipe_panel, ATELIER, RECIPE_PANEL, GtkWidget)

/* Property "session" (AtelierSession, nullable): whose "recipe", "is-recipe-valid" and "n-threads"
 * the rows show and set. */

G_END_DECLS
