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

static gboolean
read_layer (JsonNode      *node,
            guint          i_layer,
            const char    *origin,
            AtelierLayer  *layer,
            GError       **error)
{
  const char *words[ATELIER_N_LAYER_KINDS + 1];
  g_autofree char *place = g_strdup_printf (_("layer %u"), i_layer + 1);
  g_autofree char *full_place = NULL;
  AtelierJsonReader reader;
  guint kind = 0;

  list_words (words);
  if (!atelier_json_reader_init (&reader, node, origin, place, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_get_choice (&reader, "type", TRUE, words, &kind, error))
    return FALSE;
  /* Translators: a layer's number from 1 and its kind as in the JSON form */
  full_place = g_strdup_printf (_("layer %u (%s)"), i_layer + 1, words[kind]);
  reader.place = full_place;
  *layer = (AtelierLayer) { .kind = kind };
  return atelier_members_read (&atelier_layer_class_get (kind)->members, &reader, "type", layer,
                               error);
}

static AtelierNetwork *
read_network (JsonNode    *root,
              const char  *origin,
              GError     **error)
{
  static const char * const names[] = { "name", "input", "layers", NULL };
  AtelierLayer layers[ATELIER_NETWORK_MAX_LAYERS];
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
    if (!read_layer (json_array_get_element (array, i), i, origin, &layers[i], error))
      return NULL;
  network = atelier_network_new (name, input[0], input[1], input[2], layers, n_layers, error);
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
  char *(*print) (JsonNode *) = pretty ? atelier_json_to_line : atelier_json_to_text;
  const char *colon = pretty ? ": " : ":";
  const char *next = pretty ? ",\n  " : ",";
  g_autoptr (JsonNode) input = NULL;
  g_autofree char *input_text = NULL;
  GString *text;

  g_return_val_if_fail (network != NULL, NULL);

  input = input_to_json (network);
  input_text = print (input);
  text = g_string_new (pretty ? "{\n  " : "{");
  g_string_append_printf (text, "\"name\"%s", colon);
  atelier_json_append_string (text, atelier_network_get_name (network));
  g_string_append_printf (text, "%s\"input\"%s%s%s\"layers\"%s[", next, colon, input_text, next,
                          colon);
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      g_autoptr (JsonNode) node = layer_to_json (atelier_network_get_layer (network, i));
      g_autofree char *layer = print (node);

      g_string_append (text, i > 0 ? "," : "");
      g_string_append (text, pretty ? "\n    " : "");
      g_string_append (text, layer);
    }
  g_string_append (text, pretty ? "\n  ]\n}\n" : "]}");
  return g_string_free (text, FALSE);
}
