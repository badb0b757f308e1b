/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft as JSON:
 *
 *   { "name": ..., "layers": [ { "layer": {...}, "body": 2, "shortcut": 0 }, ... ] }
 *
 * It is for what the program keeps between two starts, and holds what a network may not: blocks
 * that are empty, no layers, layers that do not fit.  So it is no form of files.  The layers are
 * one list as in memory, and each says how many of those behind it it holds.  Reading is strict,
 * since others can write settings too.  Main thread.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-json.h"
#include "base/atelier-member-json.h"
#include "model/atelier-network-draft-private.h"

/* ---- Writing ---- */

/* Transfer full. */
static JsonNode *
layer_to_json (const AtelierLayer *layer)
{
  const AtelierLayerClass *class = atelier_layer_class_get (layer->kind);
  JsonObject *members = json_object_new ();
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (members, "type", class->word);
  atelier_members_write (&class->members, layer, members);
  json_object_set_object_member (object, "layer", members);
  json_object_set_int_member (object, "body", layer->n_body);
  json_object_set_int_member (object, "shortcut", layer->n_shortcut);
  json_node_take_object (node, object);

  return node;
}

char *
atelier_network_draft_to_json (AtelierNetworkDraft *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *layers = json_array_new ();

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), NULL);

  for (guint i = 0; i < atelier_network_draft_get_n_rows (self); i++)
    json_array_add_element (layers,
                            layer_to_json (&atelier_network_draft_get_row (self, i)->layer));
  json_object_set_string_member (object, "name", atelier_network_draft_get_name (self));
  json_object_set_array_member (object, "layers", layers);
  json_node_take_object (node, object);

  return atelier_json_to_text (node);
}

/* ---- Reading ---- */

static gboolean
read_members (JsonNode      *node,
              const char    *origin,
              AtelierLayer  *layer,
              GError       **error)
{
  const char *words[ATELIER_N_LAYER_KINDS + 1] = { NULL };
  g_autofree char *problem = NULL;
  AtelierJsonReader reader;
  guint kind;

  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    words[i] = atelier_layer_class_get (i)->word;
  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_get_choice (&reader, "type", TRUE, words, &kind, error))
    return FALSE;
  *layer = (AtelierLayer) { .kind = kind };

  if (!atelier_members_read (&atelier_layer_class_get (kind)->members, &reader, "type", layer,
                             error))
    return FALSE;
  problem = atelier_members_check (&atelier_layer_class_get (kind)->members, layer);
  if (problem != NULL)
    atelier_json_reader_fail (&reader, error, "%s", problem);

  return problem == NULL;
}

static gboolean
read_layer (JsonNode      *node,
            const char    *origin,
            AtelierLayer  *layer,
            GError       **error)
{
  static const char * const names[] = { "layer", "body", "shortcut", NULL };
  const guint most = ATELIER_NETWORK_MAX_LAYERS;
  AtelierJsonReader reader;
  guint n_body, n_shortcut;

  if (!atelier_json_reader_init (&reader, node, origin, NULL, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_check_names (&reader, names, error))
    return FALSE;
  if (!json_object_has_member (reader.object, "layer"))
    {
      atelier_json_reader_fail (&reader, error, _("“layer” is missing"));
      return FALSE;
    }
  if (!atelier_json_reader_get_uint (&reader, "body", TRUE, 0, most, &n_body, error)
      || !atelier_json_reader_get_uint (&reader, "shortcut", TRUE, 0, most, &n_shortcut, error)
      || !read_members (json_object_get_member (reader.object, "layer"), origin, layer, error))
    return FALSE;
  layer->n_body = n_body;
  layer->n_shortcut = n_shortcut;

  return TRUE;
}

/* Whether each block holds layers that there are, and only blocks hold any. */
static gboolean
are_held_right (const AtelierLayer *layers,
                guint               n)
{
  guint i_end = 0; /* of the block that the layer is in */

  for (guint i = 0; i < n; i++)
    {
      const guint n_held = layers[i].n_body + layers[i].n_shortcut;
      const gboolean is_block = atelier_layer_has_trait (&layers[i], ATELIER_TRAIT_HOLDS_LAYERS);

      if ((n_held > 0 && !is_block) || (is_block && i < i_end) || n_held > n - i - 1)
        return FALSE;
      if (is_block)
        i_end = i + 1 + n_held;
    }

  return TRUE;
}

static gboolean
read_layers (JsonArray     *array,
             const char    *origin,
             AtelierLayer  *layers, /* [ATELIER_NETWORK_MAX_LAYERS] */
             GError       **error)
{
  const guint n = json_array_get_length (array);

  for (guint i = 0; i < n && i < ATELIER_NETWORK_MAX_LAYERS; i++)
    if (!read_layer (json_array_get_element (array, i), origin, &layers[i], error))
      return FALSE;
  if (n <= ATELIER_NETWORK_MAX_LAYERS && are_held_right (layers, n))
    return TRUE;
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NETWORK,
               _("%s: the layers are no list of layers and blocks"), origin);

  return FALSE;
}

gboolean
atelier_network_draft_begin_from_json (AtelierNetworkDraft  *self,
                                       const char           *json,
                                       const char           *origin,
                                       GError              **error)
{
  static const char * const names[] = { "name", "layers", NULL };
  g_autofree AtelierLayer *layers = g_new0 (AtelierLayer, ATELIER_NETWORK_MAX_LAYERS);
  g_autoptr (JsonNode) root = NULL;
  AtelierJsonReader reader;
  JsonArray *array;
  const char *name;

  g_return_val_if_fail (ATELIER_IS_NETWORK_DRAFT (self), FALSE);
  g_return_val_if_fail (json != NULL && origin != NULL, FALSE);

  root = atelier_json_parse (json, -1, origin, error);
  if (root == NULL
      || !atelier_json_reader_init (&reader, root, origin, NULL, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_string (&reader, "name", TRUE, &name, error)
      || !atelier_json_reader_get_array (&reader, "layers", &array, error)
      || !read_layers (array, origin, layers, error))
    return FALSE;
  if (*name == '\0' || !atelier_name_is_good (name))
    {
      atelier_json_reader_fail (&reader, error, _("“name” can be no name"));
      return FALSE;
    }
  atelier_network_draft_begin_with (self, name, layers, json_array_get_length (array));

  return TRUE;
}
