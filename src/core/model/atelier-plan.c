/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network and a recipe in one text.  Any thread. */

#include "config.h"

#include "model/atelier-plan.h"

#include "base/atelier-json.h"

const char * const atelier_plan_parts[] = { "network", "recipe", NULL };

/* One member a line, two levels deep. */
static void
append_recipe (GString             *text,
               const AtelierRecipe *recipe)
{
  g_autoptr (JsonNode) root = atelier_recipe_to_json (recipe);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *value = atelier_json_to_line (node);

      g_string_append_printf (text, "%s\n    \"%s\": %s", is_first ? "" : ",", name, value);
      is_first = FALSE;
    }
  g_string_append (text, "\n  }");
}

char *
atelier_plan_to_json (const AtelierNetwork *network,
                      const AtelierRecipe  *recipe)
{
  g_autofree char *network_text = NULL;
  GString *text;

  g_return_val_if_fail (network != NULL && recipe != NULL, NULL);

  network_text = g_strchomp (atelier_network_to_json (network, TRUE));
  text = g_string_new (network_text);
  g_string_replace (text, "\n", "\n  ", 0);
  g_string_prepend (text, "{\n  \"network\": ");
  g_string_append (text, ",\n  \"recipe\": ");
  append_recipe (text, recipe);
  g_string_append (text, "\n}\n");
  return g_string_free (text, FALSE);
}
