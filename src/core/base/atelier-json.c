/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict reading and canonical writing of JSON; the header says why json-glib alone is not enough.
 *
 * The writer is written by hand because the model file needs the same bytes for equal values:
 * JsonGenerator does not guarantee that, and prints 0.1 with 17 digits.  All messages have one
 * form: origin, place: member, what was found, what was expected.
 */

#include "config.h"

#include "base/atelier-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/atelier-json-scan.h"

/* ---- Parsing ---- */

JsonNode *
atelier_json_parse (const char  *text,
                    gssize       length,
                    const char  *origin,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *problem = NULL;
  gsize size;
  guint line;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > ATELIER_JSON_MAX_LENGTH)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_TOO_LARGE,
                   _("%s: the JSON text is longer than 1 MiB"), origin);
      return NULL;
    }
  problem = atelier_json_scan (text, size, ATELIER_JSON_MAX_DEPTH, &line);
  if (problem != NULL)
    {
      /* Translators: the name of a file, a line's number, what is wrong there */
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT, _("%s, line %u: %s"), origin, line,
                   problem);
      return NULL;
    }

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &local_error))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT, "%s: %s", origin,
                   local_error->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

/* ---- Writing ---- */

void
atelier_json_append_string (GString    *text,
                            const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (text, '\\');
        g_string_append_c (text, *p);
        break;
      case '\n':
        g_string_append (text, "\\n");
        break;
      case '\t':
        g_string_append (text, "\\t");
        break;
      default:
        if ((guchar) *p < 0x20)
          g_string_append_printf (text, "\\u%04x", (guint) *p);
        else
          g_string_append_c (text, *p);
      }
  g_string_append_c (text, '"');
}

void
atelier_json_append_double (GString *text,
                            double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_if_fail (isfinite (value));

  for (int precision = 1; precision <= 17; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (text, buffer);
}

/* The pieces of punctuation that the forms differ in. */
typedef struct
{
  const char *colon;
  const char *comma;
  const char *open;  /* after the "{" of an object that is not empty */
  const char *close; /* before its "}" */
} Style;

static const Style compact_style = { ":", ",", "", "" };
static const Style line_style = { ": ", ", ", " ", " " };

static void append_node (GString     *text,
                         const Style *style,
                         JsonNode    *node);

static void
append_object (GString     *text,
               const Style *style,
               JsonObject  *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_string_append (text, is_first ? style->open : style->comma);
      is_first = FALSE;
      atelier_json_append_string (text, name);
      g_string_append (text, style->colon);
      append_node (text, style, node);
    }
  if (!is_first)
    g_string_append (text, style->close);
  g_string_append_c (text, '}');
}

