/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipeEditor - the rows in which a recipe is read and changed. */

#pragma once

#include <gtk/gtk.h>

#include "model/atelier-recipe.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RECIPE_EDITOR (atelier_recipe_editor_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRecipeEditor, atelier_recipe_editor, ATELIER, RECIPE_EDITOR, GtkWidget)

/* Property "is-valid" (boolean, read only): whether every row holds a number in range. */

gboolean       atelier_recipe_editor_get_is_valid  (AtelierRecipeEditor *editor);
void           atelier_recipe_editor_set_recipe    (AtelierRecipeEditor *editor,
                                                    AtelierRecipe       *recipe);
/* Made of the last valid value of each row.  Transfer full. */
AtelierRecipe *atelier_recipe_editor_dup_recipe    (AtelierRecipeEditor *editor);
guint          atelier_recipe_editor_get_n_threads (AtelierRecipeEditor *editor);

G_END_DECLS
