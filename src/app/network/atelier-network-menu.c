/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sidebar and editor each have one.  The section of files holds the settings, so that it hears of
 * changes as long as a menu shows it.  Main thread.
 */

#include "config.h"

#include "network/atelier-network-menu.h"

#include <glib/gi18n.h>

#include "kit/atelier-recent-networks.h"
#include "kit/atelier-settings.h"
#include "model/atelier-network.h"
#include "model/atelier-presets.h"

static void
add_choice (GMenu      *menu,
            const char *label,
            const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.network", "s", target);
  g_menu_append_item (menu, item);
}

static void
fill_presets (GMenu *menu)
{
  const char * const *ids = atelier_network_list_presets ();

  for (guint i = 0; ids[i]; i++)
    add_choice (menu, atelier_preset_get_title (ids[i]), ids[i]);
}

static void
fill_recent (GMenu     *menu,
             GSettings *settings) /* nullable */
{
  g_auto (GStrv) paths = atelier_recent_networks_list (settings);

  g_menu_remove_all (menu);
  for (guint i = 0; paths[i]; i++)
    {
      g_autofree char *dir = g_path_get_dirname (paths[i]);
      g_autofree char *name = g_filename_display_basename (paths[i]);
      g_autofree char *folder = g_filename_display_basename (dir);
      g_autoptr (GString) label = g_string_new (NULL);

      /* Translators: a file and its folder. */
      g_string_printf (label, _("%s (%s)"), name, folder);
      g_string_replace (label, "_", "__", 0);
      add_choice (menu, label->str, paths[i]);
    }
}

static void
on_recent_changed_cb (GMenu      *menu,
                      const char *key,
                      GSettings  *settings)
{
  fill_recent (menu, settings);
}

static void
watch_recent (GMenu *menu)
{
  GSettings *settings = atelier_settings_new ();

  atelier_recent_networks_clean (settings);
  fill_recent (menu, settings);
  if (settings == NULL)
    return;

  g_signal_connect_object (settings, "changed::" ATELIER_RECENT_NETWORKS_KEY,
                           G_CALLBACK (on_recent_changed_cb), menu, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (menu), "settings", settings, g_object_unref);
}

GMenuModel *
atelier_network_menu_new (void)
{
  g_autoptr (GMenu) presets = g_menu_new ();
  g_autoptr (GMenu) recent = g_menu_new ();
  g_autoptr (GMenu) other = g_menu_new ();
  GMenu *menu = g_menu_new ();

  fill_presets (presets);
  watch_recent (recent);
  g_menu_append (other, _("_Open Network…"), "win.open-network");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (presets));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (recent));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (other));

  return G_MENU_MODEL (menu);
}