static void
append_array (GString     *text,
              const Style *style,
              JsonArray   *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append (text, style->comma);
      append_node (text, style, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    atelier_json_append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    atelier_json_append_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_node (GString     *text,
             const Style *style,
             JsonNode    *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, style, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (text, style, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (text, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
    }
}

char *
atelier_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_node (text, &compact_style, node);
  return g_string_free (text, FALSE);
}

char *
atelier_json_to_line (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_node (text, &line_style, node);
  return g_string_free (text, FALSE);
}

/* ---- Members ---- */

/* Describes the value that was found, for messages: short, never a whole object. */
static char *
describe_node (JsonNode *node)
{
  g_autofree char *text = NULL;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return g_strdup (_("an object"));
    case JSON_NODE_ARRAY:
      {
        guint n = json_array_get_length (json_node_get_array (node));

        return g_strdup_printf (ngettext ("an array of %u value", "an array of %u values", n), n);
      }
    case JSON_NODE_NULL:
    case JSON_NODE_VALUE:
    default:
      text = atelier_json_to_text (node);
      return atelier_json_shorten (text);
    }
}

void
atelier_json_reader_fail (AtelierJsonReader  *reader,
                          GError            **error,
                          const char         *format,
                          ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (reader->place == NULL)
    g_set_error (error, ATELIER_ERROR, (int) reader->code, "%s: %s", reader->origin, text);
  else
    /* Translators: the name of a file, a place in it such as "layer 3", what is wrong there */
    g_set_error (error, ATELIER_ERROR, (int) reader->code, _("%s, %s: %s"), reader->origin,
                 reader->place, text);
}

static void
fail_member (AtelierJsonReader  *reader,
             const char         *name,
             JsonNode           *found,
             const char         *expected,
             GError            **error)
{
  g_autofree char *what = describe_node (found);

  /* Translators: a member's name, the value that it has, what it should be */
  atelier_json_reader_fail (reader, error, _("“%s” is %s, expected %s"), name, what, expected);
}

static char *
join_quoted (const char * const *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%s“%s”", i > 0 ? ", " : "", words[i]);
  return g_string_free (text, FALSE);
}

/* Returns NULL if the member is missing; then *is_good says whether that is allowed. */
static JsonNode *
find_member (AtelierJsonReader  *reader,
             const char         *name,
             gboolean            is_required,
             gboolean           *is_good,
             GError            **error)
{
  JsonNode *node = json_object_get_member (reader->object, name);

  *is_good = node != NULL || !is_required;
  if (!*is_good)
    atelier_json_reader_fail (reader, error, _("“%s” is missing"), name);
  return node;
}

/* The format of a 64-bit number differs between machines, so it cannot be in a translated
 * string. */
static char *
describe_int_range (gint64 min,
                    gint64 max)
{
  g_autofree char *lowest = g_strdup_printf ("%" G_GINT64_FORMAT, min);
  g_autofree char *highest = g_strdup_printf ("%" G_GINT64_FORMAT, max);

  return g_strdup_printf (_("an integer from %s to %s"), lowest, highest);
}

static gboolean
is_int (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

static gboolean
is_number (JsonNode *node)
{
  return is_int (node)
         || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
atelier_json_reader_init (AtelierJsonReader  *reader,
                          JsonNode           *node,
                          const char         *origin,
                          const char         *place,
                          AtelierError        code,
                          GError            **error)
{
  *reader = (AtelierJsonReader) { .origin = origin, .place = place, .code = code };
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autofree char *what = describe_node (node);

      atelier_json_reader_fail (reader, error, _("found %s, expected an object"), what);
      return FALSE;
    }
  reader->object = json_node_get_object (node);
  return TRUE;
}

gboolean
atelier_json_reader_check_names (AtelierJsonReader   *reader,
                                 const char * const  *names,
                                 GError             **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, reader->object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_strv_contains (names, name))
      {
        g_autofree char *known = join_quoted (names);
        g_autofree char *shown = atelier_json_shorten (name);

        /* Translators: the first %s is what was found, the second a list of the known names */
        atelier_json_reader_fail (reader, error, _("unknown member “%s”, expected only %s"), shown,
                                  known);
        return FALSE;
      }
  return TRUE;
}

gboolean
atelier_json_reader_get_int (AtelierJsonReader  *reader,
                             const char         *name,
                             gboolean            is_required,
                             gint64              min,
                             gint64              max,
                             gint64             *value,
                             GError            **error)
{
  g_autofree char *expected = NULL;
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  if (is_int (node) && json_node_get_int (node) >= min && json_node_get_int (node) <= max)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }
  expected = describe_int_range (min, max);
  fail_member (reader, name, node, expected, error);
  return FALSE;
}

gboolean
atelier_json_reader_get_uint (AtelierJsonReader  *reader,
                              const char         *name,
                              gboolean            is_required,
                              guint               min,
                              guint               max,
                              guint              *value,
                              GError            **error)
{
  gint64 wide = *value;

  if (!atelier_json_reader_get_int (reader, name, is_required, min, max, &wide, error))
    return FALSE;
  *value = (guint) wide;
  return TRUE;
}

/* Returns whether @node is an array of @n integers from @min to @max, and copies them to
 * @values. */
static gboolean
take_uints (JsonNode *node,
            guint     min,
            guint     max,
            guint    *values,
            guint     n)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != n)
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!is_int (element) || json_node_get_int (element) < min
          || json_node_get_int (element) > max)
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    values[i] = (guint) json_array_get_int_element (array, i);
  return TRUE;
}

