/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks as JSON text, after the form in atelier-network.h.
 *
 * Reading is strict: each kind of layer has its members and no others, and a message says which
 * layer, counted from 1, and which member.  Writing always gives the full form, in one order, so
 * that equal networks give equal bytes.  It is by hand because the pretty form has one layer a
 * line, which no general printer gives.  Any thread.
 */

#include "config.h"

#include "model/atelier-network.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-json.h"
#include "model/atelier-network-private.h"

#define MAX_SIZE G_MAXINT32

/* ---- Reading ---- */

static gboolean
read_activation (AtelierJsonReader  *reader,
                 AtelierLayer       *layer,
                 GError            **error)
{
  guint activation = ATELIER_ACTIVATION_LINEAR;

  if (!atelier_json_reader_get_choice (reader, "activation", FALSE, atelier_activation_words,
                                       &activation, error))
    return FALSE;
  layer->activation = activation;
  return TRUE;
}

/* Kernel or size, stride and padding. */
static gboolean
read_window (AtelierJsonReader  *reader,
             const char         *size_name,
             gboolean            strides_by_size,
             AtelierLayer       *layer,
             GError            **error)
{
  guint padding = ATELIER_PADDING_VALID;

  if (!atelier_json_reader_get_pair (reader, size_name, TRUE, 1, MAX_SIZE,
                                     &layer->kernel_height, &layer->kernel_width, error))
    return FALSE;
  layer->stride_height = strides_by_size ? layer->kernel_height : 1;
  layer->stride_width = strides_by_size ? layer->kernel_width : 1;
  if (!atelier_json_reader_get_pair (reader, "stride", FALSE, 1, MAX_SIZE, &layer->stride_height,
                                     &layer->stride_width, error)
      || !atelier_json_reader_get_choice (reader, "padding", FALSE, atelier_padding_words, &padding,
                                          error))
    return FALSE;
  layer->padding = padding;
  return TRUE;
}

static gboolean
read_dense (AtelierJsonReader  *reader,
            AtelierLayer       *layer,
            GError            **error)
{
  static const char * const names[] = { "type", "units", "activation", NULL };

  return atelier_json_reader_check_names (reader, names, error)
         && atelier_json_reader_get_uint (reader, "units", TRUE, 1, MAX_SIZE, &layer->units, error)
         && read_activation (reader, layer, error);
}

static gboolean
read_conv2d (AtelierJsonReader  *reader,
             AtelierLayer       *layer,
             GError            **error)
{
  static const char * const names[] = {
    "type", "filters", "kernel", "stride", "padding", "activation", NULL
  };

  return atelier_json_reader_check_names (reader, names, error)
         && atelier_json_reader_get_uint (reader, "filters", TRUE, 1, MAX_SIZE, &layer->units,
                                          error)
         && read_window (reader, "kernel", FALSE, layer, error)
         && read_activation (reader, layer, error);
}

static gboolean
read_max_pool2d (AtelierJsonReader  *reader,
                 AtelierLayer       *layer,
                 GError            **error)
{
  static const char * const names[] = { "type", "size", "stride", "padding", NULL };

  return atelier_json_reader_check_names (reader, names, error)
         && read_window (reader, "size", TRUE, layer, error);
}

static gboolean
read_flatten (AtelierJsonReader  *reader,
              AtelierLayer       *layer,
              GError            **error)
{
  static const char * const names[] = { "type", NULL };

  return atelier_json_reader_check_names (reader, names, error);
}

static gboolean
read_dropout (AtelierJsonReader  *reader,
              AtelierLayer       *layer,
              GError            **error)
{
  static const char * const names[] = { "type", "rate", NULL };

  return atelier_json_reader_check_names (reader, names, error)
         && atelier_json_reader_get_double (reader, "rate", TRUE, &layer->rate, error);
}

static gboolean
read_layer (JsonNode      *node,
            guint          i_layer,
            const char    *origin,
            AtelierLayer  *layer,
            GError       **error)
{
  typedef gboolean (*ReadFunc) (AtelierJsonReader *, AtelierLayer *, GError **);
  static const ReadFunc readers[] = {
    read_dense, read_conv2d, read_max_pool2d, read_flatten, read_dropout
  };
  g_autofree char *place = g_strdup_printf (_("layer %u"), i_layer + 1);
  g_autofree char *full_place = NULL;
  AtelierJsonReader reader;
  guint kind = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (readers) == ATELIER_N_LAYER_KINDS);

  if (!atelier_json_reader_init (&reader, node, origin, place, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_get_choice (&reader, "type", TRUE, atelier_layer_words, &kind, error))
    return FALSE;
  /* Translators: a layer's number from 1 and its kind as in the JSON form */
  full_place = g_strdup_printf (_("layer %u (%s)"), i_layer + 1, atelier_layer_words[kind]);
  reader.place = full_place;
  *layer = (AtelierLayer) { .kind = kind };
  return readers[kind] (&reader, layer, error);
}

