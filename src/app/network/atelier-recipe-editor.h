/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipeEditor - the rows in which a session's recipe is read and changed. */

#pragma once

#include <gtk/gtk.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RECIPE_EDITOR (atelier_recipe_editor_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRecipeEditor, atelier_recipe_editor, ATELIER, RECIPE_EDITOR, GtkWidget)

/* Property "session" (AtelierSession, nullable): whose "recipe", "is-recipe-valid" and "n-threads"
 * the rows show and set. */

G_END_DECLS
