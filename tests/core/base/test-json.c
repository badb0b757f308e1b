/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict scan against the grammar, and the canonical writer. */

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/atelier-json.h"

static void
test_accepts (void)
{
  static const char * const texts[] = {
    "null", "true", " false ", "0", "-0", "-1", "9223372036854775807", "-9223372036854775807",
    "0.5", "1e5", "1E+5", "-1.25e-3", "\"\"",
    "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é\"", "[]", "[ ]", "[1, 2,\t3]", "{}", "{ }",
    "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}", "\r\n{\"\":1}\n",
    "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = atelier_json_parse (texts[i], -1, "test", &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses (void)
{
  static const char * const texts[] = {
    "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e",
    "1e+", "0x10", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e999",
    "1 2", "'a'", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u000g\"", "\"\\u0000\"",
    "\"\\ud800\"", "\"\\ud800\\n\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\t\"", "\"\xff\"",
    "\xef\xbb\xbf{}", "[", "[1", "[1,", "[1,]", "[,]", "]", "[1}", "{", "{\"a\"", "{\"a\":",
    "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1]",
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "/**/1", "1//", "# 1", "var a = 1",
    "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
    "1.00000000000000000000000000000000000000000000000000000000000000000000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = atelier_json_parse (texts[i], -1, "test", &error);

      if (node != NULL)
        g_error ("“%s” was accepted", texts[i]);
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
      g_assert_true (g_str_has_prefix (error->message, "test, line 1: "));
    }
}

static void
test_refuses_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_json_parse ("[]\0", 3, "test", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
}

static void
test_length (void)
{
  g_autoptr (JsonNode) node = atelier_json_parse ("12345", 2, "test", NULL);

  g_assert_cmpint (json_node_get_int (node), ==, 12);
}

static void
test_line (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_json_parse ("{\n\"a\": 1,\n\"b\" 2}", -1, "test", &error));
  g_assert_cmpstr (error->message, ==, "test, line 3: found “2” where “:” was expected");
}

static void
test_duplicate_message (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (atelier_json_parse ("{\"a\":1,\"a\":1}", -1, "test", &error));
  g_assert_cmpstr (error->message, ==, "test, line 1: “a” occurs twice in one object");
}

static void
test_doubles (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 0.2, "0.2" }, { 0.1 + 0.2, "0.30000000000000004" }, { 1.0, "1" }, { 0.0001, "0.0001" },
    { 1e-5, "1e-05" }, { 1e300, "1e+300" }, { 5e-324, "5e-324" }, { 0.0, "0" }, { -2.5, "-2.5" },
    { 1.0 / 3.0, "0.3333333333333333" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      atelier_json_append_double (text, cases[i].value);
      g_assert_cmpstr (text->str, ==, cases[i].text);
    }
}

static void
test_strings (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  atelier_json_append_string (text, "a\"b\\c/\n\t\001é\177");
  g_assert_cmpstr (text->str, ==, "\"a\\\"b\\\\c/\\n\\t\\u0001é\177\"");
}

/* Order and values are kept; only spaces and spellings are made uniform. */
static void
test_to_text (void)
{
  g_autoptr (JsonNode) node =
    atelier_json_parse ("{ \"z\": [1, 2.50, -3], \"a\": {}, "
                        "\"m\": [true, false, null, \"\\u0078\"], \"e\": [] }", -1, "test", NULL);
  g_autofree char *text = atelier_json_to_text (node);

  g_assert_cmpstr (text, ==, "{\"z\":[1,2.5,-3],\"a\":{},\"m\":[true,false,null,\"x\"],\"e\":[]}");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/json/accepts", test_accepts);
  g_test_add_func ("/core/json/refuses", test_refuses);
  g_test_add_func ("/core/json/refuses-nul", test_refuses_nul);
  g_test_add_func ("/core/json/length", test_length);
  g_test_add_func ("/core/json/line", test_line);
  g_test_add_func ("/core/json/duplicate-message", test_duplicate_message);
  g_test_add_func ("/core/json/doubles", test_doubles);
  g_test_add_func ("/core/json/strings", test_strings);
  g_test_add_func ("/core/json/to-text", test_to_text);
  return g_test_run ();
}
