/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRecipeRow - one member of a recipe: its name, its value to be changed, whether that is
 * another than it was, and a button that brings it back.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "base/atelier-member.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_RECIPE_ROW (atelier_recipe_row_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRecipeRow, atelier_recipe_row, ATELIER, RECIPE_ROW, GtkFlowBoxChild)

/* Signals: "changed" as AtelierMemberField's; "reset": the button was clicked; "validity-changed":
 * what is typed has become, or is no longer, a value in the range. */

/* Both are borrowed, and static. */
GtkWidget           *atelier_recipe_row_new          (const AtelierMembers *table,
                                                      const AtelierMember  *member);
const AtelierMember *atelier_recipe_row_get_member   (AtelierRecipeRow     *row);
/* Shows the member of @values, if it applies there, and whether it is another than in @base
 * (nullable: it is not). */
void                 atelier_recipe_row_show         (AtelierRecipeRow     *row,
                                                      gconstpointer         values,
                                                      gconstpointer         base);
/* As the field's functions of the same names. */
void                 atelier_recipe_row_read         (AtelierRecipeRow     *row,
                                                      gpointer              values);
void                 atelier_recipe_row_restore      (AtelierRecipeRow     *row);
void                 atelier_recipe_row_set_text     (AtelierRecipeRow     *row,
                                                      const char           *text);
/* FALSE while what is typed is no value in the range; a row that does not apply is valid. */
gboolean             atelier_recipe_row_get_is_valid   (AtelierRecipeRow   *row);
/* Whether the value is another than that of the base. */
gboolean             atelier_recipe_row_get_is_changed (AtelierRecipeRow   *row);

G_END_DECLS