gboolean
atelier_json_reader_get_pair (AtelierJsonReader  *reader,
                              const char         *name,
                              gboolean            is_required,
                              guint               min,
                              guint               max,
                              guint              *first,
                              guint              *second,
                              GError            **error)
{
  g_autofree char *expected = NULL;
  guint values[2] = { *first, *second };
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  if (is_int (node) && json_node_get_int (node) >= min && json_node_get_int (node) <= max)
    *first = *second = (guint) json_node_get_int (node);
  else if (take_uints (node, min, max, values, 2))
    {
      *first = values[0];
      *second = values[1];
    }
  else
    {
      /* Translators: height and width; the numbers are the smallest and the largest */
      expected =
        g_strdup_printf (_("[height, width] or one number for both, integers from %u to %u"), min,
                         max);
      fail_member (reader, name, node, expected, error);
      return FALSE;
    }
  return TRUE;
}

gboolean
atelier_json_reader_get_uints (AtelierJsonReader  *reader,
                               const char         *name,
                               guint               min,
                               guint               max,
                               guint              *values,
                               guint               n_values,
                               GError            **error)
{
  g_autofree char *expected = NULL;
  gboolean is_good;
  JsonNode *node = find_member (reader, name, TRUE, &is_good, error);

  if (node == NULL)
    return FALSE;
  if (take_uints (node, min, max, values, n_values))
    return TRUE;
  expected = g_strdup_printf (_("an array of %u integers from %u to %u"), n_values, min, max);
  fail_member (reader, name, node, expected, error);
  return FALSE;
}

gboolean
atelier_json_reader_get_double (AtelierJsonReader  *reader,
                                const char         *name,
                                gboolean            is_required,
                                double             *value,
                                GError            **error)
{
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  if (!is_number (node))
    {
      fail_member (reader, name, node, _("a number"), error);
      return FALSE;
    }
  *value = is_int (node) ? (double) json_node_get_int (node) : json_node_get_double (node);
  return TRUE;
}

gboolean
atelier_json_reader_get_boolean (AtelierJsonReader  *reader,
                                 const char         *name,
                                 gboolean            is_required,
                                 gboolean           *value,
                                 GError            **error)
{
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      fail_member (reader, name, node, _("true or false"), error);
      return FALSE;
    }
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
atelier_json_reader_get_string (AtelierJsonReader  *reader,
                                const char         *name,
                                gboolean            is_required,
                                const char        **value,
                                GError            **error)
{
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  if (!is_string (node))
    {
      fail_member (reader, name, node, _("a string"), error);
      return FALSE;
    }
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
atelier_json_reader_get_choice (AtelierJsonReader   *reader,
                                const char          *name,
                                gboolean             is_required,
                                const char * const  *choices,
                                guint               *value,
                                GError             **error)
{
  g_autofree char *known = NULL;
  g_autofree char *expected = NULL;
  gboolean is_good;
  JsonNode *node = find_member (reader, name, is_required, &is_good, error);

  if (node == NULL)
    return is_good;
  for (guint i = 0; is_string (node) && choices[i] != NULL; i++)
    if (strcmp (choices[i], json_node_get_string (node)) == 0)
      {
        *value = i;
        return TRUE;
      }
  known = join_quoted (choices);
  /* Translators: a list of quoted words */
  expected = g_strdup_printf (_("one of %s"), known);
  fail_member (reader, name, node, expected, error);
  return FALSE;
}

gboolean
atelier_json_reader_get_array (AtelierJsonReader  *reader,
                               const char         *name,
                               JsonArray         **value,
                               GError            **error)
{
  gboolean is_good;
  JsonNode *node = find_member (reader, name, TRUE, &is_good, error);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      fail_member (reader, name, node, _("an array"), error);
      return FALSE;
    }
  *value = json_node_get_array (node);
  return TRUE;
}

/* ---- Parts ---- */

JsonNode *
atelier_json_pick_part (JsonNode            *root,
                        const char * const  *parts,
                        const char          *part,
                        const char          *origin,
                        AtelierError         code,
                        GError             **error)
{
  AtelierJsonReader reader;
  gboolean has_parts = FALSE;
  gboolean is_good;

  g_return_val_if_fail (root != NULL && parts != NULL && part != NULL, NULL);

  for (guint i = 0; JSON_NODE_HOLDS_OBJECT (root) && parts[i] != NULL; i++)
    has_parts = has_parts || json_object_has_member (json_node_get_object (root), parts[i]);
  if (!has_parts)
    return root;
  if (!atelier_json_reader_init (&reader, root, origin, NULL, code, error)
      || !atelier_json_reader_check_names (&reader, parts, error))
    return NULL;
  return find_member (&reader, part, TRUE, &is_good, error);
}
