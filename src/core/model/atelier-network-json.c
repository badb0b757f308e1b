/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks as JSON text, after the form in atelier-network.h.
 *
 * Reading is strict: each kind of layer has the members of its class and no others, and a message
 * says which layer, counted from 1, and which member.  Writing gives one form in one order, so that
 * equal networks give equal bytes.  The frame is by hand because the pretty form has one layer a
 * line, which no general printer gives.  Any thread.
 */

#include "config.h"

#include "model/atelier-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-member-json.h"
#include "model/atelier-network-private.h"
#include "model/atelier-plan.h"

/* ---- Reading ---- */

/* The words of all kinds, by AtelierLayerKind, with NULL at their end. */
static void
list_words (const char *words[ATELIER_N_LAYER_KINDS + 1])
{
  for (guint i = 0; i < ATELIER_N_LAYER_KINDS; i++)
    words[i] = atelier_layer_class_get (i)->word;
  words[ATELIER_N_LAYER_KINDS] = NULL;
}

/* What a text's layers are read into: a list, in which those that a block holds follow it. */
typedef struct
{
  const char   *origin; /* Borrowed */
  AtelierLayer  layers[ATELIER_NETWORK_MAX_LAYERS];
  guint         n;
} LayerList;

/* The members of one layer but those that hold layers.  @number: "3", or "3.2" in a block.  @reader
 * is left at the layer; its place must be freed. */
static gboolean
read_members (LayerList          *list,
              JsonNode           *node,
              const char         *number,
              AtelierJsonReader  *reader,
              char              **full_place,
              GError            **error)
{
  const char *words[ATELIER_N_LAYER_KINDS + 1];
  g_autofree char *place = g_strdup_printf (_("layer %s"), number);
  AtelierLayer *layer;
  guint kind = 0;

  list_words (words);
  if (!atelier_json_reader_init (reader, node, list->origin, place, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_get_choice (reader, "type", TRUE, words, &kind, error))
    return FALSE;
  /* Translators: a layer's number and its kind as in the JSON form */
  *full_place = g_strdup_printf (_("layer %s (%s)"), number, words[kind]);
  reader->place = *full_place;
  if (list->n == ATELIER_NETWORK_MAX_LAYERS)
    {
      atelier_json_reader_fail (reader, error, _("there are more than %u layers"),
                                ATELIER_NETWORK_MAX_LAYERS);
      return FALSE;
    }
  layer = &list->layers[list->n++];
  *layer = (AtelierLayer) { .kind = kind };
  return atelier_members_read (&atelier_layer_class_get (kind)->members, reader, "type", layer,
                               error);
}

/* The layers that a block holds under @name; they are counted from @n_before. */
static gboolean
read_held (LayerList          *list,
           AtelierJsonReader  *block,
           const char         *block_number,
           const char         *name,
           guint               n_before,
           guint              *n,
           GError            **error)
{
  JsonArray *array;

  if (!atelier_json_reader_get_array (block, name, &array, error))
    return FALSE;
  *n = json_array_get_length (array);
  if (*n == 0)
    {
      atelier_json_reader_fail (block, error, _("“%s” is empty, expected 1 layer or more"), name);
      return FALSE;
    }
  for (guint i = 0; i < *n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%s.%u", block_number, n_before + i + 1);
      g_autofree char *place = NULL;
      AtelierJsonReader reader;

      if (!read_members (list, json_array_get_element (array, i), number, &reader, &place, error))
        return FALSE;
      if (atelier_layer_has_trait (&list->layers[list->n - 1], ATELIER_TRAIT_HOLDS_LAYERS))
        {
          atelier_json_reader_fail (&reader, error,
                                    _("it lies in another residual block, and blocks do not nest"));
          return FALSE;
        }
    }
  return TRUE;
}

/* A layer of the network, with those that it holds. */
static gboolean
read_layer (LayerList  *list,
            JsonNode   *node,
            guint       i_layer,
            GError    **error)
{
  g_autofree char *number = g_strdup_printf ("%u", i_layer + 1);
  g_autofree char *place = NULL;
  AtelierJsonReader reader;
  AtelierLayer *layer = &list->layers[MIN (list->n, ATELIER_NETWORK_MAX_LAYERS - 1)];

  if (!read_members (list, node, number, &reader, &place, error))
    return FALSE;
  if (!atelier_layer_has_trait (layer, ATELIER_TRAIT_HOLDS_LAYERS))
    return TRUE;
  return read_held (list, &reader, number, "layers", 0, &layer->n_body, error)
         && (!json_object_has_member (reader.object, "shortcut")
             || read_held (list, &reader, number, "shortcut", layer->n_body, &layer->n_shortcut,
                           error));
}

static AtelierNetwork *
read_network (JsonNode    *root,
              const char  *origin,
              GError     **error)
{
  static const char * const names[] = { "name", "input", "layers", NULL };
  LayerList list = { .origin = origin };
  AtelierJsonReader reader;
  AtelierNetwork *network;
  JsonArray *array;
  const char *name = NULL;
  guint input[3];
  guint n_layers;

  if (!atelier_json_reader_init (&reader, root, origin, NULL, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_string (&reader, "name", FALSE, &name, error)
      || !atelier_json_reader_get_uints (&reader, "input", 1, ATELIER_MEMBER_MAX_UINT, input,
                                         G_N_ELEMENTS (input), error)
      || !atelier_json_reader_get_array (&reader, "layers", &array, error))
    return NULL;

  n_layers = json_array_get_length (array);
  if (n_layers == 0 || n_layers > ATELIER_NETWORK_MAX_LAYERS)
    {
      atelier_json_reader_fail (&reader, error, _("“layers” has %u layers, expected 1 to %u"),
                                n_layers, ATELIER_NETWORK_MAX_LAYERS);
      return NULL;
    }
  for (guint i = 0; i < n_layers; i++)
    if (!read_layer (&list, json_array_get_element (array, i), i, error))
      return NULL;
  network = atelier_network_new (name, input[0], input[1], input[2], list.layers, list.n, error);
  if (network == NULL)
    g_prefix_error (error, "%s: ", origin);
  return network;
}

AtelierNetwork *
atelier_network_from_json (const char  *json,
                           gssize       length,
                           const char  *origin,
                           GError     **error)
{
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  root = atelier_json_parse (json, length, origin, error);
  return root != NULL ? read_network (root, origin, error) : NULL;
}

/* Whether the file begins as a safetensors file does: a length of eight bytes, then JSON.  A text
 * has no zero bytes, and the high bytes of the length are zeros. */
static gboolean
looks_like_model (const char *path)
{
  guint8 head[9];

  return atelier_file_read_head (path, head, sizeof head) == (gssize) sizeof head
         && head[6] == 0 && head[7] == 0 && head[8] == '{';
}

AtelierNetwork *
atelier_network_load (const char  *path,
                      GError     **error)
{
  g_autofree char *origin = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonNode *part;
  const char *text;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  origin = g_filename_display_name (path);
  if (looks_like_model (path))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   _("“%s” is a model file; a network in JSON was expected"), origin);
      return NULL;
    }
  bytes = atelier_file_read (path, ATELIER_JSON_MAX_LENGTH, error);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  root = atelier_json_parse (text != NULL ? text : "", (gssize) length, origin, error);
  if (root == NULL)
    return NULL;
  part = atelier_json_pick_part (root, atelier_plan_parts, "network", origin,
                                 ATELIER_ERROR_NETWORK, error);
  return part != NULL ? read_network (part, origin, error) : NULL;
}

