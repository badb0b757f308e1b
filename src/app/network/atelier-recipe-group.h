/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipeGroup - some rows of a recipe under a heading, with what is to be said of them.
 * Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "network/atelier-recipe-row.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RECIPE_GROUP (atelier_recipe_group_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRecipeGroup, atelier_recipe_group, ATELIER, RECIPE_GROUP, GtkWidget)

/* @is_folded: the rows are seen only when a person unfolds the group.  @aside: is shown beside the
 * rows; nullable. */
GtkWidget *atelier_recipe_group_new         (const char         *title,
                                             gboolean            is_folded,
                                             GtkWidget          *aside);
/* Behind those before.  A choice has a line of its own. */
void       atelier_recipe_group_add         (AtelierRecipeGroup *group,
                                             AtelierRecipeRow   *row);
/* At the end of the heading; "" for none. */
void       atelier_recipe_group_set_caption (AtelierRecipeGroup *group,
                                             const char         *caption);
/* Below the rows; NULL for none. */
void       atelier_recipe_group_set_advice  (AtelierRecipeGroup *group,
                                             const char         *advice);
void       atelier_recipe_group_unfold      (AtelierRecipeGroup *group);

G_END_DECLS
