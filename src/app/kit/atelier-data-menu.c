/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One function for the sidebar and the Data page, so that both name the data sets alike. */

#include "config.h"

#include "kit/atelier-data-menu.h"

#include <glib/gi18n.h>

#include "data/atelier-dataset-finder.h"

void
atelier_data_menu_fill (GMenu *menu)
{
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();

  for (guint i = 0; i < places->len; i++)
    {
      const AtelierDatasetPlace *place = g_ptr_array_index (places, i);
      /* Translators: a data set and where it is. */
      g_autofree char *label = g_strdup_printf (_("%s (%s)"), place->name, place->detail);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.data", "s", place->id);
      g_menu_append_item (menu, item);
    }
}