/* ---- Writing ---- */

/* Transfer full. */
static JsonNode *
layer_to_json (const AtelierLayer *layer)
{
  const AtelierLayerClass *class = atelier_layer_class_get (layer->kind);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "type", class->word);
  atelier_members_write (&class->members, layer, object);
  json_node_take_object (node, object);
  return node;
}

/* How a text is laid out. */
typedef struct
{
  char     *(*print) (JsonNode *node);
  gboolean    is_pretty;
} Layout;

static void append_layers (GString              *text,
                           const AtelierNetwork *network,
                           guint                 begin,
                           guint                 end,
                           guint                 n_spaces,
                           const Layout         *layout);

/* A name and a list behind the member before. */
static void
append_held (GString              *text,
             const AtelierNetwork *network,
             const char           *name,
             guint                 begin,
             guint                 n,
             const Layout         *layout)
{
  if (n == 0)
    return;
  g_string_append_printf (text, layout->is_pretty ? ", \"%s\": [" : ",\"%s\":[", name);
  append_layers (text, network, begin, begin + n, 6, layout);
  g_string_append (text, layout->is_pretty ? "\n    ]" : "]");
}

/* The lists that the layer holds come between its type and its other members. */
static void
append_layer (GString              *text,
              const AtelierNetwork *network,
              guint                 i_layer,
              const Layout         *layout)
{
  const AtelierLayer *layer = atelier_network_get_layer (network, i_layer);
  g_autoptr (JsonNode) node = layer_to_json (layer);
  g_autofree char *members = layout->print (node);
  const char *end_of_type = strchr (members, ',');
  const gsize n = end_of_type != NULL ? (gsize) (end_of_type - members) : strlen (members);

  g_string_append_len (text, members, (gssize) n);
  append_held (text, network, "layers", i_layer + 1, layer->n_body, layout);
  append_held (text, network, "shortcut", i_layer + 1 + layer->n_body, layer->n_shortcut, layout);
  g_string_append (text, members + n);
}

static void
append_layers (GString              *text,
               const AtelierNetwork *network,
               guint                 begin,
               guint                 end,
               guint                 n_spaces,
               const Layout         *layout)
{
  guint i = begin;

  while (i < end)
    {
      const AtelierLayer *layer = atelier_network_get_layer (network, i);

      g_string_append (text, i > begin ? "," : "");
      if (layout->is_pretty)
        g_string_append_printf (text, "\n%*s", (int) n_spaces, "");
      append_layer (text, network, i, layout);
      i += 1 + layer->n_body + layer->n_shortcut;
    }
}

static JsonNode *
input_to_json (const AtelierNetwork *network)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  guint sides[3];

  atelier_network_get_input (network, &sides[0], &sides[1], &sides[2]);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    json_array_add_int_element (array, sides[i]);
  json_node_take_array (node, array);
  return node;
}

char *
atelier_network_to_json (const AtelierNetwork *network,
                         gboolean              pretty)
{
  const Layout layout = { pretty ? atelier_json_to_line : atelier_json_to_text, pretty };
  const char *colon = pretty ? ": " : ":";
  const char *next = pretty ? ",\n  " : ",";
  g_autoptr (JsonNode) input = NULL;
  g_autofree char *input_text = NULL;
  GString *text;

  g_return_val_if_fail (network != NULL, NULL);

  input = input_to_json (network);
  input_text = layout.print (input);
  text = g_string_new (pretty ? "{\n  " : "{");
  g_string_append_printf (text, "\"name\"%s", colon);
  atelier_json_append_string (text, atelier_network_get_name (network));
  g_string_append_printf (text, "%s\"input\"%s%s%s\"layers\"%s[", next, colon, input_text, next,
                          colon);
  append_layers (text, network, 0, atelier_network_get_n_layers (network), 4, &layout);
  g_string_append (text, pretty ? "\n  ]\n}\n" : "]}");
  return g_string_free (text, FALSE);
}
