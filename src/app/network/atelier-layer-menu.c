/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order is that of the kinds' list, with those that hold others in a section of their own.
 * Main thread.
 */

#include "config.h"

#include "network/atelier-layer-menu.h"

#include <glib/gi18n.h>

#include "kinds/atelier-layer.h"

GMenuModel *
atelier_layer_menu_new (guint           id,
                        AtelierAddWhere where,
                        gboolean        has_blocks)
{
  g_autoptr (GMenu) single = g_menu_new ();
  g_autoptr (GMenu) blocks = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    {
      const AtelierLayerClass *class
        = atelier_layer_class_get ((AtelierLayerKind) i);
      g_autoptr (GMenuItem) item = g_menu_item_new (_(class->label), NULL);

      g_menu_item_set_action_and_target (item, "editor.add", "(uuu)", id, where, i);
      g_menu_append_item (class->traits & ATELIER_TRAIT_HOLDS_LAYERS ? blocks : single, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (single));
  if (has_blocks)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (blocks));

  return G_MENU_MODEL (menu);
}