AtelierNetwork *
atelier_network_from_json (const char  *json,
                           gssize       length,
                           const char  *origin,
                           GError     **error)
{
  static const char * const names[] = { "name", "input", "layers", NULL };
  AtelierLayer layers[ATELIER_NETWORK_MAX_LAYERS];
  g_autoptr (JsonNode) root = NULL;
  AtelierJsonReader reader;
  AtelierNetwork *network;
  JsonArray *array;
  const char *name = NULL;
  guint input[3];
  guint n_layers;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  root = atelier_json_parse (json, length, origin, error);
  if (root == NULL
      || !atelier_json_reader_init (&reader, root, origin, NULL, ATELIER_ERROR_NETWORK, error)
      || !atelier_json_reader_check_names (&reader, names, error)
      || !atelier_json_reader_get_string (&reader, "name", FALSE, &name, error)
      || !atelier_json_reader_get_uints (&reader, "input", 1, MAX_SIZE, input, G_N_ELEMENTS (input),
                                         error)
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
  return atelier_network_from_json (text != NULL ? text : "", (gssize) length, origin, error);
}

/* ---- Writing ---- */

/* The pieces of punctuation that the two forms differ in. */
typedef struct
{
  const char *colon;
  const char *comma;
  const char *open;    /* after "{" of a layer */
  const char *close;   /* before "}" of a layer */
} Style;

static const Style compact_style = { ":", ",", "", "" };
static const Style pretty_style = { ": ", ", ", " ", " " };

static void
append_word (GString     *text,
             const Style *style,
             const char  *name,
             const char  *value)
{
  g_string_append_printf (text, "%s\"%s\"%s\"%s\"", style->comma, name, style->colon, value);
}

static void
append_uint (GString     *text,
             const Style *style,
             const char  *name,
             guint        value)
{
  g_string_append_printf (text, "%s\"%s\"%s%u", style->comma, name, style->colon, value);
}

static void
append_pair (GString     *text,
             const Style *style,
             const char  *name,
             guint        first,
             guint        second)
{
  g_string_append_printf (text, "%s\"%s\"%s[%u%s%u]", style->comma, name, style->colon, first,
                          style->comma, second);
}

static void
append_layer (GString            *text,
              const Style        *style,
              const AtelierLayer *layer)
{
  gboolean is_conv = layer->kind == ATELIER_LAYER_CONV2D;

  g_string_append_printf (text, "{%s\"type\"%s\"%s\"", style->open, style->colon,
                          atelier_layer_words[layer->kind]);
  if (layer->kind == ATELIER_LAYER_DENSE)
    append_uint (text, style, "units", layer->units);
  if (is_conv)
    append_uint (text, style, "filters", layer->units);
  if (is_conv || layer->kind == ATELIER_LAYER_MAX_POOL2D)
    {
      append_pair (text, style, is_conv ? "kernel" : "size", layer->kernel_height,
                   layer->kernel_width);
      append_pair (text, style, "stride", layer->stride_height, layer->stride_width);
      append_word (text, style, "padding", atelier_padding_words[layer->padding]);
    }
  if (is_conv || layer->kind == ATELIER_LAYER_DENSE)
    append_word (text, style, "activation", atelier_activation_words[layer->activation]);
  if (layer->kind == ATELIER_LAYER_DROPOUT)
    {
      g_string_append_printf (text, "%s\"rate\"%s", style->comma, style->colon);
      atelier_json_append_double (text, layer->rate);
    }
  g_string_append_printf (text, "%s}", style->close);
}

char *
atelier_network_to_json (const AtelierNetwork *network,
                         gboolean              pretty)
{
  const Style *style = pretty ? &pretty_style : &compact_style;
  GString *text;
  guint height, width, channels;

  g_return_val_if_fail (network != NULL, NULL);

  text = g_string_new (pretty ? "{\n  " : "{");
  g_string_append_printf (text, "\"name\"%s", style->colon);
  atelier_json_append_string (text, atelier_network_get_name (network));
  atelier_network_get_input (network, &height, &width, &channels);
  g_string_append_printf (text, "%s\"input\"%s[%u%s%u%s%u]%s\"layers\"%s[", pretty ? ",\n  " : ",",
                          style->colon, height, style->comma, width, style->comma, channels,
                          pretty ? ",\n  " : ",", style->colon);
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (pretty)
        g_string_append (text, "\n    ");
      append_layer (text, style, atelier_network_get_layer (network, i));
    }
  g_string_append (text, pretty ? "\n  ]\n}\n" : "]}");
  return g_string_free (text, FALSE);
}
